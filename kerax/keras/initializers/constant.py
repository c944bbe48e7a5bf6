"""Initializers that give known values."""

from __future__ import annotations

import math
from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.array_ops import fill
from kerax.core import dtypes
from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.keras.engine.settings import standardize_dtype
from kerax.keras.initializers.initializer import Initializer
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object


def as_shape(shape: Any) -> tuple[int, ...]:
    """A shape given as list, tuple or TensorShape as a tuple of int."""
    return tuple(int(size) for size in (shape if hasattr(shape, "__iter__") else (shape,)))


@op("value")
def _filled(value, shape, dtype):
    return value.astype(dtype) * jnp.ones(shape, dtype)


@op("gain")
def _identity(gain, shape, dtype):
    return gain.astype(dtype) * jnp.eye(*shape, dtype=dtype)


class Constant(Initializer):
    """One value everywhere.

    Args:
      value: number, or an array that broadcasts to the shape.

    >>> import kerax as tf
    >>> tf.keras.initializers.Constant(3.)((2,)).numpy()
    array([3., 3.], dtype=float32)
    """

    def __init__(self, value: Any = 0.0) -> None:
        self.value = value

    def __call__(self, shape: Any, dtype: Any = None, **kwargs: Any) -> Any:
        dtype = standardize_dtype(dtype)
        if dtype == "string":
            return fill(as_shape(shape), self.value)
        if isinstance(self.value, (list, tuple)):
            return _filled(np.asarray(self.value), as_shape(shape), dtype)
        return _filled(self.value, as_shape(shape), dtype)

    def get_config(self) -> dict[str, Any]:
        return {"value": serialize_keras_object(self.value)}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        return cls(deserialize_keras_object(config["value"]))


def _numbers(shape: Any, dtype: Any, make: Any) -> Any:
    name = standardize_dtype(dtype)
    return convert_to_tensor(make(as_shape(shape), dtypes.as_dtype(name).as_numpy_dtype))


class Zeros(Initializer):
    """Zeros.

    >>> import kerax as tf
    >>> tf.keras.initializers.Zeros()((2,)).numpy()
    array([0., 0.], dtype=float32)
    """

    def __call__(self, shape: Any, dtype: Any = None, **kwargs: Any) -> Any:
        return _numbers(shape, dtype, np.zeros)


class Ones(Initializer):
    """Ones.

    >>> import kerax as tf
    >>> tf.keras.initializers.Ones()((2,)).numpy()
    array([1., 1.], dtype=float32)
    """

    def __call__(self, shape: Any, dtype: Any = None, **kwargs: Any) -> Any:
        return _numbers(shape, dtype, np.ones)


class Identity(Initializer):
    """The identity matrix.

    Args:
      gain: float, a factor.

    >>> import kerax as tf
    >>> tf.keras.initializers.Identity()((2, 2)).numpy()
    array([[1., 0.],
           [0., 1.]], dtype=float32)
    """

    def __init__(self, gain: float = 1.0) -> None:
        self.gain = gain

    def __call__(self, shape: Any, dtype: Any = None, **kwargs: Any) -> Any:
        if len(shape) != 2:
            raise ValueError(
                "Identity matrix initializer can only be used for 2D matrices. "
                f"Received: shape={shape} of rank {len(shape)}."
            )
        return _identity(self.gain, as_shape(shape), standardize_dtype(dtype))

    def get_config(self) -> dict[str, Any]:
        return {"gain": self.gain} if legacy_keras() else {}  # Keras 3 forgets it


@op("window")
def _fourier(window, length, bins, side, scaling, dtype):
    steps = (bins - 1) * 2
    frequency = jnp.arange(bins, dtype=dtype).reshape(1, 1, bins) / steps
    time = jnp.arange(length, dtype=dtype).reshape(length, 1, 1)
    angle = -2 * time * frequency * jnp.asarray(math.pi, dtype)
    kernel = (jnp.cos(angle) if side == "real" else jnp.sin(angle)).astype(dtype)
    if window is None:
        return kernel
    window = window.astype(dtype)
    if window.ndim != 1 or window.shape[-1] != length:
        raise ValueError(
            f"The shape of `window` must be equal to [frame_length]. Received: window shape={window.shape}"
        )
    scale = jnp.asarray(1, dtype)
    if scaling == "density":
        scale = jnp.sqrt(jnp.sum(jnp.square(window)))
    elif scaling == "spectrum":
        scale = jnp.sum(jnp.abs(window))
    return kernel * window.reshape(length, 1, 1) / scale


class STFT(Initializer):
    """The kernel of a convolution that computes the short-time Fourier transform.

    Args:
      side: "real" or "imag".
      window: name of a window of scipy, an array ``[frame_length]``, or None.
      scaling: "density", "spectrum" or None.
      periodic: bool, whether a named window is the symmetric one.
    """

    def __init__(
        self, side: str = "real", window: Any = "hann", scaling: str | None = "density", periodic: bool = False
    ) -> None:
        if side not in ["real", "imag"]:
            raise ValueError(f"side should be 'real' or 'imag', not {side}")
        if isinstance(window, str):
            _named_window(window, 1, False)
        if scaling is not None and scaling not in ["density", "spectrum"]:
            raise ValueError(
                f"Scaling is invalid, it must be `None`, 'density' or 'spectrum'. Received scaling={scaling}"
            )
        self.side = side
        self.window = window
        self.scaling = scaling
        self.periodic = periodic

    def __call__(self, shape: Any, dtype: Any = None, **kwargs: Any) -> Any:
        length, _, bins = shape
        window = self.window
        if isinstance(window, str):
            window = _named_window(window, length, self.periodic)
        return _fourier(window, int(length), int(bins), self.side, self.scaling, standardize_dtype(dtype))

    def get_config(self) -> dict[str, Any]:
        return {"side": self.side, "window": self.window, "periodic": self.periodic, "scaling": self.scaling}


def _named_window(name: str, length: int, periodic: bool) -> Any:
    import scipy.signal

    return scipy.signal.get_window(name, length, periodic)
