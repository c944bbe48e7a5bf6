"""TensorFlow ops on symbolic tensors: each becomes an operation of the graph (``tf.nn.relu(inputs)``)."""

from __future__ import annotations

import contextlib
import importlib
import inspect
import sys
from collections.abc import Callable
from typing import Any

from kerax.core import nest, value
from kerax.core import op as core_op
from kerax.core.config import legacy_keras
from kerax.core.module import name_scope
from kerax.keras.engine import keras_tensor
from kerax.keras.engine.names import to_snake_case, uniquify
from kerax.keras.engine.operation import Operation
from kerax.keras.engine.settings import floatx
from kerax.keras.saving.registration import get_registered_object

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
_FAMILIES = {"math": "tf.math.", "nn": "tf.nn.", "linalg": "tf.linalg.", "image": "tf.image.", "signal": "tf.signal."}
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
}
_classes: dict[str, type] = {}


class OpCall(Operation):
    """A recorded call of an op.

    Args:
      fn: the public op.
      name: str.
    """

    def __init__(self, fn: Callable[..., Any], name: str | None = None) -> None:
        super().__init__(name=name)
        self.fn = fn
        self.built = True

    def call(self, *args: Any, **kwargs: Any) -> Any:
        return self.fn(*args, **kwargs)

    def _call_parameters(self) -> list[str]:
        return list(inspect.signature(self.fn).parameters)

    def symbolic_call(self, *args: Any, **kwargs: Any) -> Any:
        with name_scope(self.name) if legacy_keras() else contextlib.nullcontext():
            return super().symbolic_call(*args, **kwargs)

    @property
    def output_shape(self) -> Any:
        """The shape of the symbolic output."""
        return nest.map_structure(lambda x: tuple(x.shape), self.output)

    def get_config(self) -> dict[str, Any]:
        return {"name": self.name, "function": f"{self.fn.__module__}:{self.fn.__qualname__}"}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        return make(find(config["function"]), config.get("name"))


def _none(self: Any) -> list[Any]:
    return []


class OpLayer(OpCall):
    """A recorded call in Keras 2, where it is a layer without weights."""

    trainable = True
    stateful = dynamic = supports_masking = False
    input_spec = activity_regularizer = None
    weights = trainable_weights = non_trainable_weights = property(_none)
    variables = trainable_variables = non_trainable_variables = property(_none)
    losses = updates = metrics = property(_none)
    get_weights = _none

    def set_weights(self, weights: Any) -> None:
        if len(weights):
            raise ValueError(
                f'You called `set_weights(weights)` on layer "{self.name}" with a weight list of length '
                f"{len(weights)}, but the layer was expecting 0 weights. Provided weights: {str(weights)[:50]}..."
            )

    def count_params(self) -> int:
        return 0

    @property
    def dtype(self) -> str:
        return floatx()

    compute_dtype = variable_dtype = dtype

    @property
    def input_shape(self) -> Any:
        """The shape of the symbolic input."""
        return nest.map_structure(lambda x: tuple(x.shape), self.input)


class SlicingCall(OpLayer):
    """Keras 2's call of a subscript; slices are dicts in it, which may hold tensors and can be written as JSON."""

    def call(self, x: Any, slice_spec: Any) -> Any:
        return self.fn(x, _with_slices(slice_spec))

    def _call_parameters(self) -> list[str]:
        return ["x", "slice_spec"]


KERAS_2_CLASSES = {"TFOpLambda": OpLayer, "SlicingOpLambda": SlicingCall}
_BOUNDS = ("start", "stop", "step")


def _without_slices(key: Any) -> Any:
    if isinstance(key, (list, tuple)):
        return tuple(map(_without_slices, key))
    return {name: getattr(key, name) for name in _BOUNDS} if isinstance(key, slice) else key


def _with_slices(key: Any) -> Any:
    if isinstance(key, (list, tuple)):
        return tuple(map(_with_slices, key))
    return slice(*[key[name] for name in _BOUNDS]) if isinstance(key, dict) else key


def find(path: str) -> Callable[..., Any]:
    """The op of a path ``module:name``; only ops of kerax, and functions that the user registered, are found.

    Raises:
      ValueError: the path names something else.
    """
    module, _, name = path.partition(":")
    registered = get_registered_object(name)
    if registered is not None:
        return registered
    if module.split(".")[0] == "kerax":
        found: Any = importlib.import_module(module)
        for part in name.split("."):
            found = getattr(found, part, None)
        if callable(found) and (hasattr(found, "pure") or not isinstance(found, type)):
            return found
    raise ValueError(f"{path!r} is not an op of kerax: it cannot be loaded from a file.")


def _keras_2_name(fn: Callable[..., Any], operator: bool) -> str:
    family = _FAMILIES.get(fn.__module__.split(".")[1] if "." in fn.__module__ else "", "tf.")
    name = family + fn.__name__.lstrip("_")
    return (_KERAS_2_OPERATORS.get(name) if operator else None) or _KERAS_2_NAMES.get(name, name)


def make(fn: Callable[..., Any], name: str | None = None, operator: bool = False) -> OpCall:
    """An operation that calls ``fn``, of a class named after it; Keras 2 names some operators otherwise."""
    short = fn.__name__.lstrip("_")
    short = _KERAS_NAMES.get(short, short)
    label = _KERAS_CLASSES.get(short) or "".join(part.capitalize() for part in short.split("_"))
    if legacy_keras():
        if name is None:
            name = uniquify("tf.__operators__.getitem" if short == "get_item" else _keras_2_name(fn, operator))
        label = "SlicingOpLambda" if short == "get_item" else "TFOpLambda"
    kind = _classes.get(label)
    if kind is None:
        base = KERAS_2_CLASSES.get(label, OpCall)
        kind = _classes[label] = type(label, (base,), {"__module__": __name__, "_kerax_op_class": True})
    return kind(fn, name=name or uniquify(to_snake_case(_KERAS_CLASSES.get(short, short))))


def record(fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Called by ops that meet a KerasTensor.

    Differs from TensorFlow: Keras 3 records its own ops only, and refuses those of ``tf``. kerax records them in both
    dialects, so that models written for Keras 2 run in either.
    """
    entered = _entered(fn)
    kwargs = {key: item for key, item in kwargs.items() if key != "name"}
    call = make(fn, operator=entered.startswith((value.__name__, keras_tensor.__name__)))
    if isinstance(call, SlicingCall):
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
    """A class that revives a recorded op of Keras 3 (``keras.src.ops.numpy.Add``), None if it is unknown."""
    ops = importlib.import_module("kerax.keras.ops")
    names = {label: short for short, label in _KERAS_CLASSES.items()}
    short = names.get(class_name) or to_snake_case(class_name)
    fn = getattr(ops, short, None) or getattr(ops.image, short, None)
    if fn is None and class_name == "GetItem":
        fn = value.OPERATORS["getitem"]
    if fn is None:
        return None

    class KerasOp(OpCall):
        @classmethod
        def from_config(cls, config: dict[str, Any]) -> Any:
            settings = {key: item for key, item in config.items() if key != "name"}
            call = make(fn, config.get("name"))
            if settings:
                call.fn = lambda *args, **kwargs: fn(*args, **{**settings, **kwargs})
            return call

    return KerasOp
