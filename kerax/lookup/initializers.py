"""What a static table is filled from: ``KeyValueTensorInitializer``, ``TextFileInitializer``."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core import dtypes, errors
from kerax.core.tensor import convert_to_tensor
from kerax.io import gfile
from kerax.strings import to_number


class TableInitializerBase:
    """The base of the initializers of tables.

    Args:
      key_dtype: dtype of the keys.
      value_dtype: dtype of the values.
    """

    def __init__(self, key_dtype: Any, value_dtype: Any) -> None:
        self._key_dtype = dtypes.as_dtype(key_dtype)
        self._value_dtype = dtypes.as_dtype(value_dtype)

    @property
    def key_dtype(self) -> dtypes.DType:
        return self._key_dtype

    @property
    def value_dtype(self) -> dtypes.DType:
        return self._value_dtype

    def entries(self) -> tuple[np.ndarray, np.ndarray]:
        """The keys and their values, as numpy arrays of one length."""
        raise NotImplementedError

    def initialize(self, table: Any) -> None:
        """Fills a table.

        Raises:
          TypeError: the table has other dtypes.
        """
        for name, mine, its in (
            ("key_dtype", self.key_dtype, table.key_dtype),
            ("value_dtype", self.value_dtype, table.value_dtype),
        ):
            if mine is not its:
                raise TypeError(f"Invalid {name}, expected {its} but got {mine}.")
        table._fill(*self.entries())


class KeyValueTensorInitializer(TableInitializerBase):
    """Keys and values given as tensors.

    Args:
      keys: tensor ``[n]`` of any dtype that is hashable.
      values: tensor ``[n]``.
      key_dtype: dtype of the keys; by default theirs.
      value_dtype: dtype of the values; by default theirs.
      name: ignored.

    >>> import kerax as tf
    >>> init = tf.lookup.KeyValueTensorInitializer(["a", "b"], [7, 8])
    >>> tf.lookup.StaticHashTable(init, default_value=-1).lookup(tf.constant(["b", "z"])).numpy()
    array([ 8, -1], dtype=int32)
    """

    def __init__(
        self, keys: Any, values: Any, key_dtype: Any = None, value_dtype: Any = None, name: str | None = None
    ) -> None:
        self._keys = convert_to_tensor(keys, key_dtype)
        self._values = convert_to_tensor(values, value_dtype)
        super().__init__(self._keys.dtype, self._values.dtype)

    def entries(self) -> tuple[np.ndarray, np.ndarray]:
        keys, values = np.asarray(self._keys), np.asarray(self._values)
        if keys.shape != values.shape:
            raise errors.InvalidArgumentError(
                None, None, f"Expected shape {list(keys.shape)} for value, got {list(values.shape)}"
            )
        return keys.ravel(), values.ravel()


class TextFileIndex:
    """What of a line a table takes: the line as a whole, or its number; columns have the numbers from 0."""

    WHOLE_LINE = -2
    LINE_NUMBER = -1


class TextFileInitializer(TableInitializerBase):
    """Keys and values read from a text file, one entry a line.

    Args:
      filename: str or string scalar, the path.
      key_dtype: dtype of the keys.
      key_index: column of the keys, or one of ``tf.lookup.TextFileIndex``.
      value_dtype: dtype of the values.
      value_index: column of the values, or one of ``tf.lookup.TextFileIndex``.
      vocab_size: int, how many lines are read; the file must have as many. None: all.
      delimiter: str, one character between the columns.
      name: ignored.
      value_index_offset: int, added to line numbers that are values.

    Raises:
      ValueError: indices that do not go with the dtypes.
      errors.InvalidArgumentError: a line without the column, or one that is no number of the dtype.
    """

    def __init__(
        self,
        filename: Any,
        key_dtype: Any,
        key_index: int,
        value_dtype: Any,
        value_index: int,
        vocab_size: int | None = None,
        delimiter: str = "\t",
        name: str | None = None,
        value_index_offset: int = 0,
    ) -> None:
        super().__init__(key_dtype, value_dtype)
        for what, index, dtype in (("key", key_index, self.key_dtype), ("value", value_index, self.value_dtype)):
            _check_index(what, index, dtype)
        if vocab_size is not None and vocab_size <= 0:
            raise ValueError(f"`vocab_size` should be > 0, received: {vocab_size}")
        path = filename.numpy() if hasattr(filename, "numpy") else filename
        self._filename = path.decode() if isinstance(path, bytes) else str(path)
        if not self._filename:
            raise ValueError("`filename` argument required for tf.lookup.TextFileInitializer")
        self._key_index, self._value_index = key_index, value_index
        self._vocab_size, self._delimiter, self._offset = vocab_size, delimiter, value_index_offset

    def entries(self) -> tuple[np.ndarray, np.ndarray]:
        with gfile.GFile(self._filename, "rb") as file:
            lines = file.read().split(b"\n")
        if lines and not lines[-1]:
            lines.pop()
        lines = [line.removesuffix(b"\r") for line in lines]
        if self._vocab_size is not None:
            if len(lines) < self._vocab_size:
                raise errors.InvalidArgumentError(
                    None,
                    None,
                    f"Invalid vocab_size in {self._filename}: expected {self._vocab_size} but got {len(lines)}",
                )
            lines = lines[: self._vocab_size]
        for position, line in enumerate(lines):
            if not line:
                raise errors.InvalidArgumentError(
                    None, None, f"Invalid content in {self._filename}: empty line found at position {position}."
                )
        keys = self._column(lines, self._key_index, self.key_dtype)
        return keys, self._column(lines, self._value_index, self.value_dtype, self._offset)

    def _column(self, lines: list[bytes], index: int, dtype: dtypes.DType, offset: int = 0) -> np.ndarray:
        if index == TextFileIndex.LINE_NUMBER:
            return np.arange(offset, offset + len(lines), dtype=dtype.dtype)
        texts = lines if index == TextFileIndex.WHOLE_LINE else [self._field(*item, index) for item in enumerate(lines)]
        array = np.empty(len(texts), dtype=object)
        array[:] = texts
        if dtype is dtypes.string:
            return array
        try:
            return np.asarray(to_number(array, dtype))
        except errors.InvalidArgumentError:
            for number, text in enumerate(texts):
                try:
                    to_number(text, dtype)
                except errors.InvalidArgumentError as error:
                    raise errors.InvalidArgumentError(
                        None,
                        None,
                        f"Field {text.decode('utf8', 'replace')} in line {number} is not a valid {dtype.name}.",
                    ) from error
            raise

    def _field(self, number: int, line: bytes, index: int) -> bytes:
        fields = line.split(self._delimiter.encode())
        needed = max(self._key_index, self._value_index) + 1
        if len(fields) < needed:
            raise errors.InvalidArgumentError(
                None,
                None,
                f"Invalid number of columns in {self._filename} line {number} ({line.decode('utf8', 'replace')}) : "
                f"expected at least {needed} got {len(fields)}",
            )
        return fields[index]


def _check_index(what: str, index: int, dtype: dtypes.DType) -> None:
    if index < -2:
        raise ValueError(f"`{what}_index` should be >= -2, received: {index}.")
    if index == TextFileIndex.LINE_NUMBER and dtype is not dtypes.int64:
        raise ValueError(f"`{what}_dtype` must be int64 for `{what}_index` {index}, received: {dtype}")
    if index == TextFileIndex.WHOLE_LINE and not (dtype.is_integer or dtype is dtypes.string):
        raise ValueError(
            f"`{what}_dtype` should be either integer or string for `{what}_index` {index}, received: {dtype}"
        )
