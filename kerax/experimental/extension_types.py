"""``tf.experimental.ExtensionType``: types of one's own that hold tensors and go where tensors go."""

from __future__ import annotations

import inspect
import sys
import typing
from collections.abc import Callable
from typing import Any

from kerax.array_ops import stack
from kerax.core import dtypes, nest
from kerax.core.shape import TensorShape
from kerax.core.tensor import TensorSpec, TypeSpec
from kerax.core.value import OPERATORS, Tensor
from kerax.experimental.extension_fields import FrozenMapping, check_annotation, fitted

_PLAIN = (int, float, str, bytes, type(None), TensorShape, dtypes.DType, TypeSpec)


class _Awaited(TensorSpec):
    """A spec in the place of a tensor; other specs are plain values."""


def _is_leaf(value: Any) -> bool:
    """Whether a field's value is a tensor, is made of tensors, or stands for one."""
    return isinstance(value, _Awaited) or not isinstance(value, _PLAIN)


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, FrozenMapping):
        return [leaf for key in sorted(value) for leaf in _leaves(value[key])]
    if isinstance(value, tuple):
        return [leaf for item in value for leaf in _leaves(item)]
    return [value] if _is_leaf(value) else []


def _replaced(value: Any, leaves: Any) -> Any:
    """The value with its tensors taken from an iterator."""
    if isinstance(value, FrozenMapping):
        return FrozenMapping([(key, _replaced(value[key], leaves)) for key in sorted(value)])
    if isinstance(value, tuple):
        return tuple(_replaced(item, leaves) for item in value)
    if not _is_leaf(value):
        return value
    if not hasattr(value, "_kerax_components"):
        return next(leaves)
    return value._kerax_rebuild([next(leaves) for _ in nest.flatten(value, expand_composites=True)])


def _static(value: Any) -> Any:
    """A hashable picture of what is no tensor."""
    if isinstance(value, FrozenMapping):
        return tuple((key, _static(value[key])) for key in sorted(value))
    if isinstance(value, tuple):
        return tuple(_static(item) for item in value)
    if not _is_leaf(value):
        return value
    return (type(value), getattr(value, "_kerax_static", None)) if hasattr(value, "_kerax_components") else Tensor


def _has_forward(kind: Any) -> bool:
    """Whether a type is or contains one that is only named."""
    return isinstance(kind, (str, typing.ForwardRef)) or any(map(_has_forward, typing.get_args(kind)))


def _has_text(namespace: dict[str, Any]) -> bool:
    return any(map(_has_forward, namespace.get("__annotations__", {}).values()))


class _Meta(type):
    """Makes the constructor and the spec of an extension type from its annotated fields."""

    def __init__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> None:
        super().__init__(name, bases, namespace)
        frame = sys._getframe(1)  # where the names in annotations that are strings are found
        cls._kerax_scope = {**frame.f_globals, **frame.f_locals} if _has_text(namespace) else {}
        if not bases or namespace.get("_kerax_abstract_type"):
            return
        cls._own_init = "__init__" in namespace or getattr(cls, "_own_init", False)
        spec = namespace.get("Spec")
        base = BatchableSpec if issubclass(cls, BatchableExtensionType) else ExtensionTypeSpec
        place = {"__module__": cls.__module__, "__qualname__": f"{cls.__qualname__}.Spec"}
        if spec is None:
            spec = type("Spec", (base,), place)
        elif not issubclass(spec, ExtensionTypeSpec):
            spec = type(
                "Spec", (spec, base), {"__module__": cls.__module__, "__qualname__": f"{cls.__qualname__}.Spec"}
            )
        spec.value_type = cls
        cls.Spec = spec

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        self = cls.__new__(cls)
        object.__setattr__(self, "_building", True)
        cls.__init__(self, *args, **kwargs)
        self._finish()
        return self


class ExtensionType(metaclass=_Meta):
    """The base class of types with annotated fields, which hold tensors or plain values and do not change.

    A constructor takes the fields as arguments unless a class brings its own; ``__validate__`` may check them. Values
    go through ``tf.function``, ``tf.nest`` (with ``expand_composites``), gradients and control flow.

    >>> import kerax as tf
    >>> class MaskedTensor(tf.experimental.ExtensionType):
    ...     values: tf.Tensor
    ...     mask: tf.Tensor
    >>> MaskedTensor([1, 2], [True, False]).mask.numpy()
    array([ True, False])
    """

    _kerax_abstract_type = True
    _kerax_overrides_operators = False
    Spec: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if type(self) in (ExtensionType, BatchableExtensionType):
            raise AssertionError(f"Cannot create an instance of {type(self).__name__} because it is an abstract class.")
        bound = _signature(type(self)).bind(*args, **kwargs)
        bound.apply_defaults()
        for name, value in bound.arguments.items():
            setattr(self, name, value)

    def _finish(self) -> None:
        fields = _fields(type(self))
        for name, kind in fields.items():
            if name not in self.__dict__:
                default = getattr(type(self), name, inspect.Parameter.empty)
                if default is inspect.Parameter.empty:
                    raise ValueError(f"Field {name!r} was not set by the constructor of {type(self).__name__}.")
                object.__setattr__(self, name, default)
            object.__setattr__(self, name, fitted(self.__dict__[name], kind, (type(self).__name__, name)))
        object.__setattr__(self, "_building", False)
        self.__validate__()

    def __validate__(self) -> None:
        """May be overridden to check the fields."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not self.__dict__.get("_building"):
            raise AttributeError(f"Cannot mutate attribute `{name}` outside the custom constructor of ExtensionType.")
        if name not in _fields(type(self)):
            raise AttributeError(
                f"Cannot set the attribute `{name}` of {type(self).__name__}: it is no field of the class."
            )
        object.__setattr__(self, name, value)

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"Cannot mutate attribute `{name}` outside the custom constructor of ExtensionType.")

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={self.__dict__[name]!r}" for name in _fields(type(self)))
        return f"{type(self).__qualname__}({fields})"

    def __eq__(self, other: object) -> Any:
        if type(self) is not type(other) or self._type_spec != other._type_spec:  # type: ignore[attr-defined]
            return False
        mine = nest.flatten(self, expand_composites=True)
        theirs = nest.flatten(other, expand_composites=True)
        equal: Any = True
        for one, two in zip(mine, theirs, strict=True):
            same = _reduce_all(OPERATORS["eq"](one, two))
            equal = same if equal is True else OPERATORS["and_"](equal, same)
        return equal

    def __ne__(self, other: object) -> Any:
        equal = self.__eq__(other)
        return not equal if isinstance(equal, bool) else OPERATORS["invert"](equal)

    __hash__ = None  # type: ignore[assignment]

    @property
    def _type_spec(self) -> Any:
        return type(self).Spec.from_value(self)

    # --- as a structure of plain tensors ------------------------------------------------------------------
    @property
    def _kerax_static(self) -> Any:
        return tuple(_static(self.__dict__[name]) for name in _fields(type(self)))

    def _kerax_components(self) -> list[Any]:
        return [leaf for name in _fields(type(self)) for leaf in _leaves(self.__dict__[name])]

    def _kerax_rebuild(self, components: Any) -> Any:
        parts = iter(nest.flatten(list(components), expand_composites=True))
        fields = {name: _replaced(self.__dict__[name], parts) for name in _fields(type(self))}
        return _assembled(type(self), fields)


def _reduce_all(value: Any) -> Any:
    from kerax.math import reduce_all

    return reduce_all(value)


def _assembled(cls: type, fields: dict[str, Any]) -> Any:
    """An instance with these fields, past the constructor and the checks."""
    self = cls.__new__(cls)
    for name, value in fields.items():
        object.__setattr__(self, name, value)
    object.__setattr__(self, "_building", False)
    return self


def _fields(cls: type) -> dict[str, Any]:
    """The annotated fields of a class and its bases: name → type."""
    found = cls.__dict__.get("_kerax_fields")
    if found is None:
        found = {}
        for base in reversed(cls.__mro__):
            if issubclass(base, ExtensionType) and base not in (ExtensionType, BatchableExtensionType):
                names = base.__dict__.get("__annotations__", {})
                kinds = _hints(base)
                for name in names:
                    if typing.get_origin(kinds[name]) is typing.ClassVar:
                        continue
                    if name.startswith("_tf_extension_type") or name == "self":
                        raise ValueError(f"The field name '{name}' is reserved.")
                    check_annotation(name, kinds[name])
                    found[name] = kinds[name]
        type.__setattr__(cls, "_kerax_fields", found)
    return found


def _hints(cls: type) -> dict[str, Any]:
    """Annotations as types; strings are looked up where the class was made."""
    kinds = dict(cls.__dict__.get("__annotations__", {}))
    if any(map(_has_forward, kinds.values())):
        # A bare class holds the annotations: bases' own texts are names of kerax' modules, which nobody asks for here.
        bare = type(cls.__name__, (), {"__annotations__": kinds, "__module__": cls.__module__})
        kinds |= typing.get_type_hints(bare, localns={**cls._kerax_scope, cls.__name__: cls})
    return kinds


def _signature(cls: type) -> inspect.Signature:
    """The constructor's: the fields, with the class attributes of their names as default values."""
    parameters = []
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    for name in _fields(cls):
        default = getattr(cls, name, inspect.Parameter.empty)
        if default is inspect.Parameter.empty and parameters and parameters[-1].default is not default:
            kind = inspect.Parameter.KEYWORD_ONLY
        parameters.append(inspect.Parameter(name, kind, default=default))
    return inspect.Signature(parameters)


class ExtensionTypeSpec(TypeSpec):
    """The spec of an extension type: its fields, with specs in place of tensors."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        bound = _signature(self.value_type).bind(*args, **kwargs)
        bound.apply_defaults()
        for name, value in bound.arguments.items():
            self.__dict__[name] = _as_spec(value)

    @classmethod
    def from_value(cls, value: Any) -> Any:
        """The spec of a value."""
        self = cls.__new__(cls)
        for name in _fields(type(value)):
            self.__dict__[name] = _as_spec(value.__dict__[name])
        return self

    def _values(self) -> tuple[Any, ...]:
        return tuple(self.__dict__[name] for name in _fields(self.value_type))

    def _kerax_of_specs(self) -> Any:
        """A value with specs in place of its tensors."""
        return _assembled(self.value_type, {name: _of_specs(self.__dict__[name]) for name in _fields(self.value_type)})

    def is_compatible_with(self, spec_or_value: Any) -> bool:
        other = spec_or_value
        if isinstance(other, ExtensionType):
            other = type(other).Spec.from_value(other)
        if not isinstance(other, ExtensionTypeSpec) or other.value_type is not self.value_type:
            return False
        return all(map(_compatible, self._values(), other._values()))

    def is_subtype_of(self, other: Any) -> bool:
        return isinstance(other, ExtensionTypeSpec) and other.is_compatible_with(self)

    def most_specific_common_supertype(self, others: Any) -> Any:
        merged = self._values()
        for other in others:
            if not isinstance(other, ExtensionTypeSpec) or other.value_type is not self.value_type:
                return None
            merged = tuple(_merged(one, two) for one, two in zip(merged, other._values(), strict=True))
        return self._like(merged)

    def _like(self, values: Any) -> Any:
        spec = type(self).__new__(type(self))
        spec.__dict__.update(zip(_fields(self.value_type), values, strict=True))
        return spec

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._values() == other._values()  # type: ignore[attr-defined]

    def __hash__(self) -> int:
        return hash((type(self).__qualname__, len(self._values())))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={self.__dict__[name]!r}" for name in _fields(self.value_type))
        return f"{type(self).__qualname__}({fields})"


class BatchableSpec(ExtensionTypeSpec):
    """The spec of a batchable extension type."""

    def _batch(self, batch_size: int | None) -> Any:
        return self._like(tuple(_map_specs(lambda spec: _batched(spec, batch_size), part) for part in self._values()))

    def _unbatch(self) -> Any:
        return self._like(tuple(_map_specs(_unbatched, part) for part in self._values()))


def _of_specs(value: Any) -> Any:
    if isinstance(value, FrozenMapping):
        return FrozenMapping([(key, _of_specs(item)) for key, item in value.items()])
    if isinstance(value, tuple):
        return tuple(_of_specs(item) for item in value)
    if isinstance(value, TensorSpec):
        return _Awaited(value.shape, value.dtype)
    return value._kerax_of_specs() if hasattr(value, "_kerax_of_specs") else value


def _as_spec(value: Any) -> Any:
    if isinstance(value, FrozenMapping):
        return FrozenMapping([(key, _as_spec(item)) for key, item in value.items()])
    if isinstance(value, tuple) and not isinstance(value, TensorShape):
        return tuple(_as_spec(item) for item in value)
    if isinstance(value, Tensor):
        return TensorSpec(value.shape, value.dtype)
    spec = getattr(value, "_type_spec", None)
    return value if spec is None or isinstance(value, TypeSpec) else spec


def _map_specs(fn: Any, value: Any) -> Any:
    if isinstance(value, FrozenMapping):
        return FrozenMapping([(key, _map_specs(fn, item)) for key, item in value.items()])
    if isinstance(value, tuple):
        return tuple(_map_specs(fn, item) for item in value)
    return fn(value) if isinstance(value, (TypeSpec, TensorShape)) else value


def _batched(spec: Any, size: int | None) -> Any:
    if isinstance(spec, TensorShape):
        return TensorShape([size]).concatenate(spec)
    if isinstance(spec, TensorSpec):
        return TensorSpec(TensorShape([size]).concatenate(spec.shape), spec.dtype)
    return spec._batch(size)


def _unbatched(spec: Any) -> Any:
    if isinstance(spec, TensorShape):
        return spec[1:]
    return TensorSpec(spec.shape[1:], spec.dtype) if isinstance(spec, TensorSpec) else spec._unbatch()


def _compatible(one: Any, two: Any) -> bool:
    if isinstance(one, TypeSpec):
        return isinstance(two, TypeSpec) and one.is_compatible_with(two)
    if isinstance(one, FrozenMapping):
        return isinstance(two, FrozenMapping) and set(one) == set(two) and all(_compatible(one[k], two[k]) for k in one)
    if isinstance(one, tuple):
        return isinstance(two, tuple) and len(one) == len(two) and all(map(_compatible, one, two))
    if isinstance(one, TensorShape):
        return isinstance(two, TensorShape) and one.is_compatible_with(two)
    return one == two


def _merged(one: Any, two: Any) -> Any:
    if isinstance(one, TypeSpec) and isinstance(two, TypeSpec):
        return one.most_specific_common_supertype([two])
    return one


def _reshaped(value: Any, change: Callable[[TensorShape], TensorShape]) -> Any:
    """A value, its fields that are shapes changed as those of its tensors have been."""
    if isinstance(value, TensorShape):
        return change(value)
    if isinstance(value, FrozenMapping):
        return FrozenMapping([(key, _reshaped(item, change)) for key, item in value.items()])
    if isinstance(value, tuple):
        return tuple(_reshaped(item, change) for item in value)
    if isinstance(value, ExtensionType):
        return _assembled(type(value), {name: _reshaped(item, change) for name, item in as_dict(value).items()})
    return value


class BatchableExtensionType(ExtensionType):
    """An extension type that datasets can batch and ``tf.map_fn`` can walk through: every tensor gets a dimension."""

    _kerax_abstract_type = True

    def _kerax_stack(self, values: Any) -> Any:
        """Values of this type as one batch."""
        columns = zip(*[nest.flatten(value, expand_composites=True) for value in values], strict=True)
        batch = self._kerax_rebuild([stack(list(column)) for column in columns])
        return _reshaped(batch, lambda shape: TensorShape([len(values)]).concatenate(shape))

    def _kerax_row(self, index: int) -> Any:
        """One value of a batch."""
        row = self._kerax_rebuild([part[index] for part in nest.flatten(self, expand_composites=True)])
        return _reshaped(row, lambda shape: shape[1:])


class ExtensionTypeBatchEncoder:
    """How values of a ``BatchableExtensionType`` are put together: tensor by tensor, the only way kerax has.

    Raises:
      NotImplementedError: in ``encode`` and ``decode``, which kerax does not ask.
    """

    def batch(self, spec: Any, batch_size: int | None) -> Any:
        """The spec of so many values."""
        return spec._batch(batch_size)

    def unbatch(self, spec: Any) -> Any:
        """The spec of one of several values."""
        return spec._unbatch()

    def encode(self, spec: Any, value: Any, minimum_rank: int = 0) -> Any:
        """The tensors of a value."""
        return nest.flatten(value, expand_composites=True)

    def decode(self, spec: Any, encoded_value: Any) -> Any:
        """Not available: values are rebuilt from an example of theirs."""
        raise NotImplementedError("ExtensionTypeBatchEncoder.decode is not available in kerax.")

    def encoding_specs(self, spec: Any) -> Any:
        """The specs of the tensors of a value."""
        return [part for part in spec._values() if isinstance(part, TypeSpec)]


def as_dict(value: ExtensionType) -> dict[str, Any]:
    """The fields of an extension type's value: name → value."""
    return {name: value.__dict__[name] for name in _fields(type(value))}
