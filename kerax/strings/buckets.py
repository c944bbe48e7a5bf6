"""Strings and bytes as numbers: ``to_hash_bucket`` in its three forms, and ``tf.fingerprint``."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core.op import composed, op
from kerax.strings._text import invalid
from kerax.strings.hashing import farmhash64, hash_strings, murmurhash64, siphash


def _bucket(input: np.ndarray, num_buckets: Any, function: Any) -> np.ndarray:
    if num_buckets < 1:
        raise invalid(f"Value for attr 'num_buckets' of {num_buckets} must be at least minimum 1")
    hashes = hash_strings(input.ravel().tolist(), function)
    return (hashes % np.uint64(num_buckets)).astype(np.int64).reshape(input.shape)


@op("input: string", host=True, name="StringToHashBucket")
def to_hash_bucket(input, num_buckets, name=None):
    """The number of each string's bucket, by MurmurHash64A.

    Args:
      input: string tensor of any shape.
      num_buckets: int, at least 1.
      name: ignored.

    Returns:
      int64 tensor of the same shape, values ``0 … num_buckets - 1``.

    >>> import kerax as tf
    >>> tf.strings.to_hash_bucket(["a", "hello"], 1000).numpy()
    array([868, 938])
    """
    return _bucket(input, num_buckets, murmurhash64)


@op("input: string", host=True, name="StringToHashBucketFast")
def to_hash_bucket_fast(input, num_buckets, name=None):
    """The number of each string's bucket, by FarmHash's 64-bit fingerprint.

    Args:
      input: string tensor of any shape.
      num_buckets: int, at least 1.
      name: ignored.

    Returns:
      int64 tensor of the same shape, values ``0 … num_buckets - 1``.

    >>> import kerax as tf
    >>> tf.strings.to_hash_bucket_fast(["Hello", "TensorFlow", "2.x"], 3).numpy()
    array([0, 2, 2])
    """
    return _bucket(input, num_buckets, farmhash64)


@op("input: string", host=True, name="StringToHashBucketStrong")
def to_hash_bucket_strong(input, num_buckets, key, name=None):
    """The number of each string's bucket, by SipHash with a key that an attacker cannot guess.

    Args:
      input: string tensor of any shape.
      num_buckets: int, at least 1.
      key: list of two ints.
      name: ignored.

    Returns:
      int64 tensor of the same shape, values ``0 … num_buckets - 1``.

    >>> import kerax as tf
    >>> tf.strings.to_hash_bucket_strong(["Hello", "TF"], 3, [1, 2]).numpy()
    array([2, 0])
    """
    if len(key) != 2:
        raise invalid("Key must have 2 elements")
    return _bucket(input, num_buckets, lambda data: siphash(data, key))


@composed
def fingerprint(data: Any, method: Any = "farmhash64", name: str | None = None) -> Any:
    """A fingerprint of each row: FarmHash of its bytes.

    Args:
      data: tensor ``[rows, …]`` of any dtype.
      method: str, ``"farmhash64"``.
      name: ignored.

    Returns:
      uint8 tensor ``[rows, 8]``, the fingerprint's bytes, lowest first.

    Raises:
      errors.InvalidArgumentError: a scalar, or another method.

    >>> import kerax as tf
    >>> tf.fingerprint(["a"]).numpy()
    array([[227, 117, 223, 182, 101,  66,  69, 179]], dtype=uint8)
    """
    return _fingerprint(data, method)


@op("data", host=True)
def _fingerprint(data, method):
    if data.ndim == 0:
        raise invalid("`data` should have at least one dimension: []")
    if method not in ("farmhash64", b"farmhash64"):
        raise invalid(f"Unsupported fingerprint method: {method}")
    rows = data.shape[0]
    if data.dtype == object:
        # rows of several strings are hashed through the hashes of their strings
        hashes = hash_strings(data.ravel().tolist(), farmhash64)
        if data.ndim == 1:
            return hashes.astype("<u8").view(np.uint8).reshape(rows, 8)
        data = hashes
    texts = [row.tobytes() for row in np.ascontiguousarray(data).reshape(rows, -1)]
    return hash_strings(texts, farmhash64).astype("<u8").view(np.uint8).reshape(rows, 8)
