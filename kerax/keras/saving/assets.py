"""Files that layers keep beside their variables (vocabularies …), in a folder or inside an archive."""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile

# An archive member above this size must be stored with at least a hundredth of it.
_EXTRACT_FLOOR = 1 << 28
_READ_FLOOR = 1 << 32
_MOST_EXPANSION = 100


def check_member(info: zipfile.ZipInfo, floor: int = _READ_FLOOR) -> None:
    """Refuses archive members that unpack to far more than is stored.

    Raises:
      ValueError: it is one.
    """
    if info.file_size > floor and info.file_size > _MOST_EXPANSION * info.compress_size:
        raise ValueError(
            f"Not allowed: ZIP member '{info.filename}' declares {info.file_size} bytes but only {info.compress_size} "
            "are stored on disk; refusing to load a potential decompression bomb."
        )


class AssetStore:
    """A folder per object, at its path in the model.

    Args:
      root: path of the folder that holds them all.
    """

    def __init__(self, root: str) -> None:
        self.root = os.path.realpath(root)

    def _inside(self, path: str) -> str:
        full = os.path.realpath(os.path.join(self.root, path.replace("\\", "/")))
        if full != self.root and not full.startswith(self.root + os.sep):
            raise ValueError(f"Invalid asset path: '{path}' escapes the asset directory.")
        return full

    def make(self, path: str) -> str:
        full = self._inside(path) if path else self.root
        os.makedirs(full, exist_ok=True)
        return full

    def get(self, path: str) -> str | None:
        full = self._inside(path) if path else self.root
        return full if os.path.exists(full) else None

    def has_path(self, path: str) -> bool:
        try:
            return os.path.exists(self._inside(path))
        except ValueError:
            return False


class TemporaryAssets(AssetStore):
    """Assets in a folder that goes away again."""

    def __init__(self) -> None:
        super().__init__(tempfile.mkdtemp(prefix="assets_"))

    def extract(self, archive: zipfile.ZipFile, prefix: str) -> None:
        """Fills the folder from the members of an archive below a prefix.

        Raises:
          ValueError: a member would lie outside of the folder, or unpacks to far more than is stored.
        """
        for info in archive.infolist():
            name = info.filename.replace("\\", "/")
            if not name.startswith(f"{prefix}/") or name.endswith("/"):
                continue
            check_member(info, _EXTRACT_FLOOR)
            target = self._inside(name[len(prefix) + 1 :])
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with archive.open(info) as source, open(target, "wb") as file:
                shutil.copyfileobj(source, file)

    def pack(self, archive: zipfile.ZipFile, prefix: str) -> None:
        """Adds the folder's files to an archive."""
        for folder, _, names in os.walk(self.root):
            for name in sorted(names):
                path = os.path.join(folder, name)
                archive.write(path, f"{prefix}/{os.path.relpath(path, self.root)}".replace(os.sep, "/"))

    def close(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)
