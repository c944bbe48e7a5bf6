"""Tridiagonal and banded matrices, which are given by their diagonals."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core import errors
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.linalg.decompositions import eigh, eigvalsh
from kerax.linalg.shapes import require_square
from kerax.linalg.solving import solve_triangle
from kerax.math._values import concrete


def _from_compact(diagonals: Any) -> tuple[Any, Any, Any]:
    if diagonals.ndim < 2 or diagonals.shape[-2] != 3:
        raise ValueError(f"Expected diagonals to have shape [..., 3, M], got {diagonals.shape}")
    return diagonals[..., 0, :], diagonals[..., 1, :], diagonals[..., 2, :]


def _padded(diagonal: Any, size: int, first: bool) -> Any:
    """An off-diagonal of ``size - 1`` elements lengthened by a 0."""
    if diagonal.shape[-1] == size:
        return diagonal
    return jnp.pad(diagonal, [(0, 0)] * (diagonal.ndim - 1) + [(1, 0) if first else (0, 1)])


def _diagonals(parts: list[Any], layout: str) -> tuple[Any, Any, Any]:
    """(above, main, below), each ``[..., n]``: above padded at its end, below at its start."""
    if layout == "compact":
        return _from_compact(parts[0])
    if layout == "sequence":
        above, main, below = parts
        size = main.shape[-1]
        return _padded(above, size, False), main, _padded(below, size, True)
    (matrix,) = parts
    require_square(matrix)
    size = matrix.shape[-1]
    main = jnp.diagonal(matrix, axis1=-2, axis2=-1)
    above = jnp.diagonal(matrix, 1, axis1=-2, axis2=-1)
    below = jnp.diagonal(matrix, -1, axis1=-2, axis2=-1)
    return _padded(above, size, False), main, _padded(below, size, True)


def _parts(diagonals: Any, layout: str) -> list[Any]:
    if layout == "sequence":
        if not isinstance(diagonals, (tuple, list)) or len(diagonals) != 3:
            raise ValueError("Expected diagonals to be a sequence of length 3.")
        return list(diagonals)
    if layout not in ("compact", "matrix"):
        raise ValueError(f"Unrecognized diagonals_format: {layout}")
    return [convert_to_tensor(diagonals)]


def tridiagonal_to_dense(above: Any, main: Any, below: Any) -> Any:
    """The matrix of three diagonals."""
    size = main.shape[-1]
    i, j = np.indices((size, size))
    zero = jnp.zeros_like(main)[..., None, :]
    dense = jnp.where(i == j, main[..., None, :], zero)
    dense = jnp.where(j == i + 1, above[..., :, None], dense)
    return jnp.where(j == i - 1, below[..., :, None], dense)


@op("parts*, rhs: float complex")
def _tridiagonal_solve(parts, rhs, layout, transpose_rhs, conjugate_rhs, vector, name=None):
    above, main, below = _diagonals(parts, layout)
    if transpose_rhs and not vector:
        rhs = jnp.swapaxes(rhs, -1, -2)
    if conjugate_rhs:
        rhs = jnp.conj(rhs)
    column = rhs[..., None] if vector else rhs
    if column.shape[-2] != main.shape[-1]:
        raise ValueError(f"Expected {main.shape[-1]} right-hand sides, got {column.shape[-2]}")
    dense = tridiagonal_to_dense(above, main, below)
    batch = jnp.broadcast_shapes(dense.shape[:-2], column.shape[:-2])
    solved = jnp.linalg.solve(
        jnp.broadcast_to(dense, (*batch, *dense.shape[-2:])),
        jnp.broadcast_to(column, (*batch, *column.shape[-2:])),
    )
    return solved[..., 0] if vector else solved


def tridiagonal_solve(
    diagonals: Any,
    rhs: Any,
    diagonals_format: str = "compact",
    transpose_rhs: bool = False,
    conjugate_rhs: bool = False,
    name: str | None = None,
    partial_pivoting: bool = True,
    perturb_singular: bool = False,
) -> Any:
    """Solves ``A X = B`` for tridiagonal matrices.

    Args:
      diagonals: ``[..., 3, n]`` (above, main, below) if compact; the three of them as a sequence; or the
        matrix ``[..., n, n]``.
      rhs: tensor ``[..., n]`` or ``[..., n, k]``.
      diagonals_format: ``"compact"``, ``"sequence"`` or ``"matrix"``.
      transpose_rhs: bool, whether ``rhs`` is ``[..., k, n]``.
      conjugate_rhs: bool, whether to take the complex conjugate of ``rhs``.
      name: str, optional.
      partial_pivoting: bool; pivots are always sought, which gives the more exact answer.
      perturb_singular: must be False.

    Returns:
      Tensor of the shape of ``rhs`` (transposed back to ``[..., n, k]``).

    Raises:
      ValueError: for another format or shapes that do not fit.
      NotImplementedError: for ``perturb_singular=True``.

    >>> import kerax as tf
    >>> d = tf.constant([[0.0, 0.0], [2.0, 4.0], [0.0, 0.0]])
    >>> tf.linalg.tridiagonal_solve(d, tf.constant([2.0, 2.0])).numpy()
    array([1. , 0.5], dtype=float32)
    """
    if perturb_singular:
        raise NotImplementedError("perturb_singular=True is not supported.")
    parts = _parts(diagonals, diagonals_format)
    rhs = convert_to_tensor(rhs)
    rank = len(parts[0].shape) if diagonals_format != "sequence" else len(convert_to_tensor(parts[1]).shape) + 1
    vector = len(rhs.shape) == rank - 1
    return _tridiagonal_solve(parts, rhs, diagonals_format, transpose_rhs, conjugate_rhs, vector)


@op("parts*, rhs: float complex")
def _tridiagonal_matmul(parts, rhs, layout, name=None):
    above, main, below = _diagonals(parts, layout)
    zeros = jnp.zeros_like(rhs[..., :1, :])
    later = jnp.concatenate([rhs[..., 1:, :], zeros], axis=-2)
    earlier = jnp.concatenate([zeros, rhs[..., :-1, :]], axis=-2)
    return above[..., None] * later + main[..., None] * rhs + below[..., None] * earlier


def tridiagonal_matmul(diagonals: Any, rhs: Any, diagonals_format: str = "compact", name: str | None = None) -> Any:
    """Multiplies tridiagonal matrices by matrices.

    Args:
      diagonals: ``[..., 3, n]`` (above, main, below) if compact; the three of them as a sequence; or the
        matrix ``[..., n, n]``.
      rhs: tensor ``[..., n, k]``.
      diagonals_format: ``"compact"``, ``"sequence"`` or ``"matrix"``.
      name: str, optional.

    Returns:
      Tensor ``[..., n, k]``.

    >>> import kerax as tf
    >>> d = tf.constant([[1.0, 0.0], [2.0, 4.0], [0.0, 0.0]])
    >>> tf.linalg.tridiagonal_matmul(d, tf.constant([[1.0], [1.0]])).numpy()
    array([[3.],
           [4.]], dtype=float32)
    """
    return _tridiagonal_matmul(_parts(diagonals, diagonals_format), rhs, diagonals_format)


@op("alpha, beta: float complex")
def _symmetric(alpha, beta, name=None):
    if alpha.ndim < 1 or beta.shape[-1] != alpha.shape[-1] - 1:
        raise ValueError(f"alpha has {alpha.shape[-1]} elements, beta should have one less, not {beta.shape[-1]}")
    below = _padded(beta, alpha.shape[-1], True)
    above = _padded(jnp.conj(beta), alpha.shape[-1], False)
    return tridiagonal_to_dense(above, alpha, below)


def eigh_tridiagonal(
    alpha: Any,
    beta: Any,
    eigvals_only: bool = True,
    select: str = "a",
    select_range: Any = None,
    tol: Any = None,
    name: str | None = None,
) -> Any:
    """The eigenvalues (and eigenvectors) of a Hermitian tridiagonal matrix.

    Args:
      alpha: tensor ``[n]``, the main diagonal.
      beta: tensor ``[n - 1]``, the diagonal below it.
      eigvals_only: bool, whether to return eigenvalues only.
      select: ``"a"`` all, ``"v"`` those in (low, high], ``"i"`` those of the indices low … high.
      select_range: (low, high).
      tol: float; the answer is always as exact as the dtype allows.
      name: str, optional.

    Returns:
      Eigenvalues ``[k]``, smallest first, and eigenvectors in the columns of ``[n, k]``.

    Raises:
      ValueError: for another ``select`` or a wrong range.

    >>> import kerax as tf
    >>> tf.linalg.eigh_tridiagonal([2.0, 1.0], [0.0]).numpy()
    array([1., 2.], dtype=float32)
    """
    if select not in ("a", "v", "i"):
        raise ValueError(f"Unknown selection option: {select!r}")
    matrix = _symmetric(alpha, beta)
    values, vectors = (eigvalsh(matrix), None) if eigvals_only else eigh(matrix)
    if select != "a":
        low, high = _selected(values, select, select_range)
        values = values[low:high]
        vectors = None if vectors is None else vectors[:, low:high]
    return values if eigvals_only else (values, vectors)


def _selected(values: Any, select: str, select_range: Any) -> tuple[int, int]:
    if select_range is None or select_range[0] > select_range[1]:
        raise ValueError("Got empty index range in select_range.")
    if select == "i":
        low, high = int(select_range[0]), int(select_range[1])
        if low < 0 or high >= values.shape[-1]:
            raise ValueError("Got out of bound indices in select_range.")
        return low, high + 1
    known = concrete(values)
    if known is None:
        raise errors.Uncompilable("tf.linalg.eigh_tridiagonal with select='v'")
    inside = np.flatnonzero((known > select_range[0]) & (known <= select_range[1]))
    return (int(inside[0]), int(inside[-1]) + 1) if inside.size else (0, 0)


@op("bands, rhs: float complex")
def banded_triangular_solve(bands, rhs, lower=True, adjoint=False, name=None):
    """Solves ``A X = B`` for triangular matrices that are given by their bands.

    Args:
      bands: tensor ``[..., bands, n]``: for lower triangles row ``i`` holds ``A[j, j - i]`` at ``j``; for
        upper ones the last row is the main diagonal and row ``bands - 1 - i`` holds ``A[j, j + i]``.
      rhs: tensor of the same dtype ``[..., n, k]``.
      lower: bool, whether the matrices are lower triangular.
      adjoint: bool, whether to solve with the conjugate transpose.
      name: str, optional.

    Returns:
      Tensor ``[..., n, k]``.

    >>> import kerax as tf
    >>> tf.linalg.banded_triangular_solve([[2.0, 4.0], [0.0, 2.0]], [[2.0], [6.0]]).numpy()
    array([[1.],
           [1.]], dtype=float32)
    """
    count, size = bands.shape[-2:]
    if count > size or rhs.shape[-2] != size:
        raise errors.InvalidArgumentError(
            None, None, f"Bands {list(bands.shape)} and right-hand sides {list(rhs.shape)} do not fit."
        )
    i, j = np.indices((size, size))
    distance = i - j if lower else j - i
    inside = (distance >= 0) & (distance < count)
    row = np.clip(distance if lower else count - 1 - distance, 0, count - 1)
    matrix = jnp.where(inside, bands[..., row, i], jnp.zeros((), bands.dtype))
    return solve_triangle(matrix, rhs, bool(lower), bool(adjoint))
