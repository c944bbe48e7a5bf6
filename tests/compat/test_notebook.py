"""Notebooks: run from the command line with and without IPython, and in a real Jupyter kernel."""

from __future__ import annotations

import json
import pathlib

import pytest

from kerax.compat import notebook

from .test_script import ROOT, kerax


def write(folder: pathlib.Path, *cells: str) -> str:
    content = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {},
        "cells": [
            {"cell_type": "markdown", "metadata": {}, "source": "words"},
            *(
                {
                    "cell_type": "code",
                    "metadata": {},
                    "outputs": [],
                    "execution_count": None,
                    "source": c.splitlines(True),
                }
                for c in cells
            ),
        ],
    }
    path = folder / "book.ipynb"
    path.write_text(json.dumps(content))
    return str(path)


@pytest.fixture(params=["with IPython", "without IPython"])
def run(request, tmp_path):
    """Run a notebook from the command line; without IPython, by hiding it."""
    hidden = tmp_path / "hidden"
    if request.param == "without IPython":
        hidden.mkdir()
        (hidden / "sitecustomize.py").write_text(
            "import importlib.util\nfind = importlib.util.find_spec\n"
            "importlib.util.find_spec = lambda name, *a: None if name == 'IPython' else find(name, *a)\n"
        )

    def run(*cells: str):
        import os

        paths = os.pathsep.join([str(hidden), str(ROOT)])
        return kerax(write(tmp_path, *cells), PYTHONPATH=paths, IPYTHONDIR=str(tmp_path / "ipython"))

    run.plain = request.param == "without IPython"
    return run


def test_cells_run_in_order_in_one_namespace(run):
    done = run(
        "%matplotlib inline\nimport tensorflow as tf\nx = tf.constant([1, 2])",
        "def twice(v):\n    return v * 2\nprint(twice(x).numpy())",
        "x.shape[0] + 40",
        "x.shape[0];",
    )
    assert done.returncode == 0, done.stderr
    assert "[2 4]" in done.stdout
    assert "42" in done.stdout
    if run.plain:
        assert done.stdout == "[2 4]\n42\n"


def test_the_first_error_ends_the_run(run):
    done = run("print('one')", "value = 3\nraise KeyError(value)", "print('never')")
    assert done.returncode == 1
    assert "one" in done.stdout and "never" not in done.stdout
    assert "KeyError: 3" in done.stdout + done.stderr
    assert "cell 2 failed" in done.stderr


def test_autograph_reads_the_source_of_a_cell(run):
    done = run(
        "import tensorflow as tf",
        "@tf.function\ndef f(x):\n    if tf.reduce_sum(x) > 0:\n        return x\n    return -x",
        "print(f(tf.constant([-1.0])).numpy())",
    )
    assert "[1.]" in done.stdout, done.stderr


def test_what_functions_print_is_in_the_notebook(run):
    done = run(
        "import tensorflow as tf",
        "@tf.function\ndef f(x):\n    tf.print('now', x)\nf(tf.constant(1))\ntf.print('then', output_stream='file:///dev/null')",
    )
    shown = done.stderr if run.plain else done.stdout
    assert "now 1\n" in shown and "then" not in shown, done.stderr


def test_magics(run):
    done = run("%%time\nx = 6 * 7", "%time y = x", "%load_ext autoreload\nprint(y)", "!echo from the shell")
    if run.plain:
        assert "42" in done.stdout
        assert done.returncode == 1
        assert "'!echo from the shell' needs IPython" in done.stderr
    else:
        assert done.returncode == 0, done.stderr
        assert "42" in done.stdout and "from the shell" in done.stdout


def test_percent_signs_inside_of_python():
    source = 'text = """\n%d of it\n"""\nvalue = (7\n % 4)\n%matplotlib inline\nprint(value)'
    assert notebook._python_of(source, 1) == source.replace("%matplotlib inline", "pass")


def test_a_file_that_is_not_a_notebook(tmp_path, capsys):
    path = tmp_path / "book.ipynb"
    for text in ("no json", "[]", '{"cells": 3}'):
        path.write_text(text)
        with pytest.raises(SystemExit) as stop:
            notebook.read_cells(str(path))
        assert stop.value.code == 2
        assert "is not a Jupyter notebook" in capsys.readouterr().err


@pytest.mark.filterwarnings("default")
def test_load_ext_in_a_jupyter_kernel(tmp_path, monkeypatch):
    import os

    import nbclient
    import nbformat

    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    book = nbformat.v4.new_notebook()
    sources = ["%load_ext kerax", "import tensorflow as tf\ntf.__name__", "tf.constant([1, 2])"]
    book.cells = [nbformat.v4.new_code_cell(source) for source in sources]
    nbclient.NotebookClient(book, timeout=120, kernel_name="python3").execute()
    shown = [cell.outputs[0]["data"]["text/plain"] for cell in book.cells[1:]]
    assert shown == ["'kerax'", "<tf.Tensor: shape=(2,), dtype=int32, numpy=array([1, 2], dtype=int32)>"]
