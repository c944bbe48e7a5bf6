"""``keras.layers.Bidirectional``: a recurrent layer run over time in both directions."""

from __future__ import annotations

import inspect
from typing import Any

import jax.numpy as jnp

from kerax.core import nest
from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras.engine.layer import Layer
from kerax.keras.engine.tracking import DotNotTrackScope
from kerax.keras.layers.rnn.sequence_layer import SequenceLayer
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object
from kerax.math.casting import cast

_MODES = ("sum", "mul", "ave", "concat", None)


@op("forward, backward")
def _merge(forward, backward, mode, flip_axis):
    """Both directions' outputs in one; sequences of the backward layer come in the order of its steps."""
    if flip_axis is not None:
        backward = jnp.flip(backward, flip_axis)
    if mode == "concat":
        return jnp.concatenate([forward, backward], axis=-1)
    if mode == "sum":
        return forward + backward
    if mode == "ave":
        return (forward + backward) / 2
    if mode == "mul":
        return forward * backward
    return forward, backward


class Bidirectional(SequenceLayer):
    """Runs a recurrent layer forwards, and another like it backwards.

    Args:
      layer: a recurrent layer, or any layer of sequences with ``go_backwards``, ``return_sequences``,
        ``return_state`` and ``stateful``; it is copied.
      merge_mode: "sum", "mul", "ave", "concat", or None for a pair of outputs.
      weights: list of initial weights, the forward layer's first.
      backward_layer: the layer to run backwards, by default a copy of ``layer``.

    Takes float ``[batch, time, features]``, and in a call ``initial_state`` (the forward layer's states first),
    ``mask``, ``training``; returns what the layer returns, the features doubled by "concat".

    Raises:
      ValueError: no layer, an unknown mode, layers that do not fit together.

    >>> import kerax as tf
    >>> tf.keras.layers.Bidirectional(tf.keras.layers.GRU(2))(tf.ones((1, 3, 4))).shape
    TensorShape([1, 4])
    """

    def __init__(
        self, layer: Any, merge_mode: Any = "concat", weights: Any = None, backward_layer: Any = None, **kwargs: Any
    ) -> None:
        if not isinstance(layer, Layer):
            raise ValueError(
                f"Please initialize `Bidirectional` layer with a `keras.layers.Layer` instance. Received: {layer}"
            )
        if backward_layer is not None and not isinstance(backward_layer, Layer):
            raise ValueError(f"`backward_layer` need to be a `keras.layers.Layer` instance. Received: {backward_layer}")
        if merge_mode not in _MODES:
            raise ValueError(
                f"Invalid merge mode. Received: {merge_mode}. Merge mode should be one of "
                '{"sum", "mul", "ave", "concat", None}'
            )
        super().__init__(**kwargs)
        with DotNotTrackScope():
            self.layer = layer
        self.forward_layer = _copy(layer, "forward_")
        self._own_backward_layer = backward_layer is not None
        self.backward_layer = backward_layer if backward_layer is not None else _copy(layer, "backward_")
        self._check_layers()
        for part in (self.forward_layer, self.backward_layer):
            if hasattr(layer, "use_cudnn"):  # an attribute that configs do not hold
                part.use_cudnn = layer.use_cudnn
            if getattr(part, "zero_output_for_mask", None) is not None:
                part.zero_output_for_mask = part.return_sequences
        self.merge_mode = merge_mode
        if weights:
            half = len(weights) // 2
            self.forward_layer._initial_weights = weights[:half]
            self.backward_layer._initial_weights = weights[half:]
        self.stateful = layer.stateful
        self.return_sequences = layer.return_sequences
        self.return_state = layer.return_state
        self.supports_masking = True
        self.input_spec = layer.input_spec
        if legacy_keras():
            self._trainable = kwargs.get("trainable", layer.trainable)

    def _check_layers(self) -> None:
        forward, backward = self.forward_layer, self.backward_layer
        if forward.go_backwards == backward.go_backwards:
            raise ValueError(
                "Forward layer and backward layer should have different `go_backwards` value. Received: "
                f"forward_layer.go_backwards {forward.go_backwards}, "
                f"backward_layer.go_backwards={backward.go_backwards}"
            )
        for name in ("stateful", "return_sequences", "return_state"):
            one, two = getattr(forward, name), getattr(backward, name)
            if one != two:
                raise ValueError(
                    f'Forward layer and backward layer are expected to have the same value for attribute "{name}", got '
                    f'"{one}" for forward layer and "{two}" for backward layer'
                )

    def build(self, sequences_shape: Any, initial_state_shape: Any = None) -> None:
        for part in (self.forward_layer, self.backward_layer):
            if not part.built:
                part._build_named(sequences_shape)
                part.built = True
            if part._initial_weights is not None:
                part.set_weights(part._initial_weights)
                part._initial_weights = None

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        state = kwargs.get("initial_state")
        if legacy_keras() and isinstance(state, (list, tuple)) and len(state) % 2:
            raise ValueError(
                "When passing `initial_state` to a Bidirectional RNN, the state should be a list containing the states "
                f"of the underlying RNNs. Received: {state}"
            )
        return super().__call__(*args, **kwargs)

    def call(
        self, sequences: Any, initial_state: Any = None, mask: Any = None, training: Any = None, constants: Any = None
    ) -> Any:
        half = None if initial_state is None else len(initial_state) // 2
        results = []
        for index, part in enumerate((self.forward_layer, self.backward_layer)):
            parameters = inspect.signature(part.call).parameters
            more = {
                name: value
                for name, value in (("training", training), ("mask", mask), ("constants", constants))
                if name in parameters and (value is not None or name == "training")
            }
            if half is not None:
                more["initial_state"] = list(initial_state)[half:] if index else list(initial_state)[:half]
            results.append(part(sequences, **more))
        forward, backward = results
        states: list[Any] = []
        if self.return_state:
            states = [*forward[1:], *backward[1:]]
            forward, backward = forward[0], backward[0]
        if not legacy_keras():
            forward, backward = cast(forward, self.compute_dtype), cast(backward, self.compute_dtype)
        flip = None
        if self.return_sequences:
            flip = 0 if getattr(self.forward_layer, "time_major", False) else 1
        output = _merge(forward, backward, self.merge_mode, flip)
        kind = list if legacy_keras() else tuple
        if self.merge_mode is None:
            output = kind(output)
            return kind([*output, *states]) if self.return_state else output
        return kind([output, *states]) if self.return_state else output

    def compute_output_shape(self, sequences_shape: Any, initial_state_shape: Any = None) -> Any:
        output = self.forward_layer.compute_output_shape(sequences_shape)
        states: list[Any] = []
        if self.return_state:
            output, states = output[0], list(output[1:])
        output = tuple(output)
        if self.merge_mode == "concat":
            output = (*output[:-1], None if output[-1] is None else output[-1] * 2)
        kind = list if legacy_keras() else tuple
        if self.merge_mode is None:
            return kind([output, output, *states, *states])
        return kind([output, *states, *states]) if self.return_state else output

    def compute_mask(self, inputs: Any, mask: Any = None) -> Any:
        mask = nest.flatten(mask)[0]
        found = mask if self.return_sequences else None
        outputs = [found, found] if self.merge_mode is None else [found]
        if self.return_state:
            return outputs + [None] * (2 * len(self.forward_layer.state_size))
        return outputs if self.merge_mode is None else found

    def reset_state(self) -> None:
        """Sets the kept states of both layers to zero.

        Raises:
          AttributeError: the layer is not stateful.
        """
        self.reset_states()

    def reset_states(self, states: Any = None) -> None:
        """Sets the kept states of both layers, to zero by default.

        Args:
          states: list of arrays, the forward layer's first.
        """
        if not self.stateful:
            raise AttributeError("Layer must be stateful.")
        if states is None:
            self.forward_layer.reset_states()
            self.backward_layer.reset_states()
            return
        if not isinstance(states, (list, tuple)):
            raise ValueError(
                f"Unrecognized value for `states`. Expected `states` to be list or tuple. Received: {states}"
            )
        half = len(states) // 2
        self.forward_layer.reset_states(states[:half])
        self.backward_layer.reset_states(states[half:])

    @property
    def states(self) -> Any:
        """The kept states, the forward layer's first, or None."""
        forward, backward = self.forward_layer.states, self.backward_layer.states
        return (*forward, *backward) if forward and backward else None

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        if legacy_keras():
            config.update(layer=serialize_keras_object(self.layer), merge_mode=self.merge_mode)
            if self._num_constants:
                config["num_constants"] = self._num_constants
        else:
            config.update(merge_mode=self.merge_mode, layer=serialize_keras_object(self.forward_layer))
        if self._own_backward_layer or not legacy_keras():
            config["backward_layer"] = serialize_keras_object(self.backward_layer)
        return config

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Any:
        config = dict(config)
        constants = config.pop("num_constants", 0)
        for name in ("layer", "backward_layer"):
            if config.get(name) is not None:
                config[name] = deserialize_keras_object(config[name], custom_objects=custom_objects)
        layer = cls(**config)
        layer._num_constants = constants
        return layer


def _copy(layer: Any, prefix: str) -> Any:
    """A layer like the given one, for one direction."""
    objects = {type(part).__name__: type(part) for part in [layer, *layer._flatten_layers()]}
    config = serialize_keras_object(layer)
    own = config["config"]
    name = layer.name if legacy_keras() else layer.name.removeprefix(prefix)
    own["name"] = f"{prefix}{name}"
    if prefix == "backward_":
        own["go_backwards"] = not own.get("go_backwards", False) if legacy_keras() else True
    return deserialize_keras_object(config, custom_objects=objects)
