"""``keras.ops.linalg``: factorizations, norms and solutions of linear equations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax.numpy as jnp
import numpy as np

import kerax.array_ops as tf
from kerax import linalg as tf_linalg
from kerax import math
from kerax.core import errors, nest
from kerax.core.tensor import constant_value
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.promotion import as_float
from kerax.keras.ops._axes import canonical_axis
from kerax.keras.ops._public import composed, op
from kerax.math.products import matmul


def _matrix(x: Any, square: bool = False) -> Any:
    x = to_tensor(x)
    if len(x.shape) < 2:
        raise ValueError(f"Expected input to have rank >= 2. Received input with shape {x.shape}.")
    if square and x.shape[-1] != x.shape[-2]:
        raise ValueError(f"Expected a square matrix. Received non-square input with shape {x.shape}")
    return x


@composed
def cholesky(x, upper=False):
    """The Cholesky factor of positive definite matrices.

    Args:
      x: tensor of floats ``[..., n, n]``.
      upper: bool, whether to return the upper factor.

    Returns:
      Tensor ``[..., n, n]``, lower triangular.

    Raises:
      ValueError: a matrix is not positive definite.

    >>> import kerax as tf
    >>> tf.keras.ops.cholesky([[4.0, 0.0], [0.0, 9.0]]).numpy()
    array([[2., 0.],
           [0., 3.]], dtype=float32)
    """
    x = _matrix(x, square=True)
    try:
        found = tf_linalg.cholesky(x)
    except errors.OpError as error:
        raise ValueError(f"Cholesky decomposition failed: {error}") from error
    known = constant_value(found)
    if known is not None and np.isnan(known).any():
        raise ValueError("Cholesky decomposition failed: Tensor had NaN values")
    return tf_linalg.adjoint(found) if upper else found


@composed
def cholesky_inverse(x, upper=False):
    """The inverse of matrices from their Cholesky factor.

    Args:
      x: tensor of floats ``[..., n, n]``, the factor.
      upper: bool, whether it is the upper factor.

    Returns:
      Tensor ``[..., n, n]``.

    >>> import kerax as tf
    >>> tf.keras.ops.cholesky_inverse([[2.0, 0.0], [0.0, 1.0]]).numpy()
    array([[0.25, 0.  ],
           [0.  , 1.  ]], dtype=float32)
    """
    x = _matrix(x, square=True)
    inverse = tf_linalg.triangular_solve(x, tf_linalg.eye(x.shape[-1], dtype=x.dtype), lower=not upper)
    return matmul(inverse, inverse, transpose_a=not upper, transpose_b=upper)


@composed
def det(x):
    """The determinants of matrices.

    Args:
      x: tensor of floats ``[..., n, n]``.

    Returns:
      Tensor ``[...]``.

    >>> import kerax as tf
    >>> tf.keras.ops.det([[2.0, 0.0], [0.0, 3.0]]).numpy()
    np.float32(6.0)
    """
    return tf_linalg.det(_matrix(x, square=True))


@composed
def slogdet(x):
    """The signs and the logarithms of the magnitudes of determinants.

    Args:
      x: tensor of floats ``[..., n, n]``.

    Returns:
      Pair of Tensors ``[...]``.

    >>> import kerax as tf
    >>> [float(part) for part in tf.keras.ops.slogdet([[1.0, 0.0], [0.0, -1.0]])]
    [-1.0, 0.0]
    """
    return tuple(tf_linalg.slogdet(to_tensor(x)))


@composed
def eig(x):
    """The eigenvalues and eigenvectors of square matrices.

    Args:
      x: tensor of floats ``[..., n, n]``.

    Returns:
      Pair of complex Tensors ``[..., n]`` and ``[..., n, n]``.

    >>> import kerax as tf
    >>> tf.keras.ops.eig([[2.0, 0.0], [0.0, 3.0]])[0].numpy()
    array([2.+0.j, 3.+0.j], dtype=complex64)
    """
    return tf_linalg.eig(_matrix(x, square=True))


@composed
def eigh(x):
    """The eigenvalues, in ascending order, and eigenvectors of symmetric or Hermitian matrices.

    Args:
      x: tensor of floats ``[..., n, n]``.

    Returns:
      Pair of Tensors ``[..., n]`` and ``[..., n, n]``.

    >>> import kerax as tf
    >>> tf.keras.ops.eigh([[3.0, 0.0], [0.0, 2.0]])[0].numpy()
    array([2., 3.], dtype=float32)
    """
    return tf_linalg.eigh(_matrix(x, square=True))


@composed
def inv(x):
    """The inverses of square matrices.

    Args:
      x: tensor of floats ``[..., n, n]``.

    Returns:
      Tensor ``[..., n, n]``.

    >>> import kerax as tf
    >>> tf.keras.ops.inv([[2.0, 0.0], [0.0, 4.0]]).numpy()
    array([[0.5 , 0.  ],
           [0.  , 0.25]], dtype=float32)
    """
    return tf_linalg.inv(_matrix(x, square=True))


@composed
def lu_factor(x):
    """The LU factorization of square matrices.

    Args:
      x: tensor of floats ``[..., n, n]``.

    Returns:
      Pair of Tensors: both factors in one ``[..., n, n]``, and the rows' places ``[..., n]``, int32.

    Raises:
      ValueError: the matrices are not square.

    >>> import kerax as tf
    >>> tf.keras.ops.lu_factor([[4.0, 2.0], [2.0, 3.0]])[0].numpy()
    array([[4. , 2. ],
           [0.5, 2. ]], dtype=float32)
    """
    factors, order = tf_linalg.lu(_matrix(x, square=True))
    return factors, math.invert_permutation(order)


@composed
def norm(x, ord=None, axis=None, keepdims=False):
    """Norms of vectors or matrices.

    Args:
      x: tensor of numbers; integers become floats.
      ord: None for the Euclidean (of matrices Frobenius) norm, a number, infinity, or "fro" or "nuc" of matrices.
      axis: int for vectors, pair of ints for matrices, None for all axes.
      keepdims: bool, whether those axes stay with size 1.

    Returns:
      Tensor without those axes.

    Raises:
      ValueError: no such axis or norm.

    >>> import kerax as tf
    >>> tf.keras.ops.norm([3.0, 4.0]).numpy()
    np.float32(5.0)
    """
    x = as_float(x)
    rank = len(x.shape)
    axes = tuple(range(rank)) if axis is None else (axis,) if isinstance(axis, int) else tuple(axis)
    for a in axes:
        if not -rank <= a < rank:
            raise ValueError(
                "All `axis` values must be in the range [-ndim, ndim). "
                f"Received inputs with ndim={rank}, while axis={axis}"
            )
    axes = tuple(canonical_axis(a, rank) for a in axes)
    if len(axes) not in (1, 2) and (axis is not None or ord is not None):
        raise ValueError(f"Invalid axis values. Received: axis={axes}")
    if len(axes) == 1 and isinstance(ord, str):
        raise ValueError(f"Invalid `ord` argument for vector norm. Received: ord={ord}")
    if len(axes) == 2 and ord not in (None, "fro", "nuc", 1, -1, 2, -2, float("inf"), float("-inf")):
        raise ValueError(f"Invalid `ord` argument for matrix norm. Received: ord={ord}")
    if len(axes) not in (1, 2):
        raise ValueError(f"Invalid axis values. Received: axis={axes}")
    return _norm(x, ord, axes, bool(keepdims))


@op("x")
def _norm(x: Any, ord: Any, axes: Any, keepdims: Any) -> Any:
    if ord in (None, "fro") or (ord == 2 and len(axes) == 1):
        return jnp.sqrt(jnp.sum(x * jnp.conj(x), axis=axes, keepdims=keepdims))
    if len(axes) == 1 and ord in (1, np.inf, -np.inf):  # jax.numpy's have another gradient at 0
        reduce = {1: jnp.sum, np.inf: jnp.max, -np.inf: jnp.min}[ord]
        return reduce(math.abs.pure(x), axis=axes, keepdims=keepdims)
    return jnp.linalg.norm(x, ord, axes if len(axes) == 2 else axes[0], keepdims).astype(x.dtype)


@composed
def qr(x, mode="reduced"):
    """The QR factorization.

    Args:
      x: tensor of floats ``[..., m, n]``.
      mode: "reduced", or "complete" for a square first factor.

    Returns:
      Pair of Tensors: orthonormal columns, and an upper triangle.

    Raises:
      ValueError: no such mode.

    >>> import kerax as tf
    >>> tf.keras.ops.qr([[1.0], [0.0]])[0].shape
    TensorShape([2, 1])
    """
    x = _matrix(x)
    if mode not in ("reduced", "complete"):
        raise ValueError(
            f"`mode` argument value not supported. Expected one of {{'reduced', 'complete'}}. Received: mode={mode}"
        )
    return tf_linalg.qr(x, full_matrices=mode == "complete")


def _equations(a: Any, b: Any) -> tuple[Any, Any, bool]:
    """The two sides of equations, and whether the right one holds vectors."""
    a, b = _matrix(a, square=True), to_tensor(b)
    if len(b.shape) < 1:
        raise ValueError(f"Expected input to have rank >= 1. Received scalar input {b}.")
    vector = len(b.shape) == len(a.shape) - 1
    if len(a.shape) == len(b.shape) and a.shape[-2] != b.shape[-2]:
        raise ValueError(
            "Incompatible shapes between `a` and `b`. Expected `a.shape[-2] == b.shape[-2]`. "
            f"Received: a.shape={a.shape}, b.shape={b.shape}"
        )
    if vector and a.shape[-1] != b.shape[-1]:
        raise ValueError(
            "Incompatible shapes between `a` and `b`. Expected `a.shape[-1] == b.shape[-1]`. "
            f"Received: a.shape={a.shape}, b.shape={b.shape}"
        )
    return a, tf.expand_dims(b, -1) if vector else b, vector


@composed
def solve(a, b):
    """The solution ``x`` of ``a x = b``.

    Args:
      a: tensor of floats ``[..., n, n]``.
      b: tensor ``[..., n]`` or ``[..., n, columns]``.

    Returns:
      Tensor of the shape of ``b``.

    Raises:
      ValueError: shapes that do not fit.

    >>> import kerax as tf
    >>> tf.keras.ops.solve([[2.0, 0.0], [0.0, 4.0]], [2.0, 4.0]).numpy()
    array([1., 1.], dtype=float32)
    """
    a, b, vector = _equations(a, b)
    found = tf_linalg.solve(a, b)
    return tf.squeeze(found, [-1]) if vector else found


@composed
def solve_triangular(a, b, lower=False):
    """The solution ``x`` of ``a x = b`` where ``a`` is a triangle.

    Args:
      a: tensor of floats ``[..., n, n]``.
      b: tensor ``[..., n]`` or ``[..., n, columns]``.
      lower: bool, whether the lower triangle is taken.

    Returns:
      Tensor of the shape of ``b``.

    Raises:
      ValueError: shapes that do not fit.

    >>> import kerax as tf
    >>> tf.keras.ops.solve_triangular([[2.0, 0.0], [0.0, 4.0]], [2.0, 4.0]).numpy()
    array([1., 1.], dtype=float32)
    """
    a, b, vector = _equations(a, b)
    found = tf_linalg.triangular_solve(a, b, lower=lower)
    return tf.squeeze(found, [-1]) if vector else found


@composed
def svd(x, full_matrices=True, compute_uv=True):
    """The singular value decomposition ``u @ diag(s) @ v``.

    Args:
      x: tensor of floats ``[..., m, n]``.
      full_matrices: bool, whether ``u`` and ``v`` are square.
      compute_uv: bool, whether to return them.

    Returns:
      Tensors ``(u, s, v)``, or only ``s`` ``[..., min(m, n)]`` in descending order.

    >>> import kerax as tf
    >>> tf.keras.ops.svd([[3.0, 0.0], [0.0, 4.0]], compute_uv=False).numpy()
    array([4., 3.], dtype=float32)
    """
    x = _matrix(x)
    if compute_uv is False:
        return tf_linalg.svd(x, full_matrices=full_matrices, compute_uv=False)
    s, u, v = tf_linalg.svd(x, full_matrices=full_matrices, compute_uv=compute_uv)
    return u, s, tf_linalg.adjoint(v)


@op("a, b")
def _lstsq(a: Any, b: Any, rcond: Any) -> Any:
    eps = float(jnp.finfo(a.dtype).eps)
    limit = eps * max(a.shape) if rcond is None else eps if rcond < 0 else rcond
    u, s, v = jnp.linalg.svd(a, full_matrices=False)
    kept = s >= jnp.asarray(limit, s.dtype) * s[0]
    inverse = jnp.where(kept, 1 / jnp.where(kept, s, 1), 0).astype(a.dtype)[:, None]
    return jnp.conj(v.T) @ (inverse * (jnp.conj(u.T) @ b))


@composed
def lstsq(a, b, rcond=None):
    """The least squares solution of ``a x = b``, of smallest norm.

    Args:
      a: tensor of floats ``[m, n]``.
      b: tensor ``[m]`` or ``[m, columns]``.
      rcond: float, singular values below this share of the greatest count as 0.

    Returns:
      Tensor ``[n]`` or ``[n, columns]``.

    Raises:
      ValueError: unequal numbers of rows.
      TypeError: other ranks.

    >>> import kerax as tf
    >>> tf.keras.ops.lstsq([[1.0], [1.0]], [1.0, 3.0]).numpy().round(3)
    array([2.], dtype=float32)
    """
    a, b = to_tensor(a), to_tensor(b)
    if a.shape[0] != b.shape[0]:
        raise ValueError("Leading dimensions of input arrays must match")
    vector = len(b.shape) == 1
    b = tf.expand_dims(b, -1) if vector else b
    if len(a.shape) != 2:
        raise TypeError(f"{len(a.shape)}-dimensional array given. Array must be two-dimensional")
    if len(b.shape) != 2:
        raise TypeError(f"{len(b.shape)}-dimensional array given. Array must be one or two-dimensional")
    found = _lstsq(a, b, None if rcond is None else float(rcond))
    return tf.reshape(found, [-1]) if vector else found


@composed
def matrix_rank(x, tol=None):
    """The number of singular values above a limit.

    Args:
      x: tensor of floats ``[..., m, n]``.
      tol: float, the limit; by default relative to the greatest singular value.

    Returns:
      int32 Tensor ``[...]``.

    >>> import kerax as tf
    >>> tf.keras.ops.matrix_rank([[1.0, 2.0], [2.0, 4.0]]).numpy()
    np.int32(1)
    """
    return tf_linalg.matrix_rank(_matrix(x), tol=tol)


@composed
def pinv(x, rcond=None):
    """The pseudo-inverse.

    Args:
      x: tensor of floats ``[..., m, n]``.
      rcond: float, singular values below this share of the greatest count as 0.

    Returns:
      Tensor ``[..., n, m]``.

    >>> import kerax as tf
    >>> tf.keras.ops.pinv([[2.0], [0.0]]).numpy()
    array([[0.5, 0. ]], dtype=float32)
    """
    return tf_linalg.pinv(_matrix(x), rcond=rcond)


def jvp(fun: Callable[..., Any], primals: Any, tangents: Any, has_aux: bool = False) -> Any:
    """The value of a function and its derivative in a direction.

    Args:
      fun: function of tensors.
      primals: list or tuple of tensors, where to differentiate.
      tangents: list or tuple of tensors of the same shapes, the direction.
      has_aux: bool, whether ``fun`` returns a pair of its value and something else.

    Returns:
      ``(value, derivative)``, and what else ``fun`` returns.

    >>> import kerax as tf
    >>> value, slope = tf.keras.ops.jvp(lambda x: x * x, (tf.constant(3.0),), (tf.constant(1.0),))
    >>> value.numpy(), slope.numpy()
    (np.float32(9.0), np.float32(6.0))
    """
    from kerax.autodiff import ForwardAccumulator

    primals = nest.map_structure(to_tensor, primals)
    flat = nest.flatten(primals)
    directions = [to_tensor(t, p.dtype.name) for t, p in zip(nest.flatten(tangents), flat, strict=True)]
    with ForwardAccumulator(flat, directions) as accumulator:
        found = fun(*primals)
        value, extra = found if has_aux else (found, None)
        slopes = [accumulator.jvp(leaf) for leaf in nest.flatten(value)]
    derivative = nest.pack_sequence_as(value, slopes)
    return (value, derivative, extra) if has_aux else (value, derivative)
