"""``python -m kerax``: run a program written for TensorFlow, unchanged."""

from __future__ import annotations

import builtins
import importlib.machinery
import io
import os
import runpy
import sys
import types
from collections.abc import Sequence
from typing import NoReturn

from . import hook, memory, notebook, programs

USAGE = """usage: kerax SCRIPT.py [ARGUMENT ...]
       kerax NOTEBOOK.ipynb
       kerax -m MODULE [ARGUMENT ...]
       kerax -c CODE [ARGUMENT ...]
       kerax -            (the program comes from standard input)
       kerax --version

Runs a TensorFlow or Keras program on kerax: in it, and in every library it uses, `import tensorflow`, `import
keras`
and `import tf_keras` give kerax."""


def _main_module(filename: str | None) -> types.ModuleType:
    """A fresh module __main__, as Python makes one for a script."""
    module = types.ModuleType("__main__")
    module.__dict__.update(__builtins__=builtins, __spec__=None, __package__=None, __cached__=None)
    if filename is not None:
        module.__file__ = filename
        module.__loader__ = importlib.machinery.SourceFileLoader("__main__", filename)
    sys.modules["__main__"] = module
    return module


def _report(error: BaseException, filename: str | None) -> NoReturn:
    """Show an uncaught exception as Python does, from the user's first line on, and end."""
    trace = error.__traceback__
    while trace is not None and not _is_users(trace.tb_frame, filename):
        trace = trace.tb_next
    error.__traceback__ = trace
    sys.excepthook(type(error), error, trace)
    sys.exit(130 if isinstance(error, KeyboardInterrupt) else 1)


def _is_users(frame: types.FrameType, filename: str | None) -> bool:
    if filename is not None:
        return frame.f_code.co_filename == filename
    own = (os.path.dirname(os.path.abspath(__file__)), "<frozen")
    return not frame.f_code.co_filename.startswith(own) and frame.f_code.co_filename != runpy.__file__


def _execute(source: str | bytes, filename: str, file: str | None) -> None:
    module = _main_module(file)
    try:
        exec(compile(source, filename, "exec", dont_inherit=True), module.__dict__)
    except SystemExit:
        raise
    except BaseException as error:
        _report(error, filename)


def run_script(path: str) -> None:
    """Run the Python program in the file `path` as ``__main__``.

    Raises:
      SystemExit: with Python's message and status 2, where the file cannot be read.
    """
    if os.path.isdir(path) or path.endswith((".zip", ".pyz")):
        sys.path[0] = path
        try:
            runpy.run_path(path, run_name="__main__")
        except SystemExit:
            raise
        except BaseException as error:
            _report(error, None)
        return
    try:
        with io.open_code(os.path.abspath(path)) as file:
            source = file.read()
    except OSError as error:
        print(f"kerax: can't open file '{path}': [Errno {error.errno}] {error.strerror}", file=sys.stderr)
        sys.exit(2)
    sys.path[0] = os.path.dirname(os.path.realpath(path))
    _execute(source, path, path)


def run_module(name: str) -> None:
    """Run the module `name` as ``python -m`` does."""
    sys.path[0] = os.getcwd()
    _main_module(None)
    try:
        runpy.run_module(name, run_name="__main__", alter_sys=True)
    except SystemExit:
        raise
    except ImportError as error:
        if error.name == name and error.__traceback__ is not None and "runpy" in repr(error):
            print(f"kerax: {error}", file=sys.stderr)
            sys.exit(1)
        _report(error, None)
    except BaseException as error:
        _report(error, None)


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line.

    Args:
      arguments: list of str, what follows the command's name (default: `sys.argv`).
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] in ("-h", "--help"):
        print(USAGE, file=sys.stdout if given else sys.stderr)
        sys.exit(0 if given else 2)
    if given[0] in ("-V", "--version"):
        from kerax.version import KERAX_VERSION, VERSION

        print(f"kerax {KERAX_VERSION} (TensorFlow {VERSION})")
        return
    first, rest = given[0], given[1:]
    if first in ("-m", "-c") and not rest:
        print(f"kerax: argument expected for the {first} option", file=sys.stderr)
        sys.exit(2)
    if first.startswith("-") and first not in ("-m", "-c", "-"):
        print(f"kerax: unknown option {first}\n{USAGE}", file=sys.stderr)
        sys.exit(2)
    if not sys.path:
        sys.path.append("")
    memory.keep_freed_memory()
    programs.keep_programs()
    hook.install(subprocesses=True)
    if first == "-m":
        sys.argv[:] = rest
        run_module(rest[0])
    elif first == "-c":
        sys.argv[:] = ["-c", *rest[1:]]
        sys.path[0] = ""
        _execute(rest[0], "<string>", None)
    elif first == "-":
        sys.argv[:] = ["-", *rest]
        sys.path[0] = ""
        _execute(sys.stdin.read(), "<stdin>", None)
    else:
        sys.argv[:] = [first, *rest]
        if first.endswith(".ipynb"):
            sys.path[0] = os.path.dirname(os.path.realpath(first))
            notebook.run_notebook(first, _main_module(first))
        else:
            run_script(first)
