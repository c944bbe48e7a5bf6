"""Parts of images, and images with a margin."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import lax

from kerax.array_ops._known import concrete, known
from kerax.core import dtypes, errors
from kerax.core.op import composed, op, static
from kerax.core.tensor import convert_to_tensor
from kerax.image._shape import image_tensor, integer
from kerax.random.stateful import uniform
from kerax.random.stateless import stateless_uniform


@op("image; begin: int")
def _slice(image, begin, sizes):
    return lax.dynamic_slice(image, [begin[i] for i in range(begin.shape[0])], sizes)


@op("image; begin: int")
def _place(image, begin, sizes):
    return lax.dynamic_update_slice(jnp.zeros(sizes, image.dtype), image, [begin[i] for i in range(begin.shape[0])])


def _offsets(height: Any, width: Any, rank: int) -> tuple[Any, int | None, int | None]:
    """Where a part of an image begins, as a tensor, and its numbers if they are known."""
    if isinstance(height, (int, np.integer)) and isinstance(width, (int, np.integer)):
        begin = np.array([0] * (rank - 3) + [height, width, 0], np.int32)
        return convert_to_tensor(begin), int(height), int(width)
    values = [convert_to_tensor(value, None if hasattr(value, "dtype") else dtypes.int32) for value in (height, width)]
    numbers = [known(value) for value in values]
    begin = _begin(*values, rank - 3)
    return begin, *(None if number is None else int(number) for number in numbers)


@op("height: int; width: int", differentiable=False)
def _begin(height, width, lead):
    zero = jnp.zeros((), jnp.int32)
    return jnp.stack([zero] * lead + [height.astype(jnp.int32), width.astype(jnp.int32), zero])


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise ValueError(message)


def _size(image: Any, height: int, width: int) -> tuple[int, ...]:
    return (*tuple(image.shape)[:-3], height, width, image.shape[-1])


@composed
def crop_to_bounding_box(
    image: Any, offset_height: Any, offset_width: Any, target_height: Any, target_width: Any
) -> Any:
    """A part of an image.

    Args:
      image: tensor [batch, height, width, channels] or [height, width, channels].
      offset_height: int, the first row.
      offset_width: int, the first column.
      target_height: int, the number of rows.
      target_width: int, the number of columns.

    Returns:
      Tensor [..., target_height, target_width, channels].

    Raises:
      ValueError: the part is empty or reaches beyond the image.

    >>> import kerax as tf
    >>> tf.image.crop_to_bounding_box([[[1], [2], [3]]], 0, 1, 1, 2).numpy()[0, :, 0]
    array([2, 3], dtype=int32)
    """
    image = image_tensor(image)
    high, wide = integer(target_height, "target_height"), integer(target_width, "target_width")
    begin, top, left = _offsets(offset_height, offset_width, image.shape.rank)
    height, width = tuple(image.shape)[-3:-1]
    _require(left is None or left >= 0, "offset_width must be >= 0.")
    _require(top is None or top >= 0, "offset_height must be >= 0.")
    _require(wide > 0, "target_width must be > 0.")
    _require(high > 0, "target_height must be > 0.")
    _require(width >= wide + (left or 0), "width must be >= target + offset.")
    _require(height >= high + (top or 0), "height must be >= target + offset.")
    return _slice(image, begin, _size(image, high, wide))


@composed
def pad_to_bounding_box(
    image: Any, offset_height: Any, offset_width: Any, target_height: Any, target_width: Any
) -> Any:
    """An image with zeros around it.

    Args:
      image: tensor [batch, height, width, channels] or [height, width, channels].
      offset_height: int, rows of zeros above.
      offset_width: int, columns of zeros to the left.
      target_height: int, the new height.
      target_width: int, the new width.

    Returns:
      Tensor [..., target_height, target_width, channels].

    Raises:
      ValueError: an offset is negative, or the image does not fit.

    >>> import kerax as tf
    >>> tf.image.pad_to_bounding_box([[[1], [2]]], 0, 1, 1, 4).numpy()[0, :, 0]
    array([0, 1, 2, 0], dtype=int32)
    """
    image = image_tensor(image)
    high, wide = integer(target_height, "target_height"), integer(target_width, "target_width")
    begin, top, left = _offsets(offset_height, offset_width, image.shape.rank)
    height, width = tuple(image.shape)[-3:-1]
    _require(top is None or top >= 0, "offset_height must be >= 0")
    _require(left is None or left >= 0, "offset_width must be >= 0")
    _require(wide - (left or 0) - width >= 0, "width must be <= target - offset")
    _require(high - (top or 0) - height >= 0, "height must be <= target - offset")
    return _place(image, begin, _size(image, high, wide))


@composed
def resize_with_crop_or_pad(image: Any, target_height: Any, target_width: Any) -> Any:
    """The middle of an image, or the image in the middle of zeros: pixels stay as they are.

    Args:
      image: tensor [batch, height, width, channels] or [height, width, channels].
      target_height: int, the new height.
      target_width: int, the new width.

    Returns:
      Tensor [..., target_height, target_width, channels].

    Raises:
      ValueError: a size is not positive.

    >>> import kerax as tf
    >>> tf.image.resize_with_crop_or_pad([[[1], [2], [3]]], 1, 1).numpy()[0, :, 0]
    array([2], dtype=int32)
    """
    image = image_tensor(image)
    high, wide = integer(target_height, "target_height"), integer(target_width, "target_width")
    _require(wide > 0, "target_width must be > 0.")
    _require(high > 0, "target_height must be > 0.")
    height, width = tuple(image.shape)[-3:-1]
    top, left = max(-(high - height) // 2, 0), max(-(wide - width) // 2, 0)
    cropped = crop_to_bounding_box(image, top, left, min(high, height), min(wide, width))
    return pad_to_bounding_box(cropped, max((high - height) // 2, 0), max((wide - width) // 2, 0), high, wide)


@composed
def central_crop(image: Any, central_fraction: Any) -> Any:
    """The middle of an image.

    Args:
      image: tensor [batch, height, width, channels] or [height, width, channels].
      central_fraction: float in (0, 1], the part of the height and the width to keep.

    Returns:
      Tensor of the same number of dimensions.

    Raises:
      ValueError: ``central_fraction`` is out of range, or ``image`` has not three or four dimensions.

    >>> import kerax as tf
    >>> tf.image.central_crop(tf.ones([4, 8, 1]), 0.5).shape
    TensorShape([2, 4, 1])
    """
    image = convert_to_tensor(image)
    fraction = float(static(central_fraction, "central_fraction"))
    if not 0 < fraction <= 1:
        raise ValueError("central_fraction must be within (0, 1]")
    if fraction == 1:
        return image
    image = image_tensor(image)
    height, width = tuple(image.shape)[-3:-1]
    top, left = int((height - height * fraction) / 2), int((width - width * fraction) / 2)
    return crop_to_bounding_box(image, top, left, height - 2 * top, width - 2 * left)


@op("value; drawn: int")
def _crop_at(value, drawn, sizes):
    limit = jnp.array(value.shape, jnp.int32) - jnp.array(sizes, jnp.int32) + 1
    begin = drawn % limit
    return lax.dynamic_slice(value, [begin[i] for i in range(value.ndim)], sizes)


def _crop_size(value: Any, size: Any) -> tuple[int, ...]:
    sizes = tuple(int(part) for part in concrete(size, "size").reshape(-1))
    if len(sizes) != value.shape.rank or any(have < part for have, part in zip(value.shape, sizes, strict=True)):
        raise errors.InvalidArgumentError(None, None, f"Need value.shape >= size, got {value.shape} and {list(sizes)}")
    return sizes


@composed
def random_crop(value: Any, size: Any, seed: Any = None, name: str | None = None) -> Any:
    """A part of a tensor, from a random place.

    Args:
      value: tensor.
      size: int [rank], the sizes of the part.
      seed: int or None.
      name: str, optional.

    Returns:
      Tensor of shape ``size``.

    Raises:
      InvalidArgumentError: the part is larger than the tensor.

    >>> import kerax as tf
    >>> tf.image.random_crop([[1, 2, 3], [4, 5, 6]], [1, 3]).shape
    TensorShape([1, 3])
    """
    value = convert_to_tensor(value)
    sizes = _crop_size(value, size)
    return _crop_at(value, uniform([len(sizes)], 0, 2**31 - 1, dtypes.int32, seed), sizes)


@composed
def stateless_random_crop(value: Any, size: Any, seed: Any, name: str | None = None) -> Any:
    """A part of a tensor, from a place that depends on the seed.

    Args:
      value: tensor.
      size: int [rank], the sizes of the part.
      seed: int tensor [2].
      name: str, optional.

    Returns:
      Tensor of shape ``size``.

    Raises:
      InvalidArgumentError: the part is larger than the tensor.

    >>> import kerax as tf
    >>> tf.image.stateless_random_crop([[1, 2, 3], [4, 5, 6]], [1, 3], (1, 2)).numpy()
    array([[1, 2, 3]], dtype=int32)
    """
    value = convert_to_tensor(value)
    sizes = _crop_size(value, size)
    return _crop_at(value, stateless_uniform([len(sizes)], seed, 0, 2**31 - 1, dtypes.int32), sizes)
