"""``tf.autodiff.ForwardAccumulator`` on ``jax.jvp``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import jax
import numpy as np

from kerax.core import nest
from kerax.core.backward import differentiable, outputs_of
from kerax.core.context import context
from kerax.core.dispatch import Call, dispatch
from kerax.core.tape import UnconnectedGradients, zeros_like
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

    def __init__(self, primals: Any, tangents: Any) -> None:
        self._tangents: dict[int, tuple[Any, Any]] = {}  # id → (value kept alive, tangent)
        self._variables: dict[int, Any] = {}
        self._recording = False
        nest.assert_same_structure(primals, tangents)
        for primal, tangent in zip(nest.flatten(primals), nest.flatten(tangents), strict=True):
            if tuple(primal.shape) != tuple(np.shape(tangent) if not hasattr(tangent, "shape") else tangent.shape):
                raise ValueError(f"The tangent of shape {np.shape(tangent)} does not match primal {primal.shape}.")
            tangent = convert_to_tensor(tangent, primal.dtype)
            if isinstance(primal, Tensor):
                self._tangents[id(primal)] = (primal, tangent)
            else:
                self._variables[id(primal)] = (primal, tangent)

    def for_inner_trace(self) -> None:
        """Nothing records inside of a branch or body traced meanwhile: the whole is one op."""

    def is_watching(self, tensor: Any) -> bool:
        return id(tensor) in self._tangents

    def watch_variable(self, variable: Any, tensor: Tensor) -> None:
        if id(variable) in self._variables:
            self._tangents.setdefault(id(tensor), (tensor, self._variables[id(variable)][1]))

    def record(self, call: Call, inputs: Sequence[Any], result: Any, pullback: Any = None) -> None:
        moving = tuple(
            index for index, value in enumerate(inputs) if id(value) in self._tangents and differentiable(value)
        )
        if not moving or call.host:
            return
        outer = context.recorders
        context.recorders = outer[: outer.index(self)]
        try:
            tangents = dispatch(
                _forward(call, moving), [*inputs, *(self._tangents[id(inputs[index])][1] for index in moving)]
            )
        finally:
            context.recorders = outer
        floating = [value for value in outputs_of(result) if differentiable(value)]
        for value, tangent in zip(floating, tangents, strict=True):
            self._tangents[id(value)] = (value, tangent)

    def record_custom(self, inputs: Sequence[Any], outputs: list[Any], backward: Callable[..., Any]) -> None:
        if any(id(value) in self._tangents for value in inputs):
            raise NotImplementedError("Forward-mode derivatives of tf.custom_gradient functions are not defined.")

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


_forwards: dict[Any, Call] = {}


def _forward(call: Call, moving: tuple[int, ...]) -> Call:
    """The op's forward derivative as a Call: ``(*inputs, *tangents) → tangents of floating outputs``."""
    key = (call, moving)
    found = _forwards.get(key)
    if found is None:

        def forward(*arrays: Any) -> list[Any]:
            count = len(arrays) - len(moving)
            inputs = list(arrays[:count])

            def partial(*chosen: Any) -> Any:
                full = list(inputs)
                for index, value in zip(moving, chosen, strict=True):
                    full[index] = value
                return call.fn(*full)

            _, tangents = jax.jvp(partial, tuple(inputs[index] for index in moving), tuple(arrays[count:]))
            return [leaf for leaf in jax.tree.leaves(tangents) if leaf.dtype != jax.dtypes.float0]

        found = _forwards[key] = Call(forward, f"{call.name}Jvp")
    return found
