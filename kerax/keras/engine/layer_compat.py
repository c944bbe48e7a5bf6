"""What Keras 2's layers offer beside Keras 3's."""

from __future__ import annotations

import inspect
import operator
from collections.abc import Callable
from typing import Any

from kerax.core import nest
from kerax.core.config import legacy_keras
from kerax.core.dtypes import as_dtype
from kerax.core.graph import get_current_name_scope
from kerax.core.origin import is_own
from kerax.core.variable import Variable
from kerax.keras.dtype_policies import legacy_serialize
from kerax.keras.engine.operation import is_default
from kerax.keras.regularizers import serialize

_NO_CONFIG = """
Layer {} was created by passing
non-serializable argument values in `__init__()`,
and therefore the layer must override `get_config()` in
order to be serializable. Please implement `get_config()`.

Example:

class CustomLayer(keras.layers.Layer):
    def __init__(self, arg1, arg2, **kwargs):
        super().__init__(**kwargs)
        self.arg1 = arg1
        self.arg2 = arg2

    def get_config(self):
        config = super().get_config()
        config.update({{
            "arg1": self.arg1,
            "arg2": self.arg2,
        }})
        return config"""

# What a model keeps of its graph: Keras 2 leads to the layers by other names.
_GRAPH = frozenset(("_functional", "_operations", "_operations_by_depth", "_nodes", "_nodes_by_depth", "_order"))


class Keras2Attribute:
    """An attribute of layers that only Keras 2 has, and libraries around it read.

    Args:
      name: str, what it is in kerax.
      read: function of the layer, by default the attribute of that name.
    """

    def __init__(self, name: str, read: Callable[[Any], Any] | None = None) -> None:
        self.name, self.read = name, operator.attrgetter(name) if read is None else read

    def __set_name__(self, owner: type, own_name: str) -> None:
        self.own_name = own_name

    def __get__(self, layer: Any, kind: type | None = None) -> Any:
        if layer is None:
            return self
        value = self.read(layer) if legacy_keras() else vars(layer).get(self.own_name)
        if value is None:
            raise AttributeError(f"'{type(layer).__name__}' object has no attribute '{self.own_name}'")
        return value

    def __set__(self, layer: Any, value: Any) -> None:
        if legacy_keras():
            setattr(layer, self.name, value)
        else:
            vars(layer)[self.own_name] = value


class LayerCompat:
    """Shapes and nodes of a connected layer, and attributes without a function any more."""

    _inbound_nodes: list[Any]
    _outbound_nodes: list[Any]
    _trainable_variables: list[Any]
    _non_trainable_variables: list[Any]
    _self_tracked_trackables: Any
    _auto_config: Any
    _call_signature: Any
    _convert: Any
    _flatten_layers: Any
    _input_batch_shape: Any
    activity_regularizer: Any
    dtype_policy: Any
    get_config: Any
    trainable: Any
    name: str
    _dynamic = False
    updates: list[Any] = []

    _trainable_weights = Keras2Attribute("_trainable_variables")
    _non_trainable_weights = Keras2Attribute("_non_trainable_variables")
    _batch_input_shape = Keras2Attribute("_input_batch_shape")
    _compute_dtype = Keras2Attribute("compute_dtype")
    _compute_dtype_object = Keras2Attribute("", lambda layer: as_dtype(layer.compute_dtype))

    @property
    def dynamic(self) -> bool:
        """Whether the layer, or one within it, only runs as plain python: in Keras 2, ``Layer(dynamic=True)``."""
        return legacy_keras() and any(layer._dynamic for layer in self._flatten_layers())

    def _track_trackable(self, trackable: Any, name: str, overwrite: bool = False) -> Any:
        """Nothing to do: what is an attribute is saved."""
        return trackable

    @property
    def name_scope(self) -> Any:
        """In Keras 2 a method that gives the name of the layer's scope, with a slash at its end.

        Raises:
          AttributeError: in Keras 3.
        """
        if not legacy_keras():
            raise AttributeError(f"'{type(self).__name__}' object has no attribute 'name_scope'")
        return self._keras2_name_scope

    def _keras2_name_scope(self) -> str:
        outer = get_current_name_scope()
        return f"{outer}/{self.name}/" if outer else f"{self.name}/"

    def _attributes(self) -> dict[str, Any]:
        """What ``variables`` and ``submodules`` of a ``tf.Module`` around the layer are looked for in."""
        if not legacy_keras():
            return vars(self)
        ends = getattr(self, "_functional", None) or self
        named = {
            "_non_trainable_weights": self._non_trainable_variables,
            "_self_tracked_trackables": self._self_tracked_trackables,
            "_trainable_weights": self._trainable_variables,
        }
        for name, tensors in (("_input_layers", "_inputs"), ("_output_layers", "_outputs")):
            if hasattr(ends, "_operations"):
                named[name] = [x._keras_history.operation for x in getattr(ends, tensors)]
        return {name: value for name, value in vars(self).items() if name not in _GRAPH} | named

    def _converted(self, args: Any, kwargs: Any) -> Any:
        """The arguments as tensors of the dtype computed in; Keras 2 leaves all but the first as they are."""
        if not legacy_keras() or is_own(type(self)):
            return nest.map_structure(self._convert, args), nest.map_structure(self._convert, kwargs)

        def convert(x: Any) -> Any:
            return x if isinstance(x, Variable) else self._convert(x)

        if args:
            return (nest.map_structure(convert, args[0]), *args[1:]), dict(kwargs)
        name = next(iter(self._call_signature.parameters), None)
        return args, {k: nest.map_structure(convert, x) if k == name else x for k, x in kwargs.items()}

    def _keras2_config(self) -> dict[str, Any]:
        """What ``get_config`` of a layer returns: the arguments given, where the class has none of its own."""
        config: dict[str, Any] = {"name": self.name, "trainable": self.trainable}
        config["dtype"] = legacy_serialize(self.dtype_policy)
        if self._input_batch_shape is not None:
            config["batch_input_shape"] = self._input_batch_shape
        regularizer = self.activity_regularizer
        if not is_default(self.get_config):
            if is_own(type(self)) and regularizer is not None:
                config["activity_regularizer"] = serialize(regularizer)
            return config
        if not isinstance(self._auto_config, dict):
            raise NotImplementedError(_NO_CONFIG.format(type(self).__name__))
        return self._with_arguments(config)

    def _with_arguments(self, config: dict[str, Any]) -> dict[str, Any]:
        """A config with the arguments that the constructor was given, without what it does not take."""
        spec = inspect.getfullargspec(type(self).__init__)
        arguments = self._auto_config if isinstance(self._auto_config, dict) else {}
        refused = set() if spec.varkw == "kwargs" else set(config) - set(spec.args[1:])
        return {key: value for key, value in (config | arguments).items() if key not in refused}

    @property
    def stateful(self) -> bool:
        """Whether the layer keeps state between batches (set by recurrent layers)."""
        return self.__dict__.get("_stateful", False)

    @stateful.setter
    def stateful(self, value: bool) -> None:
        self._stateful = value

    @property
    def inbound_nodes(self) -> list[Any]:
        return self._inbound_nodes

    @property
    def outbound_nodes(self) -> list[Any]:
        return self._outbound_nodes

    def _shapes_at(self, index: int, attribute: str, label: str) -> Any:
        values = self._node_attribute(index, attribute, label)
        return nest.map_structure(lambda x: tuple(x.shape), values)

    def _common_shapes(self, attribute: str, label: str) -> Any:
        """The shapes at the first node; Keras 2 wants them to be those at all nodes."""
        if (
            legacy_keras()
            and len({str(self._shapes_at(i, attribute, label)) for i in range(len(self._inbound_nodes))}) > 1
        ):
            raise AttributeError(
                f'The layer "{self.name}" has multiple inbound nodes, with different {label}s. Hence the notion of '
                f'"{label}" is ill-defined for the layer. Use `get_{label.replace(" ", "_")}_at(node_index)` instead.'
            )
        return self._shapes_at(0, attribute, label)

    @property
    def input_shape(self) -> Any:
        """The shape of the symbolic input of the first call."""
        return self._common_shapes("input_tensors", "input shape")

    @property
    def output_shape(self) -> Any:
        """The shape of the symbolic output of the first call."""
        return self._common_shapes("output_tensors", "output shape")

    def get_input_at(self, node_index: int) -> Any:
        """The symbolic input(s) of call number ``node_index``."""
        return self._node_attribute(node_index, "input_tensors", "input")

    def get_output_at(self, node_index: int) -> Any:
        """The symbolic output(s) of call number ``node_index``."""
        return self._node_attribute(node_index, "output_tensors", "output")

    def get_input_shape_at(self, node_index: int) -> Any:
        return self._shapes_at(node_index, "input_tensors", "input shape")

    def get_output_shape_at(self, node_index: int) -> Any:
        return self._shapes_at(node_index, "output_tensors", "output shape")

    @property
    def input_mask(self) -> Any:
        return nest.map_structure(lambda x: getattr(x, "_keras_mask", None), self.get_input_at(0))

    @property
    def output_mask(self) -> Any:
        return nest.map_structure(lambda x: getattr(x, "_keras_mask", None), self.get_output_at(0))

    def add_update(self, updates: Any) -> None:
        """Runs updates given as functions; assignments have happened by themselves."""
        for update in nest.flatten(updates):
            if callable(update):
                update()

    def apply(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        return self(inputs, *args, **kwargs)  # type: ignore[operator]

    def finalize_state(self) -> None:
        """Nothing by default: preprocessing layers override it."""

    def compute_output_signature(self, input_signature: Any) -> Any:
        """``tf.TensorSpec`` of the output for specs of the inputs."""
        from kerax.core.tensor import TensorSpec

        shapes = nest.map_structure(lambda spec: tuple(spec.shape), input_signature)
        out = self.compute_output_shape(shapes)  # type: ignore[attr-defined]
        return nest.map_structure(
            lambda shape: TensorSpec(shape, self.compute_dtype),  # type: ignore[attr-defined]
            _shape_leaves(out),
        )

    def quantize(self, mode: Any = None, type_check: bool = True, config: Any = None) -> None:
        """Replaces the weight by integers: layers with a matrix for weight have it.

        Raises:
          ValueError: the layer is not built.
          NotImplementedError: it is.
        """
        if not self.built:  # type: ignore[attr-defined]
            name = self.name  # type: ignore[attr-defined]
            raise ValueError(
                f"Cannot quantize a layer that isn't yet built. Layer '{name}' (of type '{type(self).__name__}') is "
                "not built yet."
            )
        raise NotImplementedError(f"Layer {type(self).__name__} does not have a `quantize` method implemented.")


def _shape_leaves(shape: Any) -> Any:
    from kerax.core.shape import TensorShape

    if isinstance(shape, (list, tuple)) and not all(size is None or isinstance(size, int) for size in shape):
        return [_shape_leaves(item) for item in shape]
    return TensorShape(shape)
