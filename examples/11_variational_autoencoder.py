"""A variational auto-encoder: learn to draw digits by learning to copy them through a bottleneck of noise."""

import tensorflow as tf
from data.load import load_digits
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(11)


class Sampling(layers.Layer):
    """A draw from a normal distribution, written so that gradients pass through mean and variance."""

    def call(self, inputs):
        mean, log_variance = inputs
        return mean + tf.exp(0.5 * log_variance) * tf.random.normal(tf.shape(mean))


class Encoder(layers.Layer):
    """An image to the mean and variance of its place in the latent space, and a draw from there."""

    def __init__(self, latent=4, hidden=64, **kwargs):
        super().__init__(**kwargs)
        self.hidden = layers.Dense(hidden, activation="relu")
        self.mean = layers.Dense(latent)
        self.log_variance = layers.Dense(latent)
        self.sampling = Sampling()

    def call(self, inputs):
        x = self.hidden(inputs)
        mean, log_variance = self.mean(x), self.log_variance(x)
        return mean, log_variance, self.sampling((mean, log_variance))


class Decoder(layers.Layer):
    """A place in the latent space to an image."""

    def __init__(self, pixels, hidden=64, **kwargs):
        super().__init__(**kwargs)
        self.hidden = layers.Dense(hidden, activation="relu")
        self.out = layers.Dense(pixels, activation="sigmoid")

    def call(self, inputs):
        return self.out(self.hidden(inputs))


class AutoEncoder(tf.keras.Model):
    """Encoder and decoder, and the price of departing from a standard normal distribution in between."""

    def __init__(self, pixels, latent=4, **kwargs):
        super().__init__(**kwargs)
        self.encoder = Encoder(latent)
        self.decoder = Decoder(pixels)

    def call(self, inputs):
        mean, log_variance, place = self.encoder(inputs)
        departure = 1 + log_variance - tf.square(mean) - tf.exp(log_variance)
        self.add_loss(-0.5 * tf.reduce_mean(departure) * 0.01)
        return self.decoder(place)


(images, _), (unseen, _) = load_digits()
batches = tf.data.Dataset.from_tensor_slices(images).shuffle(1500).batch(50)

model = AutoEncoder(pixels=64)
optimizer = tf.keras.optimizers.Adam(learning_rate=2e-3)
error_of = tf.keras.losses.MeanSquaredError()
mean_loss = tf.keras.metrics.Mean()


@tf.function
def step(x):
    with tf.GradientTape() as tape:
        copy = model(x)
        loss = error_of(x, copy) + sum(model.losses)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    mean_loss(loss)


history = []
for epoch in range(30):
    mean_loss.reset_state()
    for x in batches:
        step(x)
    history.append(float(mean_loss.result()))
    if epoch % 10 == 9:
        print(f"epoch {epoch}: loss {history[-1]:.4f}")
assert history[-1] < 0.65 * history[0]

print(f"error on images it has never seen: {float(error_of(unseen, model(unseen))):.4f}")
print("digits it has made up:")
drawn = model.decoder(tf.random.normal((6, 4))).numpy().reshape(6, 8, 8)
shades = " .:-=+*#@"
for row in range(8):
    print("  ".join("".join(shades[int(v * 8.99)] * 2 for v in image[row]) for image in drawn))


# The same model with the built-in loop.
class Copies(AutoEncoder):
    pass


model = Copies(pixels=64)
model.compile(optimizer=tf.keras.optimizers.Adam(2e-3), loss=error_of)
log = model.fit(images, images, epochs=15, batch_size=50, verbose=0)
print("with fit:", [round(v, 4) for v in log.history["loss"][::7]])
assert log.history["loss"][-1] < log.history["loss"][0]
