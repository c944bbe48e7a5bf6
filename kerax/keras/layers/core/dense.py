"""``keras.layers.Dense``: ``activation(inputs @ kernel + bias)``."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras import activations, constraints, initializers, regularizers
from kerax.keras.engine.input_spec import InputSpec
from kerax.keras.engine.layer import Layer
from kerax.keras.engine.settings import is_float_dtype
from kerax.keras.layers.core.lora import LowRankAdaptation
from kerax.keras.layers.core.quantized import QuantizedWeight
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object
from kerax.math.casting import cast


@op("inputs, kernel, bias")
def _dense(inputs, kernel, bias):
    out = jnp.matmul(inputs, kernel)
    return out if bias is None else out + bias


class Dense(QuantizedWeight, LowRankAdaptation, Layer):
    """A densely connected layer: ``activation(inputs @ kernel + bias)``.

    Args:
      units: int, the size of the output's last axis.
      activation: a function, or its name; None for none.
      use_bias: bool.
      kernel_initializer, bias_initializer: initializers.
      kernel_regularizer, bias_regularizer, activity_regularizer: functions added to ``losses``.
      kernel_constraint, bias_constraint: functions applied after an optimizer's update.
      lora_rank: int, the rank of a low-rank adaptation; see ``enable_lora``.
      lora_alpha: float, ``lora_rank`` by default.
      quantization_config: a ``keras.quantizers`` config, where ``dtype`` is the policy of a quantized layer.

    Takes float ``[batch, .., input_dim]``; returns float ``[batch, .., units]``.

    Raises:
      ValueError: ``units`` is no positive int.

    >>> import kerax as tf
    >>> tf.keras.layers.Dense(2, kernel_initializer="ones")(tf.constant([[1., 2.]])).numpy()
    array([[3., 3.]], dtype=float32)
    """

    def __init__(
        self,
        units: int,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        lora_rank: Any = None,
        lora_alpha: Any = None,
        quantization_config: Any = None,
        **kwargs: Any,
    ) -> None:
        if legacy_keras():
            units = int(units)
        if not isinstance(units, int) or units < (0 if legacy_keras() else 1):
            raise ValueError(
                f"Received an invalid value for `units`, expected a positive integer. Received: units={units}"
            )
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.units = units
        self.activation = activations.get(activation)
        self.use_bias = use_bias
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.bias_regularizer = regularizers.get(bias_regularizer)
        self.kernel_constraint = constraints.get(kernel_constraint)
        self.bias_constraint = constraints.get(bias_constraint)
        self._init_lora(lora_rank, lora_alpha)
        self.quantization_config = quantization_config
        self.input_spec = InputSpec(min_ndim=2)
        self.supports_masking = True

    def build(self, input_shape: Any) -> None:
        size = input_shape[-1]
        if legacy_keras():
            if not is_float_dtype(self.dtype):
                raise TypeError(f"A Dense layer can only be built with a floating-point dtype. Received: {self.dtype}")
            if size is None:
                raise ValueError(
                    "The last dimension of the inputs to a Dense layer should be defined. Found None. Full input shape "
                    f"received: {input_shape}"
                )
        if self.quantization_mode is None:
            self._kernel = self.add_weight(
                name="kernel",
                shape=(size, self.units),
                initializer=self.kernel_initializer,
                regularizer=self.kernel_regularizer,
                constraint=self.kernel_constraint,
            )
        else:
            self._build_quantized((size, self.units), self.quantization_mode, self.quantization_config)
        self.bias = None
        if self.use_bias:
            self.bias = self.add_weight(
                name="bias",
                shape=(self.units,),
                initializer=self.bias_initializer,
                regularizer=self.bias_regularizer,
                constraint=self.bias_constraint,
            )
        self.input_spec = InputSpec(min_ndim=2, axes={-1: size})
        self.built = True
        if self.lora_rank:
            self.enable_lora(self.lora_rank, self.lora_alpha)

    @property
    def kernel(self) -> Any:
        """The weights ``[input_dim, units]``, with a low-rank adaptation in them; integers where they are quantized."""
        if not self.built and getattr(self, "_kernel", None) is None:
            raise AttributeError("You must build the layer before accessing `kernel`.")
        return self._with_lora(self._integers() if self._is_quantized else self._kernel)

    @kernel.setter
    def kernel(self, value: Any) -> None:
        self._kernel = value

    def call(self, inputs: Any, training: Any = None) -> Any:
        if hasattr(inputs, "flat_values"):
            return inputs.with_flat_values(self.call(inputs.flat_values, training))
        if not is_float_dtype(inputs.dtype):
            inputs = cast(inputs, self.compute_dtype)
        out = self._product(inputs)
        return out if self.activation is None else self.activation(out)

    def _product(self, inputs: Any) -> Any:
        if hasattr(inputs, "dense_shape"):
            from kerax.sparse import sparse_dense_matmul

            out = sparse_dense_matmul(inputs, self._used_weight())
            return out if self.bias is None else out + self.bias
        if self._is_quantized:
            out = self._multiplied(lambda x, kernel: _dense(x, kernel, None), inputs)
            return out if self.bias is None else out + self.bias
        return _dense(inputs, self.kernel, self.bias)

    def compute_output_shape(self, input_shape: Any) -> Any:
        if legacy_keras() and input_shape[-1] is None:
            raise ValueError(
                "The last dimension of the input shape of a Dense layer should be defined. Found None. Received: "
                f"input_shape={input_shape}"
            )
        return (*input_shape[:-1], self.units)

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        config.update(
            units=self.units,
            activation=activations.serialize(self.activation),
            use_bias=self.use_bias,
            kernel_initializer=initializers.serialize(self.kernel_initializer),
            bias_initializer=initializers.serialize(self.bias_initializer),
            kernel_regularizer=regularizers.serialize(self.kernel_regularizer),
            bias_regularizer=regularizers.serialize(self.bias_regularizer),
        )
        if legacy_keras():
            config["activity_regularizer"] = regularizers.serialize(self.activity_regularizer)
        config.update(
            kernel_constraint=constraints.serialize(self.kernel_constraint),
            bias_constraint=constraints.serialize(self.bias_constraint),
        )
        if not legacy_keras():
            config["quantization_config"] = serialize_keras_object(self.quantization_config)
        return {**config, **self._lora_config()}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        config = dict(config)
        if isinstance(config.get("quantization_config"), dict):
            config["quantization_config"] = deserialize_keras_object(config["quantization_config"])
        return super().from_config(config)
