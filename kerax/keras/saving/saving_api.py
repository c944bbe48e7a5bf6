"""``save_model``, ``load_model``, ``save_weights``, ``load_weights``: the ending of a path picks the format."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import zipfile
from typing import Any

from kerax.core.config import legacy_keras
from kerax.keras.engine.arguments import keras_2_order
from kerax.keras.saving import archive, legacy_h5, legacy_saving, legacy_weights, weights_files
from kerax.keras.saving.h5_safety import check_is_hdf5, group_of
from kerax.keras.utils.io_utils import ask_to_proceed_with_overwrite

_LOG = logging.getLogger("absl")
H5_ENDINGS = (".h5", ".hdf5")


def _may_write(filepath: Any, overwrite: bool) -> bool:
    try:
        exists = os.path.exists(filepath)
    except TypeError:
        exists = False  # a file object
    return overwrite or not exists or ask_to_proceed_with_overwrite(filepath)


def _refuse_remote(filepath: Any) -> None:
    scheme, mark, _ = str(filepath).partition("://")
    if mark and scheme.isalnum() and len(scheme) > 1:
        raise ValueError(
            f"Only local files are supported. Received: filepath={filepath}. Copy the file with the tool of that "
            "service, or mount its folder."
        )


@keras_2_order("model", "filepath", "overwrite", "save_format")
def save_model(model: Any, filepath: Any, overwrite: bool = True, zipped: bool | None = None, **kwargs: Any) -> None:
    """Saves a model: architecture, weights, compilation and optimizer state.

    Files are written whole or not at all: a crash or a full disk leaves what was there before.

    Args:
      model: a Keras model.
      filepath: path that ends in ``.keras``, or ``.h5`` for the older format; or a binary file object.
      overwrite: bool, whether an existing file is replaced without asking.
      zipped: bool, False for a folder with what a ``.keras`` file holds.
      **kwargs: ``include_optimizer`` and ``save_format``; in Keras 2 also ``signatures``, ``options`` and
        ``save_traces`` of its SavedModel format, which is that of paths without ending.

    Raises:
      ValueError: another ending, another keyword.

    >>> import kerax as tf, os, tempfile
    >>> path = os.path.join(tempfile.mkdtemp(), "model.keras")
    >>> model = tf.keras.Sequential([tf.keras.Input((2,)), tf.keras.layers.Dense(1)])
    >>> tf.keras.saving.save_model(model, path)
    >>> tf.keras.saving.load_model(path).count_params()
    3
    """
    _refuse_remote(filepath)
    if legacy_keras():
        legacy_saving.save_model(model, filepath, overwrite, zipped, **kwargs)
        return
    include_optimizer = kwargs.pop("include_optimizer", True)
    save_format = kwargs.pop("save_format", False)
    path = str(filepath)
    if save_format:
        if not path.endswith((*H5_ENDINGS, ".keras")):
            raise ValueError(
                "The `save_format` argument is deprecated in Keras 3. Please remove this argument and pass a file "
                f"path with either `.keras` or `.h5` extension.Received: save_format={save_format}"
            )
        _LOG.warning(
            "The `save_format` argument is deprecated in Keras 3. We recommend removing this argument as it can be "
            f"inferred from the file path. Received: save_format={save_format}"
        )
    if kwargs:
        raise ValueError(f"The following argument(s) are not supported: {list(kwargs)}")
    if path.endswith(H5_ENDINGS):
        _LOG.warning(
            "You are saving your model as an HDF5 file via `model.save()` or `keras.saving.save_model(model)`. This "
            "file format is considered legacy. We recommend using instead the native Keras format, e.g. "
            "`model.save('my_model.keras')` or `keras.saving.save_model(model, 'my_model.keras')`. "
        )
    if not _may_write(filepath, overwrite):
        return
    if zipped is False:
        archive.save_folder(model, filepath)
    elif path.endswith(".keras") or isinstance(filepath, io.IOBase):
        archive.save_archive(model, filepath)
    elif path.endswith(H5_ENDINGS):
        legacy_h5.save_model_h5(model, filepath, include_optimizer)
    else:
        raise ValueError(
            "Invalid filepath extension for saving. Please add either a `.keras` extension for the native Keras "
            "format (recommended) or a `.h5` extension. Use `model.export(filepath)` if you want to export a "
            f"SavedModel for use with TFLite/TFServing/etc. Received: filepath={filepath}."
        )


def load_model(
    filepath: Any, custom_objects: Any = None, compile: bool = True, safe_mode: bool = True, **kwargs: Any
) -> Any:
    """Loads a model that ``save_model`` or Keras itself saved.

    Args:
      filepath: path of a ``.keras`` or ``.h5`` file, or of a folder saved with ``zipped=False``.
      custom_objects: dict of the file's names of classes and functions that are not Keras' own.
      compile: bool, whether to compile the model as the saved one was.
      safe_mode: bool; True refuses lambdas, whose loading runs code from the file.
      **kwargs: ``options`` of Keras 2's SavedModel format.

    Returns:
      The model.

    Raises:
      ValueError: there is no such ``.keras`` file, it is damaged, another format, a lambda in safe mode, weights
        that do not fit.
      TypeError: a class or function that is not known.
      OSError: an HDF5 file that is missing or damaged.
    """
    _refuse_remote(filepath)
    path = str(filepath)
    if isinstance(filepath, io.IOBase):
        return archive.load_archive(filepath, custom_objects, compile, safe_mode)
    if path.endswith(".keras") and os.path.isfile(filepath) and zipfile.is_zipfile(filepath):
        return archive.load_archive(filepath, custom_objects, compile, safe_mode)
    if os.path.isdir(filepath) and os.path.exists(os.path.join(filepath, archive.CONFIG)):
        return archive.load_archive(filepath, custom_objects, compile, safe_mode)
    if legacy_keras():
        return legacy_saving.load_model(filepath, custom_objects, compile, safe_mode, **kwargs)
    if kwargs:
        raise TypeError(f"load_model() got an unexpected keyword argument '{next(iter(kwargs))}'")
    if path.endswith(H5_ENDINGS) or legacy_h5.is_h5_file(filepath):
        return legacy_h5.load_model_h5(filepath, custom_objects, compile, safe_mode)
    if path.endswith(".keras"):
        state = "is not a zip archive, or is cut off" if os.path.isfile(filepath) else "does not exist"
        raise ValueError(
            f"File not found: filepath={filepath}. Please ensure the file is an accessible `.keras` zip file. "
            f"(The file {state}.)"
        )
    raise ValueError(
        f"File format not supported: filepath={filepath}. Keras 3 only supports V3 `.keras` files, legacy H5 format "
        "files (`.h5` extension). Note that the legacy SavedModel format is not supported by `load_model()` in Keras "
        "3. In order to reload a TensorFlow SavedModel as an inference-only layer in Keras 3, use "
        f"`keras.layers.TFSMLayer({filepath}, call_endpoint='serving_default')` (note that your `call_endpoint` might "
        "have a different name)."
    )


def save_weights(
    model: Any, filepath: Any, overwrite: bool = True, max_shard_size: float | None = None, **kwargs: Any
) -> Any:
    """Saves the state of a model's layers and optimizer.

    Args:
      model: a built model, or any other Keras object.
      filepath: path that ends in ``.weights.h5``; in ``.weights.json`` with ``max_shard_size``. Keras 2 takes
        others: ``.h5`` for its older format, no ending for a TensorFlow checkpoint.
      overwrite: bool, whether an existing file is replaced without asking.
      max_shard_size: float, GiB per file.
      **kwargs: ``objects_to_skip``; in Keras 2 ``save_format`` and ``options``.

    Raises:
      ValueError: another ending, an unbuilt model.
    """
    _refuse_remote(filepath)
    path = str(filepath)
    if legacy_keras() and not path.endswith((".weights.h5", ".weights.json")):
        return legacy_saving.save_weights(model, filepath, overwrite, **kwargs)
    if legacy_keras():
        for name in ("save_format", "options"):
            kwargs.pop(name, None)
    if max_shard_size is None and not path.endswith(".weights.h5"):
        raise ValueError(f"The filename must end in `.weights.h5`. Received: filepath={path}")
    if max_shard_size is not None and not path.endswith(("weights.h5", "weights.json")):
        raise ValueError(
            f"The filename must end in `.weights.json` when `max_shard_size` is specified. Received: filepath={path}"
        )
    if _may_write(filepath, overwrite):
        weights_files.save_weights_file(model, filepath, max_shard_size, **kwargs)
    return None


def load_weights(model: Any, filepath: Any, skip_mismatch: bool = False, **kwargs: Any) -> Any:
    """Loads the state of a model's layers (and optimizer) from a file of weights or of a whole model.

    Args:
      model: a built model, or any other Keras object.
      filepath: path that ends in ``.weights.h5``, ``.weights.json``, ``.keras``, ``.h5`` or ``.hdf5``; in Keras 2
        also the prefix of a TensorFlow checkpoint.
      skip_mismatch: bool, whether to warn instead of raise where something does not fit.
      **kwargs: ``objects_to_skip`` (for ``.weights.h5``), ``by_name`` (for ``.h5``).

    Raises:
      ValueError: another format, weights that do not fit, an unbuilt model.
      OSError: the file is missing or damaged.
    """
    _refuse_remote(filepath)
    path = str(filepath)
    if legacy_keras() and not path.endswith((".weights.h5", ".weights.json", ".keras")):
        return legacy_saving.load_weights(model, filepath, skip_mismatch, **kwargs)
    if legacy_keras():
        kwargs.pop("options", None)
        kwargs.pop("by_name", None)
    objects_to_skip = kwargs.pop("objects_to_skip", None)
    by_name = kwargs.pop("by_name", None)
    if kwargs:
        raise ValueError(f"Invalid keyword arguments: {kwargs}")
    old = path.endswith(H5_ENDINGS) and not path.endswith(".weights.h5")
    if objects_to_skip is not None and (old or path.endswith(".keras")):
        raise ValueError(f"`objects_to_skip` only supports loading '.weights.h5' files.Received: {filepath}")
    if by_name is not None and not old:
        raise ValueError(f"`by_name` only supports loading legacy '.h5' or '.hdf5' files. Received: {filepath}")
    if path.endswith((".keras", ".weights.h5", ".weights.json")):
        weights_files.load_weights_file(model, filepath, skip_mismatch, objects_to_skip)
    elif old:
        load_h5_weights(model, filepath, skip_mismatch, bool(by_name))
    else:
        raise ValueError(
            f"File format not supported: filepath={filepath}. Keras 3 only supports V3 `.keras` files, `.weights.h5` "
            "files, legacy H5 format files (`.h5` extension), or Orbax checkpoints."
        )
    return None


def load_h5_weights(model: Any, filepath: Any, skip_mismatch: bool, by_name: bool) -> None:
    """Sets a model's weights from an HDF5 file of Keras 1 or 2, of weights or of a whole model."""
    import h5py

    with contextlib.ExitStack() as stack:
        if legacy_h5.is_h5_file(filepath):
            file = filepath
        else:
            check_is_hdf5(filepath)
            file = stack.enter_context(h5py.File(filepath, "r"))
        group = file
        if "layer_names" not in file.attrs and "model_weights" in file:
            group = group_of(file, "model_weights")
        read = legacy_weights.read_layers_by_name if by_name else legacy_weights.read_layers
        read(group, model, skip_mismatch)
