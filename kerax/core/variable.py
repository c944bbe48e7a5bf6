"""``tf.Variable``: a name for a value that changes."""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import enum
import functools
import inspect
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes, errors, state
from kerax.core.context import context
from kerax.core.dispatch import Call, dispatch
from kerax.core.shape import TensorShape
from kerax.core.tensor import TensorSpec, convert_to_tensor
from kerax.core.turns import turn
from kerax.core.value import OPERATORS, Operators, Tensor, numpy_text


class VariableSynchronization(enum.Enum):
    """When copies of a distributed variable are brought together."""

    AUTO = 0
    NONE = 1
    ON_WRITE = 2
    ON_READ = 3


class VariableAggregation(enum.Enum):
    """How values of a distributed variable's copies are combined."""

    NONE = 0
    SUM = 1
    MEAN = 2
    ONLY_FIRST_REPLICA = 3


@dataclasses.dataclass
class _SaveSliceInfo:
    """Which part of a partitioned variable another one is (TensorFlow 1)."""

    full_name: str | None = None
    full_shape: Any = None
    var_offset: Any = None
    var_shape: Any = None


_UPDATES = {
    "add": Call(lambda value, delta: value + delta, "AssignAddVariableOp"),
    "sub": Call(lambda value, delta: value - delta, "AssignSubVariableOp"),
}
_SCATTERS = {
    kind: Call(lambda value, indices, updates, kind=kind: getattr(value.at[indices], kind)(updates), f"Scatter{kind}")
    for kind in ("add", "min", "max", "set", "multiply")
}
_SCATTERS["sub"] = Call(lambda value, indices, updates: value.at[indices].add(-updates), "ScatterSub")
_SCATTERS["divide"] = Call(lambda value, indices, updates: value.at[indices].divide(updates), "ScatterDiv")


def _nd_scatter(kind: str) -> Call:
    def scatter(value: Any, indices: Any, updates: Any) -> Any:
        place = value.at[tuple(jnp.moveaxis(indices, -1, 0))]
        return place.add(-updates) if kind == "sub" else getattr(place, kind)(updates)

    return Call(scatter, f"ScatterNd{kind}")


_ND_SCATTERS = {kind: _nd_scatter(kind) for kind in ("add", "sub", "set", "max", "min")}


_numbers = itertools.count()


class Variable(Operators):
    """A value that programs read and assign; gradients are taken with respect to it.

    Args:
      initial_value: anything convertible to a Tensor, or a callable that returns it.
      trainable: bool, whether tapes watch it by themselves; by default True.
      validate_shape: bool; False leaves the shape open for later assignments.
      caching_device: unused (TensorFlow 1).
      name: str, by default "Variable".
      variable_def: unused (graph protocol buffers).
      dtype: the dtype to convert the initial value to.
      import_scope: unused (graph protocol buffers).
      constraint: callable applied to the value by optimizers after an update.
      synchronization: ``tf.VariableSynchronization``.
      aggregation: ``tf.VariableAggregation``.
      shape: the static shape, may be less specific than the initial value's.

    Raises:
      ValueError: no initial value, or it does not have the given shape.

    >>> import kerax as tf
    >>> v = tf.Variable(1.)
    >>> v.assign_add(2.).numpy()
    np.float32(3.0)
    """

    SaveSliceInfo = _SaveSliceInfo
    _in_graph_mode = False
    _save_slice_info = None

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        creators = context.extras.get("variable_creators") if cls is Variable else None
        if not creators:
            return super().__new__(cls)
        return _created(list(creators), *args, **kwargs)

    def __init__(
        self,
        initial_value: Any = None,
        trainable: bool | None = None,
        validate_shape: bool = True,
        caching_device: Any = None,
        name: str | None = None,
        variable_def: Any = None,
        dtype: Any = None,
        import_scope: Any = None,
        constraint: Callable[[Any], Any] | None = None,
        synchronization: VariableSynchronization = VariableSynchronization.AUTO,
        aggregation: VariableAggregation = VariableAggregation.NONE,
        shape: Any = None,
        experimental_enable_variable_lifting: bool | None = None,
    ) -> None:
        if "_made" in self.__dict__:  # by a creator of tf.variable_creator_scope
            return
        if initial_value is None:
            raise ValueError("initial_value must be specified.")
        if not isinstance(name, (str, type(None))):
            raise ValueError("name for name_scope must be a string.")
        if constraint is not None and not callable(constraint):
            raise ValueError(
                f"Argument `constraint` must be None or a callable. Got a {type(constraint)}: {constraint}"
            )
        _require_member("synchronization", synchronization, VariableSynchronization, name)
        _require_member("aggregation", aggregation, VariableAggregation, name)
        if context.trace is not None:
            context.trace.note_creation(self)
        value = _initial(initial_value, dtype)
        given = TensorShape(shape) if shape is not None else None
        if given is not None and not given.is_compatible_with(value.shape):
            raise ValueError(
                f"The initial value's shape ({value.shape}) is not compatible with the explicitly supplied "
                f"`shape` argument ({given})."
            )
        self._shape = given if given is not None else (value.shape if validate_shape else TensorShape(None))
        traced = value._is_symbolic()
        with state.init_scope():
            self._value = _owned(np.zeros(value._value.shape, value._value.dtype) if traced else value._value)
        self._tensor: Tensor | None = None  # the Tensor that readers hold, None while nobody does
        self._dtype = value.dtype
        self._trainable = (
            synchronization is not VariableSynchronization.ON_READ if trainable is None else bool(trainable)
        )
        self._number = next(_numbers)
        self._watched = self._trainable  # by tapes, also when Keras freezes it later
        self._name = "/".join([*context.name_scopes, name or "Variable"])
        self._constraint = constraint
        self._synchronization = synchronization
        self._aggregation = aggregation
        self._distribute_strategy = context.extras.get("strategy")
        if traced:
            context.trace.initialize(self, value)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "_dense_var_to_tensor" in cls.__dict__:  # a library's variable around another one: it says what it reads as
            cls._kerax_tensor = cls._dense_var_to_tensor  # type: ignore[assignment]

    # --- reading ----------------------------------------------------------------------------------------
    def _kerax_tensor(self) -> Tensor:
        """The value as a Tensor, noticed by tapes. Eagerly, the same Tensor until the next assignment."""
        if context.trace is None:
            tensor = self._tensor
            if tensor is None:
                with turn:
                    tensor = self._tensor = Tensor(self._value)
        else:
            tensor = context.trace.read(self)
        for recorder in context.recorders:
            recorder.watch_variable(self, tensor)
        return tensor

    def _notice(self) -> None:
        """Tells tapes that the variable takes part, where they do not see its Tensor."""
        if context.recorders:
            self._kerax_tensor()

    def value(self) -> Tensor:
        """The value as a Tensor of the variable's shape."""
        return self._kerax_tensor()

    def read_value(self) -> Tensor:
        """The value as a Tensor of the variable's shape."""
        return self._kerax_tensor()

    def numpy(self) -> Any:
        """A copy of the value as numpy."""
        if context.trace is not None:
            raise NotImplementedError("numpy() is only available when eager execution is enabled.")
        self._notice()
        with turn:
            return Tensor(self._value).numpy()

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return self._kerax_tensor().__array__(dtype, copy)

    def __jax_array__(self) -> jax.Array:
        return self._kerax_tensor()._value

    def initialized_value(self) -> Tensor:
        return self._kerax_tensor()

    def _dense_var_to_tensor(self, dtype: Any = None, name: str | None = None, as_ref: bool = False) -> Tensor:
        return convert_to_tensor(Variable._kerax_tensor(self), dtype)

    @classmethod
    def _OverloadAllOperators(cls) -> None:
        """Nothing to do: subclasses have the operators, which convert them to Tensors."""

    def eval(self, session: Any = None) -> Any:
        raise RuntimeError("This operation is not supported when eager execution is enabled.")

    def to_proto(self, export_scope: Any = None) -> Any:
        raise RuntimeError("This operation is not supported when eager execution is enabled.")

    def load(self, value: Any, session: Any = None) -> None:
        """Sets the value (TensorFlow 1)."""
        self.assign(value)

    def is_initialized(self, name: str | None = None) -> Tensor:
        return convert_to_tensor(True)

    def sparse_read(self, indices: Any, name: str | None = None) -> Tensor:
        """Rows of the value."""
        return OPERATORS["gather"](self, indices)

    def gather_nd(self, indices: Any, name: str | None = None) -> Tensor:
        return OPERATORS["gather_nd"](self, indices)

    # --- what it is -------------------------------------------------------------------------------------
    @property
    def dtype(self) -> dtypes.DType:
        return self._dtype

    @property
    def shape(self) -> TensorShape:
        return self._shape

    @property
    def ndim(self) -> int:
        return self._value.ndim

    @property
    def name(self) -> str:
        return f"{self._name}:0"

    @property
    def _shared_name(self) -> str:
        return self._name

    @property
    def _handle_name(self) -> str:
        return self.name

    @property
    def _unique_id(self) -> str:
        return f"{self._name}_{id(self)}"

    @property
    def trainable(self) -> bool:
        return self._trainable

    @property
    def constraint(self) -> Callable[[Any], Any] | None:
        return self._constraint

    @property
    def synchronization(self) -> VariableSynchronization:
        return self._synchronization

    @property
    def aggregation(self) -> VariableAggregation:
        return self._aggregation

    @property
    def device(self) -> str:
        return Tensor(self._value).device

    @property
    def handle(self) -> Variable:
        return self

    @property
    def initializer(self) -> None:
        return None

    @property
    def initial_value(self) -> Any:
        raise RuntimeError("This property is not supported when eager execution is enabled.")

    @property
    def op(self) -> Any:
        raise AttributeError("Tensor.op is undefined when eager execution is enabled.")

    @property
    def graph(self) -> Any:
        raise AttributeError("Tensor.graph is undefined when eager execution is enabled.")

    def get_shape(self) -> TensorShape:
        return self._shape

    def set_shape(self, shape: Any) -> None:
        self._shape = self._shape.merge_with(shape)

    # --- writing ----------------------------------------------------------------------------------------
    def _write(self, tensor: Tensor) -> None:
        """Makes a Tensor of the right dtype and shape the value, without a question."""
        if context.trace is None:
            with turn:
                if context.overwritten is not None:
                    context.overwritten.setdefault(id(self), (self, self._value, self._tensor))
                self._value = tensor._value
                self._tensor = Tensor(tensor._value)
        else:
            context.trace.write(self, tensor)

    def _write_owned(self, array: Any) -> None:
        """Makes an array that nobody else holds the value; a compiled program may then reuse its memory."""
        self._value = array
        self._tensor = None

    def _returned(self, tensor: Tensor) -> Any:
        """What an assignment of a value returns: the variable, under the name that TensorFlow shows for it."""
        if context.trace is None:
            self._notice()
        return _UnreadVariable.of(self) if type(self) is Variable else self

    def _read_quietly(self) -> Tensor:
        return Tensor(self._value) if context.trace is None else context.trace.value_of(self)

    def assign(self, value: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True) -> Any:
        """Sets the value.

        Args:
          value: Tensor or anything convertible, of the variable's shape and dtype.
          use_locking, name: unused.
          read_value: bool, whether to return the variable (else None).

        Raises:
          ValueError: the shape or dtype differs.
        """
        tensor = self._checked(value, "assign")
        self._write(tensor)
        return self._returned(tensor) if read_value else None

    def _checked(self, value: Any, doing: str) -> Tensor:
        tensor = convert_to_tensor(value, self._dtype)
        tensor._require_in_scope()
        if not self._shape.is_compatible_with(tensor._value.shape):
            raise ValueError(
                f"Cannot {doing} value to variable ' {self.name}': Shape mismatch.The variable shape {self._shape}, "
                f"and the assigned value shape {tensor.shape} are incompatible."
            )
        return tensor

    def _update(self, kind: str, delta: Any, read_value: bool) -> Any:
        with turn:
            return self._updated(kind, delta, read_value)

    def _updated(self, kind: str, delta: Any, read_value: bool) -> Any:
        tensor, now = convert_to_tensor(delta, self._dtype), self._read_quietly()
        if tensor._value.shape != now._value.shape and not self._spreads(tensor):
            raise _invalid(
                f"Cannot update variable with shape {now.shape.as_list()} using a Tensor with shape "
                f"{tensor.shape.as_list()}, shapes must be equal. [Op:{_UPDATES[kind].name}]"
            )
        if not (self._dtype.is_floating or self._dtype.is_integer or self._dtype.is_complex):
            raise _invalid(f"No OpKernel was registered to support {_UPDATES[kind].name} of {self._dtype.name}")
        with state.no_recording():
            updated = dispatch(_UPDATES[kind], [now, tensor])
        if not self._shape.is_compatible_with(updated._value.shape):
            raise ValueError(
                f"Cannot assign_{kind} value to variable '{self.name}': Shape mismatch.The variable shape "
                f"{self._shape}, and the assigned value shape {tensor.shape} are incompatible."
            )
        self._write(updated)
        return self._returned(updated) if read_value else None

    def _spreads(self, delta: Tensor) -> bool:
        """Whether updates of this shape are broadcast."""
        return False

    def assign_add(
        self, delta: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True
    ) -> Any:
        """Adds to the value."""
        return self._update("add", delta, read_value)

    def assign_sub(
        self, delta: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True
    ) -> Any:
        """Subtracts from the value."""
        return self._update("sub", delta, read_value)

    def _scatter(self, kind: str, slices: Any) -> Any:
        if not isinstance(slices, OPERATORS["IndexedSlices"]):  # type: ignore[arg-type]
            raise TypeError(f"Argument `sparse_delta` must be a `tf.IndexedSlices`. Received arg: {slices}")
        indices = OPERATORS["check_indices"](convert_to_tensor(slices.indices), self._read_quietly()._value.shape[0])
        updates = convert_to_tensor(slices.values, self._dtype)
        return self._scattered(_SCATTERS[kind], indices, updates)

    def _scattered(self, call: Call, indices: Tensor, updates: Tensor) -> Any:
        with state.no_recording():
            updated = dispatch(call, [self._read_quietly(), indices, updates])
            self._write(updated)
        return self._returned(updated)

    def scatter_add(self, sparse_delta: Any, use_locking: bool = False, name: str | None = None) -> Any:
        """Adds ``tf.IndexedSlices`` to rows of the value."""
        return self._scatter("add", sparse_delta)

    def scatter_sub(self, sparse_delta: Any, use_locking: bool = False, name: str | None = None) -> Any:
        return self._scatter("sub", sparse_delta)

    def scatter_update(self, sparse_delta: Any, use_locking: bool = False, name: str | None = None) -> Any:
        return self._scatter("set", sparse_delta)

    def scatter_max(self, sparse_delta: Any, use_locking: bool = False, name: str | None = None) -> Any:
        return self._scatter("max", sparse_delta)

    def scatter_min(self, sparse_delta: Any, use_locking: bool = False, name: str | None = None) -> Any:
        return self._scatter("min", sparse_delta)

    def scatter_mul(self, sparse_delta: Any, use_locking: bool = False, name: str | None = None) -> Any:
        return self._scatter("multiply", sparse_delta)

    def scatter_div(self, sparse_delta: Any, use_locking: bool = False, name: str | None = None) -> Any:
        return self._scatter("divide", sparse_delta)

    def batch_scatter_update(self, sparse_delta: Any, use_locking: bool = False, name: str | None = None) -> Any:
        """Updates rows batch by batch: ``value[b, indices[b, i]] = updates[b, i]``."""
        indices = convert_to_tensor(sparse_delta.indices)
        rank = indices.ndim - 1

        def scatter(value: Any, indices: Any, updates: Any) -> Any:
            grid = jnp.meshgrid(*[jnp.arange(size) for size in indices.shape], indexing="ij")[:rank]
            return value.at[(*grid, indices)].set(updates)

        return self._scattered(
            Call(scatter, "BatchScatterUpdate"), indices, convert_to_tensor(sparse_delta.values, self._dtype)
        )

    def _scatter_nd(self, kind: str, indices: Any, updates: Any) -> Any:
        indices = convert_to_tensor(indices)
        OPERATORS["check_nd_indices"](indices, self._read_quietly()._value.shape)
        return self._scattered(_ND_SCATTERS[kind], indices, convert_to_tensor(updates, self._dtype))

    def scatter_nd_add(self, indices: Any, updates: Any, name: str | None = None) -> Any:
        """Adds updates at the positions that the rows of ``indices`` name."""
        return self._scatter_nd("add", indices, updates)

    def scatter_nd_sub(self, indices: Any, updates: Any, name: str | None = None) -> Any:
        return self._scatter_nd("sub", indices, updates)

    def scatter_nd_update(self, indices: Any, updates: Any, name: str | None = None) -> Any:
        return self._scatter_nd("set", indices, updates)

    def scatter_nd_max(self, indices: Any, updates: Any, name: str | None = None) -> Any:
        return self._scatter_nd("max", indices, updates)

    def scatter_nd_min(self, indices: Any, updates: Any, name: str | None = None) -> Any:
        return self._scatter_nd("min", indices, updates)

    def count_up_to(self, limit: int) -> Tensor:
        """The value before adding one; an error once it reaches ``limit``."""
        before = self._read_quietly()
        if int(before) >= limit:
            raise errors.OutOfRangeError(None, None, f"Reached limit of {limit}")
        self.assign_add(1)
        return before

    def __getitem__(self, key: Any) -> Any:
        part = OPERATORS["getitem"](self._kerax_tensor(), key)
        part.assign = functools.partial(self._assign_part, "assign", key)
        part.assign_add = functools.partial(self._assign_part, "add", key)
        part.assign_sub = functools.partial(self._assign_part, "sub", key)
        return part

    def _assign_part(self, kind: str, key: Any, value: Any, name: str | None = None, read_value: bool = True) -> Any:
        with turn, state.no_recording():
            now = self._read_quietly()
            new = convert_to_tensor(value, self._dtype)
            if kind != "assign":
                new = OPERATORS[kind](OPERATORS["getitem"](now, key), new)
            updated = OPERATORS["sliced_assign"](now, key, new)
            self._write(updated)
        return self._returned(updated) if read_value else None

    def __iadd__(self, other: Any) -> Any:
        raise RuntimeError(
            "`variable += value` with `tf.Variable`s is not supported. Use `variable.assign_add(value)` to modify "
            "the variable, or `out = variable + value` if you need to get a new output Tensor."
        )

    def __isub__(self, other: Any) -> Any:
        raise RuntimeError(
            "`variable -= value` with `tf.Variable`s is not supported. Use `variable.assign_sub(value)` to modify "
            "the variable, or `out = variable - value` if you need to get a new output Tensor."
        )

    def __imul__(self, other: Any) -> Any:
        raise RuntimeError("`var *= value` with `tf.Variable`s is not supported. Use `var.assign(var * value)`.")

    def __itruediv__(self, other: Any) -> Any:
        raise RuntimeError("`var /= value` with `tf.Variable`s is not supported. Use `var.assign(var / value)`.")

    # --- python's protocols -----------------------------------------------------------------------------
    def __bool__(self) -> bool:
        return bool(self._kerax_tensor())

    def __int__(self) -> int:
        return int(self._kerax_tensor())

    def __float__(self) -> float:
        return float(self._kerax_tensor())

    def __complex__(self) -> complex:
        return complex(self._kerax_tensor())

    def __iter__(self) -> Any:
        return iter(self._kerax_tensor())

    def __repr__(self) -> str:
        head = f"<tf.Variable '{self.name}' shape={self._shape} dtype={self._dtype.name}"
        if context.trace is not None:
            return head + ">"
        return f"{head}, numpy={numpy_text(Tensor(self._value)._numpy(), is_repr=True)}>"

    def __deepcopy__(self, memo: dict[int, Any]) -> Variable:
        new = object.__new__(type(self))
        new.__dict__.update(self.__dict__, _value=_owned(self._value), _tensor=None, _number=next(_numbers))
        memo[id(self)] = new
        return new

    def __copy__(self) -> Variable:
        return self

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_value": np.asarray(self._value), "_tensor": None, "_distribute_strategy": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, _value=_owned(state["_value"]))

    @property
    def _type_spec(self) -> TensorSpec:
        return TensorSpec(self._shape, self._dtype, self._name)


class _UnreadVariable(Variable):
    """A variable as an assignment returns it: the same state under another name."""

    __slots__ = ("_source",)

    @classmethod
    def of(cls, source: Variable) -> _UnreadVariable:
        view = object.__new__(cls)
        view.__dict__ = source.__dict__
        view._source = source
        return view

    @property
    def name(self) -> str:
        return "UnreadVariable"

    @property
    def op(self) -> None:
        """None: the assignment has been made."""

    def _returned(self, tensor: Tensor) -> Any:
        return _UnreadVariable.of(self._source)

    def _kerax_tensor(self) -> Tensor:
        return self._source._kerax_tensor()

    def _write(self, tensor: Tensor) -> None:
        self._source._write(tensor)

    def _read_quietly(self) -> Tensor:
        return self._source._read_quietly()

    def __deepcopy__(self, memo: dict[int, Any]) -> Variable:
        return copy.deepcopy(self._source, memo)

    def __reduce__(self) -> Any:
        return _UnreadVariable.of, (self._source,)


@contextlib.contextmanager
def only_tried() -> Iterator[None]:
    """What python assigns within does not stay."""
    outer, context.overwritten = context.overwritten, {}
    try:
        yield
    finally:
        tried, context.overwritten = context.overwritten, outer
        for variable, value, tensor in tried.values():
            variable._value, variable._tensor = value, tensor


def _created(creators: list[Callable[..., Any]], *args: Any, **kwargs: Any) -> Any:
    """Makes a variable through the functions of ``tf.variable_creator_scope``, the innermost first."""
    bound = inspect.signature(Variable.__init__).bind_partial(None, *args, **kwargs)
    bound.apply_defaults()
    given = bound.arguments
    given.pop("self")

    def make(**options: Any) -> Variable:
        made = object.__new__(Variable)
        made.__init__(**options)  # type: ignore[misc]
        made._made = True
        return made

    creator: Callable[..., Any] = make
    for outer in creators:
        creator = functools.partial(outer, creator)
    return creator(**given)


def _require_member(argument: str, value: Any, kind: type[enum.Enum], name: str | None) -> None:
    # TensorFlow 1 has another class of aggregations, of the same names
    if value is not None and getattr(value, "name", None) not in kind.__members__:
        raise ValueError(f"Invalid variable {argument} mode: {value} for variable: {name}")


def _invalid(message: str) -> Exception:
    """TensorFlow's exception: its kernel's when eager, its shape function's in a trace."""
    return errors.InvalidArgumentError(None, None, message) if context.trace is None else ValueError(message)


def _initial(initial_value: Any, dtype: Any) -> Tensor:
    """The initial value, made outside of any trace unless it is a traced tensor."""
    if callable(initial_value) and not isinstance(initial_value, (Tensor, Variable)):
        with state.init_scope():
            initial_value = initial_value()
    if isinstance(initial_value, Tensor) and initial_value._is_symbolic():
        return convert_to_tensor(initial_value, dtype)
    with state.init_scope():
        return convert_to_tensor(initial_value, dtype)


def _owned(value: Any) -> Any:
    """An array that nobody else holds."""
    if type(value) is np.ndarray:
        if value.dtype == object:
            return value.copy()
        value = jax.device_put(value)
    return jax.device_put(value, may_alias=False)


def _flatten(variable: Variable) -> tuple[tuple[Any], None]:
    return (variable._kerax_tensor()._value,), None


def _unflatten(_: None, children: tuple[Any]) -> Tensor:
    return Tensor(children[0])


# to jax a Variable is the array it holds: a function under jax.jit receives a Tensor
jax.tree_util.register_pytree_node(Variable, _flatten, _unflatten)
