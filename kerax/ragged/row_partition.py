"""``tf.experimental.RowPartition``: how values are divided into rows, without the values."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.array_ops._known import concrete, known
from kerax.core import dtypes
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.ragged import partition
from kerax.ragged.tensor import RaggedTensor, _make


class RowPartition:
    """Where rows begin and end in a sequence of values.

    Made by one of the ``from_…`` class methods, which take what ``tf.RaggedTensor``'s take.

    >>> import kerax as tf
    >>> rows = tf.experimental.RowPartition.from_row_lengths([2, 0, 3])
    >>> rows
    tf.RowPartition(row_splits=[0 2 2 5])
    >>> rows.value_rowids().numpy()
    array([0, 0, 2, 2, 2])

    Source: https://www.tensorflow.org/api_docs/python/tf/experimental/RowPartition
    """

    def __init__(
        self,
        row_splits: Any,
        row_lengths: Any = None,
        value_rowids: Any = None,
        nrows: Any = None,
        uniform_row_length: Any = None,
        nvals: Any = None,
        internal: bool = False,
    ) -> None:
        if not internal:
            raise ValueError(
                "RowPartition constructor is private; please use one of the factory methods instead (e.g., "
                "RowPartition.from_row_lengths())"
            )
        self._splits = row_splits
        self._uniform = uniform_row_length

    @classmethod
    def _of(cls, rows: RaggedTensor, dtype: Any, hint: Any = None, given: Any = None) -> RowPartition:
        """The partition of a ragged tensor's outermost rows; ``hint`` counts where what was given has no dtype."""
        wanted = dtype or (None if hasattr(given, "dtype") else hint)
        splits = rows.row_splits if wanted is None else partition.cast(rows.row_splits, dtypes.as_dtype(wanted))
        uniform = rows.uniform_row_length
        return cls(splits, uniform_row_length=None if uniform is None else int(concrete(uniform)), internal=True)

    @classmethod
    def from_row_splits(
        cls, row_splits: Any, validate: bool = True, dtype: Any = None, dtype_hint: Any = None
    ) -> RowPartition:
        """Rows from the places where they begin and end, int ``[nrows + 1]``."""
        array = concrete(convert_to_tensor(row_splits))
        if not array.size:
            raise ValueError("row_splits tensor may not be empty.")
        return cls._of(
            RaggedTensor.from_row_splits(_values(array[-1]), row_splits, validate=validate),
            dtype,
            dtype_hint,
            row_splits,
        )

    @classmethod
    def from_row_lengths(
        cls, row_lengths: Any, validate: bool = True, dtype: Any = None, dtype_hint: Any = None
    ) -> RowPartition:
        """Rows from their lengths, int ``[nrows]``."""
        total = concrete(convert_to_tensor(row_lengths)).sum()
        return cls._of(
            RaggedTensor.from_row_lengths(_values(total), row_lengths, validate=validate),
            dtype,
            dtype_hint,
            row_lengths,
        )

    @classmethod
    def from_row_starts(
        cls, row_starts: Any, nvals: Any, validate: bool = True, dtype: Any = None, dtype_hint: Any = None
    ) -> RowPartition:
        """Rows from the places where they begin, int ``[nrows]``, and the number of values."""
        return cls._of(
            RaggedTensor.from_row_starts(_values(concrete(nvals)), row_starts, validate=validate),
            dtype,
            dtype_hint,
            row_starts,
        )

    @classmethod
    def from_row_limits(
        cls, row_limits: Any, validate: bool = True, dtype: Any = None, dtype_hint: Any = None
    ) -> RowPartition:
        """Rows from the places where they end, int ``[nrows]``."""
        array = concrete(convert_to_tensor(row_limits))
        values = _values(array[-1] if array.size else 0)
        return cls._of(
            RaggedTensor.from_row_limits(values, row_limits, validate=validate), dtype, dtype_hint, row_limits
        )

    @classmethod
    def from_value_rowids(
        cls, value_rowids: Any, nrows: Any = None, validate: bool = True, dtype: Any = None, dtype_hint: Any = None
    ) -> RowPartition:
        """Rows from the ascending row numbers of the values, int ``[nvals]``."""
        values = _values(len(concrete(convert_to_tensor(value_rowids))))
        return cls._of(
            RaggedTensor.from_value_rowids(values, value_rowids, nrows, validate=validate),
            dtype,
            dtype_hint,
            value_rowids,
        )

    @classmethod
    def from_uniform_row_length(
        cls,
        uniform_row_length: Any,
        nvals: Any = None,
        nrows: Any = None,
        validate: bool = True,
        dtype: Any = None,
        dtype_hint: Any = None,
    ) -> RowPartition:
        """Rows of one length, and the number of values or of rows."""
        if nvals is None and nrows is None:
            raise ValueError("Either (or both) of nvals and nrows must be specified")
        if nvals is None:
            nvals = concrete(convert_to_tensor(uniform_row_length)) * concrete(convert_to_tensor(nrows))
        values = _values(concrete(convert_to_tensor(nvals)))
        rows = RaggedTensor.from_uniform_row_length(values, uniform_row_length, nrows, validate=validate)
        return cls._of(rows, dtype, dtype_hint, uniform_row_length)

    # --- what it says -----------------------------------------------------------------------------------
    @property
    def _rows(self) -> RaggedTensor:
        return _make(_values(concrete(self._splits)[-1]), self._splits, self._uniform)

    @property
    def dtype(self) -> dtypes.DType:
        """int32 or int64, of all that it returns."""
        return self._splits.dtype

    def row_splits(self) -> Tensor:
        """Where rows begin and end, int ``[nrows + 1]``."""
        return self._splits

    def row_lengths(self) -> Tensor:
        """int ``[nrows]``."""
        return self._rows.row_lengths()

    def row_starts(self) -> Tensor:
        """int ``[nrows]``."""
        return self._rows.row_starts()

    def row_limits(self) -> Tensor:
        """int ``[nrows]``."""
        return self._rows.row_limits()

    def value_rowids(self) -> Tensor:
        """The row of each value, int ``[nvals]``."""
        return self._rows.value_rowids()

    def nrows(self) -> Tensor:
        """The number of rows, an int scalar."""
        return self._rows.nrows()

    def nvals(self) -> Tensor:
        """The number of values, an int scalar."""
        return self._splits[-1]

    def offsets_in_rows(self) -> Tensor:
        """The place of each value in its row, int ``[nvals]``."""
        splits = concrete(self._splits)
        inside = np.arange(splits[-1]) - np.repeat(splits[:-1], np.diff(splits))
        return convert_to_tensor(inside.astype(splits.dtype))

    def uniform_row_length(self) -> Tensor | None:
        """The length of every row where it is known to be the same, else None."""
        return None if self._uniform is None else convert_to_tensor(self._uniform, self.dtype)

    def is_uniform(self) -> bool:
        """Whether all rows are known to have one length."""
        return self._uniform is not None

    @property
    def static_nrows(self) -> int | None:
        """The number of rows as far as shapes tell it."""
        return self._splits.shape[0] - 1

    @property
    def static_nvals(self) -> int | None:
        """The number of values where rows are uniform."""
        return None if self._uniform is None else int(concrete(self._splits)[-1])

    @property
    def static_uniform_row_length(self) -> int | None:
        """The length of every row where it is known to be the same, a numpy scalar, else None."""
        return None if self._uniform is None else self.dtype.as_numpy_dtype(self._uniform)

    def with_dtype(self, dtype: Any) -> RowPartition:
        """The same with int32 or int64 numbers."""
        return RowPartition._of(self._rows, dtype)

    def __repr__(self) -> str:
        if self._uniform is not None:
            return f"tf.RowPartition(nrows={self.static_nrows}, uniform_row_length={self._uniform})"
        splits = known(self._splits)
        return f"tf.RowPartition(row_splits={self._splits if splits is None else splits})"

    def _kerax_components(self) -> list[Tensor]:
        return [self._splits]

    def _kerax_rebuild(self, components: list[Any]) -> RowPartition:
        return RowPartition(components[0], uniform_row_length=self._uniform, internal=True)


def _values(count: Any) -> Tensor:
    """Values of which only the number matters."""
    return Tensor(np.zeros(max(int(count), 0), np.int8))
