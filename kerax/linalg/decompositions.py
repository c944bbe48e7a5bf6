"""Matrix decompositions: Cholesky, LU, QR, singular values, eigenvalues."""

from __future__ import annotations

from typing import Any, NamedTuple

import jax.numpy as jnp
from jax import lax

from kerax.core import dtypes, errors
from kerax.core.op import op
from kerax.linalg._finite import require_finite
from kerax.linalg.shapes import require_matrix, require_square, swapped


class Lu(NamedTuple):
    """What ``tf.linalg.lu`` returns: both triangles in one matrix, and the permutation."""

    lu: Any
    p: Any


class Qr(NamedTuple):
    """What ``tf.linalg.qr`` returns: orthonormal columns and a triangle."""

    q: Any
    r: Any


def from_lower(matrix: Any) -> Any:
    """The Hermitian matrix that the lower triangle describes."""
    lower = jnp.tril(matrix)
    return lower + swapped(jnp.tril(matrix, -1), True)


@op("input: float complex")
def cholesky(input, name=None):
    """The Cholesky factor ``L`` of positive definite matrices: ``A = L Lᴴ``.

    Args:
      input: tensor ``[..., n, n]``, Hermitian; only its lower triangle is read.
      name: str, optional.

    Returns:
      Tensor ``[..., n, n]``, lower triangular; NaN where a matrix is not positive definite.

    Raises:
      InvalidArgumentError: if the matrices are not square.

    >>> import kerax as tf
    >>> tf.linalg.cholesky([[4.0, 2.0], [2.0, 5.0]]).numpy()
    array([[2., 0.],
           [1., 2.]], dtype=float32)
    """
    require_square(input)
    # the lower triangle decides the value, but the gradient is spread over both, as TensorFlow does
    described = input + lax.stop_gradient(from_lower(input) - input)
    return lax.linalg.cholesky(described, symmetrize_input=True)


@op("input: float complex")
def _lu(input, output_idx_type, name=None):
    require_square(input)
    factors, _, permutation = lax.linalg.lu(input)
    return Lu(factors, permutation.astype(dtypes.as_dtype(output_idx_type).dtype))


def lu(input: Any, output_idx_type: Any = dtypes.int32, name: str | None = None) -> Any:
    """The LU decomposition with partial pivoting: ``P A = L U``.

    Args:
      input: tensor ``[..., n, n]``, floating point or complex.
      output_idx_type: dtype of the permutation: int32 or int64.
      name: str, optional.

    Returns:
      ``Lu(lu, p)``: ``L`` (below the diagonal; its own is 1) and ``U`` in one matrix ``[..., n, n]``, and
      the permutation of the rows ``[..., n]``.

    Raises:
      InvalidArgumentError: if a matrix is singular or not square.

    >>> import kerax as tf
    >>> tf.linalg.lu([[1.0, 2.0], [4.0, 4.0]]).p.numpy()
    array([1, 0], dtype=int32)
    """
    result = _lu(input, output_idx_type)
    require_finite(result.lu, "Input is not invertible.", lambda value: (value.diagonal(0, -2, -1) != 0).all())
    return result


@op("input: float complex")
def qr(input, full_matrices=False, name=None):
    """The QR decomposition ``A = Q R`` into orthonormal columns and an upper triangle.

    Args:
      input: tensor ``[..., m, n]``, floating point or complex.
      full_matrices: bool, whether ``Q`` is ``m × m``.
      name: str, optional.

    Returns:
      ``Qr(q, r)``: ``[..., m, min(m, n)]`` and ``[..., min(m, n), n]``, or
      ``[..., m, m]`` and ``[..., m, n]``.

    >>> import kerax as tf
    >>> q, r = tf.linalg.qr([[3.0, 1.0], [4.0, 2.0]])
    >>> tf.matmul(q, r).shape
    TensorShape([2, 2])
    """
    require_matrix(input)
    wide = input.astype(jnp.float32) if input.dtype == jnp.float16 else input
    q, r = jnp.linalg.qr(wide, mode="complete" if full_matrices else "reduced")
    return Qr(q.astype(input.dtype), r.astype(input.dtype))


@op("tensor: float complex")
def _svd(tensor, full_matrices, name=None):
    require_matrix(tensor)
    u, s, vh = jnp.linalg.svd(tensor, full_matrices=bool(full_matrices))
    return s, u, swapped(vh, True)


@op("tensor: float complex")
def _singular_values(tensor, name=None):
    require_matrix(tensor)
    return jnp.linalg.svd(tensor, compute_uv=False)


def svd(tensor: Any, full_matrices: bool = False, compute_uv: bool = True, name: str | None = None) -> Any:
    """The singular value decomposition ``A = U diag(s) Vᴴ``.

    Args:
      tensor: tensor ``[..., m, n]``, floating point or complex.
      full_matrices: bool, whether ``U`` and ``V`` are square.
      compute_uv: bool, whether to return ``U`` and ``V`` too.
      name: str, optional.

    Returns:
      ``(s, u, v)`` or ``s``: singular values ``[..., min(m, n)]``, largest first; ``u``
      ``[..., m, p]``; ``v``
      (not its adjoint) ``[..., n, p]``. The signs of their columns are not determined.

    >>> import kerax as tf
    >>> tf.linalg.svd([[3.0, 0.0], [0.0, 4.0]], compute_uv=False).numpy()
    array([4., 3.], dtype=float32)
    """
    return _svd(tensor, full_matrices) if compute_uv else _singular_values(tensor)


@op("tensor: float complex")
def eigh(tensor, name=None):
    """The eigenvalues and eigenvectors of Hermitian matrices, of which the lower triangle is read.

    Args:
      tensor: tensor ``[..., n, n]``, floating point or complex.
      name: str, optional.

    Returns:
      (eigenvalues ``[..., n]``, smallest first, eigenvectors in the columns of ``[..., n, n]``). The signs
      of the columns are not determined.

    >>> import kerax as tf
    >>> tf.linalg.eigh([[2.0, 0.0], [0.0, 1.0]])[0].numpy()
    array([1., 2.], dtype=float32)
    """
    require_square(tensor)
    vectors, values = lax.linalg.eigh(from_lower(tensor), symmetrize_input=False)
    return values.astype(tensor.dtype), vectors


@op("tensor: float complex")
def _eigvalsh(tensor, name=None):
    require_square(tensor)
    return lax.linalg.eigh(from_lower(tensor), symmetrize_input=False)[1].astype(tensor.dtype)


def eigvalsh(tensor: Any, name: str | None = None) -> Any:
    """The eigenvalues of Hermitian matrices, of which the lower triangle is read.

    Args:
      tensor: tensor ``[..., n, n]``, floating point or complex.
      name: str, optional.

    Returns:
      Tensor ``[..., n]``, smallest first; of the dtype of ``tensor``.

    >>> import kerax as tf
    >>> tf.linalg.eigvalsh([[2.0, 0.0], [0.0, 1.0]]).numpy()
    array([1., 2.], dtype=float32)
    """
    return _eigvalsh(tensor)


def _complex_of(dtype: Any) -> Any:
    return jnp.complex128 if dtype in (jnp.float64, jnp.complex128) else jnp.complex64


@op("tensor: float complex")
def eig(tensor, name=None):
    """The eigenvalues and eigenvectors of square matrices.

    Args:
      tensor: tensor ``[..., n, n]``, floating point or complex.
      name: str, optional.

    Returns:
      (eigenvalues ``[..., n]``, eigenvectors in the columns of ``[..., n, n]``), both complex, in no order.

    >>> import kerax as tf
    >>> tf.linalg.eig(tf.constant([[2.0]]))[0].numpy()
    array([2.+0.j], dtype=complex64)
    """
    require_square(tensor)
    values, vectors = lax.linalg.eig(tensor, compute_left_eigenvectors=False, enable_eigvec_derivs=True)
    kind = _complex_of(tensor.dtype)
    return values.astype(kind), vectors.astype(kind)


@op("tensor: float complex")
def eigvals(tensor, name=None):
    """The eigenvalues of square matrices.

    Args:
      tensor: tensor ``[..., n, n]``, floating point or complex.
      name: str, optional.

    Returns:
      Complex tensor ``[..., n]``, in no order.

    >>> import kerax as tf
    >>> tf.linalg.eigvals(tf.constant([[2.0]])).numpy()
    array([2.+0.j], dtype=complex64)
    """
    require_square(tensor)
    return jnp.linalg.eigvals(tensor).astype(_complex_of(tensor.dtype))


@op("lower_upper: float complex; perm: int")
def lu_reconstruct(lower_upper, perm, validate_args=False, name=None):
    """The matrix that an LU decomposition stands for.

    Args:
      lower_upper: tensor ``[..., n, n]``, the first result of ``tf.linalg.lu``.
      perm: int tensor ``[..., n]``, the second.
      validate_args: bool; shapes are checked in any case.
      name: str, optional.

    Returns:
      Tensor ``[..., n, n]``.

    >>> import kerax as tf
    >>> tf.linalg.lu_reconstruct(*tf.linalg.lu([[1.0, 2.0], [4.0, 4.0]])).numpy()
    array([[1., 2.],
           [4., 4.]], dtype=float32)
    """
    lower, upper = split_lu(lower_upper, perm)
    product = jnp.matmul(lower, upper)
    return jnp.take_along_axis(product, jnp.argsort(perm, axis=-1)[..., None], axis=-2)


def split_lu(lower_upper: Any, perm: Any) -> tuple[Any, Any]:
    """Both triangles of an LU decomposition."""
    if lower_upper.ndim < 2 or perm.ndim < 1 or perm.shape[-1] != lower_upper.shape[-1]:
        raise errors.InvalidArgumentError(
            None, None, f"Shapes {lower_upper.shape} and {perm.shape} are not those of an LU decomposition."
        )
    identity = jnp.eye(lower_upper.shape[-2], dtype=lower_upper.dtype)
    return jnp.tril(lower_upper, -1) + identity, jnp.triu(lower_upper)
