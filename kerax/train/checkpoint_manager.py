"""``tf.train.CheckpointManager``."""

from __future__ import annotations

import collections
import os
import time
from typing import Any

from kerax.core.errors import NotFoundError
from kerax.core.log import get_logger
from kerax.core.variable import Variable
from kerax.train.checkpoint_state import get_checkpoint_state, remove_checkpoint, update_checkpoint_state


class CheckpointManager:
    """Keeps the newest checkpoints of a folder and deletes older ones.

    Args:
      checkpoint: ``tf.train.Checkpoint``.
      directory: str, the folder.
      max_to_keep: int, how many stay; None for all.
      keep_checkpoint_every_n_hours: float, hours; one checkpoint per that time is never deleted.
      checkpoint_name: str, the beginning of the files' names.
      step_counter: variable that counts steps, for ``checkpoint_interval``.
      checkpoint_interval: int, steps between two checkpoints at least.
      init_fn: function that ``restore_or_initialize`` calls where there is no checkpoint.
      last_checkpoint_step: int, the step of the last checkpoint.

    Raises:
      ValueError: ``max_to_keep`` is not positive; ``checkpoint_interval`` without ``step_counter``.

    >>> import kerax as tf, tempfile
    >>> manager = tf.train.CheckpointManager(tf.train.Checkpoint(v=tf.Variable(1.)), tempfile.mkdtemp(), 2)
    >>> for _ in range(3):
    ...     _ = manager.save()
    >>> [path[-6:] for path in manager.checkpoints]
    ['ckpt-2', 'ckpt-3']
    """

    def __init__(
        self,
        checkpoint: Any,
        directory: Any,
        max_to_keep: int | None,
        keep_checkpoint_every_n_hours: float | None = None,
        checkpoint_name: str = "ckpt",
        step_counter: Any = None,
        checkpoint_interval: int | None = None,
        init_fn: Any = None,
        last_checkpoint_step: int | None = None,
    ) -> None:
        self._checkpoint = checkpoint
        self._save_counter_assign = None
        if max_to_keep is not None and max_to_keep <= 0:
            raise ValueError(
                f"Expected a positive integer or `None` for `max_to_keep`, got {max_to_keep}. The newest checkpoint "
                "is always kept."
            )
        if checkpoint_interval is not None and step_counter is None:
            raise ValueError("`step_counter` should be passed if `checkpoint_interval` is not None.")
        self._max_to_keep = max_to_keep
        self._keep_every = keep_checkpoint_every_n_hours
        self._directory = os.fspath(directory)
        self._prefix = os.path.join(self._directory, checkpoint_name)
        self._init_fn = init_fn
        self._checkpoint_interval = checkpoint_interval
        self._step_counter = step_counter
        self._last_step = last_checkpoint_step
        self._latest: str | None = None
        self._kept: collections.OrderedDict[str, float] = collections.OrderedDict()
        self._last_preserved = time.time()
        self._take_over()

    def _take_over(self) -> None:
        """Goes on with the checkpoints that are in the folder."""
        state = get_checkpoint_state(self._directory)
        if state is None:
            return
        now = time.time()
        times = list(state.all_model_checkpoint_timestamps)
        if len(times) != len(state.all_model_checkpoint_paths):
            times = [now] * len(state.all_model_checkpoint_paths)
        self._latest = state.model_checkpoint_path
        self._last_preserved = state.last_preserved_timestamp or now
        for path, stamp in zip(state.all_model_checkpoint_paths, times, strict=True):
            self._kept[path] = min(stamp, now)

    @property
    def directory(self) -> str:
        return self._directory

    @property
    def checkpoint(self) -> Any:
        return self._checkpoint

    @property
    def checkpoint_interval(self) -> int | None:
        return self._checkpoint_interval

    @property
    def latest_checkpoint(self) -> str | None:
        """The path of the newest checkpoint, None if there is none."""
        return self._latest

    @property
    def checkpoints(self) -> list[str]:
        """The paths of those that are kept, the oldest first."""
        return list(self._kept)

    def _step(self) -> int:
        counter = self._step_counter
        return int(counter.numpy() if isinstance(counter, Variable) else counter)

    def save(self, checkpoint_number: Any = None, check_interval: bool = True, options: Any = None) -> str | None:
        """Saves a checkpoint and deletes what is too much.

        Args:
          checkpoint_number: int, the number in its name, by default the checkpoint's ``save_counter``.
          check_interval: bool, whether to save only if ``checkpoint_interval`` steps have gone by.
          options: ``tf.train.CheckpointOptions``.

        Returns:
          the path, or None where the interval was not over.
        """
        if self._checkpoint_interval is not None:
            step = self._step()
            since = None if self._last_step is None else step - self._last_step
            if check_interval and since is not None and since < self._checkpoint_interval:
                return None
            self._last_step = step
        counter = self._checkpoint.save_counter
        if checkpoint_number is None:
            checkpoint_number = int(counter.assign_add(1).numpy())
        else:
            if hasattr(checkpoint_number, "numpy"):
                checkpoint_number = checkpoint_number.numpy()
            checkpoint_number = int(checkpoint_number)
            counter.assign_add(1)
        path = self._checkpoint.write(f"{self._prefix}-{checkpoint_number}", options=options)
        self._latest = path
        self._kept.pop(path, None)
        self._kept[path] = time.time()
        # the state first says what will stay, then the rest goes; and once more, for what could not be deleted
        self._write_state()
        if self._sweep():
            self._write_state()
        return path

    def _write_state(self) -> None:
        update_checkpoint_state(
            self._directory,
            self._latest or "",
            list(self._kept),
            timestamps=list(self._kept.values()),
            last_preserved=self._last_preserved,
        )

    def _sweep(self) -> bool:
        if self._max_to_keep is None:
            return False
        changed = False
        while len(self._kept) > self._max_to_keep:
            path, stamp = next(iter(self._kept.items()))
            del self._kept[path]
            changed = True
            if self._keep_every is not None and stamp - self._keep_every * 3600.0 >= self._last_preserved:
                self._last_preserved = stamp
                continue
            try:
                remove_checkpoint(path)
            except (OSError, NotFoundError):
                get_logger().warning(f"Could not delete the old checkpoint {path}")
        return changed

    def restore_or_initialize(self) -> str | None:
        """Restores the newest checkpoint, or calls ``init_fn`` where there is none.

        Returns:
          the path of the checkpoint, or None.
        """
        if self._latest is not None:
            self._checkpoint.restore(self._latest)
            if self._checkpoint_interval is not None:
                self._last_step = self._step()
            return self._latest
        if self._init_fn is not None:
            self._init_fn()
        return None

    def sync(self) -> None:
        """Nothing: checkpoints are on the disk when ``save`` returns."""
        self._checkpoint.sync()
