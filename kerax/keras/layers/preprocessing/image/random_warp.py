"""``keras.layers.RandomPerspective`` and ``keras.layers.RandomElasticTransform``."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.keras import ops
from kerax.keras.engine.convert import to_tensor
from kerax.keras.layers.preprocessing.image.base import FILL_MODES, ImageLayer, check_sampling, factor_range
from kerax.keras.ops.warping import _homography
from kerax.keras.utils.bounding_boxes import clip_to_image_size, join, split


class RandomPerspective(ImageLayer):
    """Images as if seen from another side, by random shifts of their corners.

    Args:
      factor: float or pair of float, the probability that an image is changed.
      scale: float from 0 to 1, how far corners move.
      interpolation: "bilinear" or "nearest".
      fill_value: float, what comes from beyond the border.
      seed: int.
      data_format: "channels_last" or "channels_first".

    >>> import kerax as tf
    >>> tf.keras.layers.RandomPerspective()(tf.zeros((1, 4, 4, 1)), training=True).shape
    TensorShape([1, 4, 4, 1])
    """

    def __init__(
        self,
        factor: Any = 1.0,
        scale: float = 1.0,
        interpolation: str = "bilinear",
        fill_value: float = 0.0,
        seed: int | None = None,
        data_format: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data_format=data_format, **kwargs)
        self.factor = factor_range(factor, 0, 1)
        if not 0.0 <= scale <= 1.0:
            raise ValueError(f"The `scale` argument should be a number in the range [0,1]. Received: scale={scale}")
        check_sampling("constant", interpolation)
        self.scale, self.interpolation, self.fill_value = scale, interpolation, fill_value
        self._make_generator(seed)

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        if not training:
            return None
        count, (height, width) = self._batch(data), self._size(data)
        chosen = self._chosen(count, seed)
        shifts = self._uniform((count, 4, 2), -0.5 * self.scale, 0.5 * self.scale, seed)
        corners = np.array([[[0, 0], [width - 1, 0], [0, height - 1], [width - 1, height - 1]]], "float32")
        start = to_tensor(np.repeat(corners, count, axis=0))
        return {
            "apply_perspective": chosen,
            "start_points": start,
            "end_points": start + start * shifts,
            "input_shape": self._shape(data),
        }

    def _warped(self, images: Any, transformation: Any, interpolation: str) -> Any:
        found = ops.image.perspective_transform(
            images,
            transformation["start_points"],
            transformation["end_points"],
            interpolation=interpolation,
            fill_value=self.fill_value,
            data_format=self.data_format,
        )
        return ops.where(self._whole_image(transformation["apply_perspective"]), found, images)

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        images = to_tensor(images, self.compute_dtype)
        return self._warped(images, transformation, self.interpolation) if training and transformation else images

    def transform_segmentation_masks(self, masks: Any, transformation: Any = None, training: Any = True) -> Any:
        return self._warped(masks, transformation, "nearest") if training and transformation else masks

    def transform_bounding_boxes(self, bounding_boxes: Any, transformation: Any = None, training: Any = True) -> Any:
        if not training or transformation is None:
            return bounding_boxes
        shape = transformation["input_shape"]
        size = shape[self.height_axis], shape[self.width_axis]
        found = self._boxes_as(bounding_boxes, "xyxy", size)
        numbers = _homography(transformation["start_points"], transformation["end_points"])
        whole = ops.reshape(ops.concatenate([numbers, ops.ones_like(numbers[:, :1])], axis=-1), (-1, 3, 3))
        back = ops.linalg.inv(whole)
        x1, y1, x2, y2 = split(found["boxes"])
        xs, ys = [], []
        for x, y in ((x1, y1), (x2, y2), (x1, y2), (x2, y1)):
            points = ops.concatenate([x, y, ops.ones_like(x)], axis=-1)
            moved = ops.matmul(points, ops.transpose(back, (0, 2, 1)))
            xs.append(moved[..., :1] / moved[..., 2:])
            ys.append(moved[..., 1:2] / moved[..., 2:])
        xs, ys = ops.stack(xs, axis=0), ops.stack(ys, axis=0)
        boxes = join(ops.min(xs, axis=0), ops.min(ys, axis=0), ops.max(xs, axis=0), ops.max(ys, axis=0))
        chosen = ops.reshape(transformation["apply_perspective"], (-1, 1, 1))
        found["boxes"] = ops.where(chosen, boxes, found["boxes"])
        return clip_to_image_size(found, height=size[0], width=size[1])

    def get_config(self) -> dict[str, Any]:
        names = ("factor", "scale", "interpolation", "fill_value", "seed")
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}


class RandomElasticTransform(ImageLayer):
    """Images distorted by smooth random shifts.

    Args:
      factor: float or pair of float, the probability that an image is changed.
      scale: float or pair of float from 0 to 1, how strong the distortion is.
      interpolation: "bilinear" or "nearest".
      fill_mode: "reflect", "mirror", "wrap", "constant" or "nearest", what comes from beyond the border.
      fill_value: float, for "constant".
      value_range: pair, the values' least and greatest.
      seed: int.
      data_format: "channels_last" or "channels_first".

    >>> import kerax as tf
    >>> tf.keras.layers.RandomElasticTransform()(tf.zeros((1, 4, 4, 1)), training=True).shape
    TensorShape([1, 4, 4, 1])
    """

    def __init__(
        self,
        factor: Any = 1.0,
        scale: Any = 1.0,
        interpolation: str = "bilinear",
        fill_mode: str = "reflect",
        fill_value: float = 0.0,
        value_range: Any = (0, 255),
        seed: int | None = None,
        data_format: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data_format=data_format, **kwargs)
        self.factor, self.scale = factor_range(factor, 0, 1), factor_range(scale, 0, 1, "scale")
        check_sampling(fill_mode, interpolation, (*FILL_MODES, "mirror"))
        self.interpolation, self.fill_mode, self.fill_value = interpolation, fill_mode, fill_value
        self.value_range = value_range
        self._make_generator(seed)

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        if not training or self.scale[1] == 0 or self.factor[1] == 0:
            return None
        seed = self.generator if seed is None else seed
        chosen = self._chosen(self._batch(data), seed)
        strength = self._uniform((), *self.scale, seed)
        return {"apply_transform": chosen, "distortion_factor": strength, "seed": seed}

    def _distorted(self, images: Any, transformation: Any, interpolation: str) -> Any:
        height, width = self._size(images)
        strength = transformation["distortion_factor"]
        found = ops.image.elastic_transform(
            images,
            alpha=max(height, width) * 0.1 * strength,
            sigma=min(height, width) * 0.05 * strength,
            interpolation=interpolation,
            fill_mode=self.fill_mode,
            fill_value=self.fill_value,
            seed=transformation["seed"],
            data_format=self.data_format,
        )
        found = ops.where(self._whole_image(transformation["apply_transform"]), found, images)
        return to_tensor(ops.clip(found, self.value_range[0], self.value_range[1]), self.compute_dtype)

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        images = to_tensor(images, self.compute_dtype)
        return self._distorted(images, transformation, self.interpolation) if training and transformation else images

    def transform_segmentation_masks(self, masks: Any, transformation: Any = None, training: Any = True) -> Any:
        return self._distorted(masks, transformation, "nearest") if training and transformation else masks

    def transform_bounding_boxes(self, bounding_boxes: Any, transformation: Any = None, training: Any = True) -> Any:
        raise NotImplementedError(
            "RandomElasticTransform cannot move bounding boxes: leave 'bounding_boxes' out of its input."
        )

    def get_config(self) -> dict[str, Any]:
        names = ("factor", "scale", "interpolation", "fill_mode", "fill_value", "value_range", "seed")
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}
