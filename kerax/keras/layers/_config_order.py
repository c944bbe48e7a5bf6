"""Configs with their entries where Keras has them: they are printed, and written to files, in that order."""

from typing import Any


def inserted_after(config: dict[str, Any], key: str, **entries: Any) -> dict[str, Any]:
    """A config with more entries, which stand behind one of its own.

    Args:
      config: the config of a layer.
      key: str, the entry of ``config`` before the new ones.
      entries: what is inserted.

    >>> inserted_after({"units": 1, "bias": 2}, "units", activation=None)
    {'units': 1, 'activation': None, 'bias': 2}
    """
    found: dict[str, Any] = {}
    for name, value in config.items():
        found[name] = value
        if name == key:
            found.update(entries)
    return found
