"""``tf.linalg.experimental``."""

from __future__ import annotations

from collections import namedtuple
from typing import Any

import jax.numpy as jnp

from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.math._values import concrete

CGState = namedtuple("CGState", ["i", "x", "r", "p", "gamma"])


@op("a, b")
def _inner(a, b, name=None):
    return jnp.sum(jnp.conj(a) * b, axis=-1, keepdims=True)


@op("scale, x, y")
def _step(scale, x, y, name=None):
    return x + scale * y


@op("gamma, curvature")
def _ratio(gamma, curvature, name=None):
    safe = jnp.where(curvature == 0, 1, curvature)
    return jnp.where(curvature == 0, 0, gamma / safe)


@op("r, tol")
def _unfinished(r, tol, name=None):
    size = jnp.sqrt(jnp.sum(jnp.real(r * jnp.conj(r)), axis=-1))
    return jnp.any(size > jnp.real(tol))


def conjugate_gradient(
    operator: Any,
    rhs: Any,
    preconditioner: Any = None,
    x: Any = None,
    tol: Any = 1e-5,
    max_iter: int = 20,
    name: str = "conjugate_gradient",
) -> Any:
    """Solves ``A x = rhs`` for a self-adjoint, positive definite operator by conjugate gradients.

    Args:
      operator: LinearOperator, self-adjoint and positive definite.
      rhs: tensor ``[..., n]``.
      preconditioner: LinearOperator that resembles the inverse of ``operator``, or None.
      x: tensor ``[..., n]``, where to begin; zeros by default.
      tol: float, stop when the residual's norm is below this times that of ``rhs``.
      max_iter: int, the most iterations.
      name: str, optional.

    Returns:
      ``CGState(i, x, r, p, gamma)``: iterations, solution, residual, direction, ``rᴴ r``.

    Raises:
      ValueError: if the operator is not known to be self-adjoint and positive definite.

    >>> import kerax as tf
    >>> two = tf.linalg.LinearOperatorDiag([2.0, 4.0], is_positive_definite=True)
    >>> tf.linalg.experimental.conjugate_gradient(two, tf.constant([2.0, 2.0])).x.numpy().round(3)
    array([1. , 0.5], dtype=float32)
    """
    if not (operator.is_self_adjoint and operator.is_positive_definite):
        raise ValueError("Expected a self-adjoint, positive definite operator.")
    rhs = convert_to_tensor(rhs, dtype=None if hasattr(rhs, "dtype") else operator.dtype)
    limit = convert_to_tensor(tol, dtype=rhs.dtype) * (_inner(rhs, rhs) ** 0.5)[..., 0]
    if x is None:
        x, residual = rhs * 0, rhs
    else:
        x = convert_to_tensor(x)
        residual = rhs - operator.matvec(x)
    direction = residual if preconditioner is None else preconditioner.matvec(residual)
    gamma = _inner(residual, direction)
    count = 0
    while count < max_iter:
        go_on = concrete(_unfinished(residual, limit))
        if go_on is not None and not go_on:
            break
        mapped = operator.matvec(direction)
        alpha = _ratio(gamma, _inner(direction, mapped))
        x = _step(alpha, x, direction)
        residual = _step(alpha * -1, residual, mapped)
        conditioned = residual if preconditioner is None else preconditioner.matvec(residual)
        before, gamma = gamma, _inner(residual, conditioned)
        direction = _step(_ratio(gamma, before), conditioned, direction)
        count += 1
    return CGState(convert_to_tensor(count), x, residual, direction, gamma[..., 0])
