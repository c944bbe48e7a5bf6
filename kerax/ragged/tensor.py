"""``tf.RaggedTensor``: rows of different lengths, as flat values and the places where rows begin."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.array_ops._known import concrete
from kerax.array_ops.creation import identity
from kerax.array_ops.gathering import gather
from kerax.core import dtypes, errors
from kerax.core.shape import TensorShape
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import OPERATORS, Tensor
from kerax.ragged import partition


def _operator(name: str) -> Any:
    return lambda self, other: OPERATORS[name](self, other)


def _reflected(name: str) -> Any:
    return lambda self, other: OPERATORS[name](other, self)


def _unary(name: str) -> Any:
    return lambda self: OPERATORS[name](self)


class RaggedTensor:
    """A tensor with dimensions whose slices have different lengths.

    Made by ``tf.ragged.constant`` or one of the ``from_…`` class methods. The values of all rows stand one after the
    other in ``values``; row ``i`` is ``values[row_splits[i]:row_splits[i + 1]]``. ``values`` may be ragged itself.

    >>> import kerax as tf
    >>> tf.RaggedTensor.from_row_lengths([3, 1, 4], [1, 0, 2])
    <tf.RaggedTensor [[3], [], [1, 4]]>
    """

    _is_native = True  # tf.is_tensor counts it, which it does not with types that users make of tensors

    _kerax_overrides_operators = True
    __array_priority__ = 101

    def __init__(self, values: Any, row_partition: Any, internal: bool = False) -> None:
        if not internal:
            raise ValueError(
                "RaggedTensor constructor is private; please use one of the factory methods instead "
                "(e.g., RaggedTensor.from_row_lengths())"
            )
        self._values = values
        self._row_splits, self._uniform = row_partition  # the splits and the length of all rows, where it is known

    # --- parts ------------------------------------------------------------------------------------------
    @property
    def values(self) -> Any:
        """All rows, one after the other: a Tensor or RaggedTensor of one rank less."""
        return self._values

    @property
    def flat_values(self) -> Tensor:
        """The innermost values, of all ragged dimensions one after the other."""
        values = self._values
        while isinstance(values, RaggedTensor):
            values = values._values
        return values

    @property
    def row_splits(self) -> Tensor:
        """int [nrows + 1], where the rows begin and end."""
        return self._row_splits

    @property
    def uniform_row_length(self) -> Tensor | None:
        """The length of every row where they are known to be equal, else None."""
        if self._uniform is None:
            return None
        return convert_to_tensor(self._uniform, self._row_splits.dtype)

    @property
    def nested_row_splits(self) -> tuple[Tensor, ...]:
        """The row splits of all ragged dimensions, outermost first."""
        inner = self._values.nested_row_splits if isinstance(self._values, RaggedTensor) else ()
        return (self._row_splits, *inner)

    @property
    def ragged_rank(self) -> int:
        """The number of partitioned dimensions."""
        return len(self.nested_row_splits)

    @property
    def dtype(self) -> dtypes.DType:
        return self._values.dtype

    @property
    def shape(self) -> TensorShape:
        """The static shape: None where lengths differ."""
        inner = self._values.shape
        return TensorShape([self._row_splits._value.shape[0] - 1, self._uniform]).concatenate(inner[1:])

    def get_shape(self) -> TensorShape:
        return self.shape

    def _splits(self) -> np.ndarray:
        """The row splits as numpy."""
        return concrete(self._row_splits, "row_splits").astype(np.int64)

    # --- other encodings of the partition -----------------------------------------------------------------
    def nrows(self, out_type: Any = None, name: str | None = None) -> Tensor:
        """The number of rows, as a scalar of the splits' dtype."""
        dtype = self._row_splits.dtype if out_type is None else dtypes.as_dtype(out_type)
        return convert_to_tensor(np.array(self._row_splits._value.shape[0] - 1, dtype.as_numpy_dtype))

    def row_starts(self, name: str | None = None) -> Tensor:
        return self._row_splits[:-1]

    def row_limits(self, name: str | None = None) -> Tensor:
        return self._row_splits[1:]

    def row_lengths(self, axis: int = 1, name: str | None = None) -> Any:
        """The lengths of the rows along a dimension: int [nrows] for ``axis=1``, ragged for inner ones."""
        rank = self.shape.rank
        if not -rank <= axis < rank:
            raise ValueError(f"axis={axis} out of bounds: expected {-rank}<=axis<{rank}")
        axis %= rank
        if axis == 0:
            return self.nrows()
        if axis == 1:
            return partition.lengths(self._row_splits)
        if isinstance(self._values, RaggedTensor):
            return self.with_values(self._values.row_lengths(axis - 1))
        size = self._values.shape[axis - 1]
        lengths = convert_to_tensor(np.full(self._values._value.shape[0], size, self._row_splits.dtype.as_numpy_dtype))
        return self.with_values(lengths)

    def value_rowids(self, name: str | None = None) -> Tensor:
        """int [nvals], the row of each value."""
        return partition.rowids(self._row_splits, _rows(self._values))

    def nested_row_lengths(self, name: str | None = None) -> tuple[Tensor, ...]:
        return tuple(partition.lengths(splits) for splits in self.nested_row_splits)

    def nested_value_rowids(self, name: str | None = None) -> tuple[Tensor, ...]:
        inner = self._values.nested_value_rowids() if isinstance(self._values, RaggedTensor) else ()
        return (self.value_rowids(), *inner)

    def bounding_shape(self, axis: Any = None, name: str | None = None, out_type: Any = None) -> Tensor:
        """The shape of the smallest dense tensor that holds all rows (or some of its dimensions)."""
        dtype = self._row_splits.dtype if out_type is None else dtypes.as_dtype(out_type)
        sizes = np.array(self._box(), dtype.as_numpy_dtype)
        return convert_to_tensor(sizes if axis is None else sizes[np.asarray(axis)])

    def _box(self) -> list[int]:
        splits = self._splits()
        longest = int(np.diff(splits).max(initial=0))
        inner = self._values._box() if isinstance(self._values, RaggedTensor) else list(self._values._value.shape)
        return [len(splits) - 1, longest, *inner[1:]]

    # --- variations -------------------------------------------------------------------------------------
    def with_values(self, new_values: Any) -> RaggedTensor:
        """The same partition of other values (of as many rows)."""
        if not isinstance(new_values, RaggedTensor):
            new_values = convert_to_tensor(new_values)
        if new_values.shape.rank == 0:
            raise ValueError("Shape () must have rank at least 1")
        if _rows(new_values) != _rows(self._values):
            raise ValueError(
                f"Dimensions must be equal: new_values has {_rows(new_values)} rows instead of {_rows(self._values)}"
            )
        splits = self._row_splits
        if isinstance(new_values, RaggedTensor) and new_values._row_splits.dtype is not splits.dtype:
            splits = partition.cast(splits, dtypes.int64)
            new_values = new_values.with_row_splits_dtype(dtypes.int64)
        return _make(new_values, splits, self._uniform)

    def with_flat_values(self, new_values: Any) -> RaggedTensor:
        """The same partitions of other flat values."""
        if isinstance(self._values, RaggedTensor):
            return self.with_values(self._values.with_flat_values(new_values))
        return self.with_values(new_values)

    def with_row_splits_dtype(self, dtype: Any) -> RaggedTensor:
        """The same tensor with row splits of another dtype, int32 or int64."""
        dtype = dtypes.as_dtype(dtype)
        if dtype not in (dtypes.int32, dtypes.int64):
            raise ValueError(f"Argument `row_splits` dtype must be int32 or int64. Received {dtype}.")
        if self._row_splits.dtype is dtype:
            return self
        values = self._values.with_row_splits_dtype(dtype) if isinstance(self._values, RaggedTensor) else self._values
        return _make(values, partition.cast(self._row_splits, dtype), self._uniform)

    def merge_dims(self, outer_axis: int, inner_axis: int) -> Any:
        """The tensor with a range of dimensions joined into one."""
        rank = self.shape.rank
        outer, inner = (axis + rank if axis < 0 else axis for axis in (outer_axis, inner_axis))
        if outer > inner:
            raise ValueError(
                f"Expected outer_axis ({outer_axis}) to be less than or equal to inner_axis ({inner_axis})"
            )
        if not 0 <= outer <= inner < rank:
            raise ValueError(f"merge_dims: axes {outer_axis} and {inner_axis} out of range for rank {rank}")
        return _merge(self, outer, inner)

    # --- other forms ------------------------------------------------------------------------------------
    def to_tensor(self, default_value: Any = None, name: str | None = None, shape: Any = None) -> Tensor:
        """A dense tensor, short rows filled up.

        Args:
          default_value: what fills; zeros (empty strings) by default.
          name: ignored.
          shape: sizes of the result, None where the longest row decides; what lies outside is cut off.

        Returns:
          Tensor.

        >>> import kerax as tf
        >>> tf.ragged.constant([[1], [2, 3]]).to_tensor().numpy().tolist()
        [[1, 0], [2, 3]]
        """
        from kerax.ragged.conversion import to_tensor

        return to_tensor(self, default_value, shape)

    def to_sparse(self, name: str | None = None) -> Any:
        """The values as a ``tf.SparseTensor`` of the bounding shape."""
        from kerax.ragged.conversion import to_sparse

        return to_sparse(self)

    def to_list(self) -> list[Any]:
        """Nested python lists of the values."""
        return _nested(self._values_list(), self._splits())

    def _values_list(self) -> list[Any]:
        if isinstance(self._values, RaggedTensor):
            return self._values.to_list()
        return _numpy_of(self._values).tolist()

    def numpy(self) -> np.ndarray:
        """A numpy array; of objects, where rows have different lengths."""
        values = self._values.numpy() if isinstance(self._values, RaggedTensor) else _numpy_of(self._values)
        splits = self._splits()
        rows = [values[a:b] for a, b in zip(splits[:-1], splits[1:], strict=True)]
        if not rows:
            return np.zeros((0, 0) + values.shape[1:], dtype=values.dtype)
        if all(len(row) == len(rows[0]) for row in rows):
            return np.array(rows)
        out = np.empty(len(rows), dtype=object)
        out[:] = rows
        return out

    @classmethod
    def from_tensor(
        cls, tensor: Any, lengths: Any = None, padding: Any = None, ragged_rank: int = 1, name: str | None = None,
        row_splits_dtype: Any = dtypes.int64,
    ) -> RaggedTensor:  # fmt: skip
        """Rows of a dense tensor, without their padding.

        Args:
          tensor: tensor of rank > ``ragged_rank``.
          lengths: int [rows], how many elements of each row stay; or a tuple of such for several dimensions.
          padding: scalar; trailing elements equal to it are dropped.
          ragged_rank: int, the number of ragged dimensions.
          name: ignored.
          row_splits_dtype: tf.int32 or tf.int64.

        >>> import kerax as tf
        >>> tf.RaggedTensor.from_tensor([[1, 0], [2, 3]], padding=0)
        <tf.RaggedTensor [[1], [2, 3]]>
        """
        from kerax.ragged.conversion import from_tensor

        return from_tensor(tensor, lengths, padding, ragged_rank, row_splits_dtype)

    @classmethod
    def from_sparse(cls, st_input: Any, name: str | None = None, row_splits_dtype: Any = dtypes.int64) -> RaggedTensor:
        """The rows of a 2-D ``tf.SparseTensor`` whose rows have no gaps."""
        from kerax.ragged.conversion import from_sparse

        return from_sparse(st_input, row_splits_dtype)

    # --- factories --------------------------------------------------------------------------------------
    @classmethod
    def from_row_splits(
        cls, values: Any, row_splits: Any, name: str | None = None, validate: bool = True
    ) -> RaggedTensor:
        """Rows that begin and end at ``row_splits``, int [nrows + 1], beginning with 0."""
        values, splits = _convert(values), partition.convert(row_splits, "row_splits")
        if validate:
            partition.check_splits(splits, _rows(values))
        return _matched(values, splits)

    @classmethod
    def from_row_lengths(
        cls, values: Any, row_lengths: Any, name: str | None = None, validate: bool = True
    ) -> RaggedTensor:
        """Rows of the given lengths, int [nrows]."""
        values, lengths = _convert(values), partition.convert(row_lengths, "row_lengths")
        splits = partition.from_lengths(lengths)
        if validate:
            partition.check_lengths(lengths, _rows(values))
        return _matched(values, splits)

    @classmethod
    def from_row_starts(
        cls, values: Any, row_starts: Any, name: str | None = None, validate: bool = True
    ) -> RaggedTensor:
        """Rows that begin at ``row_starts``, int [nrows]."""
        values, starts = _convert(values), partition.convert(row_starts, "row_starts")
        splits = partition.append(starts, _rows(values))
        if validate:
            partition.check_splits(splits, _rows(values), "row_starts")
        return _matched(values, splits)

    @classmethod
    def from_row_limits(
        cls, values: Any, row_limits: Any, name: str | None = None, validate: bool = True
    ) -> RaggedTensor:
        """Rows that end before ``row_limits``, int [nrows]."""
        values, limits = _convert(values), partition.convert(row_limits, "row_limits")
        splits = partition.prepend_zero(limits)
        if validate:
            partition.check_splits(splits, _rows(values), "row_limits")
        return _matched(values, splits)

    @classmethod
    def from_value_rowids(
        cls, values: Any, value_rowids: Any, nrows: Any = None, name: str | None = None, validate: bool = True
    ) -> RaggedTensor:
        """Rows made of the values with equal, ascending numbers ``value_rowids``, int [nvals].

        Args:
          values: tensor or ragged tensor of ``nvals`` rows.
          value_rowids: int [nvals], ascending.
          nrows: int, the number of rows; up to the last number by default.
          name: ignored.
          validate: bool, whether the arguments are checked.
        """
        values, rowids = _convert(values), partition.convert(value_rowids, "value_rowids")
        ids = concrete(rowids, "value_rowids")
        if validate and ids.size != _rows(values):
            raise ValueError(f"Shapes ({_rows(values)},) and ({ids.size},) are incompatible")
        if nrows is not None and np.ndim(nrows) != 0:
            raise ValueError(f"nrows must be a scalar. Received {nrows}.")
        if nrows is None:
            count = int(ids[-1]) + 1 if ids.size else 0
        else:
            count = int(concrete(nrows, "nrows"))
            if count < 0:
                raise ValueError(f"Expected nrows >= 0; got {count}")
            if not ids.size == 0 and isinstance(nrows, int) and ids.max() >= nrows and validate:
                raise ValueError(
                    f"Expected nrows >= value_rowids[-1] + 1; got nrows={count}, value_rowids[-1]={ids[-1]}"
                )
        if validate:
            partition.check_rowids(ids, _rows(values), count)
        splits = np.concatenate([[0], np.cumsum(np.bincount(ids, minlength=count))]) if count else np.zeros(1)
        return _matched(values, convert_to_tensor(splits.astype(rowids.dtype.as_numpy_dtype)))

    @classmethod
    def from_uniform_row_length(
        cls, values: Any, uniform_row_length: Any, nrows: Any = None, validate: bool = True, name: str | None = None
    ) -> RaggedTensor:
        """Rows of one length; ``nrows`` is needed only where that is 0."""
        values = _convert(values)
        length = int(concrete(uniform_row_length, "uniform_row_length"))
        if length < 0:
            raise ValueError("uniform_row_length must be greater than or equal to 0.")
        have = _rows(values)
        count = int(concrete(nrows, "nrows")) if nrows is not None else have // length if length else 0
        if validate and (count * length != have or (nrows is not None and length and have // length != count)):
            raise ValueError(f"uniform_row_length={length} times nrows={count} must equal nvals={have}")
        dtype = dtypes.int64
        if isinstance(values, RaggedTensor):
            dtype = values._row_splits.dtype
        elif isinstance(uniform_row_length, Tensor):
            dtype = uniform_row_length.dtype
        splits = (np.arange(count + 1) * length).astype(dtype.as_numpy_dtype)
        return _make(values, convert_to_tensor(splits), length)

    @classmethod
    def _nested(cls, make: Any, flat_values: Any, parts: Any, what: str, validate: bool) -> Any:
        if isinstance(parts, Tensor):
            raise TypeError(f"Argument `{what}` must be a list of Tensors. Received {parts}.")
        result = flat_values
        for part in reversed(list(parts)):
            result = make(result, part, validate=validate)
        return result

    @classmethod
    def from_nested_row_splits(
        cls, flat_values: Any, nested_row_splits: Any, name: str | None = None, validate: bool = True
    ) -> Any:
        """Several ragged dimensions by their row splits, outermost first."""
        return cls._nested(cls.from_row_splits, flat_values, nested_row_splits, "nested_row_splits", validate)

    @classmethod
    def from_nested_row_lengths(
        cls, flat_values: Any, nested_row_lengths: Any, name: str | None = None, validate: bool = True
    ) -> Any:
        """Several ragged dimensions by their row lengths, outermost first."""
        return cls._nested(cls.from_row_lengths, flat_values, nested_row_lengths, "nested_row_lengths", validate)

    @classmethod
    def from_nested_value_rowids(
        cls, flat_values: Any, nested_value_rowids: Any, nested_nrows: Any = None, name: str | None = None,
        validate: bool = True,
    ) -> Any:  # fmt: skip
        """Several ragged dimensions by the rows of their values, outermost first."""
        rows = [None] * len(nested_value_rowids) if nested_nrows is None else list(nested_nrows)
        if len(rows) != len(nested_value_rowids):
            raise ValueError("Argument `nested_nrows` must have the same length as argument `nested_value_rowids`.")
        result = flat_values
        for ids, count in reversed(list(zip(nested_value_rowids, rows, strict=True))):
            result = cls.from_value_rowids(result, ids, count, validate=validate)
        return result

    # --- python protocols -------------------------------------------------------------------------------
    def __getitem__(self, key: Any) -> Any:
        from kerax.ragged.getitem import getitem

        return getitem(self, key)

    def __len__(self) -> int:
        raise TypeError("object of type 'RaggedTensor' has no len()")

    def __iter__(self) -> Any:
        return (self[i] for i in range(self._row_splits._value.shape[0] - 1))

    def __bool__(self) -> bool:
        raise TypeError("RaggedTensor may not be used as a boolean.")

    def __hash__(self) -> int:
        raise TypeError("RaggedTensor is unhashable. Instead, use tensor.ref() as the key.")

    def consumers(self) -> list[Any]:
        return []

    def __repr__(self) -> str:
        if self.flat_values._is_symbolic() or self._row_splits._is_symbolic():
            return f"tf.RaggedTensor(values={self._values}, row_splits={self._row_splits})"
        with np.printoptions(formatter={"all": _format}):
            return f"<tf.RaggedTensor {_format(self.numpy())}>"

    __str__ = __repr__

    def _kerax_print(self, summarize: int) -> str:
        """The text that ``tf.print`` shows."""
        from kerax.ragged.strings import text

        return text(self, summarize).decode(errors="replace")

    @property
    def _type_spec(self) -> Any:
        from kerax.ragged.spec import RaggedTensorSpec

        return RaggedTensorSpec.from_value(self)

    def _is_symbolic(self) -> bool:
        return self.flat_values._is_symbolic()

    # --- as a structure of plain tensors ------------------------------------------------------------------
    @property
    def _kerax_static(self) -> Any:
        return tuple(level._uniform for level in _levels(self))

    def _kerax_components(self) -> list[Tensor]:
        return [self.flat_values, *self.nested_row_splits]

    def _kerax_rebuild(self, components: list[Any]) -> RaggedTensor:
        uniform = [level._uniform for level in _levels(self)]
        values = components[0]
        for splits, length in zip(reversed(components[1:]), reversed(uniform), strict=True):
            values = _make(values, splits, length)
        return values

    __add__, __radd__ = _operator("add"), _reflected("add")
    __sub__, __rsub__ = _operator("sub"), _reflected("sub")
    __mul__, __rmul__ = _operator("mul"), _reflected("mul")
    __truediv__, __rtruediv__ = _operator("truediv"), _reflected("truediv")
    __floordiv__, __rfloordiv__ = _operator("floordiv"), _reflected("floordiv")
    __mod__, __rmod__ = _operator("mod"), _reflected("mod")
    __pow__, __rpow__ = _operator("pow"), _reflected("pow")
    __and__, __rand__ = _operator("and_"), _reflected("and_")
    __or__, __ror__ = _operator("or_"), _reflected("or_")
    __xor__, __rxor__ = _operator("xor"), _reflected("xor")

    def __eq__(self, other: Any) -> Any:
        if other is None:
            return False
        try:
            out = OPERATORS["eq"](self, other)
            return out if isinstance(out, RaggedTensor) else False
        except (ValueError, errors.InvalidArgumentError):
            return False

    def __ne__(self, other: Any) -> Any:
        if other is None:
            return True
        try:
            out = OPERATORS["ne"](self, other)
            return out if isinstance(out, RaggedTensor) else True
        except (ValueError, errors.InvalidArgumentError):
            return True

    __lt__, __le__ = _operator("lt"), _operator("le")
    __gt__, __ge__ = _operator("gt"), _operator("ge")
    __neg__, __abs__, __invert__ = _unary("neg"), _unary("abs"), _unary("invert")


def is_ragged(value: Any) -> bool:
    return isinstance(value, RaggedTensor)


def _levels(rt: Any) -> list[RaggedTensor]:
    out = []
    while isinstance(rt, RaggedTensor):
        out.append(rt)
        rt = rt._values
    return out


def _rows(values: Any) -> int:
    """The number of rows of a Tensor or RaggedTensor, always static."""
    return values._row_splits._value.shape[0] - 1 if isinstance(values, RaggedTensor) else values._value.shape[0]


def _convert(values: Any) -> Any:
    if isinstance(values, RaggedTensor):
        return values
    values = convert_to_tensor(values)
    if values.shape.rank == 0:
        raise ValueError("Shape () must have rank at least 1")
    return values


def _make(values: Any, splits: Tensor, uniform: int | None = None) -> RaggedTensor:
    return RaggedTensor(values, (splits, uniform), internal=True)


def _matched(values: Any, splits: Tensor) -> RaggedTensor:
    """A ragged tensor whose levels all have row splits of one dtype."""
    if isinstance(values, RaggedTensor) and values._row_splits.dtype is not splits.dtype:
        values, splits = values.with_row_splits_dtype(dtypes.int64), partition.cast(splits, dtypes.int64)
    return _make(values, splits)


def _merge(value: Any, outer: int, inner: int) -> Any:
    """Joins dimensions ``outer`` to ``inner`` of a Tensor or RaggedTensor."""
    from kerax.array_ops.shaping import reshape

    if not isinstance(value, RaggedTensor):
        shape = list(value._value.shape)
        size = int(np.prod(shape[outer : inner + 1], dtype=np.int64))
        return reshape(value, shape[:outer] + [size] + shape[inner + 1 :])
    if outer == inner:
        return value
    if outer > 1:
        return value.with_values(_merge(value._values, outer - 1, inner - 1))
    if outer == 0:
        return _merge(value._values, 0, inner - 1)
    parts, splits = value._values, value._row_splits
    if isinstance(parts, RaggedTensor):
        merged = _make(parts._values, gather(parts._row_splits, splits))
    else:
        merged = _make(_merge(parts, 0, 1), splits * parts._value.shape[1])
    return _merge(merged, 1, inner - 1)


def _nested(values: list[Any], splits: np.ndarray) -> list[Any]:
    return [values[a:b] for a, b in zip(splits[:-1].tolist(), splits[1:].tolist(), strict=True)]


def _numpy_of(tensor: Tensor) -> np.ndarray:
    if tensor._is_symbolic():
        raise ValueError("RaggedTensor.numpy() and to_list() are only supported in eager mode.")
    return np.asarray(tensor.numpy() if tensor.shape.rank else [tensor.numpy()])


def _format(x: Any) -> str:
    """An array's text with commas, without array() around inner arrays."""
    if isinstance(x, np.ndarray):
        return np.array2string(x, separator=", ") if x.size else repr(x.tolist())
    return str(x)


def take_rows(values: Any, rows: Any) -> Any:
    """Some rows (numpy indices) of a Tensor or RaggedTensor."""
    if not isinstance(values, RaggedTensor):
        return _take_rows(values, rows)
    splits = values._splits()
    lengths = np.diff(splits)[rows]
    positions = ranges(splits[:-1][rows], lengths)
    new = np.concatenate([[0], np.cumsum(lengths)]).astype(values._row_splits.dtype.as_numpy_dtype)
    return _make(take_rows(values._values, positions), convert_to_tensor(new), values._uniform)


def _take_rows(values: Tensor, rows: np.ndarray) -> Tensor:
    if values._value.dtype == object:
        return Tensor(values._value[rows], values._trace)
    if rows.size == values._value.shape[0] and np.array_equal(rows, np.arange(rows.size)):
        return identity(values)
    return gather(values, rows)


def ranges(starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """``start, start + 1, …`` of each length, one after the other."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if ends.size else 0
    return np.arange(total) + np.repeat(starts - (ends - lengths), lengths)
