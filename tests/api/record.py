"""Record the public names and signatures of TensorFlow and Keras.

    TF_PYTHON record.py

TF_PYTHON is a Python with tensorflow 2.21, keras 3.15 and tf-keras 2.21. Writes

- kerax/compat/api_names.txt: every public name by namespace, from which kerax knows what it lacks;
- tests/api/signatures.json: parameters of the public functions and classes, methods of the classes;
- tests/api/classes.json: for public classes, and for the kinds of datasets, the name that `type(x)` shows.

A namespace is `tf.…` (with `tf.keras`, both dialects), `keras.…` or `tf.compat.v1.…`; in the last one a name
that is the very object of TensorFlow 2 is marked with `=`.
"""

from __future__ import annotations

import inspect
import json
import os
import pathlib
import types

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import tensorflow as tf
import tf_keras

HERE = pathlib.Path(__file__).resolve().parent
NAMES = HERE.parents[1] / "kerax" / "compat" / "api_names.txt"

#: names in namespaces that are implementation detail
HIDDEN = {"src", "api", "absolute_import", "division", "print_function", "annotations", "compat_v2"}


def name_of(module: types.ModuleType) -> str:
    try:
        return module.__name__
    except AttributeError:  # a lazy module that does not load beside Keras 3
        return ""


def public(name: str) -> bool:
    return not name.startswith("_") and name not in HIDDEN


def walk(prefix: str, module: types.ModuleType, found: dict, is_public) -> None:
    """Collect {namespace: {name: object}} of a module and its public sub-modules."""
    names = found.setdefault(prefix, {})
    for name in sorted(n for n in dir(module) if public(n)):
        try:
            value = getattr(module, name)
        except Exception:  # a lazy module that does not load here
            continue
        if inspect.ismodule(value):
            if is_public(value) and f"{prefix}.{name}" not in found:
                names[name] = value
                walk(f"{prefix}.{name}", value, found, is_public)
        else:
            names[name] = value


def of_tensorflow(value: types.ModuleType) -> bool:
    name = name_of(value)
    return name.startswith(("tensorflow._api.v2.", "tensorflow.experimental")) and "compat" not in name


def of_v1(value: types.ModuleType) -> bool:
    name = name_of(value)
    return name.startswith("tensorflow._api.v2.compat.v1.") and name.count(".compat") == 1 and ".keras" not in name


def of_keras(value: types.ModuleType) -> bool:
    return name_of(value).startswith("keras.") and ".src" not in name_of(value)


def of_keras_2(value: types.ModuleType) -> bool:
    return name_of(value).startswith("tf_keras.") and ".src" not in name_of(value)


def parameters(value) -> list | None:
    """[[name, kind, repr of the default or None], …]; None where there is no signature to read."""
    try:
        signature = inspect.signature(value)
    except (TypeError, ValueError):
        return None
    rows = []
    for p in signature.parameters.values():
        default = None if p.default is p.empty else repr(p.default)
        if default and (" at 0x" in default or len(default) > 60):
            default = "…"
        rows.append([p.name, int(p.kind), default])
    return rows


def describe(value) -> dict | None:
    if inspect.isclass(value):
        if issubclass(value, BaseException):
            return {"class": None, "members": []}
        members = [n for n in dir(value) if public(n)]
        return {
            "class": parameters(value.__init__ if value.__init__ is not object.__init__ else value),
            "members": members,
        }
    if callable(value):
        return {"function": parameters(value)}
    return None


def shown_names(found: dict[str, dict], suffix: str) -> dict[str, str]:
    return {
        f"{namespace}.{name}{suffix}": f"{value.__module__}.{value.__qualname__}"
        for namespace, names in found.items()
        for name, value in names.items()
        if inspect.isclass(value) and value.__module__.startswith(("tensorflow.", "keras.", "tf_keras."))
    }


def kinds_of_datasets() -> dict[str, dict]:
    """The private classes of datasets: they have no public name, but `type(dataset)` shows them."""
    kinds: dict[str, type] = {}
    pending = [tf.data.Dataset]
    while pending:
        kind = pending.pop()
        pending += kind.__subclasses__()
        if kind.__module__.startswith("tensorflow."):
            kinds[kind.__name__] = kind
    return {"": kinds}


def write(name: str, table: dict) -> None:
    rows = [f"{json.dumps(k)}: {json.dumps(v)}" for k, v in sorted(table.items())]
    (HERE / name).write_text("{\n" + ",\n".join(rows) + "\n}\n")


def main() -> None:
    found: dict[str, dict] = {}
    walk("tf", tf, found, of_tensorflow)
    walk("tf.compat", tf.compat, found, of_tensorflow)
    found["tf"]["compat"] = tf.compat
    walk("tf.keras", keras._tf_keras.keras, found, of_keras)
    found["tf"]["keras"] = tf.keras
    legacy: dict[str, dict] = {}
    walk("tf.keras", tf_keras, legacy, of_keras_2)
    walk("keras", keras, found, of_keras)
    v1: dict[str, dict] = {}
    walk("tf.compat.v1", tf.compat.v1, v1, of_v1)

    lines = []
    for namespace in sorted(found | legacy):
        names = sorted(set(found.get(namespace, {})) | set(legacy.get(namespace, {})))
        lines.append(f"{namespace}: {' '.join(names)}")
    for namespace in sorted(v1):
        same = found.get(namespace.replace(".compat.v1", ""), {})
        names = [("=" if v is same.get(n, found) else "") + n for n, v in sorted(v1[namespace].items())]
        lines.append(f"{namespace}: {' '.join(names)}")
    NAMES.write_text("\n".join(lines) + "\n")

    signatures: dict[str, dict] = {}
    for namespace, names in sorted(found.items()):
        if namespace in ("tf.raw_ops",) or namespace.startswith("keras"):
            continue
        for name, value in names.items():
            row = None if inspect.ismodule(value) else describe(value)
            if row is not None:
                signatures[f"{namespace}.{name}"] = row
    for namespace, names in sorted(legacy.items()):
        for name, value in names.items():
            row = None if inspect.ismodule(value) else describe(value)
            if row is not None:
                signatures[f"{namespace}.{name}@k2"] = row
    write("signatures.json", signatures)
    write("classes.json", shown_names(found, "") | shown_names(legacy, "@k2") | shown_names(kinds_of_datasets(), ""))
    print(len(lines), "namespaces,", len(signatures), "signatures")


if __name__ == "__main__":
    main()
