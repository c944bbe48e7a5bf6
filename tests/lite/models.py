"""Small models, and what they take."""

from __future__ import annotations

from typing import Any

import numpy as np

import kerax as tf

L = tf.keras.layers


def images(*shape: int) -> np.ndarray:
    return np.random.default_rng(0).random((3, *shape)).astype("float32")


def network(*layers: Any, shape: tuple[int | None, ...] = (8, 8, 3), dtype: str = "float32") -> Any:
    tf.keras.utils.set_random_seed(0)
    return tf.keras.Sequential([tf.keras.Input(shape, dtype=dtype), *[layer() for layer in layers]])


def convolutional() -> Any:
    return network(
        lambda: L.Conv2D(16, 3, activation="relu", padding="same"),
        lambda: L.DepthwiseConv2D(3),
        lambda: L.BatchNormalization(),
        lambda: L.MaxPooling2D(),
        lambda: L.Conv2D(32, 3, strides=2),
        lambda: L.Flatten(),
        lambda: L.Dropout(0.2),
        lambda: L.Dense(64, activation="relu6"),
        lambda: L.Dense(10, activation="softmax"),
        shape=(16, 16, 1),
    )


def operators(content: bytes) -> list[str]:
    interpreter = tf.lite.Interpreter(model_content=content)
    interpreter.allocate_tensors()
    return [row["op_name"] for row in interpreter._get_ops_details() if row["op_name"] != "DELEGATE"]


def run(content: bytes, *inputs: np.ndarray) -> list[np.ndarray]:
    """What a model gives, resized for the inputs; integers are turned into floats and back."""
    interpreter = tf.lite.Interpreter(model_content=content)
    given = interpreter.get_input_details()
    for row, value in zip(given, inputs, strict=True):
        interpreter.resize_tensor_input(row["index"], value.shape)
    interpreter.allocate_tensors()
    for row, value in zip(given, inputs, strict=True):
        scale, zero = row["quantization"]
        interpreter.set_tensor(row["index"], np.round(value / scale + zero).astype(row["dtype"]) if scale else value)
    interpreter.invoke()
    found = []
    for row in interpreter.get_output_details():
        value, (scale, zero) = interpreter.get_tensor(row["index"]), row["quantization"]
        found.append((value.astype("float32") - zero) * scale if scale else value)
    return found
