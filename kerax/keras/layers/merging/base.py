"""The base of merging layers: shapes, masks, and inputs of different rank."""

from __future__ import annotations

from typing import Any

from kerax.array_ops import concat, expand_dims
from kerax.core.config import legacy_keras
from kerax.keras.engine.keras_tensor import KerasTensor
from kerax.keras.engine.layer import Layer
from kerax.keras.engine.promotion import promoted
from kerax.math.casting import cast
from kerax.math.comparison import logical_or
from kerax.math.reduction import reduce_all


def broadcast_sizes(first: Any, second: Any) -> Any:
    """The shape that two shapes broadcast to, aligned at the end.

    Raises:
      ValueError: they do not fit.
    """
    if first is None or second is None:
        return None
    if len(first) < len(second):
        first, second = second, first
    lead = len(first) - len(second)
    sizes = list(first[:lead])
    for a, b in zip(first[lead:], second, strict=True):
        if a is None or b is None:
            sizes.append(None)
        elif a == 1 or b == 1 or a == b:
            sizes.append(max(a, b) if 0 not in (a, b) else 0)
        else:
            raise ValueError(f"Inputs have incompatible shapes. Received shapes {first} and {second}")
    return tuple(sizes)


def is_list_of_shapes(shape: Any) -> bool:
    """Whether these are the shapes of a list of inputs."""
    return isinstance(shape, (list, tuple)) and len(shape) > 0 and isinstance(shape[0], (list, tuple))


def same_dtype(inputs: Any) -> list[Any]:
    """Inputs in one dtype; Keras 3 promotes, Keras 2 leaves an error to the op."""
    inputs = list(inputs)
    if legacy_keras() or len({str(x.dtype) for x in inputs}) == 1:
        return inputs
    return promoted(*inputs)


def checked_masks(inputs: Any, mask: Any) -> Any:
    """The list of masks of a list of inputs.

    Raises:
      ValueError: no lists, or of other lengths.
    """
    for label, value in (("mask", mask), ("inputs", inputs)):
        if not isinstance(value, (tuple, list)):
            raise ValueError(f"`{label}` should be a list. Received: {label}={value}")
    if len(mask) != len(inputs):
        raise ValueError(
            f"The lists `inputs` and `mask` should have the same length. Received: inputs={inputs} of length "
            f"{len(inputs)}, and mask={mask} of length {len(mask)}"
        )
    return mask


class Merge(Layer):
    """A layer of a list of inputs of shapes that broadcast; subclasses have ``_merge_function(inputs)``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.supports_masking = True

    def _merge_function(self, inputs: list[Any]) -> Any:
        raise NotImplementedError

    def build(self, input_shape: Any) -> None:
        if not is_list_of_shapes(input_shape):
            raise ValueError(
                f"A merge layer should be called on a list of inputs. Received: input_shape={input_shape} "
                "(not a list of shapes)"
            )
        batches = {shape[0] for shape in input_shape if shape} - {None}
        if len(batches) > 1:
            raise ValueError(
                "Cannot merge tensors with different batch sizes. Received tensors with shapes "
                f"{[tuple(shape) for shape in input_shape]}"
            )
        self.compute_output_shape(input_shape)

    def call(self, inputs: Any) -> Any:
        if not isinstance(inputs, (list, tuple)):
            raise ValueError(
                f"A merge layer should be called on a list of inputs. Received: inputs={inputs} (not a list of tensors)"
            )
        rank = max(len(x.shape) for x in inputs)
        level = []
        for x in inputs:
            for _ in range(rank - len(x.shape)):
                x = expand_dims(x, 1)
            level.append(x)
        return self._merge_function(level)

    def compute_output_shape(self, input_shape: Any) -> Any:
        shape = None if input_shape[0] is None else tuple(input_shape[0][1:])
        for one in input_shape[1:]:
            shape = broadcast_sizes(shape, None if one is None else tuple(one[1:]))
        batches = {one[0] for one in input_shape if one is not None} - {None}
        return (batches.pop() if len(batches) == 1 else None, *(shape or ()))

    def compute_output_spec(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        if not isinstance(inputs, (list, tuple)):
            raise ValueError(
                f"A merge layer should be called on a list of inputs. Received: inputs={inputs} (not a list of tensors)"
            )
        shape = self.compute_output_shape([tuple(x.shape) for x in inputs])
        return KerasTensor(shape, self.compute_dtype, sparse=all(x.sparse for x in inputs))

    def compute_mask(self, inputs: Any, mask: Any = None) -> Any:
        """Keras 3: any of the masks, if all inputs have one. Keras 2: all of those there are."""
        if mask is None:
            return None
        masks = [cast(one, "bool") for one in checked_masks(inputs, mask) if one is not None]
        if not masks or (len(masks) < len(mask) and not legacy_keras()):
            return None
        if legacy_keras():
            return reduce_all(concat([expand_dims(one, 0) for one in masks], 0), axis=0)
        out = masks[0]
        for one in masks[1:]:
            out = logical_or(out, one)
        return out
