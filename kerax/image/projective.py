"""The warp behind TensorFlow's ``ImageProjectiveTransform`` and Keras' affine transforms."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from kerax.core.op import op


def _rounded(x: Any) -> Any:
    """The nearest integer, halves away from zero."""
    whole = jnp.trunc(x)
    return jnp.where(jnp.abs(x - whole) >= 0.5, whole + jnp.sign(x), whole)


def _outside(coordinate: Any, size: int, mode: str) -> Any:
    """Coordinates brought into the image, as its rim is to be continued."""
    if mode == "reflect":
        double = 2.0 * size
        low = jnp.where(coordinate < -double, coordinate + double * jnp.trunc(-coordinate / double), coordinate)
        low = jnp.where(low < -size, low + double, -low - 1)
        high = coordinate - double * jnp.trunc(coordinate / double)
        high = jnp.where(high >= size, double - high - 1, high)
        coordinate = jnp.where(coordinate < 0, low, jnp.where(coordinate > size - 1, high, coordinate))
    elif mode == "wrap":
        low = coordinate + size * (jnp.trunc(-coordinate / (size - 1)) + 1)
        high = coordinate - size * jnp.trunc(coordinate / (size - 1))
        moved = jnp.where(coordinate < 0, low, jnp.where(coordinate > size - 1, high, coordinate))
        coordinate = jnp.zeros_like(coordinate) if size <= 1 else moved
    else:
        return jnp.clip(coordinate, 0, size - 1) if mode == "nearest" else coordinate
    return jnp.clip(coordinate, 0, size - 1)


@op("images; transforms; fill_value")
def projected(
    images: Any, transforms: Any, fill_value: Any, interpolation: str, fill_mode: str, size: Any = None
) -> Any:
    """Images of which each pixel is found at another place of the given ones.

    Args:
      images: ``[batch, height, width, channels]``.
      transforms: float ``[batch, 8]`` or ``[1, 8]``, as of ``keras.ops.image.affine_transform``.
      fill_value: scalar, for "constant".
      interpolation: "bilinear" or "nearest".
      fill_mode: "constant", "nearest", "wrap" or "reflect".
      size: (height, width) of the result; None: as the images.
    """
    height, width = images.shape[1:3]
    rows, columns = size or (height, width)
    fill = fill_value.astype(images.dtype)

    def one(image: Any, t: Any) -> Any:
        y, x = jnp.meshgrid(jnp.arange(rows, dtype=jnp.float32), jnp.arange(columns, dtype=jnp.float32), indexing="ij")
        depth = t[6] * x + t[7] * y + 1
        safe = jnp.where(depth == 0, 1, depth)
        column, row = (t[0] * x + t[1] * y + t[2]) / safe, (t[3] * x + t[4] * y + t[5]) / safe
        column, row = _outside(column, width, fill_mode), _outside(row, height, fill_mode)

        def at(r: Any, c: Any) -> Any:
            inside = (r >= 0) & (r < height) & (c >= 0) & (c < width)
            value = image[jnp.clip(r, 0, height - 1).astype(jnp.int32), jnp.clip(c, 0, width - 1).astype(jnp.int32)]
            return jnp.where(inside[..., None], value, fill)

        if interpolation == "nearest":
            found = at(_rounded(row), _rounded(column))
        else:
            top, left = jnp.floor(row), jnp.floor(column)
            down, right = (row - top)[..., None], (column - left)[..., None]
            corners = [at(top + i, left + j).astype(jnp.float32) for i in (0, 1) for j in (0, 1)]
            upper = (1 - right) * corners[0] + right * corners[1]
            lower = (1 - right) * corners[2] + right * corners[3]
            found = ((1 - down) * upper + down * lower).astype(image.dtype)
        return jnp.where((depth == 0)[..., None], fill, found)

    each = jnp.broadcast_to(transforms, (images.shape[0], 8))
    return jax.vmap(one)(images, each)
