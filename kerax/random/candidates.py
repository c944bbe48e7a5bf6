"""Candidate samplers: negative classes for the losses of ``tf.nn`` that do not look at all classes."""

from __future__ import annotations

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes, errors, state
from kerax.core.context import context
from kerax.core.op import op
from kerax.core.random_state import advance, get_seed, next_key
from kerax.core.tensor import convert_to_tensor
from kerax.core.variable import Variable
from kerax.random import philox, rejection


class Candidates(NamedTuple):
    """What a candidate sampler returns: int64 [sampled], float32 [batch, true], float32 [sampled]."""

    sampled_candidates: Any
    true_expected_count: Any
    sampled_expected_count: Any


class AccidentalHits(NamedTuple):
    """Positions where a sampled class is a true one: row int32, sampled position int64, weight float32."""

    indices: Any
    ids: Any
    weights: Any


def _without_repetition(key: Any, probabilities: Any, count: int) -> tuple[Any, Any]:
    """Classes drawn until ``count`` different ones are found, and the number of draws that took.

    Draws are taken as the arrivals of independent Poisson processes with the classes' rates: a class comes first
    at an exponential time, and until the last of the chosen came, each of the others came again a Poisson number
    of times.
    """
    size = probabilities.shape[0]
    arrival = -jnp.log1p(-philox.uniform(key, (size,), jnp.float32)) / probabilities
    early, chosen = jax.lax.top_k(-arrival, count)
    waited = arrival[chosen[-1]] + early if count else early
    rates = jnp.maximum(waited * probabilities[chosen], 0).astype(jnp.float64)
    again = rejection.poisson(advance.pure(key, np.uint64(size)), (), rates, jnp.float32)
    return chosen, count + jnp.sum(again)


@op("key; true_classes: int; weights", differentiable=False)
def _sample(key, true_classes, weights, num_sampled, unique):
    weights = weights.astype(jnp.float32)
    probabilities = weights / jnp.sum(weights)
    if unique:
        chosen, tries = _without_repetition(key, probabilities, num_sampled)
    else:
        drawn = philox.uniform(key, (num_sampled,), jnp.float32)
        chosen = jnp.searchsorted(jnp.cumsum(probabilities), drawn, side="right")
        chosen, tries = jnp.minimum(chosen, weights.shape[0] - 1), None

    def expected(classes: Any) -> Any:
        exists = (classes >= 0) & (classes < weights.shape[0])
        p = jnp.where(exists, probabilities[jnp.clip(classes, 0, weights.shape[0] - 1)], 0)
        return p * num_sampled if tries is None else -jnp.expm1(tries * jnp.log1p(-p))

    return Candidates(chosen.astype(jnp.int64), expected(true_classes), expected(chosen))


def _run(
    kind: str, true_classes: Any, num_true: int, num_sampled: int, unique: bool, weights: Any, seed: Any
) -> Candidates:
    true_classes = convert_to_tensor(true_classes, dtypes.int64)
    _check_classes(true_classes, num_true)
    size = int(weights.shape[0])
    if unique and num_sampled > size:
        raise errors.InvalidArgumentError(None, None, "Sampler's range is too small.")
    key = next_key(kind, seed, max(num_sampled, size if unique else 1))
    return _sample(key, true_classes, weights, int(num_sampled), bool(unique))


def _check_classes(true_classes: Any, num_true: int) -> None:
    if true_classes.shape.rank != 2:
        raise errors.InvalidArgumentError(None, None, "true_classes must be a matrix")
    if true_classes.shape[1] != num_true:
        raise errors.InvalidArgumentError(
            None,
            None,
            f"true_classes must have num_true columns, expected: {true_classes.shape[1]} was: {num_true}",
        )


def uniform_candidate_sampler(
    true_classes: Any,
    num_true: int,
    num_sampled: int,
    unique: bool,
    range_max: int,
    seed: Any = None,
    name: str | None = None,
) -> Candidates:
    """Classes drawn evenly from ``[0, range_max)``.

    Args:
      true_classes: int64 tensor [batch, num_true], the target classes.
      num_true: int, target classes per example.
      num_sampled: int, classes to draw.
      unique: bool, whether all drawn classes are different.
      range_max: int, the number of classes.
      seed: int or None.
      name: str, optional.

    Returns:
      ``(sampled_candidates, true_expected_count, sampled_expected_count)``: int64 [num_sampled], and how often
      the true and the drawn classes are expected among the drawn, float32 [batch, num_true] and [num_sampled].

    Raises:
      InvalidArgumentError: there are fewer classes than different ones to draw.

    >>> import kerax as tf
    >>> sorted(tf.random.uniform_candidate_sampler([[1]], 1, 3, True, 3).sampled_candidates.numpy().tolist())
    [0, 1, 2]
    """
    weights = np.ones(int(range_max), np.float32)
    return _run("UniformCandidateSampler", true_classes, num_true, num_sampled, unique, weights, seed)


def log_uniform_candidate_sampler(
    true_classes: Any,
    num_true: int,
    num_sampled: int,
    unique: bool,
    range_max: int,
    seed: Any = None,
    name: str | None = None,
) -> Candidates:
    """Classes drawn with probability ``(log(class + 2) - log(class + 1)) / log(range_max + 1)``, as Zipf's law has it.

    Args:
      true_classes: int64 tensor [batch, num_true], the target classes, frequent ones with small numbers.
      num_true: int, target classes per example.
      num_sampled: int, classes to draw.
      unique: bool, whether all drawn classes are different.
      range_max: int, the number of classes.
      seed: int or None.
      name: str, optional.

    Returns:
      ``(sampled_candidates, true_expected_count, sampled_expected_count)``, see ``uniform_candidate_sampler``.

    >>> import kerax as tf
    >>> tf.random.log_uniform_candidate_sampler([[1]], 1, 3, True, 9).sampled_candidates.shape
    TensorShape([3])
    """
    steps = np.arange(int(range_max), dtype=np.float64)
    weights = np.log1p(1 / (steps + 1)).astype(np.float32)
    return _run("LogUniformCandidateSampler", true_classes, num_true, num_sampled, unique, weights, seed)


def learned_unigram_candidate_sampler(
    true_classes: Any,
    num_true: int,
    num_sampled: int,
    unique: bool,
    range_max: int,
    seed: Any = None,
    name: str | None = None,
) -> Candidates:
    """Classes drawn as often as they have been true so far: each call counts its true classes.

    Args:
      true_classes: int64 tensor [batch, num_true], the target classes.
      num_true: int, target classes per example.
      num_sampled: int, classes to draw.
      unique: bool, whether all drawn classes are different.
      range_max: int, the number of classes.
      seed: int or None.
      name: str, optional.

    Returns:
      ``(sampled_candidates, true_expected_count, sampled_expected_count)``, see ``uniform_candidate_sampler``.

    >>> import kerax as tf
    >>> tf.random.learned_unigram_candidate_sampler([[1]], 1, 3, True, 9).sampled_candidates.shape
    TensorShape([3])
    """
    counts = _learned(num_true, num_sampled, unique, range_max, seed)
    found = _run("LearnedUnigramCandidateSampler", true_classes, num_true, num_sampled, unique, counts, seed)
    with state.no_recording():
        counts.assign(_counted(counts.read_value(), convert_to_tensor(true_classes, dtypes.int64)))
    return found


@op("counts; classes: int", differentiable=False)
def _counted(counts, classes):
    return counts.at[classes.reshape(-1)].add(1, mode="drop")


def _learned(*key: Any) -> Variable:
    """The counts of the calls with the same arguments, all 1 at first."""
    known = context.extras.setdefault("learned_unigrams", {})
    if key not in known:
        with state.init_scope():
            known[key] = Variable(np.ones(int(key[3]), np.float32), trainable=False, name="unigram_counts")
    return known[key]


def fixed_unigram_candidate_sampler(
    true_classes: Any,
    num_true: int,
    num_sampled: int,
    unique: bool,
    range_max: int,
    vocab_file: Any = "",
    distortion: float = 1.0,
    num_reserved_ids: int = 0,
    num_shards: int = 1,
    shard: int = 0,
    unigrams: Any = (),
    seed: Any = None,
    name: str | None = None,
) -> Candidates:
    """Classes drawn with given weights.

    Args:
      true_classes: int64 tensor [batch, num_true], the target classes.
      num_true: int, target classes per example.
      num_sampled: int, classes to draw.
      unique: bool, whether all drawn classes are different.
      range_max: int, the number of classes.
      vocab_file: str, a file of which each line ends with a comma and a weight.
      distortion: float, the power that weights are raised to.
      num_reserved_ids: int, classes before the first weight, which are never drawn.
      num_shards: int, of the classes only every ``num_shards``-th is used.
      shard: int, which of them.
      unigrams: list of floats, the weights; instead of ``vocab_file``.
      seed: int or None.
      name: str, optional.

    Returns:
      ``(sampled_candidates, true_expected_count, sampled_expected_count)``, see ``uniform_candidate_sampler``.

    Raises:
      InvalidArgumentError: there are no weights, two sets of them, or not one for each class.

    >>> import kerax as tf
    >>> found = tf.random.fixed_unigram_candidate_sampler([[1]], 1, 3, False, 2, unigrams=[0.0, 1.0])
    >>> found.sampled_candidates.numpy()
    array([1, 1, 1])
    """
    if bool(vocab_file) == bool(len(unigrams)):
        many = "Must only provide one of vocab_file and unigrams."
        none = "Must provide either vocab_file or unigrams."
        raise errors.InvalidArgumentError(None, None, many if vocab_file else none)
    if vocab_file:
        with open(vocab_file, encoding="utf8") as lines:
            unigrams = [float(line.rstrip("\n").rsplit(",", 1)[-1]) for line in lines if line.strip()]
    weights = np.concatenate([np.zeros(num_reserved_ids), np.asarray(unigrams, np.float64) ** distortion])
    weights = weights[shard::num_shards].astype(np.float32)
    if weights.size != range_max:
        raise errors.InvalidArgumentError(
            None, None, f"range is {range_max} must be equal to weights size  {weights.size}"
        )
    return _run("FixedUnigramCandidateSampler", true_classes, num_true, num_sampled, unique, weights, seed)


def all_candidate_sampler(
    true_classes: Any, num_true: int, num_sampled: int, unique: bool, seed: Any = None, name: str | None = None
) -> Candidates:
    """All classes: 0 … ``num_sampled - 1``.

    Args:
      true_classes: int64 tensor [batch, num_true], the target classes.
      num_true: int, target classes per example.
      num_sampled: int, the number of classes.
      unique: bool, without effect.
      seed: int or None.
      name: str, optional.

    Returns:
      ``(sampled_candidates, true_expected_count, sampled_expected_count)``; all counts are 1.

    >>> import kerax as tf
    >>> tf.random.all_candidate_sampler([[1]], 1, 3, True).sampled_candidates.numpy()
    array([0, 1, 2])
    """
    get_seed(seed)
    true_classes = convert_to_tensor(true_classes, dtypes.int64)
    _check_classes(true_classes, num_true)
    return Candidates(
        convert_to_tensor(np.arange(num_sampled, dtype=np.int64)),
        convert_to_tensor(np.ones(tuple(true_classes.shape), np.float32)),
        convert_to_tensor(np.ones(num_sampled, np.float32)),
    )


@op("true_classes, sampled_candidates: int", host=True, differentiable=False)
def _accidental_hits(true_classes, sampled_candidates):
    place = {int(name): index for index, name in enumerate(sampled_candidates)}
    flat = true_classes.reshape(-1)
    hits = np.flatnonzero(np.isin(flat, sampled_candidates))
    ids = np.array([place[int(flat[index])] for index in hits], np.int64)
    rows = (hits // max(true_classes.shape[1], 1)).astype(np.int32)
    return AccidentalHits(rows, ids, np.full(hits.shape, -np.finfo(np.float32).max, np.float32))


def compute_accidental_hits(
    true_classes: Any, sampled_candidates: Any, num_true: int, seed: Any = None, name: str | None = None
) -> AccidentalHits:
    """Where drawn classes are target classes of an example.

    Args:
      true_classes: int64 tensor [batch, num_true], the target classes.
      sampled_candidates: int64 tensor [num_sampled], different classes.
      num_true: int, target classes per example.
      seed: int or None, without effect on the result.
      name: str, optional.

    Returns:
      ``(indices, ids, weights)`` of the hits: rows of ``true_classes`` (int32), positions in
      ``sampled_candidates`` (int64), and the lowest float32 each.

    >>> import kerax as tf
    >>> tf.nn.compute_accidental_hits([[1, 2]], [2, 5], 2).ids.numpy()
    array([0])
    """
    get_seed(seed)
    true_classes = convert_to_tensor(true_classes, dtypes.int64)
    _check_classes(true_classes, num_true)
    return _accidental_hits(true_classes, convert_to_tensor(sampled_candidates, dtypes.int64))
