"""``keras.layers.Hashing`` and ``keras.layers.HashedCrossing``."""

from __future__ import annotations

from typing import Any

import kerax.array_ops as tf
from kerax import sparse as tf_sparse
from kerax import strings
from kerax.core.config import legacy_keras
from kerax.keras.engine.keras_tensor import KerasTensor
from kerax.keras.engine.settings import floatx
from kerax.keras.layers.preprocessing._encoding import (
    check_mode,
    check_sparse,
    depth_shape,
    encode,
    ensure_tensor,
    is_ragged,
    is_sparse,
    map_values,
    salt_pair,
)
from kerax.keras.layers.preprocessing.data_layer import DataLayer
from kerax.math import equal
from kerax.math.casting import cast


class Hashing(DataLayer):
    """Strings and integers as bin numbers, by a hash.

    Args:
      num_bins: int, the number of bins.
      mask_value: str or int that gets bin 0 for itself, None for none.
      salt: int or pair of ints that keys the hash (SipHash64), None for FarmHash64.
      output_mode: "int", "one_hot", "multi_hot" or "count".
      sparse: bool, whether the result is a SparseTensor; not for "int".

    >>> import kerax as tf
    >>> tf.keras.layers.Hashing(3)([["A"], ["B"]]).numpy()
    array([[1],
           [0]])
    """

    def __init__(
        self,
        num_bins: int,
        mask_value: Any = None,
        salt: Any = None,
        output_mode: str = "int",
        sparse: bool = False,
        **kwargs: Any,
    ) -> None:
        if kwargs.get("dtype") is None:
            kwargs["dtype"] = "int64" if output_mode == "int" else floatx()
        super().__init__(**kwargs)
        if num_bins is None or num_bins <= 0:
            raise ValueError(
                f"The `num_bins` for `Hashing` cannot be `None` or non-positive values. Received: num_bins={num_bins}."
            )
        if output_mode == "int" and self.dtype_policy.name not in ("int32", "int64"):
            raise ValueError(
                "When `output_mode=\"int\"`, `dtype` should be an integer type, 'int32' or 'int64'. "
                f"Received: dtype={kwargs['dtype']}"
            )
        check_mode(self, output_mode, ("int", "one_hot", "multi_hot", "count"))
        check_sparse(sparse, output_mode)
        self.num_bins, self.mask_value, self.output_mode, self.sparse = num_bins, mask_value, output_mode, sparse
        self.strong_hash = salt is not None
        self.salt = salt_pair(salt, self)
        self._convert_input_args = False
        self.supports_jit = False

    def compute_output_shape(self, input_shape: Any) -> Any:
        shape = tuple(input_shape)
        return shape if self.output_mode == "int" else (*shape[:-1], self.num_bins)

    def compute_output_spec(self, inputs: Any) -> Any:
        return KerasTensor(self.compute_output_shape(tuple(inputs.shape)), dtype=self.compute_dtype)

    def call(self, inputs: Any) -> Any:
        inputs = ensure_tensor(inputs)
        bins = map_values(self._bins, inputs)
        return encode(bins, self.output_mode, self.num_bins, self.compute_dtype, self.sparse)

    def _bins(self, values: Any) -> Any:
        count, mask = self.num_bins, None
        if self.mask_value is not None and count > 1:
            count -= 1
            mask = equal(values, self.mask_value)
        if values.dtype.is_floating and not legacy_keras():
            values = cast(values, "int64")
        if values.dtype.is_integer:
            values = strings.as_string(values)
        if self.salt is not None:
            bins = strings.to_hash_bucket_strong(values, count, key=self.salt)
        else:
            bins = strings.to_hash_bucket_fast(values, count)
        return bins if mask is None else tf.where(mask, tf.zeros_like(bins), bins + 1)

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "num_bins": self.num_bins,
            "salt": self.salt,
            "mask_value": self.mask_value,
            "output_mode": self.output_mode,
            "sparse": self.sparse,
        }


class HashedCrossing(DataLayer):
    """Combinations of features as bin numbers, by a hash.

    Args:
      num_bins: int, the number of bins.
      output_mode: "int" or "one_hot".
      sparse: bool, whether the result is a SparseTensor; not for "int".

    Takes a list of at least two tensors of integers or strings, all of shape ``[]``, ``[batch]`` or ``[batch, 1]``.

    >>> import kerax as tf
    >>> layer = tf.keras.layers.HashedCrossing(num_bins=5)
    >>> layer((tf.constant(["A", "B"]), tf.constant([101, 102]))).shape
    TensorShape([2])
    """

    def __init__(
        self,
        num_bins: int,
        output_mode: str = "int",
        sparse: bool = False,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        if output_mode == "int" and dtype is None:
            dtype = "int64"
        super().__init__(name=name, dtype=dtype, **(kwargs if legacy_keras() else {}))
        check_mode(self, output_mode, ("int", "one_hot"))
        if legacy_keras():
            check_sparse(sparse, output_mode)
        self.num_bins, self.output_mode, self.sparse = num_bins, output_mode, sparse
        self._convert_input_args = False
        self.supports_jit = False

    def compute_output_shape(self, input_shape: Any) -> Any:
        shapes = [tuple(shape) for shape in input_shape] if isinstance(input_shape[0], (tuple, list)) else []
        if len(shapes) < 2:
            raise ValueError(f"Expected as input a list/tuple of 2 tensors. Received input_shape={input_shape}")
        first = shapes[0]
        if first[-1:] != shapes[1][-1:]:
            raise ValueError(
                f"Expected the two input tensors to have identical shapes. Received input_shape={input_shape}"
            )
        if self.output_mode == "int":
            return first
        return depth_shape(first, self.num_bins, True)

    def compute_output_spec(self, inputs: Any) -> Any:
        shape = self.compute_output_shape([tuple(x.shape) for x in inputs])
        return KerasTensor(shape, dtype=self.compute_dtype)

    def call(self, inputs: Any) -> Any:
        if not isinstance(inputs, (list, tuple)) or len(inputs) < 2:
            raise ValueError(
                "`HashedCrossing` should be called on a list or tuple of at least two inputs. "
                f"Received: inputs={inputs}"
            )
        inputs = [ensure_tensor(x) for x in inputs]
        self._check(inputs)
        shape = tuple(inputs[0].shape)
        columns = [tf.reshape(x, (-1, 1)) for x in inputs]
        crossed = tf.reshape(tf_sparse.to_dense(tf_sparse.cross_hashed(columns, self.num_bins)), shape)
        return encode(crossed, self.output_mode, self.num_bins, self.compute_dtype, self.sparse)

    def _check(self, inputs: list[Any]) -> None:
        if any(is_sparse(x) or is_ragged(x) for x in inputs):
            raise ValueError(f"All `HashedCrossing` inputs should be dense tensors. Received: inputs={inputs}")
        first = tuple(inputs[0].shape)
        if len(first) > 2 or (len(first) == 2 and first[-1] != 1):
            raise ValueError(
                "All `HashedCrossing` inputs should have shape `()`, `(batch_size)` or `(batch_size, 1)`. "
                f"Received: inputs={inputs}"
            )
        if any(tuple(x.shape) != first for x in inputs[1:]):
            raise ValueError(f"All `HashedCrossing` inputs should have equal shape. Received: inputs={inputs}")
        if not all(x.dtype.is_integer or x.dtype.name == "string" for x in inputs):
            raise ValueError(
                f"All `HashedCrossing` inputs should have an integer or string dtype. Received: inputs={inputs}"
            )

    def get_config(self) -> dict[str, Any]:
        own = {"num_bins": self.num_bins, "output_mode": self.output_mode, "sparse": self.sparse}
        return {**super().get_config(), **own} if legacy_keras() else {**own, "name": self.name, "dtype": self.dtype}
