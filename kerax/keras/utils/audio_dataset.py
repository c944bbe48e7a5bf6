"""``audio_dataset_from_directory``."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax import io as io_ops
from kerax.keras.utils import directory_index as index
from kerax.keras.utils.image_dataset import check_binary
from kerax.ragged import RaggedTensor


def audio_dataset_from_directory(
    directory: Any,
    labels: Any = "inferred",
    label_mode: str | None = "int",
    class_names: Any = None,
    batch_size: int | None = 32,
    sampling_rate: int | None = None,
    output_sequence_length: int | None = None,
    ragged: bool = False,
    shuffle: bool = True,
    seed: int | None = None,
    validation_split: float | None = None,
    subset: str | None = None,
    follow_links: bool = False,
    verbose: bool = True,
) -> Any:
    """A dataset of the ``.wav`` files in a folder, labelled by subfolder.

    Args:
      sampling_rate: must be None: resampling needs the package tensorflow-io, which needs TensorFlow.
      output_sequence_length: int, samples to cut or pad to; None pads to the longest of a batch.
      ragged: bool, whether batches are ragged instead of padded.
      Others: see ``image_dataset_from_directory``.

    Returns:
      ``tf.data.Dataset`` of float32 ``[batch, samples, channels]`` in -1–1 (and labels), with the attribute
      ``class_names``; a pair for ``subset="both"``.
    """
    index.check_labels(labels, label_mode, class_names, "audio")
    if ragged and output_sequence_length is not None:
        raise ValueError("Cannot set both `ragged` and `output_sequence_length`")
    if sampling_rate is not None:
        if not isinstance(sampling_rate, int):
            raise ValueError(f"`sampling_rate` should have an integer value. Received: sampling_rate={sampling_rate}")
        if sampling_rate <= 0:
            raise ValueError(f"`sampling_rate` should be higher than 0. Received: sampling_rate={sampling_rate}")
        raise ImportError(
            "To use the argument `sampling_rate`, you should install tensorflow_io. "
            "You can install it via `pip install tensorflow-io`."
        )
    if labels is None or label_mode is None:
        labels, label_mode = None, None
    index.check_split(validation_split, subset, shuffle, seed)
    seed = np.random.randint(1e6) if seed is None else seed
    paths, labels, class_names = index.index_directory(
        directory, labels, (".wav",), class_names, shuffle, seed, follow_links, verbose
    )
    check_binary(label_mode, class_names)

    from kerax import audio as audio_ops

    def load(path: Any) -> Any:
        desired = -1 if output_sequence_length is None else output_sequence_length
        audio, _ = audio_ops.decode_wav(io_ops.read_file(path), desired_samples=desired)
        return RaggedTensor.from_tensor(audio) if ragged else audio

    def batch(dataset: Any) -> Any:
        if output_sequence_length is None and not ragged:
            return dataset.padded_batch(batch_size)
        return dataset.batch(batch_size)

    made = index.files_to_datasets(
        paths,
        labels,
        label_mode,
        class_names,
        load=load,
        batch=batch,
        batch_size=batch_size,
        shuffle=shuffle,
        seed=seed,
        validation_split=validation_split,
        subset=subset,
        nothing_found=lambda part: f"No {part}audio files found in directory {directory}. Allowed format(s): ('.wav',)",
    )
    return tuple(made) if subset == "both" else made
