"""The file ``saved_model.pb``: what TensorFlow needs to load and run a SavedModel of kerax.

Every function is a TensorFlow function of one node, ``XlaCallModule``, which holds the StableHLO program; around it the
variables are read and assigned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from jax import export

from kerax.core import dtypes, nest
from kerax.core.shape import TensorShape
from kerax.core.state import Slot
from kerax.core.tensor import TensorSpec
from kerax.io.proto import message
from kerax.io.tensor_proto import array_to_proto
from kerax.saved_model import constants
from kerax.saved_model.structure import decode
from kerax.version import GRAPH_DEF_VERSION, VERSION

_RESOURCE = 20  # TensorFlow's dtype of a handle
_STRING = 7
_KINDS = {
    "object": "_generic_user_object",
    "dict": "trackable_dict_wrapper",
    "list": "trackable_list_wrapper",
    "tuple": "trackable_tuple_wrapper",
}


def saved_model_message(
    description: dict[str, Any],
    blobs: Sequence[bytes],
    arrays: dict[str, np.ndarray],
    keys: dict[int, str],
) -> bytes:
    """A ``SavedModel`` message.

    Args:
      description: as ``save`` writes it.
      blobs: the serialized programs.
      arrays: constants by their name in the description.
      keys: by the number of a variable among the objects, its key in the checkpoint.
    """
    model = message("SavedModel")(saved_model_schema_version=constants.SAVED_MODEL_SCHEMA_VERSION)
    _Writer(model.meta_graphs.add(), description, blobs, arrays, keys).write()
    return model.SerializeToString()


class _Writer:
    def __init__(
        self, meta: Any, description: dict[str, Any], blobs: Sequence[bytes], arrays: Any, keys: dict[int, str]
    ) -> None:
        self.meta, self.description, self.blobs = meta, description, blobs
        self.arrays, self.keys = arrays, keys
        self.graph, self.objects = meta.graph_def, meta.object_graph_def
        self._modules: dict[int, Any] = {}
        self._constants: dict[str, int] = {}  # the objects of constants
        self._kinds: dict[int, int] = {}  # their dtypes
        self._handles: dict[int, str] = {}  # the nodes of the graph itself, by the objects of variables and constants

    def write(self) -> None:
        self.meta.meta_info_def.tags.extend(self.description["tags"])
        self.meta.meta_info_def.tensorflow_version = VERSION
        self.graph.versions.producer = GRAPH_DEF_VERSION
        for entry in self.description["objects"]:
            self._object(entry)
        numbers = [self._function(entry) for entry in self.description["functions"]]
        for number, entry in enumerate(self.description["objects"]):
            for name, function in entry.get("functions", {}).items():
                if numbers[function] is not None:
                    self.objects.nodes[number].children.add(node_id=numbers[function], local_name=name)
        self._signatures()
        self._saver()

    # --- objects ------------------------------------------------------------------------------------------
    def _add(self, kind: str) -> tuple[int, Any]:
        """A new object: its number, and the part of it for its kind."""
        node = self.objects.nodes.add()
        part = getattr(node, kind)
        part.SetInParent()
        return len(self.objects.nodes) - 1, part

    def _object(self, entry: dict[str, Any]) -> None:
        kind = entry["kind"]
        if kind == "variable":
            number, variable = self._add("variable")
            variable.dtype = dtypes.as_dtype(entry["dtype"]).as_datatype_enum
            _put_shape(variable.shape, entry["shape"])
            variable.trainable, variable.name = entry["trainable"], entry["name"]
            self._handles[number] = self._handle(number, variable)
            return
        if kind == "asset":
            _, asset = self._add("asset")
            asset.asset_file_def_index = len(self.meta.asset_file_def)
            name = f"asset_{len(self.meta.asset_file_def)}"
            definition = self.meta.asset_file_def.add(filename=entry["file"])
            definition.tensor_info.name = f"{name}:0"
            self._node(self.graph.node, name, "Placeholder", [], dtype=_STRING)
            return
        number, user = self._add("user_object")
        user.identifier = _KINDS[kind]
        user.version.producer = user.version.min_consumer = 1
        for name, child in entry["children"].items():
            self.objects.nodes[number].children.add(node_id=child, local_name=name)

    def _handle(self, number: int, variable: Any) -> str:
        name = f"variable_{number}"
        node = self._node(
            self.graph.node, name, "VarHandleOp", [], dtype=variable.dtype, shared_name=f"{variable.name}_{number}"
        )
        node.attr["shape"].shape.CopyFrom(variable.shape)
        return f"{name}:0"

    def _constant(self, key: str) -> int:
        if key not in self._constants:
            number, constant = self._add("constant")
            constant.operation = f"constant_{number}"
            self._kinds[number] = self._const(constant.operation, self.arrays[key])
            self._constants[key] = number
            self._handles[number] = f"{constant.operation}:0"
        return self._constants[key]

    def _const(self, name: str, array: np.ndarray) -> int:
        proto = array_to_proto(array)
        node = self._node(self.graph.node, name, "Const", [], dtype=proto.dtype)
        node.attr["value"].tensor.CopyFrom(proto)
        return proto.dtype

    def _node(self, nodes: Any, name: str, op: str, inputs: Iterable[str], **attributes: Any) -> Any:
        """A new node; a number among the attributes is a dtype, a list of numbers a list of dtypes."""
        node = nodes.add(name=name, op=op, input=inputs)
        for key, value in attributes.items():
            if isinstance(value, str):
                node.attr[key].s = value.encode()
            elif isinstance(value, list):
                node.attr[key].list.SetInParent()
                node.attr[key].list.type.extend(value)
            else:
                node.attr[key].type = value
        return node

    # --- functions ----------------------------------------------------------------------------------------
    def _function(self, entry: dict[str, Any]) -> int | None:
        """The object of a function; None for one that TensorFlow cannot have."""
        names = [name for concrete in entry["concretes"] for name in self._of_each_size(concrete)]
        if not names:
            return None
        number, function = self._add("function")
        function.concrete_functions.extend(names)
        arguments = [decode(concrete["arguments"]) for concrete in entry["concretes"]]
        _put_parameters(function.function_spec, entry["parameters"], arguments)
        return number

    def _of_each_size(self, entry: dict[str, Any]) -> list[str]:
        """The functions of a signature, one for all sizes or one for each, as the object graph has them."""
        return [self._concrete(entry, program) for program in entry["programs"] if not _draws(program)]

    def _concrete(self, entry: dict[str, Any], program: dict[str, Any]) -> str:
        structure = decode(program["structure"])
        order = range(len(program["specs"]))
        name = self._defined(entry["name"], program, entry["names"], order, _slots(structure)).name
        results = [decode(spec) for spec in program["results"]]
        returned = nest.map_structure(lambda leaf: results[leaf.index] if isinstance(leaf, Slot) else leaf, structure)
        specs = iter([decode(spec) for spec in program["specs"]])
        names = iter(entry["names"])

        def filled(leaf: Any) -> Any:
            if not isinstance(leaf, TensorSpec):
                return leaf
            spec = next(specs)
            return TensorSpec(spec.shape, spec.dtype, next(names))

        self._declare(name, program, nest.map_structure(filled, decode(entry["arguments"])), returned)
        return name

    def _declare(self, name: str, program: dict[str, Any], arguments: Any, returned: Any) -> None:
        concrete = self.objects.concrete_functions[name]
        concrete.bound_inputs.extend(self._bound(program))
        _put_value(concrete.canonicalized_input_signature, arguments)
        _put_value(concrete.output_signature, returned)

    def _bound(self, program: dict[str, Any]) -> list[int]:
        """The objects that a program works on."""
        sources = [*program["inputs"], *program["assigned"]]
        numbers = [source["node"] if "node" in source else self._constant(source["constant"]) for source in sources]
        return list(dict.fromkeys(numbers))

    def _module(self, number: int) -> Any:
        if number not in self._modules:
            self._modules[number] = export.deserialize(bytearray(self.blobs[number]))
        return self._modules[number]

    def _defined(
        self, label: str, program: dict[str, Any], names: Sequence[str], order: Iterable[int], slots: Sequence[int]
    ) -> Any:
        """Adds a function to the library.

        Args:
          label: str, what its name says.
          program: its description.
          names: of its arguments.
          order: the places of the arguments among the program's, as they come.
          slots: which of the program's results it returns.

        Returns:
          Its signature.
        """
        made = self._module(program["file"])
        function = self.graph.library.function.add()
        signature, nodes = function.signature, function.node_def
        signature.name = f"__inference_{re.sub('[^A-Za-z0-9_]', '_', label)}_{len(self.graph.library.function)}"
        signature.is_stateful = True
        specs = [decode(spec) for spec in program["specs"]]
        arguments: dict[int, str] = {}
        for index, (place, name) in enumerate(zip(order, names, strict=True)):
            arguments[place] = f"{re.sub('[^a-z0-9_]', '_', name.lower()).strip('_') or 'args'}_{index}"
            signature.input_arg.add(name=arguments[place], type=specs[place].dtype.as_datatype_enum)
        handles = {}
        for number in self._bound(program):
            handles[number] = f"captured_{number}"
            signature.input_arg.add(name=handles[number], type=self._kinds.get(number, _RESOURCE))
        values = []
        for index, source in enumerate(program["inputs"]):
            if "constant" in source:
                values.append(handles[self._constant(source["constant"])])
                continue
            dtype = self.objects.nodes[source["node"]].variable.dtype
            self._node(nodes, f"read_{index}", "ReadVariableOp", [handles[source["node"]]], dtype=dtype)
            values.append(f"read_{index}:value:0")
        values += [arguments[place] for place in range(len(specs))]
        self._call(nodes, made, values)
        count = len(program["results"])
        assigned = []
        for index, source in enumerate(program["assigned"]):
            dtype = self.objects.nodes[source["node"]].variable.dtype
            name = f"assign_{index}"
            inputs = [handles[source["node"]], f"call:output:{count + index}"]
            self._node(nodes, name, "AssignVariableOp", inputs, dtype=dtype)
            assigned.append(name)
            signature.control_output.append(name)
            function.control_ret[name] = name
        for index, slot in enumerate(slots):
            dtype = dtypes.from_numpy(made.out_avals[slot].dtype).as_datatype_enum
            inputs = [f"call:output:{slot}", *(f"^{name}" for name in assigned)]
            self._node(nodes, f"result_{index}", "Identity", inputs, T=dtype)
            signature.output_arg.add(name=f"output_{index}", type=dtype)
            function.ret[f"output_{index}"] = f"result_{index}:output:0"
        return signature

    def _call(self, nodes: Any, made: Any, values: list[str]) -> None:
        """The node that holds a program."""
        kept = made.module_kept_var_idx
        types = [dtypes.from_numpy(made.in_avals[place].dtype).as_datatype_enum for place in kept]
        results = [dtypes.from_numpy(aval.dtype).as_datatype_enum for aval in made.out_avals]
        node = self._node(nodes, "call", "XlaCallModule", [values[place] for place in kept], Tin=types, Tout=results)
        node.attr["module"].s = made.mlir_module_serialized
        node.attr["version"].i = made.calling_convention_version
        node.attr["has_token_input_output"].b = False
        for name in ("dim_args_spec", "function_list", "disabled_checks"):
            node.attr[name].list.SetInParent()
        node.attr["platforms"].list.s.extend([platform.upper().encode() for platform in made.platforms])
        shapes = node.attr["Sout"].list.shape
        for aval in made.out_avals:
            _put_shape(shapes.add(), [size if isinstance(size, int) else None for size in aval.shape])

    # --- signatures ---------------------------------------------------------------------------------------
    def _signatures(self) -> None:
        number, user = self._add("user_object")
        user.identifier = "signature_map"
        user.version.producer = user.version.min_consumer = 1
        self.objects.nodes[0].children.add(node_id=number, local_name="signatures")
        calls = 0
        for key, entry in self.description["signatures"].items():
            definition = self.meta.signature_def[key]
            definition.method_name = constants.PREDICT_METHOD_NAME
            call = "StatefulPartitionedCall" + (f"_{calls}" if calls else "")
            calls += 1
            program = entry["programs"][0]
            specs = [decode(spec) for spec in program["specs"]]
            outputs = [decode(spec) for spec in entry["outputs"]]
            order = sorted(range(len(specs)), key=lambda place, names=entry["names"]: names[place])
            for place in order:
                _put_info(definition.inputs[entry["names"][place]], specs[place], f"{key}_{entry['names'][place]}:0")
            for index, (name, spec) in enumerate(zip(entry["output_names"], outputs, strict=True)):
                _put_info(definition.outputs[name], spec, f"{call}:{index}")
            if not _draws(program):
                self._signature(key, number, call, entry, order)

    def _signature(self, key: str, owner: int, call: str, entry: dict[str, Any], order: list[int]) -> None:
        program = entry["programs"][0]
        specs = [decode(spec) for spec in program["specs"]]
        names = [entry["names"][place] for place in order]
        slots = _slots(decode(program["structure"]))
        signature = self._defined(f"signature_wrapper_{key}", program, names, order, slots)
        inputs = {
            name: TensorSpec(specs[place].shape, specs[place].dtype, name)
            for name, place in zip(names, order, strict=True)
        }
        results = [decode(spec) for spec in program["results"]]
        returned = {
            name: TensorSpec(results[slot].shape, results[slot].dtype, name)
            for name, slot in zip(entry["output_names"], slots, strict=True)
        }
        self._declare(signature.name, program, ((), inputs), returned)
        number, bare = self._add("bare_concrete_function")
        bare.concrete_function_name = signature.name
        bare.argument_keywords.extend(names)
        bare.allowed_positional_arguments = 1 if len(names) == 1 else 0
        self.objects.nodes[owner].children.add(node_id=number, local_name=key)
        for name, place in zip(names, order, strict=True):
            dtype = specs[place].dtype.as_datatype_enum
            node = self._node(self.graph.node, f"{key}_{name}", "Placeholder", [], dtype=dtype)
            _put_shape(node.attr["shape"].shape, _sizes(specs[place].shape))
        given = [f"{key}_{name}:0" for name in names] + [self._handles[n] for n in self._bound(program)]
        node = self._node(
            self.graph.node, call, "StatefulPartitionedCall", given,
            Tin=[argument.type for argument in signature.input_arg],
            Tout=[argument.type for argument in signature.output_arg],
        )  # fmt: skip
        node.attr["f"].func.name = signature.name

    # --- variables in sessions ------------------------------------------------------------------------------
    def _saver(self) -> None:
        """The nodes by which sessions, TensorFlow Serving's among them, save and restore the variables."""
        numbers = [number for number in self.keys if number in self._handles]
        nodes = self.graph.node
        self._node(nodes, "saver_filename", "Placeholder", [], dtype=_STRING)
        texts = np.empty(len(numbers), object)
        texts[:] = [self.keys[number].encode() for number in numbers]
        self._const("saver_names", texts)
        self._const("saver_slices", np.full(len(numbers), b"", object))
        types = [self.objects.nodes[number].variable.dtype for number in numbers]
        place = ["saver_filename:0", "saver_names:0", "saver_slices:0"]
        if numbers:
            self._node(nodes, "restore", "RestoreV2", place, dtypes=types)
        for index, number in enumerate(numbers):
            read = f"saver_read_{index}"
            self._node(nodes, read, "ReadVariableOp", [self._handles[number]], dtype=types[index])
            inputs = [self._handles[number], f"restore:{index}"]
            self._node(nodes, f"restore_{index}", "AssignVariableOp", inputs, dtype=types[index])
        reads = [f"saver_read_{index}:0" for index in range(len(numbers))]
        if numbers:
            self._node(nodes, "save", "SaveV2", [*place, *reads], dtypes=types)
        after = ["^save"] if numbers else []
        self._node(nodes, "saver_saved", "Identity", ["saver_filename:0", *after], T=_STRING)
        self._node(nodes, "saver_restored", "NoOp", [f"^restore_{index}" for index in range(len(numbers))])
        saver = self.meta.saver_def
        saver.filename_tensor_name, saver.save_tensor_name = "saver_filename:0", "saver_saved:0"
        saver.restore_op_name, saver.version = "saver_restored", 2


def _slots(structure: Any) -> list[int]:
    """The results that a structure holds, as they come in it."""
    return [leaf.index for leaf in nest.flatten(structure) if isinstance(leaf, Slot)]


def _draws(program: dict[str, Any]) -> bool:
    """Whether a program draws random numbers: its generators are kerax' own."""
    return any("generator" in source for source in program["inputs"])


def _sizes(shape: TensorShape) -> list[int | None] | None:
    return None if shape.rank is None else shape.as_list()


def _put_shape(proto: Any, sizes: Sequence[int | None] | None) -> None:
    proto.SetInParent()
    if sizes is None:
        proto.unknown_rank = True
        return
    for size in sizes:
        proto.dim.add(size=-1 if size is None else size)


def _put_info(info: Any, spec: TensorSpec, name: str) -> None:
    info.name = name
    info.dtype = spec.dtype.as_datatype_enum
    _put_shape(info.tensor_shape, _sizes(spec.shape))


def _put_parameters(spec: Any, parameters: Any, arguments: list[Any]) -> None:
    """What a function's parameters are called, and their defaults."""
    names, defaults = parameters or ([], {})
    trailing: list[Any] = []
    for name in reversed(names):
        if name not in defaults:
            break
        trailing.insert(0, defaults[name])
    keywords = sorted({name for _, kwargs in arguments for name in kwargs})
    fields = {
        "args": list(names),
        "varargs": "args" if not parameters or any(len(args) > len(names) for args, _ in arguments) else None,
        "varkw": None if parameters else "kwargs",
        "defaults": tuple(trailing) or None,
        "kwonlyargs": keywords,
        "kwonlydefaults": {name: defaults[name] for name in keywords if name in defaults} or None,
        "annotations": {},
    }
    proto = spec.fullargspec.named_tuple_value
    proto.name = "FullArgSpec"
    for name, value in fields.items():
        pair = proto.values.add(key=name)
        _put_value(pair.value, value)
    spec.input_signature.none_value.SetInParent()


def _put_value(proto: Any, value: Any) -> None:
    """Python as a ``StructuredValue`` message."""
    if value is None:
        proto.none_value.SetInParent()
    elif isinstance(value, bool):
        proto.bool_value = value
    elif isinstance(value, int):
        proto.int64_value = value
    elif isinstance(value, float):
        proto.float64_value = value
    elif isinstance(value, str):
        proto.string_value = value
    elif isinstance(value, TensorSpec):
        spec = proto.tensor_spec_value
        spec.name, spec.dtype = value.name or "", value.dtype.as_datatype_enum
        _put_shape(spec.shape, _sizes(value.shape))
    elif isinstance(value, dtypes.DType):
        proto.tensor_dtype_value = value.as_datatype_enum
    elif isinstance(value, TensorShape):
        proto.tensor_shape_value.SetInParent()
        _put_shape(proto.tensor_shape_value, _sizes(value))
    elif isinstance(value, tuple) and hasattr(value, "_fields"):
        proto.named_tuple_value.name = type(value).__name__
        for key, item in zip(value._fields, value, strict=True):
            pair = proto.named_tuple_value.values.add()
            pair.key = key
            _put_value(pair.value, item)
    elif isinstance(value, dict):
        proto.dict_value.SetInParent()
        for key, item in value.items():
            _put_value(proto.dict_value.fields[str(key)], item)
    elif isinstance(value, (list, tuple)):
        part = proto.tuple_value if isinstance(value, tuple) else proto.list_value
        part.SetInParent()
        for item in value:
            _put_value(part.values.add(), item)
    else:
        raise TypeError(f"{value!r} cannot be written into a SavedModel.")
