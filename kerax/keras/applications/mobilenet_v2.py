"""``tf.keras.applications.mobilenet_v2``."""

from __future__ import annotations

from typing import Any

from kerax.keras import layers
from kerax.keras.applications._mobile import checked_rows, default_size, divisible, matching_shape, normalized
from kerax.keras.applications._model import STORE, channel_axis, classified, finished, model_input, preprocessing
from kerax.keras.applications.imagenet_utils import correct_pad
from kerax.keras.applications.imagenet_utils import decode_predictions as decode_predictions

preprocess_input = preprocessing("tf")
_SIZES = (96, 128, 160, 192, 224)
_ALPHAS = (0.35, 0.50, 0.75, 1.0, 1.3, 1.4)
# filters, strides of the first block, repeats
_STAGES = ((16, 1, 1), (24, 2, 2), (32, 2, 3), (64, 2, 4), (96, 1, 3), (160, 2, 3), (320, 1, 1))


def _block(inputs: Any, filters: int, strides: int, index: int) -> Any:
    """An inverted residual block."""
    channels, x = inputs.shape[channel_axis()], inputs
    prefix = f"block_{index}_" if index else "expanded_conv_"
    if index:
        x = layers.Conv2D(6 * channels, 1, padding="same", use_bias=False, name=f"{prefix}expand")(x)
        x = normalized(x, f"{prefix}expand_BN")
        x = layers.ReLU(6.0, name=f"{prefix}expand_relu")(x)
    if strides == 2:
        x = layers.ZeroPadding2D(padding=correct_pad(x, 3), name=f"{prefix}pad")(x)
    padding = "same" if strides == 1 else "valid"
    x = layers.DepthwiseConv2D(3, strides=strides, use_bias=False, padding=padding, name=f"{prefix}depthwise")(x)
    x = normalized(x, f"{prefix}depthwise_BN")
    x = layers.ReLU(6.0, name=f"{prefix}depthwise_relu")(x)
    x = layers.Conv2D(filters, 1, padding="same", use_bias=False, name=f"{prefix}project")(x)
    x = normalized(x, f"{prefix}project_BN")
    return layers.Add(name=f"{prefix}add")([inputs, x]) if channels == filters and strides == 1 else x


def MobileNetV2(
    input_shape: Any = None,
    alpha: float = 1.0,
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    name: str | None = None,
) -> Any:
    """The model MobileNetV2.

    Args:
      input_shape: (height, width, channels), or None for the default.
      alpha: float, a factor of all channel counts.
      include_top: bool, whether the classifier is there.
      weights: "imagenet", the path of a file, or None for random ones.
      input_tensor: KerasTensor to build on, or None.
      pooling: "avg", "max" or None, what follows without the classifier.
      classes: int, the classifier's.
      classifier_activation: the classifier's, None for logits.
      name: str, the model's.

    Returns:
      Model.

    Source: Sandler et al. 2018, https://arxiv.org/abs/1801.04381
    """
    known = matching_shape(input_shape, input_tensor)
    size = default_size(known, _SIZES)
    img_input, input_shape = model_input(weights, include_top, classes, input_tensor, input_shape, size)
    rows = checked_rows(input_shape, alpha, _ALPHAS, _SIZES, weights)
    first = divisible(32 * alpha)
    x = layers.Conv2D(first, 3, strides=2, padding="same", use_bias=False, name="Conv1")(img_input)
    x = normalized(x, "bn_Conv1")
    x = layers.ReLU(6.0, name="Conv1_relu")(x)
    index = 0
    for filters, strides, repeats in _STAGES:
        for i in range(repeats):
            x = _block(x, divisible(int(filters * alpha)), 1 if i else strides, index)
            index += 1
    last = divisible(1280 * alpha) if alpha > 1.0 else 1280
    x = layers.Conv2D(last, 1, use_bias=False, name="Conv_1")(x)
    x = normalized(x, "Conv_1_bn")
    x = layers.ReLU(6.0, name="out_relu")(x)
    x = classified(x, include_top, pooling, classes, classifier_activation, weights, top_name=None)
    stem = f"mobilenet_v2_weights_tf_dim_ordering_tf_kernels_{float(alpha)}_{rows}"
    file_name = f"{stem}{'' if include_top else '_no_top'}.h5"
    download = file_name, f"{STORE}mobilenet_v2/{file_name}"
    return finished(img_input, input_tensor, x, name or f"mobilenetv2_{alpha:0.2f}_{rows}", weights, download)
