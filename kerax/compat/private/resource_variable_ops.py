"""``tensorflow.python.ops.resource_variable_ops``."""

from __future__ import annotations

from typing import Any

from kerax.core import dtypes
from kerax.core.variable import Variable
from kerax.core.variable import Variable as ResourceVariable

from .tensor_spec import DenseSpec

BaseResourceVariable = ResourceVariable


class VariableSpec(DenseSpec):
    """The spec of a Variable.

    Args:
      shape, dtype: of its values.
      trainable: bool.
      alias_id: int or None, which of several arguments are the same Variable.
    """

    value_type = Variable

    def __init__(
        self, shape: Any, dtype: Any = dtypes.float32, trainable: bool = True, alias_id: int | None = None
    ) -> None:
        super().__init__(shape, dtype)
        self.trainable, self.alias_id = trainable, alias_id

    @classmethod
    def from_value(cls, value: Any) -> VariableSpec:
        """The spec of a Variable."""
        return cls(value.shape, value.dtype, value.trainable)

    def _serialize(self) -> Any:
        return (self.shape, self.dtype, self.trainable, self.alias_id)

    def _to_components(self, value: Any) -> list[Any]:
        return [value]

    def _from_components(self, components: Any) -> Any:
        (value,) = components if isinstance(components, (list, tuple)) else (components,)
        return value

    @property
    def _component_specs(self) -> list[Any]:
        return [self]

    def __repr__(self) -> str:
        return (
            f"VariableSpec(shape={self.shape}, dtype={self.dtype!r}, trainable={self.trainable}, "
            f"alias_id={self.alias_id})"
        )


def is_resource_variable(var: Any) -> bool:
    """Whether a value is a Variable."""
    return isinstance(var, Variable)
