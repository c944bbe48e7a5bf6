"""The base of layers that change the sizes of spatial axes."""

from __future__ import annotations

from typing import Any

from kerax.keras.engine.input_spec import InputSpec
from kerax.keras.engine.layer import Layer
from kerax.keras.engine.settings import standardize_data_format


class SpatialLayer(Layer):
    """A layer of ``rank`` spatial axes, with the channels before or after them."""

    _rank = 1
    data_format = "channels_last"

    def __init__(self, data_format: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.data_format = standardize_data_format(data_format)
        self.input_spec = InputSpec(ndim=self._rank + 2)

    def _first(self) -> int:
        """The first spatial axis."""
        return 2 if self.data_format == "channels_first" else 1

    def _new_size(self, index: int, size: int) -> int:
        """The new size of spatial axis number ``index``."""
        raise NotImplementedError

    def compute_output_shape(self, input_shape: Any) -> Any:
        shape = list(input_shape)
        first = self._first()
        for index in range(self._rank):
            if shape[first + index] is not None:
                shape[first + index] = self._new_size(index, shape[first + index])
        return tuple(shape)

    def _around(self, middle: Any, outside: Any) -> tuple[Any, ...]:
        """Something for each axis: ``middle`` for the spatial ones, ``outside`` for batch and channels."""
        first = self._first()
        return (*[outside] * first, *middle, *[outside] * (2 - first))
