"""Geometric and colour transforms of single images as numpy arrays, of Keras 1. Needs scipy or pillow."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.keras.utils.images import array_to_img, img_to_array


def apply_affine_transform(
    x: np.ndarray,
    theta: float = 0,
    tx: float = 0,
    ty: float = 0,
    shear: float = 0,
    zx: float = 1,
    zy: float = 1,
    row_axis: int = 1,
    col_axis: int = 2,
    channel_axis: int = 0,
    fill_mode: str = "nearest",
    cval: float = 0.0,
    order: int = 1,
) -> np.ndarray:
    """An image turned, moved, sheared and zoomed about its middle.

    Args:
      x: array of rank 3.
      theta: degrees.
      tx: pixels along the rows' axis.
      ty: pixels along the columns' axis.
      shear: degrees.
      zx: zoom along the rows' axis, above 1 for smaller.
      zy: zoom along the columns' axis.
      row_axis: int, the rows' axis.
      col_axis: int, the columns' axis.
      channel_axis: int, 0 or 2.
      fill_mode: "constant", "nearest", "reflect" or "wrap", what comes from beyond the border.
      cval: float, for "constant".
      order: int, of the spline that interpolates.

    Returns:
      Array like ``x``.

    Raises:
      ValueError: axes or a rank that do not fit.

    >>> import kerax as tf
    >>> x = np.arange(4.).reshape(2, 2, 1)
    >>> tf.keras.preprocessing.image.apply_affine_transform(
    ...     x, tx=1, row_axis=0, col_axis=1, channel_axis=2).ravel()
    array([1., 1., 3., 3.])
    """
    axes = {row_axis, col_axis, channel_axis}
    if len(axes) != 3:
        raise ValueError("'row_axis', 'col_axis', and 'channel_axis' must be distinct")
    if axes != {0, 1, 2}:
        raise ValueError(f"Invalid axis' indices: {axes - {0, 1, 2}}")
    if x.ndim != 3:
        raise ValueError("Input arrays must be multi-channel 2D images.")
    if channel_axis not in (0, 2):
        raise ValueError("Channels are allowed and the first and last dimensions.")
    if theta == 0 and tx == 0 and ty == 0 and shear == 0 and zx == 1 and zy == 1:
        return x
    from scipy import ndimage

    turn, slant = np.deg2rad(theta), np.deg2rad(shear)
    turned = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
    moved = np.array([[1, 0, tx], [0, 1, ty], [0, 0, 1]])
    sheared = np.array([[1, -np.sin(slant), 0], [0, np.cos(slant), 0], [0, 0, 1]])
    matrix = turned @ moved @ sheared @ np.diag([zx, zy, 1.0])
    middle = np.eye(3)
    middle[:2, 2] = x.shape[row_axis] / 2 - 0.5, x.shape[col_axis] / 2 - 0.5
    matrix = middle @ matrix @ np.linalg.inv(middle)
    channels = np.rollaxis(x, channel_axis, 0)
    if col_axis > row_axis:  # rows and columns change places in the matrix
        matrix = matrix[[1, 0, 2]][:, [1, 0, 2]]
    linear, offset = matrix[:2, :2], matrix[:2, 2]
    found = [
        ndimage.affine_transform(channel, linear, offset, order=order, mode=fill_mode, cval=cval)
        for channel in channels
    ]
    return np.rollaxis(np.stack(found, axis=0), 0, channel_axis + 1)


def apply_channel_shift(x: np.ndarray, intensity: float, channel_axis: int = 0) -> np.ndarray:
    """An image with a number added to all values, within the range of its values.

    >>> import kerax as tf
    >>> tf.keras.preprocessing.image.apply_channel_shift(np.array([[[0., 2.]]]), 1.0)
    array([[[1., 2.]]])
    """
    return np.clip(x + intensity, np.min(x), np.max(x))


def apply_brightness_shift(x: np.ndarray, brightness: float, scale: bool = True) -> np.ndarray:
    """An image made brighter by a factor, with pillow.

    Args:
      x: array ``[height, width, channels]``.
      brightness: float, the factor.
      scale: bool, whether values are stretched to 0–255.

    Returns:
      float array.
    """
    from PIL import ImageEnhance

    low, high = np.min(x), np.max(x)
    outside = low < 0 or high > 255
    image = ImageEnhance.Brightness(array_to_img(x, scale=outside or scale)).enhance(brightness)
    found = img_to_array(image)
    return found / 255 * (high - low) + low if outside and not scale else found


def random_rotation(
    x: np.ndarray,
    rg: float,
    row_axis: int = 1,
    col_axis: int = 2,
    channel_axis: int = 0,
    fill_mode: str = "nearest",
    cval: float = 0.0,
    interpolation_order: int = 1,
) -> np.ndarray:
    """An image turned by up to ``rg`` degrees; the other arguments are ``apply_affine_transform``'s."""
    theta = np.random.uniform(-rg, rg)
    axes = {"row_axis": row_axis, "col_axis": col_axis, "channel_axis": channel_axis}
    return apply_affine_transform(x, theta=theta, fill_mode=fill_mode, cval=cval, order=interpolation_order, **axes)


def random_shift(
    x: np.ndarray,
    wrg: float,
    hrg: float,
    row_axis: int = 1,
    col_axis: int = 2,
    channel_axis: int = 0,
    fill_mode: str = "nearest",
    cval: float = 0.0,
    interpolation_order: int = 1,
) -> np.ndarray:
    """An image moved by up to ``wrg`` parts of its width and ``hrg`` of its height."""
    tx = np.random.uniform(-hrg, hrg) * x.shape[row_axis]
    ty = np.random.uniform(-wrg, wrg) * x.shape[col_axis]
    axes = {"row_axis": row_axis, "col_axis": col_axis, "channel_axis": channel_axis}
    return apply_affine_transform(x, tx=tx, ty=ty, fill_mode=fill_mode, cval=cval, order=interpolation_order, **axes)


def random_shear(
    x: np.ndarray,
    intensity: float,
    row_axis: int = 1,
    col_axis: int = 2,
    channel_axis: int = 0,
    fill_mode: str = "nearest",
    cval: float = 0.0,
    interpolation_order: int = 1,
) -> np.ndarray:
    """An image sheared by up to ``intensity`` degrees."""
    shear = np.random.uniform(-intensity, intensity)
    axes = {"row_axis": row_axis, "col_axis": col_axis, "channel_axis": channel_axis}
    return apply_affine_transform(x, shear=shear, fill_mode=fill_mode, cval=cval, order=interpolation_order, **axes)


def random_zoom(
    x: np.ndarray,
    zoom_range: Any,
    row_axis: int = 1,
    col_axis: int = 2,
    channel_axis: int = 0,
    fill_mode: str = "nearest",
    cval: float = 0.0,
    interpolation_order: int = 1,
) -> np.ndarray:
    """An image zoomed by factors between the two of ``zoom_range``, one for each axis.

    Raises:
      ValueError: not two numbers.
    """
    if len(zoom_range) != 2:
        raise ValueError(f"`zoom_range` should be a tuple or list of two floats. Received: {zoom_range}")
    same = zoom_range[0] == 1 and zoom_range[1] == 1
    zx, zy = (1, 1) if same else np.random.uniform(zoom_range[0], zoom_range[1], 2)
    axes = {"row_axis": row_axis, "col_axis": col_axis, "channel_axis": channel_axis}
    return apply_affine_transform(x, zx=zx, zy=zy, fill_mode=fill_mode, cval=cval, order=interpolation_order, **axes)


def random_channel_shift(x: np.ndarray, intensity_range: float, channel_axis: int = 0) -> np.ndarray:
    """An image with a random number up to ``intensity_range`` added."""
    return apply_channel_shift(x, np.random.uniform(-intensity_range, intensity_range), channel_axis=channel_axis)


def random_brightness(x: np.ndarray, brightness_range: Any, scale: bool = True) -> np.ndarray:
    """An image made brighter by a factor between the two of ``brightness_range``.

    Raises:
      ValueError: not two numbers.
    """
    if len(brightness_range) != 2:
        raise ValueError(f"`brightness_range should be tuple or list of two floats. Received: {brightness_range}")
    return apply_brightness_shift(x, np.random.uniform(brightness_range[0], brightness_range[1]), scale)
