"""``tf.nn.RNNCellDropoutWrapper``, ``RNNCellResidualWrapper`` and ``RNNCellDeviceWrapper``."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from kerax.core import nest
from kerax.keras.engine.layer import Layer
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object
from kerax.math.arithmetic import add, multiply
from kerax.math.casting import cast
from kerax.math.comparison import greater_equal
from kerax.nn.dropout import dropout
from kerax.random import uniform


class _CellWrapper(Layer):
    """A cell around a cell."""

    def __init__(self, cell: Any, **kwargs: Any) -> None:
        if not callable(getattr(cell, "call", None)) or not hasattr(cell, "state_size"):
            raise TypeError(f"cell must be an RNN cell: a layer with `state_size`. Received: {cell}")
        super().__init__(**kwargs)
        self.cell = cell

    @property
    def wrapped_cell(self) -> Any:
        return self.cell

    @property
    def state_size(self) -> Any:
        return self.cell.state_size

    @property
    def output_size(self) -> Any:
        return self.cell.output_size

    def build(self, inputs_shape: Any) -> None:
        if not getattr(self.cell, "built", True):
            self.cell.build(inputs_shape)
            self.cell.built = True
        self.built = True

    def get_initial_state(self, *args: Any, **kwargs: Any) -> Any:
        """The cell's states before the first step."""
        return self.cell.get_initial_state(*args, **kwargs)

    def zero_state(self, batch_size: Any, dtype: Any) -> Any:
        """States of zeros."""
        return self.cell.get_initial_state(batch_size=batch_size, dtype=dtype)

    def call(self, inputs: Any, state: Any, **kwargs: Any) -> Any:
        return self._around(inputs, state, lambda x, s: self.cell(x, s, **kwargs))

    def _around(self, inputs: Any, state: Any, step: Callable[[Any, Any], Any]) -> Any:
        raise NotImplementedError

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "cell": serialize_keras_object(self.cell)}

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Any:
        config = dict(config)
        return cls(deserialize_keras_object(config.pop("cell"), custom_objects=custom_objects), **config)


class RNNCellDeviceWrapper(_CellWrapper):
    """A cell that runs on a device.

    Args:
      cell: an RNN cell.
      device: str, a device's name.

    >>> import kerax as tf
    >>> tf.nn.RNNCellDeviceWrapper(tf.keras.layers.GRUCell(2), "/cpu:0").state_size
    2
    """

    def __init__(self, cell: Any, device: Any, **kwargs: Any) -> None:
        super().__init__(cell, **kwargs)
        self._device = device

    def _around(self, inputs: Any, state: Any, step: Callable[[Any, Any], Any]) -> Any:
        from kerax.core.device import device

        with device(self._device):
            return step(inputs, state)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "device": self._device}


class RNNCellResidualWrapper(_CellWrapper):
    """A cell whose inputs are added to its outputs.

    Args:
      cell: an RNN cell.
      residual_fn: function of (inputs, outputs); their sum by default.

    Source: https://arxiv.org/abs/1609.08144

    >>> import kerax as tf
    >>> cell = tf.nn.RNNCellResidualWrapper(tf.keras.layers.GRUCell(3))
    >>> tf.keras.layers.RNN(cell)(tf.ones((1, 2, 3))).shape
    TensorShape([1, 3])
    """

    def __init__(self, cell: Any, residual_fn: Any = None, **kwargs: Any) -> None:
        super().__init__(cell, **kwargs)
        self._residual_fn = residual_fn

    def _around(self, inputs: Any, state: Any, step: Callable[[Any, Any], Any]) -> Any:
        outputs, after = step(inputs, state)
        if self._residual_fn is not None:
            return self._residual_fn(inputs, outputs), after
        nest.assert_same_structure(inputs, outputs)
        for before, out in zip(nest.flatten(inputs), nest.flatten(outputs), strict=True):
            before.shape.assert_is_compatible_with(out.shape)
        return nest.map_structure(add, inputs, outputs), after

    def get_config(self) -> dict[str, Any]:
        more = {} if self._residual_fn is None else {"residual_fn": serialize_keras_object(self._residual_fn)}
        return {**super().get_config(), **more}

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Any:
        config = dict(config)
        if config.get("residual_fn") is not None:
            config["residual_fn"] = deserialize_keras_object(config["residual_fn"], custom_objects=custom_objects)
        return super().from_config(config, custom_objects)


class RNNCellDropoutWrapper(_CellWrapper):
    """A cell whose inputs, outputs and states are dropped at random, at every call.

    Args:
      cell: an RNN cell.
      input_keep_prob, output_keep_prob, state_keep_prob: floats in [0, 1], the fractions that are kept.
      variational_recurrent: bool, whether what is dropped is the same at every step.
      input_size: int or structure of ints, for ``variational_recurrent`` with dropped inputs.
      dtype: the dtype, for ``variational_recurrent``.
      seed: int.
      dropout_state_filter_visitor: function of a state, whether to drop of it; of LSTM states all by default.

    Raises:
      ValueError: a fraction outside [0, 1].

    Source: https://arxiv.org/abs/1512.05287

    >>> import kerax as tf
    >>> cell = tf.nn.RNNCellDropoutWrapper(tf.keras.layers.GRUCell(2), output_keep_prob=0.5)
    >>> tf.keras.layers.RNN(cell)(tf.ones((1, 2, 3))).shape
    TensorShape([1, 2])
    """

    def __init__(
        self,
        cell: Any,
        input_keep_prob: Any = 1.0,
        output_keep_prob: Any = 1.0,
        state_keep_prob: Any = 1.0,
        variational_recurrent: bool = False,
        input_size: Any = None,
        dtype: Any = None,
        seed: Any = None,
        dropout_state_filter_visitor: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(cell, dtype=dtype, **kwargs)
        if dropout_state_filter_visitor is not None and not callable(dropout_state_filter_visitor):
            raise TypeError("dropout_state_filter_visitor must be callable")
        self._keep = {
            "input": float(input_keep_prob), "output": float(output_keep_prob), "state": float(state_keep_prob),
        }  # fmt: skip
        for name, keep in self._keep.items():
            if not 0 <= keep <= 1:
                raise ValueError(f"Parameter {name}_keep_prob must be between 0 and 1: {keep}")
        self._filter = dropout_state_filter_visitor
        self._variational_recurrent = variational_recurrent
        self._input_size = input_size
        self._seed = seed
        self._noise: dict[str, Any] = {}
        if variational_recurrent:
            if dtype is None:
                raise ValueError("When variational_recurrent=True, dtype must be provided")
            if self._keep["input"] < 1.0 and input_size is None:
                raise ValueError(
                    "When variational_recurrent=True and input_keep_prob < 1.0 or is unknown, input_size must be "
                    "provided"
                )
            sizes = {"input": input_size, "state": cell.state_size, "output": cell.output_size}
            for name, size in sizes.items():
                if self._keep[name] < 1.0:
                    self._noise[name] = [
                        uniform(
                            [1, *(one if isinstance(one, (list, tuple)) else [one])],
                            seed=self._seed_of(name, index),
                            dtype=dtype,
                        )
                        for index, one in enumerate(nest.flatten(size))
                    ]

    def _seed_of(self, name: str, index: int) -> Any:
        if self._seed is None:
            return None
        text = f"{self._seed}{name}_{index}".encode()
        return int(hashlib.md5(text).hexdigest()[:8], 16) & 0x7FFFFFFF

    def _dropped(self, values: Any, name: str) -> Any:
        keep = self._keep[name]
        if keep >= 1.0:
            return values
        found = []
        for index, value in enumerate(nest.flatten(values)):
            if name == "state" and self._filter is not None and not self._filter(value):
                found.append(value)
            elif self._variational_recurrent:
                kept = cast(greater_equal(add(self._noise[name][index], keep), 1.0), value.dtype)
                found.append(multiply(multiply(value, 1.0 / keep), kept))
            else:
                found.append(dropout(value, rate=1.0 - keep, seed=self._seed_of(name, index)))
        return nest.pack_sequence_as(values, found)

    def _around(self, inputs: Any, state: Any, step: Callable[[Any, Any], Any]) -> Any:
        outputs, after = step(self._dropped(inputs, "input"), state)
        after = self._dropped(after, "state")
        return self._dropped(outputs, "output"), after

    def get_config(self) -> dict[str, Any]:
        config = {
            **super().get_config(),
            "input_keep_prob": self._keep["input"],
            "output_keep_prob": self._keep["output"],
            "state_keep_prob": self._keep["state"],
            "variational_recurrent": self._variational_recurrent,
            "input_size": self._input_size,
            "seed": self._seed,
        }
        if self._filter is not None:
            config["dropout_state_filter_visitor"] = serialize_keras_object(self._filter)
        return config

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Any:
        config = dict(config)
        visitor = config.get("dropout_state_filter_visitor")
        if visitor is not None:
            config["dropout_state_filter_visitor"] = deserialize_keras_object(visitor, custom_objects=custom_objects)
        return super().from_config(config, custom_objects)
