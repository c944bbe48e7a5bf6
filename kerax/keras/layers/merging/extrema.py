"""``keras.layers.Maximum`` and ``Minimum``, and their functions."""

from __future__ import annotations

import functools
from typing import Any

from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras.layers.merging.base import Merge, same_dtype
from kerax.keras.layers.merging.masked import EXTREMA, extreme, mask_of


@op("inputs*")
def _plain_extreme(inputs, kind):
    return functools.reduce(EXTREMA[kind], inputs)


class _Extreme(Merge):
    _kind = "maximum"

    def _merge_function(self, inputs: list[Any]) -> Any:
        masks = [mask_of(x) for x in inputs]
        if legacy_keras() or all(mask is None for mask in masks):
            return _plain_extreme(same_dtype(inputs), self._kind)
        return extreme(same_dtype(inputs), masks, self._kind)


class Maximum(_Extreme):
    """The elementwise maximum of a list of inputs; what is masked is left out (Keras 3).

    >>> import kerax as tf
    >>> tf.keras.layers.Maximum()([tf.constant([3., 1.]), tf.constant([2., 2.])]).numpy()
    array([3., 2.], dtype=float32)
    """

    _kind = "maximum"


class Minimum(_Extreme):
    """The elementwise minimum of a list of inputs; what is masked is left out (Keras 3).

    >>> import kerax as tf
    >>> tf.keras.layers.Minimum()([tf.constant([3., 1.]), tf.constant([2., 2.])]).numpy()
    array([2., 1.], dtype=float32)
    """

    _kind = "minimum"


def maximum(inputs: Any, **kwargs: Any) -> Any:
    """``Maximum(**kwargs)(inputs)``.

    Args:
      inputs: list of tensors.
      **kwargs: of ``Layer``.

    Returns:
      Tensor, the elementwise maximum.

    >>> import kerax as tf
    >>> tf.keras.layers.maximum([tf.constant([3.]), tf.constant([2.])]).numpy()
    array([3.], dtype=float32)
    """
    return Maximum(**kwargs)(inputs)


def minimum(inputs: Any, **kwargs: Any) -> Any:
    """``Minimum(**kwargs)(inputs)``.

    Args:
      inputs: list of tensors.
      **kwargs: of ``Layer``.

    Returns:
      Tensor, the elementwise minimum.

    >>> import kerax as tf
    >>> tf.keras.layers.minimum([tf.constant([3.]), tf.constant([2.])]).numpy()
    array([2.], dtype=float32)
    """
    return Minimum(**kwargs)(inputs)
