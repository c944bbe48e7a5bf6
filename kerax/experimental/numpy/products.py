"""Products of arrays: ``dot``, ``matmul``, ``einsum`` and their like."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core import dtypes
from kerax.core.op import op
from kerax.experimental.numpy._support import array_function, as_array, axes_of, promoted
from kerax.math.casting import cast


@op("a, b", name="product")
def _product(a, b, kind, arguments):
    return getattr(jnp, kind)(a, b, *arguments)


def _of_numbers(a: Any, b: Any) -> list[Any]:
    """Promoted; booleans as they are, which jax multiplies with ``and``."""
    return promoted(a, b)


@array_function
def matmul(x1: Any, x2: Any) -> Any:
    """The matrix product, over leading dimensions that broadcast."""
    x1, x2 = _of_numbers(x1, x2)
    if not (x1.shape.rank and x2.shape.rank):
        raise ValueError("matmul: Input operand does not have enough dimensions; use multiply for scalars.")
    if x1.shape[-1] != x2.shape[-2 if x2.shape.rank > 1 else 0]:
        raise ValueError(f"Matrix size-incompatible: {x1.shape} and {x2.shape}")
    return _product(x1, x2, "matmul", ())


@array_function
def dot(a: Any, b: Any) -> Any:
    """The sum of products over the last dimension of ``a`` and the last but one of ``b``."""
    return _product(*_of_numbers(a, b), "dot", ())


@array_function
def vdot(a: Any, b: Any) -> Any:
    """The sum of products of all elements, those of ``a`` conjugated."""
    return _product(*_of_numbers(a, b), "vdot", ())


@array_function
def inner(a: Any, b: Any) -> Any:
    """The sum of products over the last dimensions."""
    return _product(*_of_numbers(a, b), "inner", ())


@array_function
def outer(a: Any, b: Any) -> Any:
    """The products of all pairs of elements: a matrix."""
    return _product(*_of_numbers(a, b), "outer", ())


@array_function
def kron(a: Any, b: Any) -> Any:
    """The Kronecker product."""
    a, b = _of_numbers(a, b)
    if a.dtype.is_bool:
        return cast(_product(cast(a, dtypes.int8), cast(b, dtypes.int8), "kron", ()), dtypes.bool)
    return _product(a, b, "kron", ())


@array_function
def tensordot(a: Any, b: Any, axes: Any = 2) -> Any:
    """The sum of products over dimensions: a number of them, or two lists."""
    pairs = axes if isinstance(axes, int) else tuple(axes_of(part) for part in axes)
    return _product(*_of_numbers(a, b), "tensordot", (pairs,))


@array_function
def cross(a: Any, b: Any, axisa: int = -1, axisb: int = -1, axisc: int = -1, axis: int | None = None) -> Any:
    """The cross product of vectors of 2 or 3 elements."""
    return _product(*_of_numbers(a, b), "cross", (int(axisa), int(axisb), int(axisc), axis))


@array_function
def polyval(p: Any, x: Any) -> Any:
    """The value of a polynomial with coefficients ``p``, the highest power first."""
    p, x = promoted(p, x)
    if p.shape.rank == 0:
        p = cast(as_array([p]), p.dtype)
    return _polyval(p, x)


@op("p, x", name="polyval")
def _polyval(p, x):
    return jnp.polyval(p, x)


def einsum(subscripts: str, *operands: Any, **kwargs: Any) -> Any:
    """Einstein's summation.

    Args:
      subscripts: str, such as ``"ij,jk->ik"``.
      *operands: arrays.
      **kwargs: ``casting="safe"`` and ``optimize``, NumPy's options; the order of contraction is chosen here.
    """
    subscripts = subscripts.replace(" ", "")
    casting = kwargs.pop("casting", "safe")
    kwargs.pop("optimize", None)
    if kwargs:
        raise ValueError(f"Unsupported arguments of einsum: {sorted(kwargs)}")
    if casting != "safe":
        raise ValueError("einsum supports casting='safe' only")
    return _einsum_of(promoted(*operands), subscripts)


@array_function
def _einsum_of(operands: Any, subscripts: str) -> Any:
    if operands[0].dtype is dtypes.bool:
        return cast(_einsum([cast(operand, dtypes.int32) for operand in operands], subscripts), dtypes.bool)
    return _einsum(operands, subscripts)


@op("operands*", name="einsum")
def _einsum(operands, subscripts):
    return jnp.einsum(subscripts, *operands)
