"""``model.summary()``: the table of a model's layers."""

from __future__ import annotations

import importlib
import math
import random
import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

from kerax.core import nest
from kerax.core.config import legacy_keras
from kerax.core.origin import is_own
from kerax.keras.engine.functional import Functional
from kerax.keras.engine.operation import is_default
from kerax.keras.engine.settings import standardize_dtype
from kerax.keras.utils import io_utils

_BITS = {"bfloat16": 16, "bool": 1, "complex64": 64, "complex128": 128, "string": 64, "int4": 4}


def count_params(weights: Any) -> int:
    """The number of scalars in variables."""
    return sum(math.prod(w.shape) for w in weights)


def memory_size(weights: Any) -> float:
    """The size of variables in bytes."""
    distinct = {id(w): w for w in weights}.values()
    return sum(math.prod(w.shape) * _bits(standardize_dtype(w.dtype)) for w in distinct) / 8


def _bits(dtype: str) -> int:
    return _BITS[dtype] if dtype in _BITS else int(re.search(r"\d+", dtype).group())  # type: ignore[union-attr]


def readable_memory_size(size: float, smallest: str = "B") -> str:
    """Bytes as "1.50 KB"."""
    units = [smallest, "KB", "MB", "GB", "TB", "PB"]
    while size >= 1024 and len(units) > 1:
        size /= 1024
        units.pop(0)
    if size >= 1024:
        size /= 1024
    return f"{size:.2f} {units[0]}"


def is_graph(model: Any) -> bool:
    return isinstance(model, Functional)


def is_chain(model: Any) -> bool:
    """Whether each layer has one call, on the output of the one before."""
    if not is_graph(model):
        return True
    nodes = []
    for at_depth in model._nodes_by_depth.values():
        if len(at_depth) > 1 or len(at_depth[0].input_tensors) > 1:
            return False
        nodes += at_depth
    own = set(nodes)
    return all(sum(node in own for node in layer._inbound_nodes) <= 1 for layer in model.layers)


def connections(layer: Any, model: Any) -> Iterator[Any]:
    """The histories of the tensors that a layer is called on within a model."""
    own = {node for at_depth in model._nodes_by_depth.values() for node in at_depth}
    for node in layer._inbound_nodes:
        if not own or node in own:
            for tensor in node.input_tensors:
                yield tensor._keras_history


def layers_in_range(layers: list[Any], layer_range: Any) -> list[Any]:
    """The layers from the first that matches one pattern to the last that matches another.

    Raises:
      ValueError: not two str, or none matches.
    """
    if layer_range is None:
        return layers
    if len(layer_range) != 2:
        raise ValueError(
            "layer_range must be a list or tuple of length 2. Received: "
            f"layer_range = {layer_range} of length {len(layer_range)}"
        )
    if not all(isinstance(name, str) for name in layer_range):
        raise ValueError(f"layer_range should contain string type only. Received: {layer_range}")
    lower, upper = (
        [index for index, layer in enumerate(layers) if re.match(pattern, layer.name)] for pattern in layer_range
    )
    if not lower or not upper:
        raise ValueError(f"Passed layer_names do not match the layer names in the model. Received: {layer_range}")
    if min(lower) > max(upper):
        return layers[min(upper) : max(lower) + 1]
    return layers[min(lower) : max(upper) + 1]


def print_summary(
    model: Any,
    line_length: int | None = None,
    positions: Any = None,
    print_fn: Callable[..., Any] | None = None,
    expand_nested: bool = False,
    show_trainable: bool = False,
    layer_range: Any = None,
) -> None:
    """Prints the summary of a model. See ``Model.summary``."""
    if legacy_keras():
        from kerax.keras.engine.summary_legacy import print_summary_legacy

        print_summary_legacy(model, line_length, positions, print_fn, expand_nested, show_trainable, layer_range)
        return
    if print_fn is None and not io_utils.is_interactive_logging_enabled():
        print_fn = io_utils.print_msg
    _Table(model, line_length, positions, expand_nested, show_trainable, layer_range).show(print_fn)


def _load_rich() -> None:
    """Imports rich, which draws a random number as it is loaded: seeds of layers made later are drawn from these."""
    state = random.getstate()
    importlib.import_module("rich.style")
    random.setstate(state)


class _Table:
    """Keras 3's summary: a table drawn by rich."""

    def __init__(
        self, model: Any, line_length: Any, positions: Any, expand_nested: bool, show_trainable: bool, layer_range: Any
    ) -> None:
        self.model = model
        self.expand_nested = expand_nested
        self.show_trainable = show_trainable
        self.chain = is_chain(model)
        self.layers = layers_in_range(list(model.operations if is_graph(model) else model.layers), layer_range)
        self.header = ["Layer (type)", "Output Shape", "Param #"]
        self.alignment = ["left", "left", "right"]
        default_length = 88
        if self.chain:
            positions = positions or [0.45, 0.80, 1.0]
        else:
            default_length = 108
            positions = positions or [0.3, 0.56, 0.74, 1.0]
            self.header.append("Connected to")
            self.alignment.append("left")
        if show_trainable:
            default_length += 12
            positions = [position * 0.90 for position in positions] + [1.0]
            self.header.append("Trainable")
            self.alignment.append("center")
        self.length = line_length or min(default_length, shutil.get_terminal_size().columns - 4)
        ends = [0]
        for position in positions:
            ends.append(int(position * self.length))
            if ends[-1] - ends[-2] < 4:
                raise ValueError("Insufficient console width to print summary.")
        self.widths = [end - start for start, end in zip(ends, ends[1:], strict=False)]

    def show(self, print_fn: Callable[..., Any] | None) -> None:
        _load_rich()
        from rich.console import Console
        from rich.markup import escape

        console = Console(highlight=False)
        if print_fn is not None:
            console = Console(highlight=False, force_terminal=False, color_system=None)
            console.begin_capture()
        console.print(_bold(f'Model: "{escape(self.model.name)}"'))
        console.print(self._table())
        for label, weights in self._totals():
            console.print(
                f"{_bold(f' {label} params: ')}{_number(f'{count_params(weights):,}')} "
                f"({readable_memory_size(memory_size(weights))})"
            )
        if print_fn is io_utils.print_msg:
            print_fn(console.end_capture(), line_break=False)
        elif print_fn is not None:
            print_fn(console.end_capture())

    def _totals(self) -> list[tuple[str, Any]]:
        model = self.model
        trained, others = model.trainable_weights, model.non_trainable_weights
        optimizer = model.optimizer if model.compiled else None
        has_state = bool(optimizer) and getattr(optimizer, "built", False)
        state = list(optimizer.variables) if has_state else []
        totals = [("Total", [*trained, *others, *state]), ("Trainable", trained), ("Non-trainable", others)]
        return [*totals, ("Optimizer", state)] if has_state else totals

    def _table(self) -> Any:
        from rich.table import Column, Table

        columns = [
            Column(name, justify=justify, width=width)  # type: ignore[arg-type]
            for name, justify, width in zip(self.header, self.alignment, self.widths, strict=False)
        ]
        table = Table(*columns, width=self.length, show_lines=True)
        for layer in self.layers:
            for row in self._rows(layer, 0):
                table.add_row(*row)
        return table

    def _rows(self, layer: Any, level: int) -> Iterator[list[str]]:
        yield self._fields(layer, "   " * level + "└ " if level else "")
        if self.expand_nested:
            for nested in getattr(layer, "layers", None) or ():
                yield from self._rows(nested, level + 1)

    def _fields(self, layer: Any, prefix: str) -> list[str]:
        from rich.markup import escape

        name = f"{escape(prefix + layer.name)} ([color(33)]{escape(type(layer).__name__)}[/])"
        if not hasattr(layer, "count_params"):
            params = _number(0)
        elif not layer.built:
            params = f"{_number(0)} (unbuilt)"
        else:
            params = _number(f"{layer.count_params():,}")
        fields = [name, format_output_shape(layer), params]
        if not self.chain:
            links = [
                f"{h.operation.name}[{_number(h.node_index)}][{_number(h.tensor_index)}]"
                for h in connections(layer, self.model)
            ]
            fields.append(", ".join(links) or "-")
        if self.show_trainable:
            if getattr(layer, "weights", None):
                fields.append(_bold("Y", 34) if layer.trainable else _bold("N", 9))
            else:
                fields.append(_bold("-"))
        return fields


def format_output_shape(layer: Any) -> str:
    """The shape of a layer's output in rich's markup, "?" where it is not known."""

    def formatted(shape: Any) -> str:
        return f"({', '.join(_number(size) for size in shape)})"

    build_shapes = getattr(layer, "_build_shapes_dict", None)
    if layer._inbound_nodes:
        shapes: Any = [formatted(x.shape) for x in layer._inbound_nodes[-1].output_tensors]
    elif not build_shapes:
        return "?"
    else:
        try:
            shape = getattr(layer, "output_shape", None)
            if shape is None:
                if is_default(layer.compute_output_shape) and not is_own(type(layer)):
                    return "?"  # inferring it would run the user's code
                shape = layer.compute_output_shape(**build_shapes)
        except NotImplementedError:
            return "?"
        shapes = _map_shapes(formatted, shape)
    flat = nest.flatten(shapes)
    return flat[0] if len(flat) == 1 else str(shapes).replace("'", "")


def _map_shapes(fn: Callable[[Any], Any], shape: Any) -> Any:
    if isinstance(shape, dict):
        return {key: _map_shapes(fn, item) for key, item in shape.items()}
    if all(size is None or isinstance(size, int) for size in shape):
        return fn(shape)
    return type(shape)(_map_shapes(fn, item) for item in shape)


def _number(value: Any) -> str:
    return f"[color({45 if value is None else 34})]{value}[/]"


def _bold(text: str, color: int | None = None) -> str:
    return f"[bold]{text}[/]" if color is None else f"[bold][color({color})]{text}[/][/]"
