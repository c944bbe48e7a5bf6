"""``keras.layers.StackedRNNCells``: cells one behind the other, as one cell."""

from __future__ import annotations

import inspect
from typing import Any

from kerax.core import nest
from kerax.core.config import legacy_keras
from kerax.keras.engine.layer import Layer
from kerax.keras.layers.rnn.cell import shape_of_size, zero_states
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object


class StackedRNNCells(Layer):
    """A cell made of cells, each of which gets the output of the one before.

    Args:
      cells: list of cells.

    Raises:
      ValueError: a cell without ``call`` or ``state_size``.

    >>> import kerax as tf
    >>> cells = tf.keras.layers.StackedRNNCells([tf.keras.layers.GRUCell(2), tf.keras.layers.LSTMCell(3)])
    >>> tf.keras.layers.RNN(cells)(tf.ones((1, 4, 5))).shape
    TensorShape([1, 3])
    """

    def __init__(self, cells: Any, **kwargs: Any) -> None:
        self_reversed = kwargs.pop("reverse_state_order", False)
        super().__init__(**kwargs)
        self.reverse_state_order = self_reversed
        for cell in cells:
            if "call" not in dir(cell):
                raise ValueError(f"All cells must have a `call` method. Received cell without a `call` method: {cell}")
            if "state_size" not in dir(cell):
                raise ValueError(
                    f"All cells must have a `state_size` attribute. Received cell without a `state_size`: {cell}"
                )
        self.cells = list(cells)

    def _in_state_order(self) -> list[Any]:
        return list(self.cells)[:: -1 if self.reverse_state_order else 1]

    @property
    def state_size(self) -> Any:
        """The sizes of the states, a list per cell with several."""
        sizes = [cell.state_size for cell in self._in_state_order()]
        return tuple(sizes) if legacy_keras() else sizes

    @property
    def output_size(self) -> Any:
        """The size of the last cell's output."""
        return _output_size(self.cells[-1])

    def get_initial_state(self, inputs: Any = None, batch_size: Any = None, dtype: Any = None) -> Any:
        """The states of all cells before the first step."""
        if inputs is not None:
            batch_size, dtype = inputs.shape[0], inputs.dtype
        dtype = dtype or self.compute_dtype
        states: list[Any] = []
        for cell in self._in_state_order():
            make = getattr(cell, "get_initial_state", None)
            if make is not None:
                parameters = inspect.signature(make).parameters
                given = {"batch_size": batch_size, "dtype": dtype}
                states.append(make(**{name: value for name, value in given.items() if name in parameters}))
                continue
            several = isinstance(cell.state_size, (list, tuple))
            found = zero_states(batch_size, cell.state_size if several else [cell.state_size], dtype)
            states.append(found if several else found[0])
        return tuple(states) if legacy_keras() else states

    def build(self, input_shape: Any) -> None:
        if isinstance(input_shape, list) and input_shape and isinstance(input_shape[0], (list, tuple)):
            input_shape = input_shape[0]
        batch = input_shape[0]
        for cell in self.cells:
            if isinstance(cell, Layer) and not cell.built:
                cell._build_named(input_shape)
                cell.built = True
            input_shape = (batch, *shape_of_size(_output_size(cell)))

    def call(self, inputs: Any, states: Any, training: Any = False, constants: Any = None, **kwargs: Any) -> Any:
        order = -1 if self.reverse_state_order else 1
        after = []
        for cell, own in zip(self.cells, list(states)[::order], strict=True):
            nested = nest.is_nested(own)
            own = list(own) if nested else [own]
            parameters = inspect.signature(cell.call).parameters
            more = {"training": training} if "training" in parameters else {}
            if constants is not None and "constants" in parameters:
                more["constants"] = constants
            call = cell if callable(cell) else cell.call
            inputs, new = call(inputs, own, **more, **kwargs)
            new = list(new) if nest.is_nested(new) else [new]
            after.append(new if nested else new[0])
        return inputs, after[::order]

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        config["cells"] = [serialize_keras_object(cell) for cell in self.cells]
        return config

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Any:
        config = dict(config)
        cells = [deserialize_keras_object(cell, custom_objects=custom_objects) for cell in config.pop("cells")]
        return cls(cells, **config)


def _output_size(cell: Any) -> Any:
    """The size of a cell's output: its first state's, if it does not say."""
    size = getattr(cell, "output_size", None)
    if size is not None:
        return size
    return cell.state_size[0] if isinstance(cell.state_size, (list, tuple)) else cell.state_size
