"""TensorFlow ops on symbolic tensors: each becomes an operation of the graph (``tf.nn.relu(inputs)``)."""

from __future__ import annotations

import functools
import importlib
import inspect
import sys
from collections.abc import Callable
from typing import Any

from kerax.core import nest, value
from kerax.core import op as core_op
from kerax.core.config import legacy_keras
from kerax.keras.engine import keras_tensor
from kerax.keras.engine.layer import Layer
from kerax.keras.engine.names import to_snake_case, uniquify
from kerax.keras.engine.operation import Operation
from kerax.keras.saving.registration import get_registered_object
from kerax.keras.saving.serialization import serialize_keras_object

# Keras 3's names of what operators do, where TensorFlow's function is called otherwise.
_KERAS_NAMES = {
    "truediv": "true_divide",
    "quotient": "true_divide",
    "strided_slice": "get_item",
    "getitem": "get_item",
    "floordiv": "floor_divide",
    "floormod": "mod",
    "pow": "power",
    "abs": "absolute",
    "matmul_alike": "matmul",
}
_FAMILIES = {
    "math": "tf.math.",
    "nn": "tf.nn.",
    "linalg": "tf.linalg.",
    "image": "tf.image.",
    "signal": "tf.signal.",
    "random": "tf.random.",
}
# Keras 2's names of ops, where they are not those of the ops here: TensorFlow's first public name of what its
# functions end in, and what operators are called.
_KERAS_2_NAMES = {
    "tf.math.quotient": "tf.math.truediv",
    "tf.math.matmul_alike": "tf.linalg.matmul",
    "tf.math.cast": "tf.cast",
    "tf.math.cast_without_gradient": "tf.cast",
    "tf.math.clip_by_value": "tf.clip_by_value",
    "tf.math.softmax": "tf.nn.softmax",
    "tf.math.log_softmax": "tf.nn.log_softmax",
    "tf.linalg.einsum": "tf.einsum",
    "tf.linalg.tensordot": "tf.tensordot",
    "tf.linalg.norm": "tf.compat.v1.norm",
    "tf.nn.softmax_cross_entropy": "tf.compat.v1.nn.softmax_cross_entropy_with_logits_v2",
    **{f"tf.{name}": f"tf.compat.v1.{name}" for name in ("gather", "pad", "shape", "size", "squeeze", "transpose")},
    **{f"tf.nn.{name}": f"tf.compat.v1.nn.{name}" for name in ("conv2d", "sigmoid_cross_entropy_with_logits")},
    **{f"tf.{name}": f"tf.nn.{name}" for name in ("relu", "elu", "selu", "gelu", "silu", "softmax", "log_softmax")},
}
_KERAS_2_OPERATORS = {
    "tf.math.add": "tf.__operators__.add",
    "tf.math.not_equal": "tf.__operators__.ne",
    "tf.math.floordiv": "tf.compat.v1.floor_div",
}
# Keras 3's classes that are not called like their function.
_KERAS_CLASSES = {
    "rms_normalization": "RMSNorm",
    "layer_normalization": "LayerNorm",
    "batch_normalization": "BatchNorm",
    "cdist": "CDist",
    "psnr": "PSNR",
    "ssim": "SSIM",
    "jvp": "JVP",
    "svd": "SVD",
    "fft": "FFT",
    "fft2": "FFT2",
    "ifft2": "IFFT2",
    "rfft": "RFFT",
    "irfft": "IRFFT",
    "stft": "STFT",
    "istft": "ISTFT",
    "ctc_loss": "CTCLoss",
    "ctc_decode": "CTCDecode",
    "rgb_to_grayscale": "RGBToGrayscale",
    "rgb_to_hsv": "RGBToHSV",
    "hsv_to_rgb": "HSVToRGB",
    "allclose": "AllClose",
    "isin": "IsIn",
    "searchsorted": "SearchSorted",
}
# What Keras' operations take when they are called; all else (axes, shapes, modes) they take when they are made.
_CALLED_WITH = frozenset(
    "x x1 x2 xs y a b abs_ angle array bias branches choicelist condition condlist constant_values coordinates data "
    "default depthwise_kernel end_points func gamma beta images image1 image2 indices inputs kernel key labels mask "
    "mean operands output output_length output_shape pointwise_kernel predictions primals q query scale segment_ids "
    "sequence_lengths sorted_sequence start start_indices start_points step stop f fun tangents target target_length "
    "targets transform translation updates value values variable variance weights".split()
)
_ALSO_CALLED_WITH = {
    "batch_normalization": {"offset"},
    "digitize": {"bins"},
    "full": {"fill_value"},
    "full_like": {"fill_value"},
    "isclose": {"rtol", "atol"},
}
_MADE_WITH = {"bincount": {"weights"}, "squareplus": {"b"}, "trapezoid": {"x"}}
_AREAS = ("numpy", "nn", "math", "linalg", "image", "core")  # the modules of Keras 3's operations
_classes: dict[tuple[str, str], type] = {}


class _Recorded:
    """What Keras 3's and Keras 2's recorded calls have in common."""

    fn: Callable[..., Any]

    def call(self, *args: Any, **kwargs: Any) -> Any:
        return self.fn(*args, **kwargs)

    def _call_parameters(self) -> list[str]:
        return list(inspect.signature(self.fn).parameters)

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        if "function" not in config:  # as Keras 3 writes it
            settings = {key: item for key, item in config.items() if key != "name"}
            return make(_keras_op(cls.__name__), config.get("name"), operator=True, settings=settings)
        settings = {key: config[key] for key in ("trainable", "dtype") if key in config}
        return make(find(config["function"]), config.get("name"), symbol=config["function"], **settings)


class OpCall(_Recorded, Operation):
    """A recorded call of an op.

    Calls of ``keras.ops`` and of operators are what Keras 3 makes of them, and stand so in its files: arguments that
    are no tensors (an axis, a shape) belong to the operation.

    Args:
      fn: the public op.
      name: str.
      area: str, Keras 3's module of the operation, "numpy"; empty for ops of ``tf``.
      settings: dict, arguments of ``fn`` that belong to the operation.
    """

    def __init__(
        self, fn: Callable[..., Any], name: str | None = None, area: str = "", settings: dict[str, Any] | None = None
    ) -> None:
        super().__init__(name=name)
        self.fn = fn
        self.area = area
        self.settings = settings or {}
        self.built = True

    def symbolic_call(self, *args: Any, **kwargs: Any) -> Any:
        if self.area and _is_keras_op(self.fn) and not self.settings:
            args, self.settings = _split(self.fn, args, kwargs)
            kwargs = {}
        return super().symbolic_call(*args, **kwargs)

    def call(self, *args: Any, **kwargs: Any) -> Any:
        return _joined(self.fn, args, self.settings)(**kwargs) if self.settings else self.fn(*args, **kwargs)

    @property
    def output_shape(self) -> Any:
        """The shape of the symbolic output."""
        return nest.map_structure(lambda x: tuple(x.shape), self.output)

    def get_config(self) -> dict[str, Any]:
        if self.area:
            return {"name": self.name, **serialize_keras_object(self.settings)}
        return {"name": self.name, "function": _path_of(self.fn)}


def _is_keras_op(fn: Callable[..., Any]) -> bool:
    return fn.__module__.startswith("kerax.keras.ops.")


def _called_with(fn: Callable[..., Any]) -> set[str]:
    name = fn.__name__
    return (_CALLED_WITH | _ALSO_CALLED_WITH.get(name, set())) - _MADE_WITH.get(name, set())


def _split(fn: Callable[..., Any], args: Any, kwargs: Any) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """``fn``'s arguments as Keras divides them: those of the operation's call, and its own."""
    bound = inspect.signature(fn).bind(*args, **kwargs)
    bound.apply_defaults()
    names = _called_with(fn)
    called: list[Any] = []
    own: dict[str, Any] = {}
    for name, item in bound.arguments.items():
        kind = bound.signature.parameters[name].kind
        if kind is inspect.Parameter.VAR_KEYWORD:
            own.update(item)
        elif name not in names and kind is not inspect.Parameter.VAR_POSITIONAL:
            own[name] = item
        else:
            called.extend(item if kind is inspect.Parameter.VAR_POSITIONAL else [item])
    return tuple(called), own


def _joined(fn: Callable[..., Any], args: Any, settings: dict[str, Any]) -> Callable[..., Any]:
    """``fn`` with what ``_split`` parted."""
    names = _called_with(fn)
    parameters = inspect.signature(fn).parameters.values()
    first = []  # before *operands there is no passing by name
    for parameter in parameters:
        if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
            rest = {name: item for name, item in settings.items() if name not in first}
            return functools.partial(fn, *(settings[name] for name in first), *args, **rest)
        first.append(parameter.name)
    return functools.partial(fn, **dict(zip((name for name in first if name in names), args, strict=False)), **settings)


class TFOpLambda(_Recorded, Layer):
    """A recorded call in Keras 2, where it is a layer without weights.

    Args:
      fn: the public op.
      name: str.
      symbol: str, the op's name in files, ``math.reduce_mean``; a path of it by default.
      **kwargs: ``trainable``, ``dtype``.
    """

    def __init__(self, fn: Callable[..., Any], name: str | None = None, symbol: str = "", **kwargs: Any) -> None:
        super().__init__(name=name, autocast=False, **kwargs)
        self.fn = fn
        self.symbol = symbol or _path_of(fn)
        self.built = True
        self._convert_input_args = False
        self._allow_non_tensor_positional_args = True
        self._call_context_args = set()

    def call(self, *args: Any, **kwargs: Any) -> Any:
        kwargs.pop("name", None)  # TensorFlow's files hold it for operators, too
        return self.fn(*args, **kwargs)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "function": self.symbol}


class SlicingOpLambda(TFOpLambda):
    """Keras 2's call of a subscript; slices are dicts in it, which may hold tensors and can be written as JSON."""

    def call(self, x: Any, slice_spec: Any) -> Any:
        return self.fn(x, _with_slices(slice_spec))

    def _call_parameters(self) -> list[str]:
        return ["x", "slice_spec"]


_BOUNDS = ("start", "stop", "step")


def _without_slices(key: Any) -> Any:
    if isinstance(key, (list, tuple)):
        return tuple(map(_without_slices, key))
    return {name: getattr(key, name) for name in _BOUNDS} if isinstance(key, slice) else key


def _with_slices(key: Any) -> Any:
    if isinstance(key, (list, tuple)):
        return tuple(map(_with_slices, key))
    return slice(*[key[name] for name in _BOUNDS]) if isinstance(key, dict) else key


def _path_of(fn: Callable[..., Any]) -> str:
    return f"{fn.__module__}:{fn.__qualname__}"


def find(path: str) -> Callable[..., Any]:
    """The op of a path ``module:name``, or of Keras 2's name ``math.reduce_mean``.

    Only ops of kerax, and functions that the user registered, are found.

    Raises:
      ValueError: the path names something else.
    """
    module, colon, name = path.partition(":")
    registered = get_registered_object(name or path)
    if registered is not None:
        return registered
    found: Any = None
    if not colon:
        operator = path.removeprefix("__operators__.")
        found = (
            value.OPERATORS.get(operator) if operator != path else _attribute(importlib.import_module("kerax"), path)
        )
    elif module.split(".")[0] == "kerax":
        found = _attribute(importlib.import_module(module), name)
    if callable(found) and (hasattr(found, "pure") or not isinstance(found, type)):
        return found
    raise ValueError(f"{path!r} is not an op of kerax: it cannot be loaded from a file.")


def _attribute(found: Any, path: str) -> Any:
    for part in path.split("."):
        found = getattr(found, part, None)
    return found


def _keras_2_name(fn: Callable[..., Any], operator: bool) -> str:
    family = _FAMILIES.get(fn.__module__.split(".")[1] if "." in fn.__module__ else "", "tf.")
    name = family + fn.__name__.lstrip("_")
    return (_KERAS_2_OPERATORS.get(name) if operator else None) or _KERAS_2_NAMES.get(name, name)


def make(
    fn: Callable[..., Any], name: str | None = None, operator: bool = False, symbol: str = "", **kwargs: Any
) -> Any:
    """An operation that calls ``fn``.

    Args:
      fn: the public op.
      name: str.
      operator: bool, whether one of python's operators was used; Keras 2 names some otherwise.
      symbol: str, what Keras 2's files call it.
      **kwargs: ``trainable`` and ``dtype`` of a layer of Keras 2; ``settings`` of an operation of Keras 3.
    """
    short = fn.__name__.lstrip("_")
    short = _KERAS_NAMES.get(short, short)
    named = symbol and ":" not in symbol  # in a file of Keras 2
    if legacy_keras() or named:
        called = f"tf.{symbol}" if named else _keras_2_name(fn, operator)
        if short == "get_item":
            called = "tf.__operators__.getitem"
        if not symbol and _is_op(called.removeprefix("tf.")):
            symbol = called.removeprefix("tf.")
        kind = SlicingOpLambda if short == "get_item" else TFOpLambda
        return kind(fn, name or uniquify(called), symbol, **kwargs)
    area = _area(fn, short, operator)
    label = _KERAS_CLASSES.get(short) or "".join(part.capitalize() for part in short.split("_"))
    made = _classes.get((area, label))
    if made is None:
        module = f"keras.src.ops.{area}" if area else __name__
        made = _classes[area, label] = type(label, (OpCall,), {"__module__": module})
    return made(fn, name or uniquify(to_snake_case(_KERAS_CLASSES.get(short, short))), area, **kwargs)


def _area(fn: Callable[..., Any], short: str, operator: bool) -> str:
    """The module of Keras' operation that a call is recorded as, empty if it has none."""
    if not operator and not _is_keras_op(fn):
        return ""
    for area in _AREAS:
        if hasattr(importlib.import_module(f"kerax.keras.ops.{area}"), short):
            return area
    return "numpy" if short == "get_item" else ""


def _is_op(path: str) -> bool:
    try:
        find(path)
    except (ValueError, AttributeError):  # tf.compat.v1 says what it lacks
        return False
    return True


def record(fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Called by ops that meet a KerasTensor.

    Differs from TensorFlow: Keras 3 records its own ops only, and refuses those of ``tf``. kerax records them in both
    dialects, so that models written for Keras 2 run in either.
    """
    entered = _entered(fn)
    kwargs = {key: item for key, item in kwargs.items() if key != "name"}
    call = make(fn, operator=entered.startswith((value.__name__, keras_tensor.__name__)))
    if isinstance(call, SlicingOpLambda):
        args = (args[0], *map(_without_slices, args[1:]))
    return call(*args, **kwargs)


def _entered(fn: Callable[..., Any]) -> str:
    """The module where user code entered: an op's own, or one of Keras or of the operators that the op runs for."""
    frame, entered = sys._getframe(3), fn.__module__  # above: the op, its wrapper, `record`
    while frame is not None and str(frame.f_globals.get("__name__")).startswith("kerax"):
        entered, frame = frame.f_globals["__name__"], frame.f_back
    return entered


def install() -> None:
    """Makes ops on symbolic tensors record themselves."""
    value.symbolic_handler = record
    core_op.symbolic_handler = record


install()


def keras_op_class(class_name: str) -> Any:
    """The class of an operation of Keras 3 (``keras.src.ops.numpy.Add``), None if it is unknown."""
    fn = _keras_op(class_name)
    return None if fn is None else type(make(fn, class_name, operator=True))


def _keras_op(class_name: str) -> Any:
    names = {label: short for short, label in _KERAS_CLASSES.items()}
    short = names.get(class_name) or to_snake_case(class_name)
    if short == "get_item":
        return value.OPERATORS["getitem"]
    ops = importlib.import_module("kerax.keras.ops")
    return getattr(ops, short, None) or getattr(ops.image, short, None)
