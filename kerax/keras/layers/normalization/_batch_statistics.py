"""The arithmetic of batch normalization, as pure functions."""

from __future__ import annotations

import math
from typing import Any

import jax.numpy as jnp
from jax import lax

from kerax.core.op import op
from kerax.keras.layers.normalization._affine import normalized, wide
from kerax.nn.moments import _moments, _weighted_moments


def _shaped(value: Any, axes: tuple[int, ...], x: Any) -> Any:
    """A weight as it broadcasts over ``x``: along one axis, or of full rank already."""
    if value is None:
        return None
    value = value.astype(x.dtype)
    if value.ndim == x.ndim:
        return value
    shape = [1] * x.ndim
    shape[axes[0]] = value.shape[0]
    return value.reshape(shape)


@op("inputs; mean, variance; gamma, beta")
def infer(inputs, mean, variance, gamma=None, beta=None, axes=(), epsilon=1e-3, dtype=None):
    """Normalization with given statistics."""
    x = wide(inputs)
    mean, variance, gamma, beta = (_shaped(w, axes, x) for w in (mean, variance, gamma, beta))
    return normalized(x, mean, variance, beta, gamma, epsilon).astype(dtype)


def _masked_moments(x: Any, mask: Any, axes: tuple[int, ...], epsilon: float) -> tuple[Any, Any]:
    """Keras 3's: sums divided by the number of elements plus a small number."""
    kept = jnp.broadcast_to(mask[..., None].astype(bool), x.shape)
    count = jnp.sum(kept.astype(x.dtype), axis=axes, keepdims=True) + jnp.asarray(epsilon, x.dtype)
    zero = jnp.zeros((), x.dtype)
    mean = jnp.sum(jnp.where(kept, x, zero), axis=axes, keepdims=True) / count
    distance = jnp.where(kept, x - mean, zero)
    return mean, jnp.sum(jnp.square(distance), axis=axes, keepdims=True) / count


@op("inputs; mask")
def batch_moments(inputs, mask=None, reduced=(), masked_epsilon=None):
    """Mean and variance over the reduced axes, which stay with size 1.

    ``masked_epsilon``: what Keras 3 adds to the count of unmasked elements; None for Keras 2's plain count.
    """
    x = wide(inputs)
    if mask is None:
        return _moments.pure(x, reduced, True)
    if masked_epsilon is not None:
        return _masked_moments(x, mask, reduced, masked_epsilon)
    return _weighted_moments.pure(x, mask[..., None].astype(x.dtype), reduced, True)


@op("inputs; mean, variance; gamma, beta")
def apply(inputs, mean, variance, gamma=None, beta=None, axes=(), epsilon=1e-3, dtype=None):
    """Normalization with statistics of the batch."""
    x = wide(inputs)
    gamma, beta = (_shaped(w, axes, x) for w in (gamma, beta))
    return normalized(x, mean.astype(x.dtype), variance.astype(x.dtype), beta, gamma, epsilon).astype(dtype)


@op("inputs; moving_mean, moving_variance; gamma, beta; mask")
def train(
    inputs, moving_mean, moving_variance, gamma=None, beta=None, mask=None, axes=(), reduced=(), epsilon=1e-3,
    momentum=0.99, bessel=False, masked_epsilon=None, dtype=None,
):  # fmt: skip
    """Normalization with the batch's own statistics, and the moving statistics after it.

    ``bessel``: whether the moving variance takes in the unbiased variance, as TensorFlow's fused kernel has it.
    """
    x = wide(inputs)
    mean, variance = batch_moments.pure(x, mask, reduced, masked_epsilon)
    shaped = [_shaped(w, axes, x) for w in (gamma, beta)]
    out = normalized(x, mean, variance, shaped[1], shaped[0], epsilon).astype(dtype)
    if bessel:
        count = math.prod(inputs.shape[axis] for axis in reduced)
        variance = variance * (count / max(count - 1, 1))
    return (
        out,
        moved.pure(moving_mean, mean.reshape(moving_mean.shape), momentum),
        moved.pure(moving_variance, variance.reshape(moving_variance.shape), momentum),
    )


@op("old; value")
def moved(old, value, momentum):
    """A moving average one step on."""
    value = lax.stop_gradient(value).astype(old.dtype)
    return old * jnp.asarray(momentum, old.dtype) + value * jnp.asarray(1.0 - momentum, old.dtype)


@op("mean, variance; renorm_mean, renorm_stddev; gamma, beta")
def corrected(
    mean, variance, renorm_mean, renorm_stddev, gamma=None, beta=None, epsilon=1e-3, rmin=None, rmax=None, dmax=None
):
    """Scale and offset of batch renormalization, and the batch's standard deviation.

    Source: https://arxiv.org/abs/1702.03275
    """
    stddev = jnp.sqrt(variance + jnp.asarray(epsilon, variance.dtype))
    shape = mean.shape
    floor = jnp.sqrt(jnp.asarray(epsilon, mean.dtype))
    old_stddev = jnp.maximum(renorm_stddev.astype(mean.dtype).reshape(shape), floor)
    r = stddev / old_stddev
    d = (mean - renorm_mean.astype(mean.dtype).reshape(shape)) / old_stddev
    if rmin is not None:
        r = jnp.maximum(r, jnp.asarray(rmin, r.dtype))
    if rmax is not None:
        r = jnp.minimum(r, jnp.asarray(rmax, r.dtype))
    if dmax is not None:
        d = jnp.clip(d, -jnp.asarray(dmax, d.dtype), jnp.asarray(dmax, d.dtype))
    r, d = lax.stop_gradient(r), lax.stop_gradient(d)
    scale, offset = r, d
    if gamma is not None:
        gamma = gamma.astype(r.dtype).reshape(shape)
        scale, offset = r * gamma, d * gamma
    if beta is not None:
        offset = offset + beta.astype(r.dtype).reshape(shape)
    return scale, offset, lax.stop_gradient(stddev)


@op("stddev")
def variance_of(stddev, epsilon):
    """``max(stddev**2 - epsilon, 0)``."""
    return jnp.maximum(jnp.square(stddev) - jnp.asarray(epsilon, stddev.dtype), jnp.zeros((), stddev.dtype))


@op("inputs; mask")
def sums(inputs, mask=None, reduced=()):
    """The sum, the sum of squares and the number of the unmasked elements."""
    x = wide(inputs)
    weights = jnp.ones_like(x) if mask is None else jnp.broadcast_to(mask[..., None].astype(x.dtype), x.shape)
    x = x * weights
    return tuple(jnp.sum(value, axis=reduced, keepdims=True) for value in (x, jnp.square(x), weights))


@op("total, squares, count")
def of_sums(total, squares, count):
    """Mean and variance of sums over all replicas."""
    safe = jnp.where(count == 0, jnp.ones_like(count), count)
    mean = total / safe
    return mean, jnp.maximum(squares / safe - jnp.square(mean), jnp.zeros((), mean.dtype))
