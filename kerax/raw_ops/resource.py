"""Raw ops that change Variables, whose ``handle`` is the Variable itself. They return None, as TensorFlow's do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kerax.array_ops import gather as rows
from kerax.core.tensor import convert_to_tensor
from kerax.raw_ops.arrays import strided_slice_update
from kerax.sparse.indexed_slices import IndexedSlices


def read(resource: Any, dtype: Any) -> Any:
    return resource.read_value()


def assign(resource: Any, value: Any, validate_shape: bool) -> None:
    resource.assign(value)


def assign_add(resource: Any, value: Any) -> None:
    resource.assign_add(value)


def assign_sub(resource: Any, value: Any) -> None:
    resource.assign_sub(value)


def gather(resource: Any, indices: Any, batch_dims: int) -> Any:
    return rows(resource, indices, axis=batch_dims, batch_dims=batch_dims)


def _scatter(name: str) -> Callable[..., None]:
    def change(resource: Any, indices: Any, updates: Any) -> None:
        values = convert_to_tensor(updates, resource.dtype)
        getattr(resource, name)(IndexedSlices(values, convert_to_tensor(indices)))

    return change


scatter_add, scatter_sub, scatter_mul = _scatter("scatter_add"), _scatter("scatter_sub"), _scatter("scatter_mul")
scatter_div, scatter_min, scatter_max = _scatter("scatter_div"), _scatter("scatter_min"), _scatter("scatter_max")
scatter_update = _scatter("scatter_update")


def gather_nd(resource: Any, indices: Any) -> Any:
    return resource.gather_nd(indices)


def is_initialized(resource: Any) -> Any:
    return resource.is_initialized()


def _scatter_nd(name: str) -> Callable[..., None]:
    def change(ref: Any, indices: Any, updates: Any) -> None:
        getattr(ref, name)(convert_to_tensor(indices), convert_to_tensor(updates, ref.dtype))

    return change


scatter_nd_add, scatter_nd_sub = _scatter_nd("scatter_nd_add"), _scatter_nd("scatter_nd_sub")
scatter_nd_max, scatter_nd_min = _scatter_nd("scatter_nd_max"), _scatter_nd("scatter_nd_min")
scatter_nd_update = _scatter_nd("scatter_nd_update")


def strided_slice_assign(ref: Any, begin: Any, end: Any, strides: Any, value: Any, **masks: int) -> None:
    ref.assign(
        strided_slice_update(ref.read_value(), begin, end, strides, convert_to_tensor(value, ref.dtype), **masks)
    )


def count_up_to(resource: Any, limit: int) -> Any:
    return resource.count_up_to(limit)
