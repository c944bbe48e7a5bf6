"""What Keras says while it works: printed, or logged where interactive logging is off."""

from __future__ import annotations

import logging
import sys
from typing import Any

from kerax.core.context import context

_KEY = "interactive_logging"


def enable_interactive_logging() -> None:
    """Makes ``fit`` and its like print (the default)."""
    context.extras[_KEY] = True


def disable_interactive_logging() -> None:
    """Makes ``fit`` and its like log to python's logging instead of printing."""
    context.extras[_KEY] = False


def is_interactive_logging_enabled() -> bool:
    """Whether Keras prints rather than logs.

    >>> is_interactive_logging_enabled()
    True
    """
    return context.extras.get(_KEY, True)


def print_msg(message: Any, line_break: bool = True) -> None:
    """Prints or logs a message."""
    message = str(message)
    if not is_interactive_logging_enabled():
        logging.getLogger("absl").info(message)
        return
    if line_break:
        message += "\n"
    try:
        sys.stdout.write(message)
    except UnicodeEncodeError:
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.write(message.replace("━", "=").encode(encoding, errors="ignore").decode(encoding))
    sys.stdout.flush()


def ask_to_proceed_with_overwrite(filepath: Any) -> bool:
    """Asks the user whether an existing file may be replaced."""
    answer = input(f"[WARNING] {filepath} already exists - overwrite? [y/n]").strip().lower()
    while answer not in ("y", "n"):
        answer = input('Enter "y" (overwrite) or "n" (cancel).').strip().lower()
    if answer == "n":
        return False
    print_msg("[TIP] Next time specify overwrite=True!")
    return True
