"""``tf.keras.regularizers``."""

from typing import Any as _Any

from kerax.core.config import legacy_keras as _legacy_keras
from kerax.keras.engine.lookup import lookup as _lookup
from kerax.keras.engine.lookup import table as _table
from kerax.keras.regularizers.regularizers import L1 as L1
from kerax.keras.regularizers.regularizers import L1L2 as L1L2
from kerax.keras.regularizers.regularizers import L2 as L2
from kerax.keras.regularizers.regularizers import OrthogonalRegularizer as OrthogonalRegularizer
from kerax.keras.regularizers.regularizers import Regularizer as Regularizer

l1 = L1
l2 = L2
orthogonal_regularizer = OrthogonalRegularizer


_NOT_GIVEN: _Any = object()


def l1_l2(l1: _Any = _NOT_GIVEN, l2: _Any = _NOT_GIVEN) -> L1L2:
    """An ``L1L2`` regularizer.

    Args:
      l1: float, 0 by default (0.01 in the Keras 2 dialect); None stands for 0.
      l2: float, likewise.
    """
    default = 0.01 if _legacy_keras() else 0.0
    return L1L2(*(default if rate is _NOT_GIVEN else rate for rate in (l1, l2)))


serialize, deserialize, _get = _lookup(
    _table(
        [Regularizer, L1, L2, L1L2, OrthogonalRegularizer],
        {"l1": L1, "l2": L2, "l1_l2": L1L2, "l1l2": L1L2},
        snake_case=True,
    ),
    "regularizer",
    parameters=("regularizer", "config"),
)


def get(identifier: _Any) -> _Any:
    """The regularizer of an identifier.

    Args:
      identifier: name, config, class, or the object itself; None gives None.

    Raises:
      ValueError: it names nothing.
    """
    if isinstance(identifier, str) and identifier == "l1_l2" and _legacy_keras():
        return l1_l2()  # Keras 2 means the function's defaults, not the class's
    return _get(identifier)
