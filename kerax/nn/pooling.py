"""Pooling: the largest element or the mean of each window."""

from __future__ import annotations

from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes, errors
from kerax.core.op import composed, op
from kerax.core.tensor import convert_to_tensor
from kerax.nn import _pool
from kerax.nn._windows import channels_are_last, explicit_padding, invalid, sequence


class MaxPoolWithArgmax(NamedTuple):
    """What ``tf.nn.max_pool_with_argmax`` returns."""

    output: Any
    argmax: Any


def _windows(
    rank: int, ksize: Any, strides: Any, padding: Any, data_format: Any, more: tuple[str, ...] = ()
) -> tuple[Any, Any, Any, bool]:
    last = channels_are_last(data_format, rank, more)
    window = sequence(ksize, rank, last, "ksize")
    steps = sequence(strides, rank, last, "strides")
    pairs = explicit_padding(padding, rank, last)
    if pairs is not None and any(size >= width for pair, width in zip(pairs, window, strict=True) for size in pair):
        raise invalid(f"Padding {pairs} needs to be smaller than the window size {window}")
    return window, steps, padding if pairs is None else pairs, last


def _over_depth(ksize: Any, rank: int) -> bool:
    """Whether windows go over channels, and not over the batch."""
    return isinstance(ksize, (list, tuple)) and len(ksize) == rank + 2 and ksize[0] == 1 and ksize[-1] > 1


def _max_over_depth(input: Any, ksize: Any, strides: Any) -> Any:
    """The largest of each ``ksize[-1]`` channels; TensorFlow heeds no strides over other dimensions then."""
    width, channels = ksize[-1], input.shape[-1]
    if any(size != 1 for size in ksize[:-1]):
        message = "MaxPooling supports exactly one of pooling across depth or pooling across width/height."
    elif not isinstance(strides, (list, tuple)) or len(strides) != len(ksize) or strides[-1] != width:
        message = "Depthwise max pooling requires the depth window to equal the depth stride"
    elif channels % width:
        message = "Depthwise max pooling requires the depth window to evenly divide the input depth"
    else:
        return jnp.max(input.reshape(*input.shape[:-1], channels // width, width), -1)
    raise errors.UnimplementedError(None, None, message)


@op("input: float int", name="MaxPool")
def _max_pool(input, ksize, strides, padding, data_format, rank, name=None):
    _pool.check_rank(input, rank, "max_pool")
    if rank < 3 and _over_depth(ksize, rank) and channels_are_last(data_format, rank):
        return _max_over_depth(input, ksize, strides)
    window, steps, pairs, last = _windows(rank, ksize, strides, padding, data_format)
    return _pool.max_pool(input, window, steps, pairs, last)


@op("input: float", name="AvgPool")
def _avg_pool(input, ksize, strides, padding, data_format, rank, name=None):
    _pool.check_rank(input, rank, "avg_pool")
    if isinstance(padding, tuple):
        raise TypeError(f"Expected string for argument 'padding' not {padding}.")
    window, steps, pairs, last = _windows(rank, ksize, strides, padding, data_format)
    return _pool.avg_pool(input, window, steps, pairs, last)


def _rank_of(input: Any) -> int:
    shape = getattr(input, "shape", None)
    rank = len(convert_to_tensor(input).shape if shape is None else shape) - 2
    if not 1 <= rank <= 3:
        raise ValueError(f"`input.shape.rank` must be 3, 4 or 5. Received: input.shape={shape} of rank {rank + 2}.")
    return rank


@composed
def max_pool(input, ksize, strides, padding, data_format=None, name=None):
    """The largest element of each window, over 1, 2 or 3 dimensions.

    Among equal elements the first one, in row-major order, has the gradient.

    Args:
      input: tensor ``[batch, *spatial, channels]``, or ``[batch, channels, *spatial]`` for data formats "NC…", of
        real numbers.
      ksize: int or list of ints, the size of the window; over 1 and 2 dimensions with channels at the end also
        ``[1, 1, 1, size]``, for a window of channels.
      strides: int or list of ints.
      padding: "SAME", "VALID", or pairs for all dimensions (over 1 and 2 dimensions).
      data_format: "NWC", "NCW", "NHWC", "NCHW", "NDHWC" or "NCDHW".
      name: str, optional.

    Returns:
      Tensor ``[batch, *out_spatial, channels]``.

    Raises:
      ValueError: another rank.
      errors.UnimplementedError: windows over channels that go over other dimensions too, that overlap, or that do
        not divide the channels.

    >>> import kerax as tf
    >>> tf.nn.max_pool([[[1.], [3.], [2.], [0.]]], 2, 2, "VALID").numpy().ravel()
    array([3., 2.], dtype=float32)
    """
    rank = _rank_of(input)
    if isinstance(padding, (list, tuple)) and rank == 3:
        raise ValueError(
            f"Explicit padding is not supported with an input tensor of rank 5. Received: padding={padding}"
        )
    return _max_pool(input, ksize, strides, padding, data_format, rank)


@composed
def max_pool1d(input, ksize, strides, padding, data_format="NWC", name=None):
    """``max_pool`` over one dimension.

    Args:
      input: tensor ``[batch, time, channels]``, or ``[batch, channels, time]`` for "NCW".
      ksize: int, or a list of 1 or 3 ints.
      strides: int, or a list of 1 or 3 ints.
      padding: "SAME", "VALID", or pairs for all three dimensions.
      data_format: "NWC" or "NCW".
      name: str, optional.

    Returns:
      Tensor ``[batch, out_time, channels]``.

    >>> import kerax as tf
    >>> tf.nn.max_pool1d([[[1.], [3.], [2.]]], 2, 1, "SAME").numpy().ravel()
    array([3., 3., 2.], dtype=float32)
    """
    return _max_pool(input, ksize, strides, padding, data_format, 1)


@composed
def max_pool2d(input, ksize, strides, padding, data_format="NHWC", name=None):
    """``max_pool`` over two dimensions.

    Args:
      input: tensor ``[batch, height, width, channels]``, or ``[batch, channels, height, width]`` for "NCHW".
      ksize: int, or a list of 1, 2 or 4 ints.
      strides: int, or a list of 1, 2 or 4 ints.
      padding: "SAME", "VALID", or pairs for all four dimensions.
      data_format: "NHWC" or "NCHW".
      name: str, optional.

    Returns:
      Tensor ``[batch, out_height, out_width, channels]``.

    >>> import kerax as tf
    >>> tf.nn.max_pool2d([[[[1.], [2.]], [[3.], [4.]]]], 2, 2, "VALID").numpy().ravel()
    array([4.], dtype=float32)
    """
    return _max_pool(input, ksize, strides, padding, data_format, 2)


@composed
def max_pool3d(input, ksize, strides, padding, data_format="NDHWC", name=None):
    """``max_pool`` over three dimensions.

    Args:
      input: tensor ``[batch, depth, height, width, channels]``, or channels before depth for "NCDHW".
      ksize: int, or a list of 1, 3 or 5 ints.
      strides: int, or a list of 1, 3 or 5 ints.
      padding: "SAME" or "VALID".
      data_format: "NDHWC" or "NCDHW".
      name: str, optional.

    Returns:
      Tensor ``[batch, out_depth, out_height, out_width, channels]``.

    >>> import kerax as tf
    >>> tf.nn.max_pool3d(tf.ones((1, 2, 2, 2, 1)), 2, 2, "VALID").numpy().ravel()
    array([1.], dtype=float32)
    """
    if isinstance(padding, (list, tuple)):
        raise TypeError(f"Expected string for argument 'padding' not {padding}.")
    return _max_pool(input, ksize, strides, padding, data_format, 3)


@composed
def avg_pool(input, ksize, strides, padding, data_format=None, name=None):
    """The mean of each window, over 1, 2 or 3 dimensions; padding does not count.

    Args:
      input: tensor ``[batch, *spatial, channels]``, or ``[batch, channels, *spatial]`` for data formats "NC…",
        floating point.
      ksize: int or list of ints, the size of the window.
      strides: int or list of ints.
      padding: "SAME" or "VALID".
      data_format: "NWC", "NCW", "NHWC", "NCHW", "NDHWC" or "NCDHW".
      name: str, optional.

    Returns:
      Tensor ``[batch, *out_spatial, channels]``.

    Raises:
      ValueError: another rank.

    >>> import kerax as tf
    >>> tf.nn.avg_pool([[[1.], [3.], [2.]]], 2, 2, "SAME").numpy().ravel()
    array([2., 2.], dtype=float32)
    """
    return _avg_pool(input, ksize, strides, padding, data_format, _rank_of(input))


@composed
def avg_pool1d(input, ksize, strides, padding, data_format="NWC", name=None):
    """``avg_pool`` over one dimension.

    Args:
      input: tensor ``[batch, time, channels]``, or ``[batch, channels, time]`` for "NCW", floating point.
      ksize: int, or a list of 1 or 3 ints.
      strides: int, or a list of 1 or 3 ints.
      padding: "SAME" or "VALID".
      data_format: "NWC" or "NCW".
      name: str, optional.

    Returns:
      Tensor ``[batch, out_time, channels]``.

    >>> import kerax as tf
    >>> tf.nn.avg_pool1d([[[1.], [3.], [2.], [0.]]], 2, 2, "VALID").numpy().ravel()
    array([2., 1.], dtype=float32)
    """
    return _avg_pool(input, ksize, strides, padding, data_format, 1)


@composed
def avg_pool2d(input, ksize, strides, padding, data_format="NHWC", name=None):
    """``avg_pool`` over two dimensions.

    Args:
      input: tensor ``[batch, height, width, channels]``, or ``[batch, channels, height, width]`` for "NCHW",
        floating point.
      ksize: int, or a list of 1, 2 or 4 ints.
      strides: int, or a list of 1, 2 or 4 ints.
      padding: "SAME" or "VALID".
      data_format: "NHWC" or "NCHW".
      name: str, optional.

    Returns:
      Tensor ``[batch, out_height, out_width, channels]``.

    >>> import kerax as tf
    >>> tf.nn.avg_pool2d([[[[1.], [2.]], [[3.], [4.]]]], 2, 2, "VALID").numpy().ravel()
    array([2.5], dtype=float32)
    """
    return _avg_pool(input, ksize, strides, padding, data_format, 2)


@composed
def avg_pool3d(input, ksize, strides, padding, data_format="NDHWC", name=None):
    """``avg_pool`` over three dimensions.

    Args:
      input: tensor ``[batch, depth, height, width, channels]``, or channels before depth for "NCDHW", floating point.
      ksize: int, or a list of 1, 3 or 5 ints.
      strides: int, or a list of 1, 3 or 5 ints.
      padding: "SAME" or "VALID".
      data_format: "NDHWC" or "NCDHW".
      name: str, optional.

    Returns:
      Tensor ``[batch, out_depth, out_height, out_width, channels]``.

    >>> import kerax as tf
    >>> tf.nn.avg_pool3d(tf.ones((1, 2, 2, 2, 1)), 2, 2, "VALID").numpy().ravel()
    array([1.], dtype=float32)
    """
    return _avg_pool(input, ksize, strides, padding, data_format, 3)


@op("input: float int", name="Pool")
def _pool_any(input, window_shape, pooling_type, strides, padding, channels_last, dilations, name=None):
    run = _pool.max_pool if pooling_type == "MAX" else _pool.avg_pool
    return run(input, window_shape, strides, padding, channels_last, dilations)


@composed
def pool(input, window_shape, pooling_type, strides=None, padding="VALID", data_format=None, dilations=None, name=None):
    """Pooling over 1, 2 or 3 dimensions, with windows that may have holes.

    Args:
      input: tensor ``[batch, *spatial, channels]``, or ``[batch, channels, *spatial]`` for data formats "NC…".
      window_shape: list of 1 to 3 ints.
      pooling_type: "MAX" or "AVG".
      strides: list of ints, at most the window's size; 1 by default.
      padding: "SAME" or "VALID"; "SAME" only without dilations.
      data_format: "NWC", "NCW", "NHWC", "NCHW", "NDHWC" or "NCDHW".
      dilations: list of ints, the distances of the window's elements; not together with strides.
      name: str, optional.

    Returns:
      Tensor ``[batch, *out_spatial, channels]``.

    Raises:
      ValueError: lengths that do not fit, strides larger than the window, dilations with strides or "SAME".

    >>> import kerax as tf
    >>> tf.nn.pool([[[1.], [3.], [2.]]], [2], "MAX", dilations=[2]).numpy().ravel()
    array([2.], dtype=float32)
    """
    rank = len(window_shape)
    if not 1 <= rank <= 3:
        raise ValueError(
            f"`len(window_shape)` must be 1, 2, or 3. Received: window_shape={window_shape} of length {rank}"
        )
    shape = convert_to_tensor(input).shape
    if len(shape) != rank + 2:
        raise ValueError(f"Shape {shape} must have rank {rank + 2}")
    steps, rates = (np.ones(rank, int) if item is None else np.asarray(item) for item in (strides, dilations))
    for label, items in (("dilation_rate", rates), ("strides", steps)):
        if items.shape != (rank,):
            raise ValueError(f"`len({label})` should be {rank}. Received: {label}={items.tolist()}")
        if np.any(items < 1):
            raise ValueError(f"all values of `{label}` must be positive. Received: {label}={items}")
    if np.any(steps > 1) and np.any(rates > 1):
        raise ValueError(
            "`strides > 1` not supported in conjunction with `dilation_rate > 1`. "
            f"Received: strides={steps} and dilation_rate={rates}"
        )
    if padding == "SAME" and np.any(rates > 1):
        raise ValueError(
            "pooling with 'SAME' padding is not implemented for `dilation_rate` > 1. "
            f"Received: padding={padding} and dilation_rate={rates}"
        )
    if np.any(steps > np.asarray(window_shape)):
        raise ValueError(
            "`strides` > `window_shape` not supported due to inconsistency between CPU and GPU implementations. "
            f"Received: strides={steps} and window_shape={window_shape}"
        )
    if pooling_type not in ("MAX", "AVG"):
        raise ValueError(f"{rank}-D {pooling_type} pooling is not supported.")
    if rank == 1 and data_format not in (None, "NWC", "NCW"):
        raise ValueError(f"data_format must be either 'NWC' or 'NCW'. Received: data_format={data_format}")
    last = channels_are_last(data_format, rank)
    return _pool_any(input, list(window_shape), pooling_type, steps, padding, last, rates)


@op("input: float int", name="MaxPoolWithArgmax")
def max_pool_with_argmax(
    input,
    ksize,
    strides,
    padding,
    data_format="NHWC",
    output_dtype=dtypes.int64,
    include_batch_in_index=False,
    name=None,
):
    """The largest element of each window, and where it stands.

    The place of element ``[b, y, x, c]`` is ``(y · width + x) · channels + c``, with
    ``b · height · width · channels`` added where the batch is included.

    Args:
      input: tensor ``[batch, height, width, channels]`` of real numbers.
      ksize: int, or a list of 1, 2 or 4 ints.
      strides: int, or a list of 1, 2 or 4 ints.
      padding: "SAME" or "VALID".
      data_format: "NHWC".
      output_dtype: int32 or int64.
      include_batch_in_index: bool.
      name: str, optional.

    Returns:
      ``MaxPoolWithArgmax(output, argmax)``: tensor ``[batch, out_height, out_width, channels]``, places of the same
      shape.

    Raises:
      ValueError: another data format.

    >>> import kerax as tf
    >>> tf.nn.max_pool_with_argmax([[[[1.], [2.]], [[4.], [3.]]]], 2, 2, "VALID")[1].numpy().ravel()
    array([2])
    """
    if data_format != "NHWC":
        raise ValueError(
            f"`data_format` values other  than 'NHWC' are not supported. Received: data_format={data_format}"
        )
    _pool.check_rank(input, 2, "max_pool_with_argmax")
    window, steps, word, _ = _windows(2, ksize, strides, padding, data_format)
    stacked, found = _pool.patches(input, window, steps, word, (1, 1), _pool.lowest(input.dtype))
    values, places = _pool.first_largest(stacked)
    batch, height, width, channels = input.shape
    wide = jnp.int64 if dtypes.as_dtype(output_dtype) == dtypes.int64 else jnp.int32
    places = places.astype(wide)
    rows = jnp.arange(values.shape[1], dtype=wide)[:, None, None] * steps[0] - found[0][0] + places // window[1]
    columns = jnp.arange(values.shape[2], dtype=wide)[:, None] * steps[1] - found[1][0] + places % window[1]
    index = (rows * width + columns) * channels + jnp.arange(channels, dtype=wide)
    if include_batch_in_index:
        index = index + jnp.arange(batch, dtype=wide)[:, None, None, None] * (height * width * channels)
    return MaxPoolWithArgmax(values, index)
