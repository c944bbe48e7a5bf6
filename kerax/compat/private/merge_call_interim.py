"""``tensorflow.python.distribute.merge_call_interim``: updates across replicas, with or without leaving them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kerax.distribute import get_replica_context, has_strategy


def strategy_supports_no_merge_call() -> bool:
    """Whether there are no replicas that would have to meet."""
    return not has_strategy()


def maybe_merge_call(fn: Callable[..., Any], strategy: Any, *args: Any, **kwargs: Any) -> Any:
    """``fn(strategy, *args, **kwargs)``, called once for all replicas."""
    if strategy_supports_no_merge_call():
        return fn(strategy, *args, **kwargs)
    return get_replica_context().merge_call(fn, args=args, kwargs=kwargs)
