"""``tf.experimental``'s settings of how programs run, and libraries that it loads."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import Any

import jax


@contextlib.contextmanager
def async_scope() -> Iterator[None]:
    """Runs ops without waiting for them, as JAX always does; at the end waits for what was started."""
    yield
    jax.effects_barrier()


def async_clear_error() -> None:
    """Forgets errors of ops that have not been waited for; there is nothing to forget in JAX."""


def enable_strict_mode() -> None:
    """Turns warnings of deprecation into errors."""
    import warnings

    warnings.simplefilter("error", DeprecationWarning)


@contextlib.contextmanager
def function_executor_type(executor_type: Any) -> Iterator[None]:
    """Chooses how functions run, of which kerax has one way: XLA.

    Args:
      executor_type: without effect; any of TensorFlow's names or None.
    """
    yield


def register_filesystem_plugin(plugin_location: Any) -> None:
    """Not available: TensorFlow's file system plugins need TensorFlow.

    Raises:
      FileNotFoundError: there is no such file.
      NotImplementedError: there is one.
    """
    if not os.path.exists(plugin_location):
        raise FileNotFoundError(2, "The file or folder to load kernel libraries from does not exist.", plugin_location)
    raise NotImplementedError(f"{plugin_location}: kerax cannot load file system plugins of TensorFlow.")
