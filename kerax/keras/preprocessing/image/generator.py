"""``ImageDataGenerator``: batches of images with random changes, of Keras 1."""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np

from kerax.keras.engine.settings import floatx, image_data_format
from kerax.keras.preprocessing.image.iterators import DataFrameIterator, DirectoryIterator, NumpyArrayIterator
from kerax.keras.preprocessing.image.transforms import (
    apply_affine_transform,
    apply_brightness_shift,
    apply_channel_shift,
)


def _shift(amount: Any, size: int) -> float:
    """A random shift in pixels: one of a list, or up to a number, in parts of the size where that is below 1."""
    if not amount:
        return 0
    try:
        found = np.random.choice(amount)
        found *= np.random.choice([-1, 1])
    except ValueError:  # a number
        found = np.random.uniform(-amount, amount)
    return found * size if np.max(amount) < 1 else found


class ImageDataGenerator:
    """Batches of images with random changes, standardized.

    Args:
      featurewise_center: bool, whether the data set's mean (see ``fit``) is taken away.
      samplewise_center: bool, whether each image's mean is.
      featurewise_std_normalization: bool, whether images are divided by the data set's standard deviation.
      samplewise_std_normalization: bool, whether by their own.
      zca_whitening: bool, whether images are decorrelated (see ``fit``).
      zca_epsilon: float.
      rotation_range: degrees.
      width_shift_range: float in parts of the width, int in pixels, or list to choose from.
      height_shift_range: likewise.
      brightness_range: pair of factors.
      shear_range: degrees.
      zoom_range: float z for factors from 1 - z to 1 + z, or pair of factors.
      channel_shift_range: float, what is added to all values at most.
      fill_mode: "constant", "nearest", "reflect" or "wrap", what comes from beyond the border.
      cval: float, for "constant".
      horizontal_flip: bool, whether half of the images are mirrored.
      vertical_flip: bool, likewise.
      rescale: float, a factor.
      preprocessing_function: function of an image, applied after the random changes.
      data_format: "channels_last" or "channels_first".
      validation_split: float between 0 and 1, the share of the subset "validation".
      interpolation_order: int, of splines.
      dtype: of the images.

    >>> import kerax as tf
    >>> images = np.ones((3, 2, 2, 1), "float32")
    >>> batches = tf.keras.preprocessing.image.ImageDataGenerator(rescale=0.5).flow(images, batch_size=2)
    >>> next(batches).shape
    (2, 2, 2, 1)
    """

    def __init__(
        self,
        featurewise_center: bool = False,
        samplewise_center: bool = False,
        featurewise_std_normalization: bool = False,
        samplewise_std_normalization: bool = False,
        zca_whitening: bool = False,
        zca_epsilon: float = 1e-6,
        rotation_range: float = 0,
        width_shift_range: Any = 0.0,
        height_shift_range: Any = 0.0,
        brightness_range: Any = None,
        shear_range: float = 0.0,
        zoom_range: Any = 0.0,
        channel_shift_range: float = 0.0,
        fill_mode: str = "nearest",
        cval: float = 0.0,
        horizontal_flip: bool = False,
        vertical_flip: bool = False,
        rescale: float | None = None,
        preprocessing_function: Any = None,
        data_format: str | None = None,
        validation_split: float = 0.0,
        interpolation_order: int = 1,
        dtype: Any = None,
    ) -> None:
        data_format = image_data_format() if data_format is None else data_format
        if data_format not in ("channels_last", "channels_first"):
            raise ValueError(
                '`data_format` should be `"channels_last"` (channel after row and column) or `"channels_first"` '
                f"(channel before row and column). Received: {data_format}"
            )
        if validation_split and not 0 < validation_split < 1:
            raise ValueError(f"`validation_split` must be strictly between 0 and 1. Received: {validation_split}")
        if brightness_range is not None and (
            not isinstance(brightness_range, (tuple, list)) or len(brightness_range) != 2
        ):
            raise ValueError(f"`brightness_range should be tuple or list of two floats. Received: {brightness_range}")
        self.featurewise_center, self.samplewise_center = featurewise_center, samplewise_center
        self.featurewise_std_normalization = featurewise_std_normalization
        self.samplewise_std_normalization = samplewise_std_normalization
        self.zca_whitening, self.zca_epsilon = zca_whitening, zca_epsilon
        self.rotation_range, self.shear_range = rotation_range, shear_range
        self.width_shift_range, self.height_shift_range = width_shift_range, height_shift_range
        self.brightness_range, self.channel_shift_range = brightness_range, channel_shift_range
        self.zoom_range = _zoom(zoom_range)
        self.fill_mode, self.cval, self.interpolation_order = fill_mode, cval, interpolation_order
        self.horizontal_flip, self.vertical_flip = horizontal_flip, vertical_flip
        self.rescale, self.preprocessing_function = rescale, preprocessing_function
        self.data_format, self.dtype = data_format, floatx() if dtype is None else dtype
        first = data_format == "channels_first"
        self.channel_axis, self.row_axis, self.col_axis = (1, 2, 3) if first else (3, 1, 2)
        self._validation_split = validation_split
        self.mean: Any = None
        self.std: Any = None
        self.zca_whitening_matrix: Any = None
        self._imply("zca_whitening", "featurewise_center", True)
        if zca_whitening:
            self._imply("zca_whitening", "featurewise_std_normalization", False)
        self._imply("featurewise_std_normalization", "featurewise_center", True)
        self._imply("samplewise_std_normalization", "samplewise_center", True)

    def _imply(self, cause: str, name: str, value: bool) -> None:
        if getattr(self, cause) and getattr(self, name) != value:
            warnings.warn(
                f"This ImageDataGenerator specifies `{cause}`, which overrides setting of `{name}`.", stacklevel=3
            )
            setattr(self, name, value)

    def flow(
        self,
        x: Any,
        y: Any = None,
        batch_size: int = 32,
        shuffle: bool = True,
        sample_weight: Any = None,
        seed: int | None = None,
        save_to_dir: Any = None,
        save_prefix: str = "",
        save_format: str = "png",
        ignore_class_split: bool = False,
        subset: str | None = None,
    ) -> NumpyArrayIterator:
        """Batches of arrays; see ``NumpyArrayIterator``."""
        return NumpyArrayIterator(
            x,
            y,
            self,
            batch_size=batch_size,
            shuffle=shuffle,
            sample_weight=sample_weight,
            seed=seed,
            data_format=self.data_format,
            save_to_dir=save_to_dir,
            save_prefix=save_prefix,
            save_format=save_format,
            ignore_class_split=ignore_class_split,
            subset=subset,
            dtype=self.dtype,
        )

    def flow_from_directory(
        self,
        directory: Any,
        target_size: Any = (256, 256),
        color_mode: str = "rgb",
        classes: Any = None,
        class_mode: str | None = "categorical",
        batch_size: int = 32,
        shuffle: bool = True,
        seed: int | None = None,
        save_to_dir: Any = None,
        save_prefix: str = "",
        save_format: str = "png",
        follow_links: bool = False,
        subset: str | None = None,
        interpolation: str = "nearest",
        keep_aspect_ratio: bool = False,
    ) -> DirectoryIterator:
        """Batches of the image files of a folder with one folder for each class; see ``DirectoryIterator``."""
        return DirectoryIterator(
            directory,
            self,
            target_size=target_size,
            color_mode=color_mode,
            keep_aspect_ratio=keep_aspect_ratio,
            classes=classes,
            class_mode=class_mode,
            data_format=self.data_format,
            batch_size=batch_size,
            shuffle=shuffle,
            seed=seed,
            save_to_dir=save_to_dir,
            save_prefix=save_prefix,
            save_format=save_format,
            follow_links=follow_links,
            subset=subset,
            interpolation=interpolation,
            dtype=self.dtype,
        )

    def flow_from_dataframe(
        self,
        dataframe: Any,
        directory: Any = None,
        x_col: str = "filename",
        y_col: Any = "class",
        weight_col: str | None = None,
        target_size: Any = (256, 256),
        color_mode: str = "rgb",
        classes: Any = None,
        class_mode: str | None = "categorical",
        batch_size: int = 32,
        shuffle: bool = True,
        seed: int | None = None,
        save_to_dir: Any = None,
        save_prefix: str = "",
        save_format: str = "png",
        subset: str | None = None,
        interpolation: str = "nearest",
        validate_filenames: bool = True,
        **kwargs: Any,
    ) -> DataFrameIterator:
        """Batches of the image files that a data frame names; see ``DataFrameIterator``."""
        for name in ("has_ext", "sort", "drop_duplicates"):
            if name in kwargs:
                warnings.warn(f"{name} is deprecated and has no effect.", DeprecationWarning, stacklevel=2)
        if class_mode == "other":
            warnings.warn(
                '`class_mode="other"` is deprecated, please use `class_mode="raw"`.', DeprecationWarning, stacklevel=2
            )
            class_mode = "raw"
        return DataFrameIterator(
            dataframe,
            directory,
            self,
            x_col=x_col,
            y_col=y_col,
            weight_col=weight_col,
            target_size=target_size,
            color_mode=color_mode,
            classes=classes,
            class_mode=class_mode,
            data_format=self.data_format,
            batch_size=batch_size,
            shuffle=shuffle,
            seed=seed,
            save_to_dir=save_to_dir,
            save_prefix=save_prefix,
            save_format=save_format,
            subset=subset,
            interpolation=interpolation,
            validate_filenames=validate_filenames,
            dtype=self.dtype,
        )

    def _unfitted(self, name: str) -> None:
        warnings.warn(
            f"This ImageDataGenerator specifies `{name}`, but it hasn't been fit on any training data. Fit it first "
            "by calling `.fit(numpy_data)`.",
            stacklevel=3,
        )

    def standardize(self, x: np.ndarray) -> np.ndarray:
        """An image preprocessed, scaled, centred and normalized, in place where that is possible."""
        if self.preprocessing_function:
            x = self.preprocessing_function(x)
        if self.rescale:
            x *= self.rescale
        if self.samplewise_center:
            x -= np.mean(x, keepdims=True)
        if self.samplewise_std_normalization:
            x /= np.std(x, keepdims=True) + 1e-6
        if self.featurewise_center:
            if self.mean is None:
                self._unfitted("featurewise_center")
            else:
                x -= self.mean
        if self.featurewise_std_normalization:
            if self.std is None:
                self._unfitted("featurewise_std_normalization")
            else:
                x /= self.std + 1e-6
        if self.zca_whitening:
            if self.zca_whitening_matrix is None:
                self._unfitted("zca_whitening")
            else:
                flat = x.reshape(-1, math.prod(x.shape[-3:]))
                x = np.reshape(flat @ self.zca_whitening_matrix, x.shape)
        return x

    def get_random_transform(self, img_shape: Any, seed: int | None = None) -> dict[str, Any]:
        """Draws the changes for an image of a shape, with numpy's global generator."""
        if seed is not None:
            np.random.seed(seed)
        found: dict[str, Any] = {"theta": 0, "shear": 0, "zx": 1, "zy": 1}
        if self.rotation_range:
            found["theta"] = np.random.uniform(-self.rotation_range, self.rotation_range)
        found["tx"] = _shift(self.height_shift_range, img_shape[self.row_axis - 1])
        found["ty"] = _shift(self.width_shift_range, img_shape[self.col_axis - 1])
        if self.shear_range:
            found["shear"] = np.random.uniform(-self.shear_range, self.shear_range)
        if self.zoom_range != [1, 1]:
            found["zx"], found["zy"] = np.random.uniform(self.zoom_range[0], self.zoom_range[1], 2)
        found["flip_horizontal"] = (np.random.random() < 0.5) * self.horizontal_flip
        found["flip_vertical"] = (np.random.random() < 0.5) * self.vertical_flip
        found["channel_shift_intensity"] = found["brightness"] = None
        if self.channel_shift_range != 0:
            found["channel_shift_intensity"] = np.random.uniform(-self.channel_shift_range, self.channel_shift_range)
        if self.brightness_range is not None:
            found["brightness"] = np.random.uniform(self.brightness_range[0], self.brightness_range[1])
        return found

    def apply_transform(self, x: np.ndarray, transform_parameters: dict[str, Any]) -> np.ndarray:
        """An image with the changes that ``get_random_transform`` drew."""
        rows, columns, channels = self.row_axis - 1, self.col_axis - 1, self.channel_axis - 1
        drawn = transform_parameters
        x = apply_affine_transform(
            x,
            drawn.get("theta", 0),
            drawn.get("tx", 0),
            drawn.get("ty", 0),
            drawn.get("shear", 0),
            drawn.get("zx", 1),
            drawn.get("zy", 1),
            row_axis=rows,
            col_axis=columns,
            channel_axis=channels,
            fill_mode=self.fill_mode,
            cval=self.cval,
            order=self.interpolation_order,
        )
        if drawn.get("channel_shift_intensity") is not None:
            x = apply_channel_shift(x, drawn["channel_shift_intensity"], channels)
        if drawn.get("flip_horizontal", False):
            x = np.flip(x, columns)
        if drawn.get("flip_vertical", False):
            x = np.flip(x, rows)
        if drawn.get("brightness") is not None:
            x = apply_brightness_shift(x, drawn["brightness"], False)
        return x

    def random_transform(self, x: np.ndarray, seed: int | None = None) -> np.ndarray:
        """An image with random changes."""
        return self.apply_transform(x, self.get_random_transform(x.shape, seed))

    def fit(self, x: Any, augment: bool = False, rounds: int = 1, seed: int | None = None) -> None:
        """Computes what the featurewise settings and whitening need.

        Args:
          x: images ``[batch, height, width, channels]``.
          augment: bool, whether of images with random changes.
          rounds: int, how many such of each image.
          seed: int.

        Raises:
          ValueError: another rank.
        """
        x = np.array(x, dtype=self.dtype)
        if x.ndim != 4:
            raise ValueError(f"Input to `.fit()` should have rank 4. Got array with shape: {x.shape}")
        if x.shape[self.channel_axis] not in (1, 3, 4):
            warnings.warn(
                f'Expected input to be images following the data format convention "{self.data_format}" (channels on '
                f"axis {self.channel_axis}), i.e. 1, 3 or 4 channels. However, it was passed an array with shape "
                f"{x.shape}.",
                stacklevel=2,
            )
        if seed is not None:
            np.random.seed(seed)
        if self.rescale:
            x *= self.rescale
        if augment:
            x = np.stack([self.random_transform(image) for _ in range(rounds) for image in x]).astype(self.dtype)
        spatial = (0, self.row_axis, self.col_axis)
        if self.featurewise_center:
            self.mean = np.mean(x, axis=spatial, keepdims=True)[0]
            x -= self.mean
        if self.featurewise_std_normalization:
            self.std = np.std(x, axis=spatial, keepdims=True)[0]
            x /= self.std + 1e-6
        if self.zca_whitening:
            vectors, values, _ = np.linalg.svd(x.reshape(len(x), -1).T, full_matrices=False)
            self.zca_whitening_matrix = (vectors * (np.sqrt(len(x)) / (values + self.zca_epsilon))).dot(vectors.T)


def _zoom(zoom_range: Any) -> list[float]:
    if isinstance(zoom_range, (float, int)):
        return [1 - zoom_range, 1 + zoom_range]
    if len(zoom_range) == 2 and all(isinstance(value, (float, int)) for value in zoom_range):
        return [zoom_range[0], zoom_range[1]]
    raise ValueError(f"`zoom_range` should be a float or a tuple or list of two floats. Received: {zoom_range}")
