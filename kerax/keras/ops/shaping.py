"""Shapes: reshaping, moving, joining, splitting, padding and repeating."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

import kerax.array_ops as tf
from kerax.core.op import composed, op
from kerax.keras.engine.abstract import true_shape
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.promotion import dtype_of, promoted, result_type
from kerax.keras.engine.settings import standardize_dtype
from kerax.keras.ops._axes import as_list, canonical_axis
from kerax.linalg import diag as _tf_diag


# --- reshaping ------------------------------------------------------------------------------------------------
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
    # Keras 3.15 on TensorFlow turns once and then only mirrors, so two and three turns differ from numpy's
    moved = jnp.moveaxis(array, axes, (-2, -1))
    turned = jnp.swapaxes(jnp.flip(moved, -1), -1, -2)
    if k > 1:
        height, width = moved.shape[-2:]
        turned = turned.reshape(*moved.shape[:-2], *((width, height) if k % 2 else (height, width)))
        turned = turned if k % 2 else jnp.flip(turned, -1)
    return jnp.moveaxis(turned, (-2, -1), axes)


@composed
def rot90(array, k=1, axes=(0, 1)):
    """The tensor turned by quarter turns in the plane of two axes; more than one turn as Keras on TensorFlow does it.

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


# --- joining and splitting --------------------------------------------------------------------------------------
def _alike(xs: Any) -> list[Any]:
    """Tensors of one dtype."""
    xs = [x if isinstance(x, (int, float)) and not hasattr(x, "dtype") else to_tensor(x) for x in xs]
    wanted = result_type(*(dtype_of(x) for x in xs)) if len({str(dtype_of(x)) for x in xs}) > 1 else None
    return [to_tensor(x, wanted) for x in xs]


@composed
def concatenate(xs, axis=0):
    """Tensors joined along an axis.

    Args:
      xs: list of tensors of the same shape but for that axis; dtypes are promoted.
      axis: int.

    Returns:
      Tensor.

    >>> import kerax as tf
    >>> tf.keras.ops.concatenate([[1, 2], [3]]).numpy()
    array([1, 2, 3], dtype=int32)
    """
    return tf.concat(_alike(xs), axis=axis)


@composed
def append(x1, x2, axis=None):
    """Two tensors joined along an axis, or flattened.

    Args:
      x1: tensor.
      x2: tensor; dtypes are promoted.
      axis: int, or None to flatten both.

    Returns:
      Tensor.

    >>> import kerax as tf
    >>> tf.keras.ops.append([1, 2], [[3, 4]]).numpy()
    array([1, 2, 3, 4], dtype=int32)
    """
    x1, x2 = promoted(x1, x2, weak=False)
    if axis is None:
        return tf.concat([tf.reshape(x1, [-1]), tf.reshape(x2, [-1])], axis=0)
    return tf.concat([x1, x2], axis=axis)


@composed
def stack(x, axis=0):
    """Tensors joined along a new axis.

    Args:
      x: list of tensors of one shape; dtypes are promoted.
      axis: int, where the new axis is.

    Returns:
      Tensor of one rank more.

    >>> import kerax as tf
    >>> tf.keras.ops.stack([[1, 2], [3, 4]], axis=1).numpy()
    array([[1, 3],
           [2, 4]], dtype=int32)
    """
    return tf.stack(_alike(x), axis=axis)


@composed
def hstack(xs):
    """Tensors joined along axis 1, vectors along axis 0.

    Args:
      xs: list of tensors; dtypes are promoted.

    Returns:
      Tensor.

    >>> import kerax as tf
    >>> tf.keras.ops.hstack([[1, 2], [3]]).numpy()
    array([1, 2, 3], dtype=int32)
    """
    xs = _alike(xs)
    return tf.concat(xs, axis=0 if len(xs[0].shape) == 1 else 1)


@composed
def vstack(xs):
    """Tensors joined along axis 0.

    Args:
      xs: list of tensors; dtypes are promoted.

    Returns:
      Tensor.

    >>> import kerax as tf
    >>> tf.keras.ops.vstack([[[1, 2]], [[3, 4]]]).numpy()
    array([[1, 2],
           [3, 4]], dtype=int32)
    """
    return tf.concat(_alike(xs), axis=0)


@composed
def dstack(xs):
    """Tensors joined along axis 2; vectors and matrices get the axes they lack.

    Args:
      xs: list of tensors; dtypes are promoted.

    Returns:
      Tensor of rank 3 at least.

    >>> import kerax as tf
    >>> tf.keras.ops.dstack([[1, 2], [3, 4]]).shape
    TensorShape([1, 2, 2])
    """
    deep = []
    for x in _alike(xs):
        if len(x.shape) == 1:
            x = tf.expand_dims(tf.expand_dims(x, 0), 2)
        elif len(x.shape) == 2:
            x = tf.expand_dims(x, 2)
        deep.append(x)
    return tf.concat(deep, axis=2)


@composed
def split(x, indices_or_sections, axis=0):
    """The tensor cut along an axis.

    Args:
      x: tensor.
      indices_or_sections: int, the number of equal parts, or ints, where to cut.
      axis: int.

    Returns:
      list of Tensors.

    Raises:
      ValueError: the axis cannot be cut into that many equal parts.

    >>> import kerax as tf
    >>> [part.numpy().tolist() for part in tf.keras.ops.split([1, 2, 3, 4], [1, 3])]
    [[1], [2, 3], [4]]
    """
    x = to_tensor(x)
    if isinstance(indices_or_sections, int):
        return tf.split(x, indices_or_sections, axis=axis)
    cuts = [int(cut) for cut in indices_or_sections]
    sizes = [b - a for a, b in zip([0, *cuts], [*cuts, x.shape[axis]], strict=True)]
    return tf.split(x, sizes, axis=axis)


@composed
def array_split(x, indices_or_sections, axis=0):
    """The tensor cut along an axis into parts that are as equal as possible, longer ones first.

    Args:
      x: tensor.
      indices_or_sections: int, the number of parts.
      axis: int.

    Returns:
      list of Tensors.

    >>> import kerax as tf
    >>> [part.numpy().tolist() for part in tf.keras.ops.array_split([1, 2, 3], 2)]
    [[1, 2], [3]]
    """
    x = to_tensor(x)
    if not isinstance(indices_or_sections, int):
        return split.pure(x, indices_or_sections, axis)
    size, longer = divmod(x.shape[axis], indices_or_sections)
    return tf.split(x, [size + 1] * longer + [size] * (indices_or_sections - longer), axis=axis)


@composed
def hsplit(x, indices_or_sections):
    """The tensor cut along axis 1, a vector along axis 0.

    Args:
      x: tensor.
      indices_or_sections: int, the number of equal parts, or ints, where to cut.

    Returns:
      list of Tensors.

    >>> import kerax as tf
    >>> len(tf.keras.ops.hsplit([[1, 2]], 2))
    2
    """
    x = to_tensor(x)
    return split.pure(x, indices_or_sections, 0 if len(x.shape) == 1 else 1)


@composed
def vsplit(x, indices_or_sections):
    """The tensor cut along axis 0.

    Args:
      x: tensor.
      indices_or_sections: int, the number of equal parts, or ints, where to cut.

    Returns:
      list of Tensors.

    >>> import kerax as tf
    >>> len(tf.keras.ops.vsplit([[1], [2]], 2))
    2
    """
    return split.pure(x, indices_or_sections, 0)


@composed
def dsplit(x, indices_or_sections):
    """The tensor cut along axis 2.

    Args:
      x: tensor of rank 3 at least.
      indices_or_sections: int, the number of equal parts, or ints, where to cut.

    Returns:
      list of Tensors.

    >>> import kerax as tf
    >>> len(tf.keras.ops.dsplit([[[1, 2]]], 2))
    2
    """
    return split.pure(x, indices_or_sections, 2)


@composed
def meshgrid(*x, indexing="xy"):
    """Grids of coordinates from vectors of coordinates.

    Args:
      *x: vectors.
      indexing: "xy" where the first vector runs along axis 1, "ij" where it runs along axis 0.

    Returns:
      list of Tensors, one for each vector.

    >>> import kerax as tf
    >>> tf.keras.ops.meshgrid([1, 2], [3, 4])[0].numpy()
    array([[1, 2],
           [1, 2]], dtype=int32)
    """
    return tf.meshgrid(*(to_tensor(value) for value in x), indexing=indexing)


@composed
def unstack(x, num=None, axis=0):
    """The slices of a tensor along an axis, without that axis.

    Args:
      x: tensor.
      num: int, the size of the axis; by default what it is.
      axis: int.

    Returns:
      list of Tensors.

    >>> import kerax as tf
    >>> [row.numpy().tolist() for row in tf.keras.ops.unstack([[1, 2], [3, 4]])]
    [[1, 2], [3, 4]]
    """
    return list(tf.unstack(to_tensor(x), num=num, axis=axis))


# --- diagonals and triangles ------------------------------------------------------------------------------------
@op("x")
def _diagonal(x: Any, offset: Any, axis1: Any, axis2: Any) -> Any:
    return jnp.diagonal(x, offset=offset, axis1=axis1, axis2=axis2)


@composed
def diagonal(x, offset=0, axis1=0, axis2=1):
    """The diagonal of two axes, as the last axis.

    Args:
      x: tensor of rank 2 at least.
      offset: int, how far above the main diagonal.
      axis1: int, the rows.
      axis2: int, the columns.

    Returns:
      Tensor without the two axes and with one for the diagonal.

    >>> import kerax as tf
    >>> tf.keras.ops.diagonal([[1, 2], [3, 4]]).numpy()
    array([1, 4], dtype=int32)
    """
    x = to_tensor(x)
    if len(x.shape) < 2:
        raise ValueError(f"`diagonal` requires an array of at least two dimensions, but `x` is of shape {x.shape}.")
    return _diagonal(x, int(offset), int(axis1), int(axis2))


@composed
def diag(x, k=0):
    """The matrix with a vector on a diagonal, or the diagonal of a matrix.

    Args:
      x: tensor of rank 1 or 2.
      k: int, how far above the main diagonal.

    Returns:
      Tensor of rank 2 or 1.

    Raises:
      ValueError: another rank.

    >>> import kerax as tf
    >>> tf.keras.ops.diag([1, 2]).numpy()
    array([[1, 0],
           [0, 2]], dtype=int32)
    """
    x = to_tensor(x)
    if len(x.shape) == 1:
        return _tf_diag(x, k=k)
    if len(x.shape) == 2:
        return diagonal.pure(x, offset=k)
    raise ValueError(f"`x` must be 1d or 2d. Received: x.shape={x.shape}")


@composed
def diagflat(x, k=0):
    """The matrix with the elements of a tensor on a diagonal.

    Args:
      x: tensor of any shape.
      k: int, how far above the main diagonal.

    Returns:
      Tensor of rank 2.

    >>> import kerax as tf
    >>> tf.keras.ops.diagflat([[1], [2]]).numpy()
    array([[1, 0],
           [0, 2]], dtype=int32)
    """
    return _tf_diag(tf.reshape(to_tensor(x), [-1]), k=k)


@op("x")
def _triangle(x: Any, k: Any, lower: Any) -> Any:
    return jnp.tril(x, k) if lower else jnp.triu(x, k)


@composed
def tril(x, k=0):
    """The tensor with zeros above a diagonal of its last two axes.

    Args:
      x: tensor of rank 2 at least.
      k: int, how far above the main diagonal.

    Returns:
      Tensor of the same shape.

    >>> import kerax as tf
    >>> tf.keras.ops.tril([[1, 2], [3, 4]]).numpy()
    array([[1, 0],
           [3, 4]], dtype=int32)
    """
    return _triangle(to_tensor(x), k, True)


@composed
def triu(x, k=0):
    """The tensor with zeros below a diagonal of its last two axes.

    Args:
      x: tensor of rank 2 at least.
      k: int, how far above the main diagonal.

    Returns:
      Tensor of the same shape.

    >>> import kerax as tf
    >>> tf.keras.ops.triu([[1, 2], [3, 4]]).numpy()
    array([[1, 2],
           [0, 4]], dtype=int32)
    """
    return _triangle(to_tensor(x), k, False)


# --- bytes ------------------------------------------------------------------------------------------------------
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


# --- sizes ------------------------------------------------------------------------------------------------------
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
    4
    """
    return tf.size(to_tensor(x))
