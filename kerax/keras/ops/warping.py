"""Images resampled at other places: geometric transforms, and the blur they use."""

from __future__ import annotations

import functools
import itertools
import operator
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

import kerax.array_ops as tf
from kerax import math
from kerax.core.tensor import constant_value
from kerax.image.projective import projected
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.promotion import dtype_name
from kerax.keras.engine.settings import standardize_data_format
from kerax.keras.ops._public import composed, op
from kerax.nn._convolve import depthwise

_INTERPOLATIONS = ("nearest", "bilinear")
_FILL_MODES = ("constant", "nearest", "wrap", "reflect")


def with_channels_last(images: Any, data_format: str) -> tuple[Any, Callable[[Any], Any]]:
    """Images with channels in the last axis, and the function that puts them back."""
    if data_format == "channels_last":
        return images, lambda found: found
    if len(images.shape) == 4:
        return tf.transpose(images, (0, 2, 3, 1)), lambda found: tf.transpose(found, (0, 3, 1, 2))
    return tf.transpose(images, (1, 2, 0)), lambda found: tf.transpose(found, (2, 0, 1))


def _check(images: Any, interpolation: str, fill_mode: str = "constant") -> None:
    if interpolation not in _INTERPOLATIONS:
        raise ValueError(
            f"Invalid value for argument `interpolation`. Expected of one {_INTERPOLATIONS}. "
            f"Received: interpolation={interpolation}"
        )
    if fill_mode not in _FILL_MODES:
        raise ValueError(
            f"Invalid value for argument `fill_mode`. Expected of one {_FILL_MODES}. Received: fill_mode={fill_mode}"
        )
    if len(images.shape) not in (3, 4):
        raise ValueError(
            "Invalid images rank: expected rank 3 (single image) or rank 4 (batch of images). "
            f"Received input with shape: images.shape={images.shape}"
        )


# --- projective transforms ----------------------------------------------------------------------------------------
def _transformed(
    images: Any, transforms: Any, interpolation: str, fill_mode: str, fill_value: Any, data_format: str
) -> Any:
    last, back = with_channels_last(images, data_format)
    single = len(last.shape) == 3
    last = tf.expand_dims(last, 0) if single else last
    transforms = tf.expand_dims(transforms, 0) if len(transforms.shape) == 1 else transforms
    found = projected(
        last, to_tensor(transforms, "float32"), to_tensor(fill_value, "float32"), interpolation, fill_mode
    )
    return back(tf.squeeze(found, [0]) if single else found)


@composed
def affine_transform(images, transform, interpolation="bilinear", fill_mode="constant", fill_value=0, data_format=None):
    """Images moved, turned, stretched and sheared.

    Args:
      images: tensor ``[height, width, channels]``, a batch of such, or channels first.
      transform: tensor ``[8]`` or ``[batch, 8]``: the pixel ``(x, y)`` of the result is that at
        ``((a0 x + a1 y + a2) / k, (b0 x + b1 y + b2) / k)``, where ``k = c0 x + c1 y + 1``, of the image, in the order
        ``a0, a1, a2, b0, b1, b2, c0, c1``.
      interpolation: "bilinear" or "nearest".
      fill_mode: "constant", "nearest", "wrap" or "reflect": what is beyond the rim.
      fill_value: float, for "constant".
      data_format: "channels_last" or "channels_first".

    Returns:
      Tensor like ``images``.

    Raises:
      ValueError: a wrong argument.

    >>> import kerax as tf
    >>> x = tf.reshape(tf.range(4.0), (2, 2, 1))
    >>> tf.keras.ops.image.affine_transform(x, [1, 0, 1, 0, 1, 0, 0, 0]).numpy().ravel()
    array([1., 0., 3., 0.], dtype=float32)
    """
    data_format = standardize_data_format(data_format)
    images, transform = to_tensor(images), to_tensor(transform)
    _check(images, interpolation, fill_mode)
    if len(transform.shape) not in (1, 2):
        raise ValueError(
            "Invalid transform rank: expected rank 1 (single transform) or rank 2 (batch of transforms). "
            f"Received input with shape: transform.shape={transform.shape}"
        )
    return _transformed(images, transform, interpolation, fill_mode, fill_value, data_format)


@op("start, end")
def _homography(start: Any, end: Any) -> Any:
    x, y = end[..., 0], end[..., 1]
    one, zero = jnp.ones_like(x), jnp.zeros_like(x)
    u, v = start[..., 0], start[..., 1]
    across = jnp.stack([x, y, one, zero, zero, zero, -u * x, -u * y], axis=-1)
    down = jnp.stack([zero, zero, zero, x, y, one, -v * x, -v * y], axis=-1)
    left = jnp.stack([across, down], axis=2).reshape(*x.shape[:-1], 8, 8)
    right = jnp.stack([u, v], axis=-1).reshape(*x.shape[:-1], 8)
    return jnp.linalg.solve(left, right[..., None])[..., 0]


@composed
def perspective_transform(images, start_points, end_points, interpolation="bilinear", fill_value=0, data_format=None):
    """Images seen from another place: four points moved to four others.

    Args:
      images: tensor ``[height, width, channels]``, a batch of such, or channels first.
      start_points: tensor ``[4, 2]`` or ``[batch, 4, 2]``, points (x, y) of the images.
      end_points: tensor of the same shape, where they are in the result.
      interpolation: "bilinear" or "nearest".
      fill_value: float, what is beyond the rim.
      data_format: "channels_last" or "channels_first".

    Returns:
      Tensor like ``images``.

    Raises:
      ValueError: a wrong argument.

    >>> import kerax as tf
    >>> points = [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]
    >>> tf.keras.ops.image.perspective_transform(tf.ones((2, 2, 1)), points, points).shape
    TensorShape([2, 2, 1])
    """
    data_format = standardize_data_format(data_format)
    images = to_tensor(images)
    start, end = to_tensor(start_points, "float32"), to_tensor(end_points, "float32")
    _check(images, interpolation)
    for name, points in (("start_points", start), ("end_points", end)):
        if len(points.shape) not in (2, 3) or tuple(points.shape)[-2:] != (4, 2):
            raise ValueError(
                f"Invalid {name} shape: expected (4,2) for a single image or (N,4,2) for a batch. "
                f"Received shape: {points.shape}"
            )
    if tuple(start.shape) != tuple(end.shape):
        raise ValueError(
            "start_points and end_points must have the same shape. "
            f"Received start_points.shape={start.shape}, end_points.shape={end.shape}"
        )
    if len(start.shape) == 2:
        start, end = tf.expand_dims(start, 0), tf.expand_dims(end, 0)
    return _transformed(images, _homography(start, end), interpolation, "constant", fill_value, data_format)


# --- coordinates --------------------------------------------------------------------------------------------------
def _fitted(index: Any, size: int, mode: str) -> tuple[Any, Any]:
    """Indices brought into the axis, and which of them were inside."""
    inside = jnp.ones(index.shape, bool)
    if mode == "constant":
        inside = (index >= 0) & (index < size)
        return jnp.clip(index, 0, size - 1), inside
    if mode == "nearest":
        return jnp.clip(index, 0, size - 1), inside
    if mode == "wrap":
        return jnp.mod(index, size), inside
    index = jnp.mod(jnp.abs(index), 2 * size)
    over = index >= size
    index = jnp.where(over, 2 * size - index, index)
    return jnp.where(over, index - 1, index) if mode == "reflect" else index, inside


@op("inputs; coordinates; fill_value")
def _sampled(inputs: Any, coordinates: Any, fill_value: Any, order: Any, mode: Any) -> Any:
    choices = []
    for coordinate, size in zip(coordinates, inputs.shape, strict=True):
        if order == 0:
            place = coordinate if jnp.issubdtype(coordinate.dtype, jnp.integer) else jnp.round(coordinate)
            nodes = [(place.astype(jnp.int32), jnp.asarray(1, coordinate.dtype))]
        else:
            lower = jnp.floor(coordinate)
            share = coordinate - lower
            nodes = [(lower.astype(jnp.int32), 1 - share), (lower.astype(jnp.int32) + 1, share)]
        choices.append([(*_fitted(index, size, mode), weight) for index, weight in nodes])
    parts = []
    for chosen in itertools.product(*choices):
        indices, inside, weights = zip(*chosen, strict=True)
        value = inputs[tuple(indices)].astype(weights[0].dtype)
        if mode == "constant":
            value = jnp.where(functools.reduce(operator.and_, inside), value, fill_value.astype(value.dtype))
        parts.append(functools.reduce(operator.mul, weights) * value)
    found = functools.reduce(operator.add, parts)
    return (jnp.round(found) if jnp.issubdtype(inputs.dtype, jnp.integer) else found).astype(inputs.dtype)


@composed
def map_coordinates(inputs, coordinates, order, fill_mode="constant", fill_value=0):
    """The values at coordinates between the elements.

    Args:
      inputs: tensor of any rank.
      coordinates: tensor ``[rank, ...]``, one coordinate for each axis.
      order: 0 for the nearest element, 1 for linear interpolation.
      fill_mode: "constant", "nearest", "wrap", "mirror" or "reflect": what is beyond the rim.
      fill_value: number, for "constant".

    Returns:
      Tensor ``[...]`` of the dtype of ``inputs``.

    Raises:
      ValueError: shapes that do not fit, or no such mode.
      NotImplementedError: another order.

    >>> import kerax as tf
    >>> tf.keras.ops.image.map_coordinates([1.0, 3.0], [[0.5]], order=1).numpy()
    array([2.], dtype=float32)
    """
    inputs, coordinates = to_tensor(inputs), to_tensor(coordinates)
    if coordinates.shape[0] != len(inputs.shape):
        raise ValueError(
            "First dim of `coordinates` must be the same as the rank of `inputs`. "
            f"Received inputs with shape: {inputs.shape} and coordinate leading dim of {coordinates.shape[0]}"
        )
    if len(coordinates.shape) < 2:
        raise ValueError(
            f"Invalid coordinates rank: expected at least rank 2. Received input with shape: {coordinates.shape}"
        )
    modes = {"constant", "nearest", "wrap", "mirror", "reflect"}
    if fill_mode not in modes:
        raise ValueError(
            f"Invalid value for argument `fill_mode`. Expected one of {modes}. Received: fill_mode={fill_mode}"
        )
    if order not in (0, 1):
        raise NotImplementedError("map_coordinates currently requires order<=1")
    return _sampled(inputs, coordinates, to_tensor(fill_value, dtype_name(inputs)), int(order), fill_mode)


# --- blur ---------------------------------------------------------------------------------------------------------
@op("images; sigma")
def _blurred(images: Any, sigma: Any, size: Any) -> Any:
    lines = []
    for length, width in zip(size, (sigma[0], sigma[1]), strict=True):
        x = jnp.arange(length, dtype=images.dtype) - jnp.asarray((length - 1) / 2, images.dtype)
        line = jnp.exp(-0.5 * (x / width.astype(images.dtype)) ** 2)
        lines.append(line / jnp.sum(line))
    kernel = jnp.outer(lines[1], lines[0]).reshape(size[0], size[1], 1, 1)
    return depthwise(images, jnp.tile(kernel, (1, 1, images.shape[-1], 1)), (1, 1), "SAME", (1, 1))


@composed
def gaussian_blur(images, kernel_size=(3, 3), sigma=(1.0, 1.0), data_format=None):
    """Images blurred by a Gaussian window.

    Args:
      images: tensor of floats ``[height, width, channels]``, a batch of such, or channels first.
      kernel_size: pair of ints, the window's size.
      sigma: pair of floats, its standard deviations in pixels.
      data_format: "channels_last" or "channels_first".

    Returns:
      Tensor like ``images``.

    Raises:
      ValueError: another rank.

    >>> import kerax as tf
    >>> tf.keras.ops.image.gaussian_blur(tf.ones((3, 3, 1)))[1, 1].numpy().round(3)
    array([1.], dtype=float32)
    """
    images = to_tensor(images)
    _check(images, "nearest")
    last, back = with_channels_last(images, standardize_data_format(data_format))
    size, sigma = tuple(int(side) for side in kernel_size), to_tensor(sigma, dtype_name(last))
    single = len(last.shape) == 3
    found = _blurred(tf.expand_dims(last, 0) if single else last, sigma, size)
    return back(tf.squeeze(found, [0]) if single else found)


@op("images; rows; columns; fill_value")
def _distorted(images: Any, rows: Any, columns: Any, fill_value: Any, order: Any, mode: Any) -> Any:
    def one(image: Any, row: Any, column: Any) -> Any:
        sample = functools.partial(_sampled.pure, order=order, mode=mode)
        return jax.vmap(lambda c: sample(c, jnp.stack([row, column]), fill_value), in_axes=-1, out_axes=-1)(image)

    return jax.vmap(one)(images, rows, columns)


@composed
def elastic_transform(
    images,
    alpha=20.0,
    sigma=5.0,
    interpolation="bilinear",
    fill_mode="reflect",
    fill_value=0.0,
    seed=None,
    data_format=None,
):
    """Images distorted by random, smooth displacements.

    Args:
      images: tensor of floats ``[height, width, channels]``, a batch of such, or channels first.
      alpha: float, the displacements' strength.
      sigma: float, their smoothness in pixels.
      interpolation: "bilinear" or "nearest".
      fill_mode: "constant", "nearest", "wrap" or "reflect": what is beyond the rim.
      fill_value: float, for "constant".
      seed: int, ``SeedGenerator``, or None.
      data_format: "channels_last" or "channels_first".

    Returns:
      Tensor like ``images``.

    Raises:
      ValueError: a wrong argument.

    >>> import kerax as tf
    >>> tf.keras.ops.image.elastic_transform(tf.ones((4, 4, 1)), seed=0).shape
    TensorShape([4, 4, 1])
    """
    from kerax.keras.random import draw_seed
    from kerax.random.stateless import stateless_normal

    data_format = standardize_data_format(data_format)
    images = to_tensor(images)
    _check(images, interpolation, fill_mode)
    name = dtype_name(images)
    last, back = with_channels_last(images, data_format)
    single = len(last.shape) == 3
    last = tf.expand_dims(last, 0) if single else last
    batch, height, width, _ = last.shape
    seed = draw_seed(seed)
    sigma = to_tensor(sigma, name)
    known = constant_value(sigma)  # while tracing, the window has room for the smoothness of a layer's strongest draw
    side = 6 * int(0.05 * min(height, width) if known is None else known) | 1

    def displacement() -> Any:
        noise = math.multiply(stateless_normal((batch, height, width, 1), seed, dtype=name), sigma)
        return tf.squeeze(_blurred(noise, tf.stack([sigma, sigma]), (side, side)), [-1])

    x, y = tf.meshgrid(tf.range(width, dtype=name), tf.range(height, dtype=name), indexing="xy")
    strength = to_tensor(alpha, name)
    columns = math.add(x, math.multiply(strength, displacement()))
    rows = math.add(y, math.multiply(strength, displacement()))
    found = _distorted(last, rows, columns, to_tensor(fill_value, name), int(interpolation == "bilinear"), fill_mode)
    return back(tf.squeeze(found, [0]) if single else found)
