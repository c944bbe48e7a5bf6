"""Losses of ragged tensors, which Keras 2 has."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from kerax.core.config import legacy_keras
from kerax.ragged import RaggedTensor
from kerax.ragged.reduction import reduce_mean


def takes_ragged(loss: Callable[..., Any]) -> Callable[..., Any]:
    """In Keras 2 a mean over the last axis is one over each row where that axis is the ragged one."""

    @functools.wraps(loss)
    def of_rows(y_true: Any, y_pred: Any, *args: Any, **kwargs: Any) -> Any:
        both = all(isinstance(value, RaggedTensor) for value in (y_true, y_pred))
        if not both or not legacy_keras():
            return loss(y_true, y_pred, *args, **kwargs)
        true, predicted = y_true.flat_values, y_pred.flat_values
        if predicted.shape.rank > 1:
            return y_pred.with_flat_values(loss(true, predicted, *args, **kwargs))
        each = loss(true[:, None], predicted[:, None], *args, **kwargs)
        return reduce_mean(y_pred.with_flat_values(each), axis=y_pred.ragged_rank)

    return of_rows
