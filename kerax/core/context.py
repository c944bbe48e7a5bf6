"""What must be global, in one thread-local object."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import Any


class Context(threading.local):
    """State of one thread: who records, what is being traced, where values go."""

    def __init__(self) -> None:
        self.recorders: list[Any] = []  # active tapes and forward accumulators, outermost first
        self.trace: Any = None  # the innermost core.state.Trace, None when eager
        self.device: Any = None  # a jax.Device chosen with tf.device
        self.name_scopes: list[str] = []
        self.eager_functions = False  # tf.config.run_functions_eagerly
        self.overwritten: Any = None  # while a function is only tried: id(Variable) → it and what it held before
        self.quiet = False  # python runs again for what it has run for: converted prints stay silent
        self.heard: int | None = None  # where quiet: how many prints are to stay silent, None for all
        self.prints = 0  # converted prints that were printed
        self.uncompiled = False  # a tf.function runs that cannot be compiled
        self.pure = False  # a program is traced for a file, which can hold no python: nothing is printed or checked
        self.portable = False  # a program is traced for another compiler than XLA: ops stay what that one knows
        self.inside_op = False  # whether a public op of Keras' is at work
        self.extras: dict[str, Any] = {}  # for rooms above core (Keras' call context, seeds, …)


context = Context()


@contextlib.contextmanager
def quietly(quiet: bool, heard: int | None = None) -> Iterator[None]:
    """Runs without what python prints, or the first ``heard`` prints of it, where ``quiet``."""
    if not quiet:
        yield
        return
    outer = context.quiet, context.heard
    context.quiet, context.heard = True, None if outer == (True, None) else heard
    try:
        yield
    finally:
        context.quiet, context.heard = outer
