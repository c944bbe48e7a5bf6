"""Python's operators on Keras' variables: Keras 3 promotes dtypes where TensorFlow refuses to mix them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kerax.array_ops import expand_dims, squeeze
from kerax.core.config import legacy_keras
from kerax.core.value import OPERATORS, Operators, Symbolic, with_operators
from kerax.keras.engine.promotion import dtype_name, promoted
from kerax.math.casting import cast
from kerax.math.rounding import round as round_


def _matmul(a: Any, b: Any) -> Any:
    """The matrix product, in which a vector is a row on the left and a column on the right."""
    row, column = len(a.shape) == 1, len(b.shape) == 1
    out = OPERATORS["matmul"](expand_dims(a, 0) if row else a, expand_dims(b, -1) if column else b)
    return squeeze(out, [axis for axis, added in ((-2, row), (-1, column)) if added]) if row or column else out


def _keras_3(name: str, a: Any, b: Any) -> Any:
    """``keras.ops``' function of two values, one of them a variable."""
    if name in ("and_", "or_", "xor"):
        return OPERATORS[name](cast(a, "bool"), cast(b, "bool"))
    a, b = promoted(a, b, also=(float,) if name == "truediv" else (), weak=name != "mod")
    return (_matmul if name == "matmul" else OPERATORS[name])(a, b)


def _promotes(variable: Any, other: Any, name: str) -> bool:
    """Whether Keras 3's operator is another than TensorFlow's, which is the faster one."""
    if legacy_keras() or other is None or isinstance(other, (Symbolic, str)):
        return False
    if name in ("and_", "or_", "xor", "matmul") or not dtype_name(variable).startswith(("float", "bfloat")):
        return True
    if type(other) in (int, float):
        return False
    return not isinstance(other, Operators) or dtype_name(other) != dtype_name(variable)


def _binary(name: str) -> tuple[Callable[[Any, Any], Any], Callable[[Any, Any], Any]]:
    def forward(self: Any, other: Any) -> Any:
        if _overrides(other):
            return NotImplemented
        return _keras_3(name, self, other) if _promotes(self, other, name) else OPERATORS[name](self, other)

    def reflected(self: Any, other: Any) -> Any:
        if name in ("add", "matmul") and isinstance(other, Operators):  # those two of a Tensor mix no dtypes
            return OPERATORS[name](other, self)
        return _keras_3(name, other, self) if _promotes(self, other, name) else OPERATORS[name](other, self)

    return forward, reflected


def _overrides(other: Any) -> bool:
    """Whether the other operand's reflected operator must decide: a ragged or sparse tensor's."""
    kind = type(other)
    return getattr(kind, "_kerax_overrides_operators", False) and not issubclass(kind, VariableOperators)


@with_operators(_binary)
class VariableOperators(Operators):
    """The operators of a Keras variable: Keras 3's, or TensorFlow's in the Keras 2 dialect."""

    _kerax_overrides_operators = True  # a Tensor on the left leaves the dtypes to the variable on the right

    def __pos__(self) -> Any:
        return self.value  # type: ignore[attr-defined]

    def __bool__(self) -> bool:
        if legacy_keras():
            return super().__bool__()  # type: ignore[misc]
        raise TypeError("A Keras Variable cannot be used as a boolean.")

    def __round__(self, ndigits: int | None = None) -> Any:
        if not ndigits:
            return round_(self)
        return round_(self * 10.0**ndigits) / 10.0**ndigits
