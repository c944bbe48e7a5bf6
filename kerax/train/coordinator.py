"""``tf.train.Coordinator``: threads that stop together."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any

from kerax.core import errors


class Coordinator:
    """Asks a group of threads to stop, and reports the error of the first that failed.

    Args:
      clean_stop_exception_types: tuple of exception classes that mean a stop without error, by default
        ``tf.errors.OutOfRangeError``.

    >>> import kerax as tf, threading
    >>> coord = tf.train.Coordinator()
    >>> thread = threading.Thread(target=coord.request_stop)
    >>> thread.start()
    >>> coord.join([thread])
    >>> coord.should_stop()
    True
    """

    def __init__(self, clean_stop_exception_types: Any = None) -> None:
        if clean_stop_exception_types is None:
            clean_stop_exception_types = (errors.OutOfRangeError,)
        self._clean = tuple(clean_stop_exception_types)
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._error: tuple[Any, ...] | None = None
        self._registered: set[threading.Thread] = set()
        self.joined = False

    def request_stop(self, ex: Any = None) -> None:
        """Asks all threads to stop.

        Args:
          ex: the exception, or what ``sys.exc_info()`` gave, that ``join`` raises again.

        Raises:
          the exception itself, after ``join`` has returned.
        """
        with self._lock:
            error = ex[1] if isinstance(ex, tuple) else ex
            if isinstance(error, self._clean):
                error = None
            if self.joined:
                if error is not None:
                    raise error
                return
            if not self._stop.is_set():
                if error is not None:
                    self._error = (type(error), error, error.__traceback__)
                self._stop.set()

    def clear_stop(self) -> None:
        """Takes a request to stop back."""
        with self._lock:
            self.joined = False
            self._error = None
            self._stop.clear()

    def should_stop(self) -> bool:
        """Whether a stop was requested."""
        return self._stop.is_set()

    @contextlib.contextmanager
    def stop_on_exception(self) -> Iterator[None]:
        """Within it, an exception becomes a request to stop."""
        try:
            yield
        except BaseException:
            self.request_stop(sys.exc_info())

    def wait_for_stop(self, timeout: float | None = None) -> bool:
        """Waits until a stop is requested.

        Args:
          timeout: float, seconds.

        Returns:
          bool, whether one was.
        """
        return self._stop.wait(timeout)

    def register_thread(self, thread: threading.Thread) -> None:
        """Adds a thread that ``join`` waits for."""
        with self._lock:
            self._registered.add(thread)

    def join(
        self,
        threads: Sequence[threading.Thread] | None = None,
        stop_grace_period_secs: float = 120,
        ignore_live_threads: bool = False,
    ) -> None:
        """Waits until the threads have ended.

        Args:
          threads: beside the registered ones.
          stop_grace_period_secs: float, seconds they have after a stop was requested.
          ignore_live_threads: bool, whether threads that go on are no error.

        Raises:
          RuntimeError: some thread goes on after that time.
          the exception that ``request_stop`` got.
        """
        with self._lock:
            waiting = [*self._registered, *(t for t in threads or () if t not in self._registered)]
        while any(thread.is_alive() for thread in waiting) and not self.wait_for_stop(0.05):
            pass
        left = stop_grace_period_secs
        while any(thread.is_alive() for thread in waiting) and left >= 0:
            time.sleep(0.01)
            left -= 0.01
        alive = [thread.name for thread in waiting if thread.is_alive()]
        with self._lock:
            self.joined = True
            self._registered = set()
            if self._error is not None:
                raise self._error[1]
            if alive and not ignore_live_threads:
                raise RuntimeError(f"Coordinator stopped with threads still running: {' '.join(alive)}")

    def raise_requested_exception(self) -> None:
        """Raises the exception that ``request_stop`` got, if any."""
        with self._lock:
            if self._error is not None:
                raise self._error[1]


class LooperThread(threading.Thread):
    """A thread that calls a function again and again until a coordinator stops.

    Args:
      coord: ``Coordinator``.
      timer_interval_secs: float, seconds between calls; None for none.
      target: function; by default the method ``run_loop``.
      args, kwargs: for the function.

    Raises:
      ValueError: ``coord`` is no Coordinator.
    """

    def __init__(
        self, coord: Any, timer_interval_secs: float | None, target: Any = None, args: Any = None, kwargs: Any = None
    ) -> None:
        if not isinstance(coord, Coordinator):
            raise ValueError(f"'coord' argument must be a Coordinator: {coord}")
        super().__init__(daemon=True)
        self._coord, self._interval = coord, timer_interval_secs
        self._function, self._arguments, self._keywords = target, args or (), kwargs or {}
        coord.register_thread(self)

    @staticmethod
    def loop(
        coord: Any, timer_interval_secs: float | None, target: Any, args: Any = None, kwargs: Any = None
    ) -> LooperThread:
        """Makes and starts one."""
        looper = LooperThread(coord, timer_interval_secs, target=target, args=args, kwargs=kwargs)
        looper.start()
        return looper

    def run(self) -> None:
        with self._coord.stop_on_exception():
            self.start_loop()
            while not self._coord.should_stop():
                self.run_loop()
                if self._interval is not None and self._coord.wait_for_stop(self._interval):
                    break
            self.stop_loop()

    def start_loop(self) -> None:
        """Called once before the first call."""

    def stop_loop(self) -> None:
        """Called once at the end."""

    def run_loop(self) -> None:
        if self._function is not None:
            self._function(*self._arguments, **self._keywords)
