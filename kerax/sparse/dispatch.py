"""What ordinary ops do with sparse tensors: the one handler that ``core/op`` asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kerax.sparse.arithmetic import multiply_dense
from kerax.sparse.tensor import is_sparse, replaced

# Ops of one tensor that TensorFlow applies to the values of a sparse one. Room → names.
_UNARY = {
    "math": "abs negative asinh sin tan atan asin atanh sign square sqrt erf tanh bessel_i0e bessel_i1e",
}
_UNARY_NAMES = {(room, name) for room, names in _UNARY.items() for name in names.split()}


def handle(fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The result of an op with sparse inputs, NotImplemented where TensorFlow has none."""
    if not any(is_sparse(value) for value in (*args, *kwargs.values())):
        return NotImplemented
    where = (fn.__module__.split(".")[1], fn.__name__.lstrip("_"))
    if where in _UNARY_NAMES:
        sp = args[0] if args else next(iter(kwargs.values()))
        return replaced(sp, None, fn(sp._values))
    if where == ("math", "multiply") and len(args) >= 2:
        return multiply_dense(args[1], args[0]) if is_sparse(args[1]) else multiply_dense(args[0], args[1])
    return NotImplemented
