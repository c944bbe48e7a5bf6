"""How layers of sequences are called: with states and constants as arguments, or in one list."""

from __future__ import annotations

from typing import Any

from kerax.core import config as core_config
from kerax.keras.engine.convert import keras_mask
from kerax.keras.engine.layer import Layer


class SequenceLayer(Layer):
    """A layer that is called on sequences, initial states and constants."""

    _num_constants = 0
    _takes_lists = False  # whether the sequences may be a list themselves

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Takes ``(sequences, initial_state)``; also Keras 2's ``[sequences, *initial_state, *constants]``."""
        if "inputs" in kwargs:
            args = (kwargs.pop("inputs"), *args)
        if args and isinstance(args[0], list) and len(args[0]) > 1 and not self._takes_lists:
            inputs, *rest = args[0]
            count = self._num_constants
            if count:
                kwargs["constants"], rest = rest[-count:], rest[:-count]
            args = (inputs, *args[1:])
            if rest:
                kwargs["initial_state"] = rest
        if kwargs.get("constants") is not None:
            constants = kwargs["constants"]
            kwargs["constants"] = list(constants) if isinstance(constants, (list, tuple)) else [constants]
            self._num_constants = len(kwargs["constants"])
        more = len(args) > 1 or kwargs.get("initial_state") is not None or self._num_constants
        if core_config.legacy_keras() and args and more and kwargs.get("mask") is None:
            mask = keras_mask(args[0])
            if mask is not None:
                kwargs["mask"] = mask
        return super().__call__(*args, **kwargs)
