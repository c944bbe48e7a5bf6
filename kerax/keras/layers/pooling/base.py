"""What the pooling layers share."""

from __future__ import annotations

from typing import Any

from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras.engine.input_spec import InputSpec
from kerax.keras.engine.layer import Layer
from kerax.keras.engine.settings import standardize_data_format
from kerax.keras.layers.convolutional import arguments
from kerax.nn import _pool


@op("inputs: number")
def _pool_windows(inputs, pool_size, strides, padding, channels_last, largest):
    run = _pool.max_pool if largest else _pool.avg_pool
    return run(inputs, pool_size, strides, padding.upper(), channels_last)


class BasePooling(Layer):
    """A layer that takes the largest element or the mean of each window.

    Args:
      pool_size: int, or one int per dimension.
      strides: int, or one int per dimension; None for ``pool_size``.
      pool_dimensions: int, 1 to 3.
      pool_mode: "max" or "average".
      padding: "valid" or "same"; padding is no element of the window.
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.
    """

    def __init__(
        self,
        pool_size: Any,
        strides: Any,
        pool_dimensions: int,
        pool_mode: str = "max",
        padding: Any = "valid",
        data_format: Any = None,
        name: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(name=name, **kwargs)
        if pool_size is None:
            pool_size = self._keras_2_pool_size()
        strides = pool_size if strides is None else strides
        self.pool_size = arguments.sizes(pool_size, pool_dimensions, "pool_size")
        self.strides = arguments.sizes(strides, pool_dimensions, "strides", allow_zero=True)
        self.pool_mode = pool_mode
        self.padding = arguments.padding_word(padding) if legacy_keras() else padding
        self.data_format = standardize_data_format(data_format)
        self.input_spec = InputSpec(ndim=pool_dimensions + 2)
        self._build_at_init()

    def _keras_2_pool_size(self) -> int:
        if not legacy_keras():
            raise TypeError(f"{type(self).__name__}.__init__() missing 1 required positional argument: 'pool_size'")
        return 2

    def call(self, inputs: Any) -> Any:
        if self.pool_mode not in ("max", "average"):
            raise ValueError(f"`pool_mode` must be either 'max' or 'average'. Received: {self.pool_mode}.")
        last = self.data_format == "channels_last"
        return _pool_windows(inputs, self.pool_size, self.strides, self.padding, last, self.pool_mode == "max")

    def compute_output_shape(self, input_shape: Any) -> Any:
        rank, last = len(self.pool_size), self.data_format == "channels_last"
        if self.padding not in ("valid", "same"):
            raise ValueError(f"Argument `padding` must be either 'valid' or 'same'. Received: padding={self.padding}")
        found = [
            arguments.output_size(size, width, stride, self.padding)
            for size, width, stride in zip(
                arguments.spatial_sizes(input_shape, rank, last), self.pool_size, self.strides, strict=True
            )
        ]
        if any(size is not None and size <= 0 for size in found) and not legacy_keras():
            raise ValueError(
                f"Computed output size would be zero or negative. Received: `inputs.shape={tuple(input_shape)}`, "
                f"`pool_size={self.pool_size}`, `strides={self.strides}`, `padding={self.padding}`."
            )
        return arguments.with_channels(input_shape, found, input_shape[-1 if last else 1], rank, last)

    def compute_output_spec(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        if legacy_keras() and self.padding == "valid":
            rank, last = len(self.pool_size), self.data_format == "channels_last"
            arguments.check_reach(arguments.spatial_sizes(inputs.shape, rank, last), self.pool_size, self.name)
        return super().compute_output_spec(inputs, *args, **kwargs)

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        own = {
            "pool_size": self.pool_size,
            "padding": self.padding,
            "strides": self.strides,
            "data_format": self.data_format,
        }
        if legacy_keras() and len(self.pool_size) == 1:
            own = {"strides": own.pop("strides"), **own}
        return {**config, **own}
