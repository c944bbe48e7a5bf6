"""Elements in files: the records behind file caches, snapshots and ``save``.

A file is a TFRecord file of serialized tensors, one record for every component of every element. The format
is kerax's own, not TensorFlow's snapshot format.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import numpy as np

from kerax.core import dtypes, errors
from kerax.core.tensor import TensorSpec
from kerax.data import structure
from kerax.data.specs import NoneTensorSpec
from kerax.data.structure import Flat
from kerax.io import records
from kerax.io.tensor_proto import parse_array, serialize_array


def path_text(path: Any) -> str:
    return os.fsdecode(path)


def exists(path: str) -> bool:
    return os.path.exists(path)


def write_text(path: str, text: str) -> None:
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w") as file:
        file.write(text)


def remove(path: str) -> None:
    if os.path.exists(path):
        os.remove(path)


class ElementWriter:
    """Writes flat elements to a file.

    Args:
      path: str.
      compression: None, ``"GZIP"`` or ``"ZLIB"``.
    """

    def __init__(self, path: str, compression: str | None = None) -> None:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        self._writer = records.RecordWriter(path, compression or "")
        self.count = 0

    def write(self, flat: Flat) -> None:
        head = json.dumps([_kind(leaf) for leaf in flat]).encode()
        self._writer.write(head)
        for leaf in flat:
            for array in _parts(leaf):
                self._writer.write(serialize_array(np.asarray(array)))
        self.count += 1

    def __enter__(self) -> ElementWriter:
        return self

    def __exit__(self, *_: Any) -> None:
        self._writer.close()


def read_elements(path: str, compression: str | None = None) -> Iterator[Flat]:
    """The flat elements of a file."""
    found = records.read_records(path, compression or "")
    for head in found:
        leaves: list[Any] = []
        for kind in json.loads(head):
            leaves.append(None if kind == "none" else parse_array(next(found)))
        yield tuple(leaves)


def _kind(leaf: Any) -> str:
    if leaf is None:
        return "none"
    if structure.is_composite(leaf) or structure.is_dataset(leaf) or structure.is_optional(leaf):
        raise errors.UnimplementedError(
            None, None, f"Elements of type {type(leaf).__name__} cannot be stored in files."
        )
    return "array"


def _parts(leaf: Any) -> list[Any]:
    return [] if leaf is None else [leaf]


def spec_to_json(spec: Any) -> Any:
    """An element spec as plain data."""
    if isinstance(spec, TensorSpec):
        shape = None if spec.shape.rank is None else list(spec.shape)
        return {"tensor": [shape, spec.dtype.name]}
    if isinstance(spec, NoneTensorSpec):
        return {"none": True}
    if isinstance(spec, dict):
        return {"dict": [[key, spec_to_json(value)] for key, value in spec.items()]}
    if isinstance(spec, tuple):
        return {"tuple": [spec_to_json(value) for value in spec]}
    raise errors.UnimplementedError(None, None, f"Elements of spec {spec} cannot be stored in files.")


def spec_from_json(data: Any) -> Any:
    """The element spec of ``spec_to_json``."""
    if "tensor" in data:
        shape, dtype = data["tensor"]
        return TensorSpec(shape, dtypes.as_dtype(dtype))
    if "none" in data:
        return NoneTensorSpec()
    if "dict" in data:
        return {key: spec_from_json(value) for key, value in data["dict"]}
    return tuple(spec_from_json(value) for value in data["tuple"])
