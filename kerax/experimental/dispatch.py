"""Functions of one's own in place of TensorFlow's, chosen by the types of their arguments."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from kerax.core.op import COMPOSITE_HANDLERS
from kerax.core.tensor import TypeSpec
from kerax.ragged import dispatch as elementwise

_FOR_API: dict[tuple[str, str], list[tuple[Any, list[dict[str, Any]], Callable[..., Any]]]] = {}
_FOR_KIND: dict[str, list[tuple[tuple[Any, ...], Callable[..., Any]]]] = {"unary": [], "binary": [], "assert": []}


def _is(value: Any, kind: Any) -> bool:
    """Whether an argument is of an annotated type: a class, a spec, a union, or a list of one."""
    import types
    import typing

    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return any(_is(value, argument) for argument in arguments)
    if origin is list:
        return isinstance(value, (list, tuple)) and bool(value) and all(_is(item, arguments[0]) for item in value)
    if kind is Any or kind is None:
        return True
    if isinstance(kind, TypeSpec):
        return kind.is_compatible_with(value)
    return isinstance(value, kind)


def _where(fn: Callable[..., Any]) -> tuple[str, str]:
    """The room and the public name of a function or of the op behind it."""
    return fn.__module__.split(".")[1], fn.__name__.lstrip("_")


def _handle(fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    for api, signatures, target in _FOR_API.get(_where(fn), ()):
        try:  # fn may be the op behind the public function, with fewer arguments
            bound = inspect.signature(api).bind(*args, **kwargs).arguments
        except TypeError:
            continue
        for signature in signatures:
            if all(name in bound and _is(bound[name], kind) for name, kind in signature.items()):
                named = "name" in inspect.signature(target).parameters
                result = target(*args, **{key: value for key, value in kwargs.items() if named or key != "name"})
                if result is not NotImplemented:
                    return result
    where = _where(fn)
    if where in elementwise._UNARY_NAMES:
        kind, count = "unary", 1
    elif where in elementwise._BINARY_NAMES:
        kind, count = ("assert" if where[0] == "debugging" else "binary"), 2
    else:
        return NotImplemented
    if not _FOR_KIND[kind]:
        return NotImplemented
    values = list(inspect.signature(fn).bind(*args, **kwargs).arguments.items())
    leading = [value for _, value in values[:count]]
    rest = {name: value for name, value in values[count:] if name != "name"}
    for kinds, target in _FOR_KIND[kind]:
        if len(leading) == count and all(map(_is, leading, kinds)):
            return target(lambda *xs: fn(*xs, **rest), *leading)
    return NotImplemented


COMPOSITE_HANDLERS.insert(0, _handle)


def dispatch_for_api(api: Callable[..., Any], *signatures: dict[str, Any]) -> Callable[..., Any]:
    """A decorator: the function is called in place of a TensorFlow function for arguments of given types.

    Args:
      api: the TensorFlow function.
      *signatures: dictionaries of parameter names and types; by default the function's own annotations.

    Raises:
      ValueError: other parameters (``name`` may be left out), or none of the types is one of one's own.

    >>> import kerax as tf
    >>> class Meters(tf.experimental.ExtensionType):
    ...     value: tf.Tensor
    >>> @tf.experimental.dispatch_for_api(tf.math.add, {"x": Meters, "y": Meters})
    ... def add_meters(x, y, name=None):
    ...     return Meters(x.value + y.value)
    >>> tf.math.add(Meters(1.0), Meters(2.0)).value.numpy()
    np.float32(3.0)
    """

    def decorate(target: Callable[..., Any]) -> Callable[..., Any]:
        wanted, have = inspect.signature(api), inspect.signature(target)
        if list(have.parameters) not in (
            list(wanted.parameters),
            [name for name in wanted.parameters if name != "name"],
        ):
            raise ValueError(f"Dispatch function's signature {have} does not match API's signature {wanted}.")
        chosen = list(signatures)
        if not chosen:
            annotations = inspect.get_annotations(target, eval_str=True)
            annotations.pop("return", None)
            if not annotations:
                raise ValueError("Must provide at least one signature, or type annotations of the parameters.")
            chosen = [annotations]
        for signature in chosen:
            for name in signature:
                name = list(wanted.parameters)[name] if isinstance(name, int) else name
                if name not in wanted.parameters:
                    raise ValueError(f"Parameter {name!r} is not in the API's signature {wanted}.")
        names = list(wanted.parameters)
        named = [{names[k] if isinstance(k, int) else k: v for k, v in signature.items()} for signature in chosen]
        _FOR_API.setdefault(_where(api), []).append((api, named, target))
        return target

    return decorate


def _for_kind(kind: str, types: tuple[Any, ...]) -> Callable[..., Any]:
    def decorate(handler: Callable[..., Any]) -> Callable[..., Any]:
        _FOR_KIND[kind].insert(0, (types, handler))
        return handler

    return decorate


def dispatch_for_unary_elementwise_apis(x_type: Any) -> Callable[..., Any]:
    """A decorator: ``f(api, x)`` is called for all elementwise functions of one tensor.

    Args:
      x_type: the type of the argument.
    """
    return _for_kind("unary", (x_type,))


def dispatch_for_binary_elementwise_apis(x_type: Any, y_type: Any) -> Callable[..., Any]:
    """A decorator: ``f(api, x, y)`` is called for all elementwise functions of two tensors.

    Args:
      x_type, y_type: the types of the arguments.
    """
    return _for_kind("binary", (x_type, y_type))


def dispatch_for_binary_elementwise_assert_apis(x_type: Any, y_type: Any) -> Callable[..., Any]:
    """A decorator: ``f(assert_api, x, y)`` is called for ``tf.debugging.assert_equal`` and its like.

    Args:
      x_type, y_type: the types of the arguments.
    """
    return _for_kind("assert", (x_type, y_type))


def unregister_dispatch_for(dispatch_target: Callable[..., Any]) -> None:
    """Takes a function back that one of the decorators has registered.

    Raises:
      ValueError: it is not registered.
    """
    found = False
    for key, entries in list(_FOR_API.items()):
        kept = [entry for entry in entries if entry[2] is not dispatch_target]
        found |= len(kept) != len(entries)
        _FOR_API[key] = kept
    for kind, entries in _FOR_KIND.items():
        kept = [entry for entry in entries if entry[1] is not dispatch_target]
        found |= len(kept) != len(entries)
        _FOR_KIND[kind] = kept
    if not found:
        raise ValueError(f"Function {dispatch_target} was not registered.")
