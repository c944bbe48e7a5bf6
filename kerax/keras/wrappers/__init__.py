"""``tf.keras.wrappers``: models as scikit-learn estimators."""

from typing import Any as _Any

_NAMES = {"SKLearnClassifier", "SKLearnRegressor", "SKLearnTransformer"}


def __getattr__(name: str) -> _Any:
    if name not in _NAMES:
        raise AttributeError(f"module 'kerax.keras.wrappers' has no attribute {name!r}")
    try:
        import sklearn as _sklearn
    except ImportError:
        from kerax.keras.wrappers import missing as _missing

        return getattr(_missing, name)
    from kerax.keras.wrappers import sklearn_estimators as _estimators

    return getattr(_estimators, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_NAMES})
