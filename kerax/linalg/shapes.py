"""Transposition, identity, and the triangles and diagonals of matrices."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.array_ops._known import countable
from kerax.core import dtypes, errors
from kerax.core.op import op


def swapped(matrix: Any, conjugate: bool = False) -> Any:
    """A batch of matrices transposed, conjugated if asked."""
    matrix = jnp.swapaxes(matrix, -1, -2)
    return jnp.conj(matrix) if conjugate else matrix


def require_matrix(value: Any) -> None:
    """Refuses tensors that are no batch of matrices."""
    if value.ndim < 2:
        raise errors.InvalidArgumentError(
            None, None, f"input must be at least 2-dim, received shape: {list(value.shape)}"
        )


def require_square(value: Any) -> None:
    """Refuses tensors that are no batch of square matrices."""
    require_matrix(value)
    if value.shape[-1] != value.shape[-2]:
        raise errors.InvalidArgumentError(None, None, "Input matrix must be square.")


@op("a")
def matrix_transpose(a, name="matrix_transpose", conjugate=False):
    """Swaps the last two axes.

    Args:
      a: tensor ``[..., m, n]``.
      name: str, optional.
      conjugate: bool, whether to take the complex conjugate too.

    Returns:
      Tensor ``[..., n, m]``.

    Raises:
      ValueError: if ``a`` has fewer than two axes.

    >>> import kerax as tf
    >>> tf.linalg.matrix_transpose([[1, 2]]).numpy()
    array([[1],
           [2]], dtype=int32)
    """
    if a.ndim < 2:
        raise ValueError(f"Argument `a` should be a (batch) matrix with rank >= 2.  Received `a` with shape: {a.shape}")
    return swapped(a, conjugate)


@op("matrix")
def adjoint(matrix, name=None):
    """The conjugate transpose of the last two axes.

    Args:
      matrix: tensor ``[..., m, n]``.
      name: str, optional.

    Returns:
      Tensor ``[..., n, m]``.

    >>> import kerax as tf
    >>> tf.linalg.adjoint([[1 + 1j, 2]]).numpy()
    array([[1.-1.j],
           [2.-0.j]])
    """
    return matrix_transpose.pure(matrix, conjugate=True)


@op("")
def eye(num_rows, num_columns=None, batch_shape=None, dtype=dtypes.float32, name=None):
    """The identity matrix, or a batch of it.

    Args:
      num_rows: int.
      num_columns: int; ``num_rows`` by default.
      batch_shape: list of ints, the leading axes of the result.
      dtype: its dtype.
      name: str, optional.

    Returns:
      Tensor ``[*batch_shape, num_rows, num_columns]``.

    >>> import kerax as tf
    >>> tf.eye(2).numpy()
    array([[1., 0.],
           [0., 1.]], dtype=float32)
    """
    columns = num_rows if num_columns is None else num_columns
    if isinstance(num_rows, float) or isinstance(columns, float):
        raise TypeError(f"Cannot convert {num_rows} to EagerTensor of dtype int32")
    if num_rows < 0 or columns < 0:
        raise errors.InvalidArgumentError(None, None, f"Dimension {min(num_rows, columns)} must be >= 0")
    batch = () if batch_shape is None else batch_shape if isinstance(batch_shape, tuple) else (batch_shape,)
    countable((*batch, num_rows, columns))
    identity = jnp.eye(num_rows, columns, dtype=dtypes.as_dtype(dtype).dtype)
    if batch_shape is None:
        return identity
    return jnp.broadcast_to(identity, (*batch, *identity.shape))


@op("input; num_lower: int; num_upper: int")
def band_part(input, num_lower, num_upper, name=None):
    """Keeps a band around the main diagonal and sets the rest to 0.

    Args:
      input: tensor ``[..., m, n]``.
      num_lower: int, how many diagonals below the main one to keep; all if negative.
      num_upper: int, how many above it; all if negative.
      name: str, optional.

    Returns:
      Tensor like ``input``.

    >>> import kerax as tf
    >>> tf.linalg.band_part([[1, 2], [3, 4]], 0, -1).numpy()
    array([[1, 2],
           [0, 4]], dtype=int32)
    """
    require_matrix(input)
    rows = jnp.arange(input.shape[-2])[:, None]
    columns = jnp.arange(input.shape[-1])[None, :]
    below = (num_lower < 0) | (rows - columns <= num_lower)
    above = (num_upper < 0) | (columns - rows <= num_upper)
    return jnp.where(below & above, input, jnp.zeros_like(input))


@op("x: number")
def trace(x, name=None):
    """The sum of the main diagonal.

    Args:
      x: tensor of numbers ``[..., m, n]``.
      name: str, optional.

    Returns:
      Tensor ``[...]``.

    >>> import kerax as tf
    >>> tf.linalg.trace([[1, 2], [3, 4]]).numpy()
    np.int32(5)
    """
    require_matrix(x)
    return jnp.sum(jnp.diagonal(x, axis1=-2, axis2=-1), axis=-1, dtype=x.dtype)


class _Band:
    """Where the diagonals ``low … high`` of a matrix stand, and in which row and column of their table.

    Args:
      low, high: int, the lowest and highest diagonal; 0 is the main one, positive is above.
      rows, columns: int, the shape of the matrix.
      align: two words of LEFT and RIGHT: the side to which shorter diagonals above and below are moved.
    """

    def __init__(self, low: int, high: int, rows: int, columns: int, align: str) -> None:
        if align not in ("RIGHT_LEFT", "LEFT_RIGHT", "LEFT_LEFT", "RIGHT_RIGHT"):
            raise errors.InvalidArgumentError(None, None, f"Value for attr 'align' of {align!r} is not allowed")
        for name, k in (("lower", low), ("upper", high)):
            if not -rows < k < columns and k != 0:
                raise errors.InvalidArgumentError(
                    None,
                    None,
                    f"{name}_diag_index is out of bound: {k}. It must be between {-rows} and {columns}",
                )
        self.low, self.high, self.rows, self.columns = low, high, rows, columns
        self.count = high - low + 1
        self.length = min(rows + min(high, 0), columns - max(low, 0))
        above, below = align.split("_")
        self._left = {"above": above == "LEFT", "below": below == "LEFT"}

    def offset(self, k: int) -> int:
        """The place of the first element of diagonal ``k`` in its row of the table."""
        own = min(self.rows + min(k, 0), self.columns - max(k, 0))
        left = (k >= 0 and self._left["above"]) or (k <= 0 and self._left["below"])
        return 0 if left else self.length - own

    def from_matrix(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(row, column, whether there is an element) of each place of the table of diagonals."""
        row = np.zeros((self.count, self.length), np.int32)
        column, present = np.zeros_like(row), np.zeros(row.shape, bool)
        for index, k in enumerate(range(self.high, self.low - 1, -1)):
            own = min(self.rows + min(k, 0), self.columns - max(k, 0))
            place = slice(self.offset(k), self.offset(k) + own)
            row[index, place] = np.arange(own) + max(-k, 0)
            column[index, place] = np.arange(own) + max(k, 0)
            present[index, place] = True
        return row, column, present

    def to_matrix(self, table: Any) -> tuple[Any, Any]:
        """(the table's element, whether inside the band) for each place of the matrix.

        Places are counted in the program: as constants they would be as large as the matrix, several times.
        """
        i, j = jnp.arange(self.rows)[:, None], jnp.arange(self.columns)
        k = j - i
        inside = (k >= self.low) & (k <= self.high)
        if self.count == 1:  # one element for each row, or for each column
            size = self.rows if self.low >= 0 else self.columns
            line = jnp.pad(table[..., 0, :], [(0, 0)] * (table.ndim - 2) + [(0, size - self.length)])
            return jnp.expand_dims(line, -1 if self.low >= 0 else -2), inside
        offsets = jnp.array([self.offset(d) for d in range(self.high, self.low - 1, -1)])
        which = jnp.where(inside, self.high - k, 0)
        return table[..., which, jnp.where(inside, jnp.minimum(i, j) + offsets[which], 0)], inside


def _range(k: Any) -> tuple[int, int]:
    low, high = (k, k) if isinstance(k, int) else (k[0], k[-1])
    if low > high:
        raise errors.InvalidArgumentError(
            None, None, f"lower_diag_index must not be larger than upper_diag_index: {low} > {high}"
        )
    return low, high


@op("diagonal, padding_value")
def _diag(diagonal, padding_value, k, num_rows, num_cols, align, name=None):
    low, high = _range(k)
    if diagonal.ndim < 1 or (low != high and diagonal.ndim < 2):
        raise errors.InvalidArgumentError(None, None, f"diagonal must be at least {1 + (low != high)}-dim")
    if low != high and diagonal.shape[-2] != high - low + 1:
        raise errors.InvalidArgumentError(
            None,
            None,
            "The number of diagonals provided in the input does not match the lower_diag_index and "
            "upper_diag_index range.",
        )
    table = diagonal if low != high else diagonal[..., None, :]
    length = table.shape[-1]
    least_rows, least_columns = length - min(high, 0), length + max(low, 0)
    if num_rows == -1 and num_cols == -1:
        rows = columns = max(least_rows, least_columns)
    else:
        rows = least_rows if num_rows == -1 else num_rows
        columns = least_columns if num_cols == -1 else num_cols
    if rows < least_rows or columns < least_columns or (rows != least_rows and columns != least_columns):
        raise errors.InvalidArgumentError(
            None, None, "The number of rows or columns is not consistent with the specified diagonal(s)."
        )
    element, inside = _Band(low, high, rows, columns, align).to_matrix(table)
    return jnp.where(inside, element, padding_value)


def diag(
    diagonal: Any,
    name: str | None = "diag",
    k: Any = 0,
    num_rows: int = -1,
    num_cols: int = -1,
    padding_value: Any = 0,
    align: str = "RIGHT_LEFT",
) -> Any:
    """Matrices with given diagonals.

    Args:
      diagonal: tensor ``[..., n]``, or ``[..., diagonals, n]`` with the highest diagonal first.
      name: str, optional.
      k: int or (lowest, highest): which diagonals; 0 is the main one, positive is above it.
      num_rows: int, the number of rows; the least that hold the diagonals if -1.
      num_cols: int, the number of columns, likewise.
      padding_value: the value elsewhere.
      align: side to which shorter diagonals are moved in their table, above and below the main one.

    Returns:
      Tensor ``[..., rows, columns]``.

    >>> import kerax as tf
    >>> tf.linalg.diag([1, 2]).numpy()
    array([[1, 0],
           [0, 2]], dtype=int32)
    """
    return _diag(diagonal, _padding(padding_value, diagonal), k, num_rows, num_cols, align)


def _padding(value: Any, like: Any) -> Any:
    """The default padding in the tensor's own kind."""
    kind = getattr(like, "dtype", None)
    return False if kind is not None and dtypes.as_dtype(kind).is_bool and not hasattr(value, "dtype") else value


@op("input, padding_value")
def _diag_part(input, padding_value, k, align, name=None):
    require_matrix(input)
    low, high = _range(k)
    row, column, present = _Band(low, high, input.shape[-2], input.shape[-1], align).from_matrix()
    table = jnp.where(present, input[..., row, column], padding_value)
    return table[..., 0, :] if low == high else table


def diag_part(
    input: Any, name: str | None = "diag_part", k: Any = 0, padding_value: Any = 0, align: str = "RIGHT_LEFT"
) -> Any:
    """The diagonals of matrices.

    Args:
      input: tensor ``[..., m, n]``.
      name: str, optional.
      k: int or (lowest, highest): which diagonals; 0 is the main one, positive is above it.
      padding_value: fills up shorter diagonals.
      align: side to which shorter diagonals are moved, above and below the main one.

    Returns:
      Tensor ``[..., length]``, or ``[..., diagonals, length]`` with the highest diagonal first.

    >>> import kerax as tf
    >>> tf.linalg.diag_part([[1, 2], [3, 4]]).numpy()
    array([1, 4], dtype=int32)
    """
    return _diag_part(input, _padding(padding_value, input), k, align)


@op("input, diagonal")
def set_diag(input, diagonal, name="set_diag", k=0, align="RIGHT_LEFT"):
    """Replaces diagonals of matrices.

    Args:
      input: tensor ``[..., m, n]``.
      diagonal: tensor of the same dtype ``[..., length]``, or ``[..., diagonals, length]`` with the highest
        diagonal first.
      name: str, optional.
      k: int or (lowest, highest): which diagonals; 0 is the main one, positive is above it.
      align: side to which shorter diagonals are moved, above and below the main one.

    Returns:
      Tensor like ``input``.

    >>> import kerax as tf
    >>> tf.linalg.set_diag([[1, 2], [3, 4]], [7, 8]).numpy()
    array([[7, 2],
           [3, 8]], dtype=int32)
    """
    require_matrix(input)
    low, high = _range(k)
    band = _Band(low, high, input.shape[-2], input.shape[-1], align)
    expected = (band.length,) if low == high else (band.count, band.length)
    if diagonal.shape != (*input.shape[:-2], *expected):
        raise errors.InvalidArgumentError(
            None,
            None,
            f"Either first dimensions of diagonal don't match input.shape[:-2], or its last do not match the "
            f"longest diagonal: {list(diagonal.shape)} for input {list(input.shape)}",
        )
    table = diagonal if low != high else diagonal[..., None, :]
    element, inside = band.to_matrix(table)
    return jnp.where(inside, element, input)


@op("diagonal")
def tensor_diag(diagonal, name=None):
    """A tensor with given values where the first half of the indices equals the second, 0 elsewhere.

    Args:
      diagonal: tensor of any shape.
      name: str, optional.

    Returns:
      Tensor of the shape of ``diagonal`` twice.

    >>> import kerax as tf
    >>> tf.linalg.tensor_diag([1, 2]).numpy()
    array([[1, 0],
           [0, 2]], dtype=int32)
    """
    return jnp.diag(diagonal.reshape(-1)).reshape(diagonal.shape * 2)


@op("input")
def tensor_diag_part(input, name=None):
    """The elements of a tensor where the first half of the indices equals the second.

    Args:
      input: tensor of even rank whose shape is one shape twice.
      name: str, optional.

    Returns:
      Tensor of that shape.

    Raises:
      InvalidArgumentError: if the shape is no shape twice.

    >>> import kerax as tf
    >>> tf.linalg.tensor_diag_part([[1, 2], [3, 4]]).numpy()
    array([1, 4], dtype=int32)
    """
    half = input.ndim // 2
    if input.ndim == 0 or input.ndim % 2 or input.shape[:half] != input.shape[half:]:
        raise errors.InvalidArgumentError(
            None, None, f"The shape must be one shape twice; received {list(input.shape)}"
        )
    size = int(np.prod(input.shape[:half]))
    return jnp.diagonal(input.reshape(size, size)).reshape(input.shape[:half])
