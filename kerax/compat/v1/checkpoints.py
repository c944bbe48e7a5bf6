"""``tf.compat.v1.train``: checkpoints of variables by their names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from kerax.core import errors
from kerax.core.tensor import convert_to_tensor
from kerax.io.proto import message
from kerax.train.checkpoint_reader import load_checkpoint
from kerax.train.checkpoint_state import checkpoint_exists as checkpoint_exists
from kerax.train.checkpoint_state import remove_checkpoint as _remove
from kerax.train.checkpoint_state import update_checkpoint_state as _update
from kerax.train.tensor_bundle import write_bundle
from kerax.train.trackable import to_array


def NewCheckpointReader(filepattern: Any) -> Any:  # noqa: N802
    """``tf.train.load_checkpoint`` of one checkpoint."""
    return load_checkpoint(filepattern)


def get_checkpoint_mtimes(checkpoint_prefixes: Any) -> list[float]:
    """When checkpoints were written, in seconds; those that are missing are left out."""
    return [os.path.getmtime(prefix + ".index") for prefix in checkpoint_prefixes if checkpoint_exists(prefix)]


def remove_checkpoint(
    checkpoint_prefix: str, checkpoint_format_version: int = 2, meta_graph_suffix: str = "meta"
) -> None:
    """Removes a checkpoint's files."""
    _remove(checkpoint_prefix)


def update_checkpoint_state(
    save_dir: Any,
    model_checkpoint_path: str,
    all_model_checkpoint_paths: Any = None,
    latest_filename: str | None = None,
    all_model_checkpoint_timestamps: Any = None,
    last_preserved_timestamp: float | None = None,
) -> None:
    """Writes which checkpoint of a folder is the latest."""
    _update(save_dir, model_checkpoint_path, all_model_checkpoint_paths, latest_filename)


def summary_iterator(path: str) -> Iterator[Any]:
    """The ``Event`` messages of an event file."""
    from .records import tf_record_iterator

    for record in tf_record_iterator(path):
        yield message("Event").FromString(record)


def _named(variables: Any) -> dict[str, Any]:
    if isinstance(variables, dict):
        return dict(variables)
    return {getattr(v, "_shared_name", None) or v.name.split(":")[0]: v for v in variables}


class Saver:
    """Writes variables under their names, and reads them again.

    Args:
      var_list: list of Variables, or a dict from names.
      max_to_keep: how many checkpoints stay; None or 0 for all.
      others: without effect.

    Raises:
      RuntimeError: no variables are given.
    """

    def __init__(
        self,
        var_list: Any = None,
        reshape: bool = False,
        sharded: bool = False,
        max_to_keep: int | None = 5,
        keep_checkpoint_every_n_hours: float = 10000.0,
        name: str | None = None,
        restore_sequentially: bool = False,
        saver_def: Any = None,
        builder: Any = None,
        defer_build: bool = False,
        allow_empty: bool = False,
        **settings: Any,
    ) -> None:
        if var_list is None:
            raise RuntimeError(
                "When eager execution is enabled, `var_list` must specify a list or dict of variables to save"
            )
        self._variables = _named(var_list)
        self._keep = max_to_keep
        self._written: list[str] = []

    last_checkpoints = property(lambda self: list(self._written))

    def save(
        self,
        sess: Any,
        save_path: str,
        global_step: Any = None,
        latest_filename: str | None = None,
        meta_graph_suffix: str = "meta",
        write_meta_graph: bool = True,
        write_state: bool = True,
        **settings: Any,
    ) -> str:
        """Writes the variables.

        Args:
          sess: without effect.
          save_path: str, what the files' names begin with.
          global_step: int or Variable that ends the name, or None.

        Returns:
          What the files' names begin with.
        """
        prefix = save_path if global_step is None else f"{save_path}-{int(convert_to_tensor(global_step))}"
        os.makedirs(os.path.dirname(os.path.abspath(prefix)), exist_ok=True)
        write_bundle(prefix, {name: to_array(v) for name, v in self._variables.items()})
        self._written = [*(old for old in self._written if old != prefix), prefix]
        while self._keep and len(self._written) > self._keep:
            _remove(self._written.pop(0))
        if write_state:
            _update(os.path.dirname(prefix) or ".", prefix, self._written, latest_filename)
        return prefix

    def restore(self, sess: Any, save_path: str) -> None:
        """Gives the variables the values of a checkpoint.

        Raises:
          ValueError: there is none.
          NotFoundError: it lacks a variable.
        """
        if save_path is None or not checkpoint_exists(save_path):
            raise ValueError(f"The passed save_path is not a valid checkpoint: {save_path}")
        reader = load_checkpoint(save_path)
        for name, variable in self._variables.items():
            if not reader.has_tensor(name):
                raise errors.NotFoundError(None, None, f"Key {name} not found in checkpoint")
            variable.assign(reader.get_tensor(name))


def init_from_checkpoint(ckpt_dir_or_file: str, assignment_map: Any) -> None:
    """Gives variables the values that a checkpoint has under names.

    Args:
      ckpt_dir_or_file: a checkpoint, or the folder of one.
      assignment_map: from names in the checkpoint to Variables.

    Raises:
      NotImplementedError: scopes or names of variables are given, which graphs alone know.
      ValueError: the checkpoint lacks a name.
    """
    reader = load_checkpoint(ckpt_dir_or_file)
    known = reader.get_variable_to_shape_map()
    for name, variable in dict(assignment_map).items():
        if isinstance(variable, str):
            raise NotImplementedError(
                "kerax does not have the variable scopes of TensorFlow 1: give the Variable itself."
            )
        if name not in known:
            raise ValueError(f"Tensor {name} is not found in {ckpt_dir_or_file} checkpoint {known}")
        variable.assign(reader.get_tensor(name))
