"""Files that appear whole or not at all: written under another name, flushed to the disk, then renamed."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from typing import Any


@contextlib.contextmanager
def replacing_path(path: Any) -> Iterator[str]:
    """A name beside ``path`` to write to; the file takes the place of ``path`` when the block ends well.

    Args:
      path: str or path-like. Its folder must exist.

    Raises:
      OSError: the folder is missing or the disk is full; what was at ``path`` is as before.

    >>> import os, pathlib, tempfile
    >>> target = os.path.join(tempfile.mkdtemp(), "a.txt")
    >>> with replacing_path(target) as name:
    ...     _ = pathlib.Path(name).write_text("done")
    >>> os.listdir(os.path.dirname(target))
    ['a.txt']
    """
    path = os.path.realpath(os.fspath(path))
    if os.path.isdir(path):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    if os.path.exists(path) and not os.path.isfile(path):  # a device or a pipe: nothing may take its place
        yield path
        return
    folder, name = os.path.split(path)
    handle, temporary = tempfile.mkstemp(prefix=f".{name[:60]}.", suffix=".tmp", dir=folder or None)
    os.close(handle)
    try:
        yield temporary
        _sync(temporary)
        os.chmod(temporary, _mode_of(path))
        os.replace(temporary, path)
        _sync(folder)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


@contextlib.contextmanager
def replacing(path: Any) -> Iterator[Any]:
    """A binary file to write that takes the place of ``path`` when the block ends well."""
    with replacing_path(path) as temporary, open(temporary, "w+b" if os.path.isfile(temporary) else "wb") as file:
        yield file
        file.flush()


def write_bytes(path: Any, data: bytes) -> None:
    """Writes a small file whole."""
    with replacing(path) as file:
        file.write(data)


def _mode_of(path: str) -> int:
    try:
        return os.stat(path).st_mode & 0o7777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _sync(path: str) -> None:
    """Forces a file, or a folder's list of names, onto the disk."""
    flags = os.O_RDONLY if os.path.isdir(path) else os.O_RDWR
    try:
        handle = os.open(path or ".", flags)
    except OSError:
        return  # folders cannot be opened on some systems
    try:
        os.fsync(handle)
    except OSError as error:
        if not os.path.isdir(path):
            raise OSError(f"Could not write {path} to the disk: {error}") from error
    finally:
        os.close(handle)
