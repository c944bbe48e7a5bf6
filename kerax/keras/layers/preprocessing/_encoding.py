"""Category numbers as one-hot, multi-hot and count vectors."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

import kerax.array_ops as tf
from kerax.core import errors
from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.core.tensor import constant_value, convert_to_tensor
from kerax.keras.ops import nn
from kerax.math.casting import cast


def is_sparse(x: Any) -> bool:
    return hasattr(x, "dense_shape") and hasattr(x, "indices")


def is_ragged(x: Any) -> bool:
    return hasattr(x, "flat_values") and hasattr(x, "row_splits")


def ensure_tensor(x: Any, dtype: Any = None) -> Any:
    """A tensor, ragged tensor or sparse tensor, of ``dtype`` where one is given."""
    if not (is_sparse(x) or is_ragged(x)):
        x = convert_to_tensor(x)
    return x if dtype is None or x.dtype == dtype else cast(x, dtype)


def map_values(function: Any, x: Any) -> Any:
    """``function`` on a tensor, or on the values that a ragged or sparse tensor holds."""
    if is_sparse(x):
        return type(x)(x.indices, function(x.values), x.dense_shape)
    return x.with_flat_values(function(x.flat_values)) if is_ragged(x) else function(x)


def depth_shape(shape: Any, depth: int | None, one_hot: bool) -> tuple[int | None, ...]:
    """The shape of encoded categories: the last axis gives way, unless it is a list of one-hot categories."""
    shape = tuple(shape)
    if one_hot and shape and (shape[-1] != 1 or len(shape) == 1):
        return (*shape, depth)
    return (*shape[:-1], depth)


@op("rows,columns;weights", differentiable=False)
def _scattered(rows, columns, weights, size, depth, binary):
    columns = jnp.where(columns < 0, depth, columns)
    empty = jnp.zeros((size, depth), weights.dtype)
    if binary:
        return empty.at[rows, columns].max(jnp.ones((), weights.dtype), mode="drop")
    return empty.at[rows, columns].add(weights, mode="drop")


def _counts(x: Any, depth: int, binary: bool, dtype: str, weights: Any) -> Any:
    """How often each category occurs in each row."""
    single = len(x.shape) == 1
    if is_ragged(x):
        values, rows, count = x.flat_values, x.value_rowids(), int(x.nrows())
    elif is_sparse(x):
        values = x.values
        rows = tf.zeros_like(values) if single else x.indices[:, 0]
        count = 1 if single else int(x.dense_shape[0])
        weights = getattr(weights, "values", weights)
    else:
        count, width = (1, x.shape[0]) if single else x.shape
        values = tf.reshape(x, [-1])
        rows = tf.constant(np.repeat(np.arange(count), width))
    known = constant_value(values)
    if known is not None and known.size and known.min() < 0:
        raise errors.InvalidArgumentError(None, None, f"Category numbers must not be negative, found {known.min()}.")
    if weights is None:
        weights = tf.ones_like(values, dtype=dtype)
    else:
        weights = tf.reshape(getattr(weights, "flat_values", weights), [-1])
    found = _scattered(cast(rows, "int64"), cast(values, "int64"), cast(weights, dtype), int(count), int(depth), binary)
    return found[0] if single else found


def _sparse_counts(x: Any, depth: int, binary: bool, dtype: str, weights: Any) -> Any:
    from kerax import sparse

    if is_ragged(x):
        x = x.to_sparse()
    found = sparse.bincount(x, weights=weights, minlength=depth, maxlength=depth, axis=-1, binary_output=binary)
    shape = (depth,) if len(x.shape) == 1 else (int(found.dense_shape[0]), depth)
    return type(found)(found.indices, cast(found.values, dtype), shape)


def encode(x: Any, mode: str, depth: int, dtype: str, sparse: bool = False, count_weights: Any = None) -> Any:
    """Category numbers in the form that an ``output_mode`` asks for.

    Args:
      x: integer tensor ``[...]`` or ``[..., categories]``, ragged or sparse too.
      mode: "int", "one_hot", "multi_hot" or "count".
      depth: int, the number of categories; larger numbers count for none.
      dtype: str, of the result.
      sparse: bool, whether the result is a SparseTensor.
      count_weights: what each element counts, for "count".

    Raises:
      ValueError: too many axes for Keras 2.
    """
    if mode == "int":
        return cast(x, dtype)
    rank = len(x.shape)
    if rank == 0:
        x, rank = tf.reshape(x, [1]), 1
    if mode == "one_hot" and not legacy_keras():
        if rank > 1 and x.shape[-1] == 1:
            x = tf.squeeze(x, -1)
        return nn.one_hot(x, depth, dtype=dtype, sparse=sparse)
    if mode == "one_hot" and x.shape[-1] != 1:
        x, rank = tf.expand_dims(x, -1), rank + 1
    if rank <= 2:
        counts = _sparse_counts if sparse else _counts
        return counts(x, depth, mode != "count", dtype, count_weights)
    if legacy_keras():
        raise ValueError(
            f"When output_mode is not `'int'`, maximum supported output rank is 2. Received output_mode {mode} and "
            f"input shape {x.shape}, which would result in output rank {rank}."
        )
    if mode == "multi_hot":
        return nn.multi_hot(x, depth, dtype=dtype, sparse=sparse)
    from kerax.math import reduce_sum

    vectors = nn.one_hot(x, depth, dtype=dtype if count_weights is None else count_weights.dtype, sparse=sparse)
    if count_weights is not None:
        vectors = vectors * tf.expand_dims(count_weights, -1)
    return reduce_sum(vectors, axis=1)


def check_mode(layer: Any, mode: Any, allowed: tuple[str, ...], name: str = "output_mode") -> None:
    """Raises ValueError unless an argument is one of the strings allowed."""
    if not isinstance(mode, str) or mode not in allowed:
        raise ValueError(
            f"Unknown value for `{name}` argument of layer {type(layer).__name__}. Allowed values are: {allowed}. "
            f"Received: {name}={mode}"
        )


def check_sparse(sparse: bool, mode: str, also: str = "") -> None:
    """Raises ValueError for ``sparse`` with integer output."""
    if sparse and mode == "int":
        raise ValueError(
            f"`sparse` may only be true if `output_mode` is `'one_hot'`, `'multi_hot'`{also} or `'count'`. "
            f"Received: sparse={sparse} and output_mode={mode}"
        )


def salt_pair(salt: Any, layer: Any) -> list[int] | None:
    """A salt as the two ints that key the strong hash.

    Raises:
      ValueError: neither an int nor two ints.
    """
    if salt is None:
        return None
    if isinstance(salt, (tuple, list)) and len(salt) == 2:
        return list(salt)
    if isinstance(salt, int):
        return [salt, salt]
    raise ValueError(
        f"The `salt` argument for `{type(layer).__name__}` can only be a tuple of size 2 integers, or a single "
        f"integer. Received: salt={salt}."
    )


def listed(x: Any) -> Any:
    """Tensors and arrays as python lists, for configurations."""
    if hasattr(x, "numpy"):
        x = x.numpy()
    return x.tolist() if isinstance(x, np.ndarray) else x
