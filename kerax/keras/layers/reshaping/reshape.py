"""``keras.layers.Reshape``, ``Permute`` and ``RepeatVector``."""

from __future__ import annotations

import math
from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core.config import legacy_keras
from kerax.core.errors import InvalidArgumentError
from kerax.core.op import op
from kerax.keras.engine.input_spec import InputSpec
from kerax.keras.engine.keras_tensor import KerasTensor
from kerax.keras.engine.layer import Layer


@op("inputs")
def _reshape(inputs, shape):
    return jnp.reshape(inputs, (inputs.shape[0], *shape))


@op("inputs")
def _permute(inputs, axes):
    return jnp.transpose(inputs, axes)


@op("inputs")
def _repeat_vector(inputs, n):
    return jnp.broadcast_to(inputs[:, None, :], (inputs.shape[0], n, inputs.shape[1]))


def resolved_shape(input_shape: Any, target: Any) -> tuple[Any, ...]:
    """A target shape with its -1 worked out, or None for it where the input's size is unknown.

    Raises:
      ValueError: the shapes hold another number of elements.
    """
    unknown = [index for index, size in enumerate(target) if size == -1]
    if None in input_shape:
        return tuple(None if size == -1 else size for size in target)
    have = math.prod(input_shape)
    known = math.prod(size for size in target if size != -1)
    if len(unknown) > 1:
        raise ValueError(f"There must be at most one unknown dimension (-1) in target_shape. Received: {target}")
    if not unknown and have != known:
        raise ValueError(
            "The total size of the tensor must be unchanged. Received: "
            f"input_shape={tuple(input_shape)}, target_shape={target}"
        )
    if unknown and (known == 0 or have % known):
        raise ValueError(
            "The total size of the tensor must be unchanged, however, the input size cannot by divided by the "
            f"specified dimensions in target_shape. Received: input_shape={tuple(input_shape)}, target_shape={target}"
        )
    return tuple(have // known if size == -1 else size for size in target)


class Reshape(Layer):
    """The elements of each example in another shape.

    Args:
      target_shape: tuple of int without the batch; one may be -1, which stands for what remains.

    Takes ``[batch, ..]``; returns ``[batch, *target_shape]``.

    Raises:
      ValueError: a bad shape, or one of another number of elements.

    >>> import kerax as tf
    >>> tf.keras.layers.Reshape((2, -1))(tf.ones((1, 6))).shape
    TensorShape([1, 2, 3])
    """

    def __init__(self, target_shape: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        target_shape = tuple(target_shape)
        if sum(1 for size in target_shape if size == -1) > 1 and not legacy_keras():
            raise ValueError(
                "There must be at most one unknown dimension (-1) in `target_shape`. Received: "
                f"target_shape={target_shape}."
            )
        for size in target_shape if not legacy_keras() else ():
            if not isinstance(size, (int, np.integer)) or size < -1:
                raise ValueError(
                    "Each dimension in `target_shape` must be a non-negative integer, or `-1` for a single unknown "
                    f"dimension. Received: target_shape={target_shape}."
                )
        self.target_shape = target_shape
        if not legacy_keras():
            self.built = True

    def call(self, inputs: Any) -> Any:
        try:
            shape = resolved_shape(tuple(inputs.shape)[1:], self.target_shape)
        except ValueError as error:
            if legacy_keras():
                raise InvalidArgumentError(None, None, str(error)) from None
            raise
        return _reshape(inputs, shape)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return (input_shape[0], *resolved_shape(tuple(input_shape)[1:], self.target_shape))

    def compute_output_spec(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        return KerasTensor(self.compute_output_shape(inputs.shape), inputs.dtype, sparse=inputs.sparse)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "target_shape": self.target_shape}


class Permute(Layer):
    """The axes of each example in another order.

    Args:
      dims: tuple of int, from 1: axis ``i`` of the output is axis ``dims[i - 1]`` of the input.

    Takes ``[batch, ..]``.

    Raises:
      ValueError: no permutation.

    >>> import kerax as tf
    >>> tf.keras.layers.Permute((2, 1))(tf.ones((1, 3, 4))).shape
    TensorShape([1, 4, 3])
    """

    def __init__(self, dims: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.dims = tuple(dims)
        if sorted(dims) != list(range(1, len(dims) + 1)):
            raise ValueError(
                "Invalid permutation argument `dims` for Permute Layer. The set of indices in `dims` must be "
                f"consecutive and start from 1. Received dims={dims}"
            )
        self.input_spec = InputSpec(ndim=len(self.dims) + 1)

    def call(self, inputs: Any) -> Any:
        return _permute(inputs, (0, *self.dims))

    def compute_output_shape(self, input_shape: Any) -> Any:
        return (input_shape[0], *(input_shape[axis] for axis in self.dims))

    def compute_output_spec(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        return KerasTensor(self.compute_output_shape(inputs.shape), inputs.dtype, sparse=inputs.sparse)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "dims": self.dims}


class RepeatVector(Layer):
    """Each vector ``n`` times.

    Args:
      n: int.

    Takes ``[batch, features]``; returns ``[batch, n, features]``.

    Raises:
      TypeError, ValueError: no positive int.

    >>> import kerax as tf
    >>> tf.keras.layers.RepeatVector(3)(tf.ones((2, 4))).shape
    TensorShape([2, 3, 4])
    """

    def __init__(self, n: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not isinstance(n, int) or isinstance(n, bool):
            raise TypeError(f"Expected an integer value for `n`, got {type(n)}.")
        if n <= 0 and not legacy_keras():
            raise ValueError(f"Argument `n` should be a positive integer. Received: n={n}")
        self.n = n
        self.input_spec = InputSpec(ndim=2)

    def call(self, inputs: Any) -> Any:
        return _repeat_vector(inputs, self.n)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return (input_shape[0], self.n, input_shape[1])

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "n": self.n}
