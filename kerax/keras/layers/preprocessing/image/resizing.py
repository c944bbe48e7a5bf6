"""``keras.layers.Resizing`` and ``keras.layers.CenterCrop``."""

from __future__ import annotations

from typing import Any

from kerax import image as tf_image
from kerax.core.config import legacy_keras
from kerax.keras import ops
from kerax.keras.engine.convert import to_tensor
from kerax.keras.layers.preprocessing._encoding import is_ragged
from kerax.keras.layers.preprocessing.image.base import ResizedLayer
from kerax.keras.utils.bounding_boxes import clip_to_image_size, join, split
from kerax.keras.utils.images import smart_resize

_METHODS = ("bilinear", "nearest", "bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic")


class Resizing(ResizedLayer):
    """Images in another size.

    Args:
      height: int, pixels.
      width: int, pixels.
      interpolation: "bilinear", "nearest", "bicubic", "area", "lanczos3" or "lanczos5".
      crop_to_aspect_ratio: bool, whether images are cut to the new shape's ratio first.
      pad_to_aspect_ratio: bool, whether they are filled up to that ratio first.
      fill_mode: "constant".
      fill_value: float, what they are filled with.
      antialias: bool, whether to smooth before images get smaller.
      data_format: "channels_last" or "channels_first".

    >>> import kerax as tf
    >>> tf.keras.layers.Resizing(2, 3)(tf.zeros((1, 4, 4, 1))).shape
    TensorShape([1, 2, 3, 1])
    """

    def __init__(
        self,
        height: int,
        width: int,
        interpolation: str = "bilinear",
        crop_to_aspect_ratio: bool = False,
        pad_to_aspect_ratio: bool = False,
        fill_mode: str = "constant",
        fill_value: float = 0.0,
        antialias: bool = False,
        data_format: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data_format=data_format, **kwargs)
        if legacy_keras() and str(interpolation).lower() not in _METHODS:
            raise NotImplementedError(
                f"Value not recognized for `interpolation`: {interpolation}. Supported values are: {_METHODS}"
            )
        self.height, self.width, self.interpolation = height, width, interpolation
        self.crop_to_aspect_ratio, self.pad_to_aspect_ratio = crop_to_aspect_ratio, pad_to_aspect_ratio
        self.fill_mode, self.fill_value, self.antialias = fill_mode, fill_value, bool(antialias)

    def call(self, data: Any, training: Any = True) -> Any:
        if is_ragged(data):  # images of several sizes
            return ops.stack([self.call(data[i].to_tensor(), training) for i in range(int(data.nrows()))], axis=0)
        return super().call(data, training)

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        return self._size(data)

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        return self._resized(images, self.interpolation)

    def transform_segmentation_masks(self, masks: Any, transformation: Any = None, training: Any = True) -> Any:
        return self._resized(masks, "nearest")

    def _resized(self, images: Any, interpolation: str) -> Any:
        size = self.height, self.width
        if legacy_keras():
            images = to_tensor(images, self.compute_dtype if interpolation == "nearest" else "float32")
            if self.crop_to_aspect_ratio:
                found = smart_resize(images, size, interpolation=interpolation)
            else:
                found = tf_image.resize(images, size, method=interpolation)
            return to_tensor(found, self.compute_dtype)
        return ops.image.resize(
            images,
            size,
            interpolation=interpolation,
            antialias=self.antialias,
            crop_to_aspect_ratio=self.crop_to_aspect_ratio,
            pad_to_aspect_ratio=self.pad_to_aspect_ratio,
            fill_mode=self.fill_mode,
            fill_value=self.fill_value,
            data_format=self.data_format,
        )

    def transform_bounding_boxes(self, bounding_boxes: Any, transformation: Any = None, training: Any = True) -> Any:
        height, width = transformation
        boxes = bounding_boxes["boxes"]
        empty = ops.all(boxes == -1, axis=-1) | ops.all(boxes == 0, axis=-1)
        found = self._boxes_as(bounding_boxes, "xyxy", transformation)
        scale_y, scale_x, top, left = self.height / height, self.width / width, 0.0, 0.0
        if self.pad_to_aspect_ratio:
            scale_x = scale_y = min(scale_x, scale_y)
            top, left = (self.height - height * scale_y) // 2, (self.width - width * scale_x) // 2
        elif self.crop_to_aspect_ratio:
            scale_x = scale_y = max(scale_x, scale_y)
            top, left = -((height * scale_y - self.height) // 2), -((width * scale_x - self.width) // 2)
        x1, y1, x2, y2 = split(found["boxes"])
        moved = join(x1 * scale_x + left, y1 * scale_y + top, x2 * scale_x + left, y2 * scale_y + top)
        found = clip_to_image_size({**found, "boxes": moved}, height=self.height, width=self.width)
        found["boxes"] = ops.where(ops.expand_dims(empty, -1), ops.zeros_like(found["boxes"]), found["boxes"])
        return self._boxes_from(found, "xyxy", (self.height, self.width))

    def get_config(self) -> dict[str, Any]:
        names: tuple[str, ...] = ("height", "width", "interpolation", "crop_to_aspect_ratio")
        if not legacy_keras():
            names = (*names, "pad_to_aspect_ratio", "fill_mode", "fill_value", "antialias", "data_format")
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}


class CenterCrop(ResizedLayer):
    """The middle of images; smaller images are enlarged first.

    Args:
      height: int, pixels.
      width: int, pixels.
      data_format: "channels_last" or "channels_first".

    >>> import kerax as tf
    >>> tf.keras.layers.CenterCrop(1, 2)(tf.reshape(tf.range(9.), (3, 3, 1))).numpy().ravel()
    array([3., 4.], dtype=float32)
    """

    def __init__(self, height: int, width: int, data_format: str | None = None, **kwargs: Any) -> None:
        super().__init__(data_format=data_format, **kwargs)
        self.height, self.width = height, width

    def _window(self, size: tuple[int, int]) -> tuple[int, int, int, int]:
        """Top, left, height and width of the part that is kept."""
        height, width = size
        if height >= self.height and width >= self.width:
            return (height - self.height) // 2, (width - self.width) // 2, self.height, self.width
        kept_height = max(min(height, int(float(width * self.height) / self.width)), 1)
        kept_width = max(min(width, int(float(height * self.width) / self.height)), 1)
        return (height - kept_height) // 2, (width - kept_width) // 2, kept_height, kept_width

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        return {"input_shape": self._shape(data)}

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        images = to_tensor(images, self.compute_dtype)
        height, width = self._size(images)
        if height >= self.height and width >= self.width:
            top, left, height, width = self._window((height, width))
            rows, columns = slice(top, top + height), slice(left, left + width)
            if self.data_format == "channels_first":
                return images[..., rows, columns]
            return images[..., rows, columns, :]
        found = smart_resize(images, (self.height, self.width), data_format=self.data_format)
        return to_tensor(found, self.compute_dtype)

    def transform_segmentation_masks(self, masks: Any, transformation: Any = None, training: Any = True) -> Any:
        return self.transform_images(masks, transformation, training)

    def transform_bounding_boxes(self, bounding_boxes: Any, transformation: Any = None, training: Any = True) -> Any:
        shape = transformation["input_shape"]
        size = shape[self.height_axis], shape[self.width_axis]
        top, left, height, width = self._window(size)
        found = self._boxes_as(bounding_boxes, "xyxy", size)
        x1, y1, x2, y2 = split(found["boxes"])
        sides = (ops.clip(x1, left, left + width) - left, ops.clip(y1, top, top + height) - top)
        sides = (*sides, ops.clip(x2, left, left + width) - left, ops.clip(y2, top, top + height) - top)
        scale_x, scale_y = self.width / width, self.height / height
        scaled = (side * scale for side, scale in zip(sides, (scale_x, scale_y) * 2, strict=True))
        found["boxes"] = join(*scaled)
        found = clip_to_image_size(found, height=self.height, width=self.width)
        return self._boxes_from(found, "xyxy", (self.height, self.width))

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "height": self.height, "width": self.width}
