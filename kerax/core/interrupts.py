"""Ctrl-C that waits: for what must not be left in the middle."""

from __future__ import annotations

import contextlib
import itertools
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

_RAISING = ("SIGINT", "SIGTERM", "SIGALRM")  # whose handlers raise exceptions, where programs have such handlers


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Signals that come within the block are handled after it.

    XLA compiles on threads of its own; an exception that leaves the wait for them takes the module away that they
    are compiling, and the process crashes.

    >>> with held():
    ...     done = True
    """
    if threading.current_thread() is not threading.main_thread():  # signals are the main thread's
        yield
        return
    came: list[int] = []

    def note(number: int, frame: Any) -> None:
        came.append(number)

    previous = {}
    try:
        for name in _RAISING:
            number = getattr(signal, name, None)
            handler = signal.getsignal(number) if number is not None else None
            if callable(handler):
                previous[number] = handler
                signal.signal(number, note)
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
        for number in dict.fromkeys(came):
            signal.raise_signal(number)


def completed(program: Callable[..., Any], arguments: Sequence[Any], keep: Callable[[Any], None]) -> Any:
    """Calls a program that takes the arrays of variables away, and keeps its results even if Ctrl-C comes in between.

    Args:
      program: called with ``arguments``.
      arguments: its arguments.
      keep: takes the results, and gives the variables their new values; may be called twice.

    Returns:
      The results.

    >>> held = []
    >>> completed(lambda x: x + 1, (1,), held.append), held
    (2, [2])
    """
    results = None
    try:
        # unpacked without a line of python in between, where Ctrl-C could part what was taken away from the results
        (results,) = itertools.starmap(program, (arguments,))
        keep(results)
    except BaseException:
        if results is not None:
            keep(results)
        raise
    return results
