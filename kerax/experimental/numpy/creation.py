"""Making arrays: ``tf.experimental.numpy.array``, ``arange``, ``zeros`` and their like."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes, errors
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.experimental.numpy._support import (
    array_function,
    as_array,
    axes_of,
    default_float,
    result_dtype,
)
from kerax.math.casting import cast


def _like(value: Any, dtype: Any) -> dtypes.DType:
    return as_array(value).dtype if dtype is None else result_dtype(dtype)


@array_function
def array(val: Any, dtype: Any = None, copy: bool = True, ndmin: int = 0) -> Any:
    """A Tensor of any value: python numbers become int64, float64 and complex128.

    Args:
      val: number, nested list, numpy array or Tensor.
      dtype: its dtype, to which the value is cast.
      copy: without effect: Tensors do not change.
      ndmin: int, the least number of dimensions; ones are put in front.

    Returns:
      Tensor.

    >>> import kerax as tf
    >>> tf.experimental.numpy.array([1, 2])
    <tf.Tensor: shape=(2,), dtype=int64, numpy=array([1, 2])>
    """
    if ndmin > 32:
        raise ValueError("ndmin bigger than allowable number of dimensions: 32.")
    result = as_array(val, dtype)
    missing = ndmin - result.shape.rank
    return _reshape(result, (1,) * missing + tuple(result.shape)) if missing > 0 else result


@op("a", name="reshape")
def _reshape(a, shape):
    return jnp.reshape(a, shape)


@array_function
def asarray(a: Any, dtype: Any = None) -> Any:
    """A Tensor of any value, itself where it is one of that dtype."""
    return as_array(a, dtype)


@array_function
def asanyarray(a: Any, dtype: Any = None) -> Any:
    """The same as ``asarray``."""
    return as_array(a, dtype)


@array_function
def ascontiguousarray(a: Any, dtype: Any = None) -> Any:
    """A Tensor of at least one dimension."""
    return array(a, dtype, ndmin=1)


@array_function
def copy(a: Any) -> Any:
    """A Tensor of the value."""
    return array(a)


def _sizes(shape: Any) -> tuple[int, ...]:
    found = axes_of(shape)
    return (int(found),) if isinstance(found, (int, np.integer)) else tuple(int(size) for size in found)


def zeros(shape: Any, dtype: Any = float) -> Tensor:
    """Zeros of a shape; float64 unless another dtype is given."""
    return full(shape, 0, default_float() if dtype is None else dtype)


def ones(shape: Any, dtype: Any = float) -> Tensor:
    """Ones of a shape; float64 unless another dtype is given."""
    return full(shape, 1, dtypes.float32 if dtype is None else dtype)


def empty(shape: Any, dtype: Any = float) -> Tensor:
    """Zeros of a shape: nothing is left uninitialized here."""
    return zeros(shape, dtype)


@array_function
def full(shape: Any, fill_value: Any, dtype: Any = None) -> Any:
    """A value repeated to fill a shape.

    >>> import kerax as tf
    >>> tf.experimental.numpy.full([2], 7).numpy()
    array([7, 7])
    """
    return _broadcast_to(as_array(fill_value, dtype), _sizes(shape))


@op("a", name="broadcast_to")
def _broadcast_to(a, shape):
    return jnp.broadcast_to(a, shape)


@array_function
def full_like(
    a: Any, fill_value: Any, dtype: Any = None, order: str = "K", subok: bool = True, shape: Any = None
) -> Any:
    """A value repeated to the shape of an array, in its dtype unless another is given.

    Raises:
      ValueError: another order, subclass or shape is asked for.
    """
    if order != "K":
        raise ValueError("Non-standard orders are not supported.")
    if not subok:
        raise ValueError("subok being False is not supported.")
    if shape:
        raise ValueError("Overriding the shape is not supported.")
    a = as_array(a)
    return _broadcast_to(as_array(fill_value, _like(a, dtype)), tuple(a.shape))


@array_function
def zeros_like(a: Any, dtype: Any = None) -> Any:
    """Zeros of the shape of an array."""
    return full_like(a, 0, _like(a, dtype))


@array_function
def ones_like(a: Any, dtype: Any = None) -> Any:
    """Ones of the shape of an array."""
    return full_like(a, 1, _like(a, dtype))


@array_function
def empty_like(a: Any, dtype: Any = None) -> Any:
    """Zeros of the shape of an array."""
    return zeros_like(a, dtype)


def eye(N: Any, M: Any = None, k: int = 0, dtype: Any = float) -> Tensor:
    """A matrix ``[N, M]`` with ones on diagonal ``k``."""
    wanted = dtypes.float32 if dtype is None else result_dtype(dtype)
    return _eye(int(N), int(M or N), int(k), wanted)


@op("", name="eye")
def _eye(rows, columns, k, dtype):
    return jnp.eye(rows, columns, k, dtype.dtype)


def identity(n: Any, dtype: Any = float) -> Tensor:
    """The identity matrix ``[n, n]``."""
    return eye(n, n, dtype=dtype)


def arange(start: Any, stop: Any = None, step: Any = 1, dtype: Any = None) -> Tensor:
    """Numbers from ``start`` (0 where only one is given) up to ``stop``, which is left out.

    Raises:
      ValueError: a step of 0.

    >>> import kerax as tf
    >>> tf.experimental.numpy.arange(3)
    <tf.Tensor: shape=(3,), dtype=int64, numpy=array([0, 1, 2])>
    """
    first, last, by = (None if value is None else _number(value) for value in (start, stop, step))
    if not by:
        raise ValueError("step must be non-zero.")
    given = [value for value in (start, stop, step) if value is not None]
    wanted = result_dtype(dtype) if dtype is not None else as_array(0, result_dtype(*given)).dtype
    values = np.arange(first, step=by) if last is None else np.arange(first, last, by)
    if dtype is None and all(isinstance(value, int) for value in given):
        wanted = dtypes.int64
    return convert_to_tensor(values.astype(wanted.dtype))


def _number(value: Any) -> Any:
    return value if isinstance(value, (int, float)) else np.asarray(value).item()


@array_function
def linspace(
    start: Any,
    stop: Any,
    num: int = 50,
    endpoint: bool = True,
    retstep: bool = False,
    dtype: Any = float,
    axis: int = 0,
) -> Any:
    """``num`` numbers at equal distances from ``start`` to ``stop``.

    Args:
      start, stop: arrays that broadcast with each other.
      num: int, how many numbers.
      endpoint: bool, whether ``stop`` is the last one.
      retstep: bool, whether the distance is returned too.
      dtype: the result's dtype.
      axis: int, where the new dimension stands.
    """
    kinds = {value.dtype if isinstance(value, Tensor) else None for value in (start, stop)}
    kept = kinds.pop() if len(kinds) == 1 else None  # two tensors of one dtype keep it
    kind = kept if kept is not None and kept.is_floating else result_dtype(default_float(), start, stop)
    if not kind.is_complex and kept is None:
        kind = default_float()
    start, stop = (as_array(value, kind) for value in (start, stop))
    found = _linspace(start, stop, int(num), bool(endpoint), int(axis))
    found = found if dtype is None or dtype is float else cast(found, result_dtype(dtype))
    if not retstep:
        return found
    from kerax.experimental.numpy import elementwise

    parts = (num - 1) if endpoint else num
    return found, elementwise.divide(elementwise.subtract(stop, start), float(parts) if parts else float("nan"))


@op("start, stop", name="linspace")
def _linspace(start, stop, num, endpoint, axis):
    return jnp.linspace(start, stop, num, endpoint, axis=axis)


@array_function
def logspace(
    start: Any, stop: Any, num: int = 50, endpoint: bool = True, base: Any = 10.0, dtype: Any = None, axis: int = 0
) -> Any:
    """``num`` powers of ``base``, with exponents at equal distances from ``start`` to ``stop``."""
    from kerax.experimental.numpy import elementwise

    wanted = result_dtype(start, stop, float) if dtype is None else result_dtype(dtype)
    exponents = linspace(start, stop, num, endpoint, dtype=None, axis=axis)
    return cast(elementwise.power(as_array(base, exponents.dtype), exponents), wanted)


@array_function
def geomspace(start: Any, stop: Any, num: int = 50, endpoint: bool = True, dtype: Any = None, axis: int = 0) -> Any:
    """``num`` numbers from ``start`` to ``stop``, each the same multiple of the one before."""
    wanted = result_dtype(start, stop, float, int(num)) if dtype is None else result_dtype(dtype)
    exact = dtypes.complex128 if wanted.is_complex else default_float()
    return cast(_geomspace(as_array(start, exact), as_array(stop, exact), int(num), bool(endpoint), int(axis)), wanted)


@op("start, stop", name="geomspace")
def _geomspace(start, stop, num, endpoint, axis):
    return jnp.geomspace(start, stop, num, endpoint, axis=axis)


@array_function
def diag(v: Any, k: int = 0) -> Any:
    """The diagonal ``k`` of a matrix, or a matrix with a vector as its diagonal."""
    v = as_array(v)
    if v.shape.rank not in (1, 2):
        raise errors.InvalidArgumentError(None, None, f"Shape {v.shape} must have rank at most 2 and at least 1")
    return _diag(v, int(k))


@op("v", name="diag")
def _diag(v, k):
    return jnp.diag(v, k)


@array_function
def diagflat(v: Any, k: int = 0) -> Any:
    """A matrix with the elements of an array as its diagonal ``k``."""
    v = as_array(v)
    return _diag(_reshape(v, (-1,)), int(k))


def diag_indices(n: int, ndim: int = 2) -> tuple[Tensor, ...]:
    """The indices of the main diagonal of an array ``[n, n, …]``: int32 ``[n]``, one for each dimension."""
    if n < 0:
        raise ValueError(f"n argument to diag_indices must be nonnegative, got {n}")
    if ndim < 0:
        raise ValueError(f"ndim argument to diag_indices must be nonnegative, got {ndim}")
    return tuple([convert_to_tensor(np.arange(n, dtype=np.int32))] * ndim)


def tri(N: int, M: int | None = None, k: int = 0, dtype: Any = None) -> Tensor:
    """A matrix ``[N, M]`` of ones at and below diagonal ``k``, zeros above."""
    if k is not None and k < 0 and -k >= N:
        return zeros([N, M or N], default_float() if dtype is None else dtype)
    wanted = default_float() if dtype is None else result_dtype(dtype)
    return convert_to_tensor(np.tri(N, M, k, wanted.dtype))


@array_function
def vander(x: Any, N: int | None = None, increasing: bool = False) -> Any:
    """The Vandermonde matrix of a vector: its powers as columns."""
    x = as_array(x)
    if x.shape.rank != 1:
        raise ValueError("x must be a one-dimensional array")
    if N is not None and N < 0:
        raise ValueError("N must be nonnegative")
    return _vander(x, None if N is None else int(N), bool(increasing))


@op("x", name="vander")
def _vander(x, count, increasing):
    return jnp.vander(x, count, increasing)


def meshgrid(*xi: Any, **kwargs: Any) -> list[Any]:
    """Grids of coordinates of vectors.

    Args:
      *xi: vectors.
      **kwargs: ``indexing``, ``"xy"`` or ``"ij"``; ``sparse`` and ``copy`` with NumPy's default values.

    Returns:
      list of Tensors, one for each vector.

    Raises:
      ValueError: ``sparse=True`` or ``copy=False``.
    """
    if kwargs.get("sparse", False):
        raise ValueError(
            f"Function `meshgrid` does not support returning sparse arrays yet. Received: sparse={kwargs.get('sparse')}"
        )
    if not kwargs.get("copy", True):
        raise ValueError(f"Function `meshgrid` only supports copy=True. Received: copy={kwargs.get('copy')}")
    indexing = kwargs.get("indexing", "xy")
    if indexing not in ("xy", "ij"):
        raise ValueError(f"Argument `indexing` must be 'xy' or 'ij'. Received: {indexing}")
    return list(_meshgrid([as_array(x) for x in xi], indexing)) if xi else []


@array_function
def _meshgrid(arrays: Any, indexing: str) -> Any:
    count = len(arrays)
    flat = [_reshape(array, (-1,)) for array in arrays]
    sizes = [array.shape[0] for array in flat]
    places = list(range(count))
    if indexing == "xy" and count > 1:
        places[:2] = [1, 0]
    shape = [0] * count
    for place, size in zip(places, sizes, strict=True):
        shape[place] = size
    grids = []
    for array, place in zip(flat, places, strict=True):
        column = [1] * count
        column[place] = array.shape[0]
        grids.append(_broadcast_to(_reshape(array, tuple(column)), tuple(shape)))
    return grids
