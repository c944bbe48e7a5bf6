"""``keras.layers.MixUp``, ``CutMix`` and ``RandomErasing``."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.keras import ops, random
from kerax.keras.engine.convert import to_tensor
from kerax.keras.layers.preprocessing.image.base import ColourLayer, ImageLayer, factor_range


class _BoxLayer(ImageLayer):
    """An image layer that draws a rectangle in each image."""

    def _sides(self, count: int, length: int, share: Any, seed: Any) -> tuple[Any, Any]:
        """Where the rectangle begins and ends on one axis, given its share of the axis' length."""
        size = share * length
        start = self._uniform((count,), 0.0, 1.0, seed) * (length - size)
        return start, start + size

    def _inside(self, data: Any, sides: Any) -> Any:
        """A mask of the rectangles: bool ``[batch, height, width, 1]``, or channels first."""
        (x0, x1), (y0, y1) = (tuple(self._whole_image(side) for side in pair) for pair in sides)
        height, width = self._size(data)
        first = self.data_format == "channels_first"
        rows, columns = np.arange(height, dtype="float32"), np.arange(width, dtype="float32")
        rows = to_tensor(rows.reshape((1, 1, -1, 1) if first else (1, -1, 1, 1)))
        columns = to_tensor(columns.reshape((1, 1, 1, -1) if first else (1, 1, -1, 1)))
        return (columns >= x0) & (columns < x1) & (rows >= y0) & (rows < y1)


def _mixed(values: Any, order: Any, weight: Any) -> Any:
    """``weight`` parts of each row and the rest of another."""
    others = ops.take(values, order, axis=0)
    weight = ops.reshape(weight, (-1, *(1,) * (len(values.shape) - 1)))
    return weight * values + (1.0 - weight) * others


class MixUp(ImageLayer):
    """Each image of a batch blended with another one, and their labels alike.

    Args:
      alpha: float, of the Beta(alpha, alpha) distribution of the weights.
      data_format: "channels_last" or "channels_first".
      seed: int.

    Source: Zhang et al. 2018, https://arxiv.org/abs/1710.09412

    >>> import kerax as tf
    >>> tf.keras.layers.MixUp()({"images": tf.ones((2, 4, 4, 1)), "labels": tf.eye(2)}, training=True)["labels"].shape
    TensorShape([2, 2])
    """

    def __init__(
        self, alpha: float = 0.2, data_format: str | None = None, seed: int | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data_format=data_format, **kwargs)
        self.alpha = alpha
        self._make_generator(seed)

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        seed = self.generator if seed is None else seed
        count = self._batch(data)
        order = random.shuffle(ops.arange(0, count, dtype="int32"), seed=seed)
        return {"permutation_order": order, "mix_weight": random.beta((count,), self.alpha, self.alpha, seed=seed)}

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        if not training:
            return images
        images = to_tensor(images, self.compute_dtype)
        return self._mix(images, transformation)

    def _mix(self, values: Any, transformation: Any) -> Any:
        weight = to_tensor(transformation["mix_weight"], values.dtype)
        return _mixed(values, transformation["permutation_order"], weight)

    def transform_labels(self, labels: Any, transformation: Any = None, training: Any = True) -> Any:
        return self._mix(to_tensor(labels, "float32"), transformation) if training else labels

    def transform_segmentation_masks(self, masks: Any, transformation: Any = None, training: Any = True) -> Any:
        return self._mix(to_tensor(masks, "float32"), transformation) if training else masks

    def transform_bounding_boxes(self, bounding_boxes: Any, transformation: Any = None, training: Any = True) -> Any:
        if not training:
            return bounding_boxes
        order = transformation["permutation_order"]
        boxes, labels = bounding_boxes["boxes"], bounding_boxes["labels"]
        return {
            "boxes": ops.concatenate([boxes, ops.take(boxes, order, axis=0)], axis=1),
            "labels": ops.concatenate([labels, ops.take(labels, order, axis=0)], axis=0),
        }

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "alpha": self.alpha, "seed": self.seed}


class CutMix(_BoxLayer):
    """A rectangle of each image of a batch replaced by another image's, and labels mixed by the areas.

    Args:
      factor: float or pair of float from 0 to 1, of the Beta distribution of the areas.
      seed: int.
      data_format: "channels_last" or "channels_first".

    Source: Yun et al. 2019, https://arxiv.org/abs/1905.04899

    >>> import kerax as tf
    >>> tf.keras.layers.CutMix()(tf.ones((2, 4, 4, 1)), training=True).shape
    TensorShape([2, 4, 4, 1])
    """

    def __init__(
        self, factor: Any = 1.0, seed: int | None = None, data_format: str | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data_format=data_format, **kwargs)
        self.factor = factor_range(factor, 0, 1)
        self._make_generator(seed)

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        if not training or len(self._shape(data)) == 3:
            return None
        seed = self.generator if seed is None else seed
        count, (height, width) = self._batch(data), self._size(data)
        alpha = self._uniform((), *self.factor, seed) + 1e-6
        kept = random.beta((count,), alpha, alpha, seed=seed)
        side = ops.sqrt(1.0 - kept)
        sides = self._sides(count, width, side, seed), self._sides(count, height, side, seed)
        (x0, x1), (y0, y1) = sides
        return {
            "permutation_order": random.shuffle(ops.arange(0, count, dtype="int32"), seed=seed),
            "batch_masks": self._inside(data, sides),
            "mix_weight": 1.0 - (x1 - x0) * (y1 - y0) / (width * height),
        }

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        images = to_tensor(images, self.compute_dtype)
        if not training or transformation is None:
            return images
        others = ops.take(images, transformation["permutation_order"], axis=0)
        return ops.where(transformation["batch_masks"], others, images)

    def transform_labels(self, labels: Any, transformation: Any = None, training: Any = True) -> Any:
        if not training or transformation is None:
            return labels
        return _mixed(to_tensor(labels, "float32"), transformation["permutation_order"], transformation["mix_weight"])

    def transform_segmentation_masks(self, masks: Any, transformation: Any = None, training: Any = True) -> Any:
        return self.transform_images(masks, transformation, training)

    def transform_bounding_boxes(self, bounding_boxes: Any, transformation: Any = None, training: Any = True) -> Any:
        raise NotImplementedError("CutMix cannot mix bounding boxes: leave 'bounding_boxes' out of its input.")

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "factor": self.factor, "seed": self.seed}


class RandomErasing(_BoxLayer):
    """A random rectangle of images replaced by noise or by a value.

    Args:
      factor: float or pair of float from 0 to 1, the probability.
      scale: pair of float from 0 to 1, the rectangle's share of the image.
      fill_value: float, three floats, or None for noise.
      value_range: pair, the values' least and greatest.
      seed: int.
      data_format: "channels_last" or "channels_first".

    Source: Zhong et al. 2020, https://arxiv.org/abs/1708.04896

    >>> import kerax as tf
    >>> tf.keras.layers.RandomErasing()(tf.ones((2, 4, 4, 3)), training=True).shape
    TensorShape([2, 4, 4, 3])
    """

    def __init__(
        self,
        factor: Any = 1.0,
        scale: Any = (0.02, 0.33),
        fill_value: Any = None,
        value_range: Any = (0, 255),
        seed: int | None = None,
        data_format: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data_format=data_format, **kwargs)
        self.factor, self.scale = factor_range(factor, 0, 1), factor_range(scale, 0, 1, "scale")
        self.fill_value, self.value_range = fill_value, value_range
        self._make_generator(seed)

    def _filling(self, data: Any, seed: Any) -> Any:
        value = self.fill_value
        if value is None:
            drawn = random.normal(self._shape(data), dtype=self.compute_dtype, seed=seed) * self.value_range[1]
            return ops.clip(drawn, *self.value_range)
        if isinstance(value, (tuple, list)) and len(value) == 3:
            shape = (3, 1, 1) if self.data_format == "channels_first" else (3,)
            value = np.reshape(value, shape)
        elif not isinstance(value, (int, float)):
            raise ValueError(
                "The `fill_value` argument should be a number (or a list of three numbers) "
                f"Received: fill_value={value}"
            )
        return ops.clip(to_tensor(value, self.compute_dtype), *self.value_range)

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        if not training:
            return None
        seed = self.generator if seed is None else seed
        count, (height, width) = self._batch(data), self._size(data)
        side = ops.sqrt(self._uniform((count, 2), *self.scale, seed))
        sides = self._sides(count, width, side[:, 0], seed), self._sides(count, height, side[:, 1], seed)
        return {
            "batch_masks": self._inside(data, sides),
            "apply_erasing": self._chosen(count, seed),
            "fill_value": self._filling(data, seed),
        }

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        images = to_tensor(images, self.compute_dtype)
        if not training:
            return images
        erased = transformation["batch_masks"] & self._whole_image(transformation["apply_erasing"])
        return ops.where(erased, transformation["fill_value"], images)

    def get_config(self) -> dict[str, Any]:
        names = ("factor", "scale", "fill_value", "value_range", "seed")
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}


class RandomGaussianBlur(ColourLayer):
    """Images blurred at random.

    Args:
      factor: float or pair of float from 0 to 1, the probability.
      kernel_size: odd int, or pair of such, pixels.
      sigma: float or pair of float from 0 to 1, the blur's standard deviation in pixels.
      value_range: pair, the values' least and greatest.
      data_format: "channels_last" or "channels_first".
      seed: int.

    >>> import kerax as tf
    >>> tf.keras.layers.RandomGaussianBlur()(tf.ones((1, 4, 4, 3)), training=True).shape
    TensorShape([1, 4, 4, 3])
    """

    _names = ("factor", "kernel_size", "sigma", "value_range", "seed")

    def __init__(
        self,
        factor: Any = 1.0,
        kernel_size: Any = 3,
        sigma: Any = 1.0,
        value_range: Any = (0, 255),
        data_format: str | None = None,
        seed: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data_format=data_format, **kwargs)
        self.factor, self.sigma = factor_range(factor, 0, 1), factor_range(sigma, 0, 1, "sigma")
        size = tuple(kernel_size) if isinstance(kernel_size, (tuple, list)) else (kernel_size, kernel_size)
        if len(size) != 2 or not all(isinstance(side, (int, float)) and side % 2 for side in size):
            raise ValueError(f"`kernel_size` must be an odd number, or two. Received: kernel_size={kernel_size}")
        self.kernel_size, self.value_range = size, value_range
        self._make_generator(seed)

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        if not training:
            return None
        chosen = self._chosen(self._batch(data), seed)
        return {"should_apply_blur": chosen, "blur_factor": self._uniform((2,), *self.sigma, seed) + 1e-6}

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        images = to_tensor(images, self.compute_dtype)
        if not training or transformation is None:
            return images
        blurred = ops.image.gaussian_blur(
            images, kernel_size=self.kernel_size, sigma=transformation["blur_factor"], data_format=self.data_format
        )
        found = ops.where(self._whole_image(transformation["should_apply_blur"]), blurred, images)
        return ops.clip(found, *self.value_range)


class MaxNumBoundingBoxes(ImageLayer):
    """Bounding boxes cut or filled up to a fixed number.

    Args:
      max_number: int.
      fill_value: int, what stands for missing boxes and labels.

    >>> import kerax as tf
    >>> layer = tf.keras.layers.MaxNumBoundingBoxes(2, bounding_box_format="xyxy")
    >>> boxes = {"boxes": tf.zeros((1, 1, 4)), "labels": tf.constant([[5]])}
    >>> layer({"images": tf.zeros((1, 2, 2, 3)), "bounding_boxes": boxes})["bounding_boxes"]["labels"].numpy()
    array([[ 5, -1]], dtype=int32)
    """

    def __init__(self, max_number: int, fill_value: int = -1, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_number, self.fill_value = int(max_number), int(fill_value)

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        return images

    def transform_bounding_boxes(self, bounding_boxes: Any, transformation: Any = None, training: Any = True) -> Any:
        boxes, labels = (bounding_boxes[key][:, : self.max_number] for key in ("boxes", "labels"))
        missing = self.max_number - int(boxes.shape[1])
        boxes = ops.pad(boxes, [[0, 0], [0, missing], [0, 0]], constant_values=self.fill_value)
        labels = ops.pad(labels, [[0, 0], [0, missing]], constant_values=self.fill_value)
        return {**bounding_boxes, "boxes": boxes, "labels": labels}

    def compute_output_shape(self, input_shape: Any) -> Any:
        if not isinstance(input_shape, dict) or "bounding_boxes" not in input_shape:
            return input_shape
        shapes = dict(input_shape["bounding_boxes"])
        extra = set(shapes) - {"boxes", "labels"}
        if extra:
            raise KeyError(
                f"There are unsupported keys in `bounding_boxes`: {list(extra)}. Only `boxes` and `labels` are "
                "supported."
            )
        found = {key: (shape[0], self.max_number, *tuple(shape)[2:]) for key, shape in shapes.items()}
        return {**input_shape, "bounding_boxes": found}

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "max_number": self.max_number}
