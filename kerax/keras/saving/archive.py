"""``.keras`` files: an archive of ``config.json``, ``metadata.json``, ``model.weights.h5`` and assets."""

from __future__ import annotations

import contextlib
import datetime
import io
import json
import os
import tempfile
import warnings
import zipfile
from typing import Any

from kerax.core.config import legacy_keras
from kerax.io.atomic import replacing, replacing_path, write_bytes
from kerax.keras.saving.assets import AssetStore, TemporaryAssets, check_member
from kerax.keras.saving.legacy_config import keras2_archive, modern
from kerax.keras.saving.serialization import ObjectSharingScope, deserialize_keras_object, serialize_keras_object
from kerax.keras.saving.state_tree import Loader, Saver
from kerax.keras.saving.stores import H5Store, NpzStore
from kerax.version import KERAS_VERSION, VERSION

CONFIG = "config.json"
METADATA = "metadata.json"
WEIGHTS = "model.weights.h5"
WEIGHTS_NPZ = "model.weights.npz"
ASSETS = "assets"
# Weights up to this size are read into memory before HDF5 looks at them, larger ones from the file.
_IN_MEMORY = 1 << 31


def keras_version() -> str:
    """The version of Keras whose formats are written."""
    return VERSION if legacy_keras() else KERAS_VERSION


def _described(model: Any) -> tuple[bytes, bytes]:
    with ObjectSharingScope():
        config = serialize_keras_object(model)
    if legacy_keras():
        config = keras2_archive(config)
    now = datetime.datetime.now().strftime("%Y-%m-%d@%H:%M:%S")
    metadata = {"keras_version": keras_version(), "date_saved": now}
    return json.dumps(config).encode(), json.dumps(metadata).encode()


def _warn_unbuilt(model: Any) -> None:
    if not getattr(model, "built", True):
        warnings.warn(
            "You are saving a model that has not yet been built. It might not contain any weights yet. Consider "
            "building the model first by calling it on some data.",
            stacklevel=4,
        )


def save_archive(model: Any, filepath: Any) -> None:
    """Writes a ``.keras`` file, whole or not at all.

    Args:
      model: a Keras model.
      filepath: path that ends in ``.keras``, or a binary file object.

    Raises:
      ValueError: another ending.
    """
    _warn_unbuilt(model)
    if isinstance(filepath, io.IOBase):
        write_archive(model, filepath)
        return
    if not str(filepath).endswith(".keras"):
        raise ValueError(f"Invalid `filepath` argument: expected a `.keras` extension. Received: filepath={filepath}")
    with replacing(filepath) as file:
        write_archive(model, file)


def write_archive(model: Any, file: Any) -> None:
    """Writes the archive of any of Keras' objects into a binary file object."""
    config, metadata = _described(model)
    assets = TemporaryAssets()
    folder = tempfile.mkdtemp(prefix="weights_")
    weights = os.path.join(folder, WEIGHTS)
    try:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(METADATA, metadata)
            archive.writestr(CONFIG, config)
            with contextlib.closing(H5Store(weights, "w")) as store:
                Saver(store, assets).save(model)
            archive.write(weights, WEIGHTS)
            assets.pack(archive, ASSETS)
    finally:
        assets.close()
        with contextlib.suppress(OSError):
            os.unlink(weights)
        os.rmdir(folder)


def save_folder(model: Any, folder: Any) -> None:
    """Writes what a ``.keras`` file holds into a folder."""
    _warn_unbuilt(model)
    folder = os.fspath(folder)
    if folder.endswith(".keras"):
        raise ValueError(
            "When using `zipped=False`, the `filepath` argument should not end in `.keras`. "
            f"Received: filepath={folder}"
        )
    config, metadata = _described(model)
    os.makedirs(folder, exist_ok=True)
    with replacing_path(os.path.join(folder, WEIGHTS)) as name, contextlib.closing(H5Store(name, "w")) as store:
        Saver(store, AssetStore(os.path.join(folder, ASSETS))).save(model)
    write_bytes(os.path.join(folder, METADATA), metadata)
    write_bytes(os.path.join(folder, CONFIG), config)


def _is_keras2(metadata: bytes | None) -> bool:
    """Whether a ``metadata.json`` is of Keras 2."""
    try:
        version = json.loads(metadata or b"{}").get("keras_version", "")
    except (ValueError, AttributeError, RecursionError):
        return False
    return str(version).startswith("2.")


def model_from_json_config(text: Any, custom_objects: Any, compile: bool, safe_mode: bool, keras2: bool = False) -> Any:
    """The model of a ``config.json``.

    Args:
      text: JSON.
      custom_objects: dict of name → class or function.
      compile: bool, whether the model is compiled as the saved one was.
      safe_mode: bool, whether lambdas are refused.
      keras2: bool, whether arguments have Keras 2's names.

    Raises:
      ValueError: it is no JSON, or does not describe an object.
    """
    try:
        config = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"The configuration of the model is not valid JSON, the file is damaged: {error}") from error
    if not isinstance(config, dict):
        raise ValueError(f"The configuration of the model should be a JSON object. Received: {type(config).__name__}")
    if keras2:
        config = modern(config)
    if not compile:
        config["compile_config"] = None
    with ObjectSharingScope():
        model = deserialize_keras_object(config, custom_objects, safe_mode=safe_mode)
    if not hasattr(type(model), "_obj_type"):
        raise ValueError(f"Expected object to be an instance of `KerasSaveable`, but got {model} of type {type(model)}")
    return model


def load_archive(filepath: Any, custom_objects: Any = None, compile: bool = True, safe_mode: bool = True) -> Any:
    """The model in a ``.keras`` file (a path or a binary file object), or in a folder with its contents."""
    if isinstance(filepath, io.IOBase):
        return _read_archive(filepath, custom_objects, compile, safe_mode)
    if os.path.isdir(filepath):
        return _read_folder(os.fspath(filepath), custom_objects, compile, safe_mode)
    with open(filepath, "rb") as file:
        return _read_archive(file, custom_objects, compile, safe_mode)


def _read_archive(file: Any, custom_objects: Any, compile: bool, safe_mode: bool) -> Any:
    try:
        archive = zipfile.ZipFile(file)
    except zipfile.BadZipFile as error:
        raise ValueError(f"The file is no zip archive, or it is cut off: {error}") from error
    with archive:
        names = archive.namelist()
        if CONFIG not in names:
            raise ValueError(f"Invalid `.keras` file: it has no {CONFIG}. It holds {names[:10]}.")
        keras2 = METADATA in names and _is_keras2(read_small(archive, METADATA))
        model = model_from_json_config(read_small(archive, CONFIG), custom_objects, compile, safe_mode, keras2)
        assets = TemporaryAssets() if any(name.startswith(f"{ASSETS}/") for name in names) else None
        try:
            with contextlib.closing(_weights_of(archive, names)) as store:
                if assets is not None:
                    assets.extract(archive, ASSETS)
                loader = Loader(store, assets)
                loader.load(model)
        finally:
            if assets is not None:
                assets.close()
        loader.report()
    return model


def read_small(archive: zipfile.ZipFile, name: str) -> bytes:
    """A member of an open archive, refused where it is far larger than what is stored."""
    check_member(archive.getinfo(name))
    return archive.read(name)


def open_archived_weights(archive: zipfile.ZipFile) -> H5Store:
    """The weights inside an open ``.keras`` file."""
    info = archive.getinfo(WEIGHTS)
    check_member(info)
    if info.file_size <= _IN_MEMORY:
        return H5Store(io.BytesIO(archive.read(info)))
    return H5Store(archive.open(info))


def _weights_of(archive: zipfile.ZipFile, names: list[str]) -> Any:
    if WEIGHTS in names:
        return open_archived_weights(archive)
    if WEIGHTS_NPZ in names:
        check_member(archive.getinfo(WEIGHTS_NPZ))
        return NpzStore(archive.read(WEIGHTS_NPZ))
    raise ValueError(f"Expected a {WEIGHTS} or {WEIGHTS_NPZ} file.")


def _read_folder(folder: str, custom_objects: Any, compile: bool, safe_mode: bool) -> Any:
    metadata = os.path.join(folder, METADATA)
    keras2 = False
    if os.path.exists(metadata):
        with open(metadata, "rb") as file:
            keras2 = _is_keras2(file.read())
    with open(os.path.join(folder, CONFIG), "rb") as file:
        model = model_from_json_config(file.read(), custom_objects, compile, safe_mode, keras2)
    weights = os.path.join(folder, WEIGHTS)
    if not os.path.exists(weights):
        raise ValueError(f"Expected a {WEIGHTS} or {WEIGHTS_NPZ} file.")
    assets = os.path.join(folder, ASSETS)
    with contextlib.closing(H5Store(weights)) as store:
        loader = Loader(store, AssetStore(assets) if os.path.isdir(assets) else None)
        loader.load(model)
    loader.report()
    return model
