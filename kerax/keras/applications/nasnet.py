"""``tf.keras.applications.nasnet``."""

from __future__ import annotations

from typing import Any

from kerax.keras import layers
from kerax.keras.applications._model import STORE, classified, finished, model_input, only_channels_last, preprocessing
from kerax.keras.applications.imagenet_utils import correct_pad
from kerax.keras.applications.imagenet_utils import decode_predictions as decode_predictions

preprocess_input = preprocessing("tf")
_FILES = {
    "mobile": ("020fb642bf7360b370c678b08e0adf61", "1ed92395b5b598bdda52abe5c0dbfd63"),
    "large": ("11577c9a518f0070763c2b964a382f17", "d81d89dc07e6e56530c4e77faddd61b5"),
}


def _normalized(x: Any, name: str) -> Any:
    return layers.BatchNormalization(axis=-1, momentum=0.9997, epsilon=1e-3, name=name)(x)


def _conv(x: Any, filters: int, name: str) -> Any:
    return layers.Conv2D(filters, 1, padding="same", use_bias=False, name=name, kernel_initializer="he_normal")(x)


def _separable(x: Any, filters: int, size: int, key: str, strides: int = 1) -> Any:
    """Two separable convolutions."""
    x = layers.Activation("relu")(x)
    padding = "same"
    if strides == 2:
        x = layers.ZeroPadding2D(padding=correct_pad(x, size), name=f"separable_conv_1_pad_{key}")(x)
        padding = "valid"
    settings = {"use_bias": False, "padding": padding, "strides": strides, "name": f"separable_conv_1_{key}"}
    x = layers.SeparableConv2D(filters, size, **settings)(x)
    x = _normalized(x, f"separable_conv_1_bn_{key}")
    x = layers.Activation("relu")(x)
    x = layers.SeparableConv2D(filters, size, name=f"separable_conv_2_{key}", padding="same", use_bias=False)(x)
    return _normalized(x, f"separable_conv_2_bn_{key}")


def _adjusted(p: Any, x: Any, filters: int, key: str) -> Any:
    """The output of the cell before the last, in the shape of the last one's."""
    if p is None:
        return x
    if p.shape[-2] != x.shape[-2]:
        p = layers.Activation("relu", name=f"adjust_relu_1_{key}")(p)
        first = layers.AveragePooling2D(1, strides=2, padding="valid", name=f"adjust_avg_pool_1_{key}")(p)
        first = _conv(first, filters // 2, f"adjust_conv_1_{key}")
        second = layers.ZeroPadding2D(padding=((0, 1), (0, 1)))(p)
        second = layers.Cropping2D(cropping=((1, 0), (1, 0)))(second)
        second = layers.AveragePooling2D(1, strides=2, padding="valid", name=f"adjust_avg_pool_2_{key}")(second)
        second = _conv(second, filters // 2, f"adjust_conv_2_{key}")
        return _normalized(layers.concatenate([first, second], axis=-1), f"adjust_bn_{key}")
    if p.shape[-1] != filters:
        p = layers.Activation("relu")(p)
        return _normalized(_conv(p, filters, f"adjust_conv_projection_{key}"), f"adjust_bn_{key}")
    return p


def _averaged(x: Any, name: str, strides: int = 1, padding: str = "same") -> Any:
    return layers.AveragePooling2D(3, strides=strides, padding=padding, name=name)(x)


def _normal(x: Any, p: Any, filters: int, key: str) -> tuple[Any, Any]:
    """A cell that keeps the size."""
    p = _adjusted(p, x, filters, key)
    h = layers.Activation("relu")(x)
    h = _normalized(_conv(h, filters, f"normal_conv_1_{key}"), f"normal_bn_1_{key}")

    def add(a: Any, b: Any, i: int) -> Any:
        return layers.add([a, b], name=f"normal_add_{i}_{key}")

    x1 = _separable(h, filters, 5, f"normal_left1_{key}")
    x1 = add(x1, _separable(p, filters, 3, f"normal_right1_{key}"), 1)
    x2 = _separable(p, filters, 5, f"normal_left2_{key}")
    x2 = add(x2, _separable(p, filters, 3, f"normal_right2_{key}"), 2)
    x3 = add(_averaged(h, f"normal_left3_{key}"), p, 3)
    x4 = add(_averaged(p, f"normal_left4_{key}"), _averaged(p, f"normal_right4_{key}"), 4)
    x5 = add(_separable(h, filters, 3, f"normal_left5_{key}"), h, 5)
    return layers.concatenate([p, x1, x2, x3, x4, x5], axis=-1, name=f"normal_concat_{key}"), x


def _reduction(x: Any, p: Any, filters: int, key: str) -> tuple[Any, Any]:
    """A cell that halves the size."""
    p = _adjusted(p, x, filters, key)
    h = layers.Activation("relu")(x)
    h = _normalized(_conv(h, filters, f"reduction_conv_1_{key}"), f"reduction_bn_1_{key}")
    h3 = layers.ZeroPadding2D(padding=correct_pad(h, 3), name=f"reduction_pad_1_{key}")(h)
    x1 = _separable(h, filters, 5, f"reduction_left1_{key}", 2)
    x1 = layers.add([x1, _separable(p, filters, 7, f"reduction_right1_{key}", 2)], name=f"reduction_add_1_{key}")
    x2 = layers.MaxPooling2D(3, strides=2, padding="valid", name=f"reduction_left2_{key}")(h3)
    x2 = layers.add([x2, _separable(p, filters, 7, f"reduction_right2_{key}", 2)], name=f"reduction_add_2_{key}")
    x3 = _averaged(h3, f"reduction_left3_{key}", 2, "valid")
    x3 = layers.add([x3, _separable(p, filters, 5, f"reduction_right3_{key}", 2)], name=f"reduction_add3_{key}")
    x4 = layers.add([x2, _averaged(x1, f"reduction_left4_{key}")])
    x5 = _separable(x1, filters, 3, f"reduction_left4_{key}")
    right = layers.MaxPooling2D(3, strides=2, padding="valid", name=f"reduction_right5_{key}")(h3)
    x5 = layers.add([x5, right], name=f"reduction_add4_{key}")
    return layers.concatenate([x2, x3, x4, x5], axis=-1, name=f"reduction_concat_{key}"), x


def _nasnet(
    last: int,
    count: int,
    stem: int,
    skip: bool,
    size: int,
    kind: str,
    input_shape: Any,
    include_top: bool,
    weights: Any,
    input_tensor: Any,
    pooling: str | None,
    classes: int,
    classifier_activation: Any,
    name: str,
) -> Any:
    only_channels_last("NASNet")
    if weights == "imagenet" and isinstance(input_shape, tuple) and None in input_shape:
        raise ValueError(
            "When specifying the input shape of a NASNet and loading `ImageNet` weights, the input_shape argument must "
            f"be static (no None entries). Got: `input_shape={input_shape}`."
        )
    img_input, _ = model_input(weights, include_top, classes, input_tensor, input_shape, size)
    filters = last // 24
    settings = {"use_bias": False, "name": "stem_conv1", "kernel_initializer": "he_normal"}
    x = layers.Conv2D(stem, 3, strides=2, padding="valid", **settings)(img_input)
    x, p = _normalized(x, "stem_bn1"), None
    x, p = _reduction(x, p, filters // 4, "stem_1")
    x, p = _reduction(x, p, filters // 2, "stem_2")
    for stage in range(3):
        if stage:
            x, before = _reduction(x, p, filters * 2**stage, f"reduce_{stage * count}")
            p = p if skip else before
        for i in range(count):
            x, p = _normal(x, p, filters * 2**stage, f"{stage * count + i + (1 if stage else 0)}")
    x = layers.Activation("relu")(x)
    x = classified(x, include_top, pooling, classes, classifier_activation, weights, top_name=None)
    hashes = _FILES[kind]
    end = "" if include_top else "no_top"
    file_name = f"nasnet_{kind}{'_' + end if end else ''}.h5"
    url = f"{STORE}nasnet/NASNet-{kind}{'' if include_top else '-no-top'}.h5"
    return finished(img_input, input_tensor, x, name, weights, (file_name, url, hashes[0 if include_top else 1]))


def NASNetMobile(
    input_shape: Any = None,
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    name: str = "nasnet_mobile",
) -> Any:
    """The model NASNetMobile.

    Args:
      input_shape: (height, width, channels), or None for the default.
      include_top: bool, whether the classifier is there.
      weights: "imagenet", the path of a file, or None for random ones.
      input_tensor: KerasTensor to build on, or None.
      pooling: "avg", "max" or None, what follows without the classifier.
      classes: int, the classifier's.
      classifier_activation: the classifier's, None for logits.
      name: str, the model's.

    Returns:
      Model.

    Source: Zoph et al. 2018, https://arxiv.org/abs/1707.07012
    """
    if not include_top and input_shape is None:
        input_shape = (224, 224, 3)
    return _nasnet(
        1056,
        4,
        32,
        False,
        224,
        "mobile",
        input_shape,
        include_top,
        weights,
        input_tensor,
        pooling,
        classes,
        classifier_activation,
        name,
    )


def NASNetLarge(
    input_shape: Any = None,
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    name: str = "nasnet_large",
) -> Any:
    """The model NASNetLarge.

    Args:
      input_shape: (height, width, channels), or None for the default.
      include_top: bool, whether the classifier is there.
      weights: "imagenet", the path of a file, or None for random ones.
      input_tensor: KerasTensor to build on, or None.
      pooling: "avg", "max" or None, what follows without the classifier.
      classes: int, the classifier's.
      classifier_activation: the classifier's, None for logits.
      name: str, the model's.

    Returns:
      Model.

    Source: Zoph et al. 2018, https://arxiv.org/abs/1707.07012
    """
    return _nasnet(
        4032,
        6,
        96,
        True,
        331,
        "large",
        input_shape,
        include_top,
        weights,
        input_tensor,
        pooling,
        classes,
        classifier_activation,
        name,
    )
