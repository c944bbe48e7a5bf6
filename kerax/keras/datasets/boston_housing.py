"""``keras.datasets.boston_housing``: prices of houses in Boston in the 1970s."""

from __future__ import annotations

from typing import Any

from kerax.keras.datasets._files import load_regression

_SHA256 = "f553886a1f8d56431e820c5b82552d9d95cfcb96d1e678153f8839538947dff5"


def load_data(path: str = "boston_housing.npz", test_split: float = 0.2, seed: int = 113) -> Any:
    """506 samples of 13 features and a price in thousands of dollars.

    The dataset has been criticised for a feature about race; ``california_housing`` is an alternative.

    Returns:
      ``(x_train, y_train), (x_test, y_test)``: float64 ``[samples, 13]``, float64 ``[samples]``.
    """
    return load_regression("boston_housing.npz", path, _SHA256, test_split, seed)
