"""The bridge from objects to pure functions: trace python once, with all state lifted to arguments.

While python runs under a ``Trace``, the first use of a Variable, or of a Tensor from outside, emits a
``read`` equation that has no inputs; afterwards these equations become arguments of the traced program, and
the last values of assigned Variables become results. So nothing has to be known beforehand, and python runs
exactly once. ``tf.function``, loops, branches and Keras' symbolic shapes all rest on ``trace``.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import jax
import jax.extend as jex
import jax.numpy as jnp
import numpy as np
from jax.interpreters import ad, batching, mlir

from kerax.core import errors, nest
from kerax.core.context import context
from kerax.core.dispatch import Call, dispatch
from kerax.core.linkage import linked_inputs
from kerax.core.value import Tensor

_read = jex.core.Primitive("kerax_read")
_read.def_abstract_eval(lambda *, aval, slot: aval)

_invalid = jex.core.Primitive("kerax_invalid")
_invalid.def_abstract_eval(lambda aval, *, message: aval)

# What a reader sees of a Variable assigned in the same program: the new value, with the derivative of the Variable.
# As in TensorFlow, a gradient adds up at the Variable over all reads, and never flows into what was assigned.
_assigned = jex.core.Primitive("kerax_assigned")
_assigned.def_impl(lambda value, entry: value)
_assigned.def_abstract_eval(lambda value, entry: value)
ad.primitive_jvps[_assigned] = lambda primals, tangents: (_assigned.bind(*primals), tangents[1])
batching.defbroadcasting(_assigned)
mlir.register_lowering(_assigned, lambda context, value, entry: [value])

# Integers and booleans from outside a trace up to this size are taken as constants: shapes, axes, counts.
STATIC_LIMIT = 64

# A constant of a program with more elements than this becomes an input: the compiler would compute with it, slowly.
CONSTANT_LIMIT = 1 << 16


#: what TensorFlow's graphs call the results of some ops
_GRAPH_NAMES = {
    **dict.fromkeys(("Dense", "ConvolveLayer", "TransposedLayer", "SeparableLayer", "DepthwiseLayer"), "BiasAdd"),
    "Added": "add",
    "AddV2": "add",
    "Argmax": "ArgMax",
    "Argmin": "ArgMin",
    "Averaged": "truediv",
    "CastWithoutGradient": "Cast",
    "ClipByValue": "clip_by_value",
    "ConcatV2": "concat",
    "Cropped": "strided_slice",
    "Einsum": "einsum/Einsum",
    "EinsumDense": "add",
    "Flatten": "Reshape",
    "FloorDiv": "floordiv",
    "FloorMod": "mod",
    "If": "cond/Identity",
    "Infer": "FusedBatchNormV3",
    "Kept": "dropout/SelectV2",
    "LayerNorm": "add",
    "LookedUp": "embedding_lookup/Identity",
    "Mul": "mul",
    "Multiplied": "mul",
    "Negative": "Neg",
    "Norm": "norm/Squeeze",
    "Normal": "random_normal",
    "OneHot": "one_hot",
    "OnesLike": "ones_like",
    "Pack": "stack",
    "Padded": "Pad",
    "PadV2": "Pad",
    "Permute": "transpose",
    "Pow": "pow",
    "Quotient": "truediv",
    "RealDiv": "truediv",
    "ReduceStd": "reduce_std/Sqrt",
    "Repeated": "resize/ResizeNearestNeighbor",
    "ResizeImages": "resize/ResizeBilinear",
    "RepeatVector": "Tile",
    "SplitV": "split",
    "StridedSlice": "strided_slice",
    "Sub": "sub",
    "Subtracted": "sub",
    "Tensordot": "Tensordot/MatMul",
    "TopK": "TopKV2",
    "Transpose": "transpose",
    "Uniform": "random_uniform/RandomUniform",
    "Unpack": "unstack",
    "While": "while",
    "ZerosLike": "zeros_like",
    **{f"Reduce{name}": name for name in ("All", "Any", "Max", "Mean", "Min", "Prod", "Sum")},
}


#: the types of some ops in TensorFlow's graphs
_GRAPH_TYPES = {
    "Argmax": "ArgMax",
    "Argmin": "ArgMin",
    "CastWithoutGradient": "Cast",
    "If": "StatelessIf",
    "Negative": "Neg",
    "Normal": "RandomStandardNormal",
    "Quotient": "RealDiv",
    "Uniform": "RandomUniform",
    "While": "StatelessWhile",
    "ones": "Fill",
    "range": "Range",
    "zeros": "Fill",
    **{f"Reduce{name}": name for name in ("All", "Any", "Max", "Mean", "Min", "Prod", "Sum")},
}


class Trace:
    """What one run of python under tracing has read, captured and assigned."""

    def __init__(self, parent: Trace | None) -> None:
        self.parent = parent
        self.name = "function"
        self.repeats = parent is not None and parent.repeats  # whether a loop runs it
        self.inputs: list[Any] = []  # Variables and outer Tensors, in order of first use
        self._entries: dict[int, Tensor] = {}  # id(Variable) → its value when the program starts
        self._values: dict[int, Tensor] = {}  # id(Variable) → its current value here
        self._reads: dict[int, Tensor] = {}  # id(Variable) → its current value, as readers see it
        self._captured: dict[int, Tensor] = {}  # id(outer Tensor) → its stand-in
        self.assigned: dict[int, Any] = {}  # id(Variable) → Variable
        self.created: list[Any] = []  # Variables made while tracing
        self.forbids_creation = False
        self.initializes = False  # whether it gives Variables their first values
        self.checks = self.prints = False  # whether the program checks or prints when it runs
        self.asks = False  # whether python asked for a value that only a run can tell, and went on without
        self.building_function = True
        self.open = True
        self.outer_scopes: int = 0 if parent is None else parent.outer_scopes  # name scopes that its ops are not under
        self._names: dict[str, int] = {}  # op or scope → how many there are
        self.operations: list[Any] = []  # (name, type, names of the inputs, shapes and dtypes of the outputs)

    def unique_name(self, name: str) -> str:
        """The name of a new op or scope: numbered from the second of that name on."""
        count = self._names[name] = self._names.get(name, 0) + 1
        shown = name
        while count > 1:
            shown = f"{name}_{count - 1}"
            if shown not in self._names:
                self._names[shown] = 1
                break
            count += 1
        return shown

    def name_results(self, op: str, results: Any, inputs: Sequence[Tensor] = (), kind: str | None = None) -> None:
        """Names what an op gave as TensorFlow's graphs do: ``add:0``, ``add_1:0``, ``scope/MatMul:0``.

        Args:
          op: str, the op.
          results: structure of its Tensors.
          inputs: the Tensors that it took.
          kind: str, the type of the op where ``op`` is its name.
        """
        name, slash, inner = op, "", ""
        if kind is None:
            kind = _GRAPH_TYPES.get(op, op)
            name, slash, inner = _GRAPH_NAMES.get(op, op).partition("/")
        if kind != "Placeholder":  # arguments are outside of the scopes
            name = "/".join([*context.name_scopes[self.outer_scopes :], name])
        shown = self.unique_name(name) + slash + inner
        taken = [self._name_of_input(shown, index, tensor) for index, tensor in enumerate(inputs)]
        given = []
        for index, tensor in enumerate([results] if type(results) is Tensor else nest.flatten(results)):
            if type(tensor) is Tensor:
                tensor._name = f"{shown}:{index}"
                given.append((tensor._value.shape, tensor._value.dtype))
        self.operations.append((shown, kind, taken, given))

    def _name_of_input(self, op: str, index: int, tensor: Tensor) -> str:
        """The name of what an op takes; what has none yet, such as ``1`` in ``x + 1``, gets an operation of its own."""
        known = tensor.__dict__
        if tensor._trace is self and "_name" in known:
            return known["_name"]
        name = f"{op}/{'xy'[index] if index < 2 else index}"
        given = [(tensor._value.shape, tensor._value.dtype)]
        kind = "Const"
        if "_variable" in known:
            name, kind = f"{op}/ReadVariableOp", "ReadVariableOp"
            self.operations.append((f"{name}/resource", "Placeholder", [], [((), None)]))
        elif isinstance(tensor._value, jax.core.Tracer) or tensor._trace is None:
            kind = "Placeholder"  # from outside
        self.operations.append((name, kind, [f"{name}/resource:0"] if kind == "ReadVariableOp" else [], given))
        if tensor._trace is self:
            tensor._name = f"{name}:0"
        return f"{name}:0"

    def _placeholder(self, source: Any, shape: tuple[int, ...], dtype: Any) -> Tensor:
        self.inputs.append(source)
        aval = jax.core.ShapedArray(shape, dtype)
        return Tensor(_read.bind(aval=aval, slot=len(self.inputs) - 1), self)

    def lift(self, tensor: Tensor) -> Any:
        """The array of a Tensor, for use inside this trace."""
        value = tensor._value
        if tensor._trace is self:
            return value
        if not isinstance(value, jax.core.Tracer):
            if type(value) is np.ndarray or (value.size <= STATIC_LIMIT and value.dtype.kind in "biu"):
                return value
        elif tensor._trace is None:
            return value  # a tracer of the user's own jax transformation
        else:
            tensor._require_in_scope()
        captured = self._captured.get(id(tensor))
        if captured is None:
            captured = self._placeholder(tensor, value.shape, value.dtype)
            self._captured[id(tensor)] = captured
        return captured._value

    def read(self, variable: Any) -> Tensor:
        """The current value of a Variable inside this trace, with the derivative of the Variable."""
        value = self._reads.get(id(variable))
        if value is None:
            if id(variable) in self.assigned:
                value = Tensor(as_read(self._values[id(variable)]._value, lambda: self._entry(variable)._value), self)
            else:
                value = self._entry(variable)
            self._reads[id(variable)] = value
        return value

    def value_of(self, variable: Any) -> Tensor:
        """The current value of a Variable inside this trace, for a use that is not differentiated."""
        return self._values[id(variable)] if id(variable) in self.assigned else self.read(variable)

    def _entry(self, variable: Any) -> Tensor:
        """The value of a Variable when the program starts."""
        value = self._entries.get(id(variable))
        if value is None:
            current = self._current(variable)
            if type(current) is np.ndarray and current.dtype == object:
                raise errors.Uncompilable("a Variable of strings")
            value = self._entries[id(variable)] = self._placeholder(variable, current.shape, current.dtype)
            value._variable = True
        return value

    def _current(self, variable: Any) -> Any:
        trace = self.parent
        while trace is not None:
            for values in (trace._values, trace._entries):
                if id(variable) in values:
                    return values[id(variable)]._value
            trace = trace.parent
        return variable._value

    def write(self, variable: Any, tensor: Tensor) -> None:
        """Makes a Tensor the current value of a Variable inside this trace."""
        if tensor._value.dtype == object:
            raise errors.Uncompilable("a Variable of strings")
        self._values[id(variable)] = Tensor(self.lift(tensor), self)
        self._reads.pop(id(variable), None)
        self.assigned[id(variable)] = variable

    def note_creation(self, variable: Any) -> None:
        """Called for every Variable made while this trace runs.

        Raises:
          ValueError: the function has made its variables before.
        """
        root = self
        while root.parent is not None:
            root = root.parent
        if root.forbids_creation:
            raise ValueError(
                "tf.function only supports singleton tf.Variables created on the first call. Make sure the "
                "tf.Variable is only created once or created outside tf.function. See "
                "https://www.tensorflow.org/guide/function#creating_tfvariables for more information."
            )
        root.created.append(variable)

    def initialize(self, variable: Any, tensor: Tensor) -> None:
        """Gives a new Variable its first value, which the program computes: it runs once, python is traced again."""
        self.write(variable, tensor)
        trace: Trace | None = self
        while trace is not None:
            trace.initializes = True
            trace = trace.parent

    def final_values(self) -> list[Any]:
        return [self._values[key]._value for key in self.assigned]

    def note_question(self) -> None:
        """Called where python would have looked at a value if it had run eagerly."""
        self.asks = True
        if self.parent is not None:
            self.parent.note_question()

    # what graph-minded user code may ask of a FuncGraph
    def as_default(self) -> contextlib.AbstractContextManager[Trace]:
        return contextlib.nullcontext(self)


def as_read(value: Any, entry: Callable[[], Any]) -> Any:
    """The array that readers see of a Variable assigned in a program: the new value, moving as the Variable does.

    Args:
      value: the assigned array.
      entry: gives the Variable's array when the program starts.
    """
    if not jnp.issubdtype(value.dtype, jnp.inexact):
        return value
    start = entry()
    if start.shape != value.shape or start.dtype != value.dtype:
        return jax.lax.stop_gradient(value)
    return _assigned.bind(value, start)


@dataclass(eq=False)
class Lifted:
    """A traced program: a pure function of its inputs' values and its arguments.

    ``fn(*inputs, *arguments)`` returns ``[*results, *new values of the assigned variables]``.
    """

    fn: Callable[..., list[Any]]
    inputs: list[Any]
    assigned: list[Any]
    structure: Any  # what python returned, with a Slot where an array goes
    results: list[jax.ShapeDtypeStruct]
    jaxpr: Any
    name: str = "function"
    effects: bool = False  # whether it prints or checks when it runs
    asks: bool = False  # whether python, run eagerly, would have looked at values
    operations: Sequence[Any] = ()  # what ran, by TensorFlow's names: ``Trace.operations``
    names: Sequence[str] = ()  # those of the results
    initializes: bool = False  # whether it gives Variables their first values
    whole: bool = True  # whether its gradient, too, is one computation to tapes, as a ``tf.function``'s is
    _call: Call | None = field(default=None, repr=False)
    _linked: frozenset[int] | None = field(default=None, repr=False)

    @property
    def linked(self) -> frozenset[int] | None:
        """Indices of the inputs and arguments from which a differentiable path leads to a result; None if not known."""
        if self._linked is None and self.jaxpr is not None:
            self._linked = linked_inputs(self.jaxpr.jaxpr, range(len(self.results)))
        return self._linked

    @property
    def call(self) -> Call:
        """The program as an op: what a tape records."""
        if self._call is None:
            self._call = Call(self.fn, self.name, linked=self.linked, saves=True, whole=self.whole, jaxpr=self.jaxpr)
        return self._call

    def pack(self, results: Sequence[Any]) -> Any:
        """Python's return value, with these results in it."""
        return _map_slots(self.structure, results)


class Slot:
    """Stands for result number ``index`` in a returned structure."""

    __slots__ = ("index",)

    def __init__(self, index: int) -> None:
        self.index = index


def _map_slots(structure: Any, results: Sequence[Any]) -> Any:
    kind = type(structure)
    if kind is Slot:
        return results[structure.index]
    if kind is dict:
        return {key: _map_slots(part, results) for key, part in structure.items()}
    if kind is tuple or kind is list:
        return kind([_map_slots(part, results) for part in structure])
    return nest.map_structure(
        lambda leaf: results[leaf.index] if isinstance(leaf, Slot) else leaf, structure, expand_composites=True
    )


def trace(
    fn: Callable[..., Any],
    avals: Sequence[Any],
    *,
    convert: Callable[[Any], Any] | None = None,
    name: str = "function",
    repeats: bool = False,
) -> Lifted:
    """Runs ``fn`` once on abstract Tensors and returns the program it stands for.

    Args:
      fn: takes as many Tensors as there are avals, returns any structure of Tensors and python values.
      avals: shapes and dtypes (``jax.ShapeDtypeStruct`` or anything alike).
      convert: applied to each returned leaf; what is a Tensor then becomes a result of the program.
      name: str, for messages.
      repeats: bool, whether it is the body of a loop.

    Returns:
      Lifted.

    Raises:
      errors.Uncompilable: python needed a value that only a run can give.
    """
    scope = Trace(context.trace)
    scope.name = name
    scope.repeats |= repeats
    packed: dict[str, Any] = {}

    def run(*arrays: Any) -> list[Any]:
        outer = context.trace, context.recorders
        context.trace = scope
        context.recorders = [inner for inner in (recorder.for_inner_trace() for recorder in outer[1]) if inner]
        try:
            out = fn(*[Tensor(array, scope) for array in arrays])
            results: list[Any] = []
            packed["names"] = []
            packed["structure"] = _extract(out, scope, convert, results, packed["names"])
            packed["count"] = len(results)
            return [*results, *scope.final_values()]
        finally:
            context.trace, context.recorders = outer
            scope.open = False

    closed = jax.make_jaxpr(run)(*[jax.ShapeDtypeStruct(aval.shape, aval.dtype) for aval in avals])
    lifted, constants = _lift_constants(_lift_reads(closed, len(scope.inputs)))
    shapes = [jax.ShapeDtypeStruct(aval.shape, aval.dtype) for aval in closed.out_avals[: packed["count"]]]
    return Lifted(
        fn=jex.core.jaxpr_as_fun(lifted),
        inputs=[*constants, *scope.inputs],
        assigned=list(scope.assigned.values()),
        structure=packed["structure"],
        results=shapes,
        jaxpr=lifted,
        name=name,
        effects=scope.checks or scope.prints,
        asks=scope.asks,
        operations=scope.operations,
        names=packed["names"],
        initializes=scope.initializes,
    )


def _extract(out: Any, scope: Trace, convert: Callable[[Any], Any] | None, results: list[Any], names: list[str]) -> Any:
    def leaf(value: Any) -> Any:
        if convert is not None:
            value = convert(value)
        if hasattr(type(value), "_kerax_tensor"):
            value = value._kerax_tensor()
        if not isinstance(value, Tensor):
            return value
        array = scope.lift(value)
        if type(array) is np.ndarray and array.dtype == object:
            return Tensor(array)
        results.append(array)
        names.append(scope._name_of_input("Identity", 0, value))
        return Slot(len(results) - 1)

    return nest.map_structure(leaf, out, expand_composites=True)


def poisoned(tensor: Tensor, message: str) -> Tensor:
    """A value that is known to be wrong: an error if the program under way uses it, nothing if it does not.

    Args:
      tensor: the value.
      message: what is wrong with it.

    Raises:
      errors.InvalidArgumentError: at once where ops run eagerly.
    """
    if context.trace is None:
        raise errors.InvalidArgumentError(None, None, message)
    return Tensor(_invalid.bind(context.trace.lift(tensor), message=message), context.trace)


def _without_poison(jaxpr: Any) -> list[Any]:
    """A program's equations without those that nothing uses, if one of these is poisoned.

    Raises:
      errors.InvalidArgumentError: a poisoned value is used.
    """
    if not any(equation.primitive is _invalid for equation in jaxpr.eqns):
        return jaxpr.eqns
    needed = {id(var) for var in jaxpr.outvars}
    kept = []
    for equation in reversed(jaxpr.eqns):
        if equation.primitive is _read or equation.effects or any(id(var) in needed for var in equation.outvars):
            if equation.primitive is _invalid:
                raise errors.InvalidArgumentError(None, None, equation.params["message"])
            needed.update(id(var) for var in equation.invars)
            kept.append(equation)
    return kept[::-1]


def _lift_reads(closed: Any, count: int) -> Any:
    """Turns the ``read`` equations of a program into its first ``count`` arguments."""
    jaxpr = closed.jaxpr
    variables: list[Any] = [None] * count
    equations = []
    all_equations = _without_poison(jaxpr)
    for equation in all_equations:
        if equation.primitive is _read:
            variables[equation.params["slot"]] = equation.outvars[0]
        else:
            equations.append(equation)
    if None in variables:
        raise errors.Uncompilable("a Variable first read inside a jax transformation")
    if not count and all_equations is jaxpr.eqns:
        return closed
    info = jaxpr.debug_info._replace(arg_names=None, result_paths=None)
    lifted = jaxpr.replace(invars=[*variables, *jaxpr.invars], eqns=equations, debug_info=info)
    return jex.core.ClosedJaxpr(lifted, closed.consts)


def _lift_constants(closed: Any) -> tuple[Any, list[Tensor]]:
    """Turns the large constants of a program into its first arguments; returns it with them."""
    jaxpr = closed.jaxpr
    small, large = [], []
    for var, value in zip(jaxpr.constvars, closed.consts, strict=True):
        lifts = value.size > CONSTANT_LIMIT and not isinstance(value, jax.core.Tracer)
        (large if lifts else small).append((var, value))
    if not large:
        return closed, []
    lifted = jaxpr.replace(
        constvars=[var for var, _ in small],
        invars=[*[var for var, _ in large], *jaxpr.invars],
        debug_info=jaxpr.debug_info._replace(arg_names=None, result_paths=None),
    )
    with jax.ensure_compile_time_eval():
        constants = [Tensor(jnp.asarray(value)) for _, value in large]
    return jex.core.ClosedJaxpr(lifted, [value for _, value in small]), constants


def current(source: Any) -> Tensor:
    """The present value of a program's input: a Variable is read (and watched), a Tensor is itself."""
    return source if isinstance(source, Tensor) else source._kerax_tensor()


def apply(lifted: Lifted, arguments: Sequence[Tensor]) -> Any:
    """Runs a traced program here and now, eagerly or inside another trace, and writes its state back."""
    inputs = [current(source) for source in lifted.inputs]
    outs = dispatch(lifted.call, [*inputs, *arguments])
    return finish(lifted, outs)


def finish(lifted: Lifted, outs: Sequence[Tensor]) -> Any:
    """Writes new values of Variables back and packs the results as python returned them."""
    count = len(outs) - len(lifted.assigned)
    for variable, value in zip(lifted.assigned, outs[count:], strict=True):
        variable._write(value)
    return lifted.pack(outs[:count])


@contextlib.contextmanager
def init_scope() -> Iterator[None]:
    """Leaves all traces and tapes: what is created inside is created now.

    >>> import kerax as tf
    >>> with tf.init_scope():
    ...     tf.executing_eagerly()
    True
    """
    outer = context.trace, context.recorders
    context.trace, context.recorders = None, []
    try:
        if outer[0] is None:
            yield
        else:
            with jax.ensure_compile_time_eval():
                yield
    finally:
        context.trace, context.recorders = outer


@contextlib.contextmanager
def no_recording() -> Iterator[None]:
    """Runs ops without any tape noticing."""
    outer = context.recorders
    context.recorders = []
    try:
        yield
    finally:
        context.recorders = outer


def in_trace() -> bool:
    return context.trace is not None


def executing_eagerly() -> bool:
    """Whether ops run at once: False inside ``tf.function``, ``fit`` and other traces.

    >>> import kerax as tf
    >>> tf.executing_eagerly()
    True
    """
    return context.trace is None
