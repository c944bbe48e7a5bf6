"""compile, fit, evaluate, predict: the training loop that is there already (Fashion-MNIST if installed)."""

import tensorflow as tf
from data.load import load_digits, load_fashion
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(6)
fashion = load_fashion()
if fashion is None:
    print("Fashion-MNIST is not here (Debian: apt-get install dataset-fashion-mnist); taking small digits")
    (x_train, y_train), (x_test, y_test) = load_digits()
    goal = 0.85
else:
    (x_train, y_train), (x_test, y_test) = fashion
    x_train = x_train.reshape(-1, 784).astype("float32") / 255
    x_test = x_test.reshape(-1, 784).astype("float32") / 255
    goal = 0.8

held_back = len(x_train) // 6
x_val, y_val = x_train[-held_back:], y_train[-held_back:]
x_train, y_train = x_train[:-held_back], y_train[:-held_back]


def new_model():
    model = tf.keras.Sequential(
        [layers.Dense(128, activation="relu"), layers.Dense(128, activation="relu"), layers.Dense(10)]
    )
    model.compile(
        optimizer=tf.keras.optimizers.Adam(),
        loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model


# From arrays, with a validation set.
model = new_model()
history = model.fit(x_train, y_train, validation_data=(x_val, y_val), epochs=3, batch_size=64)
print("history:", {k: [round(v, 3) for v in values] for k, values in history.history.items()})

# The same from a dataset, which may come from anywhere.
dataset = tf.data.Dataset.from_tensor_slices((x_train, y_train)).shuffle(10_000).batch(64).prefetch(tf.data.AUTOTUNE)
model.fit(dataset, epochs=1)

loss, accuracy = model.evaluate(x_test, y_test, verbose=0)
print(f"test: loss {loss:.3f}, accuracy {accuracy:.3f}")
assert accuracy > (goal if fashion is not None else 0.5)

logits = model.predict(x_test[:3], verbose=0)
print("the first three:", logits.argmax(axis=-1).tolist(), "are in truth", y_test[:3].tolist())

# Classes that are rare can count for more.
model.fit(
    x_train[:2000],
    y_train[:2000],
    epochs=1,
    class_weight={0: 2.0, **{n: 1.0 for n in range(1, 10)}},
    verbose=0,
)
