"""``keras.layers.RandomRotation``, ``RandomZoom``, ``RandomTranslation`` and ``RandomShear``."""

from __future__ import annotations

import math
from typing import Any

from kerax.core.config import legacy_keras
from kerax.keras import ops
from kerax.keras.engine.convert import to_tensor
from kerax.keras.layers._config_order import inserted_after
from kerax.keras.layers.preprocessing.image.base import ImageLayer, check_sampling, factor_range
from kerax.keras.utils.bounding_boxes import affine_transform, clip_to_image_size, join, split

_HUGE = float("inf")


class _AffineLayer(ImageLayer):
    """Images under a random affine map, each under its own.

    Subclasses draw what ``_matrix`` makes the map's eight numbers of.
    """

    _names: tuple[str, ...] = ()

    def _set_sampling(self, fill_mode: str, interpolation: str, fill_value: float) -> None:
        check_sampling(fill_mode, interpolation)
        self.fill_mode, self.interpolation, self.fill_value = fill_mode, interpolation, fill_value

    def _matrix(self, transformation: Any) -> Any:
        raise NotImplementedError

    def _rows(self, *columns: Any) -> Any:
        """The eight numbers ``[batch, 8]`` of six columns ``[batch]``, of which numbers stand for all images."""
        like = next(column for column in columns if hasattr(column, "shape"))
        whole = [column if hasattr(column, "shape") else ops.full_like(like, column) for column in (*columns, 0, 0)]
        return ops.stack(whole, axis=-1)

    def _moved(self, images: Any, transformation: Any, interpolation: str) -> Any:
        return ops.image.affine_transform(
            images,
            self._matrix(transformation),
            interpolation=interpolation,
            fill_mode=self.fill_mode,
            fill_value=self.fill_value,
            data_format=self.data_format,
        )

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        images = to_tensor(images, self.compute_dtype)
        if not training or transformation is None:
            return images
        return to_tensor(self._moved(images, transformation, self.interpolation), self.compute_dtype)

    def transform_segmentation_masks(self, masks: Any, transformation: Any = None, training: Any = True) -> Any:
        if not training or transformation is None:
            return masks
        return self._moved(masks, transformation, "nearest")

    def get_config(self) -> dict[str, Any]:
        names = (*self._names, "fill_mode", "interpolation", "seed")
        config = {**super().get_config(), **{name: getattr(self, name) for name in names}}
        if legacy_keras() or isinstance(self, RandomRotation):
            return inserted_after(config, "fill_mode", fill_value=self.fill_value)
        return {**config, "fill_value": self.fill_value}


class RandomRotation(_AffineLayer):
    """Images turned by random angles.

    Args:
      factor: float or pair of float, parts of a full turn: 0.1 stands for -36° to 36°; positive is counterclockwise.
      fill_mode: "reflect", "wrap", "constant" or "nearest", what comes from beyond the border.
      interpolation: "bilinear" or "nearest".
      seed: int.
      fill_value: float, for "constant".
      data_format: "channels_last" or "channels_first".

    >>> import kerax as tf
    >>> tf.keras.layers.RandomRotation(0.1)(tf.zeros((1, 4, 4, 1)), training=True).shape
    TensorShape([1, 4, 4, 1])
    """

    _names = ("factor",)

    def __init__(
        self,
        factor: Any,
        fill_mode: str = "reflect",
        interpolation: str = "bilinear",
        seed: int | None = None,
        fill_value: float = 0.0,
        data_format: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data_format=data_format, **kwargs)
        if legacy_keras():
            self._bounds = factor_range(factor, -_HUGE, _HUGE, ordered=True)
            self.factor = factor
        else:
            self.factor = self._bounds = factor_range(factor or 0.0, -1, 1)
        self._make_generator(seed)
        self._set_sampling(fill_mode, interpolation, fill_value)

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        if not training:
            return None
        height, width = self._size(data)
        low, high = (bound * 360.0 for bound in self._bounds)
        count = self._batch(data)
        angle = self._uniform((count,), low, high, seed)
        return {"angle": angle, "image_height": height, "image_width": width, "batch_size": count}

    def _matrix(self, transformation: Any) -> Any:
        angle = transformation["angle"] * (math.pi / 180.0)
        x, y = (transformation["image_width"] - 1) * 0.5, (transformation["image_height"] - 1) * 0.5
        cosine, sine = ops.cos(angle), ops.sin(angle)
        shift_x, shift_y = x - x * cosine + y * sine, y - x * sine - y * cosine
        return self._rows(cosine, -sine, shift_x, sine, cosine, shift_y)

    def transform_bounding_boxes(self, bounding_boxes: Any, transformation: Any = None, training: Any = True) -> Any:
        if not training:
            return bounding_boxes
        size = transformation["image_height"], transformation["image_width"]
        angle = transformation["angle"]
        zero, one = ops.zeros_like(angle), ops.ones_like(angle)
        found = self._boxes_as(bounding_boxes, "xyxy", size)
        found["boxes"] = affine_transform(found["boxes"], angle, zero, zero, one, zero, zero, size[0], size[1])
        return self._boxes_from(clip_to_image_size(found, height=size[0], width=size[1]), "xyxy", size)


class RandomZoom(_AffineLayer):
    """Images enlarged or made smaller by random factors.

    Args:
      height_factor: float or pair of float above -1, parts of the height: positive zooms out, negative in.
      width_factor: likewise; None to keep the images' ratio.
      fill_mode: "reflect", "wrap", "constant" or "nearest", what comes from beyond the border.
      interpolation: "bilinear" or "nearest".
      seed: int.
      fill_value: float, for "constant".
      data_format: "channels_last" or "channels_first".

    >>> import kerax as tf
    >>> tf.keras.layers.RandomZoom(0.1)(tf.zeros((1, 4, 4, 1)), training=True).shape
    TensorShape([1, 4, 4, 1])
    """

    _names = ("height_factor", "width_factor")

    def __init__(
        self,
        height_factor: Any,
        width_factor: Any = None,
        fill_mode: str = "reflect",
        interpolation: str = "bilinear",
        seed: int | None = None,
        fill_value: float = 0.0,
        data_format: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data_format=data_format, **kwargs)
        self.height_factor, self.width_factor = height_factor, width_factor
        self.height_lower, self.height_upper = self._bounds_of(height_factor, "height_factor")
        if width_factor is not None:
            self.width_lower, self.width_upper = self._bounds_of(width_factor, "width_factor")
        self._set_sampling(fill_mode, interpolation, fill_value)
        self._make_generator(seed)

    def _bounds_of(self, factor: Any, name: str) -> Any:
        bounds = factor_range(factor, -1.0, 1.0, name)
        pair = factor if isinstance(factor, (tuple, list)) else (factor,)
        if any(abs(value) > 1.0 or (value == -1.0 and not legacy_keras()) for value in pair):
            raise ValueError(
                f"The `{name}` argument should be a number (or a list of two numbers) in the range (-1.0, 1.0]. "
                f"Received: {name}={factor}"
            )
        return bounds

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        if not training:
            return None
        shape = (self._batch(data), 1)
        height = self._uniform(shape, 1.0 + self.height_lower, 1.0 + self.height_upper, seed)
        width = height
        if self.width_factor is not None:
            width = self._uniform(shape, 1.0 + self.width_lower, 1.0 + self.width_upper, seed)
        return {"height_zoom": height, "width_zoom": width, "input_shape": self._shape(data)}

    def _offsets(self, transformation: Any) -> tuple[Any, Any, Any, Any, Any, Any]:
        shape = transformation["input_shape"]
        height, width = shape[self.height_axis], shape[self.width_axis]
        zoom_x, zoom_y = transformation["width_zoom"][:, 0], transformation["height_zoom"][:, 0]
        return zoom_x, zoom_y, (width - 1) / 2.0 * (1 - zoom_x), (height - 1) / 2.0 * (1 - zoom_y), height, width

    def _matrix(self, transformation: Any) -> Any:
        zoom_x, zoom_y, x, y, _, _ = self._offsets(transformation)
        return self._rows(zoom_x, 0, x, 0, zoom_y, y)

    def transform_bounding_boxes(self, bounding_boxes: Any, transformation: Any = None, training: Any = True) -> Any:
        if not training:
            return bounding_boxes
        zoom_x, zoom_y, x, y, height, width = (
            v[:, None, None] if hasattr(v, "shape") else v for v in self._offsets(transformation)
        )
        found = self._boxes_as(bounding_boxes, "xyxy", (height, width))
        x1, y1, x2, y2 = split(found["boxes"])
        seen_width, seen_height = width * zoom_x, height * zoom_y

        def across(v: Any) -> Any:
            return (ops.clip(v, x, x + seen_width) - x) / seen_width

        def down(v: Any) -> Any:
            return (ops.clip(v, y, y + seen_height) - y) / seen_height

        found["boxes"] = join(across(x1), down(y1), across(x2), down(y2))
        found = clip_to_image_size(found, bounding_box_format="rel_xyxy")
        return self._boxes_from(found, "rel_xyxy", (height, width))


class RandomTranslation(_AffineLayer):
    """Images moved by random distances.

    Args:
      height_factor: float or pair of float from -1 to 1, parts of the height: positive moves down.
      width_factor: likewise, parts of the width: positive moves right.
      fill_mode: "reflect", "wrap", "constant" or "nearest", what comes from beyond the border.
      interpolation: "bilinear" or "nearest".
      seed: int.
      fill_value: float, for "constant".
      data_format: "channels_last" or "channels_first".

    >>> import kerax as tf
    >>> tf.keras.layers.RandomTranslation(0.1, 0.1)(tf.zeros((1, 4, 4, 1)), training=True).shape
    TensorShape([1, 4, 4, 1])
    """

    _names = ("height_factor", "width_factor")

    def __init__(
        self,
        height_factor: Any,
        width_factor: Any,
        fill_mode: str = "reflect",
        interpolation: str = "bilinear",
        seed: int | None = None,
        fill_value: float = 0.0,
        data_format: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data_format=data_format, **kwargs)
        self.height_factor, self.width_factor = height_factor, width_factor
        self.height_lower, self.height_upper = self._bounds_of(height_factor, "height_factor")
        self.width_lower, self.width_upper = self._bounds_of(width_factor, "width_factor")
        self._set_sampling(fill_mode, interpolation, fill_value)
        self._make_generator(seed)

    def _bounds_of(self, factor: Any, name: str) -> Any:
        bounds = factor_range(factor, -1.0, 1.0, name, ordered=legacy_keras())
        if max(abs(bound) for bound in bounds) > 1.0:
            raise ValueError(
                f"The `{name}` argument should be a number (or a list of two numbers) in the range [-1.0, 1.0]. "
                f"Received: {name}={factor}"
            )
        return bounds

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        if not training:
            return None
        shape, (height, width) = (self._batch(data), 1), self._size(data)
        down = self._uniform(shape, self.height_lower, self.height_upper, seed) * height
        right = self._uniform(shape, self.width_lower, self.width_upper, seed) * width
        return {"translations": ops.concatenate([right, down], axis=1), "input_shape": self._shape(data)}

    def _matrix(self, transformation: Any) -> Any:
        moves = transformation["translations"]
        return self._rows(1, 0, -moves[:, 0], 0, 1, -moves[:, 1])

    def transform_bounding_boxes(self, bounding_boxes: Any, transformation: Any = None, training: Any = True) -> Any:
        if not training:
            return bounding_boxes
        shape = transformation["input_shape"]
        size = shape[self.height_axis], shape[self.width_axis]
        moves = transformation["translations"]
        right, down = moves[:, 0][:, None, None], moves[:, 1][:, None, None]
        found = self._boxes_as(bounding_boxes, "xyxy", size)
        x1, y1, x2, y2 = split(found["boxes"])
        found["boxes"] = join(x1 + right, y1 + down, x2 + right, y2 + down)
        return self._boxes_from(clip_to_image_size(found, height=size[0], width=size[1]), "xyxy", size)


class RandomShear(_AffineLayer):
    """Images sheared by random amounts.

    Args:
      x_factor: float or pair of float from 0 to 1, how far rows move, in parts of their distance from the top.
      y_factor: likewise, for columns.
      interpolation: "bilinear" or "nearest".
      fill_mode: "reflect", "wrap", "constant" or "nearest", what comes from beyond the border.
      fill_value: float, for "constant".
      data_format: "channels_last" or "channels_first".
      seed: int.

    >>> import kerax as tf
    >>> tf.keras.layers.RandomShear(0.2, 0.2)(tf.zeros((1, 4, 4, 1)), training=True).shape
    TensorShape([1, 4, 4, 1])
    """

    _names = ("x_factor", "y_factor")

    def __init__(
        self,
        x_factor: Any = 0.0,
        y_factor: Any = 0.0,
        interpolation: str = "bilinear",
        fill_mode: str = "reflect",
        fill_value: float = 0.0,
        data_format: str | None = None,
        seed: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data_format=data_format, **kwargs)
        self.x_factor = self._bounds_of(x_factor, "x_factor")
        self.y_factor = self._bounds_of(y_factor, "y_factor")
        self._set_sampling(fill_mode, interpolation, fill_value)
        self._make_generator(seed)

    def _bounds_of(self, factor: Any, name: str) -> Any:
        pair = tuple(factor) if isinstance(factor, (tuple, list)) else (factor, factor)
        if len(pair) != 2 or not all(isinstance(value, (int, float)) for value in pair) or max(pair) > 1.0:
            raise ValueError(
                f"The `{name}` argument should be a number (or a list of two numbers) in the range [0, 1.0]. "
                f"Received: {name}={factor}"
            )
        if isinstance(factor, (tuple, list)):
            return tuple(sorted(pair))
        if factor < 0.0:
            raise ValueError(f"The `{name}` argument must not be negative. Received: {name}={factor}")
        return -factor, factor

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        if not training:
            return None
        shape = (self._batch(data), 1)
        sign = ops.where(self._uniform(shape, 0.0, 1.0, seed) > 0.5, -1.0, 1.0)
        down = self._uniform(shape, *self.y_factor, seed)
        across = self._uniform(shape, *self.x_factor, seed)
        factors = ops.concatenate([across, down], axis=1) * sign
        return {"shear_factor": factors, "input_shape": self._shape(data)}

    def _matrix(self, transformation: Any) -> Any:
        factors = transformation["shear_factor"]
        return self._rows(1, factors[:, 0], 0, factors[:, 1], 1, 0)

    def transform_bounding_boxes(self, bounding_boxes: Any, transformation: Any = None, training: Any = True) -> Any:
        if not training:
            return bounding_boxes
        shape, factors = transformation["input_shape"], transformation["shear_factor"]
        size = shape[self.height_axis], shape[self.width_axis]
        across, down = factors[:, 0][:, None, None], factors[:, 1][:, None, None]
        found = self._boxes_as(bounding_boxes, "rel_xyxy", size)
        x1, y1, x2, y2 = split(found["boxes"])
        x1, x2 = (
            ops.where(across < 0, x1 - across * y1, x1 - across * y2),
            ops.where(across < 0, x2 - across * y2, x2 - across * y1),
        )
        y1, y2 = (
            ops.where(down > 0, y1 - down * x2, y1 - down * x1),
            ops.where(down > 0, y2 - down * x1, y2 - down * x2),
        )
        found = clip_to_image_size({**found, "boxes": join(x1, y1, x2, y2)}, bounding_box_format="rel_xyxy")
        return self._boxes_from(found, "rel_xyxy", size)
