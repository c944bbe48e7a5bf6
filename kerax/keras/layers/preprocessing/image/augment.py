"""``keras.layers.RandAugment`` and ``keras.layers.AugMix``."""

from __future__ import annotations

import random as python_random
from typing import Any

from kerax.core.control_flow import switch_case
from kerax.keras import ops, random
from kerax.keras.engine.convert import to_tensor
from kerax.keras.layers.preprocessing.image.base import ImageLayer, factor_range
from kerax.keras.layers.preprocessing.image.random_affine import RandomRotation, RandomShear, RandomTranslation
from kerax.keras.layers.preprocessing.image.random_colour import (
    RandomBrightness,
    RandomColorDegeneration,
    RandomContrast,
    RandomPosterization,
    RandomSharpness,
)
from kerax.keras.layers.preprocessing.image.tonal import AutoContrast, Equalization, Solarization

_GEOMETRIC = ("random_shear", "random_translation", "random_rotation")
_COLOUR = ("random_brightness", "random_color_degeneration", "random_contrast", "random_sharpness")
_TONAL = ("random_posterization", "solarization", "auto_contrast", "equalization")


class _Augmentations(ImageLayer):
    """An image layer that applies others, all as strong as ``factor`` says."""

    _augmentations: tuple[str, ...] = ()

    def _make_layers(self, value_range: Any, interpolation: str, seed: Any, data_format: Any, kwargs: Any) -> None:
        kwargs = {key: value for key, value in kwargs.items() if key != "name"}
        common = {"seed": seed, "data_format": data_format, **kwargs}
        spatial = {"interpolation": interpolation, **common}
        colour = {"value_range": value_range, **common}
        tonal = {key: value for key, value in colour.items() if key != "seed"}
        factor = self.factor
        makers: dict[str, Any] = {
            "random_shear": lambda: RandomShear(factor, factor, **spatial),
            "random_translation": lambda: RandomTranslation(factor, factor, **spatial),
            "random_rotation": lambda: RandomRotation(factor, **spatial),
            "random_brightness": lambda: RandomBrightness(factor, **colour),
            "random_color_degeneration": lambda: RandomColorDegeneration(factor, **colour),
            "random_contrast": lambda: RandomContrast(factor, **colour),
            "random_sharpness": lambda: RandomSharpness(factor, **colour),
            "random_posterization": lambda: RandomPosterization(max(1, int(8 * factor[1])), **colour),
            "solarization": lambda: Solarization(factor, factor, **colour),
            "auto_contrast": lambda: AutoContrast(**tonal),
            "equalization": lambda: Equalization(**tonal),
        }
        for name in self._augmentations:
            setattr(self, name, makers[name]())

    def _draw(self, name: str, data: Any, training: Any) -> Any:
        return getattr(self, name).get_random_transformation(data, training=training, seed=self.generator)


class RandAugment(_Augmentations):
    """A few of eleven augmentations, chosen at random, one after the other.

    Args:
      value_range: pair, the values' least and greatest.
      num_ops: int, how many augmentations.
      factor: float or pair of float from 0 to 1, their strength.
      interpolation: "bilinear" or "nearest".
      seed: int.
      data_format: "channels_last" or "channels_first".

    Source: Cubuk et al. 2019, https://arxiv.org/abs/1909.13719

    >>> import kerax as tf
    >>> tf.keras.layers.RandAugment()(tf.ones((1, 4, 4, 3)), training=False).shape
    TensorShape([1, 4, 4, 3])
    """

    _augmentations = (*_GEOMETRIC, *_COLOUR, *_TONAL)

    def __init__(
        self,
        value_range: Any = (0, 255),
        num_ops: int = 2,
        factor: Any = 0.5,
        interpolation: str = "bilinear",
        seed: int | None = None,
        data_format: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data_format=data_format, **kwargs)
        self.value_range, self.num_ops, self.interpolation = value_range, num_ops, interpolation
        self.factor = factor_range(factor, 0, 1)
        self._make_generator(seed)
        self._make_layers(value_range, interpolation, seed, data_format, kwargs)

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        if not training:
            return None
        chosen = random.randint((self.num_ops,), 0, len(self._augmentations), seed=self.generator)
        drawn = {name: self._draw(name, data, training) for name in self._augmentations}
        return {"layer_idxes": chosen, "transforms": drawn}

    def _apply(self, method: str, values: Any, transformation: Any) -> Any:
        def branch(name: str, now: Any) -> Any:
            layer, drawn = getattr(self, name), transformation["transforms"][name]
            return lambda: to_tensor(getattr(layer, method)(now, transformation=drawn), now.dtype)

        for i in range(self.num_ops):
            branches = [branch(name, values) for name in self._augmentations]
            values = switch_case(to_tensor(transformation["layer_idxes"][i], "int32"), branches)
        return values

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        images = to_tensor(images, self.compute_dtype)
        return self._apply("transform_images", images, transformation) if training else images

    def transform_segmentation_masks(self, masks: Any, transformation: Any = None, training: Any = True) -> Any:
        return self._apply("transform_segmentation_masks", masks, transformation) if training else masks

    def transform_bounding_boxes(self, bounding_boxes: Any, transformation: Any = None, training: Any = True) -> Any:
        if not training:
            return bounding_boxes
        for i in range(self.num_ops):
            chosen, before = transformation["layer_idxes"][i], bounding_boxes
            for index, name in enumerate(self._augmentations):
                layer = getattr(self, name)
                layer.bounding_box_format = self.bounding_box_format
                moved = layer.transform_bounding_boxes(dict(before), transformation["transforms"][name])
                bounding_boxes = {
                    key: ops.where(chosen == index, moved[key], bounding_boxes[key]) for key in bounding_boxes
                }
        return bounding_boxes

    def get_config(self) -> dict[str, Any]:
        names = ("value_range", "num_ops", "factor", "interpolation", "seed")
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}


class AugMix(_Augmentations):
    """Images blended with mixtures of chains of augmentations.

    Args:
      value_range: pair, the values' least and greatest.
      num_chains: int, how many chains are mixed.
      chain_depth: int, augmentations in a chain.
      factor: float or pair of float from 0 to 1, their strength.
      alpha: float, of the Beta and Dirichlet distributions of the weights.
      all_ops: bool, whether brightness, colour, contrast and sharpness change too.
      interpolation: "bilinear" or "nearest".
      seed: int.
      data_format: "channels_last" or "channels_first".

    Which augmentations are chained is chosen by python's ``random``: once per trace in compiled functions.

    Source: Hendrycks et al. 2020, https://arxiv.org/abs/1912.02781

    >>> import kerax as tf
    >>> tf.keras.layers.AugMix()(tf.ones((1, 4, 4, 3)), training=False).shape
    TensorShape([1, 4, 4, 3])
    """

    def __init__(
        self,
        value_range: Any = (0, 255),
        num_chains: int = 3,
        chain_depth: int = 3,
        factor: Any = 0.3,
        alpha: float = 1.0,
        all_ops: bool = True,
        interpolation: str = "bilinear",
        seed: int | None = None,
        data_format: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data_format=data_format, **kwargs)
        self.value_range, self.num_chains, self.chain_depth = value_range, num_chains, chain_depth
        self.alpha, self.all_ops, self.interpolation = alpha, all_ops, interpolation
        self.factor = factor_range(factor, 0, 1)
        self._augmentations = (*_GEOMETRIC, *(_COLOUR if all_ops else ()), *_TONAL)
        self._make_generator(seed)
        self._make_layers(value_range, interpolation, seed, data_format, kwargs)

    def get_random_transformation(self, data: Any, training: Any = True, seed: Any = None) -> Any:
        if not training:
            return None
        seed = self.generator if seed is None else seed
        weights = random.gamma((self.num_chains,), self.alpha, seed=seed)
        share = random.beta((), self.alpha, self.alpha, seed=seed)
        chains = []
        for _ in range(self.num_chains):
            names = [python_random.choice([*self._augmentations, None]) for _ in range(self.chain_depth)]
            chains.append([(name, self._draw(name, data, True)) for name in names if name is not None])
        return {"chain_mixing_weights": weights / ops.sum(weights), "weight_sample": share, "chain_transforms": chains}

    def _mix(self, method: str, values: Any, transformation: Any) -> Any:
        weights = to_tensor(transformation["chain_mixing_weights"], values.dtype)
        share = to_tensor(transformation["weight_sample"], values.dtype)
        mixture = ops.zeros_like(values)
        for index, chain in enumerate(transformation["chain_transforms"]):
            changed = values
            for name, drawn in chain:
                changed = getattr(getattr(self, name), method)(changed, transformation=drawn)
            mixture = mixture + to_tensor(changed, values.dtype) * weights[index]
        return share * values + (1 - share) * mixture

    def transform_images(self, images: Any, transformation: Any = None, training: Any = True) -> Any:
        images = to_tensor(images, self.compute_dtype)
        if not training:
            return images
        return ops.clip(self._mix("transform_images", images, transformation), *self.value_range)

    def transform_segmentation_masks(self, masks: Any, transformation: Any = None, training: Any = True) -> Any:
        if not training:
            return masks
        return self._mix("transform_segmentation_masks", to_tensor(masks, "float32"), transformation)

    def get_config(self) -> dict[str, Any]:
        names = ("value_range", "num_chains", "chain_depth", "factor", "alpha", "all_ops", "interpolation", "seed")
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}
