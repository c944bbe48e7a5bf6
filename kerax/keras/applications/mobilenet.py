"""``tf.keras.applications.mobilenet``."""

from __future__ import annotations

from typing import Any

from kerax.keras import layers
from kerax.keras.applications._mobile import checked_rows, default_size
from kerax.keras.applications._model import STORE, channel_axis, finished, model_input, pooled, preprocessing
from kerax.keras.applications.imagenet_utils import decode_predictions as decode_predictions
from kerax.keras.applications.imagenet_utils import validate_activation

preprocess_input = preprocessing("tf")
_SIZES = (128, 160, 192, 224)
_ALPHAS = {0.25: "2_5", 0.5: "5_0", 0.75: "7_5", 1.0: "1_0"}
_BLOCKS = ((64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), *((512, 1),) * 5, (1024, 2), (1024, 1))


def _activated(x: Any, name: str) -> Any:
    x = layers.BatchNormalization(axis=-1 if channel_axis() == 3 else 1, name=f"{name}_bn")(x)
    return layers.ReLU(6.0, name=f"{name}_relu")(x)


def _block(x: Any, filters: int, depth_multiplier: int, strides: int, index: int) -> Any:
    if strides == 2:
        x = layers.ZeroPadding2D(((0, 1), (0, 1)), name=f"conv_pad_{index}")(x)
    x = layers.DepthwiseConv2D(
        3,
        padding="same" if strides == 1 else "valid",
        depth_multiplier=depth_multiplier,
        strides=strides,
        use_bias=False,
        name=f"conv_dw_{index}",
    )(x)
    x = _activated(x, f"conv_dw_{index}")
    x = layers.Conv2D(filters, 1, padding="same", use_bias=False, strides=1, name=f"conv_pw_{index}")(x)
    return _activated(x, f"conv_pw_{index}")


def MobileNet(
    input_shape: Any = None,
    alpha: float = 1.0,
    depth_multiplier: int = 1,
    dropout: float = 0.001,
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    name: str | None = None,
) -> Any:
    """The model MobileNet.

    Args:
      input_shape: (height, width, channels), or None for the default.
      alpha: float, a factor of all channel counts.
      depth_multiplier: int, of the depthwise convolutions.
      dropout: float, the rate before the classifier.
      include_top: bool, whether the classifier is there.
      weights: "imagenet", the path of a file, or None for random ones.
      input_tensor: KerasTensor to build on, or None.
      pooling: "avg", "max" or None, what follows without the classifier.
      classes: int, the classifier's.
      classifier_activation: the classifier's, None for logits.
      name: str, the model's.

    Returns:
      Model.

    Source: Howard et al. 2017, https://arxiv.org/abs/1704.04861
    """
    size = default_size(input_shape, _SIZES)
    img_input, input_shape = model_input(weights, include_top, classes, input_tensor, input_shape, size)
    if weights == "imagenet" and depth_multiplier != 1:
        raise ValueError(
            "If imagenet weights are being loaded, depth multiplier must be 1. "
            f"Received depth_multiplier={depth_multiplier}"
        )
    rows = checked_rows(input_shape, alpha, tuple(_ALPHAS), _SIZES, weights)
    x = layers.Conv2D(int(32 * alpha), 3, padding="same", use_bias=False, strides=2, name="conv1")(img_input)
    x = _activated(x, "conv1")
    for i, (filters, strides) in enumerate(_BLOCKS, start=1):
        x = _block(x, int(filters * alpha), depth_multiplier, strides, i)
    if include_top:
        x = layers.GlobalAveragePooling2D(keepdims=True)(x)
        x = layers.Dropout(dropout, name="dropout")(x)
        x = layers.Conv2D(classes, 1, padding="same", name="conv_preds")(x)
        x = layers.Reshape((classes,), name="reshape_2")(x)
        validate_activation(classifier_activation, weights)
        x = layers.Activation(activation=classifier_activation, name="predictions")(x)
    else:
        x = pooled(x, pooling)
    file_name = f"mobilenet_{_ALPHAS.get(alpha)}_{rows}_tf{'' if include_top else '_no_top'}.h5"
    download = file_name, f"{STORE}mobilenet/{file_name}"
    return finished(img_input, input_tensor, x, name or f"mobilenet_{alpha:0.2f}_{rows}", weights, download)
