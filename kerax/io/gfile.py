"""``tf.io.gfile``: files of the operating system under TensorFlow's interface and errors."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

from kerax.core import errors
from kerax.io.file_io import make_folder, matching, os_error, strip_scheme


class FileStatistics:
    """What ``stat`` says of a file.

    Args:
      length: int, bytes.
      mtime_nsec: int, time of the last change, nanoseconds.
      is_directory: bool.
    """

    def __init__(self, length: int, mtime_nsec: int, is_directory: bool) -> None:
        self.length, self.mtime_nsec, self.is_directory = length, mtime_nsec, is_directory

    def __repr__(self) -> str:
        return f"<FileStatistics length={self.length} mtime_nsec={self.mtime_nsec} is_directory={self.is_directory}>"


class GFile:
    """A file, opened with its first use; a context manager and an iterator of lines.

    Args:
      name: str or path.
      mode: ``"r"``, ``"w"``, ``"a"``, with ``"b"`` for bytes and ``"+"`` for both ways.

    >>> import kerax as tf
    >>> import tempfile, os
    >>> path = os.path.join(tempfile.mkdtemp(), "a.txt")
    >>> with tf.io.gfile.GFile(path, "w") as f:
    ...     f.write("text")
    >>> with tf.io.gfile.GFile(path) as f:
    ...     f.read()
    'text'
    """

    def __init__(self, name: Any, mode: str = "r") -> None:
        self._name, self._mode = name, mode
        if mode not in ("r", "w", "a", "r+", "w+", "a+", "rb", "wb", "ab", "r+b", "w+b", "a+b", "rb+", "wb+", "ab+"):
            raise errors.InvalidArgumentError(None, None, f"mode is not 'r' or 'w' or 'a': {mode}")
        self._file: Any = None
        self._binary = "b" in mode

    @property
    def name(self) -> Any:
        return self._name

    @property
    def mode(self) -> str:
        return self._mode

    def _open(self) -> Any:
        if self._file is None:
            mode = self._mode.replace("b", "") + "b"
            try:
                self._file = open(strip_scheme(self._name), mode)
            except OSError as error:
                raise os_error(error) from None
        return self._file

    def _readable(self) -> Any:
        if "r" not in self._mode and "+" not in self._mode:
            raise errors.PermissionDeniedError(None, None, "File isn't open for reading")
        return self._open()

    def _out(self, data: bytes) -> Any:
        return data if self._binary else data.decode()

    def read(self, n: int = -1) -> Any:
        """The next n bytes (or all of them) as str, or bytes in binary mode."""
        file = self._readable()
        if n == -1 or self._binary:
            return self._out(file.read(n))
        return self._out(file.read(n))

    def readline(self) -> Any:
        """The next line with its end, empty at the end."""
        return self._out(self._readable().readline())

    def readlines(self) -> list[Any]:
        """The remaining lines."""
        return [self._out(line) for line in self._readable().readlines()]

    def write(self, file_content: Any) -> None:
        """Appends text or bytes.

        Raises:
          errors.PermissionDeniedError: the file is open for reading only.
          TypeError: it is neither.
        """
        if self._mode in ("r", "rb"):
            raise errors.PermissionDeniedError(None, None, "File isn't open for writing")
        if not isinstance(file_content, (str, bytes)):
            raise TypeError(f"Expected binary or unicode string, got {file_content!r}")
        self._open().write(file_content.encode() if isinstance(file_content, str) else file_content)

    def seek(self, offset: int | None = None, whence: int = 0, position: int | None = None) -> None:
        """Goes to a position.

        Args:
          offset: int, bytes.
          whence: 0 from the beginning, 1 from here, 2 from the end.
          position: older name of ``offset``.
        """
        if offset is None and position is None:
            raise TypeError("seek(): offset argument required")
        if whence not in (0, 1, 2):
            raise errors.InvalidArgumentError(
                None, None, f"Invalid whence argument: {whence}. Valid values are 0, 1, or 2."
            )
        self._readable().seek(position if offset is None else offset, whence)

    def tell(self) -> int:
        """The position."""
        return self._open().tell()

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return "r" in self._mode or "+" in self._mode

    def writable(self) -> bool:
        return self._mode not in ("r", "rb")

    def size(self) -> int:
        """Bytes in the file."""
        self.flush()
        return stat(self._name).length

    def flush(self) -> None:
        """Writes what is buffered."""
        if self._file is not None:
            self._file.flush()

    def close(self) -> None:
        """Closes the file; an empty one is made if nothing was written."""
        if self._file is None and self._mode[0] == "w":
            self._open()
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> GFile:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def next(self) -> Any:
        return self.__next__()


def _guarded(fn: Callable[..., Any], *args: Any) -> Any:
    try:
        return fn(*args)
    except OSError as error:
        raise os_error(error) from None


def exists(path: Any) -> bool:
    """Whether there is a file or directory.

    >>> import kerax as tf
    >>> tf.io.gfile.exists("/no/such/file")
    False
    """
    return os.path.exists(strip_scheme(path))


def isdir(path: Any) -> bool:
    """Whether a path is a directory."""
    return os.path.isdir(strip_scheme(path))


def listdir(path: Any) -> list[str]:
    """The names in a directory.

    Raises:
      errors.NotFoundError: there is no such directory.
    """
    path = strip_scheme(path)
    if not os.path.isdir(path):
        raise errors.NotFoundError(None, None, f"Could not find directory {path}")
    return _guarded(os.listdir, path)


def glob(pattern: Any) -> list[str]:
    """The files that match a pattern, or one of several patterns."""
    if isinstance(pattern, (str, bytes, os.PathLike)):
        return matching(pattern)
    return [path for one in pattern for path in matching(one)]


def mkdir(path: Any) -> None:
    """Makes a directory; it may exist.

    Raises:
      errors.NotFoundError: its parent does not exist.
    """
    place = strip_scheme(path)
    if not os.path.isdir(place):
        _guarded(os.mkdir, place)


def makedirs(path: Any) -> None:
    """Makes a directory and those above it; it may exist."""
    make_folder(strip_scheme(path))


def remove(path: Any) -> None:
    """Deletes a file.

    Raises:
      errors.NotFoundError: there is none.
    """
    _guarded(os.remove, strip_scheme(path))


def rmtree(path: Any) -> None:
    """Deletes a directory and what is in it.

    Raises:
      errors.NotFoundError: there is none.
    """
    _guarded(shutil.rmtree, strip_scheme(path))


def copy(src: Any, dst: Any, overwrite: bool = False) -> None:
    """Copies a file.

    Raises:
      errors.AlreadyExistsError: ``dst`` exists and ``overwrite`` is false.
    """
    src, dst = strip_scheme(src), strip_scheme(dst)
    if not overwrite and os.path.exists(dst):
        raise errors.AlreadyExistsError(None, None, "file already exists")
    _guarded(shutil.copyfile, src, dst)


def rename(src: Any, dst: Any, overwrite: bool = False) -> None:
    """Renames or moves a file or directory.

    Raises:
      errors.AlreadyExistsError: ``dst`` exists and ``overwrite`` is false.
    """
    src, dst = strip_scheme(src), strip_scheme(dst)
    if not overwrite and os.path.exists(dst):
        raise errors.AlreadyExistsError(None, None, f"File exists: {dst}")
    _guarded(os.replace, src, dst)


def stat(path: Any) -> FileStatistics:
    """Size, time of change and kind of a file.

    Raises:
      errors.NotFoundError: there is none.
    """
    found = _guarded(os.stat, strip_scheme(path))
    return FileStatistics(found.st_size, found.st_mtime_ns, os.path.isdir(strip_scheme(path)))


def walk(top: Any, topdown: bool = True, onerror: Callable[..., Any] | None = None) -> Iterator[Any]:
    """A directory tree: (directory, names of directories, names of files), as ``os.walk``."""
    top = os.fspath(top)
    try:
        names = sorted(listdir(top))
    except errors.NotFoundError as error:
        if onerror:
            onerror(error)
        return
    directories = [name for name in names if isdir(os.path.join(top, name))]
    files = [name for name in names if name not in directories]
    if topdown:
        yield top, directories, files
    for name in directories:
        yield from walk(os.path.join(top, name), topdown, onerror)
    if not topdown:
        yield top, directories, files


def join(path: Any, *paths: Any) -> Any:
    """Parts of a path joined, as ``os.path.join``."""
    return os.path.join(path, *paths)


def get_registered_schemes() -> list[str]:
    """The kinds of addresses of files that can be opened: local ones."""
    return ["", "file"]
