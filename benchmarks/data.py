"""The data of the workloads, made from a seed: numpy only."""

from __future__ import annotations

import numpy as np

SAMPLES = {
    "mlp": 12_288,  # no batch of 64 or 1,024 is left over: all make the same steps
    "cnn": 2_048,
    "lstm": 2_048,
    "transformer": 1_024,
}
CLASSES = 10
WORDS, LENGTH = 5_000, 40
# of a round of training: steady state, with a share of what a fit does once
EPOCHS = {"mlp": 10, "cnn": 4, "lstm": 4, "transformer": 4}


def images(kind: str) -> tuple[np.ndarray, np.ndarray]:
    """``float32[samples, 784]`` or ``[samples, 28, 28, 1]``, and classes that depend on them."""
    rng = np.random.default_rng(0)
    count = SAMPLES[kind]
    x = rng.random((count, 784), dtype=np.float32)
    y = np.argmax(x @ rng.standard_normal((784, CLASSES)).astype(np.float32), axis=1).astype(np.int32)
    return (x if kind == "mlp" else x.reshape(count, 28, 28, 1)), y


def texts(kind: str) -> tuple[np.ndarray, np.ndarray]:
    """``int32[samples, 40]`` word numbers, and the class that the first word decides."""
    rng = np.random.default_rng(0)
    x = rng.integers(0, WORDS, (SAMPLES[kind], LENGTH)).astype(np.int32)
    return x, (x[:, 0] % CLASSES).astype(np.int32)


def load(kind: str) -> tuple[np.ndarray, np.ndarray]:
    return images(kind) if kind in ("mlp", "cnn") else texts(kind)


def weights(network: str) -> list[np.ndarray]:
    """The network's first weights in Keras' order, the same for every library: so all reach the same loss."""
    rng = np.random.default_rng(0)

    def uniform(limit: float, *shape: int) -> np.ndarray:
        return rng.uniform(-limit, limit, shape).astype(np.float32)

    def dense(n: int, m: int) -> list[np.ndarray]:
        return [uniform(np.sqrt(6 / (n + m)), n, m), np.zeros(m, np.float32)]

    def convolution(n: int, m: int) -> list[np.ndarray]:
        return [uniform(np.sqrt(6 / (9 * (n + m))), 3, 3, n, m), np.zeros(m, np.float32)]

    def attention(heads: int, size: int) -> list[np.ndarray]:
        width = heads * size
        (q, b), (k, c), (v, d), (o, e) = (dense(width, width) for _ in range(4))
        inner = [part.reshape(*part.shape[:-1], heads, size) for part in (q, b, k, c, v, d)]
        return [*inner, o.reshape(heads, size, width), e]

    def norm(n: int) -> list[np.ndarray]:
        return [np.ones(n, np.float32), np.zeros(n, np.float32)]

    if network == "mlp":
        return dense(784, 64) + dense(64, 64) + dense(64, CLASSES)
    if network == "cnn":
        return convolution(1, 32) + convolution(32, 64) + dense(9216, 128) + dense(128, CLASSES)
    embedding = uniform(0.05, WORDS, 64)
    if network == "lstm":
        recurrent = np.linalg.qr(rng.standard_normal((256, 64)))[0].T.astype(np.float32)
        kernel, bias = dense(64, 256)
        bias[64:128] = 1  # of the forget gate
        return [embedding, kernel, recurrent, bias, *dense(64, CLASSES)]
    blocks = [attention(4, 16) + norm(64) + dense(64, 128) + dense(128, 64) + norm(64) for _ in range(2)]
    return [embedding, *blocks[0], *blocks[1], *dense(64, CLASSES)]
