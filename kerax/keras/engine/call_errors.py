"""Errors inside a layer's ``call`` say which layer it was and what it was called with, as in Keras."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from kerax.core import errors, nest
from kerax.core.config import legacy_keras
from kerax.core.tensor import CompositeInput, SymbolicInput
from kerax.core.value import Tensor
from kerax.debugging.settings import is_traceback_filtering_enabled
from kerax.keras.engine.keras_tensor import KerasTensor

# What Keras 2 shows of arguments that are not there; Keras 3 shows that they have no default.
_NONE: dict[Any, Any] = {inspect.Parameter.VAR_POSITIONAL: (), inspect.Parameter.VAR_KEYWORD: {}}
_SIGNALS = (errors.Uncompilable, CompositeInput, SymbolicInput)  # caught further out, by kerax


def explained(error: Exception, operation: Any, call: Callable[..., Any], args: Any, kwargs: Any) -> Exception:
    """The error to raise in the place of one that a call raised: the same class, with the call in its message.

    Args:
      error: what was raised.
      operation: the layer or operation.
      call: what was called, with ``args`` and ``kwargs``.

    Returns:
      The error itself if it is a signal, comes from an inner layer, or Keras would leave it alone.
    """
    if isinstance(error, _SIGNALS) or hasattr(error, "_keras_call_info_injected"):
        return error
    if type(error).__module__.startswith("jax") or not (legacy_keras() or is_traceback_filtering_enabled()):
        return error
    symbolic = call == operation.symbolic_call
    signature = inspect.signature(operation.call if legacy_keras() else call)
    try:
        bound = signature.bind(*args, **kwargs).arguments
    except TypeError:
        return error
    none = _NONE if legacy_keras() else {}
    lines = [
        f"  • {name}={_shown(bound.get(name, none.get(p.kind, p.default)))}" for name, p in signature.parameters.items()
    ]
    if not lines:
        return error
    text = error.message if isinstance(error, errors.OpError) else error.args[0] if error.args else ""
    kind = type(operation).__name__
    if legacy_keras():
        name = f'"{operation.name}"' if symbolic else f"'{operation.name}'"
        display = f"layer {name} (type {kind})"
        message = f"Exception encountered when calling {display}.\n\n{text}\n\nCall arguments received by {display}:\n"
    else:
        display = f"{kind}.call()"
        message = f"Exception encountered when calling {display}.\n\n\x1b[1m{text}\x1b[0m\n\n"
        message += f"Arguments received by {display}:\n"
    new = _like(error, message + "\n".join(lines))
    new.__dict__.update(error.__dict__)
    new.__dict__.pop("ag_error_metadata", None)  # it holds the old text
    if isinstance(new, errors.OpError):
        new._message = message + "\n".join(lines)
    new._keras_call_info_injected = True  # type: ignore[attr-defined]
    new.__suppress_context__ = True
    return new.with_traceback(error.__traceback__)


def _like(error: Exception, message: str) -> Exception:
    """An error of the same class, as far as the class can be made of a message."""
    if isinstance(error, errors.OpError):
        return type(error)(error.node_def, error.op, message, error.error_code)
    try:
        return type(error)(message)
    except TypeError:
        return RuntimeError(message)


def _shown(value: Any) -> Any:
    def text(leaf: Any) -> str:
        if type(leaf) is Tensor or legacy_keras() and isinstance(leaf, KerasTensor):
            return f"tf.Tensor(shape={leaf.shape}, dtype={getattr(leaf.dtype, 'name', leaf.dtype)})"
        return repr(leaf)

    return nest.map_structure(text, value)
