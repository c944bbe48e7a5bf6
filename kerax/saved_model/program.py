"""Functions as StableHLO programs: exported for all sizes where that works, else for a few."""

from __future__ import annotations

import functools
from typing import Any

import jax
import numpy as np
from jax import export

from kerax.core import errors, nest, state
from kerax.core.concrete import EXAMPLE_SIZES, ConcreteFunction, Sizes, is_open
from kerax.core.context import context
from kerax.core.program import Uncompiled
from kerax.core.tensor import TensorSpec
from kerax.core.value import Tensor

PLATFORMS = ("cpu", "cuda", "rocm", "tpu")
# Where a program cannot be left open for all sizes, it is saved for these.
SIZES = (1, 2, 3, 4, 8, 16, 32, 64)


class Exported:
    """One traced program and what it needs.

    Args:
      lifted: the traced program.
      blob: its serialized form.
      specs: of the arguments it was traced for.
      results: specs of its results, sizes that depend on the arguments' as None.
    """

    def __init__(self, lifted: state.Lifted, blob: bytes, specs: list[TensorSpec], results: list[TensorSpec]) -> None:
        self.lifted, self.blob, self.specs, self.results = lifted, blob, specs, results


def export_function(concrete: ConcreteFunction, differentiable: bool) -> list[Exported]:
    """The programs of a concrete function: one if its sizes can be left open or are known, else several.

    Args:
      concrete: the function.
      differentiable: bool, whether its derivative is saved too.

    Raises:
      NotImplementedError: it runs python, strings or files, which no program can hold.
    """
    if isinstance(concrete._program, Uncompiled):
        raise NotImplementedError(
            f"The function {concrete._label!r} cannot be saved as a program: it works on strings, files or sizes that "
            "depend on values, and so runs as python. Save the part of it that computes with numbers."
        )
    specs = list(concrete._specs)
    if not any(map(is_open, specs)):
        lifted = concrete._program.lifted
        if lifted.effects:
            lifted = traced(concrete, [tuple(spec.shape) for spec in specs])
        return [_exported(lifted, specs, differentiable)]
    try:
        return [_left_open(concrete, specs, differentiable)]
    except Exception:
        searched = concrete.sizes not in EXAMPLE_SIZES
        tried = [Sizes(None, size, size) for size in SIZES]
        # it wants certain sizes, such as those of its weights: open for all batches of these
        found = _open_batches(concrete, [concrete.sizes._replace(batch=None)] if searched else tried, differentiable)
        if found:
            return found
        for size in dict.fromkeys((concrete.sizes.batch, *SIZES)) if searched else SIZES:
            sizes = concrete.sizes._replace(batch=size) if searched else Sizes(size, size, size)
            sized = [_filled(spec, sizes) for spec in specs]
            try:
                lifted = traced(concrete, [tuple(spec.shape) for spec in sized])
                found.append(_exported(lifted, sized, differentiable))
            except (ValueError, TypeError, errors.OpError):
                continue
        if not found:
            raise
        return found


def _open_batches(concrete: ConcreteFunction, tried: list[Sizes], differentiable: bool) -> list[Exported]:
    """The programs for given inner sizes that take all batches; none where only the batch was open."""
    found: list[Exported] = []
    if any(None in (spec.shape.as_list() or [])[1:] for spec in concrete._specs if spec.shape.rank is not None):
        for sizes in tried:
            try:
                found.append(_left_open(concrete, [_filled(spec, sizes) for spec in concrete._specs], differentiable))
            except Exception:
                continue
    return found


def _left_open(concrete: ConcreteFunction, specs: list[TensorSpec], differentiable: bool) -> Exported:
    symbolic = open_shapes(specs)
    return _exported(traced(concrete, symbolic), specs, differentiable, symbolic)


def _filled(spec: TensorSpec, sizes: Sizes) -> TensorSpec:
    return TensorSpec(sizes.fill(spec.shape), spec.dtype, spec.name)


@functools.cache
def _scope() -> export.SymbolicScope:
    """One for all programs: sizes of two scopes cannot be compared, and ops are looked up by theirs."""
    return export.SymbolicScope()


def open_shapes(specs: list[TensorSpec]) -> list[tuple[Any, ...]]:
    """Shapes with symbols for unknown sizes; first sizes are one symbol, the batch."""
    scope = _scope()
    shapes = []
    for index, spec in enumerate(specs):
        if spec.shape.rank is None:
            raise ValueError("unknown rank")
        parts = [
            str(size) if size is not None else ("b" if place == 0 else f"s{index}_{place}")
            for place, size in enumerate(spec.shape)
        ]
        shapes.append(
            tuple(export.symbolic_shape(", ".join(parts) + ("," if parts else ""), scope=scope)) if parts else ()
        )
    return shapes


def traced(concrete: ConcreteFunction, shapes: list[tuple[Any, ...]]) -> state.Lifted:
    function = concrete.function
    if function is None:
        raise ValueError("the python function is not known any more")
    feed = iter(
        [
            Tensor(jax.ShapeDtypeStruct(shape, spec.dtype.dtype))
            for shape, spec in zip(shapes, concrete._specs, strict=True)
        ]
    )
    tensors: list[Tensor] = []

    def fill(leaf: Any) -> Any:
        if not isinstance(leaf, TensorSpec):
            return leaf
        tensors.append(next(feed))
        return tensors[-1]

    arguments = nest.map_structure(fill, concrete._arguments, expand_composites=True)
    outer, context.pure = context.pure, True
    try:
        return function._trace_once(arguments, tensors, forbid=True)[0]
    finally:
        context.pure = outer


def _exported(
    lifted: state.Lifted, specs: list[TensorSpec], differentiable: bool, shapes: list[Any] | None = None
) -> Exported:
    values = [state.current(source)._value for source in lifted.inputs]
    states = [jax.ShapeDtypeStruct(np.shape(value), value.dtype) for value in values]
    shapes = shapes or [tuple(spec.shape) for spec in specs]
    arguments = [
        jax.ShapeDtypeStruct(shape, spec.dtype.dtype) for shape, spec in zip(shapes, specs, strict=True)
    ]  # fmt: skip
    made = export.export(jax.jit(lifted.fn), platforms=PLATFORMS)(*states, *arguments)
    try:
        blob = made.serialize(vjp_order=1 if differentiable else 0)
    except Exception:
        if not differentiable:
            raise
        blob = made.serialize(vjp_order=0)  # it has no derivative
    count = len(made.out_avals) - len(lifted.assigned)
    results = [
        TensorSpec([size if isinstance(size, int) else None for size in aval.shape], aval.dtype)
        for aval in made.out_avals[:count]
    ]
    return Exported(lifted, bytes(blob), specs, results)
