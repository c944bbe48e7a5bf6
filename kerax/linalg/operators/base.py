"""``tf.linalg.LinearOperator``: a matrix that is known by what it does."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes, errors
from kerax.core.module import Module
from kerax.core.op import op
from kerax.core.shape import TensorShape
from kerax.core.tensor import Tensor, convert_to_tensor
from kerax.linalg.decompositions import cholesky, eigvalsh, svd
from kerax.linalg.products import matmul
from kerax.linalg.shapes import adjoint as adjoint_of
from kerax.linalg.shapes import diag_part
from kerax.linalg.solving import cholesky_solve, det, slogdet, solve
from kerax.math._values import concrete
from kerax.math.arithmetic import abs as absolute
from kerax.math.arithmetic import add
from kerax.math.exponential import log
from kerax.math.reduction import reduce_max, reduce_min, reduce_prod, reduce_sum


@op("x")
def column(x, name=None):
    """A vector as a matrix of one column."""
    return x[..., None]


@op("x")
def without_column(x, name=None):
    """A matrix of one column as a vector."""
    return x[..., 0]


@op("x")
def broadcast_batch(x, batch, name=None):
    """A batch of matrices repeated to a batch shape."""
    shape = jnp.broadcast_shapes(x.shape[:-2], batch)
    return jnp.broadcast_to(x, (*shape, *x.shape[-2:]))


def as_operand(value: Any, dtype: Any = None) -> Any:
    """A variable as it is, so that it is read when used; anything else as a tensor."""
    if hasattr(value, "_kerax_tensor") and not isinstance(value, Tensor):
        return value
    return convert_to_tensor(value, dtype=dtype)


def sizes(value: Any) -> tuple[int, ...]:
    """The shape of a tensor or variable as ints."""
    return tuple(int(size) for size in value.shape)


class LinearOperator(Module):
    """A (batch of) linear maps between vectors, given by their structure.

    Subclasses define ``_shape``, ``_to_dense`` and, where their structure allows better, ``_matmul``,
    ``_solve``, ``_determinant``, ``_log_abs_determinant``, ``_diag_part``.

    Args:
      dtype: dtype of the matrix.
      graph_parents: unused, kept for TensorFlow's signature.
      is_non_singular, is_self_adjoint, is_positive_definite, is_square: bool or None, what is known of the
        matrix; it is believed, not checked.
      name: str, by default the class's name.
      parameters: dict of constructor arguments.

    Raises:
      ValueError: if the hints contradict each other.

    >>> import kerax as tf
    >>> operator = tf.linalg.LinearOperatorDiag([1.0, 2.0])
    >>> operator.matvec([3.0, 3.0]).numpy()
    array([3., 6.], dtype=float32)
    """

    _kerax_overrides_operators = True

    def __init__(
        self,
        dtype: Any,
        graph_parents: Any = None,
        is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None,
        is_square: bool | None = None,
        name: str | None = None,
        parameters: dict[str, Any] | None = None,
    ) -> None:
        if is_positive_definite:
            if is_non_singular is False:
                raise ValueError("A positive definite matrix is always non-singular.")
            is_non_singular = True
        if is_non_singular:
            if is_square is False:
                raise ValueError("A non-singular matrix is always square.")
            is_square = True
        if is_self_adjoint:
            if is_square is False:
                raise ValueError("A self-adjoint matrix is always square.")
            is_square = True
        super().__init__(name=(name or type(self).__name__).replace("/", "_"))
        self._dtype = dtypes.as_dtype(dtype)
        self._square_hint = is_square
        self._non_singular = is_non_singular
        self._self_adjoint = is_self_adjoint
        self._positive_definite = is_positive_definite
        self._given = dict(parameters or {})

    # --- what is known --------------------------------------------------------------------------------------
    @property
    def parameters(self) -> dict[str, Any]:
        """The constructor's arguments."""
        return dict(self._given)

    @property
    def dtype(self) -> dtypes.DType:
        """Dtype of the matrix."""
        return self._dtype

    @property
    def graph_parents(self) -> list[Any]:
        """Always empty: there is no graph."""
        return []

    @property
    def is_non_singular(self) -> bool | None:
        """Whether the matrix is known to have an inverse."""
        return self._non_singular

    @property
    def is_self_adjoint(self) -> bool | None:
        """Whether the matrix is known to be Hermitian."""
        return self._self_adjoint

    @property
    def is_positive_definite(self) -> bool | None:
        """Whether the matrix is known to be positive definite."""
        return self._positive_definite

    @property
    def is_square(self) -> bool | None:
        """Whether the matrix is square."""
        square = self.shape[-1] == self.shape[-2]
        if self._square_hint and not square:
            raise ValueError(f"This operator is square by its hints, but its shape is {self.shape}.")
        return square if self._square_hint is None else self._square_hint

    # --- shape ----------------------------------------------------------------------------------------------
    def _shape(self) -> tuple[int, ...]:
        raise NotImplementedError("_shape is not implemented.")

    @property
    def shape(self) -> TensorShape:
        """``[*batch, rows, columns]``."""
        return TensorShape(self._shape())

    @property
    def batch_shape(self) -> TensorShape:
        """The leading axes."""
        return self.shape[:-2]

    @property
    def tensor_rank(self) -> int:
        """The number of axes, batch included."""
        return len(self.shape)

    @property
    def domain_dimension(self) -> Any:
        """The number of columns."""
        return self.shape.dims[-1]

    @property
    def range_dimension(self) -> Any:
        """The number of rows."""
        return self.shape.dims[-2]

    def shape_tensor(self, name: str = "shape_tensor") -> Tensor:
        """The shape as an int32 tensor."""
        return convert_to_tensor(self.shape.as_list(), dtypes.int32)

    def batch_shape_tensor(self, name: str = "batch_shape_tensor") -> Tensor:
        """The leading axes as an int32 tensor."""
        return convert_to_tensor(self.shape.as_list()[:-2], dtypes.int32)

    def tensor_rank_tensor(self, name: str = "tensor_rank_tensor") -> Tensor:
        """The number of axes as an int32 tensor."""
        return convert_to_tensor(self.tensor_rank, dtypes.int32)

    def domain_dimension_tensor(self, name: str = "domain_dimension_tensor") -> Tensor:
        """The number of columns as an int32 tensor."""
        return convert_to_tensor(int(self.shape[-1]), dtypes.int32)

    def range_dimension_tensor(self, name: str = "range_dimension_tensor") -> Tensor:
        """The number of rows as an int32 tensor."""
        return convert_to_tensor(int(self.shape[-2]), dtypes.int32)

    # --- checks ---------------------------------------------------------------------------------------------
    def _require(self, holds: Any, message: str) -> None:
        known = concrete(holds)
        if known is not None and not np.all(known):
            raise errors.InvalidArgumentError(None, None, message)

    def assert_non_singular(self, name: str = "assert_non_singular") -> None:
        """Raises InvalidArgumentError if the condition number is too large for the dtype."""
        values = svd(self.to_dense(), compute_uv=False)
        known = concrete(values)
        if known is not None:
            limit = known.max(-1) * np.finfo(known.dtype).eps
            self._require(known.min(-1) > limit, "Singular matrix: the condition number is too large.")

    #: whether ``assert_positive_definite`` is for operators of this class that are not known to be self-adjoint too
    _definiteness_is_checked = False

    def assert_positive_definite(self, name: str = "assert_positive_definite") -> None:
        """Raises InvalidArgumentError if an eigenvalue is not positive.

        Raises:
          NotImplementedError: the operator is not known to be self-adjoint, nor of a class with a check of its own.
        """
        if not (self.is_self_adjoint or self._definiteness_is_checked):
            raise NotImplementedError("assert_positive_definite is not implemented.")
        known = concrete(eigvalsh(self.to_dense()))
        self._require(known is None or known > 0, "Operator was not positive definite.")

    def assert_self_adjoint(self, name: str = "assert_self_adjoint") -> None:
        """Raises InvalidArgumentError if the matrix is not its adjoint."""
        dense = concrete(self.to_dense())
        if dense is not None:
            self._require(
                np.allclose(dense, np.conj(np.swapaxes(dense, -1, -2))),
                "Matrix was not equal to its adjoint.",
            )

    # --- products -------------------------------------------------------------------------------------------
    def _matmul(self, x: Any, adjoint: bool = False) -> Any:
        return matmul(self.to_dense(), x, adjoint_a=adjoint)

    def _arg(self, x: Any, adjoint_arg: bool) -> Any:
        x = convert_to_tensor(x, dtype=None if hasattr(x, "dtype") else self.dtype)
        if dtypes.as_dtype(x.dtype) != self.dtype:
            raise TypeError(f"Argument had dtype {x.dtype} but expected {self.dtype}.")
        return adjoint_of(x) if adjoint_arg else x

    def matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False, name: str = "matmul") -> Any:
        """``A X``, or the operator that applies two operators.

        Args:
          x: tensor ``[..., columns, k]`` of the operator's dtype, or a LinearOperator.
          adjoint: bool, whether to apply the adjoint of this operator.
          adjoint_arg: bool, whether to take the adjoint of ``x`` first.
          name: str, optional.

        Returns:
          Tensor ``[..., rows, k]``, or a LinearOperator.

        Raises:
          ValueError: if the dimensions do not fit.
        """
        if isinstance(x, LinearOperator):
            from kerax.linalg.operators.algebra import product

            left = self.adjoint() if adjoint else self
            return product(left, x.adjoint() if adjoint_arg else x)
        x = self._arg(x, adjoint_arg)
        expected = int(self.shape[-2] if adjoint else self.shape[-1])
        if int(x.shape[-2]) != expected:
            raise ValueError(f"Dimensions are incompatible: {self.shape} and {x.shape}")
        return self._matmul(x, adjoint)

    def __matmul__(self, other: Any) -> Any:
        return self.matmul(other)

    def matvec(self, x: Any, adjoint: bool = False, name: str = "matvec") -> Any:
        """``A x`` for vectors ``[..., columns]``."""
        x = self._arg(x, False)
        return without_column(self.matmul(column(x), adjoint=adjoint))

    # --- solving --------------------------------------------------------------------------------------------
    def _solve(self, rhs: Any, adjoint: bool = False) -> Any:
        dense = self.to_dense()
        batch = tuple(np.broadcast_shapes(sizes(dense)[:-2], sizes(rhs)[:-2]))
        dense, rhs = broadcast_batch(dense, batch), broadcast_batch(rhs, batch)
        if self.is_self_adjoint and self.is_positive_definite:
            return cholesky_solve(cholesky(dense), rhs)
        return solve(dense, rhs, adjoint=adjoint)

    def _require_solvable(self, what: str) -> None:
        if self.is_non_singular is False:
            raise NotImplementedError(f"{what} not implemented for an operator that is expected to be singular.")
        if self.is_square is False:
            raise NotImplementedError(f"{what} not implemented for an operator that is expected to not be square.")

    def solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False, name: str = "solve") -> Any:
        """The ``X`` of ``A X = rhs``; an operator if ``rhs`` is one.

        Args:
          rhs: tensor ``[..., rows, k]`` of the operator's dtype, or a LinearOperator.
          adjoint: bool, whether to solve with the adjoint of this operator.
          adjoint_arg: bool, whether to take the adjoint of ``rhs`` first.
          name: str, optional.

        Returns:
          Tensor ``[..., columns, k]``, or a LinearOperator.

        Raises:
          NotImplementedError: if the operator is singular or not square by its hints.
        """
        self._require_solvable("Exact solve")
        if isinstance(rhs, LinearOperator):
            left = self.adjoint() if adjoint else self
            return left.inverse().matmul(rhs.adjoint() if adjoint_arg else rhs)
        return self._solve(self._arg(rhs, adjoint_arg), adjoint)

    def solvevec(self, rhs: Any, adjoint: bool = False, name: str = "solve") -> Any:
        """The ``x`` of ``A x = rhs`` for vectors ``[..., rows]``."""
        return without_column(self.solve(column(self._arg(rhs, False)), adjoint=adjoint))

    # --- numbers --------------------------------------------------------------------------------------------
    def _determinant(self) -> Any:
        return det(self.to_dense())

    def determinant(self, name: str = "det") -> Any:
        """The determinant ``[*batch]``."""
        if self.is_square is False:
            raise NotImplementedError("Determinant not implemented for an operator that is expected to not be square.")
        return self._determinant()

    def _log_abs_determinant(self) -> Any:
        return slogdet(self.to_dense()).log_abs_determinant

    def log_abs_determinant(self, name: str = "log_abs_det") -> Any:
        """The logarithm of the absolute value of the determinant ``[*batch]``."""
        if self.is_square is False:
            raise NotImplementedError("Determinant not implemented for an operator that is expected to not be square.")
        return self._log_abs_determinant()

    def _to_dense(self) -> Any:
        raise NotImplementedError("_to_dense is not implemented.")

    def to_dense(self, name: str = "to_dense") -> Any:
        """The matrix as a tensor."""
        return self._to_dense()

    def _diag_part(self) -> Any:
        return diag_part(self.to_dense())

    def diag_part(self, name: str = "diag_part") -> Any:
        """The main diagonal ``[*batch, min(rows, columns)]``."""
        return self._diag_part()

    def trace(self, name: str = "trace") -> Any:
        """The sum of the main diagonal ``[*batch]``."""
        return reduce_sum(self.diag_part(), axis=-1)

    def add_to_tensor(self, x: Any, name: str = "add_to_tensor") -> Any:
        """``A + x``."""
        return add(self.to_dense(), self._arg(x, False))

    def _eigvals(self) -> Any:
        return eigvalsh(self.to_dense())

    def eigvals(self, name: str = "eigvals") -> Any:
        """The eigenvalues of a self-adjoint operator ``[*batch, n]``.

        Raises:
          NotImplementedError: if the operator is not known to be self-adjoint.
        """
        if not self.is_self_adjoint:
            raise NotImplementedError("Only self-adjoint matrices are supported.")
        return self._eigvals()

    def _cond(self) -> Any:
        values = absolute(self._eigvals()) if self.is_self_adjoint else svd(self.to_dense(), compute_uv=False)
        return reduce_max(values, axis=-1) / reduce_min(values, axis=-1)

    def cond(self, name: str = "cond") -> Any:
        """The condition number ``[*batch]``: the ratio of the largest to the smallest singular value."""
        return self._cond()

    # --- new operators --------------------------------------------------------------------------------------
    def _adjoint(self) -> LinearOperator:
        from kerax.linalg.operators.composite import LinearOperatorAdjoint

        return LinearOperatorAdjoint(
            self,
            is_non_singular=self.is_non_singular,
            is_self_adjoint=self.is_self_adjoint,
            is_positive_definite=self.is_positive_definite,
            is_square=self.is_square,
        )

    def adjoint(self, name: str = "adjoint") -> LinearOperator:
        """The operator of the adjoint matrix; this one if it is self-adjoint."""
        return self if self.is_self_adjoint else self._adjoint()

    H = property(adjoint, doc="The adjoint operator.")

    def _inverse(self) -> LinearOperator:
        from kerax.linalg.operators.composite import LinearOperatorInversion

        return LinearOperatorInversion(
            self,
            is_non_singular=self.is_non_singular,
            is_self_adjoint=self.is_self_adjoint,
            is_positive_definite=self.is_positive_definite,
            is_square=self.is_square,
        )

    def inverse(self, name: str = "inverse") -> LinearOperator:
        """The operator of the inverse matrix.

        Raises:
          ValueError: if the operator is singular or not square by its hints.
        """
        if self.is_square is False:
            raise ValueError("Cannot take the Inverse: This operator represents a non square matrix.")
        if self.is_non_singular is False:
            raise ValueError("Cannot take the Inverse: This operator represents a singular matrix.")
        return self._inverse()

    def _cholesky(self) -> LinearOperator:
        from kerax.linalg.operators.basic import LinearOperatorLowerTriangular

        return LinearOperatorLowerTriangular(cholesky(self.to_dense()), is_non_singular=True, is_square=True)

    def cholesky(self, name: str = "cholesky") -> LinearOperator:
        """The operator of the Cholesky factor.

        Raises:
          ValueError: if the operator is not positive definite and self-adjoint by its hints.
        """
        if not (self.is_positive_definite and self.is_self_adjoint):
            raise ValueError("Cannot take the Cholesky decomposition: Not a positive definite self adjoint matrix.")
        return self._cholesky()

    # --- a composite tensor ---------------------------------------------------------------------------------
    def _kerax_components(self) -> list[Any]:
        from kerax.linalg.operators.algebra import components

        return components(self._given)

    def _kerax_rebuild(self, parts: list[Any]) -> LinearOperator:
        from kerax.linalg.operators.algebra import rebuilt

        return type(self)(**rebuilt(self._given, list(parts)))


def diagonal_determinant(diagonal: Any) -> Any:
    """The determinant of triangular matrices by their diagonals."""
    return reduce_prod(diagonal, axis=-1)


def diagonal_log_determinant(diagonal: Any) -> Any:
    """Its logarithm."""
    return reduce_sum(log(absolute(diagonal)), axis=-1)


def hints(operator_names: dict[str, Any]) -> dict[str, Any]:
    """A constructor's arguments without ``self`` and ``__class__``, to be kept as parameters."""
    return {key: value for key, value in operator_names.items() if key not in ("self", "__class__")}
