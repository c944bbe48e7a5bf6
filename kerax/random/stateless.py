"""``tf.random.stateless_*``: numbers that are a function of a seed pair, the same as TensorFlow's."""

from __future__ import annotations

import enum
from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.array_ops.joining import concat
from kerax.core import dtypes, errors
from kerax.core.op import composed, op
from kerax.core.tensor import convert_to_tensor
from kerax.random import draws
from kerax.random.arguments import FLOATS, INTS, UNSIGNED, check_bounds, checked_dtype, number, static_shape
from kerax.random.index_shuffle import shuffled_index


class Algorithm(enum.Enum):
    """A random-number-generation algorithm; kerax has Philox."""

    PHILOX = 1
    THREEFRY = 2
    AUTO_SELECT = 3


def algorithm_id(alg: Any) -> int:
    """The number of an algorithm given as int, ``Algorithm`` or str.

    Raises:
      ValueError: an unknown name.
      TypeError: something else.
    """
    if isinstance(alg, int):
        return alg
    if isinstance(alg, Algorithm):
        return alg.value
    if isinstance(alg, str):
        plain = alg.strip().lower().replace("-", "").replace("_", "")
        names = {"philox": 1, "threefry": 2, "autoselect": 3}
        if plain in names:
            return names[plain]
        raise ValueError(unsupported(alg))
    if hasattr(alg, "numpy"):
        return int(alg)
    raise TypeError(f"Can't convert argument `alg` (of value {alg} and type {type(alg)}) to int.")


def unsupported(alg: Any) -> str:
    return (
        f"Argument `alg` got unsupported value {alg}. Supported values are 1 for Philox, 2 for ThreeFry, and 3 for "
        "auto-selection."
    )


def check_algorithm(alg: Any) -> None:
    """Raises unless numbers can be drawn with the algorithm."""
    number_of = algorithm_id(alg)
    if number_of == Algorithm.THREEFRY.value:
        raise errors.InvalidArgumentError(None, None, f"Unsupported algorithm id: {number_of}")
    if number_of not in (1, 3):
        raise ValueError(unsupported(alg))


def _state(seed: Any, alg: Any = Algorithm.AUTO_SELECT) -> Any:
    check_algorithm(alg)
    return draws.scrambled(seed)


@composed
def stateless_normal(
    shape: Any,
    seed: Any,
    mean: Any = 0.0,
    stddev: Any = 1.0,
    dtype: Any = dtypes.float32,
    name: Any = None,
    alg: Any = "auto_select",
) -> Any:
    """Normally distributed numbers that depend on nothing but the arguments.

    Args:
      shape: list of ints.
      seed: integer tensor [2].
      mean: float tensor that broadcasts with ``shape``.
      stddev: float tensor that broadcasts with ``shape``.
      dtype: a floating dtype.
      name: str, optional.
      alg: "philox" or "auto_select".

    Returns:
      Tensor of ``dtype``.

    >>> import kerax as tf
    >>> tf.random.stateless_normal([2], seed=[1, 2]).numpy()
    array([0.5441101 , 0.20738031], dtype=float32)
    """
    dtype = checked_dtype(dtype, FLOATS)
    return draws.normal(_state(seed, alg), number(mean, dtype), number(stddev, dtype), static_shape(shape), dtype)


@composed
def stateless_truncated_normal(
    shape: Any,
    seed: Any,
    mean: Any = 0.0,
    stddev: Any = 1.0,
    dtype: Any = dtypes.float32,
    name: Any = None,
    alg: Any = "auto_select",
) -> Any:
    """Normal numbers within two standard deviations, a function of the seed pair; see ``stateless_normal``."""
    dtype = checked_dtype(dtype, FLOATS)
    state = _state(seed, alg)
    return draws.truncated_normal(state, number(mean, dtype), number(stddev, dtype), static_shape(shape), dtype)


@composed
def stateless_uniform(
    shape: Any,
    seed: Any,
    minval: Any = 0,
    maxval: Any = None,
    dtype: Any = dtypes.float32,
    name: Any = None,
    alg: Any = "auto_select",
) -> Any:
    """Numbers spread evenly over ``[minval, maxval)``, a function of the seed pair.

    Args:
      shape: list of ints.
      seed: integer tensor [2].
      minval: number or tensor of ``dtype``; None with ``maxval=None`` for the whole range of integers.
      maxval: number or tensor of ``dtype``; 1 by default for floats.
      dtype: a floating dtype, int32, int64; uint32 or uint64 for the whole range.
      name: str, optional.
      alg: "philox" or "auto_select".

    Returns:
      Tensor of ``dtype``.

    Raises:
      ValueError: only one bound is given for an integer dtype.

    >>> import kerax as tf
    >>> tf.random.stateless_uniform([2], seed=(1, 2), maxval=10, dtype=tf.int32).shape
    TensorShape([2])
    """
    dtype = checked_dtype(dtype, (*FLOATS, *INTS, *UNSIGNED))
    if dtype.is_integer:
        if (minval is None) != (maxval is None):
            raise ValueError(
                f"For integer `dtype` argument {dtype}, argument `minval` and `maxval` must be both None or not None. "
                f"Got `minval`={minval} and `maxval`={maxval}."
            )
        if minval is not None and dtype in UNSIGNED:
            raise ValueError(
                f"Argument `dtype` got invalid value {dtype} when argument `minval` is not None. Please don't use "
                "unsigned integers in this case."
            )
    elif maxval is None:
        maxval = 1
    shape = static_shape(shape)
    state = _state(seed, alg)
    if minval is None:
        return draws.full_int(state, shape, dtype)
    minval, maxval = number(minval, dtype), number(maxval, dtype)
    if dtype.is_integer:
        check_bounds(minval, maxval)
        return draws.uniform_int(state, minval, maxval, shape)
    return draws.uniform(state, minval, maxval, shape, dtype)


@composed
def stateless_binomial(
    shape: Any, seed: Any, counts: Any, probs: Any, output_dtype: Any = dtypes.int32, name: Any = None
) -> Any:
    """Numbers of successes, a function of the seed pair.

    Args:
      shape: list of ints; counts and probs broadcast to its last axes.
      seed: integer tensor [2].
      counts: tensor, numbers of trials.
      probs: float tensor, probabilities of success.
      output_dtype: dtype of the result.
      name: str, optional.

    Returns:
      Tensor of ``shape``.

    Differs from TensorFlow: below 10 expected successes the distribution is the same, but only the first number is.
    """
    probs = convert_to_tensor(probs, dtype_hint=dtypes.float32)
    counts = convert_to_tensor(counts, dtype_hint=probs.dtype)
    return draws.binomial(_state(seed), counts, probs, static_shape(shape), dtypes.as_dtype(output_dtype))


@composed
def stateless_gamma(
    shape: Any, seed: Any, alpha: Any, beta: Any = None, dtype: Any = dtypes.float32, name: Any = None
) -> Any:
    """Gamma numbers, a function of the seed pair, differentiable in the parameters.

    Args:
      shape: list of ints; ``alpha + beta`` broadcasts to its last axes.
      seed: integer tensor [2].
      alpha: float tensor, shape parameters.
      beta: float tensor, inverse scales; 1 by default.
      dtype: a floating dtype.
      name: str, optional.

    Returns:
      Tensor of ``shape``.
    """
    dtype = dtypes.as_dtype(dtype)
    alpha = convert_to_tensor(alpha, dtype)
    beta = convert_to_tensor(1 if beta is None else beta, dtype)
    return draws.gamma(_state(seed), alpha, beta, static_shape(shape), True)


@composed
def stateless_poisson(shape: Any, seed: Any, lam: Any, dtype: Any = dtypes.int32, name: Any = None) -> Any:
    """Poisson numbers, a function of the seed pair.

    Args:
      shape: list of ints; ``lam`` broadcasts to its last axes.
      seed: integer tensor [2].
      lam: float tensor, the rates.
      dtype: dtype of the result.
      name: str, optional.

    Returns:
      Tensor of ``shape``.
    """
    lam = convert_to_tensor(lam, dtype_hint=dtypes.float32)
    return draws.poisson(_state(seed), lam, static_shape(shape), dtypes.as_dtype(dtype), True)


@composed
def stateless_categorical(logits: Any, num_samples: Any, seed: Any, dtype: Any = dtypes.int64, name: Any = None) -> Any:
    """Classes drawn with the probabilities ``softmax(logits)``, a function of the seed pair.

    Args:
      logits: float tensor [batch, classes].
      num_samples: int.
      seed: integer tensor [2].
      dtype: int32 or int64.
      name: str, optional.

    Returns:
      Integer Tensor [batch, num_samples].
    """
    dtype = checked_dtype(dtype or dtypes.int64, INTS)
    return draws.categorical(_state(seed), convert_to_tensor(logits), num_samples, dtype)


@composed
def stateless_parameterized_truncated_normal(
    shape: Any,
    seed: Any,
    means: Any = 0.0,
    stddevs: Any = 1.0,
    minvals: Any = -2.0,
    maxvals: Any = 2.0,
    name: Any = None,
) -> Any:
    """Normal numbers between bounds, a function of the seed pair.

    Args:
      shape: list of ints; the parameters broadcast to it.
      seed: integer tensor [2].
      means: float tensor, the means before truncation.
      stddevs: float tensor, the standard deviations before truncation.
      minvals: float tensor, lower bounds.
      maxvals: float tensor, upper bounds.
      name: str, optional.

    Returns:
      Tensor of ``shape``.

    Differs from TensorFlow: the distribution is the same, the numbers are not (drawn by inversion).
    """
    return _parameterized(_state(seed), means, stddevs, minvals, maxvals, static_shape(shape))


@op("state; means, stddevs, minvals, maxvals: float")
def _parameterized(state, means, stddevs, minvals, maxvals, shape):
    from jax.scipy.special import ndtr, ndtri

    from kerax.random import philox

    wide = [value.astype(jnp.float64) for value in (means, stddevs, minvals, maxvals)]
    mean, stddev, low, high = wide
    # in the tail that is nearer, where the distribution function does not round to 1
    flip = low + high > 2 * mean
    a = jnp.where(flip, mean - high, low - mean) / stddev
    b = jnp.where(flip, mean - low, high - mean) / stddev
    u = philox.uniform(state, shape, jnp.float64)
    z = jnp.clip(ndtri(ndtr(a) + u * (ndtr(b) - ndtr(a))), a, b)
    return jnp.clip(mean + jnp.where(flip, -z, z) * stddev, low, high).astype(means.dtype)


def split(seed: Any, num: Any = 2, alg: Any = "auto_select") -> Any:
    """Makes several seed pairs out of one.

    Args:
      seed: int32 or int64 tensor [2].
      num: int, how many.
      alg: "philox" or "auto_select".

    Returns:
      Tensor [num, 2] of seed's dtype.

    >>> import kerax as tf
    >>> tf.random.split([1, 2], num=1).numpy()
    array([[1105988140, 1738052849]], dtype=int32)
    """
    seed = convert_to_tensor(seed)
    return stateless_uniform([num, 2], seed, minval=None, maxval=None, dtype=seed.dtype, alg=alg)


@op("seed; data: int", differentiable=False)
def _fold_in(seed, data):
    from kerax.random import philox

    first = philox.full_int(philox.scramble(seed), (), data.dtype)
    return jnp.stack([first, data])


def fold_in(seed: Any, data: Any, alg: Any = "auto_select") -> Any:
    """Makes a seed pair out of one and a number, such as a replica's.

    Args:
      seed: int32 or int64 tensor [2].
      data: int32 or int64 scalar tensor.
      alg: "philox" or "auto_select".

    Returns:
      Tensor [2] of data's dtype.

    >>> import kerax as tf
    >>> tf.random.fold_in([1, 2], 3).numpy()
    array([1105988140,          3], dtype=int32)
    """
    check_algorithm(alg)
    return _fold_in(convert_to_tensor(seed), convert_to_tensor(data))


@composed
def stateless_shuffle(value: Any, seed: Any, alg: Any = "auto_select", name: Any = None) -> Any:
    """The rows of a tensor in an order that is a function of the seed pair.

    Args:
      value: tensor [rows, ...].
      seed: integer tensor [2].
      alg: "philox" or "auto_select".
      name: str, optional.

    Returns:
      Tensor like ``value``.
    """
    return draws.shuffle(_state(seed, alg), convert_to_tensor(value))


def index_shuffle(index: Any, seed: Any, max_index: Any) -> Any:
    """Where a random permutation of ``0 … max_index`` puts ``index``, without making the permutation.

    Args:
      index: integer tensor, scalar or [n].
      seed: integer tensor [2] or [n, 2].
      max_index: integer tensor, scalar or [n], the largest index.

    Returns:
      Tensor like ``index``.

    >>> import kerax as tf
    >>> tf.random.experimental.index_shuffle(tf.range(4), [5, 9], 3).numpy()
    array([2, 0, 1, 3], dtype=int32)
    """
    seed = convert_to_tensor(seed)
    prefix = np.full(tuple(seed.shape)[:-1] + (1,), 498247692, seed.dtype.as_numpy_dtype)
    return random_index_shuffle(index, concat([prefix, seed], axis=-1), max_index)


@op("index, max_index: int; seed: int", differentiable=False)
def random_index_shuffle(index, seed, max_index, rounds=4, name=None):
    """Where a random permutation of ``0 … max_index`` puts ``index``, without making the permutation.

    Args:
      index: integer tensor, scalar or [n].
      seed: integer tensor [3] or [n, 3].
      max_index: integer tensor, scalar or [n], the largest index.
      rounds: even int of at least 4, rounds of the block cipher Simon.
      name: str, optional.

    Returns:
      Tensor like ``index``.

    >>> import kerax as tf
    >>> sorted(tf.random_index_shuffle(tf.range(4), [5, 9, 1], 3).numpy().tolist())
    [0, 1, 2, 3]
    """
    if rounds < 4 or rounds % 2:
        raise errors.InvalidArgumentError(None, None, f"Rounds must be an even integer >= 4. Received: rounds={rounds}")
    if seed.shape[-1:] != (3,):
        raise errors.InvalidArgumentError(None, None, f"seed must have shape [3] or [n, 3], not {list(seed.shape)}")
    return shuffled_index(index, max_index, seed, int(rounds))
