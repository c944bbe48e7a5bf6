"""``tensorflow.python.platform.app``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from absl import app as _app

from .flags import FLAGS


def run(main: Callable[[list[str]], Any] | None = None, argv: list[str] | None = None) -> None:
    """Reads the flags, calls ``main`` with the other arguments of the command line, and exits.

    Args:
      main: function of a list of str; by default the program's ``main``.
      argv: the command line, by default ``sys.argv``; flags that nobody defined are arguments.
    """
    main = main or sys.modules["__main__"].main  # type: ignore[attr-defined]
    _app.run(main=main, argv=argv, flags_parser=lambda given: FLAGS(given, known_only=True))
