"""The packages that know the .tflite format: loaded when they are needed."""

from __future__ import annotations

import importlib
from typing import Any

INTERPRETER = "ai_edge_litert.interpreter"
SCHEMA = "ai_edge_litert.schema_py_generated"
CALIBRATION = "ai_edge_litert._pywrap_tensorflow_lite_calibration_wrapper"
ANALYZER = "ai_edge_litert._pywrap_analyzer_wrapper"


def load(module: str) -> Any:
    """A module of the packages ai-edge-litert and litert-converter.

    Raises:
      ImportError: the package is not installed.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        package = module.partition(".")[0].replace("_", "-")
        raise ImportError(
            f"tf.lite needs the package {package}: install kerax with its extra, `pip install 'kerax[lite]'`.",
            name=error.name,
        ) from error


def schema() -> Any:
    """The classes of the flatbuffer's tables."""
    return load(SCHEMA)
