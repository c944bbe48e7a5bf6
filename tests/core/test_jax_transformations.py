"""JAX's own transformations of functions that take and return kerax Tensors."""

import jax
import numpy as np

import kerax as tf

X = tf.constant([1.0, 2.0])


def square(x):
    return tf.reduce_sum(x * x)


def test_jit_takes_and_returns_tensors():
    assert isinstance(jax.jit(square)(X), tf.Tensor)
    assert jax.jit(square)(X).numpy() == 5.0


def test_vmap_maps_rows():
    rows = jax.vmap(tf.function(square))(tf.constant([[1.0, 2.0], [3.0, 4.0]]))
    np.testing.assert_array_equal(rows.numpy(), [5.0, 25.0])


def test_vjp_and_jvp_give_tensors():
    _, pullback = jax.vjp(square, X)
    np.testing.assert_array_equal(pullback(tf.constant(1.0))[0].numpy(), [2.0, 4.0])
    np.testing.assert_array_equal(jax.jvp(square, (X,), (X,))[1].numpy(), 10.0)


def test_grad_of_a_function_that_returns_an_array():
    # ``jax.grad`` asks for an array, not for a pytree, as the result
    np.testing.assert_array_equal(jax.grad(lambda x: jax.numpy.asarray(square(x)))(X).numpy(), [2.0, 4.0])


def test_tape_inside_jit():
    def gradient(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = square(x)
        return tape.gradient(y, x)

    np.testing.assert_array_equal(jax.jit(gradient)(X).numpy(), [2.0, 4.0])
