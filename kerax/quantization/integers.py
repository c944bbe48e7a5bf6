"""Floating point values as small integers and back: ``quantize``, ``dequantize``, ``quantize_and_dequantize``."""

from __future__ import annotations

import functools
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes, errors
from kerax.core.op import op
from kerax.quantization.fake import through

_TYPES = ("qint8", "quint8", "qint32", "qint16", "quint16")
_MODES = ("MIN_COMBINED", "MIN_FIRST", "SCALED")


def _invalid(message: str) -> Exception:
    return errors.InvalidArgumentError(None, None, message)


def _check(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        listed = ", ".join(f'"{item}"' for item in allowed)
        raise _invalid(f"Value for attr '{name}' of \"{value}\" is not in the list of allowed values: {listed}")


def _away(x: Any) -> Any:
    """Rounded, halves away from zero."""
    return jnp.trunc(x + jnp.copysign(0.5, x))


def _channels(value: Any, axis: int | None, rank: int) -> Any:
    """A range's end for each element of a dimension, in a shape that broadcasts."""
    if axis is None or axis < 0:
        if value.ndim:
            raise _invalid(f"The range must be scalars unless an axis is given, received shape {list(value.shape)}")
        return value
    shape = [1] * rank
    shape[axis] = -1
    return value.reshape(shape) if value.ndim else value


class QuantizeV2(NamedTuple):
    output: Any
    output_min: Any
    output_max: Any


class QuantizedConcat(NamedTuple):
    output: Any
    output_min: Any
    output_max: Any


def quantize(
    input: Any,
    min_range: Any,
    max_range: Any,
    T: Any,
    mode: str = "MIN_COMBINED",
    round_mode: str = "HALF_AWAY_FROM_ZERO",
    name: str | None = None,
    narrow_range: bool = False,
    axis: int | None = None,
    ensure_minimum_range: float = 0.01,
) -> Any:
    """Values as integers of few bits.

    Args:
      input: float32 tensor of any shape.
      min_range, max_range: float32 scalars, or one for each element of ``axis``: the values of the least and the
        greatest integer; made to hold 0.
      T: ``tf.qint8``, ``tf.quint8``, ``tf.qint16``, ``tf.quint16`` or ``tf.qint32``.
      mode: ``"MIN_COMBINED"``, ``"MIN_FIRST"`` or ``"SCALED"`` (0 is 0, no offset).
      round_mode: ``"HALF_AWAY_FROM_ZERO"``, or with ``"SCALED"`` ``"HALF_TO_EVEN"``.
      name: ignored.
      narrow_range: bool, whether the least integer is left out (``"SCALED"``).
      axis: int, the dimension with ranges of its own; None for one range.
      ensure_minimum_range: float, the least extent of the range.

    Returns:
      (output, output_min, output_max): the integers, and the range that they cover.

    Differs from TensorFlow: the dtype of the output is the plain integer type, such as int8 for ``tf.qint8``.

    >>> import kerax as tf
    >>> tf.quantization.quantize(tf.constant([0., 1.]), 0., 1., tf.quint8).output.numpy()
    array([  0, 255], dtype=uint8)
    """
    kind = dtypes.as_dtype(T)
    if kind.name not in _TYPES:
        raise _invalid(f"Value for attr 'T' of {kind.name} is not in the list of allowed values: {', '.join(_TYPES)}")
    _check("mode", mode, _MODES)
    _check("round_mode", round_mode, ("HALF_AWAY_FROM_ZERO", "HALF_TO_EVEN"))
    if round_mode == "HALF_TO_EVEN" and mode != "SCALED":
        raise _invalid("Round mode 'HALF_TO_EVEN' only supported for mode 'SCALED', b ut mode is '" + mode + "'.")
    return _quantize(input, min_range, max_range, kind, mode, round_mode, narrow_range, axis, ensure_minimum_range)


@op("input: float; min_range: float; max_range: float", name="QuantizeV2", differentiable=False)
def _quantize(input, min_range, max_range, kind, mode, round_mode, narrow_range, axis, ensure_minimum_range):
    limits = np.iinfo(kind.dtype)
    low = jnp.minimum(0.0, min_range)
    extent = jnp.maximum(1.0, jnp.maximum(jnp.abs(min_range), jnp.abs(max_range))) * ensure_minimum_range
    high = jnp.maximum(0.0, jnp.maximum(max_range, low + extent))
    spread = functools.partial(_channels, axis=axis, rank=input.ndim)
    if mode == "SCALED":
        least, most = float(limits.min + narrow_range), float(limits.max)
        scale = jnp.minimum(_factor(least, low), _factor(most, high))
        low, high = least / scale, most / scale
        scaled = jnp.clip(input, spread(low), spread(high)) * spread(scale)
        whole = jnp.round(scaled) if round_mode == "HALF_TO_EVEN" else _away(scaled)
    elif mode == "MIN_FIRST":
        scale = (limits.max - limits.min) / (high - low)
        whole = _away(input * spread(scale)) - spread(_away(low * scale)) + limits.min
    else:
        scale = (limits.max - limits.min) / (high - low)
        half = (float(limits.max) - limits.min + 1) / 2 if kind.name.startswith("qint") else 0.0
        whole = _away((jnp.clip(input, spread(low), spread(high)) - spread(low)) * spread(scale) - half)
    output = jnp.clip(whole, limits.min, limits.max).astype(kind.dtype)
    return QuantizeV2(output, low.astype(jnp.float32), high.astype(jnp.float32))


def _factor(step: float, end: Any) -> Any:
    """Integers per unit on one side of 0; enormous where that side is empty."""
    return jnp.where(step * end > 0, step / jnp.where(end == 0, 1.0, end), np.finfo(np.float32).max)


def dequantize(
    input: Any,
    min_range: Any,
    max_range: Any,
    mode: str = "MIN_COMBINED",
    name: str | None = None,
    axis: int | None = None,
    narrow_range: bool = False,
    dtype: Any = dtypes.float32,
) -> Any:
    """Integers of few bits as the values they stand for.

    Args:
      input: tensor of int8, uint8, int16, uint16 or int32.
      min_range, max_range: float32 scalars, or one for each element of ``axis``.
      mode: ``"MIN_COMBINED"``, ``"MIN_FIRST"`` or ``"SCALED"``, as for ``quantize``.
      name: ignored.
      axis: int, the dimension with ranges of its own; None for one range.
      narrow_range: bool, whether the least integer is left out (``"SCALED"``).
      dtype: float32, or bfloat16 with ``"MIN_COMBINED"``.

    Returns:
      tensor of ``dtype`` and the same shape.

    >>> import kerax as tf
    >>> tf.quantization.dequantize(tf.constant([0, 255], tf.uint8), 0., 1.).numpy()
    array([0., 1.], dtype=float32)
    """
    _check("mode", mode, _MODES)
    kind = dtypes.as_dtype(dtype)
    if kind.name == "bfloat16" and mode != "MIN_COMBINED":
        raise _invalid(f"When output type is bfloat16, Mode string must be 'MIN_COMBINED', is '{mode}'")
    return _dequantize(input, min_range, max_range, mode, -1 if axis is None else axis, narrow_range, kind)


@op("input: int; min_range: float; max_range: float", name="Dequantize", differentiable=False)
def _dequantize(input, min_range, max_range, mode, axis, narrow_range, kind):
    limits = np.iinfo(input.dtype)
    values = input.astype(jnp.float32)
    spread = functools.partial(_channels, axis=axis, rank=input.ndim)
    if mode == "SCALED":
        least, most = float(limits.min + narrow_range), float(limits.max)
        scale = max_range / most
        if limits.min:
            scale = jnp.maximum(jnp.where(min_range < 0, min_range / least, 0.0), scale)
        out = values * spread(scale)
    else:
        steps = float(limits.max) - limits.min
        step = (max_range - min_range) / steps
        if mode == "MIN_FIRST":
            nearest = _away(min_range * (steps / (max_range - min_range)))
            out = (values - limits.min) * spread(step) + spread(nearest * step)
        else:
            half = (float(limits.max) - limits.min + 1) / 2 if limits.min else 0.0
            out = (values + half) * spread(step) + spread(min_range)
    return out.astype(kind.dtype)


def quantize_and_dequantize_v2(
    input: Any,
    input_min: Any,
    input_max: Any,
    signed_input: bool = True,
    num_bits: int = 8,
    range_given: bool = False,
    round_mode: str = "HALF_TO_EVEN",
    name: str | None = None,
    narrow_range: bool = False,
    axis: int | None = None,
) -> Any:
    """Values rounded to those that ``num_bits`` can stand for: quantized and dequantized in one step.

    Args:
      input: floating point tensor of any shape.
      input_min, input_max: scalars, or one for each element of ``axis``; used where ``range_given``.
      signed_input: bool, whether the integers between have a sign.
      num_bits: int, 1 … 62.
      range_given: bool, whether the range is given rather than that of the values.
      round_mode: ``"HALF_TO_EVEN"`` or ``"HALF_UP"``.
      name: ignored.
      narrow_range: bool, whether the least integer is left out.
      axis: int, the dimension with ranges of its own; None for one range.

    Returns:
      tensor of the same shape and dtype; its gradient goes straight through inside of the range.

    Raises:
      errors.InvalidArgumentError: another number of bits, or an empty range.
    """
    _check("round_mode", round_mode, ("HALF_TO_EVEN", "HALF_UP"))
    if not signed_input < num_bits <= 62 + signed_input:
        raise _invalid(f"num_bits is out of range: {num_bits} with signed_input_ {int(signed_input)}")
    settings = bool(signed_input), num_bits, bool(range_given), round_mode, bool(narrow_range)
    _require_range(input_min, input_max, range_given)
    return _quantize_and_dequantize(input, input_min, input_max, *settings, -1 if axis is None else axis)


def _require_range(low: Any, high: Any, given: bool) -> None:
    if not given or any(isinstance(getattr(end, "_value", None), jax.core.Tracer) for end in (low, high)):
        return
    first, last = np.asarray(low), np.asarray(high)
    if (first > last).any():
        raise _invalid(f"Invalid range: input_min {first.min():g} > input_max {last.max():g}")


def quantize_and_dequantize(
    input: Any,
    input_min: Any,
    input_max: Any,
    signed_input: bool = True,
    num_bits: int = 8,
    range_given: bool = False,
    round_mode: str = "HALF_TO_EVEN",
    name: str | None = None,
    narrow_range: bool = False,
    axis: int | None = None,
) -> Any:
    """The older name of ``quantize_and_dequantize_v2``.

    Args:
      input, input_min, input_max, signed_input, num_bits, range_given, round_mode, name, narrow_range, axis: as
        there.
    """
    return quantize_and_dequantize_v2(
        input, input_min, input_max, signed_input, num_bits, range_given, round_mode, name, narrow_range, axis
    )


@op("input, input_min, input_max: float", name="QuantizeAndDequantizeV4")
def _quantize_and_dequantize(
    input, input_min, input_max, signed_input, num_bits, range_given, round_mode, narrow_range, axis
):
    if not range_given:
        others = None if axis < 0 else tuple(i for i in range(input.ndim) if i != axis)
        values = jax.lax.stop_gradient(input)
        input_min, input_max = values.min(others), values.max(others)
    low, high = (_channels(end, axis, input.ndim) for end in (input_min, input_max))
    least = float(-(2 ** (num_bits - 1)) + narrow_range) if signed_input else float(narrow_range)
    most = float(2 ** (num_bits - 1) - 1 if signed_input else 2**num_bits - 1)
    below, above = _factor(least, low), _factor(most, high)
    by_min = below < above
    scale = jnp.where(by_min, below, above)
    step = jnp.where(by_min, low / (least or 1.0), high / most)
    start, end = jnp.where(by_min, low, least * step), jnp.where(by_min, most * step, high)
    scaled = (jnp.clip(input, start, end) if range_given else input) * scale
    whole = jnp.round(scaled) if round_mode == "HALF_TO_EVEN" else jnp.floor(scaled + 0.5)
    return through(input, low, high, jax.lax.stop_gradient((whole * step).astype(input.dtype)))


@op("concat_dim: int; values*: int; input_mins*: float; input_maxes*: float", differentiable=False)
def _quantized_concat(concat_dim, values, input_mins, input_maxes, axis):
    low, high = jnp.min(jnp.stack(input_mins)), jnp.max(jnp.stack(input_maxes))
    limits = np.iinfo(values[0].dtype)
    low = jnp.where(limits.min < 0, -jnp.maximum(jnp.abs(low), jnp.abs(high)), jnp.minimum(low, 0.0))
    high = jnp.where(limits.min < 0, -low, high)
    parts = []
    for value, start, end in zip(values, input_mins, input_maxes, strict=True):
        step = (end - start) / (float(limits.max) - limits.min)
        real = (value.astype(jnp.float32) - limits.min) * step + start
        whole = _away((real - low) * (float(limits.max) - limits.min) / (high - low)) + limits.min
        parts.append(jnp.where((start == low) & (end == high), value, jnp.clip(whole, limits.min, limits.max)))
    output = jnp.concatenate([part.astype(values[0].dtype) for part in parts], axis)
    return QuantizedConcat(output, low, high)


def quantized_concat(concat_dim: Any, values: Any, input_mins: Any, input_maxes: Any, name: str | None = None) -> Any:
    """Quantized tensors one after the other, in one range that holds all of theirs.

    Args:
      concat_dim: int, the dimension.
      values: list of integer tensors of one dtype.
      input_mins, input_maxes: lists of float32 scalars, their ranges.
      name: ignored.

    Returns:
      (output, output_min, output_max).
    """
    return _quantized_concat(concat_dim, values, input_mins, input_maxes, int(concat_dim))
