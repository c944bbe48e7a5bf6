"""One model for all batch sizes, found by comparing those for two.

Where the two differ, a number grows with the batch: a size of a tensor, or a number in a constant that holds sizes
(of a reshape, a slice, a broadcast). Such a size is left open, such a constant is computed from the input's shape.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.lite import flatbuffer
from kerax.lite.packages import schema


class _Differ(Exception):
    """The two models differ in another way than by the batch."""


def merge(model: Any, other: Any, batches: tuple[int, int]) -> bool:
    """Makes a model for one batch size one for all; False, and nothing is promised of it, where that is not known.

    Args:
      model: the tables of the model for ``batches[0]``.
      other: those of the same function for ``batches[1]``.
      batches: two batch sizes.
    """
    try:
        if len(model.subgraphs) != len(other.subgraphs):
            raise _Differ
        for graph, its_other in zip(model.subgraphs, other.subgraphs, strict=True):
            _Graph(model, other, graph, its_other, batches).merge()
    except _Differ:
        return False
    return True


class _Graph:
    def __init__(self, model: Any, other: Any, graph: Any, its_other: Any, batches: tuple[int, int]) -> None:
        self.model, self.other, self.graph, self.its_other, self.batches = model, other, graph, its_other, batches
        self.growing: dict[int, tuple[np.ndarray, np.ndarray]] = {}  # constant → what it is of a batch, and besides
        self.filled: dict[int, tuple[np.ndarray, np.ndarray]] = {}  # constant of one value → the same of its shape

    def merge(self) -> None:
        graph, other = self.graph, self.its_other
        if len(graph.tensors) != len(other.tensors) or len(graph.operators) != len(other.operators):
            raise _Differ
        for op, its_other in zip(graph.operators, other.operators, strict=True):
            self._compare_operators(op, its_other)
        source = self._source()
        for number, (tensor, its_other) in enumerate(zip(graph.tensors, other.tensors, strict=True)):
            self._open(number, tensor, its_other)
        self._compute(source)

    def _line(self, value: Any, its_other: Any) -> tuple[np.ndarray, np.ndarray]:
        """(slope, offset) of whole numbers over the batch."""
        first, second = self.batches
        value, its_other = np.asarray(value, np.int64), np.asarray(its_other, np.int64)
        if value.shape != its_other.shape:
            raise _Differ
        slope, rest = np.divmod(its_other - value, second - first)
        if rest.any() or (slope < 0).any():
            raise _Differ
        return slope, value - slope * first

    def _source(self) -> tuple[int, int]:
        """A tensor given to the graph and the axis that is its batch."""
        for number in self.graph.inputs:
            shapes = (flatbuffer.shape_of(g.tensors[number]) for g in (self.graph, self.its_other))
            for axis, sizes in enumerate(zip(*shapes, strict=True)):
                if sizes == self.batches:
                    return int(number), axis
        return -1, -1

    def _compare_operators(self, op: Any, other: Any) -> None:
        wired, its_other = ([list(part) for part in flatbuffer.parts(one)] for one in (op, other))
        if wired != its_other or flatbuffer.name_of(self.model, op) != flatbuffer.name_of(self.other, other):
            raise _Differ
        options, others = op.builtinOptions, other.builtinOptions
        if options is None or type(options) is schema().ReshapeOptionsT:
            return  # a reshape's constant says the same
        for name, value in vars(options).items():
            if not np.array_equal(value, getattr(others, name)):
                raise _Differ

    def _open(self, number: int, tensor: Any, other: Any) -> None:
        slope, offset = self._line(flatbuffer.shape_of(tensor), flatbuffer.shape_of(other))
        value, its_other = flatbuffer.constant(self.model, tensor), flatbuffer.constant(self.other, other)
        if (value is None) != (its_other is None):
            raise _Differ
        if value is None:
            if slope.any():
                tensor.shape = [int(size) for size in slope + offset]
                tensor.shapeSignature = [-1 if k else int(size) for k, size in zip(slope, offset, strict=True)]
        elif slope.any():  # a constant that grows must be one value all over
            values = np.unique(np.concatenate([value.ravel(), its_other.ravel()]))
            if len(values) != 1:
                raise _Differ
            self.filled[number] = slope, offset
        elif not np.array_equal(value, its_other, equal_nan=value.dtype.kind == "f"):
            if value.ndim > 1 or not (value.dtype == np.int32 or value.dtype == np.int64 and self._any_width(number)):
                raise _Differ
            self.growing[number] = self._line(value, its_other)

    def _any_width(self, number: int) -> bool:
        """Whether all that takes a constant takes int32 as well as int64."""
        users = [op for op in self.graph.operators if number in op.inputs]
        return all(flatbuffer.name_of(self.model, op) in ("BROADCAST_TO", "FILL") for op in users)

    # --- constants that follow the batch ------------------------------------------------------------------
    def _compute(self, source: tuple[int, int]) -> None:
        graph = self.graph
        for op in graph.operators:
            name = flatbuffer.name_of(self.model, op)
            for place, number in enumerate(op.inputs):
                if number in self.growing and self._without(op, name, place, int(number)):
                    op.inputs[place] = self._left_open(int(number))
        used = {int(i) for op in graph.operators for i in op.inputs} | {int(i) for i in graph.outputs}
        growing = [number for number in self.growing if number in used]
        filled = [number for number in self.filled if number in used]
        if not growing and not filled:
            return
        if source[0] < 0 or any(number in growing for number in graph.outputs):
            raise _Differ
        new: list[Any] = []
        batch = self._batch(source, new)
        replaced = {number: self._sizes(batch, *self.growing[number], new) for number in growing}
        for number in filled:
            value = flatbuffer.constant(self.model, graph.tensors[number])
            sizes = self._sizes(batch, *self.filled[number], new)
            one = flatbuffer.add_constant(self.model, graph, f"fill/{number}", value.reshape(-1)[0])
            slope, offset = self.filled[number]
            whole = [int(size) for size in slope + offset]
            opened = [-1 if k else int(size) for k, size in zip(slope, offset, strict=True)]
            replaced[number] = flatbuffer.add_tensor(graph, f"filled/{number}", value.dtype, whole, opened)
            new.append(self._operator("FILL", [sizes, one], replaced[number], schema().FillOptionsT()))
        flatbuffer.renumber_inputs(graph, lambda i: replaced.get(i, i))
        graph.operators = [*new, *graph.operators]

    def _without(self, op: Any, name: str, place: int, number: int) -> bool:
        """Whether the operator takes -1 for the one size that grows."""
        slope, offset = self.growing[number]
        alone = np.count_nonzero(slope) == 1 and not offset[slope > 0].any()
        if name == "RESHAPE" and place == 1:
            return alone and offset.size == slope.size
        if name == "SLICE" and place == 2:  # from the first on: to the end, if it is the end
            begin = flatbuffer.constant(self.model, self.graph.tensors[op.inputs[1]])
            whole = np.array(flatbuffer.shape_of(self.graph.tensors[op.inputs[0]]))
            if not alone or begin is None or begin[slope > 0].any():
                return False
            return bool(whole[slope > 0] == slope[slope > 0])  # it was opened: as for a batch of one
        return False

    def _left_open(self, number: int) -> int:
        slope, offset = self.growing[number]
        sizes = np.where(slope > 0, -1, offset).astype(np.int32)
        return flatbuffer.add_constant(self.model, self.graph, f"open/{number}", sizes)

    def _operator(self, name: str, inputs: list[int], output: int, options: Any = None) -> Any:
        return flatbuffer.operator(self.model, name, inputs, [output], options)

    def _batch(self, source: tuple[int, int], new: list[Any]) -> int:
        """The batch size of the input, a number of shape []."""
        tables, model, graph = schema(), self.model, self.graph
        number, axis = source
        rank = len(flatbuffer.shape_of(graph.tensors[number]))
        shape = flatbuffer.add_tensor(graph, "batch/Shape", np.int32, [rank])
        options = tables.ShapeOptionsT()
        options.outType = tables.TensorType.INT32
        new.append(self._operator("SHAPE", [number], shape, options))
        begin, end, step = (
            flatbuffer.add_constant(model, graph, f"batch/{name}", np.array([value], np.int32))
            for name, value in (("begin", axis), ("end", axis + 1), ("step", 1))
        )
        batch = flatbuffer.add_tensor(graph, "batch/strided_slice", np.int32, [])
        options = tables.StridedSliceOptionsT()
        options.shrinkAxisMask = 1
        new.append(self._operator("STRIDED_SLICE", [shape, begin, end, step], batch, options))
        return batch

    def _sizes(self, batch: int, slope: np.ndarray, offset: np.ndarray, new: list[Any]) -> int:
        """Sizes that grow with the batch: its multiples, with known ones added."""
        tables, model, graph = schema(), self.model, self.graph
        found = batch
        for name, number, options in (("MUL", slope, tables.MulOptionsT()), ("ADD", offset, tables.AddOptionsT())):
            by = flatbuffer.add_constant(model, graph, f"sizes/{name}/{len(new)}", number.astype(np.int32))
            out = flatbuffer.add_tensor(graph, f"sizes/{name}_{len(new)}", np.int32, list(slope.shape))
            new.append(self._operator(name, [found, by], out, options))
            found = out
        return found
