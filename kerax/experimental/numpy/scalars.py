"""The dtypes and constants of ``tf.experimental.numpy``."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core import dtypes
from kerax.core.value import Tensor as ndarray
from kerax.experimental.numpy._support import result_dtype

bool_ = np.bool_
complex64, complex128, complex_ = np.complex64, np.complex128, np.complex128
float16, float32, float64, float_ = np.float16, np.float32, np.float64, np.float64
inexact = np.inexact
int8, int16, int32, int64, int_ = np.int8, np.int16, np.int32, np.int64, np.int_
uint8, uint16, uint32, uint64 = np.uint8, np.uint16, np.uint32, np.uint64
object_, string_, unicode_ = np.object_, np.bytes_, np.str_
iinfo, issubdtype = np.iinfo, np.issubdtype
e, inf, pi, newaxis = np.e, np.inf, np.pi, None

__all__ = ["ndarray"]


def finfo(dtype: Any) -> Any:
    """The limits of a floating point dtype."""
    return np.finfo(dtypes.as_dtype(dtype).as_numpy_dtype if isinstance(dtype, dtypes.DType) else dtype)


def result_type(*arrays_and_dtypes: Any) -> Any:
    """The dtype of a result of arrays, numbers and dtypes, by NumPy's rules."""
    return result_dtype(*arrays_and_dtypes)


def promote_types(type1: Any, type2: Any) -> Any:
    """The smallest dtype to which both can be cast safely."""
    first, second = (dtypes.as_dtype(np.dtype(kind) if isinstance(kind, type) else kind) for kind in (type1, type2))
    return np.promote_types(first.dtype, second.dtype)
