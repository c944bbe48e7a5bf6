"""``tf.random``'s functions whose numbers come from the global seed and their own ``seed`` argument."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.array_ops.gathering import gather
from kerax.core import dtypes
from kerax.core.custom_gradient import stop_gradient
from kerax.core.op import composed
from kerax.core.random_state import next_key
from kerax.core.shape import TensorShape
from kerax.core.tensor import convert_to_tensor
from kerax.random import draws, orders
from kerax.random.arguments import FLOATS, INTS, check_bounds, checked_dtype, number, size_of, static_shape


@composed
def normal(
    shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = dtypes.float32, seed: Any = None, name: Any = None
) -> Any:
    """Normally distributed numbers.

    Args:
      shape: list of ints, the shape of the result.
      mean: float tensor that broadcasts with ``shape``.
      stddev: float tensor that broadcasts with ``shape``.
      dtype: a floating dtype.
      seed: int or None; with it, the op has a stream of its own.
      name: str, optional.

    Returns:
      Tensor of ``dtype``.

    >>> import kerax as tf
    >>> tf.random.normal([2, 3]).shape
    TensorShape([2, 3])
    """
    dtype = checked_dtype(dtype, FLOATS)
    shape = static_shape(shape)
    key = next_key("RandomStandardNormal", seed, size_of(shape), dtype)
    return draws.normal(key, number(mean, dtype), number(stddev, dtype), shape, dtype)


@composed
def truncated_normal(
    shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = dtypes.float32, seed: Any = None, name: Any = None
) -> Any:
    """Normally distributed numbers; those more than two standard deviations from the mean are drawn again.

    Args:
      shape: list of ints, the shape of the result.
      mean: float tensor that broadcasts with ``shape``.
      stddev: float tensor, the standard deviation before truncation.
      dtype: a floating dtype.
      seed: int or None.
      name: str, optional.

    Returns:
      Tensor of ``dtype``.

    >>> import kerax as tf
    >>> bool(tf.reduce_all(tf.abs(tf.random.truncated_normal([100])) < 2.0))
    True
    """
    dtype = checked_dtype(dtype, FLOATS)
    shape = static_shape(shape)
    key = next_key("TruncatedNormal", seed, size_of(shape), dtype)
    return draws.truncated_normal(key, number(mean, dtype), number(stddev, dtype), shape, dtype)


@composed
def uniform(
    shape: Any, minval: Any = 0, maxval: Any = None, dtype: Any = dtypes.float32, seed: Any = None, name: Any = None
) -> Any:
    """Numbers spread evenly over ``[minval, maxval)``.

    Args:
      shape: list of ints, the shape of the result.
      minval: number or tensor of ``dtype``; a scalar for integers.
      maxval: number or tensor of ``dtype``; 1 by default for floats, required for integers.
      dtype: a floating dtype, int32 or int64.
      seed: int or None.
      name: str, optional.

    Returns:
      Tensor of ``dtype``.

    Raises:
      ValueError: ``maxval`` is missing for an integer dtype.

    >>> import kerax as tf
    >>> tf.random.uniform([4], maxval=3, dtype=tf.int32).shape
    TensorShape([4])
    """
    dtype = checked_dtype(dtype, (*FLOATS, *INTS))
    if maxval is None:
        if dtype.is_integer:
            raise ValueError(f"Must specify maxval for integer dtype {dtype!r}")
        maxval = 1
    shape = static_shape(shape)
    minval, maxval = number(minval, dtype), number(maxval, dtype)
    if dtype.is_integer:
        check_bounds(minval, maxval)
        return draws.uniform_int(next_key("RandomUniformInt", seed, size_of(shape), dtype), minval, maxval, shape)
    key = next_key("RandomUniform", seed, size_of(shape), dtype)
    return draws.uniform(key, minval, maxval, shape, dtype)


@composed
def gamma(
    shape: Any, alpha: Any, beta: Any = None, dtype: Any = dtypes.float32, seed: Any = None, name: Any = None
) -> Any:
    """Numbers of gamma distributions, differentiable in the parameters.

    Args:
      shape: list of ints, the shape of the samples for each distribution.
      alpha: float tensor, the shape parameters.
      beta: float tensor, the inverse scales; 1 by default.
      dtype: float16, float32 or float64.
      seed: int or None.
      name: str, optional.

    Returns:
      Tensor ``shape + shape of (alpha + beta)``.

    >>> import kerax as tf
    >>> tf.random.gamma([10], [0.5, 1.5]).shape
    TensorShape([10, 2])
    """
    dtype = dtypes.as_dtype(dtype)
    shape = _samples(shape)
    alpha = convert_to_tensor(alpha, dtype)
    beta = convert_to_tensor(1 if beta is None else beta, dtype)
    count = size_of(shape) * alpha.shape.num_elements() if beta.shape.rank == 0 else None
    if count is None:
        count = size_of(shape) * size_of(_broadcast(alpha, beta))
    return draws.gamma(next_key("RandomGamma", seed, count, dtype), alpha, beta, shape, False)


def _broadcast(first: Any, second: Any) -> tuple[int, ...]:
    import numpy as np

    return np.broadcast_shapes(tuple(first.shape), tuple(second.shape))


def _samples(shape: Any) -> tuple[int, ...]:
    return (shape,) if isinstance(shape, int) else static_shape(shape)


@composed
def poisson(shape: Any, lam: Any, dtype: Any = dtypes.float32, seed: Any = None, name: Any = None) -> Any:
    """Numbers of Poisson distributions.

    Args:
      shape: list of ints, the shape of the samples for each distribution.
      lam: float tensor, the rates.
      dtype: a floating dtype, int32 or int64.
      seed: int or None.
      name: str, optional.

    Returns:
      Tensor ``shape + lam.shape``.

    >>> import kerax as tf
    >>> tf.random.poisson([10], [0.5, 1.5]).shape
    TensorShape([10, 2])
    """
    dtype = dtypes.as_dtype(dtype)
    shape = _samples(shape)
    lam = convert_to_tensor(lam, dtype_hint=dtypes.float32)
    count = size_of(shape) * lam.shape.num_elements()
    return draws.poisson(next_key("RandomPoissonV2", seed, count, dtype), lam, shape, dtype, False)


@composed
def categorical(logits: Any, num_samples: Any, dtype: Any = None, seed: Any = None, name: Any = None) -> Any:
    """Classes drawn with the probabilities ``softmax(logits)``.

    Args:
      logits: float tensor [batch, classes], unnormalised log-probabilities.
      num_samples: int, samples per row.
      dtype: int32 or int64 (the default).
      seed: int or None.
      name: str, optional.

    Returns:
      Integer Tensor [batch, num_samples].

    >>> import kerax as tf
    >>> tf.random.categorical(tf.math.log([[0.0, 1.0]]), 3).numpy()
    array([[1, 1, 1]])
    """
    dtype = checked_dtype(dtype or dtypes.int64, INTS)
    logits = convert_to_tensor(logits)
    blocks = (int(num_samples) + 3) // 4 * 4 * 2 * (logits._value.shape[0] if logits.shape.rank else 1) * 256
    key = next_key("Multinomial", seed, blocks=blocks, dtype=(dtype, logits.dtype))
    return draws.categorical(key, logits, num_samples, dtype)


@composed
def shuffle(value: Any, seed: Any = None, name: Any = None) -> Any:
    """The rows of a tensor in random order.

    Args:
      value: tensor [rows, ...].
      seed: int or None.
      name: str, optional.

    Returns:
      Tensor like ``value``.

    >>> import kerax as tf
    >>> sorted(tf.random.shuffle([3, 1, 2]).numpy().tolist())
    [1, 2, 3]
    """
    value = convert_to_tensor(value)
    rows = value.shape[0] if value.shape.rank else 1
    # a word for each row but the last
    blocks = (rows + 2) // 4 if rows > 1 and 0 not in TensorShape(value.shape).as_list() else 0
    key = next_key("RandomShuffle", seed, blocks=blocks, dtype=value.dtype)
    if blocks and isinstance(key, np.ndarray):
        return gather(stop_gradient(value), orders.drawn(*key.tolist(), rows)[0])
    return draws.shuffle(key, value)
