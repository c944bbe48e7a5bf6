"""Kinds of Tensors, for `isinstance`."""

from __future__ import annotations

from typing import Any

from kerax.core.value import Tensor as Tensor


class _HasValue(type):
    def __instancecheck__(cls, value: Any) -> bool:
        return isinstance(value, Tensor) and not value._is_symbolic()


class _HasNoValue(type):
    def __instancecheck__(cls, value: Any) -> bool:
        return isinstance(value, Tensor) and value._is_symbolic()


class EagerTensor(metaclass=_HasValue):
    """The Tensors whose value is known."""


class SymbolicTensor(metaclass=_HasNoValue):
    """The Tensors of a function that is traced."""
