"""The fields of extension types: what their annotations allow, and values made to fit."""

from __future__ import annotations

import collections.abc
import types
import typing
from typing import Any

from kerax.core import dtypes
from kerax.core.shape import TensorShape
from kerax.core.tensor import TensorSpec, TypeSpec, convert_to_tensor
from kerax.core.value import Tensor

_PLAIN = (int, float, str, bytes, bool)
RESERVED = ("self",)


class FrozenMapping(collections.abc.Mapping):
    """A mapping that does not change: what fields that are mappings hold."""

    def __init__(self, items: Any) -> None:
        self._items = dict(items)

    def __getitem__(self, key: Any) -> Any:
        return self._items[key]

    def __iter__(self) -> Any:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, collections.abc.Mapping) and self._items == dict(other)

    def __hash__(self) -> int:
        return hash(tuple(sorted(self._items, key=repr)))

    def __repr__(self) -> str:
        return f"ImmutableDict({self._items!r})"

    @classmethod
    def _from_pairs(cls, pairs: Any) -> FrozenMapping:
        return cls(pairs)


def check_annotation(name: str, kind: Any) -> None:
    """Checks that a field may have a type.

    Raises:
      TypeError: another type than those that extension types may hold.
    """
    if kind is None or kind is type(None) or kind in _PLAIN or kind is Ellipsis:
        return
    if isinstance(kind, TypeSpec):
        return
    if isinstance(kind, type) and not typing.get_origin(kind):
        if kind in (Tensor, TensorShape, dtypes.DType) or issubclass(kind, TypeSpec):
            return
        if hasattr(kind, "_kerax_components") or hasattr(kind, "_kerax_tensor"):
            return
        raise TypeError(f"In field {name!r}: Unsupported type annotation {kind}")
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        for argument in arguments:
            check_annotation(name, argument)
        return
    if origin is tuple:
        for argument in arguments:
            check_annotation(name, argument)
        return
    if origin is collections.abc.Mapping:
        if arguments and arguments[0] not in _PLAIN:
            raise TypeError(f"In field {name!r}: Mapping had a key {arguments[0]!r} with type not in {_PLAIN}")
        check_annotation(name, arguments[1])
        return
    if origin in (list, dict, collections.abc.MutableMapping, collections.abc.Sequence):
        raise TypeError(
            f"In field {name!r}: {kind} is not supported: use Tuple[…, ...] or Mapping[…], which do not change."
        )
    raise TypeError(f"In field {name!r}: Unsupported type annotation {kind!r}")


def fitted(value: Any, kind: Any, path: tuple[str, ...]) -> Any:
    """A value converted to a field's type; lists become tuples, dictionaries mappings that do not change.

    Raises:
      TypeError: it does not fit.
    """
    if kind is None or kind is type(None):
        if value is None:
            return None
        raise _wrong(value, "NoneType", path)
    if isinstance(kind, TypeSpec):
        return _of_spec(value, kind, path)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return _of_union(value, arguments, path)
    if origin is tuple:
        return _of_tuple(value, arguments, path)
    if origin is collections.abc.Mapping:
        if not isinstance(value, collections.abc.Mapping):
            raise _wrong(value, "mapping", path)
        keys, values = arguments
        items = [
            (fitted(key, keys, (*path, "key")), fitted(item, values, (*path, str(key)))) for key, item in value.items()
        ]
        return FrozenMapping(items)
    if kind is Tensor:
        if isinstance(value, TypeSpec) or isinstance(value, Tensor):
            return value
        if hasattr(value, "_kerax_components"):
            raise _wrong(value, "Tensor", path)
        try:
            return convert_to_tensor(value)
        except (TypeError, ValueError) as error:
            raise _wrong(value, "Tensor", path) from error
    if kind is TensorShape and not isinstance(value, TensorShape):
        try:
            return TensorShape(value)
        except (TypeError, ValueError) as error:
            raise _wrong(value, "TensorShape", path) from error
    if kind is dtypes.DType and not isinstance(value, dtypes.DType):
        try:
            return dtypes.as_dtype(value)
        except TypeError as error:
            raise _wrong(value, "DType", path) from error
    if isinstance(value, TypeSpec) and hasattr(kind, "_kerax_components"):
        return value
    if kind in _PLAIN and type(value) is bool and kind is not bool:
        raise _wrong(value, kind.__name__, path)
    if kind is float and type(value) is int:
        raise _wrong(value, "float", path)
    if not isinstance(value, kind):
        raise _wrong(value, getattr(kind, "__name__", str(kind)), path)
    return value


def _of_spec(value: Any, kind: TypeSpec, path: tuple[str, ...]) -> Any:
    if isinstance(kind, TensorSpec) and not isinstance(value, (Tensor, TypeSpec)):
        value = convert_to_tensor(value, kind.dtype)
    if not kind.is_compatible_with(value):
        raise TypeError(f"{'.'.join(path)}: expected a value compatible with {kind!r}, got {value!r}")
    return value


def _of_union(value: Any, kinds: Any, path: tuple[str, ...]) -> Any:
    for kind in kinds:  # what fits as it is comes first, before conversions
        if kind is not Tensor or isinstance(value, Tensor):
            try:
                return fitted(value, kind, path)
            except TypeError:
                continue
    if Tensor in kinds:
        return fitted(value, Tensor, path)
    raise _wrong(value, f"one of {kinds}", path)


def _of_tuple(value: Any, kinds: Any, path: tuple[str, ...]) -> Any:
    if not isinstance(value, (list, tuple)):
        raise _wrong(value, "tuple", path)
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(fitted(item, kinds[0], (*path, str(i))) for i, item in enumerate(value))
    if len(kinds) != len(value):
        raise _wrong(value, f"tuple with length {len(kinds)}", path)
    return tuple(fitted(item, kind, (*path, str(i))) for i, (item, kind) in enumerate(zip(value, kinds, strict=True)))


def _wrong(value: Any, wanted: str, path: tuple[str, ...]) -> TypeError:
    return TypeError(f"{'.'.join(path)}: expected a {wanted}, got {value!r} of type {type(value).__name__}")
