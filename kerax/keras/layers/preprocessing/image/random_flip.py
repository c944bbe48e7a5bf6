"""``keras.layers.RandomFlip``."""

from __future__ import annotations

from typing import Any

from kerax.core.config import legacy_keras
from kerax.keras import ops
from kerax.keras.engine.convert import to_tensor
from kerax.keras.layers.preprocessing.image.base import ImageLayer
from kerax.keras.utils.bounding_boxes import clip_to_image_size, join, split

_MODES = ("horizontal", "vertical", "horizontal_and_vertical")


class RandomFlip(ImageLayer):
    """Half of the images as in a mirror.

    Args:
      mode: "horizontal", "vertical" or "horizontal_and_vertical".
      seed: int.
      data_format: "channels_last" or "channels_first".

    >>> import kerax as tf
    >>> tf.keras.layers.RandomFlip()(tf.zeros((1, 4, 4, 1)), training=True).shape
    TensorShape([1, 4, 4, 1])
    """

    def __init__(
        self,
        mode: str = "horizontal_and_vertical",
        seed: int | None = None,
        data_format: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data_format=data_format, **kwargs)
        if legacy_keras() and mode not in _MODES:
            raise ValueError(f"RandomFlip layer {self.name} received an unknown mode argument {mode}")
        self.mode = mode
        self._make_generator(seed)
        self._convert_input_args = False

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        if not training:
            return None
        shape = (self._batch(data), 1, 1, 1)
        across = self._uniform(shape, 0.0, 1.0, seed) <= 0.5
        both = legacy_keras() and self.mode == "horizontal_and_vertical"  # Keras 2 draws for each direction
        down = self._uniform(shape, 0.0, 1.0, seed) <= 0.5 if both else across
        return {"flips": across, "vertical_flips": down, "input_shape": self._shape(data)}

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        images = to_tensor(images, self.compute_dtype)
        if not training or transformation is None:
            return images
        if self.mode in ("horizontal", "horizontal_and_vertical"):
            images = ops.where(transformation["flips"], ops.flip(images, axis=self.width_axis), images)
        if self.mode in ("vertical", "horizontal_and_vertical"):
            images = ops.where(transformation["vertical_flips"], ops.flip(images, axis=self.height_axis), images)
        return images

    def transform_segmentation_masks(self, masks: Any, transformation: Any = None, training: Any = True) -> Any:
        return self.transform_images(masks, transformation, training)

    def transform_bounding_boxes(self, bounding_boxes: Any, transformation: Any = None, training: Any = True) -> Any:
        if not training:
            return bounding_boxes
        shape = transformation["input_shape"]
        size = shape[self.height_axis], shape[self.width_axis]
        flips = ops.squeeze(transformation["flips"], axis=-1)
        found = self._boxes_as(bounding_boxes, "rel_xyxy", size)
        boxes = found["boxes"]
        if self.mode in ("horizontal", "horizontal_and_vertical"):
            x1, y1, x2, y2 = split(boxes)
            boxes = ops.where(flips, join(1 - x2, y1, 1 - x1, y2), boxes)
        if self.mode in ("vertical", "horizontal_and_vertical"):
            x1, y1, x2, y2 = split(boxes)
            boxes = ops.where(flips, join(x1, 1 - y2, x2, 1 - y1), boxes)
        found = clip_to_image_size({**found, "boxes": boxes}, height=size[0], width=size[1])
        return self._boxes_from(found, "rel_xyxy", size)

    def get_config(self) -> dict[str, Any]:
        if legacy_keras():
            return {**super().get_config(), "mode": self.mode, "seed": self.seed}
        return {**super().get_config(), "seed": self.seed, "mode": self.mode}
