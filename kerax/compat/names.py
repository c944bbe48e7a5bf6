"""What TensorFlow's public API holds, and the errors for what kerax lacks of it.

The names come from ``api_names.txt``, recorded from TensorFlow 2.21, Keras 3.15 and tf-keras (one namespace a
line).
"""

from __future__ import annotations

import functools
import importlib.resources


@functools.cache
def namespaces() -> dict[str, frozenset[str]]:
    """Public names by namespace: ``"tf.math"`` -> ``{"abs", …}``; ``keras.…`` is part of ``tf.keras.…``."""
    text = importlib.resources.files(__package__).joinpath("api_names.txt").read_text(encoding="utf8")
    found: dict[str, frozenset[str]] = {}
    for line in text.splitlines():
        namespace, _, names = line.partition(":")
        if namespace.split(".")[0] == "keras":
            namespace = "tf." + namespace
        found[namespace] = found.get(namespace, frozenset()) | {n.lstrip("=") for n in names.split()}
    return found


@functools.cache
def same_in_v1() -> dict[str, frozenset[str]]:
    """Names of ``tf.compat.v1`` that are TensorFlow 2's very objects, by namespace."""
    text = importlib.resources.files(__package__).joinpath("api_names.txt").read_text(encoding="utf8")
    rows = (line.partition(":") for line in text.splitlines() if line.startswith("tf.compat.v1"))
    return {key: frozenset(n[1:] for n in names.split() if n.startswith("=")) for key, _, names in rows}


def knows(namespace: str, name: str) -> bool:
    """True where TensorFlow has `name` in `namespace` (``"tf.math"``)."""
    return name in namespaces().get(namespace, ()) or f"{namespace}.{name}" in namespaces()


def lacks(namespace: str, name: str) -> str | None:
    """The message for a name that TensorFlow has and kerax lacks; None where TensorFlow lacks it too."""
    if not knows(namespace, name):
        return None
    return f"kerax does not have {namespace}.{name} yet. TensorFlow 2.21 has it."


def attribute_error(namespace: str, name: str, module: object = None) -> AttributeError:
    """The error of ``tf.math.nosuch``, saying whether it is kerax or TensorFlow that lacks the name."""
    message = lacks(namespace, name) or f"module '{namespace.replace('tf', 'tensorflow', 1)}' has no attribute '{name}'"
    return AttributeError(message, name=name, obj=module)
