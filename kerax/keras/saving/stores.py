"""Where the values of variables go: HDF5 files (one or many) and numpy archives, in Keras 3's layout."""

from __future__ import annotations

import io
import json
import math
import os
from collections.abc import Iterator
from typing import Any

import numpy as np

from kerax.core import dtypes
from kerax.keras.saving.h5_safety import array_of, check_is_hdf5, group_of

_GIB = 1024**3


def to_numpy(value: Any) -> np.ndarray:
    """A variable or tensor as numpy, whole."""
    return np.asarray(value.numpy() if hasattr(value, "numpy") else value)


class Entry:
    """The variables of one object inside an HDF5 store: a mapping of names to arrays.

    The group is only made when something is put into it.
    """

    def __init__(self, store: Any, path: str, groups: list[Any]) -> None:
        self._store = store
        self._path = path
        self._groups = groups

    def keys(self) -> list[str]:
        return [key for group in self._groups for key in group]

    def __len__(self) -> int:
        return sum(len(group) for group in self._groups)

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def __contains__(self, key: Any) -> bool:
        return any(key in group for group in self._groups)

    def __getitem__(self, key: str) -> np.ndarray:
        for group in self._groups:
            if key in group:
                return array_of(group, key)
        raise KeyError(f"'{key}' is not among the saved variables of '{self._path}': {self.keys()}")

    def get(self, key: str, default: Any = None) -> Any:
        return self[key] if key in self else default

    def items(self) -> list[tuple[str, np.ndarray]]:
        return [(key, self[key]) for key in self.keys()]

    def values(self) -> list[np.ndarray]:
        return [self[key] for key in self.keys()]

    def __setitem__(self, key: str, value: Any) -> None:
        self._store._put(self, key, to_numpy(value))

    def __delitem__(self, key: str) -> None:
        for group in self._groups:
            if key in group:
                del group[key]
                return
        raise KeyError(key)


def _write(group: Any, key: str, value: np.ndarray) -> None:
    if value.dtype.name == "bfloat16":
        group.create_dataset(key, data=value).attrs["dtype"] = "bfloat16"
    else:
        group[key] = value


def _new_group(file: Any, path: str, name: str | None) -> Any:
    group = file.create_group(f"{path}/vars" if path else "vars")
    if name:
        group.attrs["name"] = name
    return group


class H5Store:
    """One HDF5 file: the variables of the object at ``path`` are ``path/vars/0``, ``path/vars/1`` …

    Args:
      target: path of the file, or a binary file object.
      mode: "r" or "w".
    """

    def __init__(self, target: Any, mode: str = "r") -> None:
        import h5py

        if mode == "r" and isinstance(target, (str, os.PathLike)):
            check_is_hdf5(target)
        self.mode = mode
        self.file = h5py.File(target, mode)

    def make(self, path: str, name: str | None = None) -> Entry:
        """The place for an object's variables."""
        return Entry(self, path, [_new_group(self.file, path, name)] if name else [])

    def _put(self, entry: Entry, key: str, value: np.ndarray) -> None:
        if self.mode != "w":
            raise ValueError("Setting a value is only allowed in write mode.")
        if not entry._groups:
            entry._groups.append(_new_group(self.file, entry._path, None))
        _write(entry._groups[0], key, value)

    def get(self, path: str) -> Entry:
        """The variables of an object; none if the file does not know it."""
        file = self.file
        groups = []
        if not path:
            groups = [group_of(file, "vars")] if "vars" in file else []
        elif self.has_path(path):
            group = group_of(file, path)
            groups = [group_of(group, "vars")] if "vars" in group else []
        if not groups and path and "_layer_checkpoint_dependencies" in file:  # TensorFlow 2.13
            old = path.replace("layers", "_layer_checkpoint_dependencies")
            if old in file:
                group = group_of(file, old)
                groups = [group_of(group, "vars")] if "vars" in group else []
        return Entry(self, path, groups)

    def has_path(self, path: str) -> bool:
        return path in self.file

    def close(self) -> None:
        self.file.close()


class ShardedH5Store:
    """Several HDF5 files and a JSON file that says which of them hold what.

    Args:
      path: path of the JSON file, ``name.weights.json``; another ending is replaced.
      max_shard_size: float, GiB; no file holds more values than that.
      mode: "r" or "w".
    """

    def __init__(self, path: Any, max_shard_size: Any = 5, mode: str = "r") -> None:
        path = os.fspath(path)
        root, ending = os.path.splitext(path)
        if ending != ".json":
            path = f"{root}.json"
        self.path, self.mode = path, mode
        self.folder, base = os.path.split(path)
        self.base = os.path.splitext(base)[0].replace(".weights", "")
        self._most = float(max_shard_size) * _GIB
        self._files: dict[str, Any] = {}
        self._size = self._total = 0.0
        self._current = ""
        self.written: list[str] = []
        if mode == "w":
            self.map: dict[str, Any] = {}
            self._next_shard()
        else:
            with open(path, encoding="utf8") as file:
                self.map = _weight_map(json.load(file), path)

    def _open(self, name: str) -> Any:
        if name not in self._files:
            import h5py

            if os.path.basename(name) != name:
                raise ValueError(f"Invalid shard name in {self.path}: {name!r} is not a plain file name.")
            path = os.path.join(self.folder, name)
            if self.mode == "r":
                check_is_hdf5(path)
            self._files[name] = h5py.File(path, self.mode)
        return self._files[name]

    def _next_shard(self) -> None:
        self._current = f"{self.base}_{len(self.written):05}.weights.h5"
        self.written.append(self._current)
        self._size = 0.0
        self._open(self._current)

    def make(self, path: str, name: str | None = None) -> Entry:
        return Entry(self, path, [_new_group(self._open(self._current), path, name)] if name else [])

    def _put(self, entry: Entry, key: str, value: np.ndarray) -> None:
        size = float(math.prod(value.shape) * dtypes.from_numpy(value.dtype).size)
        if size > self._most:
            raise ValueError(
                f"The size of {key} is {size / _GIB:.6g} GB which exceeds the maximum shard size "
                f"{self._most / _GIB:.6g} GB. You can increase the `max_shard_size` parameter to accommodate the size."
            )
        self._total += size
        if self._size + size > self._most:
            self._next_shard()
        self._size += size
        file = self._open(self._current)
        group = entry._groups[-1] if entry._groups and entry._groups[-1].file == file else None
        if group is None:
            group = _new_group(file, entry._path, None)
            entry._groups.append(group)
        _write(group, key, value)
        place = group.name
        known = self.map.get(place)
        if known is None:
            self.map[place] = self._current
        elif self._current not in ([known] if isinstance(known, str) else known):
            self.map[place] = [*([known] if isinstance(known, str) else known), self._current]

    def get(self, path: str) -> Entry:
        names = self.map.get(f"/{path}/vars" if path else "/vars") or self.map.get(path) or []
        groups = []
        for name in [names] if isinstance(names, str) else names:
            groups.append(group_of(self._open(name), f"{path}/vars" if path else "vars"))
        return Entry(self, path, groups)

    def has_path(self, path: str) -> bool:
        return any(key == f"/{path}" or key.startswith(f"/{path}/") for key in self.map)

    def close(self) -> None:
        for file in self._files.values():
            file.close()
        self._files = {}
        if self.mode == "w":
            content = {"metadata": {"total_size": self._total}, "weight_map": self.map}
            with open(self.path, "w", encoding="utf8") as file:
                json.dump(content, file, indent=4)


def _weight_map(content: Any, path: str) -> dict[str, Any]:
    weight_map = content.get("weight_map") if isinstance(content, dict) else None
    if not isinstance(weight_map, dict):
        raise ValueError(f"Invalid sharded weights: '{path}' has no `weight_map`.")
    return weight_map


class NpzStore:
    """A numpy archive that holds a dict per object (an older form of ``.keras`` files); for reading."""

    def __init__(self, file: Any) -> None:
        self.contents = np.load(file if hasattr(file, "read") else io.BytesIO(file), allow_pickle=False)

    def get(self, path: str) -> dict[str, np.ndarray]:
        key = path or "__root__"
        if key not in self.contents:
            return {}
        raise ValueError(
            f"The weights of '{key}' are pickled python objects, which can run code; refused. Load the file in Keras "
            "and save it again with weights in HDF5."
        )

    def has_path(self, path: str) -> bool:
        return path in self.contents

    def close(self) -> None:
        self.contents.close()
