"""The matrix product."""

from __future__ import annotations

import jax.numpy as jnp

from kerax.core import dtypes, errors
from kerax.core.context import context
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.math._values import alone, dtype_of


def oriented(matrix, transpose, adjoint, which):
    """A batch of matrices, transposed or conjugate transposed if asked."""
    if transpose and adjoint:
        raise ValueError(f"Only one of `transpose_{which}` and `adjoint_{which}` can be True.")
    if adjoint:
        return jnp.conj(jnp.swapaxes(matrix, -1, -2))
    return jnp.swapaxes(matrix, -1, -2) if transpose else matrix


def check_inner(x, y, operands):
    """Raises TensorFlow's error if a matrix has not as many columns as the next one rows.

    Args:
      x, y: the matrices to multiply, with axes of batches before.
      operands: the same before they were transposed, which the error tells of.
    """
    sizes = x.shape[-1], y.shape[-2]
    if sizes[0] == sizes[1]:
        return
    shapes = [str(list(value.shape)).replace(" ", "") for value in operands]
    name = "BatchMatMulV2" if max(x.ndim, y.ndim) > 2 else "MatMul"
    if context.trace is not None:
        raise ValueError(
            f"Dimensions must be equal, but are {sizes[0]} and {sizes[1]} for '{{{{node MatMul}}}} = {name}' with "
            f"input shapes: {', '.join(shapes)}."
        )
    message = f"Matrix size-incompatible: In[0]: {shapes[0]}, In[1]: {shapes[1]} [Op:{name}] name: "
    raise errors.InvalidArgumentError(None, None, message)


@op("a; b")
def _matmul(a, b, transpose_a, transpose_b, adjoint_a, adjoint_b, output_type, name=None):
    for index, value in enumerate((a, b)):
        if value.ndim < 2:
            raise errors.InvalidArgumentError(None, None, f"In[{index}] ndims must be >= 2: {value.ndim}")
    x = oriented(a, transpose_a, adjoint_a, "a")
    y = oriented(b, transpose_b, adjoint_b, "b")
    check_inner(x, y, (a, b))
    result = x.dtype if output_type is None else dtypes.as_dtype(output_type).dtype
    if x.dtype != y.dtype or result != x.dtype:
        return jnp.matmul(x, y, preferred_element_type=result).astype(result)
    return jnp.matmul(x, y)


@op("a, b: number", name="MatMul")
def matmul_alike(a, b, transpose_a=False, transpose_b=False, adjoint_a=False, adjoint_b=False, name=None):
    """The operator ``@``, where an array on either side takes the dtype of the other."""
    return _matmul.pure(a, b, transpose_a, transpose_b, adjoint_a, adjoint_b, None)


def matmul(
    a,
    b,
    transpose_a=False,
    transpose_b=False,
    adjoint_a=False,
    adjoint_b=False,
    a_is_sparse=False,
    b_is_sparse=False,
    output_type=None,
    grad_a=False,
    grad_b=False,
    name=None,
):
    """The product of two batches of matrices; leading axes broadcast.

    Args:
      a: tensor of numbers ``[..., m, k]`` (``[..., k, m]`` if transposed).
      b: tensor of the same dtype ``[..., k, n]``.
      transpose_a, transpose_b: bool, whether to transpose before multiplying.
      adjoint_a, adjoint_b: bool, whether to conjugate and transpose before multiplying.
      a_is_sparse, b_is_sparse: bool, hints that many elements are 0; the result is the same.
      output_type: dtype of the result; with it the operands may differ in dtype.
      grad_a, grad_b: bool, hints for quantized products; the result is the same.
      name: str, optional.

    Returns:
      Tensor ``[..., m, n]``.

    Raises:
      ValueError: if an operand is to be both transposed and adjoint.
      InvalidArgumentError: if the shapes do not fit.

    >>> import kerax as tf
    >>> tf.matmul([[1.0, 2.0]], [[3.0], [4.0]]).numpy()
    array([[11.]], dtype=float32)
    """
    a = alone(a)
    if output_type is None and {dtype_of(a), dtype_of(b)} == {dtypes.bfloat16, dtypes.float32}:
        output_type = dtypes.float32  # the one pair of dtypes that TensorFlow multiplies unasked
    if output_type is not None:
        return _matmul(a, b, transpose_a, transpose_b, adjoint_a, adjoint_b, output_type)
    if isinstance(b, (list, tuple)) and dtype_of(a) is not None and not a.dtype.is_floating:
        b = convert_to_tensor(b, dtype_hint=a.dtype)
    return matmul_alike(a, b, transpose_a, transpose_b, adjoint_a, adjoint_b)
