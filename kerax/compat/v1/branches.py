"""TensorFlow 1's ``cond`` and ``while_loop``, which give one result as it is, not in a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kerax.core import control_flow, state


def cond(
    pred: Any,
    true_fn: Callable[[], Any] | None = None,
    false_fn: Callable[[], Any] | None = None,
    strict: bool = False,
    name: str | None = None,
    fn1: Callable[[], Any] | None = None,
    fn2: Callable[[], Any] | None = None,
) -> Any:
    """``tf.cond``; eagerly, a list or tuple of one result is that result.

    Args:
      pred: scalar bool.
      true_fn, false_fn: functions without arguments.
      strict: bool, whether a list of one result stays a list.
      name: ignored.
      fn1, fn2: ``true_fn`` and ``false_fn``.
    """
    found = control_flow.cond(pred, fn1 if true_fn is None else true_fn, fn2 if false_fn is None else false_fn)
    return found if strict or state.in_trace() else _unpacked(found)


def while_loop(
    cond: Callable[..., Any],
    body: Callable[..., Any],
    loop_vars: Any,
    shape_invariants: Any = None,
    parallel_iterations: int = 10,
    back_prop: bool = True,
    swap_memory: bool = False,
    name: str | None = None,
    maximum_iterations: Any = None,
    return_same_structure: bool = False,
) -> Any:
    """``tf.while_loop``; the result of one loop variable is that variable.

    Args:
      cond, body, loop_vars, shape_invariants, parallel_iterations, back_prop, swap_memory, name, maximum_iterations:
        see ``tf.while_loop``.
      return_same_structure: bool, whether a list of one loop variable stays a list.
    """
    listed = True  # eagerly, what is in a list stays in it where ``body`` returns lists

    def noting(*values: Any) -> Any:
        nonlocal listed
        after = body(*values)
        listed = isinstance(after, (list, tuple))
        return after

    found = control_flow.while_loop(
        cond,
        body if state.in_trace() else noting,
        loop_vars,
        shape_invariants=shape_invariants,
        parallel_iterations=parallel_iterations,
        maximum_iterations=maximum_iterations,
    )
    if return_same_structure or listed and not state.in_trace():
        return found
    return _unpacked(found)


def _unpacked(found: Any) -> Any:
    return found[0] if type(found) in (list, tuple) and len(found) == 1 else found
