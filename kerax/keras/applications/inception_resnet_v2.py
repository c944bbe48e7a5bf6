"""``tf.keras.applications.inception_resnet_v2``."""

from __future__ import annotations

from typing import Any

from kerax.keras import layers
from kerax.keras.applications._model import (
    channel_axis,
    classified,
    finished,
    model_input,
    preprocessing,
    with_and_without_top,
)
from kerax.keras.applications.imagenet_utils import decode_predictions as decode_predictions
from kerax.keras.engine.layer import Layer

preprocess_input = preprocessing("tf")
_HASHES = ("e693bd0210a403b3192acc6073ad2e96", "d19885ff4a710c122648d3b5c3b684e4")
_BRANCHES: dict[str, Any] = {
    "block35": (((32, 1),), ((32, 1), (32, 3)), ((32, 1), (48, 3), (64, 3))),
    "block17": (((192, 1),), ((128, 1), (160, (1, 7)), (192, (7, 1)))),
    "block8": (((192, 1),), ((192, 1), (224, (1, 3)), (256, (3, 1)))),
}


class CustomScaleLayer(Layer):
    """The sum of the first input and the scaled second one.

    Args:
      scale: float.
    """

    def __init__(self, scale: float, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.scale = scale

    def call(self, inputs: Any) -> Any:
        return inputs[0] + inputs[1] * self.scale

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "scale": self.scale}


def _conv(x: Any, filters: int, size: Any, strides: int = 1, padding: str = "same", name: str | None = None) -> Any:
    x = layers.Conv2D(filters, size, strides=strides, padding=padding, use_bias=False, name=name)(x)
    x = layers.BatchNormalization(axis=channel_axis(), scale=False, name=name and f"{name}_bn")(x)
    return layers.Activation("relu", name=name and f"{name}_ac")(x)


def _chain(x: Any, *steps: Any) -> Any:
    """Convolutions one after the other, each (filters, size, *strides and padding)."""
    for step in steps:
        x = _conv(x, *step)
    return x


def _block(x: Any, scale: float, kind: str, index: int, activation: Any = "relu") -> Any:
    name = f"{kind}_{index}"
    branches = [_chain(x, *steps) for steps in _BRANCHES[kind]]
    mixed = layers.Concatenate(axis=channel_axis(), name=f"{name}_mixed")(branches)
    up = layers.Conv2D(x.shape[channel_axis()], 1, padding="same", use_bias=True, name=f"{name}_conv")(mixed)
    x = CustomScaleLayer(scale)([x, up])
    return x if activation is None else layers.Activation(activation, name=f"{name}_ac")(x)


def _mixed(branches: list[Any], name: str) -> Any:
    return layers.Concatenate(axis=channel_axis(), name=name)(branches)


def InceptionResNetV2(
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    input_shape: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    name: str = "inception_resnet_v2",
) -> Any:
    """The model InceptionResNetV2.

    Args:
      include_top: bool, whether the classifier is there.
      weights: "imagenet", the path of a file, or None for random ones.
      input_tensor: KerasTensor to build on, or None.
      input_shape: (height, width, channels), or None for the default.
      pooling: "avg", "max" or None, what follows without the classifier.
      classes: int, the classifier's.
      classifier_activation: the classifier's, None for logits.
      name: str, the model's.

    Returns:
      Model.

    Source: Szegedy et al. 2017, https://arxiv.org/abs/1602.07261
    """
    img_input, _ = model_input(weights, include_top, classes, input_tensor, input_shape, 299, 75)
    x = _chain(img_input, (32, 3, 2, "valid"), (32, 3, 1, "valid"), (64, 3))
    x = layers.MaxPooling2D(3, strides=2)(x)
    x = _chain(x, (80, 1, 1, "valid"), (192, 3, 1, "valid"))
    x = layers.MaxPooling2D(3, strides=2)(x)
    branches = [_chain(x, (96, 1)), _chain(x, (48, 1), (64, 5)), _chain(x, (64, 1), (96, 3), (96, 3))]
    branches.append(_conv(layers.AveragePooling2D(3, strides=1, padding="same")(x), 64, 1))
    x = _mixed(branches, "mixed_5b")
    for i in range(1, 11):
        x = _block(x, 0.17, "block35", i)
    branches = [_conv(x, 384, 3, 2, "valid"), _chain(x, (256, 1), (256, 3), (384, 3, 2, "valid"))]
    x = _mixed([*branches, layers.MaxPooling2D(3, strides=2, padding="valid")(x)], "mixed_6a")
    for i in range(1, 21):
        x = _block(x, 0.1, "block17", i)
    branches = [
        _chain(x, (256, 1), (384, 3, 2, "valid")),
        _chain(x, (256, 1), (288, 3, 2, "valid")),
        _chain(x, (256, 1), (288, 3), (320, 3, 2, "valid")),
    ]
    x = _mixed([*branches, layers.MaxPooling2D(3, strides=2, padding="valid")(x)], "mixed_7a")
    for i in range(1, 10):
        x = _block(x, 0.2, "block8", i)
    x = _block(x, 1.0, "block8", 10, activation=None)
    x = _conv(x, 1536, 1, name="conv_7b")
    x = classified(x, include_top, pooling, classes, classifier_activation, weights)
    download = with_and_without_top(include_top, "inception_resnet_v2", _HASHES, "inception_resnet_v2")
    return finished(img_input, input_tensor, x, name, weights, download)
