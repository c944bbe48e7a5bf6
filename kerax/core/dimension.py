"""``tf.compat.v1.Dimension``: the size of a dimension, which may be unknown."""

from __future__ import annotations

from typing import Any


class Dimension:
    """A size, or None for one that is unknown; comparisons with an unknown size are unknown (None).

    Args:
      value: int, `Dimension` or None.

    Raises:
      ValueError: for a negative size.

    >>> from kerax.core.dimension import Dimension
    >>> Dimension(2) + 3, Dimension(None) == 2
    (Dimension(5), None)
    """

    __slots__ = ("_value",)

    def __init__(self, value: Any) -> None:
        value = getattr(value, "value", value)
        self._value = None if value is None else int(value.__index__())
        if self._value is not None and self._value < 0:
            raise ValueError(f"Dimension {self._value} must be >= 0")

    @property
    def value(self) -> int | None:
        """The size, None where it is unknown."""
        return self._value

    def is_compatible_with(self, other: Any) -> bool:
        """Whether both can be the same size: they are equal, or one is unknown."""
        return self._with(other, int.__eq__) is not False

    def assert_is_compatible_with(self, other: Any) -> None:
        """Raises a ValueError unless ``is_compatible_with(other)``."""
        if not self.is_compatible_with(other):
            raise ValueError(f"Dimensions {self} and {Dimension(other)} are not compatible")

    def merge_with(self, other: Any) -> Dimension:
        """The size that both say, known where one of them is.

        Raises:
          ValueError: they are known and differ.
        """
        self.assert_is_compatible_with(other)
        return Dimension(other if self._value is None else self)

    def _with(self, other: Any, operation: Any) -> Any:
        other = Dimension(other)
        if self._value is None or other._value is None:
            return None
        return operation(self._value, other._value)

    def __eq__(self, other: object) -> Any:
        try:
            return self._with(other, int.__eq__)
        except (AttributeError, TypeError, ValueError):
            return NotImplemented

    def __ne__(self, other: object) -> Any:
        same = self.__eq__(other)
        return same if same is None or same is NotImplemented else not same

    def __hash__(self) -> int:
        return hash(self._value)

    def __add__(self, other: Any) -> Dimension:
        return Dimension(self._with(other, int.__add__))

    def __radd__(self, other: Any) -> Dimension:
        return self + other

    def __sub__(self, other: Any) -> Dimension:
        return Dimension(self._with(other, int.__sub__))

    def __mul__(self, other: Any) -> Dimension:
        return Dimension(self._with(other, int.__mul__))

    def __rmul__(self, other: Any) -> Dimension:
        return self * other

    def __floordiv__(self, other: Any) -> Dimension:
        return Dimension(self._with(other, int.__floordiv__))

    def __mod__(self, other: Any) -> Dimension:
        return Dimension(self._with(other, int.__mod__))

    def __lt__(self, other: Any) -> Any:
        return self._with(other, int.__lt__)

    def __le__(self, other: Any) -> Any:
        return self._with(other, int.__le__)

    def __gt__(self, other: Any) -> Any:
        return self._with(other, int.__gt__)

    def __ge__(self, other: Any) -> Any:
        return self._with(other, int.__ge__)

    def __int__(self) -> int:
        return self.__index__()

    def __index__(self) -> int:
        if self._value is None:
            raise TypeError("Dimension value must be known to be used as an index")
        return self._value

    def __repr__(self) -> str:
        return f"Dimension({self._value})"

    def __str__(self) -> str:
        return "?" if self._value is None else str(self._value)
