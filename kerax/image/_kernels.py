"""Which pixels make a pixel of a resized image, and with which weights: one axis at a time."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable

import numpy as np

F = np.float32


def _lanczos(radius: float) -> Callable[[np.ndarray], np.ndarray]:
    def kernel(x: np.ndarray) -> np.ndarray:
        x = np.abs(x)
        safe = np.where(x <= 1e-3, 1, x).astype(F)
        pi = F(math.pi)
        value = F(radius) * np.sin(pi * safe) * np.sin(pi * safe / F(radius)) / (pi * pi * safe * safe)
        return np.where(x > radius, F(0), np.where(x <= 1e-3, F(1), value))

    return kernel


def _gaussian(x: np.ndarray) -> np.ndarray:
    x = np.abs(x)
    sigma = F(0.5)
    return np.where(x >= 1.5, F(0), np.exp(-x * x / (2 * sigma * sigma)))


def _triangle(x: np.ndarray) -> np.ndarray:
    return np.maximum(F(0), 1 - np.abs(x))


def _keys(x: np.ndarray) -> np.ndarray:
    x = np.abs(x)
    outer = ((F(-0.5) * x + F(2.5)) * x - 4) * x + 2
    return np.where(x >= 2, F(0), np.where(x >= 1, outer, ((F(1.5) * x - F(2.5)) * x) * x + 1))


def _mitchell(x: np.ndarray) -> np.ndarray:
    x = np.abs(x)
    outer = (((F(-7 / 18)) * x + 2) * x - F(10 / 3)) * x + F(16 / 9)
    return np.where(x >= 2, F(0), np.where(x >= 1, outer, ((F(7 / 6) * x - 2) * x) * x + F(8 / 9)))


_KERNELS = {
    "lanczos3": (_lanczos(3.0), 3.0),
    "lanczos5": (_lanczos(5.0), 5.0),
    "gaussian": (_gaussian, 1.5),
    "triangle": (_triangle, 1.0),
    "keyscubic": (_keys, 2.0),
    "mitchellcubic": (_mitchell, 2.0),
}


def _scaled(kernel: str, size: int, new: int, antialias: bool) -> tuple[np.ndarray, np.ndarray]:
    """A kernel placed at each new pixel's centre, wider where it has to blur."""
    function, radius = _KERNELS[kernel]
    inverse = F(1) / (F(new) / F(size))
    width = max(inverse, F(1)) if antialias else F(1)
    span = min(2 * math.ceil(radius * width) + 1, size)
    center = (np.arange(new, dtype=F) + F(0.5)) * inverse
    first = np.clip(np.ceil(center - F(radius) * width - F(0.5)), 0, size - 1).astype(np.int64)
    last = np.clip(np.floor(center + F(radius) * width - F(0.5)), 0, size - 1).astype(np.int64)
    taps = first[:, None] + np.arange(span)
    weights = function((taps.astype(F) + F(0.5) - center[:, None]) * (F(1) / width)).astype(F)
    weights = np.where((taps <= last[:, None]) & (center[:, None] <= size), weights, F(0))
    total = weights.sum(axis=1, keepdims=True, dtype=F)
    usable = np.abs(total) >= 1000 * np.finfo(F).tiny
    return np.minimum(taps, size - 1), np.where(usable, weights / np.where(usable, total, 1), weights)


def _cubic(size: int, new: int) -> tuple[np.ndarray, np.ndarray]:
    """Keys' cubic kernel in steps of 1/1024, as TensorFlow tabulates it."""
    place = (np.arange(new, dtype=F) + F(0.5)) * (F(size) / F(new)) - F(0.5)
    floor = np.floor(place)
    step = np.rint((place - floor) * 1024)
    distance = np.stack([1024 + step, step, 1024 - step, 2048 - step], axis=1) / 1024
    near = ((1.5 * distance - 2.5) * distance) * distance + 1
    far = ((-0.5 * distance + 2.5) * distance - 4) * distance + 2
    weights = np.where(distance <= 1, near, far).astype(F)
    taps = floor.astype(np.int64)[:, None] + np.arange(-1, 3)
    weights = np.where((taps >= 0) & (taps < size), weights, F(0))
    total = weights.sum(axis=1, keepdims=True, dtype=F)
    usable = np.abs(total) >= 1000 * np.finfo(F).tiny
    return np.clip(taps, 0, size - 1), np.where(usable, weights / np.where(usable, total, 1), weights)


def _linear(size: int, new: int) -> tuple[np.ndarray, np.ndarray]:
    place = (np.arange(new, dtype=F) + F(0.5)) * (F(size) / F(new)) - F(0.5)
    floor = np.floor(place)
    part = (place - floor).astype(F)
    taps = np.stack([np.maximum(floor, 0), np.minimum(np.ceil(place), size - 1)], axis=1).astype(np.int64)
    return taps, np.stack([1 - part, part], axis=1)


def _area(size: int, new: int) -> tuple[np.ndarray, np.ndarray]:
    """The share that each old pixel has in a new one."""
    scale = F(size) / F(new)
    begin = np.arange(new, dtype=F) * scale
    end = (np.arange(new, dtype=F) + 1) * scale
    first = np.floor(begin).astype(np.int64)
    span = int((np.ceil(end) - first).max(initial=1))
    taps = first[:, None] + np.arange(span)
    share = np.minimum(taps + 1, end[:, None]) - np.maximum(taps, begin[:, None])
    return np.minimum(taps, size - 1), (np.maximum(share, 0) / scale).astype(F)


@functools.lru_cache(maxsize=256)
def taps(method: str, size: int, new: int, antialias: bool) -> tuple[np.ndarray, np.ndarray]:
    """Indices ``int64[new, taps]`` of old pixels and their weights ``float32[new, taps]``."""
    if method == "bilinear":
        return _scaled("triangle", size, new, True) if antialias else _linear(size, new)
    if method == "bicubic":
        return _scaled("keyscubic", size, new, True) if antialias else _cubic(size, new)
    if method == "area":
        return _area(size, new)
    return _scaled(method, size, new, antialias)


def nearest(size: int, new: int) -> np.ndarray:
    """The index of the old pixel of each new one."""
    place = np.floor((np.arange(new, dtype=F) + F(0.5)) * (F(size) / F(new)))
    return np.clip(place.astype(np.int64), 0, size - 1)
