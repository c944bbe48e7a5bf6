"""``tf.keras.applications.densenet``."""

from __future__ import annotations

from typing import Any

from kerax.keras import layers
from kerax.keras.applications._model import (
    channel_axis,
    classified,
    finished,
    model_input,
    only_channels_last,
    preprocessing,
    with_and_without_top,
)
from kerax.keras.applications.imagenet_utils import decode_predictions as decode_predictions

preprocess_input = preprocessing("torch")
_HASHES = {
    "densenet121": ("9d60b8095a5708f2dcce2bca79d332c7", "30ee3e1110167f948a6b9946edeeb738"),
    "densenet169": ("d699b8f76981ab1b30698df4c175e90b", "b8c4d4c20dd625c148057b9ff1c1176b"),
    "densenet201": ("1ceb130c1ea1b78c3bf6114dbdfd8807", "c13680b51ded0fb44dff2d8f86ac8bb1"),
}


def _activated(x: Any, prefix: str) -> Any:
    x = layers.BatchNormalization(axis=channel_axis(), epsilon=1.001e-5, name=f"{prefix}bn")(x)
    return layers.Activation("relu", name=f"{prefix}relu")(x)


def _grown(x: Any, name: str) -> Any:
    added = layers.Conv2D(128, 1, use_bias=False, name=f"{name}_1_conv")(_activated(x, f"{name}_0_"))
    added = _activated(added, f"{name}_1_")
    added = layers.Conv2D(32, 3, padding="same", use_bias=False, name=f"{name}_2_conv")(added)
    return layers.Concatenate(axis=channel_axis(), name=f"{name}_concat")([x, added])


def _halved(x: Any, name: str) -> Any:
    x = _activated(x, f"{name}_")
    x = layers.Conv2D(int(x.shape[channel_axis()] * 0.5), 1, use_bias=False, name=f"{name}_conv")(x)
    return layers.AveragePooling2D(2, strides=2, name=f"{name}_pool")(x)


def _densenet(
    blocks: tuple[int, ...],
    stem: str,
    include_top: bool,
    weights: Any,
    input_tensor: Any,
    input_shape: Any,
    pooling: str | None,
    classes: int,
    classifier_activation: Any,
    name: str,
) -> Any:
    only_channels_last("DenseNet")
    img_input, _ = model_input(weights, include_top, classes, input_tensor, input_shape, 224)
    x = layers.ZeroPadding2D(padding=((3, 3), (3, 3)))(img_input)
    x = layers.Conv2D(64, 7, strides=2, use_bias=False, name="conv1_conv")(x)
    x = _activated(x, "conv1_")
    x = layers.ZeroPadding2D(padding=((1, 1), (1, 1)))(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    for stage, count in enumerate(blocks, start=2):
        for i in range(1, count + 1):
            x = _grown(x, f"conv{stage}_block{i}")
        if stage < 5:
            x = _halved(x, f"pool{stage}")
    x = _activated(x, "")
    names = ("avg_pool", "max_pool")
    x = classified(x, include_top, pooling, classes, classifier_activation, weights, names)
    download = with_and_without_top(include_top, stem, _HASHES[stem], "densenet")
    return finished(img_input, input_tensor, x, name, weights, download)


def DenseNet121(
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    input_shape: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    name: str = "densenet121",
) -> Any:
    """The model DenseNet121.

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

    Source: Huang et al. 2017, https://arxiv.org/abs/1608.06993
    """
    return _densenet(
        (6, 12, 24, 16),
        "densenet121",
        include_top,
        weights,
        input_tensor,
        input_shape,
        pooling,
        classes,
        classifier_activation,
        name,
    )


def DenseNet169(
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    input_shape: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    name: str = "densenet169",
) -> Any:
    """The model DenseNet169.

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

    Source: Huang et al. 2017, https://arxiv.org/abs/1608.06993
    """
    return _densenet(
        (6, 12, 32, 32),
        "densenet169",
        include_top,
        weights,
        input_tensor,
        input_shape,
        pooling,
        classes,
        classifier_activation,
        name,
    )


def DenseNet201(
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    input_shape: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    name: str = "densenet201",
) -> Any:
    """The model DenseNet201.

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

    Source: Huang et al. 2017, https://arxiv.org/abs/1608.06993
    """
    return _densenet(
        (6, 12, 48, 32),
        "densenet201",
        include_top,
        weights,
        input_tensor,
        input_shape,
        pooling,
        classes,
        classifier_activation,
        name,
    )
