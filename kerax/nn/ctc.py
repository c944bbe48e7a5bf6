"""The loss of connectionist temporal classification (https://www.cs.toronto.edu/~graves/icml_2006.pdf)."""

from __future__ import annotations

import math
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from kerax.array_ops._known import known
from kerax.core import errors
from kerax.core.op import composed, op, static
from kerax.core.tensor import convert_to_tensor

# What stands for the logarithm of 0 at the start and the end of a sequence.
_LOG_0 = math.log(1e-307)


def _scores(logits: Any, labels: Any) -> tuple[Any, Any]:
    """Log-probabilities [time, batch] of emitting each label [.., labels] and the blank [.., 1]."""
    log_probs = jax.nn.log_softmax(logits)
    index = jnp.broadcast_to(labels.astype(jnp.int32), (logits.shape[0], *labels.shape))
    return jnp.take_along_axis(log_probs, index, axis=2), log_probs[:, :, :1]


def _steps(labels: Any) -> Any:
    """0 where label ``i + 1`` may follow label ``i`` at once, -inf where they are equal."""
    return jnp.where(labels[:, 1:] == labels[:, :-1], -jnp.inf, 0.0).astype(jnp.float32)


def _normal(label: Any, blank: Any) -> tuple[Any, Any, Any]:
    """States divided by their sum, and its logarithm."""
    total = jnp.logaddexp(
        jax.nn.logsumexp(label, axis=-1, keepdims=True), jax.nn.logsumexp(blank, axis=-1, keepdims=True)
    )
    return label - total, blank - total, total


def _shift(values: Any, fill: float, left: bool = False) -> Any:
    edge = jnp.full((values.shape[0], 1), fill, values.dtype)
    return jnp.concatenate([values[:, 1:], edge] if left else [edge, values[:, :-1]], axis=1)


# States are the start and the labels, ``label[:, 0 … n]``, and the blanks after them, ``blank[:, 0 … n]``.


def _forward(emitted: Any, silent: Any, steps: Any) -> tuple[Any, Any]:
    """Forward variables of all times, each normalized."""
    batch, count = emitted.shape[1:]
    initial = jnp.full((batch, count + 1), _LOG_0, jnp.float32)
    steps = jnp.concatenate([jnp.zeros((batch, min(count, 1)), jnp.float32), steps], axis=1)  # any label may start

    def advance(carry: Any, scores: Any) -> Any:
        label, blank = carry
        emit, quiet = scores
        reached = jnp.logaddexp(label[:, 1:], jnp.logaddexp(label[:, :-1] + steps, blank[:, :-1])) + emit
        start = jnp.full((batch, 1), -jnp.inf, jnp.float32)
        new = jnp.concatenate([start, reached], axis=1), jnp.logaddexp(label, blank) + quiet
        carry = _normal(*new)[:2]
        return carry, carry

    return lax.scan(advance, (initial.at[:, 0].set(0.0), initial), (emitted, silent))[1]


def _backward(emitted: Any, silent: Any, steps: Any, lengths: Any, mask: Any) -> tuple[Any, Any]:
    """Backward variables after each time, and the log-likelihood."""
    batch, count = emitted.shape[1:]
    end = jnp.where(jnp.arange(count + 1) == lengths[:, None], 0.0, _LOG_0).astype(jnp.float32)
    steps = jnp.concatenate([jnp.zeros((batch, min(count, 1)), jnp.float32), steps], axis=1)

    def retreat(carry: Any, scores: Any) -> Any:
        (label, blank), total = carry
        emit, quiet, real = scores
        real = real[:, None]
        onward = jnp.concatenate([label[:, 1:] + emit, jnp.full((batch, 1), -jnp.inf, jnp.float32)], axis=1)
        stay = jnp.concatenate([jnp.full((batch, 1), -jnp.inf, jnp.float32), label[:, 1:] + emit], axis=1)
        resting = blank + quiet
        step = jnp.concatenate([steps, jnp.zeros((batch, 1), jnp.float32)], axis=1)
        new_label = jnp.logaddexp(jnp.logaddexp(stay, resting), onward + step)
        new_label, new_blank, sum_ = _normal(new_label, jnp.logaddexp(resting, onward))
        new = jnp.where(real, new_label, end), jnp.where(real, new_blank, end)
        return (new, total + jnp.where(real, sum_, 0)[:, 0]), (label, blank)

    start = ((end, end), jnp.zeros(batch, jnp.float32))
    (first, total), after = lax.scan(retreat, start, (emitted, silent, mask), reverse=True)
    return after, first[0][:, 0] + total


@jax.custom_jvp
def _negative_log_likelihood(logits: Any, labels: Any, lengths: Any, mask: Any, impossible: Any) -> Any:
    emitted, silent = _scores(logits, labels)
    return jnp.where(impossible, jnp.inf, -_backward(emitted, silent, _steps(labels), lengths, mask)[1])


@_negative_log_likelihood.defjvp
def _negative_log_likelihood_jvp(primals: Any, tangents: Any) -> Any:
    logits, labels, lengths, mask, impossible = primals
    emitted, silent = _scores(logits, labels)
    steps = _steps(labels)
    (label, blank), log_likelihood = _backward(emitted, silent, steps, lengths, mask)
    ahead = _forward(emitted, silent, steps)
    label, blank, _ = _normal(label + ahead[0], blank + ahead[1])
    spoken = jnp.einsum(
        "tbn,bnc->tbc", jnp.exp(label[:, :, 1:]), jax.nn.one_hot(labels, logits.shape[-1], dtype=jnp.float32)
    )
    spoken = spoken.at[:, :, 0].set(jnp.sum(jnp.exp(blank), axis=-1))
    spoken = jnp.where(impossible[:, None], 0, spoken)
    slope = jnp.where(mask[:, :, None], jax.nn.softmax(logits) - spoken, 0)
    return jnp.where(impossible, jnp.inf, -log_likelihood), jnp.sum(slope * tangents[0], axis=(0, 2))


@op("logits: float; labels: int; label_length: int; logit_length: int", name="CTCLoss")
def _ctc_loss(logits, labels, label_length, logit_length, time_major, blank, strict):
    dtype = logits.dtype
    x = logits.astype(jnp.float32)
    x = x if time_major else jnp.moveaxis(x, 0, 1)
    x = jnp.concatenate([x[:, :, blank : blank + 1], x[:, :, :blank], x[:, :, blank + 1 :]], axis=2)
    labels = jnp.where(labels < blank, labels + 1, labels)
    mask = jnp.arange(x.shape[0])[:, None] < logit_length
    impossible = jnp.zeros(label_length.shape, bool)
    if strict:
        inside = jnp.arange(1, labels.shape[1]) < label_length[:, None]
        repeats = jnp.sum(inside & (labels[:, 1:] == labels[:, :-1]), axis=1)
        impossible = label_length + repeats > logit_length
    return _negative_log_likelihood(x, labels, label_length, mask, impossible).astype(dtype)


@composed
def ctc_loss(
    labels: Any,
    logits: Any,
    label_length: Any,
    logit_length: Any,
    logits_time_major: bool = True,
    unique: Any = None,
    blank_index: int | None = None,
    name: str | None = None,
) -> Any:
    """Minus the log-probability of label sequences under all their alignments with frames.

    Args:
      labels: int tensor [batch, labels], padded with anything behind ``label_length``; or a SparseTensor of them.
      logits: float tensor [frames, batch, classes], or [batch, frames, classes] if not ``logits_time_major``.
      label_length: int tensor [batch]; without effect for sparse labels.
      logit_length: int tensor [batch], frames of each sequence.
      logits_time_major: bool.
      unique: the result of ``tf.nn.ctc_unique_labels(labels)``; a hint that the result does not depend on.
      blank_index: int, the class that stands for no label, from the end if negative; 0 by default for dense labels.
      name: str, optional.

    Returns:
      Tensor [batch] of losses; infinite where sparse labels need more frames than there are.

    Raises:
      ValueError: no ``blank_index`` for sparse labels.
      InvalidArgumentError: a sequence is longer than the logits, or a sparse label is no class.

    >>> import kerax as tf
    >>> loss = tf.nn.ctc_loss([[1]], tf.zeros([2, 1, 2]), label_length=[1], logit_length=[2])
    >>> round(float(loss[0]), 4)  # three of four paths
    0.2877
    """
    sparse = hasattr(labels, "dense_shape")
    if sparse and blank_index is None:
        raise ValueError("Argument `blank_index` must be provided when `labels` is a `SparseTensor`.")
    logits = convert_to_tensor(logits)
    if logits.shape.rank != 3:
        raise errors.InvalidArgumentError(None, None, f"logits must have rank 3, not {logits.shape.rank}")
    blank = 0 if blank_index is None else int(static(blank_index, "blank_index"))
    blank += logits.shape[2] if blank < 0 else 0
    logit_length = convert_to_tensor(logit_length)
    if sparse:
        frames = logits.shape[0 if logits_time_major else 1]
        labels, label_length = _dense_labels(labels, logit_length, frames, logits.shape[2])
    return _ctc_loss(logits, labels, label_length, logit_length, bool(logits_time_major), blank, sparse)


@op("indices: int; values: int", differentiable=False)
def _fill_labels(indices, values, shape):
    dense = jnp.zeros(shape, values.dtype).at[indices[:, 0], indices[:, 1]].set(values)
    return dense, jnp.zeros(shape[0], jnp.int32).at[indices[:, 0]].add(1)


def _dense_labels(labels: Any, logit_length: Any, frames: int, classes: int) -> tuple[Any, Any]:
    shape = tuple(int(size) for size in static(labels.dense_shape, "dense_shape"))
    dense, count = _fill_labels(labels.indices, labels.values, shape)
    rows, counts, lengths = known(dense), known(count), known(logit_length)
    if rows is not None and counts is not None and lengths is not None:
        if (lengths > frames).any():
            raise errors.InvalidArgumentError(None, None, f"sequence_length must be <= {frames}")
        real = np.arange(shape[1]) < counts[:, None]
        if (real & ((rows < 0) | (rows >= classes))).any():
            raise errors.InvalidArgumentError(None, None, f"Saw a label outside of [0, {classes})")
    return dense, count


@op("labels: int", host=True, differentiable=False)
def ctc_unique_labels(labels, name=None):
    """The different labels of each sequence, and which of them each label is.

    Args:
      labels: int tensor [batch, labels].
      name: str, optional.

    Returns:
      [int64 [batch, labels], padded with 0; int32 [batch, labels]].

    >>> import kerax as tf
    >>> tf.nn.ctc_unique_labels([[3, 4, 3]])[0].numpy()
    array([[3, 4, 0]])
    """
    names, places = np.zeros(labels.shape, np.int64), np.zeros(labels.shape, np.int32)
    for row, line in enumerate(labels):
        values, first, inverse = np.unique(line, return_index=True, return_inverse=True)
        order = np.argsort(first)
        names[row, : values.size] = values[order]
        places[row] = np.argsort(order)[inverse]
    return [names, places]


@op("labels; seq_length: int", host=True, differentiable=False)
def collapse_repeated(labels, seq_length, name=None):
    """Sequences in which equal neighbours are one.

    Args:
      labels: tensor [batch, length].
      seq_length: int tensor [batch], the true lengths.
      name: str, optional.

    Returns:
      (tensor [batch, longest], padded with 0; their lengths).

    >>> import kerax as tf
    >>> tf.nn.collapse_repeated([[1, 1, 2, 2, 1]], [5])[0].numpy()
    array([[1, 2, 1]], dtype=int32)
    """
    keep = np.ones(labels.shape, bool)
    keep[:, 1:] = labels[:, 1:] != labels[:, :-1]
    keep &= np.arange(labels.shape[1]) < seq_length[:, None]
    lengths = keep.sum(axis=1)
    out = np.zeros((labels.shape[0], int(lengths.max(initial=0))), labels.dtype)
    out[np.arange(out.shape[1]) < lengths[:, None]] = labels[keep]
    return out, lengths.astype(seq_length.dtype)
