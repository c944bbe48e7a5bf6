"""Raw ops of lists of tensors. A list is a ``TensorArray`` that nobody else writes to: each op makes its own."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.array_ops._known import concrete, known
from kerax.core import dtypes, errors, state
from kerax.core.tensor import convert_to_tensor
from kerax.core.tensor_array import TensorArray


def _own(handle: TensorArray) -> TensorArray:
    """An array that may be written to; in a trace, writing makes one."""
    return handle if state.in_trace() else handle.identity()


def _sizes(shape: Any) -> list[int | None] | None:
    """A tensor of sizes, of which -1 is an unknown one, and a scalar is an unknown rank."""
    found = known(convert_to_tensor(shape))
    return None if found is None or found.ndim == 0 else [None if item < 0 else item for item in found.tolist()]


def _list(dtype: Any, size: Any, element_shape: Any, **kwargs: Any) -> TensorArray:
    shape = _sizes(element_shape)
    return TensorArray(dtype, size=size, element_shape=shape, clear_after_read=False, infer_shape=False, **kwargs)


def empty(element_shape: Any, element_dtype: Any) -> TensorArray:
    return _list(element_dtype, 0, element_shape, dynamic_size=True)


def reserve(element_shape: Any, num_elements: Any, element_dtype: Any) -> TensorArray:
    size = known(convert_to_tensor(num_elements))
    return _list(element_dtype, num_elements if size is None else int(size), element_shape)


def from_tensor(tensor: Any, element_shape: Any) -> TensorArray:
    tensor = convert_to_tensor(tensor)
    return _list(tensor.dtype, tensor.shape[0], element_shape).unstack(tensor)


def length(input_handle: TensorArray) -> Any:
    return input_handle.size()


def stack(input_handle: TensorArray, element_shape: Any, num_elements: int) -> Any:
    if num_elements >= 0 and input_handle._length() != num_elements:
        raise errors.InvalidArgumentError(
            None,
            None,
            f"Operation expected a list with {num_elements} elements but got a list with {input_handle._length()} "
            "elements.",
        )
    return input_handle.stack()


def _inside(handle: TensorArray, index: Any) -> None:
    at = known(convert_to_tensor(index))
    if at is not None and not 0 <= int(at) < handle._length():
        raise errors.InvalidArgumentError(
            None, None, f"Trying to access element {int(at)} in a list with {handle._length()} elements."
        )


def get_item(input_handle: TensorArray, index: Any) -> Any:
    if not state.in_trace():
        _inside(input_handle, index)
    return input_handle.read(index)


def set_item(input_handle: TensorArray, index: Any, item: Any) -> TensorArray:
    return _own(input_handle).write(index, item)


def gather(input_handle: TensorArray, indices: Any) -> Any:
    return input_handle.gather(indices)


def scatter(tensor: Any, indices: Any, element_shape: Any, num_elements: Any = -1) -> TensorArray:
    tensor, size = convert_to_tensor(tensor), int(concrete(convert_to_tensor(num_elements)))
    if size < 0:
        size = int(concrete(convert_to_tensor(indices)).max(initial=-1)) + 1
    return _list(tensor.dtype, size, element_shape).scatter(indices, tensor)


def scatter_into(input_handle: TensorArray, tensor: Any, indices: Any) -> TensorArray:
    return _own(input_handle).scatter(indices, tensor)


def split(tensor: Any, element_shape: Any, lengths: Any) -> TensorArray:
    tensor, lengths = convert_to_tensor(tensor), convert_to_tensor(lengths)
    return _list(tensor.dtype, lengths.shape[0], element_shape).split(tensor, lengths)


def push_back(input_handle: TensorArray, tensor: Any) -> TensorArray:
    return _own(input_handle).write(input_handle.size(), tensor)


def _elements(handle: TensorArray) -> list[Any]:
    return [handle.read(index) for index in range(int(concrete(handle.size())))]


def _of(elements: list[Any], like: TensorArray) -> TensorArray:
    array = TensorArray(
        like.dtype, len(elements), True, clear_after_read=False, infer_shape=False, element_shape=like._element
    )
    for index, element in enumerate(elements):
        array = array.write(index, element)
    return array


def pop_back(input_handle: TensorArray) -> tuple[TensorArray, Any]:
    elements = _elements(input_handle)
    if not elements:
        raise errors.InvalidArgumentError(None, None, "Trying to pop from an empty list.")
    return _of(elements[:-1], input_handle), elements[-1]


def concat(input_handle: TensorArray) -> tuple[Any, Any]:
    lengths = [convert_to_tensor(element).shape[0] for element in _elements(input_handle)]
    return input_handle.concat(), convert_to_tensor(np.asarray(lengths, np.int64))


def concat_lists(input_a: TensorArray, input_b: TensorArray) -> TensorArray:
    return _of([*_elements(input_a), *_elements(input_b)], input_a)


def resize(input_handle: TensorArray, size: Any) -> TensorArray:
    now, wanted = int(concrete(input_handle.size())), int(concrete(convert_to_tensor(size)))
    if now == wanted:
        return input_handle
    if input_handle._items is None:
        raise errors.UnimplementedError(None, None, "A list of tensors in a compiled loop cannot be resized.")
    array = _of([], input_handle)
    array._items = [*input_handle._items[:wanted], *[None] * (wanted - now)]
    return array


def element_shape(input_handle: TensorArray, shape_type: Any) -> Any:
    shape = input_handle._element
    sizes = -1 if shape.rank is None else [-1 if size is None else size for size in shape.as_list()]
    return convert_to_tensor(sizes, dtypes.as_dtype(shape_type))
