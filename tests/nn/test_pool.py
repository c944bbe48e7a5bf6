"""Sums and maxima of windows as shifted slices, on CPUs: what ``reduce_window`` gives, and its gradients."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from kerax.nn import _pool
from kerax.nn._windows import pads, spatial

# shape, window, strides, padding, dilations, channels last
CASES = [
    ((2, 7, 6, 3), (3, 3), (1, 1), "SAME", (1, 1), True),
    ((2, 7, 6, 3), (3, 2), (2, 1), "SAME", (1, 1), True),
    ((2, 7, 6, 3), (3, 3), (2, 2), "VALID", (1, 1), True),
    ((2, 3, 9, 8), (2, 3), (1, 1), ((1, 2), (0, 3)), (2, 1), False),
    ((2, 11, 3), (4,), (3,), "SAME", (1,), True),
    ((1, 4, 5, 4, 2), (2, 3, 3), (1, 2, 1), "SAME", (1, 1, 1), True),
    ((2, 2, 2, 1), (3, 3), (1, 2), "VALID", (1, 1), True),
]


def settings(case):
    shape, window, strides, padding, dilations, channels_last = case
    found = pads(spatial(shape, channels_last), window, strides, dilations, padding)
    return window, strides, tuple(map(tuple, found)), dilations, channels_last


@pytest.mark.parametrize("case", CASES)
def test_sums_and_their_gradients(case):
    x = jnp.asarray(np.random.default_rng(0).normal(size=case[0]))
    given = settings(case)

    def loss(total, x):
        return (total(x, *given) ** 3).sum()

    for derive in (lambda f: f, jax.grad, lambda f: jax.grad(lambda x: (jax.grad(f)(x) ** 2).sum())):
        taps, windows = (derive(lambda x, f=f: loss(f, x))(x) for f in (_pool._sum_of_taps, _pool._sum_of_windows))
        np.testing.assert_allclose(taps, windows, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("case", [case for case in CASES if max(case[4]) == 1])
def test_maxima(case):
    x = jnp.asarray(np.random.default_rng(0).normal(size=case[0]))
    window, strides, found, _, channels_last = settings(case)
    taps, windows = (f(x, window, strides, found, channels_last) for f in (_pool._max_of_taps, _pool._max_of_windows))
    np.testing.assert_array_equal(taps, windows)


def test_one_window_is_a_tile_whatever_the_strides():
    x = jnp.asarray(np.random.default_rng(0).normal(size=(2, 7, 6, 3)))
    for pool, mean in ((_pool.avg_pool, jnp.mean), (_pool.max_pool, jnp.max)):
        text = str(jax.make_jaxpr(lambda x, pool=pool: pool(x, (7, 5), (1, 2), "VALID"))(x))
        assert "reduce_window" not in text and " pad" not in text
        np.testing.assert_allclose(pool(x, (7, 5), (1, 2), "VALID")[:, 0, 0], mean(x[:, :, :5], axis=(1, 2)))
    assert _pool.avg_pool(x, (3, 3), (5, 5), "VALID").shape == (2, 1, 1, 3)
