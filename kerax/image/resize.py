"""Images of another size."""

from __future__ import annotations

import enum
import math
from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import lax

from kerax.core import errors
from kerax.core.op import composed, op, static
from kerax.core.tensor import convert_to_tensor
from kerax.image import _kernels
from kerax.image._shape import image_tensor, integer
from kerax.image.crop import pad_to_bounding_box


class ResizeMethod:
    """Names of the ways to make pixels of pixels, for ``tf.image.resize``."""

    BILINEAR = "bilinear"
    NEAREST_NEIGHBOR = "nearest"
    BICUBIC = "bicubic"
    AREA = "area"
    LANCZOS3 = "lanczos3"
    LANCZOS5 = "lanczos5"
    GAUSSIAN = "gaussian"
    MITCHELLCUBIC = "mitchellcubic"


_METHODS = {value for name, value in vars(ResizeMethod).items() if not name.startswith("_")}

# With more taps than this, an axis is resized by a matrix product.
_MANY_TAPS = 8


def _along(x: Any, axis: int, taps: np.ndarray, weights: np.ndarray, size: int) -> Any:
    """Weighted sums of pixels along an axis."""
    if taps.shape[1] > _MANY_TAPS:
        matrix = np.zeros((taps.shape[0], size), np.float32)
        np.add.at(matrix, (np.arange(taps.shape[0])[:, None], taps), weights)
        out = lax.dot_general(x, jnp.asarray(matrix), (((axis,), (1,)), ((), ())), precision=lax.Precision.HIGHEST)
        return jnp.moveaxis(out, -1, axis)
    shape = [1] * x.ndim
    shape[axis] = taps.shape[0]
    total = None
    for tap in range(taps.shape[1]):
        part = jnp.take(x, jnp.asarray(taps[:, tap]), axis=axis) * jnp.asarray(weights[:, tap]).reshape(shape)
        total = part if total is None else total + part
    return total


@op("images: float int", name="ResizeImages")
def _resize(images, height, width, method, antialias):
    up = images.ndim - 3
    if method == "nearest":
        rows, columns = _kernels.nearest(images.shape[up], height), _kernels.nearest(images.shape[up + 1], width)
        return jnp.take(jnp.take(images, rows, axis=up), columns, axis=up + 1)
    x = images.astype(jnp.float32)
    sizes = images.shape[up], images.shape[up + 1]
    for axis, new in ((up + 1, width), (up, height)):
        taps, weights = _kernels.taps(method, sizes[axis - up], new, antialias)
        x = _along(x, axis, taps, weights, sizes[axis - up])
    return x


def _checked_size(size: Any) -> tuple[int, int]:
    sizes = static(size, "size")
    if isinstance(sizes, (list, tuple)) and len(sizes) != 2 or isinstance(sizes, (int, float)):
        raise ValueError("'size' must be a 1-D Tensor of 2 elements: new_height, new_width")
    if not isinstance(sizes, (list, tuple)) or not all(isinstance(value, int) for value in sizes):
        raise ValueError("'size' must be a 1-D int32 Tensor")
    if min(sizes) <= 0:
        raise errors.InvalidArgumentError(None, None, "output dimensions must be positive")
    return int(sizes[0]), int(sizes[1])


@composed
def resize(
    images: Any,
    size: Any,
    method: str = ResizeMethod.BILINEAR,
    preserve_aspect_ratio: bool = False,
    antialias: bool = False,
    name: str | None = None,
) -> Any:
    """Images of another size.

    Args:
      images: tensor [batch, height, width, channels] or [height, width, channels].
      size: int [2], the new height and width.
      method: one of ``tf.image.ResizeMethod``: "bilinear", "lanczos3", "lanczos5", "bicubic", "gaussian",
        "nearest", "area", "mitchellcubic".
      preserve_aspect_ratio: bool, whether ``size`` is a limit that both sides stay within.
      antialias: bool, whether to blur when shrinking; without effect on "nearest" and "area".
      name: str, optional.

    Returns:
      float32 Tensor of the new size; of the images' own dtype for "nearest".

    Raises:
      ValueError: ``images`` have not three or four dimensions, ``size`` is not two ints, or for another method.

    >>> import kerax as tf
    >>> tf.image.resize([[[0.0], [1.0]]], [1, 4]).numpy()[0, :, 0]
    array([0.  , 0.25, 0.75, 1.  ], dtype=float32)
    """
    images = convert_to_tensor(images)
    if images.shape.rank not in (3, 4):
        raise ValueError("'images' must have either 3 or 4 dimensions.")
    height, width = _checked_size(size)
    if isinstance(method, enum.Enum):
        method = method.value
    if method not in _METHODS:
        raise ValueError(f"Resize method is not implemented: {method}")
    if preserve_aspect_ratio:
        old_height, old_width = tuple(images.shape)[-3:-1]
        factor = min(np.float32(height) / np.float32(old_height), np.float32(width) / np.float32(old_width))
        height, width = (int(np.rint(factor * np.float32(old))) for old in (old_height, old_width))
    return _resize(images, height, width, method, bool(antialias))


@composed
def resize_with_pad(
    image: Any, target_height: Any, target_width: Any, method: str = ResizeMethod.BILINEAR, antialias: bool = False
) -> Any:
    """Images resized as far as they fit into a frame, with zeros around.

    Args:
      image: tensor [batch, height, width, channels] or [height, width, channels].
      target_height: int, the frame's height.
      target_width: int, the frame's width.
      method: see ``tf.image.resize``.
      antialias: bool, whether to blur when shrinking.

    Returns:
      Tensor of the frame's size, float32 or, for "nearest", of the image's dtype.

    Raises:
      ValueError: ``image`` has not three or four dimensions, or a size is not positive.

    >>> import kerax as tf
    >>> tf.image.resize_with_pad([[[1.0], [1.0]]], 3, 2).numpy()[:, 0, 0]
    array([0., 1., 0.], dtype=float32)
    """
    image = image_tensor(image)
    high, wide = integer(target_height, "target_height"), integer(target_width, "target_width")
    if wide <= 0:
        raise ValueError("target_width must be > 0.")
    if high <= 0:
        raise ValueError("target_height must be > 0.")
    height, width = (np.float32(size) for size in tuple(image.shape)[-3:-1])
    ratio = max(width / np.float32(wide), height / np.float32(high))
    new = height / ratio, width / ratio
    pads = [max(0, math.floor((np.float32(target) - size) / 2)) for target, size in zip((high, wide), new, strict=True)]
    resized = resize(image, [int(np.floor(new[0])), int(np.floor(new[1]))], method, antialias=antialias)
    return pad_to_bounding_box(resized, pads[0], pads[1], high, wide)
