"""The specs of datasets, iterators, optionals and missing components."""

from __future__ import annotations

from typing import Any

from kerax.core.shape import TensorShape
from kerax.core.tensor import TypeSpec


def is_dataset(value: Any) -> bool:
    return getattr(type(value), "_kerax_dataset", False)


def is_optional(value: Any) -> bool:
    return getattr(type(value), "_kerax_optional", False)


def _leaves(structure: Any) -> tuple[Any, ...]:
    """A hashable picture of a structure of specs."""
    if isinstance(structure, dict):
        return tuple((key, _leaves(structure[key])) for key in sorted(structure))
    if isinstance(structure, (tuple, list)):
        return tuple(_leaves(item) for item in structure)
    return (structure,)


class _ElementSpec(TypeSpec):
    """Base of the specs of things that hold elements."""

    def __init__(self, element_spec: Any) -> None:
        self._element_spec = element_spec

    @property
    def element_spec(self) -> Any:
        return self._element_spec

    @classmethod
    def from_value(cls, value: Any) -> Any:
        """The spec of a value."""
        return cls(value.element_spec)

    def is_compatible_with(self, spec_or_value: Any) -> bool:
        spec = spec_or_value if isinstance(spec_or_value, TypeSpec) else getattr(spec_or_value, "_type_spec", None)
        return type(spec) is type(self) and _compatible(self._element_spec, spec._element_spec)

    def is_subtype_of(self, other: Any) -> bool:
        return type(self) is type(other) and _compatible(self._element_spec, other._element_spec)

    def most_specific_common_supertype(self, others: Any) -> Any:
        merged = self._element_spec
        for other in others:
            if type(other) is not type(self):
                return None
            merged = _merge(merged, other._element_spec)
            if merged is None:
                return None
        return self._like(merged)

    def _like(self, element_spec: Any) -> Any:
        return type(self)(element_spec)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._element_spec == other._element_spec  # type: ignore[attr-defined]

    def __hash__(self) -> int:
        return hash((type(self).__name__, _leaves(self._element_spec)))


def _compatible(one: Any, two: Any) -> bool:
    if isinstance(one, TypeSpec) or isinstance(two, TypeSpec):
        return isinstance(one, TypeSpec) and isinstance(two, TypeSpec) and one.is_compatible_with(two)
    if isinstance(one, dict):
        return isinstance(two, dict) and set(one) == set(two) and all(_compatible(one[k], two[k]) for k in one)
    if isinstance(one, tuple):
        return isinstance(two, tuple) and len(one) == len(two) and all(map(_compatible, one, two))
    return one == two


def _merge(one: Any, two: Any) -> Any:
    if isinstance(one, TypeSpec):
        return one.most_specific_common_supertype([two]) if isinstance(two, TypeSpec) else None
    if isinstance(one, dict):
        merged: Any = {key: _merge(one[key], two[key]) for key in one} if set(one) == set(two) else None
        return None if merged is None or None in merged.values() else merged
    merged = [_merge(a, b) for a, b in zip(one, two, strict=True)] if len(one) == len(two) else [None]
    if None in merged:
        return None
    return type(one)(*merged) if hasattr(one, "_fields") else tuple(merged)


class DatasetSpec(_ElementSpec):
    """The spec of a ``tf.data.Dataset``.

    Args:
      element_spec: structure of specs of the dataset's elements.
      dataset_shape: the shape of a tensor of datasets; ``()`` for one dataset.

    >>> import kerax as tf
    >>> tf.data.DatasetSpec(tf.TensorSpec([], tf.int32))
    DatasetSpec(TensorSpec(shape=(), dtype=tf.int32, name=None), TensorShape([]))
    """

    def __init__(self, element_spec: Any, dataset_shape: Any = ()) -> None:
        super().__init__(element_spec)
        self._dataset_shape = TensorShape(dataset_shape)

    def _like(self, element_spec: Any) -> DatasetSpec:
        return DatasetSpec(element_spec, self._dataset_shape)

    def __repr__(self) -> str:
        return f"DatasetSpec({self._element_spec!r}, {self._dataset_shape!r})"


class IteratorSpec(_ElementSpec):
    """The spec of a ``tf.data.Iterator``.

    Args:
      element_spec: structure of specs of the iterator's elements.
    """

    def __repr__(self) -> str:
        return f"IteratorSpec({self._element_spec!r},)"


class OptionalSpec(_ElementSpec):
    """The spec of a ``tf.experimental.Optional``.

    Args:
      element_spec: structure of specs of the optional's value.

    >>> import kerax as tf
    >>> tf.OptionalSpec(tf.TensorSpec([], tf.int32))
    OptionalSpec(TensorSpec(shape=(), dtype=tf.int32, name=None),)
    """

    def __repr__(self) -> str:
        return f"OptionalSpec({self._element_spec!r},)"


class NoneTensorSpec(TypeSpec):
    """The spec of a component that is None."""

    value_type = type(None)

    def is_compatible_with(self, spec_or_value: Any) -> bool:
        return spec_or_value is None or isinstance(spec_or_value, NoneTensorSpec)

    def most_specific_common_supertype(self, others: Any) -> NoneTensorSpec | None:
        return self if all(isinstance(other, NoneTensorSpec) for other in others) else None

    def _batch(self, size: int | None) -> NoneTensorSpec:
        return self

    def _unbatch(self) -> NoneTensorSpec:
        return self

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoneTensorSpec)

    def __hash__(self) -> int:
        return hash(NoneTensorSpec)

    def __repr__(self) -> str:
        return "NoneTensorSpec()"
