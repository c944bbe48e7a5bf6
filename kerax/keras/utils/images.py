"""Images between files, PIL and arrays. Needs pillow."""

from __future__ import annotations

import io
import pathlib
import warnings
from typing import Any

import numpy as np

from kerax import image as image_ops
from kerax.core.tensor import convert_to_tensor
from kerax.io.atomic import replacing
from kerax.keras.engine.arguments import keras_2_order
from kerax.keras.engine.settings import floatx, standardize_data_format

_INTERPOLATIONS = ("nearest", "bilinear", "bicubic", "hamming", "box", "lanczos")


def _pillow(wanted_by: str) -> Any:
    try:
        from PIL import Image
    except ImportError:
        raise ImportError(f"Could not import PIL.Image. The use of `{wanted_by}` requires PIL.") from None
    return Image


def array_to_img(x: Any, data_format: str | None = None, scale: bool = True, dtype: Any = None) -> Any:
    """A PIL image of an array.

    Args:
      x: ``[height, width, channels]`` (``[channels, height, width]`` for "channels_first"); 1, 3 or 4 channels.
      data_format: "channels_last", "channels_first" or None for the default.
      scale: bool, whether the values are stretched to 0–255.
      dtype: to compute in, by default the float type.

    Returns:
      PIL image of mode L, RGB, RGBA, or I for large values.
    """
    data_format = standardize_data_format(data_format)
    image_module = _pillow("array_to_img")
    x = np.asarray(x, dtype=dtype or floatx())
    if x.ndim != 3:
        raise ValueError(f"Expected image array to have rank 3 (single image). Got array with shape: {x.shape}")
    if data_format == "channels_first":
        x = x.transpose(1, 2, 0)
    if scale:
        x = x - np.min(x)
        largest = np.max(x)
        if largest != 0:
            x = x / largest
        x = x * 255
    channels = x.shape[2]
    if channels in (3, 4):
        return image_module.fromarray(x.astype("uint8"))
    if channels == 1:
        return image_module.fromarray(x[:, :, 0].astype("int32" if np.max(x) > 255 else "uint8"))
    raise ValueError(f"Unsupported channel number: {channels}")


def img_to_array(img: Any, data_format: str | None = None, dtype: Any = None) -> np.ndarray:
    """An array of a PIL image.

    Returns:
      ``[height, width, channels]``, or ``[channels, height, width]`` for "channels_first", of the float type.
    """
    data_format = standardize_data_format(data_format)
    x = np.asarray(img, dtype=dtype or floatx())
    if x.ndim == 2:
        x = x[:, :, None]
    elif x.ndim != 3:
        raise ValueError(f"Unsupported image shape: {x.shape}")
    return x.transpose(2, 0, 1) if data_format == "channels_first" else x


def save_img(
    path: Any,
    x: Any,
    data_format: str | None = None,
    file_format: str | None = None,
    scale: bool = True,
    **kwargs: Any,
) -> None:
    """Writes an array as an image file.

    Args:
      path: str, path or open file.
      x: array as for ``array_to_img``.
      file_format: str, by default by the path's ending.
      **kwargs: for PIL's ``save``.
    """
    data_format = standardize_data_format(data_format)
    if file_format is None and isinstance(path, (str, pathlib.Path)):
        file_format = pathlib.Path(path).suffix[1:].lower()
    if file_format and file_format.lower() == "jpg":
        file_format = "jpeg"
    img = array_to_img(x, data_format=data_format, scale=scale)
    if img.mode == "RGBA" and file_format == "jpeg":
        warnings.warn("The JPEG format does not support RGBA images, converting to RGB.", stacklevel=2)
        img = img.convert("RGB")
    if not isinstance(path, (str, pathlib.Path)) or not file_format:
        img.save(path, format=file_format, **kwargs)
        return
    with replacing(path) as file:
        img.save(file, format=file_format, **kwargs)


@keras_2_order("path", "grayscale", "color_mode", "target_size", "interpolation", "keep_aspect_ratio")
def load_img(
    path: Any,
    color_mode: str = "rgb",
    target_size: tuple[int, int] | None = None,
    interpolation: str = "nearest",
    keep_aspect_ratio: bool = False,
    grayscale: bool = False,
) -> Any:
    """A PIL image of an image file.

    Args:
      path: str, path or ``io.BytesIO``.
      color_mode: "grayscale", "rgb" or "rgba".
      target_size: (height, width), or None to keep the size.
      interpolation: "nearest", "bilinear", "bicubic", "hamming", "box" or "lanczos".
      keep_aspect_ratio: bool, whether to cut the image to the target's aspect ratio first.
      grayscale: an old way to say ``color_mode="grayscale"``.
    """
    image_module = _pillow("load_img")
    if grayscale:
        color_mode = "grayscale"
    if isinstance(path, io.BytesIO):
        img = image_module.open(path)
    elif isinstance(path, (pathlib.Path, bytes, str)):
        with open(path, "rb") as file:
            img = image_module.open(io.BytesIO(file.read()))
    else:
        raise TypeError(f"path should be path-like or io.BytesIO, not {type(path)}")
    if color_mode == "grayscale":
        img = img if img.mode in ("L", "I;16", "I") else img.convert("L")
    elif color_mode in ("rgba", "rgb"):
        img = img if img.mode == color_mode.upper() else img.convert(color_mode.upper())
    else:
        raise ValueError('color_mode must be "grayscale", "rgb", or "rgba"')
    if target_size is None or img.size == (target_size[1], target_size[0]):
        return img
    if interpolation not in _INTERPOLATIONS:
        raise ValueError(
            f"Invalid interpolation method {interpolation} specified. "
            f"Supported methods are {', '.join(_INTERPOLATIONS)}"
        )
    method = getattr(image_module.Resampling, interpolation.upper())
    size = (target_size[1], target_size[0])
    if not keep_aspect_ratio:
        return img.resize(size, method)
    width, height = img.size
    crop_height = min(height, width * size[1] // size[0])
    crop_width = min(width, height * size[0] // size[1])
    top, left = (height - crop_height) // 2, (width - crop_width) // 2
    return img.resize(size, method, box=(left, top, left + crop_width, top + crop_height))


def smart_resize(
    x: Any, size: tuple[int, int], interpolation: str = "bilinear", data_format: str = "channels_last"
) -> Any:
    """Resizes without distortion: cuts the middle part of the target's aspect ratio, and resizes that.

    Args:
      x: image or batch of images, array or tensor.
      size: (height, width).
      interpolation: as for ``tf.image.resize``.
      data_format: "channels_last" or "channels_first".

    Returns:
      numpy array for an array, tensor for a tensor.
    """
    if len(size) != 2:
        raise ValueError(f"Expected `size` to be a tuple of 2 integers, but got: {size}.")
    img = convert_to_tensor(x)
    if len(img.shape) not in (3, 4):
        raise ValueError(
            "Expected an image array with shape `(height, width, channels)`, or `(batch_size, height, width, "
            f"channels)`, but got input with incorrect rank, of shape {img.shape}."
        )
    first = data_format == "channels_first"
    if first:
        img = _move_channels(img, last=True)
    height, width = img.shape[-3], img.shape[-2]
    target_height, target_width = size
    crop_height = max(min(height, int(float(width * target_height) / target_width)), 1)
    crop_width = max(min(width, int(float(height * target_width) / target_height)), 1)
    top, left = int(float(height - crop_height) / 2), int(float(width - crop_width) / 2)
    img = image_ops.resize(img[..., top : top + crop_height, left : left + crop_width, :], size, method=interpolation)
    if first:
        img = _move_channels(img, last=False)
    return np.array(img) if isinstance(x, np.ndarray) else img


def _move_channels(img: Any, last: bool) -> Any:
    from kerax.array_ops import transpose

    batch = [0] if len(img.shape) == 4 else []
    inner = [1, 2, 0] if last else [2, 0, 1]
    return transpose(img, [*batch, *(axis + len(batch) for axis in inner)])
