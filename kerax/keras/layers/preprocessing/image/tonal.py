"""Image layers that change the distribution of values: solarization, contrast stretching, equalization."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from kerax.core.op import op
from kerax.keras import ops
from kerax.keras.engine.convert import to_tensor
from kerax.keras.layers.preprocessing.image.base import ColourLayer, sorted_range


class Solarization(ColourLayer):
    """Images with values above a threshold inverted, after something was added.

    Args:
      addition_factor: float or pair of float from 0 to 1, what is added, in parts of 255.
      threshold_factor: likewise, the threshold; 0 inverts all.
      value_range: pair, the values' least and greatest.
      seed: int.

    >>> import kerax as tf
    >>> tf.keras.layers.Solarization()(tf.constant([[[[10.]]]]), training=True).numpy()
    array([[[[245.]]]], dtype=float32)
    """

    _names = ("value_range", "addition_factor", "threshold_factor", "seed")

    def __init__(
        self,
        addition_factor: Any = 0.0,
        threshold_factor: Any = 0.0,
        value_range: Any = (0, 255),
        seed: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self._make_generator(seed)
        self.addition_factor = self._bounds_of(addition_factor, "addition_factor")
        self.threshold_factor = self._bounds_of(threshold_factor, "threshold_factor")
        self.value_range = sorted_range(value_range)

    def _bounds_of(self, factor: Any, name: str) -> Any:
        pair = tuple(factor) if isinstance(factor, (tuple, list)) else (0, factor)
        if len(pair) != 2 or not all(isinstance(value, (int, float)) and 0 <= value <= 1.0 for value in pair):
            raise ValueError(
                f"The `{name}` argument should be a number (or a list of two numbers) in the range [0, 1]. "
                f"Received: {name}={factor}"
            )
        return tuple(sorted(pair))

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        if not training:
            return None
        shape = (self._batch(data), 1, 1, 1) if len(self._shape(data)) == 4 else (1, 1, 1)
        low, high = self.addition_factor
        additions = self._uniform(shape, low, high * 255, seed, self.compute_dtype)
        low, high = self.threshold_factor
        thresholds = self._uniform(shape, low, high * 255, seed, self.compute_dtype)
        return {"additions": additions, "thresholds": thresholds}

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        images = to_tensor(images, self.compute_dtype)
        if not training or transformation is None:
            return images
        images = self._in_range(images, self.value_range, (0, 255))
        found = ops.clip(images + transformation["additions"], 0, 255)
        found = ops.where(found < transformation["thresholds"], found, 255 - found)
        return self._in_range(found, (0, 255), self.value_range)


class AutoContrast(ColourLayer):
    """Images stretched to the whole value range, each channel by itself.

    Args:
      value_range: pair, the values' least and greatest.

    >>> import kerax as tf
    >>> tf.keras.layers.AutoContrast()(tf.constant([[[[10.], [20.]]]])).numpy().ravel()
    array([  0., 255.], dtype=float32)
    """

    _names = ("value_range",)

    def __init__(self, value_range: Any = (0, 255), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.value_range = sorted_range(value_range)

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        original = images = to_tensor(images, self.compute_dtype)
        images = self._in_range(images, self.value_range, (0, 255))
        low, high = ops.min(images, axis=(1, 2), keepdims=True), ops.max(images, axis=(1, 2), keepdims=True)
        scale = 255.0 / (high - low)
        found = self._in_range(ops.clip(images * scale - low * scale, 0.0, 255.0), (0, 255), self.value_range)
        return ops.where(ops.isnan(found), original, found)


@op("channel")
def _equalized(channel, bins):
    values = channel.astype(jnp.float32)
    places = jnp.clip((values * (bins - 1) / 255.0).astype(jnp.int32), 0, bins - 1)
    counts = jnp.zeros(bins, jnp.int32).at[places.ravel()].add(1)
    cumulated = jnp.cumsum(counts)
    least = cumulated[jnp.argmax(cumulated > 0)]
    spread = cumulated[-1] - least
    spread, above = jnp.where(spread == 0, 1, spread), cumulated - least
    if channel.size * 255 < 2**31:  # exact, with halves to the even number
        whole, rest = above * 255 // spread, above * 255 % spread
        table = whole + ((2 * rest > spread) | ((2 * rest == spread) & (whole % 2 == 1)))
    else:
        table = jnp.round(above.astype(jnp.float32) * 255 / spread)
    table = jnp.clip(table, 0, 255).astype(channel.dtype)
    where = jnp.clip(values / 255.0 * (bins - 1), 0, bins - 1).astype(jnp.int32)
    return jnp.where(jnp.count_nonzero(counts) <= 1, channel, table[where])


class Equalization(ColourLayer):
    """Images with evenly distributed values, each channel by itself, over the whole batch.

    Args:
      value_range: pair, the values' least and greatest.
      bins: int, the number of levels.
      data_format: "channels_last" or "channels_first".

    >>> import kerax as tf
    >>> tf.keras.layers.Equalization()(tf.constant([[[[10.], [20.]]]]), training=True).numpy().ravel()
    array([  0., 255.], dtype=float32)
    """

    _names = ("bins", "value_range")

    def __init__(
        self, value_range: Any = (0, 255), bins: int = 256, data_format: str | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data_format=data_format, **kwargs)
        self.bins = bins
        self.value_range = sorted_range(value_range)

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        images = to_tensor(images, self.compute_dtype)
        if not training:
            return images
        axis = len(images.shape) + self.channel_axis
        scaled = ops.unstack(self._in_range(images, self.value_range, (0, 255)), axis=axis)
        found = ops.stack([_equalized(channel, self.bins) for channel in scaled], axis=axis)
        return to_tensor(self._in_range(found, (0, 255), self.value_range), self.compute_dtype)


@op("images")
def _tile_equalized(images, clip_limit, grid):
    """CLAHE of float32 images ``[batch, height, width, channels]`` with values up to 255."""
    batch, height, width, channels = images.shape
    rows, columns = grid
    tile_h, tile_w = -(-height // rows), -(-width // columns)
    margins = [(0, 0), (0, tile_h * rows - height), (0, tile_w * columns - width), (0, 0)]
    padded = jnp.pad(images, margins, mode="symmetric")
    pixels = jnp.clip(padded, 0, 255).astype(jnp.int32)
    tiles = pixels.reshape(batch, rows, tile_h, columns, tile_w, channels).transpose(0, 1, 3, 5, 2, 4)
    flat = tiles.reshape(-1, tile_h * tile_w)
    counts = jax.vmap(lambda v: jnp.zeros(256, jnp.float32).at[v].add(1))(flat)
    if clip_limit > 0:
        clipped = jnp.clip(counts, 0, clip_limit * (tile_h * tile_w) / 256.0)
        counts = clipped + jnp.sum(counts - clipped, axis=-1, keepdims=True) / 256.0
    cumulated = jnp.cumsum(counts, axis=-1)
    least = jnp.min(cumulated, axis=-1, keepdims=True)
    spread = tile_h * tile_w - least
    table = jnp.clip((cumulated - least) * 255.0 / jnp.where(spread == 0, 1, spread), 0, 255)
    table = jnp.pad(
        table.reshape(batch, rows, columns, channels, 256), [(0, 0), (1, 1), (1, 1), (0, 0), (0, 0)], "edge"
    )

    def places(count: int, size: int) -> Any:
        where = (jnp.arange(count * size, dtype=jnp.float32) - size / 2.0) / size + 1.0
        before = jnp.floor(where)
        low, high = jnp.clip(before, 0, count + 1), jnp.clip(before + 1, 0, count + 1)
        return low.astype(jnp.int32), high.astype(jnp.int32), where - before

    y0, y1, wy = places(rows, tile_h)
    x0, x1, wx = places(columns, tile_w)
    image, channel = jnp.arange(batch)[:, None, None, None], jnp.arange(channels)[None, None, None, :]

    def value(y: Any, x: Any) -> Any:
        return table[image, y[None, :, None, None], x[None, None, :, None], channel, pixels]

    wy, wx = wy[None, :, None, None], wx[None, None, :, None]
    top = value(y0, x0) * (1 - wx) + value(y0, x1) * wx
    bottom = value(y1, x0) * (1 - wx) + value(y1, x1) * wx
    return (top * (1 - wy) + bottom * wy)[:, :height, :width, :]


class ContrastLimitedAdaptiveHistogramEqualization(ColourLayer):
    """Images equalized tile by tile, with a limit on contrast, and smooth between the tiles (CLAHE).

    Args:
      value_range: pair, the values' least and greatest.
      clip_limit: float, how often a level may be as frequent as on average; 0 for any.
      tile_grid_size: pair of int, tiles down and across.
      data_format: "channels_last" or "channels_first".

    Source: Zuiderveld 1994, "Contrast Limited Adaptive Histogram Equalization".

    >>> import kerax as tf
    >>> layer = tf.keras.layers.ContrastLimitedAdaptiveHistogramEqualization(tile_grid_size=(2, 2))
    >>> layer(tf.zeros((1, 4, 4, 3))).shape
    TensorShape([1, 4, 4, 3])
    """

    _names = ("value_range", "clip_limit", "tile_grid_size")

    def __init__(
        self,
        value_range: Any = (0, 255),
        clip_limit: float = 4.0,
        tile_grid_size: Any = (8, 8),
        data_format: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data_format=data_format, **kwargs)
        self.value_range, self.clip_limit, self.tile_grid_size = value_range, clip_limit, tuple(tile_grid_size)

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        images = to_tensor(images)
        first = self.data_format == "channels_first"
        last = ops.transpose(images, (0, 2, 3, 1)) if first else images
        scaled = self._in_range(to_tensor(last, "float32"), self.value_range, (0, 255))
        found = _tile_equalized(scaled, float(self.clip_limit), self.tile_grid_size)
        found = to_tensor(self._in_range(found, (0, 255), self.value_range), images.dtype)
        return ops.transpose(found, (0, 3, 1, 2)) if first else found
