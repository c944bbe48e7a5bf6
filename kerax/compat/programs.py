"""Compiled programs kept on disk, by a process that is kerax' own, for the next run to find."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pathlib
import platform
import stat
import time
import warnings

import jax

_LIMIT = 512 << 20  # bytes
_DAY = 24 * 3600  # seconds


def keep_programs() -> None:
    """Lets JAX keep what XLA compiles in the user's cache folder: a short script spends much of its time on that.

    The folder is ``kerax`` in ``XDG_CACHE_HOME`` (``~/.cache``); once a day its oldest files go if it holds 512 MiB.
    What the user said with JAX's own settings stands; ``JAX_ENABLE_COMPILATION_CACHE=0`` is the way to have none. For
    the command ``kerax`` alone: as a library kerax leaves such settings to the program it is used by. Nothing is kept
    where the folder cannot be written, or is not the user's alone.
    """
    if jax.config.jax_compilation_cache_dir is not None or not jax.config.jax_enable_compilation_cache:
        return
    try:
        base = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
        if not base.parent.is_dir():  # a home that is but a name, as of users that run services
            return
        root = base / "kerax"
        folder = root / _processor()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_private(folder):
            return
        if _is_due(root / "pruned"):
            _prune(root)
    except (OSError, RuntimeError):  # RuntimeError: there is no home
        return
    jax.config.update("jax_compilation_cache_dir", str(folder))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
    # a full disk, or a file that another process has not written to its end: then XLA compiles, as it would have
    warnings.filterwarnings("ignore", "Error (reading|writing) persistent compilation cache entry")


def _processor() -> str:
    """A name for the kind of processor: code for one may not run on another, and homes are shared."""
    found = [platform.machine()]
    with contextlib.suppress(OSError), open("/proc/cpuinfo", encoding="utf8") as file:
        found += sorted({line for line in file if line.startswith(("flags", "Features"))})
    return hashlib.sha256("\n".join(found).encode()).hexdigest()[:16]


def _is_private(folder: pathlib.Path) -> bool:
    """Whether nobody else can put programs there: they are run."""
    if not hasattr(os, "getuid"):
        return True
    found = folder.stat()
    writable = stat.S_IWGRP | stat.S_IWOTH
    return found.st_uid == os.getuid() and not found.st_mode & writable and os.access(folder, os.W_OK)


def _is_due(marker: pathlib.Path) -> bool:
    """Whether a day has passed since this was so: a run need not wait until all files have been looked at."""
    if marker.exists() and time.time() - marker.stat().st_mtime < _DAY:
        return False
    marker.touch()
    return True


def _prune(root: pathlib.Path) -> None:
    """Removes the files that were not used for longest when there are too many, to half of the limit."""
    files = []
    for path in root.rglob("*"):
        with contextlib.suppress(FileNotFoundError):
            found = path.stat()
            if stat.S_ISREG(found.st_mode):
                files.append((max(found.st_atime, found.st_mtime), found.st_size, path))
    total = sum(size for _, size, _ in files)
    if total <= _LIMIT:
        return
    for _, size, path in sorted(files):
        if total <= _LIMIT // 2:
            return
        path.unlink(missing_ok=True)
        total -= size
