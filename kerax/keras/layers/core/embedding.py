"""``keras.layers.Embedding``: a vector for each integer."""

from __future__ import annotations

import warnings
from typing import Any

import jax.numpy as jnp

from kerax.array_ops._known import check_indices
from kerax.array_ops.gathering import _gather
from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.keras import constraints, initializers, regularizers
from kerax.keras.engine.keras_tensor import KerasTensor
from kerax.keras.engine.layer import Layer
from kerax.keras.layers.core.lora import LowRankAdaptation
from kerax.keras.layers.core.quantized import QuantizedWeight
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object
from kerax.math.casting import cast
from kerax.math.comparison import not_equal


def _from_end(indices: Any, count: int) -> Any:
    """Keras 3 counts negative indices from the end."""
    return indices if legacy_keras() else jnp.where(indices < 0, indices + count, indices)


@op("embeddings; indices: int", rows=_from_end)
def _looked_up(embeddings, indices):
    return _gather.pure(embeddings, _from_end(indices, embeddings.shape[0]), 0, 0)


class Embedding(QuantizedWeight, LowRankAdaptation, Layer):
    """Turns integers into trained vectors: row ``i`` of a matrix for the integer ``i``.

    Args:
      input_dim: int, how many integers there are.
      output_dim: int, the length of the vectors.
      embeddings_initializer: initializer.
      embeddings_regularizer: function added to ``losses``.
      embeddings_constraint: function applied after an optimizer's update.
      mask_zero: bool, whether 0 stands for no value and is masked.
      weights: array ``[input_dim, output_dim]``, the initial value (or a list of it).
      lora_rank: int, the rank of a low-rank adaptation; see ``enable_lora``.
      lora_alpha: float, ``lora_rank`` by default.
      quantization_config: a ``keras.quantizers`` config, where ``dtype`` is the policy of a quantized layer.
      **kwargs: of ``Layer``, and Keras 2's ``input_length``, ``sparse``, ``use_one_hot_matmul``.

    Takes integers ``[batch, ..]``; returns floats ``[batch, .., output_dim]``.

    Raises:
      ValueError: sizes that are no positive ints.
      InvalidArgumentError: a call with an integer that has no row; eagerly on a CPU only.

    >>> import kerax as tf
    >>> tf.keras.layers.Embedding(10, 4)(tf.constant([[1, 2, 3]])).shape
    TensorShape([1, 3, 4])
    """

    _lora_weight = "embeddings"
    _matrix_axis = 1

    def __init__(
        self,
        input_dim: Any,
        output_dim: Any,
        embeddings_initializer: Any = "uniform",
        embeddings_regularizer: Any = None,
        embeddings_constraint: Any = None,
        mask_zero: bool = False,
        weights: Any = None,
        lora_rank: Any = None,
        lora_alpha: Any = None,
        quantization_config: Any = None,
        **kwargs: Any,
    ) -> None:
        for label, size in (("input_dim", input_dim), ("output_dim", output_dim)):
            whole = legacy_keras() or (isinstance(size, int) and not isinstance(size, bool))
            if not whole or size <= 0:
                if legacy_keras():
                    raise ValueError(
                        f"Both `input_dim` and `output_dim` should be positive, Received input_dim = {input_dim} and "
                        f"output_dim = {output_dim}"
                    )
                raise ValueError(
                    f"`{label}` must be a positive integer. Received: {label}={size} (of type {type(size).__name__})."
                )
        self.input_length = kwargs.pop("input_length", None)
        self.sparse = kwargs.pop("sparse", False)
        self._use_one_hot_matmul = kwargs.pop("use_one_hot_matmul", False)
        if legacy_keras():
            kwargs.setdefault("input_shape", (self.input_length or None,))
        elif self.input_length is not None:
            warnings.warn("Argument `input_length` is deprecated. Just remove it.", stacklevel=2)
        super().__init__(**kwargs)
        if self.sparse and mask_zero:
            raise ValueError(
                "`mask_zero` cannot be enabled when `tf.keras.layers.Embedding` is used with `tf.SparseTensor` input."
            )
        self.input_dim = input_dim
        self.output_dim = output_dim
        self.embeddings_initializer = initializers.get(embeddings_initializer)
        self.embeddings_regularizer = regularizers.get(embeddings_regularizer)
        self.embeddings_constraint = constraints.get(embeddings_constraint)
        self.mask_zero = mask_zero
        self.supports_masking = mask_zero
        self.autocast = False
        self._init_lora(lora_rank, lora_alpha)
        self.quantization_config = quantization_config
        if weights is not None:
            self.build()
            self.set_weights(weights if isinstance(weights, list) and len(weights) == 1 else [weights])

    def build(self, input_shape: Any = None) -> None:
        if self.built:
            return
        shape = (self.input_dim, self.output_dim)
        if self.quantization_mode is None:
            self._embeddings = self.add_weight(
                name="embeddings",
                shape=shape,
                initializer=self.embeddings_initializer,
                regularizer=self.embeddings_regularizer,
                constraint=self.embeddings_constraint,
                autocast=not legacy_keras(),
            )
        else:
            self._build_quantized(shape, self.quantization_mode, self.quantization_config)
        self.built = True
        if self.lora_rank:
            self.enable_lora(self.lora_rank, self.lora_alpha)

    @property
    def embeddings(self) -> Any:
        """The vectors ``[input_dim, output_dim]``, with a low-rank adaptation; integers where they are quantized."""
        if not self.built and getattr(self, "_embeddings", None) is None:
            raise AttributeError("You must build the layer before accessing `embeddings`.")
        return self._with_lora(self._integers() if self._is_quantized else self._embeddings)

    @embeddings.setter
    def embeddings(self, value: Any) -> None:
        self._embeddings = value

    def call(self, inputs: Any) -> Any:
        if hasattr(inputs, "flat_values"):
            return inputs.with_flat_values(self.call(inputs.flat_values))
        if hasattr(inputs, "dense_shape"):
            from kerax.nn import safe_embedding_lookup_sparse
            from kerax.sparse import expand_dims

            return safe_embedding_lookup_sparse(self._used_weight(), expand_dims(inputs, axis=-1), default_id=0)
        inputs = convert_to_tensor(inputs)
        if inputs.dtype not in ("int32", "int64"):
            inputs = cast(inputs, "int32")
        out = cast(self._rows(self._used_weight(), inputs), self.compute_dtype)
        if self.sparse:
            from kerax.sparse import from_dense

            return from_dense(out)
        return out

    def _rows(self, embeddings: Any, inputs: Any) -> Any:
        if isinstance(inputs, Tensor):  # Keras 3 counts negative indices from the end
            check_indices(inputs, self.input_dim, lowest=0 if legacy_keras() else -self.input_dim)
        return _looked_up(embeddings, inputs)

    def compute_mask(self, inputs: Any, mask: Any = None) -> Any:
        return not_equal(inputs, 0) if self.mask_zero else None

    def compute_output_shape(self, input_shape: Any) -> Any:
        if self.input_length is None or not legacy_keras():
            return (*input_shape, self.output_dim)
        lengths = self.input_length if isinstance(self.input_length, (list, tuple)) else [self.input_length]
        rest = tuple(input_shape[1:])
        fits = len(lengths) == len(rest) and all(
            a is None or b is None or a == b for a, b in zip(lengths, rest, strict=True)
        )
        if not fits:
            raise ValueError(f'"input_length" is {self.input_length}, but received input has shape {input_shape}')
        known = (b if a is None else a for a, b in zip(lengths, rest, strict=True))
        return (input_shape[0], *known, self.output_dim)

    def compute_output_spec(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        shape = self.compute_output_shape(inputs.shape)
        return KerasTensor(shape, self.compute_dtype, ragged=getattr(inputs, "ragged", False))

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        config.update(
            input_dim=self.input_dim,
            output_dim=self.output_dim,
            embeddings_initializer=initializers.serialize(self.embeddings_initializer),
            embeddings_regularizer=regularizers.serialize(self.embeddings_regularizer),
            activity_regularizer=regularizers.serialize(self.activity_regularizer),
            embeddings_constraint=constraints.serialize(self.embeddings_constraint),
            mask_zero=self.mask_zero,
        )
        if legacy_keras():
            config["input_length"] = self.input_length
        else:
            config["quantization_config"] = serialize_keras_object(self.quantization_config)
        return {**config, **self._lora_config()}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        config = dict(config)
        for key in ("input_dim", "output_dim", "quantization_config"):
            if isinstance(config.get(key), dict):
                config[key] = deserialize_keras_object(config[key])
        return super().from_config(config)
