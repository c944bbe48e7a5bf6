"""``tf.autodiff.ForwardAccumulator`` on ``jax.jvp``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.extend as jex
import jax.numpy as jnp

from kerax.core import evaluation, nest
from kerax.core.backward import differentiable, outputs_of
from kerax.core.context import context
from kerax.core.dispatch import Call, dispatch
from kerax.core.tape import GradientTape, UnconnectedGradients, zeros_like
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor


class ForwardAccumulator:
    """Computes Jacobian-vector products alongside the computation.

    Args:
      primals: Tensor or Variable, or structure of them.
      tangents: the direction, like ``primals``.

    >>> import kerax as tf
    >>> x = tf.constant([2., 3.])
    >>> with tf.autodiff.ForwardAccumulator(x, tf.constant([1., 0.])) as acc:
    ...     y = tf.reduce_sum(x ** 2)
    >>> acc.jvp(y).numpy()
    np.float32(4.0)
    """

    _batched = False  # whether every tangent is many, along a first axis

    def __init__(self, primals: Any, tangents: Any) -> None:
        self._tangents: dict[int, tuple[Any, Any]] = {}  # id → (value kept alive, tangent)
        self._variables: dict[int, Any] = {}
        self._recording = False
        nest.assert_same_structure(primals, tangents)
        for primal, tangent in zip(nest.flatten(primals), nest.flatten(tangents), strict=True):
            if id(primal) in self._tangents or id(primal) in self._variables:
                raise ValueError(
                    f"Tensor {primal} was specified as a primal multiple times. This may indicate an error. If it was "
                    "intended, please sum the corresponding tangents."
                )
            if not hasattr(primal, "_kerax_tensor") and not isinstance(primal, Tensor):
                raise AttributeError(f"{type(primal).__name__!r} object is no primal: a Tensor or Variable is.")
            tangent = self._fitted(convert_to_tensor(tangent, primal.dtype), tuple(primal.shape))
            if isinstance(primal, Tensor):
                self._tangents[id(primal)] = (primal, tangent)
            else:
                self._variables[id(primal)] = (primal, tangent)

    @classmethod
    def _batch_accumulator(cls, primals: Any, tangents: Any) -> ForwardAccumulator:
        """An accumulator of many directions at once, along a first axis of every tangent, and of what ``jvp`` returns.

        Args:
          primals: Tensor or Variable ``[*p]``, or structure of them.
          tangents: ``[batch, *p]``, like ``primals``.
        """
        made = cls.__new__(cls)
        made._batched = True
        made.__init__(primals, tangents)  # type: ignore[misc]
        return made

    def _fitted(self, tangent: Tensor, shape: tuple[int, ...]) -> Tensor:
        """A tangent of a primal's shape; one number stands for all elements."""
        given = tuple(tangent._value.shape)
        if self._batched:
            if given[1:] != shape or not given:
                raise ValueError(f"Shapes {given} and {(None, *shape)} are incompatible")
        elif not given and shape:
            return dispatch(Call(lambda value: jnp.broadcast_to(value, shape), "BroadcastTo"), [tangent])
        elif given != shape:
            raise ValueError(f"The tangent of shape {given} does not match primal {shape}.")
        return tangent

    def for_inner_trace(self) -> None:
        """Nothing records inside of a branch or body traced meanwhile: the whole is one op."""

    def is_watching(self, tensor: Any) -> bool:
        return id(tensor) in self._tangents

    def watch_variable(self, variable: Any, tensor: Tensor) -> None:
        if id(variable) in self._variables:
            self._tangents.setdefault(id(tensor), (tensor, self._variables[id(variable)][1]))

    def record(self, call: Call, inputs: Sequence[Any], result: Any, pullback: Any = None) -> None:
        moving = tuple(
            index
            for index, value in enumerate(inputs)
            if id(value) in self._tangents and differentiable(value) and (call.linked is None or index in call.linked)
        )
        if not moving or call.host:
            return
        outer = context.recorders
        context.recorders = outer[: outer.index(self)]
        try:
            given = [self._tangents[id(inputs[index])][1] for index in moving]
            tangents = dispatch(_forward(call, moving, self._batched), [*inputs, *given])
        finally:
            context.recorders = outer
        floating = [value for value in outputs_of(result) if differentiable(value)]
        for value, tangent in zip(floating, tangents, strict=True):
            self._tangents[id(value)] = (value, tangent)

    def record_custom(self, inputs: Sequence[Any], outputs: list[Any], backward: Callable[..., Any]) -> None:
        tangents = {id(v): self._tangents[id(v)][1] for v in inputs if id(v) in self._tangents and differentiable(v)}
        if not tangents:
            return
        outer = context.recorders
        context.recorders = outer[: outer.index(self)]
        try:
            found = _transposed(inputs, outputs, backward, tangents, self._batched)
        finally:
            context.recorders = outer
        for value, tangent in found:
            self._tangents[id(value)] = (value, tangent)

    def carry(self, computed: Sequence[Any], outputs: Sequence[Any]) -> None:
        """The results of a function with a gradient of its own move as what was computed in it, if that moves."""
        for value, output in zip(computed, outputs, strict=True):
            if id(value) in self._tangents:
                self._tangents[id(output)] = (output, self._tangents[id(value)][1])

    def __enter__(self) -> ForwardAccumulator:
        if self._recording:
            raise ValueError("Accumulator is already recording.")
        self._recording = True
        context.recorders = [*context.recorders, self]
        return self

    def __exit__(self, *exc: Any) -> None:
        self._recording = False
        context.recorders = [recorder for recorder in context.recorders if recorder is not self]

    def jvp(self, primals: Any, unconnected_gradients: UnconnectedGradients | str = UnconnectedGradients.NONE) -> Any:
        """The derivatives of computed values in the accumulator's direction.

        Args:
          primals: Tensor or structure of Tensors computed while the accumulator was active.
          unconnected_gradients: None or zeros for values that do not depend on the primals.

        Returns:
          A structure like ``primals``.
        """
        unconnected = UnconnectedGradients(unconnected_gradients)

        def one(value: Any) -> Any:
            key = id(value)
            if key in self._tangents:
                return self._tangents[key][1]
            if key in self._variables:
                return self._variables[key][1]
            return zeros_like(value) if unconnected is UnconnectedGradients.ZERO else None

        return nest.map_structure(one, primals)


_product = Call(lambda x, y: jnp.sum(x * y), "InnerProduct")
_stack = Call(lambda *rows: jnp.stack(rows), "Pack")
_total = Call(lambda x, y: x + y, "AddV2")


def _transposed(
    inputs: Sequence[Any],
    outputs: Sequence[Any],
    backward: Callable[..., Any],
    tangents: dict[int, Tensor],
    batched: bool,
) -> list[tuple[Any, Tensor]]:
    """The outputs with their tangents, where only the backward pass is known: it is linear, and is transposed."""
    if batched:
        rows = zip(*[list(tangent) for tangent in tangents.values()], strict=False)
        found = [
            _transposed(inputs, outputs, backward, dict(zip(tangents, row, strict=True)), batched=False) for row in rows
        ]
        return [(column[0][0], dispatch(_stack, [one for _, one in column])) for column in zip(*found, strict=True)]
    total = None
    with GradientTape() as tape:
        cotangents = [zeros_like(value) for value in outputs]
        moved = [(value, one) for value, one in zip(outputs, cotangents, strict=True) if differentiable(value)]
        tape.watch([one for _, one in moved])
        for value, gradient in zip(inputs, backward(*cotangents), strict=True):
            if gradient is not None and id(value) in tangents:
                part = dispatch(_product, [convert_to_tensor(gradient), tangents[id(value)]])
                total = part if total is None else dispatch(_total, [total, part])
    if total is None:
        return []
    found = tape.gradient(total, [one for _, one in moved], unconnected_gradients="zero")
    return [(value, tangent) for (value, _), tangent in zip(moved, found, strict=True)]


# --- functions with a backward pass of their own ----------------------------------------------------------------
def _inner(equation: Any) -> list[Any]:
    """The programs in an equation's parameters."""
    parts = [part for value in equation.params.values() for part in (value if isinstance(value, tuple) else (value,))]
    return [part for part in parts if isinstance(part, jex.core.ClosedJaxpr)]


def _has_own_backward(jaxpr: Any) -> bool:
    return any(
        equation.primitive.name == "custom_vjp_call"
        or any(_has_own_backward(inner.jaxpr) for inner in _inner(equation))
        for equation in jaxpr.eqns
    )


def _open_forward(fn: Callable[..., Any], arrays: Sequence[Any]) -> Callable[..., Any]:
    """The function as one that JAX differentiates forward, which it does not do where a backward pass is given.

    Loops do without theirs, which is there to save memory; of ``tf.custom_gradient`` the backward pass is transposed.
    """
    closed, shape = jax.make_jaxpr(fn, return_shape=True)(*arrays)
    if not _has_own_backward(closed.jaxpr):
        return fn
    tree = jax.tree.structure(shape)
    return lambda *values: jax.tree.unflatten(tree, _evaluated(closed, values))


def _evaluated(closed: Any, arguments: Sequence[Any]) -> list[Any]:
    """Runs a program, with what has a backward pass of its own opened."""

    def step(place: int, equation: Any, operands: list[Any]) -> Sequence[Any]:
        if equation.primitive.name == "custom_vjp_call":
            return _without_backward(equation, operands)
        params = {name: _opened(value) for name, value in equation.params.items()}
        return evaluation.bind(equation, operands, params)

    return evaluation.evaluate(closed, arguments, step)


def _opened(value: Any) -> Any:
    """An equation's parameter, with the programs in it opened."""
    if isinstance(value, tuple):
        return tuple(map(_opened, value))
    if not isinstance(value, jex.core.ClosedJaxpr) or not _has_own_backward(value.jaxpr):
        return value
    avals = [jax.ShapeDtypeStruct(var.aval.shape, var.aval.dtype) for var in value.jaxpr.invars]
    return jax.make_jaxpr(lambda *arrays: _evaluated(value, arrays))(*avals)


def _without_backward(equation: Any, operands: Sequence[Any]) -> Sequence[Any]:
    inner = equation.params["call_jaxpr"]
    if not any(part.primitive.name == "kerax_given" for part in inner.jaxpr.eqns):
        return _evaluated(inner, operands)

    def whole(*arrays: Any) -> Any:
        return evaluation.bind(equation, arrays)

    @jax.custom_jvp
    def run(*arrays: Any) -> Any:
        return tuple(whole(*arrays))

    @run.defjvp
    def forward(primals: Any, tangents: Any) -> Any:
        out, pullback = jax.vjp(lambda *arrays: tuple(whole(*arrays)), *primals)
        return out, jax.linear_transpose(pullback, out)(tuple(tangents))[0]

    return run(*operands)


_forwards: dict[Any, Call] = {}


def _forward(call: Call, moving: tuple[int, ...], batched: bool) -> Call:
    """The op's forward derivative as a Call: ``(*inputs, *tangents) → tangents of floating outputs``."""
    key = (call, moving, batched)
    found = _forwards.get(key)
    if found is None:

        def forward(*arrays: Any) -> list[Any]:
            count = len(arrays) - len(moving)
            inputs = list(arrays[:count])

            def partial(*chosen: Any) -> Any:
                full = list(inputs)
                for index, value in zip(moving, chosen, strict=True):
                    full[index] = value
                return fn(*full)

            fn = _open_forward(call.fn, inputs)

            def moved(*tangents: Any) -> list[Any]:
                _, found = jax.jvp(partial, tuple(inputs[index] for index in moving), tangents)
                return [leaf for leaf in jax.tree.leaves(found) if leaf.dtype != jax.dtypes.float0]

            return (jax.vmap(moved) if batched else moved)(*arrays[count:])

        found = _forwards[key] = Call(forward, f"{call.name}Jvp")
    return found
