"""``Model.quantize``."""

from __future__ import annotations

import re
import warnings
from typing import Any

from kerax.keras.quantizers.config import resolve


def quantize_layers(
    model: Any, mode: Any = None, config: Any = None, filters: Any = None, type_check: bool = True, **kwargs: Any
) -> None:
    """Quantizes the layers of a model that hold no others; the arguments are those of ``Model.quantize``."""
    if kwargs:
        raise ValueError(f"Unrecognized keyword arguments passed to {type(model).__name__}: {kwargs}")
    if filters is not None and not isinstance(filters, (str, list, tuple)) and not callable(filters):
        raise ValueError(
            "The `filters` argument must be a regex string, a list of regex strings, or a callable. Received: "
            f"{type(filters)}"
        )
    config = resolve(mode, config)
    if config.mode not in ("int8", "int4"):
        raise NotImplementedError(f"kerax quantizes models to int8 and int4 only. Received: mode={config.mode!r}")
    patterns = [filters] if isinstance(filters, str) else filters
    for layer in model._flatten_layers():
        if callable(filters):
            chosen = filters(layer)
        else:
            chosen = patterns is None or any(re.search(pattern, layer.name) for pattern in patterns)
        if not chosen or layer._layers:
            continue
        try:
            layer.quantize(config.mode, type_check=type_check, config=config)
        except NotImplementedError as error:
            warnings.warn(str(error), stacklevel=3)
