"""TensorFlow 1's functions of tensors that TensorFlow 2 has no counterpart of."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any, NoReturn

from kerax import debugging, math, quantization, strings
from kerax import ragged as _ragged
from kerax import sparse as _sparse
from kerax.array_ops import batch_to_space as _batch_to_space
from kerax.array_ops import broadcast_to, concat, ensure_shape, expand_dims, gather, reshape, where
from kerax.array_ops import range as _range
from kerax.array_ops import space_to_batch as _space_to_batch
from kerax.core import dtypes, errors
from kerax.core.tensor import convert_to_tensor
from kerax.math.casting import cast
from kerax.ragged import RaggedTensor
from kerax.sparse import SparseTensor
from kerax.sparse.indexed_slices import IndexedSlices
from kerax.sparse.tensor import SparseTensorValue as SparseTensorValue

from . import variables


def _sparse_tensor(value: Any) -> Any:
    return SparseTensor.from_value(value) if isinstance(value, SparseTensorValue) else value


def convert_to_tensor_or_sparse_tensor(value: Any, dtype: Any = None, name: str | None = None) -> Any:
    """A `SparseTensor` as it is, anything else as a Tensor.

    Raises:
      RuntimeError: a `SparseTensor` of another dtype.
    """
    value = _sparse_tensor(value)
    if not isinstance(value, SparseTensor):
        return convert_to_tensor(value, dtype)
    if dtype is not None and not dtypes.as_dtype(dtype).is_compatible_with(value.dtype):
        raise RuntimeError(
            f"Sparse dtype mismatch. Requested: {dtypes.as_dtype(dtype).name}, actual: {value.dtype.name}"
        )
    return value


def convert_to_tensor_or_indexed_slices(value: Any, dtype: Any = None, name: str | None = None) -> Any:
    """`IndexedSlices` and `SparseTensor` as they are, anything else as a Tensor."""
    return value if isinstance(value, (IndexedSlices, SparseTensor)) else convert_to_tensor(value, dtype)


def placeholder_with_default(input: Any, shape: Any, name: str | None = None) -> Any:
    """The default, since nothing is fed: a tensor that has to have a static shape, None for any."""
    tensor = convert_to_tensor(input)
    return tensor if shape is None else ensure_shape(tensor, shape, name)


def div(x: Any, y: Any, name: str | None = None) -> Any:
    """Python 2's division: floats exactly, integers rounded down."""
    x = convert_to_tensor(x)
    y = convert_to_tensor(y, x.dtype)
    return math.divide(x, y) if x.dtype.is_floating or x.dtype.is_complex else math.floordiv(x, y)


def assert_scalar(tensor: Any, name: str | None = None, message: str | None = None) -> Any:
    """A scalar as a Tensor.

    Raises:
      ValueError: it is none.
    """
    tensor = convert_to_tensor(tensor)
    debugging.assert_scalar(tensor, message)
    return tensor


def clip_by_average_norm(t: Any, clip_norm: Any, name: str | None = None) -> Any:
    """A tensor whose norm, divided by the number of its elements, is at most ``clip_norm``."""
    t = convert_to_tensor(t)
    count = cast(math.reduce_prod(convert_to_tensor(t.shape.as_list() or [1])), dtypes.float32)
    limit = math.minimum(math.rsqrt(math.reduce_sum(t * t)) * count, 1.0 / convert_to_tensor(clip_norm, t.dtype))
    return t * clip_norm * limit


def batch_gather(params: Any, indices: Any, name: str | None = None) -> Any:
    """Rows by their numbers: all dimensions of ``indices`` but the last count through those of ``params``."""
    indices = convert_to_tensor(indices)
    inner = indices.shape.rank - 1
    return gather(params, indices, axis=inner, batch_dims=inner)


def batch_scatter_update(
    ref: Any, indices: Any, updates: Any, use_locking: bool = True, name: str | None = None
) -> Any:
    """Gives rows of a Variable values: all dimensions of ``indices`` but the last count through those of ``ref``."""
    indices = convert_to_tensor(indices)
    rank = indices.shape.rank
    places = []
    for axis in range(rank - 1):
        count = [1] * rank
        count[axis] = -1
        places.append(broadcast_to(reshape(_range(indices.shape[axis], dtype=indices.dtype), count), indices.shape))
    return ref.scatter_nd_update(concat([expand_dims(p, -1) for p in [*places, indices]], -1), updates)


def _block(block_size: Any, block_shape: Any) -> Any:
    block = block_size if block_shape is None else block_shape
    return [block, block] if isinstance(block, int) else block


def space_to_batch(
    input: Any, paddings: Any, block_size: Any = None, name: str | None = None, block_shape: Any = None
) -> Any:
    """``tf.space_to_batch`` of square blocks."""
    return _space_to_batch(input, _block(block_size, block_shape), paddings, name)


def batch_to_space(input: Any, crops: Any, block_size: Any, name: str | None = None, block_shape: Any = None) -> Any:
    """``tf.batch_to_space`` of square blocks."""
    return _batch_to_space(input, _block(block_size, block_shape), crops, name)


def count_up_to(ref: Any, limit: int, name: str | None = None) -> Any:
    """Counts a Variable up by one, and returns what it was.

    Raises:
      OutOfRangeError: it has reached the limit.
    """
    before = ref.read_value()
    if int(before) >= limit:
        raise errors.OutOfRangeError(None, None, f"Reached limit of {limit}")
    ref.assign_add(1)
    return before


def setdiff1d(x: Any, y: Any, index_dtype: Any = dtypes.int32, name: str | None = None) -> tuple[Any, Any]:
    """The elements of ``x`` that are not in ``y``, and where they are."""
    x = convert_to_tensor(x)
    missing = math.logical_not(
        math.reduce_any(math.equal(expand_dims(x, 1), expand_dims(convert_to_tensor(y, x.dtype), 0)), 1)
    )
    places = reshape(where(missing), [-1])
    return gather(x, places), cast(places, index_dtype)


def quantize_v2(
    input: Any,
    min_range: Any,
    max_range: Any,
    T: Any,
    mode: str = "MIN_COMBINED",
    name: str | None = None,
    round_mode: str = "HALF_AWAY_FROM_ZERO",
    narrow_range: bool = False,
    axis: int | None = None,
    ensure_minimum_range: float = 0.01,
) -> Any:
    """``tf.quantization.quantize`` with its arguments in another order."""
    return quantization.quantize(
        input, min_range, max_range, T, mode, round_mode, name, narrow_range, axis, ensure_minimum_range
    )


def sparse_to_dense(
    sparse_indices: Any,
    output_shape: Any,
    sparse_values: Any,
    default_value: Any = 0,
    validate_indices: bool = True,
    name: str | None = None,
) -> Any:
    """A tensor of ``default_value`` with other values at some places.

    Args:
      sparse_indices: int ``[n, rank]``, or ``[n]`` or a scalar for a vector.
      output_shape: int ``[rank]``.
      sparse_values: ``[n]``, or one value for all places.
      validate_indices: whether places must be in order.
    """
    values = convert_to_tensor(sparse_values)
    default = convert_to_tensor(default_value, values.dtype)
    indices = cast(convert_to_tensor(sparse_indices), dtypes.int64)
    if (indices.shape.rank or 0) < 2:
        indices = reshape(indices, [-1, 1])
    values = broadcast_to(values, indices.shape[:1])
    whole = SparseTensor(indices, values, cast(convert_to_tensor(output_shape), dtypes.int64))
    return _sparse.to_dense(whole, default, validate_indices)


def merge(
    sp_ids: Any, sp_values: Any, vocab_size: Any, name: str | None = None, already_sorted: bool = False
) -> SparseTensor:
    """A `SparseTensor` of values, whose last dimension's places are the values of others.

    Args:
      sp_ids: `SparseTensor` of int ids, or a list of them.
      sp_values: `SparseTensor` of the same places.
      vocab_size: int, or a list of as many as there are ids.
      already_sorted: whether the ids are in order.
    """
    if isinstance(sp_ids, (SparseTensor, SparseTensorValue)):
        sp_ids, vocab_size = [sp_ids], [vocab_size]
    if len(sp_ids) != len(vocab_size):
        raise ValueError("sp_ids and vocab_size have to have equal lengths.")
    ids, values = [_sparse_tensor(s) for s in sp_ids], _sparse_tensor(sp_values)
    columns = [expand_dims(cast(s.values, dtypes.int64), 1) for s in ids]
    shape = concat([ids[0].dense_shape[:-1], cast(convert_to_tensor(vocab_size), dtypes.int64)], 0)
    merged = SparseTensor(concat([ids[0].indices[:, :-1], *columns], 1), values.values, shape)
    return merged if already_sorted else _sparse.reorder(merged)


def _sparse_reduction(reduce: Any) -> Any:
    def reduction(
        sp_input: Any, axis: Any = None, keepdims: Any = None, reduction_axes: Any = None, keep_dims: Any = None
    ) -> Any:
        axis = reduction_axes if axis is None else axis
        return reduce(sp_input, axis, bool(keepdims or keep_dims), output_is_sparse=True)

    reduction.__doc__ = f"``tf.sparse.{reduce.__name__}`` that gives a `SparseTensor`."
    return reduction


reduce_max_sparse = sparse_reduce_max_sparse = _sparse_reduction(_sparse.reduce_max)
reduce_sum_sparse = sparse_reduce_sum_sparse = _sparse_reduction(_sparse.reduce_sum)
sparse_merge = merge


def _sparse_or_ragged(pieces: Any, result_type: str) -> Any:
    if result_type not in ("SparseTensor", "RaggedTensor"):
        raise ValueError("result_type must be 'RaggedTensor' or 'SparseTensor'.")
    return pieces.to_sparse() if result_type == "SparseTensor" else pieces


def string_split(
    source: Any,
    sep: str | None = None,
    skip_empty: bool = True,
    delimiter: str | None = None,
    result_type: str = "SparseTensor",
    name: str | None = None,
) -> Any:
    """Strings, each cut at every one of the characters of ``sep``; with none, into characters.

    Args:
      source: string ``[n]``.
      sep, delimiter: str, by default a space.
      skip_empty: whether empty pieces are left out.
      result_type: "SparseTensor" or "RaggedTensor".
    """
    sep = " " if sep is None and delimiter is None else delimiter if sep is None else sep
    source = convert_to_tensor(source, dtypes.string)
    cuts = [bytes([c]) for c in (sep.encode() if isinstance(sep, str) else bytes(sep))]
    rows = []
    for value in source.numpy():
        pieces = [value]
        for cut in cuts:
            pieces = [piece for whole in pieces for piece in whole.split(cut)]
        if not cuts:
            pieces = [value[i : i + 1] for i in range(len(value))]
        rows.append([piece for piece in pieces if piece or not skip_empty])
    return _sparse_or_ragged(_ragged.constant(rows, dtypes.string, ragged_rank=1), result_type)


def split(
    input: Any = None,
    sep: str | None = None,
    maxsplit: int = -1,
    result_type: str = "SparseTensor",
    source: Any = None,
    name: str | None = None,
) -> Any:
    """``tf.strings.split`` that gives a `SparseTensor` unless a "RaggedTensor" is asked for."""
    input = source if input is None else input
    if not isinstance(input, RaggedTensor):
        input = convert_to_tensor(input, dtypes.string)
        if input.shape.rank == 0:
            input = expand_dims(input, 0)
    return _sparse_or_ragged(strings.split(input, sep, maxsplit), result_type)


class RaggedTensorValue:
    """The numpy arrays of a `RaggedTensor`.

    Args:
      values: array, or a `RaggedTensorValue`.
      row_splits: int array ``[rows + 1]``.
    """

    def __init__(self, values: Any, row_splits: Any) -> None:
        self.values, self.row_splits = values, row_splits

    dtype = property(lambda self: self.values.dtype)
    flat_values = property(lambda self: getattr(self.values, "flat_values", self.values))
    ragged_rank = property(lambda self: 1 + getattr(self.values, "ragged_rank", 0))
    shape = property(lambda self: (len(self.row_splits) - 1, None, *self.values.shape[1:]))

    def to_list(self) -> list[Any]:
        """Nested lists."""
        inner = self.values.to_list() if isinstance(self.values, RaggedTensorValue) else self.values.tolist()
        return [inner[a:b] for a, b in zip(self.row_splits[:-1], self.row_splits[1:], strict=True)]


def constant_value(
    pylist: Any, dtype: Any = None, ragged_rank: Any = None, inner_shape: Any = None, row_splits_dtype: Any = "int64"
) -> Any:
    """``tf.ragged.constant`` that gives numpy arrays."""
    whole = _ragged.constant(pylist, dtype, ragged_rank, inner_shape, row_splits_dtype=row_splits_dtype)
    if not isinstance(whole, RaggedTensor):
        return whole.numpy()
    result = whole.flat_values.numpy()
    for splits in reversed(whole.nested_row_splits):
        result = RaggedTensorValue(result, splits.numpy())
    return result


def sparse_placeholder(dtype: Any, shape: Any = None, name: str | None = None) -> NoReturn:
    """Refused, as TensorFlow does it while it executes eagerly.

    Raises:
      RuntimeError: always.
    """
    raise RuntimeError("`sparse_placeholder` is not compatible with eager execution.")


def placeholder(dtype: Any, *arguments: Any, **settings: Any) -> NoReturn:
    """Refused, as TensorFlow does it while it executes eagerly.

    Raises:
      RuntimeError: always.
    """
    raise RuntimeError("placeholder is not compatible with eager execution.")


def no_regularizer(_: Any) -> None:
    """None: of a Variable that shall not be regularized."""


@contextlib.contextmanager
def container(container_name: str) -> Iterator[None]:
    """Without effect while executing eagerly."""
    yield


def op_scope(values: Any, name: str | None, default_name: str | None = None) -> Any:
    """`name_scope` with its arguments in another order."""
    return variables.name_scope(name, default_name, values)


def variable_op_scope(values: Any, name_or_scope: Any, default_name: str | None = None, **settings: Any) -> Any:
    """`variable_scope` with its arguments in another order."""
    return variables.variable_scope(name_or_scope, default_name, values, **settings)


def all_variables() -> list[Any]:
    """Empty: there are no collections while executing eagerly."""
    return []


def report_uninitialized_variables(var_list: Any = None, name: str = "report_uninitialized_variables") -> Any:
    """An empty string Tensor: variables have their values from the start."""
    return convert_to_tensor([], dtypes.string)


def assert_variables_initialized(var_list: Any = None) -> None:
    """Nothing to check: variables have their values from the start."""


def initialize_variables(var_list: Any, name: str = "init") -> None:
    """Nothing to do: variables have their values from the start."""


def initialize_all_tables(name: str = "init_all_tables") -> None:
    """Nothing to do: tables are filled from the start."""


def disable_control_flow_v2() -> None:
    """Without effect: loops and branches are compiled in one way only."""


def disable_resource_variables() -> None:
    """Without effect: variables are what TensorFlow 1 calls resource variables."""


def disable_tensor_equality() -> NoReturn:
    """Refused: ``==`` compares tensors by value.

    Raises:
      NotImplementedError: always.
    """
    raise NotImplementedError("kerax does not have TensorFlow 1's ==: tf.compat.v1.disable_tensor_equality()")


def disable_v2_tensorshape() -> NoReturn:
    """Refused: the elements of a `TensorShape` are ints or None.

    Raises:
      NotImplementedError: always.
    """
    raise NotImplementedError("kerax does not have TensorFlow 1's shapes: tf.compat.v1.disable_v2_tensorshape()")


def add_check_numerics_ops() -> NoReturn:
    """Refused, as TensorFlow does it while it executes eagerly.

    Raises:
      RuntimeError: always.
    """
    raise RuntimeError(
        "add_check_numerics_ops() is not compatible with eager execution. To check for Inf's and NaN's under eager "
        "execution, call tf.debugging.enable_check_numerics() once before executing the checked operations."
    )


def fixed_size_partitioner(num_shards: int, axis: int = 0) -> Any:
    """A function that cuts one axis of a Variable into ``num_shards`` pieces."""

    def partitioner(shape: Any, **unused: Any) -> list[int]:
        parts = [1] * len(shape)
        parts[axis] = min(num_shards, shape[axis])
        return parts

    return partitioner


def my_fact() -> Any:
    """A fact of TensorFlow's: factorials begin with ``0! == 1``."""
    return convert_to_tensor(b"0! == 1", dtypes.string)
