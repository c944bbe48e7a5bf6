"""The private ops behind all random functions: from a generator's state to numbers."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.array_ops._known import invalid, known
from kerax.core import dtypes
from kerax.core.context import context
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.random import orders, philox, rejection

_LARGE = 1 << 20  # numbers


def _of_few_sizes(draw: Callable[..., Any]) -> Callable[..., Any]:
    """A draw that compiles for few sizes: eagerly, an array of another shape is the beginning of a longer stream."""

    @functools.wraps(draw)
    def drawn(state: Any, low: Any, high: Any, shape: Any, *dtype: Any) -> Any:
        scalars = np.ndim(low) == np.ndim(high) == 0
        if context.trace is not None or context.recorders or not scalars:
            return draw(state, low, high, shape, *dtype)
        count = math.prod(shape)
        size = -(-count // _LARGE) * _LARGE if count > _LARGE else 1 << max(count - 1, 63).bit_length()
        numbers = draw(state, low, high, (size,), *dtype)
        values = known(numbers)
        if values is None:  # on an accelerator, from which reading is slow
            return draw(state, low, high, shape, *dtype)
        return convert_to_tensor(values[:count].reshape(shape))

    return drawn


@_of_few_sizes
@op("state; mean, stddev")
def normal(state, mean, stddev, shape, dtype):
    return philox.normal(state, shape, dtypes.as_dtype(dtype).dtype) * stddev + mean


@_of_few_sizes
@op("state; mean, stddev")
def truncated_normal(state, mean, stddev, shape, dtype):
    return philox.truncated_normal(state, shape, dtypes.as_dtype(dtype).dtype) * stddev + mean


@_of_few_sizes
@op("state; minval, maxval")
def uniform(state, minval, maxval, shape, dtype):
    return philox.uniform(state, shape, dtypes.as_dtype(dtype).dtype) * (maxval - minval) + minval


@op("state", differentiable=False)
def unit_uniform(state, shape, dtype):
    return philox.uniform(state, shape, dtypes.as_dtype(dtype).dtype)


@_of_few_sizes
@op("state; minval, maxval", differentiable=False)
def uniform_int(state, minval, maxval, shape):
    return philox.uniform_int(state, shape, minval, maxval)


@op("state", differentiable=False)
def full_int(state, shape, dtype):
    return philox.full_int(state, shape, dtypes.as_dtype(dtype).dtype)


@op("state; alpha, beta")
def gamma(state, alpha, beta, shape, suffix):
    """``suffix``: whether ``shape`` ends with the parameters' shape, as the stateless op has it."""
    alpha = jnp.broadcast_to(alpha, jnp.broadcast_shapes(alpha.shape, beta.shape))
    drawn = (rejection.stateless_gamma if suffix else rejection.gamma)(state, shape, alpha)
    return jnp.maximum(jnp.finfo(alpha.dtype).tiny, drawn / beta)


@op("state; rate", differentiable=False)
def poisson(state, rate, shape, dtype, suffix):
    if suffix:
        lead = shape[: len(shape) - rate.ndim]
        rate = jnp.broadcast_to(rate, shape[len(lead) :])
        shape = lead
    return rejection.poisson(state, shape, rate, dtypes.as_dtype(dtype).dtype)


@op("state; counts, probs", differentiable=False)
def binomial(state, counts, probs, shape, dtype):
    return rejection.binomial(state, shape, counts, probs, dtypes.as_dtype(dtype).dtype)


@op("state; logits: float int", differentiable=False)
def categorical(state, logits, num_samples, dtype):
    if logits.ndim != 2:
        raise invalid(f"logits should be a matrix, got shape {list(logits.shape)}")
    if not logits.shape[1]:
        raise invalid("num_classes should be positive, got 0")
    return rejection.categorical(state, logits, int(num_samples), dtypes.as_dtype(dtype).dtype)


@op("state; value", differentiable=False)
def shuffle(state, value):
    if value.ndim == 0 or value.shape[0] <= 1:
        return value
    return jnp.take(value, orders.permutation(philox.bits32(state, value.shape[0])), axis=0)


@op("seed: int", differentiable=False)
def scrambled(seed):
    """The state of a stateless op's seed pair."""
    if seed.shape != (2,):
        raise invalid(f"seed must have shape [2], not {list(seed.shape)}")
    return philox.scramble(seed)
