"""Mirrored and turned images."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

from kerax.core import dtypes
from kerax.core.op import composed, op
from kerax.core.tensor import convert_to_tensor
from kerax.image._shape import image_tensor
from kerax.random.stateful import uniform
from kerax.random.stateless import stateless_uniform


@op("image")
def _flip(image, axis):
    return jnp.flip(image, image.ndim - 3 + axis)


@composed
def flip_left_right(image: Any) -> Any:
    """Images mirrored along the width.

    Args:
      image: tensor [batch, height, width, channels] or [height, width, channels].

    Returns:
      Tensor like ``image``.

    Raises:
      ValueError: ``image`` has not three or four dimensions.

    >>> import kerax as tf
    >>> tf.image.flip_left_right([[[1], [2]]]).numpy()[0, :, 0]
    array([2, 1], dtype=int32)
    """
    return _flip(image_tensor(image), 1)


@composed
def flip_up_down(image: Any) -> Any:
    """Images mirrored along the height.

    Args:
      image: tensor [batch, height, width, channels] or [height, width, channels].

    Returns:
      Tensor like ``image``.

    Raises:
      ValueError: ``image`` has not three or four dimensions.

    >>> import kerax as tf
    >>> tf.image.flip_up_down([[[1]], [[2]]]).numpy()[:, 0, 0]
    array([2, 1], dtype=int32)
    """
    return _flip(image_tensor(image), 0)


@op("image; drawn: float")
def _flip_some(image, drawn, axis):
    """A single image is mirrored below 0.5, those of a batch above, as TensorFlow has it."""
    flipped = jnp.flip(image, image.ndim - 3 + axis)
    if image.ndim == 3:
        return jnp.where(drawn < 0.5, flipped, image)
    return jnp.where((jnp.round(drawn) == 1).reshape(-1, 1, 1, 1), flipped, image)


def _random_flip(image: Any, axis: int, sampler: Callable[..., Any]) -> Any:
    image = image_tensor(image)
    return _flip_some(image, sampler(shape=list(image.shape)[:-3], minval=0, maxval=1.0), axis)


@composed
def random_flip_left_right(image: Any, seed: Any = None) -> Any:
    """Images mirrored along the width or not, each with a chance of one half.

    Args:
      image: tensor [batch, height, width, channels] or [height, width, channels].
      seed: int or None.

    Returns:
      Tensor like ``image``.

    >>> import kerax as tf
    >>> tf.image.random_flip_left_right(tf.ones([2, 3, 1])).shape
    TensorShape([2, 3, 1])
    """
    return _random_flip(image, 1, functools.partial(uniform, seed=seed))


@composed
def random_flip_up_down(image: Any, seed: Any = None) -> Any:
    """Images mirrored along the height or not, each with a chance of one half.

    Args:
      image: tensor [batch, height, width, channels] or [height, width, channels].
      seed: int or None.

    Returns:
      Tensor like ``image``.

    >>> import kerax as tf
    >>> tf.image.random_flip_up_down(tf.ones([2, 3, 1])).shape
    TensorShape([2, 3, 1])
    """
    return _random_flip(image, 0, functools.partial(uniform, seed=seed))


@composed
def stateless_random_flip_left_right(image: Any, seed: Any) -> Any:
    """Images mirrored along the width or not, as the seed decides.

    Args:
      image: tensor [batch, height, width, channels] or [height, width, channels].
      seed: int tensor [2].

    Returns:
      Tensor like ``image``.

    >>> import kerax as tf
    >>> tf.image.stateless_random_flip_left_right([[[1], [2]]], (2, 3)).numpy()[0, :, 0]
    array([2, 1], dtype=int32)
    """
    return _random_flip(image, 1, functools.partial(stateless_uniform, seed=seed))


@composed
def stateless_random_flip_up_down(image: Any, seed: Any) -> Any:
    """Images mirrored along the height or not, as the seed decides.

    Args:
      image: tensor [batch, height, width, channels] or [height, width, channels].
      seed: int tensor [2].

    Returns:
      Tensor like ``image``.

    >>> import kerax as tf
    >>> tf.image.stateless_random_flip_up_down([[[1]], [[2]]], (2, 3)).numpy()[:, 0, 0]
    array([2, 1], dtype=int32)
    """
    return _random_flip(image, 0, functools.partial(stateless_uniform, seed=seed))


@op("image")
def _rot90(image, k):
    up = image.ndim - 3
    return jnp.rot90(image, k, axes=(up, up + 1))


@op("image; k: int")
def _rot90_by(image, k):
    up = image.ndim - 3
    turns = [lambda x, n=n: jnp.rot90(x, n, axes=(up, up + 1)) for n in range(4)]
    return jax.lax.switch(k % 4, turns, image)


@composed
def rot90(image: Any, k: Any = 1, name: str | None = None) -> Any:
    """Images turned counter-clockwise by quarters.

    Args:
      image: tensor [batch, height, width, channels] or [height, width, channels].
      k: int, how many quarters. A traced tensor is accepted for square images.
      name: str, optional.

    Returns:
      Tensor [..., width, height, channels] for odd ``k``, else like ``image``.

    >>> import kerax as tf
    >>> tf.image.rot90([[[1], [2]]]).numpy()[:, 0, 0]
    array([2, 1], dtype=int32)
    """
    image = image_tensor(image)
    height, width = tuple(image.shape)[-3:-1]
    if not isinstance(k, int) and height == width:
        return _rot90_by(image, convert_to_tensor(k, dtypes.int32))
    return _rot90(image, int(k) % 4)


@op("image")
def _transposed(image):
    return jnp.swapaxes(image, image.ndim - 3, image.ndim - 2)


@composed
def transpose(image: Any, name: str | None = None) -> Any:
    """Images with height and width exchanged.

    Args:
      image: tensor [batch, height, width, channels] or [height, width, channels].
      name: str, optional.

    Returns:
      Tensor [..., width, height, channels].

    >>> import kerax as tf
    >>> tf.image.transpose(tf.ones([2, 3, 1])).shape
    TensorShape([3, 2, 1])
    """
    return _transposed(image_tensor(image))
