"""Functions applied along the first dimension: ``map_fn``, ``vectorized_map``, ``scan``, ``foldl``, ``foldr``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from kerax.core import dtypes, errors, nest, random_state, state
from kerax.core.context import context
from kerax.core.dispatch import Call, dispatch
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import OPERATORS, Tensor

_stack = Call(lambda *values: jnp.stack(values), "Pack")


def _rows(elems: Any, refusal: type[Exception] = ValueError) -> tuple[Any, list[Any], int]:
    """The elements as tensors (ragged and sparse ones stay), flat, and how many rows they have.

    Raises:
      ValueError: they are scalars (then ``refusal``), or of different lengths.
    """
    elems = nest.map_structure(lambda leaf: leaf if nest.is_composite(leaf) else convert_to_tensor(leaf), elems)
    flat = nest.flatten(elems)
    if not flat:
        raise ValueError(
            "elems must be a Tensor or (possibly nested) sequence of Tensors. "
            f"Got {elems}, which does not contain any Tensors."
        )
    parts = [nest.flatten(leaf, expand_composites=True)[0] if _is_batch(leaf) else leaf for leaf in flat]
    for part in parts:
        if part.shape.rank == 0:
            raise refusal("Elements in elems must be 1+ dimensional Tensors, not scalars")
    counts = {part._value.shape[0] if isinstance(part, Tensor) else int(part.shape[0]) for part in parts}
    if len(counts) != 1:
        raise ValueError(f"The first dimensions of elems differ: {sorted(counts)}.")
    return elems, flat, counts.pop()


def _is_batch(leaf: Any) -> bool:
    """Whether a value has its own way of making rows: a batchable extension type."""
    return hasattr(leaf, "_kerax_row")


def _row(elems: Any, index: Any) -> Any:
    return nest.map_structure(
        lambda leaf: leaf._kerax_row(index) if _is_batch(leaf) else OPERATORS["getitem"](leaf, index), elems
    )


def _traced(flat: list[Any]) -> bool:
    """Whether a compiled loop takes these elements: inside a trace, and no strings or ragged tensors."""
    return state.in_trace() and all(isinstance(leaf, Tensor) and leaf._value.dtype != object for leaf in flat)


def _stacked(results: list[Any]) -> Any:
    def join(*leaves: Any) -> Any:
        if all(isinstance(leaf, Tensor) for leaf in leaves):
            return dispatch(_stack, leaves)
        if _is_batch(leaves[0]):
            return leaves[0]._kerax_stack(leaves)
        return OPERATORS["stack"](list(leaves))

    return nest.map_structure(join, *results)


def _avals(flat: list[Tensor]) -> list[jax.ShapeDtypeStruct]:
    return [jax.ShapeDtypeStruct(leaf._value.shape[1:], leaf._value.dtype) for leaf in flat]


def _signature_checked(results: Any, fn_output_signature: Any) -> Any:
    """The results converted to the dtypes the user announced."""
    if fn_output_signature is None:
        return nest.map_structure(lambda leaf: leaf if nest.is_composite(leaf) else convert_to_tensor(leaf), results)

    def check(spec: Any, leaf: Any) -> Any:
        if nest.is_composite(leaf):
            return leaf
        dtype = spec.dtype if hasattr(spec, "shape") else dtypes.as_dtype(spec)
        fits = isinstance(leaf, (int, np.generic)) or (isinstance(leaf, float) and dtype.is_floating)
        tensor = convert_to_tensor(leaf, dtype if fits else None)
        if tensor.dtype != dtype:
            raise errors.InvalidArgumentError(
                None, None, f"TensorArray dtype is {dtype.name} but Op is trying to write dtype {tensor.dtype.name}."
            )
        return tensor

    if not nest.is_nested(fn_output_signature):
        if nest.is_nested(results):
            raise ValueError(
                "The two structures don't have the same nested structure: fn returned "
                f"{results}, but its announced output is {fn_output_signature}."
            )
        return check(fn_output_signature, results)
    nest.assert_same_structure(fn_output_signature, results, check_types=False)
    flat = [check(s, r) for s, r in zip(nest.flatten(fn_output_signature), nest.flatten(results), strict=True)]
    return nest.pack_sequence_as(results, flat)


def map_fn(
    fn: Callable[[Any], Any],
    elems: Any,
    dtype: Any = None,
    parallel_iterations: int | None = None,
    back_prop: bool = True,
    swap_memory: bool = False,
    infer_shape: bool = True,
    name: str | None = None,
    fn_output_signature: Any = None,
) -> Any:
    """Applies ``fn`` to the rows of tensors and stacks the results.

    Args:
      fn: callable of one row (in the structure of ``elems``).
      elems: Tensor ``[n, …]``, ragged tensor, or structure of them.
      dtype: the older name of ``fn_output_signature``.
      parallel_iterations, back_prop, swap_memory, infer_shape: hints of TensorFlow, without effect on values.
      name: ignored.
      fn_output_signature: dtypes or specs of the result, where they differ from those of ``elems``.

    Returns:
      The results stacked, ``[n, …]``.

    Raises:
      TypeError: ``fn`` is not callable.
      ValueError: scalars, or tensors of different lengths.

    >>> import kerax as tf
    >>> tf.map_fn(lambda x: x * x, tf.constant([1, 2, 3])).numpy()
    array([1, 4, 9], dtype=int32)
    """
    if not callable(fn):
        raise TypeError(f"The provided function {getattr(fn, '__name__', fn)} is not callable. fn must be callable.")
    signature = fn_output_signature if fn_output_signature is not None else dtype
    elems, flat, count = _rows(elems)
    if signature is None:
        signature = nest.map_structure(_row_signature, elems)
    if nest.is_nested(signature) and any(nest.is_composite(leaf) for leaf in flat):
        signature = None
    composite = any(type(leaf).__name__ == "SparseTensorSpec" for leaf in nest.flatten(signature))
    if _traced(flat) and count and not composite:
        return _map_traced(fn, elems, flat, count, signature)
    if not count:
        return _map_nothing(fn, elems, flat, signature)
    if _wants_ragged(signature):
        results = [nest.map_structure(_to_row, fn(_row(elems, index))) for index in range(count)]
        return nest.map_structure(_joined_rows, signature, *results)
    return _stacked([_signature_checked(fn(_row(elems, index)), signature) for index in range(count)])


def _row_signature(leaf: Any) -> Any:
    return leaf._type_spec._unbatch() if hasattr(leaf, "row_splits") or _is_batch(leaf) else leaf.dtype


def _joined_rows(spec: Any, *rows: Any) -> Any:
    """The rows of one component, stacked as its spec says."""
    if not hasattr(spec, "ragged_rank"):
        return _stacked([_signature_checked(row, spec) for row in rows])
    return OPERATORS["ragged_stack"](list(rows), spec)


def _to_row(value: Any) -> Any:
    return value if nest.is_composite(value) else convert_to_tensor(value)


def _wants_ragged(signature: Any) -> bool:
    return any(type(leaf).__name__ == "RaggedTensorSpec" for leaf in nest.flatten(signature))


def _map_nothing(fn: Callable[[Any], Any], elems: Any, flat: list[Any], signature: Any) -> Any:
    leaves = [] if signature is None else nest.flatten(signature)
    if leaves and not state.in_trace() and all(isinstance(leaf, dtypes.DType) for leaf in leaves):
        # as TensorFlow, which does not call the function and knows no shape of its results
        return nest.map_structure(lambda dtype: convert_to_tensor(np.zeros(0, dtype.dtype)), signature)

    def run(*rows: Tensor) -> Any:
        return _signature_checked(fn(nest.pack_sequence_as(elems, rows)), signature)

    program = state.trace(run, _avals(flat))
    return program.pack([convert_to_tensor(np.zeros((0, *r.shape), r.dtype)) for r in program.results])


def _map_traced(fn: Callable[[Any], Any], elems: Any, flat: list[Tensor], count: int, signature: Any) -> Any:
    def run(*rows: Tensor) -> Any:
        return _signature_checked(fn(nest.pack_sequence_as(elems, rows)), signature)

    program = state.trace(run, _avals(flat), name="map_fn", repeats=True)
    return scan_program(program, [], flat, reverse=False)


def scan_program(program: state.Lifted, carried: list[Tensor], flat: list[Tensor], reverse: bool) -> Any:
    """``lax.scan`` of a traced program of (carry…, row…): results are the next carry, then a row of output."""
    assigned = program.assigned
    written = {id(variable) for variable in assigned}
    constants = [source for source in program.inputs if id(source) not in written]
    order = {id(source): (0, i) for i, source in enumerate(constants)}
    order.update((id(variable), (1, i)) for i, variable in enumerate(assigned))
    sources = [order[id(source)] for source in program.inputs]
    results = len(program.results)
    keep = len(carried)
    split = len(constants), len(constants) + len(assigned), len(constants) + len(assigned) + keep

    def whole(*arrays: Any) -> list[Any]:
        fixed = arrays[: split[0]]

        def step(carry: Any, rows: Any) -> Any:
            values, variables = carry
            parts = (fixed, variables)
            outs = program.fn(*[parts[side][position] for side, position in sources], *values, *rows)
            return (tuple(outs[:keep]), tuple(outs[results:])), tuple(outs[keep:results])

        start = (tuple(arrays[split[1] : split[2]]), tuple(arrays[split[0] : split[1]]))
        final, stacked = lax.scan(step, start, tuple(arrays[split[2] :]), reverse=reverse)
        return [*final[0], *stacked, *final[1]]

    inputs = [state.current(source) for source in [*constants, *assigned]]
    outs = dispatch(Call(whole, "Scan"), [*inputs, *carried, *flat])
    return state.finish(program, outs)


def vectorized_map(fn: Callable[[Any], Any], elems: Any, fallback_to_while_loop: bool = True, warn: bool = True) -> Any:
    """Applies ``fn`` to all rows at once, with ``jax.vmap``. Random ops draw other numbers for each row.

    Args:
      fn: callable of one row; what it does must not depend on values in python.
      elems: Tensor ``[n, …]`` or structure of them; first dimensions of 1 are broadcast.
      fallback_to_while_loop: bool, whether functions that cannot be vectorised run row by row.
      warn: ignored.

    Returns:
      The results stacked, ``[n, …]``.

    >>> import kerax as tf
    >>> tf.vectorized_map(lambda x: tf.reduce_sum(x), tf.ones([2, 3])).numpy()
    array([3., 3.], dtype=float32)
    """
    elems = nest.map_structure(convert_to_tensor, elems)
    flat = nest.flatten(elems)
    sizes = {leaf.shape[0] for leaf in flat} - {1}
    if len(sizes) > 1:
        raise ValueError(f"elems have different first dimensions: {sorted(sizes)}.")
    count = sizes.pop() if sizes else 1
    axes = [0 if leaf.shape[0] == count else None for leaf in flat]

    def run(*rows: Tensor) -> Any:
        return fn(nest.pack_sequence_as(elems, rows))

    try:
        program = state.trace(run, _avals(flat), convert=_number_to_tensor, name="vectorized_map")
    except errors.Uncompilable:
        if not fallback_to_while_loop:
            raise
        return _stacked([nest.map_structure(convert_to_tensor, fn(_row(elems, i))) for i in range(count)])
    results = len(program.results)
    random = [random_state.is_generator(source) for source in program.inputs]

    def whole(*arrays: Any) -> Any:
        inputs = [
            random_state.of_rows(array, count) if own else array
            for array, own in zip(arrays[: len(random)], random, strict=True)
        ]
        rows = [array[0] if axis is None else array for array, axis in zip(arrays[len(random) :], axes, strict=True)]
        in_axes = (*[0 if own else None for own in random], *axes)
        mapped = list(jax.vmap(program.fn, in_axes=in_axes, out_axes=0, axis_size=count)(*inputs, *rows))
        return [*mapped[:results], *[value[0] for value in mapped[results:]]]  # variables: as the first row leaves them

    outs = dispatch(Call(whole, "VectorizedMap"), [*(state.current(source) for source in program.inputs), *flat])
    return state.finish(program, outs)


def _number_to_tensor(leaf: Any) -> Any:
    return convert_to_tensor(leaf) if isinstance(leaf, (bool, int, float, np.ndarray, np.generic)) else leaf


def scan(
    fn: Callable[[Any, Any], Any],
    elems: Any,
    initializer: Any = None,
    parallel_iterations: int = 10,
    back_prop: bool = True,
    swap_memory: bool = False,
    infer_shape: bool = True,
    reverse: bool = False,
    name: str | None = None,
) -> Any:
    """Accumulates rows with ``fn`` and returns all partial results.

    Args:
      fn: ``(accumulated, row) → accumulated``.
      elems: Tensor ``[n, …]`` or structure of them.
      initializer: the first accumulated value; by default the first row.
      parallel_iterations, back_prop, swap_memory, infer_shape: hints of TensorFlow, without effect on values.
      reverse: bool, whether to begin with the last row.
      name: ignored.

    Returns:
      The accumulated values stacked, ``[n, …]``.

    >>> import kerax as tf
    >>> tf.scan(lambda a, x: a + x, tf.constant([1, 2, 3])).numpy()
    array([1, 3, 6], dtype=int32)
    """
    if not callable(fn):
        raise TypeError(f"{fn} is not callable. Please provide a callable function.")
    elems, flat, count = _rows(elems, IndexError)
    order = list(range(count - 1, -1, -1) if reverse else range(count))
    results = []
    if initializer is None:
        if not order:
            raise errors.OutOfRangeError(None, None, "Tried to read from index 0 but array size is: 0")
        now = _row(elems, order.pop(0))
        first = [now]
    else:
        now = nest.map_structure(convert_to_tensor, initializer)
        first = []
    if _traced(flat) and order:
        return _scan_traced(fn, elems, flat, now, first, reverse, count)
    results = list(first)
    if not order and not first:
        return nest.map_structure(lambda leaf: OPERATORS["getitem"](leaf, (slice(0, 0),)), _stacked([now]))
    for index in order:
        now = _like(fn(now, _row(elems, index)), now)
        results.append(now)
    return _stacked(results[::-1] if reverse else results)


def _like(value: Any, accumulated: Any) -> Any:
    """A step's result in the structure and dtypes of the accumulated value."""
    nest.assert_same_structure(accumulated, value, check_types=False)
    leaves = [
        convert_to_tensor(leaf, old.dtype) if not isinstance(leaf, Tensor) else leaf
        for leaf, old in zip(nest.flatten(value), nest.flatten(accumulated), strict=True)
    ]
    return nest.pack_sequence_as(accumulated, leaves)


def _scan_traced(
    fn: Callable[[Any, Any], Any], elems: Any, flat: list[Tensor], now: Any, first: list[Any], reverse: bool, count: int
) -> Any:
    carried = nest.flatten(now)
    if first:
        rest = slice(0, count - 1) if reverse else slice(1, count)
        flat = [OPERATORS["getitem"](leaf, rest) for leaf in flat]
    avals = [jax.ShapeDtypeStruct(leaf._value.shape, leaf._value.dtype) for leaf in carried]

    def run(*values: Tensor) -> Any:
        old = nest.pack_sequence_as(now, values[: len(carried)])
        new = _like(fn(old, nest.pack_sequence_as(elems, values[len(carried) :])), old)
        return new, new

    program = state.trace(run, [*avals, *_avals(flat)], name="scan", repeats=True)
    for have, want in zip(program.results, avals, strict=False):
        if have.shape != want.shape:
            raise ValueError(f"scan: the accumulated value changes its shape from {want.shape} to {have.shape}.")
    _, stacked = scan_program(program, carried, flat, reverse)
    if not first:
        return stacked
    parts = (lambda head, tail: (tail, [head])) if reverse else (lambda head, tail: ([head], tail))
    return nest.map_structure(
        lambda head, tail: OPERATORS["concat"](
            [part if isinstance(part, Tensor) else dispatch(_stack, part) for part in parts(head, tail)], 0
        ),
        first[0],
        stacked,
    )


def foldl(
    fn: Callable[[Any, Any], Any],
    elems: Any,
    initializer: Any = None,
    parallel_iterations: int = 10,
    back_prop: bool = True,
    swap_memory: bool = False,
    name: str | None = None,
) -> Any:
    """Accumulates rows with ``fn``, first to last, and returns the final value.

    Args:
      fn: ``(accumulated, row) → accumulated``.
      elems: Tensor ``[n, …]`` or structure of them.
      initializer: the first accumulated value; by default the first row.
      parallel_iterations, back_prop, swap_memory: hints of TensorFlow, without effect on values.
      name: ignored.

    >>> import kerax as tf
    >>> tf.foldl(lambda a, x: a + x, tf.constant([1, 2, 3])).numpy()
    np.int32(6)
    """
    return _fold(fn, elems, initializer, reverse=False)


def foldr(
    fn: Callable[[Any, Any], Any],
    elems: Any,
    initializer: Any = None,
    parallel_iterations: int = 10,
    back_prop: bool = True,
    swap_memory: bool = False,
    name: str | None = None,
) -> Any:
    """Accumulates rows with ``fn``, last to first; otherwise as ``foldl``.

    >>> import kerax as tf
    >>> tf.foldr(lambda a, x: a - x, tf.constant([1, 2, 3])).numpy()
    np.int32(0)
    """
    return _fold(fn, elems, initializer, reverse=True)


def _fold(fn: Callable[[Any, Any], Any], elems: Any, initializer: Any, reverse: bool) -> Any:
    if not callable(fn):
        raise TypeError(f"{fn} is not callable. Please provide a callable function.")
    elems, flat, count = _rows(elems, IndexError)
    order = list(range(count - 1, -1, -1) if reverse else range(count))
    if initializer is None:
        if not order:
            raise errors.OutOfRangeError(None, None, "Tried to read from index 0 but array size is: 0")
        now = _row(elems, order.pop(0))
    else:
        now = initializer
    if not (_traced(flat) and order):
        if context.trace is not None:
            now = nest.map_structure(convert_to_tensor, now)
        for index in order:  # eagerly a number is none of a dtype yet
            new = fn(now, _row(elems, index))
            nest.assert_same_structure(now, new)
            now = new
        return nest.map_structure(convert_to_tensor, now)
    now = nest.map_structure(convert_to_tensor, now)
    carried = nest.flatten(now)
    if initializer is None:
        rest = slice(0, count - 1) if reverse else slice(1, count)
        flat = [OPERATORS["getitem"](leaf, rest) for leaf in flat]
    avals = [jax.ShapeDtypeStruct(leaf._value.shape, leaf._value.dtype) for leaf in carried]

    def run(*values: Tensor) -> Any:
        old = nest.pack_sequence_as(now, values[: len(carried)])
        return _like(fn(old, nest.pack_sequence_as(elems, values[len(carried) :])), old)

    program = state.trace(run, [*avals, *_avals(flat)], name="fold", repeats=True)
    return scan_program(program, carried, flat, reverse)
