"""Switches of ``tf.debugging``."""

import jax

_log_device_placement = False


def get_log_device_placement() -> bool:
    """What ``set_log_device_placement`` was told."""
    return _log_device_placement


def set_log_device_placement(enabled: bool) -> None:
    """Accepted; JAX has no log of placements."""
    global _log_device_placement
    _log_device_placement = bool(enabled)


def enable_traceback_filtering() -> None:
    """Hides the frames of JAX in tracebacks (the default)."""
    jax.config.update("jax_traceback_filtering", "auto")


def disable_traceback_filtering() -> None:
    """Shows all frames in tracebacks."""
    jax.config.update("jax_traceback_filtering", "off")


def is_traceback_filtering_enabled() -> bool:
    """Whether tracebacks hide the frames of JAX."""
    return jax.config.jax_traceback_filtering != "off"
