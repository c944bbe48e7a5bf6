"""``image_dataset_from_directory``."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax import image as image_ops
from kerax import io as io_ops
from kerax.array_ops import transpose
from kerax.core.config import legacy_keras
from kerax.keras.engine.settings import standardize_data_format
from kerax.keras.utils import directory_index as index
from kerax.keras.utils.images import smart_resize

ALLOWLIST_FORMATS = (".bmp", ".gif", ".jpeg", ".jpg", ".png")
_CHANNELS = {"rgb": 3, "rgba": 4, "grayscale": 1}
_INTERPOLATIONS = ("bilinear", "nearest", "bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic")


def image_dataset_from_directory(
    directory: Any,
    labels: Any = "inferred",
    label_mode: str | None = "int",
    class_names: Any = None,
    color_mode: str = "rgb",
    batch_size: int | None = 32,
    image_size: Any = (256, 256),
    shuffle: bool = True,
    seed: int | None = None,
    validation_split: float | None = None,
    subset: str | None = None,
    interpolation: str = "bilinear",
    follow_links: bool = False,
    crop_to_aspect_ratio: bool = False,
    pad_to_aspect_ratio: bool = False,
    data_format: str | None = None,
    format: str = "tf",
    verbose: bool = True,
    **kwargs: Any,
) -> Any:
    """A dataset of the images in a folder, labelled by subfolder.

    Args:
      directory: str; with ``labels="inferred"`` it holds one folder for each class.
      labels: "inferred", None, or a list of integers in the files' alphabetical order.
      label_mode: "int", "categorical" (one-hot float32), "binary" (float32 0 or 1) or None.
      class_names: list of subfolders, to give their order.
      color_mode: "rgb", "rgba" or "grayscale".
      batch_size: int, or None for single images.
      image_size: (height, width) of all images.
      shuffle: bool, with ``seed``.
      validation_split: float in (0, 1), the share of the files for validation.
      subset: "training", "validation" or "both".
      interpolation: str, see ``tf.image.resize``.
      follow_links: bool, whether to go into linked folders.
      crop_to_aspect_ratio, pad_to_aspect_ratio: bool, whether to cut or pad rather than to distort.
      data_format: "channels_last" or "channels_first".
      format: "tf"; "grain" is not supported.
      verbose: bool, whether to print the number of files.
      smart_resize: Keras 2's older name of ``crop_to_aspect_ratio``.

    Returns:
      ``tf.data.Dataset`` of float32 ``[batch, height, width, channels]`` in 0–255 (and labels), with the
      attributes ``class_names`` and ``file_paths``; a list of two for ``subset="both"``.
    """
    if legacy_keras():
        crop_to_aspect_ratio = kwargs.pop("smart_resize", crop_to_aspect_ratio)
    if kwargs:
        raise TypeError(f"image_dataset_from_directory() got an unexpected keyword argument '{next(iter(kwargs))}'")
    index.check_labels(labels, label_mode, class_names, "image")
    if labels is None or label_mode is None:
        labels, label_mode = None, None
    if color_mode not in _CHANNELS:
        raise ValueError(
            f'`color_mode` must be one of {{"rgb", "rgba", "grayscale"}}. Received: color_mode={color_mode}'
        )
    if isinstance(image_size, int):
        image_size = (image_size, image_size)
    elif not isinstance(image_size, (list, tuple)) or len(image_size) != 2:
        raise ValueError(
            f"Invalid `image_size` value. Expected a tuple of 2 integers. Received: image_size={image_size}"
        )
    interpolation = interpolation.lower()
    if interpolation not in _INTERPOLATIONS:
        raise ValueError(
            f"Argument `interpolation` should be one of {_INTERPOLATIONS}. Received: interpolation={interpolation}"
        )
    if format != "tf":
        raise ValueError(f'`format` should be "tf" (datasets of the package grain are not made). Received: {format}')
    if pad_to_aspect_ratio and crop_to_aspect_ratio:
        raise ValueError("Only one of `pad_to_aspect_ratio`, `crop_to_aspect_ratio` can be set to `True`.")
    index.check_split(validation_split, subset, shuffle, seed)
    seed = np.random.randint(1e6) if seed is None else seed
    paths, labels, class_names = index.index_directory(
        directory, labels, ALLOWLIST_FORMATS, class_names, shuffle, seed, follow_links, verbose
    )
    check_binary(label_mode, class_names)
    data_format = standardize_data_format(data_format)
    channels = _CHANNELS[color_mode]

    def load(path: Any) -> Any:
        img = image_ops.decode_image(io_ops.read_file(path), channels=channels, expand_animations=False)
        if crop_to_aspect_ratio:
            img = smart_resize(img, image_size, interpolation=interpolation)
        elif pad_to_aspect_ratio:
            img = image_ops.resize_with_pad(img, image_size[0], image_size[1], method=interpolation)
        else:
            img = image_ops.resize(img, image_size, method=interpolation)
        return transpose(img, (2, 0, 1)) if data_format == "channels_first" else img

    return index.files_to_datasets(
        paths,
        labels,
        label_mode,
        class_names,
        load=load,
        batch=lambda dataset: dataset.batch(batch_size),
        batch_size=batch_size,
        shuffle=shuffle,
        seed=seed,
        validation_split=validation_split,
        subset=subset,
        nothing_found=lambda part: (
            f"No {part}images found in directory {directory}. Allowed formats: {ALLOWLIST_FORMATS}"
        ),
    )


def check_binary(label_mode: str | None, class_names: Any) -> None:
    """Raises ValueError where binary labels meet another number of classes than two."""
    if label_mode == "binary" and len(class_names) != 2:
        raise ValueError(
            'When passing `label_mode="binary"`, there must be exactly 2 class_names. '
            f"Received: class_names={class_names}"
        )
