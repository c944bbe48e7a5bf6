"""``tensorflow.python.ops.control_flow_ops`` and ``tensorflow.python.ops.parallel_for.control_flow_ops``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from kerax.core.map_fn import vectorized_map
from kerax.core.tensor import convert_to_tensor


def with_dependencies(dependencies: Sequence[Any], output_tensor: Any, name: str | None = None) -> Any:
    """The tensor itself: what it depends on has run."""
    return output_tensor


def pfor(
    loop_fn: Callable[[Any], Any],
    iters: Any,
    fallback_to_while_loop: bool = True,
    parallel_iterations: int | None = None,
    warn: bool = False,
) -> Any:
    """What a function of an int32 scalar gives for each of ``0 … iters - 1``, stacked."""
    from kerax.array_ops import range as numbers

    return vectorized_map(loop_fn, numbers(convert_to_tensor(iters)), fallback_to_while_loop)
