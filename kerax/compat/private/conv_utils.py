"""``keras.utils.conv_utils`` of Keras 2, and ``keras.src.ops.operation_utils``: sizes of windows and results."""

from __future__ import annotations

from typing import Any

from kerax.keras.backend import image_data_format
from kerax.keras.engine.arguments import standardize_tuple


def normalize_tuple(value: Any, n: int, name: str, allow_zero: bool = False) -> tuple[int, ...]:
    """One int, or ``n`` of them, as a tuple of ``n`` positive ints."""
    return standardize_tuple(value, n, name, allow_zero)


def normalize_data_format(value: Any) -> str:
    """The name of a data format in lower case; None for that of Keras' settings."""
    found = (image_data_format() if value is None else value).lower()
    if found not in {"channels_first", "channels_last"}:
        raise ValueError(
            f'The `data_format` argument must be one of "channels_first", "channels_last". Received: {value}'
        )
    return found


def normalize_padding(value: Any) -> Any:
    """The name of a padding in lower case."""
    if isinstance(value, (list, tuple)):
        return value
    found = value.lower()
    if found not in {"valid", "same", "causal"}:
        raise ValueError(
            "The `padding` argument must be a list/tuple or one of "
            f'"valid", "same" (or "causal", only for `Conv1D). Received: {found}'
        )
    return found


def convert_data_format(data_format: str, ndim: int) -> str:
    """TensorFlow's name of a data format, such as "NHWC"."""
    inner = {3: "W", 4: "HW", 5: "DHW"}.get(ndim)
    if inner is None:
        raise ValueError(f"Input rank not supported: {ndim}. Expected values are [3, 4, 5]")
    if data_format not in {"channels_first", "channels_last"}:
        raise ValueError(f'Invalid data_format: {data_format}. Expected values are ["channels_first", "channels_last"]')
    return f"N{inner}C" if data_format == "channels_last" else f"NC{inner}"


def conv_output_length(
    input_length: int | None, filter_size: int, padding: str, stride: int, dilation: int = 1
) -> int | None:
    """How many places a window has."""
    if input_length is None:
        return None
    window = filter_size + (filter_size - 1) * (dilation - 1)
    length = {
        "same": input_length, "causal": input_length,
        "valid": input_length - window + 1, "full": input_length + window - 1,
    }[padding]  # fmt: skip
    return (length + stride - 1) // stride


def conv_input_length(output_length: int | None, filter_size: int, padding: str, stride: int) -> int | None:
    """Of how many elements a window has this many places."""
    if output_length is None:
        return None
    pad = {"same": filter_size // 2, "valid": 0, "full": filter_size - 1}[padding]
    return (output_length - 1) * stride - 2 * pad + filter_size


def deconv_output_length(
    input_length: int | None,
    filter_size: int,
    padding: str,
    output_padding: int | None = None,
    stride: int = 0,
    dilation: int = 1,
) -> int | None:
    """How many elements a transposed convolution gives."""
    if input_length is None:
        return None
    window = filter_size + (filter_size - 1) * (dilation - 1)
    if output_padding is None:
        if padding == "valid":
            return input_length * stride + max(window - stride, 0)
        return input_length * stride - (stride + window - 2 if padding == "full" else 0)
    pad = {"same": window // 2, "valid": 0, "full": window - 1}[padding]
    return (input_length - 1) * stride + window - 2 * pad + output_padding


def _window_places(length: int | None, window: int, stride: int, padding: str) -> int | None:
    places = conv_output_length(length, window, padding, stride)
    if places is not None and places < 0:
        raise ValueError("Computed output size would be negative.")
    return places


def compute_pooling_output_shape(
    input_shape: Any, pool_size: Any, strides: Any, padding: str = "valid", data_format: str = "channels_last"
) -> tuple[int | None, ...]:
    """The shape that pooling gives."""
    strides = pool_size if strides is None else strides
    last = data_format == "channels_last"
    inner = input_shape[1:-1] if last else input_shape[2:]
    places = [_window_places(n, *window, padding) for *window, n in zip(pool_size, strides, inner, strict=True)]
    return (input_shape[0], *places, input_shape[-1]) if last else (*input_shape[:2], *places)


def compute_conv_output_shape(
    input_shape: Any,
    filters: int,
    kernel_size: Any,
    strides: Any = 1,
    padding: str = "valid",
    data_format: str = "channels_last",
    dilation_rate: Any = 1,
) -> tuple[int | None, ...]:
    """The shape that a convolution gives."""
    last = data_format == "channels_last"
    inner = input_shape[1:-1] if last else input_shape[2:]
    rank = len(inner)
    kernel, steps, rates = (
        (n,) * rank if isinstance(n, int) else tuple(n) for n in (kernel_size, strides, dilation_rate)
    )
    windows = [rate * (size - 1) + 1 for size, rate in zip(kernel, rates, strict=True)]
    places = [_window_places(n, w, step, padding) for n, w, step in zip(inner, windows, steps, strict=True)]
    return (input_shape[0], *places, filters) if last else (input_shape[0], filters, *places)
