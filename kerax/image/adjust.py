"""Brightness, contrast, gamma, hue and saturation."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.array_ops._known import known
from kerax.core import dtypes, errors
from kerax.core.context import context
from kerax.core.op import composed, op
from kerax.core.tensor import convert_to_tensor
from kerax.image._shape import image_tensor
from kerax.image.colour import converted, hsv_of, rgb_of


def _real(image: Any) -> Any:
    return image if image.dtype in (jnp.float16, jnp.float32) else converted(image, dtypes.float32)


def _number(value: Any) -> Any:
    """A factor as a float32 tensor."""
    return convert_to_tensor(value, None if hasattr(value, "dtype") else dtypes.float32)


@op("image: float int; delta: float int")
def _brightness(image, delta):
    real = _real(image)
    return converted(real + delta.astype(real.dtype), dtypes.as_dtype(image.dtype), True)


@composed
def adjust_brightness(image: Any, delta: Any) -> Any:
    """Pixels, as floats in [0, 1], plus a number.

    Args:
      image: tensor of pixels, integer or floating point.
      delta: float, in (-1, 1).

    Returns:
      Tensor like ``image``; integers saturate.

    >>> import kerax as tf
    >>> tf.image.adjust_brightness([[[1.0]]], 0.5).numpy()
    array([[[1.5]]], dtype=float32)
    """
    return _brightness(convert_to_tensor(image), _number(delta))


@op("images: float int; contrast_factor: float", differentiable=None, name="AdjustContrastv2")
def _contrast(images, contrast_factor):
    if images.ndim < 3:
        raise errors.InvalidArgumentError(None, None, f"input must be at least 3-D, got shape {list(images.shape)}")
    real = _real(images)
    x = real.astype(jnp.float32)
    mean = jnp.mean(x, axis=(-3, -2), keepdims=True)
    out = (x - mean) * contrast_factor.astype(jnp.float32) + mean
    return converted(out.astype(real.dtype), dtypes.as_dtype(images.dtype), True)


@composed
def adjust_contrast(images: Any, contrast_factor: Any) -> Any:
    """Distances from the mean of each channel times a factor.

    Args:
      images: tensor [..., height, width, channels], integer or floating point.
      contrast_factor: float.

    Returns:
      Tensor like ``images``; integers saturate.

    >>> import kerax as tf
    >>> tf.image.adjust_contrast([[[1.0], [3.0]]], 2.0).numpy()[0, :, 0]
    array([0., 4.], dtype=float32)
    """
    return _contrast(convert_to_tensor(images), _number(contrast_factor))


@op("image: float int; gamma: float; gain: float")
def _gamma(image, gamma, gain):
    real = _real(image)
    out = gain.astype(real.dtype) * real ** gamma.astype(real.dtype)
    return converted(out, dtypes.as_dtype(image.dtype), True)


@composed
def adjust_gamma(image: Any, gamma: Any = 1, gain: Any = 1) -> Any:
    """``gain * image ** gamma`` of pixels as floats in [0, 1].

    Args:
      image: tensor of pixels, integer or floating point.
      gamma: float, at least 0; above 1 the image becomes darker.
      gain: float.

    Returns:
      Tensor like ``image``; integers saturate.

    Raises:
      ValueError: ``gamma`` is negative.

    >>> import kerax as tf
    >>> tf.image.adjust_gamma([[[0.5]]], 2.0).numpy()
    array([[[0.25]]], dtype=float32)
    """
    gamma = _number(gamma)
    value = known(gamma)
    if value is not None and value < 0:
        raise ValueError("Gamma should be a non-negative real number.")
    return _gamma(convert_to_tensor(image), gamma, _number(gain))


def _colours(image: Any) -> None:
    if image.ndim < 3:
        raise errors.InvalidArgumentError(None, None, f"input must be at least 3-D, got shape {list(image.shape)}")
    if image.shape[-1] != 3:
        raise errors.InvalidArgumentError(
            None, None, f"input must have 3 channels but instead has {image.shape[-1]} channels."
        )


@op("image: float int; delta: float", differentiable=None, name="AdjustHue")
def _hue(image, delta):
    _colours(image)
    real = _real(image)
    x = real.astype(jnp.float32)
    high, low = jnp.max(x, axis=-1), jnp.min(x, axis=-1)
    spread = high - low
    red, green, blue = x[..., 0], x[..., 1], x[..., 2]
    by = jnp.where(spread == 0, 1, spread)
    hue = jnp.where(
        red == high, (green - blue) / by, jnp.where(green == high, (blue - red) / by + 2, (red - green) / by + 4)
    )
    hue = jnp.where(spread == 0, 0, hue) + delta.astype(jnp.float32) * 6
    hue = (hue % 6)[..., None]
    ramps = jnp.concatenate([jnp.abs(hue - 3) - 1, 2 - jnp.abs(hue - 2), 2 - jnp.abs(hue - 4)], axis=-1)
    out = low[..., None] + jnp.clip(ramps, 0, 1) * spread[..., None]
    return converted(out.astype(real.dtype), dtypes.as_dtype(image.dtype))


@composed
def adjust_hue(image: Any, delta: Any, name: str | None = None) -> Any:
    """Colours turned around the colour circle.

    Args:
      image: tensor [..., height, width, 3], integer or floating point.
      delta: float in [-1, 1], the part of the circle.
      name: str, optional.

    Returns:
      Tensor like ``image``.

    Raises:
      ValueError: ``delta`` is out of range.
      InvalidArgumentError: ``image`` has not three dimensions or channels.

    >>> import kerax as tf
    >>> tf.image.adjust_hue([[[1.0, 0.0, 0.0]]], 0.5).numpy()
    array([[[0., 1., 1.]]], dtype=float32)
    """
    delta = _number(delta)
    value = known(delta) if context.trace is None else None
    if value is not None and not -1 <= value <= 1:
        raise ValueError("delta must be in the interval [-1, 1]")
    return _hue(convert_to_tensor(image), delta)


@op("image: float int; saturation_factor: float", differentiable=None, name="AdjustSaturation")
def _saturation(image, saturation_factor):
    _colours(image)
    real = _real(image)
    hsv = hsv_of(real.astype(jnp.float32))
    saturation = jnp.clip(hsv[..., 1:2] * saturation_factor.astype(jnp.float32), 0, 1)
    out = rgb_of(jnp.concatenate([hsv[..., :1], saturation, hsv[..., 2:]], axis=-1))
    return converted(out.astype(real.dtype), dtypes.as_dtype(image.dtype))


@composed
def adjust_saturation(image: Any, saturation_factor: Any, name: str | None = None) -> Any:
    """Colours with their saturation times a factor.

    Args:
      image: tensor [..., height, width, 3], integer or floating point.
      saturation_factor: float.
      name: str, optional.

    Returns:
      Tensor like ``image``.

    Raises:
      InvalidArgumentError: ``image`` has not three dimensions or channels.

    >>> import kerax as tf
    >>> tf.image.adjust_saturation([[[1.0, 0.5, 0.5]]], 0.0).numpy()
    array([[[1., 1., 1.]]], dtype=float32)
    """
    return _saturation(convert_to_tensor(image), _number(saturation_factor))


@op("image: float int")
def _standardized(image):
    x = image.astype(jnp.float32)
    axes = (-3, -2, -1)
    mean = jnp.mean(x, axis=axes, keepdims=True)
    deviation = jnp.sqrt(jnp.mean(jnp.square(x - mean), axis=axes, keepdims=True))
    least = jnp.float32(1) / jnp.sqrt(jnp.float32(x.shape[-1] * x.shape[-2] * x.shape[-3]))
    return (x - mean) / jnp.maximum(deviation, least)


@composed
def per_image_standardization(image: Any) -> Any:
    """Each image less its mean, over its standard deviation, which counts as at least ``1 / sqrt(pixels)``.

    Args:
      image: tensor [..., height, width, channels].

    Returns:
      float32 Tensor like ``image``.

    >>> import kerax as tf
    >>> tf.image.per_image_standardization([[[1.0], [3.0]]]).numpy()[0, :, 0]
    array([-1.,  1.], dtype=float32)
    """
    image = convert_to_tensor(image)
    if image.shape.rank <= 4:
        image = image_tensor(image)
    return _standardized(image)
