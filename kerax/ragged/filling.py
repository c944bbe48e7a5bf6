"""Rows without values get one."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.array_ops._known import concrete
from kerax.core import errors
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor


@op("values, default; order", name="RaggedFillEmptyRows")
def _fill_in(values, default, order):
    return jnp.take(jnp.append(values, default), order, axis=0)


def ragged_fill_empty_rows(
    value_rowids: Any, values: Any, nrows: Any, default_value: Any, name: str | None = None
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Gives every row without values the default value.

    Args:
      value_rowids: int64 [n], ascending, the row of each value.
      values: tensor [n].
      nrows: int, the number of rows.
      default_value: scalar of the values' dtype.
      name: ignored.

    Returns:
      (row ids [m], values [m], bool [nrows]: which rows were empty, int64 [n]: where each value went).

    Raises:
      InvalidArgumentError: a row id is out of range or the default is no scalar.

    >>> import kerax as tf
    >>> tf.ragged_fill_empty_rows(tf.constant([1], tf.int64), [5], 2, 0)[1].numpy()
    array([0, 5], dtype=int32)
    """
    values = convert_to_tensor(values)
    default = convert_to_tensor(default_value, None if isinstance(default_value, Tensor) else values.dtype)
    if default.shape.rank:
        raise errors.InvalidArgumentError(None, None, f"default_value must be a scalar, saw: {default.shape}")
    ids, rows = concrete(value_rowids, "value_rowids").astype(np.int64), int(concrete(nrows, "nrows"))
    if ids.size and (ids.min() < 0 or ids.max() >= rows):
        raise errors.InvalidArgumentError(None, None, f"value_rowids must be in [0, {rows}), got {ids.tolist()}")
    empty = np.bincount(ids, minlength=rows) == 0
    whole = np.concatenate([ids, np.flatnonzero(empty)])
    order = np.argsort(whole, kind="stable")
    back = np.argsort(order, kind="stable")[: len(ids)]
    filled = _fill_in(values, default, np.minimum(order, len(ids)))
    return tuple(convert_to_tensor(v) for v in (whole[order].astype(np.int64), filled, empty, back.astype(np.int64)))


@op("reverse_index_map: int; grad_values", name="RaggedFillEmptyRowsGrad")
def ragged_fill_empty_rows_grad(reverse_index_map, grad_values, name=None):
    """The gradients of ``ragged_fill_empty_rows`` with respect to the values and the default.

    Args:
      reverse_index_map: int64 [n], where each value went.
      grad_values: tensor [m], the gradient of the filled values.
      name: ignored.

    Returns:
      (Tensor [n], scalar Tensor).

    >>> import kerax as tf
    >>> [g.numpy().tolist() for g in tf.ragged_fill_empty_rows_grad(tf.constant([1], tf.int64), [1.0, 2.0])]
    [[2.0], 1.0]
    """
    mine = grad_values[reverse_index_map]
    return mine, grad_values.sum() - mine.sum()
