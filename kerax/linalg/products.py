"""Products: matrix by vector, cross, tensor and Einstein sums."""

from __future__ import annotations

import re
from typing import Any

import jax.numpy as jnp

from kerax.core import errors
from kerax.core.op import composed, op
from kerax.math._values import alone
from kerax.math.products import check_inner, oriented
from kerax.math.products import matmul as matmul


@op("a, b: number")
def _matvec(a, b, transpose_a, adjoint_a, name=None):
    matrix = oriented(a, transpose_a, adjoint_a, "a")
    vector = b[..., None]
    if matrix.ndim < 2 or b.ndim < 1:
        shapes = f"In[0]: {list(a.shape)}, In[1]: {list(vector.shape)}"
        raise errors.InvalidArgumentError(None, None, f"Matrix size-incompatible: {shapes}")
    check_inner(matrix, vector, (a, vector))
    return jnp.matmul(matrix, vector)[..., 0]


def matvec(
    a: Any,
    b: Any,
    transpose_a: bool = False,
    adjoint_a: bool = False,
    a_is_sparse: bool = False,
    b_is_sparse: bool = False,
    name: str | None = None,
) -> Any:
    """The product of matrices and vectors; leading axes broadcast.

    Args:
      a: tensor of numbers ``[..., m, n]``.
      b: tensor of the same dtype ``[..., n]``.
      transpose_a: bool, whether to transpose ``a``.
      adjoint_a: bool, whether to conjugate and transpose ``a``.
      a_is_sparse, b_is_sparse: bool, hints that many elements are 0; the result is the same.
      name: str, optional.

    Returns:
      Tensor ``[..., m]``.

    >>> import kerax as tf
    >>> tf.linalg.matvec([[1, 2], [3, 4]], [1, 1]).numpy()
    array([3, 7], dtype=int32)
    """
    return _matvec(alone(a), b, transpose_a, adjoint_a)


@op("a, b: float int")
def cross(a, b, name=None):
    """The cross product of vectors of three elements.

    Args:
      a: tensor of real numbers ``[..., 3]``.
      b: tensor of the same dtype and shape.
      name: str, optional.

    Returns:
      Tensor ``[..., 3]``.

    Raises:
      FailedPreconditionError: if the last axis is not of size 3.

    >>> import kerax as tf
    >>> tf.linalg.cross([1, 0, 0], [0, 1, 0]).numpy()
    array([0, 0, 1], dtype=int32)
    """
    if a.shape != b.shape:
        raise errors.InvalidArgumentError(None, None, "Both inputs must be of same shape")
    if a.ndim == 0 or a.shape[-1] != 3:
        raise errors.FailedPreconditionError(None, None, "Cross-products are only defined for 3-element vectors.")
    return jnp.cross(a, b)


@op("a, b: number")
def _tensordot(a, b, axes, name=None):
    if isinstance(axes, int):
        if axes < 0:
            raise ValueError(f"`axes` must be at least 0. Received: {axes}.")
        if axes > a.ndim or axes > b.ndim:
            raise ValueError(
                f"`axes` must not be larger than the number of dimensions. Received {axes}, vs tensor "
                f"dimensions {a.ndim} and {b.ndim}."
            )
        pair: Any = (tuple(range(a.ndim - axes, a.ndim)), tuple(range(axes)))
    else:
        if len(axes) != 2:
            raise ValueError(f"`axes` must be an integer or have length 2. Received {axes}.")
        pair = tuple((item,) if isinstance(item, int) else tuple(item) for item in axes)
        if len(pair[0]) != len(pair[1]):
            raise ValueError(f"Different number of contraction axes `a` and `b`, {len(pair[0])} != {len(pair[1])}.")
    if a.ndim == b.ndim == 2 and pair == ((1,), (0,)):
        check_inner(a, b, (a, b))
    return jnp.tensordot(a, b, pair)


@composed
def tensordot(a: Any, b: Any, axes: Any, name: str | None = None) -> Any:
    """Sums products over axes of two tensors.

    Args:
      a: tensor of numbers.
      b: tensor of the same dtype.
      axes: int n, for the last n axes of ``a`` and the first n of ``b``; or a pair of (lists of) axes.
      name: str, optional.

    Returns:
      Tensor of the other axes of ``a``, then those of ``b``.

    Raises:
      ValueError: if there are no such axes.

    >>> import kerax as tf
    >>> tf.tensordot([[1, 2], [3, 4]], [1, 1], 1).numpy()
    array([3, 7], dtype=int32)
    """
    return _tensordot(alone(a), alone(b), axes)


def _checked_equation(equation: str, count: int) -> str:
    equation = equation.replace(" ", "")
    found = re.fullmatch(r"([a-zA-Z.,]*)(->([a-zA-Z.]*))?", equation)
    if found is None:
        raise ValueError(f"Indices have incorrect format. Received: {equation}.")
    terms = found.group(1).split(",")
    if len(terms) != count:
        raise ValueError(f'Got {count} inputs for equation "{equation}", expecting {len(terms)}')
    if found.group(2):
        for label in found.group(3).replace(".", ""):
            if label not in found.group(1):
                raise ValueError(f"Output subscripts contain the label {label} not present in the input subscripts.")
            if found.group(3).count(label) > 1:
                raise ValueError(f"Output subscripts contain the label {label} more than once.")
    return equation


@op("inputs*: number")
def _einsum(inputs, equation, name=None):
    return jnp.einsum(equation, *inputs).astype(inputs[0].dtype)


def einsum(equation: str, *inputs: Any, **kwargs: Any) -> Any:
    """Sums of products by Einstein's convention.

    Labels that the output does not name are summed over; ``...`` stands for axes that broadcast.

    Args:
      equation: str such as ``"ij,jk->ik"``.
      *inputs: tensors of numbers of one dtype.
      **kwargs: ``name``, ``optimize`` (the order of products: greedy, optimal …; XLA chooses its own).

    Returns:
      Tensor with the axes of the output.

    Raises:
      ValueError: if the equation is wrong or does not fit the number of inputs.
      InvalidArgumentError: if it does not fit the shapes.

    >>> import kerax as tf
    >>> tf.einsum("ij,j->i", tf.constant([[1, 2], [3, 4]]), tf.constant([1, 1])).numpy()
    array([3, 7], dtype=int32)
    """
    kwargs.pop("name", None)
    kwargs.pop("greedy", None)
    optimize = kwargs.pop("optimize", "greedy")
    if kwargs:
        raise TypeError(
            f"Invalid keyword arguments for einsum: {', '.join(kwargs)}. Valid arguments: name, optimize, greedy."
        )
    if optimize not in ("greedy", "optimal", "branch-2", "branch-all", "auto", "auto-hq", True, False):
        raise ValueError(f"Invalid value for optimize: {optimize!r}.")
    if not inputs:
        raise ValueError("At least one input is needed.")
    return _einsum(list(inputs), _checked_equation(equation, len(inputs)))
