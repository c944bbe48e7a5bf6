"""The file ``checkpoint`` of a folder: which checkpoints are in it, and which is the newest."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Sequence
from typing import Any

from google.protobuf import text_format

from kerax.core.errors import NotFoundError
from kerax.core.log import get_logger
from kerax.io.atomic import write_bytes
from kerax.io.file_io import as_op_errors
from kerax.io.proto import message


def _path(folder: Any, latest_filename: str | None) -> str:
    return os.path.join(os.fspath(folder), latest_filename or "checkpoint")


def checkpoint_exists(prefix: Any) -> bool:
    """Whether there is a checkpoint with a path."""
    prefix = os.fspath(prefix)
    return os.path.exists(f"{prefix}.index") or os.path.isfile(prefix)


def update_checkpoint_state(
    folder: Any,
    model_checkpoint_path: str,
    all_model_checkpoint_paths: Sequence[str] | None = None,
    latest_filename: str | None = None,
    timestamps: Sequence[float] | None = None,
    last_preserved: float | None = None,
) -> None:
    """Writes the file; paths inside of the folder are written relative to it."""
    folder = os.fspath(folder)
    paths = list(all_model_checkpoint_paths or [])
    if model_checkpoint_path not in paths:
        paths.append(model_checkpoint_path)

    def relative(path: str) -> str:
        found = os.path.relpath(os.path.abspath(path), os.path.abspath(folder or "."))
        return path if found.startswith("..") else found

    state = message("CheckpointState")(model_checkpoint_path=relative(model_checkpoint_path))
    state.all_model_checkpoint_paths.extend(relative(path) for path in paths)
    state.all_model_checkpoint_timestamps.extend(timestamps or ())
    if last_preserved is not None:
        state.last_preserved_timestamp = last_preserved
    with as_op_errors(folder):
        write_bytes(_path(folder, latest_filename), text_format.MessageToString(state).encode())


def get_checkpoint_state(checkpoint_dir: Any, latest_filename: str | None = None) -> Any:
    """What the file ``checkpoint`` of a folder says, paths completed; None if there is none.

    Args:
      checkpoint_dir: str, the folder.
      latest_filename: str, another name of the file.

    Raises:
      ValueError: the file names no newest checkpoint.
    """
    if isinstance(checkpoint_dir, os.PathLike):
        checkpoint_dir = os.fspath(checkpoint_dir)
    path = _path(checkpoint_dir, latest_filename)
    try:
        with open(path, encoding="utf8") as file:
            state = text_format.Parse(file.read(), message("CheckpointState")(), allow_unknown_field=True)
    except (OSError, UnicodeDecodeError):
        return None
    except text_format.ParseError as error:
        get_logger().warning(f"{error}\n{path}: Checkpoint ignored")
        return None
    if not state.model_checkpoint_path:
        raise ValueError(f"Invalid checkpoint state loaded from {checkpoint_dir}")

    def complete(name: str) -> str:
        return name if os.path.isabs(name) else os.path.join(checkpoint_dir, name)

    state.model_checkpoint_path = complete(state.model_checkpoint_path)
    for index, name in enumerate(state.all_model_checkpoint_paths):
        state.all_model_checkpoint_paths[index] = complete(name)
    return state


def latest_checkpoint(checkpoint_dir: Any, latest_filename: str | None = None) -> str | None:
    """The path of a folder's newest checkpoint, without ending; None if there is none.

    Args:
      checkpoint_dir: str, the folder.
      latest_filename: str, another name of the file ``checkpoint``.

    >>> import kerax as tf, tempfile
    >>> tf.train.latest_checkpoint(tempfile.mkdtemp()) is None
    True
    """
    state = get_checkpoint_state(checkpoint_dir, latest_filename)
    if state is None:
        return None
    if checkpoint_exists(state.model_checkpoint_path):
        return state.model_checkpoint_path
    get_logger().error(f"Couldn't match files for checkpoint {state.model_checkpoint_path}")
    return None


def checkpoints_iterator(
    checkpoint_dir: Any, min_interval_secs: float = 0, timeout: float | None = None, timeout_fn: Any = None
) -> Iterator[str]:
    """Gives each new checkpoint of a folder as it appears.

    Args:
      checkpoint_dir: str, the folder.
      min_interval_secs: float, seconds between two of them at least.
      timeout: float, seconds to wait for a new one; None waits forever.
      timeout_fn: function asked after a timeout whether to stop; by default yes.

    Yields:
      paths without ending.
    """
    last = None
    while True:
        new = _wait(checkpoint_dir, last, timeout)
        if new is None:
            if not timeout_fn or timeout_fn():
                return
            continue
        start = time.time()
        last = new
        yield new
        left = start + min_interval_secs - time.time()
        if left > 0:
            time.sleep(left)


def _wait(folder: Any, last: str | None, timeout: float | None, sleep: float = 1.0) -> str | None:
    stop = None if timeout is None else time.time() + timeout
    while True:
        path = latest_checkpoint(folder)
        if path is not None and path != last:
            return path
        if stop is not None and time.time() + min(sleep, timeout or 0) > stop:
            return None
        time.sleep(sleep if timeout is None else min(sleep, max(timeout / 10, 0.01)))


def remove_checkpoint(prefix: str) -> None:
    """Deletes a checkpoint's files."""
    folder, name = os.path.split(prefix)
    pattern = re.compile(re.escape(name) + r"(\.index|\.data-\d{5}-of-\d{5}|\.meta)$")
    names = [entry for entry in os.listdir(folder or ".") if pattern.fullmatch(entry)]
    if not names:
        raise NotFoundError(None, None, f"No checkpoint {prefix}")
    for entry in sorted(names, key=lambda entry: not entry.endswith(".index")):
        os.unlink(os.path.join(folder, entry))
