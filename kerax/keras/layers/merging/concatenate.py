"""``keras.layers.Concatenate`` and its function."""

from __future__ import annotations

from typing import Any

from kerax.array_ops import concat, expand_dims, ones_like, zeros_like
from kerax.core.config import legacy_keras
from kerax.keras.layers.merging.base import Merge, checked_masks, is_list_of_shapes, same_dtype
from kerax.keras.ops import joining
from kerax.math.casting import cast
from kerax.math.comparison import logical_or
from kerax.math.reduction import reduce_all, reduce_any
from kerax.sparse.tensor import is_sparse


class Concatenate(Merge):
    """Joins a list of inputs along an axis.

    Args:
      axis: int.

    Takes tensors of shapes that agree but for ``axis``.

    Raises:
      ValueError: shapes that do not fit.

    >>> import kerax as tf
    >>> tf.keras.layers.Concatenate()([tf.ones((2, 3)), tf.ones((2, 1))]).shape
    TensorShape([2, 4])
    """

    def __init__(self, axis: int = -1, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.axis = axis
        self.supports_masking = True

    def build(self, input_shape: Any) -> None:
        if not is_list_of_shapes(input_shape):
            raise ValueError(
                "A `Concatenate` layer should be called on a list of at least 1 input. Received: "
                f"input_shape={input_shape}"
            )
        others = []
        for shape in input_shape:
            rest = list(shape)
            if -len(rest) <= self.axis < len(rest):
                del rest[self.axis]
            others.append(rest)
        fits = len({len(rest) for rest in others}) == 1 and all(
            len({size for size in sizes if size is not None}) <= 1 for sizes in zip(*others, strict=True)
        )
        if not fits:
            raise ValueError(
                "A `Concatenate` layer requires inputs with matching shapes except for the concatenation axis. "
                f"Received: input_shape={[tuple(shape) for shape in input_shape]}"
            )

    def call(self, inputs: Any) -> Any:
        if not isinstance(inputs, (list, tuple)):
            raise ValueError(
                f"A merge layer should be called on a list of inputs. Received: inputs={inputs} (not a list of tensors)"
            )
        return self._merge_function(list(inputs))

    def _merge_function(self, inputs: list[Any]) -> Any:
        if any(is_sparse(x) for x in inputs):
            return joining.concatenate(inputs, self.axis)
        return concat(same_dtype(inputs), axis=self.axis)

    def compute_output_shape(self, input_shape: Any) -> Any:
        if not is_list_of_shapes(input_shape):
            raise ValueError(
                f"A `Concatenate` layer should be called on a list of inputs. Received: input_shape={input_shape}"
            )
        shape = list(input_shape[0])
        sizes = [one[self.axis] for one in input_shape]
        shape[self.axis] = None if None in sizes else sum(sizes)
        return tuple(shape)

    def compute_mask(self, inputs: Any, mask: Any = None) -> Any:
        if mask is None or all(one is None for one in checked_masks(inputs, mask)):
            return None
        legacy = legacy_keras()
        masks = []
        for x, one in zip(inputs, mask, strict=True):
            one = ones_like(x, dtype="bool") if one is None else cast(one, "bool")
            if len(one.shape) < len(x.shape):
                one = expand_dims(one, -1)
                one = one if legacy else logical_or(one, zeros_like(x, dtype="bool"))
            masks.append(one)
        joined = concat(masks, axis=self.axis)
        return reduce_all(joined, axis=-1) if legacy else reduce_any(joined, axis=-1)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "axis": self.axis}


def concatenate(inputs: Any, axis: int = -1, **kwargs: Any) -> Any:
    """``Concatenate(axis, **kwargs)(inputs)``.

    Args:
      inputs: list of tensors.
      axis: int.
      **kwargs: of ``Layer``.

    Returns:
      Tensor.

    >>> import kerax as tf
    >>> tf.keras.layers.concatenate([tf.constant([[1.]]), tf.constant([[2.]])]).numpy()
    array([[1., 2.]], dtype=float32)
    """
    return Concatenate(axis=axis, **kwargs)(inputs)
