"""Where the datasets come from, and how their files are read."""

from __future__ import annotations

import io
import pickle
import zipfile
from typing import Any

import numpy as np

from kerax.keras.utils.file_utils import get_file

_ORIGIN = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"
# all that the pickled object arrays of imdb and reuters and the batches of cifar are made of
_ALLOWED = {
    ("numpy", "ndarray"),
    ("numpy", "dtype"),
    ("numpy.core.multiarray", "_reconstruct"),
    ("numpy._core.multiarray", "_reconstruct"),
}


def fetch(name: str, path: str | None = None, file_hash: str | None = None, cache_subdir: str = "datasets") -> str:
    """The path in the cache of a file of Keras's dataset store."""
    return get_file(path or name, origin=_ORIGIN + name, file_hash=file_hash, cache_subdir=cache_subdir)


class RestrictedUnpickler(pickle.Unpickler):
    """Unpickles numpy arrays and plain containers, and refuses everything else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _ALLOWED:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(
            f"Refusing to deserialize `{module}.{name}` while loading a Keras dataset. "
            "The file may be corrupted or malicious."
        )


def load_npz(path: str) -> dict[str, np.ndarray]:
    """The arrays of an ``.npz`` file, object arrays included, without running what a pickle may ask for."""
    arrays = {}
    with zipfile.ZipFile(path) as archive:
        for member in archive.namelist():
            if member.endswith(".npy"):
                arrays[member.removesuffix(".npy")] = _load_npy(io.BytesIO(archive.read(member)))
    return arrays


def _load_npy(file: io.BytesIO) -> np.ndarray:
    version = np.lib.format.read_magic(file)
    if version[0] == 1:
        _, _, dtype = np.lib.format.read_array_header_1_0(file)
    else:
        _, _, dtype = np.lib.format.read_array_header_2_0(file)
    if dtype.hasobject:
        return RestrictedUnpickler(file).load()
    file.seek(0)
    return np.lib.format.read_array(file, allow_pickle=False)


def shuffled(seed: int, *arrays: np.ndarray) -> list[np.ndarray]:
    """Arrays in one random order, which depends on the seed only."""
    order = np.arange(len(arrays[0]))
    np.random.RandomState(seed).shuffle(order)
    return [array[order] for array in arrays]


def load_regression(
    name: str, path: str, file_hash: str, test_split: float, seed: int, limit: int | None = None
) -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """A dataset of features and targets, shuffled and split."""
    if not 0 <= test_split < 1:
        raise ValueError(f"Invalid `test_split` argument: {test_split}. It must be between 0 and 1 (exclusive of 1).")
    data = load_npz(fetch(name, path, file_hash))
    x, y = shuffled(seed, data["x"][:limit], data["y"][:limit])
    count = int(len(x) * (1 - test_split))
    return (np.array(x[:count]), np.array(y[:count])), (np.array(x[count:]), np.array(y[count:]))
