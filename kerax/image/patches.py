"""Many parts of images at once."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.array_ops._known import known
from kerax.core import dtypes, errors
from kerax.core.op import composed, op, static
from kerax.core.random_state import next_key
from kerax.core.tensor import convert_to_tensor
from kerax.random import philox


def _invalid(message: str) -> Exception:
    return errors.InvalidArgumentError(None, None, message)


@op("image: float int; boxes: float; box_indices: int", name="CropAndResize")
def _crop_and_resize(image, boxes, box_indices, crop_size, method, extrapolation_value):
    x = image.astype(jnp.float32)
    height, width = x.shape[1:3]

    def places(first: Any, last: Any, size: int, new: int) -> Any:
        if new == 1:
            return 0.5 * (first + last)[:, None] * (size - 1)
        step = (last - first) * (size - 1) / (new - 1)
        return first[:, None] * (size - 1) + jnp.arange(new, dtype=jnp.float32) * step[:, None]

    rows = places(boxes[:, 0], boxes[:, 2], height, crop_size[0])
    columns = places(boxes[:, 1], boxes[:, 3], width, crop_size[1])
    inside = ((rows >= 0) & (rows <= height - 1))[:, :, None] & ((columns >= 0) & (columns <= width - 1))[:, None, :]
    chosen = jnp.clip(box_indices, 0, x.shape[0] - 1)[:, None, None]

    def pixel(row: Any, column: Any) -> Any:
        row = jnp.clip(row, 0, height - 1).astype(jnp.int32)[:, :, None]
        return x[chosen, row, jnp.clip(column, 0, width - 1).astype(jnp.int32)[:, None, :]]

    if method == "nearest":
        value = pixel(jnp.floor(rows + 0.5), jnp.floor(columns + 0.5))
    else:
        top, left = jnp.floor(rows), jnp.floor(columns)
        down, right = (rows - top)[:, :, None, None], (columns - left)[:, None, :, None]
        bottom, far = jnp.ceil(rows), jnp.ceil(columns)
        above = pixel(top, left) + (pixel(top, far) - pixel(top, left)) * right
        below = pixel(bottom, left) + (pixel(bottom, far) - pixel(bottom, left)) * right
        value = above + (below - above) * down
    return jnp.where(inside[..., None], value, jnp.float32(extrapolation_value))


@composed
def crop_and_resize(
    image: Any,
    boxes: Any,
    box_indices: Any,
    crop_size: Any,
    method: str = "bilinear",
    extrapolation_value: float = 0.0,
    name: str | None = None,
) -> Any:
    """Boxes of images, each resized to the same size; the outermost pixels of box and crop coincide.

    Args:
      image: tensor [batch, height, width, channels].
      boxes: float32 tensor [boxes, 4]: y1, x1, y2, x2, where 0 and 1 are the image's first and last pixels; they
        may reach beyond, and a box whose ends are exchanged is mirrored.
      box_indices: int32 tensor [boxes], of which image of the batch each box is a part.
      crop_size: int [2], the height and width of all crops.
      method: "bilinear" or "nearest".
      extrapolation_value: float, for pixels outside of the image.
      name: str, optional.

    Returns:
      float32 Tensor [boxes, crop_height, crop_width, channels].

    Raises:
      InvalidArgumentError: shapes do not fit, or an index is out of range.
      ValueError: for another ``method``.

    >>> import kerax as tf
    >>> x = tf.reshape(tf.range(4.0), [1, 2, 2, 1])
    >>> tf.image.crop_and_resize(x, [[0.0, 0.0, 1.0, 1.0]], [0], [1, 3]).numpy()[0, 0, :, 0]
    array([1. , 1.5, 2. ], dtype=float32)
    """
    image, boxes = convert_to_tensor(image), convert_to_tensor(boxes, dtype_hint=dtypes.float32)
    box_indices = convert_to_tensor(box_indices)
    size = static(crop_size, "crop_size")
    if image.shape.rank != 4:
        raise _invalid("input image must be 4-D")
    if not isinstance(size, (list, tuple)) or len(size) != 2:
        raise _invalid(f"crop_size must be two ints, got {size}")
    if min(size) <= 0:
        raise _invalid("crop dimensions must be positive")
    if boxes.shape.rank != 2 or boxes.shape[1] != 4:
        raise _invalid(f"boxes must have shape [boxes, 4], got {boxes.shape}")
    if tuple(box_indices.shape) != (boxes.shape[0],):
        raise _invalid("box_indices has incompatible shape")
    if method not in ("bilinear", "nearest"):
        raise _invalid(f"method must be 'bilinear' or 'nearest', got {method}")
    values = known(box_indices)
    if values is not None and ((values < 0) | (values >= image.shape[0])).any():
        raise errors.OutOfRangeError(None, None, "box_index has values outside [0, batch_size)")
    return _crop_and_resize(image, boxes, box_indices, size, method, float(extrapolation_value))


@op("images")
def _extract(images, sizes, strides, rates, padding):
    rows, columns, pads = [], [], [(0, 0)]
    for axis, found in ((1, rows), (2, columns)):
        size, step, rate, length = sizes[axis], strides[axis], rates[axis], images.shape[axis]
        reach = (size - 1) * rate + 1
        count = -(-length // step) if padding == "SAME" else max(-(-(length - reach + 1) // step), 0)
        extra = max((count - 1) * step + reach - length, 0) if padding == "SAME" else 0
        pads.append((extra // 2, extra - extra // 2))
        found.append(np.arange(count)[:, None] * step + np.arange(size) * rate)
    x = jnp.pad(images, (*pads, (0, 0)))
    x = jnp.take(x, rows[0], axis=1)
    x = jnp.take(x, columns[0], axis=3)
    x = x.transpose(0, 1, 3, 2, 4, 5)
    return x.reshape(*x.shape[:3], -1)


@composed
def extract_patches(images: Any, sizes: Any, strides: Any, rates: Any, padding: str, name: str | None = None) -> Any:
    """Patches of images, laid out along the channels.

    Args:
      images: tensor [batch, height, width, channels].
      sizes: int [4], the size of a patch: [1, rows, columns, 1].
      strides: int [4], steps between patches: [1, rows, columns, 1].
      rates: int [4], steps between the pixels of a patch: [1, rows, columns, 1].
      padding: "VALID" or "SAME".
      name: str, optional.

    Returns:
      Tensor [batch, patches down, patches across, rows * columns * channels].

    Raises:
      InvalidArgumentError: an argument does not fit.

    >>> import kerax as tf
    >>> x = tf.reshape(tf.range(4), [1, 2, 2, 1])
    >>> tf.image.extract_patches(x, [1, 1, 2, 1], [1, 1, 1, 1], [1, 1, 1, 1], "VALID").numpy()[0, :, 0]
    array([[0, 1],
           [2, 3]], dtype=int32)
    """
    images = convert_to_tensor(images)
    lists = [static(value, label) for value, label in ((sizes, "sizes"), (strides, "strides"), (rates, "rates"))]
    if images.shape.rank != 4:
        raise _invalid(f"images must be 4-dimensional, got {images.shape}")
    for values, label in zip(lists, ("ksizes", "strides", "rates"), strict=True):
        if not isinstance(values, (list, tuple)) or len(values) != 4 or values[0] != 1 or values[3] != 1:
            raise _invalid(f"Current implementation does not yet support {label} in the batch and depth dimensions.")
        if min(values) <= 0:
            raise _invalid(f"{label} must be positive, got {values}")
    if padding not in ("VALID", "SAME"):
        raise _invalid(f"padding must be 'VALID' or 'SAME', got {padding}")
    return _extract(images, *lists, padding)


@op("input: float; offsets: float; noise")
def _glimpse(input, offsets, noise, size, centered, normalized):
    height, width = input.shape[1:3]
    full = jnp.array([height, width], jnp.float32)
    begin = offsets.astype(jnp.float32)
    if normalized:
        begin = begin * full
    if centered:
        begin = (begin - jnp.array(size, jnp.float32) if normalized else 2 * begin) / 2
        begin = begin + full / 2
    begin = jnp.trunc(begin).astype(jnp.int32)
    rows = begin[:, :1] + jnp.arange(size[0])
    columns = begin[:, 1:] + jnp.arange(size[1])
    inside = ((rows >= 0) & (rows < height))[:, :, None] & ((columns >= 0) & (columns < width))[:, None, :]
    batch = jnp.arange(input.shape[0])[:, None, None]
    found = input[batch, jnp.clip(rows, 0, height - 1)[:, :, None], jnp.clip(columns, 0, width - 1)[:, None, :]]
    return jnp.where(inside[..., None], found, noise)


@op("key", differentiable=False)
def _noise(key, shape, kind):
    return philox.normal(key, shape, jnp.float32) if kind == "gaussian" else philox.uniform(key, shape, jnp.float32)


@composed
def extract_glimpse(
    input: Any,
    size: Any,
    offsets: Any,
    centered: bool = True,
    normalized: bool = True,
    noise: str = "uniform",
    name: str | None = None,
) -> Any:
    """A window of each image, around a place of its own.

    Args:
      input: float32 tensor [batch, height, width, channels].
      size: int [2], the height and width of the windows.
      offsets: float32 tensor [batch, 2], y and x: the middles of the windows if ``centered`` and ``normalized``, else
        their first pixels.
      centered: bool, whether offsets count from the middle of the image; else from its first pixel.
      normalized: bool, whether 1 is the edge of the image (its size if not ``centered``); else offsets are pixels.
      noise: what fills pixels outside of the image: "uniform", "gaussian" or "zero".
      name: str, optional.

    Returns:
      float32 Tensor [batch, *size, channels].

    Raises:
      InvalidArgumentError: an argument does not fit.

    >>> import kerax as tf
    >>> x = tf.reshape(tf.range(9.0), [1, 3, 3, 1])
    >>> tf.image.extract_glimpse(x, [1, 1], [[1.0, 1.0]], centered=False, normalized=False).shape
    TensorShape([1, 1, 1, 1])
    """
    input, offsets = convert_to_tensor(input, dtypes.float32), convert_to_tensor(offsets, dtypes.float32)
    sizes = static(size, "size")
    if input.shape.rank != 4:
        raise _invalid(f"input must be 4-dimensional, got {input.shape}")
    if not isinstance(sizes, (list, tuple)) or len(sizes) != 2 or min(sizes) <= 0:
        raise _invalid(f"size must be two positive ints, got {sizes}")
    if tuple(offsets.shape) != (input.shape[0], 2):
        raise _invalid(f"offsets must have shape [batch, 2], got {offsets.shape}")
    if noise not in ("uniform", "gaussian", "zero"):
        raise _invalid(f"noise must be 'uniform', 'gaussian' or 'zero', got {noise}")
    shape = (input.shape[0], *sizes, input.shape[3])
    fill: Any = 0.0
    if noise != "zero":
        fill = _noise(next_key("ExtractGlimpse", None, int(np.prod(shape)), dtypes.float32), shape, noise)
    return _glimpse(input, offsets, fill, sizes, bool(centered), bool(normalized))
