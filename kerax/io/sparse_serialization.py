"""Sparse tensors as three serialized tensors: ``serialize_sparse`` and its kin."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core import dtypes, errors
from kerax.core.tensor import Tensor, convert_to_tensor
from kerax.io import composites
from kerax.io.tensor_proto import parse_array, serialize_array


def _array(value: Any) -> np.ndarray:
    if isinstance(value, Tensor) and value._is_symbolic():
        raise errors.Uncompilable("serializing sparse tensors")
    return np.asarray(value._value if isinstance(value, Tensor) else value)


def _checked(out_type: Any) -> None:
    if dtypes.as_dtype(out_type) is not dtypes.string:
        raise errors.UnimplementedError(
            None, None, "Sparse tensors can only be serialized to tf.string, not tf.variant."
        )


def _row(indices: np.ndarray, values: np.ndarray, shape: np.ndarray) -> list[bytes]:
    return [serialize_array(np.ascontiguousarray(part), packed=True) for part in (indices, values, shape)]


def serialize_sparse(sp_input: Any, out_type: Any = dtypes.string, name: str | None = None) -> Tensor:
    """A sparse tensor as string ``[3]``: serialized indices, values and shape.

    Args:
      sp_input: ``SparseTensor``.
      out_type: string.
      name: ignored.
    """
    _checked(out_type)
    _require_sparse(sp_input)
    out = np.empty(3, dtype=object)
    out[:] = _row(_array(sp_input.indices), _array(sp_input.values), _array(sp_input.dense_shape))
    return Tensor(out)


def serialize_many_sparse(sp_input: Any, out_type: Any = dtypes.string, name: str | None = None) -> Tensor:
    """The rows of a sparse tensor ``[n, …]`` as string ``[n, 3]``.

    Args:
      sp_input: ``SparseTensor`` of rank 2 or more.
      out_type: string.
      name: ignored.
    """
    _checked(out_type)
    _require_sparse(sp_input)
    indices, values, shape = (_array(x) for x in (sp_input.indices, sp_input.values, sp_input.dense_shape))
    if len(shape) < 2:
        raise errors.InvalidArgumentError(
            None, None, f"Rank of input SparseTensor should be > 1, but saw rank: {len(shape)}"
        )
    out = np.empty((int(shape[0]), 3), dtype=object)
    for row in range(int(shape[0])):
        mine = indices[:, 0] == row
        out[row] = _row(indices[mine][:, 1:], values[mine], shape[1:])
    return Tensor(out)


def deserialize_many_sparse(
    serialized_sparse: Any, dtype: Any, rank: int | None = None, name: str | None = None
) -> Any:
    """The sparse tensor ``[n, …]`` whose rows were serialized.

    Args:
      serialized_sparse: string ``[n, 3]``.
      dtype: dtype of the values.
      rank: int, the rank of a row, if known.
      name: ignored.

    Returns:
      ``SparseTensor``; its sizes are the largest of all rows.
    """
    rows = _array(convert_to_tensor(serialized_sparse))
    if rows.ndim != 2 or rows.shape[1] != 3:
        raise errors.InvalidArgumentError(
            None, None, f"Serialized sparse should have 3 columns, but has shape {list(rows.shape)}"
        )
    parts = [[parse_array(item) for item in row] for row in rows]
    wanted = dtypes.as_dtype(dtype)
    indices, values, shapes = [], [], []
    for number, (at, value, shape) in enumerate(parts):
        if value.dtype != wanted.dtype:
            raise errors.InvalidArgumentError(
                None,
                None,
                f"Requested SparseTensor of type {wanted.name} but SparseTensor[{number}].values.dtype() == "
                f"{dtypes.from_numpy(value.dtype).name}",
            )
        if rank is not None and len(shape) != rank:
            raise errors.InvalidArgumentError(None, None, f"Expected a row of rank {rank}, but got {len(shape)}.")
        indices.append(np.concatenate([np.full((len(at), 1), number, np.int64), at], axis=1))
        values.append(value)
        shapes.append(shape)
    return composites.sparse(
        np.concatenate(indices), np.concatenate(values), [len(parts), *np.max(np.stack(shapes), axis=0)]
    )


def _require_sparse(value: Any) -> None:
    if type(value).__name__ != "SparseTensor":
        raise TypeError(f"Input must be a SparseTensor, but got {type(value)}.")
