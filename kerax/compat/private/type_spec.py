"""``tensorflow.python.framework.type_spec``."""

from __future__ import annotations

from typing import Any

from kerax.core.graph import type_spec_from_value as type_spec_from_value
from kerax.core.tensor import TypeSpec


class BatchableTypeSpec(TypeSpec):
    """A spec whose values datasets can put together and take apart again."""

    def _batch(self, batch_size: int | None) -> Any:
        raise NotImplementedError(f"{type(self).__name__}._batch")

    def _unbatch(self) -> Any:
        raise NotImplementedError(f"{type(self).__name__}._unbatch")
