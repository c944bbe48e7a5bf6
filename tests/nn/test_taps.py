"""Depthwise convolutions by shifted images are convolutions: values and derivatives of every kind."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from kerax.nn import _convolve, _taps

# sizes, window, strides, padding, dilations, multiplier
CASES = [
    ((9,), (3,), (1,), "VALID", (1,), 1),
    ((11, 8), (3, 2), (1, 1), "SAME", (1, 1), 2),
    ((11, 8), (3, 3), (2, 1), ((1, 1), (0, 2)), (1, 1), 1),
    ((13, 12), (5, 4), (1, 1), "SAME", (2, 1), 2),
    ((12, 13), (5, 3), (2, 3), "VALID", (1, 1), 1),
    ((7, 6, 5), (2, 3, 2), (1, 2, 1), "SAME", (1, 1, 1), 2),
]


def convolution(case, channels_last=True):
    _, _, *settings, _ = case
    return lambda x, kernel: _convolve.depthwise(x, kernel, *settings, channels_last)


def primitives(case, x, kernel):
    return {equation.primitive.name for equation in jax.make_jaxpr(convolution(case))(x, kernel).eqns}


@pytest.fixture
def near(monkeypatch):
    """Compares what a transformation makes of the fast and of the plain convolution."""

    def compare(transformed):
        monkeypatch.setattr(_taps, "_LEAST", 0)
        fast = transformed()
        monkeypatch.setattr(_taps, "_LEAST", 1 << 60)
        jax.tree.map(lambda a, b: np.testing.assert_allclose(a, b, atol=1e-8), fast, transformed())

    return compare


@pytest.mark.parametrize("block", [100, 1 << 20])
@pytest.mark.parametrize("case", CASES)
def test_values_and_derivatives(case, block, near, monkeypatch):
    monkeypatch.setattr(_taps, "_BLOCK", block)
    sizes, window, *_, multiplier = case
    rng = np.random.default_rng(0)
    x = jnp.asarray(rng.standard_normal((5, *sizes, 3)))
    kernel = jnp.asarray(rng.standard_normal((*window, 3, multiplier)))
    f = convolution(case)

    near(lambda: f(x, kernel))
    near(lambda: convolution(case, channels_last=False)(jnp.moveaxis(x, -1, 1), kernel))
    near(lambda: jax.grad(lambda x, k: (f(x, k) ** 2).sum(), (0, 1))(x, kernel))
    near(lambda: jax.jvp(f, (x, kernel), (x + 1, kernel - 1)))
    near(lambda: jax.grad(lambda k: (jax.grad(lambda x: (f(x, k) ** 2).sum())(x) ** 2).sum())(kernel))
    near(lambda: jax.vmap(f, (None, 0))(x, jnp.stack([kernel, 2 * kernel])))


def test_only_where_it_pays():
    case = CASES[1]

    def made(batch, dtype="float32"):
        x = jax.ShapeDtypeStruct((batch, 64, 64, 16), dtype)
        return primitives(case, x, jax.ShapeDtypeStruct((3, 2, 16, 2), dtype))

    assert "conv_general_dilated" not in made(8)
    assert "conv_general_dilated" in made(8, "bfloat16")  # sums would be rounded at every step
    assert "conv_general_dilated" in made(0)
    small = jax.ShapeDtypeStruct((1, 8, 8, 4), "float32"), jax.ShapeDtypeStruct((3, 2, 4, 2), "float32")
    assert "conv_general_dilated" in primitives(case, *small)


def test_the_shifted_images_are_not_kept():
    """The program of the gradients holds no array as large as all of them."""
    x, kernel = jnp.ones((32, 40, 40, 16)), jnp.ones((3, 3, 16, 1))

    def loss(x, kernel):
        return _convolve.depthwise(x, kernel, (1, 1), "SAME", (1, 1)).sum()

    analysis = jax.jit(jax.grad(loss, (0, 1))).lower(x, kernel).compile().memory_analysis()
    assert analysis.temp_size_in_bytes < x.nbytes * 6
