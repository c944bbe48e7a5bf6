"""Everything that checks or measures this project, by name: ``nox -l`` lists it, ``nox -s NAME`` runs one.

Sessions run in the environment nox itself is installed in, except those that need versions of their own.
"""

from __future__ import annotations

import os
import pathlib
import sys

import nox

nox.options.sessions = ["lint", "types", "tests"]
nox.options.default_venv_backend = "none"

ROOT = pathlib.Path(__file__).resolve().parent
#: a Python with tensorflow 2.21, keras 3.15 and tf-keras 2.21, for the sessions that record reference answers
TF_PYTHON = os.environ.get("TF_PYTHON", "python-with-tensorflow")


def python(session: nox.Session, *arguments: str, **options) -> None:
    """Run this environment's Python."""
    session.run(sys.executable, *arguments, external=True, **options)


@nox.session
def tests(session: nox.Session) -> None:
    """The test suite: unit tests, parity with TensorFlow's recorded answers, docstring examples."""
    python(session, "-m", "pytest", *(session.posargs or ["-n", "auto"]))


@nox.session
def slow(session: nox.Session) -> None:
    """The tests that the suite leaves out for their length."""
    python(session, "-m", "pytest", "-m", "slow", *(session.posargs or ["-n", "auto"]))


@nox.session
def lint(session: nox.Session) -> None:
    """Style and format."""
    python(session, "-m", "ruff", "check", ".")
    python(session, "-m", "ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """The public surface as a type checker sees it."""
    python(session, "-m", "mypy", "tests/typing")


@nox.session
def examples(session: nox.Session) -> None:
    """Every script in examples/, as a user runs it."""
    for script in sorted((ROOT / "examples").glob("*.py")):
        python(session, "-m", "kerax", str(script), env={"MPLBACKEND": "Agg"})


@nox.session
def benchmarks(session: nox.Session) -> None:
    """Times beside JAX by hand and other peers; see benchmarks/README.md."""
    python(session, "benchmarks/counts.py")
    python(session, "benchmarks/memory.py")
    python(session, "benchmarks/run.py", *session.posargs)


@nox.session
def record(session: nox.Session) -> None:
    """Record reference answers from TensorFlow: ``TF_PYTHON=… nox -s record -- [FAMILY …] [--all]``."""
    session.run(TF_PYTHON, "tests/parity/record.py", *session.posargs, external=True)


@nox.session
def record_api(session: nox.Session) -> None:
    """Record TensorFlow's public names and signatures."""
    session.run(TF_PYTHON, "tests/api/record.py", external=True)


@nox.session
def coverage(session: nox.Session) -> None:
    """Which of TensorFlow's public names kerax has."""
    python(session, "-m", "tests.api.coverage", *session.posargs)


@nox.session
def size(session: nox.Session) -> None:
    """Lines by folder, and the longest files."""
    counts = {p: len(p.read_text(encoding="utf8").splitlines()) for p in (ROOT / "kerax").rglob("*.py")}
    rooms: dict[str, int] = {}
    for path, lines in counts.items():
        parts = path.relative_to(ROOT).parts
        rooms["/".join(parts[:2])] = rooms.get("/".join(parts[:2]), 0) + lines
    for room, lines in sorted(rooms.items(), key=lambda item: -item[1]):
        print(f"{lines:7} {room}")
    print(f"{sum(counts.values()):7} in all")
    for path, lines in sorted(counts.items(), key=lambda item: -item[1])[:10]:
        print(f"{lines:7} {path.relative_to(ROOT)}")


def _with_jax(session: nox.Session, *versions: str) -> None:
    session.install("-e", ".[test]", *versions)
    session.run("python", "-m", "pytest", *(session.posargs or ["-n", "auto"]))


@nox.session(venv_backend="venv")
def jax_lowest(session: nox.Session) -> None:
    """The tests on the oldest JAX that pyproject.toml admits."""
    _with_jax(session, "jax==0.7.*", "jaxlib==0.7.*")


@nox.session(venv_backend="venv")
def jax_highest(session: nox.Session) -> None:
    """The tests on the newest JAX that pyproject.toml admits."""
    _with_jax(session, "--upgrade", "--upgrade-strategy=eager")
