"""Keras 2's ``K`` functions of numbers: arithmetic, reductions, products, activations and losses."""

from __future__ import annotations

from typing import Any

import numpy as np

import kerax.array_ops as tf
from kerax import math
from kerax import nn as tf_nn
from kerax.core.tensor import convert_to_tensor
from kerax.keras import losses
from kerax.keras.engine.settings import epsilon, floatx
from kerax.keras.losses.crossentropy import logits_of
from kerax.math.casting import cast
from kerax.math.clip import clip_by_value
from kerax.math.products import matmul


def _floats(x: Any) -> Any:
    """Booleans as floatx."""
    return cast(x, floatx()) if str(getattr(x.dtype, "name", x.dtype)) == "bool" else x


# --- reductions -----------------------------------------------------------------------------------------------------
def sum(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """The sum over axes."""
    return math.reduce_sum(x, axis, keepdims)


def prod(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """The product over axes."""
    return math.reduce_prod(x, axis, keepdims)


def mean(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """The mean over axes."""
    return math.reduce_mean(_floats(x), axis, keepdims)


def var(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """The variance over axes."""
    return math.reduce_variance(_floats(x), axis=axis, keepdims=keepdims)


def std(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """The standard deviation over axes."""
    return math.reduce_std(_floats(x), axis=axis, keepdims=keepdims)


def max(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """The greatest value over axes."""
    return math.reduce_max(x, axis, keepdims)


def min(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """The least value over axes."""
    return math.reduce_min(x, axis, keepdims)


def any(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """Whether at least one element over axes is true."""
    return math.reduce_any(cast(x, "bool"), axis, keepdims)


def all(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """Whether all elements over axes are true."""
    return math.reduce_all(cast(x, "bool"), axis, keepdims)


def argmax(x: Any, axis: int = -1) -> Any:
    """The index of the greatest value along an axis, int64."""
    return math.argmax(x, axis)


def argmin(x: Any, axis: int = -1) -> Any:
    """The index of the least value along an axis, int64."""
    return math.argmin(x, axis)


def cumsum(x: Any, axis: int = 0) -> Any:
    """The cumulative sum along an axis."""
    return math.cumsum(x, axis=axis)


def cumprod(x: Any, axis: int = 0) -> Any:
    """The cumulative product along an axis."""
    return math.cumprod(x, axis=axis)


# --- element by element -----------------------------------------------------------------------------------------------
def abs(x: Any) -> Any:
    """The magnitude."""
    return math.abs(x)


def square(x: Any) -> Any:
    """The square."""
    return math.square(x)


def sqrt(x: Any) -> Any:
    """The square root; of negative numbers 0."""
    return math.sqrt(math.maximum(x, convert_to_tensor(0, x.dtype)))


def exp(x: Any) -> Any:
    """The exponential."""
    return math.exp(x)


def log(x: Any) -> Any:
    """The natural logarithm."""
    return math.log(x)


def sin(x: Any) -> Any:
    """The sine."""
    return math.sin(x)


def cos(x: Any) -> Any:
    """The cosine."""
    return math.cos(x)


def round(x: Any) -> Any:
    """The nearest whole number, halves to even."""
    return math.round(x)


def sign(x: Any) -> Any:
    """The sign: -1, 0 or 1."""
    return math.sign(x)


def pow(x: Any, a: Any) -> Any:
    """``x`` to the power ``a``."""
    return math.pow(x, a)


def clip(x: Any, min_value: Any, max_value: Any) -> Any:
    """The numbers brought into an interval; None for an open end."""
    if isinstance(min_value, (int, float)) and isinstance(max_value, (int, float)) and max_value < min_value:
        max_value = min_value
    low = -np.inf if min_value is None else min_value
    return clip_by_value(x, low, np.inf if max_value is None else max_value)


def maximum(x: Any, y: Any) -> Any:
    """The greater of two values."""
    return math.maximum(x, y)


def minimum(x: Any, y: Any) -> Any:
    """The lesser of two values."""
    return math.minimum(x, y)


def equal(x: Any, y: Any) -> Any:
    """Whether values are equal."""
    return math.equal(x, y)


def not_equal(x: Any, y: Any) -> Any:
    """Whether values differ."""
    return math.not_equal(x, y)


def greater(x: Any, y: Any) -> Any:
    """Whether ``x > y``."""
    return math.greater(x, y)


def greater_equal(x: Any, y: Any) -> Any:
    """Whether ``x >= y``."""
    return math.greater_equal(x, y)


def less(x: Any, y: Any) -> Any:
    """Whether ``x < y``."""
    return math.less(x, y)


def less_equal(x: Any, y: Any) -> Any:
    """Whether ``x <= y``."""
    return math.less_equal(x, y)


# --- products -----------------------------------------------------------------------------------------------------
def dot(x: Any, y: Any) -> Any:
    """The product of the last axis of ``x`` with the last but one of ``y``."""
    if hasattr(x, "dense_shape"):
        from kerax.sparse import sparse_dense_matmul

        return sparse_dense_matmul(x, y)
    if len(x.shape) > 2 or len(y.shape) > 2:
        from kerax.linalg import tensordot

        rank = len(y.shape)
        return tensordot(x, y, [[len(x.shape) - 1], [rank - 2 if rank > 1 else 0]])
    return matmul(x, y)


def batch_dot(x: Any, y: Any, axes: Any = None) -> Any:
    """The product over one axis of each of two batches of tensors.

    Args:
      x: tensor of rank 2 at least.
      y: tensor of rank 2 at least, of the same batch size.
      axes: int, or pair of ints: the axis of each; by default the last of ``x`` and the last but one of ``y``.

    Raises:
      ValueError: ranks, sizes or axes that do not fit.
    """
    x_rank, y_rank = len(x.shape), len(y.shape)
    if x_rank < 2 or y_rank < 2:
        raise ValueError(
            f"Cannot do batch_dot on inputs with rank < 2. Received inputs with tf.shapes {x.shape} and {y.shape}."
        )
    if None not in (x.shape[0], y.shape[0]) and x.shape[0] != y.shape[0]:
        raise ValueError(
            "Cannot do batch_dot on inputs with different batch sizes. "
            f"Received inputs with tf.shapes {x.shape} and {y.shape}."
        )
    if axes is None:
        axes = [x_rank - 1, y_rank - 1 if y_rank == 2 else y_rank - 2]
    elif isinstance(axes, int):
        axes = [axes, axes]
    for axis in axes:
        if isinstance(axis, (list, tuple)):
            raise ValueError(
                f"Multiple target dimensions are not supported. Expected: None, int, (int, int), Provided: {axes}"
            )
    a, b = axes[0] % x_rank if axes[0] < 0 else axes[0], axes[1] % y_rank if axes[1] < 0 else axes[1]
    if 0 in (a, b):
        raise ValueError(
            "Cannot perform batch_dot over axis 0. If your inputs are not batched, add a dummy batch dimension to your "
            "inputs using K.expand_dims(x, 0)"
        )
    if None not in (x.shape[a], y.shape[b]) and x.shape[a] != y.shape[b]:
        raise ValueError(
            f"Cannot do batch_dot on inputs with tf.shapes {x.shape} and {y.shape} with axes={[a, b]}. "
            f"x.shape[{a}] != y.shape[{b}] ({x.shape[a]} != {y.shape[b]})."
        )
    from kerax.linalg import einsum

    letters = "bcdefghijklmnopqrstuvwxyz"
    first = ["a" if i == 0 else letters[i] for i in range(x_rank)]
    second = ["a" if i == 0 else letters[x_rank + i] for i in range(y_rank)]
    second[b] = first[a]
    rest = [name for name in first[1:] if name != first[a]] + [name for name in second[1:] if name != first[a]]
    result = einsum(f"{''.join(first)},{''.join(second)}->a{''.join(rest)}", x, y)
    return tf.expand_dims(result, -1) if x_rank == y_rank == 2 else result


def l2_normalize(x: Any, axis: Any = None) -> Any:
    """The tensor divided by its Euclidean norm over axes."""
    return math.l2_normalize(x, axis=axis)


# --- activations --------------------------------------------------------------------------------------------------
def relu(x: Any, alpha: float = 0.0, max_value: Any = None, threshold: float = 0.0) -> Any:
    """The rectified linear unit, on request leaky, limited, or with another threshold."""
    from kerax.keras.activations import relu as rectified

    return rectified(x, negative_slope=alpha, max_value=max_value, threshold=threshold)


def elu(x: Any, alpha: float = 1.0) -> Any:
    """The exponential linear unit."""
    from kerax.keras.activations import elu as exponential_unit

    return exponential_unit(x, alpha)


def sigmoid(x: Any) -> Any:
    """The sigmoid."""
    output = math.sigmoid(x)
    output._keras_logits = x
    return output


def hard_sigmoid(x: Any) -> Any:
    """A sigmoid made of lines, ``0.2 x + 0.5`` from 0 to 1."""
    return clip_by_value(math.add(math.multiply(x, 0.2), 0.5), 0.0, 1.0)


def tanh(x: Any) -> Any:
    """The hyperbolic tangent."""
    return math.tanh(x)


def softmax(x: Any, axis: Any = -1) -> Any:
    """``exp(x) / sum(exp(x))`` over an axis.

    Raises:
      ValueError: a vector or a scalar.
    """
    from kerax.keras.activations import softmax as normalized

    if len(x.shape) <= 1:
        raise ValueError(f"Cannot apply softmax to a tensor that is 1D. Received input: {x}")
    return normalized(x, axis=axis)


def softplus(x: Any) -> Any:
    """``log(1 + exp(x))``."""
    return math.softplus(x)


def softsign(x: Any) -> Any:
    """``x / (1 + |x|)``."""
    return math.softsign(x)


def dropout(x: Any, level: float, noise_shape: Any = None, seed: Any = None) -> Any:
    """A share of the elements set to 0, the others scaled up."""
    seed = np.random.randint(10_000_000) if seed is None else seed
    return tf_nn.dropout(x, rate=level, noise_shape=noise_shape, seed=seed)


def in_top_k(predictions: Any, targets: Any, k: int) -> Any:
    """Whether targets are among the ``k`` greatest predictions."""
    return math.in_top_k(targets, predictions, k)


def bias_add(x: Any, bias: Any, data_format: Any = None) -> Any:
    """A bias added: a vector for the channels, or one value for each place.

    Raises:
      ValueError: the bias has another rank.
    """
    from kerax.keras.engine.settings import standardize_data_format

    first = standardize_data_format(data_format) == "channels_first"
    shape = tuple(bias.shape)
    rank = len(x.shape)
    if len(shape) != 1 and len(shape) != rank - 1:
        raise ValueError(f"Unexpected bias dimensions {len(shape)}. Expected it to be 1 or {rank - 1} dimensions")
    if len(shape) == 1:
        return tf_nn.bias_add(x, bias, data_format="NCHW" if first and rank > 2 else "NHWC")
    if first:
        return math.add(x, tf.reshape(bias, (1, shape[-1], *shape[:-1])))
    return math.add(x, tf.reshape(bias, (1, *shape)))


def batch_normalization(
    x: Any, mean: Any, var: Any, beta: Any, gamma: Any, axis: int = -1, epsilon: float = 1e-3
) -> Any:
    """``gamma * (x - mean) / sqrt(var + epsilon) + beta``."""
    parts = [mean, var, beta, gamma]
    rank = len(x.shape)
    if rank == 4 and axis in (1, -3):
        parts = [None if part is None else tf.reshape(part, [1, -1, 1, 1]) for part in parts]
    return tf_nn.batch_normalization(x, *parts, epsilon)


# --- losses -------------------------------------------------------------------------------------------------------
def binary_crossentropy(target: Any, output: Any, from_logits: bool = False) -> Any:
    """The cross-entropy of yes-or-no answers, element by element."""
    output, from_logits = logits_of(output, from_logits, "Sigmoid")
    target = convert_to_tensor(target)
    if from_logits:
        return tf_nn.sigmoid_cross_entropy_with_logits(labels=target, logits=output)
    small = epsilon()
    output = clip_by_value(output, small, 1.0 - small)
    found = math.multiply(target, math.log(math.add(output, small)))
    rest = math.multiply(math.subtract(1.0, target), math.log(math.add(math.subtract(1.0, output), small)))
    return math.negative(math.add(found, rest))


def binary_focal_crossentropy(
    target: Any,
    output: Any,
    apply_class_balancing: bool = False,
    alpha: float = 0.25,
    gamma: float = 2.0,
    from_logits: bool = False,
) -> Any:
    """The focal cross-entropy of yes-or-no answers, element by element."""
    share = math.sigmoid(output) if from_logits else output
    hit = math.add(math.multiply(target, share), math.multiply(math.subtract(1.0, target), math.subtract(1.0, share)))
    found = math.multiply(math.pow(math.subtract(1.0, hit), gamma), binary_crossentropy(target, output, from_logits))
    if apply_class_balancing:
        weight = math.add(math.multiply(target, alpha), math.multiply(math.subtract(1.0, target), 1.0 - alpha))
        found = math.multiply(weight, found)
    return found


def categorical_crossentropy(target: Any, output: Any, from_logits: bool = False, axis: int = -1) -> Any:
    """The cross-entropy of class probabilities."""
    output, from_logits = logits_of(output, from_logits, "Softmax")
    target = convert_to_tensor(target)
    if from_logits:
        return tf_nn.softmax_cross_entropy_with_logits(labels=target, logits=output, axis=axis)
    output = math.divide(output, math.reduce_sum(output, axis, True))
    output = clip_by_value(output, epsilon(), 1.0 - epsilon())
    return math.negative(math.reduce_sum(math.multiply(target, math.log(output)), axis))


def categorical_focal_crossentropy(
    target: Any, output: Any, alpha: Any = 0.25, gamma: float = 2.0, from_logits: bool = False, axis: int = -1
) -> Any:
    """The focal cross-entropy of class probabilities."""
    return losses.categorical_focal_crossentropy(
        target, output, alpha=alpha, gamma=gamma, from_logits=from_logits, axis=axis
    )


def sparse_categorical_crossentropy(
    target: Any, output: Any, from_logits: bool = False, axis: int = -1, ignore_class: Any = None
) -> Any:
    """The cross-entropy of class probabilities with one right class each."""
    return losses.sparse_categorical_crossentropy(
        target, output, from_logits=from_logits, axis=axis, ignore_class=ignore_class
    )


def ctc_label_dense_to_sparse(labels: Any, label_lengths: Any) -> Any:
    """Rows of labels of several lengths as a sparse tensor."""
    from kerax.sparse import SparseTensor

    labels, lengths = convert_to_tensor(labels), convert_to_tensor(label_lengths)
    inside = math.less(tf.expand_dims(tf.range(labels.shape[1]), 0), tf.expand_dims(cast(lengths, "int32"), 1))
    places = tf.where(inside)
    return SparseTensor(places, tf.gather_nd(labels, places), [int(size) for size in labels.shape])


def ctc_batch_cost(y_true: Any, y_pred: Any, input_length: Any, label_length: Any) -> Any:
    """The CTC loss of each row ``[batch, 1]``; ``y_pred`` holds probabilities, the blank is the last class."""
    lengths = [cast(tf.squeeze(length, [-1]), "int32") for length in (label_length, input_length)]
    logits = math.log(math.add(y_pred, epsilon()))
    loss = tf_nn.ctc_loss(
        labels=cast(y_true, "int32"),
        logits=logits,
        label_length=lengths[0],
        logit_length=lengths[1],
        logits_time_major=False,
        blank_index=-1,
    )
    return tf.expand_dims(loss, 1)


def ctc_decode(y_pred: Any, input_length: Any, greedy: bool = True, beam_width: int = 100, top_paths: int = 1) -> Any:
    """The labels that probabilities stand for: a list of int64 tensors filled with -1, and scores."""
    from kerax import sparse

    batch, steps = y_pred.shape[0], y_pred.shape[1]
    logits = math.log(math.add(tf.transpose(y_pred, [1, 0, 2]), epsilon()))
    lengths = cast(input_length, "int32")
    if greedy:
        decoded, scores = tf_nn.ctc_greedy_decoder(inputs=logits, sequence_length=lengths)
    else:
        decoded, scores = tf_nn.ctc_beam_search_decoder(
            inputs=logits, sequence_length=lengths, beam_width=beam_width, top_paths=top_paths
        )
    dense = [
        sparse.to_dense(sparse.SparseTensor(d.indices, d.values, (batch, steps)), default_value=-1) for d in decoded
    ]
    return dense, scores
