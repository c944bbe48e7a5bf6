"""Saving before a machine is taken away."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from kerax.train.checkpoint import Checkpoint
from kerax.train.checkpoint_manager import CheckpointManager


class TerminationConfig:
    """What is done when the machine is about to be taken away.

    Args:
      termination_watcher_fn: function that tells whether it is; by default SIGTERM does.
      exit_fn: called after saving; by default the program ends.
      grace_period: float, seconds to go on for before saving.
      save_fn: saves, in place of the checkpoint manager.
    """

    def __init__(
        self,
        termination_watcher_fn: Callable[[], bool] | None = None,
        exit_fn: Callable[[], Any] | None = None,
        grace_period: float | None = None,
        save_fn: Callable[..., Any] | None = None,
    ) -> None:
        self.termination_watcher_fn = termination_watcher_fn
        self.exit_fn = exit_fn
        self.grace_period = grace_period
        self.save_fn = save_fn


class PreemptionCheckpointHandler:
    """Saves a checkpoint when the machine is about to be taken away, and restores it at the next start.

    Args:
      cluster_resolver: ignored: there is one process.
      checkpoint_or_checkpoint_manager: ``tf.train.Checkpoint`` or ``tf.train.CheckpointManager``.
      checkpoint_dir: str, folder, for a Checkpoint.
      termination_config: ``TerminationConfig``.

    Raises:
      ValueError: a Checkpoint without a folder.
    """

    def __init__(
        self,
        cluster_resolver: Any,
        checkpoint_or_checkpoint_manager: Any,
        checkpoint_dir: Any = None,
        termination_config: TerminationConfig | None = None,
    ) -> None:
        self._config = termination_config or TerminationConfig()
        if isinstance(checkpoint_or_checkpoint_manager, Checkpoint):
            if not checkpoint_dir:
                raise ValueError("When a checkpoint is passed, `checkpoint_dir` must be specified.")
            checkpoint_or_checkpoint_manager = CheckpointManager(
                checkpoint_or_checkpoint_manager, directory=checkpoint_dir, max_to_keep=1
            )
        self._manager = checkpoint_or_checkpoint_manager
        self._runs = 0
        self._signalled = threading.Event()
        self._deadline: float | None = None
        if self._config.termination_watcher_fn is None and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, lambda *_: self._signalled.set())
        self._manager.restore_or_initialize()

    @property
    def total_run_calls(self) -> int:
        """How often ``run`` was called."""
        return self._runs

    def run(self, distributed_train_function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Calls a function, and saves before it where the machine is about to be taken away.

        Args:
          distributed_train_function: function.
          *args, **kwargs: its arguments.
        """
        self.save_checkpoint_if_preempted()
        self._runs += 1
        return distributed_train_function(*args, **kwargs)

    def save_checkpoint_if_preempted(self, *args: Any, **kwargs: Any) -> None:
        """Saves and ends the program, where the machine is about to be taken away.

        Args:
          *args, **kwargs: for ``CheckpointManager.save``.
        """
        watcher = self._config.termination_watcher_fn
        if not (watcher() if watcher is not None else self._signalled.is_set()):
            return
        if self._config.grace_period:
            self._deadline = self._deadline or time.monotonic() + self._config.grace_period
            if time.monotonic() < self._deadline:
                return
        (self._config.save_fn or self._manager.save)(*args, **kwargs)
        (self._config.exit_fn or (lambda: sys.exit(42)))()

    @contextlib.contextmanager
    def watch_preemption_scope(self) -> Iterator[None]:
        """Saves on leaving, where the machine is about to be taken away."""
        yield
        self.save_checkpoint_if_preempted()


class PreemptionWatcher:
    """Tells that the machine is about to be taken away: SIGTERM has come."""

    def __init__(self) -> None:
        self._message: str | None = None
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, self._note)

    def _note(self, *_: Any) -> None:
        self._message = "SIGTERM"

    @property
    def preemption_message(self) -> str | None:
        """What was said, None for nothing."""
        return self._message

    def block_until_worker_exit(self) -> None:
        """Returns at once: there are no other workers."""
