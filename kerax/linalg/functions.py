"""Functions of matrices: exponential, logarithm, square root."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jax.scipy import linalg as jax_linalg

from kerax.core.op import op
from kerax.linalg.shapes import require_square, swapped


def _each(function, matrices):
    """Applies a function of one matrix to a batch."""
    if matrices.ndim == 2:
        return function(matrices)
    flat = matrices.reshape((-1, *matrices.shape[-2:]))
    return jax.vmap(function)(flat).reshape(matrices.shape)


@op("input: float complex")
def expm(input, name=None):
    """The matrix exponential ``Σ Aⁿ / n!``.

    Args:
      input: tensor ``[..., n, n]``, floating point or complex.
      name: str, optional.

    Returns:
      Tensor ``[..., n, n]``.

    >>> import kerax as tf
    >>> tf.linalg.expm([[0.0, 0.0], [0.0, 0.0]]).numpy()
    array([[1., 0.],
           [0., 1.]], dtype=float32)
    """
    require_square(input)
    return input if input.size == 0 else _each(jax_linalg.expm, input)


@op("input: complex", host=True)
def logm(input, name=None):
    """The principal matrix logarithm, the inverse of ``tf.linalg.expm``.

    Args:
      input: complex tensor ``[..., n, n]``.
      name: str, optional.

    Returns:
      Tensor ``[..., n, n]``. It has no gradient, as in TensorFlow, and is not compiled.

    >>> import kerax as tf
    >>> abs(tf.linalg.logm(tf.constant([[1.0 + 0j]])).numpy())
    array([[0.]])
    """
    from scipy import linalg as scipy_linalg

    require_square(input)
    flat = input.reshape((-1, *input.shape[-2:]))
    logs = [np.asarray(scipy_linalg.logm(matrix)) for matrix in flat]
    return np.array(logs, input.dtype).reshape(input.shape)


def _root_of(matrix):
    """Denman and Beavers' iteration, with scaling by the determinant until it is near its end."""
    kind = jnp.complex128 if jnp.iscomplexobj(matrix) else jnp.float64
    start = matrix.astype(kind)
    size = matrix.shape[-1]
    identity = jnp.eye(size, dtype=kind)

    def proceed(state):
        step, _, _, change = state
        return (step < 100) & (change > 1e-15)

    def improve(state):
        step, root, inverse_root, change = state
        log = jnp.linalg.slogdet(root)[1] + jnp.linalg.slogdet(inverse_root)[1]
        scale = jnp.where(change > 1e-2, jnp.exp(-jnp.real(log) / (2 * size)), 1.0).astype(kind)
        root, inverse_root = root * scale, inverse_root * scale
        new_root = (root + jnp.linalg.inv(inverse_root)) / 2
        new_inverse = (inverse_root + jnp.linalg.inv(root)) / 2
        difference = jnp.max(jnp.abs(new_root - root)) / jnp.max(jnp.abs(new_root))
        return step + 1, new_root, new_inverse, jnp.where(jnp.isnan(difference), 0.0, difference)

    _, root, _, _ = lax.while_loop(proceed, improve, (0, start, identity, jnp.asarray(1.0)))
    return root.astype(matrix.dtype)


_root = jax.custom_jvp(_root_of)


@_root.defjvp
def _root_jvp(primals, tangents):
    """Solves ``S dS + dS S = dA``."""
    (matrix,), (tangent,) = primals, tangents
    root = _root(matrix)
    size = root.shape[-1]
    identity = jnp.eye(size, dtype=root.dtype)
    system = jnp.kron(root, identity) + jnp.kron(identity, swapped(root))
    return root, jnp.linalg.solve(system, tangent.reshape(-1)).reshape(size, size)


@op("input: float complex")
def sqrtm(input, name=None):
    """The principal square root of matrices: ``S S = A``.

    Args:
      input: tensor ``[..., n, n]``, floating point or complex, without eigenvalues on the negative real axis.
      name: str, optional.

    Returns:
      Tensor ``[..., n, n]``.

    >>> import kerax as tf
    >>> tf.linalg.sqrtm([[4.0, 0.0], [0.0, 9.0]]).numpy()
    array([[2., 0.],
           [0., 3.]], dtype=float32)
    """
    require_square(input)
    return input if input.size == 0 else _each(_root, input)
