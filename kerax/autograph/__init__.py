"""``tf.autograph``: python control flow on tensors."""

import logging as _logging
from typing import Any

from kerax.autograph import experimental as experimental

from .conversion import to_code as to_code
from .conversion import to_graph as to_graph


def set_verbosity(level: int, alsologtostdout: bool = False) -> None:
    """Sets how much AutoGraph logs.

    Args:
      level: int, 0 for nothing to 10.
      alsologtostdout: bool, ignored.
    """
    _logging.getLogger("malt").setLevel(_logging.WARNING if level == 0 else _logging.DEBUG)


def trace(*args: Any) -> None:
    """Prints values while a function is traced."""
    print(*args)
