"""Grayscale dilation and erosion."""

from __future__ import annotations

import jax.numpy as jnp

from kerax.core.op import op
from kerax.nn import _pool
from kerax.nn._windows import invalid, sequence


def _dilate(image, filters, strides, padding, data_format, dilations):
    if data_format != "NHWC":
        raise ValueError(
            f"`data_format` values other  than 'NHWC' are not supported. Received: data_format={data_format}"
        )
    for label, value in (("strides", strides), ("rates", dilations)):
        if not isinstance(value, (tuple, list)):
            raise TypeError(f"Expected list for '{label}' argument to 'dilation2d' Op, not {value}.")
        if len(value) != 4:
            raise invalid(f"{label.capitalize()} must be of length 4. Received: {list(value)}")
    _pool.check_rank(image, 2, "dilation2d")
    if filters.ndim != 3 or filters.shape[2] != image.shape[3]:
        raise invalid(
            f"input and filter must have the same depth: {image.shape[-1]} vs {filters.shape[-1]} "
            f"(filter of shape {list(filters.shape)})"
        )
    steps, rates = sequence(strides, 2, True, "strides"), sequence(dilations, 2, True, "rates")
    stacked, _ = _pool.patches(image, filters.shape[:2], steps, padding, rates, _pool.lowest(image.dtype))
    added = stacked + filters.reshape((-1, 1, 1, 1, filters.shape[2]))
    return _pool.first_largest(jnp.where(stacked == _pool.lowest(image.dtype), stacked, added))[0]


@op("input, filters: float int", name="Dilation2D")
def dilation2d(input, filters, strides, padding, data_format, dilations, name=None):
    """Grayscale dilation: ``out[b, i, j, c] = max_{y, x} in[b, i·s + y·d, j·s + x·d, c] + filters[y, x, c]``.

    Args:
      input: tensor ``[batch, height, width, channels]`` of real numbers.
      filters: tensor ``[height, width, channels]`` of the same dtype.
      strides: list of 4 ints.
      padding: "SAME" or "VALID".
      data_format: "NHWC".
      dilations: list of 4 ints.
      name: str, optional.

    Returns:
      Tensor ``[batch, out_height, out_width, channels]``.

    Raises:
      ValueError: another data format.

    >>> import kerax as tf
    >>> tf.nn.dilation2d([[[[1.], [2.]]]], [[[5.], [0.]]], [1] * 4, "VALID", "NHWC", [1] * 4).numpy().ravel()
    array([6.], dtype=float32)
    """
    return _dilate(input, filters, strides, padding, data_format, dilations)


@op("value, filters: float int", name="Erosion2D")
def erosion2d(value, filters, strides, padding, data_format, dilations, name=None):
    """Grayscale erosion: ``out[b, i, j, c] = min_{y, x} in[b, i·s - y·d, j·s - x·d, c] - filters[y, x, c]``.

    Args:
      value: tensor ``[batch, height, width, channels]`` of real numbers.
      filters: tensor ``[height, width, channels]`` of the same dtype.
      strides: list of 4 ints.
      padding: "SAME" or "VALID".
      data_format: "NHWC".
      dilations: list of 4 ints.
      name: str, optional.

    Returns:
      Tensor ``[batch, out_height, out_width, channels]``.

    Raises:
      ValueError: another data format.

    >>> import kerax as tf
    >>> tf.nn.erosion2d([[[[1.], [2.]]]], [[[0.], [0.]]], [1] * 4, "VALID", "NHWC", [1] * 4).numpy().ravel()
    array([1.], dtype=float32)
    """
    return -_dilate(-value, filters[::-1, ::-1], strides, padding, data_format, dilations)
