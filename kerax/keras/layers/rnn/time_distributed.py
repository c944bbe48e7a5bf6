"""``keras.layers.TimeDistributed``: a layer applied to each time step."""

from __future__ import annotations

import inspect
from typing import Any

import jax.numpy as jnp

from kerax.core import nest
from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.core.origin import is_own
from kerax.core.tensor import constant_value
from kerax.keras.engine.abstract import true_shape
from kerax.keras.engine.layer import Layer
from kerax.keras.engine.shape_forms import plain
from kerax.keras.layers.core.wrapper import Wrapper
from kerax.math.reduction import reduce_any


@op("x")
def _merge_time(x):
    """Batch and time as one dimension."""
    return x.reshape((x.shape[0] * x.shape[1], *x.shape[2:]))


@op("x")
def _split_time(x, batch, steps):
    return x.reshape((batch, steps, *x.shape[1:]))


@op("x")
def _steps(x):
    return [x[:, index] for index in range(x.shape[1])]


@op("items*")
def _stack_steps(items):
    return jnp.stack(items, axis=1)


class TimeDistributed(Wrapper):
    """Applies a layer to each time step by itself.

    Layers that treat each example by itself get all steps as one batch. Others (a batch normalization in training,
    a layer of the user's own) are called step by step, as Keras calls them.

    Args:
      layer: the layer.

    Takes float ``[batch, time, ...]``; returns ``[batch, time, ...]`` with what the layer makes of the rest.

    Raises:
      ValueError: no layer, or an input of less than three dimensions.

    >>> import kerax as tf
    >>> tf.keras.layers.TimeDistributed(tf.keras.layers.Dense(2))(tf.ones((1, 3, 4))).shape
    TensorShape([1, 3, 2])
    """

    def __init__(self, layer: Any, **kwargs: Any) -> None:
        if not isinstance(layer, Layer):
            raise ValueError(
                f"Please initialize `TimeDistributed` layer with a `keras.layers.Layer` instance. Received: {layer}"
            )
        super().__init__(layer, **kwargs)
        self.supports_masking = True

    def _step_shape(self, input_shape: Any) -> Any:
        if isinstance(input_shape, dict) or (input_shape and isinstance(input_shape[0], (list, tuple))):
            items = input_shape.items() if isinstance(input_shape, dict) else enumerate(input_shape)
            found = {key: self._step_shape(item) for key, item in items}
            return found if isinstance(input_shape, dict) else type(input_shape)(found.values())
        if not isinstance(input_shape, (tuple, list)) or len(input_shape) < 3:
            raise ValueError(
                "`TimeDistributed` Layer should be passed an `input_shape` with at least 3 dimensions, received: "
                f"{input_shape}"
            )
        return (input_shape[0], *input_shape[2:])

    def build(self, input_shape: Any) -> None:
        super().build(self._step_shape(input_shape))

    def compute_output_shape(self, input_shape: Any) -> Any:
        after = plain(self.layer.compute_output_shape(self._step_shape(input_shape)))
        first = input_shape
        while not (isinstance(first, tuple) and all(size is None or isinstance(size, int) for size in first)):
            first = next(iter(first.values())) if isinstance(first, dict) else first[0]

        def with_time(shape: Any) -> Any:
            if isinstance(shape, (tuple, list)) and all(size is None or isinstance(size, int) for size in shape):
                return (shape[0], first[1], *shape[1:])
            return type(shape)(with_time(item) for item in shape)

        return with_time(after)

    def call(self, inputs: Any, training: Any = None, mask: Any = None) -> Any:
        if hasattr(inputs, "row_lengths"):
            return inputs.with_values(self.layer(inputs.values))
        first = nest.flatten(inputs)[0]
        if mask is not None:
            self._check_mask(mask, first)
        parameters = inspect.signature(self.layer.call).parameters
        more = {"training": training} if "training" in parameters else {}
        masked = mask is not None and "mask" in parameters
        if self._merges(training):
            if masked:
                more["mask"] = _merge_time(mask)
            out = self.layer(nest.map_structure(_merge_time, inputs), **more)
            batch, steps = first.shape[0], first.shape[1]
            return nest.map_structure(lambda x: _split_time(x, batch, steps), out)
        parts = [_steps(x) for x in nest.flatten(inputs)]
        masks = _steps(mask) if masked else None
        count = first.shape[1]
        if true_shape(first.shape)[1] is None:
            count = 1  # only the shape is asked for
        outputs = []
        for index in range(count):
            if masks is not None:
                more["mask"] = masks[index]
            given = nest.pack_sequence_as(inputs, [part[index] for part in parts])
            outputs.append(self.layer(given, **more))
        if count != first.shape[1]:
            outputs = outputs * first.shape[1]
        return nest.map_structure(lambda *items: _stack_steps(list(items)), *outputs)

    def _merges(self, training: Any) -> bool:
        """Whether the examples of all steps may form one batch."""
        trains = training is not None and (constant_value(training) is None or bool(constant_value(training)))
        for layer in self.layer._flatten_layers():
            own = not is_own(type(layer))
            if own and not (legacy_keras() and layer is not self.layer):
                return False
            if getattr(layer, "stateful", False) or (trains and hasattr(layer, "moving_mean") and not legacy_keras()):
                return False
        return True

    def _check_mask(self, mask: Any, first: Any) -> None:
        found, shape = tuple(mask.shape), tuple(first.shape)
        if len(found) < 2:
            raise ValueError(
                "The `mask` passed to the `TimeDistributed` layer must be at least 2D (e.g., `(batch_size, "
                f"timesteps)`), but it has {len(found)} dimension(s) with shape {found}."
            )
        if found[:2] != shape[:2]:
            raise ValueError(
                f"The `mask` passed to the `TimeDistributed` layer has a shape {found} that is incompatible with the "
                f"input shape {shape}. The first two dimensions of the mask (batch size and timesteps) must match the "
                f"input's first two dimensions. Expected mask shape prefix: ({shape[0]}, {shape[1]})."
            )

    def compute_mask(self, inputs: Any, mask: Any = None) -> Any:
        if mask is None or not legacy_keras() or len(mask.shape) <= 2:
            return mask
        return reduce_any(mask, list(range(2, len(mask.shape))))
