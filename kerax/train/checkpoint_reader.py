"""Looking into checkpoints without a program: ``load_checkpoint``, ``list_variables``, ``load_variable``."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from kerax.core import dtypes
from kerax.train.checkpoint_state import latest_checkpoint
from kerax.train.tensor_bundle import BundleReader


class CheckpointReader:
    """The tensors of a checkpoint, by key.

    Args:
      filename: path without ending.
    """

    def __init__(self, filename: Any) -> None:
        self._reader = BundleReader(filename)

    def has_tensor(self, tensor_str: str) -> bool:
        return tensor_str in self._reader

    def get_tensor(self, tensor_str: str) -> Any:
        """The value of a key, a numpy array, or bytes for a single string."""
        array = self._reader.read(tensor_str)
        return array.item() if array.dtype == object and not array.ndim else np.array(array)[()]

    def get_variable_to_shape_map(self) -> dict[str, list[int]]:
        return {key: self._reader.shape(key) for key in self._reader.keys()}

    def get_variable_to_dtype_map(self) -> dict[str, dtypes.DType]:
        return {key: self._reader.dtype(key) for key in self._reader.keys()}

    def debug_string(self) -> bytes:
        lines = [
            f"{key} ({self._reader.dtype(key).name}) {self._reader.shape(key)}" for key in sorted(self._reader.keys())
        ]
        return "\n".join(lines).encode()


def load_checkpoint(ckpt_dir_or_file: Any) -> CheckpointReader:
    """A reader of a checkpoint.

    Args:
      ckpt_dir_or_file: path without ending, or a folder, whose newest checkpoint is taken.

    Raises:
      ValueError: the folder has no checkpoint.
      errors.NotFoundError: there is none of this path.

    >>> import kerax as tf, os, tempfile
    >>> path = tf.train.Checkpoint(v=tf.Variable(2.)).write(os.path.join(tempfile.mkdtemp(), "c"))
    >>> tf.train.load_checkpoint(path).get_tensor("v/.ATTRIBUTES/VARIABLE_VALUE")
    np.float32(2.0)
    """
    return CheckpointReader(_file_of(ckpt_dir_or_file))


def _file_of(path: Any) -> str:
    path = os.fspath(path)
    if not os.path.isdir(path):
        return path
    found = latest_checkpoint(path)
    if found is None:
        raise ValueError(f"Couldn't find 'checkpoint' file or checkpoints in given directory {path}")
    return found


def load_variable(ckpt_dir_or_file: Any, name: str) -> Any:
    """The value of one key of a checkpoint, as numpy.

    Args:
      ckpt_dir_or_file: path without ending, or a folder.
      name: str, the key; ``:0`` at its end is ignored.
    """
    return load_checkpoint(ckpt_dir_or_file).get_tensor(name[:-2] if name.endswith(":0") else name)


def list_variables(ckpt_dir_or_file: Any) -> list[tuple[str, list[int]]]:
    """The keys and shapes of a checkpoint, sorted.

    Args:
      ckpt_dir_or_file: path without ending, or a folder.

    Returns:
      list of (key, shape).
    """
    return sorted(load_checkpoint(ckpt_dir_or_file).get_variable_to_shape_map().items())
