"""The import hook that runs TensorFlow and Keras programs on kerax; and the namespace ``tf.compat``."""

from __future__ import annotations

import importlib
from typing import Any

from .hook import install as install
from .hook import installed as installed
from .hook import uninstall as uninstall
from .text import as_bytes as as_bytes
from .text import as_str as as_str
from .text import as_str_any as as_str_any
from .text import as_text as as_text
from .text import bytes_or_text_types as bytes_or_text_types
from .text import complex_types as complex_types
from .text import dimension_at_index as dimension_at_index
from .text import dimension_value as dimension_value
from .text import forward_compatibility_horizon as forward_compatibility_horizon
from .text import forward_compatible as forward_compatible
from .text import integral_types as integral_types
from .text import path_to_str as path_to_str
from .text import real_types as real_types


def __getattr__(name: str) -> Any:
    if name == "v1":
        return importlib.import_module("kerax.compat.v1")
    if name == "v2":
        return importlib.import_module("kerax")
    from .names import attribute_error

    raise attribute_error("tf.compat", name)
