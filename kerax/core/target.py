"""What the programs that are being traced are compiled for."""

from __future__ import annotations

import jax

from kerax.core.context import context


def is_loop() -> bool:
    """Whether they are the body of a loop, where XLA's CPU convolutions take ten times as long."""
    return context.trace is not None and context.trace.repeats


def is_cpu() -> bool:
    """Whether XLA compiles them for a CPU, where some ops are faster written in another way.

    >>> import jax
    >>> is_cpu() == (jax.default_backend() == "cpu")
    True
    """
    return jax.default_backend() == "cpu" and not context.portable
