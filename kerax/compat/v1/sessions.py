"""``tf.compat.v1.train``: what programs derive from or name of TensorFlow 1's training loops, and what is refused."""

from __future__ import annotations

import time
from typing import Any, NamedTuple

from kerax.core import dtypes
from kerax.core.tensor import convert_to_tensor
from kerax.train.coordinator import LooperThread as LooperThread


class SessionRunArgs(NamedTuple):
    """What a hook wants of a session's run."""

    fetches: Any
    feed_dict: Any = None
    options: Any = None


class SessionRunValues(NamedTuple):
    """What a session's run gave."""

    results: Any
    options: Any
    run_metadata: Any


class SessionRunContext:
    """What a hook is told of a session's run.

    Args:
      original_args: `SessionRunArgs`.
      session: the session.
    """

    def __init__(self, original_args: Any, session: Any) -> None:
        self.original_args, self.session, self.stop_requested = original_args, session, False

    def request_stop(self) -> None:
        """Asks the loop to stop."""
        self.stop_requested = True


class SessionRunHook:
    """Base of what is called around each run of a session: there are none here that would call it."""

    def begin(self) -> None:
        """Called once, before the session is made."""

    def after_create_session(self, session: Any, coord: Any) -> None:
        """Called once the session is made."""

    def before_run(self, run_context: SessionRunContext) -> Any:
        """Called before each run."""
        return None

    def after_run(self, run_context: SessionRunContext, run_values: SessionRunValues) -> None:
        """Called after each run."""

    def end(self, session: Any) -> None:
        """Called at the end."""


class CheckpointSaverListener:
    """Base of what is called around each checkpoint of a session."""

    def begin(self) -> None:
        """Called once."""

    def before_save(self, session: Any, global_step_value: int) -> None:
        """Called before each checkpoint."""

    def after_save(self, session: Any, global_step_value: int) -> Any:
        """Called after each checkpoint."""

    def end(self, session: Any, global_step_value: int) -> None:
        """Called at the end."""


class NanLossDuringTrainingError(RuntimeError):
    """A loss was no number."""

    def __str__(self) -> str:
        return "NaN loss during training."


class SecondOrStepTimer:
    """Says every so many steps, or seconds, that it is time.

    Args:
      every_secs: seconds, or None.
      every_steps: steps, or None; one of the two is given.
    """

    def __init__(self, every_secs: float | None = None, every_steps: int | None = None) -> None:
        if (every_secs is None) == (every_steps is None):
            raise ValueError("exactly one of every_secs and every_steps should be provided.")
        self._seconds, self._steps = every_secs, every_steps
        self.reset()

    def reset(self) -> None:
        """Forgets when it was time."""
        self._last_step: int | None = None
        self._last_time: float | None = None

    def should_trigger_for_step(self, step: int) -> bool:
        """Whether it is time."""
        if self._last_step is None:
            return True
        if self._last_step == step:
            return False
        if self._seconds is not None:
            return time.time() >= (self._last_time or 0.0) + self._seconds
        return step >= self._last_step + (self._steps or 0)

    def update_last_triggered_step(self, step: int) -> tuple[float | None, int | None]:
        """Remembers that it was time, and returns the seconds and steps since it was before."""
        now = time.time()
        since = (None, None) if self._last_step is None else (now - (self._last_time or 0.0), step - self._last_step)
        self._last_time, self._last_step = now, step
        return since

    def last_triggered_step(self) -> int | None:
        """When it was time, or None."""
        return self._last_step


class VocabInfo(NamedTuple):
    """How the words of one vocabulary are found in another."""

    new_vocab: str
    new_vocab_size: int
    num_oov_buckets: int
    old_vocab: str
    old_vocab_size: int = -1
    backup_initializer: Any = None
    axis: int = 0


def global_step(sess: Any, global_step_tensor: Any) -> int:
    """The value of the Variable that counts training steps."""
    return int(global_step_tensor)


def assert_global_step(global_step_tensor: Any) -> None:
    """Raises a TypeError where this is no scalar of integers."""
    tensor = convert_to_tensor(global_step_tensor)
    if not tensor.dtype.is_integer:
        raise TypeError(f"Existing 'global_step' does not have integer type: {tensor.dtype}")
    if tensor.shape.rank != 0:
        raise TypeError(f"Existing 'global_step' is not scalar: {tensor.shape}")


def replica_device_setter(ps_tasks: int = 0, **settings: Any) -> None:
    """None: there are no parameter servers."""
    if ps_tasks or settings.get("cluster"):
        raise NotImplementedError("kerax does not have parameter servers: tf.compat.v1.train.replica_device_setter()")


def _of_sessions(name: str, base: type = object) -> type:
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        raise NotImplementedError(
            f"kerax does not have the sessions of TensorFlow 1, which tf.compat.v1.train.{name} is for: "
            "train with a tf.GradientTape or tf.keras."
        )

    text = f"Refused: {name} belongs to the sessions of TensorFlow 1."
    return type(name, (base,), {"__init__": __init__, "__doc__": text, "__module__": __name__})


CheckpointSaverHook, FeedFnHook, FinalOpsHook, GlobalStepWaiterHook, LoggingTensorHook = (
    _of_sessions(name, SessionRunHook)
    for name in ("CheckpointSaverHook", "FeedFnHook", "FinalOpsHook", "GlobalStepWaiterHook", "LoggingTensorHook")
)
NanTensorHook, ProfilerHook, StepCounterHook, StopAtStepHook, SummarySaverHook = (
    _of_sessions(name, SessionRunHook)
    for name in ("NanTensorHook", "ProfilerHook", "StepCounterHook", "StopAtStepHook", "SummarySaverHook")
)
ChiefSessionCreator, MonitoredSession, MonitoredTrainingSession, QueueRunner, Scaffold = map(
    _of_sessions, ("ChiefSessionCreator", "MonitoredSession", "MonitoredTrainingSession", "QueueRunner", "Scaffold")
)
Server, SessionCreator, SessionManager, SingularMonitoredSession, Supervisor = map(
    _of_sessions, ("Server", "SessionCreator", "SessionManager", "SingularMonitoredSession", "Supervisor")
)
SyncReplicasOptimizer, WorkerSessionCreator = map(_of_sessions, ("SyncReplicasOptimizer", "WorkerSessionCreator"))


class LossScale:
    """Base of what a loss is multiplied by, so that small gradients of half precision are not lost."""

    def __call__(self) -> Any:
        """The factor, a scalar."""
        raise NotImplementedError


class FixedLossScale(LossScale):
    """A factor that stays.

    Args:
      loss_scale_value: float, at least 1.
    """

    def __init__(self, loss_scale_value: float) -> None:
        if loss_scale_value < 1:
            raise ValueError("loss_scale_value must be at least 1.")
        self._value = float(loss_scale_value)

    def __call__(self) -> Any:
        return convert_to_tensor(self._value, dtypes.float32)

    def update(self, grads: Any) -> tuple[None, bool]:
        """Nothing to change: steps are always made."""
        return None, True

    def get_config(self) -> dict[str, Any]:
        """The arguments of the constructor."""
        return {"loss_scale_value": self._value}
