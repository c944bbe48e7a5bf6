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


def mlp_weights() -> list[np.ndarray]:
    """The network's first weights, the same for every library: kernel, bias, kernel, bias …"""
    rng = np.random.default_rng(0)
    sizes = (784, 64, 64, CLASSES)
    weights = []
    for n, m in zip(sizes[:-1], sizes[1:], strict=True):
        limit = np.sqrt(6 / (n + m))
        weights += [rng.uniform(-limit, limit, (n, m)).astype(np.float32), np.zeros(m, np.float32)]
    return weights
