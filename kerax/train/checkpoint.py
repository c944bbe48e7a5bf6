"""``tf.train.Checkpoint``."""

from __future__ import annotations

import inspect
import os
from typing import Any

from kerax.core import errors
from kerax.core.context import context
from kerax.core.module import AutoTrackable
from kerax.core.state import init_scope
from kerax.core.variable import Variable
from kerax.io.file_io import make_folder
from kerax.train import trackable
from kerax.train.checkpoint_state import latest_checkpoint, update_checkpoint_state
from kerax.train.load_status import CheckpointLoadStatus, InitializationOnlyStatus, LoadStatus, NameBasedStatus
from kerax.train.object_graph import Snapshot
from kerax.train.restoration import Restoration, assign, saved_graph
from kerax.train.tensor_bundle import BundleReader, write_bundle


class Checkpoint(AutoTrackable):
    """Saves and restores the values of variables, in TensorFlow's own format.

    Objects are found by the names of the attributes that lead to them, so that a checkpoint is restored into a
    program that builds the same objects. What does not exist yet is restored as soon as it is made and assigned
    to an attribute.

    Args:
      root: an object whose children are saved.
      **kwargs: more objects by name: variables, modules, layers, models, optimizers, iterators, lists and dicts
        of those.

    Raises:
      ValueError: an object that cannot be saved, or that ``root`` has under the same name as another.

    >>> import kerax as tf, os, tempfile
    >>> v = tf.Variable(1.)
    >>> checkpoint = tf.train.Checkpoint(v=v)
    >>> path = checkpoint.save(os.path.join(tempfile.mkdtemp(), "ckpt"))
    >>> _ = v.assign(5.)
    >>> _ = checkpoint.restore(path).assert_consumed()
    >>> v.numpy()
    np.float32(1.0)
    """

    def __init__(self, root: Any = None, **kwargs: Any) -> None:
        self._save_counter: Variable | None = None
        self._root = root
        if root is not None:
            _check("root", root)
        for name, value in sorted(kwargs.items()):
            if isinstance(value, (list, tuple, dict)) and not value:
                pass
            else:
                _check(name, value)
            if root is not None:
                known = trackable.children(root).get(name)
                if known is not None and known is not value:
                    raise ValueError(
                        f"Cannot create a Checkpoint with keyword argument {name} if root.{name} already exists."
                    )
            setattr(self, name, value)

    def _attached(self) -> dict[str, Any]:
        names = [name for name in vars(self) if not name.startswith("_") or name == "_save_counter"]
        found = {name.replace("_save_counter", "save_counter"): vars(self)[name] for name in names}
        return {name: value for name, value in found.items() if trackable.is_trackable(value)}

    def _trackable_children(self) -> dict[str, Any]:
        return {**(trackable.children(self._root) if self._root is not None else {}), **self._attached()}

    def _lookup_dependency(self, name: str) -> Any:
        if name == "save_counter":
            self._make_counter()
            return self._save_counter
        own = getattr(self._root, "_lookup_dependency", None)
        return own(name) if own is not None else None

    def _children_for_restore(self, node: Any, graph: Any) -> dict[str, Any]:
        own = getattr(self._root, "_children_for_restore", None)
        return self._trackable_children() if own is None else {**own(node, graph), **self._attached()}

    def _make_counter(self) -> None:
        if self._save_counter is None:
            with init_scope():
                scopes, context.name_scopes = context.name_scopes, []
                try:
                    self._save_counter = Variable(0, trainable=False, name="save_counter", dtype="int64")
                finally:
                    context.name_scopes = scopes

    @property
    def save_counter(self) -> Variable:
        """How often ``save`` was called, an int64 variable that is saved too."""
        self._make_counter()
        return self._save_counter  # type: ignore[return-value]

    # --- writing ------------------------------------------------------------------------------------------
    def write(self, file_prefix: Any, options: Any = None) -> str:
        """Writes a checkpoint to exactly this path, without numbering.

        Args:
          file_prefix: path without ending.
          options: ``tf.train.CheckpointOptions``.

        Returns:
          the path.
        """
        prefix = _text(file_prefix)
        with init_scope():
            write_bundle_of(self, prefix)
        _call_back(options, prefix)
        return prefix

    def save(self, file_prefix: Any, options: Any = None) -> str:
        """Writes a numbered checkpoint and notes it as the folder's newest.

        Args:
          file_prefix: path without number and ending; its folder is made if it is missing.
          options: ``tf.train.CheckpointOptions``.

        Returns:
          path of the checkpoint without ending: ``file_prefix`` and ``save_counter``.
        """
        prefix = _text(file_prefix)
        with init_scope():
            self.save_counter.assign_add(1)
            path = f"{prefix}-{int(self.save_counter.numpy())}"
            write_bundle_of(self, path)
            update_checkpoint_state(os.path.dirname(prefix) or ".", path, [path])
        _call_back(options, path)
        return path

    # --- reading ------------------------------------------------------------------------------------------
    def read(self, save_path: Any, options: Any = None) -> LoadStatus:
        """Restores what ``write`` wrote.

        Args:
          save_path: path without ending; None restores nothing.
          options: ``tf.train.CheckpointOptions``.

        Returns:
          a status, to ask how much was restored.

        Raises:
          errors.NotFoundError: there is no such checkpoint.
          errors.DataLossError: it is damaged.
        """
        if save_path is None:
            return InitializationOnlyStatus()
        reader = BundleReader(_text(save_path))
        graph = saved_graph(reader)
        if graph is None:
            return self._read_by_names(reader)
        if getattr(options, "experimental_skip_slot_variables", False):
            for node in graph.nodes:
                del node.slot_variables[:]
        restoration = Restoration(reader, graph)
        restoration.start(self)
        if self._root is not None:
            restoration._watch(0, self._root)
            restoration.objects.setdefault(0, self)
        return CheckpointLoadStatus(restoration, self)

    def restore(self, save_path: Any, options: Any = None) -> LoadStatus:
        """Restores what ``save`` or TensorFlow saved.

        Args:
          save_path: path without ending, such as ``tf.train.latest_checkpoint`` gives, or of a SavedModel's
            folder; None restores nothing.
          options: ``tf.train.CheckpointOptions``.

        Returns:
          a status, to ask how much was restored.

        Raises:
          errors.NotFoundError: there is no such checkpoint.
          errors.DataLossError: it is damaged.
          ValueError: a variable has another shape.
        """
        if save_path is not None:
            path = _text(save_path)
            variables = os.path.join(path, "variables", "variables")
            if os.path.isdir(path):
                save_path = variables if os.path.exists(f"{variables}.index") else latest_checkpoint(path) or path
        try:
            status = self.read(save_path, options)
        except errors.NotFoundError as error:
            raise errors.NotFoundError(
                None,
                None,
                f"Error when restoring from checkpoint or SavedModel at {save_path}: {error.message}\nPlease "
                "double-check that the path is correct. You may be missing the checkpoint suffix (e.g. the '-1' in "
                "'path/to/ckpt-1').",
            ) from error
        self._make_counter()
        return status

    def _read_by_names(self, reader: BundleReader) -> NameBasedStatus:
        restored, left = [], set(reader.keys())
        for _, owner, _, _ in trackable.walk(self):
            if isinstance(owner, Variable) and owner._shared_name in reader:
                assign(owner, reader, owner._shared_name)
                restored.append(owner)
                left.discard(owner._shared_name)
        return NameBasedStatus(self, restored, sorted(left))

    def sync(self) -> None:
        """Nothing: a checkpoint is on the disk when ``save`` returns."""


def _text(path: Any) -> str:
    path = os.fspath(path) if isinstance(path, os.PathLike) else path
    if hasattr(path, "numpy"):
        path = path.numpy()
    return path.decode() if isinstance(path, bytes) else str(path)


def write_bundle_of(root: Any, prefix: str) -> None:
    """Writes the objects below a root."""
    folder = os.path.dirname(prefix)
    if folder:
        make_folder(folder)
    write_bundle(prefix, Snapshot(root).tensors)


def _call_back(options: Any, path: str) -> None:
    for callback in getattr(options, "experimental_write_callbacks", None) or ():
        if len(inspect.signature(callback).parameters):
            callback(path)
        else:
            callback()


def _check(name: str, value: Any) -> None:
    if trackable.is_trackable(value):
        return
    if callable(value) and not isinstance(value, type) and hasattr(value, "get_concrete_function"):
        return
    raise ValueError(
        f"`Checkpoint` was expecting {name} to be a trackable object (an object derived from `Trackable`), got "
        f"{value}. Pass variables, modules, layers, models, optimizers, iterators, or lists and dicts of those."
    )
