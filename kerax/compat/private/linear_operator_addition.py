"""``tensorflow.python.ops.linalg.linear_operator_addition``."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from typing import Any

from kerax.linalg import (
    LinearOperatorDiag,
    LinearOperatorFullMatrix,
    LinearOperatorIdentity,
    LinearOperatorLowerTriangular,
    LinearOperatorScaledIdentity,
)

_DIAGONAL = (LinearOperatorDiag, LinearOperatorIdentity, LinearOperatorScaledIdentity)
_LOWER = (*_DIAGONAL, LinearOperatorLowerTriangular)


def add_operators(
    operators: Sequence[Any], operator_name: str | None = None, additional_tiers: Any = None
) -> list[Any]:
    """The sum of linear operators of one shape, as a list of one operator of the simplest kind that holds it.

    Args:
      operators: linear operators.
      operator_name: str, the result's.
      additional_tiers: must be None.

    Raises:
      NotImplementedError: ``additional_tiers``.
    """
    if additional_tiers is not None:
        raise NotImplementedError("kerax does not have add_operators(additional_tiers=…).")
    if len(operators) == 1:
        return list(operators)
    positive = all(one.is_positive_definite for one in operators) or None
    hints = {"is_self_adjoint": all(one.is_self_adjoint for one in operators) or None, "name": operator_name}
    if all(isinstance(one, _DIAGONAL) for one in operators):
        total = functools.reduce(operator.add, (one.diag_part() for one in operators))
        return [LinearOperatorDiag(total, is_positive_definite=positive, **hints)]
    total = functools.reduce(operator.add, (one.to_dense() for one in operators))
    lower = all(isinstance(one, _LOWER) for one in operators)
    kind = LinearOperatorLowerTriangular if lower else LinearOperatorFullMatrix
    return [kind(total, is_positive_definite=positive, **hints)]
