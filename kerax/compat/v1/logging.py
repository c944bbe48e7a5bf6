"""``tf.compat.v1.logging``: the standard library's logger named "tensorflow"."""

from __future__ import annotations

import logging as _logging
import sys as _sys
from typing import Any

from kerax.core.log import get_logger as _get_logger

DEBUG = _logging.DEBUG
INFO = _logging.INFO
WARN = _logging.WARNING
ERROR = _logging.ERROR
FATAL = _logging.CRITICAL

_counts: dict[Any, int] = {}


def debug(msg: str, *args: Any, **kwargs: Any) -> None:
    """Log at level DEBUG; `args` are formatted into `msg`."""
    _get_logger().debug(msg, *args, **kwargs)


def info(msg: str, *args: Any, **kwargs: Any) -> None:
    """Log at level INFO."""
    _get_logger().info(msg, *args, **kwargs)


def warning(msg: str, *args: Any, **kwargs: Any) -> None:
    """Log at level WARN."""
    _get_logger().warning(msg, *args, **kwargs)


warn = warning


def error(msg: str, *args: Any, **kwargs: Any) -> None:
    """Log at level ERROR."""
    _get_logger().error(msg, *args, **kwargs)


def fatal(msg: str, *args: Any, **kwargs: Any) -> None:
    """Log at level FATAL."""
    _get_logger().critical(msg, *args, **kwargs)


def TaskLevelStatusMessage(msg: str) -> None:
    """Log at level ERROR."""
    error(msg)


def log(level: int, msg: str, *args: Any, **kwargs: Any) -> None:
    """Log at `level`."""
    _get_logger().log(level, msg, *args, **kwargs)


vlog = log


def log_if(level: int, msg: str, condition: Any, *args: Any) -> None:
    """Log at `level` where `condition` holds."""
    if condition:
        _get_logger().log(level, msg, *args)


def _count() -> int:
    """How often the line of code that called the public function has been here before."""
    frame = _sys._getframe(2)
    key = (frame.f_code.co_filename, frame.f_lineno)
    _counts[key] = _counts.get(key, -1) + 1
    return _counts[key]


def log_first_n(level: int, msg: str, n: int, *args: Any) -> None:
    """Log the first `n` times that this line is reached."""
    log_if(level, msg, _count() < n, *args)


def log_every_n(level: int, msg: str, n: int, *args: Any) -> None:
    """Log every `n`-th time that this line is reached, the first time included."""
    log_if(level, msg, not _count() % n, *args)


def get_verbosity() -> int:
    """The level below which nothing is logged."""
    return _get_logger().getEffectiveLevel()


def set_verbosity(v: int | str) -> None:
    """Log nothing below level `v`."""
    _get_logger().setLevel(v)


def flush() -> None:
    """Write out what the handlers hold back."""
    for handler in _get_logger().handlers:
        handler.flush()
