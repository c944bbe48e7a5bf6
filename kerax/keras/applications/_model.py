"""What the models share: checks of arguments, inputs, the classifier at the top, and weights."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from kerax.keras import layers
from kerax.keras.applications import imagenet_utils
from kerax.keras.engine.keras_tensor import is_keras_tensor
from kerax.keras.engine.model import Model
from kerax.keras.engine.settings import image_data_format
from kerax.keras.utils.file_utils import get_file
from kerax.keras.utils.source_inputs import get_source_inputs

STORE = "https://storage.googleapis.com/tensorflow/keras-applications/"


def channel_axis() -> int:
    """The axis of the channels, counted from the front."""
    return 1 if image_data_format() == "channels_first" else 3


def check_weights(weights: Any, include_top: bool, classes: int) -> None:
    """Raises ValueError for weights that do not exist, or that have another number of classes."""
    if weights not in ("imagenet", None) and not os.path.exists(weights):
        raise ValueError(
            "The `weights` argument should be either `None` (random initialization), 'imagenet' (pre-training on "
            f"ImageNet), or the path to the weights file to be loaded. Received: weights={weights}"
        )
    if weights == "imagenet" and include_top and classes != 1000:
        raise ValueError(
            "If using `weights='imagenet'` with `include_top=True`, `classes` should be 1000. "
            f"Received classes={classes}"
        )


def only_channels_last(name: str) -> None:
    """Raises ValueError where channels come first."""
    if image_data_format() == "channels_first":
        raise ValueError(
            f"{name} does not support the `channels_first` image data format. Switch to `channels_last` by editing "
            "your local config file at ~/.keras/keras.json"
        )


def model_input(
    weights: Any,
    include_top: bool,
    classes: int,
    input_tensor: Any,
    input_shape: Any,
    default_size: int,
    min_size: int = 32,
) -> tuple[Any, tuple[Any, ...]]:
    """The symbolic input of a model and its shape, after all checks.

    Returns:
      KerasTensor, and its shape without batch.
    """
    check_weights(weights, include_top, classes)
    input_shape = imagenet_utils.obtain_input_shape(
        input_shape,
        default_size=default_size,
        min_size=min_size,
        data_format=image_data_format(),
        require_flatten=include_top,
        weights=weights,
    )
    return as_input(input_tensor, input_shape), input_shape


def as_input(input_tensor: Any, input_shape: Any) -> Any:
    """The tensor that the first layer is called on."""
    if input_tensor is None:
        return layers.Input(shape=input_shape)
    if is_keras_tensor(input_tensor):
        return input_tensor
    return layers.Input(tensor=input_tensor, shape=input_shape)


def pooled(x: Any, pooling: str | None, names: tuple[str | None, str | None] = (None, None)) -> Any:
    """The mean ("avg") or maximum ("max") of each channel, or ``x`` itself."""
    if pooling == "avg":
        return layers.GlobalAveragePooling2D(name=names[0])(x)
    return layers.GlobalMaxPooling2D(name=names[1])(x) if pooling == "max" else x


def classified(
    x: Any,
    include_top: bool,
    pooling: str | None,
    classes: int,
    activation: Any,
    weights: Any,
    names: tuple[str | None, str | None] = (None, None),
    top_name: str | None = "avg_pool",
    dropout: float = 0.0,
    **dense: Any,
) -> Any:
    """The end of most models: mean of each channel and a dense layer, or what ``pooling`` says.

    Args:
      x: features ``[batch, height, width, channels]``.
      include_top: bool, whether there is a classifier.
      pooling: "avg", "max" or None, without a classifier.
      classes: int.
      activation: the classifier's.
      weights: "imagenet", a path or None.
      names: of the pooling layers without a classifier.
      top_name: of the pooling layer before it.
      dropout: float, the rate before it.
      **dense: for the classifier.
    """
    if not include_top:
        return pooled(x, pooling, names)
    x = layers.GlobalAveragePooling2D(name=top_name)(x)
    if dropout > 0:
        x = layers.Dropout(dropout, name="top_dropout")(x)
    imagenet_utils.validate_activation(activation, weights)
    return layers.Dense(classes, activation=activation, name="predictions", **dense)(x)


def finished(img_input: Any, input_tensor: Any, x: Any, name: str, weights: Any, download: Any = None) -> Model:
    """The model of an input and an output, with its weights.

    Args:
      img_input: KerasTensor.
      input_tensor: what the user passed, or None.
      x: KerasTensor.
      name: str.
      weights: "imagenet", a path or None.
      download: (file name, URL, hash or None) of the weights for "imagenet".

    Raises:
      OSError: the weights are neither there nor can they be downloaded.
    """
    inputs = img_input if input_tensor is None else get_source_inputs(input_tensor)
    if isinstance(inputs, list) and len(inputs) == 1:
        inputs = inputs[0]
    model = Model(inputs, x, name=name)
    if weights == "imagenet":
        model.load_weights(fetched(*download))
    elif weights is not None:
        model.load_weights(weights)
    return model


def fetched(file_name: str, url: str, file_hash: str | None = None) -> str:
    """The path of a file of weights, downloaded where it is not in Keras' cache."""
    try:
        return get_file(file_name, url, cache_subdir="models", file_hash=file_hash)
    except Exception as error:
        home = os.environ.get("KERAS_HOME", os.path.join(os.path.expanduser("~"), ".keras"))
        raise OSError(
            f"The weights could not be downloaded from {url}: {error}. Without a connection, put the file at "
            f"{os.path.join(home, 'models', file_name)}, pass its path as `weights`, or pass `weights=None`."
        ) from error


def with_and_without_top(include_top: bool, stem: str, hashes: tuple[str, str], folder: str) -> tuple[str, str, str]:
    """(file name, URL, hash) of weights whose names end as in most of Keras' models."""
    name = f"{stem}_weights_tf_dim_ordering_tf_kernels{'' if include_top else '_notop'}.h5"
    return name, f"{STORE}{folder}/{name}", hashes[0 if include_top else 1]


def preprocessing(mode: str | None) -> Callable[..., Any]:
    """A module's ``preprocess_input``."""

    def preprocess_input(x: Any, data_format: str | None = None) -> Any:
        """Images as the models of this module want them.

        Args:
          x: array or tensor of pixels from 0 to 255, ``[height, width, 3]`` or a batch; a float array is changed in
            place.
          data_format: "channels_last" or "channels_first".

        Returns:
          Array or Tensor; ``x`` itself where the model does the work.
        """
        return x if mode is None else imagenet_utils.preprocess_input(x, data_format=data_format, mode=mode)

    return preprocess_input
