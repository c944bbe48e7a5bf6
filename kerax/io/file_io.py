"""``read_file``, ``write_file``, ``matching_files``: files as string tensors."""

from __future__ import annotations

import contextlib
import errno
import fnmatch
import os
import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from kerax.core import errors
from kerax.core.op import op
from kerax.core.tensor import Tensor
from kerax.io.atomic import write_bytes

#: names of the operating system's errors → TensorFlow's error
_KINDS = {
    "EINVAL ENAMETOOLONG E2BIG EDOM EFAULT EILSEQ ENOTTY ESPIPE": errors.InvalidArgumentError,
    "ETIMEDOUT ETIME": errors.DeadlineExceededError,
    "ENOENT ENODEV ENXIO ESRCH": errors.NotFoundError,
    "EEXIST EALREADY": errors.AlreadyExistsError,
    "EPERM EACCES EROFS": errors.PermissionDeniedError,
    "ENOTEMPTY EISDIR ENOTDIR EBADF EBUSY ECHILD EPIPE ETXTBSY": errors.FailedPreconditionError,
    "ENOSPC EDQUOT EMFILE EMLINK ENFILE ENOBUFS ENODATA ENOMEM": errors.ResourceExhaustedError,
    "EFBIG EOVERFLOW ERANGE": errors.OutOfRangeError,
    "ENOSYS ENOTSUP EXDEV": errors.UnimplementedError,
    "EAGAIN EINTR ENOLCK": errors.UnavailableError,
    "EDEADLK ESTALE": errors.AbortedError,
    "ECANCELED": errors.CancelledError,
}
_OF_ERRNO = {
    getattr(errno, name): kind for names, kind in _KINDS.items() for name in names.split() if hasattr(errno, name)
}


def os_error(error: OSError, path: Any = None) -> errors.OpError:
    """TensorFlow's error for an error of the operating system.

    Args:
      error: it.
      path: the file, where the error does not say.
    """
    kind = _OF_ERRNO.get(error.errno, errors.UnknownError)
    return kind(None, None, f"{os.fsdecode(error.filename or path or '')}; {error.strerror or error}")


@contextlib.contextmanager
def as_op_errors(path: Any) -> Iterator[None]:
    """Raises TensorFlow's errors for those of the operating system."""
    try:
        yield
    except OSError as error:
        raise os_error(error, path) from error


def make_folder(path: str) -> None:
    """Makes a folder and those above it; it may exist.

    Raises:
      errors.FailedPreconditionError: a file is in the way.
      errors.OpError: another error of the operating system.
    """
    with as_op_errors(path):
        try:
            os.makedirs(path or ".", exist_ok=True)
        except FileExistsError:
            raise NotADirectoryError(errno.ENOTDIR, "Not a directory", path) from None


def strip_scheme(path: Any) -> str:
    """A path as text, without ``file://``."""
    text = os.fsdecode(path)
    return text[len("file://") :] if text.startswith("file://") else text


def matching(pattern: Any) -> list[str]:
    """The files that match a pattern of glob, in the order of the directory; ``*`` also matches names with a dot."""
    pattern = strip_scheme(pattern)
    if not re.search(r"[*?\[\\]", pattern):
        return [pattern] if os.path.exists(pattern) else []
    parts = [part for part in pattern.split(os.sep) if part]
    found = [os.sep if pattern.startswith(os.sep) else "." if re.search(r"[*?\[\\]", parts[0]) else ""]
    for part in parts:
        following = []
        for base in found:
            if not re.search(r"[*?\[\\]", part):
                path = os.path.join(base, part)
                following += [path] if os.path.lexists(path) else []
            elif os.path.isdir(base or "."):
                names = [name for name in os.listdir(base or ".") if fnmatch.fnmatchcase(name, part)]
                following += [os.path.join(base, name) for name in names]
        found = following
    return found


def _text(value: bytes) -> np.ndarray:
    out = np.empty((), dtype=object)
    out[()] = value
    return out


@op("filename: string", host=True)
def read_file(filename, name=None):
    """The contents of a file.

    Args:
      filename: string scalar.
      name: ignored.

    Returns:
      string scalar.

    Raises:
      errors.NotFoundError: there is no such file.

    >>> import kerax as tf
    >>> import tempfile, os
    >>> path = os.path.join(tempfile.mkdtemp(), "a")
    >>> tf.io.write_file(path, "text")
    >>> tf.io.read_file(path).numpy()
    b'text'
    """
    if filename.ndim:
        raise errors.InvalidArgumentError(
            None, None, f"Input filename tensor must be scalar, but had shape: {list(filename.shape)}"
        )
    path = strip_scheme(filename[()])
    try:
        with open(path, "rb") as file:
            return _text(file.read())
    except OSError as error:
        raise os_error(error) from None


def write_file(filename: Any, contents: Any, name: str | None = None) -> None:
    """Writes a string to a file, making its directory if need be.

    Args:
      filename: string scalar.
      contents: string scalar.
      name: ignored.
    """
    _write_file(filename, contents)


@op("filename: string; contents: string", host=True)
def _write_file(filename, contents):
    for label, value in (("filename", filename), ("contents", contents)):
        if value.ndim:
            raise errors.InvalidArgumentError(
                None, None, f"Input {label} tensor must be scalar, but had shape: {list(value.shape)}"
            )
    path = strip_scheme(filename[()])
    try:
        make_folder(os.path.dirname(path))
        write_bytes(path, contents[()])
    except OSError as error:
        raise os_error(error, path) from None
    return np.zeros((), np.bool_)


@op("pattern: string", host=True)
def matching_files(pattern, name=None):
    """The names of the files that match patterns of glob.

    Args:
      pattern: string scalar or vector.
      name: ignored.

    Returns:
      string ``[files]``, sorted.
    """
    found = sorted({path for text in pattern.reshape(-1).tolist() for path in matching(text)})
    out = np.empty(len(found), dtype=object)
    out[:] = [os.fsencode(path) for path in found]
    return out


def match_filenames_once(pattern: Any, name: str | None = None) -> Tensor:
    """The names of the files that match patterns now.

    Args:
      pattern: string scalar or vector.
      name: ignored.

    Returns:
      string ``[files]``, sorted.
    """
    return matching_files(pattern)
