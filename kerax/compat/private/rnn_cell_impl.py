"""``tensorflow.python.ops.rnn_cell_impl``: what loops over cells are made with."""

from __future__ import annotations

from typing import Any, NamedTuple

from kerax.array_ops import concat, reshape
from kerax.core import dtypes
from kerax.core.shape import TensorShape
from kerax.core.tensor import constant_value, convert_to_tensor, is_tensor


class LSTMStateTuple(NamedTuple):
    """The state of an LSTM cell: ``c``, what it keeps, and ``h``, what it gave, both ``[batch, units]``."""

    c: Any
    h: Any


def assert_like_rnncell(cell_name: str, cell: Any) -> None:
    """Raises where something is no cell.

    Raises:
      TypeError: it has no sizes of outputs and state, no first state, or cannot be called.
    """
    first = hasattr(cell, "zero_state") or hasattr(cell, "get_initial_state")
    if not (hasattr(cell, "output_size") and hasattr(cell, "state_size") and first and callable(cell)):
        raise TypeError(f"The argument {cell_name!r} ({cell}) is not an RNNCell.")


def _concat(prefix: Any, suffix: Any, static: bool = False) -> Any:
    """Two shapes, one after the other: ints, lists, shapes or, unless ``static``, Tensors.

    Returns:
      An int32 vector, or where ``static`` a list with None for unknown sizes.
    """
    if static:
        return _sizes(prefix).concatenate(_sizes(suffix)).as_list()
    if not (is_tensor(prefix) or is_tensor(suffix)):
        shape = _sizes(prefix).concatenate(_sizes(suffix))
        if not shape.is_fully_defined():
            raise ValueError(f"Provided a prefix or suffix of None: {prefix} and {suffix}")
        return convert_to_tensor(shape.as_list(), dtypes.int32)
    parts = (part if is_tensor(part) else _sizes(part).as_list() for part in (prefix, suffix))
    return concat([reshape(convert_to_tensor(part, dtypes.int32), [-1]) for part in parts], 0)


def _sizes(part: Any) -> TensorShape:
    """An int, a shape or a Tensor as a shape, unknown where the Tensor's value is."""
    if isinstance(part, int):
        return TensorShape([part])
    if not is_tensor(part):
        return TensorShape(part)
    value = constant_value(part)
    return TensorShape(None if value is None else value.reshape(-1).tolist())
