"""Sparse tensors from and to dense ones."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.array_ops._known import concrete, known
from kerax.array_ops.gathering import gather_nd
from kerax.core import dtypes, errors
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.sparse.tensor import SparseTensor, as_sparse, linear


@op("values, default; indices", name="SparseToDense")
def _fill(values, default, indices, shape):
    if not shape and len(values):  # a scalar, whose index is empty
        return values[-1]
    return jnp.full(shape, default, values.dtype).at[tuple(indices.T)].set(values, mode="drop")


def check_places(places: np.ndarray, sizes: tuple[int, ...], ordered: bool = False) -> None:
    """Raises InvalidArgumentError for places outside of the shape, or (on request) out of order or repeated."""
    outside = ((places < 0) | (places >= np.array(sizes, np.int64))).any(1) if places.size else np.zeros(0, bool)
    if outside.any():
        at = int(np.flatnonzero(outside)[0])
        raise errors.InvalidArgumentError(
            None, None, f"indices[{at}] = {places[at].tolist()} is out of bounds: need 0 <= index < {list(sizes)}"
        )
    steps = np.diff(linear(places, sizes)) if ordered else np.ones(1)
    if (steps <= 0).any():
        at = int(np.flatnonzero(steps <= 0)[0]) + 1
        unsorted = (
            "is out of order. Many sparse ops require sorted indices.\n"
            "    Use `tf.sparse.reorder` to create a correctly ordered copy.\n\n [Op:SparseToDense] name: "
        )
        place = str(places[at].tolist()).replace(" ", "")
        what = "is repeated" if steps[at - 1] == 0 else unsorted
        raise errors.InvalidArgumentError(None, None, f"indices[{at}] = {place} {what}")


def to_dense(
    sp_input: Any, default_value: Any = None, validate_indices: bool = True, name: str | None = None
) -> Tensor:
    """The whole tensor.

    Args:
      sp_input: ``tf.SparseTensor``.
      default_value: scalar, what stands at all other places; zero by default.
      validate_indices: bool, whether indices out of order or repeated are an error.
      name: ignored.

    Returns:
      Tensor of the dense shape.

    Raises:
      TypeError: the input is not sparse.
      InvalidArgumentError: an index is out of bounds, or (on request) out of order or repeated.

    >>> import kerax as tf
    >>> tf.sparse.to_dense(tf.SparseTensor([[1]], [7], [3]), default_value=-1).numpy()
    array([-1,  7, -1], dtype=int32)
    """
    sp = as_sparse(sp_input)
    sizes = sp._sizes()
    places = known(sp._indices)
    if places is not None:
        check_places(places, sizes, bool(validate_indices))
    if default_value is None:
        default_value = b"" if sp.dtype is dtypes.string else False if sp.dtype.is_bool else 0
    default = convert_to_tensor(default_value, None if isinstance(default_value, Tensor) else sp.dtype)
    if default.shape.rank:
        raise errors.InvalidArgumentError(None, None, "default_value should be a scalar.")
    return _fill(sp._values, default, sp._indices, sizes)


def from_dense(tensor: Any, name: str | None = None) -> SparseTensor:
    """The elements that are not zero.

    Args:
      tensor: tensor of any dtype and shape.
      name: ignored.

    Returns:
      ``tf.SparseTensor``.

    >>> import kerax as tf
    >>> tf.sparse.from_dense([0, 3]).indices.numpy()
    array([[1]])
    """
    tensor = convert_to_tensor(tensor)
    array = concrete(tensor, "tensor")
    if not array.ndim:
        raise errors.InvalidArgumentError(None, None, "WhereOp : Unhandled input dimensions: 0 [Op:Where]")
    mask = array != (b"" if array.dtype == object else np.zeros((), array.dtype))
    places = convert_to_tensor(np.stack(np.nonzero(mask), axis=1).astype(np.int64))
    return SparseTensor(places, gather_nd(tensor, places), np.array(array.shape, np.int64))


def eye(num_rows: Any, num_columns: Any = None, dtype: Any = dtypes.float32, name: str | None = None) -> SparseTensor:
    """A matrix with ones on its diagonal.

    Args:
      num_rows: int.
      num_columns: int; ``num_rows`` by default.
      dtype: dtype of the ones.
      name: ignored.

    Returns:
      ``tf.SparseTensor`` [num_rows, num_columns].

    >>> import kerax as tf
    >>> tf.sparse.to_dense(tf.sparse.eye(2, 3)).numpy()
    array([[1., 0., 0.],
           [0., 1., 0.]], dtype=float32)
    """
    rows = int(concrete(num_rows, "num_rows"))
    columns = rows if num_columns is None else int(concrete(num_columns, "num_columns"))
    count = np.arange(min(rows, columns))
    ones = np.ones(len(count), dtypes.as_dtype(dtype).as_numpy_dtype)
    return SparseTensor(np.stack([count, count], 1), ones, np.array([rows, columns], np.int64))


def to_indicator(sp_input: Any, vocab_size: Any, name: str | None = None) -> Tensor:
    """Which numbers stand in each row: the last dimension's values become positions.

    Args:
      sp_input: int ``tf.SparseTensor`` [..., n].
      vocab_size: int, the size of the new last dimension.
      name: ignored.

    Returns:
      bool Tensor [..., vocab_size].

    >>> import kerax as tf
    >>> tf.sparse.to_indicator(tf.SparseTensor([[0, 0]], [2], [1, 1]), 3).numpy()
    array([[False, False,  True]])
    """
    sp = as_sparse(sp_input)
    if not (isinstance(vocab_size, (int, np.integer)) or hasattr(vocab_size, "dtype")):
        raise TypeError(f"vocab_size has to be a Tensor or Python int. Found {type(vocab_size)}")
    size = int(concrete(vocab_size, "vocab_size"))
    numbers = concrete(sp._values, "values").astype(np.int64)
    places = np.concatenate([sp._places()[:, :-1], numbers[:, None]], 1)
    sizes = (*sp._sizes()[:-1], size)
    check_places(places, sizes)
    out = np.zeros(sizes, bool)
    out[tuple(places.T)] = True
    return convert_to_tensor(out)
