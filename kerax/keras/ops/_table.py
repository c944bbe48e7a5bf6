"""Makers of the ops that are alike: one tensor in, two tensors in, one function of tf in between."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from typing import Any

from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.promotion import as_float, promoted
from kerax.keras.ops._public import composed

_UNARY = """{sentence}

Args:
  x: tensor of any shape; {kinds}.

Returns:
  Tensor of the same shape.
"""
_BINARY = """{sentence}

Args:
  {first}: tensor, array or number.
  {second}: tensor, array or number, of a shape that broadcasts with ``{first}``'s; dtypes are promoted as
    ``keras.backend.result_type`` does{plus}.

Returns:
  Tensor of the common shape{returns}.
"""
_KINDS = {as_float: "integers become floats", to_tensor: "its dtype is kept"}


def public(fn: Callable[..., Any], name: str, doc: str) -> Any:
    """An op of a function, with its name, docstring and the module that makes it."""
    fn.__name__ = fn.__qualname__ = name
    fn.__doc__ = inspect.cleandoc(doc)
    fn.__module__ = sys._getframe(2).f_globals["__name__"]
    return composed(fn)


def unary(
    name: str, function: Callable[[Any], Any], sentence: str, prepare: Callable[[Any], Any] = as_float, kinds: str = ""
) -> Any:
    """An op ``name(x)``: ``function(prepare(x))``."""

    def call(x):  # type: ignore[no-untyped-def]
        return function(prepare(x))

    return public(call, name, _UNARY.format(sentence=sentence, kinds=kinds or _KINDS.get(prepare, "see above")))


def binary(
    name: str,
    function: Callable[[Any, Any], Any],
    sentence: str,
    also: tuple[Any, ...] = (),
    weak: bool = False,
    returns: str = "",
    names: tuple[str, str] = ("x1", "x2"),
) -> Any:
    """An op ``name(x1, x2)`` of values of their common dtype.

    Args:
      name: str.
      function: of two tensors of one dtype.
      sentence: str, the docstring's first line.
      also: dtypes that take part in the promotion.
      weak: bool, whether python numbers adapt to the other operand.
      returns: str, what the docstring says of the result's dtype.
      names: the parameters' names.
    """
    if names == ("x1", "x2"):

        def call(x1, x2):  # type: ignore[no-untyped-def]
            return function(*promoted(x1, x2, also=also, weak=weak))
    else:

        def call(x, y):  # type: ignore[no-untyped-def]
            return function(*promoted(x, y, also=also, weak=weak))

    plus = ", to a float at least" if float in also else ""
    doc = _BINARY.format(
        sentence=sentence, first=names[0], second=names[1], plus=plus, returns=f" and {returns}" if returns else ""
    )
    return public(call, name, doc)


def alias(name: str, op: Any) -> Any:
    """The same op under another name, by which it is recorded in graphs."""
    inner = op.pure
    if list(inspect.signature(inner).parameters) == ["x1", "x2"]:

        def call(x1, x2):  # type: ignore[no-untyped-def]
            return inner(x1, x2)
    elif list(inspect.signature(inner).parameters) == ["x", "y"]:

        def call(x, y):  # type: ignore[no-untyped-def]
            return inner(x, y)
    else:

        def call(x):  # type: ignore[no-untyped-def]
            return inner(x)

    return public(call, name, f"{inner.__doc__.splitlines()[0].rstrip('.')}: another name of ``{inner.__name__}``.")
