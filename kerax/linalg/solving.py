"""Solving linear systems; inverses, determinants, rank."""

from __future__ import annotations

from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np
from jax import lax

from kerax.core import dtypes, errors
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.linalg._finite import require_finite
from kerax.linalg.decompositions import cholesky, split_lu
from kerax.linalg.shapes import require_matrix, require_square, swapped


class LogMatrixDeterminant(NamedTuple):
    """What ``tf.linalg.slogdet`` returns."""

    sign: Any
    log_abs_determinant: Any


@op("input: float complex")
def _inv(input, adjoint, name=None):
    require_square(input)
    wide = input.astype(jnp.float32) if input.dtype == jnp.float16 else input
    return jnp.linalg.inv(swapped(wide, True) if adjoint else wide).astype(input.dtype)


def inv(input: Any, adjoint: bool = False, name: str | None = None) -> Any:
    """The inverse of square matrices.

    Args:
      input: tensor ``[..., n, n]``, floating point or complex.
      adjoint: bool, whether to invert the conjugate transpose.
      name: str, optional.

    Returns:
      Tensor ``[..., n, n]``.

    Raises:
      InvalidArgumentError: if a matrix is singular or not square.

    >>> import kerax as tf
    >>> tf.linalg.inv([[2.0, 0.0], [0.0, 4.0]]).numpy()
    array([[0.5 , 0.  ],
           [0.  , 0.25]], dtype=float32)
    """
    result = _inv(input, bool(adjoint))
    require_finite(result, "Input is not invertible.")
    return result


@op("matrix, rhs: float complex")
def _solve(matrix, rhs, adjoint, name=None):
    require_square(matrix)
    if matrix.ndim != rhs.ndim:
        raise errors.InvalidArgumentError(None, None, "All input tensors must have the same rank.")
    if matrix.shape[-1] != rhs.shape[-2]:
        raise errors.InvalidArgumentError(None, None, "Input matrix and rhs are incompatible.")
    return jnp.linalg.solve(swapped(matrix, True) if adjoint else matrix, rhs)


def solve(matrix: Any, rhs: Any, adjoint: bool = False, name: str | None = None) -> Any:
    """Solves ``A X = B`` for square matrices.

    Args:
      matrix: tensor ``[..., n, n]``, floating point or complex.
      rhs: tensor of the same dtype ``[..., n, k]``.
      adjoint: bool, whether to solve with the conjugate transpose of ``matrix``.
      name: str, optional.

    Returns:
      Tensor ``[..., n, k]``.

    Raises:
      InvalidArgumentError: if a matrix is singular or the shapes do not fit.

    >>> import kerax as tf
    >>> tf.linalg.solve([[2.0, 0.0], [0.0, 4.0]], [[2.0], [2.0]]).numpy()
    array([[1. ],
           [0.5]], dtype=float32)
    """
    result = _solve(matrix, rhs, bool(adjoint))
    require_finite(result, "Input matrix is not invertible.")
    return result


def solve_triangle(matrix: Any, rhs: Any, lower: bool, adjoint: bool, unit: bool = False) -> Any:
    """``A X = B`` for triangular ``A``; leading axes broadcast."""
    require_square(matrix)
    require_matrix(rhs)
    if matrix.shape[-1] != rhs.shape[-2]:
        raise errors.InvalidArgumentError(
            None, None, f"In[0] mismatch In[1] shape: {matrix.shape[-1]} vs. {rhs.shape[-2]}"
        )
    batch = jnp.broadcast_shapes(matrix.shape[:-2], rhs.shape[:-2])
    matrix = jnp.broadcast_to(matrix, (*batch, *matrix.shape[-2:]))
    rhs = jnp.broadcast_to(rhs, (*batch, *rhs.shape[-2:]))
    return lax.linalg.triangular_solve(
        matrix,
        rhs,
        left_side=True,
        lower=lower,
        transpose_a=adjoint,
        conjugate_a=adjoint,
        unit_diagonal=unit,
    )


@op("matrix, rhs: float complex")
def triangular_solve(matrix, rhs, lower=True, adjoint=False, name=None):
    """Solves ``A X = B`` for triangular matrices by substitution.

    Args:
      matrix: tensor ``[..., n, n]``, floating point or complex; the other triangle is not read.
      rhs: tensor of the same dtype ``[..., n, k]``.
      lower: bool, whether the lower triangle is meant.
      adjoint: bool, whether to solve with the conjugate transpose of ``matrix``.
      name: str, optional.

    Returns:
      Tensor ``[..., n, k]``.

    >>> import kerax as tf
    >>> tf.linalg.triangular_solve([[2.0, 0.0], [1.0, 1.0]], [[2.0], [3.0]]).numpy()
    array([[1.],
           [2.]], dtype=float32)
    """
    return solve_triangle(matrix, rhs, bool(lower), bool(adjoint))


@op("chol, rhs: float complex")
def cholesky_solve(chol, rhs, name=None):
    """Solves ``A X = B`` given the Cholesky factor of ``A``.

    Args:
      chol: tensor ``[..., n, n]``, lower triangular, what ``tf.linalg.cholesky`` returned.
      rhs: tensor of the same dtype ``[..., n, k]``.
      name: str, optional.

    Returns:
      Tensor ``[..., n, k]``.

    >>> import kerax as tf
    >>> tf.linalg.cholesky_solve([[2.0, 0.0], [0.0, 1.0]], [[4.0], [1.0]]).numpy()
    array([[1.],
           [1.]], dtype=float32)
    """
    return solve_triangle(chol, solve_triangle(chol, rhs, True, False), True, True)


@op("lower_upper, rhs: float complex; perm: int")
def _lu_solve(lower_upper, perm, rhs, name=None):
    split_lu(lower_upper, perm)
    batch = jnp.broadcast_shapes(lower_upper.shape[:-2], rhs.shape[:-2])
    rhs = jnp.broadcast_to(rhs, (*batch, *rhs.shape[-2:]))
    order = jnp.broadcast_to(perm, (*batch, perm.shape[-1]))[..., None]
    permuted = jnp.take_along_axis(rhs, order, axis=-2)
    return solve_triangle(lower_upper, solve_triangle(lower_upper, permuted, True, False, unit=True), False, False)


def lu_solve(lower_upper: Any, perm: Any, rhs: Any, validate_args: bool = False, name: str | None = None) -> Any:
    """Solves ``A X = B`` given the LU decomposition of ``A``.

    Args:
      lower_upper: tensor ``[..., n, n]``, the first result of ``tf.linalg.lu``.
      perm: int tensor ``[..., n]``, the second.
      rhs: tensor ``[..., n, k]``.
      validate_args: bool; shapes are checked in any case.
      name: str, optional.

    Returns:
      Tensor ``[..., n, k]``.

    >>> import kerax as tf
    >>> tf.linalg.lu_solve(*tf.linalg.lu([[2.0, 0.0], [0.0, 4.0]]), [[2.0], [2.0]]).numpy()
    array([[1. ],
           [0.5]], dtype=float32)
    """
    return _lu_solve(lower_upper, perm, rhs)


@op("lower_upper: float complex; perm: int")
def lu_matrix_inverse(lower_upper, perm, validate_args=False, name=None):
    """The inverse of a matrix, given its LU decomposition.

    Args:
      lower_upper: tensor ``[..., n, n]``, the first result of ``tf.linalg.lu``.
      perm: int tensor ``[..., n]``, the second.
      validate_args: bool; shapes are checked in any case.
      name: str, optional.

    Returns:
      Tensor ``[..., n, n]``.

    >>> import kerax as tf
    >>> tf.linalg.lu_matrix_inverse(*tf.linalg.lu([[2.0, 0.0], [0.0, 4.0]])).numpy()
    array([[0.5 , 0.  ],
           [0.  , 0.25]], dtype=float32)
    """
    identity = jnp.broadcast_to(jnp.eye(lower_upper.shape[-1], dtype=lower_upper.dtype), lower_upper.shape)
    return _lu_solve.pure(lower_upper, perm, identity)


@op("input: float complex")
def det(input, name=None):
    """The determinant of square matrices.

    Args:
      input: tensor ``[..., n, n]``, floating point or complex.
      name: str, optional.

    Returns:
      Tensor ``[...]``.

    >>> import kerax as tf
    >>> tf.linalg.det([[2.0, 0.0], [0.0, 4.0]]).numpy()
    np.float32(8.0)
    """
    require_square(input)
    return jnp.linalg.det(input)


@op("input: float complex")
def slogdet(input, name=None):
    """The sign and the logarithm of the absolute value of the determinant.

    Args:
      input: tensor ``[..., n, n]``, floating point or complex.
      name: str, optional.

    Returns:
      ``LogMatrixDeterminant(sign, log_abs_determinant)``, each ``[...]``.

    >>> import kerax as tf
    >>> tf.linalg.slogdet([[-1.0, 0.0], [0.0, 1.0]]).sign.numpy()
    np.float32(-1.0)
    """
    require_square(input)
    sign, log = jnp.linalg.slogdet(input)
    return LogMatrixDeterminant(sign, log.astype(input.dtype))


@op("matrix: float complex")
def logdet(matrix, name=None):
    """The logarithm of the determinant of positive definite matrices.

    Args:
      matrix: tensor ``[..., n, n]``, Hermitian.
      name: str, optional.

    Returns:
      Real tensor ``[...]``.

    >>> import kerax as tf
    >>> tf.linalg.logdet([[1.0, 0.0], [0.0, 1.0]]).numpy()
    np.float32(0.0)
    """
    diagonal = jnp.diagonal(cholesky.pure(matrix), axis1=-2, axis2=-1)
    return 2 * jnp.sum(jnp.log(jnp.real(diagonal)), axis=-1)


@op("matrix, rhs, l2_regularizer: float complex")
def _lstsq(matrix, rhs, l2_regularizer, fast, name=None):
    require_matrix(matrix)
    rows, columns = matrix.shape[-2:]
    if not fast:
        return jnp.matmul(_pseudo_inverse(matrix, None), rhs)
    tall = rows >= columns
    conjugate = swapped(matrix, True)
    gram = jnp.matmul(conjugate, matrix) if tall else jnp.matmul(matrix, conjugate)
    gram = gram + l2_regularizer * jnp.eye(gram.shape[-1], dtype=gram.dtype)
    factor = lax.linalg.cholesky(gram)
    if tall:
        return cholesky_solve.pure(factor, jnp.matmul(conjugate, rhs))
    return jnp.matmul(conjugate, cholesky_solve.pure(factor, rhs))


def lstsq(matrix: Any, rhs: Any, l2_regularizer: Any = 0.0, fast: bool = True, name: str | None = None) -> Any:
    """The least squares solution of ``A X = B``, regularized: least ``‖A X - B‖² + λ ‖X‖²``.

    Args:
      matrix: tensor ``[..., m, n]``, floating point or complex.
      rhs: tensor of the same dtype ``[..., m, k]``.
      l2_regularizer: float ``λ``; without effect if ``fast`` is False.
      fast: bool, whether to solve the normal equations; else the solution of least norm is found by a
        complete decomposition, which also serves matrices of lower rank.
      name: str, optional.

    Returns:
      Tensor ``[..., n, k]``.

    >>> import kerax as tf
    >>> tf.linalg.lstsq([[1.0], [1.0]], [[1.0], [3.0]]).numpy().round(3)
    array([[2.]], dtype=float32)
    """
    return _lstsq(matrix, rhs, l2_regularizer, bool(fast))


def _cutoff(matrix: Any) -> float:
    kind = jnp.finfo(matrix.dtype)
    return 10.0 * max(matrix.shape[-2:]) * float(kind.eps)


def _pseudo_inverse(matrix: Any, rcond: Any) -> Any:
    u, s, vh = jnp.linalg.svd(matrix, full_matrices=False)
    limit = (_cutoff(matrix) if rcond is None else rcond[..., None]) * jnp.max(s, axis=-1, keepdims=True, initial=0)
    kept = s > limit
    inverse = jnp.where(kept, 1 / jnp.where(kept, s, 1), 0).astype(matrix.dtype)
    return jnp.matmul(swapped(vh, True) * inverse[..., None, :], swapped(u, True))


@op("a; rcond")
def pinv(a, rcond=None, validate_args=False, name=None):
    """The Moore-Penrose pseudo-inverse.

    Args:
      a: tensor ``[..., m, n]``, floating point.
      rcond: tensor ``[...]``: singular values not above this times the largest count as 0; by default
        ``10 max(m, n) eps``.
      validate_args: bool; shapes are checked in any case.
      name: str, optional.

    Returns:
      Tensor ``[..., n, m]``.

    Raises:
      TypeError: if ``a`` is not floating point.
      ValueError: if it has fewer than two axes.

    >>> import kerax as tf
    >>> tf.linalg.pinv([[2.0], [0.0]]).numpy()
    array([[0.5, 0. ]], dtype=float32)
    """
    if not jnp.issubdtype(a.dtype, jnp.inexact):
        raise TypeError(f"Input `a` must have `float`-like `dtype` (saw {a.dtype}).")
    if a.ndim < 2:
        raise ValueError(f"Input `a` must have at least 2 dimensions (saw: {a.ndim}).")
    return _pseudo_inverse(a, None if rcond is None else rcond.astype(jnp.finfo(a.dtype).dtype))


def matrix_rank(a: Any, tol: Any = None, validate_args: bool = False, name: str | None = None) -> Any:
    """The number of singular values above a tolerance.

    Args:
      a: tensor ``[..., m, n]``, floating point.
      tol: tensor ``[...]``; by default ``max(m, n) eps`` times the largest singular value.
      validate_args: bool; shapes are checked in any case.
      name: str, optional.

    Returns:
      int32 tensor ``[...]``.

    >>> import kerax as tf
    >>> tf.linalg.matrix_rank([[1.0, 2.0], [2.0, 4.0]]).numpy()
    np.int32(1)
    """
    return _matrix_rank(convert_to_tensor(a, dtype_hint=dtypes.float32), tol)


@op("a; tol", differentiable=False, name="MatrixRank")
def _matrix_rank(a, tol):
    if not jnp.issubdtype(a.dtype, jnp.inexact):
        raise TypeError(f"Input `a` must have `float`-like `dtype` (saw {a.dtype}).")
    if a.ndim < 2:
        raise ValueError(f"Input `a` must have at least 2 dimensions (saw: {a.ndim}).")
    values = jnp.linalg.svd(a, compute_uv=False)
    if tol is None:
        eps = float(np.finfo(dtypes.as_dtype(a.dtype).real_dtype.as_numpy_dtype).eps)
        limit = eps * max(a.shape[-2:]) * jnp.max(values, axis=-1, keepdims=True, initial=0)
    else:
        limit = tol[..., None]
    return jnp.sum(values > limit, axis=-1, dtype=jnp.int32)
