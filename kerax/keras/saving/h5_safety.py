"""Reading HDF5 files of strangers: no links out of the file, no data sets that exist only on paper."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

# A data set above this size must be stored with at least a thousandth of it.
_FLOOR = 1 << 32
_MOST_EXPANSION = 1000


def refuse_links(parent: Any, name: str) -> None:
    """Raises ValueError where a name in a group leads to another place or file."""
    import h5py

    kind = parent.get(name, default=None, getclass=True, getlink=True)
    if kind in (h5py.ExternalLink, h5py.SoftLink):
        raise ValueError(f"Not allowed: H5 file with {kind.__name__}")


def group_of(parent: Any, path: str) -> Any:
    """The group at a path inside a file or group, reached through hard links only.

    Raises:
      KeyError: there is none.
      ValueError: a link, or something else than a group, is on the way.
    """
    import h5py

    current = parent
    for part in path.split("/"):
        if not part:
            raise ValueError(f"Invalid path in H5 file: {path}")
        if part not in current:
            raise KeyError(path)
        if not isinstance(current, dict):
            refuse_links(current, part)
        current = current[part]
        if not isinstance(current, h5py.Group):
            raise ValueError(f"Invalid H5 file, expected Group but received {type(current)}")
    return current


def dataset_of(group: Any, path: str) -> Any:
    """The data set at a path inside a group: stored in this file, and about as large as it says.

    Raises:
      KeyError: there is none.
      ValueError: it is linked, external, virtual, or far larger than what is stored.
    """
    import h5py

    parent, _, name = path.rpartition("/")
    if parent:
        group = group_of(group, parent)
    if name not in group:
        raise KeyError(name)
    if isinstance(group, dict):
        return group[name]
    refuse_links(group, name)
    dataset = group[name]
    if not isinstance(dataset, h5py.Dataset):
        raise ValueError(f"Invalid H5 file, expected Dataset, received {type(dataset)}")
    if dataset.external:
        raise ValueError(f"Not allowed: H5 file with external Dataset: {dataset.external}")
    if dataset.is_virtual:
        raise ValueError("Not allowed: H5 file with virtual Dataset")
    declared = math.prod(dataset.shape or ()) * dataset.dtype.itemsize
    stored = dataset.id.get_storage_size()
    if declared > _FLOOR and declared > _MOST_EXPANSION * stored:
        raise ValueError(
            f"Not allowed: H5 dataset '{name}' declares {declared} bytes but only {stored} are stored on disk; "
            "refusing to load a potential decompression/shape bomb."
        )
    return dataset


def array_of(group: Any, path: str) -> np.ndarray:
    """The values of a data set, bfloat16 as such."""
    dataset = dataset_of(group, path)
    if hasattr(dataset, "attrs") and dataset.attrs.get("dtype") == "bfloat16":
        import ml_dtypes

        return np.array(dataset, dtype=ml_dtypes.bfloat16)
    return np.array(dataset)


def check_is_hdf5(path: Any) -> None:
    """Says plainly what is wrong with a file that is no HDF5 file.

    Raises:
      FileNotFoundError: there is no such file.
      OSError: it is empty, cut off or something else.
    """
    import os

    import h5py

    if not os.path.exists(path):
        raise FileNotFoundError(
            f"[Errno 2] Unable to synchronously open file (unable to open file: name = '{path}', errno = 2, "
            "error message = 'No such file or directory')"
        )
    if os.path.isdir(path):
        raise IsADirectoryError(f"[Errno 21] Unable to open file, it is a directory: '{path}'")
    if not h5py.is_hdf5(path):
        raise OSError(
            f"Unable to synchronously open file (file signature not found): '{path}' is not an HDF5 file, or it is "
            "empty or damaged."
        )
