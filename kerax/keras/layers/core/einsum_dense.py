"""``keras.layers.EinsumDense``: a dense layer with an equation of its own."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import jax.numpy as jnp

from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras import activations, constraints, initializers, ops, regularizers
from kerax.keras.engine.input_spec import InputSpec
from kerax.keras.engine.layer import Layer
from kerax.keras.engine.settings import is_float_dtype
from kerax.keras.initializers.random import VarianceScaling
from kerax.keras.layers.core.einsum_layout import layout, parse
from kerax.keras.layers.core.lora import LowRankAdaptation
from kerax.keras.layers.core.quantized import QuantizedWeight
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object
from kerax.math.casting import cast


@op("inputs, kernel, bias")
def _einsum_dense(inputs, kernel, bias, equation):
    out = jnp.einsum(equation, inputs, kernel)
    return out if bias is None else out + bias


class EinsumDense(QuantizedWeight, LowRankAdaptation, Layer):
    """A dense layer whose product is an Einstein sum: ``activation(einsum(equation, inputs, kernel) + bias)``.

    Args:
      equation: str, of input and kernel, such as ``"ab,bc->ac"``; ``...`` may stand in front of, or after, the labels
        of input and output.
      output_shape: int or tuple of int and None (as the input), the output's shape without the batch and what
        ``...`` stands for.
      activation: a function, or its name; None for none.
      bias_axes: str, the output's labels that the bias has; None for no bias.
      kernel_initializer, bias_initializer: initializers.
      kernel_regularizer, bias_regularizer: functions added to ``losses``.
      kernel_constraint, bias_constraint: functions applied after an optimizer's update.
      lora_rank: int, the rank of a low-rank adaptation; see ``enable_lora``.
      lora_alpha: float, ``lora_rank`` by default.
      gptq_unpacked_column_size: int, kept for files.
      quantization_config: a ``keras.quantizers`` config, where ``dtype`` is the policy of a quantized layer.

    Raises:
      ValueError: on building, an equation that does not fit the shapes.

    >>> import kerax as tf
    >>> layer = tf.keras.layers.EinsumDense("abc,cd->abd", (None, 4), bias_axes="d")
    >>> layer(tf.ones((2, 3, 5))).shape
    TensorShape([2, 3, 4])
    """

    def __init__(
        self,
        equation: str,
        output_shape: Any,
        activation: Any = None,
        bias_axes: Any = None,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        lora_rank: Any = None,
        lora_alpha: Any = None,
        gptq_unpacked_column_size: Any = None,
        quantization_config: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.equation = equation
        shape = (output_shape,) if isinstance(output_shape, int) else tuple(output_shape)
        self.partial_output_shape = list(shape) if legacy_keras() else shape
        self.bias_axes = bias_axes
        self.activation = activations.get(activation)
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.bias_regularizer = regularizers.get(bias_regularizer)
        self.kernel_constraint = constraints.get(kernel_constraint)
        self.bias_constraint = constraints.get(bias_constraint)
        self._init_lora(lora_rank, lora_alpha)
        self.gptq_unpacked_column_size = gptq_unpacked_column_size
        self.quantization_config = quantization_config

    def build(self, input_shape: Any) -> None:
        found = layout(self.equation, self.bias_axes, tuple(input_shape), self.partial_output_shape)
        self.full_output_shape = found.output
        if not legacy_keras():
            self.input_spec = InputSpec(ndim=len(input_shape))
        self._input_rank = len(input_shape)
        if self.quantization_mode is None:
            self._kernel = self.add_weight(
                name="kernel",
                shape=found.kernel,
                initializer=self._initializer(found),
                regularizer=self.kernel_regularizer,
                constraint=self.kernel_constraint,
            )
        else:
            self._build_quantized(found.kernel, self.quantization_mode, self.quantization_config)
        self.bias = None
        if found.bias is not None:
            self.bias = self.add_weight(
                name="bias",
                shape=found.bias,
                initializer=self.bias_initializer,
                regularizer=self.bias_regularizer,
                constraint=self.bias_constraint,
            )
        self.built = True
        if self.lora_rank:
            self.enable_lora(self.lora_rank, self.lora_alpha)

    def _initializer(self, found: Any) -> Any:
        """The kernel's initializer, told (in Keras 3) over which axes it is summed."""
        given = self.kernel_initializer
        if legacy_keras() or not isinstance(given, VarianceScaling):
            return given
        if given.input_axes is not None and given.output_axes is not None:
            return given
        config = {**given.get_config(), "seed": given.seed}
        return type(given).from_config({**config, "input_axes": found.input_axes, "output_axes": found.output_axes})

    @property
    def kernel(self) -> Any:
        """The weights, with a low-rank adaptation in them; integers where they are quantized."""
        if not self.built and getattr(self, "_kernel", None) is None:
            raise AttributeError("You must build the layer before accessing `kernel`.")
        return self._with_lora(self._integers() if self._is_quantized else self._kernel)

    @kernel.setter
    def kernel(self, value: Any) -> None:
        self._kernel = value

    def call(self, inputs: Any, training: Any = None) -> Any:
        if not is_float_dtype(inputs.dtype):
            inputs = cast(inputs, self.compute_dtype)
        if self._is_quantized:
            product = partial(_einsum_dense, bias=None, equation=self.equation)
            out = self._multiplied(product, inputs, self._summed_inputs())
            out = out if self.bias is None else out + self.bias
        else:
            out = _einsum_dense(inputs, self.kernel, self.bias, self.equation)
        return out if self.activation is None else self.activation(out)

    # --- quantization -------------------------------------------------------------------------------------
    def _shared_axes(self) -> tuple[int, ...]:
        _, weights, outputs, _ = parse(self.equation)
        return tuple(axis for axis, label in enumerate(weights) if label not in outputs)

    def _summed_inputs(self) -> tuple[int, ...]:
        inputs, _, outputs, leading = parse(self.equation)
        first = self._input_rank - len(inputs) if leading else 0
        return tuple(first + axis for axis, label in enumerate(inputs) if label not in outputs)

    def _stored_scale(self, scale: Any) -> Any:
        """The scale along the output's axes."""
        inputs, weights, outputs, leading = parse(self.equation)
        kept = [label for label in weights if label in outputs]
        sizes = dict(zip(weights, scale.shape, strict=True))
        scale = ops.transpose(ops.squeeze(scale, self._shared_axes()), [kept.index(n) for n in outputs if n in kept])
        elided = [1] * (self._input_rank - len(inputs))
        shape = [sizes[label] if label in kept else 1 for label in outputs]
        return ops.reshape(scale, elided + shape if leading else shape + elided)

    def _scale_of_weight(self, scale: Any) -> Any:
        _, weights, outputs, _ = parse(self.equation)
        sizes = dict(zip(weights, self._weight_shape, strict=True))
        kept = [label for label in outputs if label in weights]
        scale = ops.reshape(scale, [sizes[label] for label in kept])
        scale = ops.transpose(scale, [kept.index(label) for label in weights if label in kept])
        return ops.expand_dims(scale, self._shared_axes())

    def _matrix_shape(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        rows = math.prod(shape[axis] for axis in self._shared_axes())
        return rows, math.prod(shape) // rows

    def compute_output_shape(self, input_shape: Any) -> Any:
        return layout(self.equation, self.bias_axes, tuple(input_shape), self.partial_output_shape).output

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        config.update(
            output_shape=self.partial_output_shape,
            equation=self.equation,
            activation=activations.serialize(self.activation),
            bias_axes=self.bias_axes,
            kernel_initializer=initializers.serialize(self.kernel_initializer),
            bias_initializer=initializers.serialize(self.bias_initializer),
            kernel_regularizer=regularizers.serialize(self.kernel_regularizer),
            bias_regularizer=regularizers.serialize(self.bias_regularizer),
            activity_regularizer=regularizers.serialize(self.activity_regularizer),
            kernel_constraint=constraints.serialize(self.kernel_constraint),
            bias_constraint=constraints.serialize(self.bias_constraint),
        )
        if not legacy_keras():
            config["quantization_config"] = serialize_keras_object(self.quantization_config)
        if self.gptq_unpacked_column_size:
            config["gptq_unpacked_column_size"] = self.gptq_unpacked_column_size
        return {**config, **self._lora_config()}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        config = dict(config)
        if isinstance(config.get("quantization_config"), dict):
            config["quantization_config"] = deserialize_keras_object(config["quantization_config"])
        return super().from_config(config)
