"""Protocol messages of ``tf.compat.v1`` and of ``tensorflow.core``: as much of them as kerax reads and writes."""

from __future__ import annotations

from typing import Any

from kerax.core import dtypes as _dtypes
from kerax.io import proto as _proto
from kerax.saved_model.imported import wrap_function as wrap_function

from .session import ConfigProto as ConfigProto
from .session import GPUOptions as GPUOptions
from .session import GraphOptions as GraphOptions
from .session import OptimizerOptions as OptimizerOptions
from .session import RunOptions as RunOptions


def __getattr__(name: str) -> Any:
    if name in _proto.names():
        return _proto.message(name)
    kind = name.removeprefix("DT_").lower()
    if name.startswith("DT_"):
        return _dtypes.as_dtype(
            {"float": "float32", "double": "float64", "half": "float16"}.get(kind, kind)
        ).as_datatype_enum
    raise AttributeError(f"kerax does not have the protocol message {name}", name=name)


def __dir__() -> list[str]:
    return sorted({*(n for n in globals() if not n.startswith("_")), *_proto.names()})
