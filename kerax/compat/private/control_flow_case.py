"""``tensorflow.python.ops.control_flow_case``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kerax.core.control_flow import case as case


def _case_helper(
    cond_fn: Callable[..., Any],
    pred_fn_pairs: Any,
    default: Callable[[], Any] | None,
    exclusive: bool,
    name: str | None,
    allow_python_preds: bool = False,
    **cond_kwargs: Any,
) -> Any:
    """The first function whose condition holds, by way of another function than ``tf.cond`` for each decision.

    Raises:
      TypeError: pairs that are none, or functions that cannot be called.
    """
    pairs = list(pred_fn_pairs.items() if isinstance(pred_fn_pairs, dict) else pred_fn_pairs)
    if not all(isinstance(pair, tuple) and len(pair) == 2 and callable(pair[1]) for pair in pairs):
        raise TypeError("Each entry in pred_fn_pairs must be a 2-tuple of a condition and a function.")
    if default is None:
        *pairs, (_, default) = pairs
    chosen = default
    for predicate, function in reversed(pairs):
        chosen = _decision(cond_fn, predicate, function, chosen, cond_kwargs)
    return chosen()


def _decision(cond_fn: Any, predicate: Any, function: Any, otherwise: Any, kwargs: Any) -> Callable[[], Any]:
    return lambda: cond_fn(predicate, true_fn=function, false_fn=otherwise, **kwargs)
