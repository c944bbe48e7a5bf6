"""Raw ops of what a handle stands for: tensor arrays, maps, stacks, queues, and variables without a value yet."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core import dtypes, errors
from kerax.core.shape import TensorShape
from kerax.core.tensor import convert_to_tensor
from kerax.core.tensor_array import TensorArray
from kerax.core.variable import Variable
from kerax.queue import FIFOQueue, PaddingFIFOQueue, PriorityQueue, RandomShuffleQueue


# --- tensor arrays: the handle holds the array as it is now, the flow says nothing ---
class _Held:
    def __init__(self, array: TensorArray) -> None:
        self.array = array


def array(
    size: Any, dtype: Any, element_shape: Any, dynamic_size: bool, clear_after_read: bool,
    identical_element_shapes: bool,
) -> tuple[_Held, Any]:  # fmt: skip
    made = TensorArray(
        dtype, size, dynamic_size, clear_after_read, infer_shape=identical_element_shapes, element_shape=element_shape
    )
    return _Held(made), made.flow


def array_write(handle: _Held, index: Any, value: Any, flow_in: Any) -> Any:
    handle.array = handle.array.write(index, value)
    return convert_to_tensor(flow_in)


def array_scatter(handle: _Held, indices: Any, value: Any, flow_in: Any) -> Any:
    handle.array = handle.array.scatter(indices, value)
    return convert_to_tensor(flow_in)


def array_split(handle: _Held, value: Any, lengths: Any, flow_in: Any) -> Any:
    handle.array = handle.array.split(value, lengths)
    return convert_to_tensor(flow_in)


def array_read(handle: _Held, index: Any) -> Any:
    return handle.array.read(index)


def array_gather(handle: _Held, indices: Any) -> Any:
    return handle.array.gather(indices)


def array_concat(handle: _Held) -> tuple[Any, Any]:
    array = handle.array
    lengths = [array.gather([index]).shape[1] for index in range(array._length())] if array._items is None else [
        item.shape[0] for item in array._items if item is not None
    ]  # fmt: skip
    return array.concat(), convert_to_tensor(np.asarray(lengths, np.int64))


def array_size(handle: _Held) -> Any:
    return handle.array.size()


# --- maps: each op makes its own ---
def empty_map() -> dict[Any, tuple[Any, Any]]:
    return {}


def _hashed(key: Any) -> tuple[Any, Any]:
    key = convert_to_tensor(key)
    value = np.asarray(key)
    return (key.dtype.name, value.shape, tuple(value.ravel().tolist())), key


def map_insert(input_handle: Any, key: Any, value: Any) -> Any:
    place, key = _hashed(key)
    return {**input_handle, place: (key, convert_to_tensor(value))}


def map_lookup(input_handle: Any, key: Any) -> Any:
    place, key = _hashed(key)
    if place not in input_handle:
        raise errors.InvalidArgumentError(
            None, None, f'Trying to lookup non-existent key. Could not find key "{np.asarray(key)}".'
        )
    return input_handle[place][1]


def map_erase(input_handle: Any, key: Any) -> Any:
    place, key = _hashed(key)
    if place not in input_handle:
        raise errors.InvalidArgumentError(None, None, f'Trying to erase non-existent item. Could not find key "{key}".')
    return {other: item for other, item in input_handle.items() if other != place}


def map_has_key(input_handle: Any, key: Any) -> Any:
    return convert_to_tensor(_hashed(key)[0] in input_handle)


def map_size(input_handle: Any) -> Any:
    return convert_to_tensor(len(input_handle))


def map_keys(input_handle: Any) -> Any:
    return convert_to_tensor(np.stack([np.asarray(key) for key, _ in input_handle.values()]))


# --- stacks ---
def stack(max_size: Any) -> list[Any]:
    return []


def stack_push(handle: list[Any], elem: Any) -> Any:
    handle.append(convert_to_tensor(elem))
    return handle[-1]


def stack_pop(handle: list[Any]) -> Any:
    if not handle:
        raise errors.InvalidArgumentError(None, None, "Stack is empty when calling Pop().")
    return handle.pop()


# --- queues ---
_UNLIMITED = 2**31 - 1


def _capacity(capacity: int) -> int:
    return _UNLIMITED if capacity < 0 else capacity


def fifo_queue(component_types: Any, shapes: Any, capacity: int) -> Any:
    return FIFOQueue(_capacity(capacity), component_types, shapes or None)


def padding_fifo_queue(component_types: Any, shapes: Any, capacity: int) -> Any:
    return PaddingFIFOQueue(_capacity(capacity), component_types, shapes or None)


def priority_queue(shapes: Any, component_types: Any, capacity: int) -> Any:
    return PriorityQueue(_capacity(capacity), component_types, shapes)


def random_shuffle_queue(component_types: Any, shapes: Any, capacity: int, min_after_dequeue: int, seed: int) -> Any:
    return RandomShuffleQueue(
        _capacity(capacity), min_after_dequeue, component_types, shapes or None, seed=seed or None
    )


def enqueue(handle: Any, components: Any) -> None:
    handle.enqueue(components)


def enqueue_many(handle: Any, components: Any) -> None:
    handle.enqueue_many(components)


def _components(found: Any) -> list[Any]:
    return list(found) if isinstance(found, (list, tuple)) else [found]


def dequeue(handle: Any) -> list[Any]:
    return _components(handle.dequeue())


def dequeue_many(handle: Any, n: Any) -> list[Any]:
    return _components(handle.dequeue_many(n))


def dequeue_up_to(handle: Any, n: Any) -> list[Any]:
    return _components(handle.dequeue_up_to(n))


def queue_size(handle: Any) -> Any:
    return handle.size()


def queue_close(handle: Any, cancel_pending_enqueues: bool) -> None:
    handle.close(cancel_pending_enqueues)


def queue_is_closed(handle: Any) -> Any:
    return handle.is_closed()


# --- variables ---
class _Unset(Variable):
    """A variable that has no value before one is assigned."""

    def __init__(self, dtype: Any, shape: Any, name: str) -> None:
        shape = TensorShape(shape)
        sizes = () if shape.rank is None else tuple(size or 0 for size in shape)
        super().__init__(np.zeros(sizes, dtypes.as_dtype(dtype).dtype), shape=shape, name=name or None)
        self._has_value = False

    def assign(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        done = super().assign(value, *args, **kwargs)
        self._has_value = True
        return done

    def read_value(self) -> Any:
        if not self._has_value:
            raise errors.FailedPreconditionError(
                None,
                None,
                f"Could not find variable {self.name[:-2]}. This could mean that the variable has been deleted.",
            )
        return super().read_value()

    def is_initialized(self, name: str | None = None) -> Any:
        return convert_to_tensor(self._has_value)


_shared: dict[str, _Unset] = {}


def variable(dtype: Any, shape: Any, shared_name: str) -> Any:
    if not shared_name:
        return _Unset(dtype, shape, "")
    if shared_name not in _shared:
        _shared[shared_name] = _Unset(dtype, shape, shared_name)
    return _shared[shared_name]


def destroy(resource: Any) -> None:
    for name in [name for name, value in _shared.items() if value is resource]:
        del _shared[name]
