"""Tensors joined and cut: concatenating, stacking, splitting."""

from __future__ import annotations

from typing import Any

import kerax.array_ops as tf
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.promotion import dtype_of, promoted, result_type
from kerax.keras.ops._public import composed


def _alike(xs: Any) -> list[Any]:
    """Tensors of one dtype; one that stands for a list of one, if it is no list."""
    if not isinstance(xs, (list, tuple)):
        return [to_tensor(xs)]
    xs = [x if isinstance(x, (int, float)) and not hasattr(x, "dtype") else to_tensor(x) for x in xs]
    wanted = result_type(*(dtype_of(x) for x in xs)) if len({str(dtype_of(x)) for x in xs}) > 1 else None
    return [to_tensor(x, wanted) for x in xs]


def _joined(xs: list[Any], axis: int) -> Any:
    return xs[0] if len(xs) == 1 else tf.concat(xs, axis=axis)


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
    return _joined(_alike(xs), axis)


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
    return tf.stack(_alike(list(x)), axis=axis)


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
    return _joined(xs, 0 if len(xs[0].shape) == 1 else 1)


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
    return _joined(_alike(xs), 0)


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
    for x in _alike(list(xs)):
        if len(x.shape) == 0:
            x = tf.reshape(x, [1, 1, 1])
        elif len(x.shape) == 1:
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
