"""Elements read from and written to places that tensors name: gather, scatter, where."""

from __future__ import annotations

import functools
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from kerax.array_ops._known import check_indices, concrete_integers, dims, invalid, known
from kerax.core import dtypes, errors, open_sizes
from kerax.core.context import context
from kerax.core.op import composed, group_dtype, op, static
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import OPERATORS, Tensor


def _no_fill(dtype: Any) -> Any:
    return False if dtype == jnp.bool_ else 0


def _take(params, indices, axis):
    place = jnp.asarray(params).at[(slice(None),) * axis + (indices,)]
    if context.portable:
        return place.get(mode="promise_in_bounds", wrap_negative_indices=False)
    return place.get(mode="fill", fill_value=_no_fill(params.dtype), wrap_negative_indices=False)


@op("params; indices: int", name="GatherV2")
def _gather(params, indices, axis, batch_dims):
    take = lambda p, i: _take(p, i, axis - batch_dims)  # noqa: E731
    for _ in range(batch_dims):
        take = jax.vmap(take)
    return take(params, indices)


@op("params; indices: int", name="GatherV2", rows=lambda indices, _: indices)
def _gather_rows(params, indices):
    return _take(params, indices, 0)


@composed
def gather(
    params: Any,
    indices: Any,
    validate_indices: Any = None,
    axis: Any = None,
    batch_dims: int = 0,
    name: str | None = None,
) -> Any:
    """Slices of a tensor along one dimension, at the given indices.

    Args:
      params: tensor.
      indices: int tensor of any shape, in [0, params.shape[axis]).
      validate_indices: has no effect, as in TensorFlow.
      axis: int, the dimension; ``batch_dims`` by default.
      batch_dims: int, how many leading dimensions the two share.
      name: ignored.

    Returns:
      Tensor of shape ``params.shape[:axis] + indices.shape[batch_dims:] + params.shape[axis + 1:]``.

    Raises:
      InvalidArgumentError: an index is out of range.

    Differs from TensorFlow: in a compiled function, and on an accelerator, an index out of range gives zeros.

    >>> import kerax as tf
    >>> tf.gather([10, 20, 30], [2, 0]).numpy()
    array([30, 10], dtype=int32)
    """
    params, indices = convert_to_tensor(params), convert_to_tensor(indices)
    rank, many = params.shape.rank, indices.shape.rank
    batch_dims = int(static(batch_dims, "batch_dims"))
    if not -many <= batch_dims <= many:
        raise ValueError(f"batch_dims = {batch_dims} must be less than or equal to rank(indices) = {many}")
    axis = batch_dims if axis is None else int(concrete_integers(axis, "axis"))
    batch_dims = batch_dims + many if batch_dims < 0 else batch_dims
    if not -rank <= axis < rank:
        raise invalid(f"Expected axis in the range [{-rank}, {rank}), but got {axis} [Op:GatherV2]")
    axis %= rank
    if batch_dims > axis:
        raise ValueError(f"batch_dims ({batch_dims}) must be less than or equal to axis ({axis})")
    if not indices.dtype.is_integer:
        raise _wrong_indices(indices.dtype)
    shared = params._value.shape[:batch_dims]
    if indices._value.shape[:batch_dims] != shared:
        raise invalid(
            f"params.shape[:{batch_dims}]: {list(shared)} should be equal to indices.shape[:{batch_dims}]: "
            f"{list(indices._value.shape[:batch_dims])} [Op:GatherV2]"
        )
    indices = check_indices(indices, params._value.shape[axis])
    return _gather(params, indices, axis, batch_dims) if axis else _gather_rows(params, indices)


def _wrong_indices(dtype: Any) -> Exception:
    message = (
        f"Value for attr 'Tindices' of {dtype.name} is not in the list of allowed values: uint16, int16, int32, int64"
    )
    return errors.InvalidArgumentError(None, None, message) if context.trace is None else TypeError(message)


def batch_gather(params: Any, indices: Any, name: str | None = None) -> Any:
    """``tf.gather`` with all dimensions of ``indices`` but the last as batch dimensions (TensorFlow 1).

    Args:
      params: tensor.
      indices: int tensor.
      name: ignored.
    """
    indices = convert_to_tensor(indices)
    return gather(params, indices, batch_dims=indices.shape.rank - 1)


@op("params; indices: int", name="GatherNd")
def _gather_nd(params, indices, batch_dims):
    def take(p, i):
        if i.shape[-1] == 0:
            return jnp.broadcast_to(p, i.shape[:-1] + p.shape)
        place = jnp.asarray(p).at[tuple(jnp.moveaxis(i, -1, 0))]
        return place.get(mode="fill", fill_value=_no_fill(p.dtype), wrap_negative_indices=False)

    for _ in range(batch_dims):
        take = jax.vmap(take)
    return take(params, indices)


def _check_nd(indices: Any, shape: tuple[int, ...], what: str, policy: str = "") -> None:
    """TensorFlow's complaint about index vectors that leave the tensor."""
    array = known(indices)
    if array is None or policy == "IGNORE" or array.size == 0:
        return
    depth = array.shape[-1]
    if open_sizes.is_open(shape[:depth]):
        return
    wrong = ((array < 0) | (array >= np.array(shape[:depth], np.int64))).any(-1)
    if wrong.any():
        at = np.argwhere(wrong)[0].tolist()
        raise errors.InvalidArgumentError(
            None,
            None,
            f"indices[{','.join(map(str, at))}] = {array[tuple(at)].tolist()} does not index into "
            f"{what} shape {str(list(shape)).replace(' ', '')}",
        )


def _check_policy(policy: str) -> str:
    if policy not in ("", "DEFAULT", "ERROR", "IGNORE"):
        raise invalid(f"Unknown bad_indices_policy: {policy}")
    return policy


@composed
def gather_nd(
    params: Any, indices: Any, batch_dims: int = 0, name: str | None = None, bad_indices_policy: str = ""
) -> Any:
    """Elements or slices of a tensor at index vectors.

    Args:
      params: tensor of rank n.
      indices: int [..., k], k <= n, vectors into the first k dimensions.
      batch_dims: int, how many leading dimensions the two share.
      name: ignored.
      bad_indices_policy: ``""`` or ``"ERROR"`` (an error), ``"IGNORE"`` (zeros).

    Returns:
      Tensor of shape ``indices.shape[:-1] + params.shape[k:]``.

    Raises:
      InvalidArgumentError: an index is out of range.

    Differs from TensorFlow: in a compiled function an index out of range gives zeros.

    >>> import kerax as tf
    >>> tf.gather_nd([[1, 2], [3, 4]], [[0, 1], [1, 0]]).numpy()
    array([2, 3], dtype=int32)
    """
    params, indices = convert_to_tensor(params), convert_to_tensor(indices)
    batch_dims = int(static(batch_dims, "batch_dims"))
    if not indices.dtype.is_integer:
        raise _wrong_indices(indices.dtype)
    shape, places = params._value.shape, indices._value.shape
    if not places:
        raise invalid("indices must be at least a vector [Op:GatherNd]")
    for name, rank in (("indices", len(places)), ("params", len(shape))):
        if batch_dims and batch_dims >= rank:
            raise ValueError(f"Argument `batch_dims` = {batch_dims} must be less than rank(`{name}`) = {rank}")
    if places[-1] > len(shape) - batch_dims:
        raise invalid(
            f"index innermost dimension length must be <= params rank; saw: {places[-1]} vs. {len(shape)} [Op:GatherNd]"
        )
    _check_nd(indices, shape[batch_dims:], "param", _check_policy(bad_indices_policy))
    if indices.shape.rank == 2 and indices.shape[1] == 1 and not batch_dims:
        return _gather_rows(params, indices[:, 0])
    return _gather_nd(params, indices, batch_dims)


def _scatter(base, indices, updates, kind):
    depth = indices.shape[-1]
    updates = jnp.broadcast_to(updates, indices.shape[:-1] + base.shape[depth:])
    if depth == 0:
        rows = updates.reshape((-1,) + base.shape)
        if kind == "set":
            return rows[-1] if rows.shape[0] else base
        combine = {"add": lambda b, r: b + r.sum(0, dtype=b.dtype), "min": lambda b, r: jnp.minimum(b, r.min(0))}
        return combine.get(kind, lambda b, r: jnp.maximum(b, r.max(0)))(base, rows)
    place = jnp.asarray(base).at[tuple(jnp.moveaxis(indices, -1, 0))]
    return getattr(place, kind)(updates, mode="drop", wrap_negative_indices=False)


@op("indices: int; updates", name="ScatterNd")
def _scatter_nd(indices, updates, shape):
    if updates.dtype == jnp.bool_:
        return _scatter(jnp.zeros(shape, jnp.int32), indices, updates.astype(jnp.int32), "add").astype(bool)
    return _scatter(jnp.zeros(shape, updates.dtype), indices, updates, "add")


def _check_updates(indices: Any, updates: Any, shape: tuple[int, ...], what: str) -> None:
    places, have = indices._value.shape, updates._value.shape
    if not places:
        raise invalid(f"Indices shape must have rank at least one. Found:[] [Op:{what}]")
    depth = places[-1]
    if depth > len(shape):
        raise invalid(
            f"The last dimension of indices ({depth}) must be at most the rank of the output, {len(shape)} [Op:{what}]"
        )
    want = places[:-1] + shape[depth:]
    if have != want:
        raise invalid(
            f"Dimensions [0,{len(places) - 1}) of indices[shape={list(places)}] must match dimensions "
            f"[0,{len(places) - 1}) of updates[shape={list(have)}] [Op:{what}]"
        )


@composed
def scatter_nd(indices: Any, updates: Any, shape: Any, bad_indices_policy: str = "", name: str | None = None) -> Any:
    """A tensor of zeros with updates added at index vectors.

    Args:
      indices: int [..., k].
      updates: tensor of shape ``indices.shape[:-1] + shape[k:]``.
      shape: sizes of the result.
      bad_indices_policy: ``""`` or ``"ERROR"`` (an error), ``"IGNORE"`` (such updates are dropped).
      name: ignored.

    Returns:
      Tensor; updates of the same place are summed.

    Raises:
      InvalidArgumentError: an index is out of range, or the shapes do not fit.

    Differs from TensorFlow: in a compiled function updates out of range are dropped.

    >>> import kerax as tf
    >>> tf.scatter_nd([[1], [1]], [10, 20], [3]).numpy()
    array([ 0, 30,  0], dtype=int32)
    """
    indices, updates = convert_to_tensor(indices), convert_to_tensor(updates)
    sizes = dims(shape)
    if not indices.dtype.is_integer:
        raise _wrong_indices(indices.dtype)
    _check_updates(indices, updates, sizes, "ScatterNd")
    _check_nd(indices, sizes, "shape", _check_policy(bad_indices_policy))
    if updates._value.dtype == object:
        return _scatter_text(np.full(sizes, b"", object), indices, updates, joined=True)
    return _scatter_nd(indices, updates, sizes)


def _scatter_text(base: np.ndarray, indices: Any, updates: Any, joined: bool) -> Any:
    base = base.copy()
    places = tuple(np.moveaxis(np.asarray(indices._value), -1, 0))
    if joined:
        np.add.at(base, places, updates._value)
    else:
        base[places] = updates._value
    return convert_to_tensor(base)


@op("tensor, updates; indices: int", name="TensorScatter")
def _scatter_into(tensor, indices, updates, kind):
    return _scatter(tensor, indices, updates, kind)


def _extreme(kind):
    """Minimum or maximum at places, with TensorFlow's gradient: to whatever equals the result, divided among ties."""

    @jax.custom_vjp
    def scatter(tensor, updates, indices):
        return _scatter(tensor, indices, updates, kind)

    def forward(tensor, updates, indices):
        out = scatter(tensor, updates, indices)
        return out, (tensor, updates, indices, out)

    def backward(saved, grad):
        tensor, updates, indices, out = saved
        places = tuple(jnp.moveaxis(indices, -1, 0))
        from_tensor = (out == tensor).astype(grad.dtype)
        from_updates = (updates == out[places]).astype(grad.dtype)
        share = grad / (from_tensor + jnp.zeros_like(out).at[places].add(from_updates))
        zero = np.zeros(indices.shape, jax.dtypes.float0)
        return from_tensor * share, from_updates * share[places], zero

    scatter.defvjp(forward, backward)
    return scatter


_EXTREMES = {kind: _extreme(kind) for kind in ("min", "max")}


@op("tensor, updates; indices: int", name="TensorScatter")
def _scatter_extreme(tensor, indices, updates, kind):
    if indices.shape[-1] == 0:
        return _scatter(tensor, indices, updates, kind)
    updates = jnp.broadcast_to(updates, indices.shape[:-1] + tensor.shape[indices.shape[-1] :])
    return _EXTREMES[kind](tensor, updates, indices)


def _tensor_scatter(kind: str, tensor: Any, indices: Any, updates: Any, policy: str = "") -> Any:
    wanted = group_dtype([tensor, updates])
    tensor = tensor if isinstance(tensor, Tensor) else convert_to_tensor(tensor, wanted)
    updates = updates if isinstance(updates, Tensor) else convert_to_tensor(updates, tensor.dtype)
    indices = convert_to_tensor(indices)
    if not indices.dtype.is_integer:
        raise _wrong_indices(indices.dtype)
    shape = tensor._value.shape
    _check_updates(indices, updates, shape, "TensorScatterUpdate")
    _check_nd(indices, shape, "shape", _check_policy(policy))
    if kind in ("min", "max"):
        return _scatter_extreme(tensor, indices, updates, kind)
    if kind == "sub":
        return _scatter_minus(tensor, indices, updates)
    if tensor._value.dtype == object:
        return _scatter_text(tensor._value, indices, updates, joined=kind == "add")
    return _scatter_into(tensor, indices, updates, kind)


@op("tensor, updates; indices: int", name="TensorScatterSub")
def _scatter_minus(tensor, indices, updates):
    return _scatter(tensor, indices, -updates, "add")


@composed
def tensor_scatter_nd_update(tensor: Any, indices: Any, updates: Any, name: str | None = None) -> Any:
    """A copy of a tensor with the elements at index vectors replaced.

    Args:
      tensor: tensor.
      indices: int [..., k].
      updates: tensor of shape ``indices.shape[:-1] + tensor.shape[k:]``, or a scalar.
      name: ignored.

    Returns:
      Tensor; of updates of the same place the last one stays.

    Raises:
      InvalidArgumentError: an index is out of range, or the shapes do not fit.

    >>> import kerax as tf
    >>> tf.tensor_scatter_nd_update([1, 2, 3], [[1]], [9]).numpy()
    array([1, 9, 3], dtype=int32)
    """
    return _tensor_scatter("set", tensor, indices, updates)


@composed
def tensor_scatter_nd_add(
    tensor: Any, indices: Any, updates: Any, bad_indices_policy: str = "", name: str | None = None
) -> Any:
    """A copy of a tensor with updates added at index vectors.

    Args:
      tensor: tensor.
      indices: int [..., k].
      updates: tensor of shape ``indices.shape[:-1] + tensor.shape[k:]``.
      bad_indices_policy: ``""`` or ``"ERROR"`` (an error), ``"IGNORE"`` (such updates are dropped).
      name: ignored.

    Returns:
      Tensor.

    >>> import kerax as tf
    >>> tf.tensor_scatter_nd_add([1, 2], [[1], [1]], [10, 20]).numpy()
    array([ 1, 32], dtype=int32)
    """
    return _tensor_scatter("add", tensor, indices, updates, bad_indices_policy)


@composed
def tensor_scatter_nd_sub(
    tensor: Any, indices: Any, updates: Any, bad_indices_policy: str = "", name: str | None = None
) -> Any:
    """A copy of a tensor with updates subtracted at index vectors; arguments as ``tf.tensor_scatter_nd_add``."""
    return _tensor_scatter("sub", tensor, indices, updates, bad_indices_policy)


@composed
def tensor_scatter_nd_min(
    tensor: Any, indices: Any, updates: Any, bad_indices_policy: str = "", name: str | None = None
) -> Any:
    """A copy of a tensor with the smaller of element and update; arguments as ``tf.tensor_scatter_nd_add``."""
    return _tensor_scatter("min", tensor, indices, updates, bad_indices_policy)


@composed
def tensor_scatter_nd_max(
    tensor: Any, indices: Any, updates: Any, bad_indices_policy: str = "", name: str | None = None
) -> Any:
    """A copy of a tensor with the larger of element and update; arguments as ``tf.tensor_scatter_nd_add``."""
    return _tensor_scatter("max", tensor, indices, updates, bad_indices_policy)


@op("condition: number bool", host=True, name="Where")
def _where_true(condition):
    if condition.ndim == 0:
        raise invalid("WhereOp : Unhandled input dimensions: 0 [Op:Where]")
    return np.argwhere(condition).astype(np.int64)


@op("condition: bool; x, y", name="SelectV2")
def _select(condition, x, y):
    return jnp.where(condition, x, y)


@composed
def where(condition: Any, x: Any = None, y: Any = None, name: str | None = None) -> Any:
    """Elements of ``x`` where a condition holds, else of ``y``; without these, the places where it holds.

    Args:
      condition: bool tensor (of any dtype where ``x`` and ``y`` are missing: what is not zero).
      x: tensor, broadcast with the condition.
      y: tensor of the same dtype.
      name: ignored.

    Returns:
      Tensor of the broadcast shape; or int64 [number of true elements, rank].

    Raises:
      ValueError: only one of ``x`` and ``y`` is given.

    >>> import kerax as tf
    >>> tf.where([True, False], [1, 2], 0).numpy()
    array([1, 0], dtype=int32)
    >>> tf.where([False, True]).numpy()
    array([[1]])
    """
    if x is None and y is None:
        return _where_true(convert_to_tensor(condition))
    if x is None or y is None:
        raise ValueError("x and y must both be non-None or both be None.")
    if type(condition) is not Tensor:
        condition = convert_to_tensor(condition, dtypes.bool)
    return _select(condition, x, y)


OPERATORS["gather"] = gather
OPERATORS["gather_nd"] = gather_nd
OPERATORS["check_indices"] = check_indices
OPERATORS["check_nd_indices"] = functools.partial(_check_nd, what="variable")
