"""``tensorflow.python.framework.composite_tensor``: types of one's own that a `TypeSpec` takes apart."""

from __future__ import annotations

import abc
from typing import Any

from kerax.core import nest


class CompositeTensor(metaclass=abc.ABCMeta):
    """The base of values made of tensors; ragged and sparse tensors count as its instances.

    A subclass has a ``_type_spec`` with ``_to_components``, ``_from_components`` and ``_component_specs``.
    """

    @classmethod
    def __subclasshook__(cls, kind: type) -> Any:
        return True if cls is CompositeTensor and hasattr(kind, "_kerax_components") else NotImplemented

    @property
    @abc.abstractmethod
    def _type_spec(self) -> Any:
        """The `TypeSpec` of this value."""

    @property
    def _kerax_static(self) -> Any:
        return self._type_spec

    def _kerax_components(self) -> list[Any]:
        return nest.flatten(self._type_spec._to_components(self), expand_composites=True)

    def _kerax_rebuild(self, parts: Any) -> Any:
        spec = self._type_spec
        return spec._from_components(
            nest.pack_sequence_as(spec._to_components(self), list(parts), expand_composites=True)
        )


def is_composite_tensor(value: Any) -> bool:
    """Whether a value is made of tensors."""
    return nest.is_composite(value)
