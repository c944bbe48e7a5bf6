"""``keras.Sequential``: layers one after the other."""

from __future__ import annotations

import contextlib
import copy
import inspect
from typing import Any

from kerax.core import config as core_config
from kerax.core import nest
from kerax.keras.engine.functional import Functional
from kerax.keras.engine.input_layer import InputLayer
from kerax.keras.engine.layer import Layer, get_mask
from kerax.keras.engine.model import Model
from kerax.keras.engine.module_wrapper import wrapped
from kerax.keras.engine.names import unnested_scope
from kerax.keras.engine.operation import Operation
from kerax.keras.engine.settings import standardize_shape
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object


class Sequential(Model):
    """A stack of layers, each with one input and one output.

    With a ``keras.Input`` at the bottom the weights exist at once, without it at the first call.

    Args:
      layers: list of layers.
      trainable: bool.
      name: str.

    >>> import kerax as tf
    >>> model = tf.keras.Sequential([tf.keras.Input((3,)), tf.keras.layers.Dense(2)])
    >>> model.count_params()
    8
    """

    _auto_track_sub_layers = False  # layers in attributes are none of the model's
    _first_dtype: Any = None  # of the first batch

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        return Operation.__new__(cls, *args, **kwargs)

    def __init__(self, layers: Any = None, trainable: bool = True, name: str | None = None) -> None:
        if core_config.legacy_keras() and isinstance(trainable, str):  # Keras 2: Sequential(layers, name)
            trainable, name = True, trainable
        super().__init__(trainable=trainable, name=name)
        self._hide(_functional=None, _layers=[])
        if layers is not None:
            if core_config.legacy_keras() and not isinstance(layers, (list, tuple)):
                layers = [layers]
            for layer in layers:
                self.add(layer, rebuild=False)
            if self._layers:
                self._maybe_rebuild()

    @property
    def _self_tracked_trackables(self) -> Any:
        return self._layers

    def add(self, layer: Any, rebuild: bool = True) -> None:
        """Adds a layer on top.

        Args:
          layer: a layer, or a ``keras.Input`` at the bottom.
          rebuild: bool, whether to connect it at once.

        Raises:
          ValueError: no layer, a name that is taken, or a second input.
        """
        if hasattr(layer, "_keras_history") and isinstance(layer._keras_history[0], InputLayer):
            layer = layer._keras_history[0]
        if core_config.legacy_keras():
            layer = wrapped(layer)
        if not isinstance(layer, Layer):
            raise ValueError(
                f"Only instances of `keras.Layer` can be added to a Sequential model. Received: {layer} "
                f"(of type {type(layer)})"
            )
        if not self._layers:
            self._add_input_for(layer)
        if any(other.name == layer.name and other is not layer for other in self._layers):
            raise ValueError(
                f"All layers added to a Sequential model should have unique names. Name '{layer.name}' is already "
                "the name of a layer in this model. Update the `name` argument to pass a unique name."
            )
        if isinstance(layer, InputLayer) and self._layers and isinstance(self._layers[0], InputLayer):
            raise ValueError(
                f"Sequential model '{self.name}' has already been configured to use input shape "
                f"{self._layers[0].batch_shape}. You cannot add a different Input layer to it."
            )
        self._layers.append(layer)
        self._restart()
        if rebuild:
            self._maybe_rebuild()

    def _add_input_for(self, layer: Any) -> None:
        """An input layer for a first layer that was told its input shape; Keras 2 looks into models, too."""
        first = layer
        while core_config.legacy_keras() and isinstance(first, (Functional, Sequential)) and first.layers:
            first = first.layers[0]
        if isinstance(first, InputLayer):
            shape, dtype = (None, None) if first is layer else (first.batch_shape, first.dtype)
        else:
            shape = getattr(first, "_input_batch_shape", None)
            dtype = first.dtype if core_config.legacy_keras() else None
        if shape is not None:
            name = f"{layer.name}_input" if core_config.legacy_keras() else None
            self.add(InputLayer(batch_shape=shape, dtype=dtype, name=name))

    def pop(self, rebuild: bool = True) -> Any:
        """Removes the layer on top.

        Args:
          rebuild: bool, whether to connect the rest at once.

        Returns:
          The layer; None in Keras 2.
        """
        if core_config.legacy_keras() and not self.layers:
            raise TypeError("There are no layers in the model.")
        layer = self._layers.pop()
        self._restart()
        if rebuild and self._layers:
            self._maybe_rebuild()
        return None if core_config.legacy_keras() else layer

    def _restart(self) -> None:
        self.built = False
        self._hide(_functional=None, train_function=None, test_function=None, predict_function=None)

    def _maybe_rebuild(self) -> None:
        self._restart()
        first = self._layers[0]
        if len(self._layers) < 2:
            return
        if isinstance(first, InputLayer):
            self.build(first.batch_shape)
        elif isinstance(first, (Functional, Sequential)) and not core_config.legacy_keras():
            try:
                shape = first.input_shape
            except AttributeError:
                return
            self.build(shape)

    def _lock_state(self) -> None:
        """Layers may be added after building."""

    def _obj_type(self) -> str:
        return "Sequential"

    def build(self, input_shape: Any = None) -> None:
        """Connects the layers for inputs of a shape.

        Args:
          input_shape: tuple of int and None, with the batch.

        Raises:
          ValueError: no layers, or another shape than the model's input has.
        """
        try:
            input_shape = standardize_shape(input_shape)
        except Exception:
            return  # several inputs: the layers build when they are called
        if not self._layers and core_config.legacy_keras():
            self.built = True  # the next layer starts anew
            return
        if not self._layers:
            raise ValueError(
                f"Sequential model {self.name} cannot be built because it has no layers. Call `model.add(layer)`."
            )
        first = self._layers[0]
        if isinstance(first, InputLayer):
            if core_config.legacy_keras() and self._functional is not None:
                return  # Keras 2 leaves the layers as they are connected, whatever the shape
            if first.batch_shape != input_shape:
                raise ValueError(
                    f"Sequential model '{self.name}' has already been configured to use input shape "
                    f"{first.batch_shape}. You cannot build it with input_shape {input_shape}"
                )
        else:
            name = f"{first.name}_input" if core_config.legacy_keras() else None
            dtype = self._first_dtype or first.compute_dtype  # in Keras 2, that of the first batch
            self._layers.insert(0, InputLayer(batch_shape=input_shape, dtype=dtype, name=name))
        inputs = self._layers[0].output
        x = inputs
        with unnested_scope() if core_config.legacy_keras() else contextlib.nullcontext():
            for layer in self._layers[1:]:
                try:
                    x = layer(x)
                except NotImplementedError:
                    return
                except TypeError:
                    _check_arguments(layer)
                    raise
        name = self.name if core_config.legacy_keras() else None
        self._hide(_functional=Functional(inputs, x, name=name))

    def _maybe_build(self, spec: Any) -> None:
        given = spec.first_arg if core_config.legacy_keras() else None
        self._hide(_first_dtype=getattr(given, "dtype", None))
        super()._maybe_build(spec)

    def call(self, inputs: Any, training: Any = None, mask: Any = None, **kwargs: Any) -> Any:
        """Runs the layers in turn."""
        if self._functional is not None:
            return self._functional.call(inputs, training=training, mask=mask, **kwargs)
        outputs = inputs
        for layer in self.layers:
            given = {name: kwargs[name] for name in layer._call_has_context_arg if name in kwargs}
            if layer._call_has_mask_arg:
                given["mask"] = mask
            if layer._call_has_training_arg and training is not None:
                given["training"] = training
            outputs = layer(outputs, **given)
            mask = nest.map_structure(get_mask, outputs)
        return outputs

    @property
    def layers(self) -> list[Any]:
        """The layers without the input layer."""
        return self._layers[1:] if self._layers and isinstance(self._layers[0], InputLayer) else self._layers[:]

    @layers.setter
    def layers(self, _: Any) -> None:
        raise AttributeError(
            "`Sequential.layers` attribute is reserved and should not be used. Use `add()` and `pop()` to change the "
            "layers in this model."
        )

    def compute_output_spec(self, inputs: Any, training: Any = None, mask: Any = None, **kwargs: Any) -> Any:
        if type(self).call is not Sequential.call:
            return super().compute_output_spec(inputs, training=training, **kwargs)
        if self._functional is not None:
            return self._functional.compute_output_spec(inputs, training=training, mask=mask, **kwargs)
        outputs = inputs
        for layer in self.layers:
            given = {"training": training} if layer._call_has_training_arg else {}
            outputs = layer.compute_output_spec(outputs, **given, **kwargs)
        return outputs

    def _output_name(self, node_index: int, tensor_index: int) -> str:
        model = super() if self._functional is None else self._functional
        return model._output_name(node_index, tensor_index)

    def compute_output_shape(self, input_shape: Any) -> Any:
        if self._functional is not None:
            return self._functional.compute_output_shape(input_shape)
        for layer in self.layers:
            input_shape = layer.compute_output_shape(input_shape)
        return input_shape

    compute_output_shape._is_default = True  # type: ignore[attr-defined]

    def _of_functional(self, attribute: str, label: str) -> Any:
        if self._functional is None and label.endswith("puts") and core_config.legacy_keras():
            return None
        if self._functional is None:
            raise AttributeError(f"Sequential model '{self.name}' has no defined {label} yet.")
        return getattr(self._functional, attribute)

    @property
    def input_shape(self) -> Any:
        return self._of_functional("input_shape", "input shape")

    @property
    def output_shape(self) -> Any:
        return self._of_functional("output_shape", "output shape")

    @property
    def input(self) -> Any:
        """The symbolic input: of the first call, or, in Keras 2, the stack's own where its input shape is known."""
        own = self._functional is not None and core_config.legacy_keras()
        return self._functional.input if own else super().input

    @property
    def output(self) -> Any:
        """The symbolic output: of the first call, or, in Keras 2, the stack's own where its input shape is known."""
        own = self._functional is not None and core_config.legacy_keras()
        return self._functional.output if own else super().output

    @property
    def input_mask(self) -> Any:
        own = self._functional is not None and core_config.legacy_keras()
        return self._functional.input_mask if own else super().input_mask

    @property
    def output_mask(self) -> Any:
        own = self._functional is not None and core_config.legacy_keras()
        return self._functional.output_mask if own else super().output_mask

    @property
    def inputs(self) -> Any:
        return self._of_functional("inputs", "inputs")

    @property
    def outputs(self) -> Any:
        return self._of_functional("outputs", "outputs")

    @property
    def input_names(self) -> Any:
        return self._of_functional("input_names", "input names")

    @property
    def output_names(self) -> Any:
        return None if self._functional is None else self._functional.output_names

    @property
    def input_dtype(self) -> str:
        if self._layers and isinstance(self._layers[0], InputLayer):
            return self._layers[0].dtype
        return super().input_dtype

    # --- weights: Keras 2 has none before the model is built ---------------------------------------------
    @property
    def variables(self) -> list[Any]:
        self._assert_weights_created()
        return super().variables

    @property
    def weights(self) -> list[Any]:
        self._assert_weights_created()
        return super().weights

    @property
    def trainable_weights(self) -> list[Any]:
        self._assert_weights_created()
        return super().trainable_weights

    @property
    def non_trainable_weights(self) -> list[Any]:
        self._assert_weights_created()
        return super().non_trainable_weights

    def _assert_weights_created(self) -> None:
        if not self.built and core_config.legacy_keras():
            raise ValueError(
                f"Weights for model '{self.name}' have not yet been created. Weights are created when the model is "
                "first called on inputs or `build()` is called with an `input_shape`."
            )

    # --- configuration ----------------------------------------------------------------------------------
    def get_config(self) -> dict[str, Any]:
        config = {} if core_config.legacy_keras() else Model.get_config(self)
        config["name"] = self.name
        config["layers"] = copy.deepcopy([serialize_keras_object(layer) for layer in self._layers])
        if self._functional is not None and not core_config.legacy_keras():
            config["build_input_shape"] = self._layers[0].batch_shape
        return config

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Any:
        """Makes a model of its ``get_config()``."""
        if "name" not in config:
            raise ValueError(
                "A Sequential model configuration must be a dictionary containing the 'name' and 'layers' keys. "
                f"Received: config={config}"
            )
        model = cls(name=config["name"])
        for layer in config["layers"]:
            model.add(deserialize_keras_object(layer, custom_objects=custom_objects))
        shape = config.get("build_input_shape")
        if model._functional is None and shape and isinstance(shape, (tuple, list)):
            model.build(shape)
        return model


def _check_arguments(layer: Any) -> None:
    """Explains why a layer cannot be called on one tensor, if its signature is the reason."""
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    parameters = inspect.signature(layer.call).parameters.values()
    positional = [p for p in parameters if p.kind in kinds]
    required = [p for p in positional if p.default is inspect.Parameter.empty]
    if not positional and not any(p.kind is p.VAR_POSITIONAL for p in parameters):
        raise ValueError(
            "Layers added to a Sequential model should have a single positional argument, the input tensor. Layer "
            f"{type(layer).__name__} has no positional arguments."
        )
    if len(required) > 1:
        raise ValueError(
            "Layers added to a Sequential model can only have a single required positional argument, the input "
            f"tensor. Layer {type(layer).__name__} has multiple required positional arguments: {required}"
        )
