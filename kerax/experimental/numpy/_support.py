"""Arrays and dtypes under NumPy's rules: what the functions of ``tf.experimental.numpy`` share."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from kerax.core import dtypes, nest
from kerax.core.op import composed, op
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Symbolic, Tensor
from kerax.math.casting import cast


class Settings:
    """What ``experimental_enable_numpy_behavior`` has chosen."""

    prefer_float32 = False


def _typed(value: Any) -> Any:
    """What ``numpy.result_type`` may be asked about a value: a dtype, or a python number, which is weak."""
    if isinstance(value, dtypes.DType):
        return value.dtype
    if hasattr(value, "dtype") and not isinstance(value, type):
        return dtypes.as_dtype(value.dtype).dtype
    if isinstance(value, bool):
        return np.dtype(bool)
    if isinstance(value, float):
        return np.float32(value) if Settings.prefer_float32 else value
    if isinstance(value, complex):
        return np.complex64(value) if Settings.prefer_float32 else value
    if isinstance(value, int):
        return value if value > 2**63 - 1 else 0
    if value is float and Settings.prefer_float32:
        return np.dtype(np.float32)
    if value is complex and Settings.prefer_float32:
        return np.dtype(np.complex64)
    if isinstance(value, (str, bytes)):
        try:
            return np.dtype(value)
        except TypeError:
            return np.dtype(object)
    return np.dtype(value)


def result_dtype(*values: Any) -> dtypes.DType:
    """The dtype of a result of arrays, numbers and dtypes, by NumPy's rules."""
    found: dict[Any, Any] = {}  # one number of a kind is enough: python's numbers are weak, whatever their value
    for value in values:
        for leaf in nest.flatten(value) if isinstance(value, (list, tuple)) else (value,):
            kind = type(leaf)
            if kind not in found or kind not in (int, float, complex):
                found[kind if kind in (int, float, complex) else len(found)] = _typed(leaf)
    if not found:
        return default_float()
    return dtypes.as_dtype(np.result_type(*found.values()))


def as_array(value: Any, dtype: Any = None) -> Any:
    """Any value as a Tensor; python numbers become int64, float64 and complex128."""
    wanted = None if dtype is None else result_dtype(dtype)
    if isinstance(value, Symbolic):
        return value if wanted is None else cast(value, wanted)
    if hasattr(value, "_kerax_tensor"):
        value = value._kerax_tensor()
    if value is None:
        return convert_to_tensor(value)  # which raises
    if not isinstance(value, Tensor):
        natural = result_dtype(value)
        if isinstance(value, (list, tuple)) and any(_is_tensor(leaf) for leaf in nest.flatten(value)):
            value = convert_to_tensor(nest.map_structure(lambda leaf: cast(as_array(leaf), natural), value))
        else:
            value = convert_to_tensor(np.asarray(value, None if natural is dtypes.string else natural.dtype))
    return value if wanted is None or value.dtype is wanted else cast(value, wanted)


def _is_tensor(value: Any) -> bool:
    return isinstance(value, Tensor) or hasattr(value, "_kerax_tensor")


def promoted(*values: Any) -> list[Any]:
    """Values as Tensors of their common dtype."""
    dtype = result_dtype(*values)
    return [as_array(value, dtype) for value in values]


def inexact(value: Any) -> Any:
    """A value as a Tensor of floating point or complex numbers."""
    array = as_array(value)
    if array.dtype.is_floating or array.dtype.is_complex:
        return array
    if array.dtype is dtypes.string:
        return array.astype(default_float().as_numpy_dtype)  # an attribute that only arrays of numbers have
    return cast(array, default_float())


def default_float() -> dtypes.DType:
    return dtypes.float32 if Settings.prefer_float32 else dtypes.float64


def axes_of(axis: Any) -> Any:
    """An axis argument as python ints."""
    if axis is None or isinstance(axis, (int, np.integer)):
        return axis
    return tuple(np.asarray(axis).ravel().tolist()) if np.ndim(axis) else int(axis)


def unary(
    name: str, fn: Callable[[Any], Any], doc: str, prepare: Callable[[Any], Any] = as_array, parameter: str = "x"
) -> Any:
    """An elementwise function of one array.

    Args:
      name: its public name.
      fn: the jax function.
      doc: one sentence.
      prepare: makes the Tensor that ``fn`` takes.
      parameter: what TensorFlow calls its argument.
    """

    @op("x", name=name)
    def body(x: Any) -> Any:
        return fn(x)

    signature = inspect.Signature([inspect.Parameter(parameter, inspect.Parameter.POSITIONAL_OR_KEYWORD)])

    def function(*args: Any, **kwargs: Any) -> Any:
        return body(prepare(*signature.bind(*args, **kwargs).args))

    function.__name__ = function.__qualname__ = name
    function.__signature__ = signature  # type: ignore[attr-defined]
    return documented(function, doc)


def binary(name: str, fn: Callable[[Any, Any], Any], doc: str, prepare: Callable[..., Any] = promoted) -> Any:
    """An elementwise function of two arrays, after promotion to a common dtype."""

    @op("x1; x2", name=name)
    def body(x1: Any, x2: Any) -> Any:
        return fn(x1, x2)

    def function(x1: Any, x2: Any) -> Any:
        return body(*prepare(x1, x2))

    function.__name__ = function.__qualname__ = name
    return documented(function, doc)


def documented(function: Callable[..., Any], doc: str) -> Any:
    """Gives a generated function its name's place and its description."""
    function.__module__ = "kerax.experimental.numpy"
    function.__doc__ = f"{doc}\n\n    As ``numpy.{function.__name__}``, on Tensors of any shape.\n    "
    return composed(function)


def array_function(function: Callable[..., Any]) -> Any:
    """Marks a function written by hand: Keras symbolic inputs make it a node of their graph."""
    return functools.wraps(function)(composed(function))
