"""``keras.Model``: a layer that trains, and is shown, saved and loaded as a whole."""

from __future__ import annotations

import json
import warnings
from typing import Any

from kerax.core import config as core_config
from kerax.keras.engine import keras2_weights
from kerax.keras.engine.abstract import compute_output_spec
from kerax.keras.engine.arguments import keras_2_order
from kerax.keras.engine.keras_tensor import KerasTensor
from kerax.keras.engine.layer import Layer
from kerax.keras.engine.layer_compat import Keras2Attribute
from kerax.keras.engine.layer_state import unique
from kerax.keras.engine.model_state import ModelState
from kerax.keras.engine.names import unnested_scope
from kerax.keras.engine.operation import Operation, default, is_default
from kerax.keras.saving.keras_saveable import SaveableModel
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object
from kerax.keras.training.trainer import Trainer
from kerax.version import VERSION

_FUNCTIONAL_KEYS = ("name", "layers", "input_layers", "output_layers")


class Model(SaveableModel, Trainer, ModelState, Layer):
    """Layers as one object with ``fit``, ``evaluate`` and ``predict``.

    ``Model(inputs, outputs)`` makes a functional model of symbolic tensors; a subclass with layers made in
    ``__init__`` and a ``call`` of its own is a model too.

    Args:
      *args: inputs, outputs (and name) of a functional model.
      **kwargs: ``inputs``, ``outputs``, ``name``, ``trainable``, ``dtype``.

    >>> import kerax as tf
    >>> class Double(tf.keras.Model):
    ...     def call(self, x):
    ...         return 2 * x
    >>> Double()(tf.constant([1., 2.])).numpy()
    array([2., 4.], dtype=float32)
    """

    _is_graph_network = Keras2Attribute(
        "", lambda model: hasattr(getattr(model, "_functional", None) or model, "_operations")
    )
    _is_compiled = Keras2Attribute("compiled")

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        if cls is Model and functional_init_arguments(args, kwargs):
            from kerax.keras.engine.functional import Functional  # it stands above

            return Operation.__new__(Functional, *args, **kwargs)
        return Operation.__new__(cls, *args, **kwargs)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if functional_init_arguments(args, kwargs):
            from kerax.keras.engine.functional import Functional

            _make_functional(type(self))
            Functional.__init__(self, *args, **kwargs)
        else:
            Layer.__init__(self, *(() if core_config.legacy_keras() else args), **kwargs)  # Keras 2 heeds none

    def call(self, *args: Any, **kwargs: Any) -> Any:
        """The forward pass; subclasses implement it."""
        raise NotImplementedError(f"Model {type(self).__name__} does not have a `call()` method implemented.")

    # --- layers -----------------------------------------------------------------------------------------
    @property
    def layers(self) -> list[Any]:
        """The layers held directly."""
        return self._flatten_layers(include_self=False, recursive=False)

    @layers.setter
    def layers(self, _: Any) -> None:
        raise AttributeError("`Model.layers` attribute is reserved and should not be used. Please use another name.")

    @property
    def weights(self) -> list[Any]:
        """The variables, layer by layer."""
        if not core_config.legacy_keras():
            return super().weights
        own = [*self._trainable_variables, *self._non_trainable_variables]
        return unique([*keras2_weights.of_model(self, "variables"), *own])

    @property
    def trainable_weights(self) -> list[Any]:
        """What optimizers update; Keras 2 lists a model's own variables after those of its layers."""
        if not core_config.legacy_keras() or not self.trainable:
            return super().trainable_weights
        return unique([*keras2_weights.of_model(self, "trainable_variables"), *self._own_weights(True)])

    @property
    def non_trainable_weights(self) -> list[Any]:
        """The other weights; all of them if the model is frozen."""
        if not core_config.legacy_keras():
            return super().non_trainable_weights
        found = [*keras2_weights.of_model(self, "non_trainable_variables"), *self._own_weights(False)]
        if not self.trainable:
            found = [*keras2_weights.of_model(self, "trainable_variables"), *self._own_weights(True), *found]
        return unique(found)

    def get_layer(self, name: str | None = None, index: int | None = None) -> Any:
        """A layer by its name or its position in ``layers``.

        Args:
          name: str.
          index: int.

        Raises:
          ValueError: both, neither, or no such layer.
        """
        layers = self.layers
        if index is not None and name is not None:
            raise ValueError(f"Provide only a layer name or a layer index. Received: index={index}, name={name}.")
        if index is not None:
            if len(layers) <= index:
                raise ValueError(
                    f"Was asked to retrieve layer at index {index} but model only has {len(layers)} layers."
                )
            return layers[index]
        if name is None:
            raise ValueError("Provide either a layer name or layer index at `get_layer`.")
        for layer in layers:
            if layer.name == name:
                return layer
        raise ValueError(f"No such layer: {name}. Existing layers are: {[layer.name for layer in layers]}.")

    def quantize(self, mode: Any = None, config: Any = None, filters: Any = None, **kwargs: Any) -> None:
        """Replaces the weights of all layers that can be quantized by integers; others are named in warnings.

        Args:
          mode: "int8" or "int4"; that of ``config`` if None.
          config: a ``keras.quantizers`` config; the mode's default if None.
          filters: a regular expression, or several, that a layer's name must hold; or a function of the layer.
          **kwargs: ``type_check``, whether subclasses of layers are left out (True).

        Raises:
          ValueError: wrong or contradictory arguments.
          NotImplementedError: another mode.

        Differs from TensorFlow: the modes "float8", "gptq" and "awq" are not here.
        """
        from kerax.keras.quantizers.models import quantize_layers  # it stands above

        quantize_layers(self, mode, config, filters, **kwargs)
        self.train_function = self.test_function = self.predict_function = None

    def reset_states(self) -> None:
        """Sets the kept states of all stateful layers to zero (Keras 2)."""
        for layer in self.layers:
            if isinstance(layer, Model) or (layer.stateful and hasattr(layer, "reset_states")):
                layer.reset_states()

    def summary(
        self,
        line_length: int | None = None,
        positions: Any = None,
        print_fn: Any = None,
        expand_nested: bool = False,
        show_trainable: bool = False,
        layer_range: Any = None,
    ) -> None:
        """Prints a table of the layers with output shapes and numbers of parameters.

        Args:
          line_length: int, width in characters.
          positions: list of floats (shares of the width) or ints, where columns end.
          print_fn: function of a str, by default ``print``.
          expand_nested: bool, whether to list the layers of models within.
          show_trainable: bool, whether to add a column that says so.
          layer_range: pair of str, the names (or regular expressions) of the first and last layer to list.

        Raises:
          ValueError: the model is not built (Keras 2), or no layer has such a name.
        """
        from kerax.keras.engine.summary import print_summary  # only here

        print_summary(self, line_length, positions, print_fn, expand_nested, show_trainable, layer_range)

    # --- building ---------------------------------------------------------------------------------------
    @default
    def build(self, input_shape: Any) -> None:
        """Creates the weights for inputs of a shape.

        Args:
          input_shape: tuple of int and None with the batch, or a list or dict of such.
        """
        if core_config.legacy_keras() and is_default(self.build) and not is_default_call(self):
            with unnested_scope():
                done = self._run_symbolically([_specs(input_shape)], {})
            if not done:
                raise ValueError(
                    "You cannot build your model by calling `build` if your layers do not support float type inputs. "
                    "Instead, in order to instantiate and build your model, call your model on real tensor data "
                    "(of the correct dtype)."
                )
            self.built = True
            return
        Layer.build.__wrapped__(self, input_shape)  # type: ignore[attr-defined]

    def _run_symbolically(self, args: Any, kwargs: Any) -> bool:
        try:
            compute_output_spec(self._symbolic_python(), *args, **kwargs)
        except Exception:
            return False
        return True

    def _set_save_spec(self, inputs: Any, args: Any = None, kwargs: Any = None) -> None:
        """The specs of a call, which Keras 2 keeps for SavedModels (``save_spec``)."""
        self._saved_specs = [inputs, *(args or ())], dict(kwargs or {})

    def build_from_config(self, config: Any) -> None:
        """Builds the model as ``get_build_config`` describes it."""
        if not config:
            return
        done = False
        if "input_shape" in config:
            done = self._build_from(lambda: self.build(config["input_shape"]), [_specs(config["input_shape"])], {})
            self._build_shapes_dict = config
        elif "shapes_dict" in config:
            shapes = config["shapes_dict"]
            specs = {key.removesuffix("_shape"): _specs(shape) for key, shape in shapes.items()}
            done = self._build_from(lambda: self.build(**shapes), [], specs)
            self._build_shapes_dict = shapes
        if not done:
            warnings.warn(
                f"Model '{self.name}' had a build config, but the model cannot be built automatically in "
                "`build_from_config(config)`. You should implement `def build_from_config(self, config)`, and you "
                "might also want to implement the method  that generates the config at saving time, `def "
                "get_build_config(self)`. The method `build_from_config()` is meant to create the state of the model "
                "(i.e. its variables) upon deserialization.",
                stacklevel=2,
            )

    def _build_from(self, build: Any, args: Any, kwargs: Any) -> bool:
        if is_default(self.build):
            return self._run_symbolically(args, kwargs)
        try:
            build()
        except Exception:
            return False
        return True

    # --- configuration ----------------------------------------------------------------------------------
    @default
    def get_config(self) -> dict[str, Any]:
        """The constructor's arguments; Keras 2 starts from an empty dict where a subclass adds its own."""
        if not core_config.legacy_keras():
            return Layer.get_config(self)
        if not is_default(self.get_config):
            return {}
        try:
            return Layer.get_config(self)
        except NotImplementedError:
            return {}

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Any:
        """Makes a model of its ``get_config()``.

        Args:
          config: dict.
          custom_objects: dict of names and classes or functions.

        Raises:
          TypeError: the constructor does not take the config.
        """
        from kerax.keras.engine.functional import Functional, functional_like_constructor
        from kerax.keras.engine.functional_config import deserialize

        revivable = cls in (Functional, Model) or functional_like_constructor(cls)
        if revivable and all(key in config for key in _FUNCTIONAL_KEYS):
            return deserialize(cls, config, custom_objects=custom_objects)
        try:
            return cls(**config)
        except TypeError as error:
            raise TypeError(
                "Unable to revive model from config. When overriding the `get_config()` method, make sure that the "
                f"returned config contains all items used as arguments in the  constructor to {cls}, which is the "
                "default behavior. You can override this default behavior by defining a `from_config(cls, config)` "
                f"class method to specify how to create an instance of {cls.__name__} from its config.\n\n"
                f"Received config={config}\n\nError encountered during deserialization: {error}"
            ) from error

    def to_json(self, **kwargs: Any) -> str:
        """The model's configuration, without weights, as JSON.

        Args:
          **kwargs: for ``json.dumps``.
        """
        config = serialize_keras_object(self)
        if core_config.legacy_keras():
            config = {key: config[key] for key in ("class_name", "config")}
            config |= {"keras_version": VERSION, "backend": "tensorflow"}
        return json.dumps(config, **kwargs)

    def to_yaml(self, **kwargs: Any) -> str:
        """Keras 2 gave it up.

        Raises:
          RuntimeError: always.
        """
        raise RuntimeError(
            "Method `model.to_yaml()` has been removed due to security risk of arbitrary code execution. Please use "
            "`model.to_json()` instead."
        )

    # --- files ------------------------------------------------------------------------------------------
    @keras_2_order("self", "filepath", "overwrite", "save_format")
    def save(self, filepath: Any, overwrite: bool = True, zipped: bool | None = None, **kwargs: Any) -> Any:
        """Saves the model with weights, compilation and optimizer state.

        Args:
          filepath: path ending in ``.keras`` or ``.h5``; a folder in Keras 2's SavedModel format.
          overwrite: bool, whether an existing file is replaced without asking.
          zipped: bool, False for a folder instead of one ``.keras`` file.
          **kwargs: ``include_optimizer``; Keras 2's ``save_format``, ``signatures``, ``options``.
        """
        from kerax.keras import saving

        if zipped is not None:
            kwargs["zipped"] = zipped
        return saving.save_model(self, filepath, overwrite=overwrite, **kwargs)

    @keras_2_order("self", "filepath", "overwrite", "save_format", "options")
    def save_weights(
        self, filepath: Any, overwrite: bool = True, max_shard_size: float | None = None, **kwargs: Any
    ) -> Any:
        """Saves the weights.

        Args:
          filepath: path ending in ``.weights.h5``, or ``.weights.json`` for shards; Keras 2 takes others.
          overwrite: bool, whether an existing file is replaced without asking.
          max_shard_size: float, the largest size of a file, GB.
          **kwargs: Keras 2's ``save_format`` and ``options``.
        """
        from kerax.keras import saving

        return saving.save_weights(self, filepath, overwrite=overwrite, max_shard_size=max_shard_size, **kwargs)

    @keras_2_order("self", "filepath", "skip_mismatch", "by_name", "options")
    def load_weights(self, filepath: Any, skip_mismatch: bool = False, **kwargs: Any) -> Any:
        """Loads weights from a file of ``save_weights`` or ``save``.

        Args:
          filepath: path.
          skip_mismatch: bool, whether layers of another shape keep their weights instead of an error.
          **kwargs: ``by_name`` for HDF5 files of Keras 2.
        """
        from kerax.keras import saving

        return saving.load_weights(self, filepath, skip_mismatch=skip_mismatch, **kwargs)

    def get_weight_paths(self) -> dict[str, Any]:
        """The variables by the attributes that lead to them: ``{"d1.kernel": …, "d1.bias": …}`` (Keras 2)."""
        from kerax.keras.saving.checkpointing import weight_paths

        return weight_paths(self)

    def export(
        self,
        filepath: Any,
        format: str = "tf_saved_model",
        verbose: bool | None = None,
        input_signature: Any = None,
        **kwargs: Any,
    ) -> None:
        """Writes an artifact for inference.

        Args:
          filepath: path.
          format: "tf_saved_model".
          verbose: bool, whether to print a message.
          input_signature: specs of the inputs, by default the model's.
          **kwargs: for the format.
        """
        from kerax.keras import export

        export.export_model(self, filepath, format=format, verbose=verbose, input_signature=input_signature, **kwargs)


def is_default_call(model: Model) -> bool:
    return type(model).call is Model.call


def _specs(shape: Any) -> Any:
    """KerasTensors of shapes."""
    if isinstance(shape, dict):
        return {key: _specs(item) for key, item in shape.items()}
    if hasattr(shape, "as_list") and not isinstance(shape, tuple):
        shape = tuple(shape.as_list())
    if isinstance(shape, (list, tuple)) and all(size is None or isinstance(size, int) for size in shape):
        return KerasTensor(tuple(shape))
    return type(shape)(_specs(item) for item in shape)


def functional_init_arguments(args: Any, kwargs: Any) -> bool:
    """Whether a constructor's arguments are those of a functional model."""
    if core_config.legacy_keras() and len(args) == 3:
        return True
    return len(args) == 2 or (len(args) == 1 and "outputs" in kwargs) or ("inputs" in kwargs and "outputs" in kwargs)


def _make_functional(cls: type) -> type:
    """Puts Functional in the place of Model among a class's bases."""
    from kerax.keras.engine.functional import Functional

    if cls is Model:
        return Functional
    if cls is object or issubclass(cls, Functional) or not issubclass(cls, Model):
        return cls
    cls.__bases__ = tuple(_make_functional(base) for base in cls.__bases__)
    return cls


def model_from_json(json_string: str, custom_objects: Any = None) -> Any:
    """The uncompiled model of ``model.to_json()``.

    Args:
      json_string: str.
      custom_objects: dict of names and classes or functions.

    >>> import kerax as tf
    >>> model = tf.keras.Sequential([tf.keras.Input((2,))], name="m")
    >>> tf.keras.models.model_from_json(model.to_json()).name
    'm'
    """
    return model_from_config(json.loads(json_string), custom_objects=custom_objects)


def model_from_config(config: dict[str, Any], custom_objects: Any = None) -> Any:
    """The uncompiled model of a serialized config.

    Args:
      config: dict with ``class_name`` and ``config``.
      custom_objects: dict of names and classes or functions.

    Raises:
      TypeError: a list instead of a dict.
    """
    if isinstance(config, list):
        raise TypeError(
            f"`model_from_config` expects a dictionary, not a list. Received: config={config}. Did you meant to use "
            "`Sequential.from_config(config)`?"
        )
    return deserialize_keras_object(config, custom_objects=custom_objects)


def model_from_yaml(yaml_string: str, custom_objects: Any = None) -> Any:
    """Keras 2 gave it up.

    Raises:
      RuntimeError: always.
    """
    raise RuntimeError(
        "Method `model_from_yaml()` has been removed due to security risk of arbitrary code execution. Please use "
        "`Model.to_json()` and `model_from_json()` instead."
    )
