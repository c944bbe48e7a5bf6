"""Models written for Keras' JAX backend: pure steps, and ``jax.grad`` over Keras code."""

import jax
import jax.numpy as jnp
import numpy as np

import kerax as tf

keras = tf.keras


class PureModel(keras.Model):
    def loss_and_updates(self, trainable, non_trainable, x, y):
        y_pred, non_trainable = self.stateless_call(trainable, non_trainable, x, training=True)
        return self.compute_loss(x, y, y_pred), (y_pred, non_trainable)

    def update_metrics(self, values, loss, y, y_pred):
        new, logs = [], {}
        for metric in self.metrics:
            own = values[len(new) : len(new) + len(metric.variables)]
            given = (loss,) if metric.name == "loss" else (y, y_pred)
            own = metric.stateless_update_state(own, *given)
            result = metric.stateless_result(own)
            logs.update(result if isinstance(result, dict) else {metric.name: result})
            new += own
        return new, logs

    def train_step(self, state, data):
        trainable, non_trainable, optimizer, metrics = state
        x, y = data
        gradient = jax.value_and_grad(self.loss_and_updates, has_aux=True)
        (loss, (y_pred, non_trainable)), grads = gradient(trainable, non_trainable, x, y)
        trainable, optimizer = self.optimizer.stateless_apply(optimizer, grads, trainable)
        metrics, logs = self.update_metrics(metrics, loss, y, y_pred)
        return logs, (trainable, non_trainable, optimizer, metrics)

    def test_step(self, state, data):
        trainable, non_trainable, metrics = state
        x, y = data
        loss, (y_pred, non_trainable) = self.loss_and_updates(trainable, non_trainable, x, y)
        metrics, logs = self.update_metrics(metrics, loss, y, y_pred)
        return logs, (trainable, non_trainable, metrics)


def _data():
    x = np.linspace(-1, 1, 24, dtype=np.float32).reshape(8, 3)
    return x, x.sum(1, keepdims=True)


def _model(kind):
    inputs = keras.Input((3,))
    model = kind(inputs, keras.layers.Dense(1, kernel_initializer="ones")(inputs))
    model.compile(keras.optimizers.SGD(0.1, momentum=0.9), "mse", metrics=["mae"])
    return model


def test_pure_steps_train_as_the_ordinary_ones_do():
    x, y = _data()
    results = {}
    for kind in (PureModel, keras.Model):
        model = _model(kind)
        history = model.fit(x, 2 * y, batch_size=4, epochs=3, shuffle=False, verbose=0)
        results[kind] = history.history, model.evaluate(x, y, verbose=0), model.get_weights()
        assert int(model.optimizer.iterations) == 6
    (pure, pure_values, pure_weights), (plain, plain_values, plain_weights) = results.values()
    np.testing.assert_allclose(pure["loss"], plain["loss"], rtol=1e-5)
    np.testing.assert_allclose(pure["mae"], plain["mae"], rtol=1e-5)
    np.testing.assert_allclose(pure_values, plain_values, rtol=1e-5)
    for one, other in zip(pure_weights, plain_weights, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-5)


def test_jax_grad_over_a_keras_loss():
    x, y = _data()
    model = _model(keras.Model)
    loss_fn = keras.losses.MeanSquaredError()

    @jax.jit
    def gradient(trainable, x, y):
        def loss(trainable):
            return loss_fn(y, model.stateless_call(trainable, [], x)[0])

        return jax.grad(loss)(trainable)

    kernel, bias = gradient([v.value for v in model.trainable_variables], x, 2 * y)
    error = x.sum(1) - 2 * y[:, 0]
    np.testing.assert_allclose(np.asarray(bias), [2 * error.mean()], rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(np.asarray(kernel)[:, 0], 2 * (error[:, None] * x).mean(0), rtol=1e-5)


def test_the_optimizer_variables_are_a_tree_of_arrays_to_jax():
    optimizer = keras.optimizers.Adam()
    optimizer.build([keras.Variable(jnp.ones(2))])
    doubled = jax.jit(lambda values: [2 * value for value in values])(optimizer.variables)
    assert len(doubled) == len(optimizer.variables)


def test_add_loss_takes_an_array_of_jax():
    class Penalty(keras.layers.Layer):
        def call(self, x):
            self.add_loss(0.5 * jnp.sum(jnp.asarray(x)))
            return x

    layer = Penalty()
    layer(np.ones((1, 4), np.float32))
    assert float(layer.losses[0]) == 2.0
