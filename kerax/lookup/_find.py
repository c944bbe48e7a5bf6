"""Looking keys up: in python's dictionary where strings are concerned, else by a compiled binary search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor


@op("keys, known; values, default", name="LookupTableFind", differentiable=False)
def find_sorted(keys, known, values, default):
    """The value of each key by binary search; ``known`` is sorted, its last entry repeated is no harm."""
    if not known.shape[0]:
        return jnp.broadcast_to(default, keys.shape)
    place = jnp.minimum(jnp.searchsorted(known, keys), known.shape[0] - 1)
    return jnp.where(known[place] == keys, values[place], default)


def hashable(array: np.ndarray) -> list[Any]:
    """The elements as python values."""
    return array.ravel().tolist()


def gather_rows(rows: list[Any], shape: tuple[int, ...], dtype: dtypes.DType) -> np.ndarray:
    """Values of entries as one array ``[*shape, *value]``."""
    if dtype is dtypes.string:
        inner = np.shape(rows[0]) if rows else ()
        out = np.empty(len(rows), dtype=object)
        if inner:
            out = np.empty((len(rows), *inner), dtype=object)
            for index, row in enumerate(rows):
                out[index] = row
        else:
            out[:] = rows
        return out.reshape((*shape, *inner))
    array = np.array(rows, dtype.dtype)
    return array.reshape((*shape, *array.shape[1:]))


def over_values(keys: Any, dtype: dtypes.DType, look_up: Callable[[Tensor], Tensor]) -> Any:
    """Looks up the elements of a tensor, or the stored values of a ragged or sparse tensor.

    Raises:
      TypeError: keys of another dtype than the table's.
    """
    composite = hasattr(keys, "_kerax_components")
    if not composite:
        keys = keys if isinstance(keys, Tensor) else convert_to_tensor(keys)
    if keys.dtype is not dtype:
        raise TypeError(f"Dtype of argument `keys` must be {dtype}, received: {keys.dtype}")
    if not composite:
        return look_up(keys)
    if hasattr(keys, "with_flat_values"):
        return keys.with_flat_values(look_up(keys.flat_values))
    return type(keys)(keys.indices, look_up(keys.values), keys.dense_shape)
