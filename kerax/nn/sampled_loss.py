"""Losses over many classes that look at a sample of them only."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core import dtypes
from kerax.core.op import composed, op
from kerax.core.tensor import convert_to_tensor
from kerax.math.casting import cast
from kerax.nn.loss import _cross_entropy, _sigmoid_cross_entropy
from kerax.random.candidates import log_uniform_candidate_sampler


@op("weights*; biases*; inputs: float; labels: int; sampled: int; true_count; sampled_count")
def _sampled_loss(weights, biases, inputs, labels, sampled, true_count, sampled_count, num_true, remove, softmax):
    dtype = inputs.dtype
    weights = weights[0] if len(weights) == 1 else jnp.concatenate(weights)
    biases = biases[0] if len(biases) == 1 else jnp.concatenate(biases)
    labels = labels.reshape(inputs.shape[0], num_true)
    true_logits = jnp.einsum("bd,btd->bt", inputs, weights[labels].astype(dtype)) + biases[labels].astype(dtype)
    logits = inputs @ weights[sampled].astype(dtype).T + biases[sampled].astype(dtype)
    if remove:
        hits = jnp.any(labels[:, :, None] == sampled, axis=1)
        logits = logits + jnp.where(hits, jnp.finfo(dtype).min, 0).astype(dtype)
    true_logits = true_logits - jnp.log(true_count).astype(dtype)
    logits = logits - jnp.log(sampled_count).astype(dtype)
    out = jnp.concatenate([true_logits, logits], axis=1)
    targets = jnp.concatenate([jnp.full_like(true_logits, 1 / num_true), jnp.zeros_like(logits)], axis=1)
    return _cross_entropy(out, targets) if softmax else jnp.sum(_sigmoid_cross_entropy.pure(out, targets), axis=1)


def _loss(
    weights: Any,
    biases: Any,
    labels: Any,
    inputs: Any,
    num_sampled: int,
    num_classes: int,
    num_true: int,
    sampled_values: Any,
    remove: bool,
    seed: Any,
    softmax: bool,
) -> Any:
    labels = cast(labels, dtypes.int64)
    inputs = convert_to_tensor(inputs)
    if sampled_values is None:
        sampled_values = log_uniform_candidate_sampler(labels, num_true, num_sampled, True, num_classes, seed=seed)
    sampled, true_count, sampled_count = sampled_values
    parts = [list(value) if isinstance(value, (list, tuple)) else [value] for value in (weights, biases)]
    if isinstance(biases, list) and biases and isinstance(biases[0], (int, float)):
        parts[1] = [convert_to_tensor(biases)]
    return _sampled_loss(
        *parts, inputs, labels, cast(sampled, dtypes.int64), true_count, sampled_count, num_true, bool(remove), softmax
    )


@composed
def nce_loss(
    weights: Any,
    biases: Any,
    labels: Any,
    inputs: Any,
    num_sampled: int,
    num_classes: int,
    num_true: int = 1,
    sampled_values: Any = None,
    remove_accidental_hits: bool = False,
    name: str | None = "nce_loss",
) -> Any:
    """Noise-contrastive estimation: telling the target classes from drawn ones, as yes-or-no questions.

    Args:
      weights: tensor [classes, dim], or a list of its parts along the classes.
      biases: tensor [classes].
      labels: int64 tensor [batch, num_true], the target classes.
      inputs: tensor [batch, dim].
      num_sampled: int, classes to draw for the batch.
      num_classes: int.
      num_true: int, target classes per example; each has a weight of ``1 / num_true``.
      sampled_values: what a ``tf.random.*_candidate_sampler`` returns; by default the log-uniform one's.
      remove_accidental_hits: bool, whether to leave out drawn classes that are target classes.
      name: str, optional.

    Returns:
      Tensor [batch] of losses.

    Source: https://proceedings.mlr.press/v9/gutmann10a.html

    >>> import kerax as tf
    >>> tf.nn.nce_loss(tf.ones([5, 2]), tf.zeros([5]), [[1], [2]], tf.ones([2, 2]), 3, 5).shape
    TensorShape([2])
    """
    return _loss(
        weights,
        biases,
        labels,
        inputs,
        num_sampled,
        num_classes,
        num_true,
        sampled_values,
        remove_accidental_hits,
        None,
        False,
    )


@composed
def sampled_softmax_loss(
    weights: Any,
    biases: Any,
    labels: Any,
    inputs: Any,
    num_sampled: int,
    num_classes: int,
    num_true: int = 1,
    sampled_values: Any = None,
    remove_accidental_hits: bool = True,
    seed: Any = None,
    name: str | None = "sampled_softmax_loss",
) -> Any:
    """The softmax cross entropy over the target classes and drawn ones, for training only.

    Args:
      weights: tensor [classes, dim], or a list of its parts along the classes.
      biases: tensor [classes].
      labels: int64 tensor [batch, num_true], the target classes.
      inputs: tensor [batch, dim].
      num_sampled: int, classes to draw for the batch.
      num_classes: int.
      num_true: int, target classes per example.
      sampled_values: what a ``tf.random.*_candidate_sampler`` returns; by default the log-uniform one's.
      remove_accidental_hits: bool, whether to leave out drawn classes that are target classes.
      seed: int or None, for the draw.
      name: str, optional.

    Returns:
      Tensor [batch] of losses.

    Source: https://arxiv.org/abs/1412.2007

    >>> import kerax as tf
    >>> tf.nn.sampled_softmax_loss(tf.ones([5, 2]), tf.zeros([5]), [[1], [2]], tf.ones([2, 2]), 3, 5).shape
    TensorShape([2])
    """
    return _loss(
        weights,
        biases,
        labels,
        inputs,
        num_sampled,
        num_classes,
        num_true,
        sampled_values,
        remove_accidental_hits,
        seed,
        True,
    )
