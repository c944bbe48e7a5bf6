"""``tf.GradientTape`` on ``jax.vjp``."""

from __future__ import annotations

import contextlib
import enum
import functools
import math
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from kerax.core import errors, nest
from kerax.core.backward import (
    Node,
    differentiable,
    masked_inputs,
    outputs_of,
    pull_node,
    run_as_op,
    run_in_program,
    seed_cotangents,
    sum_parts,
    to_dense,
    walk,
)
from kerax.core.context import context
from kerax.core.dispatch import Call, Links, apply_pullback, dispatch
from kerax.core.log import warn_first
from kerax.core.rows import Rows
from kerax.core.state import no_recording
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import OPERATORS, Tensor


class UnconnectedGradients(enum.Enum):
    """What the gradient of an unconnected source is: None, or zeros."""

    NONE = "none"
    ZERO = "zero"


def _unconnected(value: Any) -> UnconnectedGradients:
    try:
        return UnconnectedGradients(value)
    except ValueError:
        raise ValueError(f"Unknown value for unconnected_gradients: {value!r}") from None


# --- whole programs for structures that come back ------------------------------------------------------------
_SEEN_LIMIT = 512
_PROGRAM_LIMIT = 128
_NODE_LIMIT = 4000
_REPEATS = 2  # a structure is compiled as a whole when it comes for this many times
_seen: OrderedDict[Any, int] = OrderedDict()
_programs: OrderedDict[Any, Call] = OrderedDict()


class _Value:
    """Stands for an array of a program while it is replayed."""

    __slots__ = ("_value",)

    def __init__(self, value: Any) -> None:
        self._value = value


class _Plan:
    """The structure of a recorded computation, apart from its arrays.

    Slots number the values: first the external inputs, then each node's outputs. What a node saved going forward is
    external, and so are its outputs: it is not run again.

    Args:
      nodes: in the order in which they were recorded.
      targets: the values to differentiate.
      sources: for each source, the values that stand for it.
      saved: bool, whether to use what nodes saved; else all follows from the inputs, for those who differentiate it.
    """

    def __init__(
        self, nodes: Sequence[Node], targets: Sequence[Any], sources: Sequence[Sequence[Any]], saved: bool
    ) -> None:
        slots: dict[int, int] = {}
        externals = self.externals = []
        wanted = {id(value) for reads in sources for value in reads}
        kept = [saved and node.pullback is not None and _covers(node, wanted) for node in nodes]
        produced = {id(v) for node, stays in zip(nodes, kept, strict=True) if not stays for v in node.outputs}

        def take(values: Sequence[Any]) -> None:
            for value in values:
                key = id(value)
                if key not in slots and key not in produced:
                    slots[key] = len(externals)
                    externals.append(value)

        savings: list[Any] = []
        for node, stays in zip(nodes, kept, strict=True):
            take(node.inputs)
            if not stays:
                savings.append(None)
                continue
            take(node.outputs)
            wanted, pullback, out = node.pullback
            savings.append((wanted, len(externals), pullback.tree, jax.tree.structure(out)))
            externals.extend(map(Tensor, pullback.leaves))
        take(targets)
        steps = []
        count = len(externals)
        for node, saving in zip(nodes, savings, strict=True):
            wiring = tuple([slots[id(value)] for value in node.inputs])
            if saving is None:
                for value in node.outputs:
                    slots[id(value)] = count
                    count += 1
            steps.append((node.call, wiring, tuple([slots[id(value)] for value in node.outputs]), saving))
        self.steps = steps
        self.targets = tuple(slots[id(value)] for value in targets)
        self.sources = tuple(tuple(slots[id(value)] for value in reads if id(value) in slots) for reads in sources)
        self.key = (
            tuple((id(call), wiring, saving and saving[:2]) for call, wiring, _, saving in steps),
            self.targets,
            self.sources,
        )

    def replay(self, arrays: Sequence[Any]) -> tuple[list[Any], Callable[[Sequence[Any]], list[Any]]]:
        """Runs the computation and returns the targets with their pullback to the sources."""
        values: dict[int, _Value] = {slot: _Value(array) for slot, array in enumerate(arrays)}
        nodes = []
        for call, wiring, outs, saving in self.steps:
            inputs = [values[slot] for slot in wiring]
            if saving is None:
                wanted = tuple(index for index, value in enumerate(inputs) if differentiable(value))
                out, pullback = call.vjp([value._value for value in inputs], wanted)
                values.update(zip(outs, map(_Value, jax.tree.leaves(out)), strict=True))
            else:
                wanted, start, tree, structure = saving
                leaves = [values[slot]._value for slot in range(start, start + tree.num_leaves)]
                pullback = jax.tree.unflatten(tree, leaves)
                out = jax.tree.unflatten(structure, [values[slot]._value for slot in outs])
            outputs = [values[slot] for slot in outs]
            nodes.append(Node(call, inputs, outputs, (wanted, pullback, out), None))
        targets = [values[slot] for slot in self.targets]
        reads = [[values[slot] for slot in slots] for slots in self.sources]

        def pull(node: Node, wanted: tuple[int, ...], fed: dict[int, Any]) -> list[Any]:
            stored, pullback, out = node.pullback
            gradients = dict(zip(stored, apply_pullback(pullback, out, fed), strict=True))
            return [gradients[index] for index in wanted]

        def backward(cotangents: Sequence[Any]) -> list[Any]:
            sources = {id(value) for group in reads for value in group}
            found = walk(nodes, seed_cotangents(targets, cotangents, run_in_program), sources, pull, run_in_program)
            return [sum_parts([found.get(id(value)) for value in group], run_in_program) for group in reads]

        return [value._value for value in targets], backward


def _covers(node: Node, sources: set[int]) -> bool:
    """Whether what a node saved tells the gradient of every source among its inputs: one may be watched afterwards."""
    stored = node.pullback[0]
    return all(index in stored for index, value in enumerate(node.inputs) if id(value) in sources)


def without_rows(structure: Any) -> Any:
    """The structure with ragged tensors replaced by their values; itself where there are none."""
    if isinstance(structure, Tensor) or not any(hasattr(leaf, "flat_values") for leaf in nest.flatten(structure)):
        return structure
    return nest.map_structure(lambda leaf: getattr(leaf, "flat_values", leaf), structure)


def _unsuited(value: Any) -> Exception:
    """TensorFlow's error for a target or source that is no tensor: numbers are told from other things."""
    if isinstance(value, (bool, int, float, np.ndarray, np.generic)):
        return AttributeError(f"{type(value).__name__!r} object has no attribute '_id'")
    return TypeError(f"Cannot convert the argument `type_value`: {value!r} to a TensorFlow DType.")


def under_rows(source: Any, gradient: Any) -> Any:
    """A gradient of values under the rows of the ragged tensor it belongs to."""
    ragged = gradient is not None and hasattr(source, "with_flat_values")
    return source.with_flat_values(gradient) if ragged else gradient


def _flat_targets(target: Any) -> list[Any]:
    """The leaves of a structure of targets; a ragged or sparse one counts as its values."""
    flat = []
    for value in nest.flatten(target):
        value = getattr(value, "flat_values", value)
        flat.append(value.values if nest.is_composite(value) and hasattr(value, "values") else value)
    return flat


def _fitted(cotangent: Any, target: Tensor) -> Any:
    """An output gradient as an array of the target's shape.

    Raises:
      errors.InvalidArgumentError: it is of another dtype, or does not fit (in a trace TypeError and ValueError).
    """
    if not differentiable(target):
        return cotangent  # of no consequence
    cotangent = convert_to_tensor(cotangent)
    if cotangent.dtype != target.dtype:
        message = f"the output gradient of a {target.dtype.name} tensor is a {cotangent.dtype.name} tensor"
        raise errors.InvalidArgumentError(None, None, message) if context.trace is None else TypeError(message)
    shape = tuple(target._value.shape)
    return cotangent if cotangent._value.shape == shape else dispatch(_spread(shape), [cotangent])


@functools.lru_cache(maxsize=256)
def _spread(shape: tuple[int, ...]) -> Call:
    return Call(lambda value: jnp.broadcast_to(value, shape), "BroadcastTo")


def _slices(gradient: Any, reads: Sequence[Any]) -> Any:
    """A gradient as the user gets it: rows, from a program as (values, indices), become ``tf.IndexedSlices``."""
    if type(gradient) is Rows:
        gradient = gradient.values, gradient.indices
    if type(gradient) is not tuple:
        return gradient
    shape = convert_to_tensor(np.array(reads[0]._value.shape, np.int32))
    return OPERATORS["IndexedSlices"](*gradient, shape)


def _gradient_program(plan: _Plan, given: bool) -> Call | None:
    """The compiled gradient of a structure, from the time it comes again."""
    key = (plan.key, given)
    program = _programs.get(key)
    if program is not None:
        _programs.move_to_end(key)
        return program
    count = _seen[key] = _seen.pop(key, 0) + 1
    if len(_seen) > _SEEN_LIMIT:
        _seen.popitem(last=False)
    if count < _REPEATS or len(plan.steps) > _NODE_LIMIT:
        return None
    structure = _frozen(plan)

    def gradients(*arrays: Any) -> list[Any]:
        split = len(arrays) - len(structure.targets) if given else len(arrays)
        targets, backward = structure.replay(arrays[:split])
        cotangents = arrays[split:] if given else [jnp.ones_like(target) for target in targets]
        return [(g.values, g.indices) if type(g) is Rows else g for g in backward(cotangents)]

    whole = any(call.whole for call, *_ in structure.steps)
    program = _programs[key] = Call(gradients, "GradientTape.gradient", whole=whole)
    program.links = None if whole else Links(gradients)
    if len(_programs) > _PROGRAM_LIMIT:
        _programs.popitem(last=False)
    return program


def _frozen(plan: _Plan) -> _Plan:
    """A plan without the arrays it was made of."""
    structure = object.__new__(_Plan)
    structure.steps, structure.targets, structure.sources = plan.steps, plan.targets, plan.sources
    return structure


# --- the tape ------------------------------------------------------------------------------------------------
_INSIDE = (
    "Calling GradientTape.gradient on a persistent tape inside its context is significantly less efficient than "
    "calling it outside the context (it causes the gradient ops to be recorded on the tape, leading to increased CPU "
    "and memory usage). Only call GradientTape.gradient inside the context if you actually want to trace the gradient "
    "in order to compute higher order derivatives."
)
_SPENT = "A non-persistent GradientTape can only be used to compute one set of gradients (or jacobians)"


_REPEATED = (
    "GradientTape must be created with persistent=True to compute the jacobian with eager execution enabled and with "
    "experimental_use_pfor set to False."
)


class GradientTape:
    """Records ops for automatic differentiation.

    Args:
      persistent: bool, whether several gradients may be taken.
      watch_accessed_variables: bool, whether trainable variables are watched when they are read.

    >>> import kerax as tf
    >>> x = tf.constant(3.)
    >>> with tf.GradientTape() as tape:
    ...     tape.watch(x)
    ...     y = x * x
    >>> tape.gradient(y, x)
    <tf.Tensor: shape=(), dtype=float32, numpy=6.0>
    """

    def __init__(self, persistent: bool = False, watch_accessed_variables: bool = True) -> None:
        self._persistent = persistent
        self._automatic = watch_accessed_variables
        self._recording = False
        self._open = False  # from the first `with` on, until what was recorded is used up
        self._begin()

    def _begin(self) -> None:
        self._variables: dict[int, Any] = {}
        self._forget()

    def _forget(self) -> None:
        self._nodes: list[Node] = []
        self._live: dict[int, Any] = {}  # id → Tensor (kept, so that ids stay unique)
        self._reads: dict[int, list[Tensor]] = {}

    # --- recorder, called by core.dispatch ---
    def for_inner_trace(self) -> Any:
        """What records inside of a branch or body traced meanwhile: nothing, the whole is recorded as one op."""
        return None

    def is_watching(self, tensor: Any) -> bool:
        return id(tensor) in self._live

    def _knows(self, value: Any) -> bool:
        """Whether there can be a gradient of a recorded value: it is watched, or follows from what is."""
        return id(value) in self._live

    def record(self, call: Call, inputs: Sequence[Any], result: Any, pullback: Any = None) -> None:
        live = self._live
        if call.linked is not None:
            inputs = masked_inputs(call.linked, inputs)
        for value in inputs:
            if id(value) in live:
                break
        else:
            return
        if not call.host:
            self._append(Node(call, inputs, outputs_of(result), pullback, None))

    def record_custom(self, inputs: Sequence[Any], outputs: list[Any], backward: Callable[..., Any]) -> None:
        """Records a computation whose backward pass is a python function of the outputs' cotangents."""
        if any(id(value) in self._live for value in inputs):
            self._append(Node(None, inputs, outputs, None, backward))

    def _append(self, node: Node) -> None:
        self._nodes.append(node)
        for value in node.outputs:
            if differentiable(value):
                self._live[id(value)] = value

    def watch_variable(self, variable: Any, tensor: Tensor) -> None:
        if id(variable) in self._variables or (self._automatic and variable._watched):
            self._variables[id(variable)] = variable
            if id(tensor) not in self._live:
                self._live[id(tensor)] = tensor
                self._reads.setdefault(id(variable), []).append(tensor)

    # --- public ---
    def __enter__(self) -> GradientTape:
        if self._recording:
            raise ValueError("Tape is still recording, This can happen if you try to re-enter an already-active tape.")
        self._start()
        return self

    def __exit__(self, *exc: Any) -> None:
        if self._recording:
            self._stop()

    def _start(self) -> None:
        if not self._open:
            self._begin()
        self._recording = self._open = True
        context.recorders = [*context.recorders, self]

    def _stop(self) -> None:
        self._recording = False
        context.recorders = [recorder for recorder in context.recorders if recorder is not self]

    def watch(self, tensor: Any) -> None:
        """Makes the tape trace what is computed from a tensor, variable, or a structure of them.

        Raises:
          ValueError: for something that is neither.
          AttributeError: the tape was not entered yet, or is used up.
        """
        for value in nest.flatten(without_rows(tensor), expand_composites=True):
            variable = hasattr(value, "_kerax_tensor") and not isinstance(value, Tensor)
            shaped = hasattr(value, "shape") and hasattr(value, "dtype") and not isinstance(value, np.ndarray)
            if not variable and not shaped:
                raise ValueError(
                    f"Passed in object {value} of type {type(value).__name__!r}, not tf.Tensor or tf.Variable or "
                    "ExtensionType."
                )
            if not self._open:
                raise AttributeError(
                    "'NoneType' object has no attribute '_tape': watch inside of the `with` of the tape."
                )
            if variable:
                self._variables[id(value)] = value
                continue
            if isinstance(value, Tensor) and not differentiable(value):
                warn_first(5, "The dtype of the watched tensor must be floating (e.g. tf.float32), got %r", value.dtype)
            self._live[id(value)] = value

    def watched_variables(self) -> tuple[Any, ...]:
        """The variables the tape watches, in the order in which they were made."""
        return tuple(sorted(self._variables.values(), key=lambda variable: variable._number))

    @contextlib.contextmanager
    def stop_recording(self) -> Iterator[None]:
        """Pauses the tape for the ops inside.

        Raises:
          RuntimeError: the tape was not entered yet, or is used up.
          ValueError: the tape is not recording.
        """
        if not self._open:
            raise RuntimeError("Trying to stop recording a tape which is not recording.")
        if not self._recording:
            raise ValueError("Tape is not recording.")
        self._stop()
        try:
            yield
        finally:
            self._start()

    def reset(self) -> None:
        """Forgets everything recorded and watched.

        Raises:
          ValueError: the tape is not recording.
        """
        if not self._recording:
            raise ValueError("Tape is not recording.")
        self._begin()

    def gradient(
        self,
        target: Any,
        sources: Any,
        output_gradients: Any = None,
        unconnected_gradients: UnconnectedGradients | str = UnconnectedGradients.NONE,
    ) -> Any:
        """The gradient of the sum of the targets' elements with respect to the sources.

        Args:
          target: Tensor or structure of Tensors.
          sources: Tensor or Variable, or structure of them.
          output_gradients: structure of cotangents, one for each target, of its dtype, broadcast to its shape; ones for
            the targets after the last.
          unconnected_gradients: whether sources without a path to a target give None or zeros.

        Returns:
          A structure like ``sources``: Tensors of their shapes, or None.

        Raises:
          RuntimeError: the tape is not persistent and was used before, or it has recorded nothing.
          TypeError: there is no target, or a target or source is neither a tensor nor a variable.
          AttributeError: a target or source is a number or an array of numpy.
          InvalidArgumentError: an output gradient is of another dtype than its target, or does not fit its shape.
        """
        with self._use():
            if target is None:
                raise TypeError(
                    "Argument `target` should be a list or nested structure of Tensors, Variables or CompositeTensors "
                    "to be differentiated, but received None."
                )
            targets = [self._target_of(value) for value in _flat_targets(target)]
            inner = without_rows(sources)
            flat = nest.flatten(inner, expand_composites=True)
            reads = [self._reads_of(source) for source in flat]
            cotangents = None
            if output_gradients is not None:
                given = _flat_targets(output_gradients)
                cotangents = [_fitted(value, tensor) for value, tensor in zip(given, targets, strict=False)]
                cotangents += map(_ones_like, targets[len(given) :])
            unconnected = _unconnected(unconnected_gradients)
            gradients = self._gradients(targets, reads, cotangents)
            if unconnected is UnconnectedGradients.ZERO:
                gradients = [
                    zeros_like(source) if gradient is None else gradient
                    for gradient, source in zip(gradients, flat, strict=True)
                ]
        found = nest.pack_sequence_as(inner, gradients, expand_composites=True)
        return found if inner is sources else nest.map_structure(under_rows, sources, found)

    @contextlib.contextmanager
    def _use(self, vectorized: bool = True, parallel_iterations: int | None = None) -> Iterator[None]:
        """One use of the tape: ends recording unless it is persistent, and forgets afterwards.

        Args:
          vectorized: bool, False where TensorFlow takes one gradient after the other: its tape has to be persistent.
          parallel_iterations: int, which TensorFlow only takes where it could be heeded.
        """
        if not self._open:
            raise RuntimeError(_SPENT)
        if vectorized and parallel_iterations is not None and parallel_iterations < 2:
            raise ValueError(f"Found {parallel_iterations=}: set experimental_use_pfor to False.")
        if not vectorized and not self._persistent and context.trace is None:
            raise RuntimeError(_REPEATED)
        if self._recording and self._persistent:
            warn_first(1, _INSIDE)
        elif self._recording:
            self._stop()
        yield
        if not self._persistent:
            self._open = False
            self._forget()

    def _target_of(self, value: Any) -> Tensor:
        """A target as a Tensor; the tape sees the read of a Variable."""
        if isinstance(value, Tensor):
            return value
        if not hasattr(value, "_kerax_tensor"):
            raise _unsuited(value)
        if self._recording:
            return convert_to_tensor(value)
        self._start()
        try:
            return convert_to_tensor(value)
        finally:
            self._stop()

    def _reads_of(self, source: Any) -> list[Any]:
        """The recorded values that stand for a source: itself, or all reads of a Variable."""
        if hasattr(source, "_kerax_tensor") and not isinstance(source, Tensor):
            return self._reads.get(id(source), [])
        if isinstance(source, Tensor):
            return [source] if differentiable(source) else []
        if hasattr(source, "shape") and hasattr(source, "dtype") and not isinstance(source, (np.ndarray, np.generic)):
            return []
        raise _unsuited(source)

    def _path(self, targets: Sequence[Any], reads: Sequence[Sequence[Any]]) -> tuple[list[Node], set[int]]:
        """The recorded nodes between the sources and the targets, in order, and the ids of what the targets need."""
        reached = {id(value) for group in reads for value in group}
        forward = []
        for node in self._nodes:
            outputs = node.following(reached)
            if outputs:
                reached.update(map(id, outputs))
                forward.append(node)
        needed = {id(value) for value in targets}
        path = []
        for node in reversed(forward):
            outputs = [index for index, value in enumerate(node.outputs) if id(value) in needed]
            if outputs:
                needed.update(id(value) for _, value in node.passing(outputs))
                path.append(node)
        path.reverse()
        return path, needed

    def _gradients(
        self, targets: Sequence[Tensor], reads: Sequence[Sequence[Any]], cotangents: Sequence[Any] | None
    ) -> list[Any]:
        targets, cotangents = _floating(targets, cotangents)
        themselves = {id(value) for value in targets}  # a target has a gradient of itself, watched or not
        reads = [[v for v in group if self._knows(v) or id(v) in themselves] for group in reads]
        path, needed = self._path(targets, reads)
        sources = {id(value) for group in reads for value in group}
        if not sources & needed:
            return [None] * len(reads)
        for node in path:
            if node.call is not None and node.call.differentiable is None:
                raise LookupError(f"gradient registry has no entry for: {node.call.name}")
        if (
            context.trace is None
            and path
            and all(node.backward is None for node in path)
            and not self._keeps_rows(path, sources)
        ):
            plan = _Plan(path, targets, reads, saved=not context.recorders)
            program = _gradient_program(plan, cotangents is not None)
            if program is not None:
                found = dispatch(program, [*plan.externals, *(cotangents or ())])
                return [_slices(gradient, group) for gradient, group in zip(found, reads, strict=True)]
        if cotangents is None:
            cotangents = [_ones_like(tensor) for tensor in targets]
        gradients = walk(path, seed_cotangents(targets, cotangents, run_as_op), sources, pull_node, run_as_op)
        return [_slices(sum_parts([gradients.get(id(v)) for v in group], run_as_op), group) for group in reads]

    @staticmethod
    def _keeps_rows(path: list[Node], sources: set[int]) -> bool:
        """Whether a tape outside of this one is to see that a gradient of gathered rows is one."""
        if not context.recorders:
            return False
        return any(node.call is not None and node.call.rows and id(node.inputs[0]) in sources for node in path)

    def jacobian(
        self,
        target: Any,
        sources: Any,
        unconnected_gradients: UnconnectedGradients | str = UnconnectedGradients.NONE,
        parallel_iterations: int | None = None,
        experimental_use_pfor: bool = True,
    ) -> Any:
        """The Jacobian of a target: derivatives of every element with respect to every source element.

        Args:
          target: Tensor ``[*t]``.
          sources: Tensor or Variable ``[*s]``, or structure of them.
          unconnected_gradients: None or zeros for unconnected sources.
          parallel_iterations, experimental_use_pfor: speed hints of TensorFlow, without effect on values.

        Returns:
          A structure like ``sources`` of Tensors ``[*t, *s]``.

        Raises:
          RuntimeError: the tape is used up, or, without ``experimental_use_pfor``, not persistent.
          ValueError: at least two iterations run in parallel with ``experimental_use_pfor``.
        """
        with self._use(experimental_use_pfor, parallel_iterations):
            target = self._target_of(target)
            shape = tuple(target._value.shape)
            size = math.prod(shape)

            def basis(dtype: Any) -> Any:
                return jnp.eye(size, dtype=dtype).reshape(size, *shape)

            def shaped(rows: Any, source: Any) -> Any:
                return jnp.reshape(rows, (*shape, *source.shape))

            return self._rows(target, sources, basis, shaped, unconnected_gradients, shape)

    def batch_jacobian(
        self,
        target: Any,
        source: Any,
        unconnected_gradients: UnconnectedGradients | str = UnconnectedGradients.NONE,
        parallel_iterations: int | None = None,
        experimental_use_pfor: bool = True,
    ) -> Any:
        """Jacobians example by example, where row b of the target depends on row b of the source only.

        Args:
          target: Tensor ``[batch, *t]``.
          source: Tensor ``[batch, *s]``.

        Returns:
          Tensor ``[batch, *t, *s]``.

        Raises:
          ValueError: the first dimensions differ, or there are none besides.
          RuntimeError: as of ``jacobian``.
        """
        with self._use(experimental_use_pfor, parallel_iterations):
            target = self._target_of(target)
            shape = tuple(target._value.shape)
            if not shape:
                raise IndexError("list index out of range: the target has no first dimension")
            target.shape.with_rank_at_least(2)
            if shape[0] != source.shape.with_rank_at_least(2)[0]:
                raise ValueError(
                    f"Need first dimension of target shape ({target.shape}) and source shape ({source.shape}) to match."
                )
            size = math.prod(shape[1:])

            def basis(dtype: Any) -> Any:
                eye = jnp.eye(size, dtype=dtype).reshape(size, 1, *shape[1:])
                return jnp.broadcast_to(eye, (size, *shape))

            def shaped(rows: Any, source: Any) -> Any:
                return jnp.moveaxis(rows, 0, 1).reshape(*shape, *tuple(source.shape)[1:])

            _unconnected(unconnected_gradients)  # zeros in either case, as in TensorFlow
            found = self._rows(target, source, basis, shaped, UnconnectedGradients.NONE, shape)
            if found is None:
                return convert_to_tensor(np.zeros((*shape, *tuple(source.shape)[1:]), target.dtype.dtype))
            return found

    def _rows(
        self, target: Tensor, sources: Any, basis: Any, shaped: Any, unconnected_gradients: Any, prefix: Any
    ) -> Any:
        """Gradients for every row of a basis of cotangents, in one vectorised program."""
        unconnected = _unconnected(unconnected_gradients)
        flat = nest.flatten(sources)
        reads = [list(filter(self._knows, self._reads_of(source))) for source in flat]
        path, needed = self._path([target], reads)
        linked = [any(id(value) in needed for value in group) for group in reads]
        chosen = [group for group, flag in zip(reads, linked, strict=True) if flag]
        shapes = [source for source, flag in zip(flat, linked, strict=True) if flag]
        rows = iter(self._mapped(path, target, chosen, basis, shaped, shapes)) if chosen else iter(())
        results = []
        for source, flag in zip(flat, linked, strict=True):
            if flag:
                results.append(next(rows))
            elif unconnected is UnconnectedGradients.ZERO:
                results.append(convert_to_tensor(np.zeros((*prefix, *tuple(source.shape)), source.dtype.dtype)))
            else:
                results.append(None)
        return nest.pack_sequence_as(sources, results)

    def _mapped(self, path: list[Node], target: Tensor, reads: Any, basis: Any, shaped: Any, shapes: Any) -> list[Any]:
        dtype = target._value.dtype
        if any(node.backward is not None for node in path):
            sources = {id(value) for group in reads for value in group}
            found = []
            for row in basis(dtype):
                grads = walk(path, {id(target): Tensor(row, context.trace)}, sources, pull_node, run_as_op)
                totals = [sum_parts([grads.get(id(v)) for v in group], run_as_op) for group in reads]
                found.append([to_dense(total, run_as_op) for total in totals])
            stack = Call(lambda *values: jnp.stack(values), "Pack")
            return [
                dispatch(
                    Call(lambda rows, source=source: shaped(rows, source), "Reshape"),
                    [dispatch(stack, list(column))],
                )
                for column, source in zip(zip(*found, strict=True), shapes, strict=True)
            ]
        plan = _Plan(path, [target], reads, saved=False)
        structure = _frozen(plan)

        def rows(*arrays: Any) -> list[Any]:
            _, backward = structure.replay(arrays)

            def dense(cotangent: Any) -> list[Any]:
                return [to_dense(part, run_in_program) for part in backward([cotangent])]

            stacked = jax.vmap(dense)(basis(dtype))
            return [shaped(part, source) for part, source in zip(stacked, shapes, strict=True)]

        return list(dispatch(Call(rows, "GradientTape.jacobian"), plan.externals))


def _floating(targets: Sequence[Any], cotangents: Sequence[Any] | None) -> tuple[list[Any], list[Any] | None]:
    keep = [index for index, value in enumerate(targets) if differentiable(value)]
    return [targets[i] for i in keep], None if cotangents is None else [cotangents[i] for i in keep]


_ones = Call(jnp.ones_like, "OnesLike", differentiable=False)


def _ones_like(tensor: Tensor) -> Tensor:
    return dispatch(_ones, [tensor])


def zeros_like(source: Any) -> Tensor:
    with no_recording():
        return Tensor(jnp.zeros(tuple(source.shape), source.dtype.dtype), context.trace)


class GraphRecorder(GradientTape):
    """Remembers every op of a trace, for ``tf.gradients``: what TensorFlow 1's graph knows anyway."""

    def __init__(self) -> None:
        super().__init__(persistent=True)

    def for_inner_trace(self) -> GraphRecorder:
        """``tf.gradients`` is also there in the branches and bodies of control flow."""
        return GraphRecorder()

    def is_watching(self, tensor: Any) -> bool:
        return False  # nothing is computed on its behalf before it is asked

    def record(self, call: Call, inputs: Sequence[Any], result: Any, pullback: Any = None) -> None:
        if call.linked is not None:
            inputs = masked_inputs(call.linked, inputs)
        if not call.host:
            self._nodes.append(Node(call, inputs, outputs_of(result), pullback, None))

    def record_custom(self, inputs: Sequence[Any], outputs: list[Any], backward: Callable[..., Any]) -> None:
        self._nodes.append(Node(None, inputs, outputs, None, backward))

    def watch_variable(self, variable: Any, tensor: Tensor) -> None:
        reads = self._reads.setdefault(id(variable), [])
        if not any(tensor is value for value in reads):
            reads.append(tensor)

    def without(self, constants: Sequence[Any]) -> GradientTape:
        """A tape of what was recorded so far, in which some tensors count as constants."""
        tape = _GraphTape(persistent=True)
        tape._open = True
        stopped = {id(value) for value in constants}
        tape._nodes = [node for node in self._nodes if not any(id(value) in stopped for value in node.outputs)]
        tape._reads = self._reads
        return tape


class _GraphTape(GradientTape):
    """A tape for which every tensor counts as watched."""

    def _knows(self, value: Any) -> bool:
        return True
