"""Three ways to write a model: a stack, a graph of layers, a class."""

import tensorflow as tf
from tensorflow.keras import layers

images = tf.random.uniform((4, 28, 28, 1), seed=1)

# A stack of layers, for images ...
stack = tf.keras.Sequential(
    [
        layers.Conv2D(8, 3, activation="relu", padding="same"),
        layers.BatchNormalization(),
        layers.MaxPooling2D(),
        layers.SeparableConv2D(16, 3, activation="relu"),
        layers.GlobalAveragePooling2D(),
        layers.Dense(10),
    ]
)
assert stack(images).shape == (4, 10)

# ... and for sequences.
reader = tf.keras.Sequential(
    [
        layers.Embedding(100, 8, mask_zero=True),
        layers.Bidirectional(layers.LSTM(12, return_sequences=True)),
        layers.GRU(6),
        layers.Dense(1, activation="sigmoid"),
    ]
)
print("a score for each sentence:", reader(tf.constant([[4, 8, 15, 0], [16, 23, 42, 99]])).shape)

# A graph: call layers on symbolic inputs. Plain operations work there too.
picture = tf.keras.Input(shape=(28, 28, 1), name="picture")
hint = tf.keras.Input(shape=(3,), name="hint")
x = layers.Flatten()(picture)
x = layers.Dense(32, activation=tf.nn.relu)(x) * 0.5
x = layers.Concatenate()([x, tf.nn.tanh(hint)])
label = layers.Dense(10, name="label")(x)
certainty = layers.Dense(1, activation="sigmoid", name="certainty")(x)
graph = tf.keras.Model(inputs=[picture, hint], outputs=[label, certainty])
graph.summary()
out = graph([images, tf.zeros((4, 3))])
assert [tuple(o.shape) for o in out] == [(4, 10), (4, 1)]


# A class: anything python can say.
class Expert(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.gate = layers.Dense(2, activation="softmax")
        self.experts = [layers.Dense(10), layers.Dense(10)]

    def call(self, x):
        shares = self.gate(x)
        return sum(shares[:, n : n + 1] * expert(x) for n, expert in enumerate(self.experts))


expert = Expert()
assert expert(tf.ones((5, 7))).shape == (5, 10)
print("the class has", expert.count_params(), "parameters")
assert expert.count_params() == 7 * 2 + 2 + 2 * (7 * 10 + 10)
