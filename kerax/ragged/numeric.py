"""Arithmetic of ragged tensors that is neither elementwise nor a reduction: softmax, sums so far, products."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from kerax.array_ops.joining import concat
from kerax.array_ops.shaping import expand_dims, squeeze
from kerax.core import dtypes, errors
from kerax.core.tensor import convert_to_tensor
from kerax.linalg import matmul as dense_matmul
from kerax.math import arithmetic, cumulative, exponential, segment
from kerax.math.casting import cast
from kerax.ragged import reduction
from kerax.ragged.conversion import from_tensor
from kerax.ragged.elementwise import map_flat_values, rebuild
from kerax.ragged.getitem import splits_tensor
from kerax.ragged.structure import convert, stack
from kerax.ragged.tensor import RaggedTensor, _make, _rows, is_ragged, take_rows


def bitcast(input: RaggedTensor, type: Any, name: str | None = None) -> RaggedTensor:
    """``tf.bitcast`` of the values."""
    wanted = dtypes.as_dtype(type)
    if input.dtype.size < wanted.size and input.flat_values.shape.rank < 2:
        raise ValueError(
            "`input.flat_values` is required to have rank >= 2 when input.dtype.size < type.size. "
            f"Actual rank: {input.flat_values.shape.rank}"
        )
    from kerax.array_ops import bitcast as dense_bitcast

    return input.with_flat_values(dense_bitcast(input.flat_values, wanted))


def add_n(inputs: Sequence[Any], name: str | None = None) -> Any:
    """``tf.add_n`` of ragged tensors with the same rows."""
    return map_flat_values(arithmetic.add_n, list(inputs))


def scalar_mul(scalar: Any, x: Any, name: str | None = None) -> Any:
    """``tf.math.scalar_mul``: a scalar times a ragged tensor."""
    if is_ragged(scalar):
        raise ValueError(f"The input scalar must be a 0-D value. Received shape {scalar.shape}.")
    return rebuild(x, arithmetic.scalar_mul(scalar, x.flat_values))


def softmax(logits: RaggedTensor, axis: Any = None, name: str | None = None) -> RaggedTensor:
    """``tf.nn.softmax`` along a dense or ragged dimension."""
    axis = -1 if axis is None else axis
    top = reduction.reduce_max(logits, axis, True)
    powers = exponential.exp(logits - top)
    return powers / reduction.reduce_sum(powers, axis, True)


def cumsum(
    x: RaggedTensor, axis: Any = 0, exclusive: bool = False, reverse: bool = False, name: str | None = None
) -> RaggedTensor:
    """``tf.cumsum`` along a dense or ragged dimension."""
    rank, axis = x.shape.rank, int(axis)
    if not -rank <= axis < rank:
        raise ValueError(f"axis={axis} out of bounds: expected {-rank}<=axis<{rank}")
    axis %= rank
    depth = x.ragged_rank
    if axis > depth:
        return rebuild(x, cumulative.cumsum(x.flat_values, axis - depth, exclusive, reverse))
    if axis < depth:
        sums = cumulative.cumsum(x.to_tensor(), axis, exclusive, reverse)
        return from_tensor(sums, x.nested_row_lengths(), None, 1, x.row_splits.dtype)
    flat = x.flat_values
    level = x
    while is_ragged(level.values):
        level = level.values
    splits = level._splits()
    lengths = np.diff(splits)
    sums = cumulative.cumsum(flat, 0, True, reverse)
    first = np.repeat(splits[1:] - 1 if reverse else splits[:-1], lengths)
    inside = sums - take_rows(sums, first)
    return rebuild(x, inside if exclusive else inside + flat)


def unsorted_segment(kind: str, data: Any, segment_ids: Any, num_segments: Any, name: str | None = None) -> Any:
    """``tf.math.unsorted_segment_*`` where data (and segment numbers) are ragged."""
    if kind in ("mean", "sqrt_n"):
        total = unsorted_segment("sum", data, segment_ids, num_segments)
        ones = data.with_flat_values(cast(data.flat_values * 0 + 1, data.dtype))
        count = unsorted_segment("sum", ones, segment_ids, num_segments)
        count = count if kind == "mean" else exponential.sqrt(count)
        return total.with_flat_values(total.flat_values / count.flat_values) if is_ragged(total) else total / count
    data, segment_ids = convert(data), convert(segment_ids)
    count = int(convert_to_tensor(num_segments))
    if is_ragged(segment_ids):
        if not is_ragged(data):
            raise ValueError(
                "segment_ids.shape must be a prefix of data.shape, but segment_ids is ragged and data is not."
            )
        if not np.array_equal(segment_ids._splits(), data._splits()):
            raise errors.InvalidArgumentError(None, None, "segment_ids.shape must be a prefix of data.shape")
        return unsorted_segment(kind, data.values, segment_ids.values, count)
    combine = getattr(segment, f"unsorted_segment_{kind}")
    if segment_ids.dtype not in (dtypes.int32, dtypes.int64):
        raise ValueError(f"segment_ids must have dtype int32 or int64, got {segment_ids.dtype.name}")
    return reduction.segment_rows(data, segment_ids, count, combine)


# ---- products ----------------------------------------------------------------------------------------------


def matmul(
    a: Any, b: Any, transpose_a: bool = False, transpose_b: bool = False, adjoint_a: bool = False,
    adjoint_b: bool = False, a_is_sparse: bool = False, b_is_sparse: bool = False, output_type: Any = None,
    grad_a: bool = False, grad_b: bool = False, name: str | None = None,
) -> Any:  # fmt: skip
    """``tf.matmul`` of ragged matrices: one product for each batch of rows."""
    if transpose_a and adjoint_a:
        raise ValueError("Only one of transpose_a and adjoint_a can be True.")
    if transpose_b and adjoint_b:
        raise ValueError("Only one of transpose_b and adjoint_b can be True.")
    a, b = convert(a), convert(b)
    if a.dtype is not b.dtype:
        raise ValueError("`a` and `b` must have the same dtype.")
    if a.shape.rank != b.shape.rank:
        raise ValueError("`a` and `b` must have the same rank.")
    flags = {
        "transpose_a": transpose_a, "transpose_b": transpose_b, "adjoint_a": adjoint_a, "adjoint_b": adjoint_b,
        "output_type": output_type,
    }  # fmt: skip
    return _matmul(a, b, flags)


def _matmul(a: Any, b: Any, flags: dict[str, Any]) -> Any:
    rank = a.shape.rank
    if rank > 3:
        a = a if is_ragged(a) else from_tensor(a, None, None, 1, dtypes.int64)
        b = b if is_ragged(b) else from_tensor(b, None, None, 1, dtypes.int64)
        if not np.array_equal(a._splits(), b._splits()):
            raise errors.InvalidArgumentError(None, None, "Batch dimensions of `a` and `b` do not have the same size.")
        return a.with_values(_matmul(a.values, b.values, flags))
    if rank == 2:
        return _matrices(a, b, flags)
    if is_ragged(a) and a.ragged_rank == 1 and not (is_ragged(b) or flags["transpose_a"] or flags["adjoint_a"]):
        matrices = take_rows(b, np.repeat(np.arange(_rows(b)), np.diff(a._splits())))
        return a.with_values(squeeze(dense_matmul(expand_dims(a.values, 1), matrices, **flags), 1))
    turned = flags["transpose_b"] or flags["adjoint_b"]
    deep = is_ragged(b) and (b.ragged_rank == 2 or turned)
    if _rows(a) != _rows(b):
        raise errors.InvalidArgumentError(None, None, "`a` and `b` must have the same batch size.")
    dtype = a.row_splits.dtype if is_ragged(a) else b.row_splits.dtype
    products = [_matrices(a[i], b[i], flags) for i in range(_rows(a))]
    if not products:
        return a if is_ragged(a) else b
    if deep:
        out = stack([from_tensor(p, None, None, 1, dtype) for p in products])
    else:
        out = RaggedTensor.from_row_lengths(concat(products, 0), [p._value.shape[0] for p in products])
    width = a.shape[-1] if flags["transpose_a"] or flags["adjoint_a"] else a.shape[-2]
    return _make(out.values, splits_tensor(out._splits(), dtype), width)


def _matrices(a: Any, b: Any, flags: dict[str, Any]) -> Any:
    dense = []
    for value in (a, b):
        if is_ragged(value):
            count = value.flat_values._value.size
            value = value.to_tensor()
            if value._value.size != count:
                raise errors.InvalidArgumentError(
                    None, None, "The matrices in `a` and `b` may not be ragged in their innermost dimension."
                )
        dense.append(value)
    return dense_matmul(*dense, **flags)


# ---- functions of single rows --------------------------------------------------------------------------------


def _no_noise(noise_shape: Any) -> None:
    if noise_shape is not None:
        raise ValueError("noise_shape is not supported yet for RaggedTensor x")


def dropout(x: RaggedTensor, rate: Any, noise_shape: Any = None, seed: Any = None, name: str | None = None) -> Any:
    """``tf.nn.dropout`` of the values."""
    from kerax import nn

    _no_noise(noise_shape)
    return x.with_flat_values(nn.dropout(x.flat_values, rate, seed=seed))


def stateless_dropout(
    x: RaggedTensor, rate: Any, seed: Any, rng_alg: Any = "auto_select", noise_shape: Any = None,
    name: str | None = None,
) -> Any:  # fmt: skip
    """``tf.nn.experimental.stateless_dropout`` of the values."""
    from kerax.nn.experimental import stateless_dropout as dense_dropout

    _no_noise(noise_shape)
    return x.with_flat_values(dense_dropout(x.flat_values, rate, seed, rng_alg=rng_alg or "auto_select"))


def resize(
    images: RaggedTensor, size: Any, method: Any = "bilinear", preserve_aspect_ratio: bool = False,
    antialias: bool = False, name: str | None = None,
) -> Any:  # fmt: skip
    """``tf.image.resize`` of images of different sizes, to one size."""
    from kerax.array_ops.joining import stack as dense_stack
    from kerax.image import resize as dense_resize

    if images.shape.rank != 4:
        raise ValueError("tf.image.resize: images.shape.rank must be 4 if images is ragged.")
    rows = [images[i] for i in range(_rows(images))]
    rows = [row.to_tensor() if is_ragged(row) else row for row in rows]
    resized = [
        dense_resize(row, size, method, preserve_aspect_ratio=preserve_aspect_ratio, antialias=antialias)
        for row in rows
    ]
    if preserve_aspect_ratio:
        return stack(resized)
    return dense_stack(resized)
