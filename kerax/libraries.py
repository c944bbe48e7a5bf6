"""What TensorFlow loads from libraries and registers for graphs, and kerax does not; and a few ops beside them."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes, errors
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor


def load_library(library_location: Any) -> None:
    """Not available: TensorFlow's binary libraries need TensorFlow.

    Raises:
      FileNotFoundError: there is no such file.
      NotImplementedError: there is one.
    """
    if not os.path.exists(library_location):
        raise FileNotFoundError(2, "The file or folder to load kernel libraries from does not exist.", library_location)
    raise NotImplementedError(f"{library_location}: kerax cannot load libraries of TensorFlow kernels.")


def load_op_library(library_filename: Any) -> Any:
    """Not available: TensorFlow's binary libraries need TensorFlow.

    Raises:
      errors.NotFoundError: there is no such file.
      NotImplementedError: there is one.
    """
    if not os.path.exists(library_filename):
        raise errors.NotFoundError(
            None, None, f"{library_filename}: cannot open shared object file: No such file or directory"
        )
    raise NotImplementedError(f"{library_filename}: kerax cannot load libraries of TensorFlow ops.")


def no_gradient(op_type: str) -> None:
    """Registers that a graph op has no gradient; kerax has no graph ops, so nothing happens.

    Raises:
      TypeError: the name is no str.
    """
    if not isinstance(op_type, str):
        raise TypeError("op_type must be a string")


def check_pinned(tensor: Any, name: str | None = None) -> Any:
    """Checks that a tensor is in memory pinned for transfers, which JAX's arrays never are.

    Raises:
      errors.InvalidArgumentError: always.
    """
    convert_to_tensor(tensor)
    raise errors.InvalidArgumentError(None, None, "not pinned [Op:CheckPinned]")


def make_tensor_proto(
    values: Any, dtype: Any = None, shape: Any = None, verify_shape: bool = False, allow_broadcast: bool = False
) -> Any:
    """A value as a ``TensorProto`` message.

    Args:
      values: number, nested list or array.
      dtype: its dtype, or None.
      shape: its shape, or None; a single value fills it.
      verify_shape: bool, whether the value must have that shape itself.
      allow_broadcast: bool, whether a value of any shape may be broadcast to it.

    Returns:
      the message.

    Raises:
      TypeError: another shape than the one to be verified.
      ValueError: another number of elements.

    >>> import kerax as tf
    >>> tf.make_ndarray(tf.make_tensor_proto([1, 2]))
    array([1, 2], dtype=int32)
    """
    from kerax.io.tensor_proto import array_to_proto

    if allow_broadcast and verify_shape:
        raise ValueError("allow_broadcast and verify_shape are not both allowed.")
    array = np.asarray(convert_to_tensor(values, None if dtype is None else dtypes.as_dtype(dtype)))
    if shape is not None:
        sizes = tuple(int(size) for size in shape)
        if verify_shape and array.shape != sizes:
            raise TypeError(f"Expected Tensor's shape: {sizes}, but got {array.shape}.")
        count = int(np.prod(sizes, dtype=np.int64))
        if allow_broadcast or array.size == 1:
            array = np.broadcast_to(array if allow_broadcast else array.reshape(()), sizes)
        elif array.size == count:
            array = array.reshape(sizes)
        else:
            raise ValueError(f"Too many or too few elements provided. Needed {count}, but received {array.size}.")
    return array_to_proto(array)


def make_ndarray(tensor: Any) -> np.ndarray:
    """The numpy array of a ``TensorProto`` message, or of a Tensor.

    Args:
      tensor: message as ``tf.make_tensor_proto`` makes it, or Tensor.

    Raises:
      TypeError: neither.
    """
    from kerax.io.tensor_proto import proto_to_array

    if hasattr(tensor, "tensor_shape"):
        return proto_to_array(tensor)
    if hasattr(tensor, "numpy"):
        return np.asarray(tensor.numpy())
    raise TypeError(f"Unsupported tensor type: {type(tensor).__name__}; make_ndarray takes a TensorProto.")


class ApproxTopK(NamedTuple):
    values: Any
    indices: Any


@op("input: float", name="ApproxTopK")
def approx_top_k(
    input,
    k,
    reduction_dimension=-1,
    recall_target=0.95,
    is_max_k=True,
    reduction_input_size_override=-1,
    aggregate_to_topk=True,
    name=None,
):
    """The greatest elements along a dimension, approximately where that is faster (on TPUs).

    Args:
      input: floating point tensor.
      k: int, how many.
      reduction_dimension: int, the dimension.
      recall_target: float, the share of them that must be found.
      is_max_k: bool, False for the least elements.
      reduction_input_size_override: int, the size of the dimension where this is a part of it; -1: its own.
      aggregate_to_topk: bool, whether the result has exactly ``k`` elements.
      name: ignored.

    Returns:
      (values, indices): the elements in order and their int32 places.
    """
    function = jax.lax.approx_max_k if is_max_k else jax.lax.approx_min_k
    return ApproxTopK(
        *function(
            input,
            k,
            reduction_dimension=reduction_dimension,
            recall_target=recall_target,
            reduction_input_size_override=reduction_input_size_override,
            aggregate_to_topk=aggregate_to_topk,
        )
    )


def nondifferentiable_batch_function(
    num_batch_threads: int,
    max_batch_size: int,
    batch_timeout_micros: int,
    allowed_batch_sizes: Any = None,
    max_enqueued_batches: int = 10,
    autograph: bool = True,
    enable_large_batch_splitting: bool = True,
) -> Callable[..., Any]:
    """A decorator of functions of batches, which run at once here: calls of several threads are not put together.

    Args:
      num_batch_threads, batch_timeout_micros, max_enqueued_batches: without effect: nothing waits.
      max_batch_size: int, the most rows of a batch.
      allowed_batch_sizes: increasing list of ints, the last one ``max_batch_size``: batches are filled up to one of
        them with their last row, and the result is cut again. None: no filling.
      autograph: without effect.
      enable_large_batch_splitting: bool, whether larger batches are run in parts.
    """
    sizes = None if allowed_batch_sizes is None else [int(size) for size in allowed_batch_sizes]
    if sizes is not None and (
        sizes != sorted(set(sizes)) or (sizes[-1] != max_batch_size and not enable_large_batch_splitting)
    ):
        raise ValueError("allowed_batch_sizes must increase and end in max_batch_size.")

    def decorate(fn: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(fn)
        def wrapper(*args: Any) -> Any:
            tensors = [convert_to_tensor(arg) for arg in args]
            rows = tensors[0].shape[0] if tensors and tensors[0].shape.rank else 0
            if rows > max_batch_size:
                if not enable_large_batch_splitting:
                    raise errors.InvalidArgumentError(
                        None, None, f"Batching input tensors supplied with {rows} rows: at most {max_batch_size} fit."
                    )
                parts = [
                    wrapper(*[tensor[start : start + max_batch_size] for tensor in tensors])
                    for start in range(0, rows, max_batch_size)
                ]
                return _joined(parts)
            wanted = rows if sizes is None else next((size for size in sizes if size >= rows), rows)
            result = fn(*[_filled(tensor, wanted - rows) for tensor in tensors])
            if wanted == rows:
                return result
            return _cut(result, rows)

        return wrapper

    return decorate


@op("tensor")
def _filled(tensor, extra):
    return jnp.concatenate([tensor, jnp.repeat(tensor[-1:], extra, axis=0)]) if extra else tensor


def _cut(result: Any, rows: int) -> Any:
    return type(result)(part[:rows] for part in result) if isinstance(result, (list, tuple)) else result[:rows]


def _joined(parts: list[Any]) -> Any:
    from kerax.array_ops import concat

    if isinstance(parts[0], (list, tuple)):
        return type(parts[0])(concat(list(column), 0) for column in zip(*parts, strict=True))
    return concat(parts, 0)
