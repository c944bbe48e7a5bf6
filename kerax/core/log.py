"""TensorFlow's logger, set up when it is first asked for."""

from __future__ import annotations

import collections
import functools
import logging
import sys
from typing import Any

_said: collections.Counter[str] = collections.Counter()


@functools.cache
def get_logger() -> logging.Logger:
    """TensorFlow's logger, named "tensorflow".

    Where nothing has set up Python's logging, its messages go to stderr as ``LEVEL:tensorflow:message``, and in an
    interactive shell or notebook to stdout, from level INFO on.

    Returns:
      ``logging.Logger``.

    >>> import kerax as tf
    >>> tf.get_logger().name
    'tensorflow'
    """
    logger = logging.getLogger("tensorflow")
    if not logging.getLogger().handlers:
        interactive = bool(getattr(sys, "ps1", sys.flags.interactive))
        if interactive:
            logger.setLevel(logging.INFO)
        handler = logging.StreamHandler(sys.stdout if interactive else sys.stderr)
        handler.setFormatter(logging.Formatter(logging.BASIC_FORMAT))
        logger.addHandler(handler)
    return logger


def warn_first(times: int, message: str, *values: Any) -> None:
    """Warns by TensorFlow's logger, at most so many times of one thing.

    Args:
      times: int.
      message: str, with places for the values.
      *values: what goes there.
    """
    if _said[message] < times:
        _said[message] += 1
        get_logger().warning(message, *values)
