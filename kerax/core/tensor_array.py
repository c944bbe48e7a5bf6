"""``tf.TensorArray``: a list of tensors that loops can write to."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes, errors, state
from kerax.core.autograph import OVERLOADS
from kerax.core.context import context
from kerax.core.dispatch import Call, dispatch
from kerax.core.shape import TensorShape
from kerax.core.tensor import TypeSpec, convert_to_tensor
from kerax.core.value import Tensor

_write = Call(lambda buffer, index, value: buffer.at[index].set(value), "TensorArrayWrite")
_read = Call(lambda buffer, index: buffer[index], "TensorArrayRead")
_gather = Call(lambda buffer, indices: buffer[indices], "TensorArrayGather")
_scatter = Call(lambda buffer, indices, values: buffer.at[indices].set(values), "TensorArrayScatter")
_stack = Call(lambda *values: jnp.stack(values), "TensorArrayStack")
_concat = Call(lambda *values: jnp.concatenate(values), "TensorArrayConcat")
_flatten = Call(lambda buffer: buffer.reshape(-1, *buffer.shape[2:]), "TensorArrayConcat")


def _index(index: Any) -> Tensor:
    """A place in an array.

    Raises:
      TypeError: it is no integer.
    """
    tensor = convert_to_tensor(index)
    if not tensor.dtype.is_integer:
        raise TypeError("list indices must be integers or slices, not float")
    return tensor


def _unknown(element: TensorShape) -> Exception:
    """The error of an array that was not written to, of whose elements the shape is not known."""
    if state.in_trace():
        return errors.InvalidArgumentError(
            None,
            None,
            f"Tried to stack list which only contains uninitialized tensors and has a non-fully-defined element_shape: "
            f"{element}",
        )
    return ValueError(f"Cannot convert a partially known TensorShape {element} to a Tensor.")


class TensorArray:
    """An array of tensors of one dtype, written once per index.

    Eagerly, and while all indices are known, it is a python list. Where an index is only known when the
    program runs, it is one array ``[size, *element]``.

    Args:
      dtype: dtype of the elements.
      size: int, number of elements; needed eagerly.
      dynamic_size: bool, whether writes past the end grow it.
      clear_after_read: bool, whether reading an element frees it (by default True, and a second read fails).
      tensor_array_name, handle, flow, infer_shape, colocate_with_first_write_call, name: TensorFlow's, unused.
      element_shape: the shape of all elements, where it is known.

    >>> import kerax as tf
    >>> ta = tf.TensorArray(tf.float32, size=2)
    >>> ta = ta.write(0, 1.).write(1, 2.)
    >>> ta.stack().numpy()
    array([1., 2.], dtype=float32)
    """

    _is_native = True  # tf.is_tensor counts it, which it does not with types that users make of tensors

    def __init__(
        self,
        dtype: Any,
        size: Any = None,
        dynamic_size: bool | None = None,
        clear_after_read: bool | None = None,
        tensor_array_name: str | None = None,
        handle: Any = None,
        flow: Any = None,
        infer_shape: bool = True,
        element_shape: Any = None,
        colocate_with_first_write_call: bool = True,
        name: str | None = None,
    ) -> None:
        self._dtype = dtypes.as_dtype(dtype)
        self._dynamic = bool(dynamic_size)
        self._clear = True if clear_after_read is None else clear_after_read
        self._infer = infer_shape
        self._element = TensorShape(element_shape)
        if size is None and context.trace is None:
            raise ValueError("Size must be declared for TensorArrays when eager execution is enabled.")
        if size is None:
            raise ValueError("Argument `size` must be provided if argument `flow` is not provided.")
        length = size
        if isinstance(length, Tensor) and length._is_symbolic():
            raise errors.Uncompilable("a TensorArray whose size is a traced tensor")
        self._items: list[Tensor | None] | None = [None] * int(length)
        self._size = int(length)
        self._read: set[int] = set()  # elements that were read and cleared
        self._buffer: Tensor | None = None
        self._scope = context.trace  # the trace whose python owns the list
        self._discovered: tuple[int, ...] | None = None  # element shape seen inside a loop's body
        self._reached = 0  # the size to which a loop's body makes it grow
        self._origin: TensorArray | None = None

    # --- as part of a structure: the buffer is a loop variable ---
    def _kerax_components(self) -> list[Tensor]:
        return [] if self._buffer is None else [self._buffer]

    def _kerax_rebuild(self, components: list[Any]) -> TensorArray:
        if not components:
            return self if self._buffer is None else self._copy()
        new = self._copy()
        new._items, new._buffer, new._origin = None, components[0], self
        return new

    def _kerax_make_buffer(self) -> TensorArray:
        """The same array with a buffer, of the element shape that is known or was discovered."""
        new = self._copy()
        new._items = [*(self._items or ()), *[None] * (self._reached - len(self._items or ()))]
        new._buffer, new._items = new._as_buffer(self._discovered), None
        return new

    def _kerax_grows(self) -> bool:
        """Whether a loop's body writes past its end."""
        return self._items is not None and self._reached > len(self._items)

    def _copy(self) -> TensorArray:
        new = object.__new__(TensorArray)
        new.__dict__.update(self.__dict__)
        if self._items is not None:
            new._items = list(self._items)
        return new

    def _as_buffer(self, element: tuple[int, ...] | None) -> Tensor:
        if self._buffer is not None:
            return self._buffer
        written = [item for item in self._items or () if item is not None]
        if element is None:
            if written:
                element = tuple(written[0].shape)
            elif self._element.is_fully_defined():
                element = tuple(self._element)
            else:
                raise errors.Uncompilable("a TensorArray of unknown element shape")
        empty = b"" if self._dtype is dtypes.string else 0
        zero = Tensor(np.full(element, empty, self._dtype.dtype), context.trace)
        items = [zero if item is None else item for item in self._items or ()]
        if not items:
            return Tensor(np.zeros((0, *element), self._dtype.dtype), context.trace)
        if not written:
            return Tensor(jnp.zeros((len(items), *element), self._dtype.dtype), context.trace)
        return dispatch(_stack, items)

    # --- public ---
    @property
    def dtype(self) -> dtypes.DType:
        return self._dtype

    @property
    def element_shape(self) -> TensorShape:
        if self._buffer is not None:
            return TensorShape(tuple(self._buffer.shape)[1:])
        written = [item for item in self._items or () if item is not None]
        return written[0].shape if written and self._infer else self._element

    @property
    def dynamic_size(self) -> bool:
        return self._dynamic

    @property
    def handle(self) -> Any:
        return None

    @property
    def flow(self) -> Tensor:
        return convert_to_tensor(0.0)

    def identity(self) -> TensorArray:
        """The same array."""
        return self._copy()

    def grad(self, source: str, flow: Any = None, name: str | None = None) -> Any:
        raise NotImplementedError("TensorArray.grad is not supported in TF2.")

    def size(self, name: str | None = None) -> Tensor:
        """Number of elements, int32."""
        return convert_to_tensor(self._length())

    def _length(self) -> int:
        if self._reached and self._buffer is not None and self._scope is not context.trace:
            raise errors.Uncompilable("the size of a TensorArray that grows meanwhile")
        return len(self._items) if self._items is not None else self._buffer.shape[0]  # type: ignore[union-attr]

    def write(self, index: Any, value: Any, name: str | None = None) -> TensorArray:
        """Sets element ``index``; use the returned array from then on.

        Raises:
          errors.OutOfRangeError: the index is past the end of a fixed-size array.
          errors.InvalidArgumentError, ValueError: wrong dtype or shape.
        """
        value = self._converted(value)
        if not self._element.is_compatible_with(value.shape):
            raise ValueError(f"Incompatible shape for value ({value.shape}), expected ({self._element})")
        index = _index(index)
        new = self if not state.in_trace() else self._copy()
        if self._items is not None and not index._is_symbolic() and self._scope is context.trace:
            position = int(index)
            new._grow(position)
            known = new.element_shape
            if self._infer and not known.is_compatible_with(value.shape):
                raise ValueError(f"Incompatible shape for value ({value.shape}), expected ({known})")
            new._items[position] = value  # type: ignore[index]
            new._read.discard(position)
            return new
        return self._write_traced(index, value)

    def _converted(self, value: Any) -> Tensor:
        """A value to write.

        Raises:
          errors.InvalidArgumentError: it is of another dtype, and no number or array that can be converted.
        """
        tensor = convert_to_tensor(value, dtype_hint=self._dtype)
        if tensor.dtype != self._dtype:
            raise errors.InvalidArgumentError(
                None,
                None,
                f"TensorArray dtype is {self._dtype.name} but Op is trying to write dtype {tensor.dtype.name} ",
            )
        return tensor

    def _grow(self, position: int) -> None:
        length = len(self._items or ())
        if position < 0 or (position >= length and not self._dynamic):
            if state.in_trace():
                raise errors.InvalidArgumentError(
                    None, None, f"Trying to modify element {position} in a list with {length} elements."
                )
            if position < 0:
                raise errors.OutOfRangeError(
                    None, None, f"Writing to negative indices (index {position}) is not allowed."
                )
            raise errors.OutOfRangeError(
                None,
                None,
                f"Tried to write to index {position} but array is not resizeable and size is: {length}",
            )
        self._items.extend([None] * (position + 1 - length))  # type: ignore[union-attr]

    def _write_traced(self, index: Tensor, value: Tensor) -> TensorArray:
        if self._dynamic:
            self._reach(index)
        if self._buffer is None and self._scope is not context.trace:
            origin = self._origin or self
            origin._discovered = tuple(value.shape)
        new = self._kerax_make_buffer() if self._kerax_grows() else self._copy()
        new._buffer = dispatch(_write, [new._as_buffer(tuple(value.shape)), index, value])
        new._items = None
        return new

    def _reach(self, index: Tensor) -> None:
        """Notes how far a write at a place that only a run can tell makes the array grow.

        Raises:
          errors.Uncompilable: that is not known. It is where the index is the variable of a loop over known numbers, of
            which every iteration writes.
        """
        if self._buffer is not None and not index._is_symbolic():
            bound = int(index) + 1
        else:
            bound = index.__dict__.get("_bound") if index._trace is context.trace else None
        if bound is None or (self._buffer is not None and bound > self._buffer.shape[0]):
            raise errors.Uncompilable("a TensorArray that may grow in a compiled loop")
        origin = self._origin or self
        origin._reached = max(origin._reached, bound)

    def read(self, index: Any, name: str | None = None) -> Tensor:
        """Element ``index``.

        Raises:
          errors.InvalidArgumentError: it was never written, or was read before and cleared.
          errors.OutOfRangeError: the index is out of range.
        """
        index = _index(index)
        if self._items is None or index._is_symbolic():
            return dispatch(_read, [self._as_buffer(None), index])
        position = int(index)
        if not 0 <= position < len(self._items):
            if state.in_trace():
                raise errors.InvalidArgumentError(
                    None, None, f"Trying to access element {position} in a list with {len(self._items)} elements."
                )
            raise errors.OutOfRangeError(
                None, None, f"Tried to read from index {position} but array size is: {len(self._items)}"
            )
        item = self._items[position]
        if item is None:
            return self._unwritten(position)
        if self._clear and not state.in_trace():
            self._items[position] = None
            self._read.add(position)
        return item

    def _unwritten(self, position: int) -> Tensor:
        element = self.element_shape
        if position not in self._read and not element.is_fully_defined():
            raise _unknown(element)
        if position in self._read:
            raise errors.InvalidArgumentError(
                None,
                None,
                f"Could not read index {position} twice because it was cleared after a previous read (perhaps try "
                "setting clear_after_read = false?)",
            )
        return convert_to_tensor(np.zeros(tuple(element), self._dtype.dtype))

    def stack(self, name: str | None = None) -> Tensor:
        """All elements in one Tensor ``[size, *element]``; those never written are zeros."""
        self._length()
        if self._items is None or self._items:
            return self._as_buffer(None) if self._items is None else self._stacked()
        return self._as_buffer(None if context.trace is not None or self._element.is_fully_defined() else ())

    def _stacked(self) -> Tensor:
        if all(item is None for item in self._items or ()) and not self._element.is_fully_defined():
            raise _unknown(self._element)
        return self._as_buffer(None)

    def gather(self, indices: Any, name: str | None = None) -> Tensor:
        """Elements by index, ``[len(indices), *element]``."""
        indices = convert_to_tensor(indices)
        if self._items is not None and not indices._is_symbolic() and indices._value.size:
            if int(indices._numpy().max()) >= len(self._items):
                raise IndexError("list index out of range")
        if self._items:
            self._stacked()  # an error where no element is known
        return dispatch(_gather, [self._as_buffer(None), indices])

    def concat(self, name: str | None = None) -> Tensor:
        """All elements joined along their first dimension."""
        self._length()
        if self._items is None:
            return dispatch(_flatten, [self._as_buffer(None)])
        element = self.element_shape
        items: list[Tensor | None] = list(self._items)
        if element.is_fully_defined():
            items = [self._unwritten(index) if item is None else item for index, item in enumerate(items)]
        return dispatch(_concat, [item for item in items if item is not None])

    def unstack(self, value: Any, name: str | None = None) -> TensorArray:
        """Fills the array with the rows of a tensor.

        Raises:
          ValueError: a fixed-size array has fewer elements than the tensor rows.
        """
        value = convert_to_tensor(value, self._dtype)
        new = self if not state.in_trace() else self._copy()
        count = value.shape[0]
        if not self._dynamic and self._length() < count:
            raise ValueError(f"Cannot unstack {count} tensors into a TensorArray of static size {self._length()}")
        if value._is_symbolic():
            new._buffer, new._items = value, None
        else:
            new._items = [value[index] for index in range(count)]
        return new

    def scatter(self, indices: Any, value: Any, name: str | None = None) -> TensorArray:
        """Sets several elements: row i of ``value`` becomes element ``indices[i]``."""
        indices = convert_to_tensor(indices)
        value = convert_to_tensor(value, self._dtype)
        if indices._is_symbolic() or self._items is None:
            new = self._copy()
            new._buffer = dispatch(_scatter, [self._as_buffer(tuple(value.shape)[1:]), indices, value])
            new._items = None
            return new
        array: TensorArray = self
        for row, position in enumerate(indices._numpy().tolist()):
            array = array.write(position, value[row])
        return array

    def split(self, value: Any, lengths: Any, name: str | None = None) -> TensorArray:
        """Fills the array with consecutive parts of a tensor, of the given lengths."""
        value = convert_to_tensor(value, self._dtype)
        sizes = np.asarray(convert_to_tensor(lengths)).tolist()
        new = self if not state.in_trace() else self._copy()
        ends = np.cumsum(sizes).tolist()
        if sum(sizes) != value.shape[0]:
            raise errors.InvalidArgumentError(
                None,
                None,
                "Expected sum of lengths to be equal to values.shape[0], but sum of lengths is "
                f"{sum(sizes)} and value's shape is: {value.shape.as_list()}",
            )
        new._items = [value[end - size : end] for size, end in zip(sizes, ends, strict=True)]
        new._infer = False
        return new

    def close(self, name: str | None = None) -> None:
        """Does nothing: memory is freed with the object."""


class TensorArraySpec(TypeSpec):
    """The type of a TensorArray.

    Args:
      element_shape: shape of the elements.
      dtype: their dtype.
      dynamic_size, infer_shape: as in ``tf.TensorArray``.
    """

    value_type = TensorArray

    def __init__(
        self,
        element_shape: Any = None,
        dtype: Any = dtypes.float32,
        dynamic_size: bool = False,
        infer_shape: bool = True,
    ) -> None:
        self._element_shape = TensorShape(element_shape)
        self._dtype = dtypes.as_dtype(dtype)
        self._dynamic_size = dynamic_size
        self._infer_shape = infer_shape

    def _serialize(self) -> tuple[Any, ...]:
        return self._element_shape, self._dtype, self._dynamic_size, self._infer_shape

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TensorArraySpec) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((self._element_shape, self._dtype, self._dynamic_size))


OVERLOADS[TensorArray] = {len: TensorArray.size}

jax.tree_util.register_pytree_node(
    TensorArray,
    lambda array: (tuple(array._kerax_components()), array),
    lambda array, parts: array._kerax_rebuild(list(parts)),
)
