"""What stands for the estimators where scikit-learn is not installed."""

from __future__ import annotations

from typing import Any


def _refuse(name: str) -> None:
    raise ImportError(f"{name} requires `scikit-learn` to be installed. Run `pip install scikit-learn` to install it.")


class SKLearnClassifier:
    """A model as a scikit-learn classifier."""

    def __init__(self, model: Any, warm_start: bool = False, model_kwargs: Any = None, fit_kwargs: Any = None) -> None:
        _refuse(type(self).__name__)


class SKLearnRegressor(SKLearnClassifier):
    """A model as a scikit-learn regressor."""


class SKLearnTransformer(SKLearnClassifier):
    """A model as a scikit-learn transformer."""
