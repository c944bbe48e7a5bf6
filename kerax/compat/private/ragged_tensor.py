"""``tensorflow.python.ops.ragged.ragged_tensor``."""

from __future__ import annotations

from typing import Any

from kerax.core.tensor import convert_to_tensor
from kerax.ragged import RaggedTensor


def convert_to_tensor_or_ragged_tensor(
    value: Any, dtype: Any = None, preferred_dtype: Any = None, name: str | None = None
) -> Any:
    """A ragged tensor as it is, anything else as a Tensor.

    Raises:
      ValueError: a ragged tensor of another dtype.
    """
    if not isinstance(value, RaggedTensor):
        return convert_to_tensor(value, dtype, preferred_dtype)
    if dtype is not None and value.dtype != dtype:
        raise ValueError(
            f"Tensor conversion requested dtype {dtype} for RaggedTensor with dtype {value.dtype}: {value}"
        )
    return value
