"""``keras.layers.RandomCrop``, and Keras 2's ``RandomHeight`` and ``RandomWidth``."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import lax

from kerax import image as tf_image
from kerax.core import errors
from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.core.tensor import constant_value
from kerax.keras import ops
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.seeds import make_default_seed
from kerax.keras.layers.preprocessing.image.base import ImageLayer, ResizedLayer, factor_range
from kerax.keras.utils.bounding_boxes import join, split
from kerax.keras.utils.images import smart_resize


@op("images; top, left")
def _window(images, top, left, height, width, axis):
    start = [jnp.zeros((), top.dtype)] * images.ndim
    size = list(images.shape)
    start[axis], start[axis + 1] = top, left
    size[axis], size[axis + 1] = height, width
    return lax.dynamic_slice(images, start, size)


class RandomCrop(ResizedLayer):
    """A part of images at a random place, the same in the whole batch; smaller images are enlarged.

    Args:
      height: int, pixels.
      width: int, pixels.
      seed: int.
      data_format: "channels_last" or "channels_first".

    Without training, Keras 3 leaves images as they are, and Keras 2 resizes their middle.

    >>> import kerax as tf
    >>> tf.keras.layers.RandomCrop(2, 2)(tf.zeros((1, 4, 4, 1)), training=True).shape
    TensorShape([1, 2, 2, 1])
    """

    def __init__(
        self,
        height: int,
        width: int,
        seed: int | None = None,
        data_format: str | None = None,
        name: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data_format=data_format, name=name, **kwargs)
        self.height, self.width = height, width
        shown = seed if seed is not None or legacy_keras() else make_default_seed()
        self._make_generator(seed)
        self.seed = shown

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        height, width = self._size(data)
        fits = height >= self.height and width >= self.width
        if legacy_keras() and not (training and fits):
            return None
        if training and (fits if legacy_keras() else height > self.height and width > self.width):
            top = self._uniform((), 0.0, float(height - self.height + 1), seed)
            left = self._uniform((), 0.0, float(width - self.width + 1), seed)
            return to_tensor(top, "int32"), to_tensor(left, "int32")
        kept_height = max(min(height, int(float(width * self.height) / self.width)), 1)
        kept_width = max(min(width, int(float(height * self.width) / self.height)), 1)
        return int(float(height - kept_height) / 2), int(float(width - kept_width) / 2)

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        if legacy_keras():
            images = to_tensor(images, self.compute_dtype)
            if transformation is None:
                return to_tensor(smart_resize(images, (self.height, self.width)), self.compute_dtype)
        if not training:
            return images
        images = to_tensor(images, self.compute_dtype)
        top, left = transformation
        size = self._size(images)
        if isinstance(top, int):
            height, width = min(self.height, size[0] - top), min(self.width, size[1] - left)
        else:
            height, width = self.height, self.width
        axis = len(images.shape) + self.height_axis
        found = _window(images, to_tensor(top, "int32"), to_tensor(left, "int32"), height, width, axis)
        if (height, width) != (self.height, self.width):
            found = ops.image.resize(found, (self.height, self.width), data_format=self.data_format)
        return to_tensor(found, self.compute_dtype)

    def transform_segmentation_masks(self, masks: Any, transformation: Any = None, training: Any = True) -> Any:
        return self.transform_images(masks, transformation, training)

    def transform_bounding_boxes(self, bounding_boxes: Any, transformation: Any = None, training: Any = True) -> Any:
        if not training:
            return bounding_boxes
        top, left = (to_tensor(value, "float32") for value in transformation)
        size = self.height, self.width
        found = self._boxes_as(bounding_boxes, "xyxy", size)
        a, b, c, d = split(found["boxes"])
        found["boxes"] = join(*(ops.maximum(v - w, 0) for v, w in ((a, top), (b, left), (c, top), (d, left))))
        return self._boxes_from(found, "xyxy", size)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "height": self.height, "width": self.width, "seed": self.seed}


class _RandomSide(ImageLayer):
    """One side of images gets a random length. The result's shape is random, so the layer runs uncompiled."""

    _side = 0

    def __init__(self, factor: Any, interpolation: str = "bilinear", seed: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if isinstance(factor, (tuple, list)) and factor[0] > factor[1]:
            raise ValueError(f"`factor` argument cannot have an upper bound lower than the lower bound, got {factor}")
        self.factor = factor
        self._bounds = tuple(factor) if isinstance(factor, (tuple, list)) else factor_range(factor, -np.inf, np.inf)
        if self._bounds[0] < -1.0 or self._bounds[1] < -1.0:
            raise ValueError(f"`factor` argument must have values larger than -1, got {factor}")
        self.interpolation = interpolation
        self._make_generator(seed)

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        if not training:
            return None
        share = self._uniform((), 1.0 + self._bounds[0], 1.0 + self._bounds[1], seed)
        size = list(self._size(data))
        known = constant_value(share)
        if known is None:
            raise errors.Uncompilable(type(self).__name__)
        size[self._side] = int(float(known) * size[self._side])
        return size

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        images = to_tensor(images, self.compute_dtype)
        if transformation is None:
            return images
        found = tf_image.resize(images, transformation, method=self.interpolation)
        return to_tensor(found, self.compute_dtype)

    def compute_output_shape(self, input_shape: Any) -> Any:
        shape = list(input_shape)
        shape[self.height_axis + self._side] = None
        return tuple(shape)

    def get_config(self) -> dict[str, Any]:
        own = {"factor": self.factor, "interpolation": self.interpolation, "seed": self.seed}
        config = {**super().get_config(), **own}
        config.pop("data_format", None)  # not known to these layers in Keras 2, which Keras 3 keeps as they were
        return config


class RandomHeight(_RandomSide):
    """Images with a random height, of Keras 2.

    Args:
      factor: float, or pair of float, by which part of its length the height grows (or shrinks, below 0).
      interpolation: as for ``tf.image.resize``.
      seed: int.

    >>> import kerax as tf
    >>> tf.keras.layers.RandomHeight(0.5)(tf.zeros((1, 4, 4, 1)), training=False).shape
    TensorShape([1, 4, 4, 1])
    """

    _side = 0


class RandomWidth(_RandomSide):
    """Images with a random width, of Keras 2.

    Args:
      factor: float, or pair of float, by which part of its length the width grows (or shrinks, below 0).
      interpolation: as for ``tf.image.resize``.
      seed: int.

    >>> import kerax as tf
    >>> tf.keras.layers.RandomWidth(0.5)(tf.zeros((1, 4, 4, 1)), training=False).shape
    TensorShape([1, 4, 4, 1])
    """

    _side = 1
