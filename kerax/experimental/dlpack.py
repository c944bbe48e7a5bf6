"""``tf.experimental.dlpack``: tensors shared with other libraries without a copy."""

from __future__ import annotations

from typing import Any

import jax

from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor


def to_dlpack(tf_tensor: Any) -> Any:
    """A DLPack capsule of a Tensor.

    Args:
      tf_tensor: Tensor of numbers.

    >>> import kerax as tf
    >>> tf.experimental.dlpack.from_dlpack(tf.experimental.dlpack.to_dlpack(tf.constant([1.0]))).numpy()
    array([1.], dtype=float32)
    """
    return convert_to_tensor(tf_tensor).__dlpack__()


class _Capsule:
    """A capsule as an object that speaks the protocol, which is what JAX takes."""

    def __init__(self, capsule: Any) -> None:
        self._capsule = capsule

    def __dlpack__(self, **kwargs: Any) -> Any:
        return self._capsule

    def __dlpack_device__(self) -> tuple[int, int]:
        return 1, 0  # the CPU: a capsule alone does not say where its values are


def from_dlpack(dlcapsule: Any) -> Tensor:
    """The Tensor in a DLPack capsule (of the CPU), or of an array of another library.

    Args:
      dlcapsule: capsule, or an object with ``__dlpack__``, which may be on any device.
    """
    return Tensor(jax.dlpack.from_dlpack(dlcapsule if hasattr(dlcapsule, "__dlpack__") else _Capsule(dlcapsule)))
