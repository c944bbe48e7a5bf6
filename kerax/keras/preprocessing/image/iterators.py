"""Endless batches of images from arrays, folders and data frames, of Keras 1."""

from __future__ import annotations

import os
import threading
import warnings
from typing import Any

import numpy as np

from kerax.keras.engine.settings import floatx, image_data_format
from kerax.keras.utils.images import array_to_img, img_to_array, load_img
from kerax.keras.utils.io_utils import print_msg
from kerax.keras.utils.py_dataset import PyDataset

_CHANNELS = {"rgba": 4, "rgb": 3, "grayscale": 1}
_NO_CLASSES = ("input", "multi_output", "raw", None)


class Iterator(PyDataset):
    """Batches by index, and endlessly by ``next``.

    Subclasses write ``_get_batches_of_transformed_samples(index_array)``.

    Args:
      n: int, the number of samples.
      batch_size: int.
      shuffle: bool, whether each pass over the data has another order.
      seed: int for numpy's global generator.
    """

    white_list_formats = ("png", "jpg", "jpeg", "bmp", "ppm", "tif", "tiff")

    def __init__(self, n: int, batch_size: int, shuffle: bool, seed: int | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.n, self.batch_size, self.shuffle, self.seed = n, batch_size, shuffle, seed
        self.batch_index = 0
        self.total_batches_seen = 0
        self.lock = threading.Lock()
        self.index_array: Any = None

    def _set_index_array(self) -> None:
        self.index_array = np.random.permutation(self.n) if self.shuffle else np.arange(self.n)

    def _count_batch(self) -> None:
        if self.seed is not None:
            np.random.seed(self.seed + self.total_batches_seen)

    def __getitem__(self, idx: int) -> Any:
        if idx >= len(self):
            raise ValueError(f"Asked to retrieve element {idx}, but the Sequence has length {len(self)}")
        self._count_batch()
        self.total_batches_seen += 1
        if self.index_array is None:
            self._set_index_array()
        return self._get_batches_of_transformed_samples(
            self.index_array[self.batch_size * idx : self.batch_size * (idx + 1)]
        )

    def __len__(self) -> int:
        return (self.n + self.batch_size - 1) // self.batch_size

    def on_epoch_end(self) -> None:
        """Draws a new order."""
        self._set_index_array()

    def reset(self) -> None:
        """Begins anew with the first batch."""
        self.batch_index = 0

    def _next_indices(self) -> np.ndarray:
        self._count_batch()
        if self.batch_index == 0:
            self._set_index_array()
        start = self.batch_index * self.batch_size % self.n if self.n else 0
        self.batch_index = self.batch_index + 1 if self.n > start + self.batch_size else 0
        self.total_batches_seen += 1
        return self.index_array[start : start + self.batch_size]

    def __iter__(self) -> Iterator:
        return self

    def __next__(self) -> Any:
        with self.lock:
            indices = self._next_indices()
        return self._get_batches_of_transformed_samples(indices)

    def _get_batches_of_transformed_samples(self, index_array: np.ndarray) -> Any:
        raise NotImplementedError

    def _save(self, batch: np.ndarray, index_array: np.ndarray, largest: float) -> None:
        """Writes the images of a batch to ``save_to_dir``, if there is one."""
        settings: Any = self
        if not settings.save_to_dir:
            return
        for image, index in zip(batch, index_array, strict=True):
            name = f"{settings.save_prefix}_{index}_{np.random.randint(largest)}.{settings.save_format}"
            found = array_to_img(image, settings.data_format, scale=True)
            found.save(os.path.join(settings.save_to_dir, name))


class NumpyArrayIterator(Iterator):
    """Batches of arrays.

    Args:
      x: images ``[batch, height, width, channels]``, or a pair of such and further arrays.
      y: labels, or None.
      image_data_generator: ``ImageDataGenerator`` that changes the images.
      batch_size: int.
      shuffle: bool.
      sample_weight: array ``[batch]``.
      seed: int.
      data_format: "channels_last" or "channels_first".
      save_to_dir: folder that the images are written to, None for none.
      save_prefix: str, of the files' names.
      save_format: "png" or "jpeg".
      subset: "training", "validation" or None for all.
      ignore_class_split: bool, whether the subsets may differ in classes.
      dtype: of the images.
    """

    def __init__(
        self,
        x: Any,
        y: Any,
        image_data_generator: Any,
        batch_size: int = 32,
        shuffle: bool = False,
        sample_weight: Any = None,
        seed: int | None = None,
        data_format: str | None = None,
        save_to_dir: Any = None,
        save_prefix: str = "",
        save_format: str = "png",
        subset: str | None = None,
        ignore_class_split: bool = False,
        dtype: Any = None,
    ) -> None:
        self.data_format = image_data_format() if data_format is None else data_format
        self.dtype = floatx() if dtype is None else dtype
        others: list[Any] = []
        if isinstance(x, (tuple, list)):
            others = [np.asarray(part) for part in (x[1] if isinstance(x[1], list) else [x[1]])]
            x = x[0]
            for part in others:
                if len(x) != len(part):
                    raise ValueError(
                        "All of the arrays in `x` should have the same length. Found a pair with: "
                        f"len(x[0]) = {len(x)}, len(x[?]) = {len(part)}"
                    )
        for name, values in (("`y` (labels)", y), ("`sample_weight`", sample_weight)):
            if values is not None and len(x) != len(values):
                raise ValueError(
                    f"`x` (images tensor) and {name} should have the same length. Found: "
                    f"x.shape = {np.asarray(x).shape}, and {np.asarray(values).shape}"
                )
        if subset is not None:
            part = _subset(subset, len(x), image_data_generator._validation_split)
            other = slice(part.stop, None) if subset == "validation" else slice(0, part.start)
            if y is not None and not ignore_class_split and set(np.unique(y[part])) != set(np.unique(y[other])):
                raise ValueError(
                    "Training and validation subsets have different number of classes after the split. If your numpy "
                    "arrays are sorted by the label, you might want to shuffle them."
                )
            x, others, y = x[part], [values[part] for values in others], None if y is None else y[part]
        self.x = np.asarray(x, dtype=self.dtype)
        self.x_misc = others
        if self.x.ndim != 4:
            raise ValueError(
                f"Input data in `NumpyArrayIterator` should have rank 4. You passed an array with shape {self.x.shape}"
            )
        axis = 3 if self.data_format == "channels_last" else 1
        if self.x.shape[axis] not in (1, 3, 4):
            warnings.warn(
                f'NumpyArrayIterator is set to use the data format convention "{self.data_format}" (channels on axis '
                f"{axis}), i.e. expected either 1, 3, or 4 channels on axis {axis}. However, it was passed an array "
                f"with shape {self.x.shape} ({self.x.shape[axis]} channels).",
                stacklevel=2,
            )
        self.y = None if y is None else np.asarray(y)
        self.sample_weight = None if sample_weight is None else np.asarray(sample_weight)
        self.image_data_generator = image_data_generator
        self.save_to_dir, self.save_prefix, self.save_format = save_to_dir, save_prefix, save_format
        super().__init__(self.x.shape[0], batch_size, shuffle, seed)

    def _get_batches_of_transformed_samples(self, index_array: np.ndarray) -> Any:
        batch = np.zeros((len(index_array), *self.x.shape[1:]), dtype=self.dtype)
        generator = self.image_data_generator
        for i, index in enumerate(index_array):
            image = self.x[index]
            drawn = generator.get_random_transform(image.shape)
            batch[i] = generator.standardize(generator.apply_transform(image.astype(self.dtype), drawn))
        self._save(batch, index_array, 1e4)
        images = [batch, *(values[index_array] for values in self.x_misc)] if self.x_misc else batch
        if self.y is None:
            return images
        if self.sample_weight is None:
            return images, self.y[index_array]
        return images, self.y[index_array], self.sample_weight[index_array]


def _subset(subset: Any, count: int, share: float) -> slice:
    """The part of ``count`` samples that a subset is.

    Raises:
      ValueError: an unknown name.
    """
    if subset not in ("training", "validation"):
        raise ValueError(f'Invalid subset name: {subset}; expected "training" or "validation".')
    border = int(count * share)
    return slice(0, border) if subset == "validation" else slice(border, None)


class _FilesIterator(Iterator):
    """Batches of image files; see the subclasses."""

    filepaths: Any = ()
    labels: Any = None
    sample_weight: Any = None
    class_mode: Any = None
    class_indices: Any = None
    dtype: Any = None

    def _set(self, generator: Any, target_size: Any, color_mode: str, subset: Any, **settings: Any) -> None:
        if color_mode not in _CHANNELS:
            raise ValueError(f'Invalid color mode: {color_mode}; expected "rgb", "rgba", or "grayscale".')
        self.image_data_generator, self.target_size, self.color_mode = generator, tuple(target_size), color_mode
        for name, value in settings.items():
            setattr(self, name, value)
        channels = (_CHANNELS[color_mode],)
        last = settings["data_format"] == "channels_last"
        self.image_shape = (*self.target_size, *channels) if last else (*channels, *self.target_size)
        if subset not in (None, "training", "validation"):
            raise ValueError(f'Invalid subset name: {subset};expected "training" or "validation"')
        share = 0.0 if subset is None else generator._validation_split
        self.subset = subset
        self.split = None if subset is None else (0, share) if subset == "validation" else (share, 1)

    def _get_batches_of_transformed_samples(self, index_array: np.ndarray) -> Any:
        settings: Any = self
        batch = np.zeros((len(index_array), *self.image_shape), dtype=self.dtype)
        for i, index in enumerate(index_array):
            image = load_img(
                self.filepaths[index],
                color_mode=self.color_mode,
                target_size=self.target_size,
                interpolation=settings.interpolation,
                keep_aspect_ratio=settings.keep_aspect_ratio,
            )
            x = img_to_array(image, data_format=settings.data_format)
            generator = self.image_data_generator
            if generator:
                drawn = generator.get_random_transform(x.shape)
                x = generator.standardize(generator.apply_transform(x, drawn))
            batch[i] = x
        self._save(batch, index_array, 1e7)
        labels = self._labels_of(batch, index_array)
        if labels is None:
            return batch
        return (batch, labels) if self.sample_weight is None else (batch, labels, self.sample_weight[index_array])

    def _labels_of(self, batch: np.ndarray, index_array: np.ndarray) -> Any:
        if self.class_mode == "input":
            return batch.copy()
        if self.class_mode == "multi_output":
            return [output[index_array] for output in self.labels]
        if self.class_mode == "raw":
            return self.labels[index_array]
        if self.class_mode in ("binary", "sparse"):
            return np.array([self.labels[index] for index in index_array], dtype=self.dtype)
        if self.class_mode != "categorical":
            return None
        found = np.zeros((len(batch), len(self.class_indices)), dtype=self.dtype)
        for row, index in zip(found, index_array, strict=True):
            row[self.labels[index]] = 1.0
        return found


class DirectoryIterator(_FilesIterator):
    """Batches of the image files of a folder that holds a folder for each class.

    Args:
      directory: path.
      image_data_generator: ``ImageDataGenerator`` that changes the images.
      target_size: (height, width), to which images are resized.
      color_mode: "rgb", "rgba" or "grayscale".
      classes: list of the classes' folders, by default all in order.
      class_mode: "categorical" for one-hot labels, "binary" or "sparse" for numbers, "input" for the images
        themselves, None for no labels.
      batch_size: int.
      shuffle: bool.
      seed: int.
      data_format: "channels_last" or "channels_first".
      save_to_dir: folder that the images are written to, None for none.
      save_prefix: str, of the files' names.
      save_format: "png" or "jpeg".
      follow_links: bool, whether links to folders are followed.
      subset: "training", "validation" or None for all.
      interpolation: as for ``load_img``.
      keep_aspect_ratio: bool, whether images are cut to the target's ratio first.
      dtype: of the images.
    """

    allowed_class_modes = ("categorical", "binary", "sparse", "input", None)

    def __init__(
        self,
        directory: Any,
        image_data_generator: Any,
        target_size: Any = (256, 256),
        color_mode: str = "rgb",
        classes: Any = None,
        class_mode: str | None = "categorical",
        batch_size: int = 32,
        shuffle: bool = True,
        seed: int | None = None,
        data_format: str | None = None,
        save_to_dir: Any = None,
        save_prefix: str = "",
        save_format: str = "png",
        follow_links: bool = False,
        subset: str | None = None,
        interpolation: str = "nearest",
        keep_aspect_ratio: bool = False,
        dtype: Any = None,
    ) -> None:
        self._set(
            image_data_generator,
            target_size,
            color_mode,
            subset,
            data_format=image_data_format() if data_format is None else data_format,
            save_to_dir=save_to_dir,
            save_prefix=save_prefix,
            save_format=save_format,
            interpolation=interpolation,
            keep_aspect_ratio=keep_aspect_ratio,
        )
        if class_mode not in self.allowed_class_modes:
            raise ValueError(f"Invalid class_mode: {class_mode}; expected one of: {self.allowed_class_modes}")
        self.directory, self.class_mode = directory, class_mode
        self.dtype = floatx() if dtype is None else dtype
        if not classes:
            classes = sorted(name for name in os.listdir(directory) if os.path.isdir(os.path.join(directory, name)))
        self.num_classes = len(classes)
        self.class_indices = {name: index for index, name in enumerate(classes)}
        self.filenames: list[str] = []
        numbers: list[int] = []
        for name, index in self.class_indices.items():
            found = self._files(os.path.join(directory, name), follow_links)
            self.filenames += [os.path.relpath(path, directory) for path in found]
            numbers += [index] * len(found)
        self.samples = len(self.filenames)
        self.classes = self.labels = np.array(numbers, dtype="int32")
        print_msg(f"Found {self.samples} images belonging to {self.num_classes} classes.")
        self.filepaths = [os.path.join(directory, name) for name in self.filenames]
        super().__init__(self.samples, batch_size, shuffle, seed)

    def _files(self, folder: str, follow_links: bool) -> list[str]:
        found = []
        for root, _, names in sorted(os.walk(folder, followlinks=follow_links), key=lambda item: item[0]):
            for name in sorted(names):
                if name.lower().endswith(".tiff"):
                    warnings.warn('Using ".tiff" files with multiple bands will cause distortion.', stacklevel=3)
                if name.lower().endswith(self.white_list_formats):
                    found.append(os.path.join(root, name))
        if self.split is None:
            return found
        return found[int(self.split[0] * len(found)) : int(self.split[1] * len(found))]


class DataFrameIterator(_FilesIterator):
    """Batches of the image files that a pandas data frame names.

    Args:
      dataframe: pandas DataFrame.
      directory: path before the files' names, None where they are complete.
      image_data_generator: ``ImageDataGenerator`` that changes the images.
      x_col: str, the column with the names.
      y_col: str or list of str, the column(s) with the labels.
      weight_col: str, the column with sample weights.
      target_size: (height, width), to which images are resized.
      color_mode: "rgb", "rgba" or "grayscale".
      classes: list of the classes that are used, by default all in order.
      class_mode: "categorical", "binary", "sparse", "input", "multi_output", "raw" or None.
      batch_size: int.
      shuffle: bool.
      seed: int.
      data_format: "channels_last" or "channels_first".
      save_to_dir: folder that the images are written to, None for none.
      save_prefix: str, of the files' names.
      save_format: "png" or "jpeg".
      subset: "training", "validation" or None for all.
      interpolation: as for ``load_img``.
      keep_aspect_ratio: bool, whether images are cut to the target's ratio first.
      dtype: of the images.
      validate_filenames: bool, whether files that do not exist are left out.
    """

    allowed_class_modes = ("binary", "categorical", "input", "multi_output", "raw", "sparse", None)

    def __init__(
        self,
        dataframe: Any,
        directory: Any = None,
        image_data_generator: Any = None,
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
        data_format: str = "channels_last",
        save_to_dir: Any = None,
        save_prefix: str = "",
        save_format: str = "png",
        subset: str | None = None,
        interpolation: str = "nearest",
        keep_aspect_ratio: bool = False,
        dtype: Any = "float32",
        validate_filenames: bool = True,
    ) -> None:
        self._set(
            image_data_generator,
            target_size,
            color_mode,
            subset,
            data_format=data_format,
            save_to_dir=save_to_dir,
            save_prefix=save_prefix,
            save_format=save_format,
            interpolation=interpolation,
            keep_aspect_ratio=keep_aspect_ratio,
        )
        frame = dataframe.copy()
        self.directory, self.class_mode, self.dtype = directory or "", class_mode, dtype
        self._check(frame, x_col, y_col, weight_col, classes)
        if validate_filenames:
            frame = self._existing(frame, x_col)
        has_classes = class_mode not in _NO_CLASSES
        if has_classes:
            frame, classes = _of_classes(frame, y_col, classes)
            self.class_indices = {name: index for index, name in enumerate(classes)}
        if self.split:
            frame = frame.iloc[int(self.split[0] * len(frame)) : int(self.split[1] * len(frame)), :]
        if has_classes:
            self.classes = self.labels = [
                [self.class_indices[one] for one in label]
                if isinstance(label, (list, tuple))
                else self.class_indices[label]
                for label in frame[y_col]
            ]
        elif class_mode == "multi_output":
            self.labels = [np.array(frame[column].tolist()) for column in y_col]
        elif class_mode == "raw":
            self.labels = frame[y_col].values
        self.filenames = frame[x_col].tolist()
        self.sample_weight = frame[weight_col].values if weight_col else None
        self.samples = len(self.filenames)
        checked = "validated" if validate_filenames else "non-validated"
        of_classes = f" belonging to {len(classes)} classes" if has_classes else ""
        print_msg(f"Found {self.samples} {checked} image filenames{of_classes}.")
        self.filepaths = [os.path.join(self.directory, name) for name in self.filenames]
        super().__init__(self.samples, batch_size, shuffle, seed)

    def _check(self, frame: Any, x_col: str, y_col: Any, weight_col: Any, classes: Any) -> None:
        mode = self.class_mode
        if mode not in self.allowed_class_modes:
            raise ValueError(f"Invalid class_mode: {mode}; expected one of: {self.allowed_class_modes}")
        if mode == "multi_output" and not isinstance(y_col, list):
            raise TypeError(f'If class_mode="{mode}", y_col must be a list. Received {type(y_col).__name__}.')
        if not all(isinstance(name, str) for name in frame[x_col]):
            raise TypeError(f"All values in column x_col={x_col} must be strings.")
        if mode in ("binary", "sparse") and not all(isinstance(label, str) for label in frame[y_col]):
            raise TypeError(f'If class_mode="{mode}", y_col="{y_col}" column values must be strings.')
        if mode == "binary":
            count = len(set(classes)) if classes else frame[y_col].nunique()
            if count != 2:
                raise ValueError(f'If class_mode="binary" there must be 2 classes. Found {count} classes.')
        if mode == "categorical" and not all(isinstance(label, (str, list, tuple)) for label in frame[y_col]):
            raise TypeError(
                f'If class_mode="{mode}", y_col="{y_col}" column values must be type string, list or tuple.'
            )
        if classes and mode in _NO_CLASSES:
            warnings.warn(f'`classes` will be ignored given the class_mode="{mode}"', stacklevel=3)
        if weight_col and not issubclass(frame[weight_col].dtype.type, np.number):
            raise TypeError(f"Column weight_col={weight_col} must be numeric.")

    def _existing(self, frame: Any, x_col: str) -> Any:
        paths = [os.path.join(self.directory, name) for name in frame[x_col]]
        kept = np.array(
            [path.lower().endswith(self.white_list_formats) and os.path.isfile(path) for path in paths], bool
        )
        if not kept.all():
            warnings.warn(
                f'Found {(~kept).sum()} invalid image filename(s) in x_col="{x_col}". These filename(s) will be '
                "ignored.",
                stacklevel=3,
            )
        return frame[kept]


def _of_classes(frame: Any, y_col: str, classes: Any) -> tuple[Any, list[Any]]:
    """The rows whose labels are among the classes, and the classes: all, in order, where none are given."""
    if not classes:
        found: set[Any] = set()
        for label in frame[y_col]:
            found.update(label if isinstance(label, (list, tuple)) else [label])
        return frame.dropna(subset=[y_col]), sorted(found)
    classes = list(dict.fromkeys(classes))

    def kept(label: Any) -> Any:
        if isinstance(label, (list, tuple)):
            return [one for one in label if one in classes] or None
        if isinstance(label, str):
            return label if label in classes else None
        raise TypeError(f"Expect string, list or tuple but found {type(label)} in {y_col} column ")

    frame = frame.copy()
    frame[y_col] = frame[y_col].apply(kept)
    return frame.dropna(subset=[y_col]), classes
