"""Estimators of scikit-learn that train a Keras model."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import sklearn
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin, TransformerMixin
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder
from sklearn.utils.multiclass import type_of_target
from sklearn.utils.validation import check_is_fitted, validate_data

from kerax.keras.engine.model import Model
from kerax.keras.models import clone_model


class TargetReshaper(TransformerMixin, BaseEstimator):
    """Targets of rank 1 as columns, and back."""

    def fit(self, y: Any) -> TargetReshaper:
        self.ndim_ = y.ndim
        return self

    def transform(self, y: Any) -> Any:
        return y.reshape(-1, 1) if y.ndim == 1 else y

    def inverse_transform(self, y: Any) -> Any:
        check_is_fitted(self)
        return np.squeeze(y, axis=1) if self.ndim_ == 1 and y.ndim == 2 else y


def _target_kind(y: Any) -> str:
    kind = type_of_target(y)
    if kind == "unknown":
        raise ValueError(f"Unknown label type for data: {y!r}")
    return kind


class SKLBase(BaseEstimator):
    """The base of the estimators.

    Args:
      model: a compiled model, or a function ``(X, y, **model_kwargs)`` that returns one.
      warm_start: bool, kept for scikit-learn.
      model_kwargs: dict of further arguments of that function.
      fit_kwargs: dict of arguments of ``Model.fit``.

    Attributes:
      model_: the trained model.
      history_: what ``fit`` returned.
    """

    def __init__(self, model: Any, warm_start: bool = False, model_kwargs: Any = None, fit_kwargs: Any = None) -> None:
        self.model = model
        self.warm_start = warm_start
        self.model_kwargs = model_kwargs
        self.fit_kwargs = fit_kwargs

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.non_deterministic = True
        return tags

    def __sklearn_clone__(self) -> Any:
        model = self.model if callable(self.model) else copy.deepcopy(self.model)
        return type(self)(model=model, warm_start=self.warm_start, model_kwargs=self.model_kwargs)

    @property
    def epoch_(self) -> Any:
        """The epochs trained."""
        return getattr(self, "history_", {}).get("epoch", 0)

    def set_fit_request(self, **kwargs: Any) -> Any:
        """Asks for metadata in ``fit``, where scikit-learn's metadata routing is enabled."""
        if not sklearn.get_config().get("enable_metadata_routing", False):
            raise RuntimeError(
                "This method is only available when metadata routing is enabled. You can enable it using "
                "sklearn.set_config(enable_metadata_routing=True)."
            )
        from sklearn.utils.metadata_routing import MetadataRequest

        self._metadata_request = MetadataRequest(owner=type(self).__name__)
        for param, alias in kwargs.items():
            self._metadata_request.score.add_request(param=param, alias=alias)
        return self

    def fit(self, X: Any, y: Any, **kwargs: Any) -> Any:
        """Trains the model.

        Args:
          X: array ``[samples, features]``.
          y: array ``[samples]`` or ``[samples, targets]``.
          **kwargs: arguments of ``Model.fit``.

        Raises:
          RuntimeError: the model is not compiled.
        """
        X, y = validate_data(self, X, y)
        y = self._process_target(y, reset=True)
        model = clone_model(self.model) if isinstance(self.model, Model) else None
        if model is None:
            model = self.model(X=X, y=y, **(self.model_kwargs or {}))
        elif getattr(self.model, "compiled", False) and not getattr(model, "compiled", False):
            model.compile_from_config(self.model.get_compile_config())
        if not model.compiled or not model.loss or not model.optimizer:
            raise RuntimeError("Given model needs to be compiled, and have a loss and an optimizer.")
        self.history_ = model.fit(X, y, **{**(self.fit_kwargs or {}), **kwargs})
        self.model_ = model
        return self

    def predict(self, X: Any) -> Any:
        """Predictions in the form of the targets."""
        return self._reverse_process_target(self._raw(X))

    def _raw(self, X: Any) -> Any:
        check_is_fitted(self)
        return self.model_.predict(validate_data(self, X, reset=False))

    def _process_target(self, y: Any, reset: bool = False) -> Any:
        _target_kind(y)
        if reset:
            self._target_encoder = TargetReshaper().fit(y)
        return self._target_encoder.transform(y)

    def _reverse_process_target(self, y: Any) -> Any:
        return self._target_encoder.inverse_transform(y)


class SKLearnClassifier(ClassifierMixin, SKLBase):
    """A model as a scikit-learn classifier: it is trained on one-hot classes."""

    def decision_function(self, X: Any) -> Any:
        """The model's scores of the classes."""
        return self._raw(X)

    def _process_target(self, y: Any, reset: bool = False) -> Any:
        kind = _target_kind(y)
        if kind not in ("binary", "multiclass"):
            raise ValueError(f"Only binary and multiclass target types are supported. Target type: {kind}")
        if reset:
            self._target_encoder = make_pipeline(TargetReshaper(), OneHotEncoder(sparse_output=False)).fit(y)
            self.classes_ = np.unique(y)
            if len(self.classes_) == 1:
                raise ValueError("Classifier can't train when only one class is present.")
        return self._target_encoder.transform(y)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.poor_score = True
        return tags


class SKLearnRegressor(RegressorMixin, SKLBase):
    """A model as a scikit-learn regressor."""

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.regressor_tags.poor_score = True
        return tags


class SKLearnTransformer(TransformerMixin, SKLBase):
    """A model as a scikit-learn transformer: ``transform`` returns its predictions."""

    def transform(self, X: Any) -> Any:
        """The model's predictions."""
        return self._raw(X)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.transformer_tags.preserves_dtype = []
        return tags
