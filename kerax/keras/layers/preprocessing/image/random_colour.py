"""Image layers that change brightness, contrast and colours at random."""

from __future__ import annotations

from typing import Any

from kerax.core.config import legacy_keras
from kerax.keras import ops
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.settings import epsilon
from kerax.keras.layers.preprocessing.image.base import ColourLayer, factor_range, sorted_range


class RandomBrightness(ColourLayer):
    """Images made brighter or darker.

    Args:
      factor: float or pair of float from -1 to 1, what is added, in parts of the value range.
      value_range: pair, the values' least and greatest.
      seed: int.

    >>> import kerax as tf
    >>> tf.keras.layers.RandomBrightness(0.2)(tf.zeros((1, 2, 2, 3)), training=True).shape
    TensorShape([1, 2, 2, 3])
    """

    def __init__(self, factor: Any, value_range: Any = (0, 255), seed: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.factor = factor_range(factor or 0.0, -1, 1)
        self.value_range = sorted_range(value_range)
        self._make_generator(seed)

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        shape = (self._batch(data), 1, 1, 1) if len(self._shape(data)) == 4 else (1, 1, 1)
        if not training:
            return {"rgb_delta": ops.zeros(shape)}
        delta = self._uniform(shape, *self.factor, seed)
        return {"rgb_delta": delta * (self.value_range[1] - self.value_range[0])}

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        images = to_tensor(images, self.compute_dtype)
        if not training:
            return images
        return ops.clip(images + to_tensor(transformation["rgb_delta"], images.dtype), *self.value_range)


class RandomContrast(ColourLayer):
    """Images with more or less contrast: each channel's distance from its mean is scaled.

    Args:
      factor: float from 0 to 1, or pair (lower, upper): the scale lies between ``1 - lower`` and ``1 + upper``. A
        number f stands for (0, f), in Keras 2 for (f, f).
      value_range: pair, the values' least and greatest.
      seed: int.

    >>> import kerax as tf
    >>> tf.keras.layers.RandomContrast(0.2)(tf.zeros((1, 2, 2, 3)), training=True).shape
    TensorShape([1, 2, 2, 3])
    """

    def __init__(self, factor: Any, value_range: Any = (0, 255), seed: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if legacy_keras():
            pair = tuple(factor) if isinstance(factor, (tuple, list)) else (factor, factor)
            if pair[0] < 0.0 or pair[1] < 0.0 or pair[0] > 1.0:
                raise ValueError(
                    f"`factor` argument cannot have negative values or values greater than 1. Received: factor={factor}"
                )
            self.lower, self.upper = pair
            self.factor = factor
        else:
            self.factor = factor_range(factor, 0, 1)
            self.lower, self.upper = self.factor
        self.value_range = value_range
        self._names = ("factor", "seed") if legacy_keras() else ("factor", "value_range", "seed")
        self._make_generator(seed)

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        shape = (self._batch(data), 1, 1, 1) if len(self._shape(data)) == 4 else (1, 1, 1)
        if not training:
            return {"contrast_factor": ops.zeros(shape)}
        if legacy_keras():
            shape = (1,) * len(shape)
        return {"contrast_factor": self._uniform(shape, 1.0 - self.lower, 1.0 + self.upper, seed, self.compute_dtype)}

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        images = to_tensor(images, self.compute_dtype)
        if not training:
            return images
        mean = ops.mean(images, axis=(self.height_axis, self.width_axis), keepdims=True)
        factor = to_tensor(transformation["contrast_factor"], images.dtype)
        return ops.clip((images - mean) * factor + mean, *self.value_range)


class _BatchFactorLayer(ColourLayer):
    """A colour layer that draws one factor per image."""

    def __init__(
        self,
        factor: Any,
        value_range: Any = (0, 255),
        data_format: str | None = None,
        seed: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data_format=data_format, **kwargs)
        self.factor = factor_range(factor, *self._BOUNDS)
        self.value_range = sorted_range(value_range)
        self._make_generator(seed)

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        return {"factor": self._uniform((self._batch(data),), *self.factor, seed)}

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        images = to_tensor(images, self.compute_dtype)
        return self._changed(images, to_tensor(transformation["factor"], images.dtype)) if training else images

    def _changed(self, images: Any, factor: Any) -> Any:
        raise NotImplementedError

    def _of_hsv(self, images: Any, change: Any) -> Any:
        """Images whose hue and saturation ``change`` gives."""
        hsv = ops.image.rgb_to_hsv(images, data_format=self.data_format)
        axis = len(hsv.shape) + self.channel_axis
        hue, saturation, value = ops.unstack(hsv, axis=axis)
        hue, saturation = change(hue, saturation)
        return ops.image.hsv_to_rgb(ops.stack([hue, saturation, value], axis=axis), data_format=self.data_format)


class RandomHue(_BatchFactorLayer):
    """Images with another hue.

    Args:
      factor: float or pair of float from 0 to 1: the hue turns by up to half of this, one way or the other.
      value_range: pair, the values' least and greatest.
      data_format: "channels_last" or "channels_first".
      seed: int.

    >>> import kerax as tf
    >>> tf.keras.layers.RandomHue(0.2)(tf.zeros((1, 2, 2, 3)), training=True).shape
    TensorShape([1, 2, 2, 3])
    """

    _BOUNDS = (0, 1)

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        shape = (self._batch(data),)
        sign = ops.where(self._uniform(shape, 0.0, 1.0, seed) > 0.5, -1.0, 1.0)
        return {"factor": sign * self._uniform(shape, *self.factor, seed) * 0.5}

    def _changed(self, images: Any, factor: Any) -> Any:
        turn = ops.reshape(factor, (-1, 1, 1))

        def change(hue: Any, saturation: Any) -> Any:
            hue = hue + turn
            hue = ops.where(hue > 1.0, hue - 1.0, hue)
            return ops.where(hue < 0.0, hue + 1.0, hue), saturation

        images = ops.clip(self._of_hsv(self._in_range(images, self.value_range, (0, 1)), change), 0, 1)
        return to_tensor(self._in_range(images, (0, 1), self.value_range), self.compute_dtype)


class RandomSaturation(_BatchFactorLayer):
    """Images with more or less saturated colours.

    Args:
      factor: float or pair of float from 0 to 1: 0.5 changes nothing, 0 makes images gray, 1 saturates them.
      value_range: pair, the values' least and greatest.
      data_format: "channels_last" or "channels_first".
      seed: int.

    >>> import kerax as tf
    >>> tf.keras.layers.RandomSaturation(0.7)(tf.zeros((1, 2, 2, 3)), training=True).shape
    TensorShape([1, 2, 2, 3])
    """

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        factor = self._uniform((self._batch(data),), *self.factor, seed)
        return {"factor": factor / (1 - factor + epsilon())}

    def _changed(self, images: Any, factor: Any) -> Any:
        factor = ops.reshape(factor, (-1, 1, 1))
        return self._of_hsv(images, lambda hue, sat: (hue, ops.clip(sat * factor, *self.value_range)))


class RandomColorDegeneration(_BatchFactorLayer):
    """Images mixed with their gray version.

    Args:
      factor: float or pair of float from 0 to 1, the gray version's share.
      value_range: pair, the values' least and greatest.
      data_format: "channels_last" or "channels_first".
      seed: int.

    >>> import kerax as tf
    >>> tf.keras.layers.RandomColorDegeneration(0.5)(tf.zeros((1, 2, 2, 3)), training=True).shape
    TensorShape([1, 2, 2, 3])
    """

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        return {"factor": self._uniform((self._batch(data), 1, 1, 1), *self.factor, seed)}

    def _changed(self, images: Any, factor: Any) -> Any:
        gray = ops.image.rgb_to_grayscale(images, data_format=self.data_format)
        return ops.clip(images + factor * (gray - images), *self.value_range)

    def compute_output_shape(self, input_shape: Any) -> Any:
        if not isinstance(input_shape, dict):
            if len(input_shape) not in (3, 4):
                raise ValueError(
                    "Invalid images rank: expected rank 3 (single image) or rank 4 (batch of images). "
                    f"Received: input_shape={input_shape}"
                )
            channels = input_shape[self.channel_axis]
            if channels not in (None, 3):
                raise ValueError(f"Input images must have 3 channels, but received images with {channels} channels.")
        return input_shape


class RandomSharpness(_BatchFactorLayer):
    """Images made sharper or softer.

    Args:
      factor: float or pair of float from 0 to 1: 0 softens, 0.5 changes nothing, 1 sharpens.
      value_range: pair, the values' least and greatest.
      data_format: "channels_last" or "channels_first".
      seed: int.

    >>> import kerax as tf
    >>> tf.keras.layers.RandomSharpness(0.7)(tf.zeros((1, 4, 4, 3)), training=True).shape
    TensorShape([1, 4, 4, 3])
    """

    _BOUNDS = (0, 1)

    def _changed(self, images: Any, factor: Any) -> Any:
        first = self.data_format == "channels_first"
        images = ops.swapaxes(images, -3, -1) if first else images
        a, b = 1.0 / 13.0, 5.0 / 13.0
        kernel = ops.reshape(to_tensor([[a, a, a], [a, b, a], [a, a, a]], images.dtype), (3, 3, 1, 1))
        kernel = ops.tile(kernel, (1, 1, images.shape[-1], 1))
        smooth = ops.depthwise_conv(images, kernel, strides=1, padding="same", data_format="channels_last")
        found = images + (1.0 - ops.reshape(factor * 2, (-1, 1, 1, 1))) * (smooth - images)
        found = ops.clip(found, *self.value_range)
        return ops.swapaxes(found, -3, -1) if first else found


class RandomPosterization(_BatchFactorLayer):
    """Images with fewer levels: of the eight bits of each value only the first stay.

    Args:
      factor: int or pair of int from 1 to 8, how many bits stay.
      value_range: pair, the values' least and greatest.
      data_format: "channels_last" or "channels_first".
      seed: int.

    >>> import kerax as tf
    >>> tf.keras.layers.RandomPosterization(1)(tf.constant([[[[100.], [200.]]]]), training=True).numpy().ravel()
    array([  0., 128.], dtype=float32)
    """

    _BOUNDS = (1, 8)

    def __init__(
        self,
        factor: Any,
        value_range: Any = (0, 255),
        data_format: str | None = None,
        seed: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(factor, value_range, data_format, seed, **kwargs)

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        from kerax.keras import random

        shape = (self._batch(data),)
        low, high = self.factor
        if low == high:
            bits = ops.full(shape, low, dtype="int32")
        else:
            bits = random.randint(shape, low, high, seed=self.generator if seed is None else seed)
        return {"shift_factor": to_tensor(8 - bits, "uint8")}

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        images = to_tensor(images, self.compute_dtype)
        if not training:
            return images
        shift = self._whole_image(transformation["shift_factor"])
        bits = to_tensor(self._in_range(images, self.value_range, (0, 255)), "uint8")
        bits = ops.bitwise_left_shift(ops.bitwise_right_shift(bits, shift), shift)
        return self._in_range(to_tensor(bits, self.compute_dtype), (0, 255), self.value_range)


class RandomGrayscale(ColourLayer):
    """Images made gray at random.

    Args:
      factor: float from 0 to 1, the probability.
      data_format: "channels_last" or "channels_first".
      seed: int.

    >>> import kerax as tf
    >>> tf.keras.layers.RandomGrayscale(1.0)(tf.ones((1, 1, 1, 3)), training=True).numpy().round(3).ravel()
    array([1., 1., 1.], dtype=float32)
    """

    _names = ("factor",)

    def __init__(
        self, factor: float = 0.5, data_format: str | None = None, seed: int | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data_format=data_format, **kwargs)
        if factor < 0 or factor > 1:
            raise ValueError(f"`factor` should be between 0 and 1. Received: factor={factor}")
        self.factor = factor
        self._make_generator(seed)

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        return self._whole_image(self._uniform((self._batch(data),), 0.0, 1.0, seed) < self.factor)

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        if not training:
            return images
        chosen = self.get_random_transformation(images) if transformation is None else transformation
        return ops.where(chosen, ops.image.rgb_to_grayscale(images, data_format=self.data_format), images)


class RandomInvert(ColourLayer):
    """Images as negatives at random.

    Args:
      factor: float or pair of float from 0 to 1, the probability.
      value_range: pair, the values' least and greatest.
      seed: int.
      data_format: "channels_last" or "channels_first".

    >>> import kerax as tf
    >>> tf.keras.layers.RandomInvert(1.0)(tf.ones((1, 1, 1, 1)), training=True).shape
    TensorShape([1, 1, 1, 1])
    """

    def __init__(
        self,
        factor: Any = 1.0,
        value_range: Any = (0, 255),
        seed: int | None = None,
        data_format: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data_format=data_format, **kwargs)
        self.factor = factor_range(factor, 0, 1)
        self.value_range = value_range
        self._make_generator(seed)

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        return {"apply_inversion": self._chosen(self._batch(data), seed)} if training else None

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        images = to_tensor(images, self.compute_dtype)
        if not training:
            return images
        return ops.where(self._whole_image(transformation["apply_inversion"]), self.value_range[1] - images, images)


class RandomColorJitter(ColourLayer):
    """Images with another brightness, contrast, saturation and hue.

    Args:
      value_range: pair, the values' least and greatest.
      brightness_factor: as for ``RandomBrightness``, None to leave the brightness.
      contrast_factor: as for ``RandomContrast``, likewise.
      saturation_factor: as for ``RandomSaturation``.
      hue_factor: as for ``RandomHue``.
      seed: int.
      data_format: "channels_last" or "channels_first".

    >>> import kerax as tf
    >>> tf.keras.layers.RandomColorJitter(contrast_factor=0.2)(tf.zeros((1, 2, 2, 3)), training=True).shape
    TensorShape([1, 2, 2, 3])
    """

    _names = ("value_range", "brightness_factor", "contrast_factor", "saturation_factor", "hue_factor", "seed")

    def __init__(
        self,
        value_range: Any = (0, 255),
        brightness_factor: Any = None,
        contrast_factor: Any = None,
        saturation_factor: Any = None,
        hue_factor: Any = None,
        seed: int | None = None,
        data_format: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data_format=data_format, **kwargs)
        self.value_range = value_range
        self.brightness_factor, self.contrast_factor = brightness_factor, contrast_factor
        self.saturation_factor, self.hue_factor = saturation_factor, hue_factor
        self._make_generator(seed)
        common = {"value_range": value_range, "seed": seed, "data_format": data_format, "dtype": self.dtype_policy}
        for name, cls in (
            ("brightness", RandomBrightness),
            ("contrast", RandomContrast),
            ("saturation", RandomSaturation),
            ("hue", RandomHue),
        ):
            factor = getattr(self, f"{name}_factor")
            setattr(self, f"random_{name}", None if factor is None else cls(factor, **common))

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        images = to_tensor(images, self.compute_dtype)
        if not training:
            return images
        for layer in (self.random_brightness, self.random_contrast, self.random_saturation, self.random_hue):
            if layer is not None:
                drawn = layer.get_random_transformation(images, seed=self.generator)
                images = layer.transform_images(images, drawn)
        return to_tensor(images, self.compute_dtype)
