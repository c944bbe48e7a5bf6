"""``tf.compat.v1.train``: checkpoints of variables by their names."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import Any

from kerax.core import errors
from kerax.core.tensor import convert_to_tensor
from kerax.io.file_io import make_folder
from kerax.io.proto import message
from kerax.train.checkpoint_reader import load_checkpoint
from kerax.train.checkpoint_state import checkpoint_exists as checkpoint_exists
from kerax.train.checkpoint_state import remove_checkpoint as _remove
from kerax.train.checkpoint_state import update_checkpoint_state as _update
from kerax.train.tensor_bundle import write_bundle
from kerax.train.trackable import to_array


def NewCheckpointReader(filepattern: Any) -> Any:
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
      reshape: bool, whether variables take values of another shape with as many elements.
      max_to_keep: how many checkpoints stay; None or 0 for all.
      keep_checkpoint_every_n_hours: hours after which one of those that would go stays for good.
      pad_step_number: bool, whether steps in names have eight digits.
      save_relative_paths: bool, whether the list of checkpoints holds their names alone.
      sharded, name, restore_sequentially, defer_build, allow_empty, filename: without effect while executing eagerly.

    Raises:
      RuntimeError: no variables are given.
      NotImplementedError: TensorFlow's first format, or a graph's saver, is asked for.
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
        write_version: int = 2,
        pad_step_number: bool = False,
        save_relative_paths: bool = False,
        filename: str | None = None,
    ) -> None:
        if var_list is None:
            raise RuntimeError(
                "When eager execution is enabled, `var_list` must specify a list or dict of variables to save"
            )
        if write_version != 2 or saver_def is not None or builder is not None:
            raise NotImplementedError("kerax does not have tf.compat.v1.train.Saver of graphs or of the first format.")
        self._variables = _named(var_list)
        self._keep, self._reshape = max_to_keep, reshape
        self._hours, self._next_kept = keep_checkpoint_every_n_hours, time.time() + keep_checkpoint_every_n_hours * 3600
        self._padded, self._relative = pad_step_number, save_relative_paths
        self._written: dict[str, float] = {}  # what files' names begin with → when they were written

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
        strip_default_attrs: bool = False,
        save_debug_info: bool = False,
    ) -> str:
        """Writes the variables.

        Args:
          sess, meta_graph_suffix, write_meta_graph, strip_default_attrs, save_debug_info: without effect: there is no
            graph.
          save_path: str, what the files' names begin with.
          global_step: int or Variable that ends the name, or None.

        Returns:
          What the files' names begin with.
        """
        prefix = save_path
        if global_step is not None:
            prefix += f"-{int(convert_to_tensor(global_step)):0{8 if self._padded else 1}}"
        folder = os.path.dirname(prefix) or "."
        make_folder(folder)
        write_bundle(prefix, {name: to_array(v) for name, v in self._variables.items()})
        self._written.pop(prefix, None)
        self._written[prefix] = time.time()
        while self._keep and len(self._written) > self._keep:
            self._let_go(next(iter(self._written)))
        if write_state:
            shown = [os.path.basename(one) if self._relative else one for one in self._written]
            _update(folder, shown[-1], shown, latest_filename)
        return prefix

    def _let_go(self, oldest: str) -> None:
        """Removes a checkpoint, or leaves it to stay where it is time for one that does."""
        if self._written.pop(oldest) > self._next_kept:
            self._next_kept += self._hours * 3600
        else:
            _remove(oldest)

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
            value = reader.get_tensor(name)
            variable.assign(value.reshape(variable.shape) if self._reshape else value)


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
