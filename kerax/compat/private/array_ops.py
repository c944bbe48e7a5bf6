"""``tensorflow.python.ops.array_ops``."""

from __future__ import annotations

from typing import Any

from kerax.array_ops import identity
from kerax.core.custom_gradient import custom_gradient


def prevent_gradient(input: Any, message: str = "", name: str | None = None) -> Any:
    """The tensor itself, of which no gradient can be asked.

    Raises:
      LookupError: when a gradient is asked for.
    """

    @custom_gradient
    def closed(value: Any) -> Any:
        def gradient(*upstream: Any) -> Any:
            raise LookupError(f"Gradient explicitly disabled. Reason: {message!r}")

        return identity(value), gradient

    return closed(input)
