"""Transformations as functions for ``Dataset.apply``: each takes the arguments of the method of its name."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from kerax.core import dtypes
from kerax.data.dataset import AUTOTUNE, Dataset

Applier = Callable[[Dataset], Any]


def _applier(name: str, method: str, *required: str, **defaults: Any) -> Callable[..., Applier]:
    """A function of the method's arguments, under TensorFlow's old signature, returning an applier."""
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    signature = inspect.Signature(
        [inspect.Parameter(parameter, kind) for parameter in required]
        + [inspect.Parameter(parameter, kind, default=default) for parameter, default in defaults.items()]
    )

    def made(*args: Any, **kwargs: Any) -> Applier:
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        return lambda dataset: getattr(dataset, method)(**bound.arguments)

    made.__name__ = made.__qualname__ = name
    made.__signature__ = signature  # type: ignore[attr-defined]
    made.__doc__ = f"A transformation for ``Dataset.apply``: see ``Dataset.{method}``."
    return made


bucket_by_sequence_length = _applier(
    "bucket_by_sequence_length",
    "bucket_by_sequence_length",
    "element_length_func",
    "bucket_boundaries",
    "bucket_batch_sizes",
    padded_shapes=None,
    padding_values=None,
    pad_to_bucket_boundary=False,
    no_padding=False,
    drop_remainder=False,
)
dense_to_ragged_batch = _applier(
    "dense_to_ragged_batch", "ragged_batch", "batch_size", drop_remainder=False, row_splits_dtype=dtypes.int64
)
dense_to_sparse_batch = _applier("dense_to_sparse_batch", "sparse_batch", "batch_size", "row_shape")
enumerate_dataset = _applier("enumerate_dataset", "enumerate", start=0)
group_by_window = _applier(
    "group_by_window", "group_by_window", "key_func", "reduce_func", window_size=None, window_size_func=None
)
ignore_errors = _applier("ignore_errors", "ignore_errors", log_warning=False)
rejection_resample = _applier(
    "rejection_resample", "rejection_resample", "class_func", "target_dist", initial_dist=None, seed=None
)
scan = _applier("scan", "scan", "initial_state", "scan_func")
snapshot = _applier("snapshot", "snapshot", "path", compression="AUTO", reader_func=None, shard_func=None)
take_while = _applier("take_while", "take_while", "predicate")
unbatch = _applier("unbatch", "unbatch")
unique = _applier("unique", "unique")


def shuffle_and_repeat(buffer_size: Any, count: Any = None, seed: Any = None) -> Applier:
    """A transformation that shuffles, then repeats.

    Args:
      buffer_size: as for ``Dataset.shuffle``.
      count: as for ``Dataset.repeat``.
      seed: as for ``Dataset.shuffle``.
    """
    return lambda dataset: dataset.shuffle(buffer_size, seed).repeat(count)


def map_and_batch(
    map_func: Callable[..., Any],
    batch_size: Any,
    num_parallel_batches: int | None = None,
    drop_remainder: bool = False,
    num_parallel_calls: Any = None,
) -> Applier:
    """A transformation that maps, then batches.

    Args:
      map_func: as for ``Dataset.map``.
      batch_size: as for ``Dataset.batch``.
      num_parallel_batches: int, an older form of ``num_parallel_calls``.
      drop_remainder: as for ``Dataset.batch``.
      num_parallel_calls: as for ``Dataset.map``.

    Raises:
      ValueError: both forms of parallelism.
    """
    if num_parallel_batches is not None and num_parallel_calls is not None:
        raise ValueError(
            "`map_and_batch` allows only one of `num_parallel_batches` and `num_parallel_calls` to be set, but "
            "got both."
        )
    return lambda dataset: dataset.map(map_func, num_parallel_calls).batch(batch_size, drop_remainder)


def parallel_interleave(
    map_func: Callable[..., Any],
    cycle_length: int,
    block_length: int = 1,
    sloppy: bool | None = False,
    buffer_output_elements: int | None = None,
    prefetch_input_elements: int | None = None,
) -> Applier:
    """A transformation that interleaves on threads: see ``Dataset.interleave``.

    Args:
      map_func, cycle_length, block_length: as for ``Dataset.interleave``.
      sloppy: accepted; the order is always deterministic.
      buffer_output_elements, prefetch_input_elements: accepted; kerax chooses its buffers.
    """
    return lambda dataset: dataset.interleave(map_func, cycle_length, block_length, num_parallel_calls=AUTOTUNE)


def sample_from_datasets(
    datasets: Any, weights: Any = None, seed: Any = None, stop_on_empty_dataset: bool = False
) -> Dataset:
    """``Dataset.sample_from_datasets`` under its older name."""
    return Dataset.sample_from_datasets(datasets, weights, seed, stop_on_empty_dataset)  # type: ignore[attr-defined]


def choose_from_datasets(datasets: Any, choice_dataset: Dataset, stop_on_empty_dataset: bool = False) -> Dataset:
    """``Dataset.choose_from_datasets`` under its older name, which goes on when a dataset ends."""
    return Dataset.choose_from_datasets(datasets, choice_dataset, stop_on_empty_dataset)  # type: ignore[attr-defined]
