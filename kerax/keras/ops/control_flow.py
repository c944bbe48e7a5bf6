"""Loops, branches and functions mapped over elements."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax

import kerax.array_ops as tf
from kerax.core import control_flow, map_fn, nest, state
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.recorded import recorded
from kerax.keras.ops._axes import canonical_axis
from kerax.keras.ops._public import op
from kerax.math.clip import clip_by_value


@recorded
def cond(pred, true_fn, false_fn):
    """The result of one of two functions.

    Args:
      pred: bool, or scalar tensor.
      true_fn: function without arguments, called where ``pred`` holds.
      false_fn: function without arguments, called elsewhere.

    Returns:
      What the function returns.

    >>> import kerax as tf
    >>> tf.keras.ops.cond(tf.constant(True), lambda: 1, lambda: 2)
    1
    """
    if isinstance(pred, (bool, int)):
        return true_fn() if pred else false_fn()
    if isinstance(pred, Tensor) and not isinstance(pred._value, jax.core.Tracer):
        return true_fn() if bool(pred) else false_fn()
    return control_flow.cond(pred, true_fn, false_fn)


@recorded
def switch(index, branches, *operands):
    """The result of the function at an index.

    Args:
      index: int, or scalar tensor; brought into the range of the branches.
      branches: list of functions of the operands.
      *operands: what the functions are called with.

    Returns:
      What the function returns.

    >>> import kerax as tf
    >>> tf.keras.ops.switch(1, [lambda x: x + 1, lambda x: x * 10], tf.constant(3)).numpy()
    np.int32(30)
    """
    index = clip_by_value(to_tensor(index, "int32"), 0, len(branches) - 1)
    return control_flow.switch_case(index, [functools.partial(branch, *operands) for branch in branches])


@recorded
def while_loop(cond, body, loop_vars, maximum_iterations=None):
    """Calls a function on its own results as long as a condition holds.

    Args:
      cond: function of the loop variables that returns a bool.
      body: function of the loop variables that returns new ones.
      loop_vars: tensor, or tuple of tensors.
      maximum_iterations: int, the most calls of ``body``.

    Returns:
      The loop variables at the end.

    >>> import kerax as tf
    >>> tf.keras.ops.while_loop(lambda i: i < 10, lambda i: i + 3, tf.constant(0)).numpy()
    np.int32(12)
    """
    many = isinstance(loop_vars, (tuple, list))
    start = tuple(loop_vars) if many else (loop_vars,)

    def step(*values: Any) -> tuple[Any, ...]:
        found = body(*values)
        return tuple(found) if many else (found,)

    result = control_flow.while_loop(cond, step, start, maximum_iterations=maximum_iterations)
    return result if many else result[0]


@recorded
def fori_loop(lower, upper, body_fun, init_val):
    """Calls a function for every integer of a range on its own results.

    Args:
      lower: int or scalar tensor, where the range starts.
      upper: int or scalar tensor, where it ends, itself left out.
      body_fun: function of the integer and the value that returns a new value.
      init_val: the value at the start, a tensor or structure.

    Returns:
      The value at the end.

    >>> import kerax as tf
    >>> tf.keras.ops.fori_loop(0, 4, lambda i, total: total + i, tf.constant(0)).numpy()
    np.int32(6)
    """
    return control_flow.while_loop(
        lambda i, value: i < upper, lambda i, value: (i + 1, body_fun(i, value)), (lower, init_val)
    )[1]


@recorded
def map(f, xs):
    """A function applied to each slice along the first axis, one after the other.

    Args:
      f: function of one slice (or of a structure of slices).
      xs: tensor, or structure of tensors.

    Returns:
      What the function returns, stacked along a first axis.

    >>> import kerax as tf
    >>> tf.keras.ops.map(lambda x: x * 2, tf.constant([1, 2])).numpy()
    array([2, 4], dtype=int32)
    """
    xs = nest.map_structure(to_tensor, xs)
    first = f(nest.map_structure(lambda x: x[0], xs))
    return map_fn.map_fn(f, xs, fn_output_signature=nest.map_structure(lambda y: to_tensor(y).dtype, first))


@recorded
def vectorized_map(function, elements):
    """A function applied to all slices along the first axis at once.

    Args:
      function: function of one slice (or of a structure of slices).
      elements: tensor, or structure of tensors.

    Returns:
      What the function returns, with the slices' axis first.

    >>> import kerax as tf
    >>> tf.keras.ops.vectorized_map(lambda x: x * 2, tf.constant([1, 2])).numpy()
    array([2, 4], dtype=int32)
    """
    return map_fn.vectorized_map(function, elements)


@recorded
def scan(f, init, xs=None, length=None, reverse=False, unroll=1):
    """Applies a function along the first axis, carrying a value from step to step.

    Args:
      f: function ``(carry, x) → (carry, y)``.
      init: the carry at the start, a tensor or structure.
      xs: tensor or structure of tensors ``[steps, ...]``; None to call ``f`` with None.
      length: int, the number of steps where there are no ``xs``.
      reverse: bool, whether to go from the last step to the first.
      unroll: int or bool, how many steps one iteration of the compiled loop holds; it changes no result.

    Returns:
      The carry at the end, and the results ``y`` stacked along a first axis.

    Raises:
      TypeError: ``f`` is no function.
      ValueError: a wrong ``unroll``, or neither ``xs`` nor ``length``.

    >>> import kerax as tf
    >>> total, totals = tf.keras.ops.scan(lambda c, x: (c + x, c + x), tf.constant(0), tf.constant([1, 2, 3]))
    >>> total.numpy(), totals.numpy()
    (np.int32(6), array([1, 3, 6], dtype=int32))
    """
    if not callable(f):
        raise TypeError(f"`f` should be a callable. Received: f={f}")
    if not isinstance(unroll, bool) and (not isinstance(unroll, int) or unroll < 1):
        raise ValueError(f"`unroll` must be an positive integer or boolean. Received: unroll={unroll}")
    if xs is None and length is None:
        raise ValueError("Got no `xs` to scan over and `length` not provided.")
    rows = [] if xs is None else [convert_to_tensor(leaf) for leaf in nest.flatten(xs)]
    start = [convert_to_tensor(leaf) for leaf in nest.flatten(init)]
    count = int(length) if length is not None else rows[0].shape[0]
    if not rows:
        rows = [tf.zeros((count,), "int32")]  # scanned for its length
    avals = [jax.ShapeDtypeStruct(t._value.shape, t._value.dtype) for t in start]
    avals += [jax.ShapeDtypeStruct(t._value.shape[1:], t._value.dtype) for t in rows]

    def run(*values: Tensor) -> Any:
        carry = nest.pack_sequence_as(init, values[: len(start)])
        row = None if xs is None else nest.pack_sequence_as(xs, values[len(start) :])
        carry, found = f(carry, row)
        if nest.flatten(carry) == [None]:
            carry = nest.pack_sequence_as(init, values[: len(start)])
        new = [convert_to_tensor(leaf) for leaf in nest.flatten(carry)]
        out = None if found is None else nest.map_structure(convert_to_tensor, found)
        return new, out

    program = state.trace(run, avals, name="scan")
    carry, stacked = map_fn.scan_program(program, start, [row[:count] for row in rows], reverse=bool(reverse))
    return nest.pack_sequence_as(init, nest.flatten(carry)), stacked


@recorded
def associative_scan(f, elems, reverse=False, axis=0):
    """The results of combining all elements up to each one, by a function that is associative.

    Args:
      f: function of two tensors (or structures) that combines slices.
      elems: tensor or structure of tensors.
      reverse: bool, whether to go from the last to the first.
      axis: int, the axis to go along.

    Returns:
      Tensor or structure like ``elems``.

    Raises:
      TypeError: ``f`` is no function.
      ValueError: sizes differ along the axis.

    >>> import kerax as tf
    >>> tf.keras.ops.associative_scan(lambda a, b: a + b, tf.constant([1, 2, 3])).numpy()
    array([1, 3, 6], dtype=int32)
    """
    if not callable(f):
        raise TypeError(f"`f` should be a callable. Received: f={f}")
    flat = [convert_to_tensor(leaf) for leaf in nest.flatten(elems)]
    sizes = [leaf.shape[axis] for leaf in flat]
    if len(set(sizes)) > 1:
        raise ValueError(f"Array inputs to associative_scan must have the same first dimension. (saw: {sizes})")
    axis = canonical_axis(axis, len(flat[0].shape))

    def combine(first: list[Any], second: list[Any]) -> list[Any]:
        return nest.flatten(f(nest.pack_sequence_as(elems, first), nest.pack_sequence_as(elems, second)))

    flat = [tf.reverse(leaf, [axis]) for leaf in flat] if reverse else flat
    flat = _associative(combine, flat, axis)
    flat = [tf.reverse(leaf, [axis]) for leaf in flat] if reverse else flat
    return nest.pack_sequence_as(elems, flat)


@op("x")
def _every(x: Any, axis: Any, start: Any, stop: Any, step: Any) -> Any:
    return lax.slice_in_dim(x, start, stop, step, axis)


@op("a, b")
def _interleaved(a: Any, b: Any, axis: Any) -> Any:
    places = (slice(None),) * axis
    size = list(a.shape)
    size[axis] += b.shape[axis]
    return jnp.zeros(size, a.dtype).at[(*places, slice(0, None, 2))].set(a).at[(*places, slice(1, None, 2))].set(b)


def _associative(combine: Callable[..., list[Any]], elems: list[Any], axis: int) -> list[Any]:
    """The scan of all elements from the scan of neighbours combined, which is half as long."""
    size = elems[0].shape[axis]
    if size < 2:
        return elems
    pairs = combine([_every(e, axis, 0, size - 1, 2) for e in elems], [_every(e, axis, 1, size, 2) for e in elems])
    odd = _associative(combine, [convert_to_tensor(pair) for pair in pairs], axis)
    if size == 2:
        even = [_every(e, axis, 0, 1, 1) for e in elems]
    else:
        before = odd if size % 2 else [_every(o, axis, 0, size // 2 - 1, 1) for o in odd]
        rest = combine(before, [_every(e, axis, 2, size, 2) for e in elems])
        even = [tf.concat([_every(e, axis, 0, 1, 1), r], axis) for e, r in zip(elems, rest, strict=True)]
    return [_interleaved(a, b, axis) for a, b in zip(even, odd, strict=True)]


def vectorize(pyfunc, *, excluded=None, signature=None):
    """A function of numbers (or of arrays of a signature) as a function of arrays of them.

    Args:
      pyfunc: function of tensors.
      excluded: set of positions (ints) of arguments that are passed on as they are.
      signature: str such as ``"(n),(n)->()"``, the axes that the function itself takes.

    Returns:
      A function of tensors whose other axes broadcast.

    Raises:
      TypeError: ``pyfunc`` is no function.

    >>> import kerax as tf
    >>> larger = tf.keras.ops.vectorize(lambda a, b: tf.maximum(a, b))
    >>> larger(tf.constant([1, 5]), tf.constant(3)).numpy()
    array([3, 5], dtype=int32)
    """
    if not callable(pyfunc):
        raise ValueError(f"Expected `pyfunc` to be a callable. Received: pyfunc={pyfunc} of type {type(pyfunc)}")
    excluded = frozenset(excluded or ())
    core = None if signature is None else _core_ranks(signature)

    @functools.wraps(pyfunc)
    def wrapped(*args: Any) -> Any:
        mapped = [i for i in range(len(args)) if i not in excluded]
        tensors = {i: to_tensor(args[i]) for i in mapped}
        ranks = [0] * len(mapped) if core is None else core
        if len(ranks) != len(mapped):
            raise TypeError(f"wrong number of positional arguments: expected {len(ranks)}, got {len(mapped)}")
        outer = {
            i: tuple(tensors[i].shape)[: len(tensors[i].shape) - rank] for i, rank in zip(mapped, ranks, strict=True)
        }
        common = jnp.broadcast_shapes(*outer.values())
        rows = []
        for i, rank in zip(mapped, ranks, strict=True):
            inner = tuple(tensors[i].shape)[len(tensors[i].shape) - rank :]
            rows.append(tf.reshape(tf.broadcast_to(tensors[i], (*common, *inner)), (-1, *inner)))

        def one(values: Any) -> Any:
            chosen = dict(zip(mapped, values, strict=True))
            return pyfunc(*(chosen.get(i, arg) for i, arg in enumerate(args)))

        if not common:
            return one([tf.squeeze(row, [0]) for row in rows])
        found = map_fn.vectorized_map(one, rows)
        return nest.map_structure(lambda leaf: tf.reshape(leaf, (*common, *leaf.shape[1:])), found)

    return wrapped


def _core_ranks(signature: str) -> list[int]:
    """How many axes each argument of a signature has.

    Raises:
      ValueError: no signature.
    """
    form = signature.replace(" ", "")
    if not re.fullmatch(r"(\([\w,]*\))(,\([\w,]*\))*->(\([\w,]*\))(,\([\w,]*\))*", form):
        raise ValueError(f"not a valid gufunc signature: {signature}")
    return [
        len([name for name in group.split(",") if name]) for group in re.findall(r"\(([\w,]*)\)", form.split("->")[0])
    ]
