"""The modules of Keras' implementation: writes kerax/compat/keras_modules.txt. Runs where TensorFlow is installed.

    python tests/api/keras_modules.py

A line for each folder of keras.src, tf_keras.src or tensorflow.python.keras: its path, and what is in it.
"""

from __future__ import annotations

import importlib.util
import pathlib

TABLE = pathlib.Path(__file__).resolve().parents[2] / "kerax" / "compat" / "keras_modules.txt"
ROOTS = ("keras/src", "tf_keras/src", "tensorflow/python/keras")
OTHERS = (
    "backend/torch",
    "backend/jax",
    "backend/openvino",
    "benchmarks",
    "integration_test",
    "mixed_precision/benchmark",
)


def modules() -> set[tuple[str, ...]]:
    found = set()
    for root in ROOTS:
        package, _, inside = root.partition("/")
        spec = importlib.util.find_spec(package)
        assert spec is not None and spec.origin is not None
        folder = pathlib.Path(spec.origin).parent / inside
        for file in folder.rglob("*.py"):
            path = file.relative_to(folder)
            if not file.name.endswith("_test.py") and not str(path).startswith(OTHERS):
                found.add(path.parent.parts if file.stem == "__init__" else (*path.parent.parts, file.stem))
    return found - {()}


def text() -> str:
    folders: dict[str, list[str]] = {}
    for *folder, name in sorted(modules()):
        folders.setdefault(".".join(folder), []).append(name)
    return "".join(f"{folder}: {' '.join(sorted(names))}\n" for folder, names in sorted(folders.items()))


if __name__ == "__main__":
    TABLE.write_text(text(), encoding="utf8")
