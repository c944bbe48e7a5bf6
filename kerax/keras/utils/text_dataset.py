"""``text_dataset_from_directory``."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax import io as io_ops
from kerax import strings
from kerax.keras.utils import directory_index as index
from kerax.keras.utils.image_dataset import check_binary


def text_dataset_from_directory(
    directory: Any,
    labels: Any = "inferred",
    label_mode: str | None = "int",
    class_names: Any = None,
    batch_size: int | None = 32,
    max_length: int | None = None,
    shuffle: bool = True,
    seed: int | None = None,
    validation_split: float | None = None,
    subset: str | None = None,
    follow_links: bool = False,
    format: str = "tf",
    verbose: bool = True,
) -> Any:
    """A dataset of the ``.txt`` files in a folder, labelled by subfolder.

    Args:
      max_length: int, number of bytes of a text that are kept, None for all.
      Others: see ``image_dataset_from_directory``.

    Returns:
      ``tf.data.Dataset`` of strings ``[batch]`` (and labels), with the attribute ``class_names``; a list of
      two for ``subset="both"``.
    """
    index.check_labels(labels, label_mode, class_names, "text")
    if format != "tf":
        raise ValueError(f'`format` should be "tf" (datasets of the package grain are not made). Received: {format}')
    if labels is None or label_mode is None:
        labels, label_mode = None, None
    index.check_split(validation_split, subset, shuffle, seed)
    seed = np.random.randint(1e6) if seed is None else seed
    paths, labels, class_names = index.index_directory(
        directory, labels, (".txt",), class_names, shuffle, seed, follow_links, verbose
    )
    check_binary(label_mode, class_names)

    def load(path: Any) -> Any:
        text = io_ops.read_file(path)
        return text if max_length is None else strings.substr(text, 0, max_length)

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
        nothing_found=lambda part: f"No {part}text files found in directory {directory}. Allowed format: .txt",
    )
