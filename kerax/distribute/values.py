"""Values that each replica has its own of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kerax.array_ops.joining import stack, unstack
from kerax.core import nest
from kerax.core.value import Tensor
from kerax.types.experimental import distributed


class DistributedValues(distributed.DistributedValues):
    """A value per replica; what ``strategy.run`` returns and a distributed dataset yields where there are several."""


class PerReplica(DistributedValues, distributed.PerReplica):
    """Values that differ between replicas.

    Args:
      values: one value per replica: tensors, ragged or sparse tensors.
      stacked: instead, one Tensor ``[replicas, ...]``.
    """

    def __init__(self, values: Any = None, stacked: Any = None) -> None:
        self._values = None if values is None else tuple(values)
        self.stacked = stacked

    @property
    def values(self) -> tuple[Any, ...]:
        """The values, one per replica."""
        if self._values is None:
            self._values = tuple(unstack(self.stacked))
        return self._values

    def as_stacked(self) -> Tensor | None:
        """The values as one Tensor ``[replicas, ...]``; None where they are not tensors of one shape and dtype."""
        if self.stacked is None:
            first = self.values[0]
            alike = all(
                isinstance(value, Tensor) and value.dtype == first.dtype and value.shape == first.shape
                for value in self.values
            )
            if not alike or first._value.dtype == object:
                return None
            self.stacked = stack(list(self.values))
        return self.stacked

    @property
    def _kerax_static(self) -> Any:
        return self.stacked is not None

    def _kerax_components(self) -> list[Any]:
        return list(self.values) if self.stacked is None else [self.stacked]

    def _kerax_rebuild(self, components: Any) -> PerReplica:
        if self.stacked is not None:
            return PerReplica(stacked=components[0])
        parts = iter(nest.flatten(list(components), expand_composites=True))

        def filled(value: Any) -> Any:
            if nest.is_composite(value):
                return value._kerax_rebuild([next(parts) for _ in nest.flatten(value, expand_composites=True)])
            return next(parts)

        return PerReplica([filled(value) for value in self.values])

    def __len__(self) -> int:
        return len(self.values) if self.stacked is None else int(self.stacked.shape[0])

    def __str__(self) -> str:
        return self._text(str)

    def __repr__(self) -> str:
        return self._text(repr)

    def _text(self, shown: Callable[[Any], str]) -> str:
        lines = ",\n".join(f"  {index}: {shown(value)}" for index, value in enumerate(self.values))
        return f"PerReplica:{{\n{lines}\n}}"


def regroup(values: list[Any]) -> Any:
    """The results of all replicas as one structure of PerReplica values; what is the same for all stays itself."""
    if all(value is values[0] for value in values):
        return values[0]
    if nest.is_nested(values[0]) and not nest.is_composite(values[0]):
        columns = zip(*[nest.flatten(value) for value in values], strict=True)
        return nest.pack_sequence_as(values[0], [regroup(list(column)) for column in columns])
    if not hasattr(values[0], "dtype") and all(value == values[0] for value in values[1:]):
        return values[0]
    return PerReplica(values)


def select(replica: int, structure: Any) -> Any:
    """A structure with the values of one replica."""
    return nest.map_structure(lambda leaf: leaf.values[replica] if isinstance(leaf, PerReplica) else leaf, structure)
