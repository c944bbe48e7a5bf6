"""Raw ops of arrays that no public function does as they do, of printing and of optional values."""

from __future__ import annotations

import sys
from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax import array_ops
from kerax.array_ops._known import index_dtype, invalid
from kerax.core import dtypes
from kerax.core.effects import print_ as printed
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.data.iterator import Optional
from kerax.math import not_equal


@op("x", host=True, name="UniqueV2")
def _unique_slices(x, axis, out_idx):
    rows = np.moveaxis(x, axis, 0)
    order: dict[Any, int] = {}
    idx = [order.setdefault(tuple(row.ravel().tolist()), len(order)) for row in rows]
    first = np.unique(idx, return_index=True)[1] if idx else np.zeros(0, np.int64)
    kind = index_dtype(out_idx)
    count = np.bincount(idx, minlength=len(order)) if idx else np.zeros(0, np.int64)
    return np.take(x, first, axis), np.asarray(idx, kind), count.astype(kind)


def unique_with_counts(x: Any, axis: Any, out_idx: Any) -> tuple[Any, Any, Any]:
    """The distinct slices along an axis, in the order of their first appearance; no axis stands for a vector's."""
    x = convert_to_tensor(x)
    axes = np.asarray(convert_to_tensor(axis, dtype_hint=dtypes.int64)).ravel().tolist()
    if not axes and x.shape.rank != 1:
        raise invalid("unique expects a 1D vector.")
    if len(axes) > 1:
        raise invalid("axis does not support input tensors larger than 1 elements")
    at = int(axes[0]) if axes else 0
    if not -x.shape.rank <= at < x.shape.rank:
        raise invalid(f"axis has to be between [0, {x.shape.rank})")
    return _unique_slices(x, at % x.shape.rank, dtypes.as_dtype(out_idx))


def unique(x: Any, axis: Any, out_idx: Any) -> tuple[Any, Any]:
    return unique_with_counts(x, axis, out_idx)[:2]


@op("x: int", differentiable=False, name="DataFormatDimMap")
def dim_map(x, src_format, dst_format):
    places = jnp.asarray([dst_format.index(letter) for letter in src_format], x.dtype)
    return places[jnp.where(x < 0, x + len(src_format), x)]


@op("x: int", differentiable=False, name="DataFormatVecPermute")
def vec_permute(x, src_format, dst_format):
    if x.shape[0] == len(src_format) - 2:  # sizes of the two spatial dimensions alone
        src_format, dst_format = ([letter for letter in text if letter in "DHW"] for text in (src_format, dst_format))
    return x[jnp.asarray([src_format.index(letter) for letter in dst_format])]


@op("input, value", name="TensorStridedSliceUpdate")
def _put(input, value, places):
    at = np.asarray(places)
    return input.ravel().at[at.ravel()].set(jnp.broadcast_to(value, at.shape).ravel()).reshape(input.shape)


def strided_slice_update(input: Any, begin: Any, end: Any, strides: Any, value: Any, **masks: int) -> Any:
    input = convert_to_tensor(input)
    numbers = np.arange(input.shape.num_elements()).reshape(tuple(input.shape))
    places = np.asarray(array_ops.strided_slice(numbers, begin, end, strides, **masks))
    return _put(input, value, places)


def concat_offset(concat_dim: Any, shape: Any) -> list[Any]:
    axis = int(convert_to_tensor(concat_dim))
    sizes = [np.asarray(convert_to_tensor(each)) for each in shape]
    offsets, so_far = [], 0
    for each in sizes:
        offset = np.zeros_like(each)
        offset[axis] = so_far
        so_far += each[axis]
        offsets.append(convert_to_tensor(offset))
    return offsets


def parallel_concat(values: Any, shape: Any) -> Any:
    return array_ops.concat(values, 0)


def batch_to_space(input: Any, crops: Any, block_size: int) -> Any:
    return array_ops.batch_to_space(input, [block_size, block_size], crops)


def space_to_batch(input: Any, paddings: Any, block_size: int) -> Any:
    return array_ops.space_to_batch_nd(input, [block_size, block_size], paddings)


def to_bool(input: Any) -> Any:
    """A scalar is true unless it is 0 or empty text; another tensor if it has elements."""
    input = convert_to_tensor(input)
    if input.shape.rank:
        return convert_to_tensor(bool(input.shape.num_elements()))
    return not_equal(input, convert_to_tensor(b"" if input.dtype is dtypes.string else 0, input.dtype))


def show(input: Any, data: Any, message: str, summarize: int) -> Any:
    printed(message, *data, output_stream=sys.stderr, summarize=summarize, sep="")
    return array_ops.identity(input)


def show_text(input: Any, output_stream: str, end: str) -> None:
    stream = {"stderr": sys.stderr, "stdout": sys.stdout}.get(output_stream, output_stream)
    printed(input, output_stream=stream, end=end)


def optional(components: Any) -> Optional:
    return Optional.from_value(tuple(map(convert_to_tensor, components)))


def no_optional() -> Optional:
    return Optional.empty(())


def optional_has_value(optional: Optional) -> Any:
    return optional.has_value()


def optional_get_value(optional: Optional) -> list[Any]:
    return list(optional.get_value())
