"""``tf.Tensor``: a thin shell over a JAX array, a tracer, or a numpy array of byte strings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import jax
import numpy as np

from kerax.core import dtypes, errors
from kerax.core.context import context
from kerax.core.shape import TensorShape

# The operators of tensors and variables, filled by the op families: name → function of TensorFlow's signature.
OPERATORS: dict[str, Callable[..., Any]] = {}

CPU_DEVICE = "/job:localhost/replica:0/task:0/device:CPU:0"


class Symbolic:
    """Marks values that stand for a tensor in a graph of Keras layers (``KerasTensor``)."""


class Reference:
    """A hashable handle of a tensor or variable, what ``.ref()`` returns; dicts sort such keys by identity."""

    __slots__ = ("__weakref__", "_wrapped")

    def __init__(self, wrapped: Any) -> None:
        self._wrapped = wrapped

    def deref(self) -> Any:
        return self._wrapped

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reference) and self._wrapped is other._wrapped

    def __lt__(self, other: Reference) -> bool:
        return id(self._wrapped) < id(other._wrapped)

    def __hash__(self) -> int:
        return id(self._wrapped)

    def __repr__(self) -> str:
        return f"<Reference wrapping {self._wrapped!r}>"


def _binary(name: str) -> tuple[Callable[[Any, Any], Any], Callable[[Any, Any], Any]]:
    def forward(self: Any, other: Any) -> Any:
        if _defers(other):
            return NotImplemented
        try:
            return OPERATORS[name](self, other)
        except (TypeError, ValueError) as error:
            return _of_other(name, self, other, error)

    def reflected(self: Any, other: Any) -> Any:
        return OPERATORS[name](other, self)

    return forward, reflected


def _of_other(name: str, value: Any, other: Any, error: Exception) -> Any:
    """What an operand that is no tensor makes of an operator that tensors have no answer to.

    Raises:
      The tensors' error where it has none either.
    """
    method = f"__r{name.strip('_')}__"
    try:
        found = getattr(other, method)(value) if hasattr(type(other), method) else NotImplemented
    except (TypeError, ValueError):
        found = NotImplemented
    if found is NotImplemented:
        raise error
    return found


def _defers(other: Any) -> bool:
    """Whether the other operand's own reflected operator must decide (ragged and sparse tensors)."""
    return getattr(type(other), "_kerax_overrides_operators", False)


def _comparison(name: str) -> Callable[[Any, Any], Any]:
    def compare(self: Any, other: Any) -> Any:
        return NotImplemented if _defers(other) else OPERATORS[name](self, other)

    return compare


class Operators:
    """The arithmetic that tensors and variables share."""

    __array_priority__ = 100

    __add__, __radd__ = _binary("add")
    __sub__, __rsub__ = _binary("sub")
    __mul__, __rmul__ = _binary("mul")
    __truediv__, __rtruediv__ = _binary("truediv")
    __div__, __rdiv__ = _binary("truediv")
    __floordiv__, __rfloordiv__ = _binary("floordiv")
    __mod__, __rmod__ = _binary("mod")
    __pow__, __rpow__ = _binary("pow")
    __matmul__, __rmatmul__ = _binary("matmul")
    __and__, __rand__ = _binary("and_")
    __or__, __ror__ = _binary("or_")
    __xor__, __rxor__ = _binary("xor")
    __lt__ = _comparison("lt")
    __le__ = _comparison("le")
    __gt__ = _comparison("gt")
    __ge__ = _comparison("ge")
    __eq__ = _comparison("eq")
    __ne__ = _comparison("ne")

    def __neg__(self) -> Any:
        return OPERATORS["neg"](self)

    def __abs__(self) -> Any:
        return OPERATORS["abs"](self)

    def __invert__(self) -> Any:
        return OPERATORS["invert"](self)

    def __getitem__(self, key: Any) -> Any:
        return OPERATORS["getitem"](self, key)

    def ref(self) -> Reference:
        """A hashable reference to this object."""
        return Reference(self)

    experimental_ref = ref  # the older name

    def __hash__(self) -> int:
        noun = _noun(self)
        shown = "" if isinstance(self, Tensor) else f" (Variable: {self!r})"
        raise TypeError(f"{noun.capitalize()} is unhashable. Instead, use {noun}.ref() as the key.{shown}")


_METHODS = "add sub mul truediv div floordiv mod pow matmul and or xor lt le gt ge eq ne"
_OPS = {"div": "truediv", "and": "and_", "or": "or_"}  # whose op has another name


def with_operators(binary: Callable[[str], tuple[Callable[[Any, Any], Any], Callable[[Any, Any], Any]]]) -> Any:
    """A class decorator that makes the operators of two operands anew; those that the class defines itself stay.

    Args:
      binary: takes the name of an op, returns the method and that for the operand on the right.
    """

    def decorate(cls: Any) -> Any:
        for method in _METHODS.split():
            for prefix, function in zip(("__", "__r"), binary(_OPS.get(method, method)), strict=True):
                name = f"{prefix}{method}__"
                if hasattr(Operators, name) and name not in vars(cls):
                    setattr(cls, name, function)
        return cls

    return decorate


def _noun(value: Any) -> str:
    return "tensor" if isinstance(value, Tensor) else "variable"


def numpy_text(value: Any, is_repr: bool) -> str:
    """The text TensorFlow prints for an eager value."""
    if is_repr:
        plain = np.ndim(value) == 0 and not isinstance(value, (bytes, np.ndarray))
        text = repr(value.item() if plain else value)
    else:
        text = str(value)
    return "\n" + text if "\n" in text else text


class Tensor(Operators):
    """A multidimensional array of one dtype, immutable.

    Args:
      value: jax array, tracer, or numpy array (of ``bytes`` objects for strings).
      trace: the trace that owns the value, None for an eager one.

    >>> import kerax as tf
    >>> tf.constant([[1., 2.]])
    <tf.Tensor: shape=(1, 2), dtype=float32, numpy=array([[1., 2.]], dtype=float32)>
    """

    #: the methods that stand for python's operators, for classes that behave like a Tensor
    OVERLOADABLE_OPERATORS = {name for name, value in vars(Operators).items() if callable(value)} - {"__hash__", "ref"}

    _sizes: np.ndarray | None = None  # what a tensor of open sizes holds: ``core/open_sizes.py``
    _keras_mask: Any = None  # Keras' mask, which every layer asks for: an attribute that is missing costs more

    def __init__(self, value: Any, trace: Any = None) -> None:
        self._value = value
        self._trace = trace

    # --- what it is -------------------------------------------------------------------------------------
    @property
    def dtype(self) -> dtypes.DType:
        return dtypes.from_numpy(self._value.dtype)

    @property
    def shape(self) -> TensorShape:
        return TensorShape(self._value.shape)

    @property
    def ndim(self) -> int:
        return self._value.ndim

    @property
    def device(self) -> str:
        """TensorFlow's name of the device that holds the value."""
        if isinstance(self._value, np.ndarray):
            return CPU_DEVICE
        if self._is_symbolic():
            return ""
        device = next(iter(self._value.devices()))
        return f"/job:localhost/replica:0/task:0/device:{device.platform.upper()}:{device.id}"

    @property
    def backing_device(self) -> str:
        return self.device

    @property
    def name(self) -> str:
        if not self._is_in_graph():
            raise AttributeError("Tensor.name is undefined when eager execution is enabled.")
        return self.__dict__.get("_name", "Const:0")

    @property
    def graph(self) -> Any:
        if not self._is_symbolic():
            raise AttributeError("Tensor.graph is undefined when eager execution is enabled.")
        return self._trace

    @property
    def op(self) -> Any:
        raise AttributeError("Tensor.op is undefined when eager execution is enabled.")

    def _is_symbolic(self) -> bool:
        return isinstance(self._value, jax.core.Tracer)

    def _is_in_graph(self) -> bool:
        """Whether TensorFlow's graphs would have it without a value: a constant of a function being traced, too."""
        trace = self._trace
        return isinstance(self._value, jax.core.Tracer) or (trace is not None and trace.open)

    def _require_in_scope(self) -> None:
        """Raises for a tensor of a trace that is over: TypeError, in the trace around it InaccessibleTensorError."""
        if self._trace is None or self._trace.open:
            return
        inner = self._trace.parent
        while inner is not None and inner is not context.trace:
            inner = inner.parent
        here = "here" if inner is None else f"FuncGraph(name={inner.name}, id={id(inner)})"
        message = (
            f"{self!r} is out of scope and cannot be used here. Use return values, explicit Python locals or "
            "TensorFlow collections to access it.\nPlease see https://www.tensorflow.org/guide/function#"
            "all_outputs_of_a_tffunction_must_be_return_values for more information.\n\n"
            f"The tensor {self!r} cannot be accessed from {here}, because it was defined in "
            f"FuncGraph(name={self._trace.name}, id={id(self._trace)}), which is out of scope."
        )
        raise TypeError(message) if inner is None else errors.InaccessibleTensorError(message)

    def get_shape(self) -> TensorShape:
        return self.shape

    @property
    def is_packed(self) -> bool:
        """Whether it stands for tensors of several devices, which none does here."""
        return False

    # what TensorFlow's own code asks of tensors, and libraries that took it over
    def _rank(self) -> int:
        return self._value.ndim

    def _num_elements(self) -> int:
        return self._value.size

    def _shape_tuple(self) -> tuple[int, ...]:
        return tuple(self._value.shape)

    def consumers(self) -> Any:
        raise NotImplementedError("Tensor.consumers is undefined when eager execution is enabled.")

    def set_shape(self, shape: Any) -> None:
        """Checks the shape, which is always known here (but not to a graph, where python made the value)."""
        self.__dict__.pop("shape_is_open", None)
        if not self.shape.is_compatible_with(shape):
            raise ValueError(f"Tensor's shape {self.shape} is not compatible with supplied shape {shape}.")

    # --- its value --------------------------------------------------------------------------------------
    def _numpy(self) -> Any:
        """The value as numpy, without a copy; a scalar comes as a numpy scalar (or bytes)."""
        value = self._value
        if isinstance(value, jax.core.Tracer):
            raise errors.OperatorNotAllowedInGraphError(_no_value("Using a symbolic `tf.Tensor` as a value"))
        array = value if isinstance(value, np.ndarray) else np.asarray(value)
        return array[()] if array.ndim == 0 else array

    @property
    def numpy(self) -> Callable[[], Any]:
        """A method that gives a copy of the value: a numpy array, or a numpy scalar where the rank is 0."""
        if self._is_symbolic():
            raise AttributeError("'SymbolicTensor' object has no attribute 'numpy'")
        return self._copied

    def _copied(self) -> Any:
        value = self._numpy()
        return value.copy() if isinstance(value, np.ndarray) else value

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        if self._is_symbolic():
            raise NotImplementedError(
                f"Cannot convert a symbolic tf.Tensor ({self.name}) to a numpy array. This error may indicate "
                "that you're trying to pass a Tensor to a NumPy call, which is not supported."
            )
        array = np.asarray(self._value)
        return array.copy() if dtype is None else np.array(array, dtype=dtype)

    def __jax_array__(self) -> jax.Array:
        return self._value

    def __dlpack__(self, **kwargs: Any) -> Any:
        return self._value.__dlpack__(**kwargs)

    def __dlpack_device__(self) -> Any:
        return self._value.__dlpack_device__()

    def __bool__(self) -> bool:
        if self._is_symbolic():
            raise errors.OperatorNotAllowedInGraphError(_no_value("Using a symbolic `tf.Tensor` as a Python `bool`"))
        value = self._numpy()
        return bool(value.size > 0 and value) if isinstance(value, np.ndarray) else bool(value)

    __nonzero__ = __bool__

    def __int__(self) -> int:
        return int(self._numpy())

    def __float__(self) -> float:
        return float(self._numpy())

    def __complex__(self) -> complex:
        return complex(self._numpy())

    def __index__(self) -> int:
        return self._numpy().__index__()

    def __round__(self, ndigits: int | None = None) -> Any:
        return round(self._numpy(), ndigits) if ndigits is not None else round(self._numpy().item())

    def __len__(self) -> int:
        if not self._value.ndim:
            raise TypeError("Scalar tensor has no `len()`")
        return self._value.shape[0]

    def __iter__(self) -> Iterator[Tensor]:
        if not self._value.ndim:
            raise TypeError("Cannot iterate over a scalar tensor.")
        if self._is_symbolic():
            raise errors.OperatorNotAllowedInGraphError(_no_value("Iterating over a symbolic `tf.Tensor`"))
        return (self[i] for i in range(self._value.shape[0]))

    def __format__(self, spec: str) -> str:
        return str(self) if self._is_in_graph() else self._numpy().__format__(spec)

    def __str__(self) -> str:
        if self._is_in_graph() or "_shown_name" in self.__dict__:
            shape = self._displayed_shape()
            shown = "" if shape.rank is None else f"shape={shape}, "
            return f'Tensor("{self._displayed_name()}", {shown}dtype={self.dtype.name})'
        text = numpy_text(self._numpy(), is_repr=False)
        return f"tf.Tensor({text}, shape={self.shape}, dtype={self.dtype.name})"

    def __repr__(self) -> str:
        if self._is_in_graph() or "_shown_name" in self.__dict__:
            return f"<tf.Tensor '{self._displayed_name()}' shape={self._displayed_shape()} dtype={self.dtype.name}>"
        text = numpy_text(self._numpy(), is_repr=True)
        return f"<tf.Tensor: shape={self.shape}, dtype={self.dtype.name}, numpy={text}>"

    def _displayed_name(self) -> str:
        return self.__dict__.get("_shown_name") or self.name

    def _displayed_shape(self) -> TensorShape:
        """The shape of the signature that is being traced, where that leaves sizes open."""
        shown = self.__dict__.get("_shown_shape")
        return self.shape if shown is None else shown

    def __copy__(self) -> Tensor:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Tensor:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _from_numpy, (np.asarray(self._value),)

    def eval(self, feed_dict: Any = None, session: Any = None) -> Any:
        raise NotImplementedError(
            "eval is not supported when eager execution is enabled, is .numpy() what you're looking for?"
        )

    def cpu(self) -> Tensor:
        """A copy on the first CPU."""
        return Tensor(jax.device_put(self._value, jax.devices("cpu")[0]))

    def gpu(self, gpu_index: int = 0) -> Tensor:
        """A copy on a GPU."""
        return Tensor(jax.device_put(self._value, jax.devices("gpu")[gpu_index]))


# numpy's attributes lead users astray on tensors; TensorFlow names the way out, and so do we
_NUMPY_ONLY = {
    "T", "astype", "ravel", "transpose", "reshape", "clip", "size", "tolist", "data",
    "sum", "mean", "max", "min", "flatten", "copy", "dot", "item",
}  # fmt: skip


def _no_attribute(self: Tensor, name: str) -> Any:
    if name in _NUMPY_ONLY:
        raise AttributeError(
            f"{type(self).__name__} object has no attribute '{name}'. \n        If you are looking for numpy-related "
            "methods, please run the following:\n        "
            "tf.experimental.numpy.experimental_enable_numpy_behavior()\n      "
        )
    kind = "SymbolicTensor" if self._is_symbolic() else "tensorflow.python.framework.ops.EagerTensor"
    raise AttributeError(f"'{kind}' object has no attribute '{name}'")


Tensor.__getattr__ = _no_attribute  # type: ignore[attr-defined]


def _no_value(doing: str) -> str:
    return (
        f"{doing} is not allowed. You can attempt the following resolutions to the problem: If you are running "
        "in Graph mode, use Eager execution mode or decorate this function with @tf.function. If you are using "
        "AutoGraph, you can try decorating this function with @tf.function. If that does not work, then you may "
        "be using an unsupported feature or your source code may not be visible to AutoGraph. See "
        "https://github.com/tensorflow/tensorflow/blob/master/tensorflow/python/autograph/g3doc/reference/"
        "limitations.md#access-to-source-code for more information."
    )


def _from_numpy(array: np.ndarray) -> Tensor:
    return Tensor(array if array.dtype == object else jax.numpy.asarray(array))


jax.tree_util.register_pytree_node(
    Tensor, lambda tensor: ((tensor._value,), None), lambda _, children: Tensor(children[0])
)
