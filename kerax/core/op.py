"""The decorator that makes an op of TensorFlow's signature out of a pure JAX function."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

import jax
import numpy as np

from kerax.core import dtypes, errors, open_sizes
from kerax.core.context import context
from kerax.core.dispatch import Call, dispatch
from kerax.core.tensor import CompositeInput, SymbolicInput, as_scalar, convert_to_tensor
from kerax.core.value import Symbolic, Tensor

# Set by the Keras engine: (public op, args, kwargs) → symbolic outputs.
symbolic_handler: Callable[[Callable[..., Any], tuple[Any, ...], dict[str, Any]], Any] | None = None

# Set by the rooms of ragged and sparse tensors: (public op, args, kwargs) → result, or NotImplemented.
COMPOSITE_HANDLERS: list[Callable[[Callable[..., Any], tuple[Any, ...], dict[str, Any]], Any]] = []

_KINDS = {
    "float": lambda dtype: dtype.is_floating,
    "complex": lambda dtype: dtype.is_complex,
    "int": lambda dtype: dtype.is_integer,
    "signed": lambda dtype: dtype.is_floating or (dtype.is_integer and not dtype.is_unsigned),
    "number": lambda dtype: dtype.is_floating or dtype.is_complex or dtype.is_integer or dtype.is_quantized,
    "bool": lambda dtype: dtype.is_bool,
    "string": lambda dtype: dtype is dtypes.string,
    "any": lambda dtype: True,
}
_ALONE = {("bool",): dtypes.bool, ("string",): dtypes.string}  # kinds of one dtype
_NUMBERS = {bool, int, float, complex}
_PYTHON = (bool, int, float, complex, str, bytes)
_NO_TENSOR = "Attempt to convert a value (None) with an unsupported type (<class 'NoneType'>) to a Tensor."
_PLAIN = {type(None), bool, int, float, str, dtypes.DType}


def _kind(value: Any) -> Any:
    """The types in an attribute: what tells ``(1.0,)`` from ``(1,)``, which are equal."""
    return tuple(map(_kind, value)) if type(value) is tuple else type(value)


class _Parameter:
    """A tensor parameter: where it stands, which group it shares a dtype with, and which kinds it takes."""

    __slots__ = ("name", "position", "group", "many", "kinds")

    def __init__(self, name: str, position: int, group: int, many: bool, kinds: tuple[str, ...]) -> None:
        self.name, self.position, self.group, self.many, self.kinds = name, position, group, many, kinds


def _parse(spec: str, names: list[str]) -> list[_Parameter]:
    found = []
    for group, part in enumerate(filter(None, (piece.strip() for piece in spec.split(";")))):
        listed, _, kinds = part.partition(":")
        for item in (item.strip() for item in listed.split(",")):
            name = item.removesuffix("*")
            found.append(_Parameter(name, names.index(name), group, item.endswith("*"), tuple(kinds.split())))
    return found


def op(
    spec: str = "",
    *,
    host: bool = False,
    differentiable: bool | None = True,
    name: str | None = None,
    rows: Callable[[Any, int], Any] | None = None,
) -> Callable[[Callable[..., Any]], Any]:
    """Makes a public op of a pure function of arrays.

    Args:
      spec: the tensor parameters: names separated by ``,`` share a dtype, ``;`` separates such groups,
        ``name*`` is a list of tensors, ``: kinds`` after a group limits its dtypes. All other parameters
        are attributes: static and hashable. ``name`` is dropped.
      host: the body takes numpy arrays, its result depends on values in ways XLA cannot compile.
      differentiable: False for ops that TensorFlow gives no gradient (``floor``): tapes do not see them, and
        a gradient through them is None. None for ops without a registered gradient: it is a LookupError.
      name: the op's name in messages; by default the function's in CamelCase.
      rows: for an op that gathers rows of its first argument at indices, the second: a function of (indices, number
        of rows) that gives the rows' numbers. The gradient is then ``tf.IndexedSlices``.

    Returns:
      A decorator. The op has ``pure``, the undecorated body.
    """

    def decorate(fn: Callable[..., Any]) -> Any:
        signature = inspect.signature(fn)
        names = list(signature.parameters)
        bind = _binder(signature)
        parameters = _parse(spec, names)
        positions = {parameter.position for parameter in parameters}
        required = [
            i for i, p in enumerate(parameters) if signature.parameters[p.name].default is inspect.Parameter.empty
        ]
        attributes = [i for i, n in enumerate(names) if i not in positions and n != "name"]
        label = name or "".join(word.capitalize() for word in fn.__name__.strip("_").split("_"))
        calls: dict[Any, Call] = {}
        groups = max((parameter.group for parameter in parameters), default=-1) + 1
        # the quick way of calls whose tensors are Tensors, of dtypes that passed the checks before
        order = [] if any(parameter.many for parameter in parameters) else [p.position for p in parameters]
        plain = (-1,) * len(order)
        checked: set[tuple[Any, ...]] = set()

        def collected(values: list[Any]) -> tuple[list[Tensor], tuple[int, ...]]:
            tensors = [values[position] for position in order]
            if order and all([type(tensor) is Tensor for tensor in tensors]):
                kinds = tuple([tensor._value.dtype for tensor in tensors])
                if kinds in checked:
                    return tensors, plain
                found = _collect(parameters, values, groups, label)
                checked.add(kinds)
                return found
            return _collect(parameters, values, groups, label)

        def make(layout: tuple[int, ...], values: list[Any]) -> Call:
            fixed = [None if i in positions or names[i] == "name" else value for i, value in enumerate(values)]
            body = functools.partial(_run_body, fn, parameters, layout, fixed)
            call = Call(body, label, host, differentiable, rows=rows)
            call.open = open_sizes.is_open(fixed)
            return call

        @functools.wraps(fn)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            values = bind(*args, **kwargs)
            try:
                tensors, layout = collected(values)
                key: Any = layout
                if attributes:
                    kind: Callable[[Any], Any] = type
                    for i in attributes:
                        if type(values[i]) not in _PLAIN:
                            values[i], kind = static(values[i], names[i]), _kind
                    chosen = [values[i] for i in attributes]
                    key = (layout, tuple(chosen), tuple(map(kind, chosen)))
            except SymbolicInput:
                if symbolic_handler is None:
                    raise
                return symbolic_handler(wrapper, args, kwargs)
            except CompositeInput as error:
                result = on_composite(wrapper, args, kwargs)
                if result is NotImplemented:
                    raise ValueError(str(error)) from None
                return result
            call = calls.get(key)
            if call is None:
                if not fn.__name__.startswith("_") and any(layout[i] == -2 for i in required):
                    raise ValueError(_NO_TENSOR)
                call = calls[key] = make(layout, values)
            try:
                return dispatch(call, tensors)
            except (AttributeError, TypeError, errors.InvalidArgumentError) as error:
                if "NoneType" in str(error) and any(layout[i] == -2 for i in required):
                    raise ValueError(_NO_TENSOR) from None
                raise

        wrapper.pure = fn  # type: ignore[attr-defined]
        return wrapper

    return decorate


def on_composite(fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Lets the rooms of ragged and sparse tensors answer a call; NotImplemented where none does."""
    for handler in COMPOSITE_HANDLERS:
        result = handler(fn, args, kwargs)
        if result is not NotImplemented:
            return result
    return NotImplemented


def composed(fn: Callable[..., Any]) -> Any:
    """Marks a public function that looks at shapes or values itself and calls ops for the rest.

    Keras symbolic inputs make the whole function one node of their graph; ragged and sparse inputs go to
    their own rooms first.
    """

    @functools.wraps(fn)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        for value in (*args, *kwargs.values()) if kwargs else args:
            if type(value) is Tensor:
                continue
            for item in value if type(value) in (list, tuple) else (value,):
                if isinstance(item, Symbolic) and symbolic_handler is not None:
                    return symbolic_handler(wrapper, args, kwargs)
                if hasattr(item, "_kerax_components"):
                    result = on_composite(wrapper, args, kwargs)
                    if result is not NotImplemented:
                        return result
                    try:
                        return fn(*args, **kwargs)
                    except CompositeInput as error:
                        raise ValueError(str(error)) from None
        try:
            return fn(*args, **kwargs)
        except MemoryError as error:
            raise errors.ResourceExhaustedError(None, None, f"{error or 'OOM'} [Op:{fn.__name__}]") from error

    wrapper.pure = fn  # type: ignore[attr-defined]
    return wrapper


def _binder(signature: inspect.Signature) -> Callable[..., list[Any]]:
    """A function of the same signature that returns its arguments as a list: python's own binding, fast."""
    scope: dict[str, Any] = {}
    parts = []
    for index, parameter in enumerate(signature.parameters.values()):
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY and "*" not in parts:
            parts.append("*")
        if parameter.default is inspect.Parameter.empty:
            parts.append(parameter.name)
        else:
            scope[f"_default{index}"] = parameter.default
            parts.append(f"{parameter.name}=_default{index}")
    exec(f"def bind({', '.join(parts)}): return [{', '.join(signature.parameters)}]", scope)
    return scope["bind"]


def _run_body(
    fn: Callable[..., Any], parameters: list[_Parameter], layout: tuple[int, ...], fixed: list[Any], *arrays: Any
) -> Any:
    """Puts flat arrays back where the body expects them."""
    values = list(fixed)
    cursor = 0
    for parameter, count in zip(parameters, layout, strict=True):
        if count == -2:
            continue
        if count == -1:
            values[parameter.position] = arrays[cursor]
            cursor += 1
        else:
            values[parameter.position] = list(arrays[cursor : cursor + count])
            cursor += count
    return fn(*values)


def _collect(
    parameters: list[_Parameter], values: list[Any], groups: int, label: str
) -> tuple[list[Tensor], tuple[int, ...]]:
    """The tensors of a call, flat, and per parameter: -1 one tensor, -2 None, n a list of n."""
    tensors: list[Tensor] = []
    found: list[_Parameter] = []
    layout: list[int] = []
    wanted: list[dtypes.DType | None] = [None] * groups
    for parameter in parameters:
        value = values[parameter.position]
        group = parameter.group
        if type(value) is Tensor and not parameter.many:
            dtype = value.dtype
            if wanted[group] is None:
                wanted[group] = dtype
        elif wanted[group] is None:
            wanted[group] = group_dtype([values[p.position] for p in parameters if p.group == group])
    for parameter in parameters:
        value = values[parameter.position]
        if value is None:
            layout.append(-2)
        elif parameter.many:
            if isinstance(value, Symbolic):
                raise SymbolicInput
            items = value if isinstance(value, (list, tuple)) else [value]
            converted = [_input(item, wanted[parameter.group], parameter) for item in items]
            tensors.extend(converted)
            found.extend([parameter] * len(converted))
            layout.append(len(converted))
            if converted and wanted[parameter.group] is None:
                wanted[parameter.group] = converted[0].dtype
        else:
            tensor = _input(value, wanted[parameter.group], parameter)
            if wanted[parameter.group] is None:
                wanted[parameter.group] = tensor.dtype
            tensors.append(tensor)
            found.append(parameter)
            layout.append(-1)
    # last, since an operand that cannot be converted is the first thing TensorFlow sees
    for index, (tensor, parameter) in enumerate(zip(tensors, found, strict=True)):
        _check(tensor, wanted[parameter.group], parameter, index, label)
    return tensors, tuple(layout)


def group_dtype(values: list[Any]) -> dtypes.DType | None:
    """The dtype of the first tensor of a group; numpy arrays beside it are converted, as TensorFlow does."""
    for value in values:
        for item in value if isinstance(value, (list, tuple)) else (value,):
            if isinstance(item, (Tensor, jax.Array)) or hasattr(item, "_kerax_tensor"):
                return dtypes.as_dtype(item.dtype)
            if isinstance(item, Symbolic):
                raise SymbolicInput
            if isinstance(item, (list, tuple)):
                found = group_dtype([item])
                if found is not None:
                    return found
    return None


def _input(value: Any, wanted: dtypes.DType | None, parameter: _Parameter) -> Tensor:
    if wanted is None and parameter.kinds == ("string",) and isinstance(value, (list, tuple, *_PYTHON)):
        wanted = dtypes.string
    if isinstance(value, (np.ndarray, np.generic)) and wanted is None and value.dtype.kind in "biufc":
        if parameter.kinds == ("bool",):
            wanted = dtypes.bool  # numpy's numbers are converted, python's and tensors are not
        elif parameter.kinds == ("string",):
            raise ValueError("Failed to convert a NumPy array to a Tensor (Unsupported object type int).")
    if type(value) is Tensor:
        return value
    if wanted is not None and not isinstance(value, jax.Array) and not hasattr(value, "_kerax_tensor"):
        return as_scalar(value, wanted) if type(value) in _NUMBERS else convert_to_tensor(value, wanted)
    return convert_to_tensor(value)


def _check(tensor: Tensor, wanted: dtypes.DType | None, parameter: _Parameter, index: int, label: str) -> None:
    if wanted is not None and tensor.dtype is not wanted:
        raise _mismatch(label, index, wanted, tensor.dtype, parameter)
    if not parameter.kinds or any(_KINDS[kind](tensor.dtype) for kind in parameter.kinds):
        return
    if parameter.kinds in _ALONE and context.trace is None:
        raise _mismatch(label, index, _ALONE[parameter.kinds], tensor.dtype, parameter)
    message = (
        f"Value for attr 'T' of {tensor.dtype.name} is not in the list of allowed values: "
        f"{', '.join(parameter.kinds)}\n\t; NodeDef: {label}; argument {parameter.name!r} [Op:{label}]"
    )
    if context.trace is None:
        raise errors.InvalidArgumentError(None, None, message)
    raise TypeError(message)


def mismatch(label: str, index: int, wanted: dtypes.DType, got: dtypes.DType) -> Exception:
    """TensorFlow's error when an op runs on an operand of another dtype than those before it."""
    short = {"float32": "float", "float64": "double", "float16": "half"}
    return errors.InvalidArgumentError(
        None,
        None,
        f"cannot compute {label} as input #{index}(zero-based) was expected to be a "
        f"{short.get(wanted.name, wanted.name)} tensor but is a {short.get(got.name, got.name)} tensor "
        f"[Op:{label}] name: ",
    )


def _mismatch(label: str, index: int, wanted: dtypes.DType, got: dtypes.DType, parameter: _Parameter) -> Exception:
    if context.trace is None:
        return mismatch(label, index, wanted, got)
    return TypeError(
        f"Input '{parameter.name}' of '{label}' Op has type {got.name} that does not match type {wanted.name} of "
        "another argument."
    )


def static(value: Any, name: str = "argument") -> Any:
    """An attribute as a hashable python value; Tensors must be known when the program is built.

    Raises:
      errors.Uncompilable: the attribute is a traced tensor.
      SymbolicInput: it is a Keras symbolic tensor.
    """
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Symbolic):
        raise SymbolicInput
    if hasattr(value, "_kerax_tensor"):
        value = value._kerax_tensor()
    if isinstance(value, (Tensor, jax.Array)):
        array = value._value if isinstance(value, Tensor) else value
        if isinstance(value, Tensor) and value._sizes is not None:
            return _hashable(value._sizes.tolist())
        if isinstance(array, jax.core.Tracer):
            raise errors.Uncompilable(f"argument {name!r}, which must be known when the program is built,")
        return _hashable(np.asarray(array).tolist())
    if isinstance(value, np.ndarray):
        return _hashable(value.tolist())
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, list):
        return tuple(static(item, name) for item in value)
    if type(value) is tuple:
        return tuple(static(item, name) for item in value)
    if isinstance(value, (np.dtype, type)):
        return value
    if isinstance(value, dict):
        return tuple(sorted((key, static(item, name)) for key, item in value.items()))
    if type(value).__name__ == "TensorShape":
        return None if value.rank is None else tuple(value)
    return value


def _hashable(value: Any) -> Any:
    return tuple(_hashable(item) for item in value) if isinstance(value, list) else value
