"""``StaticHashTable`` and ``StaticVocabularyTable``: tables that are filled once."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes, errors
from kerax.core.module import AutoTrackable
from kerax.core.op import op
from kerax.core.state import init_scope
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.lookup._find import find_sorted, gather_rows, hashable, over_values
from kerax.lookup.initializers import TableInitializerBase
from kerax.math.casting import cast
from kerax.strings import as_string, to_hash_bucket_fast


class StaticHashTable(AutoTrackable):
    """A table that cannot change once it is filled.

    Tables of numbers work inside of compiled functions; where strings are concerned, such a function runs uncompiled.

    Args:
      initializer: ``KeyValueTensorInitializer`` or ``TextFileInitializer``.
      default_value: scalar, the value of keys that are missing.
      name: str or None.
      experimental_is_anonymous: bool, without effect: every table is of its own here.

    Raises:
      errors.FailedPreconditionError: a key with two different values.

    >>> import kerax as tf
    >>> init = tf.lookup.KeyValueTensorInitializer([1, 2], [0.5, 0.25])
    >>> tf.lookup.StaticHashTable(init, 0.0).lookup(tf.constant([2, 3])).numpy()
    array([0.25, 0.  ], dtype=float32)
    """

    def __init__(
        self,
        initializer: TableInitializerBase,
        default_value: Any,
        name: str | None = None,
        experimental_is_anonymous: bool = False,
    ) -> None:
        if not isinstance(initializer, TableInitializerBase):
            raise AttributeError(
                f"`initializer` must be one of tf.lookup's initializers, received: {initializer!r} of type "
                f"{type(initializer).__name__}"
            )
        self._initializer, self._name = initializer, name
        with init_scope():
            self._default_value = convert_to_tensor(default_value, initializer.value_dtype)
            if self._default_value.shape.rank:
                raise ValueError(f"Shapes {self._default_value.shape} and () are not compatible")
            initializer.initialize(self)

    def _fill(self, keys: np.ndarray, values: np.ndarray) -> None:
        entries: dict[Any, Any] = {}
        for key, value in zip(hashable(keys), hashable(values), strict=True):
            if entries.setdefault(key, value) != value:
                shown = key.decode("utf8", "replace") if isinstance(key, bytes) else key
                raise errors.FailedPreconditionError(
                    None,
                    None,
                    f"HashTable has different value for same key. Key {shown} has {entries[key]} and trying to add "
                    f"value {value}",
                )
        self._entries = entries
        self._sorted: tuple[Tensor, Tensor] | None = None
        if dtypes.string not in (self.key_dtype, self.value_dtype):
            unique, first = np.unique(keys, return_index=True)
            self._sorted = convert_to_tensor(unique), convert_to_tensor(values[first])

    @property
    def default_value(self) -> Tensor:
        return self._default_value

    @property
    def key_dtype(self) -> dtypes.DType:
        return self._initializer.key_dtype

    @property
    def value_dtype(self) -> dtypes.DType:
        return self._initializer.value_dtype

    @property
    def name(self) -> str | None:
        return self._name

    @property
    def resource_handle(self) -> StaticHashTable:
        """The table itself, which needs no handle."""
        return self

    def lookup(self, keys: Any, name: str | None = None) -> Any:
        """The values of keys.

        Args:
          keys: tensor of any shape, ragged tensor or sparse tensor, of the table's key dtype.
          name: ignored.

        Returns:
          tensor of the values, like ``keys``; ``default_value`` where a key is missing.

        Raises:
          TypeError: keys of another dtype.
        """
        return over_values(keys, self.key_dtype, self._look_up)

    def __getitem__(self, keys: Any) -> Any:
        return self.lookup(keys)

    def _look_up(self, keys: Tensor) -> Tensor:
        if self._sorted is not None:
            return find_sorted(keys, self._sorted[0], self._sorted[1], self._default_value)
        return _find_entries(keys, self)

    def size(self, name: str | None = None) -> Tensor:
        """int64 scalar, the number of entries."""
        return convert_to_tensor(len(self._entries), dtypes.int64)

    def export(self, name: str | None = None) -> tuple[Tensor, Tensor]:
        """All keys and their values: two tensors ``[n]``."""
        shape = (len(self._entries),)
        return (
            convert_to_tensor(gather_rows(list(self._entries), shape, self.key_dtype), self.key_dtype),
            convert_to_tensor(gather_rows(list(self._entries.values()), shape, self.value_dtype), self.value_dtype),
        )


@op("keys", host=True, name="LookupTableFind")
def _find_entries(keys, table):
    get, default = table._entries.get, np.asarray(table._default_value).item()
    return gather_rows([get(key, default) for key in hashable(keys)], keys.shape, table.value_dtype)


class StaticVocabularyTable(AutoTrackable):
    """A table of numbers of terms that gives unknown terms a number too, by their hash.

    Args:
      initializer: its keys are strings or integers, its values int64 numbers ``0 … n - 1``; None for hashes alone.
      num_oov_buckets: int, how many numbers there are for unknown terms, from ``n`` on.
      lookup_key_dtype: dtype of the keys of ``lookup``: by default the initializer's; strings without one.
      name: str or None.
      experimental_is_anonymous: bool, without effect.

    Raises:
      ValueError: no bucket for unknown terms.
      TypeError: other dtypes.

    >>> import kerax as tf
    >>> init = tf.lookup.KeyValueTensorInitializer(["emerson", "lake"], tf.constant([0, 1], tf.int64))
    >>> table = tf.lookup.StaticVocabularyTable(init, num_oov_buckets=5)
    >>> table.lookup(tf.constant(["lake", "king", "crimson"])).numpy()
    array([1, 5, 6])
    """

    def __init__(
        self,
        initializer: TableInitializerBase | None,
        num_oov_buckets: int,
        lookup_key_dtype: Any = None,
        name: str | None = None,
        experimental_is_anonymous: bool = False,
    ) -> None:
        if num_oov_buckets <= 0:
            raise ValueError("`num_oov_buckets` must be > 0; use StaticHashTable.")
        self._table: StaticHashTable | None = None
        self._key_dtype = dtypes.string
        if initializer is not None:
            if initializer.value_dtype is not dtypes.int64:
                raise TypeError(f"Invalid `value_dtype`, expected {dtypes.int64} but got {initializer.value_dtype}.")
            stored = initializer.key_dtype
            if not (stored.is_integer or stored is dtypes.string):
                raise TypeError(f"Invalid `key_dtype`, expected one of (tf.int64, tf.string), but got {stored}.")
            self._key_dtype = stored if lookup_key_dtype is None else dtypes.as_dtype(lookup_key_dtype)
            if self._key_dtype.is_integer != stored.is_integer:
                wanted = "integer" if self._key_dtype.is_integer else "non-integer"
                raise TypeError(f"Invalid `key_dtype`, expected {wanted} but got {stored}.")
            self._table = StaticHashTable(initializer, default_value=-1)
        self._num_oov_buckets, self._name = num_oov_buckets, name

    @property
    def key_dtype(self) -> dtypes.DType:
        return self._key_dtype

    @property
    def value_dtype(self) -> dtypes.DType:
        return dtypes.int64

    @property
    def name(self) -> str | None:
        return self._name

    @property
    def resource_handle(self) -> Any:
        """The table of the known terms, None without one."""
        return self._table

    def size(self, name: str | None = None) -> Tensor:
        """int64 scalar, the number of known terms and of buckets for unknown ones together."""
        return convert_to_tensor(self._known() + self._num_oov_buckets, dtypes.int64)

    def _known(self) -> int:
        return 0 if self._table is None else len(self._table._entries)

    def lookup(self, keys: Any, name: str | None = None) -> Any:
        """The numbers of terms.

        Args:
          keys: tensor of any shape, ragged tensor or sparse tensor, of the table's key dtype.
          name: ignored.

        Returns:
          int64 tensor like ``keys``.

        Raises:
          TypeError: keys of another dtype.
        """
        return over_values(keys, self.key_dtype, self._look_up)

    def __getitem__(self, keys: Any) -> Any:
        return self.lookup(keys)

    def _look_up(self, keys: Tensor) -> Tensor:
        if self._table is not None and keys.dtype is not self._table.key_dtype:
            keys = cast(keys, self._table.key_dtype)
        texts = keys if keys.dtype is dtypes.string else as_string(keys)
        buckets = to_hash_bucket_fast(texts, self._num_oov_buckets) + self._known()
        if self._table is None:
            return buckets
        return _or_bucket(self._table.lookup(keys), buckets)


@op("found, buckets", differentiable=False)
def _or_bucket(found, buckets):
    return jnp.where(found < 0, buckets, found)
