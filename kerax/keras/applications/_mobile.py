"""What the MobileNets share: sizes, channel counts and the choice of weights."""

from __future__ import annotations

import warnings
from typing import Any

from kerax.keras import layers
from kerax.keras.applications._model import channel_axis
from kerax.keras.engine.keras_tensor import is_keras_tensor
from kerax.keras.engine.settings import image_data_format


def rows_and_columns(input_shape: Any) -> tuple[Any, Any]:
    """Height and width of a shape without batch."""
    return tuple(input_shape[1:3]) if image_data_format() == "channels_first" else tuple(input_shape[0:2])  # type: ignore[return-value]


def default_size(input_shape: Any, sizes: tuple[int, ...]) -> int:
    """The size that weights exist for: the input's own, or 224."""
    if input_shape is None:
        return 224
    rows, columns = rows_and_columns(input_shape)
    return rows if rows == columns and rows in sizes else 224


def matching_shape(input_shape: Any, input_tensor: Any) -> Any:
    """The input shape, from the input tensor where only that is given.

    Raises:
      ValueError: they do not fit, or the tensor is none of Keras.
    """
    if input_tensor is None:
        return input_shape
    if not is_keras_tensor(input_tensor):
        raise ValueError(f"`input_tensor` is not a keras tensor. Received: {input_tensor} of type {type(input_tensor)}")
    if input_shape is None:
        return tuple(input_tensor.shape[1:])
    axis = 1 if image_data_format() == "channels_first" else 2
    if input_tensor.shape[axis] != input_shape[1]:
        raise ValueError(
            f"input_shape[1] must equal input_tensor.shape[{axis}]. "
            f"Received input_shape={input_shape}, input_tensor.shape={input_tensor.shape}"
        )
    return input_shape


def checked_rows(
    input_shape: Any, alpha: float, alphas: tuple[float, ...], sizes: tuple[int, ...], weights: Any
) -> Any:
    """The height that names models and files.

    Raises:
      ValueError: no weights exist for ``alpha``.
    """
    rows, columns = rows_and_columns(input_shape)
    if weights != "imagenet":
        return rows
    if alpha not in alphas:
        raise ValueError(f"If imagenet weights are being loaded, alpha must be one of {alphas}. Received alpha={alpha}")
    if rows != columns or rows not in sizes:
        warnings.warn(
            f"`input_shape` is undefined or non-square, or `rows` is not in {list(sizes)}. Weights for input shape "
            "(224, 224) will be loaded as the default.",
            stacklevel=4,
        )
        return 224
    return rows


def divisible(value: float, divisor: int = 8) -> int:
    """The multiple of ``divisor`` next to a channel count, not more than a tenth below it."""
    found = max(divisor, int(value + divisor / 2) // divisor * divisor)
    return found + divisor if found < 0.9 * value else found


def normalized(x: Any, name: str) -> Any:
    """Batch normalization as in MobileNetV2 and V3."""
    axis = -1 if channel_axis() == 3 else 1
    return layers.BatchNormalization(axis=axis, epsilon=1e-3, momentum=0.999, name=name)(x)
