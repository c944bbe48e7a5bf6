"""``decode_raw``, ``decode_compressed``, ``decode_base64``, ``encode_base64`` and the proto ops."""

from __future__ import annotations

import base64
import binascii
import gzip
import re
import zlib
from typing import Any

import numpy as np

from kerax.core import dtypes, errors
from kerax.core.op import op

_RAW_TYPES = {
    "float16", "float32", "float64", "int32", "uint16", "uint8", "int16", "int8", "int64", "complex64", "complex128",
    "bool", "bfloat16",
}  # fmt: skip


def _invalid(text: str) -> errors.InvalidArgumentError:
    return errors.InvalidArgumentError(None, None, text)


def decode_raw(
    input_bytes: Any,
    out_type: Any,
    little_endian: bool = True,
    fixed_length: int | None = None,
    name: str | None = None,
) -> Any:
    """The bytes of strings as numbers.

    Args:
      input_bytes: string tensor; all of one length, unless ``fixed_length`` is given.
      out_type: dtype of the numbers.
      little_endian: bool, the order of their bytes.
      fixed_length: int, bytes taken of every string; shorter ones are filled with zeros.
      name: ignored.

    Returns:
      tensor ``[*shape of input_bytes, numbers]``.

    Raises:
      errors.InvalidArgumentError: lengths that differ or are no multiple of the size of a number.

    >>> import kerax as tf
    >>> tf.io.decode_raw(tf.constant("1"), tf.uint8).numpy()
    array([49], dtype=uint8)
    """
    return _decode_raw(input_bytes, out_type, little_endian, fixed_length)


@op("input_bytes: string", host=True, name="DecodeRaw")
def _decode_raw(input_bytes, out_type, little_endian, fixed_length):
    dtype = dtypes.as_dtype(out_type)
    if dtype.name not in _RAW_TYPES:
        raise TypeError(f"Value passed for out_type has DataType {dtype.name} not in list of allowed values.")
    size = dtype.dtype.itemsize
    texts = input_bytes.reshape(-1).tolist()
    if fixed_length is not None:
        if fixed_length <= 0 or fixed_length % size:
            raise _invalid(
                f"fixed_length ({fixed_length}) must be a positive multiple of the size of out_type ({size})"
            )
        texts = [text[:fixed_length].ljust(fixed_length, b"\0") for text in texts]
    length = len(texts[0]) if texts else fixed_length or 0
    for index, text in enumerate(texts):
        if len(text) != length:
            raise _invalid(
                "DecodeRaw requires input strings to all be the same size, but element "
                f"{index} has size {len(text)} != {length}"
            )
    if length % size:
        raise _invalid(
            f"Input to DecodeRaw has length {length} that is not a multiple of {size}, the size of {dtype.name}"
        )
    wide = (
        dtype.dtype.newbyteorder("<" if little_endian else ">")
        if size > 1 and dtype.name != "bfloat16"
        else dtype.dtype
    )
    out = np.frombuffer(b"".join(texts), wide).astype(dtype.dtype)
    return out.reshape(*input_bytes.shape, length // size)


def _map_text(array: np.ndarray, fn: Any) -> np.ndarray:
    out = np.empty(array.shape, dtype=object)
    for index, text in np.ndenumerate(array):
        out[index] = fn(text)
    return out


@op("bytes: string", host=True)
def decode_compressed(bytes, compression_type="", name=None):
    """Strings decompressed.

    Args:
      bytes: string tensor.
      compression_type: ``""``, ``"GZIP"`` or ``"ZLIB"``.
      name: ignored.

    Returns:
      string tensor of the same shape.
    """
    functions = {"": lambda text: text, "ZLIB": zlib.decompress, "GZIP": gzip.decompress}
    if compression_type not in functions:
        raise _invalid(f"Only ZLIB, GZIP or NONE are supported compressions, but got {compression_type}")
    try:
        return _map_text(bytes, functions[compression_type])
    except (zlib.error, OSError, EOFError) as error:
        raise errors.DataLossError(None, None, f"Failed to decompress: {error}") from error


@op("input: string", host=True)
def encode_base64(input, pad=False, name=None):
    """Strings in web-safe base64 (``-`` and ``_``).

    Args:
      input: string tensor.
      pad: bool, whether ``=`` fills up the last group.
      name: ignored.

    Returns:
      string tensor of the same shape.

    >>> import kerax as tf
    >>> tf.io.encode_base64("hello").numpy()
    b'aGVsbG8'
    """
    return _map_text(
        input, lambda text: base64.urlsafe_b64encode(text) if pad else base64.urlsafe_b64encode(text).rstrip(b"=")
    )


@op("input: string", host=True)
def decode_base64(input, name=None):
    """Strings of web-safe base64 decoded, padded or not.

    Args:
      input: string tensor.
      name: ignored.

    Returns:
      string tensor of the same shape.

    Raises:
      errors.InvalidArgumentError: other characters, or a length that no base64 has.
    """

    def decode(text: Any) -> Any:
        body = text.rstrip(b"=")
        if not re.fullmatch(rb"[A-Za-z0-9_-]*", body) or len(body) % 4 == 1:
            raise _invalid("Invalid character found in base64.")
        try:
            return base64.urlsafe_b64decode(body + b"=" * (-len(body) % 4))
        except binascii.Error as error:
            raise _invalid(f"Invalid base64: {error}") from error

    return _map_text(input, decode)


def _no_proto(name: str) -> Any:
    def raise_it(*args: Any, **kwargs: Any) -> Any:
        raise errors.UnimplementedError(
            None, None, f"tf.io.{name} is not available: parse messages with the protobuf package instead."
        )

    raise_it.__name__ = name
    raise_it.__doc__ = "Not available: parse messages with the protobuf package instead."
    return raise_it


decode_proto = _no_proto("decode_proto")
encode_proto = _no_proto("encode_proto")
