"""``tf.saved_model.load`` and ``contains_saved_model``."""

from __future__ import annotations

import json
import os
from typing import Any

import numpy as np

from kerax.core import dtypes, errors
from kerax.core.context import context
from kerax.core.random_state import generator
from kerax.core.state import init_scope
from kerax.core.tensor import convert_to_tensor
from kerax.core.variable import Variable
from kerax.saved_model import constants, tensorflow_model
from kerax.saved_model.asset import Asset
from kerax.saved_model.options import LoadOptions
from kerax.saved_model.restored import (
    LoadedProgram,
    RestoredConcrete,
    RestoredFunction,
    SignatureFunction,
    SignatureMap,
    UserObject,
)
from kerax.saved_model.save import CONSTANTS, DESCRIPTION, PROGRAMS
from kerax.saved_model.structure import decode
from kerax.train.restoration import saved_graph
from kerax.train.tensor_bundle import BundleReader

_LARGEST = 1 << 40  # bytes of one variable


def contains_saved_model(export_dir: Any) -> bool:
    """Whether a folder holds a SavedModel.

    Args:
      export_dir: str.

    >>> import kerax as tf
    >>> tf.saved_model.contains_saved_model("no/such/folder")
    False
    """
    folder = os.fspath(export_dir)
    names = (constants.SAVED_MODEL_FILENAME_PB, constants.SAVED_MODEL_FILENAME_PBTXT, DESCRIPTION)
    return any(os.path.isfile(os.path.join(folder, name)) for name in names)


def load(export_dir: Any, tags: Any = None, options: LoadOptions | None = None) -> Any:
    """Loads what ``tf.saved_model.save`` saved.

    Args:
      export_dir: str, the folder.
      tags: str or sequence of str, tags that the SavedModel must have.
      options: ``LoadOptions``.

    Returns:
      An object with the saved one's variables, functions and ``signatures``.

    Raises:
      OSError: there is no SavedModel.
      ValueError: other tags.
      errors.DataLossError: it is damaged.

    Differs from TensorFlow: of what TensorFlow wrote, functions that take or return composite tensors, the loops of
    TensorFlow 1 and ops that ``tf.raw_ops`` lacks cannot be run; a function says so when it is called.
    """
    folder = os.fspath(export_dir)
    options = options or LoadOptions()
    path = os.path.join(folder, DESCRIPTION)
    if not os.path.isfile(path):
        if contains_saved_model(folder):
            with init_scope():
                return tensorflow_model.read(folder, tags, options)
        raise OSError(
            f"SavedModel file does not exist at: {folder}{os.sep}{{{constants.SAVED_MODEL_FILENAME_PBTXT}|"
            f"{constants.SAVED_MODEL_FILENAME_PB}}}"
        )
    with open(path, "rb") as file:
        text = file.read()
    try:
        description = json.loads(text.decode())
        with init_scope():
            return _Reader(folder, description, tags, options).root()
    except (
        KeyError, IndexError, TypeError, AttributeError, UnicodeDecodeError, json.JSONDecodeError, RecursionError
    ) as error:  # fmt: skip
        raise errors.DataLossError(None, None, f"The SavedModel at {folder} is damaged: {error!r}") from error


class _Reader:
    def __init__(self, folder: str, description: dict[str, Any], tags: Any, options: LoadOptions) -> None:
        self.folder, self.description, self.options = folder, description, options
        wanted = [tags] if isinstance(tags, str) else list(tags or ())
        if set(wanted) - set(description["tags"]):
            raise ValueError(
                f"Importing a SavedModel with `tf.saved_model.load` requires a `tags=` argument if there is more than "
                f"one MetaGraph. Got `tags={tags}`, but the SavedModel has the tags {description['tags']}."
            )
        self.objects: list[Any] = []
        self._concretes: dict[str, RestoredConcrete] = {}
        self._generators = [generator(start) for start in description.get("generators", ())]
        bundle = os.path.join(folder, PROGRAMS, CONSTANTS)
        self._constants = BundleReader(bundle) if os.path.exists(f"{bundle}.index") else None

    def root(self) -> Any:
        entries = self.description["objects"]
        values = self._values()
        for number, entry in enumerate(entries):
            self.objects.append(self._empty(number, entry, values))
        for number in reversed(range(len(entries))):
            if entries[number]["kind"] in ("tuple", "list", "dict"):
                self._container(number)
        functions = [self._function(entry) for entry in self.description["functions"]]
        for number, entry in enumerate(entries):
            if entry["kind"] in ("object", "dict"):
                put = self.objects[number].__setitem__ if entry["kind"] == "dict" else None
                for name, child in entry["children"].items():
                    if put is None:
                        setattr(self.objects[number], name, self.objects[child])
                for name, function in entry["functions"].items():
                    if put is None:
                        setattr(self.objects[number], name, functions[function])
                    else:
                        put(name, functions[function])
        root = self.objects[0]
        signatures = {}
        for key, entry in self.description["signatures"].items():
            signatures[key] = SignatureFunction(key, self._concrete(entry), entry["output_names"])
        root.signatures = SignatureMap(signatures)
        root.graph_debug_info = None
        root.tensorflow_version = "kerax"
        if self.options.experimental_load_function_aliases:
            root.function_aliases = {
                alias: [concrete.name for concrete in functions[number].concrete_functions]
                for alias, number in self.description["aliases"].items()
            }
        return root

    def _values(self) -> dict[int, np.ndarray]:
        """The saved value of each variable, by the number of its object."""
        if self.options.experimental_skip_checkpoint:
            return {}
        prefix = os.path.join(self.folder, constants.VARIABLES_DIRECTORY, constants.VARIABLES_FILENAME)
        if not os.path.exists(f"{prefix}.index"):
            return {}
        reader = BundleReader(prefix)
        graph = saved_graph(reader)
        return {
            number: reader.read(attribute.checkpoint_key)
            for number, node in enumerate(graph.nodes)
            for attribute in node.attributes
            if attribute.name == "VARIABLE_VALUE"
        }

    def _empty(self, number: int, entry: dict[str, Any], values: dict[int, np.ndarray]) -> Any:
        kind = entry["kind"]
        if kind == "variable":
            return self._variable(number, entry, values)
        if kind == "asset":
            name = entry["file"]
            if os.path.basename(name) != name or name in ("", ".", ".."):
                raise ValueError(f"Invalid asset name in the SavedModel: {name!r}")
            return Asset(os.path.join(self.folder, constants.ASSETS_DIRECTORY, name))
        return {"object": UserObject, "list": list, "dict": dict, "tuple": list}[kind]()

    def _variable(self, number: int, entry: dict[str, Any], values: dict[int, np.ndarray]) -> Variable:
        dtype = dtypes.as_dtype(entry["dtype"])
        value = values.get(number)
        if value is None:
            if not (self.options.experimental_skip_checkpoint or self.options.allow_partial_checkpoint) and values:
                raise errors.NotFoundError(
                    None, None, f"The SavedModel has no value of the variable {entry['name']!r}."
                )
            shape = [size or 0 for size in entry["shape"] or ()]
            if np.prod(shape, dtype=np.float64) * dtype.size > _LARGEST:
                raise ValueError(f"The variable {entry['name']!r} is too large: {shape}")
            value = np.full(shape, b"", object) if dtype is dtypes.string else np.zeros(shape, dtype.dtype)
        scopes, context.name_scopes = context.name_scopes, []
        try:
            return Variable(value, trainable=entry["trainable"], name=entry["name"], dtype=dtype, shape=entry["shape"])
        finally:
            context.name_scopes = scopes

    def _container(self, number: int) -> None:
        entry = self.description["objects"][number]
        value = self.objects[number]
        if entry["kind"] == "dict":
            value.update({name: self.objects[child] for name, child in entry["children"].items()})
            return
        places = sorted((int(name), child) for name, child in entry["children"].items())
        value.extend([self.objects[child] for _, child in places])
        if entry["kind"] == "tuple":
            self.objects[number] = tuple(value)

    # --- functions ----------------------------------------------------------------------------------------
    def _function(self, entry: dict[str, Any]) -> Any:
        if entry["problem"] and not entry["concretes"]:
            return _Missing(entry["name"], entry["problem"])
        concretes = [self._concrete(concrete) for concrete in entry["concretes"]]
        parameters = entry["parameters"]
        if parameters is not None:
            names, defaults = parameters
            parameters = [str(name) for name in names], {**defaults}
        return RestoredFunction(str(entry["name"]), concretes, parameters)

    def _concrete(self, entry: dict[str, Any]) -> RestoredConcrete:
        name = str(entry["name"])
        key = f"{name}/{entry['programs'][0]['file']}"
        if key not in self._concretes:
            programs = [self._program(program, name) for program in entry["programs"]]
            outputs = [decode(spec) for spec in entry["outputs"]]
            self._concretes[key] = RestoredConcrete(
                name, decode(entry["arguments"]), entry["names"], programs, outputs
            )  # fmt: skip
        return self._concretes[key]

    def _program(self, entry: dict[str, Any], name: str) -> LoadedProgram:
        path = os.path.join(self.folder, PROGRAMS, f"{int(entry['file']):05}.bin")
        try:
            with open(path, "rb") as file:
                blob = file.read()
        except FileNotFoundError as error:
            raise errors.DataLossError(None, None, f"A program of the SavedModel is missing: {path}") from error
        return LoadedProgram(
            blob,
            [self._source(source) for source in entry["inputs"]],
            [self._source(source) for source in entry["assigned"]],
            decode(entry["structure"]),
            [decode(spec) for spec in entry["specs"]],
            [decode(spec) for spec in entry["results"]],
            name,
        )

    def _source(self, entry: dict[str, Any]) -> Any:
        if "node" in entry:
            found = self.objects[entry["node"]]
            if not isinstance(found, Variable):
                raise TypeError(f"object {entry['node']} should be a variable")
            return found
        if "generator" in entry:
            return self._generators[entry["generator"]]
        if self._constants is None:
            raise errors.DataLossError(None, None, "The constants of the SavedModel's programs are missing.")
        return convert_to_tensor(self._constants.read(entry["constant"]))


class _Missing:
    """A function that could not be saved as a program."""

    def __init__(self, name: str, problem: str) -> None:
        self._name, self._problem = name, problem
        self.concrete_functions: list[Any] = []

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError(f"The function {self._name!r} is not in the SavedModel. {self._problem}")
