"""``keras.KerasTensor``: a shape and a dtype that layers and ops can be called on, to build graphs of them."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from typing import Any

from kerax.core import dtypes, nest
from kerax.core.config import legacy_keras
from kerax.core.shape import TensorShape
from kerax.core.tensor import TensorSpec
from kerax.core.value import OPERATORS, Operators, Symbolic, with_operators
from kerax.keras.engine.names import auto_name
from kerax.keras.engine.settings import DTypeName, SymbolicShape, standardize_dtype, standardize_shape
from kerax.ragged.spec import RaggedTensorSpec
from kerax.sparse.spec import SparseTensorSpec

_NO_VALUE = (
    "A KerasTensor is symbolic: it's a placeholder for a shape an a dtype. It doesn't have any actual numerical "
    "value. You cannot convert it to {}."
)


def _no_value(wanted: str) -> Exception:
    return (TypeError if legacy_keras() else ValueError)(_NO_VALUE.format(wanted))


# Keras 3's operators, functions of ``keras.ops``.
_OPS = {
    "add": "add", "sub": "subtract", "mul": "multiply", "truediv": "true_divide", "floordiv": "floor_divide",
    "mod": "mod", "pow": "power", "matmul": "matmul", "and_": "logical_and", "or_": "logical_or", "xor": "logical_xor",
    "lt": "less", "le": "less_equal", "gt": "greater", "ge": "greater_equal", "ne": "not_equal",
}  # fmt: skip


def _ops(name: str) -> Callable[..., Any]:
    return getattr(importlib.import_module("kerax.keras.ops"), name)  # it is made of the engine


def _operator(name: str, x: KerasTensor, other: Any) -> Callable[[Any, Any], Any]:
    """The op of an operator: Keras 3's where it promotes dtypes, TensorFlow's in the Keras 2 dialect.

    Where they do the same, it is TensorFlow's, which is the faster one, but does not take sparse tensors.
    """
    if legacy_keras() or other is None or isinstance(other, str):
        return OPERATORS[name]
    floats = dtypes.as_dtype(x.dtype).is_floating and name not in ("and_", "or_", "xor")
    alike = type(other) in (int, float) or (isinstance(other, Operators) and other.dtype == x.dtype)
    vector = name == "matmul" and 1 in (len(x.shape), len(getattr(other, "shape", ())))
    sparse = x.sparse or getattr(other, "sparse", False)
    return OPERATORS[name] if floats and alike and not vector and not sparse else _ops(_OPS[name])


def _binary(name: str) -> tuple[Callable[[Any, Any], Any], Callable[[Any, Any], Any]]:
    def forward(self: KerasTensor, other: Any) -> Any:
        return _operator(name, self, other)(self, other)

    def reflected(self: KerasTensor, other: Any) -> Any:
        return _operator(name, self, other)(other, self)

    return forward, reflected


_ne = _binary("ne")[0]


@with_operators(_binary)
class KerasTensor(Symbolic, Operators):
    """A symbolic tensor.

    Args:
      shape: tuple of int and None.
      dtype: the dtype.
      sparse: bool, whether it stands for a sparse tensor.
      ragged: bool, whether it stands for a ragged tensor.
      record_history: bool, whether ops on it are recorded as a graph.
      name: str.

    >>> import kerax as tf
    >>> x = tf.keras.Input((3,))
    >>> (x + 1).shape
    (None, 3)
    """

    def __init__(
        self,
        shape: Any,
        dtype: Any = "float32",
        sparse: bool = False,
        ragged: bool = False,
        record_history: bool = True,
        name: str | None = None,
        **kwargs: Any,
    ) -> None:
        self._ragged_rank = kwargs.pop("ragged_rank", None)
        self._row_splits_dtype = kwargs.pop("row_splits_dtype", None)
        if kwargs:
            raise TypeError(f"Unexpected keyword arguments: {', '.join(kwargs)}")
        self._shape = SymbolicShape(standardize_shape(shape))
        self._dtype = DTypeName(standardize_dtype(dtype))
        self._sparse = bool(sparse)
        self._ragged = bool(ragged)
        if self._sparse and self._ragged:
            raise ValueError("KerasTensor cannot have `sparse=True` and `ragged=True` at the same time.")
        self._name = name if name or legacy_keras() else auto_name(type(self).__name__)
        self.record_history = record_history
        # Values that are known under either placeholder size (see engine.abstract): results of tf.shape.
        self._concrete: tuple[Any, Any] | None = None
        # The call whose result it stands for, where that is an object that only converts to a tensor, and its position.
        self._made_by: tuple[Callable[..., Any], Any, Any, int] | None = None

    @property
    def name(self) -> str:
        """The tensor's name; in Keras 2's dialect that of the op in the layer that gives it: ``dense/BiasAdd:0``."""
        if self._name is None:  # it takes running the layer again to tell, and few ask
            history = getattr(self, "_keras_history", None)
            operation = getattr(history, "operation", None)
            known = operation is not None
            self._name = operation._output_name(*history[1:]) if known else auto_name(type(self).__name__)
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        self._name = value

    @property
    def shape(self) -> Any:
        """A tuple; in Keras 2's dialect a ``tf.TensorShape``."""
        return TensorShape(tuple(self._shape)) if legacy_keras() else self._shape

    @property
    def dtype(self) -> Any:
        """The dtype's name; in Keras 2's dialect a ``tf.DType``."""
        return dtypes.as_dtype(str(self._dtype)) if legacy_keras() else self._dtype

    @property
    def sparse(self) -> bool:
        return self._sparse

    @property
    def ragged(self) -> bool:
        return self._ragged

    @property
    def ragged_rank(self) -> int | None:
        return self._ragged_rank

    @property
    def row_splits_dtype(self) -> Any:
        return self._row_splits_dtype

    @property
    def ndim(self) -> int:
        return len(self._shape)

    @property
    def type_spec(self) -> Any:
        """What the tensor stands for (Keras 2).

        Raises:
          AttributeError: in Keras 3.
        """
        if not legacy_keras():
            raise AttributeError(f"'{type(self).__name__}' object has no attribute 'type_spec'")
        if self._sparse:
            return SparseTensorSpec(self.shape, self._dtype)
        if self._ragged:
            return RaggedTensorSpec(self.shape, self._dtype, self._ragged_rank, self._row_splits_dtype or "int64")
        return TensorSpec(self.shape, self._dtype, self.name if self._is_input() else None)

    @property
    def op(self) -> Any:
        if not legacy_keras():
            raise AttributeError(f"'{type(self).__name__}' object has no attribute 'op'")
        raise TypeError(
            "Keras symbolic inputs/outputs do not implement `op`. You may be trying to pass TF-Keras symbolic "
            "inputs/outputs to a TF API that does not register dispatching, preventing TF-Keras from automatically "
            "converting the API call to a lambda layer in the Functional Model."
        )

    @property
    def node(self) -> Any:
        """The call that made it (Keras 2)."""
        history = self._keras_history
        return history.operation._inbound_nodes[history.node_index]

    def get_shape(self) -> Any:
        return self.shape

    def set_shape(self, shape: Any) -> None:
        """Refines the static shape."""
        self._shape = SymbolicShape(self._shape.merge_with(shape).as_list())

    def __invert__(self) -> Any:
        return OPERATORS["invert"](self) if legacy_keras() else _ops("logical_not")(self)

    def reshape(self, newshape: Any) -> Any:
        """``keras.ops.reshape`` of it."""
        return _ops("reshape")(self, newshape)

    def squeeze(self, axis: Any = None) -> Any:
        """``keras.ops.squeeze`` of it."""
        return _ops("squeeze")(self, axis)

    # identity, not element-wise: KerasTensors are keys of the graph's dictionaries
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> Any:
        return self is not other if other is None or isinstance(other, str) else _ne(self, other)

    def __int__(self) -> int:
        raise _no_value("an int")

    def __float__(self) -> float:
        raise _no_value("a float")

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        raise _no_value("a NumPy array")

    def __jax_array__(self) -> Any:
        raise ValueError("A KerasTensor cannot be used as input to a JAX function: wrap the function in a layer.")

    def __iter__(self) -> Any:
        error = TypeError if legacy_keras() else NotImplementedError
        raise error("Iterating over a symbolic KerasTensor is not supported.")

    def __len__(self) -> int:
        raise TypeError("Keras symbolic inputs/outputs do not implement `__len__`.")

    def __bool__(self) -> bool:
        raise TypeError("A symbolic KerasTensor cannot be used as a boolean.")

    def __round__(self, ndigits: int | None = None) -> Any:
        return _ops("round")(self, ndigits or 0)

    def __repr__(self) -> str:
        if legacy_keras():
            plain = f"shape={tuple(self._shape)} dtype={self._dtype}{self._inferred_value(' ')}"
            what = f"type_spec={self.type_spec!r}" if self._sparse or self._ragged else plain
            return f"<KerasTensor: {what}{self._maker(' (', ')')}>"
        return (
            f"<KerasTensor shape={tuple(self._shape)}, dtype={self._dtype}, sparse={self._sparse}, "
            f"ragged={self._ragged}, name={self.name}>"
        )

    def __str__(self) -> str:
        if not legacy_keras():
            return repr(self)
        name = f"{self._inferred_value(', ')}, name={self.name!r}"
        return f"KerasTensor(type_spec={self.type_spec!r}{name}{self._maker(', description=' + chr(34), chr(34))})"

    def _is_input(self) -> bool:
        history = getattr(self, "_keras_history", None)
        return history is not None and not history.operation._inbound_nodes[0].input_tensors

    def _inferred_value(self, before: str) -> str:
        """Keras 2's words for what is known of a shape that the tensor stands for."""
        if self._concrete is None or self._dtype != "int32" or self.ndim > 1:
            return ""
        pairs = zip(*(value.reshape(-1).tolist() for value in self._concrete), strict=True)
        return f"{before}inferred_value={[one if one == two else None for one, two in pairs]}"

    def _maker(self, before: str, after: str) -> str:
        """Keras 2's words for the layer that made the tensor."""
        history = getattr(self, "_keras_history", None)
        return "" if history is None else f"{before}created by layer '{history.operation.name}'{after}"


def any_symbolic_tensors(args: Iterable[Any] | None = None, kwargs: dict[str, Any] | None = None) -> bool:
    """Whether a KerasTensor is among (nested) arguments."""
    for value in (*(args or ()), *(kwargs or {}).values()):
        if isinstance(value, KerasTensor):
            return True
        if nest.is_nested(value) and any(isinstance(leaf, KerasTensor) for leaf in nest.flatten(value)):
            return True
    return False


def is_keras_tensor(x: Any) -> bool:
    """Whether ``x`` is symbolic: made by ``keras.Input`` or by a layer called on such."""
    return isinstance(x, KerasTensor)
