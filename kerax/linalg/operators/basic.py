"""Operators of diagonal, triangular, dense, identity and zero matrices."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes
from kerax.core.op import op, static
from kerax.core.tensor import convert_to_tensor
from kerax.linalg.operators.base import (
    LinearOperator,
    as_operand,
    broadcast_batch,
    column,
    diagonal_determinant,
    diagonal_log_determinant,
    hints,
    sizes,
)
from kerax.linalg.shapes import band_part, diag, diag_part, eye, set_diag
from kerax.linalg.solving import triangular_solve
from kerax.math.arithmetic import abs as absolute
from kerax.math.arithmetic import add, divide, multiply
from kerax.math.casting import conj
from kerax.math.exponential import log, sqrt
from kerax.math.reduction import reduce_max, reduce_min


class LinearOperatorFullMatrix(LinearOperator):
    """A dense matrix as an operator.

    Args:
      matrix: tensor ``[..., m, n]``, floating point or complex.
      is_non_singular, is_self_adjoint, is_positive_definite, is_square: bool or None, what is known.
      name: str.

    >>> import kerax as tf
    >>> tf.linalg.LinearOperatorFullMatrix([[1.0, 2.0], [3.0, 4.0]]).matvec([1.0, 1.0]).numpy()
    array([3., 7.], dtype=float32)
    """

    def __init__(
        self,
        matrix: Any,
        is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None,
        is_square: bool | None = None,
        name: str = "LinearOperatorFullMatrix",
    ) -> None:
        parameters = hints(locals())
        self._matrix = as_operand(matrix)
        if len(self._matrix.shape) < 2:
            raise ValueError(f"Argument `matrix` must have at least 2 dimensions. Found: {self._matrix}")
        super().__init__(
            self._matrix.dtype,
            None,
            is_non_singular,
            is_self_adjoint,
            is_positive_definite,
            is_square,
            name,
            parameters,
        )

    @property
    def matrix(self) -> Any:
        """The matrix."""
        return self._matrix

    def _shape(self) -> tuple[int, ...]:
        return sizes(self._matrix)

    def _to_dense(self) -> Any:
        return convert_to_tensor(self._matrix)


class LinearOperatorLowerTriangular(LinearOperator):
    """A lower triangular matrix as an operator; solving is by substitution.

    Args:
      tril: tensor ``[..., n, n]``, whose upper triangle is not read.
      is_non_singular, is_self_adjoint, is_positive_definite, is_square: bool or None, what is known.
      name: str.

    >>> import kerax as tf
    >>> tf.linalg.LinearOperatorLowerTriangular([[2.0, 9.0], [1.0, 1.0]]).solvevec([2.0, 3.0]).numpy()
    array([1., 2.], dtype=float32)
    """

    def __init__(
        self,
        tril: Any,
        is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None,
        is_square: bool | None = None,
        name: str = "LinearOperatorLowerTriangular",
    ) -> None:
        parameters = hints(locals())
        if is_square is False:
            raise ValueError("Only square lower triangular operators supported at this time.")
        self._tril = as_operand(tril)
        super().__init__(
            self._tril.dtype,
            None,
            is_non_singular,
            is_self_adjoint,
            is_positive_definite,
            True,
            name,
            parameters,
        )

    @property
    def tril(self) -> Any:
        """The matrix."""
        return self._tril

    def _shape(self) -> tuple[int, ...]:
        return sizes(self._tril)

    def _to_dense(self) -> Any:
        return band_part(self._tril, -1, 0)

    def _solve(self, rhs: Any, adjoint: bool = False) -> Any:
        return triangular_solve(self._tril, rhs, lower=True, adjoint=adjoint)

    def _diag_part(self) -> Any:
        return diag_part(self._tril)

    def _determinant(self) -> Any:
        return diagonal_determinant(self._diag_part())

    def _log_abs_determinant(self) -> Any:
        return diagonal_log_determinant(self._diag_part())


class LinearOperatorDiag(LinearOperator):
    """A diagonal matrix as an operator.

    Args:
      diag: tensor ``[..., n]``, floating point or complex.
      is_non_singular, is_self_adjoint, is_positive_definite, is_square: bool or None, what is known.
      name: str.

    >>> import kerax as tf
    >>> tf.linalg.LinearOperatorDiag([1.0, 2.0]).determinant().numpy()
    np.float32(2.0)
    """

    _definiteness_is_checked = True

    def __init__(
        self,
        diag: Any,
        is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None,
        is_square: bool | None = None,
        name: str = "LinearOperatorDiag",
    ) -> None:
        parameters = hints(locals())
        self._diag = as_operand(diag)
        if self._diag.shape.rank == 0:
            raise ValueError(f"Argument diag must have at least 1 dimension. Found: {self._diag}")
        kind = dtypes.as_dtype(self._diag.dtype)
        if not kind.is_complex:
            if is_self_adjoint is False:
                raise ValueError("A real diagonal operator is always self adjoint.")
            is_self_adjoint = True
        if is_square is False:
            raise ValueError("Only square diagonal operators currently supported.")
        super().__init__(kind, None, is_non_singular, is_self_adjoint, is_positive_definite, True, name, parameters)

    @property
    def diag(self) -> Any:
        """The diagonal."""
        return self._diag

    def _shape(self) -> tuple[int, ...]:
        size = sizes(self._diag)
        return (*size, size[-1])

    def _to_dense(self) -> Any:
        return diag(self._diag)

    def _matmul(self, x: Any, adjoint: bool = False) -> Any:
        return multiply(column(conj(self._diag) if adjoint else self._diag), x)

    def _solve(self, rhs: Any, adjoint: bool = False) -> Any:
        return divide(rhs, column(conj(self._diag) if adjoint else self._diag))

    def _determinant(self) -> Any:
        return diagonal_determinant(self._diag)

    def _log_abs_determinant(self) -> Any:
        return diagonal_log_determinant(self._diag)

    def _diag_part(self) -> Any:
        return convert_to_tensor(self._diag)

    def _eigvals(self) -> Any:
        return convert_to_tensor(self._diag)

    def _cond(self) -> Any:
        size = absolute(self._diag)
        return reduce_max(size, axis=-1) / reduce_min(size, axis=-1)

    def add_to_tensor(self, x: Any, name: str = "add_to_tensor") -> Any:
        x = self._arg(x, False)
        return set_diag(x, add(diag_part(x), self._diag))

    def _adjoint(self) -> LinearOperator:
        return LinearOperatorDiag(
            conj(self._diag), self.is_non_singular, self.is_self_adjoint, self.is_positive_definite, True
        )

    def _inverse(self) -> LinearOperator:
        return LinearOperatorDiag(
            1.0 / convert_to_tensor(self._diag),
            self.is_non_singular,
            self.is_self_adjoint,
            self.is_positive_definite,
            True,
        )

    def _cholesky(self) -> LinearOperator:
        return LinearOperatorDiag(sqrt(self._diag), True, True, True, True)


def _batch(batch_shape: Any) -> tuple[int, ...]:
    if batch_shape is None:
        return ()
    found = static(batch_shape, "batch_shape")
    return tuple(found) if isinstance(found, tuple) else (found,)


def _count(value: Any, name: str) -> int:
    found = static(value, name)
    if not isinstance(found, int):
        raise TypeError(f"Argument `{name}` must be integer type. Found: {value}")
    if found < 0:
        raise ValueError(f"Argument `{name}` must be non-negative. Found: {found}")
    return found


@op("x, multiplier")
def _scaled(x, multiplier, divide, name=None):
    factor = multiplier[..., None, None]
    return x / factor if divide else x * factor


class LinearOperatorIdentity(LinearOperator):
    """The identity matrix as an operator.

    Args:
      num_rows: int.
      batch_shape: list of ints, or None.
      dtype: dtype; float32 by default.
      is_non_singular, is_self_adjoint, is_positive_definite, is_square: True.
      assert_proper_shapes: bool; shapes are checked in any case.
      name: str.

    >>> import kerax as tf
    >>> tf.linalg.LinearOperatorIdentity(2).to_dense().numpy()
    array([[1., 0.],
           [0., 1.]], dtype=float32)
    """

    _definiteness_is_checked = True

    def __init__(
        self,
        num_rows: Any,
        batch_shape: Any = None,
        dtype: Any = None,
        is_non_singular: bool | None = True,
        is_self_adjoint: bool | None = True,
        is_positive_definite: bool | None = True,
        is_square: bool | None = True,
        assert_proper_shapes: bool = False,
        name: str = "LinearOperatorIdentity",
    ) -> None:
        parameters = hints(locals())
        for hint, what in (
            (is_self_adjoint, "self adjoint"),
            (is_non_singular, "non-singular"),
            (is_positive_definite, "positive-definite"),
            (is_square, "square"),
        ):
            if not hint:
                raise ValueError(f"An identity operator is always {what}.")
        self._rows, self._batch = _count(num_rows, "num_rows"), _batch(batch_shape)
        super().__init__(dtypes.float32 if dtype is None else dtype, None, True, True, True, True, name, parameters)

    def _shape(self) -> tuple[int, ...]:
        return (*self._batch, self._rows, self._rows)

    def _to_dense(self) -> Any:
        return eye(self._rows, batch_shape=list(self._batch), dtype=self.dtype)

    def _matmul(self, x: Any, adjoint: bool = False) -> Any:
        return broadcast_batch(x, self._batch) if self._batch else x

    def _solve(self, rhs: Any, adjoint: bool = False) -> Any:
        return self._matmul(rhs)

    def _inverse(self) -> LinearOperator:
        return self

    def _cholesky(self) -> LinearOperator:
        return self

    def _full(self, value: float, *shape: int) -> Any:
        kind = np.float32 if self.dtype is dtypes.bfloat16 else self.dtype.as_numpy_dtype
        return convert_to_tensor(np.full((*self._batch, *shape), value, kind).astype(self.dtype.as_numpy_dtype))

    def _determinant(self) -> Any:
        return self._full(1)

    def _log_abs_determinant(self) -> Any:
        return self._full(0)

    def _diag_part(self) -> Any:
        return self._full(1, self._rows)

    def _eigvals(self) -> Any:
        return self._full(1, self._rows)

    def _cond(self) -> Any:
        return self._full(1)

    def add_to_tensor(self, x: Any, name: str = "add_to_tensor") -> Any:
        return add(self.to_dense(), self._arg(x, False))


class LinearOperatorScaledIdentity(LinearOperator):
    """A multiple of the identity matrix as an operator.

    Args:
      num_rows: int.
      multiplier: tensor ``[...]``, one number per matrix of the batch.
      is_non_singular, is_self_adjoint, is_positive_definite, is_square: bool or None, what is known.
      assert_proper_shapes: bool; shapes are checked in any case.
      name: str.

    >>> import kerax as tf
    >>> tf.linalg.LinearOperatorScaledIdentity(2, 3.0).determinant().numpy()
    np.float32(9.0)
    """

    _definiteness_is_checked = True

    def __init__(
        self,
        num_rows: Any,
        multiplier: Any,
        is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None,
        is_square: bool | None = True,
        assert_proper_shapes: bool = False,
        name: str = "LinearOperatorScaledIdentity",
    ) -> None:
        parameters = hints(locals())
        if not is_square:
            raise ValueError("A ScaledIdentity operator is always square.")
        self._rows, self._multiplier = _count(num_rows, "num_rows"), as_operand(multiplier)
        kind = dtypes.as_dtype(self._multiplier.dtype)
        if not kind.is_complex:
            if is_self_adjoint is False:
                raise ValueError("A real scaled identity operator is always self adjoint.")
            is_self_adjoint = True
        super().__init__(kind, None, is_non_singular, is_self_adjoint, is_positive_definite, True, name, parameters)

    @property
    def multiplier(self) -> Any:
        """The factor."""
        return self._multiplier

    def _shape(self) -> tuple[int, ...]:
        return (*sizes(self._multiplier), self._rows, self._rows)

    def _to_dense(self) -> Any:
        return _scaled(eye(self._rows, dtype=self.dtype), self._multiplier, False)

    def _matmul(self, x: Any, adjoint: bool = False) -> Any:
        return _scaled(x, conj(self._multiplier) if adjoint else self._multiplier, False)

    def _solve(self, rhs: Any, adjoint: bool = False) -> Any:
        return _scaled(rhs, conj(self._multiplier) if adjoint else self._multiplier, True)

    def _determinant(self) -> Any:
        return convert_to_tensor(self._multiplier) ** self._rows

    def _log_abs_determinant(self) -> Any:
        return multiply(log(absolute(self._multiplier)), float(self._rows))

    def _diag_part(self) -> Any:
        return diag_part(self.to_dense())

    def _eigvals(self) -> Any:
        return self._diag_part()

    def _like(self, multiplier: Any) -> LinearOperator:
        return LinearOperatorScaledIdentity(
            self._rows, multiplier, self.is_non_singular, self.is_self_adjoint, self.is_positive_definite
        )

    def _adjoint(self) -> LinearOperator:
        return self._like(conj(self._multiplier))

    def _inverse(self) -> LinearOperator:
        return self._like(1.0 / convert_to_tensor(self._multiplier))

    def _cholesky(self) -> LinearOperator:
        return self._like(sqrt(self._multiplier))


@op("x")
def _zeros_from(x, rows, batch, name=None):
    shape = jnp.broadcast_shapes(x.shape[:-2], batch)
    return jnp.zeros((*shape, rows, x.shape[-1]), x.dtype)


class LinearOperatorZeros(LinearOperator):
    """The zero matrix as an operator.

    Args:
      num_rows: int.
      num_columns: int; ``num_rows`` by default.
      batch_shape: list of ints, or None.
      dtype: dtype; float32 by default.
      is_non_singular, is_self_adjoint, is_positive_definite, is_square: what is known; False, and True for
        square matrices.
      assert_proper_shapes: bool; shapes are checked in any case.
      name: str.

    >>> import kerax as tf
    >>> tf.linalg.LinearOperatorZeros(2).matvec([1.0, 2.0]).numpy()
    array([0., 0.], dtype=float32)
    """

    _definiteness_is_checked = True

    def __init__(
        self,
        num_rows: Any,
        num_columns: Any = None,
        batch_shape: Any = None,
        dtype: Any = None,
        is_non_singular: bool | None = False,
        is_self_adjoint: bool | None = True,
        is_positive_definite: bool | None = False,
        is_square: bool | None = True,
        assert_proper_shapes: bool = False,
        name: str = "LinearOperatorZeros",
    ) -> None:
        parameters = hints(locals())
        self._rows = _count(num_rows, "num_rows")
        self._columns = self._rows if num_columns is None else _count(num_columns, "num_columns")
        self._batch = _batch(batch_shape)
        if is_self_adjoint is False and self._rows == self._columns:
            raise ValueError("A zero operator is always self adjoint.")
        if is_non_singular:
            raise ValueError("A zero operator is always singular.")
        if is_positive_definite:
            raise ValueError("A zero operator is always not positive-definite.")
        super().__init__(
            dtypes.float32 if dtype is None else dtype,
            None,
            is_non_singular,
            is_self_adjoint,
            is_positive_definite,
            is_square,
            name,
            parameters,
        )

    def _shape(self) -> tuple[int, ...]:
        return (*self._batch, self._rows, self._columns)

    def _zeros(self, *shape: int) -> Any:
        return convert_to_tensor(np.zeros((*self._batch, *shape), self.dtype.as_numpy_dtype))

    def _to_dense(self) -> Any:
        return self._zeros(self._rows, self._columns)

    def _matmul(self, x: Any, adjoint: bool = False) -> Any:
        return _zeros_from(x, self._columns if adjoint else self._rows, self._batch)

    def _determinant(self) -> Any:
        return self._zeros()

    def _log_abs_determinant(self) -> Any:
        return log(self._zeros())

    def _diag_part(self) -> Any:
        return self._zeros(min(self._rows, self._columns))

    def _adjoint(self) -> LinearOperator:
        return LinearOperatorZeros(
            self._columns,
            self._rows,
            list(self._batch),
            self.dtype,
            False,
            self.is_self_adjoint,
            False,
            self.is_square,
        )

    def add_to_tensor(self, x: Any, name: str = "add_to_tensor") -> Any:
        return self._arg(x, False)
