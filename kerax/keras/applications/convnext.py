"""``tf.keras.applications.convnext``."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.keras import initializers, layers, ops, random
from kerax.keras.applications._model import STORE, finished, model_input, only_channels_last, pooled, preprocessing
from kerax.keras.applications.imagenet_utils import decode_predictions as decode_predictions
from kerax.keras.applications.imagenet_utils import validate_activation
from kerax.keras.engine.arguments import keras_2_order
from kerax.keras.engine.layer import Layer
from kerax.keras.engine.sequential import Sequential

preprocess_input = preprocessing(None)
_model_name_first = keras_2_order(
    "name", "include_top", "include_preprocessing", "weights", "input_tensor", "input_shape", "pooling", "classes",
    "classifier_activation", model_name="name",
)  # fmt: skip
# blocks in each stage, channels in each stage, hashes of the weights with and without classifier
_MODELS = {
    "convnext_tiny": (
        (3, 3, 9, 3),
        (96, 192, 384, 768),
        "8ae6e78ce2933352b1ef4008e6dd2f17bc40771563877d156bc6426c7cf503ff",
        "d547c096cabd03329d7be5562c5e14798aa39ed24b474157cef5e85ab9e49ef1",
    ),
    "convnext_small": (
        (3, 3, 27, 3),
        (96, 192, 384, 768),
        "ce1277d8f1ee5a0ef0e171469089c18f5233860ceaf9b168049cb9263fd7483c",
        "6fc8009faa2f00c1c1dfce59feea9b0745eb260a7dd11bee65c8e20843da6eab",
    ),
    "convnext_base": (
        (3, 3, 27, 3),
        (128, 256, 512, 1024),
        "52cbb006d3dadd03f6e095a8ca1aca47aecdd75acb4bc74bce1f5c695d0086e6",
        "40a20c5548a5e9202f69735ecc06c990e6b7c9d2de39f0361e27baeb24cb7c45",
    ),
    "convnext_large": (
        (3, 3, 27, 3),
        (192, 384, 768, 1536),
        "070c5ed9ed289581e477741d3b34beffa920db8cf590899d6d2c67fba2a198a6",
        "96f02b6f0753d4f543261bc9d09bed650f24dd6bc02ddde3066135b63d23a1cd",
    ),
    "convnext_xlarge": (
        (3, 3, 27, 3),
        (256, 512, 1024, 2048),
        "c1f5ccab661354fc3a79a10fa99af82f0fbf10ec65cb894a3ae0815f17a889ee",
        "de3f8a54174130e0cecdc71583354753d557fcf1f4487331558e2a16ba0cfe05",
    ),
}


class StochasticDepth(Layer):
    """Drops whole samples at random.

    Args:
      drop_path_rate: float, the probability.
    """

    def __init__(self, drop_path_rate: float, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.drop_path_rate = drop_path_rate

    def call(self, x: Any, training: Any = None) -> Any:
        if not training:
            return x
        kept = 1 - self.drop_path_rate
        shape = (ops.shape(x)[0], *(1,) * (len(x.shape) - 1))
        return x / kept * ops.floor(kept + random.uniform(shape, 0, 1))

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "drop_path_rate": self.drop_path_rate}


class LayerScale(Layer):
    """A learned factor for each channel.

    Args:
      init_values: float, the factors' first value.
      projection_dim: int, the number of channels.
    """

    def __init__(self, init_values: float, projection_dim: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.init_values, self.projection_dim = init_values, projection_dim

    def build(self, input_shape: Any) -> None:
        start = initializers.Constant(self.init_values)
        self.gamma = self.add_weight(shape=(self.projection_dim,), initializer=start, trainable=True)

    def call(self, x: Any) -> Any:
        return x * self.gamma

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "init_values": self.init_values, "projection_dim": self.projection_dim}


def _block(inputs: Any, filters: int, name: str) -> Any:
    x = layers.Conv2D(filters, 7, padding="same", groups=filters, name=f"{name}_depthwise_conv")(inputs)
    x = layers.LayerNormalization(epsilon=1e-6, name=f"{name}_layernorm")(x)
    x = layers.Dense(4 * filters, name=f"{name}_pointwise_conv_1")(x)
    x = layers.Activation("gelu", name=f"{name}_gelu")(x)
    x = layers.Dense(filters, name=f"{name}_pointwise_conv_2")(x)
    x = LayerScale(1e-6, filters, name=f"{name}_layer_scale")(x)
    return inputs + layers.Activation("linear", name=f"{name}_identity")(x)


def _downsampling(channels: tuple[int, ...], name: str) -> list[Any]:
    """The layers before each stage."""
    stem = [
        layers.Conv2D(channels[0], 4, strides=4, name=f"{name}_stem_conv"),
        layers.LayerNormalization(epsilon=1e-6, name=f"{name}_stem_layernorm"),
    ]
    found = [Sequential(stem, name=f"{name}_stem")]
    for i, filters in enumerate(channels[1:]):
        smaller = [
            layers.LayerNormalization(epsilon=1e-6, name=f"{name}_downsampling_layernorm_{i}"),
            layers.Conv2D(filters, 2, strides=2, name=f"{name}_downsampling_conv_{i}"),
        ]
        found.append(Sequential(smaller, name=f"{name}_downsampling_block_{i}"))
    return found


def _normalized(x: Any, name: str) -> Any:
    mean = np.array([0.485, 0.456, 0.406]) * 255
    variance = (np.array([0.229, 0.224, 0.225]) * 255) ** 2
    name = f"{name}_prestem_normalization"
    return layers.Normalization(mean=mean.tolist(), variance=variance.tolist(), name=name)(x)


def _convnext(
    key: str,
    include_preprocessing: bool,
    include_top: bool,
    weights: Any,
    input_tensor: Any,
    input_shape: Any,
    pooling: str | None,
    classes: int,
    classifier_activation: Any,
    name: str,
) -> Any:
    only_channels_last("ConvNeXt")
    depths, channels, *hashes = _MODELS[key]
    img_input, input_shape = model_input(weights, include_top, classes, input_tensor, input_shape, 224)
    x = img_input
    if include_preprocessing and input_shape[-1] == 3:
        x = _normalized(x, name)
    for stage, smaller in enumerate(_downsampling(channels, name)):
        x = smaller(x)
        for j in range(depths[stage]):
            x = _block(x, channels[stage], f"{name}_stage_{stage}_block_{j}")
    if include_top:
        validate_activation(classifier_activation, weights)
        x = layers.GlobalAveragePooling2D(name=f"{name}_head_gap")(x)
        x = layers.LayerNormalization(epsilon=1e-6, name=f"{name}_head_layernorm")(x)
        x = layers.Dense(classes, activation=classifier_activation, name=f"{name}_head_dense")(x)
    else:
        x = layers.LayerNormalization(epsilon=1e-6)(pooled(x, pooling))
    if weights == "imagenet" and key not in name:
        raise ValueError(f"Model name has to include {key!r} to load the ImageNet weights. Received: name={name}")
    file_name = name + (".h5" if include_top else "_notop.h5")
    download = file_name, f"{STORE}convnext/{file_name}", hashes[0 if include_top else 1]
    return finished(img_input, input_tensor, x, name, weights, download)


@_model_name_first
def ConvNeXtTiny(
    include_top: bool = True,
    include_preprocessing: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    input_shape: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    name: str = "convnext_tiny",
) -> Any:
    """The model ConvNeXtTiny.

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

    Source: Liu et al. 2022, https://arxiv.org/abs/2201.03545
    """
    return _convnext(
        "convnext_tiny",
        include_preprocessing,
        include_top,
        weights,
        input_tensor,
        input_shape,
        pooling,
        classes,
        classifier_activation,
        name,
    )


@_model_name_first
def ConvNeXtSmall(
    include_top: bool = True,
    include_preprocessing: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    input_shape: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    name: str = "convnext_small",
) -> Any:
    """The model ConvNeXtSmall.

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

    Source: Liu et al. 2022, https://arxiv.org/abs/2201.03545
    """
    return _convnext(
        "convnext_small",
        include_preprocessing,
        include_top,
        weights,
        input_tensor,
        input_shape,
        pooling,
        classes,
        classifier_activation,
        name,
    )


@_model_name_first
def ConvNeXtBase(
    include_top: bool = True,
    include_preprocessing: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    input_shape: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    name: str = "convnext_base",
) -> Any:
    """The model ConvNeXtBase.

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

    Source: Liu et al. 2022, https://arxiv.org/abs/2201.03545
    """
    return _convnext(
        "convnext_base",
        include_preprocessing,
        include_top,
        weights,
        input_tensor,
        input_shape,
        pooling,
        classes,
        classifier_activation,
        name,
    )


@_model_name_first
def ConvNeXtLarge(
    include_top: bool = True,
    include_preprocessing: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    input_shape: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    name: str = "convnext_large",
) -> Any:
    """The model ConvNeXtLarge.

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

    Source: Liu et al. 2022, https://arxiv.org/abs/2201.03545
    """
    return _convnext(
        "convnext_large",
        include_preprocessing,
        include_top,
        weights,
        input_tensor,
        input_shape,
        pooling,
        classes,
        classifier_activation,
        name,
    )


@_model_name_first
def ConvNeXtXLarge(
    include_top: bool = True,
    include_preprocessing: bool = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    input_shape: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    name: str = "convnext_xlarge",
) -> Any:
    """The model ConvNeXtXLarge.

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

    Source: Liu et al. 2022, https://arxiv.org/abs/2201.03545
    """
    return _convnext(
        "convnext_xlarge",
        include_preprocessing,
        include_top,
        weights,
        input_tensor,
        input_shape,
        pooling,
        classes,
        classifier_activation,
        name,
    )
