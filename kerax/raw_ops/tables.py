"""Raw ops of lookup tables. A table's handle is the table."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core import dtypes, errors
from kerax.core.tensor import convert_to_tensor
from kerax.lookup import StaticHashTable, TextFileInitializer
from kerax.lookup.experimental import DenseHashTable, MutableHashTable

_shared: dict[Any, Any] = {}  # tables that ops name, by kind, name and dtypes


class _EmptyTable(MutableHashTable):
    """A table that has to be filled before it can be read."""

    filled = False


def _default(dtype: Any, value_shape: Any) -> Any:
    kind = dtypes.as_dtype(dtype)
    return np.full(tuple(value_shape), b"" if kind is dtypes.string else 0, kind.dtype)


def _named(name: str, kind: type, *arguments: Any) -> Any:
    if not name:
        return kind(*arguments)
    place = (kind, name, *(dtypes.as_dtype(dtype) for dtype in arguments[:2]))
    if place not in _shared:
        _shared[place] = kind(*arguments)
    return _shared[place]


def static(key_dtype: Any, value_dtype: Any, shared_name: str = "") -> Any:
    return _named(shared_name, _EmptyTable, key_dtype, value_dtype, _default(value_dtype, ()))


def mutable(key_dtype: Any, value_dtype: Any, shared_name: str = "", value_shape: Any = ()) -> Any:
    return _named(shared_name, MutableHashTable, key_dtype, value_dtype, _default(value_dtype, value_shape))


def dense(empty_key: Any, deleted_key: Any, value_dtype: Any, value_shape: Any, initial_num_buckets: int) -> Any:
    empty_key = convert_to_tensor(empty_key)
    default = _default(value_dtype, value_shape)
    return DenseHashTable(empty_key.dtype, value_dtype, default, empty_key, deleted_key, initial_num_buckets)


def _ready(table: Any) -> Any:
    if not getattr(table, "filled", True):
        raise errors.FailedPreconditionError(None, None, "Table not initialized.")
    return table


def find(table_handle: Any, keys: Any, default_value: Any) -> Any:
    table = _ready(table_handle)
    if isinstance(table, MutableHashTable):
        return MutableHashTable.lookup(table, keys, default_value)
    return table.lookup(keys)


def insert(table_handle: Any, keys: Any, values: Any) -> None:
    table_handle.insert(keys, values)


def initialize(table_handle: Any, keys: Any, values: Any) -> None:
    table_handle.insert(keys, values)
    table_handle.filled = True


def replace(table_handle: Any, keys: Any, values: Any) -> None:
    """The entries become these alone."""
    table_handle.remove(table_handle.export()[0])
    table_handle.insert(keys, values)


def remove(table_handle: Any, keys: Any) -> None:
    table_handle.remove(keys)


def size(table_handle: Any) -> Any:
    return _ready(table_handle).size()


def export(table_handle: Any) -> tuple[Any, Any]:
    return table_handle.export()


def initialize_from_file(
    table_handle: Any, filename: Any, key_index: int, value_index: int, vocab_size: int, delimiter: str, offset: int
) -> None:
    table = table_handle
    reader = TextFileInitializer(
        filename, table.key_dtype, key_index, table.value_dtype, value_index, None if vocab_size < 0 else vocab_size,
        delimiter, value_index_offset=offset,
    )  # fmt: skip
    initialize(table, *StaticHashTable(reader, table._default_value).export())
