"""``tf.saved_model.save``."""

from __future__ import annotations

import inspect
import json
import os
import shutil
from typing import Any

import numpy as np

from kerax.core.context import context
from kerax.core.log import get_logger
from kerax.core.random_state import is_key, start_of
from kerax.core.state import _map_slots, init_scope
from kerax.core.variable import Variable
from kerax.io.atomic import replacing_path, write_bytes
from kerax.io.file_io import as_op_errors, make_folder
from kerax.saved_model import constants
from kerax.saved_model.asset import Asset
from kerax.saved_model.collect import concretes_of, functions_of, signatures_of
from kerax.saved_model.fingerprint import write_fingerprint
from kerax.saved_model.messages import saved_model_message
from kerax.saved_model.options import SaveOptions
from kerax.saved_model.program import export_function
from kerax.saved_model.restored import RestoredConcrete, SignatureFunction
from kerax.saved_model.structure import encode, encode_spec
from kerax.saved_model.tensorflow_model import GraphProgram
from kerax.train import trackable
from kerax.train.object_graph import Snapshot
from kerax.train.tensor_bundle import write_bundle

DESCRIPTION = "kerax.json"
PROGRAMS = "programs"
CONSTANTS = "constants"
_FORMAT = 1


def save(obj: Any, export_dir: Any, signatures: Any = None, options: SaveOptions | None = None) -> None:
    """Saves an object with its variables and its ``tf.function``s as compiled programs.

    Args:
      obj: ``tf.Module`` or another trackable object, a Keras layer or model.
      export_dir: str, the folder.
      signatures: function with an input signature, concrete function, or dict of name → such; called by name
        after loading. By default the object's only function with an input signature.
      options: ``SaveOptions``.

    Raises:
      ValueError: the object cannot be saved, or a signature is no function.
      AssertionError: a function uses a variable that the object does not hold.
      NotImplementedError: a signature works on strings or files.

    Differs from TensorFlow: the programs are StableHLO instead of graphs; TensorFlow runs them by its op
    ``XlaCallModule``, without their derivatives, and not those that draw random numbers. A function of an open
    signature that wants certain sizes, those of its weights, is saved for sizes found by trying (up to 128), and one
    that cannot be exported with open sizes for some batch sizes only.

    >>> import kerax as tf, os, tempfile
    >>> class Scale(tf.Module):
    ...     def __init__(self):
    ...         self.factor = tf.Variable(2.)
    ...     @tf.function(input_signature=[tf.TensorSpec([None])])
    ...     def __call__(self, x):
    ...         return x * self.factor
    >>> folder = os.path.join(tempfile.mkdtemp(), "scale")
    >>> tf.saved_model.save(Scale(), folder)
    >>> tf.saved_model.load(folder)(tf.constant([1., 3., 5.])).numpy()
    array([ 2.,  6., 10.], dtype=float32)
    """
    options = options or SaveOptions()
    if not trackable.is_trackable(obj) or trackable.is_container(obj):
        raise ValueError(
            "Expected an object of type `Trackable`, such as `tf.Module` or a subclass of the `Trackable` class, for "
            f"export. Got {obj} with type {type(obj)}."
        )
    if context.trace is not None:
        raise AssertionError(
            "`tf.saved_model.save` is not supported inside a traced @tf.function. Move the call to the outer "
            "eagerly-executed context."
        )
    with init_scope():
        more = getattr(obj, "_more_to_save", dict)()
        vars(obj).update(more)
        try:
            _Writer(obj, os.fspath(export_dir), signatures, options).write()
        finally:
            for name in more:
                del vars(obj)[name]


class _Writer:
    def __init__(self, root: Any, folder: str, signatures: Any, options: SaveOptions) -> None:
        self.root, self.folder, self.options = root, folder, options
        self.signatures = signatures_of(root, signatures)
        self.named = {
            number: (owner, functions_of(owner)) for number, owner, _, _ in trackable.walk(root)
        }  # fmt: skip
        self.functions: list[Any] = []
        for _, functions in self.named.values():
            for function in functions.values():
                if not any(function is other for other in self.functions):
                    self.functions.append(function)
        # tracing makes programs and so possibly variables: before the object graph is looked at
        self.concretes = [concretes_of(function) for function in self.functions]
        self.walked = list(trackable.walk(root))
        self.numbers = {id(owner): number for number, owner, _, _ in self.walked}
        self.saved: dict[int, Any] = {}
        self.kept: list[Any] = []
        self.blobs: list[bytes] = []
        self.constants: dict[str, np.ndarray] = {}
        self.assets: dict[str, str] = {}
        self.generators: list[Variable] = []  # of random ops: no part of the object, they begin anew when loaded

    def write(self) -> None:
        description = {
            "format": _FORMAT,
            "objects": [self._object(owner, found) for _, owner, _, found in self.walked],
            "functions": [
                self._function(function, concretes)
                for function, concretes in zip(self.functions, self.concretes, strict=True)
            ],
            "signatures": {key: self._signature(key, concrete) for key, concrete in self.signatures.items()},
            "tags": [constants.SERVING, *(self.options.extra_tags or ())],
            "aliases": {
                alias: self._function_number(function) for alias, function in self.options.function_aliases.items()
            },
            "generators": [_start(variable) for variable in self.generators],
        }
        with as_op_errors(self.folder):
            self._write_files(description)

    def _write_files(self, description: dict[str, Any]) -> None:
        make_folder(self.folder)
        variables = os.path.join(self.folder, constants.VARIABLES_DIRECTORY)
        for inner in (variables, os.path.join(self.folder, constants.ASSETS_DIRECTORY)):
            make_folder(inner)
        for path, name in self.assets.items():
            with replacing_path(os.path.join(self.folder, constants.ASSETS_DIRECTORY, name)) as target:
                shutil.copyfile(path, target)
        snapshot = Snapshot(self.root)
        if not self.options.experimental_skip_saver:
            write_bundle(os.path.join(variables, constants.VARIABLES_FILENAME), snapshot.tensors)
        programs = os.path.join(self.folder, PROGRAMS)
        make_folder(programs)
        for number, blob in enumerate(self.blobs):
            write_bytes(os.path.join(programs, f"{number:05}.bin"), blob)
        if self.constants:
            write_bundle(os.path.join(programs, CONSTANTS), self.constants)
        write_bytes(os.path.join(self.folder, DESCRIPTION), json.dumps(description).encode())
        keys = {
            number: attribute.checkpoint_key
            for number, node in enumerate(snapshot.graph.nodes)
            for attribute in node.attributes
            if attribute.name == "VARIABLE_VALUE"
        }
        pb = saved_model_message(description, self.blobs, self.constants, keys)
        write_bytes(os.path.join(self.folder, constants.SAVED_MODEL_FILENAME_PB), pb)
        write_fingerprint(self.folder, pb, json.dumps(description["signatures"]).encode())
        assets = os.path.join(self.folder, constants.ASSETS_DIRECTORY)
        get_logger().info("Assets written to: %s", assets)

    # --- objects ------------------------------------------------------------------------------------------
    def _object(self, owner: Any, found: dict[str, Any]) -> dict[str, Any]:
        children = {name: self.numbers[id(child)] for name, child in found.items()}
        if isinstance(owner, Variable):
            return {
                "kind": "variable",
                "name": owner._shared_name,
                "shape": owner.shape.as_list() if owner.shape.rank is not None else None,
                "dtype": owner._dtype.name,
                "trainable": bool(owner.trainable),
            }
        if isinstance(owner, Asset):
            return {"kind": "asset", "file": self._asset(owner)}
        functions = functions_of(owner)
        entry = {"kind": "object", "children": children, "functions": {}}
        if isinstance(owner, dict):
            entry["kind"] = "dict"
        elif isinstance(owner, (list, tuple)):
            entry["kind"] = "tuple" if isinstance(owner, tuple) else "list"
        for name, function in functions.items():
            entry["functions"][name] = self._function_number(function)
        return entry

    def _asset(self, asset: Asset) -> str:
        path = os.path.realpath(asset._path)
        if path not in self.assets:
            name = os.path.basename(path)
            taken = set(self.assets.values())
            count = 0
            while name in taken:
                count += 1
                name = f"{count}_{os.path.basename(path)}"
            self.assets[path] = name
        return self.assets[path]

    def _function_number(self, function: Any) -> int:
        for number, other in enumerate(self.functions):
            if function is other:
                return number
        raise ValueError(f"The function {function} is not among the attributes of the saved object.")

    # --- functions ----------------------------------------------------------------------------------------
    def _function(self, function: Any, concretes: list[Any]) -> dict[str, Any]:
        found, problem = [], None
        for concrete in concretes:
            try:
                found.append(self._concrete(concrete))
            except (NotImplementedError, TypeError) as error:
                problem = str(error)
        name = getattr(function, "_name", None) or getattr(function, "__name__", "function")
        return {"name": name, "concretes": found, "parameters": _parameters(function), "problem": problem}

    def _concrete(self, concrete: Any) -> dict[str, Any]:
        if id(concrete) in self.saved:
            return self.saved[id(concrete)]
        if isinstance(concrete, RestoredConcrete):
            programs = [entry for program in concrete.programs for entry in self._restored(program, concrete)]
            arguments, names, outputs = concrete.arguments, concrete.names, concrete.outputs
        else:
            made = export_function(concrete, self.options.experimental_custom_gradients)
            programs = [self._exported(e, e.lifted.structure, concrete) for e in made]
            names = _names_of(concrete)
            arguments = concrete._arguments
            outputs = made[0].results if len(made) == 1 else concrete._output_specs()
        entry = {
            "name": concrete.name,
            "arguments": encode(tuple(arguments)),
            "names": names,
            "outputs": [encode_spec(spec) for spec in outputs],
            "programs": programs,
        }
        self.saved[id(concrete)] = entry
        self.kept.append(concrete)
        return entry

    def _restored(self, program: Any, concrete: RestoredConcrete) -> list[dict[str, Any]]:
        """A program that was loaded, as it is; a graph of TensorFlow's anew."""
        p = program
        if not isinstance(program, GraphProgram):
            return [self._program(p.blob, p.inputs, p.assigned, p.structure, p.specs, p.results, concrete)]
        made = export_function(program.concrete, self.options.experimental_custom_gradients)
        return [self._exported(e, _map_slots(program.structure, e.lifted.structure), concrete) for e in made]

    def _exported(self, made: Any, structure: Any, concrete: Any) -> dict[str, Any]:
        lifted = made.lifted
        return self._program(made.blob, lifted.inputs, lifted.assigned, structure, made.specs, made.results, concrete)

    def _program(
        self, blob: bytes, inputs: Any, assigned: Any, structure: Any, specs: Any, results: Any, concrete: Any
    ) -> dict[str, Any]:
        self.blobs.append(blob)
        return {
            "file": len(self.blobs) - 1,
            "inputs": [self._input(source, concrete) for source in inputs],
            "assigned": [self._input(source, concrete) for source in assigned],
            "structure": encode(structure),
            "specs": [encode_spec(spec) for spec in specs],
            "results": [encode_spec(spec) for spec in results],
        }

    def _input(self, source: Any, concrete: Any) -> Any:
        if isinstance(source, Variable):
            if is_key(source):
                return {"generator": self._generator(source)}
            if id(source) not in self.numbers:
                raise AssertionError(
                    f"Tried to export a function which references an 'untracked' resource. TensorFlow objects (e.g. "
                    f"tf.Variable) captured by functions must be 'tracked' by assigning them to an attribute of a "
                    f"tracked object or assigned to an attribute of the main object directly. Function: "
                    f"{concrete.name}, variable: {source.name}"
                )
            return {"node": self.numbers[id(source)]}
        key = f"constant_{len(self.constants):05}"
        self.constants[key] = np.asarray(source.numpy())
        return {"constant": key}

    def _generator(self, variable: Variable) -> int:
        for number, other in enumerate(self.generators):
            if variable is other:
                return number
        self.generators.append(variable)
        return len(self.generators) - 1

    def _signature(self, key: str, concrete: Any) -> dict[str, Any]:
        if isinstance(concrete, SignatureFunction):
            return {**self._concrete(concrete._concrete), "output_names": concrete._outputs}
        entry = dict(self._concrete(concrete))
        structured = concrete.structured_outputs
        if isinstance(structured, dict):
            names = sorted(structured)
            if not all(isinstance(name, str) for name in names):
                raise ValueError(f"The outputs of the signature {key!r} need names that are strings: {structured}")
        else:
            names = [f"output_{index}" for index in range(len(concrete.outputs))]
        if len(names) != len(concrete.outputs):
            raise ValueError(
                f"The signature {key!r} must return a tensor, a list of tensors or a dict of tensors, not {structured}."
            )
        entry["output_names"] = names
        return entry


def _start(variable: Variable) -> list[int] | None:
    start = start_of(variable)
    return None if start is None else start.tolist()


def _names_of(concrete: Any) -> list[str]:
    """The names of a function's tensors, unique."""
    found: list[str] = []
    for name, spec in zip(concrete._spec_names(), concrete._specs, strict=True):
        base = name = spec.name or name
        count = 0
        while name in found:
            count += 1
            name = f"{base}_{count}"
        found.append(name)
    return found


def _parameters(function: Any) -> Any:
    signature = getattr(function, "_signature", None)
    if signature is None:
        return getattr(function, "_parameters", None)
    names, defaults = [], {}
    for parameter in signature.parameters.values():
        if parameter.kind in (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD):
            continue
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            names.append(parameter.name)
        if parameter.default is None or isinstance(parameter.default, (bool, int, float, str)):
            defaults[parameter.name] = parameter.default
    return [names, defaults]
