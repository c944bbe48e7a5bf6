"""What the ``…_dataset_from_directory`` functions share: files and labels of a folder of folders."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from kerax.core import errors
from kerax.core.config import legacy_keras
from kerax.data import AUTOTUNE, Dataset
from kerax.keras.utils.io_utils import print_msg


def check_labels(labels: Any, label_mode: str | None, class_names: Any, kind: str) -> None:
    """Raises ValueError for arguments that do not go together."""
    if labels not in ("inferred", None):
        if not isinstance(labels, (list, tuple)):
            raise ValueError(
                f"`labels` argument should be a list/tuple of integer labels, of the same size as the number of {kind} "
                "files in the target directory. If you wish to infer the labels from the subdirectory names in the "
                'target directory, pass `labels="inferred"`. If you wish to get a dataset that only contains '
                f"{kind} samples (no labels), pass `labels=None`. Received: labels={labels}"
            )
        if class_names:
            raise ValueError(
                f'You can only pass `class_names` if `labels="inferred"`. Received: labels={labels}, and '
                f"class_names={class_names}"
            )
    if label_mode not in ("int", "categorical", "binary", None):
        raise ValueError(
            '`label_mode` argument must be one of "int", "categorical", "binary", or None. '
            f"Received: label_mode={label_mode}"
        )


def check_split(validation_split: float | None, subset: str | None, shuffle: bool, seed: int | None) -> None:
    """Raises ValueError unless the arguments for a split are complete."""
    if validation_split and not 0 < validation_split < 1:
        raise ValueError(f"`validation_split` must be between 0 and 1, received: {validation_split}")
    if bool(validation_split) != bool(subset):
        raise ValueError("If `subset` is set, `validation_split` must be set, and inversely.")
    if subset not in ("training", "validation", "both", None):
        raise ValueError(f'`subset` must be either "training", "validation" or "both", received: {subset}')
    if validation_split and shuffle and seed is None:
        raise ValueError(
            "If using `validation_split` and shuffling the data, you must provide a `seed` argument, to make sure "
            "that there is no overlap between the training and validation subset."
        )


def index_directory(
    directory: Any,
    labels: Any,
    formats: tuple[str, ...],
    class_names: Sequence[str] | None = None,
    shuffle: bool = True,
    seed: int | None = None,
    follow_links: bool = False,
    verbose: bool = True,
) -> tuple[list[str], Any, list[str] | None]:
    """The files below a folder, their labels, and the classes.

    Args:
      directory: str.
      labels: "inferred" (from the subfolders), None, or a list with one label for each file.
      formats: file endings.
      class_names: list of subfolders, to give their order.
      shuffle: bool, with ``seed``.
      follow_links: bool, whether to go into linked folders.
      verbose: bool, whether to print the number of files.

    Returns:
      Paths, labels (int32 array, list or None), and class names (without labels None, [""] in Keras 2).
    """
    directory = os.fspath(directory)
    folders = [""]
    if labels == "inferred":
        if legacy_keras() and not os.path.isdir(directory):
            raise errors.NotFoundError(None, None, f"Could not find directory {directory}")
        folders = [
            name
            for name in sorted(os.listdir(directory))
            if os.path.isdir(os.path.join(directory, name)) and not name.startswith(".")
        ]
        if class_names is not None:
            if not set(class_names) <= set(folders):
                raise ValueError(
                    "The `class_names` passed did not match the names of the subdirectories of the target directory. "
                    f"Expected: {folders} (or a subset of it), but received: class_names={class_names}"
                )
            folders = list(class_names)
    elif class_names is not None:
        raise ValueError(
            "When `labels=None` (no labels), argument `class_names` cannot be specified."
            if labels is None
            else "When argument `labels` is specified, argument `class_names` cannot be specified (the `class_names` "
            "will be the sorted list of labels)."
        )
    found = [_files(os.path.join(directory, folder), follow_links, formats) for folder in folders]
    paths = [path for files in found for path in files]
    classes: list[str] | None = folders
    if labels == "inferred":
        labels = np.repeat(np.arange(len(found), dtype="int32"), [len(files) for files in found])
    elif labels is None:
        classes = folders if legacy_keras() else None
    else:
        if len(labels) != len(paths):
            raise ValueError(
                "Expected the lengths of `labels` to match the number of files in the target directory. len(labels) "
                f"is {len(labels)} while we found {len(paths)} files in directory {directory}."
            )
        labels = list(labels)
        classes = [str(label) for label in sorted(set(labels))]
    if verbose:
        print_msg(
            f"Found {len(paths)} files."
            if labels is None
            else f"Found {len(paths)} files belonging to {len(classes)} classes."
        )
    if shuffle:
        seed = np.random.randint(1e6) if seed is None else seed
        np.random.RandomState(seed).shuffle(paths)
        if labels is not None:
            np.random.RandomState(seed).shuffle(labels)
    return paths, labels, classes


def _files(folder: str, follow_links: bool, formats: tuple[str, ...]) -> list[str]:
    walk = sorted(os.walk(folder, followlinks=follow_links), key=lambda entry: entry[0])
    return [
        os.path.join(root, name) for root, _, names in walk for name in sorted(names) if name.lower().endswith(formats)
    ]


def split_files(paths: list[str], labels: Any, validation_split: float | None, subset: str | None) -> tuple[Any, Any]:
    """The part of files and labels for "training" (the first) or "validation" (the last)."""
    if not validation_split:
        return paths, labels
    count = int(validation_split * len(paths))
    if subset == "training":
        print_msg(f"Using {len(paths) - count} files for training.")
        part = slice(None, -count)
    elif subset == "validation":
        print_msg(f"Using {count} files for validation.")
        part = slice(-count, None)
    else:
        raise ValueError(f'`subset` must be either "training" or "validation", received: {subset}')
    return paths[part], None if labels is None else labels[part]


def files_to_datasets(
    paths: list[str],
    labels: Any,
    label_mode: str | None,
    class_names: list[str] | None,
    *,
    load: Callable[[Any], Any],
    batch: Callable[[Dataset], Dataset],
    batch_size: int | None,
    shuffle: bool,
    seed: int,
    validation_split: float | None,
    subset: str | None,
    nothing_found: Callable[[str], str],
) -> Any:
    """Datasets of loaded files: one, or a training and a validation dataset for ``subset="both"``."""
    made = []
    for part in ("training", "validation") if subset == "both" else (subset,):
        part_paths, part_labels = split_files(paths, labels, validation_split, part)
        if not part_paths:
            raise ValueError(nothing_found(f"{part} " if subset == "both" else ""))
        dataset = Dataset.from_tensor_slices(part_paths)
        if label_mode:
            dataset = Dataset.zip((dataset, _label_dataset(part_labels, label_mode, len(class_names or ()))))
        if shuffle and not (subset == "both" and part == "validation"):
            dataset = dataset.shuffle(batch_size * 8 if batch_size is not None else 1024, seed=seed)
        if label_mode:
            dataset = dataset.map(lambda path, label: (load(path), label), num_parallel_calls=AUTOTUNE)
        else:
            dataset = dataset.map(load, num_parallel_calls=AUTOTUNE)
        if batch_size is not None:
            dataset = batch(dataset)
        dataset = dataset.prefetch(AUTOTUNE)
        dataset.class_names = class_names
        dataset.file_paths = part_paths
        made.append(dataset)
    return made if subset == "both" else made[0]


def _label_dataset(labels: Any, label_mode: str, num_classes: int) -> Dataset:
    labels = np.asarray(labels)
    if label_mode == "binary":
        labels = labels.astype("float32")[:, None]
    elif label_mode == "categorical":
        labels = np.eye(num_classes, dtype="float32")[labels]
    elif labels.dtype == np.int64:
        labels = labels.astype("int32")
    return Dataset.from_tensor_slices(labels)
