"""Products of operators, operators as arguments of ``tf.linalg`` functions, and their parts as tensors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kerax.core.op import COMPOSITE_HANDLERS
from kerax.core.tensor import Tensor, convert_to_tensor
from kerax.core.variable import Variable
from kerax.linalg import decompositions, products, shapes, solving
from kerax.linalg.operators.base import LinearOperator
from kerax.linalg.operators.basic import (
    LinearOperatorDiag,
    LinearOperatorIdentity,
    LinearOperatorLowerTriangular,
    LinearOperatorScaledIdentity,
    LinearOperatorZeros,
)
from kerax.linalg.operators.composite import LinearOperatorComposition
from kerax.linalg.operators.structured import Circulant
from kerax.math import products as dense_products
from kerax.math.arithmetic import multiply


def product(left: LinearOperator, right: LinearOperator) -> LinearOperator:
    """The operator that applies ``right``, then ``left``; diagonal and identity operators are merged.

    Raises:
      ValueError: if the dimensions do not fit.
    """
    if left.shape[-1] != right.shape[-2]:
        raise ValueError(
            f"Operators are incompatible. Expected `x` to have dimension {left.shape[-1]} but got {right.shape[-2]}."
        )
    if isinstance(left, LinearOperatorIdentity):
        return right
    if isinstance(right, LinearOperatorIdentity):
        return left
    if isinstance(right, LinearOperatorZeros) and left.is_square:
        return right
    if isinstance(left, LinearOperatorZeros) and right.is_square:
        return left
    merged = {
        "is_non_singular": _both(left, right, "is_non_singular"),
        "is_self_adjoint": True if left.is_self_adjoint and right.is_self_adjoint else None,
        "is_positive_definite": _both(left, right, "is_positive_definite"),
    }
    if isinstance(left, LinearOperatorScaledIdentity) and isinstance(right, LinearOperatorScaledIdentity):
        return LinearOperatorScaledIdentity(int(left.shape[-1]), multiply(left.multiplier, right.multiplier), **merged)
    scales = (LinearOperatorDiag, LinearOperatorScaledIdentity)
    if isinstance(left, scales) and isinstance(right, scales):
        factors = (o.diag if isinstance(o, LinearOperatorDiag) else o.multiplier[..., None] for o in (left, right))
        return LinearOperatorDiag(multiply(*factors), is_square=True, **merged)
    if isinstance(left, LinearOperatorLowerTriangular) and isinstance(right, LinearOperatorDiag):
        return _triangle(multiply(left.to_dense(), right.diag[..., None, :]), merged)
    if isinstance(left, LinearOperatorDiag) and isinstance(right, LinearOperatorLowerTriangular):
        return _triangle(multiply(left.diag[..., None], right.to_dense()), merged)
    if isinstance(left, Circulant) and type(left) is type(right):
        return type(left)(multiply(left._complex_spectrum(), right._complex_spectrum()), **merged)
    square = True if left.is_square and right.is_square else None
    return LinearOperatorComposition(
        [left, right], is_non_singular=_both(left, right, "is_non_singular"), is_square=square
    )


def _triangle(entries: Any, known: dict[str, bool | None]) -> LinearOperator:
    return LinearOperatorLowerTriangular(entries, is_square=True, **{**known, "is_positive_definite": None})


def _both(left: LinearOperator, right: LinearOperator, hint: str) -> bool | None:
    return True if getattr(left, hint) and getattr(right, hint) else None


# --- tf.linalg functions of operators -----------------------------------------------------------------------
def _matmul(a: Any, b: Any, transpose_a: bool, transpose_b: bool, adjoint_a: bool, adjoint_b: bool) -> Any:
    if transpose_a or transpose_b:
        raise ValueError("Transposing not supported at this time.")
    if isinstance(a, LinearOperator):
        return a.matmul(b, adjoint=adjoint_a, adjoint_arg=adjoint_b)
    adjoint = b.matmul(a, adjoint=not adjoint_b, adjoint_arg=not adjoint_a)
    return shapes.adjoint(adjoint)


def _matvec(a: LinearOperator, b: Any, transpose_a: bool, adjoint_a: bool) -> Any:
    return a.matvec(b, adjoint=adjoint_a)


def _inverse(operator: LinearOperator, adjoint: bool = False) -> LinearOperator:
    found = operator.inverse()
    return found.adjoint() if adjoint else found


_FUNCTIONS: dict[Callable[..., Any], Callable[..., Any]] = {
    dense_products.matmul_alike: _matmul,
    products._matvec: _matvec,
    shapes.adjoint: lambda matrix, name=None: matrix.adjoint(),
    shapes._diag_part: lambda operator, padding_value=0, k=0, align="": operator.diag_part(),
    shapes.trace: lambda x, name=None: x.trace(),
    solving._inv: _inverse,
    solving.det: lambda input, name=None: input.determinant(),
    solving.logdet: lambda matrix, name=None: matrix.log_abs_determinant(),
    solving._solve: lambda matrix, rhs, adjoint=False: matrix.solve(rhs, adjoint=adjoint),
    decompositions.cholesky: lambda input, name=None: input.cholesky(),
    decompositions._eigvalsh: lambda tensor: tensor.eigvals(),
}


def _handle(fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if not any(isinstance(value, LinearOperator) for value in (*args, *kwargs.values())):
        return NotImplemented
    found = _FUNCTIONS.get(fn)
    return NotImplemented if found is None else found(*args, **kwargs)


COMPOSITE_HANDLERS.append(_handle)


# --- the tensors in an operator -----------------------------------------------------------------------------
def components(value: Any) -> list[Any]:
    """The tensors and variables among a constructor's arguments, in order."""
    if isinstance(value, LinearOperator):
        return components(value._given)
    if isinstance(value, dict):
        return [part for key in sorted(value) for part in components(value[key])]
    if isinstance(value, (list, tuple)):
        return [part for item in value for part in components(item)]
    if isinstance(value, (Tensor, Variable)):
        return [value]
    return [convert_to_tensor(value)] if hasattr(value, "_kerax_tensor") else []


def rebuilt(value: Any, parts: list[Any]) -> Any:
    """The same arguments with other tensors, which are taken from the front of ``parts``."""
    if isinstance(value, LinearOperator):
        return type(value)(**rebuilt(value._given, parts))
    if isinstance(value, dict):
        found = {key: rebuilt(value[key], parts) for key in sorted(value)}
        return {key: found[key] for key in value}
    if isinstance(value, (list, tuple)):
        return [rebuilt(item, parts) for item in value]
    if isinstance(value, Tensor) or hasattr(value, "_kerax_tensor"):
        return parts.pop(0)
    return value
