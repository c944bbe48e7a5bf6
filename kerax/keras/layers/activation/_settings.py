"""Numbers in the precision in which Keras 2 keeps them."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core import dtypes
from kerax.keras.engine.settings import floatx


def as_floatx(value: Any) -> Any:
    """A number as a numpy array of the global float type, which Keras 2 keeps and writes to files; None for None."""
    return None if value is None else np.asarray(value, dtypes.as_dtype(floatx()).as_numpy_dtype)
