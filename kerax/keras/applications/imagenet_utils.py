"""Images as ImageNet models want them, and their answers as words."""

from __future__ import annotations

import json
import warnings
from typing import Any

import numpy as np

from kerax.keras import ops
from kerax.keras.engine.settings import floatx, image_data_format
from kerax.keras.utils.file_utils import get_file

CLASS_INDEX_PATH = "https://storage.googleapis.com/download.tensorflow.org/data/imagenet_class_index.json"
_FILE_HASH = "c2c37ea517e94d9795004a39431a14cb"
_MEANS = {"caffe": (103.939, 116.779, 123.68), "torch": (0.485, 0.456, 0.406)}
_DEVIATIONS = (0.229, 0.224, 0.225)
_class_index: dict[str, Any] = {}


def preprocess_input(x: Any, data_format: str | None = None, mode: str = "caffe") -> Any:
    """Images as a model was trained on them.

    Args:
      x: array or tensor of pixels from 0 to 255, ``[height, width, 3]`` or a batch, red first. A float array is
        changed in place.
      data_format: "channels_last" or "channels_first".
      mode: "caffe" for blue first and the mean of ImageNet subtracted, "tf" for -1 to 1, "torch" for 0 to 1 and then
        mean and deviation of ImageNet.

    Returns:
      Array or Tensor of floats.

    Raises:
      ValueError: no such mode or format.

    >>> import kerax as tf
    >>> import numpy as np
    >>> tf.keras.applications.imagenet_utils.preprocess_input(np.full((1, 1, 3), 255), mode="tf")
    array([[[1., 1., 1.]]], dtype=float32)
    """
    if mode not in ("caffe", "tf", "torch"):
        raise ValueError(f"Expected mode to be one of `caffe`, `tf` or `torch`. Received: mode={mode}")
    if data_format is None:
        data_format = image_data_format()
    elif data_format not in ("channels_first", "channels_last"):
        raise ValueError(
            "Expected data_format to be one of `channels_first` or `channels_last`. "
            f"Received: data_format={data_format}"
        )
    rank = len(x.shape)
    axis = rank - 1 if data_format == "channels_last" else rank - 3
    shape = tuple(3 if i == axis else 1 for i in range(rank))
    if isinstance(x, np.ndarray):
        return _array(x, mode, axis, shape)
    return _tensor(x, mode, axis, shape)


def _array(x: np.ndarray, mode: str, axis: int, shape: tuple[int, ...]) -> np.ndarray:
    if not issubclass(x.dtype.type, np.floating):
        x = x.astype(floatx(), copy=False)
    if mode == "tf":
        x /= 127.5
        x -= 1.0
        return x
    if mode == "torch":
        x /= 255.0
    else:
        x = np.flip(x, axis)
    x -= np.reshape(_MEANS[mode], shape).astype(x.dtype)
    if mode == "torch":
        x /= np.reshape(_DEVIATIONS, shape).astype(x.dtype)
    return x


def _tensor(x: Any, mode: str, axis: int, shape: tuple[int, ...]) -> Any:
    if mode == "tf":
        return x / 127.5 - 1.0
    x = x / 255.0 if mode == "torch" else ops.flip(x, axis)
    x = x + ops.convert_to_tensor(np.reshape([-mean for mean in _MEANS[mode]], shape), dtype=x.dtype)
    if mode == "torch":
        x = x / ops.convert_to_tensor(np.reshape(_DEVIATIONS, shape), dtype=x.dtype)
    return x


def decode_predictions(preds: Any, top: int = 5) -> list[list[tuple[str, str, float]]]:
    """The most probable classes of ImageNet.

    Args:
      preds: array or tensor of probabilities ``[samples, 1000]``.
      top: int, how many classes.

    Returns:
      For each sample a list of (class number, class name, probability).

    Raises:
      ValueError: another shape.
    """
    if len(preds.shape) != 2 or preds.shape[1] != 1000:
        raise ValueError(
            "`decode_predictions` expects a batch of predictions (i.e. a 2D array of shape (samples, 1000)). "
            f"Received array with shape: {preds.shape}"
        )
    if not _class_index:
        path = get_file("imagenet_class_index.json", CLASS_INDEX_PATH, cache_subdir="models", file_hash=_FILE_HASH)
        with open(path, encoding="utf8") as file:
            _class_index.update(json.load(file))
    results = []
    for row in ops.convert_to_numpy(preds):
        best = row.argsort()[-top:][::-1]
        found = [(*_class_index[str(i)], row[i]) for i in best]
        results.append(sorted(found, key=lambda item: item[2], reverse=True))
    return results


def obtain_input_shape(
    input_shape: Any, default_size: int, min_size: int, data_format: str, require_flatten: bool, weights: Any = None
) -> tuple[int | None, ...]:
    """The input shape of a model: what the user gave, checked, or the default.

    Args:
      input_shape: None, or three ints.
      default_size: int, the default height and width.
      min_size: int, the least height and width.
      data_format: "channels_last" or "channels_first".
      require_flatten: bool, whether the size must be known.
      weights: "imagenet", a path, or None.

    Raises:
      ValueError: a shape that the model cannot take.
    """
    first = data_format == "channels_first"
    channel = 0 if first else -1
    channels = 3
    if weights != "imagenet" and input_shape and len(input_shape) == 3:
        channels = input_shape[channel]
        if channels not in (1, 3):
            warnings.warn(
                "This model usually expects 1 or 3 input channels. However, it was passed an input_shape with "
                f"{channels} input channels.",
                stacklevel=2,
            )
    default = (channels, default_size, default_size) if first else (default_size, default_size, channels)
    if weights == "imagenet" and require_flatten:
        if input_shape is not None and tuple(input_shape) != default:
            raise ValueError(
                "When setting `include_top=True` and loading `imagenet` weights, `input_shape` should be "
                f"{default}.  Received: input_shape={input_shape}"
            )
        return default
    if input_shape:
        if len(input_shape) != 3:
            raise ValueError("`input_shape` must be a tuple of three integers.")
        if input_shape[channel] != 3 and weights == "imagenet":
            raise ValueError(f"The input must have 3 channels; Received `input_shape={input_shape}`")
        sizes = input_shape[1:] if first else input_shape[:-1]
        if any(size is not None and size < min_size for size in sizes):
            raise ValueError(f"Input size must be at least {min_size}x{min_size}; Received: input_shape={input_shape}")
    elif require_flatten:
        input_shape = default
    else:
        input_shape = (3, None, None) if first else (None, None, 3)
    if require_flatten and None in input_shape:
        raise ValueError(
            f"If `include_top` is True, you should specify a static `input_shape`. Received: input_shape={input_shape}"
        )
    return tuple(input_shape)


def correct_pad(inputs: Any, kernel_size: Any) -> tuple[tuple[int, int], tuple[int, int]]:
    """The padding that centres a convolution with stride 2."""
    start = 2 if image_data_format() == "channels_first" else 1
    sizes = inputs.shape[start : start + 2]
    kernel = (kernel_size,) * 2 if isinstance(kernel_size, int) else kernel_size
    less = (1, 1) if sizes[0] is None else (1 - sizes[0] % 2, 1 - sizes[1] % 2)
    half = kernel[0] // 2, kernel[1] // 2
    return (half[0] - less[0], half[0]), (half[1] - less[1], half[1])


def validate_activation(classifier_activation: Any, weights: Any) -> None:
    """Pretrained classifiers take only softmax or none as their last activation."""
    if weights is None:
        return
    from kerax.keras import activations

    chosen = activations.get(classifier_activation)
    if chosen not in (activations.get("softmax"), activations.get(None)):
        raise ValueError(
            "Only `None` and `softmax` activations are allowed for the `classifier_activation` argument when using "
            f"pretrained weights, with `include_top=True`; Received: classifier_activation={chosen}"
        )
