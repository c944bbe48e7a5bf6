"""What attention of several heads shares: masks, and the product of scores and values."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from kerax.array_ops import expand_dims
from kerax.core.op import op


@op("query_mask; value_mask; key_mask; attention_mask")
def _joined(query_mask, value_mask, key_mask, attention_mask, lengths, causal, window):
    """All masks in one ``bool [batch, .., queries, keys]``."""
    parts = []
    if query_mask is not None:
        parts.append(query_mask.astype(bool)[..., :, None])
    for mask in (value_mask, key_mask):
        if mask is not None:
            parts.append(mask.astype(bool)[..., None, :])
    rows, columns = jnp.arange(lengths[0])[:, None], jnp.arange(lengths[1])[None, :]
    if causal:
        parts.append((rows >= columns)[None])
    if window is not None:
        parts.append((jnp.abs(rows - columns) < window)[None])
    if attention_mask is not None:
        parts.insert(0, attention_mask.astype(bool))
    found = parts[0]
    for part in parts[1:]:
        found = found & part
    return found


def joined_mask(
    query: Any,
    value: Any,
    query_mask: Any = None,
    value_mask: Any = None,
    key_mask: Any = None,
    attention_mask: Any = None,
    use_causal_mask: bool = False,
    sliding_window: int | None = None,
) -> Any:
    """The mask of scores that all masks together make, None if there is none."""
    automatic = [query_mask, value_mask, key_mask]
    if all(mask is None for mask in automatic) and not use_causal_mask and sliding_window is None:
        return attention_mask
    lengths = (int(query.shape[1]), int(value.shape[1]))
    return _joined(*automatic, attention_mask, lengths, bool(use_causal_mask), sliding_window)


def with_heads(mask: Any, rank: int, attended: int = 1) -> Any:
    """A mask with axes put in for the heads, up to the rank of the scores."""
    for _ in range(rank - len(mask.shape)):
        mask = expand_dims(mask, -attended * 2 - 1)
    return mask


@op("query, key, value; mask")
def _flash_attend(query, key, value, mask, scale, causal):
    kept = None if mask is None else mask.astype(bool)
    return jax.nn.dot_product_attention(
        query, key, value, mask=kept, scale=scale, is_causal=causal, implementation="cudnn"
    )


@op("query, key, value; mask")
def _attend(query, key, value, mask, scale, causal):
    wide = jnp.promote_types(query.dtype, jnp.float32)
    scores = jnp.einsum("btnh,bsnh->bnts", query, key, preferred_element_type=wide) * jnp.asarray(scale, wide)
    kept = None if mask is None else mask.astype(bool)
    if causal:
        triangle = jnp.tril(jnp.ones(scores.shape[-2:], bool))
        kept = triangle if kept is None else kept & triangle
    if kept is not None:
        scores = jnp.where(kept, scores, jnp.asarray(-0.7 * jnp.finfo(wide).max, wide))
    weights = jax.nn.softmax(scores, axis=-1).astype(key.dtype)
    return jnp.einsum("bnts,bsnh->btnh", weights, value)


def attend(query: Any, key: Any, value: Any, mask: Any, scale: float, causal: bool, flash: bool) -> Any:
    """``softmax(scale * query @ key.T) @ value``, head by head.

    Args:
      query, key, value: floats ``[batch, time, heads, size]``.
      mask: bool ``[batch or 1, heads or 1, queries, keys]``, or None.
      scale: float.
      causal: bool, whether positions see only themselves and earlier ones.
      flash: bool, whether to use cuDNN's flash attention.

    Returns:
      Tensor ``[batch, queries, heads, size of value]``.

    Raises:
      ValueError: flash attention without a GPU.
    """
    if flash and jax.default_backend() != "gpu":
        raise ValueError(
            "Flash attention needs a GPU with cuDNN; this program runs on "
            f"{jax.default_backend()}. Leave out `flash_attention=True` and "
            "`keras.config.enable_flash_attention()`: the result is the same."
        )
    if flash:
        return _flash_attend(query, key, value, mask, scale, causal)
    return _attend(query, key, value, mask, scale, causal)


@op("x, y")
def product(x, y, equation):
    """``einsum(equation, x, y)``."""
    return jnp.einsum(equation, x, y)


@op("x")
def scaled(x, scale):
    """``x * scale``."""
    return x * jnp.asarray(scale, x.dtype)
