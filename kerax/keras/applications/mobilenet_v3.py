"""``tf.keras.applications.mobilenet_v3``, and the models of ``tf.keras.applications``."""

from __future__ import annotations

import warnings
from typing import Any

from kerax.keras import layers
from kerax.keras.applications._mobile import divisible, matching_shape, normalized, rows_and_columns
from kerax.keras.applications._model import (
    STORE,
    as_input,
    channel_axis,
    check_weights,
    finished,
    pooled,
    preprocessing,
)
from kerax.keras.applications.imagenet_utils import correct_pad, validate_activation
from kerax.keras.applications.imagenet_utils import decode_predictions as decode_predictions
from kerax.keras.engine.settings import image_data_format

preprocess_input = preprocessing(None)
_HASHES = {
    "large_224_0.75_float": ("765b44a33ad4005b3ac83185abf1d0eb", "40af19a13ebea4e2ee0c676887f69a2e"),
    "large_224_1.0_float": ("59e551e166be033d707958cf9e29a6a7", "07fb09a5933dd0c8eaafa16978110389"),
    "large_minimalistic_224_1.0_float": ("675e7b876c45c57e9e63e6d90a36599c", "ec5221f64a2f6d1ef965a614bdae7973"),
    "small_224_0.75_float": ("cb65d4e5be93758266aa0a7f2c6708b7", "ebdb5cc8e0b497cd13a7c275d475c819"),
    "small_224_1.0_float": ("8768d4c2e7dee89b9d02b2d03d65d862", "d3e8ec802a04aa4fc771ee12a9a9b836"),
    "small_minimalistic_224_1.0_float": ("99cd97fb2fcdad2bf028eb838de69e37", "cde8136e733e811080d9fcd8a252f7e4"),
}
# expansion, filters, large kernel, strides, squeeze and excitation, hard swish
_SMALL = (
    (1, 16, False, 2, True, False),
    (72.0 / 16, 24, False, 2, False, False),
    (88.0 / 24, 24, False, 1, False, False),
    (4, 40, True, 2, True, True),
    (6, 40, True, 1, True, True),
    (6, 40, True, 1, True, True),
    (3, 48, True, 1, True, True),
    (3, 48, True, 1, True, True),
    (6, 96, True, 2, True, True),
    (6, 96, True, 1, True, True),
    (6, 96, True, 1, True, True),
)
_LARGE = (
    (1, 16, False, 1, False, False),
    (4, 24, False, 2, False, False),
    (3, 24, False, 1, False, False),
    (3, 40, True, 2, True, False),
    (3, 40, True, 1, True, False),
    (3, 40, True, 1, True, False),
    (6, 80, False, 2, False, True),
    (2.5, 80, False, 1, False, True),
    (2.3, 80, False, 1, False, True),
    (2.3, 80, False, 1, False, True),
    (6, 112, False, 1, True, True),
    (6, 112, False, 1, True, True),
    (6, 160, True, 2, True, True),
    (6, 160, True, 1, True, True),
    (6, 160, True, 1, True, True),
)


def _activated(x: Any, hard: bool) -> Any:
    return layers.Activation("hard_swish")(x) if hard else layers.ReLU()(x)


def _excited(inputs: Any, filters: int, prefix: str) -> Any:
    """Squeeze and excitation."""
    x = layers.GlobalAveragePooling2D(keepdims=True, name=f"{prefix}squeeze_excite_avg_pool")(inputs)
    x = layers.Conv2D(divisible(filters * 0.25), 1, padding="same", name=f"{prefix}squeeze_excite_conv")(x)
    x = layers.ReLU(name=f"{prefix}squeeze_excite_relu")(x)
    x = layers.Conv2D(filters, 1, padding="same", name=f"{prefix}squeeze_excite_conv_1")(x)
    x = layers.ReLU(6.0)(x + 3.0) * (1.0 / 6.0)
    return layers.Multiply(name=f"{prefix}squeeze_excite_mul")([inputs, x])


def _block(x: Any, expansion: float, filters: int, size: int, strides: int, se: bool, hard: bool, index: int) -> Any:
    shortcut, channels = x, x.shape[channel_axis()]
    prefix = f"expanded_conv_{index}_" if index else "expanded_conv_"
    if index:
        x = layers.Conv2D(divisible(channels * expansion), 1, padding="same", use_bias=False, name=f"{prefix}expand")(x)
        x = _activated(normalized(x, f"{prefix}expand_bn"), hard)
    if strides == 2:
        x = layers.ZeroPadding2D(padding=correct_pad(x, size), name=f"{prefix}depthwise_pad")(x)
    padding = "same" if strides == 1 else "valid"
    x = layers.DepthwiseConv2D(size, strides=strides, padding=padding, use_bias=False, name=f"{prefix}depthwise")(x)
    x = _activated(normalized(x, f"{prefix}depthwise_bn"), hard)
    if se:
        x = _excited(x, divisible(channels * expansion), prefix)
    x = layers.Conv2D(filters, 1, padding="same", use_bias=False, name=f"{prefix}project")(x)
    x = normalized(x, f"{prefix}project_bn")
    return layers.Add(name=f"{prefix}add")([shortcut, x]) if strides == 1 and channels == filters else x


def _shape(input_shape: Any, input_tensor: Any) -> Any:
    """The input shape, any size by default."""
    shape = matching_shape(input_shape, input_tensor)
    if shape is None:
        return (None, None, 3) if image_data_format() == "channels_last" else (3, None, None)
    rows, columns = rows_and_columns(shape)
    if rows and columns and (rows < 32 or columns < 32):
        raise ValueError(f"Input size must be at least 32x32; Received `input_shape={input_shape}`")
    return shape


def _check_pretrained(alpha: float, minimalistic: bool, shape: Any) -> None:
    if alpha not in ((1.0,) if minimalistic else (0.75, 1.0)):
        raise ValueError(
            "If imagenet weights are being loaded, alpha can be one of `0.75`, `1.0` for non minimalistic or `1.0` for "
            f"minimalistic only. Received alpha={alpha}"
        )
    if rows_and_columns(shape) != (224, 224):
        warnings.warn(
            "`input_shape` is undefined or non-square, or `rows` is not 224. Weights for input shape (224, 224) will "
            "be loaded as the default.",
            stacklevel=4,
        )


def _mobilenet_v3(
    blocks: Any,
    last: int,
    kind: str,
    input_shape: Any,
    alpha: float,
    minimalistic: bool,
    include_top: bool,
    weights: Any,
    input_tensor: Any,
    classes: int,
    pooling: str | None,
    dropout_rate: float,
    classifier_activation: Any,
    include_preprocessing: bool,
    name: str,
) -> Any:
    check_weights(weights, include_top, classes)
    input_shape = _shape(input_shape, input_tensor)
    if weights == "imagenet":
        _check_pretrained(alpha, minimalistic, input_shape)
    x = img_input = as_input(input_tensor, input_shape)
    full = not minimalistic
    if include_preprocessing:
        x = layers.Rescaling(scale=1.0 / 127.5, offset=-1.0)(x)
    x = layers.Conv2D(16, 3, strides=2, padding="same", use_bias=False, name="conv")(x)
    x = _activated(normalized(x, "conv_bn"), full)
    for i, (expansion, filters, large, strides, se, hard) in enumerate(blocks):
        size = 5 if large and full else 3
        x = _block(x, expansion, divisible(filters * alpha), size, strides, se and full, hard and full, i)
    channels = divisible(x.shape[channel_axis()] * 6)
    x = layers.Conv2D(channels, 1, padding="same", use_bias=False, name="conv_1")(x)
    x = _activated(normalized(x, "conv_1_bn"), full)
    if include_top:
        x = layers.GlobalAveragePooling2D(keepdims=True)(x)
        last = divisible(last * alpha) if alpha > 1.0 else last
        x = layers.Conv2D(last, 1, padding="same", use_bias=True, name="conv_2")(x)
        x = _activated(x, full)
        if dropout_rate > 0:
            x = layers.Dropout(dropout_rate)(x)
        x = layers.Conv2D(classes, 1, padding="same", name="logits")(x)
        x = layers.Flatten()(x)
        validate_activation(classifier_activation, weights)
        x = layers.Activation(activation=classifier_activation, name="predictions")(x)
    else:
        x = pooled(x, pooling, ("avg_pool", "max_pool"))
    key = f"{kind}{'_minimalistic' if minimalistic else ''}_224_{alpha}_float"
    file_name = f"weights_mobilenet_v3_{key}{'' if include_top else '_no_top_v2'}.h5"
    hashes = _HASHES.get(key, (None, None))
    download = file_name, f"{STORE}mobilenet_v3/{file_name}", hashes[0 if include_top else 1]
    return finished(img_input, input_tensor, x, name, weights, download)


def MobileNetV3Small(
    input_shape: Any = None,
    alpha: float = 1.0,
    minimalistic: bool = False,
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    classes: int = 1000,
    pooling: str | None = None,
    dropout_rate: float = 0.2,
    classifier_activation: Any = "softmax",
    include_preprocessing: bool = True,
    name: str = "MobileNetV3Small",
) -> Any:
    """The model MobileNetV3Small.

    Args:
      input_shape: (height, width, channels), or None for the default.
      alpha: float, a factor of all channel counts.
      minimalistic: bool, whether without squeeze and excitation, hard swish and larger kernels.
      dropout_rate: float, the rate before the classifier.
      include_preprocessing: bool, whether the model takes pixels from 0 to 255.
      include_top: bool, whether the classifier is there.
      weights: "imagenet", the path of a file, or None for random ones.
      input_tensor: KerasTensor to build on, or None.
      pooling: "avg", "max" or None, what follows without the classifier.
      classes: int, the classifier's.
      classifier_activation: the classifier's, None for logits.
      name: str, the model's.

    Returns:
      Model.

    Source: Howard et al. 2019, https://arxiv.org/abs/1905.02244
    """
    return _mobilenet_v3(
        _SMALL,
        1024,
        "small",
        input_shape,
        alpha,
        minimalistic,
        include_top,
        weights,
        input_tensor,
        classes,
        pooling,
        dropout_rate,
        classifier_activation,
        include_preprocessing,
        name,
    )


def MobileNetV3Large(
    input_shape: Any = None,
    alpha: float = 1.0,
    minimalistic: bool = False,
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    classes: int = 1000,
    pooling: str | None = None,
    dropout_rate: float = 0.2,
    classifier_activation: Any = "softmax",
    include_preprocessing: bool = True,
    name: str = "MobileNetV3Large",
) -> Any:
    """The model MobileNetV3Large.

    Args:
      input_shape: (height, width, channels), or None for the default.
      alpha: float, a factor of all channel counts.
      minimalistic: bool, whether without squeeze and excitation, hard swish and larger kernels.
      dropout_rate: float, the rate before the classifier.
      include_preprocessing: bool, whether the model takes pixels from 0 to 255.
      include_top: bool, whether the classifier is there.
      weights: "imagenet", the path of a file, or None for random ones.
      input_tensor: KerasTensor to build on, or None.
      pooling: "avg", "max" or None, what follows without the classifier.
      classes: int, the classifier's.
      classifier_activation: the classifier's, None for logits.
      name: str, the model's.

    Returns:
      Model.

    Source: Howard et al. 2019, https://arxiv.org/abs/1905.02244
    """
    return _mobilenet_v3(
        _LARGE,
        1280,
        "large",
        input_shape,
        alpha,
        minimalistic,
        include_top,
        weights,
        input_tensor,
        classes,
        pooling,
        dropout_rate,
        classifier_activation,
        include_preprocessing,
        name,
    )
