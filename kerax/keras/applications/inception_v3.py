"""``tf.keras.applications.inception_v3``."""

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
_HASHES = ("9a0d58056eeedaa3f26cb7ebd46da564", "bcbd6486424b2319ff4ef7d526e38f63")


def _conv(x: Any, filters: int, rows: int, columns: int, padding: str = "same", strides: int = 1) -> Any:
    x = layers.Conv2D(filters, (rows, columns), strides=strides, padding=padding, use_bias=False)(x)
    x = layers.BatchNormalization(axis=channel_axis(), scale=False)(x)
    return layers.Activation("relu")(x)


def _chain(x: Any, *steps: Any) -> Any:
    """Convolutions one after the other, each (filters, rows, columns, *padding and strides)."""
    for step in steps:
        x = _conv(x, *step)
    return x


def _averaged(x: Any, filters: int) -> Any:
    x = layers.AveragePooling2D(3, strides=1, padding="same")(x)
    return _conv(x, filters, 1, 1)


def _joined(branches: list[Any], name: str | None = None) -> Any:
    return layers.concatenate(branches, axis=channel_axis(), name=name)


def _split_ends(x: Any, name: str | None = None) -> Any:
    return _joined([_conv(x, 384, 1, 3), _conv(x, 384, 3, 1)], name)


def InceptionV3(
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    input_shape: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    name: str = "inception_v3",
) -> Any:
    """The model InceptionV3.

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

    Source: Szegedy et al. 2016, https://arxiv.org/abs/1512.00567
    """
    img_input, _ = model_input(weights, include_top, classes, input_tensor, input_shape, 299, 75)
    x = _chain(img_input, (32, 3, 3, "valid", 2), (32, 3, 3, "valid"), (64, 3, 3))
    x = layers.MaxPooling2D(3, strides=2)(x)
    x = _chain(x, (80, 1, 1, "valid"), (192, 3, 3, "valid"))
    x = layers.MaxPooling2D(3, strides=2)(x)
    for i, filters in enumerate((32, 64, 64)):
        branches = [
            _conv(x, 64, 1, 1),
            _chain(x, (48, 1, 1), (64, 5, 5)),
            _chain(x, (64, 1, 1), (96, 3, 3), (96, 3, 3)),
            _averaged(x, filters),
        ]
        x = _joined(branches, f"mixed{i}")
    branches = [
        _conv(x, 384, 3, 3, "valid", 2),
        _chain(x, (64, 1, 1), (96, 3, 3), (96, 3, 3, "valid", 2)),
        layers.MaxPooling2D(3, strides=2)(x),
    ]
    x = _joined(branches, "mixed3")
    for i, n in enumerate((128, 160, 160, 192), start=4):
        branches = [
            _conv(x, 192, 1, 1),
            _chain(x, (n, 1, 1), (n, 1, 7), (192, 7, 1)),
            _chain(x, (n, 1, 1), (n, 7, 1), (n, 1, 7), (n, 7, 1), (192, 1, 7)),
            _averaged(x, 192),
        ]
        x = _joined(branches, f"mixed{i}")
    branches = [
        _chain(x, (192, 1, 1), (320, 3, 3, "valid", 2)),
        _chain(x, (192, 1, 1), (192, 1, 7), (192, 7, 1), (192, 3, 3, "valid", 2)),
        layers.MaxPooling2D(3, strides=2)(x),
    ]
    x = _joined(branches, "mixed8")
    for i in range(2):
        branches = [
            _conv(x, 320, 1, 1),
            _split_ends(_conv(x, 384, 1, 1), f"mixed9_{i}"),
            _split_ends(_chain(x, (448, 1, 1), (384, 3, 3))),
            _averaged(x, 192),
        ]
        x = _joined(branches, f"mixed{9 + i}")
    x = classified(x, include_top, pooling, classes, classifier_activation, weights)
    download = with_and_without_top(include_top, "inception_v3", _HASHES, "inception_v3")
    return finished(img_input, input_tensor, x, name, weights, download)
