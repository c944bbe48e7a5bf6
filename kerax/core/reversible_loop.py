"""Reverse mode through a loop of unknown length."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

CHECKPOINTS = 64


def while_loop_with_gradient(test: Any, body: Any, carry: Any, constants: Any) -> Any:
    """``lax.while_loop`` with a reverse-mode derivative.

    The forward pass of a differentiated loop keeps at most ``CHECKPOINTS`` states, at a stride that doubles
    whenever they run out; the backward pass recomputes the states between two of them.

    Args:
      test: ``(carry, constants) → bool``.
      body: ``(carry, constants) → carry``.
      carry, constants: pytrees of arrays.
    """
    leaves, tree = jax.tree.flatten(carry)
    fixed, fixed_tree = jax.tree.flatten(constants)

    def run_test(values: Any, held: Any) -> Any:
        return test(jax.tree.unflatten(tree, values), jax.tree.unflatten(fixed_tree, held))

    def run_body(values: Any, held: Any) -> list[Any]:
        return jax.tree.leaves(body(jax.tree.unflatten(tree, values), jax.tree.unflatten(fixed_tree, held)))

    @jax.custom_vjp
    def run(values: Any, held: Any) -> Any:
        return lax.while_loop(lambda v: run_test(v, held), lambda v: run_body(v, held), values)

    def forward(values: Any, held: Any) -> Any:
        buffers = [jnp.zeros((CHECKPOINTS, *leaf.shape), leaf.dtype) for leaf in values]
        zero, one = jnp.zeros((), jnp.int32), jnp.ones((), jnp.int32)

        def more(loop_state: Any, held: Any) -> Any:
            return run_test(loop_state[3], held)

        def advance(loop_state: Any, held: Any) -> Any:
            step, stride, kept, now = loop_state
            full = step // stride >= CHECKPOINTS
            kept = [jnp.where(full, jnp.concatenate([k[::2], k[::2]]), k) for k in kept]
            stride = jnp.where(full, stride * 2, stride)
            place = step // stride
            due = step % stride == 0
            kept = [k.at[place].set(jnp.where(due, n, k[place])) for k, n in zip(kept, now, strict=True)]
            return step + 1, stride, kept, run_body(now, held)

        # itself differentiable: second derivatives go through the states kept here
        start = (zero, one, buffers, list(values))
        steps, stride, kept, final = while_loop_with_gradient(more, advance, start, held)
        return final, (steps, stride, kept, held)

    def backward(residuals: Any, cotangents: Any) -> Any:
        steps, stride, kept, held = residuals
        moving = [i for i, k in enumerate(kept) if jnp.issubdtype(k.dtype, jnp.inexact)]
        floats = [i for i, h in enumerate(held) if jnp.issubdtype(h.dtype, jnp.inexact)]

        def differentiate(loop_state: Any, given: Any) -> Any:
            step, gradients, totals = loop_state
            step = step - 1
            place = step // given[0]

            def recompute(inner: Any, held: Any) -> Any:
                at, now, goal = inner
                return at + 1, run_body(now, held), goal

            start = (place * given[0], [k[place] for k in given[1]], step)
            _, now, _ = while_loop_with_gradient(lambda inner, _: inner[0] < inner[2], recompute, start, given[2])

            def partial(some: Any, consts: Any) -> Any:
                values, held = list(now), list(given[2])
                for i, value in zip(moving, some, strict=True):
                    values[i] = value
                for i, value in zip(floats, consts, strict=True):
                    held[i] = value
                outs = run_body(values, held)
                return [outs[i] for i in moving]

            _, pullback = jax.vjp(partial, [now[i] for i in moving], [given[2][i] for i in floats])
            to_values, to_held = pullback(gradients)
            return step, to_values, [t + h for t, h in zip(totals, to_held, strict=True)]

        first = [cotangents[i] for i in moving]
        totals = [jnp.zeros_like(held[i]) for i in floats]
        _, gradients, totals = while_loop_with_gradient(
            lambda loop_state, _: loop_state[0] > 0, differentiate, (steps, first, totals), (stride, kept, held)
        )
        to_values: list[Any] = [None] * len(kept)
        to_held: list[Any] = [None] * len(held)
        for i, gradient in zip(moving, gradients, strict=True):
            to_values[i] = gradient
        for i, total in zip(floats, totals, strict=True):
            to_held[i] = total
        return (
            [
                np.zeros(k.shape[1:], jax.dtypes.float0) if g is None else g
                for g, k in zip(to_values, kept, strict=True)
            ],
            [np.zeros(h.shape, jax.dtypes.float0) if g is None else g for g, h in zip(to_held, held, strict=True)],
        )

    run.defvjp(forward, backward)
    final = run(leaves, fixed)
    return jax.tree.unflatten(tree, final)
