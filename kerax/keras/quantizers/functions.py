"""Functions that bring tensors to int8, int4 and float8, and back."""

from __future__ import annotations

import math
from typing import Any

import jax.numpy as jnp
import ml_dtypes
import numpy as np

from kerax.core.op import composed, op
from kerax.keras import ops
from kerax.keras.engine.settings import standardize_dtype


@composed
def abs_max_quantize(inputs, axis, value_range=(-127, 127), dtype="int8", epsilon=1e-7, to_numpy=False):
    """Quantizes so that the greatest magnitude over axes becomes the end of the range.

    Args:
      inputs: tensor of floats.
      axis: int or ints, axes that share a scale.
      value_range: pair of ints, the least and the greatest value.
      dtype: the dtype of the result.
      epsilon: float, what is added to the greatest magnitude.
      to_numpy: bool, whether to compute on the host.

    Returns:
      Tensors: the quantized values, and the scale they were multiplied with.

    >>> import kerax as tf
    >>> tf.keras.quantizers.abs_max_quantize([[1.0, -2.0]], axis=-1)[0].numpy()
    array([[  64, -127]], dtype=int8)
    """
    if to_numpy:
        original = standardize_dtype(inputs.dtype)
        array = ops.convert_to_numpy(inputs)
        axes = tuple(axis) if isinstance(axis, (list, tuple)) else axis
        scale = np.divide(value_range[1], np.add(np.max(np.abs(array), axis=axes, keepdims=True), epsilon))
        outputs = np.clip(np.round(np.multiply(array, scale)), value_range[0], value_range[1]).astype(dtype)
        return ops.convert_to_tensor(outputs), ops.convert_to_tensor(scale, dtype=original)
    inputs = ops.convert_to_tensor(inputs)
    greatest = ops.max(ops.abs(inputs), axis=axis, keepdims=True)
    scale = ops.cast(ops.divide(value_range[1], ops.add(greatest, epsilon)), standardize_dtype(inputs.dtype))
    outputs = ops.clip(ops.round(ops.multiply(inputs, scale)), value_range[0], value_range[1])
    return ops.cast(outputs, dtype), scale


@op("inputs: float")
def _grouped(inputs: Any, block: Any, low: Any, high: Any, dtype: Any, epsilon: Any) -> Any:
    rows, columns = inputs.shape
    groups = math.ceil(rows / block)
    padded = jnp.pad(inputs, ((0, groups * block - rows), (0, 0))).reshape(groups, block, columns)
    least, greatest = jnp.min(padded, axis=1), jnp.max(padded, axis=1)
    levels = 2 ** int(math.log2(high - low + 1)) - 1
    same = least == greatest
    least, greatest = jnp.where(same, least - 1, least), jnp.where(same, greatest + 1, greatest)
    scale = (greatest - least + jnp.asarray(epsilon, inputs.dtype)) / levels
    zero = jnp.clip(jnp.round(-least / scale) + low, low, high)
    outputs = jnp.clip(jnp.round(padded / scale[:, None]) + zero[:, None], low, high).astype(jnp.dtype(dtype))
    return outputs.reshape(-1, columns)[:rows], scale, zero.astype(jnp.int8)


@composed
def abs_max_quantize_grouped_with_zero_point(
    inputs, block_size, value_range=(-8, 7), dtype="int8", epsilon=1e-7, to_numpy=False
):
    """Quantizes a matrix by blocks of rows, each with a scale and a zero point of its own.

    Args:
      inputs: tensor of floats ``[rows, columns]``.
      block_size: int, rows in a block.
      value_range: pair of ints, the least and the greatest value.
      dtype: the dtype of the result.
      epsilon: float, what is added to the range of a block.
      to_numpy: bool, whether to compute on the host.

    Returns:
      Tensors: the quantized values ``[rows, columns]``, scales and zero points ``[blocks, columns]``.

    >>> import kerax as tf
    >>> values, scale, zero = tf.keras.quantizers.abs_max_quantize_grouped_with_zero_point(tf.ones((4, 1)), 2)
    >>> values.shape, scale.shape
    (TensorShape([4, 1]), TensorShape([2, 1]))
    """
    low, high = value_range
    if not to_numpy:
        return _grouped(ops.convert_to_tensor(inputs), int(block_size), low, high, dtype, epsilon)
    original = standardize_dtype(inputs.dtype)
    array = ops.convert_to_numpy(inputs)
    rows, columns = array.shape
    groups = math.ceil(rows / block_size)
    padded = np.pad(array, ((0, groups * block_size - rows), (0, 0))).reshape(groups, block_size, columns)
    least, greatest = padded.min(axis=1, keepdims=True), padded.max(axis=1, keepdims=True)
    scale = (greatest - least + epsilon) / (high - low)
    zero = np.clip(np.round(-least / scale) + low, low, high)
    outputs = np.clip(np.round(padded / scale) + zero, low, high).astype(dtype)
    return (
        ops.convert_to_tensor(outputs.reshape(-1, columns)[:rows]),
        ops.convert_to_tensor(np.squeeze(scale, axis=1), dtype=original),
        ops.convert_to_tensor(np.squeeze(zero, axis=1).astype("int8")),
    )


@composed
def fake_quant_with_min_max_vars(inputs, min_vals, max_vals, num_bits=8, narrow_range=False, axis=None):
    """The tensor as it is after quantization and back; gradients pass within the range.

    Args:
      inputs: tensor of floats.
      min_vals: number, or tensor with one for each slice of the axis: the range's lower end.
      max_vals: number, or tensor with one for each slice of the axis: the range's upper end.
      num_bits: int from 2 to 16.
      narrow_range: bool, whether the least of the integers is left out.
      axis: int, along which ranges differ; None for one range.

    Returns:
      Tensor like ``inputs``.

    >>> import kerax as tf
    >>> tf.keras.quantizers.fake_quant_with_min_max_vars([0.3, 9.0], 0.0, 1.0, num_bits=2).numpy().round(3)
    array([0.333, 1.   ], dtype=float32)
    """
    from kerax import quantization

    inputs = ops.convert_to_tensor(inputs)
    name = standardize_dtype(inputs.dtype)
    low, high = ops.convert_to_tensor(min_vals, "float32"), ops.convert_to_tensor(max_vals, "float32")
    if axis is None:
        found = quantization.fake_quant_with_min_max_vars(
            ops.cast(inputs, "float32"),
            ops.reshape(low, ()),
            ops.reshape(high, ()),
            num_bits=int(num_bits),
            narrow_range=narrow_range,
        )
        return ops.cast(found, name)
    moved = ops.swapaxes(inputs, axis, -1)
    found = quantization.fake_quant_with_min_max_vars_per_channel(
        ops.cast(moved, "float32"), low, high, num_bits=int(num_bits), narrow_range=narrow_range
    )
    return ops.swapaxes(ops.cast(found, name), -1, axis)


# --- float8 -------------------------------------------------------------------------------------------------------
@composed
def compute_float8_scale(amax, scale, dtype_max, margin=0):
    """The scale that brings the greatest magnitude to the end of a float8 dtype.

    Args:
      amax: tensor, the greatest magnitude.
      scale: tensor, the scale so far, kept where ``amax`` is 0 or infinite.
      dtype_max: float, the dtype's greatest value.
      margin: int, binary digits to stay below it.

    Returns:
      Tensor.

    >>> import kerax as tf
    >>> tf.keras.quantizers.compute_float8_scale(tf.constant(2.0), tf.constant(1.0), 448.0).numpy().round(5)
    np.float32(0.00446)
    """
    scale = ops.reciprocal(scale)
    found = ops.divide(ops.divide(dtype_max, amax), 2**margin)
    found = ops.where(ops.greater(amax, 0.0), found, scale)
    return ops.reciprocal(ops.where(ops.isfinite(amax), found, scale))


@composed
def compute_float8_amax_history(x, amax_history):
    """The history of greatest magnitudes with that of a tensor in front.

    Args:
      x: tensor.
      amax_history: tensor ``[length]``.

    Returns:
      Tensor ``[length]``.

    >>> import kerax as tf
    >>> tf.keras.quantizers.compute_float8_amax_history(tf.constant([-3.0]), tf.constant([1.0, 2.0])).numpy()
    array([3., 1.], dtype=float32)
    """
    newest = ops.cast(ops.max(ops.abs(x)), amax_history.dtype)
    return ops.scatter_update(ops.roll(amax_history, shift=-1), [[0]], ops.reshape(newest, [1]))


@composed
def quantize_and_dequantize(inputs, scale, quantized_dtype, compute_dtype):
    """The tensor as it is after a cast to a float8 dtype and back.

    Args:
      inputs: tensor.
      scale: tensor, what it is divided by before.
      quantized_dtype: "float8_e4m3fn" or "float8_e5m2".
      compute_dtype: the dtype of the result.

    Returns:
      Tensor like ``inputs``.

    >>> import kerax as tf
    >>> x = tf.constant([1.0, 1.06])
    >>> tf.keras.quantizers.quantize_and_dequantize(x, 1.0, "float8_e4m3fn", "float32").numpy()
    array([1., 1.], dtype=float32)
    """
    limit = ops.cast(float(ml_dtypes.finfo(quantized_dtype).max), compute_dtype)
    x = ops.divide(inputs, ops.cast(scale, compute_dtype))
    x = ops.cast(ops.clip(x, ops.negative(limit), limit), quantized_dtype)
    return ops.multiply(ops.cast(x, compute_dtype), ops.cast(scale, compute_dtype))


# --- int4 ---------------------------------------------------------------------------------------------------------
def _checked(dtype: str) -> None:
    if dtype not in ("int8", "uint8"):
        raise ValueError(f"Expected dtype to be 'int8' or 'uint8', but got '{dtype}'.")


@op("arr")
def _pack(arr: Any, axis: Any) -> Any:
    rows = jnp.moveaxis(arr, axis, 0)
    rows = jnp.pad(rows, [(0, rows.shape[0] % 2)] + [(0, 0)] * (rows.ndim - 1))
    mask = jnp.asarray(15, rows.dtype)
    packed = (rows[::2] & mask) | ((rows[1::2] & mask) << jnp.asarray(4, rows.dtype))
    return jnp.moveaxis(packed, 0, axis)


def pack_int4(arr: Any, axis: int = 0, dtype: str = "int8") -> tuple[Any, tuple[int, ...], int]:
    """Two int4 values in each byte: the first of a pair in the low half.

    Args:
      arr: int8 (or uint8) tensor of values from -8 to 7 (or 0 to 15).
      axis: int, along which neighbours are packed.
      dtype: "int8" or "uint8".

    Returns:
      (packed tensor, its shape, the axis' size before).

    Raises:
      ValueError: no such dtype.
      TypeError: the tensor has another.

    >>> import kerax as tf
    >>> packed, shape, size = tf.keras.quantizers.pack_int4(tf.constant([[1], [2], [3]], tf.int8))
    >>> packed.numpy().ravel(), shape, size
    (array([33,  3], dtype=int8), (2, 1), 3)
    """
    _checked(dtype)
    if standardize_dtype(arr.dtype) != dtype:
        raise TypeError(f"Expected {dtype} tensor for packing, got {standardize_dtype(arr.dtype)}.")
    arr = ops.convert_to_tensor(arr)
    axis = axis + len(arr.shape) if axis < 0 else axis
    packed = _pack(arr, axis)
    return packed, tuple(packed.shape), arr.shape[axis]


@op("packed")
def _unpack(packed: Any, size: Any, axis: Any, dtype: Any) -> Any:
    rows = jnp.moveaxis(packed, axis, 0)
    mask = jnp.asarray(15, rows.dtype)
    halves = jnp.stack([rows & mask, (rows >> jnp.asarray(4, rows.dtype)) & mask], axis=1)
    if dtype == "int8":
        eight = jnp.asarray(8, rows.dtype)
        halves = (halves ^ eight) - eight
    found = halves.astype(jnp.dtype(dtype)).reshape(-1, *rows.shape[1:])[:size]
    return jnp.moveaxis(found, 0, axis)


@composed
def unpack_int4(packed, orig_len, axis=0, dtype="int8"):
    """The inverse of ``pack_int4``.

    Args:
      packed: int8 or uint8 tensor.
      orig_len: int, the axis' size before packing.
      axis: int, along which values are packed.
      dtype: "int8" for values from -8 to 7, "uint8" for 0 to 15.

    Returns:
      Tensor.

    Raises:
      ValueError: no such dtype.
      TypeError: the tensor has another.

    >>> import kerax as tf
    >>> tf.keras.quantizers.unpack_int4(tf.constant([33, 3], tf.int8), 3).numpy()
    array([1, 2, 3], dtype=int8)
    """
    _checked(dtype)
    if standardize_dtype(packed.dtype) not in ("int8", "uint8"):
        raise TypeError(f"Expected int8 or uint8 tensor for unpacking, got {packed.dtype}")
    packed = ops.convert_to_tensor(packed)
    return _unpack(packed, int(orig_len), axis + len(packed.shape) if axis < 0 else axis, dtype)
