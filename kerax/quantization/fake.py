"""Quantization simulated in floating point, for training: ``fake_quant_with_min_max_*``."""

from __future__ import annotations

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp

from kerax.core import errors
from kerax.core.op import op


def _invalid(message: str) -> Exception:
    return errors.InvalidArgumentError(None, None, message)


def through(x: Any, low: Any, high: Any, quantized: Any) -> Any:
    """A quantized value whose gradient goes straight through, to ``x`` inside the range and to its ends outside."""
    clipped = jnp.where(x < low, low, jnp.where(x > high, high, x))
    return jax.lax.stop_gradient(quantized) + (clipped - jax.lax.stop_gradient(clipped))


def _nudged(low: Any, high: Any, num_bits: int, narrow_range: bool) -> tuple[Any, Any, Any]:
    """The range moved so that 0 is one of its steps, and the size of a step."""
    if not 2 <= num_bits <= 16:
        raise _invalid("num_bits must be between 2 and 16, inclusive")
    first, last = float(narrow_range), float(2**num_bits - 1)
    # each result is rounded for itself, which decides where halves go: XLA would join operations, and multiply with the
    # reciprocal of a divisor that all ranges share
    rounded = jax.lax.optimization_barrier
    step = rounded((high - low) / rounded(jnp.full_like(high, last - first)))
    zero = first - low / step
    nudged = jnp.where(zero < first, first, jnp.where(zero > last, last, jnp.floor(zero + 0.5)))
    return rounded((first - nudged) * step), rounded((last - nudged) * step), step


def _body(x: Any, low: Any, high: Any, num_bits: int, narrow_range: bool) -> Any:
    start, end, step = jax.lax.stop_gradient(_nudged(low, high, num_bits, narrow_range))
    rounded = jax.lax.optimization_barrier
    # as TensorFlow computes it for one range, and for several: that decides where halves go
    if low.ndim:
        each = rounded((2**num_bits - 1.0 - narrow_range) / jax.lax.stop_gradient(high - low))
        steps = rounded((jnp.clip(x, start, end) - start) * each)
        zero = jnp.floor(-start * each + 0.5)
    else:
        steps, zero = (jnp.clip(x, start, end) - start) / step, jnp.floor(-start / step + 0.5)
    quantized = jnp.floor(rounded(steps - zero) + 0.5) * step
    # the ends of the range learn as if they had not been moved
    start, end = low + jax.lax.stop_gradient(start - low), high + jax.lax.stop_gradient(end - high)
    return through(x, start, end, jax.lax.stop_gradient(quantized))


def _checked_range(low: Any, high: Any) -> None:
    if low >= high:
        raise _invalid(f"min has to be smaller than max, was: {low:g} >= {high:g}")


@op("inputs: float")
def fake_quant_with_min_max_args(inputs, min=-6, max=6, num_bits=8, narrow_range=False, name=None):
    """Values rounded to the steps of a quantized range, in floating point.

    Args:
      inputs: float32 tensor of any shape.
      min, max: floats, the range; it is moved so that 0 is one of its steps.
      num_bits: int, 2 … 16: ``2**num_bits`` steps.
      narrow_range: bool, whether the lowest step is left out.
      name: ignored.

    Returns:
      tensor of the same shape; its gradient goes straight through inside of the range.

    Raises:
      errors.InvalidArgumentError: another number of bits, or an empty range.

    >>> import kerax as tf
    >>> tf.quantization.fake_quant_with_min_max_args(tf.constant([0.3, 9.0]), num_bits=2, min=0, max=3).numpy()
    array([0., 3.], dtype=float32)
    """
    _checked_range(min, max)
    return _body(inputs, jnp.float32(min), jnp.float32(max), num_bits, narrow_range)


@op("inputs: float; min: float; max: float")
def fake_quant_with_min_max_vars(inputs, min, max, num_bits=8, narrow_range=False, name=None):
    """Values rounded to the steps of a quantized range that can be learned.

    Args:
      inputs: float32 tensor of any shape.
      min, max: float32 scalars, the range; it is moved so that 0 is one of its steps.
      num_bits: int, 2 … 16.
      narrow_range: bool, whether the lowest step is left out.
      name: ignored.

    Returns:
      tensor of the same shape; what lies outside of the range has its gradient go to ``min`` or ``max``.
    """
    if min.ndim or max.ndim:
        raise _invalid(f"`min` and `max` must be scalars, got shapes {list(min.shape)} and {list(max.shape)}")
    return _body(inputs, min, max, num_bits, narrow_range)


@op("inputs: float; min: float; max: float")
def fake_quant_with_min_max_vars_per_channel(inputs, min, max, num_bits=8, narrow_range=False, name=None):
    """Values rounded to the steps of quantized ranges, one for each element of the last dimension.

    Args:
      inputs: float32 tensor ``[…, d]``.
      min, max: float32 ``[d]``, the ranges; they are moved so that 0 is one of their steps.
      num_bits: int, 2 … 16.
      narrow_range: bool, whether the lowest step is left out.
      name: ignored.

    Returns:
      tensor of the same shape.
    """
    for name, ends in (("min", min), ("max", max)):
        if ends.shape != inputs.shape[-1:]:
            got = ends.shape[0] if ends.ndim else 0
            raise _invalid(f"{name} has incorrect size, expected {inputs.shape[-1]} was {got}")
    return _body(inputs, min, max, num_bits, narrow_range)


class FakeQuantWithMinMaxVarsGradient(NamedTuple):
    backprops_wrt_input: Any
    backprop_wrt_min: Any
    backprop_wrt_max: Any


class FakeQuantWithMinMaxVarsPerChannelGradient(NamedTuple):
    backprops_wrt_input: Any
    backprop_wrt_min: Any
    backprop_wrt_max: Any


@op("gradients, inputs: float", differentiable=False)
def fake_quant_with_min_max_args_gradient(gradients, inputs, min=-6, max=6, num_bits=8, narrow_range=False, name=None):
    """The gradient of ``fake_quant_with_min_max_args``: zero outside of the range.

    Args:
      gradients: float32 tensor, the gradient of the result.
      inputs, min, max, num_bits, narrow_range: as there.
      name: ignored.
    """
    _checked_range(min, max)
    _, pullback = jax.vjp(lambda x: _body(x, jnp.float32(min), jnp.float32(max), num_bits, narrow_range), inputs)
    return pullback(gradients)[0]


def _vars_gradient(gradients, inputs, low, high, num_bits, narrow_range):
    _, pullback = jax.vjp(lambda x, a, b: _body(x, a, b, num_bits, narrow_range), inputs, low, high)
    return pullback(gradients)


@op("gradients, inputs: float; min: float; max: float", differentiable=False)
def fake_quant_with_min_max_vars_gradient(gradients, inputs, min, max, num_bits=8, narrow_range=False, name=None):
    """The gradients of ``fake_quant_with_min_max_vars``.

    Args:
      gradients: float32 tensor, the gradient of the result.
      inputs, min, max, num_bits, narrow_range: as there.
      name: ignored.

    Returns:
      (gradient of ``inputs``, of ``min``, of ``max``).
    """
    return FakeQuantWithMinMaxVarsGradient(*_vars_gradient(gradients, inputs, min, max, num_bits, narrow_range))


@op("gradients, inputs: float; min: float; max: float", differentiable=False)
def fake_quant_with_min_max_vars_per_channel_gradient(
    gradients, inputs, min, max, num_bits=8, narrow_range=False, name=None
):
    """The gradients of ``fake_quant_with_min_max_vars_per_channel``.

    Args:
      gradients: float32 tensor, the gradient of the result.
      inputs, min, max, num_bits, narrow_range: as there.
      name: ignored.

    Returns:
      (gradient of ``inputs``, of ``min``, of ``max``).
    """
    return FakeQuantWithMinMaxVarsPerChannelGradient(
        *_vars_gradient(gradients, inputs, min, max, num_bits, narrow_range)
    )
