"""``keras.utils.TimedThread``: a thread that does something again and again (Keras 2)."""

from __future__ import annotations

import abc
import threading
from typing import Any


class TimedThread:
    """Calls ``on_interval`` at intervals, in a thread of its own.

    Args:
      interval: float, seconds.
      **kwargs: for ``threading.Thread``.
    """

    def __init__(self, interval: float, **kwargs: Any) -> None:
        self.interval = interval
        self.daemon = kwargs.pop("daemon", False)
        self.thread_kwargs = kwargs
        self.thread: threading.Thread | None = None
        self.thread_stop_event: threading.Event | None = None

    def _loop(self, stop: threading.Event) -> None:
        while not stop.is_set():
            self.on_interval()
            stop.wait(self.interval)

    def start(self) -> None:
        """Starts the thread, unless it runs."""
        if self.is_alive():
            return
        self.thread_stop_event = threading.Event()
        self.thread = threading.Thread(
            target=self._loop, args=(self.thread_stop_event,), daemon=self.daemon, **self.thread_kwargs
        )
        self.thread.start()

    def stop(self) -> None:
        """Has the thread end after the present interval."""
        if self.thread_stop_event is not None:
            self.thread_stop_event.set()

    def is_alive(self) -> bool:
        """Whether the thread runs."""
        return self.thread is not None and self.thread.is_alive()

    def __enter__(self) -> TimedThread:
        self.start()
        return self

    def __exit__(self, *exc: Any) -> None:
        self.stop()

    @abc.abstractmethod
    def on_interval(self) -> None:
        """What is done at each interval."""
        raise NotImplementedError("Runs every x interval seconds.")


class StepsPerExecutionTuner(TimedThread):
    """Looks for the number of steps of a call at which most steps are made a second.

    Args:
      optimizer: its ``iterations`` count the steps.
      spe_variable: Variable, the number of steps of a call.
      interval: float, seconds between two looks.
      change_spe_interval: int, looks between two changes.
      change_threshold: float, what share of speed lost turns the direction of changes.
    """

    def __init__(
        self,
        optimizer: Any,
        spe_variable: Any,
        interval: float = 5,
        change_spe_interval: int = 10,
        change_threshold: float = 0.1,
    ) -> None:
        super().__init__(interval, daemon=True)
        self.optimizer = optimizer
        self._spe = spe_variable
        self.change_spe_interval = change_spe_interval
        self.spe_change_threshold = change_threshold
        self.init_spe = int(spe_variable)
        self.spe_last_logged = {"iteration": int(optimizer.iterations), "looks": 0}
        self.rgsps: list[float] = []  # steps per second, one for each look
        self.spe_increase = True
        self._last_speed: float | None = None

    @property
    def steps_per_execution(self) -> int:
        """The number of steps of a call."""
        return int(self._spe)

    @steps_per_execution.setter
    def steps_per_execution(self, value: int) -> None:
        self._spe.assign(value)
        self.init_spe = int(value)

    def on_interval(self) -> None:
        now = int(self.optimizer.iterations)
        self.rgsps.append((now - self.spe_last_logged["iteration"]) / self.interval)
        self.spe_last_logged["iteration"] = now
        self.spe_last_logged["looks"] += 1
        if self.spe_last_logged["looks"] % self.change_spe_interval == 0:
            speed = sum(self.rgsps) / len(self.rgsps)
            self.rgsps.clear()
            if self._last_speed is not None and speed < self._last_speed * (1 - self.spe_change_threshold):
                self.spe_increase = not self.spe_increase
            self._last_speed = speed
            current = int(self._spe)
            self._spe.assign(current * 2 if self.spe_increase else max(1, current // 2))
