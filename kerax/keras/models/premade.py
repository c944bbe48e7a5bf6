"""``keras.experimental.LinearModel`` and ``WideDeepModel`` (Keras 2): linear layers that are added, and a network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kerax.core import nest
from kerax.core.tape import GradientTape
from kerax.keras import activations, initializers, optimizers, regularizers
from kerax.keras.engine.model import Model
from kerax.keras.engine.shape_forms import is_shape
from kerax.keras.layers.core.dense import Dense
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object
from kerax.keras.utils.data_packing import unpack_x_y_sample_weight
from kerax.nn.normalization import bias_add


class LinearModel(Model):
    """A linear model of one or many inputs: ``activation(sum of inputs @ kernels + bias)``.

    Args:
      units: int, the size of the output's last axis.
      activation: a function, or its name; None for none.
      use_bias: bool.
      kernel_initializer, bias_initializer: initializers.
      kernel_regularizer, bias_regularizer: functions added to ``losses``.
      **kwargs: of a `Model`.

    Takes float ``[batch, .., size]``, dense or sparse, or a list or dict of such; returns float ``[batch, .., units]``.

    Raises:
      ValueError: a dict has other keys than the one that the model was built for.

    >>> import kerax as tf
    >>> from kerax.keras.models.premade import LinearModel
    >>> LinearModel(kernel_initializer="ones")([tf.constant([[1.0, 2.0]]), tf.constant([[3.0]])]).numpy()
    array([[6.]], dtype=float32)
    """

    def __init__(
        self,
        units: int = 1,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = "zeros",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.units, self.use_bias = units, use_bias
        self.activation = activations.get(activation)
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.bias_regularizer = regularizers.get(bias_regularizer)

    def _dense(self, shape: Any, name: str | None = None) -> Dense:
        layer = Dense(
            self.units,
            use_bias=False,
            kernel_initializer=self.kernel_initializer,
            kernel_regularizer=self.kernel_regularizer,
            name=name,
        )
        layer.build(shape)
        return layer

    def build(self, input_shape: Any) -> None:
        if isinstance(input_shape, Mapping):
            self.dense_layers = [self._dense(input_shape[name], name) for name in sorted(input_shape)]
        else:
            self.dense_layers = [
                self._dense(shape) for shape in ([input_shape] if is_shape(input_shape) else input_shape)
            ]
        self.bias = None
        if self.use_bias:
            self.bias = self.add_weight(
                name="bias",
                shape=(self.units,),
                initializer=self.bias_initializer,
                regularizer=self.bias_regularizer,
                dtype=self.dtype,
            )
        self.built = True

    def call(self, inputs: Any) -> Any:
        if isinstance(inputs, Mapping):
            expected = {layer.name for layer in self.dense_layers}
            if missing := expected - set(inputs):
                raise ValueError(
                    "The `inputs` dictionary does not match the structure expected by the model."
                    f"\n\tExpected keys: {expected}\n\tReceived keys: {set(inputs)}\n\tMissing keys: {missing}"
                )
            inputs = [inputs[layer.name] for layer in self.dense_layers]
        elif not isinstance(inputs, (tuple, list)):
            inputs = [inputs]
        first, *others = (layer(x) for x, layer in zip(inputs, self.dense_layers, strict=False))
        result = sum(others, first)
        if self.bias is not None:
            result = bias_add(result, self.bias)
        return result if self.activation is None else self.activation(result)

    def get_config(self) -> dict[str, Any]:
        config = {
            "units": self.units,
            "activation": activations.serialize(self.activation),
            "use_bias": self.use_bias,
            "kernel_initializer": initializers.serialize(self.kernel_initializer),
            "bias_initializer": initializers.serialize(self.bias_initializer),
            "kernel_regularizer": regularizers.serialize(self.kernel_regularizer),
            "bias_regularizer": regularizers.serialize(self.bias_regularizer),
        }
        return {"name": self.name, "trainable": self.trainable, "dtype": self.dtype, **config}

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> LinearModel:
        return cls(**config)


class WideDeepModel(Model):
    """A linear model and a network, trained together: ``activation(linear_model(x) + dnn_model(x))``.

    Args:
      linear_model: a `LinearModel`.
      dnn_model: a `Model` whose outputs are like those of ``linear_model``.
      activation: a function, or its name; None for none.
      **kwargs: of a `Model`.

    Takes a pair of the two models' inputs, or what both take. ``compile`` takes one optimizer, or a list of two: the
    linear model's and the network's. (https://arxiv.org/abs/1606.07792)

    >>> import kerax as tf
    >>> from kerax.keras.models.premade import LinearModel, WideDeepModel
    >>> deep = tf.keras.Sequential([tf.keras.layers.Dense(1, kernel_initializer="ones")])
    >>> WideDeepModel(LinearModel(kernel_initializer="ones"), deep)(tf.constant([[1.0, 2.0]])).numpy()
    array([[6.]], dtype=float32)
    """

    def __init__(self, linear_model: Any, dnn_model: Any, activation: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.linear_model, self.dnn_model = linear_model, dnn_model
        self.activation = activations.get(activation)

    def compile(self, optimizer: Any = "rmsprop", *args: Any, **kwargs: Any) -> None:
        if not isinstance(optimizer, (list, tuple)):
            super().compile(optimizer, *args, **kwargs)
            return
        both = [optimizers.get(one) for one in optimizer]
        super().compile(both[0], *args, **kwargs)
        self.optimizer = both

    def call(self, inputs: Any, training: Any = None) -> Any:
        pair = isinstance(inputs, (tuple, list)) and len(inputs) == 2
        linear_inputs, dnn_inputs = inputs if pair else (inputs, inputs)
        deep = self.dnn_model(dnn_inputs, training=training)
        output = nest.map_structure(lambda x, y: x + y, self.linear_model(linear_inputs), deep)
        return nest.map_structure(self.activation, output) if self.activation else output

    def train_step(self, data: Any) -> dict[str, Any]:
        if not isinstance(self.optimizer, (list, tuple)):
            return super().train_step(data)
        x, y, sample_weight = unpack_x_y_sample_weight(data)
        with GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compiled_loss(y, y_pred, sample_weight, regularization_losses=self.losses)
        self.compiled_metrics.update_state(y, y_pred, sample_weight)
        weights = [self.linear_model.trainable_variables, self.dnn_model.trainable_variables]
        for rule, gradients, variables in zip(self.optimizer, tape.gradient(loss, weights), weights, strict=True):
            rule.apply_gradients(zip(gradients, variables, strict=True))
        return {m.name: m.result() for m in self.metrics}

    def get_config(self) -> dict[str, Any]:
        parts = {
            "linear_model": serialize_keras_object(self.linear_model),
            "dnn_model": serialize_keras_object(self.dnn_model),
            "activation": activations.serialize(self.activation),
        }
        return {"name": self.name, "trainable": self.trainable, "dtype": self.dtype, **parts}

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> WideDeepModel:
        parts = {key: deserialize_keras_object(config[key], custom_objects) for key in ("linear_model", "dnn_model")}
        return cls(**{**config, **parts})
