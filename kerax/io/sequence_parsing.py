"""``parse_sequence_example`` and ``parse_single_sequence_example``."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core import dtypes, errors
from kerax.core.shape import TensorShape
from kerax.core.tensor import Tensor
from kerax.io import parsing
from kerax.io.features import FixedLenFeature, FixedLenSequenceFeature, RaggedFeature, VarLenFeature

_CONTEXT = (FixedLenFeature, VarLenFeature, RaggedFeature)
_SEQUENCE = (FixedLenSequenceFeature, VarLenFeature, RaggedFeature)


def _configurations(context: Any, sequence: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    if not (context or sequence):
        raise ValueError(
            "Both `context_features` and `sequence_features` argument are None, but at least one should have values."
        )
    return (
        parsing.checked_features(context, _CONTEXT) if context else {},
        parsing.checked_features(sequence, _SEQUENCE) if sequence else {},
    )


def parse_single_sequence_example(
    serialized: Any,
    context_features: Any = None,
    sequence_features: Any = None,
    example_name: Any = None,
    name: str | None = None,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Parses one serialized ``SequenceExample``.

    Args:
      serialized: string scalar.
      context_features: dict from names to ``FixedLenFeature``, ``VarLenFeature``, ``RaggedFeature``.
      sequence_features: dict from names to ``FixedLenSequenceFeature``, ``VarLenFeature``, ``RaggedFeature``.
      example_name: accepted.
      name: ignored.

    Returns:
      (context, sequences): two dicts from names to tensors.

    Raises:
      ValueError: no or invalid features.
      errors.InvalidArgumentError: the record does not hold what is wanted.
    """
    context_order, sequence_order = _configurations(context_features, sequence_features)
    record = parsing._serialized(serialized)
    if record.ndim:
        raise parsing._invalid(f"Expected serialized to be a scalar, got shape: {list(record.shape)}")
    example = parsing.parsed("SequenceExample", record[()])
    context = {key: parsing._single(key, f, example.context.feature) for key, f in context_order.items()}
    lists = example.feature_lists.feature_list
    return context, {key: _one(key, feature, lists) for key, feature in sequence_order.items()}


def _steps(key: str, feature: Any, lists: Any) -> list[np.ndarray]:
    """The values of every step of a sequence.

    Raises:
      errors.InvalidArgumentError: the sequence is missing and may not be.
    """
    dtype = dtypes.as_dtype(feature.dtype)
    if key not in lists:
        if isinstance(feature, FixedLenSequenceFeature) and not feature.allow_missing:
            raise errors.InvalidArgumentError(
                None,
                None,
                f"Feature list '{key}' is required but could not be found.  Did you mean to include it in "
                "feature_list_dense_missing_assumed_empty or feature_list_dense_defaults?",
            )
        return []
    steps = []
    for entry in lists[key].feature:
        values = parsing.values_of(entry, key, dtype)
        steps.append(np.empty(0, dtype.dtype) if values is None else values)
    return steps


def _dense_steps(key: str, feature: Any, lists: Any) -> np.ndarray:
    shape = tuple(TensorShape(feature.shape))
    steps = _steps(key, feature, lists)
    size = int(np.prod(shape, dtype=np.int64))
    for index, step in enumerate(steps):
        if step.size != size:
            raise errors.InvalidArgumentError(
                None,
                None,
                f"Feature list: {key}, Index: {index}.  Number of values != expected.  values size: "
                f"{step.size} but output shape: {list(shape)}",
            )
    if not steps:
        return np.empty((0, *shape), dtypes.as_dtype(feature.dtype).dtype)
    return np.stack([step.reshape(shape) for step in steps])


def _one(key: str, feature: Any, lists: Any) -> Any:
    if isinstance(feature, FixedLenSequenceFeature):
        return Tensor(_dense_steps(key, feature, lists))
    steps = _steps(feature.value_key or key if isinstance(feature, RaggedFeature) else key, feature, lists)
    if isinstance(feature, VarLenFeature):
        return parsing.sparse_rows(steps, feature.dtype)
    return parsing.ragged_rows(steps, _inner(feature, lists, steps), feature)


class _Step:
    """One step of the feature lists, read as the features of a record."""

    def __init__(self, lists: Any, index: int) -> None:
        self._lists, self._index = lists, index

    def __contains__(self, key: str) -> bool:
        return key in self._lists and self._index < len(self._lists[key].feature)

    def __getitem__(self, key: str) -> Any:
        return self._lists[key].feature[self._index]


def _inner(feature: RaggedFeature, lists: Any, steps: list[np.ndarray]) -> list[list[np.ndarray]]:
    return [parsing.nested_splits(feature, _Step(lists, index), len(step)) for index, step in enumerate(steps)]


def parse_sequence_example(
    serialized: Any,
    context_features: Any = None,
    sequence_features: Any = None,
    example_names: Any = None,
    name: str | None = None,
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Parses a batch of serialized ``SequenceExample`` records.

    Args:
      serialized: string ``[batch]``.
      context_features: as for ``parse_single_sequence_example``.
      sequence_features: as for ``parse_single_sequence_example``.
      example_names: accepted.
      name: ignored.

    Returns:
      (context, sequences, lengths): dicts from names to tensors ``[batch, …]``; sequences of fixed entries are
      padded, ``lengths`` holds their numbers of steps, int64 ``[batch]``.
    """
    context_order, sequence_order = _configurations(context_features, sequence_features)
    records = parsing._serialized(serialized)
    if records.ndim != 1:
        raise parsing._invalid(f"Expected serialized to be a vector, got shape: {list(records.shape)}")
    examples = [parsing.parsed("SequenceExample", record) for record in records.tolist()]
    contexts = [example.context.feature for example in examples]
    context = {key: parsing._batch(key, feature, contexts) for key, feature in context_order.items()}
    all_lists = [example.feature_lists.feature_list for example in examples]
    sequences: dict[str, Any] = {}
    lengths: dict[str, Any] = {}
    for key, feature in sequence_order.items():
        if isinstance(feature, FixedLenSequenceFeature):
            rows = [_dense_steps(key, feature, lists) for lists in all_lists]
            sequences[key] = Tensor(parsing.padded(rows, feature))
            lengths[key] = Tensor(np.asarray([len(row) for row in rows], np.int64))
        elif isinstance(feature, VarLenFeature):
            sequences[key] = _sparse_steps([_steps(key, feature, lists) for lists in all_lists], feature.dtype)
        else:
            sequences[key] = _ragged_steps(key, feature, all_lists)
    return context, sequences, lengths


def _sparse_steps(batch: list[list[np.ndarray]], dtype: Any) -> Any:
    indices = [(b, t, i) for b, steps in enumerate(batch) for t, step in enumerate(steps) for i in range(len(step))]
    flat = [step for steps in batch for step in steps]
    values = np.concatenate(flat) if flat else np.empty(0, dtypes.as_dtype(dtype).dtype)
    shape = [len(batch), max(map(len, batch), default=0), max(map(len, flat), default=0)]
    return parsing.composites.sparse(np.asarray(indices, np.int64).reshape(-1, 3), values, shape)


def _ragged_steps(key: str, feature: RaggedFeature, all_lists: list[Any]) -> Any:
    batch = [_steps(feature.value_key or key, feature, lists) for lists in all_lists]
    flat = [step for steps in batch for step in steps]
    inner = [one for lists, steps in zip(all_lists, batch, strict=True) for one in _inner(feature, lists, steps)]
    rows = parsing.ragged_rows(flat, inner, feature)
    outer = np.concatenate([[0], np.cumsum([len(steps) for steps in batch])]).astype(np.int64)
    return parsing.composites.ragged_of(rows, outer)
