"""Values as Tensors of a wanted dtype, as Keras converts what users pass to losses and metrics."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core import dtypes
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Symbolic, Tensor
from kerax.keras.engine.settings import floatx, standardize_dtype
from kerax.math.casting import cast


def to_tensor(value: Any, dtype: Any = None) -> Any:
    """A value as a Tensor; unlike ``tf.convert_to_tensor`` a tensor of another dtype is cast.

    Args:
      value: Tensor, Variable, array, number or nested list; symbolic and composite tensors pass through.
      dtype: the dtype wanted, None for the value's own.

    Returns:
      Tensor, or what was passed where it is symbolic, ragged or sparse.
    """
    if hasattr(value, "_kerax_tensor"):
        value = value._kerax_tensor()
    wanted = None if dtype is None else dtypes.as_dtype(dtype if isinstance(dtype, dtypes.DType) else str(dtype))
    if not isinstance(value, (Tensor, Symbolic)):
        if hasattr(type(value), "_kerax_components"):
            return value
        if not isinstance(value, np.ndarray) or value.dtype.kind not in "biufc":
            if wanted is not None and isinstance(value, (bool, int, float, np.generic)):
                value = np.asarray(value)
            else:
                value = convert_to_tensor(value)
        if isinstance(value, np.ndarray):
            return convert_to_tensor(value if wanted is None else value.astype(wanted.as_numpy_dtype))
    if wanted is None or value.dtype == wanted.name:
        return value
    return cast(value, wanted)


def compute_dtype(dtype: Any) -> str:
    """The dtype that a ``dtype=`` argument (name, ``tf.DType``, policy or its config) computes in; floatx for None."""
    if dtype is None:
        return floatx()
    if isinstance(dtype, dict):
        dtype = dtype.get("config", dtype).get("name")
    if hasattr(dtype, "compute_dtype"):
        return dtype.compute_dtype
    if isinstance(dtype, str) and dtype.startswith("mixed_"):
        return dtype.removeprefix("mixed_")
    return "int64" if dtype == "int" else standardize_dtype(dtype)


def keras_mask(value: Any) -> Any:
    """The mask that a layer attached to a tensor, or None."""
    return getattr(value, "_keras_mask", None)


def set_keras_mask(value: Any, mask: Any) -> None:
    """Attaches a mask to a tensor."""
    if mask is not None:
        value._keras_mask = mask
