"""``tf.keras.applications.xception``."""

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

preprocess_input = preprocessing("tf")
_HASHES = ("0a58e3b7378bc2990ea3b43d5981f1f6", "b0042744bf5b25fce3cb969f33bebb97")


def _normalized(x: Any, name: str | None = None) -> Any:
    return layers.BatchNormalization(axis=-1 if channel_axis() == 3 else 1, name=name)(x)


def _separable(x: Any, filters: int, name: str) -> Any:
    x = layers.SeparableConv2D(filters, 3, padding="same", use_bias=False, name=name)(x)
    return _normalized(x, f"{name}_bn")


def _shrunk(x: Any, filters: tuple[int, int], block: int) -> Any:
    """A block that halves the size."""
    residual = layers.Conv2D(filters[1], 1, strides=2, padding="same", use_bias=False)(x)
    residual = _normalized(residual)
    if block > 2:
        x = layers.Activation("relu", name=f"block{block}_sepconv1_act")(x)
    x = _separable(x, filters[0], f"block{block}_sepconv1")
    x = layers.Activation("relu", name=f"block{block}_sepconv2_act")(x)
    x = _separable(x, filters[1], f"block{block}_sepconv2")
    x = layers.MaxPooling2D(3, strides=2, padding="same", name=f"block{block}_pool")(x)
    return layers.add([x, residual])


def Xception(
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    input_shape: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    name: str = "xception",
) -> Any:
    """The model Xception.

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

    Source: Chollet 2017, https://arxiv.org/abs/1610.02357
    """
    img_input, _ = model_input(weights, include_top, classes, input_tensor, input_shape, 299, 71)
    x = layers.Conv2D(32, 3, strides=2, use_bias=False, name="block1_conv1")(img_input)
    x = _normalized(x, "block1_conv1_bn")
    x = layers.Activation("relu", name="block1_conv1_act")(x)
    x = layers.Conv2D(64, 3, use_bias=False, name="block1_conv2")(x)
    x = _normalized(x, "block1_conv2_bn")
    x = layers.Activation("relu", name="block1_conv2_act")(x)
    for block, filters in enumerate((128, 256, 728), start=2):
        x = _shrunk(x, (filters, filters), block)
    for block in range(5, 13):
        residual = x
        for i in range(1, 4):
            x = layers.Activation("relu", name=f"block{block}_sepconv{i}_act")(x)
            x = _separable(x, 728, f"block{block}_sepconv{i}")
        x = layers.add([x, residual])
    x = _shrunk(x, (728, 1024), 13)
    for i, filters in enumerate((1536, 2048), start=1):
        x = _separable(x, filters, f"block14_sepconv{i}")
        x = layers.Activation("relu", name=f"block14_sepconv{i}_act")(x)
    x = classified(x, include_top, pooling, classes, classifier_activation, weights)
    download = with_and_without_top(include_top, "xception", _HASHES, "xception")
    return finished(img_input, input_tensor, x, name, weights, download)
