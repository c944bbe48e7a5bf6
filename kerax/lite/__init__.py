"""``tf.lite``: small models for other devices, by the packages ai-edge-litert and litert-converter."""

from typing import Any as _Any

from kerax.lite import experimental as experimental
from kerax.lite import interpreter as interpreter
from kerax.lite.converter import TFLiteConverter as TFLiteConverter
from kerax.lite.options import OpsSet as OpsSet
from kerax.lite.options import Optimize as Optimize
from kerax.lite.options import RepresentativeDataset as RepresentativeDataset
from kerax.lite.options import TargetSpec as TargetSpec


def __getattr__(name: str) -> _Any:
    if name == "Interpreter":  # a class of ai-edge-litert's
        return interpreter.Interpreter
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), "Interpreter"])
