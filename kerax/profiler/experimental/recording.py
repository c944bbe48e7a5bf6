"""Traces of what runs, by JAX's profiler; TensorBoard and Perfetto show them."""

from __future__ import annotations

import collections
import contextlib
from typing import Any

import jax

from kerax.core import errors

ProfilerOptions = collections.namedtuple(
    "ProfilerOptions",
    ["host_tracer_level", "python_tracer_level", "device_tracer_level", "delay_ms"],
    defaults=[2, 0, 1, None],
)
ProfilerOptions.__doc__ = """How much is recorded.

    Args:
      host_tracer_level: 1 critical events, 2 all of the host's, 3 those of low level too.
      python_tracer_level: 1 to record calls of python functions.
      device_tracer_level: 0 to leave the device out.
      delay_ms: must be None: recording starts at once.
    """

_running: list[str] = []


def start(logdir: str, options: Any = None) -> None:
    """Begins to record.

    Args:
      logdir: str, the folder that the trace is written to.
      options: ``ProfilerOptions`` or None.

    Raises:
      errors.AlreadyExistsError: a recording is under way.
      NotImplementedError: a delay is asked for.
    """
    if _running:
        raise errors.AlreadyExistsError(None, None, "Another profiler is running.")
    arguments = {}
    if options is not None:
        if options.delay_ms is not None:
            raise NotImplementedError("ProfilerOptions.delay_ms is not available: call start() when it is time.")
        chosen = jax.profiler.ProfileOptions()
        chosen.host_tracer_level = options.host_tracer_level
        chosen.python_tracer_level = options.python_tracer_level
        chosen.device_tracer_level = options.device_tracer_level
        arguments = {"profiler_options": chosen}
    jax.profiler.start_trace(str(logdir), **arguments)
    _running.append(str(logdir))


def stop(save: bool = True) -> None:
    """Ends the recording and writes it.

    Args:
      save: must be True: JAX writes every recording.

    Raises:
      errors.UnavailableError: nothing is being recorded.
    """
    if not save:
        raise NotImplementedError("stop(save=False) is not available: JAX writes every recording.")
    if not _running:
        raise errors.UnavailableError(None, None, "Cannot export profiling results. No profiler is running.")
    _running.clear()
    jax.profiler.stop_trace()


class Profile:
    """Records what runs inside of a ``with`` block.

    Args:
      logdir: str, the folder that the trace is written to.
      options: ``ProfilerOptions`` or None.
    """

    def __init__(self, logdir: str, options: Any = None) -> None:
        self._logdir, self._options = logdir, options

    def __enter__(self) -> None:
        start(self._logdir, self._options)

    def __exit__(self, *exc: Any) -> None:
        stop()


class Trace(contextlib.ContextDecorator):
    """Gives what runs inside of a ``with`` block a name in the recording.

    Args:
      name: str.
      **kwargs: values shown with it, such as ``step_num=3``; ``_r=1`` marks a training step.
    """

    def __init__(self, name: str, **kwargs: Any) -> None:
        is_step = kwargs.pop("_r", 0)
        kind = jax.profiler.StepTraceAnnotation if is_step else jax.profiler.TraceAnnotation
        self._annotation = kind(name, **kwargs)

    def __enter__(self) -> Trace:
        self._annotation.__enter__()
        return self

    def __exit__(self, *exc: Any) -> None:
        self._annotation.__exit__(*exc)

    def set_metadata(self, **kwargs: Any) -> None:
        """Adds values to the name.

        Raises:
          NotImplementedError: JAX cannot add them once the block has begun.
        """
        if kwargs:
            raise NotImplementedError("Trace.set_metadata is not available: give the values to Trace(name, ...).")
