"""Train a small network to read handwritten digits: the whole of Keras in thirty lines.

kerax examples/digits.py
"""

import tensorflow as tf
from data.load import load_digits

(x_train, y_train), (x_test, y_test) = load_digits()
print(f"{len(x_train)} images to learn from, {len(x_test)} to be tested with")

tf.keras.utils.set_random_seed(1)
model = tf.keras.Sequential(
    [
        tf.keras.Input(shape=(64,)),
        tf.keras.layers.Dense(64, activation="relu"),
        tf.keras.layers.Dropout(0.1),
        tf.keras.layers.Dense(64, activation="relu"),
        tf.keras.layers.Dense(10),
    ]
)
model.compile(
    optimizer="adam",
    loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
model.summary()
model.fit(x_train, y_train, epochs=20, batch_size=32, validation_split=0.1, verbose=2)

loss, accuracy = model.evaluate(x_test, y_test, verbose=0)
print(f"accuracy on digits the network has never seen: {accuracy:.1%}")
assert accuracy > 0.88

image, truth = x_test[:1], y_test[0]
shades = " .:-=+*#@"
for row in image.reshape(8, 8):
    print("    " + "".join(shades[int(v * 8)] * 2 for v in row))
guess = tf.nn.softmax(model(image))[0]
print(f"this is a {int(tf.argmax(guess))}, with probability {float(tf.reduce_max(guess)):.2f}; it was a {truth}")
