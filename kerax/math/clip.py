"""Clipping by value and by norm."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import jax.numpy as jnp

from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.math._values import alone
from kerax.math.reduction import checked_axes


def is_indexed_slices(value: Any) -> bool:
    """Whether the value is a ``tf.IndexedSlices`` (values at some rows of a dense tensor)."""
    return type(value).__name__ == "IndexedSlices"


@op("t, clip_value_min, clip_value_max: float int")
def _clip_by_value(t, clip_value_min, clip_value_max, name=None):
    for bound in (clip_value_min, clip_value_max):
        if jnp.broadcast_shapes(t.shape, bound.shape) != t.shape:
            raise ValueError(f"Shapes {t.shape} and {jnp.broadcast_shapes(t.shape, bound.shape)} are incompatible")
    capped = jnp.where((t <= clip_value_max) | (t != t), t, clip_value_max)
    return jnp.where((capped >= clip_value_min) | (capped != capped), capped, clip_value_min)


def clip_by_value(t: Any, clip_value_min: Any, clip_value_max: Any, name: str | None = None) -> Any:
    """Limits the elements of a tensor to a range; elements at its borders keep their gradient.

    Args:
      t: tensor of numbers or ``tf.IndexedSlices``.
      clip_value_min: number or tensor that broadcasts to the shape of ``t``, of its dtype.
      clip_value_max: likewise.
      name: str, optional.

    Returns:
      Tensor like ``t``.

    Raises:
      ValueError: if a bound would make the result larger than ``t``.
      TypeError: if an integer tensor is clipped to a float.

    >>> import kerax as tf
    >>> tf.clip_by_value([1, 5, 9], 2, 6).numpy()
    array([2, 5, 6], dtype=int32)
    """
    if is_indexed_slices(t):
        return type(t)(_clip_by_value(t.values, clip_value_min, clip_value_max), t.indices, t.dense_shape)
    return _clip_by_value(alone(t), clip_value_min, clip_value_max)


@op("t: float complex; clip_norm: number")
def _clip_by_norm(t, clip_norm, axes=None, name=None):
    total = jnp.sum(t * t, axis=checked_axes(t, axes), keepdims=True)
    positive = total > 0
    safe = jnp.where(positive, total, jnp.ones_like(total))
    norm = jnp.where(positive, jnp.sqrt(safe), total)
    clip_norm = clip_norm.astype(t.dtype)
    clip_norm = clip_norm if jnp.iscomplexobj(clip_norm) else jnp.maximum(clip_norm, 0)
    scaled = t * clip_norm
    if jnp.broadcast_shapes(t.shape, scaled.shape) != t.shape:
        raise ValueError(f"Shapes {t.shape} and {scaled.shape} are incompatible")
    return scaled / jnp.where(norm >= clip_norm, norm, clip_norm)


def clip_by_norm(t: Any, clip_norm: Any, axes: Any = None, name: str | None = None) -> Any:
    """Scales a tensor down so that its euclidean norm is at most ``clip_norm``.

    ``t · clip_norm / max(‖t‖, clip_norm)``

    Args:
      t: tensor, floating point, or ``tf.IndexedSlices``.
      clip_norm: positive scalar, or a tensor that broadcasts to the norms.
      axes: axes over which each norm is taken; all by default.
      name: str, optional.

    Returns:
      Tensor like ``t``.

    >>> import kerax as tf
    >>> tf.clip_by_norm([3.0, 4.0], 1.0).numpy()
    array([0.6, 0.8], dtype=float32)
    """
    if is_indexed_slices(t):
        return type(t)(_clip_by_norm(t.values, clip_norm, axes), t.indices, t.dense_shape)
    return _clip_by_norm(t, clip_norm, axes)


@op("values*: float complex")
def _global_norm(values, name=None):
    halves = [jnp.sum(jnp.square(jnp.abs(value))) / 2 for value in values]
    return jnp.sqrt(sum(halves[1:], halves[0]) * 2).astype(values[0].dtype)


def _sequence(t_list: Any) -> list[Any]:
    if not isinstance(t_list, Sequence) or isinstance(t_list, str):
        raise TypeError(f"`t_list` should be a sequence of tensors. Received {type(t_list)}.")
    return [t.values if is_indexed_slices(t) else t for t in t_list]


def global_norm(t_list: Any, name: str | None = None) -> Any:
    """The euclidean norm of several tensors taken together: ``sqrt(Σ ‖t‖²)``.

    Args:
      t_list: sequence of tensors; None is passed over.
      name: str, optional.

    Returns:
      Scalar tensor.

    Raises:
      TypeError: if ``t_list`` is not a sequence.

    >>> import kerax as tf
    >>> tf.linalg.global_norm([[3.0], [4.0]]).numpy()
    np.float32(5.0)
    """
    values = [convert_to_tensor(value) for value in _sequence(t_list) if value is not None]
    return _global_norm(values) if values else convert_to_tensor(0.0)


@op("value; clip_norm, use_norm: float")
def _scale_to_norm(value, clip_norm, use_norm, name=None):
    # an infinite norm must give NaN, not 0: the second term is inf - inf then
    scale = clip_norm * jnp.minimum(1 / use_norm, jnp.ones_like(clip_norm) / clip_norm)
    scale = scale + (use_norm - use_norm)
    return value * scale.astype(value.dtype)


def clip_by_global_norm(t_list: Any, clip_norm: Any, use_norm: Any = None, name: str | None = None) -> Any:
    """Scales several tensors by one factor so that their global norm is at most ``clip_norm``.

    ``t · clip_norm / max(global_norm, clip_norm)``

    Args:
      t_list: sequence of tensors; None is passed through.
      clip_norm: positive scalar.
      use_norm: scalar tensor, the global norm if it is known.
      name: str, optional.

    Returns:
      (list of clipped tensors, scalar tensor of the global norm before clipping); all NaN where the norm
      is infinite.

    Raises:
      TypeError: if ``t_list`` is not a sequence.

    >>> import kerax as tf
    >>> clipped, norm = tf.clip_by_global_norm([[3.0], [4.0]], 1.0)
    >>> norm.numpy()
    np.float32(5.0)
    """
    plain = _sequence(t_list)
    if use_norm is None:
        use_norm = global_norm(plain)
    clipped = []
    for original, value in zip(t_list, plain, strict=True):
        if value is None:
            clipped.append(None)
            continue
        scaled = _scale_to_norm(value, clip_norm, use_norm)
        if is_indexed_slices(original):
            scaled = type(original)(scaled, original.indices, original.dense_shape)
        clipped.append(scaled)
    return clipped, use_norm
