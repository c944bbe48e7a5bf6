"""``python -m kerax``: arguments, __main__, tracebacks and exit statuses are those of plain Python."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def kerax(*arguments: str, cwd=None, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    env = os.environ | {"PYTHONPATH": os.pathsep.join(paths)} | environment
    command = [sys.executable, "-m", "kerax", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=env, input=stdin, timeout=180)


def script(folder: pathlib.Path, text: str, name: str = "program.py") -> str:
    (folder / name).write_text(text)
    return str(folder / name)


def test_annotations_are_what_the_script_says_they_are(tmp_path):
    path = script(
        tmp_path,
        "import typing\nimport tensorflow as tf\n"
        "class Written(tf.experimental.ExtensionType):\n    x: 'tf.Tensor'\n"
        "class Plain(tf.experimental.ExtensionType):\n    x: tf.Tensor\n"
        "class Node(tf.experimental.ExtensionType):\n    children: typing.Tuple['Node', ...] = ()\n"
        "print(Plain.__annotations__['x'] is tf.Tensor, Plain(1).x.numpy(), Written(2).x.numpy())\n"
        "print(len(Node([Node(), Node()]).children))\n",
    )
    done = kerax(path)
    assert done.stdout == "True 1 2\n2\n", done.stderr


def test_a_script_sees_what_python_would_show_it(tmp_path):
    (tmp_path / "beside.py").write_text("import keras\nname = keras.__name__\n")
    path = script(
        tmp_path,
        "import sys, pickle\nimport tensorflow as tf\nimport beside\n"
        "class Thing:\n    pass\n"
        "assert pickle.loads(pickle.dumps(Thing())).__class__ is Thing\n"
        "assert sys.modules['__main__'].Thing is Thing\n"
        "print(__name__, __file__ == sys.argv[0], sys.argv[1:], beside.name, tf.__name__, __package__)\n"
        "assert __spec__ is None\n"
        "print(sys.path[0])\n",
    )
    done = kerax(path, "--epochs", "3")
    lines = done.stdout.splitlines()
    assert lines[0] == "__main__ True ['--epochs', '3'] kerax.keras kerax None", done.stderr
    assert lines[1] == str(tmp_path.resolve())
    assert done.returncode == 0


def test_the_traceback_begins_in_the_script(tmp_path):
    path = script(tmp_path, "def fail():\n    raise ValueError('from the script')\n\nfail()\n")
    done = kerax(path)
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert lines[0] == "Traceback (most recent call last):"
    assert lines[1] == f'  File "{path}", line 4, in <module>'
    assert lines[-1] == "ValueError: from the script"
    assert "kerax/compat" not in done.stderr


def test_a_syntax_error_points_into_the_script(tmp_path):
    path = script(tmp_path, "x = (1,\n")
    done = kerax(path)
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == f'  File "{path}", line 1'
    assert "SyntaxError" in done.stderr


@pytest.mark.parametrize(
    ("ending", "status"), [("sys.exit(7)", 7), ("sys.exit()", 0), ("sys.exit('why')", 1), ("pass", 0)]
)
def test_exit_statuses(tmp_path, ending, status):
    done = kerax(script(tmp_path, f"import sys, atexit\natexit.register(print, 'bye')\n{ending}\n"))
    assert done.returncode == status
    assert done.stdout == "bye\n"
    assert ("why" in done.stderr) == ("why" in ending)


def test_an_excepthook_of_the_program_is_used(tmp_path):
    path = script(tmp_path, "import sys\nsys.excepthook = lambda kind, error, trace: print('mine', error)\n1 / 0\n")
    done = kerax(path)
    assert done.stdout == "mine division by zero\n"
    assert done.returncode == 1


def test_files_that_are_not_there(tmp_path):
    done = kerax(str(tmp_path / "nosuch.py"))
    assert done.returncode == 2
    assert "can't open file" in done.stderr and "Traceback" not in done.stderr
    done = kerax(str(tmp_path / "nosuch.ipynb"))
    assert done.returncode == 2
    assert "can't open file" in done.stderr and "Traceback" not in done.stderr


def test_module_code_and_standard_input(tmp_path):
    script(tmp_path, "import sys, keras\nprint(__name__, keras.__name__, sys.argv[1:])\n", "tool.py")
    done = kerax("-m", "tool", "a", "b", cwd=tmp_path)
    assert done.stdout == "__main__ kerax.keras ['a', 'b']\n", done.stderr
    done = kerax("-c", "import sys, keras; print(keras.__name__, sys.argv)", "x")
    assert done.stdout == "kerax.keras ['-c', 'x']\n", done.stderr
    done = kerax("-", stdin="import tensorflow as tf; print(tf.__name__)\n")
    assert done.stdout == "kerax\n", done.stderr
    done = kerax("-m", "no_such_module_at_all")
    assert done.returncode == 1 and "no_such_module_at_all" in done.stderr


def test_the_command_line_explains_itself():
    done = kerax()
    assert done.returncode == 2 and done.stderr.startswith("usage: kerax")
    done = kerax("--help")
    assert done.returncode == 0 and done.stdout.startswith("usage: kerax")
    done = kerax("--version")
    assert done.stdout.startswith("kerax 0") and "2.21" in done.stdout
    done = kerax("--nosuch")
    assert done.returncode == 2 and "unknown option" in done.stderr


def test_processes_of_multiprocessing(tmp_path):
    path = script(
        tmp_path,
        "import multiprocessing\nimport tensorflow as tf\n"
        "def work(n):\n    return int(tf.constant(n) * 2)\n"
        "if __name__ == '__main__':\n"
        "    with multiprocessing.get_context('spawn').Pool(1) as pool:\n"
        "        print(pool.map(work, [1, 2]))\n",
    )
    done = kerax(path)
    assert done.stdout == "[2, 4]\n", done.stderr


def test_autograph_reads_the_source_of_a_script(tmp_path):
    path = script(
        tmp_path,
        "import tensorflow as tf\n"
        "@tf.function\ndef f(x):\n    if tf.reduce_sum(x) > 0:\n        return x\n    return -x\n"
        "print(f(tf.constant([-1.0, -2.0])).numpy())\n",
    )
    done = kerax(path)
    assert done.stdout == "[1. 2.]\n", done.stderr
