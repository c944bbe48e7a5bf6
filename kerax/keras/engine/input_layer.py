"""``keras.Input`` and ``keras.layers.InputLayer``: where a graph of layers begins."""

from __future__ import annotations

import warnings
from typing import Any

from kerax.core.config import legacy_keras
from kerax.core.tensor import is_tensor
from kerax.keras.engine.arguments import keras_2_order
from kerax.keras.engine.keras_tensor import KerasTensor
from kerax.keras.engine.layer import Layer
from kerax.keras.engine.names import get_uid
from kerax.keras.engine.node import Node
from kerax.keras.engine.settings import DTypeName, standardize_dtype, standardize_shape
from kerax.ragged.spec import RaggedTensorSpec
from kerax.sparse.spec import SparseTensorSpec


class InputLayer(Layer):
    """The layer that stands for an input.

    Args:
      shape: tuple of int and None, without the batch.
      batch_size: int or None.
      dtype: the dtype.
      sparse: bool, whether values will be sparse tensors.
      ragged: bool, whether values will be ragged tensors.
      batch_shape: tuple of int and None, with the batch; instead of ``shape``.
      input_tensor: a KerasTensor to wrap.
      optional: bool, whether None may be fed.
      name: str.
      **kwargs: Keras 2's ``input_shape`` and ``batch_input_shape``.

    Raises:
      ValueError: no shape, or arguments that contradict each other.
    """

    def __init__(
        self,
        shape: Any = None,
        batch_size: int | None = None,
        dtype: Any = None,
        sparse: bool | None = None,
        ragged: bool | None = None,
        batch_shape: Any = None,
        input_tensor: Any = None,
        optional: bool = False,
        name: str | None = None,
        **kwargs: Any,
    ) -> None:
        if name is None and legacy_keras():
            name = f"input_{get_uid('input')}"
        given_name = name
        super().__init__(name=name)
        if "input_shape" in kwargs:
            if not legacy_keras():
                warnings.warn("Argument `input_shape` is deprecated. Use `shape` instead.", stacklevel=2)
            shape = kwargs.pop("input_shape")
        if "batch_input_shape" in kwargs:
            batch_shape = kwargs.pop("batch_input_shape")
        spec = kwargs.pop("type_spec", None)
        if spec is not None and legacy_keras():
            batch_shape, dtype = tuple(spec.shape), spec.dtype.name
            ragged, sparse = (isinstance(spec, kind) for kind in (RaggedTensorSpec, SparseTensorSpec))
        if kwargs:
            raise ValueError(f"Unrecognized keyword arguments passed to InputLayer: {kwargs}")
        if input_tensor is not None:
            batch_shape, dtype, sparse = self._of_tensor(input_tensor, shape, batch_size, batch_shape, dtype, sparse)
        else:
            if shape is not None and batch_shape is not None:
                raise ValueError("You cannot pass both `shape` and `batch_shape` at the same time.")
            if batch_size is not None and batch_shape is not None:
                raise ValueError("You cannot pass both `batch_size` and `batch_shape` at the same time.")
            if shape is None and batch_shape is None:
                raise ValueError("You must pass a `shape` argument.")
            if shape is not None:
                if isinstance(shape, int) and legacy_keras():
                    shape = (shape,)
                batch_shape = (batch_size, *shape) if hasattr(shape, "__iter__") else shape
        try:
            self._batch_shape = standardize_shape(batch_shape)
        except ValueError as error:
            raise (TypeError if legacy_keras() else ValueError)(str(error)) from None
        self._dtype = standardize_dtype(dtype)
        self.sparse = bool(sparse)
        self.ragged = bool(ragged)
        if not isinstance(input_tensor, KerasTensor):
            kinds: dict[str, Any] = {"sparse": self.sparse, "ragged": self.ragged}
            if self.ragged and legacy_keras():  # ragged up to the last axis of open size
                open_axes = [axis for axis, size in enumerate(self._batch_shape) if axis and size is None]
                kinds["ragged_rank"] = max(open_axes, default=0)
            input_tensor = KerasTensor(self._batch_shape, dtype=self._dtype, name=given_name, **kinds)
        self._input_tensor = input_tensor
        Node(self, outputs=input_tensor)
        self.built = True
        self.optional = optional

    def _of_tensor(
        self, tensor: Any, shape: Any, batch_size: Any, batch_shape: Any, dtype: Any, sparse: Any
    ) -> tuple[Any, Any, Any]:
        if not isinstance(tensor, KerasTensor):
            if legacy_keras() and is_tensor(tensor):
                return tuple(tensor.shape), tensor.dtype.name, False
            raise ValueError(
                "Argument `input_tensor` must be a KerasTensor. Received invalid type: "
                f"input_tensor={tensor} (of type {type(tensor)})"
            )
        wrong = None
        if batch_size is not None and (not tensor.shape or tensor.shape[0] != batch_size):
            wrong = "batch_size"
        elif shape is not None and tuple(shape) != tuple(tensor.shape[1:]):
            wrong = "shape"
        elif batch_shape is not None and tuple(batch_shape) != tuple(tensor.shape):
            wrong = "batch_shape"
        elif dtype is not None and tensor.dtype != standardize_dtype(dtype):
            wrong = "dtype"
        elif sparse is not None and tensor.sparse != sparse:
            wrong = "sparse"
        if wrong:
            raise ValueError(
                f"When providing the `input_tensor` argument, you cannot provide an incompatible `{wrong}` argument."
            )
        return tuple(tensor.shape), tensor.dtype, tensor.sparse

    def call(self, inputs: Any = None) -> Any:
        return inputs

    @property
    def batch_shape(self) -> tuple[int | None, ...]:
        return self._batch_shape

    @property
    def dtype(self) -> str:
        return DTypeName(self._dtype)

    @property
    def input_shape(self) -> Any:
        return [self._batch_shape] if legacy_keras() else self._batch_shape

    @property
    def output_shape(self) -> Any:
        return [self._batch_shape] if legacy_keras() else self._batch_shape

    @property
    def input(self) -> Any:
        return self._input_tensor

    def get_config(self) -> dict[str, Any]:
        if legacy_keras():
            return {
                "batch_input_shape": self.batch_shape,
                "dtype": str(self._dtype),
                "sparse": self.sparse,
                "ragged": self.ragged,
                "name": self.name,
                "optional": self.optional,
            }
        return {
            "batch_shape": self.batch_shape,
            "dtype": str(self._dtype),
            "sparse": self.sparse,
            "ragged": self.ragged,
            "name": self.name,
            "optional": self.optional,
        }


@keras_2_order("shape", "batch_size", "name", "dtype", "sparse", "tensor", "ragged", "type_spec", "optional")
def Input(
    shape: Any = None,
    batch_size: int | None = None,
    dtype: Any = None,
    sparse: bool | None = None,
    ragged: bool | None = None,
    batch_shape: Any = None,
    name: str | None = None,
    tensor: Any = None,
    optional: bool = False,
    **kwargs: Any,
) -> Any:
    """Makes a symbolic input.

    Args:
      shape: tuple of int and None, without the batch.
      batch_size: int or None.
      dtype: the dtype, by default the global float type.
      sparse: bool, whether values will be sparse tensors.
      ragged: bool, whether values will be ragged tensors.
      batch_shape: tuple of int and None, with the batch; instead of ``shape``.
      name: str.
      tensor: a KerasTensor to wrap.
      optional: bool, whether None may be fed.

    Returns:
      KerasTensor.

    >>> import kerax as tf
    >>> tf.keras.Input((32,), name="x")
    <KerasTensor shape=(None, 32), dtype=float32, sparse=False, ragged=False, name=x>
    """
    if kwargs and not legacy_keras():
        raise TypeError(f"Input() got an unexpected keyword argument '{next(iter(kwargs))}'")
    layer = InputLayer(
        shape=shape,
        batch_size=batch_size,
        dtype=dtype,
        sparse=sparse,
        ragged=ragged,
        batch_shape=batch_shape,
        name=name,
        input_tensor=tensor,
        optional=optional,
        **kwargs,
    )
    return layer.output
