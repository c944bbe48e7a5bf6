"""``model.summary()`` as Keras 2 prints it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kerax.keras.engine.summary import (
    connections,
    count_params,
    is_chain,
    layers_in_range,
    memory_size,
    readable_memory_size,
)
from kerax.keras.utils import io_utils

_BREAKS = ("),", "},", "],", "',")


def print_summary_legacy(
    model: Any,
    line_length: int | None,
    positions: Any,
    print_fn: Callable[[str], Any] | None,
    expand_nested: bool,
    show_trainable: bool,
    layer_range: Any,
) -> None:
    """Prints the summary of a model line by line.

    Raises:
      ValueError: the model has no weights yet.
    """
    if not model.built:
        raise ValueError(
            "This model has not yet been built. Build the model first by calling `build()` or by calling the model on "
            "a batch of data."
        )
    _Lines(model, line_length, positions, print_fn or io_utils.print_msg, expand_nested, show_trainable).show(
        layers_in_range(model.layers, layer_range)
    )


class _Lines:
    def __init__(
        self,
        model: Any,
        line_length: int | None,
        positions: Any,
        print_fn: Callable[[str], Any],
        expand_nested: bool,
        show_trainable: bool,
    ) -> None:
        self.model, self.print = model, print_fn
        self.expand_nested, self.show_trainable = expand_nested, show_trainable
        self.chain = is_chain(model)
        self.header = ["Layer (type)", "Output Shape", "Param #"]
        self.length = line_length or (65 if self.chain else 98)
        positions = positions or ([0.45, 0.85, 1.0] if self.chain else [0.3, 0.6, 0.70, 1.0])
        if positions[-1] <= 1:
            positions = [int(self.length * position) for position in positions]
        self.positions = list(positions)
        if not self.chain:
            self.header.append("Connected to")
        if show_trainable:
            self.length += 11
            self.positions.append(self.length)
            self.header.append("Trainable")

    def show(self, layers: list[Any]) -> None:
        self.print(f'Model: "{self.model.name}"')
        self.print("_" * self.length)
        self._row(self.header)
        self.print("=" * self.length)
        for layer in layers:
            self._layer(layer)
        self.print("=" * self.length)
        trained, others = self.model.trainable_weights, self.model.non_trainable_weights
        for label, weights in (("Total", [*trained, *others]), ("Trainable", trained), ("Non-trainable", others)):
            size = sum(memory_size([weight]) for weight in {id(w): w for w in weights}.values())
            self.print(f"{label} params: {count_params(weights)} ({readable_memory_size(size, 'Byte')})")
        self.print("_" * self.length)

    def _layer(self, layer: Any, level: int = 0, last: bool = False) -> None:
        self._row(self._fields(layer), level)
        nested = getattr(layer, "layers", None) if self.expand_nested else None
        if nested:
            self._rule("¯", level + 1)
            for index, inner in enumerate(nested):
                self._layer(inner, level + 1, last=index == len(nested) - 1)
            self._rule("¯", level)
        if not (last or nested):
            self._rule(" ", level)

    def _rule(self, mark: str, level: int) -> None:
        self.print("|" * level + mark * (self.length - 2 * level) + "|" * level)

    def _fields(self, layer: Any) -> list[str]:
        try:
            shape = layer.output_shape
        except AttributeError:
            shape = "multiple"
        if getattr(layer, "built", True) or not self.chain:
            params = layer.count_params() if hasattr(layer, "count_params") else 0
        else:
            params = "0 (unused)"
        fields = [f"{layer.name} ({type(layer).__name__})", shape, params]
        if not self.chain:
            fields.append(
                [f"{h.operation.name}[{h.node_index}][{h.tensor_index}]" for h in connections(layer, self.model)]
            )
        if self.show_trainable:
            fields.append("Y" if getattr(layer, "trainable", True) else "N")
        return [str(field) for field in fields]

    def _row(self, fields: list[str], level: int = 0) -> None:
        """Prints one row, in as many lines as its longest field needs."""
        left = list(fields)
        final = len(self.positions) - 1
        while any(left):
            line = ""
            for column, text in enumerate(left):
                end = self.positions[column]
                width = end - (self.positions[column - 1] if column else 0)
                if column != final:
                    width -= 3  # two spaces between columns, and one before the text
                if column == 0:
                    width -= level
                    line += "|" * level + " "
                part = text[:width]
                cuts = [part.find(mark) + len(mark) for mark in _BREAKS if mark in part]
                width = min(cuts, default=width)
                line += text[:width] + ("  " if column != final else "")
                left[column] = text[width:]
                line += " " * (end - len(line) - (level if column == final else 0))
            self.print(line + "|" * level)
