"""Elementwise merging of masked inputs, as Keras 3 has it for products and extrema."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core.op import op
from kerax.math.arithmetic import maximum as _maximum
from kerax.math.arithmetic import minimum as _minimum

EXTREMA = {"maximum": _maximum.pure, "minimum": _minimum.pure}


def mask_of(x: Any) -> Any:
    """The mask that travels with a tensor, or None."""
    return getattr(x, "_keras_mask", None)


def _unpacked(inputs: Any, masks: Any, masked: Any) -> list[tuple[Any, Any]]:
    """Pairs of input and mask of its shape (None: no mask); ``masked`` says which inputs have one."""
    found = iter(masks)
    return [
        (x, jnp.broadcast_to(next(found)[..., None], x.shape) if has else None)
        for x, has in zip(inputs, masked, strict=True)
    ]


@op("inputs*; masks*")
def _extreme(inputs, masks, masked, kind):
    pairs = _unpacked(inputs, masks, masked)
    out, out_mask = pairs[0]
    for x, mask in pairs[1:]:
        if mask is not None:
            x = jnp.where(mask, x, out)
        if out_mask is not None:
            out = jnp.where(out_mask, out, x)
        out_mask = None if mask is None or out_mask is None else out_mask | mask
        out = EXTREMA[kind](out, x)
    return out if out_mask is None else (out, jnp.any(out_mask, axis=-1))


@op("inputs*; masks*")
def _product(inputs, masks, masked):
    out = out_mask = None
    for x, mask in _unpacked(inputs, masks, masked):
        if mask is not None:
            x = jnp.where(mask, x, jnp.ones((), x.dtype))
            out_mask = mask if out_mask is None else out_mask | mask
        out = x if out is None else out * x
    if not all(masked):
        return out
    return jnp.where(out_mask, out, jnp.zeros((), out.dtype)), jnp.any(out_mask, axis=-1)


def _with_mask(out: Any) -> Any:
    if isinstance(out, tuple):
        out, mask = out
        out._keras_mask = mask
    return out


def extreme(inputs: list[Any], masks: list[Any], kind: str) -> Any:
    """The largest or smallest of the unmasked inputs, elementwise, with its mask on it."""
    present = [mask for mask in masks if mask is not None]
    return _with_mask(_extreme(inputs, present, tuple(mask is not None for mask in masks), kind))


def product(inputs: list[Any], masks: list[Any]) -> Any:
    """The product of the unmasked inputs, 0 where all are masked, with its mask on it."""
    present = [mask for mask in masks if mask is not None]
    return _with_mask(_product(inputs, present, tuple(mask is not None for mask in masks)))
