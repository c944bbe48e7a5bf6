"""Losses from inside the model: `add_loss` in a layer, `losses` in the training loop."""

import tensorflow as tf
from data.load import load_digits
from tensorflow.keras import layers


class KeepSmall(layers.Layer):
    """Passes its input on and charges for its size."""

    def __init__(self, rate=1e-3):
        super().__init__()
        self.rate = rate

    def call(self, inputs):
        self.add_loss(self.rate * tf.reduce_mean(tf.reduce_sum(tf.square(inputs), axis=-1)))
        return inputs


class SparseNet(tf.keras.Model):
    def __init__(self, rate):
        super().__init__()
        self.hidden = layers.Dense(64, activation="relu")
        self.charge = KeepSmall(rate)
        self.out = layers.Dense(10)

    def call(self, x):
        return self.out(self.charge(self.hidden(x)))


net = SparseNet(1e-2)
net(tf.ones((2, 64)))
net(tf.ones((2, 64)))
print("losses after two calls:", len(net.losses), "(those of the last call)")
assert len(net.losses) == 1

(x_train, y_train), _ = load_digits()
loss_of = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def mean_activity(rate):
    """Train with the given charge and return the mean square of the hidden units."""
    tf.keras.utils.set_random_seed(5)
    net = SparseNet(rate)
    optimizer = tf.keras.optimizers.SGD(learning_rate=0.1)
    batches = tf.data.Dataset.from_tensor_slices((x_train, y_train)).shuffle(1500).batch(50)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_of(y, net(x)) + sum(net.losses)
        gradients = tape.gradient(loss, net.trainable_weights)
        optimizer.apply_gradients(zip(gradients, net.trainable_weights))
        return loss

    for _ in range(5):
        for x, y in batches:
            loss = step(x, y)
    print(f"rate {rate}: loss {float(loss):.3f}")
    return float(tf.reduce_mean(tf.square(net.hidden(x_train))))


free, charged = mean_activity(0.0), mean_activity(0.05)
print(f"mean square of the hidden units: {free:.3f} free, {charged:.3f} charged")
assert charged < free
