"""Whether programs fit into memory, asked before they run.

A program that runs out of memory on a CPU does so after it has taken the variables given to it: what they hold is lost.
So one that needs more than the machine has is not begun. (Accelerators reserve memory before they take anything.)
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Sequence
from typing import Any

import jax

from kerax.core import errors


@functools.cache
def machine_bytes() -> int:
    """Memory and swap space of this machine; without bound where that cannot be known."""
    try:
        total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        with open("/proc/meminfo", encoding="ascii") as file:
            swap = [int(line.split()[1]) * 1024 for line in file if line.startswith("SwapTotal:")]
    except (AttributeError, OSError, ValueError):
        return sys.maxsize
    return total + sum(swap)


def require_program(compiled: Any, arrays: Sequence[Any], name: str) -> None:
    """Refuses a program that needs more memory than the machine has.

    Args:
      compiled: what ``jax.jit`` returned. It is compiled here, and need not be once more to be called.
      arrays: its arguments.
      name: of the function, for the message.

    Raises:
      errors.ResourceExhaustedError: it does.
    """
    sizes = compiled.lower(*arrays).compile().memory_analysis()
    if sizes is None or jax.default_backend() != "cpu":
        return
    needed = sizes.temp_size_in_bytes + sizes.output_size_in_bytes - sizes.alias_size_in_bytes
    if needed > machine_bytes():
        raise errors.ResourceExhaustedError(
            None, None, f"OOM when running {name}: it needs {needed} bytes, the machine has {machine_bytes()}."
        )


_LARGE = 1 << 28  # elements of an array


def is_large(out: Any) -> bool:
    """Whether there is an array in a result that may have got no memory.

    On a CPU a program asks for memory as it runs, and python ends where an array that got none is read: results that
    are large are waited for.
    """
    return jax.default_backend() == "cpu" and any(leaf.size >= _LARGE for leaf in jax.tree.leaves(out))


def ran_out(error: jax.errors.JaxRuntimeError) -> bool:
    """Whether an error of JAX says that there was no memory."""
    return "RESOURCE_EXHAUSTED" in str(error) or "Out of memory" in str(error)
