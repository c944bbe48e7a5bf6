"""Every example as a user runs it."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))


def test_there_are_examples():
    assert len(EXAMPLES) > 10


@pytest.mark.parametrize("script", EXAMPLES, ids=[p.stem for p in EXAMPLES])
def test_example(script, tmp_path):
    text = script.read_text(encoding="utf8")
    assert "import tensorflow as tf" in text and "kerax." not in text
    paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    # the 8×8 digits that travel with the examples, also where Fashion-MNIST is installed
    env = os.environ | {
        "PYTHONPATH": paths,
        "FASHION_MNIST": str(tmp_path)[:-1] + "-none",
        "MPLBACKEND": "Agg",
    }
    command = [sys.executable, "-m", "kerax", str(script)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=env, timeout=240)
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout
    assert not any(tmp_path.iterdir()), "an example leaves nothing behind in the current folder"
