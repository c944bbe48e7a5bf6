"""Random expressions: first and second gradients of an eager tape, a traced tape and ``jax.grad`` agree."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kerax as tf

# name: (on kerax, on jax.numpy), smooth everywhere so that rounding does not choose the branch
UNARY = {
    "sin": (tf.sin, jnp.sin),
    "tanh": (tf.tanh, jnp.tanh),
    "sigmoid": (tf.sigmoid, jax.nn.sigmoid),
    "softplus": (tf.math.softplus, jax.nn.softplus),
    "square": (tf.square, jnp.square),
    "exp of tanh": (lambda x: tf.exp(tf.tanh(x)), lambda x: jnp.exp(jnp.tanh(x))),
    "root": (lambda x: tf.sqrt(x * x + 1.0), lambda x: jnp.sqrt(x * x + 1.0)),
    "reversed": (lambda x: x[::-1], lambda x: x[::-1]),
    "gathered": (lambda x: tf.gather(x, [0, 0, 2]), lambda x: x[jnp.array([0, 0, 2])]),
    "cumulated": (tf.cumsum, jnp.cumsum),
    "centred": (lambda x: x - tf.reduce_mean(x), lambda x: x - jnp.mean(x)),
    "softmax": (tf.nn.softmax, jax.nn.softmax),
    "branch": (
        lambda x: tf.cond(tf.reduce_sum(x) > -100.0, lambda: x * 2.0, lambda: x),
        lambda x: x * 2.0,
    ),
    "loop": (
        lambda x: tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, tf.sin(y) + x), (tf.constant(0), x))[1],
        lambda x: jax.lax.fori_loop(0, 3, lambda i, y: jnp.sin(y) + x, x),
    ),
}
BINARY = {
    "add": (tf.add, jnp.add),
    "subtract": (tf.subtract, jnp.subtract),
    "multiply": (tf.multiply, jnp.multiply),
    "ratio": (lambda x, y: x / (y * y + 1.0), lambda x, y: x / (y * y + 1.0)),
    "outer": (lambda x, y: tf.linalg.matvec(x[:, None] * y[None], y), lambda x, y: (x[:, None] * y[None]) @ y),
}

numbers = st.floats(-1.5, 1.5, width=32).map(lambda value: round(value, 3))
vectors = st.lists(numbers, min_size=3, max_size=3).map(lambda values: np.array(values, np.float64))
expressions = st.recursive(
    st.sampled_from(["x", "y"]),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(sorted(UNARY)), inner),
        st.tuples(st.sampled_from(sorted(BINARY)), inner, inner),
    ),
    max_leaves=4,
)


def evaluate(expression, x, y, side):
    """The expression on kerax (side 0) or on jax.numpy (side 1)."""
    if isinstance(expression, str):
        return x if expression == "x" else y
    name, *inner = expression
    values = [evaluate(part, x, y, side) for part in inner]
    return (UNARY if len(values) == 1 else BINARY)[name][side](*values)


def by_tapes(expression, x, y):
    """First gradients by x and y, and the gradients of their squared sum."""
    with tf.GradientTape() as outer:
        outer.watch([x, y])
        with tf.GradientTape() as inner:
            inner.watch([x, y])
            value = tf.reduce_sum(evaluate(expression, x, y, 0))
        first = inner.gradient(value, [x, y], unconnected_gradients="zero")
        first = [tf.convert_to_tensor(gradient) for gradient in first]  # those of gathered rows are IndexedSlices
        total = tf.reduce_sum(first[0] ** 2) + tf.reduce_sum(first[1] ** 2)
    return first, outer.gradient(total, [x, y], unconnected_gradients="zero")


def by_jax(expression, x, y):
    def value(x, y):
        return jnp.sum(evaluate(expression, x, y, 1))

    def total(x, y):
        by_x, by_y = jax.grad(value, (0, 1))(x, y)
        return jnp.sum(by_x**2) + jnp.sum(by_y**2)

    return jax.grad(value, (0, 1))(x, y), jax.grad(total, (0, 1))(x, y)


@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(expressions, vectors, vectors)
def test_tapes_agree_with_jax_grad(expression, x, y):
    wanted = by_jax(expression, jnp.asarray(x), jnp.asarray(y))
    eager = by_tapes(expression, tf.constant(x), tf.constant(y))
    traced = tf.function(lambda x, y: by_tapes(expression, x, y))(tf.constant(x), tf.constant(y))
    for found in (eager, traced):
        for got, want in zip(tf.nest.flatten(found), jax.tree.leaves(wanted), strict=True):
            np.testing.assert_allclose(tf.convert_to_tensor(got).numpy(), want, rtol=1e-7, atol=1e-9)
