"""A training loop by hand: loss, metric, optimizer, tape."""

import tensorflow as tf
from data.load import load_digits
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(3)
(x_train, y_train), (x_test, y_test) = load_digits()
train = tf.data.Dataset.from_tensor_slices((x_train, y_train)).shuffle(1500).batch(32)
test = tf.data.Dataset.from_tensor_slices((x_test, y_test)).batch(100)

model = tf.keras.Sequential([layers.Dense(64, activation=tf.nn.relu), layers.Dense(10)])
loss_of = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
accuracy = tf.keras.metrics.SparseCategoricalAccuracy()
optimizer = tf.keras.optimizers.Adam(learning_rate=0.005)


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        logits = model(x, training=True)
        loss = loss_of(y, logits)
    gradients = tape.gradient(loss, model.trainable_weights)
    optimizer.apply_gradients(zip(gradients, model.trainable_weights))
    accuracy.update_state(y, logits)
    return loss


for epoch in range(8):
    accuracy.reset_state()
    for x, y in train:
        loss = step(x, y)
    print(f"epoch {epoch}: loss {float(loss):.3f}, accuracy {float(accuracy.result()):.3f}")

accuracy.reset_state()
for x, y in test:
    accuracy.update_state(y, model(x))
print(f"on the test images: {float(accuracy.result()):.3f}")
assert accuracy.result() > 0.88
