"""The workloads as a TensorFlow or Keras user writes them. kerax, TensorFlow and Keras on JAX run this text.

A workload is a function that prepares and returns a round: a callable that does the work once and returns a number
to check (a loss).
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import data
import keras
import numpy as np

layers = keras.layers


# --- networks ---------------------------------------------------------------------------------------------
def mlp() -> Any:
    return keras.Sequential(
        [
            keras.Input((784,)),
            layers.Dense(64, activation="relu"),
            layers.Dense(64, activation="relu"),
            layers.Dense(data.CLASSES),
        ]
    )


def cnn() -> Any:
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dense(data.CLASSES),
        ]
    )


def lstm() -> Any:
    return keras.Sequential(
        [
            keras.Input((data.LENGTH,), dtype="int32"),
            layers.Embedding(data.WORDS, 64),
            layers.LSTM(64),
            layers.Dense(data.CLASSES),
        ]
    )


def transformer() -> Any:
    inputs = keras.Input((data.LENGTH,), dtype="int32")
    x = layers.Embedding(data.WORDS, 64)(inputs)
    for _ in range(2):
        attended = layers.MultiHeadAttention(4, 16)(x, x)
        x = layers.LayerNormalization(epsilon=1e-6)(layers.add([x, attended]))
        hidden = layers.Dense(64)(layers.Dense(128, activation="relu")(x))
        x = layers.LayerNormalization(epsilon=1e-6)(layers.add([x, hidden]))
    return keras.Model(inputs, layers.Dense(data.CLASSES)(layers.GlobalAveragePooling1D()(x)))


NETWORKS = {"mlp": mlp, "cnn": cnn, "lstm": lstm, "transformer": transformer}


def seeded(network: str, make: Callable[..., Any] | None = None) -> Any:
    """The model, with the first weights that all libraries share."""
    keras.utils.set_random_seed(0)
    model = (make or NETWORKS[network])()
    model.set_weights(data.weights(network))
    return model


def loss_function() -> Any:
    return keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def compiled(network: str, make: Callable[..., Any] | None = None) -> Any:
    model = seeded(network, make)
    model.compile(keras.optimizers.Adam(1e-3), loss_function(), metrics=["accuracy"])
    return model


# --- fit, evaluate, predict ---------------------------------------------------------------------------------
def fit(network: str, batch: int, verbose: int = 0) -> Callable[[], float]:
    """Some epochs from arrays."""
    x, y = data.load(network)
    model = compiled(network)
    return lambda: model.fit(x, y, batch_size=batch, epochs=data.EPOCHS[network], verbose=verbose).history["loss"][-1]


def fit_dataset(batch: int) -> Callable[[], float]:
    """Some epochs from a ``tf.data`` pipeline."""
    import tensorflow as tf

    x, y = data.load("mlp")
    dataset = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(1024).batch(batch)
    model = compiled("mlp")
    return lambda: model.fit(dataset, epochs=data.EPOCHS["mlp"], verbose=0).history["loss"][-1]


def fit_train_step(batch: int) -> Callable[[], float]:
    """Some epochs with the user's own ``train_step``."""
    import tensorflow as tf

    class Custom(keras.Model):
        def train_step(self, batch):
            x, y = batch
            with tf.GradientTape() as tape:
                y_pred = self(x, training=True)
                loss = self.compute_loss(x=x, y=y, y_pred=y_pred)
            gradients = tape.gradient(loss, self.trainable_variables)
            self.optimizer.apply_gradients(zip(gradients, self.trainable_variables, strict=True))
            for metric in self.metrics:
                if metric.name == "loss":
                    metric.update_state(loss)
                else:
                    metric.update_state(y, y_pred)
            return {metric.name: metric.result() for metric in self.metrics}

    def make() -> Any:
        inner = mlp()
        return Custom(inner.inputs, inner.outputs)

    x, y = data.load("mlp")
    model = compiled("mlp", make)
    return lambda: model.fit(x, y, batch_size=batch, epochs=data.EPOCHS["mlp"], verbose=0).history["loss"][-1]


def evaluate(batch: int) -> Callable[[], float]:
    x, y = data.load("mlp")
    model = compiled("mlp")
    return lambda: model.evaluate(x, y, batch_size=batch, verbose=0)[0]


def predict(batch: int) -> Callable[[], float]:
    x, _ = data.load("mlp")
    model = compiled("mlp")
    return lambda: float(np.abs(model.predict(x, batch_size=batch, verbose=0)).mean())


def predict_row() -> Callable[[], float]:
    """``predict`` of one row, a hundred times."""
    x, _ = data.load("mlp")
    model = compiled("mlp")
    return lambda: [float(np.abs(model.predict(x[:1], verbose=0)).mean()) for _ in range(100)][-1]


def call_row() -> Callable[[], float]:
    """``model(x)`` of one row, eagerly, a hundred times."""
    x, _ = data.load("mlp")
    model = compiled("mlp")
    row = keras.ops.convert_to_tensor(x[:1])
    return lambda: [float(np.abs(np.asarray(model(row))).mean()) for _ in range(100)][-1]


def first_step() -> Callable[[], float]:
    """A new network up to the end of its first step: tracing and compiling."""
    x, y = data.load("mlp")
    width = [63]

    def one() -> float:
        width[0] += 1  # a network that nothing has compiled before
        keras.utils.set_random_seed(0)
        model = keras.Sequential(
            [keras.Input((784,)), layers.Dense(width[0], activation="relu"), layers.Dense(data.CLASSES)]
        )
        model.compile("adam", loss_function(), metrics=["accuracy"])
        model.train_on_batch(x[:64], y[:64])
        return 0.0

    return one


# --- loops of the user's own ----------------------------------------------------------------------------------
def training_step(network: str) -> Callable[[Any, Any], Any]:
    """A step with a GradientTape and an accuracy metric, of a model that stands."""
    import tensorflow as tf

    model, optimizer, loss_of = seeded(network), keras.optimizers.Adam(1e-3), loss_function()
    accuracy = keras.metrics.SparseCategoricalAccuracy()
    optimizer.build(model.trainable_variables)

    def step(images: Any, labels: Any) -> Any:
        with tf.GradientTape() as tape:
            logits = model(images, training=True)
            loss = loss_of(labels, logits)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
        accuracy.update_state(labels, logits)
        return loss

    return step


def loop(batch: int, function: bool) -> Callable[[], float]:
    """A hundred steps of a training loop."""
    import tensorflow as tf

    x, y = data.load("mlp")
    batches = [(tf.constant(x[i : i + batch]), tf.constant(y[i : i + batch])) for i in range(0, 100 * batch, batch)]
    step = training_step("mlp")
    chosen = tf.function(step) if function else step
    return lambda: [chosen(*one) for one in batches][-1].numpy()


def call(variables: int) -> Callable[[], float]:
    """A hundred calls of a compiled function that updates so many small variables."""
    import tensorflow as tf

    held = [tf.Variable(tf.zeros([8])) for _ in range(variables)]
    one = tf.ones([8])

    @tf.function
    def add(x: Any) -> Any:
        for variable in held:
            variable.assign_add(x)
        return tf.reduce_sum(x)

    return lambda: [add(one) for _ in range(100)][-1].numpy()


def traced(network: str) -> Callable[[], float]:
    """A training step from the ``tf.function`` to the end of its first call."""
    import tensorflow as tf

    x, y = data.load(network)
    images, labels = tf.constant(x[:64]), tf.constant(y[:64])
    step = training_step(network)
    return lambda: tf.function(step)(images, labels).numpy()


def eager_op() -> Callable[[], float]:
    """A thousand eager additions of small vectors."""
    import tensorflow as tf

    x = tf.ones([64])

    def one() -> float:
        value = x
        for _ in range(1000):
            value = value + x
        return float(value[0])

    return one


WORKLOADS: dict[str, Callable[[], Callable[[], float]]] = {
    "mlp_64": lambda: fit("mlp", 64),
    "mlp_64_progress": lambda: fit("mlp", 64, verbose=1),
    "mlp_1024": lambda: fit("mlp", 1024),
    "cnn": lambda: fit("cnn", 128),
    "lstm": lambda: fit("lstm", 64),
    "transformer": lambda: fit("transformer", 64),
    "train_step": lambda: fit_train_step(64),
    "dataset": lambda: fit_dataset(64),
    "evaluate": lambda: evaluate(64),
    "predict": lambda: predict(64),
    "predict_row": predict_row,
    "call_row": call_row,
    "first_step": first_step,
    "eager_loop": lambda: loop(64, function=False),
    "function_loop": lambda: loop(64, function=True),
    "eager_op": eager_op,
    "call_2": lambda: call(2),
    "call_200": lambda: call(200),
    **{f"trace_{network}": functools.partial(traced, network) for network in NETWORKS},
}
#: workloads that a Keras without TensorFlow cannot run
NEEDS_TENSORFLOW = {"train_step", "dataset", "eager_loop", "function_loop", "eager_op", "call_2", "call_200"} | {
    f"trace_{network}" for network in NETWORKS
}
