"""``tf.keras.saving.KerasFileEditor``: saved weights as nested dicts that can be shown, compared and changed."""

from __future__ import annotations

import contextlib
import json
import os
import zipfile
from collections.abc import Callable
from typing import Any

import numpy as np

from kerax.io.atomic import replacing_path
from kerax.keras.engine.keras_tensor import KerasTensor
from kerax.keras.saving.archive import CONFIG, METADATA, open_archived_weights, read_small
from kerax.keras.saving.h5_safety import array_of, refuse_links
from kerax.keras.saving.state_tree import Saver
from kerax.keras.saving.stores import H5Store

_Weights = dict[str, Any]
_Counts = tuple[int, int]


class KerasFileEditor:
    """Shows, compares and changes the weights in a file, for models that changed since they were saved.

    Args:
      filepath: str, path that ends in ``.keras`` or ``.weights.h5``.

    Raises:
      ValueError: another ending, or a file with links to other places.

    Attributes:
      weights_dict: the weights as nested dicts, ``{"layers": {"dense": {"0": array, "1": array}}}``.
      object_metadata: dict of an object's path → dict of what the file says of it, such as its name.
      config: dict, the model's, of a ``.keras`` file; else None.
      metadata: dict with "keras_version" and "date_saved", of a ``.keras`` file; else None.

    Differs from TensorFlow: the parts of layers that have parts (``MultiHeadAttention``, nested models) and the
    weights of the model itself are kept, where Keras leaves them out.
    """

    def __init__(self, filepath: Any) -> None:
        from rich.console import Console

        self.filepath = filepath
        self.metadata: Any = None
        self.config: Any = None
        self.model = None
        self.console = Console(highlight=False)
        self.object_metadata: dict[str, Any] = {}
        self.weights_dict: _Weights
        with contextlib.ExitStack() as stack:
            path = os.fspath(filepath)
            if path.endswith(".keras"):
                archive = stack.enter_context(zipfile.ZipFile(path))
                store = open_archived_weights(archive)
                self.config = json.loads(read_small(archive, CONFIG))
                self.metadata = json.loads(read_small(archive, METADATA))
            elif path.endswith(".weights.h5"):
                store = H5Store(path)
            else:
                raise ValueError(
                    f"Invalid filename: expected a `.keras` `.weights.h5` extension. Received: filepath={filepath}"
                )
            stack.callback(store.close)
            self.weights_dict = self._read(store.file, "")
        self.console.print(f"Keras model file [color(33)]'{self.filepath}'[/]")
        if self.metadata is not None:
            version, date = self.metadata["keras_version"], self.metadata["date_saved"]
            self.console.print(f"Saved with Keras [color(33)]{version}[/] - date: [color(33)]{date}[/]")

    def _read(self, group: Any, path: str) -> _Weights:
        """What a group holds: the arrays of an object's ``vars``, and its parts."""
        import h5py

        found: _Weights = {}
        for key in group:
            refuse_links(group, key)
            if not isinstance(group[key], h5py.Group):
                found[key] = array_of(group, key)
            elif key == "vars":
                found.update(self._read(group[key], path))
            elif inner := self._read(group[key], f"{path}/{key}"):
                found[key] = inner
        if found and (attributes := dict(group.attrs.items())):
            self.object_metadata[path] = attributes
        return found

    def summary(self) -> None:
        """Prints what the file holds, as a tree."""
        self.console.print("Weights structure")
        self._print(self.weights_dict, "  ", "> ")

    def _print(self, weights: _Weights, prefix: str, first: str = "") -> None:
        for index, (key, value) in enumerate(weights.items()):
            is_last = index == len(weights) - 1
            start = prefix + (first if first and not index else "└─ " if is_last else "├─ ")
            if isinstance(value, dict):
                self.console.print(f"{start}[bold]{key}[/]")
                self._print(value, prefix + ("    " if is_last else "│   "))
            elif hasattr(value, "shape"):
                self.console.print(f"{start}[bold]{key}[/]: shape={value.shape}, dtype={value.dtype}")
            else:
                self.console.print(f"{start}{key}: {value}")

    def compare(self, reference_model: Any) -> dict[str, Any]:
        """Prints where the weights differ from a model's, in names and shapes.

        Args:
          reference_model: a built model.

        Returns:
          Dict of "status" ("success" or "error"), "error_count" and "match_count".
        """
        self.console.print("Running comparison")
        expected = _weights_of(reference_model)
        seen: set[str] = set()
        names = "saved file", "reference model"
        errors, matches = self._compare(self.weights_dict, expected, "", names, (0, 0), seen)
        errors += self._compare(expected, self.weights_dict, "", names[::-1], (0, 0), seen)[0]
        self.console.print("─────────────────────")
        if errors:
            self.console.print(
                f"[color(160)][bold]Found {errors} error{'' if errors == 1 else 's'}:[/] "
                "saved file is not compatible with the reference model[/]"
            )
        else:
            self.console.print(
                "[color(28)][bold]Comparison successful:[/] saved file is compatible with the reference model[/]"
            )
            self.console.print(f"    Found {matches} matching weight{'' if matches == 1 else 's'}")
        return {"status": "error" if errors else "success", "error_count": errors, "match_count": matches}

    def _compare(
        self, target: Any, reference: _Weights, path: str, names: tuple[str, ...], counts: _Counts, seen: set[str]
    ) -> _Counts:
        """(errors, matches), which as in Keras count what came before again at each object inside."""
        errors, matches = counts
        target_name, name = names
        for key, value in reference.items():
            inner = f"{path}/{key}"
            if inner in seen:
                continue
            if key not in target:
                errors += 1
                seen.add(inner)
                kind = "Object" if isinstance(value, dict) else "Weight"
                self.console.print(
                    f"[color(160)]...{kind} [bold]{inner}[/] present in {name}, missing from {target_name}[/]"
                )
                if isinstance(value, dict):
                    self.console.print(f"    In {name}, {inner} contains the following keys: {list(value)}")
            elif isinstance(value, dict):
                more = self._compare(target[key], value, inner, names, (errors, matches), seen)
                errors, matches = errors + more[0], matches + more[1]
            elif target[key].shape != value.shape:
                errors += 1
                seen.add(inner)
                self.console.print(
                    f"[color(160)]...Weight shape mismatch for [bold]{inner}[/][/]\n"
                    f"    In {name}: shape={value.shape}\n    In {target_name}: shape={target[key].shape}"
                )
            else:
                matches += 1
        return errors, matches

    def _edit(self, edit: Callable[[_Weights, str], Any], name: str) -> None:
        """Calls ``edit`` with the dict that holds an object and the object's name there.

        Args:
          edit: function of a dict and a key of it.
          name: the object's path, or a name that only one object has.
        """
        if "/" in name:
            *parents, last = name.split("/")
            weights = self.weights_dict
            for part in parents:
                if part not in weights:
                    raise ValueError(f"Path '{name}' not found in model.")
                weights = weights[part]
            if last not in weights:
                raise ValueError(f"Path '{name}' not found in model.")
            edit(weights, last)
            return
        places = _places(self.weights_dict, name)
        if len(places) > 1:
            raise ValueError(f"Name '{name}' occurs more than once in the model; try passing a complete path")
        if not places:
            raise ValueError(
                f"Source name '{name}' does not appear in the model. Use `editor.weights_summary()` to list all "
                "objects."
            )
        edit(places[0], name)

    def rename_object(self, object_name: str, new_name: str) -> None:
        """Gives an object another name.

        Args:
          object_name: str, name or path, ``"dense_2"`` or ``"layers/dense_2"``.
          new_name: str, the name, without a path.

        Raises:
          ValueError: there is no such object, there are several, or the new name is a path.
        """
        if "/" in new_name:
            raise ValueError(
                "Argument `target_name` should be a leaf name, not a full path name. "
                f"Received: target_name='{new_name}'"
            )
        self._edit(lambda weights, name: weights.update({new_name: weights.pop(name)}), object_name)

    def delete_object(self, object_name: str) -> None:
        """Removes an object.

        Args:
          object_name: str, name or path, ``"dense_2"`` or ``"layers/dense_2"``.

        Raises:
          ValueError: there is no such object, or there are several.
        """
        self._edit(lambda weights, name: weights.pop(name), object_name)

    def add_object(self, object_path: str, weights: dict[str, Any]) -> None:
        """Adds an object.

        Args:
          object_path: str, the whole path, ``"layers/dense_2"``.
          weights: dict of name → array, ``{"0": kernel, "1": bias}``.

        Raises:
          ValueError: there is nothing to add it to, or ``weights`` is no dict.
        """
        _check_weights(weights)
        *parents, last = object_path.split("/")
        place = self.weights_dict
        for part in parents:
            if part not in place:
                raise ValueError(f"Path '{'/'.join(parents)}' not found in model.")
            place = place[part]
        place[last] = weights

    def delete_weight(self, object_name: str, weight_name: str) -> None:
        """Removes a weight of an object.

        Args:
          object_name: str, name or path, ``"dense_2"`` or ``"layers/dense_2"``.
          weight_name: str, such as ``"0"``.

        Raises:
          ValueError: there is no such object or weight, or there are several objects.
        """

        def delete(weights: _Weights, name: str) -> None:
            if weight_name not in weights[name]:
                raise ValueError(
                    f"Weight {weight_name} not found in object {object_name}. Weights found: {list(weights[name])}"
                )
            weights[name].pop(weight_name)

        self._edit(delete, object_name)

    def add_weights(self, object_name: str, weights: dict[str, Any]) -> None:
        """Adds weights to an object, or replaces them.

        Args:
          object_name: str, name or path, ``"dense_2"`` or ``"layers/dense_2"``.
          weights: dict of name → array, ``{"0": kernel, "1": bias}``.

        Raises:
          ValueError: there is no such object, there are several, or ``weights`` is no dict.
        """
        _check_weights(weights)
        self._edit(lambda place, name: place[name].update(weights), object_name)

    def save(self, filepath: Any) -> None:
        """Writes the weights into a file.

        Args:
          filepath: path that ends in ``.weights.h5``.

        Raises:
          ValueError: another ending.
        """
        path = str(filepath)
        if not path.endswith(".weights.h5"):
            raise ValueError(
                f"Invalid `filepath` argument: expected a `.weights.h5` extension. Received: filepath={path}"
            )
        with replacing_path(path) as name, contextlib.closing(H5Store(name, "w")) as store:
            _write(store, self.weights_dict, "")

    def resave_weights(self, filepath: Any) -> None:
        """The same as ``save``.

        Args:
          filepath: path that ends in ``.weights.h5``.
        """
        self.save(filepath)


def _check_weights(weights: Any) -> None:
    if not isinstance(weights, dict):
        raise ValueError(
            "Argument `weights` should be a dict where keys are weight names (usually '0', '1', etc.) and values are "
            f"NumPy arrays. Received: type(weights)={type(weights)}"
        )


def _places(weights: _Weights, name: str) -> list[_Weights]:
    """The dicts, at any depth, that have a key."""
    inner = [place for value in weights.values() if isinstance(value, dict) for place in _places(value, name)]
    return [*inner, weights] if name in weights else inner


def _write(store: H5Store, weights: _Weights, path: str) -> None:
    entry = store.make(path)
    for name, value in weights.items():
        if isinstance(value, dict):
            _write(store, value, f"{path}/{name}" if path else name)
        else:
            entry[name] = np.asarray(value)


class _Shapes:
    """A store that keeps what a model would save as shapes and dtypes."""

    def __init__(self) -> None:
        self.made: dict[str, _Weights] = {}

    def make(self, path: str, name: str | None = None) -> _Weights:
        return self.made.setdefault(path, {})


def _weights_of(model: Any) -> _Weights:
    store = _Shapes()
    Saver(store).save(model)
    found: _Weights = {}
    for path, entry in store.made.items():
        if not entry:
            continue
        place = found
        for part in path.split("/") if path else ():
            place = place.setdefault(part, {})
        for key in sorted(entry):
            place[key] = KerasTensor(shape=entry[key].shape, dtype=entry[key].dtype)
    return found
