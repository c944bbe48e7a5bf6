"""``tf.keras.applications.resnet_rs``, which Keras 3 no longer has."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from kerax.keras import initializers, layers
from kerax.keras.applications._model import STORE, channel_axis, classified, finished, model_input, preprocessing
from kerax.keras.applications.imagenet_utils import decode_predictions as decode_predictions
from kerax.keras.engine.names import get_uid

preprocess_input = preprocessing(None)
# blocks in each group, rate of dropped blocks at the end, rate of the dropout before the classifier, and for each size
# of images that there are weights for their hashes with and without classifier
_MODELS: dict[int, tuple[tuple[int, ...], float, float, dict[int, tuple[str, str]]]] = {
    50: ((3, 4, 6, 3), 0.0, 0.25, {160: ("69d9d925319f00a8bdd4af23c04e4102", "90daa68cd26c95aa6c5d25451e095529")}),
    101: (
        (3, 4, 23, 3),
        0.0,
        0.25,
        {
            160: ("544b3434d00efc199d66e9058c7f3379", "82d5b90c5ce9d710da639d6216d0f979"),
            192: ("eb285be29ab42cf4835ff20a5e3b5d23", "f9a0f6b85faa9c3db2b6e233c4eebb5b"),
        },
    ),
    152: (
        (3, 8, 36, 3),
        0.0,
        0.25,
        {
            192: ("8d72a301ed8a6f11a47c4ced4396e338", "5fbf7ac2155cb4d5a6180ee9e3aa8704"),
            224: ("31a46a92ab21b84193d0d71dd8c3d03b", "dc8b2cba2005552eafa3167f00dc2133"),
            256: ("ba6271b99bdeb4e7a9b15c05964ef4ad", "fa79794252dbe47c89130f65349d654a"),
        },
    ),
    200: ((3, 24, 36, 3), 0.1, 0.25, {256: ("a76930b741884e09ce90fa7450747d5f", "bbdb3994718dfc0d1cd45d7eff3f3d9c")}),
    270: ((4, 29, 53, 4), 0.1, 0.25, {256: ("20d575825ba26176b03cb51012a367a8", "2c42ecb22e35f3e23d2f70babce0a2aa")}),
    350: (
        (4, 36, 72, 4),
        0.1,
        0.4,
        {
            256: ("f4a039dc3c421321b7fc240494574a68", "6e44b55025bbdff8f51692a023143d66"),
            320: ("7ccb858cc738305e8ceb3c0140bee393", "ab0c1f9079d2f85a9facbd2c88aa6079"),
        },
    ),
    420: ((4, 44, 87, 4), 0.1, 0.4, {320: ("ae0eb9bed39e64fc8d7e0db4018dc7e8", "fe6217c32be8305b1889657172b98884")}),
}


def _initializer() -> Any:
    return initializers.VarianceScaling(2.0, "fan_out", "truncated_normal")


def _conv(x: Any, filters: int, size: int, strides: int, name: str) -> Any:
    if strides > 1:
        before = (size - 1) // 2
        x = layers.ZeroPadding2D(padding=((before, size - 1 - before),) * 2)(x)
    return layers.Conv2D(
        filters,
        size,
        strides=strides,
        padding="same" if strides == 1 else "valid",
        use_bias=False,
        kernel_initializer=_initializer(),
        name=name,
    )(x)


def _normalized(x: Any, name: str) -> Any:
    return layers.BatchNormalization(axis=channel_axis(), momentum=0.0, epsilon=1e-5, name=name)(x)


def _activated(x: Any, name: str) -> Any:
    return layers.Activation("relu", name=name)(x)


def _stem(x: Any) -> Any:
    name = f"stem_{get_uid('stem_')}_stem"
    for i, (filters, strides) in enumerate(((32, 2), (32, 1), (64, 1), (64, 2)), start=1):
        x = _normalized(_conv(x, filters, 3, strides, f"{name}_conv_{i}"), f"{name}_batch_norm_{i}")
        x = _activated(x, f"{name}_act_{i}")
    return x


def _excited(inputs: Any, filters: int, name: str) -> Any:
    """Each channel times a weight between 0 and 1 that follows from the means of all channels."""
    x = layers.GlobalAveragePooling2D(name=f"{name}_se_squeeze")(inputs)
    channels = x.shape[-1]
    shape = (channels, 1, 1) if channel_axis() == 1 else (1, 1, channels)
    x = layers.Reshape(shape, name=f"{name}_se_reshape")(x)
    for size, activation, part in ((filters, "relu", "reduce"), (4 * filters, "sigmoid", "expand")):
        x = layers.Conv2D(
            size,
            1,
            padding="same",
            activation=activation,
            kernel_initializer=_initializer(),
            name=f"{name}_se_{part}",
        )(x)
    return layers.multiply([inputs, x], name=f"{name}_se_excite")


def _block(inputs: Any, filters: int, strides: int, first: bool, dropped: float, name: str) -> Any:
    shortcut = inputs
    if first:
        if strides == 2:
            shortcut = layers.AveragePooling2D(2, strides=2, padding="same", name=f"{name}_projection_pooling")(inputs)
        shortcut = _conv(shortcut, 4 * filters, 1, 1, f"{name}_projection_conv")
        shortcut = _normalized(shortcut, f"{name}_projection_batch_norm")
    x = _normalized(_conv(inputs, filters, 1, 1, f"{name}_conv_1"), f"{name}batch_norm_1")
    x = _activated(x, f"{name}_act_1")
    x = _normalized(_conv(x, filters, 3, strides, f"{name}_conv_2"), f"{name}_batch_norm_2")
    x = _activated(x, f"{name}_act_2")
    x = _normalized(_conv(x, 4 * filters, 1, 1, f"{name}_conv_3"), f"{name}_batch_norm_3")
    x = _excited(x, filters, f"{name}_se")
    if dropped:
        x = layers.Dropout(dropped, noise_shape=(None, 1, 1, 1), name=f"{name}_drop")(x)
    return _activated(layers.Add()([x, shortcut]), f"{name}_output_act")


def _sized(depth: int, weights: Any, include_top: bool, classes: int) -> Any:
    """``weights`` with the size of images they are for.

    Raises:
      ValueError: they do not exist, or have another number of classes.
    """
    variants = [f"imagenet-i{size}" for size in _MODELS[depth][3]]
    if weights == "imagenet":
        weights = variants[-1]
    if weights is not None and weights not in variants and not os.path.exists(weights):
        raise ValueError(
            "The `weights` argument should be either `None` (random initialization), `'imagenet'` (pre-training on "
            "ImageNet, with highest available input shape), or the path to the weights file to be loaded. For "
            f"ResNetRS{depth} the following weight variants are available {variants} (default=highest). "
            f"Received weights={weights}"
        )
    if weights in variants and include_top and classes != 1000:
        raise ValueError(
            f"If using `weights` as `'imagenet'` or any of {variants} with `include_top` as true, `classes` should be "
            f"1000. Received classes={classes}"
        )
    return weights


def _resnet_rs(
    depth: int,
    include_top: bool,
    weights: Any,
    classes: int,
    input_shape: Any,
    input_tensor: Any,
    pooling: str | None,
    classifier_activation: Any,
    include_preprocessing: bool,
) -> Any:
    counts, dropped, dropout, hashes = _MODELS[depth]
    weights = _sized(depth, weights, include_top, classes)
    size = int(weights[-3:]) if weights in [f"imagenet-i{size}" for size in hashes] else None
    if size:
        weights = "imagenet"
    img_input, input_shape = model_input(weights, include_top, classes, input_tensor, input_shape, 224)
    x = img_input
    if include_preprocessing:
        x = layers.Rescaling(1 / 255)(x)
        if input_shape[channel_axis() - 1] == 3:
            mean, variance = [0.485, 0.456, 0.406], [0.229**2, 0.224**2, 0.225**2]
            x = layers.Normalization(mean=mean, variance=variance, axis=channel_axis())(x)
    x = _stem(x)
    for group, count in enumerate(counts, start=2):
        for i in range(count):
            strides = 2 if i == 0 and group > 2 else 1
            rate = dropped * group / (len(counts) + 1)
            x = _block(x, 2 ** (group + 4), strides, i == 0, rate, f"BlockGroup{group}__block_{i}_")
    names = ("avg_pool", "max_pool")
    x = classified(x, include_top, pooling, classes, classifier_activation, weights, names, dropout=dropout)
    download = None
    if size:
        file = f"resnet-rs-{depth}-i{size}{'' if include_top else '_notop'}.h5"
        download = file, f"{STORE}resnet_rs/{file}", hashes[size][0 if include_top else 1]
    return finished(img_input, input_tensor, x, f"resnet-rs-{depth}", weights, download)


def _variant(depth: int) -> Callable[..., Any]:
    def make(
        include_top: bool = True,
        weights: Any = "imagenet",
        classes: int = 1000,
        input_shape: Any = None,
        input_tensor: Any = None,
        pooling: str | None = None,
        classifier_activation: Any = "softmax",
        include_preprocessing: bool = True,
    ) -> Any:
        return _resnet_rs(
            depth,
            include_top,
            weights,
            classes,
            input_shape,
            input_tensor,
            pooling,
            classifier_activation,
            include_preprocessing,
        )

    make.__name__ = make.__qualname__ = f"ResNetRS{depth}"
    make.__doc__ = f"""The model ResNetRS{depth}.

    Args:
      include_top: bool, whether the classifier is there.
      weights: "imagenet", "imagenet-i256" for those of images of 256 × 256 (there are
        {", ".join(map(str, _MODELS[depth][3]))}), the path of a file, or None for random ones.
      classes: int, the classifier's.
      input_shape: (height, width, channels), or None for the default.
      input_tensor: KerasTensor to build on, or None.
      pooling: "avg", "max" or None, what follows without the classifier.
      classifier_activation: the classifier's, None for logits.
      include_preprocessing: bool, whether the model takes pixels from 0 to 255.

    Returns:
      Model.

    Source: Bello et al. 2021, https://arxiv.org/abs/2103.07579
    """
    return make


ResNetRS50 = _variant(50)
ResNetRS101 = _variant(101)
ResNetRS152 = _variant(152)
ResNetRS200 = _variant(200)
ResNetRS270 = _variant(270)
ResNetRS350 = _variant(350)
ResNetRS420 = _variant(420)
