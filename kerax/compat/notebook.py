"""Run the code cells of a Jupyter notebook in order, with IPython where it is installed and without it."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import json
import linecache
import os
import re
import sys
import traceback
import types
from typing import Any

#: magics that only matter on a screen, or that ask for what the process has already
_SKIPPED = {
    "matplotlib",
    "config",
    "autoreload",
    "load_ext",
    "reload_ext",
    "tensorflow_version",
    "pylab",
    "precision",
}
#: cell magics that leave the cell a Python cell
_TRANSPARENT = {"time", "capture", "prun"}
_MAGIC = re.compile(r"^(\s*)(%%?|!)\s*(\w*)(.*)$")


def read_cells(path: str) -> list[str]:
    """The sources of the code cells of the notebook in the file `path`.

    Raises:
      SystemExit: with a message and status 2, where the file cannot be read or is not a notebook.
    """
    try:
        with open(path, encoding="utf8") as file:
            content = json.load(file)
        sheets = content.get("worksheets") or [content]
        cells = [cell for sheet in sheets for cell in sheet["cells"] if cell["cell_type"] == "code"]
    except OSError as error:
        print(f"kerax: can't open file '{path}': [Errno {error.errno}] {error.strerror}", file=sys.stderr)
        sys.exit(2)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"kerax: '{path}' is not a Jupyter notebook: {type(error).__name__}: {error}", file=sys.stderr)
        sys.exit(2)
    sources = (cell.get("source", cell.get("input", "")) for cell in cells)
    return [source if isinstance(source, str) else "".join(source) for source in sources]


def run_notebook(path: str, module: types.ModuleType) -> None:
    """Run a notebook's code cells in order in `module`; the first cell that fails ends the run with status 1.

    Args:
      path: str, the ``.ipynb`` file.
      module: the module ``__main__`` for the cells.
    """
    cells = read_cells(path)
    os.environ.setdefault("MPLBACKEND", "Agg")
    module.__dict__.pop("__file__", None)
    if importlib.util.find_spec("IPython") is not None:
        _run_with_ipython(cells, module)
    else:
        _run_plainly(cells, module)


def _run_with_ipython(cells: list[str], module: types.ModuleType) -> None:
    interactive = importlib.import_module("IPython.core.interactiveshell")
    shell = interactive.InteractiveShell.instance(user_module=module, user_ns=module.__dict__, colors="nocolor")
    shell.history_manager.enabled = False
    for number, source in enumerate(cells, 1):
        source = _without_display_magics(source)
        result = shell.run_cell(source, store_history=True)
        sys.stdout.flush()
        error = result.error_before_exec or result.error_in_exec
        if isinstance(error, SystemExit):
            raise error
        if error is not None:
            print(f"kerax: cell {number} failed", file=sys.stderr)
            sys.exit(1)


def _without_display_magics(source: str) -> str:
    """Blank the lines that choose how plots are shown, which have no meaning outside of a notebook."""
    lines = source.split("\n")
    return "\n".join("" if re.match(r"\s*%(matplotlib|pylab|config)\b", line) else line for line in lines)


def _python_of(source: str, number: int) -> str:
    """A cell as plain Python: display magics become ``pass``, other magics are refused.

    Raises:
      SystemExit: with a message and status 1, where the cell needs IPython.
    """
    lines = source.split("\n")
    for i, line in enumerate(lines):
        found = _MAGIC.match(line)
        if found is None or _inside_string(lines[:i]):
            continue
        indent, sign, name, rest = found.groups()
        if sign == "%%" and name in _TRANSPARENT and not any(x.strip() for x in lines[:i]):
            lines[i] = ""
        elif sign == "%" and name == "time" and rest.strip():
            lines[i] = indent + rest.strip()
        elif sign == "%" and name in _SKIPPED:
            lines[i] = indent + "pass"
        else:
            print(
                f"kerax: cell {number}: {line.strip()!r} needs IPython: pip install 'kerax[notebook]'",
                file=sys.stderr,
            )
            sys.exit(1)
    return "\n".join(lines)


def _inside_string(before: list[str]) -> bool:
    """True where the lines before end inside of a string or a bracket: ``%`` is then Python's."""
    try:
        ast.parse("\n".join(before))
    except SyntaxError as error:
        text = str(error.msg)
        return "unterminated triple-quoted" in text or "was never closed" in text
    return False


def _run_plainly(cells: list[str], module: types.ModuleType) -> None:
    for number, source in enumerate(cells, 1):
        code = _python_of(source, number)
        filename = f"<cell {number}>"
        linecache.cache[filename] = (len(code), None, code.splitlines(True), filename)
        try:
            _run_cell(code, filename, module)
        except SystemExit:
            raise
        except BaseException as error:
            trace = error.__traceback__
            while trace is not None and trace.tb_frame.f_code.co_filename != filename:
                trace = trace.tb_next
            traceback.print_exception(type(error), error, trace)
            print(f"kerax: cell {number} failed", file=sys.stderr)
            sys.exit(130 if isinstance(error, KeyboardInterrupt) else 1)


def _run_cell(code: str, filename: str, module: types.ModuleType) -> None:
    """Execute a cell; show the value of a last expression that no semicolon follows."""
    tree = ast.parse(code, filename)
    last: Any = tree.body[-1] if tree.body else None
    shown = isinstance(last, ast.Expr) and not code.rstrip().endswith(";")
    if shown:
        tree.body.pop()
    exec(compile(tree, filename, "exec", dont_inherit=True), module.__dict__)
    if shown:
        value = eval(compile(ast.Expression(last.value), filename, "eval", dont_inherit=True), module.__dict__)
        if value is not None:
            module.__dict__["_"] = value
            print(repr(value))


def load_ipython_extension(ipython: Any) -> None:
    """``%load_ext kerax``: from here on ``import tensorflow`` gives kerax in this notebook.

    Args:
      ipython: the IPython shell.

    Raises:
      RuntimeError: where the notebook has imported the real TensorFlow or Keras already.
    """
    from . import hook

    hook.install()


def unload_ipython_extension(ipython: Any) -> None:
    """``%unload_ext kerax``."""
    from . import hook

    hook.uninstall()
