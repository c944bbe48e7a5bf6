"""Random changes of images, from the global seed or from a seed of one's own."""

from __future__ import annotations

from typing import Any

from kerax.core import dtypes
from kerax.core.op import composed
from kerax.image.adjust import adjust_brightness, adjust_contrast, adjust_hue, adjust_saturation
from kerax.image.codec import adjust_jpeg_quality
from kerax.random.stateful import uniform
from kerax.random.stateless import stateless_uniform


def _symmetric(limit: Any, highest: float | None = None) -> None:
    if highest is not None and limit > highest:
        raise ValueError(f"max_delta must be <= {highest}.")
    if limit < 0:
        raise ValueError("max_delta must be non-negative.")


def _range(lower: Any, upper: Any) -> None:
    if upper <= lower:
        raise ValueError("upper must be > lower.")
    if lower < 0:
        raise ValueError("lower must be non-negative.")


def _qualities(lowest: Any, highest: Any) -> None:
    if not (0 <= lowest <= 100 and 0 <= highest <= 100):
        raise ValueError("jpeg encoding range must be between 0 and 100.")
    if lowest >= highest:
        raise ValueError("`min_jpeg_quality` must be less than `max_jpeg_quality`.")


@composed
def random_brightness(image: Any, max_delta: Any, seed: Any = None) -> Any:
    """``tf.image.adjust_brightness`` by a number between ``-max_delta`` and ``max_delta``.

    Args:
      image: tensor of pixels [..., height, width, channels].
      max_delta: float, at least 0.
      seed: int or None.

    Returns:
      Tensor like ``image``.

    Raises:
      ValueError: ``max_delta`` is out of range.

    >>> import kerax as tf
    >>> tf.image.random_brightness(tf.ones([2, 2, 3]), max_delta=0.1).shape
    TensorShape([2, 2, 3])
    """
    _symmetric(max_delta)
    return adjust_brightness(image, uniform([], -max_delta, max_delta, seed=seed))


@composed
def stateless_random_brightness(image: Any, max_delta: Any, seed: Any) -> Any:
    """``tf.image.adjust_brightness`` by a number between ``-max_delta`` and ``max_delta``, as the seed decides.

    Args:
      image: tensor of pixels [..., height, width, channels].
      max_delta: float, at least 0.
      seed: int tensor [2].

    Returns:
      Tensor like ``image``.

    Raises:
      ValueError: ``max_delta`` is out of range.

    >>> import kerax as tf
    >>> tf.image.stateless_random_brightness(tf.ones([2, 2, 3]), max_delta=0.1, seed=(1, 2)).shape
    TensorShape([2, 2, 3])
    """
    _symmetric(max_delta)
    return adjust_brightness(image, stateless_uniform([], seed, -max_delta, max_delta))


@composed
def random_hue(image: Any, max_delta: Any, seed: Any = None) -> Any:
    """``tf.image.adjust_hue`` by a number between ``-max_delta`` and ``max_delta``.

    Args:
      image: tensor of pixels [..., height, width, channels].
      max_delta: float, in [0, 0.5].
      seed: int or None.

    Returns:
      Tensor like ``image``.

    Raises:
      ValueError: ``max_delta`` is out of range.

    >>> import kerax as tf
    >>> tf.image.random_hue(tf.ones([2, 2, 3]), max_delta=0.1).shape
    TensorShape([2, 2, 3])
    """
    _symmetric(max_delta, 0.5)
    return adjust_hue(image, uniform([], -max_delta, max_delta, seed=seed))


@composed
def stateless_random_hue(image: Any, max_delta: Any, seed: Any) -> Any:
    """``tf.image.adjust_hue`` by a number between ``-max_delta`` and ``max_delta``, as the seed decides.

    Args:
      image: tensor of pixels [..., height, width, channels].
      max_delta: float, in [0, 0.5].
      seed: int tensor [2].

    Returns:
      Tensor like ``image``.

    Raises:
      ValueError: ``max_delta`` is out of range.

    >>> import kerax as tf
    >>> tf.image.stateless_random_hue(tf.ones([2, 2, 3]), max_delta=0.1, seed=(1, 2)).shape
    TensorShape([2, 2, 3])
    """
    _symmetric(max_delta, 0.5)
    return adjust_hue(image, stateless_uniform([], seed, -max_delta, max_delta))


@composed
def random_contrast(image: Any, lower: Any, upper: Any, seed: Any = None) -> Any:
    """``tf.image.adjust_contrast`` by a factor between ``lower`` and ``upper``.

    Args:
      image: tensor of pixels [..., height, width, channels].
      lower: float, at least 0.
      upper: float, above ``lower``.
      seed: int or None.

    Returns:
      Tensor like ``image``.

    Raises:
      ValueError: the bounds are negative or not in order.

    >>> import kerax as tf
    >>> tf.image.random_contrast(tf.ones([2, 2, 3]), 0.5, 1.5).shape
    TensorShape([2, 2, 3])
    """
    _range(lower, upper)
    return adjust_contrast(image, uniform([], lower, upper, seed=seed))


@composed
def stateless_random_contrast(image: Any, lower: Any, upper: Any, seed: Any) -> Any:
    """``tf.image.adjust_contrast`` by a factor between ``lower`` and ``upper``, as the seed decides.

    Args:
      image: tensor of pixels [..., height, width, channels].
      lower: float, at least 0.
      upper: float, above ``lower``.
      seed: int tensor [2].

    Returns:
      Tensor like ``image``.

    Raises:
      ValueError: the bounds are negative or not in order.

    >>> import kerax as tf
    >>> tf.image.stateless_random_contrast(tf.ones([2, 2, 3]), 0.5, 1.5, seed=(1, 2)).shape
    TensorShape([2, 2, 3])
    """
    _range(lower, upper)
    return adjust_contrast(image, stateless_uniform([], seed, lower, upper))


@composed
def random_saturation(image: Any, lower: Any, upper: Any, seed: Any = None) -> Any:
    """``tf.image.adjust_saturation`` by a factor between ``lower`` and ``upper``.

    Args:
      image: tensor of pixels [..., height, width, channels].
      lower: float, at least 0.
      upper: float, above ``lower``.
      seed: int or None.

    Returns:
      Tensor like ``image``.

    Raises:
      ValueError: the bounds are negative or not in order.

    >>> import kerax as tf
    >>> tf.image.random_saturation(tf.ones([2, 2, 3]), 0.5, 1.5).shape
    TensorShape([2, 2, 3])
    """
    _range(lower, upper)
    return adjust_saturation(image, uniform([], lower, upper, seed=seed))


@composed
def stateless_random_saturation(image: Any, lower: Any, upper: Any, seed: Any = None) -> Any:
    """``tf.image.adjust_saturation`` by a factor between ``lower`` and ``upper``, as the seed decides.

    Args:
      image: tensor of pixels [..., height, width, channels].
      lower: float, at least 0.
      upper: float, above ``lower``.
      seed: int tensor [2].

    Returns:
      Tensor like ``image``.

    Raises:
      ValueError: the bounds are negative or not in order.

    >>> import kerax as tf
    >>> tf.image.stateless_random_saturation(tf.ones([2, 2, 3]), 0.5, 1.5, seed=(1, 2)).shape
    TensorShape([2, 2, 3])
    """
    _range(lower, upper)
    return adjust_saturation(image, stateless_uniform([], seed, lower, upper))


@composed
def random_jpeg_quality(image: Any, min_jpeg_quality: Any, max_jpeg_quality: Any, seed: Any = None) -> Any:
    """``tf.image.adjust_jpeg_quality`` with a quality from ``[min_jpeg_quality, max_jpeg_quality)``.

    Args:
      image: tensor of pixels [height, width, 1 or 3].
      min_jpeg_quality: int in [0, 100].
      max_jpeg_quality: int in [0, 100], above ``min_jpeg_quality``.
      seed: int or None.

    Returns:
      Tensor like ``image``.

    Raises:
      ValueError: the bounds are out of range or not in order.

    >>> import kerax as tf
    >>> tf.image.random_jpeg_quality(tf.ones([2, 2, 3]), 75, 95).shape
    TensorShape([2, 2, 3])
    """
    _qualities(min_jpeg_quality, max_jpeg_quality)
    return adjust_jpeg_quality(image, uniform([], min_jpeg_quality, max_jpeg_quality, dtypes.int32, seed))


@composed
def stateless_random_jpeg_quality(image: Any, min_jpeg_quality: Any, max_jpeg_quality: Any, seed: Any) -> Any:
    """``tf.image.adjust_jpeg_quality`` with a quality below ``max_jpeg_quality``, as the seed decides.

    Args:
      image: tensor of pixels [height, width, 1 or 3].
      min_jpeg_quality: int in [0, 100].
      max_jpeg_quality: int in [0, 100], above ``min_jpeg_quality``.
      seed: int tensor [2].

    Returns:
      Tensor like ``image``.

    Raises:
      ValueError: the bounds are out of range or not in order.

    >>> import kerax as tf
    >>> tf.image.stateless_random_jpeg_quality(tf.ones([2, 2, 3]), 75, 95, seed=(1, 2)).shape
    TensorShape([2, 2, 3])
    """
    _qualities(min_jpeg_quality, max_jpeg_quality)
    return adjust_jpeg_quality(image, stateless_uniform([], seed, min_jpeg_quality, max_jpeg_quality, dtypes.int32))
