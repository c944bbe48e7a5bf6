"""What `importlib.metadata` says about tensorflow, keras and tf-keras while kerax stands in for them."""

from __future__ import annotations

import importlib
import importlib.metadata
from collections.abc import Iterator
from typing import Any

_SUMMARY = "kerax, standing in for this package"


class Distribution(importlib.metadata.Distribution):
    """An installed package that consists of a name and a version."""

    def __init__(self, name: str, version: str) -> None:
        self._text = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nSummary: {_SUMMARY}\n"

    def read_text(self, filename: str) -> str | None:
        return self._text if filename == "METADATA" else None

    def locate_file(self, path: Any) -> Any:
        raise FileNotFoundError(f"{path} belongs to a package that kerax stands in for")


def _versions() -> dict[str, str]:
    version = importlib.import_module("kerax.version")
    return {"tensorflow": version.VERSION, "keras": version.KERAS_VERSION, "tf-keras": version.VERSION}


def distributions(name: str | None) -> Iterator[Distribution]:
    """The distributions called `name` (all where it is None) that kerax answers for."""
    wanted = None if name is None else name.lower().replace("_", "-").replace(".", "-")
    if wanted not in (None, "tensorflow", "keras", "tf-keras"):
        return
    for key, version in _versions().items():
        if wanted in (None, key):
            yield Distribution(key, version)
