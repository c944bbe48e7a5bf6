"""``timeseries_dataset_from_array``."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.array_ops import gather
from kerax.core.tensor import convert_to_tensor
from kerax.data import AUTOTUNE, Dataset


def timeseries_dataset_from_array(
    data: Any,
    targets: Any,
    sequence_length: int,
    sequence_stride: int = 1,
    sampling_rate: int = 1,
    batch_size: int | None = 128,
    shuffle: bool = False,
    seed: int | None = None,
    start_index: int | None = None,
    end_index: int | None = None,
    format: str = "tf",
) -> Dataset:
    """A dataset of windows that slide over a time series.

    The window that starts at ``i`` is ``data[i : i + sequence_length * sampling_rate : sampling_rate]``.

    Args:
      data: array ``[time, …]``.
      targets: array with the target of the window that starts at each position, or None.
      sequence_length: int, elements of a window.
      sequence_stride: int, distance of the starts of windows.
      sampling_rate: int, distance of the elements of a window.
      batch_size: int, or None for single windows.
      shuffle: bool, with ``seed``.
      start_index, end_index: int, the part of the data to use.
      format: "tf"; "grain" is not supported.

    Returns:
      ``tf.data.Dataset`` of windows ``[batch, sequence_length, …]``, or pairs with targets ``[batch, …]``.

    >>> import numpy as np
    >>> for window in timeseries_dataset_from_array(np.arange(4), None, sequence_length=3):
    ...     print(window.numpy().tolist())
    [[0, 1, 2], [1, 2, 3]]
    """
    _check(len(data), start_index, end_index, sampling_rate, sequence_stride)
    if format != "tf":
        raise ValueError(f'`format` should be "tf" (datasets of the package grain are not made). Received: {format}')
    start = start_index or 0
    end = len(data) if end_index is None else end_index
    count = end - start - (sequence_length - 1) * sampling_rate
    if targets is not None:
        count = min(count, len(targets))
    positions = np.arange(0, count, sequence_stride, dtype="int32" if count < 2**31 - 1 else "int64")
    if shuffle:
        seed = np.random.randint(1e6) if seed is None else seed
        np.random.RandomState(seed).shuffle(positions)
    series = convert_to_tensor(data[start:end])
    goals = None if targets is None else convert_to_tensor(targets[start:end])
    offsets = np.arange(0, sequence_length * sampling_rate, sampling_rate, dtype=positions.dtype)

    def window(position: Any) -> Any:
        found = gather(series, position + offsets)
        return found if goals is None else (found, gather(goals, position))

    dataset = Dataset.from_tensor_slices(positions).map(window, num_parallel_calls=AUTOTUNE)
    dataset = dataset.prefetch(AUTOTUNE)
    if shuffle:
        dataset = dataset.shuffle(1024 if batch_size is None else batch_size * 8, seed=seed)
    return dataset if batch_size is None else dataset.batch(batch_size)


def _check(length: int, start: int | None, end: int | None, sampling_rate: int, stride: int) -> None:
    if start:
        if start < 0:
            raise ValueError(f"`start_index` must be 0 or greater. Received: start_index={start}")
        if start >= length:
            raise ValueError(
                f"`start_index` must be lower than the length of the data. Received: start_index={start}, for data of "
                f"length {length}"
            )
    if end:
        if start and end <= start:
            raise ValueError(
                f"`end_index` must be higher than `start_index`. Received: start_index={start}, and end_index={end} "
            )
        if end >= length:
            raise ValueError(
                f"`end_index` must be lower than the length of the data. Received: end_index={end}, for data of "
                f"length {length}"
            )
        if end <= 0:
            raise ValueError(f"`end_index` must be higher than 0. Received: end_index={end}")
    for name, value in (("sampling_rate", sampling_rate), ("sequence_stride", stride)):
        if value <= 0:
            raise ValueError(f"`{name}` must be higher than 0. Received: {name}={value}")
        if value >= length:
            raise ValueError(
                f"`{name}` must be lower than the length of the data. Received: {name}={value}, for data of length "
                f"{length}"
            )
