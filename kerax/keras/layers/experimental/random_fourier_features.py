"""``tf.keras.layers.experimental.RandomFourierFeatures``."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from kerax import linalg
from kerax import math as tf_math
from kerax.keras import initializers
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.input_spec import InputSpec
from kerax.keras.engine.layer import Layer

_KERNELS = ("gaussian", "laplacian")


class RandomFourierFeatures(Layer):
    """Features whose inner products approximate a kernel: ``cos(inputs @ kernel / scale + bias)``.

    Args:
      output_dim: int, the number of features.
      kernel_initializer: "gaussian", "laplacian", or an initializer.
      scale: float, the kernel's width, by default ``sqrt(inputs / 2)`` for "gaussian" and 1 otherwise.
      trainable: bool, whether the scale is learned.

    Takes ``[batch, inputs]``. Returns float32 ``[batch, output_dim]``.

    Source: Rahimi and Recht 2007, "Random Features for Large-Scale Kernel Machines".

    >>> import kerax as tf
    >>> tf.keras.layers.experimental.RandomFourierFeatures(4)(tf.ones((2, 3))).shape
    TensorShape([2, 4])
    """

    def __init__(
        self,
        output_dim: int,
        kernel_initializer: Any = "gaussian",
        scale: float | None = None,
        trainable: bool = False,
        name: str | None = None,
        **kwargs: Any,
    ) -> None:
        if output_dim <= 0:
            raise ValueError(f"`output_dim` should be a positive integer. Received: {output_dim}")
        if isinstance(kernel_initializer, str) and kernel_initializer.lower() not in _KERNELS:
            raise ValueError(f"Unsupported `kernel_initializer`: {kernel_initializer}. Expected one of: {_KERNELS}")
        if scale is not None and scale <= 0.0:
            raise ValueError(f"When provided, `scale` should be a positive float. Received: {scale}")
        super().__init__(trainable=trainable, name=name, **kwargs)
        self.output_dim, self.kernel_initializer, self.scale = output_dim, kernel_initializer, scale

    def build(self, input_shape: Any) -> None:
        if len(input_shape) != 2 or input_shape[1] is None:
            raise ValueError(
                f"The input must have rank 2 and a defined last dimension. Received: input_shape={input_shape}"
            )
        width = input_shape[1]
        self.input_spec = InputSpec(ndim=2, axes={1: width})
        shape, kind = (width, self.output_dim), self.kernel_initializer
        kind = kind.lower() if isinstance(kind, str) else kind
        if kind == "gaussian":
            start: Any = initializers.RandomNormal(stddev=1.0)
        elif kind == "laplacian":
            start = initializers.Constant(np.tan(np.pi * (np.random.uniform(size=shape) - 0.5)))
        else:
            start = kind
        if self.scale is None:
            self.scale = math.sqrt(width / 2.0) if kind == "gaussian" else 1.0
        fixed = {"dtype": "float32", "trainable": False}
        angles = initializers.RandomUniform(minval=0.0, maxval=2 * math.pi)
        self.unscaled_kernel = self.add_weight(name="unscaled_kernel", shape=shape, initializer=start, **fixed)
        self.bias = self.add_weight(name="bias", shape=(self.output_dim,), initializer=angles, **fixed)
        self.kernel_scale = self.add_weight(
            name="kernel_scale",
            shape=(1,),
            dtype="float32",
            initializer=initializers.Constant(self.scale),
            constraint="NonNeg",
        )

    def call(self, inputs: Any) -> Any:
        kernel = 1.0 / self.kernel_scale * self.unscaled_kernel
        return tf_math.cos(linalg.matmul(to_tensor(inputs, "float32"), kernel) + self.bias)

    def get_config(self) -> dict[str, Any]:
        kind = self.kernel_initializer
        kind = kind if isinstance(kind, str) else initializers.serialize(kind)
        own = {"output_dim": self.output_dim, "kernel_initializer": kind, "scale": self.scale}
        return {**super().get_config(), **own}
