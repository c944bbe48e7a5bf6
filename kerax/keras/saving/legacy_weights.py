"""Weights in HDF5 files of Keras 1 and 2: a group per layer, in order, with the names of its weights."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from kerax.core.config import legacy_keras
from kerax.keras.saving.archive import keras_version
from kerax.keras.saving.h5_safety import array_of, group_of
from kerax.keras.saving.stores import to_numpy

_LIMIT = 64512  # bytes of one attribute
TOP = "top_level_model_weights"


def write_names(group: Any, name: str, values: list[str]) -> None:
    """A list of names as an attribute, in pieces where it is too long for one.

    Raises:
      RuntimeError: one name alone is too long.
    """
    data = [value.encode("utf8") for value in values]
    too_long = [item for item in data if len(item) > _LIMIT]
    if too_long:
        raise RuntimeError(
            "The following attributes cannot be saved to HDF5 file because they are larger than "
            f"{_LIMIT} bytes: {too_long}"
        )
    array = np.asarray(data)
    pieces = 1
    while any(piece.nbytes > _LIMIT for piece in np.array_split(array, pieces)):
        pieces += 1
    if pieces == 1:
        group.attrs[name] = data
        return
    for index, piece in enumerate(np.array_split(array, pieces)):
        group.attrs[f"{name}{index}"] = piece


def read_names(group: Any, name: str) -> list[str]:
    """The list of names that ``write_names`` wrote."""
    found: list[Any] = []
    if name in group.attrs:
        found = list(group.attrs[name])
    else:
        index = 0
        while f"{name}{index}" in group.attrs:
            found.extend(group.attrs[f"{name}{index}"])
            index += 1
    return [item.decode("utf8") if hasattr(item, "decode") else str(item) for item in found]


def weights_of(layer: Any) -> list[Any]:
    """A layer's weights in Keras 2's order: trainable ones first."""
    return [*layer.trainable_weights, *layer.non_trainable_weights]


def _top_level(model: Any) -> list[Any]:
    kept = {id(variable) for variable in model.weights}
    own = [*model._trainable_variables, *model._non_trainable_variables]
    return [variable for variable in own if id(variable) in kept]


def path_of(variable: Any) -> str:
    """What a file calls a variable."""
    if legacy_keras():
        return str(variable.name)
    return str(getattr(variable, "path", variable.name))


def write_variables(group: Any, variables: list[Any]) -> None:
    names = [path_of(variable) for variable in variables]
    for index, name in enumerate(names):
        if name in names[:index]:  # HDF5 needs distinct names
            names[index] = f"{name}_{index}"
    write_names(group, "weight_names", names)
    for name, variable in zip(names, variables, strict=True):
        value = to_numpy(variable)
        group.create_dataset(name, data=value)


def read_variables(group: Any) -> list[np.ndarray]:
    return [array_of(group, name) for name in read_names(group, "weight_names")]


def write_layers(group: Any, model: Any) -> None:
    """Writes the weights of a model's layers into a group."""
    write_names(group, "layer_names", [layer.name for layer in model.layers])
    group.attrs["backend"] = b"tensorflow"
    group.attrs["keras_version"] = keras_version().encode()
    for layer in sorted(model.layers, key=lambda layer: layer.name):
        write_variables(group.create_group(layer.name), weights_of(layer))
    write_variables(group.create_group(TOP), _top_level(model))


def read_layers(group: Any, model: Any, skip_mismatch: bool = False) -> None:
    """Sets the weights of layers in order.

    Raises:
      ValueError: another number of layers or weights, or another shape.
    """
    layers = [layer for layer in model.layers if weights_of(layer)]
    names = [name for name in read_names(group, "layer_names") if read_names(group_of(group, name), "weight_names")]
    if len(names) != len(layers):
        raise ValueError(
            "Layer count mismatch when loading weights from file. "
            f"Model expected {len(layers)} layers, found {len(names)} saved layers."
        )
    for index, (layer, name) in enumerate(zip(layers, names, strict=True)):
        own = weights_of(layer)
        values = read_variables(group_of(group, name))
        if len(values) != len(own):
            raise ValueError(
                f"Weight count mismatch for layer #{index} (named {layer.name} in the current model, {name} in the "
                f"save file). Layer expects {len(own)} weight(s). Received {len(values)} saved weight(s)"
            )
        _assign(layer, own, values, f"layer #{index} (named {layer.name})", skip_mismatch)
    if TOP in group:
        own = _top_level(model)
        values = read_variables(group_of(group, TOP))
        if len(values) != len(own):
            raise ValueError(
                "Weight count mismatch for top-level weights when loading weights from file. Model expects "
                f"{len(own)} top-level weight(s). Received {len(values)} saved top-level weight(s)"
            )
        _assign(model, own, values, "top-level model", skip_mismatch)


def read_layers_by_name(group: Any, model: Any, skip_mismatch: bool = False) -> None:
    """Sets the weights of layers whose name is in the file; other layers stay as they are.

    Raises:
      ValueError: another number of weights, or another shape, without ``skip_mismatch``.
    """
    by_name: dict[str, list[Any]] = {}
    for layer in model.layers:
        by_name.setdefault(layer.name, []).append(layer)
    for index, name in enumerate(read_names(group, "layer_names")):
        if name not in by_name:
            continue
        values = read_variables(group_of(group, name))
        for layer in by_name[name]:
            own = weights_of(layer)
            if len(values) != len(own):
                if skip_mismatch:
                    warnings.warn(
                        f"Skipping loading of weights for layer #{index} (named {layer.name}) due to mismatch in "
                        f"number of weights. Layer expects {len(own)} weight(s). Received {len(values)} saved "
                        "weight(s)",
                        stacklevel=4,
                    )
                    continue
                raise ValueError(
                    f"Weight count mismatch for layer #{index} (named {layer.name}). Layer expects {len(own)} "
                    f"weight(s). Received {len(values)} saved weight(s)"
                )
            _assign(layer, own, values, f"layer #{index} (named {layer.name})", skip_mismatch)
    if TOP in group:
        own = _top_level(model)
        values = read_variables(group_of(group, TOP))
        if len(values) == len(own):
            _assign(model, own, values, "top-level model", skip_mismatch)
        elif not skip_mismatch:
            raise ValueError(
                f"Weight count mismatch for top-level weights of model. Model expects {len(own)} top-level "
                f"weight(s). Received {len(values)} saved top-level weight(s)"
            )


def _assign(owner: Any, variables: list[Any], values: list[np.ndarray], what: str, skip_mismatch: bool) -> None:
    for variable, value in zip(variables, values, strict=True):
        if tuple(variable.shape) != value.shape:
            message = (
                f"in {what} for weight {path_of(variable)}. Weight expects shape {tuple(variable.shape)}. Received "
                f"saved weight with shape {value.shape}"
            )
            if not skip_mismatch:
                raise ValueError(f"Shape mismatch {message}")
            warnings.warn(f"Skipping loading weights due to mismatch in shape {message}", stacklevel=5)
            continue
        variable.assign(value)
    if variables and hasattr(owner, "finalize_state"):
        owner.finalize_state()
