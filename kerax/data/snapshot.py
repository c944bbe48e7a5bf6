"""``save``, ``load`` and ``snapshot``: datasets in directories, in kerax's own format (see ``storage``)."""

from __future__ import annotations

import contextlib
import json
import operator
import os
import uuid
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from kerax.core import errors
from kerax.data import storage, structure
from kerax.data.dataset import Dataset, Run, dataset_method, dataset_static
from kerax.data.from_tensors import ElementsDataset
from kerax.data.function import DatasetFunction
from kerax.data.specs import DatasetSpec
from kerax.data.structure import Flat
from kerax.io.file_io import make_folder

_METADATA = "kerax_dataset.json"


def _checked(compression: Any) -> str | None:
    if compression in (None, "", "NONE"):
        return None
    if compression in ("AUTO", "SNAPPY"):
        return "ZLIB"
    if compression in ("GZIP", "ZLIB"):
        return compression
    raise errors.InvalidArgumentError(None, None, f"Unsupported compression: {compression}.")


def _writing(
    dataset: Dataset, elements: Iterator[Flat], path: str, compression: str | None, shard_func: Any
) -> Iterator[Flat]:
    """The elements as they pass by; what was written counts from the last one on."""
    make_folder(path)
    choose = None if shard_func is None else DatasetFunction(shard_func, dataset, label="Dataset.save()")
    run = uuid.uuid4().hex[:12]
    writers: dict[int, storage.ElementWriter] = {}
    count = 0
    with contextlib.ExitStack() as opened:
        for flat in elements:
            shard = 0 if choose is None else int(choose(flat)[0])
            if shard not in writers:
                writers[shard] = opened.enter_context(storage.ElementWriter(_shard_path(path, run, shard), compression))
            writers[shard].write(flat)
            count += 1
            yield flat
    metadata = {
        "spec": storage.spec_to_json(dataset.element_spec),
        "count": count,
        "run": run,
        "shards": sorted(writers),
        "compression": compression,
    }
    storage.write_text(os.path.join(path, _METADATA), json.dumps(metadata))


def _shard_path(path: str, run: str, shard: int) -> str:
    return os.path.join(path, run, f"{shard:08d}.records")


class _Saved(NamedTuple):
    """What is known of a saved dataset."""

    spec: Any
    count: int
    files: list[str]
    compression: str | None


def _saved(path: str) -> _Saved:
    try:
        with open(os.path.join(path, _METADATA), "rb") as file:
            data = json.loads(file.read())
    except (FileNotFoundError, NotADirectoryError):
        raise errors.NotFoundError(
            None, None, f"tf.data snapshot element_spec file not found: {path}/dataset_spec.pb."
        ) from None
    except (ValueError, RecursionError) as error:
        raise _damaged(path, error) from error
    try:
        run = data["run"]
        if os.path.basename(run) != run or run in ("", ".", ".."):
            raise ValueError(f"invalid folder {run!r}")
        files = [_shard_path(path, run, operator.index(shard)) for shard in data["shards"]]
        spec = storage.spec_from_json(data["spec"])
        structure.flatten(spec)
        return _Saved(spec, operator.index(data["count"]), files, _checked(data["compression"]))
    except (KeyError, TypeError, ValueError, AttributeError, errors.OpError) as error:
        raise _damaged(path, error) from error


def _damaged(path: str, error: Exception) -> errors.DataLossError:
    return errors.DataLossError(None, None, f"The saved dataset in {path} is damaged: {error!r}")


class _ShardDataset(Dataset):
    """The elements of one file."""

    def __init__(self, path: str, compression: str | None, spec: Any) -> None:
        self._path, self._compression, self._spec = path, compression, spec

    def _elements(self, run: Run) -> Iterator[Flat]:
        return storage.read_elements(self._path, self._spec, self._compression)


class _LoadDataset(Dataset):
    """A saved dataset."""

    def __init__(self, path: str, element_spec: Any, compression: Any, reader_func: Callable[..., Any] | None) -> None:
        self._path = path
        saved = _saved(path)
        if element_spec is None:
            element_spec = saved.spec
        else:
            structure.assert_same_structure(element_spec, saved.spec)
        self._spec = element_spec
        self._number = saved.count
        if compression is not None and _checked(compression) != saved.compression:
            raise errors.DataLossError(
                None, None, f"The dataset in {path} was not saved with compression {compression}."
            )
        self._shards = [_ShardDataset(file, saved.compression, element_spec) for file in saved.files]
        self._reader_func = reader_func

    def _elements(self, run: Run) -> Iterator[Flat]:
        elements = read_through(self._shards, self._spec, self._reader_func or _in_turn)._flat()
        if self._reader_func is not None:
            yield from elements
            return
        found = 0
        for flat in elements:
            found += 1
            yield flat
        if found != self._number:
            raise errors.DataLossError(
                None, None, f"The saved dataset in {self._path} has {found} of its {self._number} elements."
            )

    def _count(self) -> int:
        return self._number if self._reader_func is None else -2


def _in_turn(shards: Any) -> Dataset:
    return shards.interleave(lambda shard: shard, cycle_length=os.cpu_count())


def read_through(shards: list[Any], spec: Any, reader_func: Callable[..., Any]) -> Dataset:
    """What the user's function makes of a dataset of the files' datasets."""
    dataset = reader_func(ElementsDataset([(shard,) for shard in shards], DatasetSpec(spec)))
    if not isinstance(dataset, Dataset):
        raise TypeError(f"`reader_func` must return a `Dataset` object. Got {type(dataset)}.")
    return dataset


class _SnapshotDataset(Dataset):
    """The parent's elements, written to a directory by the first complete iteration and read from there after."""

    def __init__(self, parent: Dataset, path: str, compression: Any, reader_func: Any, shard_func: Any) -> None:
        self._parent = parent
        self._parents = (parent,)
        self._path, self._compression = path, _checked(compression)
        self._reader_func, self._shard_func = reader_func, shard_func

    def _derive(self, spec: Any) -> Any:
        return spec

    def _elements(self, run: Run) -> Iterator[Flat]:
        if not os.path.exists(os.path.join(self._path, _METADATA)):
            elements = self._parent._iterate(run)
            return _writing(self._parent, elements, self._path, self._compression, self._shard_func)
        return _LoadDataset(self._path, None, None, self._reader_func)._elements(run)

    def _count(self) -> int:
        return self._parent._count()


_SnapshotDataset.__name__ = "_MapDataset"


@dataset_method
def save(
    self: Dataset,
    path: Any,
    compression: str | None = None,
    shard_func: Callable[..., Any] | None = None,
    checkpoint_args: dict[str, Any] | None = None,
) -> None:
    """Writes the elements to a directory, for ``Dataset.load``.

    Args:
      path: str, the directory.
      compression: None, ``"GZIP"`` or ``"AUTO"``.
      shard_func: function of an element, returning the number of the file it goes to, int64 scalar.
      checkpoint_args: not available here.

    Raises:
      errors.UnimplementedError: ``checkpoint_args``, or elements that are not tensors.

    Differs from TensorFlow: the files are in kerax's format.
    """
    if checkpoint_args is not None:
        raise errors.UnimplementedError(None, None, "`checkpoint_args` is not supported: a save cannot be resumed.")
    for _ in _writing(self, self._flat(), storage.path_text(path), _checked(compression), shard_func):
        pass


@dataset_static
def load(
    path: Any,
    element_spec: Any = None,
    compression: str | None = None,
    reader_func: Callable[..., Any] | None = None,
    wait: bool = False,
) -> Dataset:
    """A dataset that ``Dataset.save`` wrote.

    Args:
      path: str, the directory.
      element_spec: structure of specs; the saved one by default.
      compression: the compression it was saved with.
      reader_func: function of a dataset of datasets (one for every file), returning the dataset of elements.
      wait: True, waiting for a dataset that is being written, is not available.

    Raises:
      errors.NotFoundError: there is no saved dataset.
      errors.DataLossError: it is damaged.

    >>> import kerax as tf
    >>> import tempfile
    >>> path = tempfile.mkdtemp()
    >>> tf.data.Dataset.range(3).save(path)
    >>> [int(x) for x in tf.data.Dataset.load(path)]
    [0, 1, 2]
    """
    if wait:
        raise errors.UnimplementedError(None, None, "`wait=True` is not supported: the dataset must be complete.")
    return _LoadDataset(storage.path_text(path), element_spec, compression, reader_func)


@dataset_method
def snapshot(
    self: Dataset,
    path: Any,
    compression: str | None = "AUTO",
    reader_func: Callable[..., Any] | None = None,
    shard_func: Callable[..., Any] | None = None,
    name: str | None = None,
) -> Dataset:
    """Keeps the elements in a directory: the first iteration writes them, later ones (of any process) read them.

    Args:
      path: str, the directory.
      compression: ``"AUTO"``, ``"GZIP"``, ``"SNAPPY"`` or None.
      reader_func: as for ``Dataset.load``.
      shard_func: as for ``Dataset.save``.
      name: ignored.
    """
    return _SnapshotDataset(self, storage.path_text(path), compression, reader_func, shard_func)
