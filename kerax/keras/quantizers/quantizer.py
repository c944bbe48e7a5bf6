"""``Quantizer`` and ``AbsMaxQuantizer``."""

from __future__ import annotations

from typing import Any

from kerax.keras.quantizers.functions import abs_max_quantize


class Quantizer:
    """The base of quantizers: callables that bring tensors to few bits.

    Args:
      output_dtype: the dtype of what they return.

    >>> import kerax as tf
    >>> tf.keras.quantizers.Quantizer().output_dtype
    'int8'
    """

    def __init__(self, output_dtype: str = "int8") -> None:
        self.output_dtype = output_dtype

    def __call__(self, x: Any) -> Any:
        """The quantized tensor; the base returns it as it is."""
        return x

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        return cls(**config)

    def get_config(self) -> dict[str, Any]:
        raise NotImplementedError(f"{self} does not implement get_config()")


class AbsMaxQuantizer(Quantizer):
    """Scales tensors so that their greatest magnitude is the end of the range, and rounds.

    Args:
      axis: int or ints, axes that share a scale; -1 where none is given.
      value_range: pair of ints, the least and the greatest value.
      epsilon: float, what is added to the greatest magnitude.
      output_dtype: the dtype of the quantized tensor.

    Raises:
      ValueError: the range does not fit into int8.

    >>> import kerax as tf
    >>> values, scale = tf.keras.quantizers.AbsMaxQuantizer()(tf.constant([[1.0, -2.0]]))
    >>> values.numpy(), scale.numpy().round(1)
    (array([[  64, -127]], dtype=int8), array([[63.5]], dtype=float32))
    """

    def __init__(
        self, axis: Any = None, value_range: Any = (-127, 127), epsilon: float = 1e-7, output_dtype: str = "int8"
    ) -> None:
        super().__init__(output_dtype=output_dtype)
        self.axis = None if axis is None else (axis,) if isinstance(axis, int) else tuple(axis)
        self.value_range = value_range
        self.epsilon = epsilon
        if output_dtype == "int8" and (value_range[0] < -128 or value_range[1] > 127):
            raise ValueError(
                "Quantizer with output_dtype='int8' requires value_range to be within the interval [-128, 127]. "
                f"Received: value_range={value_range}"
            )

    def __call__(self, x: Any, axis: Any = None, to_numpy: bool = False) -> tuple[Any, Any]:  # type: ignore[override]
        """The quantized tensor and the scale it was multiplied with."""
        axis = self.axis if axis is None else axis
        axis = -1 if axis is None else axis
        return abs_max_quantize(x, axis, self.value_range, self.output_dtype, self.epsilon, to_numpy)

    def get_config(self) -> dict[str, Any]:
        config = {"value_range": self.value_range, "epsilon": self.epsilon, "output_dtype": self.output_dtype}
        return config if self.axis is None else {**config, "axis": self.axis}
