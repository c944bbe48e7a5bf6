"""Arguments and output sizes that convolution and pooling layers share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kerax.core.config import legacy_keras

Shape = tuple[Any, ...]


def sizes(value: Any, rank: int, name: str, allow_zero: bool = False) -> tuple[int, ...]:
    """An argument as a tuple of one int per spatial dimension.

    Args:
      value: int, or sequence of ``rank`` ints.
      rank: int.
      name: str, the argument's name.
      allow_zero: bool, whether 0 is accepted.

    Raises:
      ValueError: another length, something that is no int, a negative int.
    """
    received = f"Received: {value}" if legacy_keras() else f"Received {name}={value}"
    message = f"The `{name}` argument must be a tuple of {rank} integers. {received}"
    if isinstance(value, int):
        found: tuple[int, ...] = (value,) * rank
    else:
        try:
            found = tuple(value)
        except TypeError:
            raise ValueError(message) from None
        if len(found) != rank:
            raise ValueError(message)
        for item in found:
            try:
                int(item)
            except (ValueError, TypeError):
                raise ValueError(f"{message}including element {item} of type {type(item)}") from None
    wrong = {item for item in found if item < (0 if allow_zero else 1)}
    if wrong:
        rule = ">= 0" if allow_zero else "> 0"
        raise ValueError(f"{message}, including values {wrong} that do not satisfy `value {rule}`")
    return found


def padding_word(value: Any, causal: bool = False) -> Any:
    """The padding in lower case.

    Raises:
      ValueError: another word.
    """
    if isinstance(value, (list, tuple)):
        return value
    padding = value.lower()
    allowed = {"valid", "same", "causal"} if causal or legacy_keras() else {"valid", "same"}
    if padding not in allowed:
        raise ValueError(f"The `padding` argument must be a list/tuple or one of {allowed}. Received: {padding}")
    return padding


def output_size(size: int | None, window: int, stride: int, padding: str, dilation: int = 1) -> int | None:
    """The size of a dimension after a window has passed over it."""
    if size is None:
        return None
    reach = 1 if padding in ("same", "causal") else (window - 1) * dilation + 1
    return (size - reach) // stride + 1


def check_reach(sizes: Iterable[int | None], windows: Iterable[int], layer: str) -> None:
    """Raises ValueError, as TensorFlow's graphs do, where an unpadded window reaches past what it passes over.

    Args:
      sizes: of the input, None where unknown.
      windows: sizes of the window, dilation included.
      layer: the layer's name.
    """
    for size, reach in zip(sizes, windows, strict=True):
        if size is not None and size < reach:
            raise ValueError(
                f"Negative dimension size caused by subtracting {reach} from {size}: the input of {layer} is smaller "
                "than its window."
            )


def transposed_size(
    size: int | None, window: int, stride: int, padding: str, extra: int | None, dilation: int = 1
) -> int | None:
    """The size of a dimension after a transposed convolution.

    Args:
      size: int, None where unknown.
      window, stride, dilation: ints.
      padding: "valid" or "same".
      extra: the output padding, None for the least that gives a size divisible by the stride.
    """
    if size is None:
        return None
    reach = (window - 1) * dilation + 1
    if padding == "same":
        return size * stride if extra is None else (size - 1) * stride + reach % 2 + extra
    return (size - 1) * stride + (max(reach, stride) if extra is None else reach + extra)


def with_channels(shape: Sequence[Any], spatial: Sequence[Any], channels: Any, rank: int, channels_last: bool) -> Shape:
    """A shape with other spatial sizes and channels; the batch dimensions stay."""
    batches = tuple(shape[: len(shape) - rank - 1])
    return (*batches, *spatial, channels) if channels_last else (*batches, channels, *spatial)


def spatial_sizes(shape: Sequence[Any], rank: int, channels_last: bool) -> tuple[Any, ...]:
    return tuple(shape[-rank - 1 : -1] if channels_last else shape[-rank:])
