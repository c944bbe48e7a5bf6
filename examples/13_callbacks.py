"""Callbacks: what happens before, during and after training."""

import csv
import os
import tempfile

import numpy as np
import tensorflow as tf
from data.load import load_digits
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(8)
(x_train, y_train), (x_test, y_test) = load_digits()
folder = tempfile.mkdtemp()
best = os.path.join(folder, "best.keras")
table = os.path.join(folder, "log.csv")


class Report(tf.keras.callbacks.Callback):
    """Says what the best epoch was, and counts the batches."""

    def on_train_begin(self, logs=None):
        self.losses, self.batches = [], 0

    def on_train_batch_end(self, batch, logs=None):
        self.batches += 1

    def on_epoch_end(self, epoch, logs=None):
        self.losses.append(logs["val_loss"])

    def on_train_end(self, logs=None):
        print(f"best epoch: {int(np.argmin(self.losses))} of {len(self.losses)}, {self.batches} batches")


model = tf.keras.Sequential(
    [
        tf.keras.Input((64,)),
        layers.Dense(64, activation="relu"),
        layers.Dense(64, activation="relu"),
        layers.Dense(10),
    ]
)
model.compile(
    optimizer=tf.keras.optimizers.Adam(0.01),
    loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=[tf.keras.metrics.SparseCategoricalAccuracy()],
)
report = Report()
history = model.fit(
    x_train,
    y_train,
    validation_data=(x_test, y_test),
    epochs=40,
    batch_size=50,
    verbose=0,
    callbacks=[
        tf.keras.callbacks.EarlyStopping(patience=4),
        tf.keras.callbacks.ModelCheckpoint(best, save_best_only=True),
        tf.keras.callbacks.ReduceLROnPlateau(factor=0.5, patience=2),
        tf.keras.callbacks.CSVLogger(table),
        tf.keras.callbacks.LambdaCallback(on_epoch_begin=lambda epoch, logs: print(".", end="", flush=True)),
        report,
    ],
)
epochs = len(history.history["loss"])
print("stopped early" if epochs < 40 else "ran to the end", "after", epochs, "epochs")

with open(table) as file:
    rows = list(csv.DictReader(file))
assert len(rows) == epochs == len(report.losses)

# The file holds the best model, architecture and optimizer included.
loaded = tf.keras.models.load_model(best)
loss, accuracy = loaded.evaluate(x_test, y_test, verbose=0)
print(f"best model from its file: loss {loss:.4f}, accuracy {accuracy:.3f}")
assert abs(loss - min(history.history["val_loss"])) < 1e-3
