"""What a ``tf.function`` runs for one signature: an XLA program with donated state, or python as it stands."""

from __future__ import annotations

import collections
import contextlib
import copy
import dataclasses
import types
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes, effects, errors, interpreter, interrupts, memory, nest, state
from kerax.core.context import context, quietly
from kerax.core.dispatch import dispatch, watched
from kerax.core.shape import TensorShape
from kerax.core.tensor import TensorSpec, convert_to_tensor
from kerax.core.turns import turn
from kerax.core.value import Tensor

_NEVER_RETURNED = (dtypes.DType, set, frozenset, slice, type, types.FunctionType, types.GeneratorType, types.ModuleType)
_copy = jax.jit(jnp.copy)  # called so, it costs a quarter of the call by itself


def is_array(leaf: Any) -> bool:
    """Whether a leaf of a function's arguments is traced as a tensor."""
    return isinstance(leaf, (Tensor, np.ndarray, np.generic, jax.Array))


def spec_of(leaf: Any) -> Any:
    """The spec of an array; other leaves are themselves."""
    return TensorSpec(np.shape(leaf), leaf.dtype) if is_array(leaf) else leaf


def returned(leaf: Any, function: Any = None) -> Any:
    """A leaf of what python (``function``) returned, with a tensor for a plain value.

    Raises:
      TypeError: no tensor can stand for it.
    """
    unknown = isinstance(leaf, TensorShape) and not leaf.is_fully_defined()
    if not unknown and isinstance(
        leaf, (bool, int, float, complex, str, bytes, np.ndarray, np.generic, jax.Array, TensorShape)
    ):
        return convert_to_tensor(leaf)
    if unknown or type(leaf) is object or isinstance(leaf, _NEVER_RETURNED):
        raise TypeError(
            "To be compatible with tf.function, Python functions must return zero or more Tensors or ExtensionTypes "
            f"or None values; in compilation of {function!r}, found return value of type {type(leaf).__name__}, which "
            "is not a Tensor or ExtensionType."
        )
    return leaf


def _unnamed(leaf: Any) -> Any:
    """A tensor that was shown to python as its argument's name, as the tensor that it is."""
    return Tensor(leaf._value, leaf._trace) if isinstance(leaf, Tensor) and "_shown_name" in leaf.__dict__ else leaf


class Program:
    """A compiled trace and the state it touches; the arrays of assigned Variables are given away to it.

    Args:
      lifted: the trace.
      others: int, how many programs of the function there are.
    """

    def __init__(self, lifted: state.Lifted, others: int = 0) -> None:
        self.lifted = lifted
        jaxpr = lifted.jaxpr.jaxpr
        count = len(lifted.inputs)
        written = {id(variable) for variable in lifted.assigned}
        owned = [i for i, source in enumerate(lifted.inputs) if id(source) in written]
        kept = [i for i, source in enumerate(lifted.inputs) if id(source) not in written]
        self._owned = [lifted.inputs[i] for i in owned]
        self._kept = [lifted.inputs[i] for i in kept]
        first = len(lifted.results)
        # Variables whose array also leaves through a result: a reader will hold it
        results = {id(var) for var in jaxpr.outvars[:first]}
        self._shared = [
            variable for variable, var in zip(lifted.assigned, jaxpr.outvars[first:], strict=True) if id(var) in results
        ] + [s for s, var in zip(lifted.inputs, jaxpr.invars[:count], strict=True) if id(var) in results]
        self._shared = [source for source in self._shared if not isinstance(source, Tensor)]

        # XLA writes the outputs over the arrays it is given, both in their order: the Variables' values come first, as
        # they come in, or one would be written over another's array, which is copied before
        places = {id(variable): place for place, variable in enumerate(lifted.assigned, first)}
        unread = written - {id(variable) for variable in self._owned}
        self._assigned = [*self._owned, *(v for v in lifted.assigned if id(v) in unread)]
        order = [places[id(variable)] for variable in self._assigned] + list(range(first))

        def program(*values: Any) -> list[Any]:
            inputs: list[Any] = [None] * count
            for index, value in zip((*owned, *kept), values, strict=False):
                inputs[index] = value
            outs = lifted.fn(*inputs, *values[count:])
            return [outs[place] for place in order]

        program.__name__ = lifted.name
        self.compiled = jax.jit(program, donate_argnums=range(len(owned)))
        self._deferred = interpreter.among_others(others, program)
        stateful = lifted.assigned or any(not isinstance(source, Tensor) for source in lifted.inputs)
        self._turn = turn if stateful else contextlib.nullcontext()
        self._single = type(lifted.structure) is state.Slot and first == 1
        self._fits = False  # whether it is known that the memory can hold it
        self.open = [
            (source, source._value.shape)
            for source in lifted.inputs
            if not isinstance(source, Tensor) and not source.shape.is_fully_defined()
        ]  # Variables of open shapes, and the shapes that it was traced for

    def state_values(self) -> list[Any]:
        """The arrays that come first among ``compiled``'s arguments."""
        return [source._value for source in (*self._owned, *self._kept)]

    def rebound(self, others: Mapping[int, Any]) -> Program | None:
        """The same program on other Variables.

        Args:
          others: the Variable that takes the place of the one with a certain identity.

        Returns:
          Program; None if two of the Variables that it takes become one, and it assigns that.
        """

        def swapped(sources: Sequence[Any]) -> list[Any]:
            return [others.get(id(source), source) for source in sources]

        inputs, assigned = swapped(self.lifted.inputs), swapped(self.lifted.assigned)
        counts = collections.Counter(map(id, inputs))
        if any(counts[id(variable)] > 1 for variable in assigned) or len(set(map(id, assigned))) < len(assigned):
            return None
        found = copy.copy(self)
        found.lifted = dataclasses.replace(self.lifted, inputs=inputs, assigned=assigned)
        found._owned, found._kept, found._assigned, found._shared = map(
            swapped, (self._owned, self._kept, self._assigned, self._shared)
        )
        found.open = [(others.get(id(variable), variable), shape) for variable, shape in self.open]
        return found

    def run(self, tensors: Sequence[Tensor]) -> Any:
        """Runs on flat Tensors: compiled (or interpreted) at top level, inlined in a trace, recorded under a tape."""
        if context.trace is not None:
            return state.apply(self.lifted, tensors)
        if context.recorders:
            values = [*map(state.current, self.lifted.inputs), *tensors]
            if watched(context.recorders, values):
                return state.finish(self.lifted, dispatch(self.lifted.call, values))
        if "programs" in context.extras:  # tf.summary.trace_on
            context.extras["programs"].append(self.lifted)
        arrays: list[Any] = []  # filled by loops: each comprehension would be a call
        with self._turn:
            for source in self._owned:
                arrays.append(source._value if source._tensor is None else _copy(source._value))
            for source in self._kept:
                arrays.append(source._value)
            for tensor in tensors:
                arrays.append(tensor._value)
            try:
                outs = interrupts.completed(self.compiled, arrays, self._keep) if self._fits else self._begin(arrays)
            except jax.errors.UnexpectedTracerError:
                for tensor in tensors:
                    tensor._require_in_scope()
                raise
            except jax.errors.JaxRuntimeError as error:
                if memory.ran_out(error):
                    raise errors.ResourceExhaustedError(None, None, f"{error} [{self.lifted.name}]") from error
                raise
        if self.lifted.effects:
            effects.raise_failures()
        if self._single:
            return Tensor(outs[-1])
        return self.lifted.pack([Tensor(value) for value in outs[len(self._assigned) :]])

    def _begin(self, arrays: Sequence[Any]) -> Sequence[Any]:
        """Runs it as long as it is not known to fit: interpreted, or compiled for the first time."""
        found = self._deferred.run(arrays) if self._deferred is not None else None
        if found is not None:
            self._keep(found[0])
            return found[0]
        with interrupts.held():
            memory.require_program(self.compiled, arrays, self.lifted.name)
            outs = interrupts.completed(self.compiled, arrays, self._keep)
        self._fits = True
        return outs

    def _keep(self, outs: Sequence[Any]) -> None:
        """Writes the Variables; may be done again if it was interrupted."""
        for variable, value in zip(self._assigned, outs):  # noqa: B905 results follow; the keyword costs
            variable._value = value  # as ``_write_owned``, without the calls
            variable._tensor = None
        for variable in self._shared:
            variable._tensor = Tensor(variable._value)

    def text(self, avals: Sequence[Any], stage: str) -> str:
        """The program as text: its HLO, or (``stage="optimized_hlo"``) what XLA made of it."""
        lowered = self.compiled.lower(*self.state_values(), *avals)
        return lowered.as_text("hlo") if stage == "hlo" else lowered.compile().as_text()


def _result(leaf: Any) -> Any:
    """A leaf of what uncompiled python returned: of a Variable its present value."""
    return _unnamed(leaf._kerax_tensor() if hasattr(type(leaf), "_kerax_tensor") else returned(leaf))


class Uncompiled:
    """Python itself, for a signature that XLA cannot compile.

    Args:
      python_function: the function.
      arguments: (args, kwargs) of the signature, in which new tensors take the place of tensors.
      names: for every leaf of the arguments, the parameter it belongs to.
      heard: int, how much of what python prints has been printed, by the attempt to trace it; None if there was none.
    """

    lifted = None
    open: Sequence[Any] = ()

    def __init__(
        self, python_function: Callable[..., Any], arguments: Any, names: Sequence[str | None], heard: int | None
    ) -> None:
        self._python_function = python_function
        self._arguments = arguments
        self._names = names
        self._heard = heard
        self._told = False
        self.returned: Any = None  # the specs of what python returned, once it has run

    def rebound(self, others: Mapping[int, Any]) -> Uncompiled:
        """The same on other Variables: ``others`` gives the one in place of the one with a certain identity."""
        arguments = nest.map_structure(lambda leaf: others.get(id(leaf), leaf), self._arguments)
        other = Uncompiled(self._python_function, arguments, self._names, self._heard)
        other._told = self._told
        return other

    def run(self, tensors: Sequence[Tensor]) -> Any:
        """Runs python; what it prints is printed the first time only, as if it were traced."""
        feed = iter(tensors)
        names = iter(self._names)

        def substitute(leaf: Any) -> Any:
            name = next(names, None)
            if not is_array(leaf):
                return leaf
            tensor = next(feed)
            if self._told or self._heard is not None:
                return tensor
            shown = Tensor(tensor._value, tensor._trace)
            shown._shown_name = f"{name or 'Tensor'}:0"
            return shown

        args, kwargs = nest.map_structure(substitute, self._arguments, expand_composites=True)
        outer, context.uncompiled = context.uncompiled, context.trace is None
        told, self._told = self._told, True
        try:
            with quietly(told or self._heard is not None, None if told else self._heard):
                out = self._python_function(*args, **kwargs)
        except StopIteration:  # of a tf.data iterator: in a graph the end is an error of the op
            raise errors.OutOfRangeError(None, None, "End of sequence [Op:IteratorGetNext]") from None
        finally:
            context.uncompiled = outer
        result = nest.map_structure(_result, out, expand_composites=True)
        if self.returned is None:
            self.returned = nest.map_structure(spec_of, result)
        return result
