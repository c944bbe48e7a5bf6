"""``keras.utils.get_file``: files from the network, kept in a cache."""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
import tempfile
import urllib.error
import urllib.parse
import urllib.request
import warnings
import zipfile
from typing import Any

from kerax.io.atomic import replacing_path
from kerax.keras.utils.io_utils import print_msg
from kerax.keras.utils.progbar import Progbar


def keras_home() -> str:
    """The cache's folder: ``KERAS_HOME``, or ``~/.keras``."""
    return os.environ.get("KERAS_HOME") or os.path.join(os.path.expanduser("~"), ".keras")


def get_file(
    fname: Any = None,
    origin: str | None = None,
    untar: bool = False,
    md5_hash: str | None = None,
    file_hash: str | None = None,
    cache_subdir: str = "datasets",
    hash_algorithm: str = "auto",
    extract: bool = False,
    archive_format: Any = "auto",
    cache_dir: Any = None,
    force_download: bool = False,
) -> str:
    """The path of a file that is downloaded unless it is in the cache.

    Args:
      fname: str, name in the cache, by default the URL's.
      origin: str, URL.
      untar: bool, an old way to ask for extraction of a tar archive.
      md5_hash: str, an old way to give an MD5 ``file_hash``.
      file_hash: str, MD5 or SHA-256 in hexadecimal, checked after the download and in the cache.
      cache_subdir: str, folder in the cache.
      hash_algorithm: "md5", "sha256" or "auto".
      extract: bool, whether to extract the archive; members that would land outside its folder are skipped.
      archive_format: "auto", "tar", "zip", a list of these, or None.
      cache_dir: str, by default ``KERAS_HOME`` or ``~/.keras``.
      force_download: bool, whether to download in any case.

    Returns:
      str, the file's path, or that of the folder with the extracted archive.

    Raises:
      ValueError: no origin, a path for a name, or a wrong hash.
      Exception: the download failed; the message says where to put the file by hand. A file that was in the cache
        is as before, and a part of a file never is in it.
    """
    if origin is None:
        raise ValueError('Please specify the "origin" argument (URL of the file to download).')
    if md5_hash is not None and file_hash is None:
        file_hash, hash_algorithm = md5_hash, "md5"
    folder = _cache_folder(cache_dir, cache_subdir)
    name = os.fspath(fname) if fname is not None else ""
    if os.sep in name:
        raise ValueError(
            "Paths are no longer accepted as the `fname` argument. To specify the file's parent directory, use the "
            f"`cache_dir` argument. Received: fname={name}"
        )
    given = bool(name)
    name = name or os.path.basename(urllib.parse.urlsplit(origin).path)
    if not name:
        raise ValueError(
            f"Can't parse the file name from the origin provided: '{origin}'.Please specify the `fname` argument."
        )
    target = os.path.join(folder, name)
    extraction_folder = ""
    if extract or untar:
        if given and "." in name:
            extraction_folder = os.path.join(folder, f"{name[: name.find('.')]}_extracted")
        else:
            extraction_folder, target = target, f"{target}_archive"
    if force_download or not _is_cached(target, file_hash, hash_algorithm):
        with replacing_path(target) as downloaded:
            _download(origin, downloaded, target)
            if file_hash is not None and not validate_file(downloaded, file_hash, hash_algorithm):
                raise ValueError(
                    f"Incomplete or corrupted file detected. The {hash_algorithm} file hash does not match the "
                    f"provided value of {file_hash}."
                )
    if not extraction_folder:
        return target
    if not extract_archive(target, extraction_folder, "tar" if untar else archive_format):
        warnings.warn("Could not extract archive.", stacklevel=2)
    return extraction_folder


def _cache_folder(cache_dir: Any, cache_subdir: str) -> str:
    base = os.path.expanduser(os.fspath(cache_dir) if cache_dir is not None else keras_home())
    parent = base
    while not os.path.exists(parent):
        parent = os.path.dirname(parent) or "."
    if not os.access(parent, os.W_OK):
        base = os.path.join("/tmp" if os.path.isdir("/tmp") else tempfile.gettempdir(), ".keras")
    folder = os.path.join(base, cache_subdir)
    os.makedirs(folder, exist_ok=True)
    return folder


def _is_cached(target: str, file_hash: str | None, hash_algorithm: str) -> bool:
    if not os.path.exists(target):
        return False
    if file_hash is None or validate_file(target, file_hash, hash_algorithm):
        return True
    print_msg(
        f"A local file was found, but it seems to be incomplete or outdated because the {hash_algorithm} file hash "
        f"does not match the original value of {file_hash} so we will re-download the data."
    )
    return False


def _download(origin: str, path: str, target: str) -> None:
    print_msg(f"Downloading data from {origin}")
    bar: Progbar | None = None
    finished = False

    def report(block: int, size: int, total: int) -> None:
        nonlocal bar, finished
        if bar is None:
            bar = Progbar(None if total == -1 else total)
        done = block * size
        if bar.target is None or done < bar.target:
            bar.update(done)
        elif not finished:
            bar.update(bar.target)
            finished = True

    try:
        urllib.request.urlretrieve(origin, path, report)
    except urllib.error.URLError as error:
        if isinstance(error, urllib.error.HTTPError):
            reason = f"{error.code} -- {error.msg}"
        else:
            reason = f"{error.errno} -- {error.reason}"
        raise Exception(
            f"URL fetch failure on {origin}: {reason}\nWithout a connection, put the file in place by hand: {target}"
        ) from error


# --- hashes -------------------------------------------------------------------------------------------
def _hasher(algorithm: Any, file_hash: str | None = None) -> Any:
    if algorithm == "sha256" or (algorithm == "auto" and file_hash is not None and len(file_hash) == 64):
        return hashlib.sha256()
    return hashlib.md5()


def hash_file(fpath: Any, algorithm: Any = "sha256", chunk_size: int = 65535) -> str:
    """The hash of a file's content, in hexadecimal."""
    hasher = _hasher(algorithm) if isinstance(algorithm, str) else algorithm
    with open(fpath, "rb") as file:
        for chunk in iter(lambda: file.read(chunk_size), b""):
            hasher.update(chunk)
    return hasher.hexdigest()


def validate_file(fpath: Any, file_hash: str, algorithm: str = "auto", chunk_size: int = 65535) -> bool:
    """Whether a file has the expected hash."""
    return hash_file(fpath, _hasher(algorithm, file_hash), chunk_size) == str(file_hash)


# --- archives -----------------------------------------------------------------------------------------
def extract_archive(file_path: Any, path: Any = ".", archive_format: Any = "auto") -> bool:
    """Extracts a tar or zip archive, leaving out members that would land outside of ``path``.

    Args:
      file_path: str, the archive.
      path: str, the folder.
      archive_format: "auto", "tar", "zip", a list of these, or None for nothing.

    Returns:
      bool, whether it was an archive of the format.

    Differs from TensorFlow: what fails leaves a folder that was there, with all that is in it.
    """
    if archive_format is None:
        return False
    formats = ["tar", "zip"] if archive_format == "auto" else archive_format
    file_path, path = os.fspath(file_path), os.fspath(path)
    for kind in [formats] if isinstance(formats, str) else formats:
        if kind not in ("tar", "zip"):
            raise NotImplementedError(kind)
        if not (tarfile.is_tarfile if kind == "tar" else zipfile.is_zipfile)(file_path):
            continue
        existed = os.path.exists(path)
        try:
            if kind == "tar":
                with tarfile.open(file_path) as archive:
                    archive.extractall(path, members=_safe_tar_members(archive, path), filter="data")
            else:
                with zipfile.ZipFile(file_path) as archive:
                    names = [info for info in archive.infolist() if _is_safe(info.filename, path)]
                    archive.extractall(path, members=names)
        except BaseException:
            if not existed:
                shutil.rmtree(path, ignore_errors=True)
            raise
        return True
    return False


def _inside(path: str, folder: str) -> bool:
    folder = os.path.realpath(folder)
    try:
        return os.path.commonpath([os.path.realpath(path), folder]) == folder
    except ValueError:
        return False


def _is_safe(name: str, folder: str) -> bool:
    if _inside(os.path.join(folder, name), folder):
        return True
    warnings.warn(f"Skipping invalid path during archive extraction: '{name}'.", stacklevel=4)
    return False


def _safe_tar_members(archive: tarfile.TarFile, folder: str) -> list[tarfile.TarInfo]:
    members = []
    for info in archive:
        if not _is_safe(info.name, folder):
            continue
        if info.issym():
            target = os.path.join(folder, os.path.dirname(info.name), info.linkname)
        else:
            target = os.path.join(folder, info.linkname) if info.islnk() else folder
        if _inside(target, folder):
            members.append(info)
        else:
            warnings.warn(f"Skipping invalid path during archive extraction: '{info.name}'.", stacklevel=3)
    return members
