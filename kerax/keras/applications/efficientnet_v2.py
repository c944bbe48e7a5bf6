"""``tf.keras.applications.efficientnet_v2``."""

from __future__ import annotations

import math
from typing import Any

from kerax.keras import layers
from kerax.keras.applications._model import STORE, channel_axis, classified, finished, model_input, preprocessing
from kerax.keras.applications.efficientnet import CONVOLUTION, DENSE, activated, added, convolution, excited
from kerax.keras.applications.imagenet_utils import decode_predictions as decode_predictions

preprocess_input = preprocessing(None)
_HASHES = {
    "b0": ("21ecbf6da12460d5c40bb2f29ceb2188", "893217f2bb855e2983157299931e43ff"),
    "b1": ("069f0534ff22adf035c89e2d9547a9dc", "0e80663031ca32d657f9caa404b6ec37"),
    "b2": ("424e49f28180edbde1e94797771950a7", "1dfe2e7a5d45b6632553a8961ea609eb"),
    "b3": ("1f1fc43bd98a6e4fd8fdfd551e02c7a0", "f6abf7b5849ac99a89b50dd3fd532856"),
    "s": ("e1d88a8495beba45748fedd0cecbe016", "af0682fb74e8c54910f2d4393339c070"),
    "m": ("a3bf6aa3276309f4fc6a34aa114c95cd", "1b8dc055df72dde80d614482840fe342"),
    "l": ("27e6d408b53c7ebc868fefa357689935", "b0b66b5c863aef5b46e8608fe1711615"),
}
_BASE = (
    (True, 1, 32, 16, 1, 0, 1),
    (True, 2, 16, 32, 4, 0, 2),
    (True, 2, 32, 48, 4, 0, 2),
    (False, 3, 48, 96, 4, 0.25, 2),
    (False, 5, 96, 112, 6, 0.25, 1),
    (False, 8, 112, 192, 6, 0.25, 2),
)
# fused, repeats, filters in, filters out, expansion, share of squeeze and excitation, strides
_BLOCKS: dict[str, Any] = {
    "s": (
        (True, 2, 24, 24, 1, 0, 1),
        (True, 4, 24, 48, 4, 0, 2),
        (True, 4, 48, 64, 4, 0, 2),
        (False, 6, 64, 128, 4, 0.25, 2),
        (False, 9, 128, 160, 6, 0.25, 1),
        (False, 15, 160, 256, 6, 0.25, 2),
    ),
    "m": (
        (True, 3, 24, 24, 1, 0, 1),
        (True, 5, 24, 48, 4, 0, 2),
        (True, 5, 48, 80, 4, 0, 2),
        (False, 7, 80, 160, 4, 0.25, 2),
        (False, 14, 160, 176, 6, 0.25, 1),
        (False, 18, 176, 304, 6, 0.25, 2),
        (False, 5, 304, 512, 6, 0.25, 1),
    ),
    "l": (
        (True, 4, 32, 32, 1, 0, 1),
        (True, 7, 32, 64, 4, 0, 2),
        (True, 7, 64, 96, 4, 0, 2),
        (False, 10, 96, 192, 4, 0.25, 2),
        (False, 19, 192, 224, 6, 0.25, 1),
        (False, 25, 224, 384, 6, 0.25, 2),
        (False, 7, 384, 640, 6, 0.25, 1),
    ),
}


def _block(x: Any, rate: float, name: str, fused: bool, before: int, after: int, expand: int, se: float, strides: int):
    """A block whose expansion is a convolution of its own, or (``fused``) one with the depthwise convolution."""
    inputs, filters, momentum = x, before * expand, {"momentum": 0.9}
    if expand != 1:
        size, step = (3, strides) if fused else (1, 1)
        x = convolution(x, filters, size, f"{name}expand_conv", strides=step)
        x = activated(x, (f"{name}expand_bn", f"{name}expand_activation"), **momentum)
    if not fused:
        x = layers.DepthwiseConv2D(
            3,
            strides=strides,
            padding="same",
            use_bias=False,
            depthwise_initializer=CONVOLUTION,
            name=f"{name}dwconv2",
        )(x)
        x = activated(x, (f"{name}bn", f"{name}activation"), **momentum)
    if 0 < se <= 1:
        x = excited(x, filters, max(1, int(before * se)), name)
    whole = fused and expand == 1
    x = convolution(x, after, 3 if whole else 1, f"{name}project_conv", strides=strides if whole else 1)
    x = layers.BatchNormalization(axis=channel_axis(), name=f"{name}project_bn", **momentum)(x)
    if whole:
        x = layers.Activation("swish", name=f"{name}project_activation")(x)
    return added(x, inputs, rate, name) if strides == 1 and before == after else x


def _preprocessed(x: Any, base: bool) -> Any:
    if not base:
        return layers.Rescaling(scale=1.0 / 128.0, offset=-1)(x)
    x = layers.Rescaling(scale=1.0 / 255)(x)
    variance = [0.229**2, 0.224**2, 0.225**2]
    return layers.Normalization(mean=[0.485, 0.456, 0.406], variance=variance, axis=channel_axis())(x)


def _efficientnet_v2(
    width: float,
    depth: float,
    size: int,
    key: str,
    include_top: bool,
    weights: Any,
    input_tensor: Any,
    input_shape: Any,
    pooling: str | None,
    classes: int,
    classifier_activation: Any,
    include_preprocessing: bool,
    name: str,
) -> Any:
    img_input, input_shape = model_input(weights, include_top, classes, input_tensor, input_shape, size)
    blocks = _BLOCKS.get(key, _BASE)

    def filters(count: int) -> int:
        return int(max(8, int(count * width + 4) // 8 * 8))

    x = img_input
    if include_preprocessing:
        x = _preprocessed(x, key.startswith("b") and input_shape[channel_axis() - 1] == 3)
    x = convolution(x, filters(blocks[0][2]), 3, "stem_conv", strides=2)
    x = activated(x, ("stem_bn", "stem_activation"), momentum=0.9)
    total, done = float(sum(block[1] for block in blocks)), 0
    for i, (fused, repeats, before, after, expand, se, strides) in enumerate(blocks, start=1):
        for j in range(math.ceil(depth * repeats)):
            shape = (filters(after if j else before), filters(after), expand, se, 1 if j else strides)
            x = _block(x, 0.2 * done / total, f"block{i}{chr(j + 97)}_", fused, *shape)
            done += 1
    x = activated(convolution(x, filters(1280), 1, "top_conv"), ("top_bn", "top_activation"), momentum=0.9)
    top = {"dropout": 0.2, "kernel_initializer": DENSE}
    names = ("avg_pool", "max_pool")
    x = classified(x, include_top, pooling, classes, classifier_activation, weights, names, **top)
    file_name = name + (".h5" if include_top else "_notop.h5")
    download = file_name, f"{STORE}efficientnet_v2/{file_name}", _HASHES[key][0 if include_top else 1]
    return finished(img_input, input_tensor, x, name, weights, download)


def EfficientNetV2B0(
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    input_shape: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    include_preprocessing: bool = True,
    name: str = "efficientnetv2-b0",
) -> Any:
    """The model EfficientNetV2B0.

    Args:
      include_preprocessing: bool, whether the model takes pixels from 0 to 255.
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

    Source: Tan and Le 2021, https://arxiv.org/abs/2104.00298
    """
    return _efficientnet_v2(
        1.0,
        1.0,
        224,
        "b0",
        include_top,
        weights,
        input_tensor,
        input_shape,
        pooling,
        classes,
        classifier_activation,
        include_preprocessing,
        name,
    )


def EfficientNetV2B1(
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    input_shape: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    include_preprocessing: bool = True,
    name: str = "efficientnetv2-b1",
) -> Any:
    """The model EfficientNetV2B1.

    Args:
      include_preprocessing: bool, whether the model takes pixels from 0 to 255.
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

    Source: Tan and Le 2021, https://arxiv.org/abs/2104.00298
    """
    return _efficientnet_v2(
        1.0,
        1.1,
        240,
        "b1",
        include_top,
        weights,
        input_tensor,
        input_shape,
        pooling,
        classes,
        classifier_activation,
        include_preprocessing,
        name,
    )


def EfficientNetV2B2(
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    input_shape: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    include_preprocessing: bool = True,
    name: str = "efficientnetv2-b2",
) -> Any:
    """The model EfficientNetV2B2.

    Args:
      include_preprocessing: bool, whether the model takes pixels from 0 to 255.
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

    Source: Tan and Le 2021, https://arxiv.org/abs/2104.00298
    """
    return _efficientnet_v2(
        1.1,
        1.2,
        260,
        "b2",
        include_top,
        weights,
        input_tensor,
        input_shape,
        pooling,
        classes,
        classifier_activation,
        include_preprocessing,
        name,
    )


def EfficientNetV2B3(
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    input_shape: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    include_preprocessing: bool = True,
    name: str = "efficientnetv2-b3",
) -> Any:
    """The model EfficientNetV2B3.

    Args:
      include_preprocessing: bool, whether the model takes pixels from 0 to 255.
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

    Source: Tan and Le 2021, https://arxiv.org/abs/2104.00298
    """
    return _efficientnet_v2(
        1.2,
        1.4,
        300,
        "b3",
        include_top,
        weights,
        input_tensor,
        input_shape,
        pooling,
        classes,
        classifier_activation,
        include_preprocessing,
        name,
    )


def EfficientNetV2S(
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    input_shape: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    include_preprocessing: bool = True,
    name: str = "efficientnetv2-s",
) -> Any:
    """The model EfficientNetV2S.

    Args:
      include_preprocessing: bool, whether the model takes pixels from 0 to 255.
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

    Source: Tan and Le 2021, https://arxiv.org/abs/2104.00298
    """
    return _efficientnet_v2(
        1.0,
        1.0,
        384,
        "s",
        include_top,
        weights,
        input_tensor,
        input_shape,
        pooling,
        classes,
        classifier_activation,
        include_preprocessing,
        name,
    )


def EfficientNetV2M(
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    input_shape: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    include_preprocessing: bool = True,
    name: str = "efficientnetv2-m",
) -> Any:
    """The model EfficientNetV2M.

    Args:
      include_preprocessing: bool, whether the model takes pixels from 0 to 255.
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

    Source: Tan and Le 2021, https://arxiv.org/abs/2104.00298
    """
    return _efficientnet_v2(
        1.0,
        1.0,
        480,
        "m",
        include_top,
        weights,
        input_tensor,
        input_shape,
        pooling,
        classes,
        classifier_activation,
        include_preprocessing,
        name,
    )


def EfficientNetV2L(
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    input_shape: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    include_preprocessing: bool = True,
    name: str = "efficientnetv2-l",
) -> Any:
    """The model EfficientNetV2L.

    Args:
      include_preprocessing: bool, whether the model takes pixels from 0 to 255.
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

    Source: Tan and Le 2021, https://arxiv.org/abs/2104.00298
    """
    return _efficientnet_v2(
        1.0,
        1.0,
        480,
        "l",
        include_top,
        weights,
        input_tensor,
        input_shape,
        pooling,
        classes,
        classifier_activation,
        include_preprocessing,
        name,
    )
