"""Tensors as serialized ``TensorProto`` messages."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from kerax.core import dtypes, errors
from kerax.core.op import op
from kerax.core.tensor import Tensor
from kerax.io.proto import message

_VALUES = {
    "float32": "float_val", "float64": "double_val", "int32": "int_val", "int16": "int_val", "int8": "int_val",
    "uint8": "int_val", "uint16": "int_val", "int64": "int64_val", "bool": "bool_val", "uint32": "uint32_val",
    "uint64": "uint64_val", "complex64": "scomplex_val", "complex128": "dcomplex_val", "float16": "half_val",
    "bfloat16": "half_val", "string": "string_val",
}  # fmt: skip


def _varint(number: int) -> bytes:
    head = bytearray()
    while number > 127:
        head.append(number & 127 | 128)
        number >>= 7
    return bytes([*head, number])


def _packed(texts: list[bytes]) -> bytes:
    """Strings as ``tensor_content``: all their lengths, then all their bytes."""
    return b"".join(map(_varint, map(len, texts))) + b"".join(texts)


def _unpacked(content: bytes, count: int) -> list[bytes]:
    lengths, at = [], 0
    for _ in range(count):
        length = shift = 0
        while True:
            length |= (content[at] & 127) << shift
            at, shift = at + 1, shift + 7
            if content[at - 1] < 128:
                break
        lengths.append(length)
    ends = [at, *(at + end for end in itertools.accumulate(lengths))]
    return [content[start:end] for start, end in itertools.pairwise(ends)]


def array_to_proto(array: np.ndarray, packed: bool = False) -> Any:
    """A numpy array as a ``TensorProto``; strings one by one, or packed into its ``tensor_content``."""
    dtype = dtypes.from_numpy(array.dtype)
    proto = message("TensorProto")(dtype=dtype.as_datatype_enum)
    proto.tensor_shape.SetInParent()
    for size in array.shape:
        proto.tensor_shape.dim.add(size=size)
    if dtype is dtypes.string:
        texts = [item.encode() if isinstance(item, str) else item for item in array.ravel().tolist()]
        if packed:
            proto.tensor_content = _packed(texts)
        else:
            proto.string_val.extend(texts)
    else:
        proto.tensor_content = np.ascontiguousarray(array).tobytes()
    return proto


def proto_to_array(proto: Any) -> np.ndarray:
    """The numpy array of a ``TensorProto``, in any of its encodings."""
    dtype = dtypes.as_dtype(int(proto.dtype))
    shape = tuple(dim.size for dim in proto.tensor_shape.dim)
    count = int(np.prod(shape, dtype=np.int64))
    if proto.tensor_content and dtype is dtypes.string:
        array = np.empty(count, dtype=object)
        array[:] = _unpacked(proto.tensor_content, count)
        return array.reshape(shape)
    if proto.tensor_content:
        return np.frombuffer(proto.tensor_content, dtype.dtype).reshape(shape).copy()
    values = getattr(proto, _VALUES[dtype.name])
    if dtype is dtypes.string:
        array = np.empty(count, dtype=object)
        array[:] = list(values) + [values[-1] if values else b""] * (count - len(values))
        return array.reshape(shape)
    if dtype.is_complex:
        pairs = np.asarray(values, dtypes.as_dtype(dtype.real_dtype).dtype).reshape(-1, 2)
        array = (pairs[:, 0] + 1j * pairs[:, 1]).astype(dtype.dtype)
    elif dtype.name in ("float16", "bfloat16"):
        array = np.asarray(values, np.uint16).view(dtype.dtype)
    else:
        array = np.asarray(values).astype(dtype.dtype)
    if len(array) < count:
        last = array[-1] if len(array) else np.zeros((), dtype.dtype)
        array = np.concatenate([array, np.full(count - len(array), last, dtype.dtype)])
    return array.reshape(shape)


def serialize_array(array: np.ndarray, packed: bool = False) -> bytes:
    return array_to_proto(array, packed).SerializeToString()


def parse_array(data: bytes) -> np.ndarray:
    return proto_to_array(message("TensorProto").FromString(data))


@op("tensor", host=True)
def serialize_tensor(tensor, name=None):
    """A tensor as the bytes of a ``TensorProto``.

    Args:
      tensor: tensor of any dtype and shape.
      name: ignored.

    Returns:
      string scalar.

    >>> import kerax as tf
    >>> tf.io.parse_tensor(tf.io.serialize_tensor(tf.constant([1, 2])), tf.int32).numpy()
    array([1, 2], dtype=int32)
    """
    out = np.empty((), dtype=object)
    out[()] = serialize_array(np.asarray(tensor))
    return out


def parse_tensor(serialized: Any, out_type: Any, name: str | None = None) -> Tensor:
    """The tensor in the bytes of a ``TensorProto``.

    Args:
      serialized: string scalar.
      out_type: the dtype it must have.
      name: ignored.

    Raises:
      errors.InvalidArgumentError: other bytes, or another dtype.
    """
    return _parse_tensor(serialized, out_type)


@op("serialized: string", host=True)
def _parse_tensor(serialized, out_type):
    wanted = dtypes.as_dtype(out_type)
    if serialized.ndim:
        raise errors.InvalidArgumentError(
            None, None, f"Expected `serialized` to be a scalar, got shape: {list(serialized.shape)}"
        )
    try:
        proto = message("TensorProto").FromString(serialized[()])
    except Exception as error:
        raise errors.InvalidArgumentError(None, None, "Could not parse `serialized` as TensorProto") from error
    if int(proto.dtype) != wanted.as_datatype_enum:
        try:
            have = dtypes.as_dtype(int(proto.dtype)).name
        except TypeError:
            have = "invalid"
        raise errors.InvalidArgumentError(
            None, None, f"Type mismatch between parsed tensor ({have}) and dtype ({wanted.name})"
        )
    try:
        return proto_to_array(proto)
    except (TypeError, ValueError, MemoryError, OverflowError) as error:  # contents that are of no tensor
        raise errors.InvalidArgumentError(None, None, "Could not parse `serialized` as TensorProto") from error
