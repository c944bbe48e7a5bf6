"""What convolution and pooling share: how windows, strides, padding and data formats are written."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from kerax.core import errors
from kerax.core.context import context

CHANNELS_LAST = {1: "NWC", 2: "NHWC", 3: "NDHWC"}
CHANNELS_FIRST = {1: "NCW", 2: "NCHW", 3: "NCDHW"}
Pairs = tuple[tuple[int, int], ...]


def invalid(message: str) -> Exception:
    """What TensorFlow raises for arguments that do not fit: another class where a graph is built."""
    return errors.InvalidArgumentError(None, None, message) if context.trace is None else ValueError(message)


def channels_are_last(data_format: Any, rank: int, more: tuple[str, ...] = ()) -> bool:
    """Whether a data format has the channels at the end.

    Args:
      data_format: str such as "NHWC" or "NCHW", None for channels at the end.
      rank: int, number of spatial dimensions.
      more: names that are understood beside the usual ones.

    Raises:
      InvalidArgumentError: another name (ValueError inside ``tf.function``).
    """
    if data_format is None or data_format == CHANNELS_LAST[rank]:
        return True
    if data_format == CHANNELS_FIRST[rank]:
        return False
    if data_format in more:
        return not data_format.startswith("NC")
    raise invalid(
        f"Value for attr 'data_format' of \"{data_format}\" is not in the list of allowed values: "
        f'"{CHANNELS_LAST[rank]}", "{CHANNELS_FIRST[rank]}"'
    )


def sequence(value: Any, rank: int, channels_last: bool, name: str, *, zero_ok: bool = False) -> tuple[int, ...]:
    """Strides, dilations or a window's size per spatial dimension.

    Args:
      value: int, or a sequence of 1, ``rank`` or ``rank + 2`` ints (with batch and channels), None for ones.
      rank: int, number of spatial dimensions.
      channels_last: bool.
      name: str, the argument's name.
      zero_ok: bool, whether 0 is let through.

    Raises:
      ValueError: another length.
      InvalidArgumentError: not positive.
      UnimplementedError: not 1 for batch or channels.
    """
    if value is None:
        return (1,) * rank
    items = list(value) if isinstance(value, (tuple, list)) else [value]
    if len(items) == 1:
        items = items * rank
    elif len(items) == rank + 2:
        outer = [items[0], items[-1]] if channels_last else items[:2]
        if any(item != 1 for item in outer):
            raise errors.UnimplementedError(
                None,
                None,
                f"Current implementation does not yet support {name} in the batch and depth dimensions. "
                f"Received: {name}={value}",
            )
        items = items[1:-1] if channels_last else items[2:]
    elif len(items) != rank:
        raise ValueError(
            f"{name} should be of length 1, {rank} or {rank + 2}. Received: {name}={value} of length {len(items)}"
        )
    if any(int(item) < (0 if zero_ok else 1) for item in items):
        raise invalid(f"Sliding window {name} must be positive. Received: {name}={value}")
    return tuple(int(item) for item in items)


def explicit_padding(padding: Any, rank: int, channels_last: bool) -> Pairs | None:
    """A list of pairs as the pairs of the spatial dimensions; None for a word.

    Raises:
      ValueError: not a list of pairs of that length.
      InvalidArgumentError: padding of batch or channels, or a negative one.
    """
    if padding == "EXPLICIT":
        raise ValueError(
            "'EXPLICIT' is not a valid value for `padding`. To use explicit padding, `padding` must be a list."
        )
    if not isinstance(padding, (list, tuple)):
        return None
    for index, pair in enumerate(padding):
        if not isinstance(pair, (list, tuple)) or len(pair) != 2:
            raise ValueError(
                "When `padding` is a list, each element of `padding` must be a list/tuple of size 2. Received: "
                f"padding={padding} with element at index {index} of type {type(pair)}"
            )
    if len(padding) != rank + 2:
        raise ValueError(
            f"When padding is a list, it must be of size {rank + 2}. Received: padding={padding} of size {len(padding)}"
        )
    pairs = tuple((int(low), int(high)) for low, high in padding)
    outer = (pairs[0], pairs[-1]) if channels_last else pairs[:2]
    if any(pair != (0, 0) for pair in outer):
        raise invalid(f"Nonzero explicit padding in the batch or depth dimensions is not supported: {padding}")
    inner = pairs[1:-1] if channels_last else pairs[2:]
    if any(size < 0 for pair in inner for size in pair):
        raise invalid(f"All elements of explicit_paddings must be nonnegative. Received: padding={padding}")
    return inner


def pads(
    sizes: Sequence[int], window: Sequence[int], strides: Sequence[int], dilations: Sequence[int], padding: Any
) -> Pairs:
    """How many elements are put before and behind each spatial dimension.

    Args:
      sizes: sizes of the spatial dimensions.
      window: sizes of the window, before dilation.
      strides: steps of the window.
      dilations: distances of its elements.
      padding: "SAME", "VALID", or the pairs.

    Raises:
      InvalidArgumentError: another word, or the window does not fit in.
    """
    if padding == "SAME":
        found = []
        for size, width, stride, dilation in zip(sizes, window, strides, dilations, strict=True):
            total = max((math.ceil(size / stride) - 1) * stride + (width - 1) * dilation + 1 - size, 0)
            found.append((total // 2, total - total // 2))
        return tuple(found)
    if padding == "VALID":
        padding = ((0, 0),) * len(sizes)
    elif not isinstance(padding, tuple):
        raise invalid(
            f"Value for attr 'padding' of \"{padding}\" is not in the list of allowed values: "
            '"SAME", "VALID", "EXPLICIT"'
        )
    for size, width, stride, dilation, (low, high) in zip(sizes, window, strides, dilations, padding, strict=True):
        reach = (width - 1) * dilation + 1
        if size + low + high - reach + stride <= -stride:
            raise invalid(
                f"Computed output size would be negative: {size + low + high - reach + 1} [input_size: {size}, "
                f"effective_filter_size: {reach}, stride: {stride}]"
            )
    return padding


def spatial(shape: Sequence[int], channels_last: bool) -> tuple[int, ...]:
    """The spatial part of a shape with one batch dimension."""
    return tuple(shape[1:-1] if channels_last else shape[2:])


def merge_batches(x: Any, rank: int) -> tuple[Any, tuple[int, ...]]:
    """An array with all dimensions before the last ``rank + 1`` made one, and what they were."""
    batches = x.shape[: x.ndim - rank - 1]
    return (x if len(batches) == 1 else x.reshape((math.prod(batches), *x.shape[len(batches) :]))), batches
