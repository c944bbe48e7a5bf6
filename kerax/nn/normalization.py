"""Biases and normalization by given or local statistics."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
from jax import lax

from kerax.core import errors
from kerax.core.op import composed, op


def _channels_first(data_format: str | None) -> bool:
    if data_format is None:
        return False
    if data_format.startswith("NC"):
        return True
    if data_format.startswith("N") and data_format.endswith("C"):
        return False
    raise ValueError(f"`data_format` must be of the form `N...C` or `NC...`. Received: data_format={data_format}")


@op("value, bias: number")
def bias_add(value, bias, data_format=None, name=None):
    """Adds one number to each channel.

    Args:
      value: tensor [batch, …, channels], or [batch, channels, …] with a ``data_format`` of ``"NC…"``.
      bias: tensor [channels] of the same dtype.
      data_format: ``"N…C"``, ``"NC…"`` or None for the channels last.
      name: str, optional.

    Returns:
      Tensor like ``value``.

    Raises:
      ValueError: ``data_format`` has another form.
      InvalidArgumentError: ``bias`` has another size than the channels.

    >>> import kerax as tf
    >>> tf.nn.bias_add([[1.0, 2.0]], [10.0, 20.0]).numpy()
    array([[11., 22.]], dtype=float32)
    """
    first = _channels_first(data_format)
    if value.ndim < 2:
        raise errors.InvalidArgumentError(None, None, f"Input tensor must be at least 2D: {list(value.shape)}")
    if bias.ndim != 1:
        raise errors.InvalidArgumentError(None, None, f"Biases must be 1D: {list(bias.shape)}")
    axis = 1 if first else value.ndim - 1
    if bias.shape[0] != value.shape[axis]:
        raise errors.InvalidArgumentError(
            None,
            None,
            f"Must provide as many biases as the channel dimension of the input tensor: {list(bias.shape)} vs. "
            f"{value.shape[axis]} in {list(value.shape)}",
        )
    return value + jnp.expand_dims(bias, tuple(i for i in range(value.ndim) if i != axis))


@op("x: float; mean, variance, offset, scale, variance_epsilon")
def _batch_normalization(x, mean, variance, offset, scale, variance_epsilon):
    inverse = lax.rsqrt(variance + variance_epsilon)
    if scale is not None:
        inverse = inverse * scale
    shift = -mean * inverse if offset is None else offset - mean * inverse
    return x * inverse.astype(x.dtype) + shift.astype(x.dtype)


@composed
def batch_normalization(
    x: Any, mean: Any, variance: Any, offset: Any, scale: Any, variance_epsilon: Any, name: str | None = None
) -> Any:
    """``scale * (x - mean) / sqrt(variance + variance_epsilon) + offset`` (https://arxiv.org/abs/1502.03167).

    Args:
      x: tensor, floating point.
      mean: tensor that broadcasts with ``x``.
      variance: tensor that broadcasts with ``x``.
      offset: tensor that broadcasts with ``x``, or None.
      scale: tensor that broadcasts with ``x``, or None.
      variance_epsilon: float.
      name: str, optional.

    Returns:
      Tensor of ``x``'s dtype.

    >>> import kerax as tf
    >>> tf.nn.batch_normalization([1.0, 3.0], 2.0, 1.0, None, 5.0, 0.0).numpy()
    array([-5.,  5.], dtype=float32)
    """
    return _batch_normalization(x, mean, variance, offset, scale, variance_epsilon)


def batch_norm_with_global_normalization(
    input: Any,
    mean: Any,
    variance: Any,
    beta: Any,
    gamma: Any,
    variance_epsilon: Any,
    scale_after_normalization: bool,
    name: str | None = None,
) -> Any:
    """Batch normalization of images; the old form of ``tf.nn.batch_normalization``.

    Args:
      input: tensor [batch, height, width, channels].
      mean: tensor [channels].
      variance: tensor [channels].
      beta: tensor [channels], added at last.
      gamma: tensor [channels], the scale.
      variance_epsilon: float.
      scale_after_normalization: bool, whether to use ``gamma``.
      name: str, optional.

    Returns:
      Tensor like ``input``.

    >>> import kerax as tf
    >>> x = tf.ones([1, 1, 1, 1])
    >>> tf.nn.batch_norm_with_global_normalization(x, [0.0], [1.0], [2.0], [3.0], 0.0, True).numpy().item()
    5.0
    """
    scale = gamma if scale_after_normalization else None
    return batch_normalization(input, mean, variance, beta, scale, variance_epsilon)


@op("input: float", name="LRN")
def local_response_normalization(input, depth_radius=5, bias=1, alpha=1, beta=0.5, name=None):
    """``x / (bias + alpha * Σ x²) ** beta``, the sum over neighbouring channels.

    Args:
      input: float tensor [batch, height, width, channels].
      depth_radius: int, neighbours on each side.
      bias: float.
      alpha: float.
      beta: float.
      name: str, optional.

    Returns:
      Tensor like ``input``.

    >>> import kerax as tf
    >>> tf.nn.local_response_normalization([[[[1.0, 1.0, 1.0]]]], 1, bias=1, alpha=1, beta=1).numpy()[0, 0, 0]
    array([0.33333334, 0.25      , 0.33333334], dtype=float32)
    """
    if input.ndim != 4:
        raise errors.InvalidArgumentError(None, None, f"input must be 4-dimensional, got {list(input.shape)}")
    window = (1, 1, 1, 2 * int(depth_radius) + 1)
    padding = ((0, 0), (0, 0), (0, 0), (int(depth_radius),) * 2)
    zero = input.dtype.type(0)
    total = lax.reduce_window(input * input, zero, lax.add, window, (1, 1, 1, 1), padding)
    number = input.dtype.type
    return input * (number(bias) + number(alpha) * total) ** number(-beta)
