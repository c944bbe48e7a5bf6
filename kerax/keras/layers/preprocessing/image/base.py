"""The base of image layers: one random draw moves images, boxes, masks and labels alike."""

from __future__ import annotations

from typing import Any

from kerax.core.config import legacy_keras
from kerax.keras import ops, random
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.seeds import make_default_seed
from kerax.keras.engine.settings import standardize_data_format
from kerax.keras.layers.preprocessing._encoding import is_ragged
from kerax.keras.layers.preprocessing.data_layer import DataLayer
from kerax.keras.layers.regularization._noise import set_generator
from kerax.keras.utils.bounding_boxes import convert_format

FILL_MODES = ("reflect", "wrap", "constant", "nearest")
INTERPOLATIONS = ("nearest", "bilinear")


def factor_range(factor: Any, low: float, high: float, name: str = "factor", ordered: bool = False) -> Any:
    """A factor as the pair of its bounds: a number stands for the range around 0, as far as it is allowed.

    Args:
      factor: float, or pair of float.
      low: float, the least value allowed.
      high: float, the greatest.
      name: str, the argument's name.
      ordered: bool, whether a pair must be given in order, and a number not be negative.

    Raises:
      ValueError: something else.
    """
    message = (
        f"The `{name}` argument should be a number (or a list of two numbers) in the range [{low}, {high}]. "
        f"Received: {name}={factor}"
    )
    if isinstance(factor, (tuple, list)):
        if len(factor) != 2 or factor[0] > high or factor[1] < low or (ordered and factor[0] > factor[1]):
            raise ValueError(message)
        return tuple(sorted(factor))
    if not isinstance(factor, (int, float)) or not low <= factor <= high or (ordered and factor < 0):
        raise ValueError(message)
    return max(-abs(factor), low), abs(factor)


def sorted_range(value_range: Any) -> Any:
    """A value range in order.

    Raises:
      ValueError: not two numbers.
    """
    if not isinstance(value_range, (tuple, list)) or len(value_range) != 2:
        raise ValueError(
            f"The `value_range` argument should be a list of two numbers. Received: value_range={value_range}"
        )
    return sorted(value_range)


def check_sampling(fill_mode: Any, interpolation: Any, modes: Any = FILL_MODES) -> None:
    """Raises NotImplementedError for a way to fill or to interpolate that does not exist."""
    if fill_mode not in modes:
        raise NotImplementedError(f"Unknown `fill_mode` {fill_mode}. Expected of one {tuple(modes)}.")
    if interpolation not in INTERPOLATIONS:
        raise NotImplementedError(f"Unknown `interpolation` {interpolation}. Expected of one {INTERPOLATIONS}.")


class ImageLayer(DataLayer):
    """Takes images ``[height, width, channels]``, a batch of such, or a dict with "images" and perhaps "labels",
    "bounding_boxes" and "segmentation_masks"; channels come first where ``data_format`` says so.

    Subclasses write ``get_random_transformation`` and the ``transform_`` methods that do something.

    Args:
      factor: float or pair, for classes that have one.
      bounding_box_format: str, see ``keras.utils.bounding_boxes.convert_format``.
      data_format: "channels_last" or "channels_first".
    """

    _BOUNDS: Any = (-1, 1)
    generator: Any = None

    def __init__(self, bounding_box_format: Any = None, data_format: Any = None, **kwargs: Any) -> None:
        if legacy_keras():
            kwargs.pop("rng_type", None)  # how Keras 2 draws, which its configurations tell
        super().__init__(**kwargs)
        self.bounding_box_format = bounding_box_format
        self.data_format = standardize_data_format(data_format)
        first = self.data_format == "channels_first"
        self.height_axis, self.width_axis, self.channel_axis = (-2, -1, -3) if first else (-3, -2, -1)

    def build(self, input_shape: Any) -> None:
        """Builds the layers within, if there are any; Keras 2 draws the seed of a random layer now."""
        if legacy_keras() and self.generator is not None and self.seed is None:
            set_generator(self, "generator", make_default_seed())
        for layer in self._layers:
            if not layer.built:
                layer.build(input_shape)

    def _make_generator(self, seed: Any) -> None:
        self.seed = seed
        set_generator(self, "generator", seed)

    # --- what subclasses ask ----------------------------------------------------------------------------
    def _images(self, data: Any) -> Any:
        return data["images"] if isinstance(data, dict) else data

    def _shape(self, data: Any) -> tuple[int, ...]:
        """The images' shape, as far as a program is traced for given sizes that of its arrays."""
        images = self._images(data)
        return tuple(getattr(images, "_value", images).shape)

    def _size(self, data: Any) -> tuple[int, int]:
        """The images' height and width."""
        shape = self._shape(data)
        return shape[self.height_axis], shape[self.width_axis]

    def _batch(self, data: Any) -> int:
        """The number of images, 1 for one without a batch axis.

        Raises:
          ValueError: another rank.
        """
        shape = self._shape(data)
        if len(shape) not in (3, 4):
            raise ValueError(f"Expected the input image to be rank 3 or 4. Received inputs.shape={shape}")
        return shape[0] if len(shape) == 4 else 1

    def _uniform(self, shape: Any, low: Any, high: Any, seed: Any = None, dtype: Any = "float32") -> Any:
        seed = self.generator if seed is None else seed
        return random.uniform(shape, minval=low, maxval=high, dtype=dtype, seed=seed)

    def _chosen(self, count: int, seed: Any) -> Any:
        """For each image whether the layer acts on it, with a probability drawn from ``factor``."""
        probability = self._uniform((count,), *self.factor, seed)
        return self._uniform((count,), 0.0, 1.0, seed) < probability

    def _whole_image(self, flags: Any) -> Any:
        """One value per image in a shape that broadcasts with a batch of images."""
        return ops.reshape(flags, (-1, 1, 1, 1))

    def _in_range(self, images: Any, source: Any, target: Any) -> Any:
        """Values from one range in another."""
        if source[0] == target[0] and source[1] == target[1]:
            return images
        images = (images - source[0]) / (source[1] - source[0])
        return images * (target[1] - target[0]) + target[0]

    # --- what subclasses do -----------------------------------------------------------------------------
    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        """Draws what the ``transform_`` methods then apply."""
        return None

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        raise NotImplementedError

    def transform_labels(self, labels: Any, transformation: Any = None, training: Any = True) -> Any:
        return labels

    def transform_bounding_boxes(self, bounding_boxes: Any, transformation: Any = None, training: Any = True) -> Any:
        return bounding_boxes

    def transform_segmentation_masks(self, masks: Any, transformation: Any = None, training: Any = True) -> Any:
        return masks

    # --- calling ----------------------------------------------------------------------------------------
    def call(self, data: Any, training: Any = True) -> Any:
        if not isinstance(data, dict):
            data = to_tensor(data)
            single = self._rank(data) == 3
            transformation = self.get_random_transformation(data, training=training)
            return self._each(self.transform_images, data, transformation, training, single)
        data = {**data, "images": to_tensor(data["images"])}
        single = self._rank(data["images"]) == 3
        transformation = self.get_random_transformation(data, training=training)
        apply = transformation, training, single
        found = {**data, "images": self._each(self.transform_images, data["images"], *apply)}
        if "bounding_boxes" in data:
            if not self.bounding_box_format:
                raise ValueError(
                    "You passed an input with a 'bounding_boxes' key, but you didn't specify a bounding box format. "
                    f"Pass a `bounding_box_format` argument to your {type(self).__name__} layer, e.g. "
                    "`bounding_box_format='xyxy'`."
                )
            found["bounding_boxes"] = self._boxes(dense_boxes(data["bounding_boxes"]), *apply)
        if "labels" in data:
            found["labels"] = self._each(self.transform_labels, to_tensor(data["labels"]), *apply)
        if "segmentation_masks" in data:
            masks = to_tensor(data["segmentation_masks"])
            found["segmentation_masks"] = self._each(self.transform_segmentation_masks, masks, *apply)
        return found

    def _rank(self, images: Any) -> int:
        rank = len(images.shape)
        if rank not in (3, 4):
            raise ValueError(
                "Expected image tensor to have rank 3 (single image) or 4 (batch of images). "
                f"Received: data.shape={tuple(images.shape)}"
            )
        return rank

    def _each(self, method: Any, x: Any, transformation: Any, training: Any, single: bool) -> Any:
        if not single:
            return method(x, transformation=transformation, training=training)
        found = method(ops.expand_dims(x, axis=0), transformation=transformation, training=training)
        return ops.squeeze(found, axis=0)

    def _boxes(self, boxes: Any, transformation: Any, training: Any, single: bool) -> Any:
        if single:
            boxes = {key: ops.expand_dims(value, axis=0) for key, value in boxes.items()}
        boxes = self.transform_bounding_boxes(boxes, transformation=transformation, training=training)
        return {key: ops.squeeze(value, axis=0) for key, value in boxes.items()} if single else boxes

    def _boxes_as(self, boxes: Any, target: str, size: Any) -> Any:
        return convert_format(dict(boxes), self.bounding_box_format, target, size[0], size[1])

    def _boxes_from(self, boxes: Any, source: str, size: Any) -> Any:
        return convert_format(dict(boxes), source, self.bounding_box_format, size[0], size[1])

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        if not legacy_keras():
            config["data_format"] = self.data_format
        elif self.generator is not None:
            config["rng_type"] = "stateful"
        if self.bounding_box_format is not None:
            config["bounding_box_format"] = self.bounding_box_format
        return config


def dense_boxes(boxes: Any) -> Any:
    """Bounding boxes as dense tensors; ragged ones are filled up with zeros, their labels with -1.

    Raises:
      ValueError: no dict with "boxes" and "labels".
    """
    if not isinstance(boxes, dict) or "labels" not in boxes or "boxes" not in boxes:
        raise ValueError(
            "Expected `bounding_boxes` argument to be a dict with keys 'boxes' and 'labels'. "
            f"Received: bounding_boxes={boxes}"
        )
    found = dict(boxes)
    for key, filling in (("boxes", 0), ("labels", -1)):
        if is_ragged(found[key]):
            found[key] = found[key].to_tensor(default_value=filling)
    found["boxes"], found["labels"] = to_tensor(found["boxes"], "float32"), to_tensor(found["labels"])
    return found


class ResizedLayer(ImageLayer):
    """An image layer whose result has a fixed height and width."""

    height: int
    width: int

    def compute_output_shape(self, input_shape: Any) -> Any:
        if isinstance(input_shape, dict):
            return {
                key: self.compute_output_shape(shape) if key in ("images", "segmentation_masks") else shape
                for key, shape in input_shape.items()
            }
        if len(input_shape) not in (3, 4) or isinstance(input_shape[0], (list, tuple)):
            raise ValueError(
                f"`input_shape` must have size 3 (unbatched) or 4 (batched). Received: input_shape={input_shape}"
            )
        shape = list(input_shape)
        shape[self.height_axis], shape[self.width_axis] = self.height, self.width
        return tuple(shape)


class ColourLayer(ImageLayer):
    """An image layer that changes values only: boxes, masks and labels stay as they are."""

    _names: tuple[str, ...] = ("factor", "value_range", "seed")

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), **{name: getattr(self, name) for name in self._names}}
