"""``keras.ops.nn``: what neural networks are made of."""

from __future__ import annotations

import warnings
from typing import Any

import jax
import jax.numpy as jnp

import kerax.array_ops as tf
from kerax import math
from kerax import nn as tf_nn
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.promotion import dtype_name, promoted, result_type
from kerax.keras.engine.settings import epsilon as default_epsilon
from kerax.keras.engine.settings import standardize_dtype
from kerax.keras.losses import _entropy
from kerax.keras.losses.crossentropy import logits_of
from kerax.keras.ops import elementwise, linalg
from kerax.keras.ops._axes import as_list
from kerax.keras.ops._public import composed, op
from kerax.keras.ops.activations import celu as celu
from kerax.keras.ops.activations import elu as elu
from kerax.keras.ops.activations import gelu as gelu
from kerax.keras.ops.activations import glu as glu
from kerax.keras.ops.activations import hard_shrink as hard_shrink
from kerax.keras.ops.activations import hard_sigmoid as hard_sigmoid
from kerax.keras.ops.activations import hard_silu as hard_silu
from kerax.keras.ops.activations import hard_swish as hard_swish
from kerax.keras.ops.activations import hard_tanh as hard_tanh
from kerax.keras.ops.activations import leaky_relu as leaky_relu
from kerax.keras.ops.activations import log_sigmoid as log_sigmoid
from kerax.keras.ops.activations import log_softmax as log_softmax
from kerax.keras.ops.activations import relu as relu
from kerax.keras.ops.activations import relu6 as relu6
from kerax.keras.ops.activations import selu as selu
from kerax.keras.ops.activations import sigmoid as sigmoid
from kerax.keras.ops.activations import silu as silu
from kerax.keras.ops.activations import soft_shrink as soft_shrink
from kerax.keras.ops.activations import softmax as softmax
from kerax.keras.ops.activations import softplus as softplus
from kerax.keras.ops.activations import softsign as softsign
from kerax.keras.ops.activations import sparse_plus as sparse_plus
from kerax.keras.ops.activations import sparse_sigmoid as sparse_sigmoid
from kerax.keras.ops.activations import sparsemax as sparsemax
from kerax.keras.ops.activations import squareplus as squareplus
from kerax.keras.ops.activations import swish as swish
from kerax.keras.ops.activations import tanh_shrink as tanh_shrink
from kerax.keras.ops.activations import threshold as threshold
from kerax.keras.ops.convolutions import adaptive_average_pool as adaptive_average_pool
from kerax.keras.ops.convolutions import adaptive_max_pool as adaptive_max_pool
from kerax.keras.ops.convolutions import average_pool as average_pool
from kerax.keras.ops.convolutions import conv as conv
from kerax.keras.ops.convolutions import conv_transpose as conv_transpose
from kerax.keras.ops.convolutions import depth_to_space as depth_to_space
from kerax.keras.ops.convolutions import depthwise_conv as depthwise_conv
from kerax.keras.ops.convolutions import fold as fold
from kerax.keras.ops.convolutions import max_pool as max_pool
from kerax.keras.ops.convolutions import separable_conv as separable_conv
from kerax.keras.ops.convolutions import space_to_depth as space_to_depth
from kerax.keras.ops.convolutions import unfold as unfold
from kerax.math.casting import complex as _complex


# --- classes as vectors -------------------------------------------------------------------------------------------
@composed
def one_hot(x, num_classes, axis=-1, dtype=None, sparse=False):
    """Class numbers as vectors with a 1 in their place.

    Args:
      x: tensor of integers; numbers that are no class give zeros.
      num_classes: int.
      axis: int, where the classes' axis is in the result.
      dtype: the dtype, floatx by default.
      sparse: bool, whether the result is a sparse tensor.

    Returns:
      Tensor with one axis more.

    >>> import kerax as tf
    >>> tf.keras.ops.one_hot([1], 3).numpy()
    array([[0., 1., 0.]], dtype=float32)
    """
    wanted = standardize_dtype(dtype)
    x = to_tensor(x, "int64")
    if sparse:
        return _sparse_one_hot(x, num_classes, axis, wanted)
    values = (True, False) if wanted == "bool" else (None, None)
    return tf.one_hot(x, num_classes, on_value=values[0], off_value=values[1], axis=axis, dtype=wanted)


def _sparse_one_hot(x: Any, num_classes: int, axis: int, dtype: str) -> Any:
    from kerax import sparse as tf_sparse

    rank = len(x.shape)
    axis = axis + rank + 1 if axis < 0 else axis
    count = x.shape.num_elements()
    values = to_tensor(math.greater_equal(tf.reshape(x, [-1]), 0), dtype)
    places = tf.meshgrid(*(tf.range(size, dtype="int64") for size in x.shape), indexing="ij")
    places.insert(axis, math.maximum(x, 0))
    indices = tf.concat([tf.reshape(place, (count, 1)) for place in places], axis=1)
    shape = [int(size) for size in x.shape]
    shape.insert(axis, num_classes)
    return tf_sparse.SparseTensor(indices, values, shape)


@composed
def multi_hot(inputs, num_classes=None, axis=-1, dtype=None, sparse=False, **kwargs):
    """Lists of class numbers as vectors with a 1 in the place of each.

    Args:
      inputs: tensor of integers ``[..., count]``.
      num_classes: int.
      axis: int, where the classes' axis is in the result.
      dtype: the dtype, floatx by default.
      sparse: bool, whether the result is a sparse tensor.
      **kwargs: ``num_tokens``, the old name of ``num_classes``.

    Returns:
      Tensor in which the classes' axis has taken the place of the lists'.

    Raises:
      ValueError: the number of classes is not given.

    >>> import kerax as tf
    >>> tf.keras.ops.multi_hot([0, 2], 3).numpy()
    array([1., 0., 1.], dtype=float32)
    """
    num_classes = kwargs.pop("num_tokens", None) if num_classes is None else num_classes
    if num_classes is None:
        raise ValueError("Argument `num_classes` must be specified.")
    inputs = to_tensor(inputs)
    wanted = standardize_dtype(dtype)
    reduced = 1 if len(inputs.shape) > 1 else 0
    if sparse:
        from kerax import sparse as tf_sparse

        vectors = _sparse_one_hot(to_tensor(inputs, "int64"), num_classes, axis, "int8" if wanted == "bool" else wanted)
        found = tf_sparse.reduce_max(vectors, axis=reduced, output_is_sparse=True)
        return type(found)(found.indices, to_tensor(found.values, wanted), found.dense_shape)
    vectors = one_hot.pure(inputs, num_classes, axis=axis, dtype=wanted)
    return (math.reduce_any if wanted == "bool" else math.reduce_max)(vectors, axis=reduced)


# --- cross-entropies ----------------------------------------------------------------------------------------------
def _pair(target: Any, output: Any) -> tuple[Any, Any]:
    """Target and output of one dtype, the output's."""
    logits = getattr(output, "_keras_logits", None)
    output = to_tensor(output)
    if logits is not None and not hasattr(output, "_keras_logits"):
        output._keras_logits = logits
    return to_tensor(target, dtype_name(output)), output


@op("target, output")
def _binary(target: Any, output: Any, from_logits: Any, epsilon: Any) -> Any:
    return _entropy.binary_entropy(target, output, from_logits, epsilon, False)


@composed
def binary_crossentropy(target, output, from_logits=False):
    """The cross-entropy of yes-or-no answers, element by element.

    Args:
      target: tensor, 0 or 1 (or between).
      output: tensor of floats of the same shape: probabilities or logits.
      from_logits: bool, whether ``output`` holds logits.

    Returns:
      Tensor of the same shape.

    Raises:
      ValueError: other shapes.

    >>> import kerax as tf
    >>> tf.keras.ops.binary_crossentropy([1.0], [0.5]).numpy().round(3)
    array([0.693], dtype=float32)
    """
    target, output = _pair(target, output)
    output, from_logits = logits_of(output, from_logits, "binary_crossentropy")
    return _binary(target, output, bool(from_logits), default_epsilon())


@op("target, output")
def _categorical(target: Any, output: Any, from_logits: Any, axis: Any, epsilon: Any) -> Any:
    return _entropy.categorical_entropy(target, output, from_logits, axis, epsilon)


@composed
def categorical_crossentropy(target, output, from_logits=False, axis=-1):
    """The cross-entropy of class probabilities.

    Args:
      target: tensor ``[..., classes]``, the probabilities wanted.
      output: tensor of floats of the same shape: probabilities or logits.
      from_logits: bool, whether ``output`` holds logits.
      axis: int, the classes' axis.

    Returns:
      Tensor without the classes' axis.

    Raises:
      ValueError: other shapes.

    >>> import kerax as tf
    >>> tf.keras.ops.categorical_crossentropy([[0.0, 1.0]], [[0.5, 0.5]]).numpy().round(3)
    array([0.693], dtype=float32)
    """
    target, output = _pair(target, output)
    output, from_logits = logits_of(output, from_logits, "categorical_crossentropy")
    return _categorical(target, output, bool(from_logits), int(axis), default_epsilon())


@op("target; output")
def _sparse(target: Any, output: Any, from_logits: Any, axis: Any, epsilon: Any) -> Any:
    return _entropy.sparse_entropy(target, output, from_logits, axis, epsilon, legacy=False)


@composed
def sparse_categorical_crossentropy(target, output, from_logits=False, axis=-1):
    """The cross-entropy of class probabilities with one right class each.

    Args:
      target: tensor of integers ``[...]`` or ``[..., 1]``, the right classes.
      output: tensor of floats ``[..., classes]``: probabilities or logits.
      from_logits: bool, whether ``output`` holds logits.
      axis: int, the classes' axis, which must be the last.

    Returns:
      Tensor ``[...]``.

    Raises:
      ValueError: other shapes, or another axis.

    >>> import kerax as tf
    >>> tf.keras.ops.sparse_categorical_crossentropy([1], [[0.5, 0.5]]).numpy().round(3)
    array([0.693], dtype=float32)
    """
    _, output = _pair(0, output)
    output, from_logits = logits_of(output, from_logits, "sparse_categorical_crossentropy")
    return _sparse(to_tensor(to_tensor(target), "int64"), output, bool(from_logits), int(axis), default_epsilon())


@composed
def ctc_loss(target, output, target_length, output_length, mask_index=0):
    """The connectionist temporal classification loss.

    Args:
      target: tensor of integers ``[batch, labels]``.
      output: tensor of logits ``[batch, steps, classes]``.
      target_length: tensor of integers ``[batch]``.
      output_length: tensor of integers ``[batch]``.
      mask_index: int, the blank's class.

    Returns:
      Tensor ``[batch]``.

    >>> import kerax as tf
    >>> tf.keras.ops.ctc_loss([[1]], tf.zeros((1, 1, 2)), [1], [1]).numpy().round(3)
    array([0.693], dtype=float32)
    """
    target, output = to_tensor(target, "int32"), to_tensor(output)
    wanted = result_type(output.dtype, "float32")
    loss = tf_nn.ctc_loss(
        labels=target,
        logits=to_tensor(output, "float32" if wanted == "float64" else wanted),
        label_length=to_tensor(target_length, "int32"),
        logit_length=to_tensor(output_length, "int32"),
        blank_index=mask_index,
        logits_time_major=False,
    )
    return to_tensor(loss, wanted)


@composed
def ctc_decode(
    inputs, sequence_lengths, strategy="greedy", beam_width=100, top_paths=1, merge_repeated=True, mask_index=0
):
    """The labels that a network's output stands for.

    Args:
      inputs: tensor of logits ``[batch, steps, classes]``.
      sequence_lengths: tensor of integers ``[batch]``.
      strategy: "greedy" or "beam_search".
      beam_width: int, how many candidates a beam search keeps.
      top_paths: int, how many results a beam search returns.
      merge_repeated: bool, whether a class that repeats without a blank between counts once.
      mask_index: int, the blank's class.

    Returns:
      Tensors: int32 labels ``[paths, batch, steps]`` filled with -1, and scores.

    Raises:
      ValueError: no such strategy.

    >>> import kerax as tf
    >>> labels, scores = tf.keras.ops.ctc_decode([[[0.0, 9.0], [9.0, 0.0]]], [2])
    >>> labels.numpy()
    array([[[ 1, -1]]], dtype=int32)
    """
    from kerax import sparse as tf_sparse

    inputs = to_tensor(inputs)
    batch, steps, classes = inputs.shape
    inputs = to_tensor(tf.transpose(inputs, (1, 0, 2)), result_type(inputs.dtype, "float32"))
    lengths = to_tensor(sequence_lengths, "int32")
    if strategy == "greedy":
        decoded, scores = tf_nn.ctc_greedy_decoder(
            inputs=inputs, sequence_length=lengths, merge_repeated=merge_repeated, blank_index=mask_index
        )
    elif strategy == "beam_search":
        if mask_index is not None:
            blank = [inputs[..., mask_index : mask_index + 1 if mask_index != -1 else None]]
            after = [] if mask_index == -1 else [inputs[..., mask_index + 1 :]]
            inputs = tf.concat([inputs[..., :mask_index], *after, *blank], axis=-1)
        decoded, scores = tf_nn.ctc_beam_search_decoder(
            inputs=inputs, sequence_length=lengths, beam_width=beam_width, top_paths=top_paths
        )
    else:
        raise ValueError(f"Invalid strategy {strategy}. Supported values are 'greedy' and 'beam_search'.")
    dense = [
        tf_sparse.to_dense(tf_sparse.SparseTensor(d.indices, d.values, (batch, steps)), default_value=-1)
        for d in decoded
    ]
    labels = to_tensor(tf.stack(dense, axis=0), "int32")
    if strategy == "beam_search" and mask_index is not None:
        blank_class = mask_index + classes if mask_index < 0 else mask_index
        labels = tf.where(math.greater_equal(labels, blank_class), math.add(labels, 1), labels)
    return labels, scores


# --- normalization ------------------------------------------------------------------------------------------------
@composed
def moments(x, axes, keepdims=False, synchronized=False):
    """The mean and the variance over axes.

    Args:
      x: tensor of floats; half precision is computed in float32.
      axes: int or tuple of ints.
      keepdims: bool, whether reduced axes stay with size 1.
      synchronized: bool, whether to take all replicas together where a strategy runs several.

    Returns:
      Pair of Tensors without the reduced axes.

    >>> import kerax as tf
    >>> [float(part) for part in tf.keras.ops.moments([1.0, 3.0], 0)]
    [2.0, 1.0]
    """
    x = to_tensor(x)
    name = dtype_name(x)
    half = name in ("float16", "bfloat16")
    x = to_tensor(x, "float32") if half else x
    axes = as_list(axes)
    mean, variance = _replica_moments(x, axes, keepdims) if synchronized else tf_nn.moments(x, axes, keepdims=keepdims)
    if half:
        mean, variance = (to_tensor(elementwise.clip(part, -65504.0, 65504.0), name) for part in (mean, variance))
    return mean, variance


def _replica_moments(x: Any, axes: list[int], keepdims: bool) -> tuple[Any, Any]:
    try:
        from kerax import distribute
    except ImportError:
        return tf_nn.moments(x, axes, keepdims=keepdims)
    context = distribute.get_replica_context()
    if context is None or getattr(context, "num_replicas_in_sync", 1) == 1:
        return tf_nn.moments(x, axes, keepdims=keepdims)
    parts = [tf.ones_like(x), x, math.square(x)]
    sums = [math.reduce_sum(part, axis=axes, keepdims=True) for part in parts]
    count, total, squares = (context.all_reduce(distribute.ReduceOp.SUM, part) for part in sums)
    mean = math.divide_no_nan(total, count)
    variance = math.maximum(math.subtract(math.divide_no_nan(squares, count), math.square(mean)), 0.0)
    return (mean, variance) if keepdims else (tf.squeeze(mean, axes), tf.squeeze(variance, axes))


@composed
def batch_normalization(x, mean, variance, axis, offset=None, scale=None, epsilon=1e-3):
    """``scale * (x - mean) / sqrt(variance + epsilon) + offset``.

    Args:
      x: tensor of floats.
      mean: tensor ``[size of the axis]``.
      variance: tensor ``[size of the axis]``.
      axis: int, the axis along which each element has its own mean.
      offset: tensor ``[size of the axis]``, or None.
      scale: tensor ``[size of the axis]``, or None.
      epsilon: float.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.ops.batch_normalization([[3.0]], [1.0], [4.0], axis=-1, epsilon=0.0).numpy()
    array([[1.]], dtype=float32)
    """
    x = to_tensor(x)
    name = dtype_name(x)
    parts = [None if part is None else to_tensor(part, name) for part in (mean, variance, offset, scale)]
    if axis != -1:
        shape = [1] * len(x.shape)
        shape[axis] = parts[0].shape[0]
        parts = [None if part is None else tf.reshape(part, shape) for part in parts]
    return tf_nn.batch_normalization(x, *parts, variance_epsilon=epsilon)


@composed
def layer_normalization(x, gamma=None, beta=None, axis=-1, epsilon=None, **kwargs):
    """The tensor with mean 0 and variance 1 over axes, scaled and shifted.

    Args:
      x: tensor of floats; half precision is computed in float32.
      gamma: tensor, the scale, or None.
      beta: tensor, the shift, or None.
      axis: int or tuple of ints.
      epsilon: float, ``keras.config.epsilon()`` by default.
      **kwargs: ``rms_scaling``, whether to divide by the variance alone (deprecated).

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.ops.layer_normalization([[1.0, 3.0]]).numpy().round(3)
    array([[-1.,  1.]], dtype=float32)
    """
    rms_scaling = kwargs.pop("rms_scaling", False)
    if kwargs:
        raise TypeError(f"layer_normalization() got unexpected arguments {sorted(kwargs)}")
    if rms_scaling:
        warnings.warn(
            "You passed `rms_scaling=True`, which is deprecated. This argument incorrectly scales the input by the "
            "variance, not the root mean square. To correctly use RMS Normalization, please use "
            "`keras.ops.rms_normalization` / `keras.ops.nn.rms_normalization` instead.",
            stacklevel=2,
        )
    x = to_tensor(x)
    name = dtype_name(x)
    x = to_tensor(x, result_type(name, "float32"))
    rank = len(x.shape)
    axes = sorted(as_list(axis))
    shape = [1] * rank
    for a in axes:
        shape[a] = x.shape[a]

    def fitted(part: Any) -> Any:
        if part is None:
            return None
        part = to_tensor(part, dtype_name(x))
        return tf.reshape(part, shape) if len(part.shape) != rank and axes != [rank - 1] else part

    gamma, beta = fitted(gamma), fitted(beta)
    epsilon = default_epsilon() if epsilon is None else epsilon
    if rms_scaling:
        inverse = math.rsqrt(math.add(math.reduce_variance(x, axis=axes, keepdims=True), epsilon))
        found = math.multiply(x, inverse)
        found = found if gamma is None else math.multiply(found, gamma)
    else:
        found = _layer_normalization(x, gamma, beta, tuple(axes), epsilon)
    return to_tensor(found, name)


@op("x, gamma, beta")
def _layer_normalization(x: Any, gamma: Any, beta: Any, axes: Any, epsilon: Any) -> Any:
    mean = jnp.mean(x, axis=axes, keepdims=True)
    variance = jnp.mean(jnp.square(x - mean), axis=axes, keepdims=True)
    inverse = jax.lax.rsqrt(variance + jnp.asarray(epsilon, x.dtype))
    inverse = inverse if gamma is None else inverse * gamma
    shift = -mean * inverse
    return x * inverse + (shift if beta is None else shift + beta)


@op("x, scale")
def _rms_normalization(x: Any, scale: Any, axes: Any, epsilon: Any) -> Any:
    mean = jnp.mean(jnp.square(x), axis=axes, keepdims=True)
    found = x * jax.lax.rsqrt(mean + jnp.asarray(epsilon, x.dtype))
    return found if scale is None else found * scale


@composed
def rms_normalization(x, scale=None, axis=-1, epsilon=None):
    """The tensor divided by the root of its mean square over axes.

    Args:
      x: tensor of floats; half precision is computed in float32.
      scale: tensor, what the result is multiplied with, or None.
      axis: int or tuple of ints.
      epsilon: float, ``keras.config.epsilon()`` by default.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.ops.rms_normalization([[3.0, 3.0]]).numpy().round(3)
    array([[1., 1.]], dtype=float32)
    """
    x = to_tensor(x)
    name = dtype_name(x)
    x = to_tensor(x, result_type(name, "float32"))
    x = x if len(x.shape) else tf.expand_dims(x, 0)
    scale = None if scale is None else to_tensor(scale, dtype_name(x))
    epsilon = default_epsilon() if epsilon is None else epsilon
    return to_tensor(_rms_normalization(x, scale, tuple(as_list(axis)), epsilon), name)


@composed
def normalize(x, axis=-1, order=2, epsilon=None):
    """The tensor divided by its norm along an axis.

    Args:
      x: tensor of numbers.
      axis: int or tuple of ints, None for all.
      order: int, the order of the norm, at least 1.
      epsilon: float, the least norm to divide by; ``keras.config.epsilon()`` by default.

    Returns:
      Tensor like ``x``.

    Raises:
      ValueError: a wrong order.

    >>> import kerax as tf
    >>> tf.keras.ops.normalize([3.0, 4.0]).numpy()
    array([0.6, 0.8], dtype=float32)
    """
    if not isinstance(order, int) or not order >= 1:
        raise ValueError(f"Argument `order` must be an int >= 1. Received: order={order}")
    x = to_tensor(x)
    x = x if len(x.shape) else tf.expand_dims(x, 0)
    epsilon = default_epsilon() if epsilon is None else epsilon
    if order == 2:
        total = math.reduce_sum(math.square(x), axis=None if axis is None else as_list(axis), keepdims=True)
        return math.multiply(x, elementwise.minimum(math.rsqrt(total), 1.0 / epsilon))
    return elementwise.divide(x, elementwise.maximum(linalg.norm(x, order, axis, keepdims=True), epsilon))


# --- attention ----------------------------------------------------------------------------------------------------
@op("query, key, value, bias; mask; scale")
def _attention(query: Any, key: Any, value: Any, bias: Any, mask: Any, scale: Any, is_causal: Any) -> Any:
    compute = jnp.promote_types(query.dtype, jnp.float32)
    scores = jnp.einsum("BTNH,BSNH->BNTS", query, key, optimize="optimal").astype(compute)
    scores = scores * scale.astype(compute)
    if bias is not None:
        scores = scores + bias.astype(compute)
    allowed = mask
    if is_causal:
        triangle = jnp.tril(jnp.ones(scores.shape[-2:], bool))[None, None]
        allowed = triangle if allowed is None else allowed & triangle
    if allowed is not None:
        lowest = jnp.asarray(-0.7 * 3.38953e38, compute)
        scores = jnp.where(allowed, scores, lowest)
    weights = jax.nn.softmax(scores, axis=-1).astype(key.dtype)
    return jnp.einsum("BNTS,BSNH->BTNH", weights, value, optimize="optimal")


@composed
def dot_product_attention(
    query,
    key,
    value,
    bias=None,
    mask=None,
    scale=None,
    is_causal=False,
    flash_attention=None,
    attn_logits_soft_cap=None,
):
    """Attention: ``softmax(scale * query @ key + bias) @ value``, head by head.

    Args:
      query: tensor ``[batch, targets, heads, size]``.
      key: tensor ``[batch, sources, heads or a divisor of them, size]``.
      value: tensor like ``key``.
      bias: tensor that broadcasts to ``[batch, heads, targets, sources]``.
      mask: bool tensor that broadcasts to that shape, False for what is not looked at.
      scale: float, ``1 / sqrt(size)`` by default.
      is_causal: bool, whether a target looks at no later source.
      flash_attention: bool; True is refused, as the kernel is chosen by XLA.
      attn_logits_soft_cap: float, refused.

    Returns:
      Tensor like ``query``.

    Raises:
      ValueError: another rank, or a refused argument.

    >>> import kerax as tf
    >>> x = tf.ones((1, 2, 1, 4))
    >>> tf.keras.ops.dot_product_attention(x, x, x).shape
    TensorShape([1, 2, 1, 4])
    """
    if attn_logits_soft_cap is not None:
        raise ValueError(
            "attn_logits_soft_cap is only supported for JAX on TPU. "
            "Set attn_logits_soft_cap=None when not using JAX on TPU."
        )
    if flash_attention:
        raise ValueError("Flash attention is not supported in tensorflow backend.")
    query, key, value = promoted(query, key, value, weak=False)
    if len(query.shape) != 4:
        raise ValueError(
            "`dot_product_attention` only supports 4D inputs. "
            f"Received: query.shape={query.shape}, key.shape={key.shape}, value.shape={value.shape}."
        )
    heads, groups = query.shape[2], key.shape[2]
    if heads > groups:
        key, value = (tf.repeat(part, heads // groups, axis=2) for part in (key, value))
    bias = None if bias is None else to_tensor(bias, dtype_name(query))
    mask = None if mask is None else to_tensor(mask, "bool")
    scale = to_tensor(float(key.shape[-1]) ** -0.5 if scale is None else scale, "float32")
    return _attention(query, key, value, bias, mask, scale, bool(is_causal))


# --- others -------------------------------------------------------------------------------------------------------
@composed
def polar(abs_, angle):
    """Complex numbers from their magnitudes and angles.

    Args:
      abs_: tensor of floats.
      angle: tensor of floats of the same shape, radians.

    Returns:
      complex Tensor of the same shape.

    >>> import kerax as tf
    >>> tf.keras.ops.polar([2.0], [0.0]).numpy()
    array([2.+0.j], dtype=complex64)
    """
    abs_, angle = to_tensor(abs_), to_tensor(angle)
    return _complex(math.multiply(abs_, math.cos(angle)), math.multiply(abs_, math.sin(angle)))


@composed
def psnr(x1, x2, max_val):
    """The peak signal-to-noise ratio of two signals in decibels.

    Args:
      x1: tensor of floats.
      x2: tensor of floats of the same shape.
      max_val: number, the greatest value a signal can have.

    Returns:
      Tensor, a scalar.

    Raises:
      ValueError: other shapes.

    >>> import kerax as tf
    >>> tf.keras.ops.psnr([1.0, 0.0], [1.0, 1.0], 1.0).numpy().round(2)
    np.float32(3.01)
    """
    x1, x2 = to_tensor(x1), to_tensor(x2)
    if tuple(x1.shape) != tuple(x2.shape):
        raise ValueError(f"Input shapes {x1.shape} and {x2.shape} must match for PSNR calculation. ")
    error = math.reduce_mean(math.square(math.subtract(x1, x2)))
    peak = elementwise.log10(to_tensor(max_val, dtype_name(x2)))
    return math.subtract(math.multiply(20.0, peak), math.multiply(10.0, elementwise.log10(error)))
