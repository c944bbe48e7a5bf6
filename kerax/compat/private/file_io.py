"""``tensorflow.python.lib.io.file_io``: ``tf.io.gfile`` under TensorFlow 1's names."""

from __future__ import annotations

from typing import Any

from kerax.core import errors
from kerax.io import gfile as _gfile
from kerax.io.atomic import write_bytes
from kerax.io.file_io import as_op_errors
from kerax.io.gfile import GFile as FileIO
from kerax.io.gfile import copy as copy
from kerax.io.gfile import rename as rename
from kerax.io.gfile import stat as stat
from kerax.io.gfile import walk as walk

file_exists = file_exists_v2 = _gfile.exists
delete_file = delete_file_v2 = _gfile.remove
delete_recursively = delete_recursively_v2 = _gfile.rmtree
get_matching_files = get_matching_files_v2 = _gfile.glob
create_dir = create_dir_v2 = _gfile.mkdir
recursive_create_dir = recursive_create_dir_v2 = _gfile.makedirs
is_directory = is_directory_v2 = _gfile.isdir
list_directory = list_directory_v2 = _gfile.listdir
copy_v2, rename_v2, stat_v2, walk_v2 = copy, rename, stat, walk


def read_file_to_string(filename: Any, binary_mode: bool = False) -> Any:
    """All of a file: str, or bytes in ``binary_mode``."""
    with FileIO(filename, "rb" if binary_mode else "r") as file:
        return file.read()


def write_string_to_file(filename: Any, file_content: Any) -> None:
    """Writes a file."""
    with FileIO(filename, "wb" if isinstance(file_content, bytes) else "w") as file:
        file.write(file_content)


def atomic_write_string_to_file(filename: Any, contents: Any, overwrite: bool = True) -> None:
    """Writes a file that is whole or not there.

    Raises:
      AlreadyExistsError: it is there, and is not to be overwritten.
    """
    if not overwrite and file_exists(filename):
        raise errors.AlreadyExistsError(None, None, f"file already exists: {filename}")
    with as_op_errors(filename):
        write_bytes(filename, contents if isinstance(contents, bytes) else contents.encode())
