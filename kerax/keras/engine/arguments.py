"""Checks of arguments that many layers share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar, cast

from kerax.core.config import legacy_keras

_F = TypeVar("_F", bound=Callable[..., Any])


def name_first(*names: str) -> Callable[..., Any]:
    """Makes a decorator for methods whose positional arguments had another order in Keras 2, the name first.

    Args:
      *names: Keras 2's order of the parameters, ``self`` included; it holds where the first argument is a str.
    """

    def decorate(method: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(method)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            if len(args) > 1 and isinstance(args[1], str):
                return method(**dict(zip(names, args, strict=False)), **kwargs)
            return method(*args, **kwargs)

        return wrapper

    return decorate


def keras_2_order(*names: str, **renamed: str) -> Callable[[_F], _F]:
    """Makes a decorator: in the Keras 2 dialect positional arguments go to these parameters in turn.

    Args:
      *names: Keras 2's order of the parameters, ``self`` included.
      **renamed: Keras 2's name of a parameter → its name here.
    """

    def decorate(function: _F) -> _F:
        @functools.wraps(function)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            if legacy_keras() and len(args) <= len(names):
                kwargs = {renamed.get(name, name): value for name, value in kwargs.items()} if renamed else kwargs
                return function(**dict(zip(names, args, strict=False)), **kwargs)
            return function(*args, **kwargs)

        return cast(_F, wrapper)

    return decorate


def standardize_tuple(value: Any, n: int, name: str, allow_zero: bool = False) -> tuple[int, ...]:
    """An int, or ``n`` ints, as a tuple of ``n`` ints.

    Args:
      value: int or iterable of int.
      n: int.
      name: str, the argument's name in messages.
      allow_zero: bool, whether 0 is accepted.

    Raises:
      ValueError: another number of elements, no ints, or too small ones.
    """
    message = f"The `{name}` argument must be a tuple of {n} integers. Received {name}={value}"
    if isinstance(value, int):
        found: tuple[Any, ...] = (value,) * n
    else:
        try:
            found = tuple(value)
        except TypeError:
            raise ValueError(message) from None
        if len(found) != n:
            raise ValueError(message)
        for item in found:
            try:
                int(item)
            except (ValueError, TypeError):
                raise ValueError(f"{message}including element {item} of type {type(item)}") from None
    wrong = {item for item in found if item < 0 or (item == 0 and not allow_zero)}
    if wrong:
        rule = ">= 0" if allow_zero else "> 0"
        raise ValueError(f"{message}, including values {wrong} that do not satisfy `value {rule}`")
    return found


def pairs(value: Any, n: int, name: str, kind: str) -> tuple[tuple[int, int], ...]:
    """Margins of ``n`` spatial axes as pairs (before, after), from one int, ``n`` ints, or ``n`` pairs.

    Args:
      value: the argument.
      n: int.
      name: str, the argument's name in messages.
      kind: str, the word for it in messages ("crop", "pad").

    Raises:
      ValueError: another number of elements, or negative ones.
    """
    if isinstance(value, int):
        if value < 0:
            raise ValueError(f"`{name}` cannot be negative. Received: {name}={value}.")
        return ((value, value),) * n
    if not hasattr(value, "__len__"):
        raise ValueError(
            f"`{name}` should be either an int, a tuple of {n} ints (a symmetric {kind} for each axis), or a tuple of "
            f"{n} tuples of 2 ints (the {kind} before and after). Received: {name}={value}."
        )
    if len(value) != n:
        count = "two" if n == 2 else n
        raise ValueError(f"`{name}` should have {count} elements. Received: {name}={value}.")
    places = ("1st", "2nd", "3rd")
    return tuple(  # type: ignore[return-value]
        standardize_tuple(item, 2, f"{places[index]} entry of {name}", allow_zero=True)
        for index, item in enumerate(value)
    )
