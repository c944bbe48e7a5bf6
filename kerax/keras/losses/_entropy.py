"""Cross-entropies of arrays, with TensorFlow's values and gradients."""

from __future__ import annotations

import functools
from typing import Any

import jax
import jax.numpy as jnp

from kerax.keras.losses._arrays import clip


@functools.partial(jax.custom_jvp, nondiff_argnums=(2,))
def softmax_entropy(labels: Any, logits: Any, axis: int) -> Any:
    """``-sum(labels * log_softmax(logits))``; like TensorFlow's its gradient takes labels as summing to 1."""
    terms = labels * jax.nn.log_softmax(logits, axis)
    return -jnp.sum(terms, axis=axis, dtype=terms.dtype)


@softmax_entropy.defjvp
def _softmax_entropy_jvp(axis: int, primals: Any, tangents: Any) -> Any:
    labels, logits = primals
    d_labels, d_logits = tangents
    log_p = jax.nn.log_softmax(logits, axis)
    tangent = (jnp.exp(log_p) - labels) * d_logits - log_p * d_labels
    return softmax_entropy(labels, logits, axis), jnp.sum(tangent, axis=axis, dtype=tangent.dtype)


def sigmoid_entropy(labels: Any, logits: Any) -> Any:
    """``-labels * log(sigmoid(x)) - (1 - labels) * log(1 - sigmoid(x))``, stable for large ``|x|``."""
    positive = logits >= 0
    return jnp.where(positive, logits, 0) - logits * labels + jnp.log1p(jnp.exp(jnp.where(positive, -logits, logits)))


def _shapes_must_agree(y_true: Any, y_pred: Any, leading: bool = False) -> None:
    true, pred = y_true.shape, y_pred.shape[:-1] if leading else y_pred.shape
    if len(true) != len(pred):
        hint = (
            "Argument `output` must have rank (ndim) `target.ndim - 1`."
            if leading
            else ("Arguments `target` and `output` must have the same rank (ndim).")
        )
        raise ValueError(f"{hint} Received: target.shape={y_true.shape}, output.shape={y_pred.shape}")
    if true != pred:
        until = " up until the last dimension" if leading else ""
        raise ValueError(
            f"Arguments `target` and `output` must have the same shape{until}. Received: "
            f"target.shape={y_true.shape}, output.shape={y_pred.shape}"
        )


def binary_entropy(y_true: Any, y_pred: Any, from_logits: bool, epsilon: float, legacy: bool) -> Any:
    """Binary cross-entropy, elementwise; Keras 2 adds epsilon inside the logarithms."""
    if not legacy:
        _shapes_must_agree(y_true, y_pred)
    if from_logits:
        return sigmoid_entropy(y_true, y_pred)
    y_pred = clip(y_pred, epsilon, 1.0 - epsilon)
    extra = jnp.asarray(epsilon if legacy else 0.0, y_pred.dtype)
    other = jnp.maximum(1 - y_pred, 0)  # changes nothing, but keeps XLA from adding epsilon to the 1, which rounds it
    return -(y_true * jnp.log(y_pred + extra) + (1 - y_true) * jnp.log(other + extra))


def categorical_entropy(y_true: Any, y_pred: Any, from_logits: bool, axis: int, epsilon: float) -> Any:
    """Cross-entropy with one-hot (or soft) labels along an axis."""
    if y_true.ndim < 1:
        raise ValueError(
            "Arguments `target` and `output` must be at least rank 1. Received: "
            f"target.shape={y_true.shape}, output.shape={y_pred.shape}"
        )
    _shapes_must_agree(y_true, y_pred)
    if from_logits:
        return softmax_entropy(y_true, y_pred, axis)
    y_pred = y_pred / jnp.sum(y_pred, axis=axis, keepdims=True, dtype=y_pred.dtype)
    terms = y_true * jnp.log(clip(y_pred, epsilon, 1.0 - epsilon))
    return -jnp.sum(terms, axis=axis, dtype=terms.dtype)


def sparse_entropy(y_true: Any, y_pred: Any, from_logits: bool, axis: int, epsilon: float, legacy: bool) -> Any:
    """Cross-entropy with class indices; a class that does not exist gives NaN."""
    if legacy:
        y_pred = jnp.moveaxis(y_pred, axis, -1)
    elif axis not in (-1, y_pred.ndim - 1):
        raise ValueError(f"Only axis=-1 is currently supported. Received: axis={axis}")
    labels = y_true.astype(jnp.int64)
    if labels.ndim == y_pred.ndim and labels.shape[-1] == 1:
        labels = jnp.squeeze(labels, -1)
    if y_pred.ndim < 1:
        raise ValueError(f"Argument `output` must be at least rank 1. Received: output.shape={y_pred.shape}")
    _shapes_must_agree(labels, y_pred, leading=True)
    if not from_logits:
        y_pred = jnp.log(clip(y_pred, epsilon, 1 - epsilon))
    log_p = jax.nn.log_softmax(y_pred, -1)
    classes = y_pred.shape[-1]
    found = jnp.take_along_axis(log_p, jnp.clip(labels, 0, classes - 1)[..., None], axis=-1)[..., 0]
    exists = (labels >= 0) & (labels < classes)
    return jnp.where(exists, -found, jnp.asarray(jnp.nan, log_p.dtype))
