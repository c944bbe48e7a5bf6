"""Making ragged and sparse tensors of numpy arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np


def sparse(indices: np.ndarray, values: np.ndarray, shape: Sequence[int]) -> Any:
    """A sparse tensor of indices ``[n, rank]``, values ``[n]`` and a dense shape."""
    from kerax.sparse import SparseTensor

    return SparseTensor(np.asarray(indices, np.int64), values, np.asarray(shape, np.int64))


def ragged(values: Any, splits: Sequence[np.ndarray], dtype: Any) -> Any:
    """A ragged tensor of flat values and row splits, outermost first."""
    from kerax.ragged import RaggedTensor

    out = values
    for one in reversed(splits):
        out = RaggedTensor.from_row_splits(out, np.asarray(one, dtype.dtype), validate=False)
    return out


def ragged_of(values: Any, splits: np.ndarray) -> Any:
    """A ragged tensor whose rows are those of a ragged tensor."""
    return ragged(values, [splits], values.row_splits.dtype)
