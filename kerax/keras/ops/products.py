"""Products of vectors, matrices and tensors."""

from __future__ import annotations

import string
from typing import Any

import jax.numpy as jnp

import kerax.array_ops as tf
from kerax import math
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.promotion import dtype_name, promoted, result_type
from kerax.keras.ops._axes import as_list
from kerax.keras.ops._public import composed, op
from kerax.keras.ops.reductions import widened
from kerax.keras.ops.shaping import moveaxis
from kerax.math.products import check_inner


def _computed(function: Any, x1: Any, x2: Any) -> Any:
    """A product computed in floats, its result in the operands' common dtype."""
    x1, x2 = promoted(x1, x2, weak=False)
    name = dtype_name(x1)
    compute = result_type(name, float)
    return to_tensor(function(to_tensor(x1, compute), to_tensor(x2, compute)), name)


@op("x1, x2")
def _matmul(x1: Any, x2: Any) -> Any:
    if x1.ndim > 1 and x2.ndim > 1:
        check_inner(x1, x2, (x1, x2))
    return jnp.matmul(x1, x2)


@op("x1, x2")
def _int8_matmul(x1: Any, x2: Any) -> Any:
    return jnp.matmul(x1, x2, preferred_element_type=jnp.int32)


@composed
def matmul(x1, x2):
    """The matrix product of the last two axes; the axes before broadcast.

    Args:
      x1: tensor of rank 1 at least.
      x2: tensor of rank 1 at least; dtypes are promoted.

    Returns:
      Tensor; of two int8 matrices it is int32.

    >>> import kerax as tf
    >>> tf.keras.ops.matmul([[1, 2]], [[3], [4]]).numpy()
    array([[11]], dtype=int32)
    """
    x1, x2 = to_tensor(x1), to_tensor(x2)
    if x1.dtype.name == x2.dtype.name == "int8" and len(x1.shape) > 1 and len(x2.shape) > 1:
        return _int8_matmul(x1, x2)
    return _computed(_matmul, x1, x2)


@op("x1, x2")
def _dot(x1: Any, x2: Any) -> Any:
    if x1.ndim == x2.ndim == 2:
        check_inner(x1, x2, (x1, x2))
    return jnp.dot(x1, x2)


@composed
def dot(x1, x2):
    """The product of the last axis of one tensor with the last but one of the other.

    Args:
      x1: tensor; scalars multiply.
      x2: tensor, of which a vector's only axis is taken.

    Returns:
      Tensor of the promoted dtype.

    >>> import kerax as tf
    >>> tf.keras.ops.dot([1, 2], [3, 4]).numpy()
    np.int32(11)
    """
    return _computed(_dot, x1, x2)


@op("x1, x2")
def _inner(x1: Any, x2: Any) -> Any:
    return jnp.inner(x1, x2)


@composed
def inner(x1, x2):
    """The product of the last axes of two tensors.

    Args:
      x1: tensor; scalars multiply.
      x2: tensor with a last axis of the same size.

    Returns:
      Tensor of the promoted dtype.

    >>> import kerax as tf
    >>> tf.keras.ops.inner([[1, 2]], [3, 4]).numpy()
    array([11], dtype=int32)
    """
    return _computed(_inner, x1, x2)


@composed
def vdot(x1, x2):
    """The product of two tensors read as vectors.

    Args:
      x1: tensor.
      x2: tensor of as many elements.

    Returns:
      Tensor, a scalar of the promoted dtype.

    >>> import kerax as tf
    >>> tf.keras.ops.vdot([[1, 2]], [[3], [4]]).numpy()
    np.int32(11)
    """
    return _computed(_dot, tf.reshape(to_tensor(x1), [-1]), tf.reshape(to_tensor(x2), [-1]))


@composed
def outer(x1, x2):
    """The products of all pairs of elements.

    Args:
      x1: tensor, read as a vector.
      x2: tensor, read as a vector.

    Returns:
      Tensor ``[size of x1, size of x2]``.

    >>> import kerax as tf
    >>> tf.keras.ops.outer([1, 2], [3, 4]).numpy()
    array([[3, 4],
           [6, 8]], dtype=int32)
    """
    x1, x2 = promoted(x1, x2, weak=False)
    return math.multiply(tf.reshape(x1, [-1, 1]), tf.reshape(x2, [-1]))


@op("x1, x2")
def _tensordot(x1: Any, x2: Any, axes: Any) -> Any:
    return jnp.tensordot(x1, x2, axes=axes)


@composed
def tensordot(x1, x2, axes=2):
    """The product of two tensors over several axes.

    Args:
      x1: tensor.
      x2: tensor.
      axes: int, how many last axes of ``x1`` meet the first of ``x2``; or a pair of lists of axes.

    Returns:
      Tensor of the axes that are left, of the promoted dtype.

    >>> import kerax as tf
    >>> tf.keras.ops.tensordot([[1, 2]], [[3], [4]], axes=1).numpy()
    array([[11]], dtype=int32)
    """
    x1, x2 = promoted(x1, x2, weak=False)
    name = dtype_name(x1)
    if name not in ("int32", "int64", "float16", "float32", "float64", "bfloat16", "complex64", "complex128"):
        compute = result_type(name, float)
        x1, x2 = to_tensor(x1, compute), to_tensor(x2, compute)
    if not isinstance(axes, int):
        axes = [as_list(side) for side in axes]
    elif axes > len(x1.shape):
        raise ValueError(
            f"`axes` must not be larger than the number of dimensions of tensor {x1}. Received {axes}, vs tensor "
            f"dimensions {len(x1.shape)}."
        )
    return to_tensor(_tensordot(x1, x2, axes), name)


@op("x1, x2")
def _kron(x1: Any, x2: Any) -> Any:
    return jnp.kron(x1, x2)


@composed
def kron(x1, x2):
    """The Kronecker product.

    Args:
      x1: tensor.
      x2: tensor; dtypes are promoted.

    Returns:
      Tensor: each element of ``x1`` times the whole of ``x2``.

    >>> import kerax as tf
    >>> tf.keras.ops.kron([1, 2], [1, 10]).numpy()
    array([ 1, 10,  2, 20], dtype=int32)
    """
    return _kron(*promoted(x1, x2, weak=False))


@op("x1, x2")
def _cross(x1: Any, x2: Any) -> Any:
    flat = x1.shape[-1] == 2 and x2.shape[-1] == 2
    pad = [jnp.pad(x, [(0, 0)] * (x.ndim - 1) + [(0, 3 - x.shape[-1])]) for x in (x1, x2)]
    result = jnp.cross(*jnp.broadcast_arrays(*pad))
    return result[..., 2] if flat else result


@composed
def cross(x1, x2, axisa=-1, axisb=-1, axisc=-1, axis=None):
    """The cross product of vectors of 3 elements; a missing third element is 0.

    Args:
      x1: tensor with vectors of 2 or 3 elements.
      x2: tensor with vectors of 2 or 3 elements.
      axisa: int, the axis of the vectors in ``x1``.
      axisb: int, the axis of the vectors in ``x2``.
      axisc: int, the axis of the vectors in the result.
      axis: int, for all three.

    Returns:
      Tensor; of vectors of 2 elements only their product's third element.

    Raises:
      ValueError: vectors of another size.

    >>> import kerax as tf
    >>> tf.keras.ops.cross([1, 0, 0], [0, 1, 0]).numpy()
    array([0, 0, 1], dtype=int32)
    """
    x1, x2 = promoted(x1, x2, weak=False)
    if axis is not None:
        axisa = axisb = axisc = axis
    x1, x2 = moveaxis(x1, axisa, -1), moveaxis(x2, axisb, -1)
    if x1.shape[-1] not in (2, 3) or x2.shape[-1] not in (2, 3):
        raise ValueError(
            "`x1`'s dim on `axis={axisa}` and `x2`'s must be either 2 or 3. "
            f"Received: {x1.shape[-1]} and {x2.shape[-1]}"
        )
    result = _cross(x1, x2)
    return result if x1.shape[-1] == x2.shape[-1] == 2 else moveaxis(result, -1, axisc)


@op("operands*")
def _einsum(operands: Any, subscripts: Any, optimize: Any, precise: Any) -> Any:
    return jnp.einsum(subscripts, *operands, optimize=optimize, preferred_element_type=jnp.int32 if precise else None)


@composed
def einsum(subscripts, *operands, **kwargs):
    """Sums of products in Einstein's notation.

    Args:
      subscripts: str such as ``"ij,jk->ik"``.
      *operands: tensors, one for each list of letters; dtypes are promoted.
      **kwargs: ``optimize``, how the order of the products is found.

    Returns:
      Tensor; of int8 operands it is int32.

    >>> import kerax as tf
    >>> tf.keras.ops.einsum("ij,j->i", [[1, 2], [3, 4]], [1, 1]).numpy()
    array([3, 7], dtype=int32)
    """
    tensors = [to_tensor(operand) for operand in operands]
    names = {dtype_name(tensor) for tensor in tensors}
    optimize = kwargs.pop("optimize", "optimal")
    if kwargs:
        raise TypeError(f"Invalid keyword arguments for `einsum`: {sorted(kwargs)}")
    precise = names == {"int8"}
    wanted = "int32" if precise else result_type(*names)
    compute = "int8" if precise else result_type(wanted, float) if "int" in wanted or wanted == "bool" else wanted
    result = _einsum([to_tensor(tensor, compute) for tensor in tensors], _letters(subscripts), optimize, precise)
    return to_tensor(result, wanted)


def _letters(subscripts: str) -> str:
    """Subscripts without spaces."""
    return "".join(letter for letter in subscripts if letter not in string.whitespace)


@op("x")
def _trace(x: Any, offset: Any, axis1: Any, axis2: Any) -> Any:
    return jnp.trace(x, offset=offset, axis1=axis1, axis2=axis2, dtype=x.dtype)


@composed
def trace(x, offset=0, axis1=0, axis2=1):
    """The sum of a diagonal of two axes.

    Args:
      x: tensor of rank 2 at least; small integers are summed as 32-bit ones.
      offset: int, how far above the main diagonal.
      axis1: int, the rows.
      axis2: int, the columns.

    Returns:
      Tensor without the two axes.

    >>> import kerax as tf
    >>> tf.keras.ops.trace([[1, 2], [3, 4]]).numpy()
    np.int32(5)
    """
    x = widened(x)
    rank = len(x.shape)
    for axis in (axis1, axis2):
        if not -rank <= axis < rank:
            raise ValueError(f"axis {axis} is out of bounds for an array with dimension {rank}.")
    return _trace(x, int(offset), int(axis1), int(axis2))


@op("x")
def _diff(x: Any, n: Any, axis: Any) -> Any:
    return jnp.diff(x, n=n, axis=axis)


@composed
def diff(a, n=1, axis=-1):
    """The differences of neighbours along an axis.

    Args:
      a: tensor of rank 1 at least.
      n: int, how often.
      axis: int.

    Returns:
      Tensor, shorter by ``n`` along the axis; of bool whether neighbours differ.

    Raises:
      ValueError: ``n`` is negative, or ``a`` a scalar.

    >>> import kerax as tf
    >>> tf.keras.ops.diff([1, 4, 9]).numpy()
    array([3, 5], dtype=int32)
    """
    a = to_tensor(a)
    if n == 0:
        return a
    if n < 0:
        raise ValueError(f"Order `n` must be non-negative. Received n={n}")
    if not len(a.shape):
        raise ValueError(f"`diff` requires input that is at least one dimensional. Received: a={a}")
    return _diff(a, int(n), int(axis))


@composed
def trapezoid(y, x=None, dx=1.0, axis=-1):
    """The integral along an axis by the trapezoidal rule.

    Args:
      y: tensor of numbers.
      x: tensor, where the values are; by default at distances ``dx``.
      dx: float, the distance of neighbours.
      axis: int.

    Returns:
      Tensor without the axis.

    >>> import kerax as tf
    >>> tf.keras.ops.trapezoid([1.0, 2.0, 3.0]).numpy()
    np.float32(4.0)
    """
    y = to_tensor(y)
    y = to_tensor(y, result_type(y.dtype, float))
    if x is None:
        width = to_tensor(dx, dtype_name(y))
    else:
        x = to_tensor(x, dtype_name(y))
        width = diff.pure(x, axis=axis)
        width = moveaxis(width, axis, -1) if len(width.shape) > 1 else width
    y = moveaxis(y, axis, -1)
    heights = math.multiply(0.5, math.add(y[..., 1:], y[..., :-1]))
    return math.reduce_sum(math.multiply(heights, width), axis=-1)


@op("x")
def _vander(x: Any, columns: Any, increasing: Any) -> Any:
    return jnp.vander(x, columns, increasing)


@composed
def vander(x, N=None, increasing=False):
    """The Vandermonde matrix: the powers of a vector's elements.

    Args:
      x: tensor ``[n]``.
      N: int, the number of powers, ``n`` by default.
      increasing: bool, whether the powers grow from left to right.

    Returns:
      Tensor ``[n, N]``.

    >>> import kerax as tf
    >>> tf.keras.ops.vander([1, 2, 3]).numpy()
    array([[1, 1, 1],
           [4, 2, 1],
           [9, 3, 1]], dtype=int32)
    """
    x = to_tensor(x)
    if len(x.shape) != 1:
        raise ValueError(f"Input tensor must be 1-dimensional. Received: input.shape={x.shape}")
    compute = to_tensor(x, result_type(x.dtype, "float32"))
    return to_tensor(_vander(compute, x.shape[0] if N is None else int(N), bool(increasing)), result_type(x.dtype))
