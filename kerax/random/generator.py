"""``tf.random.Generator``: a stream of random numbers whose state is a Variable."""

from __future__ import annotations

import secrets
from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import lax

from kerax.core import dtypes, errors
from kerax.core import state as tracing
from kerax.core.context import context
from kerax.core.module import AutoTrackable
from kerax.core.op import op
from kerax.core.tensor import Tensor, convert_to_tensor
from kerax.core.variable import Variable
from kerax.random import draws, philox
from kerax.random.arguments import check_bounds, number, size_of, static_shape
from kerax.random.stateless import Algorithm, algorithm_id, unsupported

_STATE_SIZES = {1: 3, 2: 2, 3: 3}
_BLOCKS_PER_OUTPUT = 256


def _state_size(alg: int) -> int:
    if alg not in _STATE_SIZES:
        raise ValueError(unsupported(alg))
    return _STATE_SIZES[alg]


def _signed(value: int) -> int:
    return value - 2**64 if value > 2**63 - 1 else value


def _state_tensor(value: Any) -> Tensor:
    """An int64 vector of anything integral; python ints may be unsigned."""
    if isinstance(value, (Tensor, Variable)):
        return _cast_state(value)
    if isinstance(value, (list, tuple)):
        if any(isinstance(item, (Tensor, Variable)) for item in value):
            return _stack_state([convert_to_tensor(item, dtypes.int64) for item in value])
        value = [_signed(int(item)) for item in value]
    elif isinstance(value, int):
        value = _signed(value)
    return convert_to_tensor(np.asarray(value).astype(np.int64))


@op("value: int", differentiable=False)
def _cast_state(value):
    return value.astype(jnp.int64)


@op("values*", differentiable=False)
def _stack_state(values):
    return jnp.stack(values)


@op("key; counter", differentiable=False)
def _join(key, counter):
    return jnp.concatenate([counter, key.reshape(1)])


@op("state; delta", differentiable=False)
def _skipped(state, delta):
    unsigned = lax.bitcast_convert_type(state, jnp.uint64)
    step = delta.astype(jnp.uint64) * np.uint64(_BLOCKS_PER_OUTPUT)
    low = unsigned[0] + step
    if state.shape[0] == 2:
        return lax.bitcast_convert_type(jnp.stack([low, unsigned[1]]), jnp.int64)
    high = unsigned[1] + (low < step).astype(jnp.uint64)
    return lax.bitcast_convert_type(jnp.stack([low, high, unsigned[2]]), jnp.int64)


@op("state; replica", differentiable=False)
def _of_replica(state, replica):
    key, _ = philox.hash_blocks(replica.astype(jnp.uint64), jnp.uint64(0), state[-1])
    return jnp.concatenate([state[:-1], key.reshape(1)])


@op("state", differentiable=False)
def _as_key(state):
    return lax.bitcast_convert_type(state, jnp.uint64)


def create_rng_state(seed: Any, alg: Any) -> Any:
    """The state of a generator with a seed.

    Args:
      seed: int or vector of ints.
      alg: "philox", "threefry", a ``tf.random.Algorithm`` or its number.

    Returns:
      int64 Tensor: [3] for Philox (counter low, counter high, key), [2] for ThreeFry.

    >>> import kerax as tf
    >>> tf.random.create_rng_state(1234, "philox").numpy()
    array([1234,    0,    0])
    """
    size = _state_size(algorithm_id(alg))
    if isinstance(seed, int):
        seed = [(seed >> (64 * place)) & (2**64 - 1) for place in range(size)]
    flat = np.asarray(_state_tensor(seed).numpy()).reshape(-1)[:size]
    return convert_to_tensor(np.concatenate([np.zeros(size - flat.size, np.int64), flat]))


class Generator(AutoTrackable):
    """A random-number generator; every draw moves its state on.

    Args:
      copy_from: a Generator to copy, or
      state: int64 [3], the initial state; a Variable is used as it stands.
      alg: the algorithm of that state.

    >>> import kerax as tf
    >>> g = tf.random.Generator.from_seed(1234)
    >>> g.normal(shape=(2,)).numpy().round(3)
    array([0.936, 1.085], dtype=float32)
    """

    def __init__(self, copy_from: Any = None, state: Any = None, alg: Any = None) -> None:
        if copy_from is not None:
            assert (alg or state) is None
            state, alg = self._variable(copy_from.state.read_value()), copy_from.algorithm
        assert alg is not None and state is not None
        self._alg = algorithm_id(alg)
        if isinstance(state, Variable):
            self._check(state)
            self._state_var = state
        else:
            state = _state_tensor(state)
            self._check(state)
            self._state_var = self._variable(state)
        self._state_var._is_generator_state = True  # rows of a vectorized_map draw from it apart from each other

    @staticmethod
    def _variable(value: Any) -> Variable:
        return Variable(value, dtype=dtypes.int64, trainable=False, name="StateVar")

    def _check(self, state: Any) -> None:
        state.shape.assert_is_compatible_with([_state_size(self._alg)])

    @classmethod
    def from_state(cls, state: Any, alg: Any) -> Generator:
        """A generator with a state (int64 [3]) of an algorithm."""
        return cls(alg=alg, state=state)

    @classmethod
    def from_seed(cls, seed: Any, alg: Any = None) -> Generator:
        """A generator with a seed: an int or a vector of ints."""
        alg = algorithm_id(Algorithm.PHILOX if alg is None else alg)
        return cls(state=create_rng_state(seed, alg), alg=alg)

    @classmethod
    def from_non_deterministic_state(cls, alg: Any = None) -> Generator:
        """A generator that nobody can predict."""
        alg = algorithm_id(Algorithm.PHILOX if alg is None else alg)
        return cls(state=[secrets.randbits(64) for _ in range(_state_size(alg))], alg=alg)

    @classmethod
    def from_key_counter(cls, key: Any, counter: Any, alg: Any) -> Generator:
        """A generator with a key (int64 scalar) and a counter (int64 [2] for Philox)."""
        alg = algorithm_id(alg)
        return cls(state=cls._joined(key, counter, alg), alg=alg)

    @staticmethod
    def _joined(key: Any, counter: Any, alg: int) -> Tensor:
        counter, key = _state_tensor(counter), _state_tensor(key)
        counter.shape.assert_is_compatible_with([_state_size(alg) - 1])
        key.shape.assert_is_compatible_with([])
        return _join(key, counter)

    def reset(self, state: Any) -> None:
        """Sets the state."""
        state = _state_tensor(state)
        self._check(state)
        self._state_var.assign(state)

    def reset_from_seed(self, seed: Any) -> None:
        """Starts again from a seed."""
        self._state_var.assign(create_rng_state(seed, self._alg))

    def reset_from_key_counter(self, key: Any, counter: Any) -> None:
        """Sets key and counter."""
        self._state_var.assign(self._joined(key, counter, self._alg))

    @property
    def state(self) -> Variable:
        """The Variable that holds the state."""
        return self._state_var

    @property
    def algorithm(self) -> int:
        """The algorithm's number."""
        return self._alg

    @property
    def key(self) -> Any:
        """The key part of the state, an int64 scalar."""
        return self._state_var[-1]

    def skip(self, delta: Any) -> Any:
        """Moves on as if ``delta`` numbers had been drawn.

        Args:
          delta: int, how many numbers.

        Returns:
          int64 Tensor, the state before.
        """
        with tracing.no_recording():
            before = self._state_var.read_value()
            step = np.uint64(delta) if isinstance(delta, int) else _cast_state(delta)
            self._state_var.assign(_skipped(before, step))
        return before

    def _next(self, shape: tuple[int, ...]) -> Any:
        if algorithm_id(self._alg) == Algorithm.THREEFRY.value:
            raise errors.UnimplementedError(None, None, "Non-XLA devices don't support the ThreeFry algorithm.")
        state = _as_key(self.skip(size_of(shape)))
        replica = context.extras.get("replica_context")
        if replica is None or self._state_var._distribute_strategy is None:
            return state
        return _of_replica(state, replica.replica_id_in_sync_group)  # each replica has a stream of its own

    def normal(
        self, shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = dtypes.float32, name: Any = None
    ) -> Any:
        """Normally distributed numbers of a shape."""
        dtype, shape = dtypes.as_dtype(dtype), static_shape(shape)
        return draws.normal(self._next(shape), number(mean, dtype), number(stddev, dtype), shape, dtype)

    def truncated_normal(
        self, shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = dtypes.float32, name: Any = None
    ) -> Any:
        """Normally distributed numbers within two standard deviations."""
        dtype, shape = dtypes.as_dtype(dtype), static_shape(shape)
        return draws.truncated_normal(self._next(shape), number(mean, dtype), number(stddev, dtype), shape, dtype)

    def uniform(
        self, shape: Any, minval: Any = 0, maxval: Any = None, dtype: Any = dtypes.float32, name: Any = None
    ) -> Any:
        """Numbers spread evenly over ``[minval, maxval)``; the whole range of integers if both are None."""
        dtype, shape = dtypes.as_dtype(dtype), static_shape(shape)
        if dtype.is_integer:
            if (minval is None) != (maxval is None):
                raise ValueError(
                    f"For integer dtype {dtype}, minval and maxval must be both `None` or both non-`None`; got "
                    f"minval={minval} and maxval={maxval}"
                )
            if minval is None:
                return draws.full_int(self._next(shape), shape, dtype)
            minval, maxval = number(minval, dtype), number(maxval, dtype)
            check_bounds(minval, maxval)
            return draws.uniform_int(self._next(shape), minval, maxval, shape)
        maxval = 1 if maxval is None else maxval
        return draws.uniform(self._next(shape), number(minval, dtype), number(maxval, dtype), shape, dtype)

    def uniform_full_int(self, shape: Any, dtype: Any = dtypes.uint64, name: Any = None) -> Any:
        """Integers of the whole range of a dtype."""
        dtype, shape = dtypes.as_dtype(dtype), static_shape(shape)
        return draws.full_int(self._next(shape), shape, dtype)

    def binomial(self, shape: Any, counts: Any, probs: Any, dtype: Any = dtypes.int32, name: Any = None) -> Any:
        """Numbers of successes; counts and probs broadcast to the last axes of ``shape``."""
        shape = static_shape(shape)
        probs = convert_to_tensor(probs)
        counts = convert_to_tensor(counts)
        return draws.binomial(self._next(shape), counts, probs, shape, dtypes.as_dtype(dtype))

    def make_seeds(self, count: int = 1) -> Any:
        """Seed pairs for stateless functions.

        Returns:
          int64 Tensor [2, count]; each column is a pair.
        """
        keys = self.uniform_full_int([count], dtypes.int64)
        return _with_zeros(keys)

    def split(self, count: int = 1) -> list[Generator]:
        """Independent generators made out of this one."""
        keys = self.uniform_full_int([count], dtypes.int64)
        padding = [0] * (_state_size(self._alg) - 1)
        return [Generator(state=[*padding, keys[i]], alg=self._alg) for i in range(count)]


@op("keys", differentiable=False)
def _with_zeros(keys):
    return jnp.stack([keys, jnp.zeros_like(keys)])


_global: list[Generator] = []


def get_global_generator() -> Generator:
    """The global generator, made with an unpredictable state when it is first asked for.

    Returns:
      ``tf.random.Generator``.
    """
    if not _global:
        with tracing.init_scope():
            _global.append(Generator.from_non_deterministic_state())
    return _global[0]


def set_global_generator(generator: Generator) -> None:
    """Replaces the global generator."""
    _global[:] = [generator]
