"""Imports point down (core <- op families <- data, train … <- keras <- compat), and never in a circle."""

from __future__ import annotations

import ast
import functools
import pathlib

KERAX = pathlib.Path(__file__).resolve().parents[1] / "kerax"

#: rooms by height; every other room is an op family, between core and these
HEIGHT = {
    "version": 0,
    "core": 0,
    "data": 2,
    "train": 2,
    "distribute": 2,
    "summary": 2,
    "saved_model": 2,
    "graph_util": 2,
    "lookup": 2,
    "test": 2,
    "experimental": 2,
    "feature_column": 2,
    "raw_ops": 2,
    "lite": 2,
    "profiler": 2,
    "keras": 3,
    "estimator": 3,
    "": 4,
    "compat": 5,
    "__main__": 6,
}
OP_FAMILY = 1


def modules() -> dict[str, pathlib.Path]:
    """Every module of kerax by its dotted name."""
    found = {}
    for path in KERAX.rglob("*.py"):
        parts = list(path.relative_to(KERAX.parent).with_suffix("").parts)
        if "children" in parts:
            continue
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


#: imports inside of functions that may go up, with the reason
ALLOWED = {
    ("kerax.keras.saving.serialization", "kerax"): "a lambda read from a file sees the namespace tf",
    ("kerax.nn", "kerax.keras.layers.rnn.cell_wrappers"): "tf.nn's wrappers of cells are Keras layers",
    ("kerax", "kerax.compat.names"): "the explanation of a missing name",
}


@functools.cache
def is_module(name: str) -> bool:
    """True for a dotted name of a file or folder of kerax."""
    path = KERAX.parent.joinpath(*name.split("."))
    return name in MODULES or (name.startswith("kerax.") and path.is_dir())


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


@functools.cache
def imports(module: str) -> frozenset[tuple[str, bool]]:
    """(imported module of kerax, whether the import is at the top of the file) of a module."""
    path = MODULES[module]
    tree = ast.parse(path.read_text(encoding="utf8"))
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    typing = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    inside = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for inner in ast.walk(node)
    }
    found = set()
    for node in ast.walk(tree):
        if id(node) in typing:
            continue
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*parents, *filter(None, [node.module])])
            names = [f"{base}.{alias.name}" if is_module(f"{base}.{alias.name}") else base for alias in node.names]
        found |= {(name, id(node) not in inside) for name in names}
    return frozenset(found)


def test_no_upward_import():
    wrong = []
    for module in MODULES:
        height = HEIGHT.get(room(module), OP_FAMILY)
        for target, _ in imports(module):
            if target.split(".")[0] != "kerax":
                continue
            if (module, target) not in ALLOWED and HEIGHT.get(room(target), OP_FAMILY) > height:
                wrong.append(f"{module} imports {target}")
    assert not wrong, "\n".join(sorted(wrong))


def test_no_cycle_of_rooms():
    edges: dict[str, set[str]] = {}
    where: dict[tuple[str, str], str] = {}
    for module in MODULES:
        for target, top in imports(module):
            if target.split(".")[0] == "kerax" and top and room(target) != room(module):
                edges.setdefault(room(module), set()).add(room(target))
                where[room(module), room(target)] = f"{module} imports {target}"
    done: set[str] = set()

    def visit(name: str, path: list[str]) -> None:
        if name in path:
            circle = [*path[path.index(name) :], name]
            steps = [where[a, b] for a, b in zip(circle, circle[1:], strict=False)]
            raise AssertionError("rooms import one another in a circle:\n" + "\n".join(steps))
        if name in done:
            return
        for target in sorted(edges.get(name, ())):
            visit(target, [*path, name])
        done.add(name)

    for name in sorted(edges):
        visit(name, [])


def test_only_public_jax():
    wrong = [f"{m} imports {t}" for m in MODULES for t, _ in imports(m) if t.startswith(("jax._src", "jaxlib"))]
    assert not wrong, "\n".join(sorted(wrong))


def test_tensorflow_and_keras_are_never_imported():
    roots = ("tensorflow", "keras", "tf_keras", "torch")
    wrong = [f"{m} imports {t}" for m in MODULES for t, _ in imports(m) if t.split(".")[0] in roots]
    assert not wrong, "\n".join(sorted(wrong))


def test_optional_and_heavy_packages_are_imported_where_they_are_used():
    heavy = (
        "PIL",
        "scipy",
        "pyarrow",
        "IPython",
        "matplotlib",
        "h5py",
        "pydot",
        "tensorflow_datasets",
        "tensorboard",
    )
    wrong = [f"{m} imports {t}" for m in MODULES for t, top in imports(m) if top and t.split(".")[0] in heavy]
    assert not wrong, "\n".join(sorted(wrong))


def test_no_star_imports():
    wrong = [m for m, path in MODULES.items() if "import *" in path.read_text(encoding="utf8")]
    assert not wrong


def test_no_file_is_long():
    lengths = {m: len(path.read_text(encoding="utf8").splitlines()) for m, path in MODULES.items()}
    assert not {m: n for m, n in lengths.items() if n > 800}
