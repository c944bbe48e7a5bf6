"""``experimental_enable_numpy_behavior``: NumPy's methods and promotion for all Tensors."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from kerax.core import dtypes
from kerax.core.value import OPERATORS, Operators, Tensor
from kerax.experimental.numpy import elementwise, products, reductions, shaping
from kerax.experimental.numpy._support import Settings
from kerax.math.casting import cast

_PROMOTED: dict[str, Callable[..., Any]] = {
    "add": elementwise.add,
    "sub": elementwise.subtract,
    "mul": elementwise.multiply,
    "truediv": elementwise.true_divide,
    "floordiv": elementwise.floor_divide,
    "mod": elementwise.mod,
    "pow": elementwise.power,
    "matmul": products.matmul,
    "lt": elementwise.less,
    "le": elementwise.less_equal,
    "gt": elementwise.greater,
    "ge": elementwise.greater_equal,
    "and_": elementwise.bitwise_and,
    "or_": elementwise.bitwise_or,
    "xor": elementwise.bitwise_xor,
}
_MODES = ("off", "legacy", "safe", "all")


def _with_promotion(plain: Callable[..., Any], promoting: Callable[..., Any]) -> Callable[..., Any]:
    """The operator on two Tensors of different dtypes promotes; otherwise it is TensorFlow's."""

    def operator(x: Any, y: Any) -> Any:
        kinds = [getattr(value, "dtype", type(value)) for value in (x, y)]
        if dtypes.string in kinds or any(hasattr(value, "_kerax_components") for value in (x, y)):
            return plain(x, y)
        return promoting(x, y)

    return operator


def _reshape(self: Any, *args: Any, **kwargs: Any) -> Any:
    order = kwargs.pop("order", "C")
    if kwargs:
        raise ValueError(f"Unsupported arguments: {sorted(kwargs)}")
    return shaping.reshape(self, args[0] if len(args) == 1 and not isinstance(args[0], int) else args, order)


_METHODS: dict[str, Any] = {
    "T": property(lambda self: shaping.transpose(self)),
    "size": property(lambda self: int(np.prod(tuple(self.shape), dtype=np.int64))),
    "data": property(lambda self: self),
    "tolist": lambda self: self.numpy().tolist(),
    "transpose": lambda self, axes=None: shaping.transpose(self, axes),
    "flatten": lambda self, order="C": shaping.flatten(self, order),
    "reshape": _reshape,
    "ravel": lambda self: shaping.ravel(self),
    "clip": lambda self, a_min, a_max: elementwise.clip(self, a_min, a_max),
    "astype": lambda self, dtype: cast(self, dtype),
    "max": lambda self, axis=None, out=None, keepdims=None: reductions.amax(self, axis, out, keepdims),
    "min": lambda self, axis=None, out=None, keepdims=None: reductions.amin(self, axis, out, keepdims),
    "mean": lambda self, axis=None, dtype=None, out=None, keepdims=None: reductions.mean(
        self, axis, dtype, out, keepdims
    ),
    "__pos__": lambda self: self,
    "__round__": lambda self, ndigits=0: elementwise.around(self, ndigits),
}


def experimental_enable_numpy_behavior(prefer_float32: bool = False, dtype_conversion_mode: str = "legacy") -> None:
    """Gives Tensors NumPy's methods, and operators that promote dtypes by NumPy's rules.

    Args:
      prefer_float32: bool, whether python floats become float32 rather than float64.
      dtype_conversion_mode: ``"legacy"`` for NumPy's rules, ``"off"`` for methods alone. ``"all"`` is taken as
        ``"legacy"``; ``"safe"`` is not there.

    Raises:
      ValueError: an unknown mode.
      NotImplementedError: the mode ``"safe"``.
    """
    if dtype_conversion_mode not in _MODES:
        raise ValueError(
            f"The provided promotion mode {dtype_conversion_mode} does not exist. Make sure the provided dtype "
            "conversion mode is one of the followings: " + ", ".join(_MODES)
        )
    if dtype_conversion_mode == "safe":
        raise NotImplementedError(
            'dtype_conversion_mode="safe" is not available in kerax: use "legacy", which promotes as NumPy does.'
        )
    if dtype_conversion_mode == "all":
        warnings.warn(
            'kerax promotes dtypes by NumPy\'s rules also with dtype_conversion_mode="all": a python float beside an '
            "integer tensor gives float64.",
            stacklevel=2,
        )
    Settings.prefer_float32 = prefer_float32
    if dtype_conversion_mode != "off":
        for name, promoting in _PROMOTED.items():
            plain = OPERATORS[name]
            if not hasattr(plain, "promotes"):
                promoted = _with_promotion(plain, promoting)
                promoted.promotes = True  # type: ignore[attr-defined]
                OPERATORS[name] = promoted
    for name, method in _METHODS.items():
        setattr(Tensor if name != "__pos__" else Operators, name, method)
