"""Operators made of other operators."""

from __future__ import annotations

from functools import reduce
from itertools import pairwise
from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core.op import op
from kerax.linalg.operators.base import LinearOperator, as_operand, column, hints, sizes, without_column
from kerax.linalg.products import matmul
from kerax.linalg.shapes import adjoint as adjoint_of
from kerax.linalg.solving import inv
from kerax.math.arithmetic import add, multiply, subtract


def _checked(operators: Any, square: bool = False) -> list[LinearOperator]:
    operators = list(operators)
    if not operators:
        raise ValueError(f"Expected a list of >=1 operators. Found: {operators}")
    if any(operator.dtype != operators[0].dtype for operator in operators):
        raise TypeError(f"Expected all operators to have the same dtype. Found {[o.dtype for o in operators]}")
    return operators


def _batch_of(operators: list[LinearOperator]) -> tuple[int, ...]:
    return np.broadcast_shapes(*[operator._shape()[:-2] for operator in operators])


def _all(operators: list[LinearOperator], hint: str) -> bool | None:
    return True if all(getattr(operator, hint) for operator in operators) else None


def _non_singular(operators: list[LinearOperator], given: bool | None) -> bool | None:
    if _all(operators, "is_non_singular"):
        if given is False:
            raise ValueError("An operator of non-singular operators is non-singular, but is_non_singular is False.")
        return True
    return given


class LinearOperatorComposition(LinearOperator):
    """The product of operators: the last is applied first.

    Args:
      operators: list of operators whose dimensions fit.
      is_non_singular, is_self_adjoint, is_positive_definite, is_square: bool or None, what is known.
      name: str.

    >>> import kerax as tf
    >>> two = tf.linalg.LinearOperatorDiag([2.0, 2.0])
    >>> tf.linalg.LinearOperatorComposition([two, two]).determinant().numpy()
    np.float32(16.0)
    """

    def __init__(
        self,
        operators: Any,
        is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None,
        is_square: bool | None = None,
        name: str | None = None,
    ) -> None:
        parameters = hints(locals())
        self._parts = _checked(operators)
        super().__init__(
            self._parts[0].dtype,
            None,
            _non_singular(self._parts, is_non_singular),
            is_self_adjoint,
            is_positive_definite,
            is_square,
            name or "_o_".join(operator.name for operator in self._parts),
            parameters,
        )

    @property
    def operators(self) -> list[LinearOperator]:
        """The factors."""
        return self._parts

    def _shape(self) -> tuple[int, ...]:
        for one, other in pairwise(self._parts):
            if one._shape()[-1] != other._shape()[-2]:
                raise ValueError(f"Dimensions {one._shape()[-1]} and {other._shape()[-2]} are not compatible")
        return (*_batch_of(self._parts), self._parts[0]._shape()[-2], self._parts[-1]._shape()[-1])

    def _matmul(self, x: Any, adjoint: bool = False) -> Any:
        for operator in self._parts if adjoint else reversed(self._parts):
            x = operator.matmul(x, adjoint=adjoint)
        return x

    def _solve(self, rhs: Any, adjoint: bool = False) -> Any:
        for operator in reversed(self._parts) if adjoint else self._parts:
            rhs = operator.solve(rhs, adjoint=adjoint)
        return rhs

    def _to_dense(self) -> Any:
        return reduce(matmul, [operator.to_dense() for operator in self._parts])

    def _square_parts(self) -> bool:
        return all(operator.is_square for operator in self._parts)

    def _determinant(self) -> Any:
        if not self._square_parts():
            return super()._determinant()
        return reduce(multiply, [operator.determinant() for operator in self._parts])

    def _log_abs_determinant(self) -> Any:
        if not self._square_parts():
            return super()._log_abs_determinant()
        return reduce(add, [operator.log_abs_determinant() for operator in self._parts])


class LinearOperatorAdjoint(LinearOperator):
    """The adjoint of an operator.

    Args:
      operator: the operator.
      is_non_singular, is_self_adjoint, is_positive_definite, is_square: bool or None, what is known; by
        default as of ``operator``.
      name: str.

    >>> import kerax as tf
    >>> full = tf.linalg.LinearOperatorFullMatrix([[1.0, 2.0], [3.0, 4.0]])
    >>> tf.linalg.LinearOperatorAdjoint(full).to_dense().numpy()
    array([[1., 3.],
           [2., 4.]], dtype=float32)
    """

    def __init__(
        self,
        operator: LinearOperator,
        is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None,
        is_square: bool | None = None,
        name: str | None = None,
    ) -> None:
        parameters = hints(locals())
        self._inner = operator
        values = _inherited(operator, is_non_singular, is_self_adjoint, is_positive_definite, is_square)
        super().__init__(operator.dtype, None, *values, name or operator.name + "_adjoint", parameters)

    @property
    def operator(self) -> LinearOperator:
        """The operator of which this is the adjoint."""
        return self._inner

    def assert_positive_definite(self, name: str = "assert_positive_definite") -> None:
        """Raises InvalidArgumentError if the operator within is not positive definite."""
        self._inner.assert_positive_definite()

    def _shape(self) -> tuple[int, ...]:
        shape = self._inner._shape()
        return (*shape[:-2], shape[-1], shape[-2])

    def _matmul(self, x: Any, adjoint: bool = False) -> Any:
        return self._inner.matmul(x, adjoint=not adjoint)

    def _solve(self, rhs: Any, adjoint: bool = False) -> Any:
        return self._inner.solve(rhs, adjoint=not adjoint)

    def _to_dense(self) -> Any:
        return adjoint_of(self._inner.to_dense())

    def _log_abs_determinant(self) -> Any:
        return self._inner.log_abs_determinant()

    def _adjoint(self) -> LinearOperator:
        return self._inner


def _inherited(operator: LinearOperator, *given: bool | None) -> list[bool | None]:
    names = ("is_non_singular", "is_self_adjoint", "is_positive_definite", "is_square")
    found = []
    for name, value in zip(names, given, strict=True):
        own = getattr(operator, name)
        if value is not None and own is not None and value != own:
            raise ValueError(f"The hint {name}={value} contradicts the operator's, which is {own}.")
        found.append(own if value is None else value)
    return found


class LinearOperatorInversion(LinearOperator):
    """The inverse of an operator.

    Args:
      operator: the operator, square.
      is_non_singular, is_self_adjoint, is_positive_definite, is_square: bool or None, what is known; by
        default as of ``operator``.
      name: str.

    >>> import kerax as tf
    >>> full = tf.linalg.LinearOperatorFullMatrix([[2.0, 0.0], [0.0, 4.0]])
    >>> tf.linalg.LinearOperatorInversion(full).matvec([2.0, 2.0]).numpy()
    array([1. , 0.5], dtype=float32)
    """

    def __init__(
        self,
        operator: LinearOperator,
        is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None,
        is_square: bool | None = None,
        name: str | None = None,
    ) -> None:
        parameters = hints(locals())
        if operator.is_square is False or operator.is_non_singular is False:
            raise ValueError("Only square and non-singular operators can be inverted.")
        self._inner = operator
        values = _inherited(operator, is_non_singular, is_self_adjoint, is_positive_definite, is_square)
        values[3] = True
        super().__init__(operator.dtype, None, *values, name or operator.name + "_inv", parameters)

    @property
    def operator(self) -> LinearOperator:
        """The operator of which this is the inverse."""
        return self._inner

    def assert_positive_definite(self, name: str = "assert_positive_definite") -> None:
        """Raises InvalidArgumentError if the operator within is not positive definite."""
        self._inner.assert_positive_definite()

    def _shape(self) -> tuple[int, ...]:
        return self._inner._shape()

    def _matmul(self, x: Any, adjoint: bool = False) -> Any:
        return self._inner.solve(x, adjoint=adjoint)

    def _solve(self, rhs: Any, adjoint: bool = False) -> Any:
        return self._inner.matmul(rhs, adjoint=adjoint)

    def _to_dense(self) -> Any:
        return inv(self._inner.to_dense())

    def _determinant(self) -> Any:
        return 1.0 / self._inner.determinant()

    def _log_abs_determinant(self) -> Any:
        return -1.0 * self._inner.log_abs_determinant()

    def _inverse(self) -> LinearOperator:
        return self._inner


@op("left, right")
def _kron(left, right, name=None):
    a = left[..., :, None, :, None] * right[..., None, :, None, :]
    return a.reshape((*a.shape[:-4], a.shape[-4] * a.shape[-3], a.shape[-2] * a.shape[-1]))


class LinearOperatorKronecker(LinearOperator):
    """The Kronecker product of operators.

    Args:
      operators: list of operators.
      is_non_singular, is_self_adjoint, is_positive_definite, is_square: bool or None, what is known.
      name: str.

    >>> import kerax as tf
    >>> two = tf.linalg.LinearOperatorDiag([1.0, 2.0])
    >>> tf.linalg.LinearOperatorKronecker([two, two]).diag_part().numpy()
    array([1., 2., 2., 4.], dtype=float32)
    """

    def __init__(
        self,
        operators: Any,
        is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None,
        is_square: bool | None = None,
        name: str | None = None,
    ) -> None:
        parameters = hints(locals())
        self._parts = _checked(operators)
        super().__init__(
            self._parts[0].dtype,
            None,
            _non_singular(self._parts, is_non_singular),
            _all(self._parts, "is_self_adjoint") if is_self_adjoint is None else is_self_adjoint,
            _all(self._parts, "is_positive_definite") if is_positive_definite is None else is_positive_definite,
            is_square,
            name or "_x_".join(operator.name for operator in self._parts),
            parameters,
        )

    @property
    def operators(self) -> list[LinearOperator]:
        """The factors."""
        return self._parts

    def _shape(self) -> tuple[int, ...]:
        rows = int(np.prod([operator._shape()[-2] for operator in self._parts]))
        columns = int(np.prod([operator._shape()[-1] for operator in self._parts]))
        return (*_batch_of(self._parts), rows, columns)

    def _to_dense(self) -> Any:
        return reduce(_kron, [operator.to_dense() for operator in self._parts])

    def _solve(self, rhs: Any, adjoint: bool = False) -> Any:
        if all(operator.is_square for operator in self._parts):
            inverse = reduce(_kron, [operator.inverse().to_dense() for operator in self._parts])
            return matmul(inverse, rhs, adjoint_a=adjoint)
        return super()._solve(rhs, adjoint)

    def _log_abs_determinant(self) -> Any:
        if not all(operator.is_square for operator in self._parts):
            return super()._log_abs_determinant()
        size = self._shape()[-1]
        return reduce(add, [multiply(o.log_abs_determinant(), size / float(o._shape()[-1])) for o in self._parts])

    def _adjoint(self) -> LinearOperator:
        return LinearOperatorKronecker([operator.adjoint() for operator in self._parts])

    def _inverse(self) -> LinearOperator:
        return LinearOperatorKronecker([operator.inverse() for operator in self._parts])

    def _cholesky(self) -> LinearOperator:
        return LinearOperatorKronecker([operator.cholesky() for operator in self._parts])


class LinearOperatorLowRankUpdate(LinearOperator):
    """An operator plus a product of low rank: ``L + U D Vᴴ``, solved by Woodbury's identity.

    Args:
      base_operator: the operator ``L``.
      u: tensor ``[..., m, k]``.
      diag_update: tensor ``[..., k]``, the diagonal of ``D``; ones by default.
      v: tensor ``[..., n, k]``; ``u`` by default.
      is_diag_update_positive: bool or None, whether ``D`` is positive.
      is_non_singular, is_self_adjoint, is_positive_definite, is_square: bool or None, what is known.
      name: str.

    >>> import kerax as tf
    >>> base = tf.linalg.LinearOperatorDiag([1.0, 1.0])
    >>> tf.linalg.LinearOperatorLowRankUpdate(base, u=[[1.0], [0.0]]).to_dense().numpy()
    array([[2., 0.],
           [0., 1.]], dtype=float32)
    """

    def __init__(
        self,
        base_operator: LinearOperator,
        u: Any,
        diag_update: Any = None,
        v: Any = None,
        is_diag_update_positive: bool | None = None,
        is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None,
        is_square: bool | None = None,
        name: str = "LinearOperatorLowRankUpdate",
    ) -> None:
        parameters = hints(locals())
        if diag_update is None:
            if is_diag_update_positive is False:
                raise ValueError("Default diagonal is the identity, which is positive; the hint says it is not.")
            is_diag_update_positive = True
        self._base, self._diag_positive = base_operator, is_diag_update_positive
        self._u = as_operand(u)
        self._v = self._u if v is None else as_operand(v)
        self._diag_update = None if diag_update is None else as_operand(diag_update)
        if v is None and base_operator.is_self_adjoint and is_self_adjoint is None:
            is_self_adjoint = True
        if is_self_adjoint and base_operator.is_positive_definite and is_diag_update_positive and v is None:
            is_positive_definite = True if is_positive_definite is None else is_positive_definite
        super().__init__(
            base_operator.dtype,
            None,
            is_non_singular,
            is_self_adjoint,
            is_positive_definite,
            base_operator.is_square if is_square is None else is_square,
            name,
            parameters,
        )

    @property
    def base_operator(self) -> LinearOperator:
        """``L``."""
        return self._base

    @property
    def u(self) -> Any:
        """``U``."""
        return self._u

    @property
    def v(self) -> Any:
        """``V``."""
        return self._v

    @property
    def diag_update(self) -> Any:
        """The diagonal of ``D``, or None for ones."""
        return self._diag_update

    @property
    def diag_operator(self) -> LinearOperator:
        """``D`` as an operator."""
        from kerax.linalg.operators.basic import LinearOperatorDiag, LinearOperatorIdentity

        if self._diag_update is None:
            return LinearOperatorIdentity(sizes(self._u)[-1], dtype=self.dtype)
        return LinearOperatorDiag(self._diag_update, is_positive_definite=self._diag_positive)

    @property
    def is_diag_update_positive(self) -> bool | None:
        """Whether ``D`` is known to be positive."""
        return self._diag_positive

    def _shape(self) -> tuple[int, ...]:
        base = self._base._shape()
        batch = np.broadcast_shapes(base[:-2], sizes(self._u)[:-2], sizes(self._v)[:-2])
        return (*batch, *base[-2:])

    def _matmul(self, x: Any, adjoint: bool = False) -> Any:
        left, right = (self._v, self._u) if adjoint else (self._u, self._v)
        middle = self.diag_operator.matmul(matmul(right, x, adjoint_a=True), adjoint=adjoint)
        return add(self._base.matmul(x, adjoint=adjoint), matmul(left, middle))

    def _solve(self, rhs: Any, adjoint: bool = False) -> Any:
        left, right = (self._v, self._u) if adjoint else (self._u, self._v)
        first = self._base.solve(rhs, adjoint=adjoint)
        through = self._base.solve(left, adjoint=adjoint)
        diagonal = (
            adjoint_of(self.diag_operator.inverse().to_dense())
            if adjoint
            else (self.diag_operator.inverse().to_dense())
        )
        capacitance = add(diagonal, matmul(right, through, adjoint_a=True))
        inner = matmul(inv(capacitance), matmul(right, first, adjoint_a=True))
        return subtract(first, matmul(through, inner))

    def _to_dense(self) -> Any:
        update = matmul(self._u, self.diag_operator.matmul(adjoint_of(self._v)))
        return add(self._base.to_dense(), update)


@op("blocks*")
def _assembled(blocks, layout, rows, columns, name=None):
    """A matrix of blocks; ``layout`` names the place of each by row and column of blocks."""
    batch = jnp.broadcast_shapes(*[block.shape[:-2] for block in blocks])
    out = jnp.zeros((*batch, sum(rows), sum(columns)), blocks[0].dtype)
    row_starts, column_starts = np.cumsum([0, *rows]), np.cumsum([0, *columns])
    for block, (i, j) in zip(blocks, layout, strict=True):
        place = slice(row_starts[i], row_starts[i + 1]), slice(column_starts[j], column_starts[j + 1])
        out = out.at[..., place[0], place[1]].set(jnp.broadcast_to(block, (*batch, *block.shape[-2:])))
    return out


@op("x")
def _sections(x, counts, name=None):
    return jnp.split(x, list(np.cumsum(counts)[:-1]), axis=-2)


@op("parts*")
def _stacked(parts, name=None):
    batch = jnp.broadcast_shapes(*[part.shape[:-2] for part in parts])
    return jnp.concatenate([jnp.broadcast_to(part, (*batch, *part.shape[-2:])) for part in parts], axis=-2)


class LinearOperatorBlockLowerTriangular(LinearOperator):
    """A lower triangular matrix of blocks.

    Args:
      operators: list of rows: row ``i`` is a list of ``i + 1`` operators, of which the last is square.
      is_non_singular, is_self_adjoint, is_positive_definite, is_square: bool or None, what is known.
      name: str.

    >>> import kerax as tf
    >>> one = tf.linalg.LinearOperatorIdentity(1)
    >>> tf.linalg.LinearOperatorBlockLowerTriangular([[one], [one, one]]).to_dense().numpy()
    array([[1., 0.],
           [1., 1.]], dtype=float32)
    """

    def __init__(
        self,
        operators: Any,
        is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None,
        is_square: bool | None = None,
        name: str = "LinearOperatorBlockLowerTriangular",
    ) -> None:
        parameters = hints(locals())
        if not operators:
            raise ValueError("Argument `operators` must be a list of >=1 operators.")
        self._rows = [list(row) for row in operators]
        for index, row in enumerate(self._rows):
            if len(row) != index + 1:
                raise ValueError(f"Row {index} must have {index + 1} operators. Found {len(row)}.")
        flat = _checked([operator for row in self._rows for operator in row])
        for i, row in enumerate(self._rows):
            for j, operator in enumerate(row):
                if operator.shape[-2] != row[-1].shape[-2] or operator.shape[-1] != self._rows[j][-1].shape[-1]:
                    raise ValueError(f"Operator [{i}][{j}] of shape {operator.shape} does not fit its row and column.")
        diagonal = [row[-1] for row in self._rows]
        super().__init__(
            flat[0].dtype,
            None,
            _non_singular(diagonal, is_non_singular),
            is_self_adjoint,
            is_positive_definite,
            is_square,
            name,
            parameters,
        )

    @property
    def operators(self) -> list[list[LinearOperator]]:
        """The rows of blocks."""
        return self._rows

    def _flat(self) -> list[LinearOperator]:
        return [operator for row in self._rows for operator in row]

    def _heights(self) -> tuple[int, ...]:
        return tuple(row[-1]._shape()[-2] for row in self._rows)

    def _widths(self) -> tuple[int, ...]:
        return tuple(row[-1]._shape()[-1] for row in self._rows)

    def _shape(self) -> tuple[int, ...]:
        return (*_batch_of(self._flat()), sum(self._heights()), sum(self._widths()))

    def _to_dense(self) -> Any:
        layout = tuple((i, j) for i, row in enumerate(self._rows) for j in range(len(row)))
        return _assembled([o.to_dense() for o in self._flat()], layout, self._heights(), self._widths())

    def _block(self, i: int, j: int, adjoint: bool) -> LinearOperator | None:
        if adjoint:
            i, j = j, i
        return self._rows[i][j] if j < len(self._rows[i]) else None

    def _product(self, pieces: list[Any], adjoint: bool) -> list[Any]:
        out = []
        for i in range(len(self._rows)):
            blocks = [(self._block(i, j, adjoint), piece) for j, piece in enumerate(pieces)]
            terms = [block.matmul(piece, adjoint=adjoint) for block, piece in blocks if block is not None]
            out.append(reduce(add, terms))
        return out

    def _substitution(self, pieces: list[Any], adjoint: bool) -> list[Any]:
        count = len(self._rows)
        found: dict[int, Any] = {}
        for i in reversed(range(count)) if adjoint else range(count):
            rest = pieces[i]
            for j, solved in found.items():
                block = self._block(i, j, adjoint)
                if block is not None:
                    rest = subtract(rest, block.matmul(solved, adjoint=adjoint))
            found[i] = self._rows[i][-1].solve(rest, adjoint=adjoint)
        return [found[i] for i in range(count)]

    def _blockwise(self, x: Any, counts: tuple[int, ...], adjoint_arg: bool) -> tuple[list[Any], bool]:
        """The argument in pieces, and whether it came as a list of them."""
        if isinstance(x, (list, tuple)) and len(x) == len(self._rows) and np.ndim(x[0]) >= 2:
            return [self._arg(piece, adjoint_arg) for piece in x], True
        return list(_sections(self._arg(x, adjoint_arg), counts)), False

    def matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False, name: str = "matmul") -> Any:
        """``A X``; a list of tensors, one per block, gives such a list."""
        if isinstance(x, LinearOperator):
            return super().matmul(x, adjoint, adjoint_arg)
        pieces, listed = self._blockwise(x, self._heights() if adjoint else self._widths(), adjoint_arg)
        out = self._product(pieces, adjoint)
        return out if listed else _stacked(out)

    def solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False, name: str = "solve") -> Any:
        """The ``X`` of ``A X = rhs``; a list of tensors, one per block, gives such a list."""
        if isinstance(rhs, LinearOperator):
            return super().solve(rhs, adjoint, adjoint_arg)
        self._require_solvable("Exact solve")
        pieces, listed = self._blockwise(rhs, self._heights(), adjoint_arg)
        out = self._substitution(pieces, adjoint)
        return out if listed else _stacked(out)

    def matvec(self, x: Any, adjoint: bool = False, name: str = "matvec") -> Any:
        """``A x`` for vectors; a list of tensors, one per block, gives such a list."""
        columns = self._columns(x)
        if columns is None:
            return super().matvec(x, adjoint)
        return [without_column(piece) for piece in self.matmul(columns, adjoint=adjoint)]

    def solvevec(self, rhs: Any, adjoint: bool = False, name: str = "solve") -> Any:
        """The ``x`` of ``A x = rhs`` for vectors; a list of tensors, one per block, gives such a list."""
        columns = self._columns(rhs)
        if columns is None:
            return super().solvevec(rhs, adjoint)
        return [without_column(piece) for piece in self.solve(columns, adjoint=adjoint)]

    def _columns(self, x: Any) -> list[Any] | None:
        """The vectors of a list, one per block, as matrices of one column; None for another argument."""
        if not (isinstance(x, (list, tuple)) and len(x) == len(self._rows) and np.ndim(x[0])):
            return None
        return [column(self._arg(piece, False)) for piece in x]

    def _determinant(self) -> Any:
        return reduce(multiply, [row[-1].determinant() for row in self._rows])

    def _log_abs_determinant(self) -> Any:
        return reduce(add, [row[-1].log_abs_determinant() for row in self._rows])


class LinearOperatorBlockDiag(LinearOperatorBlockLowerTriangular):
    """A block diagonal matrix.

    Args:
      operators: list of operators, the blocks on the diagonal.
      is_non_singular, is_self_adjoint, is_positive_definite, is_square: bool or None, what is known.
      name: str.

    >>> import kerax as tf
    >>> one = tf.linalg.LinearOperatorIdentity(1)
    >>> tf.linalg.LinearOperatorBlockDiag([one, one]).to_dense().numpy()
    array([[1., 0.],
           [0., 1.]], dtype=float32)
    """

    def __init__(
        self,
        operators: Any,
        is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None,
        is_square: bool | None = True,
        name: str | None = None,
    ) -> None:
        parameters = hints(locals())
        self._parts = _checked(operators)
        LinearOperator.__init__(
            self,
            self._parts[0].dtype,
            None,
            _non_singular(self._parts, is_non_singular),
            _all(self._parts, "is_self_adjoint") if is_self_adjoint is None else is_self_adjoint,
            _all(self._parts, "is_positive_definite") if is_positive_definite is None else is_positive_definite,
            None if is_square and not all(o.is_square for o in self._parts) else is_square,
            name or "_ds_".join(operator.name for operator in self._parts),
            parameters,
        )
        self._rows = [[operator] for operator in self._parts]

    @property
    def operators(self) -> list[LinearOperator]:  # type: ignore[override]
        """The blocks."""
        return self._parts

    def _to_dense(self) -> Any:
        layout = tuple((i, i) for i in range(len(self._parts)))
        return _assembled([o.to_dense() for o in self._parts], layout, self._heights(), self._widths())

    def _block(self, i: int, j: int, adjoint: bool) -> LinearOperator | None:
        return self._parts[i] if i == j else None

    def _adjoint(self) -> LinearOperator:
        return LinearOperatorBlockDiag([operator.adjoint() for operator in self._parts])

    def assert_positive_definite(self, name: str = "assert_positive_definite") -> None:
        """Raises InvalidArgumentError if a block is not positive definite."""
        for operator in self._parts:
            operator.assert_positive_definite()

    def _inverse(self) -> LinearOperator:
        return LinearOperatorBlockDiag([operator.inverse() for operator in self._parts])

    def _cholesky(self) -> LinearOperator:
        return LinearOperatorBlockDiag([operator.cholesky() for operator in self._parts])
