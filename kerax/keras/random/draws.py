"""The random functions of ``keras.random``: equal seeds give equal numbers, those of Keras on TensorFlow."""

from __future__ import annotations

from typing import Any

import kerax.array_ops as tf
from kerax import math
from kerax.core.op import composed
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.settings import floatx, is_float_dtype, is_int_dtype, standardize_dtype
from kerax.keras.random.seed_generator import draw_seed
from kerax.nn.dropout import stateless_dropout
from kerax.random import stateless


def _dtype(dtype: Any) -> str:
    return standardize_dtype(dtype or floatx())


def _drawn_in(dtype: str) -> str:
    """The dtype a distribution without bfloat16 is drawn in."""
    return "float32" if dtype == "bfloat16" else dtype


def normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    """Numbers of the normal distribution.

    Args:
      shape: ints.
      mean: float.
      stddev: float, the standard deviation.
      dtype: a float dtype, floatx by default.
      seed: int, ``SeedGenerator``, or None for other numbers at every call.

    Returns:
      Tensor of that shape.

    >>> import kerax as tf
    >>> tf.keras.random.normal((2,), seed=0).shape
    TensorShape([2])
    """
    return stateless.stateless_normal(shape, draw_seed(seed), mean, stddev, _dtype(dtype))


def truncated_normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    """Numbers of the normal distribution, none further than two standard deviations from the mean.

    Args:
      shape: ints.
      mean: float.
      stddev: float, the standard deviation before those further away are left out.
      dtype: a float dtype, floatx by default.
      seed: int, ``SeedGenerator``, or None for other numbers at every call.

    Returns:
      Tensor of that shape.

    >>> import kerax as tf
    >>> tf.keras.random.truncated_normal((2,), seed=0).shape
    TensorShape([2])
    """
    return stateless.stateless_truncated_normal(shape, draw_seed(seed), mean, stddev, _dtype(dtype))


def uniform(shape, minval=0.0, maxval=1.0, dtype=None, seed=None):
    """Numbers spread evenly over ``[minval, maxval)``.

    Args:
      shape: ints.
      minval: float, the least.
      maxval: float, the limit.
      dtype: a float dtype, floatx by default.
      seed: int, ``SeedGenerator``, or None for other numbers at every call.

    Returns:
      Tensor of that shape.

    Raises:
      ValueError: the dtype is no float.

    >>> import kerax as tf
    >>> tf.keras.random.uniform((2,), seed=0).shape
    TensorShape([2])
    """
    if dtype and not is_float_dtype(dtype):
        raise ValueError(f"`keras.random.uniform` requires a floating point `dtype`. Received: dtype={dtype} ")
    wanted = _dtype(dtype)
    return stateless.stateless_uniform(
        shape, draw_seed(seed), to_tensor(minval, wanted), to_tensor(maxval, wanted), wanted
    )


def randint(shape, minval, maxval, dtype="int32", seed=None):
    """Integers spread evenly over ``[minval, maxval)``.

    Args:
      shape: ints.
      minval: int, the least.
      maxval: int, the limit.
      dtype: an integer dtype.
      seed: int, ``SeedGenerator``, or None for other numbers at every call.

    Returns:
      Tensor of that shape.

    Raises:
      ValueError: the dtype is no integer.

    >>> import kerax as tf
    >>> tf.keras.random.randint((2,), 0, 10, seed=0).dtype
    tf.int32
    """
    if dtype and not is_int_dtype(dtype):
        raise ValueError(f"`keras.random.randint` requires an integer `dtype`. Received: dtype={dtype} ")
    wanted = standardize_dtype(dtype)
    drawn = wanted if wanted in ("int32", "int64") else "int64"
    limits = [value if isinstance(value, int) else to_tensor(value, drawn) for value in (minval, maxval)]
    return to_tensor(stateless.stateless_uniform(shape, draw_seed(seed), *limits, drawn), wanted)


@composed
def categorical(logits, num_samples, dtype="int32", seed=None):
    """Class numbers drawn with probabilities ``softmax(logits)``.

    Args:
      logits: tensor of floats ``[batch, classes]``.
      num_samples: int, how many for each row.
      dtype: an integer dtype.
      seed: int, ``SeedGenerator``, or None for other numbers at every call.

    Returns:
      Tensor ``[batch, num_samples]``.

    Raises:
      ValueError: another rank.

    >>> import kerax as tf
    >>> tf.keras.random.categorical([[0.0, 1.0]], 3, seed=0).shape
    TensorShape([1, 3])
    """
    logits = to_tensor(logits)
    if len(logits.shape) != 2:
        raise ValueError(
            f"`logits` should be a 2-D tensor with shape [batch_size, num_classes]. Received: logits={logits}"
        )
    return to_tensor(stateless.stateless_categorical(logits, num_samples, draw_seed(seed)), dtype)


def gamma(shape, alpha, dtype=None, seed=None):
    """Numbers of the gamma distribution.

    Args:
      shape: ints.
      alpha: float or tensor that broadcasts, the distribution's shape.
      dtype: a float dtype, floatx by default.
      seed: int, ``SeedGenerator``, or None for other numbers at every call.

    Returns:
      Tensor of that shape.

    >>> import kerax as tf
    >>> tf.keras.random.gamma((2,), 0.5, seed=0).shape
    TensorShape([2])
    """
    wanted = _dtype(dtype)
    drawn = stateless.stateless_gamma(shape, draw_seed(seed), alpha=alpha, dtype=_drawn_in(wanted))
    return to_tensor(drawn, wanted)


def binomial(shape, counts, probabilities, dtype=None, seed=None):
    """Numbers of successes among independent trials.

    Args:
      shape: ints.
      counts: number or tensor that broadcasts, the numbers of trials.
      probabilities: float or tensor that broadcasts, the probabilities of success.
      dtype: the dtype, floatx by default.
      seed: int, ``SeedGenerator``, or None for other numbers at every call.

    Returns:
      Tensor of that shape.

    >>> import kerax as tf
    >>> tf.keras.random.binomial((2,), 10, 1.0, seed=0).numpy()
    array([10., 10.], dtype=float32)
    """
    wanted = _dtype(dtype)
    drawn = stateless.stateless_binomial(shape, draw_seed(seed), counts, probabilities, output_dtype=_drawn_in(wanted))
    return to_tensor(drawn, wanted)


def beta(shape, alpha, beta, dtype=None, seed=None):
    """Numbers of the beta distribution.

    Args:
      shape: ints.
      alpha: float or tensor that broadcasts, above 0.
      beta: float or tensor that broadcasts, above 0.
      dtype: a float dtype, floatx by default.
      seed: int, ``SeedGenerator``, or None for other numbers at every call.

    Returns:
      Tensor of that shape, from 0 to 1.

    >>> import kerax as tf
    >>> tf.keras.random.beta((2,), 1.0, 2.0, seed=0).shape
    TensorShape([2])
    """
    wanted = _dtype(dtype)
    drawn = _drawn_in(wanted)
    first = draw_seed(seed)
    second = math.add(first, 12)  # a second stream
    parts = [
        to_tensor(
            stateless.stateless_gamma(shape, pair, alpha=tf.broadcast_to(to_tensor(value, drawn), shape), dtype=drawn),
            wanted,
        )
        for pair, value in ((first, alpha), (second, beta))
    ]
    return math.divide(parts[0], math.add(*parts))


@composed
def dropout(inputs, rate, noise_shape=None, seed=None):
    """The tensor with a share of its elements set to 0 and the others scaled up, so that the mean stays.

    Args:
      inputs: tensor of floats.
      rate: float from 0 to 1, the share.
      noise_shape: ints, where axes of size 1 are kept or dropped as a whole; None for the size of ``inputs``.
      seed: int, ``SeedGenerator``, or None for other numbers at every call.

    Returns:
      Tensor like ``inputs``.

    >>> import kerax as tf
    >>> tf.keras.random.dropout([1.0, 2.0], 0.0).numpy()
    array([1., 2.], dtype=float32)
    """
    inputs = to_tensor(inputs)
    if rate == 1.0:
        return tf.zeros_like(inputs)
    if rate == 0.0:
        return inputs
    shape = tuple(inputs.shape)
    if noise_shape is not None:
        shape = tuple(shape[axis] if size is None else int(size) for axis, size in enumerate(noise_shape))
    return stateless_dropout(inputs, rate, seed=draw_seed(seed), noise_shape=shape)


@composed
def shuffle(x, axis=0, seed=None):
    """The tensor with its slices along an axis in a random order.

    Args:
      x: tensor.
      axis: int.
      seed: int, ``SeedGenerator``, or None for another order at every call.

    Returns:
      Tensor of the same shape.

    >>> import kerax as tf
    >>> tf.reduce_sum(tf.keras.random.shuffle([1, 2, 3], seed=0)).numpy()
    np.int32(6)
    """
    x = to_tensor(x)
    order = tf.argsort(stateless.stateless_uniform([x.shape[axis]], draw_seed(seed)))
    return tf.gather(x, order, axis=axis)
