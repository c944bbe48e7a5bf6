"""The global seed, and the keys that random ops draw with.

A key is a ``uint64[3]`` array ``(counter low, counter high, key)``: the state of a Philox 4x32-10 generator.
TensorFlow gives every random op a pair of seeds (global, operation); the first is the generator's key, the second
the high half of its counter, and the low half moves on by 256 for every number an op has drawn. Following
these rules gives TensorFlow's numbers, eagerly and inside ``tf.function``.
"""

from __future__ import annotations

import random
import secrets
import threading
import weakref
from collections.abc import Iterable
from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes, state
from kerax.core.context import context
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.core.variable import Variable

DEFAULT_GRAPH_SEED = 87654321
_MAXINT32 = 2**31 - 1
_MASK64 = 2**64 - 1

# How far a generator moves per output: TensorFlow reserves this much for distributions that reject samples.
RESERVED_PER_OUTPUT = 256


def _apart(seed: Any) -> random.Random:
    return random.Random() if seed is None else random.Random(f"apart from {seed}")


class _Seeds(threading.local):
    """The seed state of one thread; a new thread starts with the last seed that was set."""

    def __init__(self) -> None:
        self.seed: Any = _last_seed[0]
        self.rng = random.Random(self.seed) if self.seed is not None else random.Random()
        self.apart = _apart(self.seed)
        self.kernels: dict[Any, int] = {}  # (kind, dtype, seed pair) → outputs drawn, times 256


_last_seed: list[Any] = [None]
_seeds = _Seeds()
_traced: list[tuple[weakref.ref[Variable], np.ndarray]] = []  # states of compiled random ops, and their start
_op_seeds: weakref.WeakKeyDictionary[Any, list[Any]] = weakref.WeakKeyDictionary()  # Trace → [seed, ops so far]
_unseeded: list[Any] = []  # the state shared by all compiled random ops without a seed


def set_seed(seed: Any) -> None:
    """Sets the global seed, from which random ops without a seed of their own derive one.

    Calling it restarts every stream, also those of functions that are compiled already.

    Args:
      seed: int.

    >>> import kerax as tf
    >>> tf.random.set_seed(1234)
    >>> tf.random.uniform([1]).numpy()
    array([0.5380393], dtype=float32)
    """
    try:
        hash(seed)
        _seeds.rng = random.Random(seed)
    except TypeError:
        seed = int(np.asarray(seed))
        _seeds.rng = random.Random(seed)
    _seeds.seed = seed
    _seeds.apart = _apart(seed)
    _last_seed[0] = seed
    _seeds.kernels.clear()
    alive = []
    for reference, start in _traced:
        variable = reference()
        if variable is not None:
            alive.append((reference, start))
            with state.init_scope():
                variable.assign(start)
    _traced[:] = alive


def global_seed() -> Any:
    """The seed given to ``set_seed``, or None."""
    return _seeds.seed


def seed_apart() -> int:
    """A seed that follows from the global seed, drawn from no stream of TensorFlow's."""
    return _seeds.apart.randint(1, int(1e9))


def get_seed(op_seed: int | None) -> tuple[int | None, int | None]:
    """TensorFlow's pair of seeds (global, operation) for a random op; (None, None) if nothing is seeded.

    Args:
      op_seed: int or None, the op's own ``seed`` argument.

    Returns:
      Two ints below 2**31 - 1, or two Nones.
    """
    trace = context.trace
    seed = _seeds.seed if trace is None else _graph(trace)[0]
    if seed is not None:
        if op_seed is None:
            if trace is None:
                op_seed = _seeds.rng.randint(0, _MAXINT32)
            else:
                graph = _graph(trace)
                op_seed = graph[1]
                graph[1] += 1
        pair = int(seed) % _MAXINT32, int(op_seed) % _MAXINT32
    elif op_seed is not None:
        pair = DEFAULT_GRAPH_SEED, int(op_seed) % _MAXINT32
    else:
        return None, None
    return (0, _MAXINT32) if pair == (0, 0) else pair


def _graph(trace: Any) -> list[Any]:
    """Seed and number of seeds drawn of one trace, TensorFlow's graph-level state."""
    found = _op_seeds.get(trace)
    if found is None:
        found = _op_seeds[trace] = [_seeds.seed if trace.parent is None else _graph(trace.parent)[0], 0]
    return found


def next_key(kind: str = "", seed: Any = None, count: int = 1, dtype: Any = None, blocks: int | None = None) -> Any:
    """The key for one random op.

    Args:
      kind: str, TensorFlow's name of the op: ops of one kind with the same ``seed`` share a stream.
      seed: int or None, the op's own ``seed`` argument; or the pair of seeds itself, of which two zeros are none.
      count: int, how many numbers the op returns.
      dtype: the op's dtype, which also tells streams apart.
      blocks: int, how far the op moves its generator; by default 256 per number.

    Returns:
      ``uint64[3]``: a numpy array eagerly; in a trace a Tensor, so that each call of the compiled function
      draws new numbers.
    """
    if isinstance(seed, tuple):
        pair = seed if any(seed) else (None, None)
    else:
        pair = get_seed(seed if seed is None or isinstance(seed, int) else int(np.asarray(seed)))
    moved = count * RESERVED_PER_OUTPUT if blocks is None else blocks
    if context.trace is not None:
        return _traced_key(pair, moved)
    kernel = (kind, dtype, pair)
    drawn = _seeds.kernels.get(kernel, 0)
    if pair[0] is None:
        if not drawn:
            drawn = 1 + secrets.randbits(63) * 2**64
            _seeds.kernels["key"] = _seeds.kernels.get("key") or secrets.randbits(64)
        _seeds.kernels[kernel] = drawn + moved
        return np.array([drawn & _MASK64, drawn >> 64, _seeds.kernels["key"]], np.uint64)
    if seed is not None:  # only a stream that an op names by its seed is ever continued
        _seeds.kernels[kernel] = drawn + moved
    return np.array([drawn & _MASK64, pair[1], pair[0]], np.uint64)


def first_key() -> np.ndarray | None:
    """The state with which the first random op without a seed begins in a function that is traced now.

    Returns:
      ``uint64[3]``, or None without a global seed: then such an op begins anywhere.
    """
    if _seeds.seed is None:
        return None
    seed = int(_seeds.seed) % _MAXINT32
    return np.array([0, 0 if seed else _MAXINT32, seed], np.uint64)


def _traced_key(pair: tuple[Any, Any], moved: Any) -> Any:
    variable = generator(None if pair[0] is None else [0, pair[1], pair[0]])
    with state.no_recording():
        key = variable.read_value()
        variable.assign(advance(key, convert_to_tensor(moved, dtypes.uint64)))  # open where the op's sizes are
        replica = context.extras.get("replica_context")
        if replica is not None and replica.num_replicas_in_sync > 1:
            key = _of_replica(key, replica.replica_id_in_sync_group)
    return key


def generator(start: list[int] | None) -> Variable:
    """The state of a compiled random op.

    Args:
      start: counter low, counter high, key: with these it begins, whenever a seed is set. None for an op without a
        seed: all of these share one state.
    """
    if start is None:
        if not _unseeded:
            _unseeded.append(_StateVariable([0, secrets.randbits(63), secrets.randbits(64)], seeded=False))
        return _unseeded[0]
    variable = _StateVariable(start, seeded=True)
    _traced.append((weakref.ref(variable), variable.start))
    return variable


class _StateVariable(Variable):
    """The generator of a compiled random op.

    Args:
      start: counter low, counter high, key.
      seeded: whether it is that of one op, which a seed tells where to begin.
    """

    def __init__(self, start: list[int], seeded: bool) -> None:
        self.start = np.array(start, np.uint64)
        self.seeded = seeded
        with state.init_scope():
            super().__init__(convert_to_tensor(self.start), trainable=False, name="random_state")


def is_key(source: Any) -> bool:
    """Whether an input of a traced program is the state of a random op."""
    return isinstance(source, _StateVariable)


def variables_of(sources: Iterable[Any]) -> tuple[Any, ...]:
    """The variables among what a traced program uses, each once, without the states of its random ops."""
    found = {id(source): source for source in sources if isinstance(source, Variable) and not is_key(source)}
    return tuple(found.values())


def is_generator(source: Any) -> bool:
    """Whether an input of a traced program is the state of a random op or of a ``tf.random.Generator``."""
    return is_key(source) or getattr(source, "_is_generator_state", False)


def of_rows(state: Any, count: int) -> Any:
    """States for so many rows that are mapped at once, far apart in one stream; the first is the state itself."""
    far = jnp.arange(count).astype(state.dtype) << 40  # some 2 ** 32 numbers, for each of 2 ** 24 rows
    return jnp.broadcast_to(state, (count, *state.shape)).at[:, 0].add(far)


@op("key, blocks", differentiable=False)
def advance(key, blocks):
    """Moves a generator's 128-bit counter on.

    Args:
      key: ``uint64[3]``, a generator's state (counter low, counter high, key).
      blocks: ``uint64``, how many times 128 bits to skip.

    Returns:
      ``uint64[3]``.
    """
    low = key[0] + blocks
    high = key[1] + (low < blocks).astype(jnp.uint64)
    return jnp.stack([low, high, key[2]])


@op("key; replica", differentiable=False)
def _of_replica(key, replica):
    """The generator of one of several replicas: that of the first is the program's own."""
    return key.at[1].add(replica.astype(key.dtype) << 32)


def start_of(variable: Any) -> np.ndarray | None:
    """The state with which a seeded compiled random op begins; None for the unseeded ones."""
    return variable.start if is_key(variable) and variable.seeded else None
