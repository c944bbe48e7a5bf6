"""Operators of Toeplitz, circulant, tridiagonal, permutation and Householder matrices."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes, errors
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.linalg.banded import (
    _diagonals,
    _parts,
    tridiagonal_matmul,
    tridiagonal_solve,
    tridiagonal_to_dense,
)
from kerax.linalg.operators.base import LinearOperator, as_operand, hints, sizes
from kerax.linalg.shapes import swapped
from kerax.math._values import concrete
from kerax.math.arithmetic import abs as absolute
from kerax.math.casting import cast, conj
from kerax.math.exponential import log
from kerax.math.reduction import reduce_max, reduce_min, reduce_prod, reduce_sum


@op("col, row")
def _toeplitz(col, row, name=None):
    size = col.shape[-1]
    i, j = np.indices((size, size))
    batch = jnp.broadcast_shapes(col.shape[:-1], row.shape[:-1])
    col, row = (jnp.broadcast_to(v, (*batch, size)) for v in (col, row))
    return jnp.where(i >= j, col[..., np.abs(i - j)], row[..., np.abs(i - j)])


class LinearOperatorToeplitz(LinearOperator):
    """A matrix with constant diagonals as an operator.

    Args:
      col: tensor ``[..., n]``, the first column.
      row: tensor ``[..., n]``, the first row; its first element is not read.
      is_non_singular, is_self_adjoint, is_positive_definite, is_square: bool or None, what is known.
      name: str.

    >>> import kerax as tf
    >>> tf.linalg.LinearOperatorToeplitz([1.0, 2.0], [1.0, 3.0]).to_dense().numpy()
    array([[1., 3.],
           [2., 1.]], dtype=float32)
    """

    def __init__(
        self,
        col: Any,
        row: Any,
        is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None,
        is_square: bool | None = None,
        name: str = "LinearOperatorToeplitz",
    ) -> None:
        parameters = hints(locals())
        self._col, self._row = as_operand(col), as_operand(row)
        if is_square is False:
            raise ValueError("Only square Toeplitz operators currently supported.")
        super().__init__(
            self._row.dtype,
            None,
            is_non_singular,
            is_self_adjoint,
            is_positive_definite,
            True,
            name,
            parameters,
        )

    @property
    def col(self) -> Any:
        """The first column."""
        return self._col

    @property
    def row(self) -> Any:
        """The first row."""
        return self._row

    def _shape(self) -> tuple[int, ...]:
        shape = np.broadcast_shapes(sizes(self._col), sizes(self._row))
        return (*shape, shape[-1])

    def _to_dense(self) -> Any:
        return _toeplitz(self._col, self._row)


@op("spectrum; x")
def _circulate(spectrum, x, depth, mode, name=None):
    """Applies a circulant matrix (``mode`` apply, adjoint, solve or solve_adjoint) by Fourier transforms."""
    axes = tuple(range(-depth, 0))
    block = spectrum.shape[-depth:]
    columns = jnp.swapaxes(x, -1, -2).astype(spectrum.dtype)
    batch = columns.shape[:-1]
    factor = jnp.conj(spectrum) if mode.endswith("adjoint") else spectrum
    factor = jnp.expand_dims(factor, -depth - 1)
    waves = jnp.fft.fftn(columns.reshape((*batch, *block)), axes=axes)
    waves = waves / factor if mode.startswith("solve") else waves * factor
    found = jnp.fft.ifftn(waves, axes=axes)
    found = found.reshape((*found.shape[:-depth], -1))
    found = jnp.swapaxes(found, -1, -2)
    return (found if jnp.iscomplexobj(x) else jnp.real(found)).astype(x.dtype)


@op("spectrum")
def _kernel(spectrum, depth, name=None):
    return jnp.fft.ifftn(spectrum, axes=tuple(range(-depth, 0)))


@op("spectrum")
def _flat(spectrum, depth, name=None):
    return spectrum.reshape((*spectrum.shape[:-depth], -1))


class Circulant(LinearOperator):
    """What circulant operators of one, two and three levels share."""

    _depth = 1

    _definiteness_is_checked = True

    def __init__(
        self,
        spectrum: Any,
        input_output_dtype: Any = dtypes.complex64,
        is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None,
        is_square: bool | None = True,
        name: str | None = None,
    ) -> None:
        parameters = hints(locals())
        given = as_operand(spectrum)
        kind = dtypes.as_dtype(given.dtype)
        if len(given.shape) < self._depth:
            raise ValueError(f"Argument `spectrum` must have at least {self._depth} dimensions. Found: {spectrum}")
        if is_square is False:
            raise ValueError("A circulant operator is always square.")
        if not kind.is_complex:
            if is_self_adjoint is False:
                raise ValueError("A real spectrum always corresponds to a self-adjoint operator.")
            is_self_adjoint = True
        self._given_spectrum = given
        super().__init__(
            input_output_dtype,
            None,
            is_non_singular,
            is_self_adjoint,
            is_positive_definite,
            True,
            name or type(self).__name__,
            parameters,
        )

    @property
    def spectrum(self) -> Any:
        """The eigenvalues, as given."""
        return self._given_spectrum

    @property
    def block_depth(self) -> int:
        """The number of levels."""
        return self._depth

    @property
    def block_shape(self) -> Any:
        """The shape of the spectrum, without the batch."""
        return self._given_spectrum.shape[-self._depth :]

    def block_shape_tensor(self) -> Any:
        """The shape of the spectrum, without the batch, as an int32 tensor."""
        return convert_to_tensor(list(sizes(self._given_spectrum)[-self._depth :]), dtypes.int32)

    def _complex_spectrum(self) -> Any:
        wide = self.dtype in (dtypes.float64, dtypes.complex128)
        return cast(self._given_spectrum, dtypes.complex128 if wide else dtypes.complex64)

    def convolution_kernel(self, name: str = "convolution_kernel") -> Any:
        """The kernel whose circular convolution the operator is: the inverse transform of the spectrum."""
        return cast(_kernel(self._complex_spectrum(), self._depth), self.dtype)

    def _shape(self) -> tuple[int, ...]:
        shape = sizes(self._given_spectrum)
        size = int(np.prod(shape[-self._depth :]))
        return (*shape[: -self._depth], size, size)

    def _matmul(self, x: Any, adjoint: bool = False) -> Any:
        return _circulate(self._complex_spectrum(), x, self._depth, "adjoint" if adjoint else "apply")

    def _solve(self, rhs: Any, adjoint: bool = False) -> Any:
        return _circulate(self._complex_spectrum(), rhs, self._depth, "solve_adjoint" if adjoint else "solve")

    def _to_dense(self) -> Any:
        identity = convert_to_tensor(np.eye(self._shape()[-1], dtype=self.dtype.as_numpy_dtype))
        return self._matmul(identity)

    def _eigvals(self) -> Any:
        return convert_to_tensor(_flat(self._given_spectrum, self._depth))

    def _determinant(self) -> Any:
        return cast(reduce_prod(_flat(self._complex_spectrum(), self._depth), axis=-1), self.dtype)

    def _log_abs_determinant(self) -> Any:
        found = reduce_sum(log(absolute(_flat(self._complex_spectrum(), self._depth))), axis=-1)
        return cast(found, self.dtype)

    def _cond(self) -> Any:
        size = absolute(_flat(self._complex_spectrum(), self._depth))
        return reduce_max(size, axis=-1) / reduce_min(size, axis=-1)

    def assert_hermitian_spectrum(self, name: str = "assert_hermitian_spectrum") -> None:
        """Raises InvalidArgumentError if the kernel is not real."""
        known = concrete(_kernel(self._complex_spectrum(), self._depth))
        if known is not None and np.abs(known.imag).max(initial=0.0) > 1e-5 * max(np.abs(known).max(initial=0.0), 1):
            raise errors.InvalidArgumentError(None, None, "Spectrum was not Hermitian.")

    def _like(self, spectrum: Any) -> LinearOperator:
        return type(self)(spectrum, self.dtype, self.is_non_singular, self.is_self_adjoint, self.is_positive_definite)

    def _adjoint(self) -> LinearOperator:
        return self._like(conj(self._given_spectrum))

    def _inverse(self) -> LinearOperator:
        return self._like(1.0 / convert_to_tensor(self._given_spectrum))


class LinearOperatorCirculant(Circulant):
    """A circulant matrix as an operator: a circular convolution, applied by Fourier transforms.

    Args:
      spectrum: tensor ``[..., n]``, the eigenvalues: the Fourier transform of the first column.
      input_output_dtype: dtype of the operator.
      is_non_singular, is_self_adjoint, is_positive_definite, is_square: bool or None, what is known.
      name: str.

    >>> import kerax as tf
    >>> tf.linalg.LinearOperatorCirculant([2.0, 2.0], tf.float32).to_dense().numpy()
    array([[2., 0.],
           [0., 2.]], dtype=float32)
    """


class LinearOperatorCirculant2D(Circulant):
    """A block circulant matrix as an operator: a circular convolution in two dimensions.

    Args:
      spectrum: tensor ``[..., n, m]``, the eigenvalues.
      input_output_dtype: dtype of the operator.
      is_non_singular, is_self_adjoint, is_positive_definite, is_square: bool or None, what is known.
      name: str.

    >>> import kerax as tf
    >>> tf.linalg.LinearOperatorCirculant2D([[2.0, 2.0]], tf.float32).shape
    TensorShape([2, 2])
    """

    _depth = 2


class LinearOperatorCirculant3D(Circulant):
    """A nested block circulant matrix as an operator: a circular convolution in three dimensions.

    Args:
      spectrum: tensor ``[..., l, n, m]``, the eigenvalues.
      input_output_dtype: dtype of the operator.
      is_non_singular, is_self_adjoint, is_positive_definite, is_square: bool or None, what is known.
      name: str.

    >>> import kerax as tf
    >>> tf.linalg.LinearOperatorCirculant3D([[[2.0, 2.0]]], tf.float32).shape
    TensorShape([2, 2])
    """

    _depth = 3


@op("parts*")
def _dense_bands(parts, layout, name=None):
    return tridiagonal_to_dense(*_diagonals(parts, layout))


@op("parts*")
def _compact_adjoint(parts, layout, name=None):
    above, main, below = (jnp.conj(value) for value in _diagonals(parts, layout))
    lowered = jnp.roll(above, 1, axis=-1)
    raised = jnp.roll(below, -1, axis=-1)
    return jnp.stack([raised, main, lowered], axis=-2)


class LinearOperatorTridiag(LinearOperator):
    """A tridiagonal matrix as an operator.

    Args:
      diagonals: ``[..., 3, n]`` (above, main, below) if compact; the three of them as a sequence; or the
        matrix ``[..., n, n]``.
      diagonals_format: ``"compact"``, ``"sequence"`` or ``"matrix"``.
      is_non_singular, is_self_adjoint, is_positive_definite, is_square: bool or None, what is known.
      name: str.

    >>> import kerax as tf
    >>> d = [[1.0, 0.0], [2.0, 2.0], [0.0, 3.0]]
    >>> tf.linalg.LinearOperatorTridiag(d).to_dense().numpy()
    array([[2., 1.],
           [3., 2.]], dtype=float32)
    """

    def __init__(
        self,
        diagonals: Any,
        diagonals_format: str = "compact",
        is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None,
        is_square: bool | None = None,
        name: str = "LinearOperatorTridiag",
    ) -> None:
        parameters = hints(locals())
        self._layout = diagonals_format
        parts = _parts(diagonals, diagonals_format)
        self._diagonals = [as_operand(part) for part in parts]
        if is_square is False:
            raise ValueError("Only square tridiagonal operators supported.")
        super().__init__(
            self._diagonals[0].dtype,
            None,
            is_non_singular,
            is_self_adjoint,
            is_positive_definite,
            True,
            name,
            parameters,
        )

    @property
    def diagonals(self) -> Any:
        """The diagonals, as given."""
        return self._diagonals if self._layout == "sequence" else self._diagonals[0]

    @property
    def diagonals_format(self) -> str:
        """How they are given."""
        return self._layout

    def _shape(self) -> tuple[int, ...]:
        shape = sizes(self._diagonals[1 if self._layout == "sequence" else 0])
        if self._layout == "matrix":
            return shape
        batch = shape[:-1] if self._layout == "sequence" else shape[:-2]
        return (*batch, shape[-1], shape[-1])

    def _to_dense(self) -> Any:
        return _dense_bands(self._diagonals, self._layout)

    def _matmul(self, x: Any, adjoint: bool = False) -> Any:
        if adjoint:
            return tridiagonal_matmul(_compact_adjoint(self._diagonals, self._layout), x)
        return tridiagonal_matmul(self.diagonals, x, diagonals_format=self._layout)

    def _solve(self, rhs: Any, adjoint: bool = False) -> Any:
        if adjoint:
            return tridiagonal_solve(_compact_adjoint(self._diagonals, self._layout), rhs)
        return tridiagonal_solve(self.diagonals, rhs, diagonals_format=self._layout)


@op("perm: int; x")
def _permuted(perm, x, inverse, name=None):
    order = jnp.argsort(perm, axis=-1) if inverse else perm
    batch = jnp.broadcast_shapes(order.shape[:-1], x.shape[:-2])
    order = jnp.broadcast_to(order, (*batch, order.shape[-1]))
    x = jnp.broadcast_to(x, (*batch, *x.shape[-2:]))
    return jnp.take_along_axis(x, order[..., None], axis=-2)


class LinearOperatorPermutation(LinearOperator):
    """A permutation of the elements of vectors as an operator: ``(A x)[i] = x[perm[i]]``.

    Args:
      perm: int tensor ``[..., n]``.
      dtype: dtype of the operator.
      is_non_singular, is_self_adjoint, is_positive_definite, is_square: bool or None, what is known.
      name: str.

    >>> import kerax as tf
    >>> tf.linalg.LinearOperatorPermutation([1, 2, 0]).matvec([5.0, 6.0, 7.0]).numpy()
    array([6., 7., 5.], dtype=float32)
    """

    def __init__(
        self,
        perm: Any,
        dtype: Any = dtypes.float32,
        is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None,
        is_square: bool | None = None,
        name: str = "LinearOperatorPermutation",
    ) -> None:
        parameters = hints(locals())
        if is_non_singular is False or is_square is False:
            raise ValueError("A Permutation operator is always non-singular and square.")
        self._perm = as_operand(perm)
        if not dtypes.as_dtype(self._perm.dtype).is_integer:
            raise TypeError(f"Argument `perm` must be integer dtype. Found: {self._perm.dtype}")
        known = concrete(self._perm)
        if known is not None and (np.sort(known, axis=-1) != np.arange(known.shape[-1])).any():
            raise ValueError("Argument `perm` must be a vector of unique integers.")
        super().__init__(dtype, None, is_non_singular, is_self_adjoint, is_positive_definite, True, name, parameters)

    @property
    def perm(self) -> Any:
        """The permutation."""
        return self._perm

    def _shape(self) -> tuple[int, ...]:
        shape = sizes(self._perm)
        return (*shape, shape[-1])

    def _matmul(self, x: Any, adjoint: bool = False) -> Any:
        return _permuted(self._perm, x, adjoint)

    def _solve(self, rhs: Any, adjoint: bool = False) -> Any:
        return _permuted(self._perm, rhs, not adjoint)

    def _to_dense(self) -> Any:
        return self._matmul(convert_to_tensor(np.eye(sizes(self._perm)[-1], dtype=self.dtype.as_numpy_dtype)))

    def _cond(self) -> Any:
        return convert_to_tensor(np.ones(sizes(self._perm)[:-1], self.dtype.as_numpy_dtype))

    def _log_abs_determinant(self) -> Any:
        return convert_to_tensor(np.zeros(sizes(self._perm)[:-1], self.dtype.as_numpy_dtype))


@op("axis, x")
def _reflected(axis, x, name=None):
    unit = axis / jnp.linalg.norm(axis, axis=-1, keepdims=True)
    vector = unit[..., None]
    return x - 2 * vector * jnp.matmul(swapped(vector, True), x)


class LinearOperatorHouseholder(LinearOperator):
    """A reflection as an operator: ``I - 2 v vᴴ / ‖v‖²``.

    Args:
      reflection_axis: tensor ``[..., n]``, the normal of the mirror.
      is_non_singular, is_self_adjoint, is_positive_definite, is_square: bool or None, what is known.
      name: str.

    >>> import kerax as tf
    >>> tf.linalg.LinearOperatorHouseholder([1.0, 0.0]).matvec([3.0, 4.0]).numpy()
    array([-3.,  4.], dtype=float32)
    """

    _definiteness_is_checked = True

    def __init__(
        self,
        reflection_axis: Any,
        is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None,
        is_square: bool | None = None,
        name: str = "LinearOperatorHouseholder",
    ) -> None:
        parameters = hints(locals())
        if is_self_adjoint is False:
            raise ValueError("A Householder operator is always self adjoint.")
        if is_positive_definite:
            raise ValueError("A Householder operator is always non-positive definite.")
        if is_square is False or is_non_singular is False:
            raise ValueError("A Householder operator is always square and non-singular.")
        self._axis = as_operand(reflection_axis)
        super().__init__(self._axis.dtype, None, is_non_singular, True, False, True, name, parameters)

    @property
    def reflection_axis(self) -> Any:
        """The normal of the mirror."""
        return self._axis

    def _shape(self) -> tuple[int, ...]:
        shape = sizes(self._axis)
        return (*shape, shape[-1])

    def _matmul(self, x: Any, adjoint: bool = False) -> Any:
        return _reflected(self._axis, x)

    def _solve(self, rhs: Any, adjoint: bool = False) -> Any:
        return _reflected(self._axis, rhs)

    def _to_dense(self) -> Any:
        return self._matmul(convert_to_tensor(np.eye(sizes(self._axis)[-1], dtype=self.dtype.as_numpy_dtype)))

    def _full(self, value: float) -> Any:
        return convert_to_tensor(np.full(sizes(self._axis)[:-1], value, self.dtype.as_numpy_dtype))

    def _determinant(self) -> Any:
        return self._full(-1)

    def _log_abs_determinant(self) -> Any:
        return self._full(0)

    def _cond(self) -> Any:
        return self._full(1)

    def _eigvals(self) -> Any:
        shape = sizes(self._axis)
        values = np.ones(shape, self.dtype.as_numpy_dtype)
        values[..., 0] = -1
        return convert_to_tensor(values)

    def _inverse(self) -> LinearOperator:
        return self
