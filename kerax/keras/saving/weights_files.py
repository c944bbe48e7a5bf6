"""``.weights.h5`` files, one or many with a ``.weights.json``."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import warnings
import zipfile
from typing import Any

from kerax.io.atomic import replacing_path
from kerax.keras.saving.archive import open_archived_weights
from kerax.keras.saving.state_tree import Loader, Saver
from kerax.keras.saving.stores import H5Store, ShardedH5Store


def save_weights_file(model: Any, filepath: Any, max_shard_size: Any = None, objects_to_skip: Any = None) -> None:
    """Writes the state of a model, without its configuration.

    Args:
      model: a built model, or any Keras object.
      filepath: ends in ``.weights.h5``, or in ``.weights.json`` with ``max_shard_size``.
      max_shard_size: float, GiB per file, None for one file.
      objects_to_skip: objects whose state is left out.

    Raises:
      ValueError: another ending, an unbuilt model, a variable larger than a shard.
    """
    if not getattr(model, "built", True):
        raise ValueError(
            "You are saving a model that has not yet been built. Try building the model first by calling it on some "
            "data or by using `build()`."
        )
    path = os.fspath(filepath)
    if max_shard_size is None:
        with replacing_path(path) as name, contextlib.closing(H5Store(name, "w")) as store:
            Saver(store, skip=objects_to_skip).save(model)
        return
    folder = os.path.dirname(os.path.realpath(path))
    temporary = tempfile.mkdtemp(prefix=".weights_", dir=folder)
    try:
        with contextlib.closing(_sharded(os.path.join(temporary, os.path.basename(path)), max_shard_size)) as sharded:
            Saver(sharded, skip=objects_to_skip).save(model)
        for name in [*sharded.written, os.path.basename(sharded.path)]:
            with replacing_path(os.path.join(folder, name)) as target:
                os.replace(os.path.join(temporary, name), target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _sharded(path: str, max_shard_size: Any) -> ShardedH5Store:
    if not path.endswith(".json"):
        root = os.path.splitext(path)[0]
        warnings.warn(
            f"Saving sharded weights requires `*.json` as the extension. The file {os.path.basename(path)} will be "
            f"renamed to {os.path.basename(root)}.json.",
            stacklevel=4,
        )
        path = f"{root}.json"
    return ShardedH5Store(path, max_shard_size, "w")


def load_weights_file(model: Any, filepath: Any, skip_mismatch: bool = False, objects_to_skip: Any = None) -> None:
    """Reads the state of a model from ``.weights.h5``, ``.weights.json`` or ``.keras``.

    Args:
      model: a built model, or any Keras object.
      filepath: path of the file.
      skip_mismatch: bool, whether to warn instead of raise where something does not fit.
      objects_to_skip: objects to leave as they are.

    Raises:
      ValueError: an unbuilt model; something does not fit.
      OSError: the file is missing or damaged.
    """
    if not getattr(model, "built", True):
        raise ValueError(
            "You are loading weights into a model that has not yet been built. Try building the model first by "
            "calling it on some data or by using `build()`."
        )
    path = os.fspath(filepath)
    with contextlib.ExitStack() as stack:
        if path.endswith(".keras"):
            archive = stack.enter_context(zipfile.ZipFile(path))
            store: Any = open_archived_weights(archive)
        elif path.endswith("weights.json"):
            store = ShardedH5Store(path)
        else:
            store = H5Store(path)
        stack.callback(store.close)
        loader = Loader(store, skip=objects_to_skip)
        loader.load(model)
    loader.report(warn_only=skip_mismatch)
