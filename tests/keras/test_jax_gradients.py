"""jax' own transformations of Keras code see arrays, as with Keras on JAX."""

import collections

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import kerax as tf

pytestmark = pytest.mark.usefixtures("restored_seed")

keras = tf.keras
ops = keras.ops


def _model():
    keras.utils.set_random_seed(0)
    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(4, "tanh"), keras.layers.Dense(2)])


def test_ops():
    x = jnp.arange(1.0, 4.0)
    np.testing.assert_allclose(jax.grad(lambda x: ops.mean(x))(x), np.full(3, 1 / 3))
    np.testing.assert_allclose(jax.grad(lambda x: ops.sum(ops.square(x) * 2))(x), 4 * x)
    value, gradient = jax.value_and_grad(lambda x: ops.max(ops.softmax(x)))(x)
    assert isinstance(value, jax.Array) and gradient.shape == (3,)
    assert jax.vmap(lambda row: ops.norm(row))(jnp.ones((4, 3))).shape == (4,)
    assert jax.jit(lambda x: ops.split(x, 3)[1])(x).shape == (1,)
    assert isinstance(ops.mean(x), tf.Tensor)


def test_models():
    model, x = _model(), jnp.ones((5, 3))
    for scalar in (
        lambda x: ops.mean(model(x)),
        lambda x: model(x)[0, 0],
        lambda x: jnp.sum(model(x)),
        lambda x: ops.mean(model(x)[:, 1]) * 2,
        lambda x: model.layers[0](x).sum(),
    ):
        assert jax.grad(scalar)(x).shape == (5, 3)
    gradient = jax.grad(lambda x: ops.sum(model(x)))(x)
    with tf.GradientTape() as tape:
        t = tf.ones((5, 3))
        tape.watch(t)
        y = tf.reduce_sum(model(t))
    np.testing.assert_allclose(gradient, tape.gradient(y, t), rtol=1e-6)


class Pairs(collections.defaultdict):
    """A structure that python cannot make anew of its items."""


class Several(keras.layers.Layer):
    def call(self, x):
        out = Pairs(list)
        out["b"], out["a"] = x * 2, [x]
        return out


def test_structures_of_outputs_stay_what_they_are():
    out = Several()(tf.ones((2, 3)))
    assert type(out) is Pairs and list(out) == ["b", "a"] and isinstance(out["b"], tf.Tensor)
    gradient = jax.grad(lambda x: jnp.sum(Several()(x)["b"]))(jnp.ones((2, 3)))
    np.testing.assert_allclose(gradient, np.full((2, 3), 2.0))


class Scaled(keras.layers.Layer):
    def build(self, shape):
        self.scale = self.add_weight(shape=shape[-1:], initializer="ones")

    def call(self, x):
        y = ops.einsum("bi,i->bi", x, self.scale)
        return ops.relu(y) + ops.mean(y, axis=-1, keepdims=True)


def test_layers_of_the_users_own():
    model = keras.Sequential([keras.Input((3,)), Scaled(), keras.layers.Dense(1)])
    assert jax.grad(lambda x: ops.squeeze(model(x)).sum())(jnp.ones((2, 3))).shape == (2, 3)
