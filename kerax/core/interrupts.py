"""Ctrl-C that waits: for what must not be left in the middle."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
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
