"""Colour spaces and number formats of images."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import lax

from kerax.core import dtypes, errors
from kerax.core.op import composed, op
from kerax.core.tensor import convert_to_tensor
from kerax.math.casting import _saturate, to_dtype


def converted(x: Any, dtype: dtypes.DType, saturate: bool = False) -> Any:
    """An array of pixels in another dtype, see ``convert_image_dtype``."""
    have = dtypes.as_dtype(x.dtype)
    cast = _saturate.pure if saturate else to_dtype
    if have is dtype:
        return x
    if have.is_integer and dtype.is_integer:
        if have.max > dtype.max:
            return cast(x // x.dtype.type((have.max + 1) // (dtype.max + 1)), dtype.dtype)
        wide = cast(x, dtype.dtype)
        return wide * wide.dtype.type((dtype.max + 1) // (have.max + 1))
    if have.is_floating and dtype.is_floating:
        return x.astype(dtype.dtype)
    if have.is_integer:
        wide = x.astype(dtype.dtype)
        return wide * wide.dtype.type(1.0 / have.max)
    return cast(x * x.dtype.type(dtype.max + 0.5), dtype.dtype)


@op("image")
def _convert(image, dtype, saturate):
    return converted(image, dtypes.as_dtype(dtype), saturate)


@composed
def convert_image_dtype(image: Any, dtype: Any, saturate: bool = False, name: str | None = None) -> Any:
    """Pixels in another dtype: integers use their whole range, floats 0 to 1.

    Args:
      image: tensor of pixels, integer or floating point.
      dtype: the dtype to convert to.
      saturate: bool, whether values out of range become the nearest limit.
      name: str, optional.

    Returns:
      Tensor of ``dtype``.

    Raises:
      AttributeError: a dtype is neither integer nor floating point.

    >>> import kerax as tf
    >>> tf.image.convert_image_dtype(tf.constant([0, 255], tf.uint8), tf.float32).numpy()
    array([0., 1.], dtype=float32)
    """
    image = convert_to_tensor(image)
    dtype = dtypes.as_dtype(dtype)
    if not dtype.is_floating and not dtype.is_integer:
        raise AttributeError("dtype must be either floating point or integer")
    if not image.dtype.is_floating and not image.dtype.is_integer:
        raise AttributeError("image dtype must be either floating point or integer")
    return _convert(image, dtype, bool(saturate))


@op("images: float int")
def rgb_to_grayscale(images, name=None):
    """The brightness of colours: ``0.2989 R + 0.587 G + 0.114 B``.

    Args:
      images: tensor [..., 3].
      name: str, optional.

    Returns:
      Tensor [..., 1] of the same dtype.

    >>> import kerax as tf
    >>> tf.image.rgb_to_grayscale([[[1.0, 2.0, 3.0]]]).numpy()
    array([[[1.8149]]], dtype=float32)
    """
    if images.ndim == 0 or images.shape[-1] != 3:
        raise errors.InvalidArgumentError(None, None, f"images must have 3 channels, got shape {list(images.shape)}")
    real = converted(images, dtypes.float32)
    gray = jnp.sum(real * np.array([0.2989, 0.587, 0.114], np.float32), axis=-1, keepdims=True)
    return converted(gray, dtypes.as_dtype(images.dtype))


@op("images")
def _to_rgb(images):
    return jnp.broadcast_to(images, (*images.shape[:-1], 3))


@composed
def grayscale_to_rgb(images: Any, name: str | None = None) -> Any:
    """Grey images as colour images.

    Args:
      images: tensor [..., 1].
      name: str, optional.

    Returns:
      Tensor [..., 3].

    Raises:
      ValueError: the last dimension is not 1, or there is only that one.

    >>> import kerax as tf
    >>> tf.image.grayscale_to_rgb([[[2.0]]]).numpy()
    array([[[2., 2., 2.]]], dtype=float32)
    """
    images = convert_to_tensor(images)
    if images.shape.rank < 2:
        raise ValueError("A grayscale image must be at least two-dimensional.")
    if images.shape[-1] != 1:
        raise ValueError("Last dimension of a grayscale image should be size 1.")
    return _to_rgb(images)


def hsv_of(rgb: Any) -> Any:
    """Hue, saturation and value of float colours."""
    red, green, blue = rgb[..., 0], rgb[..., 1], rgb[..., 2]
    value = jnp.max(rgb, axis=-1)
    spread = value - jnp.min(rgb, axis=-1)
    zero = jnp.zeros_like(value)
    saturation = jnp.where(value > 0, spread / jnp.where(value > 0, value, 1), zero)
    norm = 1 / (6 * jnp.where(spread > 0, spread, 1))
    hue = jnp.where(
        value == red,
        norm * (green - blue),
        jnp.where(
            value == green, norm * (blue - red) + rgb.dtype.type(2 / 6), norm * (red - green) + rgb.dtype.type(4 / 6)
        ),
    )
    hue = jnp.where(spread > 0, hue, zero)
    return jnp.stack([jnp.where(hue < 0, hue + 1, hue), saturation, value], axis=-1)


def rgb_of(hsv: Any) -> Any:
    """Float colours of hue, saturation and value."""
    hue, saturation, value = hsv[..., :1], hsv[..., 1:2], hsv[..., 2:]
    six = hue * 6
    ramps = jnp.concatenate([jnp.abs(six - 3) - 1, 2 - jnp.abs(six - 2), 2 - jnp.abs(six - 4)], axis=-1)
    return (1 - saturation + saturation * jnp.clip(ramps, 0, 1)) * value


def _three(images: Any, error: type[errors.OpError]) -> None:
    if images.ndim < 1 or images.shape[-1] != 3:
        raise error(None, None, f"input must have 3 channels in its last dimension, got shape {list(images.shape)}")


@op("images: float", name="RGBToHSV")
def rgb_to_hsv(images, name=None):
    """Hue, saturation and value, each in [0, 1], of colours in [0, 1].

    Args:
      images: tensor [..., 3], floating point.
      name: str, optional.

    Returns:
      Tensor like ``images``.

    >>> import kerax as tf
    >>> tf.image.rgb_to_hsv([[[0.0, 1.0, 0.0]]]).numpy()
    array([[[0.33333334, 1.        , 1.        ]]], dtype=float32)
    """
    _three(images, errors.FailedPreconditionError)
    return hsv_of(images)


@op("images: float", name="HSVToRGB", differentiable=False)
def hsv_to_rgb(images, name=None):
    """Colours in [0, 1] of hue, saturation and value.

    Args:
      images: tensor [..., 3], floating point, in [0, 1].
      name: str, optional.

    Returns:
      Tensor like ``images``.

    >>> import kerax as tf
    >>> tf.image.hsv_to_rgb([[[0.0, 1.0, 1.0]]]).numpy()
    array([[[1., 0., 0.]]], dtype=float32)
    """
    _three(images, errors.FailedPreconditionError)
    return rgb_of(images)


_TO_YIQ = ((0.299, 0.59590059, 0.2115), (0.587, -0.27455667, -0.52273617), (0.114, -0.32134392, 0.31119955))
_FROM_YIQ = ((1, 1, 1), (0.95598634, -0.27201283, -1.10674021), (0.6208248, -0.64720424, 1.70423049))
_TO_YUV = ((0.299, -0.14714119, 0.61497538), (0.587, -0.28886916, -0.51496512), (0.114, 0.43601035, -0.10001026))
_FROM_YUV = ((1, 1, 1), (0, -0.394642334, 2.03206185), (1.13988303, -0.58062185, 0))


@op("images: float")
def _by_matrix(images, matrix):
    _three(images, errors.InvalidArgumentError)
    return lax.dot_general(
        images, jnp.array(matrix, images.dtype), (((images.ndim - 1,), (0,)), ((), ())), precision=lax.Precision.HIGHEST
    )


def rgb_to_yiq(images: Any) -> Any:
    """Brightness and the two colour differences of NTSC television.

    Args:
      images: tensor [..., 3], floating point, in [0, 1].

    Returns:
      Tensor like ``images``.

    >>> import kerax as tf
    >>> tf.image.rgb_to_yiq([[[1.0, 1.0, 1.0]]]).numpy().round(3)[0, 0, 0]
    np.float32(1.0)
    """
    return _by_matrix(images, _TO_YIQ)


def yiq_to_rgb(images: Any) -> Any:
    """Colours of the YIQ space of NTSC television.

    Args:
      images: tensor [..., 3], floating point.

    Returns:
      Tensor like ``images``.

    >>> import kerax as tf
    >>> tf.image.yiq_to_rgb([[[1.0, 0.0, 0.0]]]).numpy()
    array([[[1., 1., 1.]]], dtype=float32)
    """
    return _by_matrix(images, _FROM_YIQ)


def rgb_to_yuv(images: Any) -> Any:
    """Brightness and the two colour differences of PAL television.

    Args:
      images: tensor [..., 3], floating point, in [0, 1].

    Returns:
      Tensor like ``images``.

    >>> import kerax as tf
    >>> tf.image.rgb_to_yuv([[[1.0, 1.0, 1.0]]]).numpy().round(3)[0, 0, 0]
    np.float32(1.0)
    """
    return _by_matrix(images, _TO_YUV)


def yuv_to_rgb(images: Any) -> Any:
    """Colours of the YUV space of PAL television.

    Args:
      images: tensor [..., 3], floating point.

    Returns:
      Tensor like ``images``.

    >>> import kerax as tf
    >>> tf.image.yuv_to_rgb([[[1.0, 0.0, 0.0]]]).numpy()
    array([[[1., 1., 1.]]], dtype=float32)
    """
    return _by_matrix(images, _FROM_YUV)
