"""``keras.Model(inputs, outputs)``: a model that is a graph of layers and ops."""

from __future__ import annotations

import inspect
import warnings
from typing import Any

from kerax.core import nest
from kerax.core.config import legacy_keras
from kerax.core.tensor import convert_to_tensor, is_tensor
from kerax.core.value import Tensor
from kerax.keras.engine import functional_config, keras2_weights
from kerax.keras.engine.added import AddLoss, AddMetric
from kerax.keras.engine.function import Function
from kerax.keras.engine.functional_config import clone_graph_nodes, is_input_tensor
from kerax.keras.engine.input_layer import InputLayer
from kerax.keras.engine.input_spec import InputSpec
from kerax.keras.engine.keras_tensor import KerasTensor
from kerax.keras.engine.layer import Layer, get_mask, set_mask
from kerax.keras.engine.model import Model
from kerax.keras.engine.operation import Operation
from kerax.keras.engine.settings import standardize_dtype
from kerax.keras.engine.tracking import DotNotTrackScope
from kerax.math.casting import cast


class Functional(Function, Model):
    """A model made of symbolic inputs and outputs.

    Args:
      inputs: KerasTensor, or a list, tuple or dict of them.
      outputs: KerasTensor, or a structure of them.
      name: str.
      **kwargs: ``trainable``.

    Raises:
      ValueError: values that are no KerasTensors, or a graph that is not connected.
    """

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        return Operation.__new__(cls)

    def __init__(self, inputs: Any, outputs: Any, name: str | None = None, **kwargs: Any) -> None:
        if isinstance(inputs, dict):
            for key, value in inputs.items():
                if isinstance(value, KerasTensor) and key != value.name and not legacy_keras():
                    warnings.warn(
                        "When providing `inputs` as a dict, all keys in the dict must match the names of the "
                        f"corresponding tensors. Received key '{key}' mapping to value {value} which has name "
                        f"'{value.name}'. Change the tensor name to '{key}' (via `Input(..., name='{key}')`)",
                        stacklevel=2,
                    )
        trainable = kwargs.pop("trainable", None)
        for label, structure in (("inputs", inputs), ("outputs", outputs)):
            for x in nest.flatten(structure):
                if not isinstance(x, KerasTensor):
                    raise ValueError(
                        f"All `{label}` values must be KerasTensors. Received: {label}={structure} including invalid "
                        f"value {x} of type {type(x)}"
                    )
        flat = nest.flatten(inputs)
        if legacy_keras() and len({id(x) for x in flat}) != len(flat):
            raise ValueError(f"The list of inputs passed to the model contains the same input multiple times. {inputs}")
        if not all(is_input_tensor(x) for x in flat):
            inputs, outputs = clone_graph_nodes(inputs, outputs)
        if kwargs and legacy_keras():  # Keras 3 does not look at them
            raise TypeError("Keyword argument not understood:", next(iter(kwargs)))
        Layer.__init__(self, name=name or self._default_name())
        with DotNotTrackScope():
            self._wire(inputs, outputs)
        self._track_layers()
        if trainable is not None:
            self.trainable = trainable
        self.built = True
        self._convert_input_args = False
        if legacy_keras():
            self._supports_masking = True
        self._allow_non_tensor_positional_args = True
        with DotNotTrackScope():
            self.output_names = _output_names(self._outputs)
            self.input_names = [x._keras_history[0].name for x in self._inputs]

    def _default_name(self) -> str | None:
        from kerax.keras.engine.names import auto_name

        if legacy_keras() and type(self) is Functional:
            return auto_name("model")
        return None

    def _lock_state(self) -> None:
        """Layers may be attached after building."""

    def _obj_type(self) -> str:
        return "Functional"

    @property
    def layers(self) -> list[Any]:
        """The layers, from inputs to outputs; in Keras 2 those in attributes follow."""
        found = self._graph_layers()
        if legacy_keras():
            known = {id(layer) for layer in found}
            found += [layer for layer in self._sublayers() if id(layer) not in known]
        return found

    def _graph_layers(self) -> list[Any]:
        return [
            operation
            for operation in self._operations
            if isinstance(operation, Layer) or (legacy_keras() and isinstance(operation, Operation))
        ]

    @layers.setter
    def layers(self, _: Any) -> None:
        raise AttributeError("`Model.layers` attribute is reserved and should not be used. Please use another name.")

    def get_build_config(self) -> dict[str, Any]:
        return {"input_shape": self.input_shape if legacy_keras() else None}

    def build(self, input_shape: Any) -> None:
        """Nothing: the graph is built already."""
        self.built = True

    def call(self, inputs: Any, training: Any = None, mask: Any = None, **kwargs: Any) -> Any:
        """Runs the graph."""
        flat = self._standardize_inputs(inputs)
        if mask is not None:
            for x, m in zip(flat, nest.flatten(mask), strict=False):
                if m is not None:
                    set_mask(x, m)
        context_values = {"training": training, **kwargs}
        outputs = self._run_through_graph(flat, lambda operation: _with_context(operation, context_values))
        return outputs[0] if isinstance(outputs, (list, tuple)) and len(outputs) == 1 else outputs

    def compute_output_spec(self, inputs: Any, training: Any = None, mask: Any = None, **kwargs: Any) -> Any:
        if type(self).call is not Functional.call:
            return Layer.compute_output_spec(self, inputs, training=training, **kwargs)
        flat = nest.flatten(self._reordered(inputs))
        known = all(output._made_by is None for output in self._outputs)
        if known and all(tuple(x.shape) == tuple(ref.shape) for x, ref in zip(flat, self._inputs, strict=True)):
            outputs = nest.map_structure(lambda x: KerasTensor(x.shape, x.dtype), self._outputs_struct)
            for new, x in zip(nest.flatten(outputs), self._outputs, strict=True):
                new._concrete = x._concrete
            return outputs[0] if isinstance(outputs, (list, tuple)) and len(outputs) == 1 else outputs
        return Layer.compute_output_spec(self, inputs)

    def _output_name(self, node_index: int, tensor_index: int) -> str:
        return f"{self.name}/{self._outputs[tensor_index].name}"

    def compute_output_shape(self, input_shape: Any) -> Any:
        return Function.compute_output_shape(self, input_shape)

    compute_output_shape._is_default = True  # type: ignore[attr-defined]

    # --- inputs -----------------------------------------------------------------------------------------
    @property
    def input(self) -> Any:
        """The symbolic inputs as given to the constructor."""
        struct = self._inputs_struct
        return struct[0] if legacy_keras() and isinstance(struct, list) and len(struct) == 1 else struct

    @property
    def output(self) -> Any:
        """The symbolic outputs as given to the constructor."""
        struct = self._outputs_struct
        return struct[0] if legacy_keras() and isinstance(struct, list) and len(struct) == 1 else struct

    @property
    def input_shape(self) -> Any:
        return _shapes(self._inputs_struct if legacy_keras() else self._inputs)

    @property
    def output_shape(self) -> Any:
        return _shapes(self._outputs_struct if legacy_keras() else self._outputs)

    @property
    def input_mask(self) -> Any:
        """The masks of the symbolic inputs (Keras 2)."""
        return nest.map_structure(get_mask, self.input) if legacy_keras() else super().input_mask

    @property
    def output_mask(self) -> Any:
        """The masks of the symbolic outputs (Keras 2)."""
        return nest.map_structure(get_mask, self.output) if legacy_keras() else super().output_mask

    def _reordered(self, inputs: Any) -> Any:
        """Inputs in the structure of the model's own: a dict for a list is taken by names."""
        struct = self._inputs_struct
        if isinstance(struct, list) and len(struct) == 1 and is_tensor(inputs):
            return [inputs]
        mismatch = False
        if isinstance(inputs, dict) and not isinstance(struct, dict):
            if isinstance(struct, KerasTensor):
                names = [struct.name]
            else:
                names = [x.name for x in struct if isinstance(x, KerasTensor)]
            if set(names) <= set(inputs):
                return [inputs[name] for name in names]
            mismatch = True
        if isinstance(struct, dict) and not isinstance(inputs, dict):
            mismatch = list(struct) != sorted(struct)
        self._check_structure(inputs, mismatch)
        if isinstance(struct, dict) and isinstance(inputs, dict) and set(struct) < set(inputs):
            return {key: inputs[key] for key in struct}
        return inputs

    def _check_structure(self, inputs: Any, must_match: bool) -> None:
        if not _alike(inputs, self._inputs_struct):
            expected = nest.map_structure(lambda x: x.name, self._inputs_struct)
            received = nest.map_structure(
                lambda x: "None" if x is None else f"Tensor(shape={tuple(getattr(x, 'shape', ()))})", inputs
            )
            message = (
                "The structure of `inputs` doesn't match the expected structure.\n"
                f"Expected: {expected}\nReceived: inputs={received}"
            )
            if must_match:
                raise ValueError(message)
            if not legacy_keras():
                warnings.warn(message, stacklevel=4)

    def _standardize_inputs(self, inputs: Any) -> list[Any]:
        flat = nest.flatten(self._reordered(inputs))
        out = []
        for x, ref in zip(flat, self._inputs, strict=False):
            if x is None:
                _check_optional(ref)
                out.append(None)
                continue
            out.append(self._adjusted(x, ref))
        return out

    def _adjusted(self, x: Any, ref: Any) -> Any:
        """A tensor of the input's dtype; a last axis of size 1 is added or dropped to reach its rank."""
        mask = get_mask(x)
        if not is_tensor(x):
            x = convert_to_tensor(x)
        if not isinstance(x, Tensor) and hasattr(x, "_kerax_components"):
            return x if ref.sparse or ref.ragged or x.dtype == ref.dtype else cast(x, ref.dtype)
        dtypes = standardize_dtype(x.dtype), standardize_dtype(ref.dtype)
        y = x if dtypes[0] == dtypes[1] or "string" in dtypes else cast(x, dtypes[1])
        rank, wanted = len(y.shape), len(ref.shape)
        if rank == wanted + 1 and y.shape[-1] == 1:
            y = y[..., 0]
        elif rank == wanted - 1 and ref.shape[-1] == 1:
            y = y[..., None]
        elif rank != wanted and not legacy_keras():  # Keras 2 leaves that to the layers
            raise ValueError(
                f"Invalid input shape for input {x} with name '{ref.name}' and path ''. Expected shape "
                f"{tuple(ref.shape)}, but input has incompatible shape {tuple(x.shape)}"
            )
        if y is not x and mask is not None:
            set_mask(y, mask)
        return y

    def _assert_input_compatibility(self, inputs: Any, *more: Any) -> None:
        if not legacy_keras():
            for x, ref in zip(nest.flatten(inputs), self._inputs, strict=False):
                if x is None:
                    _check_optional(ref)
        Layer._assert_input_compatibility(self, inputs)

    @property
    def input_spec(self) -> Any:
        if "_manual_input_spec" in self.__dict__:
            return self._manual_input_spec

        def spec(x: Any, name: str | None = None) -> InputSpec:
            layer = x._keras_history[0]
            shape = (None, *x.shape[1:]) if x.shape else ()
            return InputSpec(
                shape=shape,
                allow_last_axis_squeeze=True,
                name=layer.name if name is None else name,
                optional=isinstance(layer, InputLayer) and layer.optional,
            )

        struct = self._inputs_struct
        if isinstance(struct, dict):
            if all(isinstance(x, KerasTensor) for x in struct.values()):
                return [spec(struct[name], name=name) for name in sorted(struct)]
            return None
        return [spec(x) for x in self._inputs]

    @input_spec.setter
    def input_spec(self, value: Any) -> None:
        self._manual_input_spec = value

    # --- losses and metrics on symbolic values (Keras 2) -------------------------------------------------
    def add_loss(self, losses: Any = None, **kwargs: Any) -> None:
        for loss in nest.flatten(kwargs.pop("loss", losses)):
            if isinstance(loss, KerasTensor):
                layer = AddLoss(unconditional=False, dtype=loss.dtype)
                layer(loss)
                self._take_in([layer])
            else:
                Layer.add_loss(self, loss, **kwargs)

    def add_metric(self, value: Any, name: str | None = None, aggregation: Any = None, **kwargs: Any) -> None:
        if not isinstance(value, KerasTensor) or name is None:
            Layer.add_metric(self, value, name=name, aggregation=aggregation, **kwargs)
            return
        layer = AddMetric(aggregation or "mean", name, dtype=value.dtype)
        layer(value)
        self._take_in([layer])

    def _take_in(self, operations: list[Any]) -> None:
        """Takes operations into the model that its outputs do not need, such as those that add losses."""
        known = set(map(id, self._operations))
        nodes = [node for operation in operations if id(operation) not in known for node in operation._inbound_nodes]
        ends = [x for node in nodes if not node.is_input for x in node.outputs]
        if ends:
            with DotNotTrackScope():
                self._insert(ends, operations)
            self._track_layers()

    def _track_layers(self) -> None:
        for layer in self._graph_layers():
            self._tracker.track(layer)
            if legacy_keras():
                keras2_weights.remember(self, layer)

    # --- configuration ----------------------------------------------------------------------------------
    def get_config(self) -> dict[str, Any]:
        if not functional_like_constructor(type(self)):
            if legacy_keras():
                return self._with_arguments({"name": self.name, "trainable": self.trainable})
            return Model.get_config(self)
        return functional_config.serialize(self)

    get_config._is_default = True  # type: ignore[attr-defined]


def _check_optional(ref: Any) -> None:
    layer = ref._keras_history.operation
    if isinstance(layer, InputLayer) and not layer.optional:
        raise ValueError(f"The input '{ref.name}' is not optional, but None was passed. Please provide a valid tensor.")


def _with_context(operation: Any, values: dict[str, Any]) -> Any:
    """An operation as the model's call runs it: with what the model was called with, before which goes in Keras 2
    what the operation itself was called with when the graph was made."""
    names = getattr(operation, "_call_context_args", ())
    chosen = {name: value for name, value in values.items() if value is not None and name in names}
    if not chosen:
        return operation
    if not legacy_keras():
        return lambda *args, **kwargs: operation(*args, **{**kwargs, **chosen})
    order = list(operation._call_signature.parameters)

    def call(*args: Any, **kwargs: Any) -> Any:
        given = dict(zip(order, args, strict=False)) | kwargs
        missing = {name: value for name, value in chosen.items() if given.get(name) is None}
        args = (*[missing.pop(name, value) for name, value in zip(order, args, strict=False)], *args[len(order) :])
        return operation(*args, **{**kwargs, **missing})

    return call


def _shapes(struct: Any) -> Any:
    shapes = nest.map_structure(lambda x: tuple(x.shape), struct)
    return shapes[0] if isinstance(shapes, list) and len(shapes) == 1 else shapes


def _alike(one: Any, two: Any) -> bool:
    """Whether two structures are the same; lists and tuples count as one kind."""
    if isinstance(one, dict) and isinstance(two, dict):
        return set(one) == set(two) and all(_alike(one[key], two[key]) for key in two)
    if isinstance(one, (list, tuple)) and isinstance(two, (list, tuple)):
        return len(one) == len(two) and all(map(_alike, one, two))
    return not any(isinstance(value, (dict, list, tuple)) for value in (one, two))


def functional_like_constructor(cls: type) -> bool:
    """Whether a class can be made from (inputs, outputs, name), as its config describes it."""
    own = inspect.getfullargspec(cls.__init__)
    if own.args[1:] == inspect.getfullargspec(Functional.__init__).args[1:]:
        return True
    return own.varargs is not None and own.varkw is not None


def _output_names(outputs: list[Any]) -> list[str]:
    """The names of the layers that outputs come from; in Keras 2 a layer's second output is ``name_1``."""
    names: list[str] = []
    for base in (x._keras_history[0].name for x in outputs):
        tries = (base, *(f"{base}_{count}" for count in range(1, len(outputs) + 1)))
        names.append(next(name for name in tries if name not in names or not legacy_keras()))
    return names
