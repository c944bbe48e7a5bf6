"""Shapes: reshaping, moving axes, repeating, padding; sizes."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

import kerax.array_ops as tf
from kerax.keras.engine.abstract import true_shape
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.settings import standardize_dtype
from kerax.keras.ops._axes import as_list, canonical_axis
from kerax.keras.ops._public import composed, op


@composed
def reshape(x, newshape):
    """The same elements in another shape.

    Args:
      x: tensor.
      newshape: the shape: ints, one of which may be -1 for what is left.

    Returns:
      Tensor of that shape.

    >>> import kerax as tf
    >>> tf.keras.ops.reshape([1, 2, 3, 4], (2, -1)).shape
    TensorShape([2, 2])
    """
    return tf.reshape(to_tensor(x), newshape)


@composed
def ravel(x):
    """The elements as a vector.

    Args:
      x: tensor of any shape.

    Returns:
      Tensor ``[size]``.

    >>> import kerax as tf
    >>> tf.keras.ops.ravel([[1, 2], [3, 4]]).numpy()
    array([1, 2, 3, 4], dtype=int32)
    """
    return tf.reshape(to_tensor(x), [-1])


@composed
def expand_dims(x, axis):
    """The tensor with axes of size 1 put in.

    Args:
      x: tensor.
      axis: int or tuple of ints, where the new axes are in the result.

    Returns:
      Tensor of a higher rank.

    >>> import kerax as tf
    >>> tf.keras.ops.expand_dims([1, 2], (0, -1)).shape
    TensorShape([1, 2, 1])
    """
    x = to_tensor(x)
    axes = as_list(axis)
    rank = len(x.shape) + len(axes)
    for position in sorted(canonical_axis(a, rank) for a in axes):
        x = tf.expand_dims(x, position)
    return x


@composed
def squeeze(x, axis=None):
    """The tensor without axes of size 1.

    Args:
      x: tensor.
      axis: int or tuple of ints, or None for all of size 1.

    Returns:
      Tensor of a lower rank.

    Raises:
      ValueError: an axis has another size.

    >>> import kerax as tf
    >>> tf.keras.ops.squeeze([[[1], [2]]]).numpy()
    array([1, 2], dtype=int32)
    """
    x = to_tensor(x)
    if axis is None:
        sizes = true_shape(tuple(x.shape))
        return tf.squeeze(x, [i for i, size in enumerate(sizes) if size == 1]) if 1 in sizes else x
    axes = as_list(axis)
    for a in axes:
        if x.shape[a] != 1:
            raise ValueError(f"Cannot squeeze axis={a}, because the dimension is not 1.")
    return tf.squeeze(x, sorted(canonical_axis(a, len(x.shape)) for a in axes)) if axes else x


@composed
def transpose(x, axes=None):
    """The tensor with its axes in another order.

    Args:
      x: tensor.
      axes: ints, which axis of ``x`` each axis of the result is; by default in reverse order.

    Returns:
      Tensor.

    Raises:
      ValueError: an axis is named twice.

    >>> import kerax as tf
    >>> tf.keras.ops.transpose([[1, 2], [3, 4]]).numpy()
    array([[1, 3],
           [2, 4]], dtype=int32)
    """
    x = to_tensor(x)
    if axes:
        axes = [canonical_axis(axis, len(x.shape)) for axis in axes]
        if len(set(axes)) != len(axes):
            raise ValueError(
                "`axes` must be a valid permutation of the input dimensions (no duplicates). "
                f"Received: axes={axes} for input of rank {len(x.shape)}."
            )
    return tf.transpose(x, perm=axes)


@composed
def moveaxis(x, source, destination):
    """The tensor with some axes in other places, the others in their order.

    Args:
      x: tensor.
      source: int or tuple of ints, axes of ``x``.
      destination: int or tuple of ints, where they are in the result.

    Returns:
      Tensor.

    Raises:
      ValueError: unequal numbers of axes.

    >>> import kerax as tf
    >>> tf.keras.ops.moveaxis(tf.zeros((2, 3, 4)), 0, -1).shape
    TensorShape([3, 4, 2])
    """
    x = to_tensor(x)
    rank = len(x.shape)
    sources = [canonical_axis(a, rank) for a in as_list(source)]
    targets = [canonical_axis(a, rank) for a in as_list(destination)]
    if len(sources) != len(targets):
        raise ValueError(
            f"Inconsistent number of `source` and `destination`. Received: source={source}, destination={destination}"
        )
    if sources == targets:
        return x
    order = [axis for axis in range(rank) if axis not in sources]
    for target, position in sorted(zip(targets, sources, strict=True)):
        order.insert(target, position)
    return tf.transpose(x, order)


@composed
def swapaxes(x, axis1, axis2):
    """The tensor with two axes exchanged.

    Args:
      x: tensor.
      axis1: int.
      axis2: int.

    Returns:
      Tensor.

    >>> import kerax as tf
    >>> tf.keras.ops.swapaxes(tf.zeros((2, 3, 4)), 0, 2).shape
    TensorShape([4, 3, 2])
    """
    x = to_tensor(x)
    order = list(range(len(x.shape)))
    a, b = canonical_axis(axis1, len(order)), canonical_axis(axis2, len(order))
    order[a], order[b] = order[b], order[a]
    return x if a == b else tf.transpose(x, order)


@composed
def flip(x, axis=None):
    """The tensor with elements in reverse order along axes.

    Args:
      x: tensor.
      axis: int or tuple of ints, or None for all axes.

    Returns:
      Tensor of the same shape.

    >>> import kerax as tf
    >>> tf.keras.ops.flip([1, 2, 3]).numpy()
    array([3, 2, 1], dtype=int32)
    """
    x = to_tensor(x)
    rank = len(x.shape)
    axes = range(rank) if axis is None else [canonical_axis(a, rank) for a in as_list(axis)]
    return tf.reverse(x, list(axes)) if rank else x


@composed
def fliplr(x):
    """The tensor with axis 1 in reverse order.

    Args:
      x: tensor of rank 2 at least.

    Returns:
      Tensor of the same shape.

    >>> import kerax as tf
    >>> tf.keras.ops.fliplr([[1, 2]]).numpy()
    array([[2, 1]], dtype=int32)
    """
    return tf.reverse(to_tensor(x), [1])


@composed
def flipud(x):
    """The tensor with axis 0 in reverse order.

    Args:
      x: tensor of rank 1 at least.

    Returns:
      Tensor of the same shape.

    >>> import kerax as tf
    >>> tf.keras.ops.flipud([1, 2]).numpy()
    array([2, 1], dtype=int32)
    """
    return tf.reverse(to_tensor(x), [0])


@op("array")
def _rot90(array: Any, k: Any, axes: Any) -> Any:
    def turn(x: Any) -> Any:
        return jnp.swapaxes(jnp.flip(x, -1), -1, -2)

    moved = jnp.moveaxis(array, axes, (-2, -1))
    turned = turn(moved)
    if k == 2:  # Keras 3.15 on TensorFlow reads the turned values in the final shape before it turns them again
        turned = turn(turned.reshape(moved.shape)).reshape(moved.shape)
    elif k == 3:
        turned = turn(turn(turned))
    return jnp.moveaxis(turned, (-2, -1), axes)


@composed
def rot90(array, k=1, axes=(0, 1)):
    """The tensor turned by quarter turns in the plane of two axes; two turns as Keras on TensorFlow does them.

    Args:
      array: tensor of rank 2 at least.
      k: int, the number of quarter turns from the first axis toward the second.
      axes: pair of different axes.

    Returns:
      Tensor.

    Raises:
      ValueError: a lower rank, or wrong axes.

    >>> import kerax as tf
    >>> tf.keras.ops.rot90([[1, 2], [3, 4]]).numpy()
    array([[2, 4],
           [1, 3]], dtype=int32)
    """
    array = to_tensor(array)
    if len(array.shape) < 2:
        raise ValueError(f"Input array must have at least 2 dimensions. Received: array.ndim={len(array.shape)}")
    if len(axes) != 2 or axes[0] == axes[1]:
        raise ValueError(f"Invalid axes: {axes}. Axes must be a tuple of two different dimensions.")
    return _rot90(array, int(k) % 4, tuple(axes)) if int(k) % 4 else array


@composed
def roll(x, shift, axis=None):
    """The tensor with elements moved along axes, those that leave coming back at the other end.

    Args:
      x: tensor.
      shift: int or tuple of ints, how far.
      axis: int or tuple of ints; None for the flattened tensor.

    Returns:
      Tensor of the same shape.

    >>> import kerax as tf
    >>> tf.keras.ops.roll([1, 2, 3], 1).numpy()
    array([3, 1, 2], dtype=int32)
    """
    x = to_tensor(x)
    if axis is not None:
        return tf.roll(x, shift=shift, axis=axis)
    return tf.reshape(tf.roll(tf.reshape(x, [-1]), shift, 0), x.shape)


@composed
def broadcast_to(x, shape):
    """The tensor repeated to fill a shape.

    Args:
      x: tensor.
      shape: ints, to which ``x`` broadcasts.

    Returns:
      Tensor of that shape.

    >>> import kerax as tf
    >>> tf.keras.ops.broadcast_to([1, 2], (2, 2)).numpy()
    array([[1, 2],
           [1, 2]], dtype=int32)
    """
    return tf.broadcast_to(to_tensor(x), shape)


@composed
def tile(x, repeats):
    """The tensor repeated along its axes.

    Args:
      x: tensor.
      repeats: int or ints, how often along each of the last axes (or of new axes in front).

    Returns:
      Tensor.

    >>> import kerax as tf
    >>> tf.keras.ops.tile([1, 2], 2).numpy()
    array([1, 2, 1, 2], dtype=int32)
    """
    x = to_tensor(x)
    counts = [int(r) for r in repeats] if hasattr(repeats, "__iter__") else [int(repeats)]
    counts = [1] * (len(x.shape) - len(counts)) + counts
    while len(x.shape) < len(counts):
        x = tf.expand_dims(x, 0)
    return tf.tile(x, counts)


@composed
def repeat(x, repeats, axis=None):
    """The tensor with each element repeated along an axis.

    Args:
      x: tensor.
      repeats: int, or ints, one for each element of the axis.
      axis: int, or None for the flattened tensor.

    Returns:
      Tensor.

    >>> import kerax as tf
    >>> tf.keras.ops.repeat([1, 2], 2).numpy()
    array([1, 1, 2, 2], dtype=int32)
    """
    return tf.repeat(to_tensor(x), repeats, axis=axis)


@composed
def pad(x, pad_width, mode="constant", constant_values=None):
    """The tensor with elements added at the ends of axes.

    Args:
      x: tensor.
      pad_width: int for all, pair for all axes, or a pair (before, after) for each axis.
      mode: "constant", "reflect" (without the edge) or "symmetric" (with it).
      constant_values: number, what "constant" adds; 0 by default.

    Returns:
      Tensor.

    Raises:
      ValueError: ``constant_values`` in another mode.

    >>> import kerax as tf
    >>> tf.keras.ops.pad([1, 2], (1, 2)).numpy()
    array([0, 1, 2, 0, 0], dtype=int32)
    """
    x = to_tensor(x)
    rank = len(x.shape)
    if isinstance(pad_width, int):
        pad_width = ((pad_width, pad_width),)
    elif isinstance(pad_width, (tuple, list)) and isinstance(pad_width[0], int):
        pad_width = (tuple(pad_width),)
    if len(pad_width) not in (1, rank):
        raise ValueError(
            "`pad_width` must have the same length as `x.shape`. "
            f"Received: pad_width={pad_width} (of length {len(pad_width)}), x.shape={x.shape} (of length {rank})"
        )
    widths = [list(pair) for pair in (pad_width if len(pad_width) == rank else list(pad_width) * rank)]
    if constant_values is None:
        return tf.pad(x, widths, mode.upper())
    if mode != "constant":
        raise ValueError(
            f"Argument `constant_values` can only be provided when `mode == 'constant'`. Received: mode={mode}"
        )
    return tf.pad(x, widths, "CONSTANT", constant_values=constant_values)


@composed
def view(x, dtype=None):
    """The same bytes as another dtype; the last axis grows or shrinks.

    Args:
      x: tensor.
      dtype: the dtype to read the bytes as.

    Returns:
      Tensor.

    Raises:
      ValueError: the last axis does not hold whole elements of the dtype.

    >>> import kerax as tf
    >>> tf.keras.ops.view(tf.constant([1, 2], tf.int32), "int16").shape
    TensorShape([4])
    """
    x = to_tensor(x)
    wanted = standardize_dtype(dtype if dtype else x.dtype)
    old, new = x.dtype.size, to_tensor(0, wanted).dtype.size
    last = x.shape[-1] if len(x.shape) else -1
    if (last == -1 and old != new) or last * old % new:
        raise ValueError(
            f"Cannot view array of shape {x.shape} and dtype {x.dtype} as dtype {wanted} because the total number of "
            "bytes is not divisible by the new itemsize."
        )
    if old == new:
        return tf.bitcast(x, wanted)
    if old > new:
        return tf.reshape(tf.bitcast(x, wanted), [*x.shape[:-1], last * old // new])
    return tf.bitcast(tf.reshape(x, [*x.shape[:-1], last * old // new, new // old]), wanted)


@composed
def ndim(x):
    """The number of axes.

    Args:
      x: tensor.

    Returns:
      int.

    >>> import kerax as tf
    >>> tf.keras.ops.ndim([[1, 2]])
    2
    """
    return len(to_tensor(x).shape)


@composed
def size(x):
    """The number of elements.

    Args:
      x: tensor.

    Returns:
      int32 Tensor, a scalar.

    >>> import kerax as tf
    >>> tf.keras.ops.size([[1, 2], [3, 4]]).numpy()
    np.int32(4)
    """
    return tf.size(to_tensor(x))
