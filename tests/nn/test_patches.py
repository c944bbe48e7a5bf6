"""Convolutions by patches are convolutions: values and derivatives of every kind, whatever the blocks."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import kerax as tf
from kerax.nn import _convolve, _patches

# sizes, window, strides, pads, dilations
SHAPES = [
    ((9,), (3,), (1,), ((0, 0),), (1,)),
    ((11, 8), (3, 2), (1, 1), ((0, 0), (0, 0)), (1, 1)),
    ((11, 8), (3, 3), (2, 1), ((1, 1), (0, 2)), (1, 1)),
    ((12, 9), (2, 3), (1, 3), ((0, 1), (1, 0)), (2, 1)),
    ((10, 7), (1, 1), (3, 2), ((0, 0), (0, 0)), (1, 1)),
    ((7, 6, 5), (2, 3, 2), (1, 2, 1), ((1, 0), (0, 0), (0, 1)), (1, 1, 1)),
]


@pytest.fixture(params=[300, 2000, 1 << 21])
def small_blocks(request, monkeypatch):
    """Blocks of strips of an image, of an image, and of all of them; no convolution is too small."""
    monkeypatch.setattr(_patches, "_BLOCK", request.param)
    monkeypatch.setattr(_patches, "_LARGE", 0)
    monkeypatch.setattr(_patches, "_LARGE_PADDED", 0)


@pytest.mark.parametrize("case", SHAPES)
def test_values_and_derivatives(case, small_blocks):
    sizes, window, *settings = case
    rng = np.random.default_rng(0)
    x = jnp.asarray(rng.standard_normal((5, *sizes, 2)))
    kernel = jnp.asarray(rng.standard_normal((*window, 2, 3)))

    def plain(x, kernel):
        return _patches.by_xla(x, kernel, *settings)

    def fast(x, kernel):
        out = _patches.convolve(x, kernel, *settings)
        assert out is not None
        return out

    def near(transformed):
        jax.tree.map(lambda a, b: np.testing.assert_allclose(a, b, atol=1e-8), transformed(fast), transformed(plain))

    near(lambda f: f(x, kernel))
    near(lambda f: _patches.by_patches(x, kernel, *settings) if f is fast else f(x, kernel))
    near(lambda f: jax.grad(lambda x, k: (f(x, k) ** 2).sum(), (0, 1))(x, kernel))
    near(lambda f: jax.jvp(f, (x, kernel), (x + 1, kernel - 1)))
    near(lambda f: jax.jvp(jax.grad(lambda k: (f(x, k) ** 3).sum()), (kernel,), (kernel,)))
    near(lambda f: jax.grad(lambda k: (jax.grad(lambda x: (f(x, k) ** 2).sum())(x) ** 2).sum())(kernel))
    near(lambda f: jax.vmap(f, (None, 0))(x, jnp.stack([kernel, 2 * kernel])))


def test_only_where_it_pays():
    def chosen(batch, size, window, pads=((0, 0), (0, 0)), dtype=jnp.float32):
        def convolution(x, kernel):
            out = _patches.convolve(x, kernel, (1, 1), pads, (1, 1))
            return x if out is None else out

        x = jax.ShapeDtypeStruct((batch, size, size, 32), dtype)
        made = jax.make_jaxpr(convolution)(x, jax.ShapeDtypeStruct((*window, 32, 64), dtype))
        return [equation.primitive.name for equation in made.eqns]

    assert chosen(1, 26, (3, 3)) == []  # small
    assert chosen(128, 26, (3, 3)) == ["custom_jvp_call"]
    assert chosen(128, 26, (3, 3), ((1, 1), (1, 1))) == ["custom_jvp_call"]
    assert chosen(32, 26, (3, 3), ((1, 1), (1, 1))) == []  # XLA pads, and is fast
    assert "dot_general" in chosen(1, 8, (1, 1))  # a matrix product already
    assert chosen(0, 8, (1, 1)) == []  # nothing
    assert chosen(1, 0, (1, 1)) == []
    assert chosen(128, 26, (3, 3), dtype=jnp.bfloat16) == []


def test_gradients_with_strides_hold_no_convolution():
    """XLA's CPU backend is very slow where the input of a convolution is dilated and its kernel is differentiated."""
    x, kernel = jnp.ones((2, 8, 8, 3)), jnp.ones((3, 3, 3, 4))

    def forward(x, kernel):
        return _convolve.convolve(x, kernel, (2, 2), "SAME", (1, 1))

    def backward(out, kernel):
        return _convolve.input_gradient(x.shape, kernel, out, (2, 2), "SAME", (1, 1))

    def second(x, kernel):
        return jax.grad(lambda k: (jax.grad(lambda x: (forward(x, k) ** 2).sum())(x) ** 2).sum())(kernel)

    out = forward(x, kernel)
    for made in (
        jax.make_jaxpr(second)(x, kernel),
        jax.make_jaxpr(jax.grad(lambda out, k: (backward(out, k) ** 2).sum(), (0, 1)))(out, kernel),
    ):
        assert "conv_general_dilated" not in str(made)


@pytest.mark.parametrize("shape", [(2, 6, 6, 3), (2, 4, 6, 6, 3)])
def test_loops_and_volumes_hold_no_convolution(shape):
    """Which XLA's CPU backend makes slowly, in a loop even small ones, and their gradients."""
    rank = len(shape) - 2
    x, kernel = tf.ones(shape), tf.Variable(tf.ones((3,) * rank + (3, 3)))

    def convolved(x):
        return tf.nn.convolution(x, kernel, padding="SAME")

    tf.function(convolved)(x)  # what was traced outside of a loop is not what a loop runs

    @tf.function(autograph=False)
    def gradient(x):
        with tf.GradientTape() as tape:
            y = tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, convolved(y)), (0, x))[1]
            y = tf.map_fn(lambda row: convolved(row[None])[0], y)
            y = tf.scan(lambda _, row: convolved(row[None])[0], y)
        return tape.gradient(y, kernel)

    assert "convolution(" not in gradient.experimental_get_compiler_ir(x)(stage="hlo")


def test_blocks_keep_patches_small():
    """No array of the compiled program is as large as all patches are."""
    x, kernel = jnp.ones((64, 34, 34, 32)), jnp.ones((3, 3, 32, 32))
    settings = (1, 1), ((0, 0), (0, 0)), (1, 1)

    def loss(kernel):
        return _patches.convolve(x, kernel, *settings).sum()

    analysis = jax.jit(jax.grad(loss)).lower(kernel).compile().memory_analysis()
    assert analysis.temp_size_in_bytes < 64 * 32 * 32 * 9 * 32 * 4 / 2
