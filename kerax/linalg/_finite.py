"""Checks of results that are known at once, for errors that depend on values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from kerax.core import errors
from kerax.core.tensor import Tensor
from kerax.math._values import concrete


def require_finite(result: Any, message: str, test: Callable[[np.ndarray], Any] | None = None) -> None:
    """Raises InvalidArgumentError if a result computed eagerly is not finite or fails a test."""
    if not isinstance(result, Tensor):
        return
    known = concrete(result)
    if known is not None and not (np.isfinite(known).all() and (test is None or test(known))):
        raise errors.InvalidArgumentError(None, None, message)
