"""Assertions about NaN and infinity."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from kerax.core import effects, errors
from kerax.core.context import context
from kerax.core.dispatch import Call, dispatch
from kerax.core.op import composed
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor

_finite = Call(lambda x: jnp.all(jnp.isfinite(x)), "CheckNumerics")
_same = Call(lambda x: x + jnp.zeros_like(x), "Identity")


@composed
def check_numerics(tensor: Any, message: str, name: str | None = None) -> Tensor:
    """Returns the tensor, or raises if it holds NaN or infinity.

    Args:
      tensor: float Tensor.
      message: str, the beginning of the error's text.
      name: ignored.

    Raises:
      InvalidArgumentError: it does.
    """
    tensor = convert_to_tensor(tensor)
    if not tensor.dtype.is_floating:
        raise errors.InvalidArgumentError(None, None, f"check_numerics needs a float tensor, got {tensor.dtype.name}.")

    def text(values: Any) -> str:
        kinds = [name for name, test in (("Inf", np.isinf), ("NaN", np.isnan)) if test(values.astype(np.float64)).any()]
        return f"{message} : Tensor had {' and '.join(kinds)} values"

    effects.check(dispatch(_finite, [tensor]), text, [tensor])
    return dispatch(_same, [tensor]) if tensor._is_symbolic() else tensor


@composed
def assert_all_finite(x: Any, message: str, name: str | None = None) -> Tensor:
    """Returns the tensor, or raises if it holds NaN or infinity; arguments as ``check_numerics``."""
    return check_numerics(x, message, name)


# What only moves or compares its elements makes no NaN; TensorFlow leaves it out.
_SAFE = frozenset(
    "Concat ConcatV2 ExpandDims Fill Gather GatherV2 Identity Maximum Minimum Pack Reshape Slice Squeeze Stack "
    "StridedSlice Tile Transpose Unpack CheckNumerics ReadVariableOp".split()
)


class _Watch:
    """Sees every op, as a tape does, and checks its results."""

    def __init__(self) -> None:
        self._checking = False

    def is_watching(self, tensor: Tensor) -> bool:
        return False

    def watch_variable(self, variable: Any, tensor: Tensor) -> None:
        pass

    def for_inner_trace(self) -> _Watch:
        return self

    def record_custom(self, *args: Any) -> None:
        pass

    def record(self, call: Call, tensors: Any, result: Any, pullback: Any) -> None:
        if self._checking or call.name in _SAFE:
            return
        self._checking = True
        try:
            outputs = [result] if isinstance(result, Tensor) else jax.tree.leaves(result, is_leaf=_is_tensor)
            for place, output in enumerate(outputs):
                if _is_tensor(output) and output.dtype.is_floating:
                    kind = "graph" if output._is_symbolic() else "eagerly-executing"
                    check_numerics(
                        output,
                        f'\n\n!!! Detected Infinity or NaN in output {place} of {kind} op "{call.name}" (# of outputs: '
                        f"{len(outputs)}) !!!\n  dtype: {output.dtype}\n  shape: {output.shape}\n\n",
                    )
        finally:
            self._checking = False


def _is_tensor(value: Any) -> bool:
    return isinstance(value, Tensor)


def enable_check_numerics(stack_height_limit: int = 30, path_length_limit: int = 50) -> None:
    """Makes every op of this thread raise where it produces NaN or infinity.

    Functions traced before are not checked.

    Args:
      stack_height_limit, path_length_limit: TensorFlow's, unused.

    >>> import kerax as tf
    >>> tf.debugging.enable_check_numerics()
    >>> try:
    ...     tf.math.log(-1.0)
    ... except tf.errors.InvalidArgumentError as error:
    ...     print(str(error).split("(")[0].strip())
    !!! Detected Infinity or NaN in output 0 of eagerly-executing op "Log"
    >>> tf.debugging.disable_check_numerics()
    """
    if not any(isinstance(recorder, _Watch) for recorder in context.recorders):
        context.recorders = [_Watch(), *context.recorders]


def disable_check_numerics() -> None:
    """Undoes ``enable_check_numerics``."""
    context.recorders = [recorder for recorder in context.recorders if not isinstance(recorder, _Watch)]
