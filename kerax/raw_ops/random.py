"""Raw ops that draw random numbers: from a pair of seeds, a key and a counter, or a Variable that holds a state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax import random
from kerax.core import dtypes
from kerax.core.op import op
from kerax.core.random_state import next_key
from kerax.core.tensor import convert_to_tensor
from kerax.random import draws
from kerax.random.arguments import number, size_of, static_shape
from kerax.random.stateless import check_algorithm

_PHILOX = 1


# --- a pair of seeds; two zeros are none ---
def normal(shape: Any, dtype: Any, seed: int, seed2: int) -> Any:
    return random.normal(shape, dtype=dtype, seed=(seed, seed2))


def truncated_normal(shape: Any, dtype: Any, seed: int, seed2: int) -> Any:
    return random.truncated_normal(shape, dtype=dtype, seed=(seed, seed2))


def uniform(shape: Any, dtype: Any, seed: int, seed2: int) -> Any:
    return random.uniform(shape, dtype=dtype, seed=(seed, seed2))


def uniform_int(shape: Any, minval: Any, maxval: Any, seed: int, seed2: int) -> Any:
    low = convert_to_tensor(minval)
    return random.uniform(shape, low, convert_to_tensor(maxval, low.dtype), low.dtype, (seed, seed2))


def gamma(shape: Any, alpha: Any, seed: int, seed2: int) -> Any:
    alpha = convert_to_tensor(alpha)
    return random.gamma(shape, alpha, dtype=alpha.dtype, seed=(seed, seed2))


def poisson(shape: Any, rate: Any, seed: int, seed2: int, dtype: Any) -> Any:
    return random.poisson(shape, rate, dtype, (seed, seed2))


def shuffle(value: Any, seed: int, seed2: int) -> Any:
    return random.shuffle(value, (seed, seed2))


def multinomial(logits: Any, num_samples: Any, seed: int, seed2: int, output_dtype: Any) -> Any:
    return random.categorical(logits, num_samples, output_dtype, (seed, seed2))


def parameterized_truncated_normal(
    shape: Any, means: Any, stdevs: Any, minvals: Any, maxvals: Any, seed: int, seed2: int
) -> Any:
    shape = static_shape(shape)
    key = next_key("ParameterizedTruncatedNormal", (seed, seed2), size_of(shape))
    return random.stateless_parameterized_truncated_normal(shape, _pair(key), means, stdevs, minvals, maxvals)


@op("key", differentiable=False)
def _pair(key):
    """The seed pair of a stateless op that follows from a key."""
    return (key[:2] ^ key[2]).astype(jnp.int64)


def non_deterministic_ints(shape: Any, dtype: Any) -> Any:
    return random.Generator.from_non_deterministic_state().uniform_full_int(shape, dtype)


# --- seeds of stateless ops, and the keys and counters that they stand for ---
def key_counter(seed: Any) -> tuple[Any, Any]:
    return _split(draws.scrambled(seed))


@op("state", differentiable=False)
def _split(state):
    return state[2:], state[:2]


def key_counter_alg(seed: Any) -> tuple[Any, Any, Any]:
    return (*key_counter(seed), algorithm())


def algorithm() -> Any:
    return convert_to_tensor(_PHILOX)


def stateless_gamma(shape: Any, seed: Any, alpha: Any) -> Any:
    alpha = convert_to_tensor(alpha)
    return random.stateless_gamma(shape, seed, alpha, dtype=alpha.dtype)


def stateless_full_int(shape: Any, seed: Any, dtype: Any) -> Any:
    return draws.full_int(draws.scrambled(seed), static_shape(shape), dtypes.as_dtype(dtype))


def stateless_uniform_int(shape: Any, seed: Any, minval: Any, maxval: Any) -> Any:
    low = convert_to_tensor(minval)
    return random.stateless_uniform(shape, seed, low, convert_to_tensor(maxval, low.dtype), low.dtype)


def _state(key: Any, counter: Any, alg: Any) -> Any:
    check_algorithm(int(convert_to_tensor(alg)))
    return _joined(convert_to_tensor(key, dtypes.uint64), convert_to_tensor(counter, dtypes.uint64))


@op("key; counter", differentiable=False)
def _joined(key, counter):
    return jnp.concatenate([counter[:2], key])


def _real(draw: Callable[..., Any]) -> Callable[..., Any]:
    def drawn(shape: Any, key: Any, counter: Any, alg: Any, dtype: Any) -> Any:
        kind = dtypes.as_dtype(dtype)
        return draw(_state(key, counter, alg), number(0, kind), number(1, kind), static_shape(shape), kind)

    return drawn


normal_v2, truncated_normal_v2, uniform_v2 = _real(draws.normal), _real(draws.truncated_normal), _real(draws.uniform)


def uniform_int_v2(shape: Any, key: Any, counter: Any, alg: Any, minval: Any, maxval: Any) -> Any:
    low = convert_to_tensor(minval)
    high = convert_to_tensor(maxval, low.dtype)
    return draws.uniform_int(_state(key, counter, alg), low, high, static_shape(shape))


def full_int_v2(shape: Any, key: Any, counter: Any, alg: Any, dtype: Any) -> Any:
    return draws.full_int(_state(key, counter, alg), static_shape(shape), dtypes.as_dtype(dtype))


def gamma_v3(shape: Any, key: Any, counter: Any, alg: Any, alpha: Any) -> Any:
    alpha = convert_to_tensor(alpha)
    return draws.gamma(_state(key, counter, alg), alpha, number(1, alpha.dtype), static_shape(shape), True)


def shuffle_v2(value: Any, key: Any, counter: Any, alg: Any) -> Any:
    return draws.shuffle(_state(key, counter, alg), convert_to_tensor(value))


# --- a Variable that holds the state of a generator ---
def _generator(resource: Any, algorithm: Any) -> random.Generator:
    return random.Generator(state=resource, alg=int(convert_to_tensor(algorithm)))


def stateful_normal(resource: Any, algorithm: Any, shape: Any, dtype: Any) -> Any:
    return _generator(resource, algorithm).normal(shape, dtype=dtype)


def stateful_truncated_normal(resource: Any, algorithm: Any, shape: Any, dtype: Any) -> Any:
    return _generator(resource, algorithm).truncated_normal(shape, dtype=dtype)


def stateful_uniform(resource: Any, algorithm: Any, shape: Any, dtype: Any) -> Any:
    return _generator(resource, algorithm).uniform(shape, dtype=dtype)


def stateful_full_int(resource: Any, algorithm: Any, shape: Any, dtype: Any) -> Any:
    return _generator(resource, algorithm).uniform_full_int(shape, dtype)


def stateful_uniform_int(resource: Any, algorithm: Any, shape: Any, minval: Any, maxval: Any) -> Any:
    low = convert_to_tensor(minval, dtype_hint=dtypes.int64)
    return _generator(resource, algorithm).uniform(shape, low, convert_to_tensor(maxval, low.dtype), low.dtype)


def stateful_binomial(resource: Any, algorithm: Any, shape: Any, counts: Any, probs: Any, dtype: Any) -> Any:
    return _generator(resource, algorithm).binomial(shape, counts, probs, dtype)


def read_and_skip(resource: Any, alg: Any, delta: Any) -> Any:
    return _generator(resource, alg).skip(convert_to_tensor(np.asarray(delta), dtypes.uint64))


def skip(resource: Any, algorithm: Any, delta: Any) -> None:
    _generator(resource, algorithm).skip(convert_to_tensor(delta))
