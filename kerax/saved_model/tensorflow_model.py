"""SavedModels that TensorFlow wrote: their objects, variables, tables and functions."""

from __future__ import annotations

import collections
import os
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from google.protobuf.message import DecodeError

from kerax.core import dtypes, errors, nest, state
from kerax.core.concrete import ConcreteFunction
from kerax.core.context import context
from kerax.core.function import Function
from kerax.core.shape import TensorShape
from kerax.core.tensor import TensorSpec, convert_to_tensor
from kerax.core.value import Tensor
from kerax.core.variable import Variable
from kerax.io.proto import message
from kerax.io.tensor_proto import proto_to_array
from kerax.saved_model import constants
from kerax.saved_model.asset import Asset
from kerax.saved_model.graph import Library
from kerax.saved_model.options import LoadOptions
from kerax.saved_model.restored import RestoredConcrete, RestoredFunction, SignatureFunction, SignatureMap, UserObject
from kerax.train.restoration import saved_graph
from kerax.train.tensor_bundle import BundleReader

_CONTAINERS = {"trackable_list_wrapper": list, "trackable_tuple_wrapper": list, "trackable_dict_wrapper": dict}


def read(folder: str, tags: Any, options: LoadOptions) -> Any:
    """The root object of a SavedModel that holds TensorFlow graphs.

    Args:
      folder: str.
      tags: str or sequence of str or None.
      options: ``LoadOptions``.

    Raises:
      OSError: it cannot be read.
      ValueError: no part of it has these tags.
      errors.DataLossError: it is damaged.
    """
    path = os.path.join(folder, constants.SAVED_MODEL_FILENAME_PB)
    if not os.path.isfile(path):
        raise errors.UnimplementedError(None, None, f"kerax reads no SavedModels in text form: {folder}")
    model = message("SavedModel")()
    with open(path, "rb") as file:
        try:
            model.ParseFromString(file.read())
        except DecodeError as error:
            raise OSError(f"Cannot parse file {path}: {error}") from error
    graph = _chosen(model, tags)
    try:
        return _Reader(folder, graph, options).root()
    except (KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise errors.DataLossError(None, None, f"The SavedModel at {folder} is damaged: {error!r}") from error


def _chosen(model: Any, tags: Any) -> Any:
    """The one graph of the file, or that with the tags asked for."""
    wanted = [tags] if isinstance(tags, str) else tags
    for graph in model.meta_graphs:
        if wanted is None or set(wanted) == set(graph.meta_info_def.tags):
            if wanted is None and len(model.meta_graphs) > 1:
                break
            return graph
    raise ValueError(
        "Importing a SavedModel with `tf.saved_model.load` requires a `tags=` argument if there is more than one "
        f"MetaGraph. Got `tags={tags}`, but there are {len(model.meta_graphs)} MetaGraphs in the SavedModel with tag "
        f"sets {[list(graph.meta_info_def.tags) for graph in model.meta_graphs]}. Pass a `tags=` argument to load this "
        "SavedModel."
    )


class GraphProgram:
    """A function of the graph for one signature, with the interface of ``restored.LoadedProgram``.

    Args:
      run: takes the signature's Tensors, returns a list of Tensors.
      bound: returns the variables and tensors it reads, which may be made after it.
      structure: what it returns, with slots.
      specs: of its arguments.
      name: str.

    Attributes:
      python: ``run``, to be called as it is.
    """

    assigned: tuple[Any, ...] = ()

    def __init__(
        self, run: Any, bound: Callable[[], list[Any]], structure: Any, specs: list[TensorSpec], name: str
    ) -> None:
        run.__name__ = name
        self.python = run
        self._function = Function(run, autograph=False, check_creation=False)
        self._bound, self.structure, self.specs = bound, structure, specs

    @property
    def inputs(self) -> list[Any]:
        return self._bound()

    @property
    def concrete(self) -> ConcreteFunction:
        """The function traced for its signature; it returns the results as a list."""
        return self._function.get_concrete_function(*self.specs)

    def fits(self, tensors: Sequence[Tensor]) -> bool:
        return all(spec.is_compatible_with(tensor) for spec, tensor in zip(self.specs, tensors, strict=True))

    def run(self, tensors: Sequence[Tensor]) -> Any:
        return state._map_slots(self.structure, self._function(*tensors))


class _Reader:
    def __init__(self, folder: str, graph: Any, options: LoadOptions) -> None:
        self.folder, self.graph, self.options = folder, graph, options
        self.nodes = graph.object_graph_def.nodes
        self.library = Library(graph.graph_def.library.function)
        self.constants = {node.name: node for node in graph.graph_def.node if node.op == "Const"}
        self.objects: dict[int, Any] = {}
        self.concretes: dict[str, RestoredConcrete | _Unreadable] = {}
        prefix = os.path.join(folder, constants.VARIABLES_DIRECTORY, constants.VARIABLES_FILENAME)
        skipped = options.experimental_skip_checkpoint
        self.bundle = BundleReader(prefix) if os.path.exists(f"{prefix}.index") and not skipped else None

    def root(self) -> Any:
        if not len(self.nodes):
            return self._of_signatures()
        values, tables = self._values()
        for number in range(len(self.nodes)):
            self._object(number, values)
        root = self.objects[0]
        for number, made in self.objects.items():
            if isinstance(made, _Resource):
                made.initialize(tables.get(number, {}))
        root.tensorflow_version = self.graph.meta_info_def.tensorflow_version
        root.graph_debug_info = None
        if not isinstance(vars(root).get("signatures"), SignatureMap):
            root.signatures = SignatureMap({})
        return root

    # --- objects ------------------------------------------------------------------------------------------
    def _children(self, number: int) -> list[tuple[str, int]]:
        return [(child.local_name, child.node_id) for child in self.nodes[number].children]

    def _object(self, number: int, values: dict[int, np.ndarray]) -> Any:
        """An object with all that hangs on it; made once."""
        if number in self.objects:
            return self.objects[number]
        node = self.nodes[number]
        kind = node.WhichOneof("kind")
        if kind == "user_object" and node.user_object.identifier == "signature_map":
            made: Any = SignatureMap({})
        elif kind == "user_object":
            made = _CONTAINERS.get(node.user_object.identifier, UserObject)()
        elif kind == "variable":
            made = self._variable(number, node.variable, values)
        elif kind == "asset":
            made = self._asset(node.asset.asset_file_def_index)
        elif kind == "constant":
            made = convert_to_tensor(proto_to_array(self.constants[node.constant.operation].attr["value"].tensor))
        elif kind == "resource":
            made = _Resource()
        elif kind == "function":
            made = self._function(node.function)
        elif kind == "bare_concrete_function":
            made = None  # a signature: made with its map, which knows its key
        else:
            raise errors.UnimplementedError(None, None, f"kerax cannot load the object {number}, a {kind}.")
        self.objects[number] = made
        children = {name: (child, self._object(child, values)) for name, child in self._children(number)}
        self._attach(made, children)
        return made

    def _attach(self, made: Any, children: dict[str, tuple[int, Any]]) -> None:
        if isinstance(made, SignatureMap):
            for key, (number, _) in children.items():
                made._signatures[key] = self._signature(key, self.nodes[number].bare_concrete_function)
        elif isinstance(made, list):
            made.extend(children[name][1] for name in sorted(filter(str.isdigit, children), key=int))
        elif isinstance(made, dict):
            made.update({name: child for name, (_, child) in children.items()})
        elif isinstance(made, (UserObject, _Resource)):
            for name, (_, child) in children.items():
                setattr(made, name, child)

    def _values(self) -> tuple[dict[int, np.ndarray], dict[int, dict[str, np.ndarray]]]:
        """What was saved of each variable and of each table, by the number of its object.

        The objects of the checkpoint and those of the SavedModel are walked side by side.
        """
        values: dict[int, np.ndarray] = {}
        tables: dict[int, dict[str, np.ndarray]] = {}
        if self.bundle is None:
            return values, tables
        saved = saved_graph(self.bundle).nodes
        places = {0: 0}
        under_way = [0]
        while under_way:
            number = under_way.pop()
            node = saved[places[number]]
            for attribute in node.attributes:
                if attribute.name == "VARIABLE_VALUE":
                    values[number] = self.bundle.read(attribute.checkpoint_key)
                elif attribute.name.endswith(("-keys", "-values")):
                    part = attribute.name.rpartition("-")[2]
                    tables.setdefault(number, {})[part] = self.bundle.read(attribute.checkpoint_key)
            inside = {child.local_name: child.node_id for child in node.children}
            for name, child in self._children(number):
                if child not in places and name in inside:
                    places[child] = inside[name]
                    under_way.append(child)
        return values, tables

    def _variable(self, number: int, proto: Any, values: dict[int, np.ndarray]) -> Variable:
        dtype = dtypes.as_dtype(proto.dtype)
        value = values.get(number)
        if value is None:
            if not (self.options.allow_partial_checkpoint or self.options.experimental_skip_checkpoint):
                raise errors.NotFoundError(None, None, f"The SavedModel has no value of the variable {proto.name!r}.")
            value = np.zeros([max(dim.size, 0) for dim in proto.shape.dim], dtype.dtype)
        scopes, context.name_scopes = context.name_scopes, []
        try:
            return Variable(value, trainable=proto.trainable, name=proto.name, dtype=dtype, shape=_shape(proto.shape))
        finally:
            context.name_scopes = scopes

    def _asset(self, index: int) -> Asset:
        name = self.graph.asset_file_def[index].filename
        if os.path.basename(name) != name or name in ("", ".", ".."):
            raise ValueError(f"Invalid asset name in the SavedModel: {name!r}")
        return Asset(os.path.join(self.folder, constants.ASSETS_DIRECTORY, name))

    # --- functions ----------------------------------------------------------------------------------------
    def _function(self, proto: Any) -> Any:
        concretes = [self._concrete(name) for name in proto.concrete_functions]
        made = [concrete for concrete in concretes if isinstance(concrete, RestoredConcrete)]
        name = proto.concrete_functions[0] if proto.concrete_functions else "function"
        name = name.removeprefix("__inference_").rstrip("0123456789").rstrip("_")
        if concretes and not made:
            return concretes[0]
        return RestoredFunction(name, made, _parameters(proto.function_spec))

    def _concrete(self, name: str) -> RestoredConcrete | _Unreadable:
        if name not in self.concretes:
            proto = self.graph.object_graph_def.concrete_functions[name]
            try:
                arguments = _decoded(proto.canonicalized_input_signature)
                returned = _decoded(proto.output_signature)
            except NotImplementedError as error:
                self.concretes[name] = _Unreadable(name, str(error))
            else:
                leaves = nest.flatten(arguments)
                specs = [leaf for leaf in leaves if isinstance(leaf, TensorSpec)]
                names = [spec.name or f"args_{index}" for index, spec in enumerate(specs)]
                self.concretes[name] = self._made(name, list(proto.bound_inputs), arguments, returned, specs, names)
        return self.concretes[name]

    def _made(
        self, name: str, bound: list[int], arguments: Any, returned: Any, specs: list[TensorSpec], names: list[str]
    ) -> RestoredConcrete:
        outputs = [leaf for leaf in nest.flatten(returned) if isinstance(leaf, TensorSpec)]
        slots = iter(range(len(outputs)))
        structure = nest.map_structure(
            lambda leaf: state.Slot(next(slots)) if isinstance(leaf, TensorSpec) else leaf, returned
        )

        def run(*tensors: Tensor) -> list[Any]:
            return self.library.call(name, [*tensors, *map(self._bound, bound)])

        program = GraphProgram(run, lambda: [self.objects[number] for number in bound], structure, specs, name)
        return RestoredConcrete(name, arguments, names, [program], outputs)  # type: ignore[list-item]

    def _bound(self, number: int) -> Any:
        made = self.objects[number]
        if isinstance(made, _Resource):
            return made.handle()
        return made.asset_path if isinstance(made, Asset) else made

    def _signature(self, key: str, proto: Any) -> Any:
        concrete = self._concrete(proto.concrete_function_name)
        if isinstance(concrete, _Unreadable):
            return concrete
        named = concrete.arguments[1]  # its tensors come by keyword, sorted
        concrete.names = sorted(named) if named else list(proto.argument_keywords)
        returned = _decoded(self.graph.object_graph_def.concrete_functions[concrete.name].output_signature)
        return SignatureFunction(key, concrete, sorted(returned))

    # --- SavedModels of TensorFlow 1 ------------------------------------------------------------------------
    def _of_signatures(self) -> Any:
        """An object with the graph's signatures alone."""
        nodes = self.graph.graph_def.node
        root = UserObject()
        variables = []
        for node in nodes:
            if node.op in ("VariableV2", "VarHandleOp"):
                shared = node.attr["shared_name"].s.decode() if "shared_name" in node.attr else ""
                node.attr["shared_name"].s = (shared or node.name).encode()
                if self.bundle is not None and node.name in self.bundle:
                    variable = Variable(self.bundle.read(node.name), name=node.name)
                    self.library.resources[shared or node.name] = variable
                    variables.append(variable)
        signatures = {}
        for key, proto in self.graph.signature_def.items():
            if key.startswith("__"):
                continue
            signatures[key] = self._graph_signature(key, proto, nodes, variables)
        root.variables = variables
        root.signatures = SignatureMap(signatures)
        root.tensorflow_version = self.graph.meta_info_def.tensorflow_version
        return root

    def _graph_signature(self, key: str, proto: Any, nodes: Any, variables: list[Variable]) -> SignatureFunction:
        names, outputs = sorted(proto.inputs), sorted(proto.outputs)
        fed = [proto.inputs[name].name.partition(":")[0] for name in names]
        fetched = [proto.outputs[name].name for name in outputs]

        def run(*tensors: Tensor) -> list[Any]:
            return self.library.evaluate(nodes, dict(zip(fed, tensors, strict=True)), fetched)

        specs = [_spec_of(proto.inputs[name], name) for name in names]
        results = [_spec_of(proto.outputs[name], name) for name in outputs]
        program = GraphProgram(run, lambda: list(variables), [state.Slot(i) for i in range(len(outputs))], specs, key)
        concrete = RestoredConcrete(key, (tuple(specs), {}), names, [program], results)  # type: ignore[list-item]
        return SignatureFunction(key, concrete, outputs)


class _Resource:
    """A table: made when it is first used, by the function that the SavedModel has for it."""

    def __init__(self) -> None:
        self._made: Any = None

    def handle(self) -> Any:
        if self._made is None:
            (self._made,) = self._run("_create_resource")
        return self._made

    def initialize(self, saved: dict[str, np.ndarray]) -> None:
        """Fills it: with what the checkpoint has of it, too."""
        if hasattr(self, "_initialize"):
            self._run("_initialize")
        if saved:
            self.handle().insert(saved["keys"], saved["values"])

    def _run(self, name: str) -> list[Any]:
        return getattr(self, name).concrete_functions[0].programs[0].python()


class _Unreadable:
    """A function with arguments that kerax cannot read from the file."""

    def __init__(self, name: str, problem: str) -> None:
        self._name, self._problem = name, problem
        self.concrete_functions: list[Any] = []

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        raise errors.UnimplementedError(None, None, f"The function {self._name!r} cannot be called. {self._problem}")


def _shape(proto: Any) -> TensorShape:
    if proto.unknown_rank:
        return TensorShape(None)
    return TensorShape([None if dim.size < 0 else dim.size for dim in proto.dim])


def _spec_of(info: Any, name: str) -> TensorSpec:
    return TensorSpec(_shape(info.tensor_shape), dtypes.as_dtype(info.dtype), name)


def spec_of_placeholder(node: Any) -> TensorSpec:
    """What a node says of its output; of nodes other than placeholders that is the dtype at the most."""
    dtype = next((node.attr[name].type for name in ("dtype", "T", "DstT") if name in node.attr), 1)
    shape = _shape(node.attr["shape"].shape) if "shape" in node.attr else TensorShape(None)
    return TensorSpec(shape, dtypes.as_dtype(dtype), node.name)


def _parameters(spec: Any) -> tuple[list[str], dict[str, Any]] | None:
    """The names of a function's parameters, and the defaults of those that have one."""
    if not spec.HasField("fullargspec"):
        return None
    found = _decoded(spec.fullargspec)._asdict()
    names = list(found["args"] or ())
    if spec.is_method and names[:1] == ["self"]:
        names = names[1:]
    defaults = list(found["defaults"] or ())
    values = dict(zip(names[len(names) - len(defaults) :], defaults, strict=True))
    return names, {**values, **(found["kwonlydefaults"] or {})}


def _decoded(value: Any) -> Any:
    """A ``StructuredValue`` message as python.

    Raises:
      NotImplementedError: it holds the type of a composite tensor.
    """
    kind = value.WhichOneof("kind")
    content = getattr(value, kind) if kind else None
    if kind in (None, "none_value"):
        return None
    if kind in ("tensor_spec_value", "bounded_tensor_spec_value"):
        return TensorSpec(_shape(content.shape), dtypes.as_dtype(content.dtype), content.name or None)
    if kind == "tensor_shape_value":
        return _shape(content)
    if kind == "tensor_dtype_value":
        return dtypes.as_dtype(content)
    if kind == "tensor_value":
        return proto_to_array(content)
    if kind in ("list_value", "tuple_value"):
        return (list if kind == "list_value" else tuple)(_decoded(item) for item in content.values)
    if kind == "dict_value":
        return {key: _decoded(item) for key, item in content.fields.items()}
    if kind == "named_tuple_value":
        kind_of = collections.namedtuple(content.name, [pair.key for pair in content.values])
        return kind_of(*(_decoded(pair.value) for pair in content.values))
    if kind == "type_spec_value":
        raise NotImplementedError(f"It takes or returns a {content.type_spec_class_name or 'composite tensor'}.")
    return content
