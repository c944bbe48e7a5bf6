"""``SqlDataset`` and a writer of datasets of records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from kerax.core import dtypes, errors
from kerax.core.tensor import TensorSpec
from kerax.data import structure
from kerax.data.dataset import Dataset, Run
from kerax.data.structure import Flat
from kerax.io import records


class SqlDataset(Dataset):
    """The rows of a database query.

    Args:
      driver_name: str, ``"sqlite"``.
      data_source_name: str, the file of the database.
      query: str.
      output_types: tuple of dtypes of the columns.

    Raises:
      errors.InvalidArgumentError: another driver.
    """

    def __init__(self, driver_name: Any, data_source_name: Any, query: Any, output_types: Any) -> None:
        if driver_name != "sqlite":
            raise errors.InvalidArgumentError(
                None,
                None,
                f"The database type, {driver_name}, is not supported by SqlDataset. The set of supported "
                "databases is: {'sqlite'}.",
            )
        self._source, self._query = data_source_name, query
        self._spec = structure.map_structure(lambda dtype: TensorSpec([], dtypes.as_dtype(dtype)), output_types)

    def __repr__(self) -> str:
        return f"<SqlDatasetV2 element_spec={self.element_spec}>"

    def _elements(self, run: Run) -> Iterator[Flat]:
        import sqlite3

        kinds = [leaf.dtype for leaf in structure.flatten(self._spec)]
        connection = sqlite3.connect(self._source)
        try:
            try:
                rows = connection.execute(self._query)
            except sqlite3.Error as error:
                raise errors.InvalidArgumentError(None, None, f"Failed to run the query: {error}") from error
            for row in rows:
                if len(row) != len(kinds):
                    raise errors.InvalidArgumentError(
                        None,
                        None,
                        f"The number of columns in query ({len(row)}) must match the number of elements in "
                        f"output_types ({len(kinds)}).",
                    )
                yield tuple(_cell(value, dtype) for value, dtype in zip(row, kinds, strict=True))
        finally:
            connection.close()


def _cell(value: Any, dtype: Any) -> np.ndarray:
    if dtype is dtypes.string:
        text = value if isinstance(value, bytes) else ("" if value is None else str(value))
        return structure.scalar_text(text)
    if dtype is dtypes.bool:
        return np.asarray(value == 1)
    return np.asarray(0 if value is None else value).astype(dtype.dtype)


class TFRecordWriter:
    """Writes a dataset of strings to a TFRecord file.

    Args:
      filename: str.
      compression_type: ``""``, ``"GZIP"``, ``"ZLIB"`` or None.
    """

    def __init__(self, filename: Any, compression_type: Any = None) -> None:
        self._path = filename.numpy().decode() if hasattr(filename, "numpy") else filename
        self._compression = records.checked_compression(compression_type)

    def write(self, dataset: Dataset) -> None:
        """Writes all elements.

        Args:
          dataset: dataset of string scalars.

        Raises:
          TypeError: it is no dataset, or not of strings.
        """
        if not isinstance(dataset, Dataset):
            raise TypeError(f"Invalid `dataset.` Expected a `tf.data.Dataset` object but got {type(dataset)}.")
        spec = dataset.element_spec
        if not (isinstance(spec, TensorSpec) and spec.is_compatible_with(TensorSpec([], dtypes.string))):
            raise TypeError(
                f"Invalid `dataset`. Expected a`dataset` that produces scalar `tf.string` elements, but got {spec}."
            )
        writer = records.RecordWriter(self._path, self._compression)
        try:
            for (item,) in dataset._flat():
                writer.write(item[()])
        finally:
            writer.close()
