"""Assertions about values, made from one rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import jax.numpy as jnp

from kerax.core import effects
from kerax.core.dispatch import Call, dispatch
from kerax.core.op import composed
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor


def _pair(x: Any, y: Any) -> tuple[Tensor, Tensor]:
    """Both values as tensors, python numbers following the other's dtype."""
    if isinstance(y, Tensor) or hasattr(y, "_kerax_tensor"):
        y = convert_to_tensor(y)
        return convert_to_tensor(x, None if hasattr(x, "dtype") else y.dtype), y
    x = convert_to_tensor(x)
    return x, convert_to_tensor(y, None if hasattr(y, "dtype") else x.dtype)


def _report(message: str | None, what: str, summarize: int | None, tensors: Sequence[Tensor]) -> Callable[..., str]:
    """Makes the text of an error of the tensors' values, in a function the one that TensorFlow's graphs give."""
    if any(tensor._is_symbolic() for tensor in tensors):
        names = [f"{label} ({tensor.name}) = " for label, tensor in zip("xy", tensors, strict=False)]

        def traced(*values: Any) -> str:
            shown = [part for name, value in zip(names, values, strict=True) for part in (name, value)]
            said = [message] if message else []
            return effects.assertion_text([*said, f"Condition x {what} did not hold element-wise:", *shown], summarize)

        return traced

    def text(*values: Any) -> str:
        shown = [effects.format_array(value, summarize or 3) for value in values]
        lines = [message or "", f"Condition x {what} did not hold.", *shown]
        return "\n".join(line for line in lines if line)

    return text


def _check_pair(
    compare: Callable[[Any, Any], Any], what: str, x: Any, y: Any, message: str | None, summarize: int | None
) -> None:
    x, y = _pair(x, y)
    holds = dispatch(Call(lambda a, b: jnp.all(compare(a, b)), "Assert"), [x, y])
    effects.check(holds, _report(message, f"{what} y", summarize, [x, y]), [x, y])


@composed
def assert_equal(
    x: Any, y: Any, message: str | None = None, summarize: int | None = None, name: str | None = None
) -> None:
    """Raises unless ``x == y`` everywhere.

    Args:
      x, y: Tensors of shapes that broadcast.
      message: str, put before the error's text.
      summarize: int, elements shown of each tensor.
      name: ignored.

    Raises:
      InvalidArgumentError: it does not hold; inside ``tf.function`` when the function runs.
    """
    _check_pair(lambda a, b: a == b, "==", x, y, message, summarize)


@composed
def assert_none_equal(
    x: Any, y: Any, summarize: int | None = None, message: str | None = None, name: str | None = None
) -> None:
    """Raises unless ``x != y`` everywhere; arguments as ``assert_equal``."""
    _check_pair(lambda a, b: a != b, "!=", x, y, message, summarize)


@composed
def assert_less(
    x: Any, y: Any, message: str | None = None, summarize: int | None = None, name: str | None = None
) -> None:
    """Raises unless ``x < y`` everywhere; arguments as ``assert_equal``."""
    _check_pair(lambda a, b: a < b, "<", x, y, message, summarize)


@composed
def assert_less_equal(
    x: Any, y: Any, message: str | None = None, summarize: int | None = None, name: str | None = None
) -> None:
    """Raises unless ``x <= y`` everywhere; arguments as ``assert_equal``."""
    _check_pair(lambda a, b: a <= b, "<=", x, y, message, summarize)


@composed
def assert_greater(
    x: Any, y: Any, message: str | None = None, summarize: int | None = None, name: str | None = None
) -> None:
    """Raises unless ``x > y`` everywhere; arguments as ``assert_equal``."""
    _check_pair(lambda a, b: a > b, ">", x, y, message, summarize)


@composed
def assert_greater_equal(
    x: Any, y: Any, message: str | None = None, summarize: int | None = None, name: str | None = None
) -> None:
    """Raises unless ``x >= y`` everywhere; arguments as ``assert_equal``."""
    _check_pair(lambda a, b: a >= b, ">=", x, y, message, summarize)


@composed
def assert_near(
    x: Any,
    y: Any,
    rtol: Any = None,
    atol: Any = None,
    message: str | None = None,
    summarize: int | None = None,
    name: str | None = None,
) -> None:
    """Raises unless ``|x - y| <= atol + rtol * |y|`` everywhere.

    Args:
      x, y: float Tensors of shapes that broadcast.
      rtol, atol: tolerances, by default ten times the dtype's epsilon.
      message, summarize, name: as in ``assert_equal``.
    """
    x, y = _pair(x, y)
    epsilon = 10.0 * float(jnp.finfo(x._value.dtype).eps)
    relative = float(epsilon if rtol is None else rtol)
    absolute = float(epsilon if atol is None else atol)
    _check_pair(
        lambda a, b: jnp.abs(a - b) <= absolute + relative * jnp.abs(b),
        "and y not equal to tolerance:",
        x,
        y,
        message,
        summarize,
    )


def _check_one(compare: Callable[[Any], Any], what: str, x: Any, message: str | None, summarize: int | None) -> None:
    x = convert_to_tensor(x)
    holds = dispatch(Call(lambda a: jnp.all(compare(a)), "Assert"), [x])
    effects.check(holds, _report(message, what, summarize, [x]), [x])


def assert_positive(x: Any, message: str | None = None, summarize: int | None = None, name: str | None = None) -> None:
    """Raises unless ``x > 0`` everywhere; arguments as ``assert_equal``."""
    _check_one(lambda a: a > 0, "> 0", x, message, summarize)


def assert_negative(x: Any, message: str | None = None, summarize: int | None = None, name: str | None = None) -> None:
    """Raises unless ``x < 0`` everywhere; arguments as ``assert_equal``."""
    _check_one(lambda a: a < 0, "< 0", x, message, summarize)


def assert_non_negative(
    x: Any, message: str | None = None, summarize: int | None = None, name: str | None = None
) -> None:
    """Raises unless ``x >= 0`` everywhere; arguments as ``assert_equal``."""
    _check_one(lambda a: a >= 0, ">= 0", x, message, summarize)


def assert_non_positive(
    x: Any, message: str | None = None, summarize: int | None = None, name: str | None = None
) -> None:
    """Raises unless ``x <= 0`` everywhere; arguments as ``assert_equal``."""
    _check_one(lambda a: a <= 0, "<= 0", x, message, summarize)
