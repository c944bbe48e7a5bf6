"""Files of ``tf.train.Example`` records as batches of features."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kerax.data.dataset import AUTOTUNE, Dataset
from kerax.data.readers import TFRecordDataset
from kerax.io.parsing import parse_example


def parse_example_dataset(
    features: dict[str, Any], num_parallel_calls: Any = 1, deterministic: bool | None = None
) -> Callable[[Dataset], Dataset]:
    """A transformation that parses batches of serialized ``Example`` records.

    Args:
      features: dict of feature configurations, as for ``tf.io.parse_example``.
      num_parallel_calls: int, threads.
      deterministic: bool, accepted; the order is always kept.

    Raises:
      ValueError: no features.
    """
    if features is None:
        raise ValueError("Argument `features` is required, but not specified.")
    calls = None if num_parallel_calls == 1 else num_parallel_calls
    return lambda dataset: dataset.map(lambda records: parse_example(records, features), calls)  # type: ignore[attr-defined]


def make_batched_features_dataset(
    file_pattern: Any,
    batch_size: Any,
    features: dict[str, Any],
    reader: Any = None,
    label_key: str | None = None,
    reader_args: Any = None,
    num_epochs: Any = None,
    shuffle: bool = True,
    shuffle_buffer_size: Any = 10000,
    shuffle_seed: Any = None,
    prefetch_buffer_size: Any = None,
    reader_num_threads: Any = None,
    parser_num_threads: Any = None,
    sloppy_ordering: bool = False,
    drop_final_batch: bool = False,
) -> Dataset:
    """Reads files of ``Example`` records into batches of features.

    Args:
      file_pattern: files or patterns of them.
      batch_size: int, records in a batch.
      features: dict of feature configurations.
      reader: function of a file name, returning a dataset of strings; ``TFRecordDataset`` by default.
      label_key: str, the feature that becomes the label.
      reader_args: list of further arguments of ``reader``.
      num_epochs: int, how often the files are read; without end by default.
      shuffle, shuffle_buffer_size, shuffle_seed: whether and how records are shuffled.
      prefetch_buffer_size: int, batches made ahead.
      reader_num_threads: int, files read at a time.
      parser_num_threads: int, threads that parse.
      sloppy_ordering: bool, accepted; the order is always deterministic.
      drop_final_batch: bool, whether a last, smaller batch is left out.

    Returns:
      Dataset of dicts, or of (dict, label).

    Raises:
      ValueError: ``label_key`` is not among the features.
    """
    if label_key is not None and label_key not in features:
        raise ValueError(
            f"The `label_key` provided ({label_key}) must be one of the `features` keys: {list(features)}."
        )
    reader = TFRecordDataset if reader is None else reader
    arguments = list(reader_args or [])
    dataset = Dataset.list_files(file_pattern, shuffle=shuffle, seed=shuffle_seed)  # type: ignore[attr-defined]
    cycle = 1 if reader_num_threads is None else reader_num_threads
    dataset = dataset.interleave(lambda name: reader(name, *arguments), None if cycle == AUTOTUNE else cycle)
    if shuffle:
        dataset = dataset.shuffle(shuffle_buffer_size, shuffle_seed)
    if num_epochs != 1:
        dataset = dataset.repeat(num_epochs)
    dataset = dataset.batch(batch_size, drop_remainder=drop_final_batch or num_epochs is None)
    dataset = dataset.apply(parse_example_dataset(features, 2 if parser_num_threads is None else parser_num_threads))
    if label_key is not None:
        dataset = dataset.map(lambda parsed: (parsed, parsed.pop(label_key)))
    return dataset.prefetch(AUTOTUNE if prefetch_buffer_size is None else prefetch_buffer_size)
