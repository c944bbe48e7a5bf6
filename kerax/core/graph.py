"""Names of TensorFlow's graphs that have a meaning without one: order is python's, programs are traces."""

from __future__ import annotations

import builtins
import contextlib
import importlib
import itertools
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from kerax.core import nest
from kerax.core.context import context
from kerax.core.tensor import TensorSpec, TypeSpec, convert_to_tensor
from kerax.core.value import Tensor

newaxis = None


class AggregationMethod:
    """How gradients are summed in TensorFlow 1; results are the same."""

    ADD_N = 0
    DEFAULT = ADD_N
    EXPERIMENTAL_TREE = 1
    EXPERIMENTAL_ACCUMULATE_N = 2


class NullScope(contextlib.AbstractContextManager[None]):
    """A context that changes nothing."""

    def __exit__(self, *exc: Any) -> None:
        return None


def control_dependencies(control_inputs: Any) -> NullScope:
    """Ops run in the order of the program, so nothing has to be said.

    Args:
      control_inputs: list of Tensors or callables (which are called).
    """
    for value in control_inputs or []:
        if callable(value):
            value()
    return NullScope()


def no_op(name: str | None = None) -> None:
    """Does nothing."""


def group(*inputs: Any, **kwargs: Any) -> None:
    """Does nothing: the inputs have been computed.

    Raises:
      ValueError: (in a function) a keyword argument other than ``name``.
      TypeError: (in a function) an input is neither a tensor, an op, nor a structure of them.
    """
    if context.trace is None:  # TensorFlow looks at the arguments in graphs only
        return
    if set(kwargs) - {"name"}:
        raise ValueError(f"Unknown keyword arguments: {', '.join(kwargs)}")
    for value in nest.flatten(inputs, expand_composites=True):
        if not (value is None or hasattr(value, "dtype")):
            raise TypeError(
                f"'inputs' should be zero or more (nested) Tensors. Received '{value}' with type '{type(value)}'."
            )


def tuple(tensors: Any, control_inputs: Any = None, name: str | None = None) -> list[Any]:
    """The tensors, all computed.

    Raises:
      ValueError: (in a function) no tensor among them.
    """
    if context.trace is None:
        return tensors
    values = [None if value is None else convert_to_tensor(value) for value in tensors]
    if not any(value is not None for value in values):
        raise ValueError("Must have at least one Tensor in 'tensors'.")
    return values


def get_current_name_scope() -> str:
    """The names of the scopes entered with ``tf.name_scope``, joined by slashes."""
    return "/".join(context.name_scopes)


def inside_function() -> bool:
    """Whether a ``tf.function`` is being traced."""
    return context.trace is not None


def is_symbolic_tensor(tensor: Any) -> bool:
    """Whether a tensor is known only when the program runs."""
    return isinstance(tensor, Tensor) and tensor._is_in_graph()


def timestamp(name: str | None = None) -> Tensor:
    """Seconds since the epoch, float64."""
    return convert_to_tensor(np.float64(time.time()))


def type_spec_from_value(value: Any) -> Any:
    """The spec that describes a value.

    Raises:
      TypeError: values of this type have none.
    """
    if isinstance(value, TypeSpec):
        return value
    spec = getattr(value, "_type_spec", None)
    if spec is not None:
        return spec
    if isinstance(value, Tensor):
        return TensorSpec(value.shape, value.dtype)
    try:
        tensor = convert_to_tensor(value)
    except (TypeError, ValueError):
        raise TypeError(f"Could not build a TypeSpec for {value!r} with type {type(value).__name__}") from None
    return TensorSpec(tensor.shape, tensor.dtype)


class DeviceSpec:
    """The parts of a device's name.

    Args:
      job, replica, task, device_type, device_index: the parts, each may be None.

    >>> import kerax as tf
    >>> tf.DeviceSpec(job="ps", device_type="CPU", device_index=0).to_string()
    '/job:ps/device:CPU:0'
    """

    def __init__(
        self,
        job: str | None = None,
        replica: int | None = None,
        task: int | None = None,
        device_type: str | None = None,
        device_index: int | None = None,
    ) -> None:
        self.job, self.replica, self.task = job, replica, task
        self.device_type = device_type.upper() if device_type else device_type
        self.device_index = device_index

    @classmethod
    def from_string(cls, spec: str) -> DeviceSpec:
        """Parses a name such as "/job:ps/task:0/device:CPU:0"."""
        parts: dict[str, Any] = {}
        for part in filter(None, spec.split("/")):
            key, *rest = part.split(":")
            if key in ("job",):
                parts["job"] = rest[0]
            elif key in ("replica", "task"):
                parts[key] = int(rest[0])
            elif key == "device":
                parts["device_type"] = rest[0]
                parts["device_index"] = int(rest[1]) if len(rest) > 1 and rest[1] != "*" else None
            elif re.fullmatch("(?i)cpu|gpu|tpu", key):
                parts["device_type"] = key
                parts["device_index"] = int(rest[0]) if rest and rest[0] != "*" else None
            else:
                raise ValueError(f"Unknown attribute '{key}' is encountered while parsing the device spec: '{spec}'.")
        return cls(**parts)

    def parse_from_string(self, spec: str) -> DeviceSpec:
        """A spec of a name such as "/device:CPU:0"; this spec stays as it is."""
        return self.from_string(spec)

    def to_string(self) -> str:
        """The name."""
        text = "".join(
            f"/{key}:{value}"
            for key, value in (("job", self.job), ("replica", self.replica), ("task", self.task))
            if value is not None
        )
        if self.device_type is not None:
            index = "*" if self.device_index is None else self.device_index
            text += f"/device:{self.device_type}:{index}"
        return text

    def replace(self, **kwargs: Any) -> DeviceSpec:
        """A copy with other parts."""
        names = ("job", "replica", "task", "device_type", "device_index")
        return DeviceSpec(**{name: kwargs.get(name, getattr(self, name)) for name in names})

    def make_merged_spec(self, dev: DeviceSpec) -> DeviceSpec:
        """A copy whose parts are those of ``dev`` where it has them."""
        return self.replace(**{name: value for name, value in vars(dev).items() if value is not None})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DeviceSpec) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash(self.to_string())

    def __repr__(self) -> str:
        return f"<DeviceSpec({', '.join(f'{name}={value}' for name, value in vars(self).items())})>"


class CriticalSection:
    """Runs functions one at a time.

    Args:
      name, shared_name: ignored.
    """

    def __init__(self, name: str | None = None, shared_name: str | None = None, **kwargs: Any) -> None:
        self.name = name or "critical_section"
        self._lock = threading.RLock()

    def execute(self, fn: Callable[[], Any], exclusive_resource_access: bool = True, name: str | None = None) -> Any:
        """Runs ``fn`` while no other function of this section runs."""
        with self._lock:
            return fn()


class RegisterGradient:
    """A decorator that registers the gradient of a graph op.

    Libraries register gradients for the ops of their binaries. As kerax loads none (``tf.load_op_library`` refuses),
    a registered gradient is never asked for; use ``tf.custom_gradient``.

    Args:
      op_type: str, the op's name.

    Raises:
      TypeError: the name is no str.
      KeyError: there is a gradient of that name.
    """

    _registered: set[str] = set()

    def __init__(self, op_type: str) -> None:
        if not isinstance(op_type, str):
            raise TypeError("op_type must be a string")
        self._op_type = op_type

    def __call__(self, f: Callable[..., Any]) -> Callable[..., Any]:
        if self._op_type in self._registered or hasattr(importlib.import_module("kerax.raw_ops"), self._op_type):
            raise KeyError(f"Registering two gradient with name '{self._op_type}'!")
        self._registered.add(self._op_type)
        return f


@contextlib.contextmanager
def variable_creator_scope(variable_creator: Callable[..., Any]) -> Iterator[None]:
    """Lets a function take part in making the variables inside.

    Args:
      variable_creator: ``f(next_creator, **kwargs)`` returning a variable.
    """
    creators = context.extras.setdefault("variable_creators", [])
    creators.append(variable_creator)
    try:
        yield
    finally:
        creators.remove(variable_creator)


class Graph:
    """TensorFlow 1's graph. Ops inside ``as_default()`` run at once, as everywhere in kerax.

    Differs from TensorFlow: nothing is built; a graph has no operations.
    """

    def __init__(self) -> None:
        self.building_function = False
        self.seed: int | None = None
        self.finalized = False
        self._names: dict[str, int] = {}

    def unique_name(self, name: str, mark_as_used: bool = True) -> str:
        """A name that has not been given out, within the current name scope."""
        scope = get_current_name_scope()
        full = f"{scope}/{name}" if scope else name
        count = self._names.get(full.lower(), 0)
        if mark_as_used:
            self._names[full.lower()] = count + 1
        return f"{full}_{count}" if count else full

    def get_name_scope(self) -> str:
        """The name scope open in a function's graph, such as "outer/inner"; eager scopes belong to no graph."""
        return get_current_name_scope() if self.building_function else ""

    @contextlib.contextmanager
    def as_default(self) -> Iterator[Graph]:
        yield self

    def get_operations(self) -> list[Any]:
        return []

    def as_graph_def(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError("kerax has no graph protocol buffers.")


_EAGER = Graph()


def _graph_of(trace: Any) -> Graph:
    found = vars(trace).get("graph")
    if found is None:
        found = trace.graph = Graph()
        found.building_function = True
    return found


def get_default_graph() -> Graph:
    """The graph of the function that is traced; outside of functions, the one in which everything runs at once."""
    return _EAGER if context.trace is None else _graph_of(context.trace)


def _graph(tensor: Tensor) -> Graph:
    """The graph of the traced function that a Tensor belongs to; Tensors outside of functions have none."""
    if tensor._trace is None:
        raise AttributeError("Tensor.graph is undefined when eager execution is enabled.")
    return _graph_of(tensor._trace)


Tensor.graph = property(_graph)


class Operation:
    """One operation of a traced function's graph.

    Args:
      name: str, unique in the graph.
      kind: str, TensorFlow's name of the op.
      inputs: list of ``GraphTensor``, what it takes.
      outputs: (shape, dtype) of what it gives.
    """

    def __init__(self, name: str, kind: str, inputs: Sequence[Any] = (), outputs: Sequence[Any] = ()) -> None:
        self.name, self.type, self.op, self.inputs = name, kind, kind, builtins.tuple(inputs)
        self.control_inputs: list[Operation] = []  # what runs before it
        self.outputs = [GraphTensor(f"{name}:{i}", shape, dtype, self) for i, (shape, dtype) in enumerate(outputs)]

    @property
    def input(self) -> list[str]:
        """The names of what it takes, as a node of a ``GraphDef`` has them."""
        before = [f"^{operation.name}" for operation in self.control_inputs]
        return [tensor.name.removesuffix(":0") for tensor in self.inputs] + before

    def __repr__(self) -> str:
        return f"<tf.Operation '{self.name}' type={self.type}>"


class GraphTensor(TensorSpec):
    """A tensor of a traced function's graph: no value, but a name, a shape and a dtype.

    Args:
      name: str, such as ``MatMul:0``.
      shape: the shape; None for unknown rank.
      dtype: the dtype; None for a handle of a variable.
      op: the ``Operation`` whose result it is.
    """

    def __init__(self, name: str, shape: Any, dtype: Any, op: Operation | None = None) -> None:
        super().__init__(shape, "resource" if dtype is None else dtype, name)
        self.op = op

    def get_shape(self) -> Any:
        """The shape."""
        return self.shape

    def __str__(self) -> str:
        return f'Tensor("{self.name}", shape={self.shape}, dtype={self.dtype.name})'

    def __repr__(self) -> str:
        return f"<tf.Tensor '{self.name}' shape={self.shape} dtype={self.dtype.name}>"


class FunctionGraph(Graph):
    """The graph of a traced function.

    Args:
      name: str.
      lifted: ``core.state.Lifted``, the program; None for a function that runs uncompiled.
      inputs: specs of the function's arguments.
      outputs: specs of its results.
      structured_input_signature, structured_outputs: both as python gives them.
      captures: the variables and tensors from outside.

    Differs from TensorFlow: nodes have no attributes, and branches and bodies are not shown.
    """

    def __init__(
        self,
        name: str,
        lifted: Any,
        inputs: Sequence[TensorSpec] = (),
        outputs: Sequence[TensorSpec] = (),
        structured_input_signature: Any = None,
        structured_outputs: Any = None,
        captures: Sequence[Any] = (),
    ) -> None:
        super().__init__()
        self.building_function = True
        self.name = name
        self.structured_input_signature, self.structured_outputs = structured_input_signature, structured_outputs
        self.captures = captures  # Differs from TensorFlow: without their placeholders
        self._operations: dict[str, Operation] = {}
        if lifted is None:
            found = [(spec.name, "Placeholder", [], [(spec.shape, spec.dtype)]) for spec in inputs]
        else:
            found = list(lifted.operations)
        specs = iter(inputs)
        for label, kind, taken, given in found:
            if kind == "Placeholder" and "/" not in label:  # an argument: its sizes are those of the signature
                given = [(spec.shape, spec.dtype) for spec in itertools.islice(specs, 1)] or given
            self._add(label, kind, taken, given)
        self.inputs = [op.outputs[0] for op in self._operations.values() if op.type == "Placeholder"]
        self.outputs = []
        for index, spec in enumerate(outputs):
            label = f"Identity_{index}" if index else "Identity"
            taken = [lifted.names[index]] if lifted is not None and index < len(lifted.names) else []
            self.outputs += self._add(label, "Identity", taken, [(spec.shape, spec.dtype)]).outputs
        reads = [op for op in self._operations.values() if op.type == "ReadVariableOp"]
        if reads:
            last = self._add("NoOp", "NoOp", [], [])
            last.control_inputs = reads
            for tensor in self.outputs:
                tensor.op.control_inputs = [last]

    @property
    def variables(self) -> builtins.tuple[Any, ...]:
        """The variables that the function reads or assigns."""
        return builtins.tuple(source for source in self.captures if hasattr(source, "assign"))

    @property
    def trainable_variables(self) -> builtins.tuple[Any, ...]:
        """Those of the variables that are trainable."""
        return builtins.tuple(variable for variable in self.variables if variable.trainable)

    def _add(self, name: str, kind: str, taken: Sequence[str], given: Sequence[Any]) -> Operation:
        tensors = [tensor for tensor in map(self._tensor, taken) if tensor is not None]
        operation = self._operations[name] = Operation(name, kind, tensors, given)
        return operation

    def _tensor(self, name: str) -> GraphTensor | None:
        label, _, index = name.rpartition(":")
        operation = self._operations.get(label)
        return None if operation is None or int(index) >= len(operation.outputs) else operation.outputs[int(index)]

    def get_operations(self) -> list[Operation]:
        """The operations, in the order in which they run."""
        return list(self._operations.values())

    def get_operation_by_name(self, name: str) -> Operation:
        """The operation of a name.

        Raises:
          KeyError: there is none.
        """
        if name not in self._operations:
            raise KeyError(f"The name {name!r} refers to an Operation not in the graph.")
        return self._operations[name]

    def get_tensor_by_name(self, name: str) -> GraphTensor:
        """The tensor of a name such as ``MatMul:0``.

        Raises:
          KeyError: there is none.
          ValueError: the name is that of an operation.
        """
        if ":" not in name:
            what = "refers to an Operation" if name in self._operations else "looks like an (invalid) Operation name"
            raise ValueError(
                f'The name {name!r} {what}, not a Tensor. Tensor names must be of the form "<op_name>:<output_index>".'
            )
        found = self._tensor(name)
        if found is None:
            raise KeyError(
                f"The name {name!r} refers to a Tensor which does not exist. The operation, "
                f"{name.rpartition(':')[0]!r}, does not exist in the graph."
            )
        return found

    def as_graph_def(self, from_version: Any = None, add_shapes: bool = False) -> GraphDef:
        """The operations as text and as a list of nodes."""
        return GraphDef(self.get_operations())


class GraphDef:
    """A graph's nodes; its text is that of TensorFlow's protocol buffer."""

    def __init__(self, node: Sequence[Operation] = ()) -> None:
        self.node = list(node)

    def __str__(self) -> str:
        lines = []
        for node in self.node:
            inputs = [f'  input: "{name}"' for name in node.input]
            lines += ["node {", f'  name: "{node.name}"', f'  op: "{node.op}"', *inputs, "}"]
        return "\n".join(lines)

    __repr__ = __str__


_ENUM_NAMES = {"float16": "HALF", "float32": "FLOAT", "float64": "DOUBLE"}


class OpDef:
    """What a function takes and gives; its text is that of TensorFlow's protocol buffer.

    Args:
      name: str.
      input_arg, output_arg: lists of ``GraphTensor``.
    """

    def __init__(self, name: str, input_arg: Sequence[GraphTensor], output_arg: Sequence[GraphTensor]) -> None:
        self.name = name
        self.input_arg, self.output_arg = list(input_arg), list(output_arg)

    def __str__(self) -> str:
        lines = [f'name: "{self.name}"']
        for field, tensors in (("input_arg", self.input_arg), ("output_arg", self.output_arg)):
            for tensor in tensors:
                label = tensor.op.name if field == "input_arg" else tensor.op.name.lower()
                kind = _ENUM_NAMES.get(tensor.dtype.name, tensor.dtype.name.upper())
                lines += [f"{field} {{", f'  name: "{label}"', f"  type: DT_{kind}", "}"]
        return "\n".join(lines) + "\n"

    __repr__ = __str__


class FunctionDef:
    """A traced function as TensorFlow's protocol buffer tells of it, as far as its graph does.

    Args:
      name: str.
      graph: FunctionGraph.
    """

    def __init__(self, name: str, graph: FunctionGraph) -> None:
        self.signature = OpDef(name, graph.inputs, graph.outputs)
        self.node_def = [operation for operation in graph.get_operations() if operation.type != "Placeholder"]
        self.ret = {tensor.op.name.lower(): f"{tensor.op.name}:output:0" for tensor in graph.outputs}
