"""``MutableHashTable`` and ``DenseHashTable``: tables that can be changed."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core import dtypes, errors
from kerax.core.context import context
from kerax.core.module import AutoTrackable
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.lookup._find import gather_rows, hashable


def _invalid(message: str) -> Exception:
    return errors.InvalidArgumentError(None, None, message)


class MutableHashTable(AutoTrackable):
    """A table that grows and changes.

    A ``tf.function`` that uses one runs uncompiled.

    Args:
      key_dtype: dtype of the keys.
      value_dtype: dtype of the values.
      default_value: the value of keys that are missing; its shape is that of every value.
      name: str or None.
      checkpoint: bool, whether checkpoints save its entries.
      experimental_is_anonymous: bool, without effect: every table is of its own here.

    >>> import kerax as tf
    >>> table = tf.lookup.experimental.MutableHashTable(tf.string, tf.int64, default_value=-1)
    >>> table.insert(tf.constant(["a", "b"]), tf.constant([1, 2], tf.int64))
    >>> table.lookup(tf.constant(["b", "z"])).numpy()
    array([ 2, -1])
    """

    def __init__(
        self,
        key_dtype: Any,
        value_dtype: Any,
        default_value: Any,
        name: str = "MutableHashTable",
        checkpoint: bool = True,
        experimental_is_anonymous: bool = False,
    ) -> None:
        self._key_dtype, self._value_dtype = dtypes.as_dtype(key_dtype), dtypes.as_dtype(value_dtype)
        self._default_value = convert_to_tensor(default_value, self._value_dtype)
        self._name, self._checkpoint = name, checkpoint
        self._entries: dict[Any, Any] = {}

    @property
    def key_dtype(self) -> dtypes.DType:
        return self._key_dtype

    @property
    def value_dtype(self) -> dtypes.DType:
        return self._value_dtype

    @property
    def name(self) -> str | None:
        return self._name

    @property
    def resource_handle(self) -> Any:
        """The table itself, which needs no handle."""
        return self

    def size(self, name: str | None = None) -> Tensor:
        """int64 scalar, the number of entries."""
        self._require_eager()
        return convert_to_tensor(len(self._entries), dtypes.int64)

    def lookup(self, keys: Any, dynamic_default_values: Any = None, name: str | None = None) -> Tensor:
        """The values of keys.

        Args:
          keys: tensor of any shape, of the table's key dtype.
          dynamic_default_values: the values of missing keys, for all of them or ``[*shape of keys, *value]``;
            None for the table's ``default_value``.
          name: ignored.

        Returns:
          tensor ``[*shape of keys, *value]``.
        """
        array = self._keys(keys)
        if dynamic_default_values is None:
            defaults: list[Any] = [self._row(self._default_value)] * array.size
        else:
            given = np.asarray(convert_to_tensor(dynamic_default_values, self.value_dtype))
            inner = tuple(self._default_value.shape)
            full = np.broadcast_to(given, (*array.shape, *inner)) if given.shape == inner else given
            if full.shape != (*array.shape, *inner):
                raise _invalid(
                    f"Expected shape {list(inner)} or {[*array.shape, *inner]} for default value, "
                    f"got {list(given.shape)}"
                )
            defaults = list(full.reshape(array.size, *inner))
        rows = [self._entries.get(key, default) for key, default in zip(hashable(array), defaults, strict=True)]
        return self._rows(rows, array.shape)

    def __getitem__(self, keys: Any) -> Tensor:
        return self.lookup(keys)

    def insert(self, keys: Any, values: Any, name: str | None = None) -> None:
        """Adds entries, in place of older ones of the same keys.

        Args:
          keys: tensor of any shape, of the table's key dtype.
          values: tensor ``[*shape of keys, *value]``.
          name: ignored.
        """
        array = self._keys(keys)
        given = np.asarray(convert_to_tensor(values, self.value_dtype))
        wanted = (*array.shape, *self._default_value.shape)
        if given.shape != wanted:
            raise _invalid(f"Expected shape {list(wanted)} for value, got {list(given.shape)}")
        rows = given.reshape(array.size, *self._default_value.shape)
        self._entries.update(zip(hashable(array), list(rows), strict=True))

    def remove(self, keys: Any, name: str | None = None) -> None:
        """Takes entries out; keys that are missing do no harm.

        Args:
          keys: tensor of any shape, of the table's key dtype.
          name: ignored.

        Raises:
          TypeError: keys of another dtype.
        """
        if isinstance(keys, Tensor) and keys.dtype is not self.key_dtype:
            raise TypeError(f"Signature mismatch. Keys must be dtype {self.key_dtype}, got {keys.dtype}.")
        for key in hashable(self._keys(keys)):
            self._entries.pop(key, None)

    def export(self, name: str | None = None) -> tuple[Tensor, Tensor]:
        """All keys and their values: tensors ``[n]`` and ``[n, *value]``."""
        self._require_eager()
        shape = (len(self._entries),)
        keys = convert_to_tensor(gather_rows(list(self._entries), shape, self.key_dtype), self.key_dtype)
        return keys, self._rows(list(self._entries.values()), shape)

    def _rows(self, rows: list[Any], shape: tuple[int, ...]) -> Tensor:
        if not rows:
            empty = np.zeros((*shape, *self._default_value.shape), self.value_dtype.dtype)
            return convert_to_tensor(empty, self.value_dtype)
        return convert_to_tensor(gather_rows(rows, shape, self.value_dtype), self.value_dtype)

    @staticmethod
    def _row(tensor: Tensor) -> Any:
        return np.asarray(tensor)[()]

    def _require_eager(self) -> None:
        if context.trace is not None:
            raise errors.Uncompilable("a table that can change")

    def _keys(self, keys: Any) -> np.ndarray:
        self._require_eager()
        tensor = keys if isinstance(keys, Tensor) else convert_to_tensor(keys, self.key_dtype)
        if tensor.dtype is not self.key_dtype:
            raise ValueError(f"Dtype of argument `keys` must be {self.key_dtype}, received: {tensor.dtype}")
        return np.asarray(tensor)


class DenseHashTable(MutableHashTable):
    """A table that can be changed and keeps two keys for itself.

    Args:
      key_dtype: dtype of the keys.
      value_dtype: dtype of the values.
      default_value: the value of keys that are missing; its shape is that of every value.
      empty_key: scalar, a key that is never used.
      deleted_key: scalar, another one.
      initial_num_buckets: int, a power of 2 of at least 4; without effect beyond the check.
      name: str or None.
      checkpoint: bool, whether checkpoints save its entries.
      experimental_is_anonymous: bool, without effect: every table is of its own here.

    Raises:
      errors.InvalidArgumentError: equal keys, or another number of buckets; in the methods, one of the two keys.

    >>> import kerax as tf
    >>> table = tf.lookup.experimental.DenseHashTable(
    ...     tf.int64, tf.int64, default_value=-1, empty_key=0, deleted_key=-1)
    >>> table.insert(tf.constant([5], tf.int64), tf.constant([50], tf.int64))
    >>> table[tf.constant([5, 6], tf.int64)].numpy()
    array([50, -1])
    """

    def __init__(
        self,
        key_dtype: Any,
        value_dtype: Any,
        default_value: Any,
        empty_key: Any,
        deleted_key: Any,
        initial_num_buckets: int | None = None,
        name: str = "MutableDenseHashTable",
        checkpoint: bool = True,
        experimental_is_anonymous: bool = False,
    ) -> None:
        super().__init__(key_dtype, value_dtype, default_value, name, checkpoint, experimental_is_anonymous)
        count = initial_num_buckets
        if count is not None and (count < 4 or count & (count - 1)):
            raise _invalid(f"Number of buckets must be at least 4 and a power of 2, got: {count}")
        self._reserved = {
            hashable(np.asarray(convert_to_tensor(key, self.key_dtype)))[0]: which
            for key, which in ((empty_key, "empty_key"), (deleted_key, "deleted_key"))
        }
        if len(self._reserved) < 2:
            raise _invalid("Empty and deleted keys cannot be equal")

    def lookup(self, keys: Any, name: str | None = None) -> Tensor:
        """The values of keys.

        Args:
          keys: tensor of any shape, of the table's key dtype.
          name: ignored.

        Returns:
          tensor ``[*shape of keys, *value]``.
        """
        return super().lookup(keys)

    def insert_or_assign(self, keys: Any, values: Any, name: str | None = None) -> None:
        """The same as ``insert``."""
        self.insert(keys, values)

    def erase(self, keys: Any, name: str | None = None) -> None:
        """The same as ``remove``."""
        self.remove(keys)

    def _keys(self, keys: Any) -> np.ndarray:
        array = super()._keys(keys)
        for key in hashable(array):
            if key in self._reserved:
                raise _invalid(f"Using the {self._reserved[key]} as a table key is not allowed")
        return array
