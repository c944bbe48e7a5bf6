"""Python inside programs: ``tf.py_function`` and ``tf.numpy_function`` run when the program runs."""

from __future__ import annotations

import functools
import traceback
from collections.abc import Callable
from typing import Any

import numpy as np

from kerax.core import dtypes, errors, nest
from kerax.core.context import context
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor

_STATUS: dict[type[Exception], type[errors.OpError]] = {
    ValueError: errors.InvalidArgumentError,
    TypeError: errors.InvalidArgumentError,
    StopIteration: errors.OutOfRangeError,
    MemoryError: errors.ResourceExhaustedError,
    NotImplementedError: errors.UnimplementedError,
}


def py_function(
    func: Callable[..., Any] | None = None, inp: Any = None, Tout: Any = None, name: str | None = None
) -> Any:
    """Runs a python function on eager tensors, also inside ``tf.function`` (which then runs uncompiled).

    Args:
      func: callable of Tensors; differentiable as far as its ops are. None makes a decorator.
      inp: list of Tensors.
      Tout: dtype, spec, or (nested) list of them: what ``func`` returns; [] or None for nothing.
      name: ignored.

    Returns:
      Tensor, or a structure like ``Tout``, a list where that is a tuple.

    Raises:
      errors.InvalidArgumentError: the results do not have the announced dtypes, or ``func`` raised a ValueError
        or TypeError.
      errors.OpError: ``func`` raised another exception; ``errors.UnknownError`` for most.
    """
    if func is None:
        return lambda decorated: functools.wraps(decorated)(lambda *args: py_function(decorated, args, Tout, name))
    tensors = [value if nest.is_composite(value) else convert_to_tensor(value) for value in inp]
    _require_eager(tensors, "tf.py_function")
    try:
        value = func(*tensors)  # type: ignore[misc]
    except errors.Uncompilable:
        raise
    except Exception as error:
        raise _reported(error) from error
    return _results(value, Tout)


def _reported(error: Exception) -> errors.OpError:
    """What the op reports of an exception in the user's function."""
    kind = next((status for known, status in _STATUS.items() if isinstance(error, known)), errors.UnknownError)
    return kind(None, None, f"{type(error).__name__}: {error}\n{''.join(traceback.format_exception(error))}")


def numpy_function(
    func: Callable[..., Any] | None = None,
    inp: Any = None,
    Tout: Any = None,
    stateful: bool = True,
    name: str | None = None,
) -> Any:
    """Runs a python function on numpy arrays; as ``py_function``, but not differentiable.

    Args:
      func: callable of numpy arrays. None makes a decorator.
      inp: list of Tensors.
      Tout: dtype or list of dtypes that ``func`` returns.
      stateful, name: without effect.
    """
    if func is None:
        return lambda decorated: functools.wraps(decorated)(
            lambda *args: numpy_function(decorated, args, Tout, stateful, name)
        )
    tensors = [convert_to_tensor(value) for value in inp]
    _require_eager(tensors, "tf.numpy_function")
    try:
        value = func(*[_plain(tensor) for tensor in tensors])  # type: ignore[misc]
    except Exception as error:
        if not context.uncompiled:  # eagerly it is not an op that runs python
            raise
        raise _reported(error) from error
    return _results(value, Tout, strict=True)


def _plain(tensor: Tensor) -> Any:
    value = tensor.numpy()
    return np.asarray(value) if isinstance(value, np.generic) else value


def _require_eager(tensors: list[Any], what: str) -> None:
    """Python runs when the program runs: while tracing it cannot, so the caller runs uncompiled."""
    if context.trace is not None:
        raise errors.Uncompilable(what)


def _results(value: Any, announced: Any, strict: bool = False) -> Any:
    if announced is None or (isinstance(announced, (list, tuple)) and not announced):
        return []
    if not nest.is_nested(announced):
        if isinstance(value, (list, tuple)) and not hasattr(announced, "shape"):
            if strict and len(value) != 1:
                raise errors.InvalidArgumentError(
                    None, None, f"the python function returns {len(value)} values, but expects to see 1 values."
                )
            value = value[0]  # as in TensorFlow, where results and dtypes are paired
        return _typed(value, announced, strict)
    values = value if isinstance(value, (list, tuple)) else [value]
    count, wanted = len(nest.flatten(list(values))), len(nest.flatten(announced))
    if count != wanted:
        raise errors.InvalidArgumentError(
            None, None, f"the python function returns {count} values, but expects to see {wanted} values."
        )
    packed = nest.pack_sequence_as(
        announced,
        [_typed(v, t, strict) for v, t in zip(nest.flatten(list(values)), nest.flatten(announced), strict=True)],
    )
    return list(packed) if type(announced) is tuple else packed


def _typed(value: Any, announced: Any, strict: bool) -> Any:
    if nest.is_composite(value):
        return value
    dtype = announced.dtype if hasattr(announced, "shape") else dtypes.as_dtype(announced)
    if isinstance(value, Tensor) or strict:
        tensor = convert_to_tensor(value)
    else:
        tensor = convert_to_tensor(value, dtype)
    if tensor.dtype != dtype:
        raise errors.InvalidArgumentError(
            None, None, f"0-th value returned by a python function is {tensor.dtype.name}, but expects {dtype.name}"
        )
    tensor.shape_is_open = True
    return tensor
