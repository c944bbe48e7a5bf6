"""Gradients of the user's own: ``tf.custom_gradient``, ``tf.stop_gradient``, ``tf.recompute_grad``."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

import jax
import jax.extend as jex
import jax.numpy as jnp
import numpy as np
from jax.interpreters import batching, mlir

from kerax.core import errors, nest, state
from kerax.core.context import context
from kerax.core.dispatch import Call, dispatch
from kerax.core.forward import ForwardAccumulator
from kerax.core.op import op
from kerax.core.tape import GradientTape, GraphRecorder, UnconnectedGradients, under_rows, without_rows
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor


@op("input", differentiable=False)
def stop_gradient(input: Any, name: str | None = None) -> Any:
    """The same value, through which no gradient flows.

    Args:
      input: Tensor of any shape.
      name: ignored.

    Returns:
      Tensor of the same shape and dtype.
    """
    return jax.lax.stop_gradient(input)


# A result with a gradient of the user's own: the value of the first operand, the gradient of the others. It tells what
# a program's results depend on, ``core/linkage.py``; the derivative itself is that of the JAX function around it.
_given = jex.core.Primitive("kerax_given")
_given.def_impl(lambda value, *sources: value)
_given.def_abstract_eval(lambda value, *sources: value)
batching.primitive_batchers[_given] = lambda values, axes: (_given.bind(*values), axes[0])
mlir.register_lowering(_given, lambda context, value, *sources: [value])


class _Given(Call):
    """The op that gives a computation its gradient.

    Args:
      fn: as of every ``Call``.
      passes: indices of the inputs to which a gradient flows. The others (results, what ``grad_fn`` uses) count only
        where that gradient is differentiated.
    """

    __slots__ = ("passes",)

    def __init__(self, fn: Callable[..., Any], passes: frozenset[int]) -> None:
        super().__init__(fn, "CustomGradient")
        self.passes = passes


class _Watcher:
    """A recorder that only notes which variables a computation reads."""

    def __init__(self) -> None:
        self.reads: dict[int, tuple[Any, Tensor]] = {}

    def for_inner_trace(self) -> None:
        """Nothing: reads inside of a branch or body are its inputs."""

    def is_watching(self, tensor: Any) -> bool:
        return False

    def record(self, *args: Any) -> None:
        pass

    def record_custom(self, *args: Any) -> None:
        pass

    def watch_variable(self, variable: Any, tensor: Tensor) -> None:
        if variable.trainable:
            self.reads.setdefault(id(variable), (variable, tensor))


def custom_gradient(f: Callable[..., Any] | None = None) -> Any:
    """A decorator for functions that come with a gradient of their own.

    Args:
      f: function of tensors returning ``(result, grad_fn)``; ``grad_fn(*upstream)`` returns the gradients of
        the arguments, and of the variables too (as a second value) where it takes ``variables=``.

    Returns:
      A function that returns ``result`` and is differentiated by ``grad_fn``.

    Raises:
      TypeError: the function reads variables, but ``grad_fn`` does not take ``variables``.

    >>> import kerax as tf
    >>> @tf.custom_gradient
    ... def clipped(x):
    ...     return x, lambda upstream: tf.clip_by_value(upstream, -1., 1.)
    """
    if f is None:
        return custom_gradient

    def decorated(*args: Any, **kwargs: Any) -> Any:
        values = without_rows(args)
        inputs = [
            leaf if hasattr(leaf, "_kerax_tensor") else convert_to_tensor(leaf)
            for leaf in nest.flatten(values, expand_composites=True)
        ]
        tensors = [leaf._kerax_tensor() if hasattr(leaf, "_kerax_tensor") else leaf for leaf in inputs]
        watcher = _Watcher()
        outer = context.recorders
        context.recorders = [*outer, watcher]  # grad_fn may use what is computed here, to be differentiated again
        try:
            given = nest.pack_sequence_as(values, tensors, expand_composites=True)
            if values is not args:
                given = nest.map_structure(under_rows, args, given)
            result, grad_fn = f(*given, **kwargs)
        finally:
            context.recorders = outer
        variables = [
            (variable, tensor)
            for variable, tensor in watcher.reads.values()
            if not any(tensor is value for value in tensors)
        ]
        takes_variables = "variables" in inspect.signature(grad_fn).parameters or _takes_keywords(grad_fn)
        if variables and not takes_variables:
            raise TypeError(
                "If using @custom_gradient with a function that uses variables, then grad_fn must accept a "
                "'variables' keyword argument."
            )
        for recorder in outer:
            for variable, tensor in variables:
                recorder.watch_variable(variable, tensor)
        plain = without_rows(result)
        computed = nest.map_structure(convert_to_tensor, plain)
        flat = nest.map_structure(_fresh, computed)
        outputs = nest.flatten(flat)

        def backward(*cotangents: Any) -> list[Any]:
            if plain is not result:
                cotangents = tuple(map(under_rows, nest.flatten(result), cotangents))
            if variables:
                to_inputs, to_variables = grad_fn(*cotangents, variables=[variable for variable, _ in variables])
                gradients = [*nest.flatten(without_rows(to_inputs)), *to_variables]
            else:
                gradients = nest.flatten(without_rows(grad_fn(*cotangents)))
            expected = len(tensors) + len(variables)
            if len(gradients) != expected:
                raise ValueError(
                    f"custom_gradient function expected to return {expected} gradients, but returned "
                    f"{len(gradients)} instead."
                )
            return [None if gradient is None else convert_to_tensor(gradient) for gradient in gradients]

        reads = [*tensors, *(tensor for _, tensor in variables)]
        if context.trace is not None:
            flat = _attach(reads, flat, outputs, backward)
        for recorder in outer:
            if context.trace is None:
                recorder.record_custom(reads, outputs, backward)
            if isinstance(recorder, ForwardAccumulator):
                recorder.carry(nest.flatten(computed), nest.flatten(flat))
        return flat if plain is result else nest.map_structure(under_rows, result, flat)

    return _Decorated(f, decorated)


class _Decorated:
    """A function with a gradient of its own; as a method, its instance is no input."""

    def __init__(self, f: Callable[..., Any], decorated: Callable[..., Any]) -> None:
        functools.update_wrapper(self, f, updated=())
        self._function = f
        self._decorated = decorated

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._decorated(*args, **kwargs)

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        return self if instance is None else custom_gradient(functools.partial(self._function, instance))


def _takes_keywords(function: Callable[..., Any]) -> bool:
    kinds = [parameter.kind for parameter in inspect.signature(function).parameters.values()]
    return inspect.Parameter.VAR_KEYWORD in kinds


def _fresh(tensor: Tensor) -> Tensor:
    return Tensor(tensor._value if context.trace is None else context.trace.lift(tensor), context.trace)


def _attach(inputs: list[Tensor], structure: Any, outputs: list[Tensor], backward: Callable[..., Any]) -> Any:
    """Inside a trace: the computed outputs as a JAX function with this backward pass, so that loops,
    branches and outer transformations differentiate it that way too."""
    floating = [index for index, value in enumerate(outputs) if _inexact(value)]
    avals = [jax.ShapeDtypeStruct(outputs[i]._value.shape, outputs[i]._value.dtype) for i in floating]

    linked: list[int] = []  # inputs that there is a gradient of
    failed: list[Exception] = []  # an error of the user's is one only when the gradient is asked for

    def run(*cotangents: Tensor) -> list[Any]:
        full = [Tensor(np.zeros(value._value.shape, value._value.dtype), context.trace) for value in outputs]
        for index, cotangent in zip(floating, cotangents, strict=True):
            full[index] = cotangent
        try:
            gradients = backward(*full)
        except errors.Uncompilable:
            raise
        except Exception as error:
            failed.append(error)
            gradients = [Tensor(np.zeros(v._value.shape, v._value.dtype), context.trace) for v in inputs]
        linked[:] = [index for index, gradient in enumerate(gradients) if gradient is not None]
        return [
            Tensor(np.zeros(value._value.shape, value._value.dtype), context.trace) if gradient is None else gradient
            for gradient, value in zip(gradients, inputs, strict=True)
            if _inexact(value)
        ]

    program = state.trace(run, avals, name="grad_fn")
    captured = [state.current(source) for source in program.inputs]
    counts = len(inputs), len(inputs) + len(outputs)

    @jax.custom_vjp
    def identity(*arrays: Any) -> Any:
        sources = [arrays[index] for index in linked]
        return tuple([_given.bind(output, *sources) for output in arrays[counts[0] : counts[1]]])

    def forward(*arrays: Any) -> Any:
        return identity(*arrays), arrays

    def pull(arrays: Any, cotangents: Any) -> Any:
        if failed:
            raise failed[0]
        conjugated = [jnp.conj(cotangents[index]) for index in floating]
        gradients = iter(program.fn(*arrays[counts[1] :], *conjugated))
        found = []
        for position, array in enumerate(arrays):
            if not jnp.issubdtype(array.dtype, jnp.inexact):
                found.append(np.zeros(array.shape, jax.dtypes.float0))
            elif position < counts[0]:
                found.append(jnp.conj(next(gradients)).astype(array.dtype))
            else:
                found.append(jnp.zeros_like(array))
        return tuple(found)

    identity.defvjp(forward, pull)
    results = dispatch(_Given(identity, frozenset(linked)), [*inputs, *outputs, *captured])
    return nest.pack_sequence_as(structure, list(results))


def _inexact(value: Tensor) -> bool:
    return bool(jnp.issubdtype(value._value.dtype, jnp.inexact))


_same = Call(lambda value: value, "Identity")


def recompute_grad(f: Callable[..., Any]) -> Callable[..., Any]:
    """A function whose intermediate values are not kept for the gradient but computed again.

    Args:
      f: function of tensors; it may read variables.

    Returns:
      The function.
    """

    @functools.wraps(f)
    def recomputed(*args: Any, **kwargs: Any) -> Any:
        @custom_gradient
        def inner(*tensors: Any) -> Any:
            result = f(*tensors, **kwargs)

            def grad_fn(*upstream: Any, variables: Any = ()) -> Any:
                apart = nest.map_structure(lambda tensor: dispatch(_same, [tensor]), tensors)  # one may be given twice
                with GradientTape() as tape:
                    tape.watch(apart)
                    again = f(*apart, **kwargs)
                found = tape.gradient(again, [*apart, *variables], list(upstream))
                gradients = found[: len(apart)], found[len(apart) :]
                return gradients if variables else gradients[0]

            return result, grad_fn

        return inner(*args)

    return recomputed


def _graph_tape(name: str, constants: Any = None) -> GradientTape:
    recorder = next((found for found in context.recorders if isinstance(found, GraphRecorder)), None)
    if recorder is None:
        raise RuntimeError(f"{name} is not supported when eager execution is enabled. Use tf.GradientTape instead.")
    return recorder.without(nest.flatten(constants) if constants is not None else [])


def gradients(
    ys: Any,
    xs: Any,
    grad_ys: Any = None,
    name: str = "gradients",
    gate_gradients: bool = False,
    aggregation_method: Any = None,
    stop_gradients: Any = None,
    unconnected_gradients: Any = UnconnectedGradients.NONE,
) -> list[Any]:
    """The derivatives of the sum of ``ys`` with respect to each of ``xs``, inside ``tf.function``.

    Args:
      ys: Tensor or list of Tensors.
      xs: Tensor or Variable, or a list of them.
      grad_ys: the gradients that come into ``ys``, like ``ys``; by default ones.
      name, gate_gradients, aggregation_method: TensorFlow's scheduling hints, without effect on values.
      stop_gradients: tensors that count as constants.
      unconnected_gradients: None or zeros for an unconnected ``x``.

    Returns:
      list of Tensors, one for each of ``xs``.

    Raises:
      RuntimeError: outside of ``tf.function``; use ``tf.GradientTape``.

    >>> import kerax as tf
    >>> @tf.function
    ... def slope(x):
    ...     return tf.gradients(x * x, x)
    >>> slope(tf.constant(3.))
    [<tf.Tensor: shape=(), dtype=float32, numpy=6.0>]
    """
    tape = _graph_tape("tf.gradients", stop_gradients)
    targets, sources = nest.flatten(ys), nest.flatten(xs)
    upstream = None if grad_ys is None else nest.flatten(grad_ys)
    return tape.gradient(targets, sources, upstream, UnconnectedGradients(unconnected_gradients))


def hessians(
    ys: Any, xs: Any, gate_gradients: bool = False, aggregation_method: Any = None, name: str = "hessians"
) -> list[Any]:
    """The Hessians of the sum of ``ys`` with respect to each of ``xs``, inside ``tf.function``.

    Args:
      ys: Tensor or list of Tensors.
      xs: Tensor or Variable, or a list of them.
      gate_gradients, aggregation_method, name: TensorFlow's scheduling hints, without effect on values.

    Returns:
      list of Tensors ``[*x, *x]``, one for each of ``xs``.

    Raises:
      RuntimeError: outside of ``tf.function``; use ``jacobian`` of a gradient.
    """
    sources = nest.flatten(xs)
    firsts = gradients(ys, sources)
    tape = _graph_tape("tf.hessians")
    return [tape.jacobian(first, source) for first, source in zip(firsts, sources, strict=True)]


def grad_pass_through(f: Callable[..., Any]) -> Callable[..., Any]:
    """A function whose gradient is taken to be the identity's.

    Args:
      f: function of one tensor.
    """

    @custom_gradient
    def passing(*args: Any, **kwargs: Any) -> Any:
        def grad(*upstream: Any, variables: Any = None) -> Any:
            through = upstream[0] if len(upstream) == 1 else list(upstream)
            return (through, [None] * len(variables)) if variables is not None else through

        return f(*args, **kwargs), grad

    return passing
