"""``keras.datasets.california_housing``: prices of houses in California in 1990."""

from __future__ import annotations

from typing import Any

from kerax.keras.datasets._files import load_regression

_SHA256 = "1a2e3a52e0398de6463aebe6f4a8da34fb21fbb6b934cf88c3425e766f2a1a6f"


def load_data(
    version: str = "large", path: str = "california_housing.npz", test_split: float = 0.2, seed: int = 113
) -> Any:
    """20,640 districts (or the first 600) with 8 features and the median price in dollars.

    Args:
      version: "large" or "small".
      path: str, name of the file in the cache.
      test_split: float, the share of the test samples.
      seed: int, of the order.

    Returns:
      ``(x_train, y_train), (x_test, y_test)``: float32 ``[samples, 8]``, float32 ``[samples]``.
    """
    if version not in ("small", "large"):
        raise ValueError(f"Argument `version` must be one of 'small', 'large'. Received: version={version}")
    limit = 600 if version == "small" else None
    return load_regression("california_housing.npz", path, _SHA256, test_split, seed, limit)
