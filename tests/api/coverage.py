"""Which of TensorFlow's public names and signatures kerax has.

    python -m tests.api.coverage [NAMESPACE …]      e.g. tf.math tf.keras.layers

prints, by namespace, the names that kerax lacks and the signatures that differ.
"""

from __future__ import annotations

import importlib
import inspect
import json
import pathlib
import sys
from collections.abc import Iterator
from typing import Any

from kerax.compat import names

HERE = pathlib.Path(__file__).resolve().parent

#: namespaces that kerax does not set out to have: another compiler, another hardware runtime, private
#: services
ELSEWHERE = (
    "tf.compat.v1",
    "tf.raw_ops",
    "tf.mlir",
    "tf.tpu",
    "tf.xla",
    "tf.distribute.experimental.rpc",
)


def find(path: str) -> Any:
    """The object of kerax at a TensorFlow path (``"tf.math.add"``).

    Raises:
      AttributeError: where kerax lacks it.
    """
    value: Any = importlib.import_module("kerax")
    for part in path.split(".")[1:]:
        try:
            value = getattr(value, part)
        except AttributeError:
            if not inspect.ismodule(value):
                raise
            try:
                value = importlib.import_module(f"{value.__name__}.{part}")
            except ModuleNotFoundError as error:
                raise AttributeError(path) from error
    return value


def public_names() -> Iterator[tuple[str, str]]:
    """(namespace, name) of everything that TensorFlow has and kerax sets out to have."""
    for namespace, members in sorted(names.namespaces().items()):
        if not namespace.startswith(ELSEWHERE):
            for name in sorted(members):
                if not f"{namespace}.{name}".startswith(ELSEWHERE):
                    yield namespace, name


def missing() -> dict[str, list[str]]:
    """Names that kerax lacks, by namespace."""
    found: dict[str, list[str]] = {}
    for namespace, name in public_names():
        try:
            find(f"{namespace}.{name}")
        except AttributeError:
            found.setdefault(namespace, []).append(name)
    return found


def signatures() -> dict[str, Any]:
    """TensorFlow's recorded signatures by full name; of Keras, the Keras 3 dialect."""
    recorded = json.loads((HERE / "signatures.json").read_text(encoding="utf8"))
    return {name: row for name, row in recorded.items() if not name.endswith("@k2")}


def _parameters(value: Any) -> list[str] | None:
    try:
        kinds = inspect.signature(value).parameters.values()
    except (TypeError, ValueError):
        return None
    if any(p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD) for p in kinds):
        return None
    return [p.name for p in kinds if p.name != "self"]


def differences(path: str, row: dict[str, Any]) -> str | None:
    """How kerax' signature at `path` falls short of TensorFlow's; None where it does not."""
    try:
        value = find(path)
    except AttributeError:
        return None
    wanted = row.get("function", row.get("class"))
    if wanted is None:
        return None
    have = _parameters(value)
    if have is None:
        return None
    # kinds 2 and 4 are *args and **kwargs
    want = [name for name, kind, _ in wanted if kind not in (2, 4) and name != "self"]
    if have[: len(want)] != want and [h for h in have if h in want] != want:
        return f"({', '.join(have)}) instead of ({', '.join(want)})"
    return None


def main() -> None:
    chosen = tuple(sys.argv[1:])
    lacking = missing()
    counts: dict[str, list[int]] = {}
    for namespace, _ in public_names():
        counts.setdefault(namespace, [0, 0])[1] += 1
    for namespace, row in lacking.items():
        counts[namespace][0] = len(row)
    for namespace, (gone, total) in sorted(counts.items()):
        if chosen and namespace not in chosen:
            continue
        names_gone = "  lacks " + " ".join(lacking[namespace]) if gone else ""
        print(f"{namespace}: {total - gone}/{total}{names_gone}")
    for path, row in sorted(signatures().items()):
        if (not chosen or path.rpartition(".")[0] in chosen) and not path.startswith(ELSEWHERE):
            reason = differences(path, row)
            if reason:
                print(f"  {path}{reason}")
    total = sum(n for _, n in counts.values())
    print(f"{total - sum(n for n, _ in counts.values())} of {total} names")


if __name__ == "__main__":
    main()
