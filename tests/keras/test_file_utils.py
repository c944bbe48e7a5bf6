"""``get_file``: a cache holds whole files only, and what is in it outlives a failed download."""

from __future__ import annotations

import http.server
import io
import tarfile
import threading
import zipfile

import pytest

import kerax as tf
from kerax.keras.utils.file_utils import extract_archive

CONTENT = b"content" * 1000


@pytest.fixture
def server(tmp_path):
    """A server, and what it saw of the cache when half of the file was sent."""
    seen = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", str(len(CONTENT)))
            self.end_headers()
            self.wfile.write(CONTENT[:3500])
            self.wfile.flush()
            seen.append((tmp_path / "datasets" / "file").exists())
            if "cut" not in self.path:
                self.wfile.write(CONTENT[3500:])

        def log_message(self, *_):
            pass

    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}", seen
    running.shutdown()
    running.server_close()


def get(url, folder, **options):
    return tf.keras.utils.get_file("file", url, cache_dir=str(folder), **options)


def test_a_file_appears_when_it_is_whole(tmp_path, server):
    url, seen = server
    with open(get(f"{url}/whole", tmp_path), "rb") as file:
        assert file.read() == CONTENT
    assert seen == [False]


def test_a_download_that_fails_leaves_the_cache_as_it_was(tmp_path, server):
    url, _ = server
    cache = tmp_path / "datasets"
    with pytest.raises(Exception, match="URL fetch failure.*\n.*by hand: .*file"):
        get(f"{url}/cut", tmp_path)
    with pytest.raises(ValueError, match="Incomplete or corrupted file"):
        get(f"{url}/whole", tmp_path, file_hash="0" * 32)
    assert list(cache.iterdir()) == []
    (cache / "file").write_bytes(b"old")
    for options in ({}, {"file_hash": "0" * 32}):
        with pytest.raises(Exception, match="URL fetch|Incomplete"):
            get(f"{url}/{'whole' if options else 'cut'}", tmp_path, force_download=True, **options)
    assert [path.read_bytes() for path in cache.iterdir()] == [b"old"]


def test_a_damaged_archive_leaves_the_folder_it_was_for(tmp_path):
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "mine").write_bytes(b"mine")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", CONTENT)
    data = packed.getvalue()
    (tmp_path / "bad.zip").write_bytes(data[:33] + b"\xff" * 20 + data[53:])
    with tarfile.open(tmp_path / "bad.tar", "w") as archive:
        device = tarfile.TarInfo("device")
        device.type = tarfile.CHRTYPE
        archive.addfile(device)
    for name in ("bad.zip", "bad.tar"):
        with pytest.raises(Exception, match=r"device|decompress|CRC"):
            tf.keras.utils.get_file(origin=f"file://{tmp_path / name}", cache_dir=str(tmp_path), extract=True)
        assert not (tmp_path / "datasets" / name).exists()
        with pytest.raises(Exception, match=r"device|decompress|CRC"):
            extract_archive(tmp_path / name, kept)
        assert (kept / "mine").read_bytes() == b"mine"
