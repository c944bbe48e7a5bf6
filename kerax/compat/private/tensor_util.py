"""``tensorflow.python.framework.tensor_util``."""

from __future__ import annotations

from typing import Any

from kerax.core.shape import TensorShape
from kerax.core.tensor import constant_value as constant_value
from kerax.core.tensor import is_tf_type as is_tf_type
from kerax.libraries import make_ndarray

try_evaluate_constant = constant_value
is_tensor = is_tf_type
MakeNdarray = make_ndarray


def constant_value_as_shape(tensor: Any) -> TensorShape:
    """A vector as a shape; the sizes are unknown where its value is, and -1 stands for an unknown one."""
    if isinstance(tensor, (list, tuple)):
        return TensorShape([None if size == -1 else size for size in tensor])
    value = constant_value(tensor)
    if value is None:
        return TensorShape([None] * tensor.shape[0] if tensor.shape.rank else None)
    return TensorShape(None if value.ndim == 0 else [None if size == -1 else int(size) for size in value])
