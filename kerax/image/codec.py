"""Image files: JPEG, PNG, GIF, BMP and WebP, read and written by Pillow."""

from __future__ import annotations

import io
import zlib
from typing import Any

import numpy as np

from kerax.core import dtypes, errors
from kerax.core.op import composed, op
from kerax.core.tensor import convert_to_tensor
from kerax.image import png
from kerax.image.colour import convert_image_dtype

_JPEG = b"\xff\xd8\xff"


def _invalid(message: str) -> Exception:
    return errors.InvalidArgumentError(None, None, message)


def _unknown(what: str) -> Exception:
    return _invalid(f"Unknown image file format. One of JPEG, JPEG XL, PNG, GIF, BMP, WebP required. [Op:{what}]")


def _sizes(array: np.ndarray) -> str:
    return f"[{','.join(map(str, array.shape))}]"


def _bytes(contents: np.ndarray, what: str) -> bytes:
    if contents.ndim:
        raise _invalid(f"`contents` must be scalar but got shape{_sizes(contents)} [Op:{what}]")
    value = contents.item()
    return value if isinstance(value, bytes) else str(value).encode()


def _open(data: bytes, what: str) -> Any:
    from PIL import Image

    try:
        return Image.open(io.BytesIO(data))
    except Exception as error:  # damaged files make Pillow raise of many kinds, huge ones DecompressionBombError
        raise _invalid(
            f"Unknown image file format. One of JPEG, JPEG XL, PNG, GIF, BMP, WebP required. [Op:{what}]"
        ) from error


def _loaded(image: Any, mode: str | None, what: str) -> np.ndarray:
    """Pixels ``uint8`` [height, width, channels] in a mode of Pillow's; damaged files are an error."""
    try:
        pixels = np.array(image if mode is None or image.mode == mode else image.convert(mode))
    except Exception as error:
        raise _invalid(f"Invalid {image.format} data or crop window: {error} [Op:{what}]") from error
    return pixels[:, :, None] if pixels.ndim == 2 else pixels


def _check_channels(channels: int, allowed: tuple[int, ...], what: str) -> None:
    if channels not in allowed:
        raise _invalid(f"channels must be one of {allowed}, got {channels} [Op:{what}]")


def _jpeg(data: bytes, channels: int, ratio: int, truncated: bool, fraction: float, what: str) -> np.ndarray:
    from PIL import ImageFile

    image = _open(data, what)
    if image.format not in ("JPEG", "MPO"):
        return _any(data, channels, np.uint8, False, what)
    if channels not in (0, 1, 3):
        raise _invalid(f"channels attribute {channels} must be 0, 1 or 3 for JPEG [Op:{what}]")
    mode = "L" if channels == 1 or (channels == 0 and image.mode == "L") else "RGB"
    if ratio != 1:
        image.draft(None, (max(image.width // ratio, 1), max(image.height // ratio, 1)))
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = bool(truncated) or fraction < 1
    try:
        return _loaded(image, mode, what)
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _check_jpeg(ratio: int, fancy_upscaling: bool, dct_method: str) -> None:
    if ratio not in (1, 2, 4, 8):
        raise _invalid(f"ratio must be 1, 2, 4, or 8, got {ratio}")
    if not fancy_upscaling:
        raise errors.UnimplementedError(
            None, None, "kerax decodes JPEG with fancy upscaling only; leave fancy_upscaling=True."
        )
    if dct_method not in ("", "INTEGER_FAST", "INTEGER_ACCURATE"):
        raise _invalid(f"dct_method must be one of {{'', 'INTEGER_FAST', 'INTEGER_ACCURATE'}}, got {dct_method}")


@op("contents: string", host=True, differentiable=False)
def decode_jpeg(
    contents,
    channels=0,
    ratio=1,
    fancy_upscaling=True,
    try_recover_truncated=False,
    acceptable_fraction=1,
    dct_method="",
    name=None,
):
    """The pixels of a JPEG file (or of another format that ``decode_image`` knows).

    Args:
      contents: string tensor, scalar, the file.
      channels: int: 1 for grey, 3 for colours, 0 for what the file has.
      ratio: int, 1, 2, 4 or 8: how much smaller the image is to be.
      fancy_upscaling: bool, which must be True.
      try_recover_truncated: bool, whether the rest of a truncated image may be grey.
      acceptable_fraction: float, the part of the image that has to be there; below 1 any part is accepted.
      dct_method: "", "INTEGER_FAST" or "INTEGER_ACCURATE"; a hint.
      name: str, optional.

    Returns:
      uint8 Tensor [height, width, channels].

    Raises:
      InvalidArgumentError: the file is no image, or an argument is out of range.

    Differs from TensorFlow: the inverse cosine transform is always the accurate one, so that pixels may differ
    by a few units.

    >>> import kerax as tf
    >>> tf.io.decode_jpeg(tf.io.encode_jpeg(tf.zeros([2, 3, 3], tf.uint8))).shape
    TensorShape([2, 3, 3])
    """
    _check_jpeg(ratio, fancy_upscaling, dct_method)
    data = _bytes(contents, "DecodeJpeg")
    return _jpeg(data, channels, ratio, try_recover_truncated, acceptable_fraction, "DecodeJpeg")


@op("contents: string; crop_window: int", host=True, differentiable=False)
def decode_and_crop_jpeg(
    contents,
    crop_window,
    channels=0,
    ratio=1,
    fancy_upscaling=True,
    try_recover_truncated=False,
    acceptable_fraction=1,
    dct_method="",
    name=None,
):
    """A part of the pixels of a JPEG file.

    Args:
      contents: string tensor, scalar, the file.
      crop_window: int tensor [4]: the first row and column, the height and width.
      channels: int: 1 for grey, 3 for colours, 0 for what the file has.
      ratio: int, 1, 2, 4 or 8: how much smaller the image is to be, before the crop.
      fancy_upscaling: bool, which must be True.
      try_recover_truncated: bool, whether the rest of a truncated image may be grey.
      acceptable_fraction: float, the part of the image that has to be there; below 1 any part is accepted.
      dct_method: "", "INTEGER_FAST" or "INTEGER_ACCURATE"; a hint.
      name: str, optional.

    Returns:
      uint8 Tensor [height, width, channels].

    Raises:
      InvalidArgumentError: the file is no JPEG image, or the window reaches beyond it.

    >>> import kerax as tf
    >>> file = tf.io.encode_jpeg(tf.zeros([4, 4, 3], tf.uint8))
    >>> tf.io.decode_and_crop_jpeg(file, [1, 1, 2, 3]).shape
    TensorShape([2, 3, 3])
    """
    _check_jpeg(ratio, fancy_upscaling, dct_method)
    data = _bytes(contents, "DecodeAndCropJpeg")
    if not data.startswith(_JPEG):
        raise _invalid("Invalid JPEG data or crop window, data size {len(data)} [Op:DecodeAndCropJpeg]")
    pixels = _jpeg(data, channels, ratio, try_recover_truncated, acceptable_fraction, "DecodeAndCropJpeg")
    if crop_window.shape != (4,):
        raise _invalid(f"crop_window must be four ints, got shape {list(crop_window.shape)}")
    top, left, height, width = (int(value) for value in crop_window)
    if min(top, left) < 0 or min(height, width) <= 0 or top + height > len(pixels) or left + width > pixels.shape[1]:
        raise _invalid(f"Invalid JPEG data or crop window {crop_window.tolist()} for an image of {pixels.shape[:2]}")
    return pixels[top : top + height, left : left + width]


def _png_pixels(data: bytes, channels: int, dtype: Any, what: str) -> np.ndarray:
    image = _open(data, what)
    if image.format != "PNG":
        return _any(data, channels, dtype, False, what)
    if not png.is_whole(data):
        raise _invalid(f"Invalid PNG data, size {len(data)} [Op:{what}]")
    deep = png.depth_of(data) == 16
    if deep:
        try:
            pixels = png.decode16(data)
        except (ValueError, zlib.error) as error:
            raise _invalid(f"Invalid PNG data, size {len(data)}: {error} [Op:{what}]") from error
    else:
        transparent = "transparency" in image.info
        modes = {"1": "L", "P": "RGBA" if transparent else "RGB"}
        mode = modes.get(image.mode, image.mode)
        mode = {"L": "LA", "RGB": "RGBA"}.get(mode, mode) if transparent else mode
        pixels = _loaded(image, mode, what)
    pixels = _with_channels(pixels, channels)
    if dtype == np.uint16:
        return pixels.astype(np.uint16) if deep else pixels.astype(np.uint16) * 257
    return (pixels >> 8).astype(np.uint8) if deep else pixels


def _with_channels(pixels: np.ndarray, channels: int) -> np.ndarray:
    """Pixels with 1 to 4 channels, of which the second and fourth are opacity; 0 leaves them as they are."""
    have = pixels.shape[2]
    if channels in (0, have):
        return pixels
    opacity = pixels[:, :, -1:] if have in (2, 4) else np.full_like(pixels[:, :, :1], np.iinfo(pixels.dtype).max)
    colour = pixels[:, :, : 1 if have < 3 else 3]
    if channels < 3 and colour.shape[2] == 3:
        weights = np.array([0.299, 0.587, 0.114]) * 32768
        colour = ((colour.astype(np.int64) @ weights.round().astype(np.int64)) >> 15)[:, :, None].astype(pixels.dtype)
    elif channels >= 3 and colour.shape[2] == 1:
        colour = np.repeat(colour, 3, axis=2)
    return np.concatenate([colour, opacity], axis=2) if channels in (2, 4) else colour


def _small(dtype: Any, what: str) -> Any:
    dtype = dtypes.as_dtype(dtype)
    if dtype not in (dtypes.uint8, dtypes.uint16):
        raise TypeError(f"Value passed to parameter 'dtype' of {what} has DataType {dtype.name} not in uint8, uint16")
    return dtype.as_numpy_dtype


@op("contents: string", host=True, differentiable=False)
def decode_png(contents, channels=0, dtype=dtypes.uint8, name=None):
    """The pixels of a PNG file (or of another format that ``decode_image`` knows).

    Args:
      contents: string tensor, scalar, the file.
      channels: int: 1 for grey, 2 for grey with opacity, 3 for colours, 4 with opacity, 0 for what the file has.
      dtype: ``tf.uint8`` or ``tf.uint16``.
      name: str, optional.

    Returns:
      Tensor [height, width, channels] of ``dtype``.

    Raises:
      InvalidArgumentError: the file is no image, or ``channels`` is out of range.

    >>> import kerax as tf
    >>> tf.io.decode_png(tf.io.encode_png(tf.constant([[[7]]], tf.uint8))).numpy()
    array([[[7]]], dtype=uint8)
    """
    _check_channels(channels, (0, 1, 2, 3, 4), "DecodePng")
    return _png_pixels(_bytes(contents, "DecodePng"), channels, _small(dtype, "DecodePng"), "DecodePng")


def _frames(image: Any, what: str) -> np.ndarray:
    """All frames of an animation, uint8 [frames, height, width, 3]; of one that is cut off, those that are whole."""
    found: list[np.ndarray] = []
    while True:
        try:
            image.seek(len(found))
            found.append(_loaded(image, "RGB", what))
        except Exception as error:  # EOFError at the end
            if found:
                return np.stack(found)
            if isinstance(error, errors.OpError):
                raise
            raise _invalid(f"Invalid {image.format} data: {error} [Op:{what}]") from error


@op("contents: string", host=True, differentiable=False)
def decode_gif(contents, name=None):
    """The pixels of all frames of a GIF file.

    Args:
      contents: string tensor, scalar, the file.
      name: str, optional.

    Returns:
      uint8 Tensor [frames, height, width, 3].

    Raises:
      InvalidArgumentError: the file is no image.
    """
    data = _bytes(contents, "DecodeGif")
    image = _open(data, "DecodeGif")
    return _frames(image, "DecodeGif") if image.format == "GIF" else _any(data, 3, np.uint8, True, "DecodeGif")[None]


@op("contents: string", host=True, differentiable=False)
def decode_bmp(contents, channels=0, name=None):
    """The pixels of a BMP file.

    Args:
      contents: string tensor, scalar, the file.
      channels: int: 3 for colours, 4 with opacity, 1 for grey; it has to be what the file has, or 0.
      name: str, optional.

    Returns:
      uint8 Tensor [height, width, channels].

    Raises:
      InvalidArgumentError: the file is no BMP image, or has other channels.
    """
    data = _bytes(contents, "DecodeBmp")
    image = _open(data, "DecodeBmp")
    if image.format != "BMP":
        return _any(data, channels, np.uint8, False, "DecodeBmp")
    bits = int.from_bytes(data[28:30], "little")
    have = bits // 8 if bits in (8, 24, 32) else 3
    if channels not in (0, have):
        raise _invalid(f"channels attribute {channels} does not match bits per pixel from file {have} [Op:DecodeBmp]")
    return _loaded(image, {1: "L", 3: "RGB", 4: "RGBA"}[have], "DecodeBmp")


@op("contents: string", host=True, differentiable=False)
def decode_webp(contents, channels=0, dtype=dtypes.uint8, name=None):
    """The pixels of all frames of a WebP file.

    Args:
      contents: string tensor, scalar, the file.
      channels: int: 3 for colours, 4 with opacity, 0 for what the file has.
      dtype: ``tf.uint8``.
      name: str, optional.

    Returns:
      uint8 Tensor [frames, height, width, channels].

    Raises:
      InvalidArgumentError: the file is no WebP image.
    """
    _check_channels(channels, (0, 3, 4), "DecodeWebP")
    image = _open(_bytes(contents, "DecodeWebP"), "DecodeWebP")
    if image.format != "WEBP":
        raise _invalid("Failed to decode WebP image [Op:DecodeWebP]")
    mode = {0: image.mode, 3: "RGB", 4: "RGBA"}[channels]
    found = []
    for place in range(getattr(image, "n_frames", 1)):
        image.seek(place)
        found.append(_loaded(image, mode, "DecodeWebP"))
    return np.stack(found)


def decode_jxl(contents: Any, channels: int = 0, dtype: Any = dtypes.uint8, name: str | None = None) -> Any:
    """Not available: Pillow does not read JPEG XL.

    Raises:
      UnimplementedError: always.
    """
    raise errors.UnimplementedError(None, None, "kerax does not read JPEG XL files; convert them to PNG or JPEG.")


def _any(data: bytes, channels: int, dtype: Any, expand: bool, what: str) -> np.ndarray:
    """Pixels of a file of any known format."""
    image = _open(data, what)
    kind = image.format
    if kind in ("JPEG", "MPO"):
        pixels = _jpeg(data, channels, 1, False, 1.0, what)
    elif kind == "PNG":
        return _png_pixels(data, channels, dtype, what)
    elif kind == "GIF":
        if channels not in (0, 3):
            raise _invalid(f"channels must be 0 or 3 for GIF, got {channels} [Op:{what}]")
        pixels = _frames(image, what)
        pixels = pixels if expand else pixels[0]
    elif kind == "BMP":
        pixels = _loaded(image, {1: "L", 4: "RGBA"}.get(channels, "RGBA" if image.mode == "RGBA" else "RGB"), what)
    else:
        raise _unknown(what)
    return pixels.astype(np.uint16) * 257 if dtype == np.uint16 else pixels


@op("contents: string", host=True, differentiable=False)
def _decode_image(contents, channels, dtype, expand):
    _check_channels(channels, (0, 1, 3, 4), "DecodeImage")
    dtype = dtypes.as_dtype(dtype)
    deep = dtype is dtypes.uint16
    pixels = _any(_bytes(contents, "DecodeImage"), channels, np.uint16 if deep else np.uint8, expand, "DecodeImage")
    return pixels.astype(np.float32) / np.float32(255) if dtype is dtypes.float32 else pixels


@composed
def decode_image(
    contents: Any,
    channels: int | None = None,
    dtype: Any = dtypes.uint8,
    name: str | None = None,
    expand_animations: bool = True,
) -> Any:
    """The pixels of a JPEG, PNG, GIF or BMP file.

    Args:
      contents: string tensor, scalar, the file.
      channels: int: 1 for grey, 3 for colours, 4 with opacity, None or 0 for what the file has.
      dtype: the dtype of the pixels; floats are in [0, 1].
      name: str, optional.
      expand_animations: bool, whether all frames of a GIF are wanted; else the first.

    Returns:
      Tensor [height, width, channels] of ``dtype``, or [frames, height, width, channels] for a GIF.

    Raises:
      InvalidArgumentError: the file is no such image, or ``channels`` is out of range.

    >>> import kerax as tf
    >>> tf.io.decode_image(tf.io.encode_png(tf.constant([[[255]]], tf.uint8)), dtype=tf.float32).numpy()
    array([[[1.]]], dtype=float32)
    """
    dtype = dtypes.as_dtype(dtype)
    direct = dtype if dtype in (dtypes.float32, dtypes.uint8, dtypes.uint16) else dtypes.uint16
    image = _decode_image(contents, channels or 0, direct, bool(expand_animations))
    return image if direct is dtype else convert_image_dtype(image, dtype)


def _encoded_jpeg(image: np.ndarray, mode: str, quality: int, **options: Any) -> np.ndarray:
    from PIL import Image

    target = io.BytesIO()
    Image.fromarray(image[:, :, 0] if mode == "L" else image, mode=None).save(
        target, "JPEG", quality=max(int(quality), 1), **options
    )
    return np.array(target.getvalue(), dtype=object)


@op("image", host=True, differentiable=False)
def encode_jpeg(
    image,
    format="",
    quality=95,
    progressive=False,
    optimize_size=False,
    chroma_downsampling=True,
    density_unit="in",
    x_density=300,
    y_density=300,
    xmp_metadata="",
    name=None,
):
    """An image as a JPEG file.

    Args:
      image: uint8 tensor [height, width, 1 or 3].
      format: "grayscale", "rgb", or "" for what the channels say.
      quality: int in [0, 100].
      progressive: bool, whether the file shows a coarse image first.
      optimize_size: bool, whether to spend time for a smaller file.
      chroma_downsampling: bool, whether colours have half the resolution.
      density_unit: "in" or "cm".
      x_density: int, pixels per unit.
      y_density: int, pixels per unit.
      xmp_metadata: str, embedded in the file.
      name: str, optional.

    Returns:
      string Tensor, scalar.

    Raises:
      InvalidArgumentError: an argument is out of range.

    >>> import kerax as tf
    >>> bool(tf.io.is_jpeg(tf.io.encode_jpeg(tf.zeros([2, 3, 3], tf.uint8))))
    True
    """
    if image.dtype != np.uint8:
        raise _invalid(f"Value for attr 'T' of {image.dtype} is not in the list of allowed values: uint8")
    if image.ndim != 3:
        raise _invalid(f"image must be 3-dimensional{_sizes(image)} [Op:EncodeJpeg]")
    if not 0 <= quality <= 100:
        raise _invalid(f"quality must be in [0,100], got {quality}")
    if density_unit not in ("in", "cm"):
        raise _invalid(f"Invalid density_unit {density_unit}")
    wanted = {"": image.shape[2], "grayscale": 1, "rgb": 3}.get(format)
    if wanted != image.shape[2] or wanted not in (1, 3):
        raise _invalid(f"format {format!r} expects 1 or 3 channels, the image has {image.shape[2]} [Op:EncodeJpeg]")
    unit = 2.54 if density_unit == "cm" else 1.0
    options: dict[str, Any] = {"dpi": (x_density * unit, y_density * unit), "progressive": bool(progressive)}
    if optimize_size:
        options["optimize"] = True
    if wanted == 3:
        options["subsampling"] = 2 if chroma_downsampling else 0
    if xmp_metadata:
        options["xmp"] = xmp_metadata.encode() if isinstance(xmp_metadata, str) else xmp_metadata
    return _encoded_jpeg(image, "L" if wanted == 1 else "RGB", quality, **options)


@op("image; quality: int", host=True, differentiable=False)
def _through_jpeg(image, quality):
    if image.ndim != 3 or image.shape[2] not in (1, 3):
        raise _invalid(f"image must be [height, width, 1 or 3], got {list(image.shape)}")
    if not 0 <= quality <= 100:
        raise _invalid(f"quality must be in [0,100], got {quality}")
    mode = "L" if image.shape[2] == 1 else "RGB"
    data = (
        _encoded_jpeg(image, mode, int(quality), subsampling=2)
        if mode == "RGB"
        else _encoded_jpeg(image, mode, int(quality))
    )
    return _jpeg(data.item(), image.shape[2], 1, False, 1.0, "DecodeJpeg")


@composed
def adjust_jpeg_quality(image: Any, jpeg_quality: Any, dct_method: str = "", name: str | None = None) -> Any:
    """An image with the losses of a JPEG file.

    Args:
      image: tensor of pixels [height, width, 1 or 3].
      jpeg_quality: int tensor in [0, 100].
      dct_method: "", "INTEGER_FAST" or "INTEGER_ACCURATE"; a hint.
      name: str, optional.

    Returns:
      Tensor like ``image``.

    >>> import kerax as tf
    >>> tf.image.adjust_jpeg_quality(tf.ones([2, 2, 3]), 75).shape
    TensorShape([2, 2, 3])
    """
    _check_jpeg(1, True, dct_method)
    image = convert_to_tensor(image)
    small = convert_image_dtype(image, dtypes.uint8, saturate=True)
    quality = convert_to_tensor(jpeg_quality, None if hasattr(jpeg_quality, "dtype") else dtypes.int32)
    return convert_image_dtype(_through_jpeg(small, quality), image.dtype, saturate=True)


@op("image", host=True, differentiable=False)
def encode_png(image, compression=-1, name=None):
    """An image as a PNG file.

    Args:
      image: uint8 or uint16 tensor [..., height, width, 1 … 4]: grey, grey with opacity, RGB, RGBA.
      compression: int from 0 to 9, or -1 for zlib's default.
      name: str, optional.

    Returns:
      string Tensor [...].

    Raises:
      InvalidArgumentError: the image has another dtype or other channels.

    >>> import kerax as tf
    >>> tf.io.encode_png(tf.zeros([1, 1, 1], tf.uint8)).numpy()[:4]
    b'\\x89PNG'
    """
    if image.dtype not in (np.uint8, np.uint16):
        raise _invalid(f"Value for attr 'T' of {image.dtype} is not in the list of allowed values: uint8, uint16")
    if image.ndim < 3:
        raise _invalid(f"images must be at least rank 3{_sizes(image)} [Op:EncodePng]")
    if image.shape[-1] not in (1, 2, 3, 4):
        raise _invalid(f"image must have 1, 2, 3, or 4 channels, got {image.shape[-1]} [Op:EncodePng]")
    if not -1 <= compression <= 9:
        raise _invalid(f"compression should be between -1 and 9, got {compression}")
    flat = image.reshape(-1, *image.shape[-3:])
    files = np.empty(len(flat), dtype=object)
    files[:] = [png.encode(one, int(compression)) for one in flat]
    return files.reshape(image.shape[:-3])


@op("contents: string", host=True, differentiable=False)
def is_jpeg(contents, name=None):
    """Whether files are JPEG images, by their first bytes.

    Args:
      contents: string tensor, files.
      name: str, optional.

    Returns:
      bool Tensor like ``contents``.

    >>> import kerax as tf
    >>> bool(tf.io.is_jpeg("no image"))
    False
    """
    found = [value.startswith(_JPEG) for value in contents.ravel().tolist()]
    return np.array(found, bool).reshape(contents.shape)


@op("contents: string", host=True, differentiable=False)
def extract_jpeg_shape(contents, output_type=dtypes.int32, name=None):
    """The height, width and channels of a JPEG file, without decoding it.

    Args:
      contents: string tensor, scalar, the file.
      output_type: ``tf.int32`` or ``tf.int64``.
      name: str, optional.

    Returns:
      Tensor [3].

    Raises:
      InvalidArgumentError: the file is no JPEG image.

    >>> import kerax as tf
    >>> tf.io.extract_jpeg_shape(tf.io.encode_jpeg(tf.zeros([2, 4, 3], tf.uint8))).numpy()
    array([2, 4, 3], dtype=int32)
    """
    data = _bytes(contents, "ExtractJpegShape")
    if not data.startswith(_JPEG):
        raise _invalid("Invalid JPEG data, size {len(data)} [Op:ExtractJpegShape]")
    image = _open(data, "ExtractJpegShape")
    return np.array([image.height, image.width, len(image.getbands())], dtypes.as_dtype(output_type).as_numpy_dtype)
