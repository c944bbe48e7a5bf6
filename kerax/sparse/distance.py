"""``tf.edit_distance``: how many edits lead from one sequence to another."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.array_ops._known import concrete
from kerax.core import errors
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.sparse.tensor import SparseTensor, as_sparse, linear


def _codes(first: np.ndarray, second: np.ndarray) -> list[np.ndarray]:
    _, codes = np.unique(np.concatenate([first, second]), return_inverse=True)
    return np.split(codes.reshape(-1), [len(first)])


def _levenshtein(a: np.ndarray, b: np.ndarray) -> int:
    """The number of insertions, deletions and replacements, row by row of the table."""
    steps = np.arange(len(b) + 1)
    row = steps
    for number, item in enumerate(a, 1):
        best = np.empty_like(row)
        best[0] = number
        best[1:] = np.minimum(row[1:] + 1, row[:-1] + (b != item))
        row = np.minimum.accumulate(best - steps) + steps
    return int(row[-1])


def _rows(sp: SparseTensor, codes: np.ndarray) -> dict[int, np.ndarray]:
    """The sequences by the number of their row."""
    numbers = linear(sp._places()[:, :-1], sp._sizes()[:-1])
    order = np.argsort(numbers, kind="stable")
    found, starts = np.unique(numbers[order], return_index=True)
    return dict(zip(found.tolist(), np.split(codes[order], starts[1:]), strict=True)) if len(found) else {}


def edit_distance(hypothesis: Any, truth: Any, normalize: bool = True, name: str = "edit_distance") -> Tensor:
    """The Levenshtein distance of sequences along the last dimension.

    Args:
      hypothesis: ``tf.SparseTensor`` [..., n].
      truth: ``tf.SparseTensor`` [..., m] of the same dtype.
      normalize: bool, whether distances are divided by the length of the truth (infinite where that is empty).
      name: ignored.

    Returns:
      float32 Tensor [...], each size the larger of both.

    Raises:
      TypeError: an input is not sparse.
      InvalidArgumentError: the shapes do not fit.

    >>> import kerax as tf
    >>> a = tf.SparseTensor([[0, 0], [0, 1]], ["a", "b"], [1, 2])
    >>> b = tf.SparseTensor([[0, 0], [0, 1]], ["a", "c"], [1, 2])
    >>> tf.edit_distance(a, b).numpy()
    array([0.5], dtype=float32)
    """
    for value, what in ((hypothesis, "Hypothesis"), (truth, "Truth")):
        if not isinstance(value, SparseTensor) and type(value).__name__ != "SparseTensorValue":
            raise TypeError(f"{what} must be a SparseTensor.")
    guess, real = as_sparse(hypothesis), as_sparse(truth)
    if guess.dtype is not real.dtype:
        raise errors.InvalidArgumentError(
            None, None, f"cannot compute EditDistance of {guess.dtype.name} and {real.dtype.name} [Op:EditDistance]"
        )
    if len(guess._sizes()) != len(real._sizes()):
        raise errors.InvalidArgumentError(
            None, None, f"truth rank {len(real._sizes())} must be hypothesis rank {len(guess._sizes())}"
        )
    if len(real._sizes()) < 2:
        raise errors.InvalidArgumentError(None, None, "Input SparseTensors must have rank at least 2")
    outer = [max(pair) for pair in zip(guess._sizes()[:-1], real._sizes()[:-1], strict=True)]
    codes = _codes(concrete(guess.values), concrete(real.values))
    sequences = []
    for sp, code in zip((guess, real), codes, strict=True):
        wide = SparseTensor(sp._indices, sp._values, np.array([*outer, sp._sizes()[-1]], np.int64))
        sequences.append(_rows(wide, code))
    out = np.zeros(int(np.prod(outer, dtype=np.int64)), np.float32)
    empty = np.zeros(0, np.int64)
    for row in {*sequences[0], *sequences[1]}:
        a, b = (rows.get(row, empty) for rows in sequences)
        distance = float(_levenshtein(a, b))
        if normalize:
            distance = distance / len(b) if len(b) else (np.inf if distance else 0.0)
        out[row] = distance
    return convert_to_tensor(out.reshape(outer))
