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
from kerax.io.atomic import write_bytes
from kerax.io.file_io import as_op_errors, make_folder
from kerax.io.tensor_proto import parse_array, serialize_array
from kerax.ragged import RaggedTensor, RaggedTensorSpec
from kerax.sparse import SparseTensor
from kerax.sparse.spec import SparseTensorSpec


def path_text(path: Any) -> str:
    return os.fsdecode(path)


def exists(path: str) -> bool:
    return os.path.exists(path)


def write_text(path: str, text: str) -> None:
    make_folder(os.path.dirname(path))
    with as_op_errors(path):
        write_bytes(path, text.encode())


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
        make_folder(os.path.dirname(path))
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


def read_elements(path: str, spec: Any, compression: str | None = None) -> Iterator[Flat]:
    """The flat elements of a file.

    Args:
      path: str.
      spec: the structure of specs of an element.
      compression: None, ``"GZIP"`` or ``"ZLIB"``.

    Raises:
      errors.DataLossError: the file is damaged, or holds other elements.
    """
    specs = structure.flatten(spec)
    found = records.read_records(path, compression or "")
    for head in found:
        try:
            kinds = json.loads(head)
            leaves = [_leaf(kind, found) for kind in kinds]
            fitting = [_fits(want, leaf) for want, leaf in zip(specs, leaves, strict=True)]
        except (ValueError, KeyError, TypeError, AttributeError, StopIteration, RecursionError) as error:
            raise errors.DataLossError(None, None, f"{path} is damaged: {error!r}") from error
        if not all(fitting):
            raise errors.DataLossError(None, None, f"{path} is damaged: an element is none of {spec}")
        yield tuple(leaves)


def _leaf(kind: str, found: Iterator[bytes]) -> Any:
    name, _, count = kind.partition(":")
    return _JOINED[name]([parse_array(next(found)) for _ in range(int(count or name == "array"))])


def _fits(spec: Any, leaf: Any) -> bool:
    if leaf is None:
        return isinstance(spec, NoneTensorSpec)
    return not isinstance(spec, NoneTensorSpec) and structure.leaf_spec(leaf).dtype == spec.dtype


def _kind(leaf: Any) -> str:
    if leaf is None:
        return "none"
    if isinstance(leaf, RaggedTensor):
        return f"ragged:{leaf.ragged_rank + 1}"
    if isinstance(leaf, SparseTensor):
        return "sparse:3"
    if structure.is_composite(leaf) or structure.is_dataset(leaf) or structure.is_optional(leaf):
        raise errors.UnimplementedError(
            None, None, f"Elements of type {type(leaf).__name__} cannot be stored in files."
        )
    return "array"


def _parts(leaf: Any) -> list[Any]:
    if isinstance(leaf, RaggedTensor):
        return [leaf.flat_values, *leaf.nested_row_splits]
    if isinstance(leaf, SparseTensor):
        return [leaf.indices, leaf.values, leaf.dense_shape]
    return [] if leaf is None else [leaf]


_JOINED = {
    "none": lambda parts: None,
    "array": lambda parts: parts[0],
    "ragged": lambda parts: RaggedTensor.from_nested_row_splits(parts[0], parts[1:]),
    "sparse": lambda parts: SparseTensor(*parts),
}


def spec_to_json(spec: Any) -> Any:
    """An element spec as plain data."""
    if isinstance(spec, TensorSpec):
        shape = None if spec.shape.rank is None else list(spec.shape)
        return {"tensor": [shape, spec.dtype.name]}
    if isinstance(spec, NoneTensorSpec):
        return {"none": True}
    if isinstance(spec, RaggedTensorSpec):
        shape = None if spec.shape.rank is None else list(spec.shape)
        return {"ragged": [shape, spec.dtype.name, spec.ragged_rank, spec.row_splits_dtype.name]}
    if isinstance(spec, SparseTensorSpec):
        return {"sparse": [None if spec.shape.rank is None else list(spec.shape), spec.dtype.name]}
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
    if "ragged" in data:
        shape, dtype, rank, splits = data["ragged"]
        return RaggedTensorSpec(shape, dtypes.as_dtype(dtype), rank, dtypes.as_dtype(splits))
    if "sparse" in data:
        shape, dtype = data["sparse"]
        return SparseTensorSpec(shape, dtypes.as_dtype(dtype))
    if "none" in data:
        return NoneTensorSpec()
    if "dict" in data:
        return {key: spec_from_json(value) for key, value in data["dict"]}
    return tuple(spec_from_json(value) for value in data["tuple"])
