"""Distributions sampled by rejection, with TensorFlow's algorithms and order of draws.

Every output has 256 blocks of the stream to itself, 42 where geometric steps are counted. A lane of the vectorised
loops below is one output; it holds how many blocks it has used and the numbers that are left of the last block. All
computing is in float64.
"""

from __future__ import annotations

import math
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jax.scipy import special

from kerax.random import philox

_RESERVED = 256
_RESERVED_FOR_STEPS = 42


class _Lanes:
    """Uniform (or normal) numbers for many outputs at once; pure: drawing returns a new state."""

    def __init__(self, state: Any, count: int, reserved: int = _RESERVED) -> None:
        self.state = state
        self.start = jnp.arange(count, dtype=jnp.uint64) * np.uint64(reserved)

    def empty(self) -> tuple[Any, Any, Any]:
        """(numbers left, the last pair, blocks used) before the first draw."""
        count = self.start.shape[0]
        return jnp.zeros(count, jnp.int32), jnp.zeros((count, 2), jnp.float64)

    def block(self, used: Any) -> Any:
        low, high = philox.skip(self.state, self.start + used.astype(jnp.uint64))
        return philox.unit_float64(jnp.stack(philox.hash_blocks(low, high, self.state[2]), axis=-1))

    def draw(self, wanted: Any, left: Any, pair: Any, used: Any, normal: bool = False) -> tuple[Any, ...]:
        """One number for each wanted lane: (number, left, pair, used). The second of a pair comes first."""
        fresh = self.block(used)
        if normal:
            fresh = philox.box_muller(fresh)
        refill = wanted & (left == 0)
        pair = jnp.where(refill[:, None], fresh, pair)
        used = used + refill
        left = jnp.where(wanted, jnp.where(refill, 1, left - 1), left)
        return jnp.where(left == 1, pair[:, 1], pair[:, 0]), left, pair, used


def _gamma_values(state: Any, alpha: Any) -> Any:
    """Gamma numbers for flat alpha (float64), Marsaglia and Tsang's method."""
    lanes = _Lanes(state, alpha.shape[0])
    small = alpha < 1
    d = alpha + jnp.where(small, 2.0 / 3, -1.0 / 3)
    c = 1.0 / 3 / jnp.sqrt(d)

    def more(carry: Any) -> Any:
        return jnp.any(~carry[0])

    def attempt(carry: Any) -> Any:
        done, result, normals, uniforms, used = carry
        x, *normals, used = lanes.draw(~done, *normals, used, normal=True)
        v = 1 + c * x
        trying = ~done & (v > 0)
        v = v * v * v
        u, *uniforms, used = lanes.draw(trying, *uniforms, used)
        accepted = (u < 1 - 0.0331 * (x * x) * (x * x)) | (
            jnp.log(u) < 0.5 * x * x + d * (1 - v + jnp.log(jnp.where(v > 0, v, 1)))
        )
        accepted = accepted & trying
        b, *uniforms, used = lanes.draw(accepted & small, *uniforms, used)
        value = d * v * jnp.where(small, jnp.power(b, 1 / alpha), 1)
        return done | accepted, jnp.where(accepted, value, result), tuple(normals), tuple(uniforms), used

    exponential = alpha == 1
    first = -jnp.log(1.0 - lanes.block(jnp.zeros(alpha.shape, jnp.uint64))[:, 1])
    used = jnp.zeros(alpha.shape, jnp.int32)
    invalid = jnp.isnan(alpha) | (alpha <= 0)
    start = (exponential | invalid, jnp.where(invalid, jnp.nan, first), lanes.empty(), lanes.empty(), used)
    return lax.while_loop(more, attempt, start)[1]


@jax.custom_jvp
def _gamma_sample(state: Any, alpha: Any) -> Any:
    return _gamma_values(state, alpha.astype(jnp.float64)).astype(alpha.dtype)


@_gamma_sample.defjvp
def _gamma_sample_jvp(primals: Any, tangents: Any) -> Any:
    sample = _gamma_sample(*primals)
    wide = jnp.float64 if sample.dtype == jnp.float64 else jnp.float32
    slope = lax.random_gamma_grad(primals[1].astype(wide), sample.astype(wide)).astype(sample.dtype)
    return sample, slope * tangents[1]


def gamma(state: Any, shape: tuple[int, ...], alpha: Any) -> Any:
    """Gamma numbers of shape ``shape + alpha.shape``; the stream runs through all samples of the first alpha first."""
    samples = math.prod(shape)
    flat = jnp.repeat(alpha.reshape(-1), samples, total_repeat_length=samples * alpha.size)
    return _gamma_sample(state, flat).reshape(alpha.size, samples).T.reshape(*shape, *alpha.shape)


def stateless_gamma(state: Any, shape: tuple[int, ...], alpha: Any) -> Any:
    """Gamma numbers of ``shape``, which ends with alpha's shape (or one it broadcasts to)."""
    lead = shape[: len(shape) - alpha.ndim]
    return gamma(state, lead, jnp.broadcast_to(alpha, shape[len(lead) :]))


def _poisson_small(state: Any, rate: Any, done: Any) -> Any:
    """Knuth's method, for rates below 10."""
    lanes = _Lanes(state, rate.shape[0])
    limit = jnp.exp(-rate)

    def attempt(carry: Any) -> Any:
        done, x, product, uniforms, used = carry
        u, *uniforms, used = lanes.draw(~done, *uniforms, used)
        product = jnp.where(done, product, product * u)
        reached = product <= limit
        return done | reached, jnp.where(done | reached, x, x + 1), product, tuple(uniforms), used

    start = (done, jnp.zeros_like(rate), jnp.ones_like(rate), lanes.empty(), jnp.zeros(rate.shape, jnp.int32))
    return lax.while_loop(lambda carry: jnp.any(~carry[0]), attempt, start)[1]


def _poisson_large(state: Any, rate: Any, done: Any, highest: float) -> Any:
    """Hörmann's transformed rejection, for rates from 10 on."""
    lanes = _Lanes(state, rate.shape[0])
    log_rate = jnp.log(rate)
    b = 0.931 + 2.53 * jnp.sqrt(rate)
    a = -0.059 + 0.02483 * b
    inverse_alpha = 1.1239 + 1.1328 / (b - 3.4)

    def attempt(carry: Any) -> Any:
        done, result, uniforms, used = carry
        u, *uniforms, used = lanes.draw(~done, *uniforms, used)
        v, *uniforms, used = lanes.draw(~done, *uniforms, used)
        u = u - 0.5
        shifted = 0.5 - jnp.abs(u)
        k = jnp.floor((2 * a / shifted + b) * u + rate + 0.43)
        quick = (shifted >= 0.07) & (v <= 0.9277 - 3.6224 / (b - 2))
        possible = (k >= 0) & ~((shifted < 0.013) & (v > shifted))
        s = jnp.log(v * inverse_alpha / (a / (shifted * shifted) + b))
        t = -rate + k * log_rate - special.gammaln(k + 1)
        accepted = ~done & (k <= highest) & (quick | (possible & (s <= t)))
        return done | accepted, jnp.where(accepted, k, result), tuple(uniforms), used

    start = (done, jnp.zeros_like(rate), lanes.empty(), jnp.zeros(rate.shape, jnp.int32))
    return lax.while_loop(lambda carry: jnp.any(~carry[0]), attempt, start)[1]


def _highest(dtype: Any) -> float:
    dtype = jnp.dtype(dtype)
    return float(jnp.iinfo(dtype).max if jnp.issubdtype(dtype, jnp.integer) else jnp.finfo(dtype).max)


def poisson(state: Any, shape: tuple[int, ...], rate: Any, dtype: Any) -> Any:
    """Poisson numbers of shape ``shape + rate.shape``."""
    samples = math.prod(shape)
    flat = jnp.repeat(rate.reshape(-1).astype(jnp.float64), samples, total_repeat_length=samples * rate.size)
    small = flat < 10
    few = _poisson_small(state, jnp.where(small, flat, 1.0), ~small)
    many = _poisson_large(state, jnp.where(small, 10.0, flat), small | jnp.isnan(flat), _highest(dtype))
    result = jnp.where(small, few, many).astype(dtype)
    return result.reshape(rate.size, samples).T.reshape(*shape, *rate.shape)


_STIRLING = np.array([
    0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.02079067210376509, 0.0166446911898211,
    0.0138761288230707, 0.0118967099458917, 0.0104112652619720, 0.00925546218271273, 0.00833056343336287,
])  # fmt: skip


def _stirling_tail(k: Any) -> Any:
    square = (k + 1) * (k + 1)
    series = (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / square) / square) / (k + 1)
    return jnp.where(k <= 9, jnp.asarray(_STIRLING)[jnp.clip(k, 0, 9).astype(jnp.int32)], series)


def _binomial_inversion(state: Any, count: Any, prob: Any, done: Any) -> Any:
    """Counts geometric steps, for few expected successes."""
    lanes = _Lanes(state, count.shape[0], _RESERVED_FOR_STEPS)

    def attempt(carry: Any) -> Any:
        done, steps, total, uniforms, used = carry
        u, *uniforms, used = lanes.draw(~done, *uniforms, used)
        total = total + jnp.ceil(jnp.log(u) / jnp.log1p(-prob))
        over = total > count
        return done | over, jnp.where(done | over, steps, steps + 1), total, tuple(uniforms), used

    zeros = jnp.zeros_like(count)
    start = (done, zeros, zeros, lanes.empty(), jnp.zeros(count.shape, jnp.int32))
    return lax.while_loop(lambda carry: jnp.any(~carry[0]), attempt, start)[1]


def _binomial_rejection(state: Any, count: Any, prob: Any, done: Any) -> Any:
    """Hörmann's BTRS."""
    lanes = _Lanes(state, count.shape[0])
    stddev = jnp.sqrt(count * prob * (1 - prob))
    b = 1.15 + 2.53 * stddev
    a = -0.0873 + 0.0248 * b + 0.01 * prob
    c = count * prob + 0.5
    v_r = 0.92 - 4.2 / b
    r = prob / (1 - prob)
    alpha = (2.83 + 5.1 / b) * stddev
    m = jnp.floor((count + 1) * prob)

    def attempt(carry: Any) -> Any:
        done, result, uniforms, used = carry
        u, *uniforms, used = lanes.draw(~done, *uniforms, used)
        v, *uniforms, used = lanes.draw(~done, *uniforms, used)
        u = u - 0.5
        us = 0.5 - jnp.abs(u)
        k = jnp.floor((2 * a / us + b) * u + c)
        quick = (us >= 0.07) & (v <= v_r)
        possible = (k >= 0) & (k <= count)
        v = jnp.log(v * alpha / (a / (us * us) + b))
        bound = (
            (m + 0.5) * jnp.log((m + 1) / (r * (count - m + 1)))
            + (count + 1) * jnp.log((count - m + 1) / (count - k + 1))
            + (k + 0.5) * jnp.log(r * (count - k + 1) / (k + 1))
            + _stirling_tail(m)
            + _stirling_tail(count - m)
            - _stirling_tail(k)
            - _stirling_tail(count - k)
        )
        accepted = ~done & (quick | (possible & (v <= bound)))
        return done | accepted, jnp.where(accepted, k, result), tuple(uniforms), used

    start = (done, jnp.zeros_like(count), lanes.empty(), jnp.zeros(count.shape, jnp.int32))
    return lax.while_loop(lambda carry: jnp.any(~carry[0]), attempt, start)[1]


def binomial(state: Any, shape: tuple[int, ...], counts: Any, probs: Any, dtype: Any) -> Any:
    """Binomial numbers of ``shape``, whose last axes counts and probs broadcast to."""
    inner = jnp.broadcast_shapes(counts.shape, probs.shape)
    lead = shape[: len(shape) - len(inner)]
    samples = math.prod(lead)
    tail = shape[len(lead) :]

    def spread(value: Any) -> Any:
        value = jnp.broadcast_to(value.astype(jnp.float64), tail).reshape(-1)
        return jnp.repeat(value, samples, total_repeat_length=samples * value.size)

    count, prob = jnp.floor(spread(counts)), spread(probs)
    flipped = prob > 0.5
    p = jnp.where(flipped, 1 - prob, prob)
    trivial = (count <= 0) | (p <= 0) | jnp.isnan(p) | jnp.isnan(count)
    large = ~trivial & (count * p >= 10)
    safe = jnp.where(trivial, 0.25, p)
    few = _binomial_inversion(state, jnp.where(trivial, 0.0, count), safe, trivial | large)
    many = _binomial_rejection(state, jnp.where(large, count, 100.0), jnp.where(large, safe, 0.25), ~large)
    result = jnp.where(trivial, 0.0, jnp.where(large, many, few))
    result = jnp.where(flipped, count - result, result)
    if jnp.issubdtype(jnp.dtype(dtype), jnp.floating):
        result = jnp.where(jnp.isnan(prob) | jnp.isnan(count) | (prob < 0) | (prob > 1), jnp.nan, result)
    return result.astype(dtype).reshape(math.prod(tail), samples).T.reshape(shape)


def categorical(state: Any, logits: Any, samples: int, dtype: Any) -> Any:
    """Class indices [batch, samples] drawn with the probabilities softmax(logits)."""
    finite = jnp.isfinite(logits)
    top = jnp.max(jnp.where(finite, logits, -jnp.inf), axis=1, keepdims=True).astype(jnp.float64)
    weights = jnp.where(finite, jnp.exp(logits.astype(jnp.float64) - top), 0.0)
    cumulative = jnp.cumsum(weights, axis=1)
    batch = logits.shape[0]
    draws = philox.unit_float64(philox.bits64(state, batch * samples)).reshape(batch, samples)
    wanted = draws * cumulative[:, -1:]
    return jax.vmap(lambda row, keys: jnp.searchsorted(row, keys, side="right"))(cumulative, wanted).astype(dtype)
