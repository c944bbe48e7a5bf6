"""``tensorflow.python.framework.smart_cond``: conditions decided at once where their value is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kerax.core.control_flow import cond
from kerax.core.tensor import Tensor, constant_value
from kerax.core.variable import Variable


def smart_constant_value(pred: Any) -> bool | None:
    """The value of a condition as a bool; None where it is known only at run time.

    Raises:
      TypeError: neither a bool, nor 0 or 1, nor a Tensor.
    """
    if isinstance(pred, Tensor):
        value = constant_value(pred)
        return None if value is None else bool(value)
    if isinstance(pred, bool) or pred in (0, 1):
        return bool(pred)
    raise TypeError(
        f"Argument `pred` must be a Tensor, or a Python bool, or 1 or 0. Received: pred={pred} of type "
        f"{type(pred).__name__}"
    )


def smart_cond(
    pred: Any,
    true_fn: Callable[[], Any] | None = None,
    false_fn: Callable[[], Any] | None = None,
    name: str | None = None,
) -> Any:
    """The result of one of two functions; only one is called where the condition is known.

    Raises:
      TypeError: a function that cannot be called.
    """
    for role, function in (("true_fn", true_fn), ("false_fn", false_fn)):
        if not callable(function):
            raise TypeError(f"Argument `{role}` must be callable. Received {role}={function}")
    if isinstance(pred, Variable):
        return cond(pred, true_fn, false_fn)
    value = smart_constant_value(pred)
    if value is None:
        return cond(pred, true_fn, false_fn)
    return (true_fn if value else false_fn)()  # type: ignore[misc]
