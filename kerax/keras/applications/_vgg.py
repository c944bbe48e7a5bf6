"""The builder of VGG16 and VGG19."""

from __future__ import annotations

from typing import Any

from kerax.keras import layers
from kerax.keras.applications._model import finished, model_input, pooled, with_and_without_top
from kerax.keras.applications.imagenet_utils import validate_activation


def vgg(
    repeats: tuple[int, ...],
    stem: str,
    hashes: tuple[str, str],
    include_top: bool,
    weights: Any,
    input_tensor: Any,
    input_shape: Any,
    pooling: str | None,
    classes: int,
    classifier_activation: Any,
    name: str,
) -> Any:
    """Five blocks of convolutions, ``repeats`` in each, and three dense layers."""
    img_input, _ = model_input(weights, include_top, classes, input_tensor, input_shape, 224)
    x = img_input
    for block, (count, filters) in enumerate(zip(repeats, (64, 128, 256, 512, 512), strict=True), start=1):
        for i in range(1, count + 1):
            x = layers.Conv2D(filters, 3, activation="relu", padding="same", name=f"block{block}_conv{i}")(x)
        x = layers.MaxPooling2D(2, strides=2, name=f"block{block}_pool")(x)
    if include_top:
        x = layers.Flatten(name="flatten")(x)
        x = layers.Dense(4096, activation="relu", name="fc1")(x)
        x = layers.Dense(4096, activation="relu", name="fc2")(x)
        validate_activation(classifier_activation, weights)
        x = layers.Dense(classes, activation=classifier_activation, name="predictions")(x)
    else:
        x = pooled(x, pooling)
    download = with_and_without_top(include_top, stem, hashes, stem)
    return finished(img_input, input_tensor, x, name, weights, download)
