"""``keras.models.clone_model``: the same architecture with weights of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kerax.core import nest
from kerax.core.config import legacy_keras
from kerax.keras.engine.functional import Functional, functional_like_constructor
from kerax.keras.engine.input_layer import Input, InputLayer
from kerax.keras.engine.keras_tensor import KerasTensor
from kerax.keras.engine.operation import is_default
from kerax.keras.engine.sequential import Sequential
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object


def clone_model(
    model: Any,
    input_tensors: Any = None,
    clone_function: Callable[[Any], Any] | None = None,
    call_function: Callable[..., Any] | None = None,
    recursive: bool = False,
    **kwargs: Any,
) -> Any:
    """A copy of a Sequential or functional model with newly made layers, thus new weights.

    Args:
      model: the model; a subclassed one needs ``get_config`` and takes none of the other arguments.
      input_tensors: KerasTensor(s) like ``model.input`` to build on, by default new ``keras.Input``s.
      clone_function: function ``layer → new layer``, by default through the layer's config.
      call_function: function ``(layer, *args, **kwargs) → outputs`` that calls the new layers (functional models).
      recursive: bool, whether models within are cloned layer by layer, too.

    Returns:
      The new model, compiled as ``model`` is (Keras 3).

    Raises:
      ValueError: arguments that the kind of model does not take.

    >>> import kerax as tf
    >>> model = tf.keras.Sequential([tf.keras.Input((3,)), tf.keras.layers.Dense(2)])
    >>> tf.keras.models.clone_model(model).count_params()
    8
    """
    cache = kwargs.pop("cache", None)
    if kwargs:
        raise ValueError(f"Unexpected keyword argument(s): {tuple(kwargs)}")
    given_function = clone_function
    if isinstance(model, Sequential):
        if call_function is not None:
            raise ValueError(
                "`call_function` argument is not supported with Sequential models.  In a Sequential model, layers "
                "aren't called at model-construction time (they're merely listed). Use `call_function` with "
                f"Functional models only. Received model of type '{type(model).__name__}', with "
                f"call_function={call_function}"
            )
        return _clone_sequential(model, _Cloner(clone_function, None, recursive, cache), input_tensors)
    if isinstance(model, Functional):
        if not legacy_keras() or is_default(model.get_config) or given_function or input_tensors is not None:
            cloner = _Cloner(clone_function, call_function, recursive, cache)
            return _clone_functional(model, cloner, input_tensors, call_function)
    if given_function or input_tensors is not None:
        raise ValueError(
            "Arguments `clone_function` and `input_tensors` are only supported for Sequential models or Functional "
            f"models. Received model of type '{type(model).__name__}', with clone_function={given_function} and "
            f"input_tensors={input_tensors}"
        )
    if call_function is not None:
        raise ValueError(
            "Argument `call_function` is only supported for Functional models. Received model of type "
            f"'{type(model).__name__}', with call_function={call_function}"
        )
    if legacy_keras():
        return type(model).from_config(model.get_config())
    config = serialize_keras_object(model)
    return deserialize_keras_object(config, custom_objects={type(model).__name__: type(model)})


class _Cloner:
    """Clones each layer once, shared layers thus too."""

    def __init__(self, function: Any, call_function: Any, recursive: bool, cache: Any) -> None:
        self.function = function or (lambda layer: type(layer).from_config(layer.get_config()))
        self.call_function = call_function
        self.recursive = recursive
        self.cache: dict[int, Any] = {} if cache is None else cache

    def __call__(self, layer: Any) -> Any:
        key = id(layer)
        if key not in self.cache:
            if self.recursive and isinstance(layer, (Sequential, Functional)):
                call = None if isinstance(layer, Sequential) else self.call_function
                clone = clone_model(
                    layer, clone_function=self.function, call_function=call, recursive=True, cache=self.cache
                )
            else:
                clone = self.function(layer)
            self.cache[key] = clone
        return self.cache[key]


def _clone_sequential(model: Any, cloner: _Cloner, input_tensors: Any) -> Any:
    layers = [cloner(layer) for layer in model.layers]
    source = model._layers[0] if model._layers and isinstance(model._layers[0], InputLayer) else None
    name = None if source is None else source.name
    optional = source is not None and source.optional
    if input_tensors is not None:
        if isinstance(input_tensors, (list, tuple)):
            if len(input_tensors) != 1:
                raise ValueError("Argument `input_tensors` must contain a single tensor.")
            input_tensors = input_tensors[0]
        if not isinstance(input_tensors, KerasTensor):
            raise ValueError(
                f"Argument `input_tensors` must be a KerasTensor. Received invalid value: input_tensors={input_tensors}"
            )
        layers.insert(0, Input(tensor=input_tensors, name=name, optional=optional))
    elif source is not None:
        layers.insert(0, Input(batch_shape=source.batch_shape, dtype=source._dtype, name=name, optional=optional))
    clone = Sequential(layers, name=model.name, trainable=model.trainable)
    return _compiled_like(model, clone)


def _clone_functional(model: Any, cloner: _Cloner, input_tensors: Any, call_function: Any) -> Any:
    if input_tensors is None:
        input_tensors = nest.map_structure(_input_like, model.input)
    else:
        input_tensors = _checked_inputs(model, input_tensors)
    outputs = model._run_through_graph(input_tensors, operation_fn=cloner, call_fn=call_function)
    cls = type(model) if functional_like_constructor(type(model)) else Functional
    clone = cls(input_tensors, outputs, name=model.name)
    clone._take_in([cloner(op) for op in model.operations if not isinstance(op, InputLayer)])
    return _compiled_like(model, clone)


def _input_like(x: Any) -> Any:
    layer = x._keras_history.operation
    ragged = getattr(layer, "ragged", False)
    return Input(batch_shape=x.shape, dtype=x.dtype, name=x.name, sparse=x.sparse, ragged=ragged)


def _checked_inputs(model: Any, input_tensors: Any) -> Any:
    if not all(isinstance(x, KerasTensor) for x in nest.flatten(input_tensors)):
        raise ValueError(
            "All entries in `input_tensors` must be KerasTensors. Received invalid values: "
            f"inputs_tensors={input_tensors}"
        )
    if legacy_keras():
        input_tensors = nest.pack_sequence_as(model.input, nest.flatten(input_tensors))
    try:
        nest.assert_same_structure(input_tensors, model.input)
    except (ValueError, TypeError) as error:
        raise ValueError(
            "`input_tensors` must have the same structure as model.input\nReference structure: "
            f"{model.input}\nReceived structure: {input_tensors}"
        ) from error
    return input_tensors


def _compiled_like(model: Any, clone: Any) -> Any:
    if model.compiled and not legacy_keras():
        clone.compile_from_config(model.get_compile_config())
    return clone
