"""Making tensors: ``tf.constant``, ``tf.convert_to_tensor``, and the specs that describe them."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import export

from kerax.core import config, dtypes, errors
from kerax.core.context import context
from kerax.core.dispatch import Call, dispatch
from kerax.core.open_sizes import tensor as open_tensor
from kerax.core.placing import put
from kerax.core.shape import TensorShape
from kerax.core.value import OPERATORS as OPERATORS
from kerax.core.value import Reference as Reference
from kerax.core.value import Symbolic as Symbolic
from kerax.core.value import Tensor as Tensor

# Conversions for types of the rooms above (ragged tensors, dimensions …), and of users.
CONVERSIONS: list[tuple[tuple[type, ...], Callable[..., Any]]] = []


class SymbolicInput(ValueError):
    """An input is a Keras symbolic tensor: the op becomes a node of its graph, where Keras records ops."""

    def __init__(self) -> None:
        super().__init__(
            "A KerasTensor cannot be used as input to a TensorFlow function. A KerasTensor is a symbolic placeholder "
            "for a shape and dtype, used when constructing Keras Functional models or Keras Functions. You can only "
            "use it as input to a Keras layer or a Keras operation (from the namespaces `keras.layers` and "
            "`keras.ops`)."
        )


class CompositeInput(ValueError):
    """An input is a ragged or sparse tensor, which only its own room can take as an op's input."""

    def __init__(self, value: Any) -> None:
        kind = type(value)
        text = f"Attempt to convert a value ({value!r}) with an unsupported type ({kind}) to a Tensor."
        if kind.__name__ == "RaggedTensor":  # TensorFlow takes it for a sequence
            text = "TypeError: object of type 'RaggedTensor' has no len()\n"
        super().__init__(text)


CompositeInput.__name__ = CompositeInput.__qualname__ = "ValueError"  # what users see


_pack = Call(lambda *values: jnp.stack(values), "Pack")
_PYTHON_NUMBERS = {bool: dtypes.bool, int: dtypes.int32, float: dtypes.float32, complex: dtypes.complex128}
_DEFAULTS = {"int64": np.dtype(np.int32), "float64": np.dtype(np.float32)}


def convert_to_tensor(value: Any, dtype: Any = None, dtype_hint: Any = None, name: str | None = None) -> Tensor:
    """Converts a python value, numpy or jax array, Variable or Tensor to a Tensor.

    Python floats become float32, ints int32 (int64 where they need it), arrays keep their dtype.

    Args:
      value: the value, of any shape.
      dtype: the dtype it must have; a Tensor of another dtype is an error.
      dtype_hint: a dtype used if the conversion to it is possible.
      name: ignored.

    Returns:
      Tensor.

    Raises:
      ValueError: no tensor can be made of the value, or a Tensor has another dtype.
      TypeError: the elements do not fit the dtype.

    >>> import kerax as tf
    >>> tf.convert_to_tensor([1, 2])
    <tf.Tensor: shape=(2,), dtype=int32, numpy=array([1, 2], dtype=int32)>
    """
    if dtype is not None:
        dtype = dtypes.as_dtype(dtype)
    if isinstance(value, Tensor):
        return _checked(value, dtype)
    if dtype is None and dtype_hint is not None:
        try:
            return convert_to_tensor(value, dtypes.as_dtype(dtype_hint))
        except (TypeError, ValueError, errors.OpError):
            pass
    return _convert(value, dtype)


def _checked(tensor: Tensor, dtype: dtypes.DType | None) -> Tensor:
    if dtype is not None and tensor.dtype is not dtype:
        raise ValueError(
            f"Tensor conversion requested dtype {dtype.name} for Tensor with dtype {tensor.dtype.name}: {tensor!r}"
        )
    return tensor


def _convert(value: Any, dtype: dtypes.DType | None) -> Tensor:
    kind = type(value)
    if kind in _PYTHON_NUMBERS or kind in (str, bytes):
        return Tensor(_put(_python_array(value, dtype)), context.trace)
    if isinstance(value, Symbolic):
        raise SymbolicInput
    to_tensor = getattr(value, "_kerax_tensor", None)  # Variables and the like
    if to_tensor is not None:
        return _checked(to_tensor(), dtype)
    if isinstance(value, jax.Array):
        _check_castable(np.dtype(value.dtype), dtype, value)
        return Tensor(value if dtype is None or value.dtype == dtype.dtype else value.astype(dtype.dtype))
    if isinstance(value, (np.ndarray, np.generic)):
        return Tensor(_put(_numpy_array(np.asarray(value), dtype)), context.trace)
    for kinds, conversion in CONVERSIONS:
        if isinstance(value, kinds):
            converted = conversion(value, dtype)
            if converted is not NotImplemented:
                return converted
    if export.is_symbolic_dim(value):  # a size that is left open while a program is exported
        return open_tensor(value, np.int32 if dtype is None else dtype.dtype)
    if hasattr(value, "_kerax_components"):
        raise CompositeInput(value)
    protocol = getattr(value, "__tf_tensor__", None)
    if protocol is not None:
        return protocol(dtype)
    if isinstance(value, dtypes.DType):
        return Tensor(np.asarray(value.as_datatype_enum, np.int32), context.trace)
    if isinstance(value, (list, tuple, TensorShape, range)):
        if isinstance(value, TensorShape) and not value.is_fully_defined():
            raise ValueError(f"Cannot convert a partially known TensorShape {value} to a Tensor.")
        return _from_sequence(value, dtype)
    if hasattr(value, "__array__"):
        return Tensor(_put(_numpy_array(np.asarray(value), dtype)), context.trace)
    raise ValueError(f"Attempt to convert a value ({value!r}) with an unsupported type ({kind}) to a Tensor.")


def as_scalar(value: Any, dtype: dtypes.DType) -> Tensor:
    """A python number as an input of an op: it stays on the host, where a compiled call takes it fastest."""
    return Tensor(_python_array(value, dtype), context.trace)


def _put(array: np.ndarray) -> Any:
    """A numpy array on the device, owned by nobody else; strings and traced constants stay numpy."""
    if array.dtype == object:
        return array
    return array.copy() if context.trace is not None else put(array)


def _from_sequence(value: Any, dtype: dtypes.DType | None) -> Tensor:
    if _holds_tensors(value):
        return _stack(value, dtype, casts=dtype is not None)
    return Tensor(_put(_python_array(list(value), dtype)), context.trace)


def _holds_tensors(value: Any) -> bool:
    for item in value:
        if isinstance(item, (Tensor, Symbolic, jax.Array)) or hasattr(item, "_kerax_tensor"):
            return True
        if isinstance(item, (list, tuple)) and _holds_tensors(item):
            return True
    return False


def _stack(value: Any, dtype: dtypes.DType | None, casts: bool) -> Tensor:
    """A list with tensors in it, stacked: cast to a dtype asked for; else the first tensor's goes for all."""
    if dtype is None:
        dtype = _first_dtype(value)
    parts = [
        _stack(item, dtype, casts)
        if isinstance(item, (list, tuple)) and _holds_tensors(item)
        else _as(item, dtype, casts)
        for item in value
    ]
    return dispatch(_pack, parts)


@functools.cache
def _casting(dtype: dtypes.DType) -> Call:
    return Call(lambda value: value.astype(dtype.dtype), "Cast")


def _as(item: Any, dtype: dtypes.DType | None, casts: bool) -> Tensor:
    is_tensor = isinstance(item, (Tensor, jax.Array)) or hasattr(item, "_kerax_tensor")
    tensor = convert_to_tensor(item, None if is_tensor else dtype)
    if dtype is not None and tensor.dtype is not dtype:
        if casts and is_tensor and dtypes.string not in (dtype, tensor.dtype):
            return dispatch(_casting(dtype), [tensor])
        raise TypeError(f"Cannot convert {item!r} to EagerTensor of dtype {dtype.name}")
    return tensor


def _first_dtype(value: Any) -> dtypes.DType | None:
    for item in value:
        if isinstance(item, (list, tuple)):
            found = _first_dtype(item)
            if found is not None:
                return found
        elif isinstance(item, Symbolic):
            raise SymbolicInput
        elif isinstance(item, Tensor) or hasattr(item, "_kerax_tensor") or isinstance(item, jax.Array):
            return dtypes.as_dtype(item.dtype)
    return None


def _python_array(value: Any, dtype: dtypes.DType | None) -> np.ndarray:
    """Python numbers, strings and lists of them, under TensorFlow's rules."""
    if type(value) is float and (dtype is None or dtype.is_floating):
        return _float_scalar(value, dtype)
    if dtype is not None and type(value) in _PYTHON_NUMBERS and _fits_kind(type(value), dtype):
        return _cast_number(value, dtype)
    try:
        array = np.array(value)
    except UnicodeDecodeError:  # byte strings among python's
        return _text_array(value, dtype)
    except ValueError:
        raise ValueError("Can't convert non-rectangular Python sequence to Tensor.") from None
    if array.dtype.kind in "US" or (array.dtype == object and array.size and _all_text(array)):
        return _text_array(value, dtype)
    if array.dtype == object:
        array = _big_numbers(value, array, dtype)
    if array.size == 0 and array.dtype == np.float64:
        return array.astype(np.float32 if dtype is None else dtype.dtype)
    if dtype is None:
        return _cast_by_first(value, array)
    if dtype is dtypes.uint64 and array.dtype.kind == "f" and _all_integers(value):
        array = np.array(value, np.uint64)  # numpy makes floats of large integers beside small ones
    python_type = {"b": bool, "i": int, "u": int, "f": float, "c": complex}.get(array.dtype.kind, float)
    if not _fits_kind(python_type, dtype):
        if dtype.is_bool and isinstance(_first_element(value), (bool, np.bool_)):
            raise ValueError(_MIXED)
        raise TypeError(f"Cannot convert {value!r} to EagerTensor of dtype {short_name(dtype)}")
    return _cast_number(array, dtype)


@functools.lru_cache(maxsize=1024)
def _float_scalar(value: float, dtype: dtypes.DType | None) -> np.ndarray:
    """A number as an array that nobody changes; as in TensorFlow's cache, 0.0 and -0.0 are what came first."""
    array = _cast_by_first(value, np.array(value)) if dtype is None else _cast_number(value, dtype)
    array.flags.writeable = False
    return array


_MIXED = "Can't convert Python sequence with mixed types to Tensor."
_OUT_OF_RANGE = "Can't convert Python sequence with out-of-range integer to Tensor."


def _cast_by_first(value: Any, array: np.ndarray) -> np.ndarray:
    """The array in the dtype that the first element of the python value asks for; the others must suit it."""
    first, kind = _first_element(value), array.dtype.kind
    if isinstance(first, bool | np.bool_):
        wanted = np.bool_
    elif isinstance(first, complex | np.complexfloating):
        wanted = np.complex128
    elif kind in "biu":
        if kind == "u" and array.dtype.itemsize == 8 and array.max() >= 2**63:
            raise ValueError(_OUT_OF_RANGE)
        wanted = np.int32 if _fits_int32(array) else np.int64
    elif isinstance(first, np.float16 | np.float64):
        wanted = type(first)
    else:
        wanted = np.float32
    if "biufc".find(kind) > "biufc".find(np.dtype(wanted).kind):
        raise ValueError(_MIXED)
    with np.errstate(over="ignore"):
        cast = array.astype(wanted)
    if wanted is np.float32 and not np.array_equal(np.isinf(cast), np.isinf(array)):
        raise ValueError("Can't convert Python sequence with a value out of range for a double-precision float.")
    return cast


def _first_element(value: Any) -> Any:
    while isinstance(value, (list, tuple, range)) and len(value):
        value = value[0]
    return value.flat[0] if isinstance(value, np.ndarray) and value.size else value


def _all_integers(value: Any) -> bool:
    return all(isinstance(item, int) for item in np.array(value, object).ravel().tolist())


def _big_numbers(value: Any, array: np.ndarray, dtype: dtypes.DType | None) -> np.ndarray:
    """An object array that holds integers no integer dtype can hold, as floats where they are asked for."""
    items = array.ravel().tolist()
    if any(item is None for item in items):
        raise ValueError(
            f"Attempt to convert a value ({value!r}) with an unsupported type ({type(value)}) to a Tensor."
        )
    if any(isinstance(item, (list, tuple)) for item in items):
        raise ValueError("Can't convert non-rectangular Python sequence to Tensor.")
    if not all(isinstance(item, (int, float, np.number)) for item in items):
        raise ValueError(f"Failed to convert a NumPy array to a Tensor (Unsupported object type {type(items[0])}).")
    if not (isinstance(items[0], float) if dtype is None else dtype.is_floating):
        raise ValueError(_OUT_OF_RANGE)
    try:
        return array.astype(np.float64)
    except OverflowError:
        raise ValueError(_OUT_OF_RANGE) from None


def short_name(dtype: dtypes.DType) -> str:
    """A dtype's name in TensorFlow's messages."""
    return {"float32": "float", "float64": "double", "float16": "half"}.get(dtype.name, dtype.name)


# The dtypes that TensorFlow has a converter of python's values for; to the others it casts, and never a bool.
_OF_BOOLS = {dtypes.bool, dtypes.int32, dtypes.int64, dtypes.uint64}
_OF_BOOLS |= {dtypes.float16, dtypes.float32, dtypes.float64, dtypes.complex128}


def _fits_kind(python_type: type, dtype: dtypes.DType) -> bool:
    if python_type is bool:
        return dtype in _OF_BOOLS
    if python_type is int:
        return dtype.is_integer or dtype.is_floating or dtype.is_complex or dtype.is_quantized
    if python_type is float:
        return dtype.is_floating or dtype.is_complex
    return dtype.is_complex


def _cast_number(value: Any, dtype: dtypes.DType) -> np.ndarray:
    if type(value) is int and -(2**31) <= value < 2**31 and dtype in (dtypes.int32, dtypes.int64):
        return np.array(value, dtype.dtype)  # the common case, without the look at limits
    array = np.asarray(value)
    if array.dtype == object:
        array = _big_numbers(value, array, dtype)
    if dtype.is_integer and array.size:
        if dtype is dtypes.uint64:
            fits = array.min() >= 0
        else:
            fits = array.dtype != np.uint64 or array.max() < 2**63
            array = array.astype(np.int64)  # narrower integers wrap around
        if not fits:
            raise ValueError(_OUT_OF_RANGE)
    with np.errstate(over="ignore"):
        return array.astype(dtype.dtype)


def _fits_int32(array: np.ndarray) -> bool:
    return array.size == 0 or (array.min() >= -(2**31) and array.max() < 2**31)


def _all_text(array: np.ndarray) -> bool:
    return all(isinstance(item, (str, bytes)) for item in array.ravel().tolist())


def _text_array(value: Any, dtype: dtypes.DType | None) -> np.ndarray:
    array = np.array(value, dtype=object)
    flat = [item.encode() if isinstance(item, str) else item for item in array.ravel().tolist()]
    if not all(isinstance(item, bytes) for item in flat):
        raise ValueError(_MIXED)
    if dtype is not None and dtype is not dtypes.string:
        raise TypeError(f"Cannot convert {value!r} to EagerTensor of dtype {short_name(dtype)}")
    out = np.empty(len(flat), dtype=object)
    out[:] = flat
    return out.reshape(array.shape)


def _numpy_array(array: np.ndarray, dtype: dtypes.DType | None) -> np.ndarray:
    if array.dtype.kind in "USO":
        if array.dtype == object and not _all_text(array):
            first = next(item for item in array.ravel().tolist() if not isinstance(item, (str, bytes)))
            raise ValueError(
                f"Failed to convert a NumPy array to a Tensor (Unsupported object type {type(first).__name__})."
            )
        return _text_array(array.tolist(), dtype).reshape(array.shape)  # a list forgets sizes after a 0
    try:
        dtypes.as_dtype(array.dtype)
    except TypeError:
        raise ValueError(
            f"Failed to convert a NumPy array to a Tensor (Unsupported numpy type {array.dtype})."
        ) from None
    if dtype is dtypes.string:
        raise ValueError(
            f"Failed to convert a NumPy array to a Tensor (Unsupported object type {array.dtype.type.__name__})."
        )
    if dtype is None:
        return array if array.dtype.isnative else array.astype(array.dtype.newbyteorder("="))
    return array.astype(dtype.dtype)


def _check_castable(have: np.dtype, want: dtypes.DType | None, value: Any) -> None:
    if want is None or have == want.dtype:
        return
    kind = {"b": bool, "i": int, "u": int, "c": complex}.get(have.kind, float)
    if not _fits_kind(kind, want):
        raise TypeError(f"Cannot convert {value!r} to EagerTensor of dtype {short_name(want)}")


def constant(value: Any, dtype: Any = None, shape: Any = None, name: str = "Const") -> Tensor:
    """Creates a constant tensor.

    Args:
      value: number, string, nested list, or array of any shape.
      dtype: its dtype; by default float32 / int32 / bool / string, or the array's.
      shape: the result's shape; a scalar value is repeated to fill it.
      name: str, how a function's graph names it.

    Returns:
      Tensor of that shape.

    Raises:
      TypeError: the shape holds another number of elements, or values do not fit the dtype.
      ValueError: a ragged list.

    >>> import kerax as tf
    >>> tf.constant(-1.0, shape=[2])
    <tf.Tensor: shape=(2,), dtype=float32, numpy=array([-1., -1.], dtype=float32)>
    """
    if isinstance(value, Tensor) and dtype is not None and value.dtype is not dtypes.as_dtype(dtype):
        raise TypeError(
            f"Expected tensor {value} with dtype {dtypes.as_dtype(dtype)!r}, but got dtype {value.dtype!r}."
        )
    if dtype is not None and context.trace is None and hasattr(value, "_kerax_tensor"):
        value = np.asarray(value)  # a variable is an array here, which is converted
    tensor = convert_to_tensor(value, dtype)
    if context.trace is not None and tensor is not value:
        context.trace.name_results(name, tensor, kind="Const")
    if shape is None:
        return tensor
    sizes = tuple(operator.index(size) for size in (shape if hasattr(shape, "__iter__") else (shape,)))
    array = tensor._value
    size = int(np.prod(sizes, dtype=np.int64))
    if array.size == 1:
        array = np.full(sizes, np.asarray(array).reshape(())[()], array.dtype)
    elif array.size == size:
        array = array.reshape(sizes)
    else:
        raise TypeError(
            f"Eager execution of tf.constant with unsupported shape. Tensor {tensor!r} (converted from {value!r}) "
            f"has {array.size} elements, but got `shape` {sizes} with {size} elements)."
        )
    return Tensor(_put(array) if isinstance(array, np.ndarray) else array, context.trace)


class TypeSpec:
    """The base of the specs: what is static about a value of some type.

    A class of one's own has ``value_type``, ``_serialize`` (a tuple of what makes it up), ``_component_specs``,
    ``_to_components`` and ``_from_components``; specs of equal parts are equal.
    """

    value_type: Any = None

    def _serialize(self) -> Any:
        raise NotImplementedError(f"{type(self).__name__}._serialize")

    def is_compatible_with(self, spec_or_value: Any) -> bool:
        spec = spec_or_value if isinstance(spec_or_value, TypeSpec) else getattr(spec_or_value, "_type_spec", None)
        return type(self) is type(spec) and _parts_agree(self._serialize(), spec._serialize())

    def most_specific_compatible_type(self, other: Any) -> Any:
        return self.most_specific_common_supertype([other])

    def most_specific_common_supertype(self, others: Any) -> Any:
        return self if all(other == self for other in others) else None

    def is_subtype_of(self, other: Any) -> bool:
        return self == other

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._serialize() == other._serialize()  # type: ignore[attr-defined]

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((type(self), self.__make_cmp_key(self._serialize())))

    def __make_cmp_key(self, value: Any) -> Any:
        """A hashable picture of what makes up a spec."""
        if isinstance(value, dict):
            return tuple((key, self.__make_cmp_key(value[key])) for key in sorted(value, key=repr))
        if isinstance(value, (list, tuple)):
            return (type(value), *map(self.__make_cmp_key, value))
        if isinstance(value, np.ndarray):
            return (np.ndarray, value.shape, value.dtype.str, value.tobytes())
        return value

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self._serialize()!r}"


def _parts_agree(one: Any, two: Any) -> bool:
    """Whether what makes up two specs is compatible, part by part."""
    if isinstance(one, (TypeSpec, TensorShape)):
        return type(one) is type(two) and one.is_compatible_with(two)
    if isinstance(one, dict):
        return isinstance(two, dict) and set(one) == set(two) and all(_parts_agree(one[key], two[key]) for key in one)
    if isinstance(one, (list, tuple)):
        return type(one) is type(two) and len(one) == len(two) and all(map(_parts_agree, one, two))
    return bool(one == two)


class TensorSpec(TypeSpec):
    """The shape and dtype of a tensor.

    Args:
      shape: sizes, None where unknown; None for unknown rank.
      dtype: the dtype.
      name: str or None.

    >>> import kerax as tf
    >>> tf.TensorSpec([None, 3], tf.int32)
    TensorSpec(shape=(None, 3), dtype=tf.int32, name=None)
    """

    value_type = Tensor

    def __init__(self, shape: Any, dtype: Any = dtypes.float32, name: str | None = None) -> None:
        self._shape = TensorShape(shape)
        self._dtype = dtypes.as_dtype(dtype)
        self._name = name

    @property
    def shape(self) -> TensorShape:
        return self._shape

    @property
    def dtype(self) -> dtypes.DType:
        return self._dtype

    @property
    def name(self) -> str | None:
        return self._name

    @classmethod
    def from_spec(cls, spec: Any, name: str | None = None) -> TensorSpec:
        return cls(spec.shape, spec.dtype, name or spec.name)

    @classmethod
    def from_tensor(cls, tensor: Any, name: str | None = None) -> TensorSpec:
        return cls(tensor.shape, tensor.dtype, name)

    def is_compatible_with(self, spec_or_tensor: Any) -> bool:
        if not hasattr(spec_or_tensor, "shape") or not hasattr(spec_or_tensor, "dtype"):
            try:
                spec_or_tensor = convert_to_tensor(spec_or_tensor)
            except (TypeError, ValueError):
                return False
        return self.dtype == dtypes.as_dtype(spec_or_tensor.dtype) and self.shape.is_compatible_with(
            spec_or_tensor.shape
        )

    def is_subtype_of(self, other: Any) -> bool:
        return isinstance(other, TensorSpec) and self.dtype == other.dtype and self.shape.is_subtype_of(other.shape)

    def most_specific_common_supertype(self, others: Any) -> TensorSpec | None:
        shape = self.shape
        for other in others:
            if not isinstance(other, TensorSpec) or other.dtype != self.dtype:
                return None
            shape = shape.most_specific_compatible_shape(other.shape)
        return TensorSpec(shape, self.dtype, self.name)

    def __eq__(self, other: object) -> bool:
        return (
            type(self) is type(other)
            and self._shape == other._shape  # type: ignore[attr-defined]
            and self._dtype == other._dtype  # type: ignore[attr-defined]
            and self._name == other._name  # type: ignore[attr-defined]
        )

    def __hash__(self) -> int:
        return hash((self._shape, self._dtype))

    def __reduce__(self) -> tuple[Any, ...]:
        return TensorSpec, (self._shape, self._dtype, self._name)

    def __repr__(self) -> str:
        return f"TensorSpec(shape={self.shape}, dtype={self.dtype!r}, name={self.name!r})"


def is_tensor(x: Any) -> bool:
    """Whether ``x`` is a TensorFlow value: a Tensor, Variable, ragged or sparse tensor, or a symbolic one.

    >>> import kerax as tf
    >>> tf.is_tensor(tf.constant(1)), tf.is_tensor([1])
    (True, False)
    """
    return (
        isinstance(x, (Tensor, Symbolic)) or hasattr(type(x), "_kerax_tensor") or getattr(type(x), "_is_native", False)
    )


def is_tf_type(x: Any) -> bool:
    """Whether ``x`` is a TensorFlow value: a Tensor, Variable, ragged or sparse tensor.

    In Keras 2 the symbolic tensors of Keras are such, in Keras 3 not.

    >>> import kerax as tf
    >>> tf.is_tensor(tf.constant(1)), tf.is_tensor([1])
    (True, False)
    """
    return is_tensor(x) and (config.legacy_keras() or not isinstance(x, Symbolic))


def constant_value(tensor: Any, partial: bool = False) -> Any:
    """The value of a Tensor as numpy, None where it is not known; what is no tensor is its own value.

    >>> import kerax as tf
    >>> tf.get_static_value(tf.constant([1, 2])), tf.get_static_value(3)
    (array([1, 2], dtype=int32), 3)
    """
    if isinstance(tensor, Tensor):
        return None if tensor._is_symbolic() else tensor._numpy()
    return None if is_tensor(tensor) else tensor


def register_tensor_conversion_function(
    base_type: type | tuple[type, ...], conversion_func: Callable[..., Any], priority: int = 100
) -> None:
    """Registers how values of a type become tensors.

    Args:
      base_type: type or tuple of types.
      conversion_func: ``f(value, dtype, name, as_ref)`` returning a Tensor or NotImplemented.
      priority: int; functions run in the order of registration whatever their priority.
    """
    kinds = base_type if isinstance(base_type, tuple) else (base_type,)
    CONVERSIONS.append((kinds, lambda value, dtype: conversion_func(value, dtype=dtype, name=None, as_ref=False)))
