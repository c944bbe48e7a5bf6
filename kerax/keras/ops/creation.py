"""New tensors: constants, ranges, grids and windows."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

import kerax.array_ops as tf
from kerax import math
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.promotion import dtype_name, dtype_of, result_type
from kerax.keras.engine.settings import floatx, standardize_dtype
from kerax.keras.ops._public import composed, op
from kerax.keras.ops.core import convert_to_tensor
from kerax.math.ranges import linspace as _linspace


def _dtype(dtype: Any) -> str:
    return standardize_dtype(dtype or floatx())


@composed
def zeros(shape, dtype=None):
    """A tensor of zeros.

    Args:
      shape: ints.
      dtype: its dtype, floatx by default.

    Returns:
      Tensor of that shape.

    >>> import kerax as tf
    >>> tf.keras.ops.zeros((2,)).numpy()
    array([0., 0.], dtype=float32)
    """
    return tf.zeros(shape, dtype=_dtype(dtype))


@composed
def ones(shape, dtype=None):
    """A tensor of ones.

    Args:
      shape: ints.
      dtype: its dtype, floatx by default.

    Returns:
      Tensor of that shape.

    >>> import kerax as tf
    >>> tf.keras.ops.ones((2,), "int32").numpy()
    array([1, 1], dtype=int32)
    """
    return tf.ones(shape, dtype=_dtype(dtype))


@composed
def empty(shape, dtype=None):
    """A tensor whose values do not matter; they are zeros.

    Args:
      shape: ints.
      dtype: its dtype, floatx by default.

    Returns:
      Tensor of that shape.

    >>> import kerax as tf
    >>> tf.keras.ops.empty((2, 3)).shape
    TensorShape([2, 3])
    """
    return tf.zeros(shape, dtype=_dtype(dtype))


@composed
def full(shape, fill_value, dtype=None):
    """A tensor of one value.

    Args:
      shape: ints.
      fill_value: number, or tensor that broadcasts to the shape.
      dtype: its dtype, floatx by default.

    Returns:
      Tensor of that shape.

    >>> import kerax as tf
    >>> tf.keras.ops.full((2,), 7).numpy()
    array([7., 7.], dtype=float32)
    """
    return tf.broadcast_to(convert_to_tensor(fill_value, _dtype(dtype)), shape)


@composed
def zeros_like(x, dtype=None):
    """Zeros in the shape of a tensor.

    Args:
      x: tensor.
      dtype: the dtype, that of ``x`` by default.

    Returns:
      Tensor.

    >>> import kerax as tf
    >>> tf.keras.ops.zeros_like([1, 2]).numpy()
    array([0, 0], dtype=int32)
    """
    return tf.zeros_like(to_tensor(x), dtype=None if dtype is None else standardize_dtype(dtype))


@composed
def ones_like(x, dtype=None):
    """Ones in the shape of a tensor.

    Args:
      x: tensor.
      dtype: the dtype, that of ``x`` by default.

    Returns:
      Tensor.

    >>> import kerax as tf
    >>> tf.keras.ops.ones_like([1.0, 2.0]).numpy()
    array([1., 1.], dtype=float32)
    """
    return tf.ones_like(to_tensor(x), dtype=None if dtype is None else standardize_dtype(dtype))


@composed
def empty_like(x, dtype=None):
    """A tensor in the shape of another, whose values do not matter; they are zeros.

    Args:
      x: tensor.
      dtype: the dtype, that of ``x`` by default.

    Returns:
      Tensor.

    >>> import kerax as tf
    >>> tf.keras.ops.empty_like([1, 2]).shape
    TensorShape([2])
    """
    return tf.zeros_like(to_tensor(x), dtype=None if dtype is None else standardize_dtype(dtype))


@composed
def full_like(x, fill_value, dtype=None):
    """One value in the shape of a tensor.

    Args:
      x: tensor.
      fill_value: number, or tensor that broadcasts.
      dtype: the dtype, that of ``x`` by default.

    Returns:
      Tensor.

    >>> import kerax as tf
    >>> tf.keras.ops.full_like([1, 2], 7).numpy()
    array([7, 7], dtype=int32)
    """
    x = to_tensor(x)
    return tf.broadcast_to(convert_to_tensor(fill_value, result_type(dtype or x.dtype)), x.shape)


@composed
def array(x, dtype=None):
    """A value as a tensor.

    Args:
      x: array, list, number or tensor.
      dtype: the dtype wanted.

    Returns:
      Tensor.

    >>> import kerax as tf
    >>> tf.keras.ops.array([1, 2]).numpy()
    array([1, 2], dtype=int32)
    """
    return convert_to_tensor(x, dtype=dtype)


@composed
def eye(N, M=None, k=0, dtype=None):
    """A matrix with ones on a diagonal.

    Args:
      N: int, the number of rows.
      M: int, the number of columns, ``N`` by default.
      k: int, how far above the main diagonal.
      dtype: its dtype, floatx by default.

    Returns:
      Tensor ``[N, M]``.

    >>> import kerax as tf
    >>> tf.keras.ops.eye(2, 3, k=1).numpy()
    array([[0., 1., 0.],
           [0., 0., 1.]], dtype=float32)
    """
    return _eye(int(N), int(N if M is None else M), int(k), _dtype(dtype))


@op()
def _eye(rows: Any, columns: Any, k: Any, dtype: Any) -> Any:
    return jnp.eye(rows, columns, k, dtype=jnp.dtype(dtype))


@composed
def identity(n, dtype=None):
    """The identity matrix.

    Args:
      n: int, the number of rows and columns.
      dtype: its dtype, floatx by default.

    Returns:
      Tensor ``[n, n]``.

    >>> import kerax as tf
    >>> tf.keras.ops.identity(2).numpy()
    array([[1., 0.],
           [0., 1.]], dtype=float32)
    """
    return _eye(int(n), int(n), 0, _dtype(dtype))


@op()
def _tri(rows: Any, columns: Any, k: Any, dtype: Any) -> Any:
    return jnp.tri(rows, columns, k, dtype=jnp.dtype(dtype))


@composed
def tri(N, M=None, k=0, dtype=None):
    """A matrix with ones at and below a diagonal.

    Args:
      N: int, the number of rows.
      M: int, the number of columns, ``N`` by default.
      k: int, how far above the main diagonal.
      dtype: its dtype, floatx by default.

    Returns:
      Tensor ``[N, M]``.

    >>> import kerax as tf
    >>> tf.keras.ops.tri(2).numpy()
    array([[1., 0.],
           [1., 1.]], dtype=float32)
    """
    return _tri(int(N), int(N if M is None else M), int(k), _dtype(dtype))


# --- ranges ------------------------------------------------------------------------------------------------------
@composed
def arange(start, stop=None, step=None, dtype=None):
    """Numbers in steps from a start, up to a stop that is left out.

    Args:
      start: number; the stop where that is not given, and then the start is 0.
      stop: number.
      step: number, 1 by default.
      dtype: the dtype; by default what the numbers are promoted to.

    Returns:
      Tensor of rank 1.

    >>> import kerax as tf
    >>> tf.keras.ops.arange(1, 6, 2).numpy()
    array([1, 3, 5], dtype=int32)
    """
    if dtype is None:
        dtype = result_type(*(dtype_of(value) for value in (start, stop, step) if value is not None))
    wanted = standardize_dtype(dtype)
    compute = wanted if wanted in ("int32", "int64", "float16", "bfloat16", "float32", "float64") else "float32"
    step = 1 if step is None else step
    return to_tensor(tf.range(start, stop, delta=step, dtype=compute), wanted)


@composed
def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0):
    """Numbers at equal distances.

    Args:
      start: the first: number or tensor.
      stop: the end.
      num: int, how many.
      endpoint: bool, whether the last is ``stop`` itself.
      retstep: bool, whether to return the distance too.
      dtype: the dtype; by default a float. Integers are rounded down.
      axis: int, where the new axis is.

    Returns:
      Tensor of ``num`` along the axis; with ``retstep`` a pair of it and the distance.

    Raises:
      ValueError: ``num`` is negative.

    >>> import kerax as tf
    >>> tf.keras.ops.linspace(0.0, 1.0, 3).numpy()
    array([0. , 0.5, 1. ], dtype=float32)
    """
    if num < 0:
        raise ValueError(f"`num` must be a non-negative integer. Received: num={num}")
    if dtype is None:
        wanted = result_type(dtype_of(start), dtype_of(stop), float)
    else:
        wanted = standardize_dtype(dtype)
    first, last = convert_to_tensor(start, wanted), convert_to_tensor(stop, wanted)
    compute = wanted if "float" in wanted else "float64"
    a, b = to_tensor(first, compute), to_tensor(last, compute)
    parts = num - 1 if endpoint else num
    step = math.divide(math.subtract(b, a), to_tensor(float(parts), compute)) if parts > 0 else to_tensor(float("nan"))
    if not endpoint and num > 1:
        b = math.subtract(b, step)
    result = _linspace(a, b, num, axis=axis)
    if "int" in wanted:
        result = math.floor(result)
    result = to_tensor(result, wanted)
    return (result, step) if retstep else result


@composed
def logspace(start, stop, num=50, endpoint=True, base=10, dtype=None, axis=0):
    """Powers of a base whose exponents are at equal distances.

    Args:
      start: the first exponent: number or tensor.
      stop: the last exponent.
      num: int, how many.
      endpoint: bool, whether the last is ``stop`` itself.
      base: number.
      dtype: the dtype; by default a float.
      axis: int, where the new axis is.

    Returns:
      Tensor of ``num`` along the axis.

    >>> import kerax as tf
    >>> tf.keras.ops.logspace(0.0, 2.0, 3).numpy()
    array([  1.,  10., 100.], dtype=float32)
    """
    exponents = linspace.pure(start, stop, num=num, endpoint=endpoint, dtype=dtype, axis=axis)
    return math.pow(convert_to_tensor(base, dtype_name(exponents)), exponents)


@composed
def geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0):
    """Numbers at equal ratios.

    Args:
      start: the first: number or tensor, not 0.
      stop: the last, of the same sign.
      num: int, how many.
      endpoint: bool, whether the last is ``stop`` itself.
      dtype: the dtype; floatx by default.
      axis: int, where the new axis is.

    Returns:
      Tensor of ``num`` along the axis.

    >>> import kerax as tf
    >>> tf.keras.ops.geomspace(1.0, 4.0, 3).numpy().round(3)
    array([1., 2., 4.], dtype=float32)
    """
    compute = standardize_dtype(dtype or floatx())
    start, stop = to_tensor(start), to_tensor(stop)
    ends = [math.log(to_tensor(math.abs(end), compute)) for end in (start, stop)]
    ten = math.log(to_tensor(10.0, compute))
    result = logspace.pure(
        math.divide(ends[0], ten), math.divide(ends[1], ten), num=num, endpoint=endpoint, dtype=dtype, axis=axis
    )
    return math.multiply(result, to_tensor(math.sign(to_tensor(start, compute)), dtype_name(result)))


# --- windows ------------------------------------------------------------------------------------------------------
@composed
def bartlett(x):
    """The triangular window of a length.

    Args:
      x: int, its length.

    Returns:
      Tensor ``[x]``.

    >>> import kerax as tf
    >>> tf.keras.ops.bartlett(5).numpy()
    array([0. , 0.5, 1. , 0.5, 0. ], dtype=float32)
    """
    return _window("bartlett", int(x), floatx())


@composed
def blackman(x):
    """The Blackman window of a length.

    Args:
      x: int, its length.

    Returns:
      Tensor ``[x]``.

    >>> import kerax as tf
    >>> tf.keras.ops.blackman(3).numpy().round(3)
    array([-0.,  1., -0.], dtype=float32)
    """
    return _window("blackman", int(x), floatx())


@composed
def hamming(x):
    """The Hamming window of a length.

    Args:
      x: int, its length.

    Returns:
      float32 Tensor ``[x]``.

    >>> import kerax as tf
    >>> tf.keras.ops.hamming(3).numpy().round(2)
    array([0.08, 1.  , 0.08], dtype=float32)
    """
    from kerax.signal import hamming_window

    return hamming_window(to_tensor(x, "int32"), periodic=False)


@composed
def hanning(x):
    """The Hann window of a length.

    Args:
      x: int, its length.

    Returns:
      float32 Tensor ``[x]``.

    >>> import kerax as tf
    >>> tf.keras.ops.hanning(3).numpy()
    array([0., 1., 0.], dtype=float32)
    """
    from kerax.signal import hann_window

    return hann_window(to_tensor(x, "int32"), periodic=False)


@composed
def kaiser(x, beta):
    """The Kaiser window of a length.

    Args:
      x: int, its length.
      beta: float, its shape; 0 gives a rectangle.

    Returns:
      float32 Tensor ``[x]``.

    >>> import kerax as tf
    >>> tf.keras.ops.kaiser(3, 0.0).numpy()
    array([1., 1., 1.], dtype=float32)
    """
    from kerax.signal import kaiser_window

    return kaiser_window(to_tensor(x, "int32"), beta=beta)


@op()
def _window(kind: Any, length: Any, dtype: Any) -> Any:
    if length < 2:
        return jnp.ones(length, jnp.dtype(dtype))
    n = jnp.arange(length, dtype=jnp.dtype(dtype))
    if kind == "bartlett":
        return jnp.where(n <= (length - 1) / 2, 2 * n / (length - 1), 2 - 2 * n / (length - 1))
    turn = 2 * jnp.pi * n / (length - 1)
    return 0.42 - 0.5 * jnp.cos(turn) + 0.08 * jnp.cos(2 * turn)
