"""Times of importing and training, on kerax or on TensorFlow: the same program for both.

    python -m kerax benchmarks/training.py
    TF_PYTHON benchmarks/training.py

Prints one line a figure. The network is the crash course's: 784-256-256-10, trained on 60,000 random
images in batches of 64.
"""

import time

begin = time.perf_counter()
import tensorflow as tf  # noqa: E402

imported = time.perf_counter() - begin

import numpy as np  # noqa: E402

IMAGES, BATCH = 60_000, 64


def report(what, value, unit):
    print(f"{what:44} {value:10.3f} {unit}", flush=True)


def median_ms(call, times=200):
    """The median time of a call in milliseconds, after ten to warm up."""
    for _ in range(10):
        call()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return sorted(taken)[times // 2] * 1e3


def network():
    layers = tf.keras.layers
    return tf.keras.Sequential(
        [
            tf.keras.Input((784,)),
            layers.Dense(256, activation="relu"),
            layers.Dense(256, activation="relu"),
            layers.Dense(10),
        ]
    )


def main():
    report("import tensorflow", imported, "s")
    x = tf.random.normal((64, 64))
    report("an eager operation (matmul 64×64)", median_ms(lambda: tf.matmul(x, x), 1000), "ms")

    rng = np.random.default_rng(0)
    images = rng.random((IMAGES, 784), dtype=np.float32)
    labels = rng.integers(0, 10, IMAGES).astype(np.int32)
    loss_of = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    model = network()
    optimizer = tf.keras.optimizers.Adam()
    batch = tf.constant(images[:BATCH]), tf.constant(labels[:BATCH])

    def step():
        with tf.GradientTape() as tape:
            loss = loss_of(batch[1], model(batch[0], training=True))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
        return loss

    report("a training step, eager", median_ms(lambda: step().numpy(), 50), "ms")
    compiled = tf.function(step)
    report("a training step, tf.function", median_ms(lambda: compiled().numpy()), "ms")

    model = network()
    model.compile(optimizer="adam", loss=loss_of, metrics=["accuracy"])
    start = time.perf_counter()
    model.fit(images, labels, batch_size=BATCH, epochs=1, verbose=0)
    report("fit, the first epoch", time.perf_counter() - start, "s")
    start = time.perf_counter()
    model.fit(images, labels, batch_size=BATCH, epochs=2, verbose=0)
    report("fit, an epoch after it", (time.perf_counter() - start) / 2, "s")
    start = time.perf_counter()
    model.predict(images, batch_size=256, verbose=0)
    report("predict", time.perf_counter() - start, "s")

    dataset = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(10_000).batch(BATCH)
    start = time.perf_counter()
    for _ in dataset:
        pass
    report("a pass over a shuffled dataset", time.perf_counter() - start, "s")


if __name__ == "__main__":
    main()
