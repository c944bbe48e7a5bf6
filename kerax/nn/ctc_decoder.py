"""From class scores per frame to sequences of labels."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import numpy as np

from kerax.core import errors
from kerax.core.op import composed, op
from kerax.core.tensor import convert_to_tensor


def _sparse_parts(paths: list[list[int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Indices, values and shape of a sparse matrix with a sequence in each row."""
    places = [(row, column) for row, path in enumerate(paths) for column in range(len(path))]
    longest = max(map(len, paths), default=0)
    values = [label for path in paths for label in path]
    return (
        np.asarray(places, np.int64).reshape(-1, 2),
        np.asarray(values, np.int64),
        np.asarray([len(paths), longest], np.int64),
    )


def _check(inputs: np.ndarray, lengths: np.ndarray) -> None:
    if inputs.ndim != 3:
        raise errors.InvalidArgumentError(None, None, "inputs is not a 3-Tensor")
    if lengths.shape != inputs.shape[1:2]:
        raise errors.InvalidArgumentError(
            None,
            None,
            f"len(sequence_length) != batch_size.  len(sequence_length):  {lengths.size} batch_size: {inputs.shape[1]}",
        )
    if (lengths > inputs.shape[0]).any():
        raise errors.FailedPreconditionError(None, None, f"sequence_length must be <= {inputs.shape[0]}")


@op("inputs: float; sequence_length: int", host=True, differentiable=False, name="CTCGreedyDecoder")
def _greedy(inputs, sequence_length, merge_repeated, blank):
    _check(inputs, sequence_length)
    blank = blank + inputs.shape[2] if blank < 0 else blank
    best = inputs.argmax(axis=2)
    real = np.arange(inputs.shape[0])[:, None] < sequence_length
    score = -np.sum(np.where(real, inputs.max(axis=2), 0), axis=0, dtype=inputs.dtype)[:, None]
    keep = real & (best != blank)
    if merge_repeated:
        keep[1:] &= best[1:] != best[:-1]
    paths = [best[keep[:, row], row].tolist() for row in range(inputs.shape[1])]
    return (*_sparse_parts(paths), score)


@composed
def ctc_greedy_decoder(
    inputs: Any, sequence_length: Any, merge_repeated: bool = True, blank_index: int | None = None
) -> tuple[list[Any], Any]:
    """The best class of each frame, without blanks.

    Args:
      inputs: float tensor [frames, batch, classes], logits.
      sequence_length: int tensor [batch], frames of each sequence.
      merge_repeated: bool, whether equal classes in a row are one label.
      blank_index: int, the class that stands for no label, from the end if negative; the last by default.

    Returns:
      ([SparseTensor of int64 labels [batch, longest]], float tensor [batch, 1]: minus the sum of the best logits).

    >>> import kerax as tf
    >>> scores = tf.one_hot([[1], [1], [2], [0]], 3)
    >>> tf.nn.ctc_greedy_decoder(scores, [4])[0][0].values.numpy()
    array([1, 0])
    """
    from kerax.sparse import SparseTensor

    blank = -1 if blank_index is None else int(blank_index)
    indices, values, shape, score = _greedy(convert_to_tensor(inputs), sequence_length, bool(merge_repeated), blank)
    return [SparseTensor(indices, values, shape)], score


def _log_add(first: Any, second: Any) -> Any:
    with np.errstate(invalid="ignore"):
        return np.logaddexp(first, second)


def _beam_search(frames: np.ndarray, width: int, top: int) -> list[tuple[list[int], float]]:
    """The best paths of one sequence of log-probabilities [frames, classes], the blank being the last class."""
    blank = frames.shape[1] - 1
    paths: list[tuple[int, ...]] = [()]
    ends_blank, ends_label = np.zeros(1), np.full(1, -np.inf)
    for scores in frames:
        total = _log_add(ends_blank, ends_label)
        last = np.array([path[-1] if path else -1 for path in paths])
        place = {path: index for index, path in enumerate(paths)}
        parent = np.array([place.get(path[:-1], -1) if path else -1 for path in paths])
        parent_last = np.where(parent >= 0, last[parent], -2)
        from_parent = np.where(parent_last == last, ends_blank[parent], total[parent])
        new_label = _log_add(ends_label, np.where(parent >= 0, from_parent, -np.inf))
        new_label = np.where(last >= 0, new_label + scores[last], -np.inf)
        new_blank = total + scores[blank]
        grown = np.where(np.arange(blank) == last[:, None], ends_blank[:, None], total[:, None]) + scores[:blank]
        has_parent = np.flatnonzero(parent >= 0)
        grown[parent[has_parent], last[has_parent]] = -np.inf
        candidates = np.concatenate([_log_add(new_blank, new_label), grown.ravel()])
        order = np.argsort(-candidates, kind="stable")[:width]
        order = order[candidates[order] > -np.inf]
        old = order < len(paths)
        child = np.where(old, 0, order - len(paths))
        kept = np.where(old, order, child // max(blank, 1))
        label = child % max(blank, 1)
        paths = [paths[k] if o else (*paths[k], int(c)) for k, o, c in zip(kept, old, label, strict=True)]
        ends_blank = np.where(old, new_blank[kept], -np.inf)
        ends_label = np.where(old, new_label[kept], candidates[order])
    total = _log_add(ends_blank, ends_label)
    order = np.argsort(-total, kind="stable")[:top]
    return [(list(paths[index]), float(total[index])) for index in order]


@op("inputs: float; sequence_length: int", host=True, differentiable=False, name="CTCBeamSearchDecoder")
def _beam(inputs, sequence_length, beam_width, top_paths, merge_repeated):
    _check(inputs, sequence_length)
    if top_paths > beam_width:
        raise errors.InvalidArgumentError(None, None, f"top_paths {top_paths} must be <= beam_width {beam_width}")
    wide = inputs.astype(np.float64)
    wide = wide - wide.max(axis=2, keepdims=True)
    wide = wide - np.log(np.exp(wide).sum(axis=2, keepdims=True))
    found = [
        _beam_search(wide[: max(int(length), 0), row], beam_width, top_paths)
        for row, length in enumerate(sequence_length)
    ]
    if any(len(paths) < top_paths for paths in found):
        raise errors.InvalidArgumentError(None, None, "Less leaves in the beam search than requested.")
    scores = np.array([[score for _, score in paths] for paths in found], inputs.dtype).reshape(-1, top_paths)
    kept = (lambda path: [label for label, _ in groupby(path)]) if merge_repeated else list
    parts = [_sparse_parts([kept(paths[place][0]) for paths in found]) for place in range(top_paths)]
    return tuple(parts), scores


def beam_search(
    inputs: Any, sequence_length: Any, beam_width: int, top_paths: int, merge_repeated: bool
) -> tuple[list[Any], Any]:
    """`ctc_beam_search_decoder`; with ``merge_repeated``, equal labels in a row of a result are one."""
    from kerax.sparse import SparseTensor

    logits = convert_to_tensor(inputs)
    parts, scores = _beam(logits, sequence_length, int(beam_width), int(top_paths), bool(merge_repeated))
    return [SparseTensor(*part) for part in parts], scores


@composed
def ctc_beam_search_decoder(
    inputs: Any, sequence_length: Any, beam_width: int = 100, top_paths: int = 1
) -> tuple[list[Any], Any]:
    """The most probable label sequences, found by beam search; the last class is the blank.

    Args:
      inputs: float tensor [frames, batch, classes], logits.
      sequence_length: int tensor [batch], frames of each sequence.
      beam_width: int, sequences kept at each frame.
      top_paths: int, sequences to return, at most ``beam_width``.

    Returns:
      (``top_paths`` SparseTensors of int64 labels [batch, longest], float tensor [batch, top_paths]: their
      log-probabilities).

    Raises:
      InvalidArgumentError: there are fewer sequences than asked for.

    >>> import kerax as tf
    >>> scores = 9.0 * tf.one_hot([[1], [2], [1], [0]], 3)
    >>> tf.nn.ctc_beam_search_decoder(scores, [4], beam_width=5)[0][0].values.numpy()
    array([1, 1, 0])
    """
    return beam_search(inputs, sequence_length, beam_width, top_paths, merge_repeated=False)
