"""Saving as Keras 2 does it: SavedModel folders and TensorFlow checkpoints beside HDF5 files."""

from __future__ import annotations

import json
import os
from typing import Any

from kerax.io.atomic import replacing_path, write_bytes
from kerax.keras.saving import archive, keras_metadata, legacy_h5, legacy_weights, revived
from kerax.keras.saving.serialization import not_located
from kerax.keras.utils.io_utils import ask_to_proceed_with_overwrite

_H5_ENDINGS = (".h5", ".hdf5")
_FOLDER = "keras"  # of the model itself, inside of a SavedModel


def _format(filepath: Any, save_format: Any) -> str:
    path = str(filepath)
    if save_format is None or save_format is False:
        return "keras" if path.endswith(".keras") else "h5" if path.endswith(_H5_ENDINGS) else "tf"
    chosen = str(save_format).lower().strip()
    if chosen in ("tensorflow", "tf"):
        return "tf"
    if chosen in ("hdf5", "h5"):
        return "h5"
    if chosen in ("keras", "keras_v3"):
        return "keras"
    raise ValueError(
        f"Unknown format. Received: `save_format`={save_format!r}. Was expecting one of {{'tf', 'h5', 'keras'}}."
    )


def save_model(
    model: Any,
    filepath: Any,
    overwrite: bool = True,
    zipped: bool | None = None,
    include_optimizer: bool = True,
    save_format: Any = None,
    signatures: Any = None,
    options: Any = None,
    save_traces: bool = True,
    **kwargs: Any,
) -> None:
    """Keras 2's ``save_model``."""
    if kwargs:
        raise TypeError(f"Invalid keyword argument: {next(iter(kwargs))}")
    chosen = _format(filepath, save_format)
    if chosen == "keras" and not str(filepath).endswith(".keras"):
        raise ValueError(
            "`filepath` must end in `.keras` when `save_format` is 'keras'. "
            f"Received: filepath={filepath}"
        )  # fmt: skip
    if chosen != "tf" and signatures is not None:
        raise ValueError(f"`signatures` is only for the format 'tf'. Received: save_format={chosen}")
    exists = os.path.exists(filepath) if not legacy_h5.is_h5_file(filepath) else False
    if exists and not overwrite and not ask_to_proceed_with_overwrite(filepath):
        return
    if chosen == "keras" and zipped is not False:
        archive.save_archive(model, filepath)
    elif chosen == "keras":
        archive.save_folder(model, filepath)
    elif chosen == "h5":
        if not hasattr(model, "_nodes_by_depth") and model._obj_type() not in ("Sequential", "Functional"):
            raise NotImplementedError(
                "Saving the model to HDF5 format requires the model to be a Functional model or a Sequential model. "
                "It does not work for subclassed models, because such models are defined via the body of a Python "
                "method, which isn't safely serializable. Consider saving to the TensorFlow SavedModel format (by "
                'setting save_format="tf") or using `save_weights`.'
            )
        legacy_h5.save_model_h5(model, filepath, include_optimizer)
    else:
        _save_folder(model, os.fspath(filepath), signatures, options)


def _save_folder(model: Any, folder: str, signatures: Any, options: Any) -> None:
    from kerax.saved_model import save

    save(model, folder, signatures=signatures, options=options)
    inner = os.path.join(folder, _FOLDER)
    try:
        archive.save_folder(model, inner)
    except NotImplementedError:  # no config: it will be loaded as what its programs do
        os.makedirs(inner, exist_ok=True)
        config = {"class_name": type(model).__name__, "config": {"name": model.name}, "opaque": True}
        write_bytes(os.path.join(inner, archive.CONFIG), json.dumps(config).encode())


def load_model(filepath: Any, custom_objects: Any, compile: bool, safe_mode: bool, options: Any = None) -> Any:
    """Keras 2's ``load_model``, of what is no ``.keras`` file."""
    if legacy_h5.is_h5_file(filepath):
        return legacy_h5.load_model_h5(filepath, custom_objects, compile, safe_mode)
    if not os.path.exists(filepath):
        raise OSError(f"No file or directory found at {filepath}")
    inner = os.path.join(filepath, _FOLDER)
    if os.path.isdir(inner):
        return _load_folder(filepath, inner, custom_objects, compile, safe_mode, options)
    if os.path.isdir(filepath):
        return keras_metadata.load_model(os.fspath(filepath), custom_objects, compile, safe_mode, options)
    return legacy_h5.load_model_h5(filepath, custom_objects, compile, safe_mode)


def _load_folder(folder: Any, inner: str, custom_objects: Any, compile: bool, safe_mode: bool, options: Any) -> Any:
    with open(os.path.join(inner, archive.CONFIG), "rb") as file:
        config = json.load(file)
    if not config.get("opaque"):
        try:
            return archive.load_archive(inner, custom_objects, compile, safe_mode)
        except (TypeError, KeyError) as error:  # classes that are not known here, lambdas
            missing, is_function = not_located(error) or ("", False)
            if is_function:
                raise legacy_h5.unknown("loss function", missing) from error
    return revived.load_model(folder, config, compile, options)


def save_weights(
    model: Any, filepath: Any, overwrite: bool = True, save_format: Any = None, options: Any = None
) -> None:
    """Keras 2's ``save_weights``: HDF5 for ``.h5``, else a TensorFlow checkpoint."""
    if not model.built and "build" in vars(type(model)):  # layers may have been called past the model's own call
        raise ValueError(
            f"Weights for model '{model.name}' have not yet been created. Weights are created when the model is first "
            "called on inputs or `build()` is called with an `input_shape`."
        )
    path = os.fspath(filepath)
    is_h5 = path.endswith((*_H5_ENDINGS, ".keras"))
    if save_format is None:
        chosen = "h5" if is_h5 else "tf"
    else:
        chosen = _format(filepath, save_format)
        if chosen == "keras":
            raise ValueError(f"Unknown format: '{save_format}'. Was expecting one of {{'tf', 'h5'}}.")
    if chosen == "tf" and is_h5:
        raise ValueError(
            f'save_weights got save_format="tf"/"tensorflow", but the filepath ("{path}") looks like an HDF5 file. '
            'Omit the ".h5"/".keras" when saving in TensorFlow format.'
        )
    written = path if chosen == "h5" else f"{path}.index"
    if not overwrite and os.path.exists(written) and not ask_to_proceed_with_overwrite(written):
        return
    if chosen == "h5":
        import h5py

        with replacing_path(path) as name, h5py.File(name, "w") as file:
            legacy_weights.write_layers(file, model)
        return
    from kerax.train import Checkpoint
    from kerax.train.checkpoint_state import update_checkpoint_state

    folder = os.path.dirname(path)
    if folder:
        os.makedirs(folder, exist_ok=True)
    Checkpoint(root=model).write(path, options=options)
    update_checkpoint_state(folder or ".", path, [path])


def load_weights(
    model: Any, filepath: Any, skip_mismatch: bool = False, by_name: bool = False, options: Any = None
) -> Any:
    """Keras 2's ``load_weights``."""
    from kerax.keras.saving.saving_api import load_h5_weights
    from kerax.saved_model import constants
    from kerax.train import Checkpoint, latest_checkpoint

    if skip_mismatch and not by_name:
        raise ValueError("When calling model.load_weights, skip_mismatch can only be set to True when by_name is True.")
    path = os.fspath(filepath)
    if os.path.exists(os.path.join(path, constants.SAVED_MODEL_FILENAME_PB)):
        path = os.path.join(path, constants.VARIABLES_DIRECTORY, constants.VARIABLES_FILENAME)
    elif os.path.isdir(path):
        path = latest_checkpoint(path) or path
    if os.path.exists(f"{path}.index") or not (os.path.exists(path) or path.endswith(_H5_ENDINGS)):
        if by_name:
            raise NotImplementedError(
                "Weights may only be loaded based on topology into Models when loading TensorFlow-formatted weights "
                "(got by_name=True to load_weights)."
            )
        status = Checkpoint(root=model).read(path, options=options)
        status.assert_nontrivial_match()
        return status
    if not os.path.exists(path):
        raise FileNotFoundError(
            f"[Errno 2] Unable to synchronously open file (unable to open file: name = '{path}', errno = 2, error "
            "message = 'No such file or directory')"
        )
    if not getattr(model, "built", True):
        raise ValueError(
            "Unable to load weights saved in HDF5 format into a subclassed Model which has not created its variables "
            "yet. Call the Model first, then load the weights."
        )
    load_h5_weights(model, path, skip_mismatch, by_name)
    return None
