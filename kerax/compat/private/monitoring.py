"""``tensorflow.python.eager.monitoring``: counters and gauges, by labels; nobody collects them."""

from __future__ import annotations

from typing import Any


class Cell:
    """One value of a metric."""

    def __init__(self, start: Any) -> None:
        self._value = start

    def set(self, value: Any) -> None:
        """Replaces the value."""
        self._value = value

    def increase_by(self, value: Any) -> None:
        """Adds to the value."""
        self._value += value

    def value(self) -> Any:
        """The value."""
        return self._value


class Metric:
    """Cells by labels.

    Args:
      name: str.
      description: str.
      *labels: str, the names of the labels.
    """

    _start: Any = 0

    def __init__(self, name: str, description: str, *labels: str) -> None:
        self.name, self.description, self.labels = name, description, labels
        self._cells: dict[tuple[str, ...], Cell] = {}

    def get_cell(self, *labels: str) -> Cell:
        """The cell of these labels, made where there is none.

        Raises:
          ValueError: another number of labels than the metric has.
        """
        if len(labels) != len(self.labels):
            raise ValueError(f"The {self.name} expects taking {len(self.labels)} labels")
        return self._cells.setdefault(labels, Cell(self._start))


class Counter(Metric):
    """A number that grows."""


class IntGauge(Metric):
    """An int that is set."""


class BoolGauge(Metric):
    """A bool that is set."""

    _start = False


class StringGauge(Metric):
    """A str that is set."""

    _start = ""
