"""``tf.saved_model.Asset`` and ``experimental.TrackableResource``."""

from __future__ import annotations

import os
from typing import Any

from kerax.core.module import AutoTrackable
from kerax.core.tensor import convert_to_tensor, register_tensor_conversion_function


class Asset(AutoTrackable):
    """A file that is copied into the SavedModel.

    Args:
      path: str, the file.

    >>> import kerax as tf, pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp(), "words.txt")
    >>> _ = file.write_text("a b")
    >>> tf.saved_model.Asset(str(file)).asset_path.numpy()[-9:]
    b'words.txt'
    """

    def __init__(self, path: Any) -> None:
        if hasattr(path, "numpy"):
            path = path.numpy()
        self._path = path.decode() if isinstance(path, bytes) else os.fspath(path)

    @property
    def asset_path(self) -> Any:
        """The path, a string scalar; after loading that of the copy."""
        return convert_to_tensor(self._path)


register_tensor_conversion_function(Asset, lambda asset, **_: asset.asset_path)


class TrackableResource(AutoTrackable):
    """A resource that a SavedModel makes anew when it is loaded: override ``_create_resource``.

    Args:
      device: str; resources are the host's.
    """

    def __init__(self, device: str = "") -> None:
        self._resource_device = device
        self._resource_handle: Any = None

    def _create_resource(self) -> Any:
        raise NotImplementedError("TrackableResource._create_resource must be overridden.")

    def _initialize(self) -> None:
        """Called after the resource is made."""

    @property
    def resource_handle(self) -> Any:
        """What ``_create_resource`` returned."""
        if self._resource_handle is None:
            self._resource_handle = self._create_resource()
        return self._resource_handle
