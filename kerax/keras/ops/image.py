"""``keras.ops.image``: colours, sizes, geometric transforms and filters of images."""

from __future__ import annotations

import math as _math
from typing import Any

import jax.numpy as jnp
import numpy as np

import kerax.array_ops as tf
from kerax import linalg, math
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.promotion import dtype_name, promoted, result_type
from kerax.keras.engine.settings import is_float_dtype, standardize_data_format
from kerax.keras.ops import convolutions, core
from kerax.keras.ops._public import composed, op
from kerax.keras.ops.shaping import pad as _pad
from kerax.keras.ops.warping import affine_transform as affine_transform
from kerax.keras.ops.warping import elastic_transform as elastic_transform
from kerax.keras.ops.warping import gaussian_blur as gaussian_blur
from kerax.keras.ops.warping import map_coordinates as map_coordinates
from kerax.keras.ops.warping import perspective_transform as perspective_transform
from kerax.keras.ops.warping import with_channels_last
from kerax.nn._convolve import depthwise

_RESIZE = ("bilinear", "nearest", "lanczos3", "lanczos5", "bicubic", "area")


def checked(images: Any) -> Any:
    """Images as a tensor of rank 3 or 4.

    Raises:
      ValueError: another rank.
    """
    images = to_tensor(images)
    if len(images.shape) not in (3, 4):
        raise ValueError(
            "Invalid images rank: expected rank 3 (single image) or rank 4 (batch of images). "
            f"Received input with shape: images.shape={images.shape}"
        )
    return images


# --- colours ------------------------------------------------------------------------------------------------------
@composed
def rgb_to_grayscale(images, data_format=None):
    """Colour images as gray ones.

    Args:
      images: tensor ``[height, width, 3]``, a batch of such, or channels first.
      data_format: "channels_last" or "channels_first".

    Returns:
      Tensor of the same dtype with one channel.

    Raises:
      ValueError: another rank or number of channels.

    >>> import kerax as tf
    >>> tf.keras.ops.image.rgb_to_grayscale(tf.ones((1, 1, 3))).numpy().round(3)
    array([[[1.]]], dtype=float32)
    """
    images = checked(images)
    axis = -1 if standardize_data_format(data_format) == "channels_last" else -3
    if images.shape[axis] not in (1, 3):
        raise ValueError(
            "Invalid channel size: expected 3 (RGB) or 1 (Grayscale). "
            f"Received input with shape: images.shape={images.shape}"
        )
    if images.shape[axis] == 1:
        return tf.identity(images)
    name = dtype_name(images)
    compute = to_tensor(images, result_type(name, float))
    gray = linalg.tensordot(compute, to_tensor([0.2989, 0.5870, 0.1140], dtype_name(compute)), [[axis], [0]])
    return to_tensor(tf.expand_dims(gray, axis), name)


@op("images")
def _to_hsv(images: Any) -> Any:
    red, green, blue = images[..., 0], images[..., 1], images[..., 2]
    value = jnp.max(images, axis=-1)
    spread = value - jnp.min(images, axis=-1)
    saturation = jnp.where(value > 0, spread / jnp.where(value > 0, value, 1), 0)
    norm = 1 / (6 * jnp.where(spread > 0, spread, 1))
    hue = jnp.where(
        red == value,
        norm * (green - blue),
        jnp.where(green == value, norm * (blue - red) + 2 / 6, norm * (red - green) + 4 / 6),
    )
    hue = jnp.where(spread > 0, hue, 0)
    return jnp.stack([jnp.where(hue < 0, hue + 1, hue), saturation, value], axis=-1)


@op("images")
def _to_rgb(images: Any) -> Any:
    hue, saturation, value = images[..., 0], images[..., 1], images[..., 2]
    turn = hue * 6
    parts = [jnp.clip(jnp.abs(turn - 3) - 1, 0, 1), jnp.clip(2 - jnp.abs(turn - 2), 0, 1)]
    parts.append(jnp.clip(2 - jnp.abs(turn - 4), 0, 1))
    return jnp.stack([(1 - saturation + saturation * part) * value for part in parts], axis=-1)


def _colours(function: Any, images: Any, data_format: Any) -> Any:
    images = checked(images)
    if not is_float_dtype(images.dtype):
        raise ValueError(f"Invalid images dtype: expected float dtype. Received: images.dtype={dtype_name(images)}")
    last, back = with_channels_last(images, standardize_data_format(data_format))
    return back(function(last))


@composed
def rgb_to_hsv(images, data_format=None):
    """Red, green and blue as hue, saturation and value, all from 0 to 1.

    Args:
      images: tensor of floats ``[height, width, 3]``, a batch of such, or channels first.
      data_format: "channels_last" or "channels_first".

    Returns:
      Tensor like ``images``.

    >>> import kerax as tf
    >>> tf.keras.ops.image.rgb_to_hsv([[[0.0, 1.0, 0.0]]]).numpy().round(3)
    array([[[0.333, 1.   , 1.   ]]], dtype=float32)
    """
    return _colours(_to_hsv, images, data_format)


@composed
def hsv_to_rgb(images, data_format=None):
    """Hue, saturation and value as red, green and blue, all from 0 to 1.

    Args:
      images: tensor of floats ``[height, width, 3]``, a batch of such, or channels first.
      data_format: "channels_last" or "channels_first".

    Returns:
      Tensor like ``images``.

    >>> import kerax as tf
    >>> tf.keras.ops.image.hsv_to_rgb([[[0.0, 1.0, 1.0]]]).numpy()
    array([[[1., 0., 0.]]], dtype=float32)
    """
    return _colours(_to_rgb, images, data_format)


# --- sizes --------------------------------------------------------------------------------------------------------
@composed
def resize(
    images,
    size,
    interpolation="bilinear",
    antialias=False,
    crop_to_aspect_ratio=False,
    pad_to_aspect_ratio=False,
    fill_mode="constant",
    fill_value=0.0,
    data_format=None,
):
    """Images in another size.

    Args:
      images: tensor ``[height, width, channels]``, a batch of such, or channels first.
      size: pair of ints, the new height and width.
      interpolation: "bilinear", "nearest", "bicubic", "lanczos3", "lanczos5" or "area".
      antialias: bool, whether to smooth before images get smaller.
      crop_to_aspect_ratio: bool, whether to cut the images to the new shape's ratio first.
      pad_to_aspect_ratio: bool, whether to fill them up to that ratio first.
      fill_mode: "constant".
      fill_value: float, what they are filled with.
      data_format: "channels_last" or "channels_first".

    Returns:
      Tensor of the same dtype.

    Raises:
      ValueError: a wrong argument.

    >>> import kerax as tf
    >>> tf.keras.ops.image.resize(tf.zeros((4, 4, 1)), (2, 3)).shape
    TensorShape([2, 3, 1])
    """
    from kerax import image as tf_image

    if len(size) != 2:
        raise ValueError(f"Expected `size` to be a tuple of 2 integers. Received: size={size}")
    if size[0] <= 0 or size[1] <= 0:
        raise ValueError(f"`size` must have positive height and width. Received: size={size}")
    images = checked(images)
    if pad_to_aspect_ratio and crop_to_aspect_ratio:
        raise ValueError("Only one of `pad_to_aspect_ratio` & `crop_to_aspect_ratio` can be `True`.")
    if interpolation not in _RESIZE:
        raise ValueError(
            f"Invalid value for argument `interpolation`. Expected of one {_RESIZE}. "
            f"Received: interpolation={interpolation}"
        )
    if fill_mode != "constant":
        raise ValueError(
            f"Invalid value for argument `fill_mode`. Only `'constant'` is supported. Received: fill_mode={fill_mode}"
        )
    last, back = with_channels_last(images, standardize_data_format(data_format))
    height, width = int(last.shape[-3]), int(last.shape[-2])
    wanted_height, wanted_width = (int(side) for side in size)
    by_width = int(np.float32(width * wanted_height) / np.float32(wanted_width))
    by_height = int(np.float32(height * wanted_width) / np.float32(wanted_height))
    if crop_to_aspect_ratio:
        kept = max(min(height, by_width), 1), max(min(width, by_height), 1)
        top, left = (height - kept[0]) // 2, (width - kept[1]) // 2
        last = last[..., top : top + kept[0], left : left + kept[1], :]
    elif pad_to_aspect_ratio:
        top, left = (max(height, by_width) - height) // 2, (max(width, by_height) - width) // 2
        widths = [[0, 0]] * (len(last.shape) - 3) + [[top, top], [left, left], [0, 0]]
        last = _pad(last, widths, constant_values=to_tensor(fill_value, dtype_name(last)))
    found = back(tf_image.resize(last, (wanted_height, wanted_width), method=interpolation, antialias=antialias))
    if found.dtype == images.dtype:
        return found
    if images.dtype.is_integer:
        found = math.round(found)
    return core.saturate_cast(found, images.dtype)


def _two_of_three(first: Any, last: Any, whole: Any, names: tuple[str, str, str]) -> None:
    """Just two of three lengths must be given, none below 0."""
    if [first, last, whole].count(None) != 1:
        raise ValueError(
            f"Must specify exactly two of {', '.join(names)}. Received: "
            + ", ".join(f"{name}={value}" for name, value in zip(names, (first, last, whole), strict=True))
        )
    for name, value in zip(names, (first, last, whole), strict=True):
        if value is not None and value < 0:
            raise ValueError(f"{name} must be >= 0. Received: {name}={value}")


@composed
def pad_images(
    images,
    top_padding=None,
    left_padding=None,
    bottom_padding=None,
    right_padding=None,
    target_height=None,
    target_width=None,
    data_format=None,
):
    """Images with zeros around them; of the two paddings and the size two are given for each side.

    Args:
      images: tensor ``[height, width, channels]``, a batch of such, or channels first.
      top_padding: int, rows above.
      left_padding: int, columns to the left.
      bottom_padding: int, rows below.
      right_padding: int, columns to the right.
      target_height: int, the new height.
      target_width: int, the new width.
      data_format: "channels_last" or "channels_first".

    Returns:
      Tensor.

    Raises:
      ValueError: other than two are given, or one is negative.

    >>> import kerax as tf
    >>> tf.keras.ops.image.pad_images(tf.ones((1, 1, 1)), 1, 0, target_height=2, target_width=2).shape
    TensorShape([2, 2, 1])
    """
    images = checked(images)
    first = standardize_data_format(data_format) == "channels_first"
    names = ("top_padding", "bottom_padding", "target_height"), ("left_padding", "right_padding", "target_width")
    _two_of_three(top_padding, bottom_padding, target_height, names[0])
    _two_of_three(left_padding, right_padding, target_width, names[1])
    height, width = images.shape[-2 if first else -3], images.shape[-1 if first else -2]
    top = target_height - bottom_padding - height if top_padding is None else top_padding
    bottom = target_height - top - height if bottom_padding is None else bottom_padding
    left = target_width - right_padding - width if left_padding is None else left_padding
    right = target_width - left - width if right_padding is None else right_padding
    for name, value in (("top", top), ("left", left), ("right", right), ("bottom", bottom)):
        if value < 0:
            raise ValueError(f"{name}_padding must be >= 0. Received: {name}_padding={value}")
    sides = [[top, bottom], [left, right]]
    widths = [[0, 0], *sides] if first else [*sides, [0, 0]]
    return tf.pad(images, [[0, 0]] * (len(images.shape) - 3) + widths)


@composed
def crop_images(
    images,
    top_cropping=None,
    left_cropping=None,
    bottom_cropping=None,
    right_cropping=None,
    target_height=None,
    target_width=None,
    data_format=None,
):
    """Images without their rims; of the two croppings and the size two are given for each side.

    Args:
      images: tensor ``[height, width, channels]``, a batch of such, or channels first.
      top_cropping: int, rows cut above.
      left_cropping: int, columns cut to the left.
      bottom_cropping: int, rows cut below.
      right_cropping: int, columns cut to the right.
      target_height: int, the new height.
      target_width: int, the new width.
      data_format: "channels_last" or "channels_first".

    Returns:
      Tensor.

    Raises:
      ValueError: other than two are given, or one is negative.

    >>> import kerax as tf
    >>> tf.keras.ops.image.crop_images(tf.ones((3, 3, 1)), 1, 1, target_height=1, target_width=2).shape
    TensorShape([1, 2, 1])
    """
    images = checked(images)
    first = standardize_data_format(data_format) == "channels_first"
    names = ("top_cropping", "bottom_cropping", "target_height"), ("left_cropping", "right_cropping", "target_width")
    _two_of_three(top_cropping, bottom_cropping, target_height, names[0])
    _two_of_three(left_cropping, right_cropping, target_width, names[1])
    height, width = images.shape[-2 if first else -3], images.shape[-1 if first else -2]
    top = height - target_height - bottom_cropping if top_cropping is None else top_cropping
    target_height = height - bottom_cropping - top if target_height is None else target_height
    left = width - target_width - right_cropping if left_cropping is None else left_cropping
    target_width = width - right_cropping - left if target_width is None else target_width
    for name, value in (
        ("top_cropping", top),
        ("target_height", target_height),
        ("left_cropping", left),
        ("target_width", target_width),
    ):
        if value < 0:
            raise ValueError(f"{name} must be >= 0. Received: {name}={value}")
    rows, columns = slice(top, top + target_height), slice(left, left + target_width)
    return images[..., rows, columns] if first else images[..., rows, columns, :]


# --- patches ------------------------------------------------------------------------------------------------------
def _patches(images: Any, size: Any, strides: Any, dilation_rate: Any, padding: str, data_format: Any) -> Any:
    images = to_tensor(images)
    rank = len(size)
    channels = images.shape[-1 if standardize_data_format(data_format) == "channels_last" else -1 - rank]
    depth = _math.prod(size) * channels
    kernel = tf.reshape(linalg.eye(depth, dtype=images.dtype), (*size, channels, depth))
    single = len(images.shape) == rank + 1
    found = convolutions.conv(
        tf.expand_dims(images, 0) if single else images,
        kernel,
        strides=strides or size,
        padding=padding,
        data_format=data_format,
        dilation_rate=dilation_rate,
    )
    return tf.squeeze(found, [0]) if single else found


@composed
def extract_patches(images, size, strides=None, dilation_rate=1, padding="valid", data_format=None):
    """Patches of images as channels.

    Args:
      images: tensor ``[height, width, channels]``, a batch of such, or channels first; volumes where ``size`` has 3.
      size: int, pair or triple, a patch's size.
      strides: int, pair or triple, distances of patches; ``size`` by default.
      dilation_rate: int, pair or triple, distances of a patch's elements.
      padding: "valid" or "same".
      data_format: "channels_last" or "channels_first".

    Returns:
      Tensor ``[..., patches down, patches across, size * channels]``, or channels first.

    Raises:
      TypeError: ``size`` is no int or tuple.
      ValueError: it has another length.

    >>> import kerax as tf
    >>> tf.keras.ops.image.extract_patches(tf.zeros((1, 4, 4, 1)), 2).shape
    TensorShape([1, 2, 2, 4])
    """
    if not isinstance(size, int):
        if not isinstance(size, (tuple, list)):
            raise TypeError(
                "Invalid `size` argument. Expected an int or a tuple. "
                f"Received: size={size} of type {type(size).__name__}"
            )
        if len(size) not in (2, 3):
            raise ValueError(
                "Invalid `size` argument. Expected a tuple of length 2 or 3. "
                f"Received: size={size} with length {len(size)}"
            )
    window = (size, size) if isinstance(size, int) else tuple(size)
    return _patches(images, window, strides, dilation_rate, padding, data_format)


@composed
def extract_patches_3d(volumes, size, strides=None, dilation_rate=1, padding="valid", data_format=None):
    """Patches of volumes as channels.

    Args:
      volumes: tensor ``[depth, height, width, channels]``, a batch of such, or channels first.
      size: int or triple, a patch's size.
      strides: int or triple, distances of patches; ``size`` by default.
      dilation_rate: int or triple, distances of a patch's elements.
      padding: "valid" or "same".
      data_format: "channels_last" or "channels_first".

    Returns:
      Tensor ``[..., patches, size * channels]``, or channels first.

    >>> import kerax as tf
    >>> tf.keras.ops.image.extract_patches_3d(tf.zeros((1, 2, 4, 4, 1)), 2).shape
    TensorShape([1, 1, 2, 2, 8])
    """
    window = (size,) * 3 if isinstance(size, int) else tuple(size)
    if len(window) != 3:
        raise TypeError(f"Invalid `size` argument. Expected an int or a tuple of length 3. Received: size={size}")
    return _patches(volumes, window, strides, dilation_rate, padding, data_format)


# --- resampling ---------------------------------------------------------------------------------------------------
_KINDS = {
    "linear": "linear", "bilinear": "linear", "trilinear": "linear",
    "cubic": "cubic", "bicubic": "cubic", "tricubic": "cubic",
    "lanczos3": "lanczos3", "lanczos5": "lanczos5",
}  # fmt: skip


def _weights(kind: str, x: Any) -> Any:
    """The weight of an element at a distance."""
    if kind == "linear":
        return jnp.maximum(0, 1 - x)
    if kind == "cubic":
        near = ((1.5 * x - 2.5) * x) * x + 1
        far = ((-0.5 * x + 2.5) * x - 4) * x + 2
        return jnp.where(x >= 2, 0, jnp.where(x >= 1, far, near))
    radius = 3.0 if kind == "lanczos3" else 5.0
    wave = radius * jnp.sin(jnp.pi * x) * jnp.sin(jnp.pi * x / radius)
    inside = jnp.where(x > 1e-3, wave / jnp.where(x != 0, jnp.pi**2 * x**2, 1), 1)
    return jnp.where(x > radius, 0, inside)


@op("x; scale, translation")
def _resampled(x: Any, scale: Any, translation: Any, output_shape: Any, dims: Any, kind: Any, antialias: Any) -> Any:
    whole = jnp.issubdtype(x.dtype, jnp.integer)
    out = x.astype(jnp.float32) if whole else x
    for i, dim in enumerate(dims):
        dim %= x.ndim
        inverse = 1 / scale[i]
        width = jnp.maximum(inverse, 1) if antialias else 1.0
        places = (jnp.arange(output_shape[dim], dtype=scale.dtype) + 0.5) * inverse - translation[i] * inverse - 0.5
        distance = jnp.abs(places[None, :] - jnp.arange(x.shape[dim], dtype=scale.dtype)[:, None]) / width
        weights = _weights(kind, distance)
        total = jnp.sum(weights, axis=0, keepdims=True)
        weights = jnp.where(
            jnp.abs(total) > 1000 * float(np.finfo(np.float32).eps), weights / jnp.where(total != 0, total, 1), 0
        )
        inside = (places >= -0.5) & (places <= x.shape[dim] - 0.5)
        weights = jnp.where(inside[None, :], weights, 0).astype(out.dtype)
        out = jnp.moveaxis(jnp.tensordot(out, weights, axes=(dim, 0)), -1, dim)
    return jnp.clip(jnp.round(out), jnp.min(x), jnp.max(x)).astype(x.dtype) if whole else out


@composed
def scale_and_translate(images, output_shape, scale, translation, spatial_dims, method, antialias=True):
    """Images scaled and moved along some axes.

    Args:
      images: tensor of any rank.
      output_shape: ints, the result's shape.
      scale: tensor ``[axes]``, the factor of each.
      translation: tensor ``[axes]``, the distance of each, after scaling.
      spatial_dims: ints, the axes.
      method: "linear", "cubic", "lanczos3" or "lanczos5" (also "bilinear", "bicubic" …).
      antialias: bool, whether to smooth where images get smaller.

    Returns:
      Tensor of that shape.

    Raises:
      ValueError: no such method.

    >>> import kerax as tf
    >>> x = tf.constant([1.0, 2.0])
    >>> tf.keras.ops.image.scale_and_translate(x, (4,), [2.0], [0.0], (0,), "linear").numpy()
    array([1.  , 1.25, 1.75, 2.  ], dtype=float32)
    """
    if method not in _KINDS:
        raise ValueError(
            f"Invalid value for argument `method`. Expected of one {sorted(_KINDS)}. Received: method={method}"
        )
    images = to_tensor(images)
    scale, translation = promoted(scale, translation, weak=False)
    dims = tuple(int(dim) for dim in spatial_dims)
    if not dims:
        return images
    shape = tuple(int(size) for size in output_shape)
    return _resampled(images, scale, translation, shape, dims, _KINDS[method], bool(antialias))


# --- filters ------------------------------------------------------------------------------------------------------
@op("images")
def _sobel(images: Any) -> Any:
    padded = jnp.pad(images, ((0, 0), (1, 1), (1, 1), (0, 0)), mode="reflect")

    def at(i: int, j: int) -> Any:
        return padded[:, i : i + images.shape[1], j : j + images.shape[2]]

    down = at(2, 0) + 2 * at(2, 1) + at(2, 2) - at(0, 0) - 2 * at(0, 1) - at(0, 2)
    across = at(0, 2) + 2 * at(1, 2) + at(2, 2) - at(0, 0) - 2 * at(1, 0) - at(2, 0)
    return jnp.stack([down, across], axis=-1)


@composed
def sobel_edges(images, data_format=None):
    """How fast images change from pixel to pixel, by Sobel's filter.

    Args:
      images: tensor of floats ``[batch, height, width, channels]``, or channels first.
      data_format: "channels_last" or "channels_first".

    Returns:
      Tensor like ``images`` with a last axis of 2: downward and to the right.

    >>> import kerax as tf
    >>> tf.keras.ops.image.sobel_edges(tf.zeros((1, 3, 3, 1))).shape
    TensorShape([1, 3, 3, 1, 2])
    """
    images = to_tensor(images)
    if standardize_data_format(data_format) == "channels_last":
        return _sobel(images)
    return tf.transpose(_sobel(tf.transpose(images, (0, 2, 3, 1))), (0, 3, 1, 2, 4))


@op("a, b")
def _ssim(a: Any, b: Any, max_val: Any, size: Any, sigma: Any, k1: Any, k2: Any) -> Any:
    x = jnp.arange(size, dtype=a.dtype) - (size - 1) / 2
    line = jnp.exp(-(x**2) / (2.0 * sigma**2))
    line = line / jnp.sum(line)
    kernel = jnp.outer(line, line)[:, :, None, None]
    channels = a.shape[-1]

    def smooth(value: Any) -> Any:
        return depthwise(value, jnp.tile(kernel, (1, 1, channels, 1)), (1, 1), "VALID", (1, 1))

    c1, c2 = (k1 * max_val) ** 2, (k2 * max_val) ** 2
    mean_a, mean_b = smooth(a), smooth(b)
    var_a, var_b = smooth(a * a) - mean_a**2, smooth(b * b) - mean_b**2
    both = smooth(a * b) - mean_a * mean_b
    found = (2 * mean_a * mean_b + c1) * (2 * both + c2) / ((mean_a**2 + mean_b**2 + c1) * (var_a + var_b + c2))
    return jnp.mean(found, axis=(1, 2, 3))


@composed
def ssim(image1, image2, max_val=1.0, filter_size=11, filter_sigma=1.5, k1=0.01, k2=0.03, data_format=None):
    """The structural similarity of images.

    Args:
      image1: tensor ``[height, width, channels]``, a batch of such, or channels first.
      image2: tensor of the same shape.
      max_val: number, the greatest value of a pixel.
      filter_size: int, the window's height and width.
      filter_sigma: float, the window's standard deviation in pixels.
      k1: float, what steadies means near 0.
      k2: float, what steadies variances near 0.
      data_format: "channels_last" or "channels_first".

    Returns:
      Tensor ``[batch]``, or a scalar for a single image; 1 for equal images.

    Raises:
      ValueError: another rank.

    >>> import kerax as tf
    >>> tf.keras.ops.image.ssim(tf.ones((11, 11, 1)), tf.ones((11, 11, 1))).numpy().round(3)
    np.float32(1.0)
    """
    data_format = standardize_data_format(data_format)
    first, second = to_tensor(image1), to_tensor(image2)
    name = dtype_name(first)
    compute = result_type(name, float)
    for label, image in (("image1", first), ("image2", second)):
        if len(image.shape) not in (3, 4):
            raise ValueError(
                f"Invalid {label} rank: expected rank 3 (single image) or rank 4 (batch of images). Received input "
                f"with shape: {label}.shape={image.shape}"
            )
    single = len(first.shape) == 3
    pair = []
    for image in (first, second):
        image = to_tensor(image, compute)
        image, _ = with_channels_last(image, data_format)
        pair.append(tf.expand_dims(image, 0) if single else image)
    found = _ssim(*pair, max_val, int(filter_size), filter_sigma, k1, k2)
    return to_tensor(tf.squeeze(found, [0]) if single else found, name)
