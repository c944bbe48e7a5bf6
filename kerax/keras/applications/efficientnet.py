"""``tf.keras.applications.efficientnet``."""

from __future__ import annotations

import math
from typing import Any

from kerax.keras import layers
from kerax.keras.applications._model import channel_axis, classified, finished, model_input, preprocessing
from kerax.keras.applications.imagenet_utils import correct_pad
from kerax.keras.applications.imagenet_utils import decode_predictions as decode_predictions

preprocess_input = preprocessing(None)
_STORE = "https://storage.googleapis.com/keras-applications/"
_HASHES = {
    "b0": ("902e53a9f72be733fc0bcb005b3ebbac", "50bc09e76180e00e4465e1a485ddc09d"),
    "b1": ("1d254153d4ab51201f1646940f018540", "74c4e6b3e1f6a1eea24c589628592432"),
    "b2": ("b15cce36ff4dcbd00b6dd88e7857a6ad", "111f8e2ac8aa800a7a99e3239f7bfb39"),
    "b3": ("ffd1fdc53d0ce67064dc6a9c7960ede0", "af6d107764bb5b1abb91932881670226"),
    "b4": ("18c95ad55216b8f92d7e70b3a046e2fc", "ebc24e6d6c33eaebbd558eafbeedf1ba"),
    "b5": ("ace28f2a6363774853a83a0b21b9421a", "38879255a25d3c92d5e44e04ae6cec6f"),
    "b6": ("165f6e37dce68623721b423839de8be5", "9ecce42647a20130c1f39a5d4cb75743"),
    "b7": ("8c03f828fec3ef71311cd463b6759d99", "cbcfe4450ddf6f3ad90b1b398090fe4a"),
}
# kernel size, repeats, filters in, filters out, expansion, strides
_BLOCKS = (
    (3, 1, 32, 16, 1, 1),
    (3, 2, 16, 24, 6, 2),
    (5, 2, 24, 40, 6, 2),
    (3, 3, 40, 80, 6, 2),
    (5, 3, 80, 112, 6, 1),
    (5, 4, 112, 192, 6, 2),
    (3, 1, 192, 320, 6, 1),
)
CONVOLUTION: Any = {
    "class_name": "VarianceScaling",
    "config": {"scale": 2.0, "mode": "fan_out", "distribution": "truncated_normal"},
}
DENSE: Any = {
    "class_name": "VarianceScaling",
    "config": {"scale": 1.0 / 3.0, "mode": "fan_out", "distribution": "uniform"},
}


def convolution(x: Any, filters: int, size: int, name: str, **kwargs: Any) -> Any:
    """A convolution without bias, initialized as in EfficientNet."""
    settings = {"padding": "same", "use_bias": False, **kwargs}
    return layers.Conv2D(filters, size, kernel_initializer=CONVOLUTION, name=name, **settings)(x)


def activated(x: Any, names: tuple[str, str], **kwargs: Any) -> Any:
    """Batch normalization and swish."""
    x = layers.BatchNormalization(axis=channel_axis(), name=names[0], **kwargs)(x)
    return layers.Activation("swish", name=names[1])(x)


def excited(x: Any, filters: int, reduced: int, name: str) -> Any:
    """Squeeze and excitation: each channel scaled by what a small network makes of all channels' means."""
    se = layers.GlobalAveragePooling2D(name=f"{name}se_squeeze")(x)
    shape = (filters, 1, 1) if channel_axis() == 1 else (1, 1, filters)
    se = layers.Reshape(shape, name=f"{name}se_reshape")(se)
    se = convolution(se, reduced, 1, f"{name}se_reduce", activation="swish", use_bias=True)
    se = convolution(se, filters, 1, f"{name}se_expand", activation="sigmoid", use_bias=True)
    return layers.multiply([x, se], name=f"{name}se_excite")


def added(x: Any, inputs: Any, rate: float, name: str) -> Any:
    """The sum of a block's output, dropped at times for whole images, and its input."""
    if rate > 0:
        x = layers.Dropout(rate, noise_shape=(None, 1, 1, 1), name=f"{name}drop")(x)
    return layers.add([x, inputs], name=f"{name}add")


def _block(inputs: Any, rate: float, name: str, size: int, before: int, after: int, expand: int, strides: int) -> Any:
    filters, x = before * expand, inputs
    if expand != 1:
        x = convolution(x, filters, 1, f"{name}expand_conv")
        x = activated(x, (f"{name}expand_bn", f"{name}expand_activation"))
    if strides == 2:
        x = layers.ZeroPadding2D(padding=correct_pad(x, size), name=f"{name}dwconv_pad")(x)
    x = layers.DepthwiseConv2D(
        size,
        strides=strides,
        padding="valid" if strides == 2 else "same",
        use_bias=False,
        depthwise_initializer=CONVOLUTION,
        name=f"{name}dwconv",
    )(x)
    x = activated(x, (f"{name}bn", f"{name}activation"))
    x = excited(x, filters, max(1, int(before * 0.25)), name)
    x = convolution(x, after, 1, f"{name}project_conv")
    x = layers.BatchNormalization(axis=channel_axis(), name=f"{name}project_bn")(x)
    return added(x, inputs, rate, name) if strides == 1 and before == after else x


def _efficientnet(
    width: float,
    depth: float,
    size: int,
    dropout: float,
    key: str,
    include_top: bool,
    weights: Any,
    input_tensor: Any,
    input_shape: Any,
    pooling: str | None,
    classes: int,
    classifier_activation: Any,
    name: str,
) -> Any:
    img_input, _ = model_input(weights, include_top, classes, input_tensor, input_shape, size)

    def filters(count: int) -> int:
        wanted = count * width
        rounded = max(8, int(wanted + 4) // 8 * 8)
        return int(rounded + 8 if rounded < 0.9 * wanted else rounded)

    x = layers.Rescaling(1.0 / 255.0)(img_input)
    x = layers.Normalization(axis=channel_axis())(x)
    if weights == "imagenet":  # as the published weights were trained
        x = layers.Rescaling([1.0 / math.sqrt(deviation) for deviation in (0.229, 0.224, 0.225)])(x)
    x = layers.ZeroPadding2D(padding=correct_pad(x, 3), name="stem_conv_pad")(x)
    x = convolution(x, filters(32), 3, "stem_conv", strides=2, padding="valid")
    x = activated(x, ("stem_bn", "stem_activation"))
    total, done = sum(math.ceil(depth * block[1]) for block in _BLOCKS), 0
    for i, (kernel, repeats, before, after, expand, strides) in enumerate(_BLOCKS, start=1):
        for j in range(math.ceil(depth * repeats)):
            shape = (filters(after if j else before), filters(after), expand, 1 if j else strides)
            x = _block(x, 0.2 * done / total, f"block{i}{chr(j + 97)}_", kernel, *shape)
            done += 1
    x = activated(convolution(x, filters(1280), 1, "top_conv"), ("top_bn", "top_activation"))
    top = {"dropout": dropout, "kernel_initializer": DENSE}
    names = ("avg_pool", "max_pool")
    x = classified(x, include_top, pooling, classes, classifier_activation, weights, names, **top)
    file_name = name + (".h5" if include_top else "_notop.h5")
    download = file_name, _STORE + file_name, _HASHES[key][0 if include_top else 1]
    return finished(img_input, input_tensor, x, name, weights, download)


def EfficientNetB0(
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    input_shape: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    name: str = "efficientnetb0",
) -> Any:
    """The model EfficientNetB0, for pixels from 0 to 255.

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

    Source: Tan and Le 2019, https://arxiv.org/abs/1905.11946
    """
    return _efficientnet(
        1.0,
        1.0,
        224,
        0.2,
        "b0",
        include_top,
        weights,
        input_tensor,
        input_shape,
        pooling,
        classes,
        classifier_activation,
        name,
    )


def EfficientNetB1(
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    input_shape: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    name: str = "efficientnetb1",
) -> Any:
    """The model EfficientNetB1, for pixels from 0 to 255.

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

    Source: Tan and Le 2019, https://arxiv.org/abs/1905.11946
    """
    return _efficientnet(
        1.0,
        1.1,
        240,
        0.2,
        "b1",
        include_top,
        weights,
        input_tensor,
        input_shape,
        pooling,
        classes,
        classifier_activation,
        name,
    )


def EfficientNetB2(
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    input_shape: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    name: str = "efficientnetb2",
) -> Any:
    """The model EfficientNetB2, for pixels from 0 to 255.

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

    Source: Tan and Le 2019, https://arxiv.org/abs/1905.11946
    """
    return _efficientnet(
        1.1,
        1.2,
        260,
        0.3,
        "b2",
        include_top,
        weights,
        input_tensor,
        input_shape,
        pooling,
        classes,
        classifier_activation,
        name,
    )


def EfficientNetB3(
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    input_shape: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    name: str = "efficientnetb3",
) -> Any:
    """The model EfficientNetB3, for pixels from 0 to 255.

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

    Source: Tan and Le 2019, https://arxiv.org/abs/1905.11946
    """
    return _efficientnet(
        1.2,
        1.4,
        300,
        0.3,
        "b3",
        include_top,
        weights,
        input_tensor,
        input_shape,
        pooling,
        classes,
        classifier_activation,
        name,
    )


def EfficientNetB4(
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    input_shape: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    name: str = "efficientnetb4",
) -> Any:
    """The model EfficientNetB4, for pixels from 0 to 255.

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

    Source: Tan and Le 2019, https://arxiv.org/abs/1905.11946
    """
    return _efficientnet(
        1.4,
        1.8,
        380,
        0.4,
        "b4",
        include_top,
        weights,
        input_tensor,
        input_shape,
        pooling,
        classes,
        classifier_activation,
        name,
    )


def EfficientNetB5(
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    input_shape: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    name: str = "efficientnetb5",
) -> Any:
    """The model EfficientNetB5, for pixels from 0 to 255.

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

    Source: Tan and Le 2019, https://arxiv.org/abs/1905.11946
    """
    return _efficientnet(
        1.6,
        2.2,
        456,
        0.4,
        "b5",
        include_top,
        weights,
        input_tensor,
        input_shape,
        pooling,
        classes,
        classifier_activation,
        name,
    )


def EfficientNetB6(
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    input_shape: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    name: str = "efficientnetb6",
) -> Any:
    """The model EfficientNetB6, for pixels from 0 to 255.

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

    Source: Tan and Le 2019, https://arxiv.org/abs/1905.11946
    """
    return _efficientnet(
        1.8,
        2.6,
        528,
        0.5,
        "b6",
        include_top,
        weights,
        input_tensor,
        input_shape,
        pooling,
        classes,
        classifier_activation,
        name,
    )


def EfficientNetB7(
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    input_shape: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    name: str = "efficientnetb7",
) -> Any:
    """The model EfficientNetB7, for pixels from 0 to 255.

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

    Source: Tan and Le 2019, https://arxiv.org/abs/1905.11946
    """
    return _efficientnet(
        2.0,
        3.1,
        600,
        0.5,
        "b7",
        include_top,
        weights,
        input_tensor,
        input_shape,
        pooling,
        classes,
        classifier_activation,
        name,
    )
