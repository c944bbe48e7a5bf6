"""What the command ``kerax`` compiled is found by its next run, and nothing is lost where it is not."""

from __future__ import annotations

import os
import pathlib

from kerax.compat import programs
from tests.compat.test_script import kerax, script

_PROGRAM = """
import jax, tensorflow as tf
seen = []
jax.monitoring.register_event_listener(lambda event, **kwargs: seen.append(event))
print(tf.linalg.svd([[3., 0.], [0., 4.]], compute_uv=False).numpy())
print(seen.count("/jax/compilation_cache/cache_hits"), seen.count("/jax/compilation_cache/cache_misses"))
"""


def run(folder: pathlib.Path, **environment: str) -> tuple[int, int]:
    """Runs the program; how often it found what it compiles, and how often it did not."""
    given = {"XDG_CACHE_HOME": str(folder / "cache"), "JAX_ENABLE_COMPILATION_CACHE": "1"} | environment
    done = kerax(script(folder, _PROGRAM), **given)
    assert done.returncode == 0 and not done.stderr, done.stderr
    values, counts = done.stdout.splitlines()
    assert values == "[4. 3.]"
    hits, misses = map(int, counts.split())
    return hits, misses


def files(folder: pathlib.Path) -> list[pathlib.Path]:
    return sorted(folder.glob("cache/kerax/*/*"))


def test_the_next_run_finds_what_was_compiled(tmp_path):
    hits, misses = run(tmp_path)
    kept = files(tmp_path)
    assert misses and not hits and len(kept) == misses
    assert all(path.parent.stat().st_mode & 0o077 == 0 for path in kept)
    assert run(tmp_path) == (misses, 0)
    for path in kept:  # as a process that was killed leaves them
        path.write_bytes(path.read_bytes()[:50])
    assert run(tmp_path) == (0, misses)


def test_what_the_user_says_stands(tmp_path):
    assert run(tmp_path, JAX_ENABLE_COMPILATION_CACHE="0") == (0, 0)
    run(tmp_path, JAX_COMPILATION_CACHE_DIR=str(tmp_path / "own"))
    assert not files(tmp_path)


def test_without_a_folder_of_the_users_alone_nothing_is_kept(tmp_path):
    (tmp_path / "cache").write_text("a file")
    assert run(tmp_path) == (0, 0)
    (tmp_path / "cache").unlink()
    folder = tmp_path / "cache" / "kerax" / programs._processor()
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    assert run(tmp_path) == (0, 0) and not files(tmp_path)
    home = tmp_path / "nobody"
    assert run(tmp_path, HOME=str(home), XDG_CACHE_HOME="") == (0, 0) and not home.exists()


def test_the_oldest_files_go_when_there_are_too_many(tmp_path, monkeypatch):
    monkeypatch.setattr(programs, "_LIMIT", 60)
    (tmp_path / "one").mkdir()
    for number in range(10):
        path = tmp_path / "one" / str(number)
        path.write_bytes(bytes(6))
        os.utime(path, (number, number))
    assert programs._is_due(tmp_path / "pruned") and not programs._is_due(tmp_path / "pruned")
    programs._prune(tmp_path)
    assert len(list(tmp_path.glob("*/*"))) == 10
    (tmp_path / "one" / "folder").mkdir()
    (tmp_path / "one" / "folder" / "new").write_bytes(bytes(6))
    programs._prune(tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["6", "7", "8", "9", "new", "pruned"]
    os.utime(tmp_path / "pruned", (0, 0))
    assert programs._is_due(tmp_path / "pruned")
