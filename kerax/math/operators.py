"""What the operators of tensors and variables do: fills ``kerax.core.tensor.OPERATORS``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from kerax import bitwise
from kerax.core.tensor import OPERATORS, convert_to_tensor
from kerax.math import arithmetic, comparison, products
from kerax.math._values import dtype_of
from kerax.math.casting import cast


def _logic(of_bools: Callable[..., Any], of_bits: Callable[..., Any]) -> Callable[..., Any]:
    def operator(x: Any, y: Any) -> Any:
        kind = dtype_of(x) or dtype_of(y)
        return of_bools(x, y) if kind is not None and kind.is_bool else of_bits(x, y)

    return operator


def _invert(x: Any) -> Any:
    return comparison.logical_not(x) if x.dtype.is_bool else bitwise.invert(x)


def _multiply(x: Any, y: Any) -> Any:
    kinds = dtype_of(x), dtype_of(y)
    if any(kind is not None and kind.is_bool for kind in kinds) and hasattr(x, "dtype"):
        return cast(arithmetic.multiply(cast(x, "int32"), cast(y, "int32")), "bool")
    return arithmetic.multiply(x, y)


def _matmul(x: Any, y: Any) -> Any:
    return products.matmul_alike(x, y)


def _broadcasts(x: Any, y: Any) -> bool:
    """Whether two shapes broadcast, as far as they are known."""
    first, second = getattr(x, "shape", None), getattr(y, "shape", None)
    if first is None or second is None:
        try:
            first, second = np.shape(x) if first is None else first, np.shape(y) if second is None else second
        except ValueError:
            return True
    if getattr(first, "rank", 0) is None or getattr(second, "rank", 0) is None:
        return True
    pairs = zip(reversed(tuple(first)), reversed(tuple(second)), strict=False)
    return all(a == b or a == 1 or b == 1 or a is None or b is None for a, b in pairs)


def _differ_in_dtype(x: Any, y: Any) -> bool:
    """Whether both have dtypes, and not the same: an error even where the shapes do not broadcast."""
    first, second = dtype_of(x), dtype_of(y)
    return first is not None and second is not None and first != second


def _equal(x: Any, y: Any) -> Any:
    if y is None:
        return False
    return comparison.equal(x, y) if _broadcasts(x, y) or _differ_in_dtype(x, y) else convert_to_tensor(False)


def _not_equal(x: Any, y: Any) -> Any:
    if y is None:
        return True
    return comparison.not_equal(x, y) if _broadcasts(x, y) or _differ_in_dtype(x, y) else convert_to_tensor(True)


OPERATORS.update(
    {
        "add": arithmetic.plus,
        "sub": arithmetic.subtract,
        "mul": _multiply,
        "truediv": arithmetic.truediv,
        "floordiv": arithmetic.floordiv,
        "mod": arithmetic.floormod,
        "pow": arithmetic.pow,
        "matmul": _matmul,
        "neg": arithmetic.negative,
        "abs": arithmetic.abs,
        "invert": _invert,
        "and_": _logic(comparison.logical_and, bitwise.bitwise_and),
        "or_": _logic(comparison.logical_or, bitwise.bitwise_or),
        "xor": _logic(comparison.logical_xor, bitwise.bitwise_xor),
        "lt": comparison.less,
        "le": comparison.less_equal,
        "gt": comparison.greater,
        "ge": comparison.greater_equal,
        "eq": _equal,
        "ne": _not_equal,
    }
)
