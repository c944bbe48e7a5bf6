"""``tf.keras.quantizers``."""

import inspect as _inspect
from typing import Any as _Any

from kerax.keras.engine.lookup import table as _table
from kerax.keras.quantizers.config import AWQConfig as AWQConfig
from kerax.keras.quantizers.config import Float8QuantizationConfig as Float8QuantizationConfig
from kerax.keras.quantizers.config import GPTQConfig as GPTQConfig
from kerax.keras.quantizers.config import Int4QuantizationConfig as Int4QuantizationConfig
from kerax.keras.quantizers.config import Int8QuantizationConfig as Int8QuantizationConfig
from kerax.keras.quantizers.config import QuantizationConfig as QuantizationConfig
from kerax.keras.quantizers.functions import abs_max_quantize as abs_max_quantize
from kerax.keras.quantizers.functions import (
    abs_max_quantize_grouped_with_zero_point as abs_max_quantize_grouped_with_zero_point,
)
from kerax.keras.quantizers.functions import compute_float8_amax_history as compute_float8_amax_history
from kerax.keras.quantizers.functions import compute_float8_scale as compute_float8_scale
from kerax.keras.quantizers.functions import fake_quant_with_min_max_vars as fake_quant_with_min_max_vars
from kerax.keras.quantizers.functions import pack_int4 as pack_int4
from kerax.keras.quantizers.functions import quantize_and_dequantize as quantize_and_dequantize
from kerax.keras.quantizers.functions import unpack_int4 as unpack_int4
from kerax.keras.quantizers.quantizer import AbsMaxQuantizer as AbsMaxQuantizer
from kerax.keras.quantizers.quantizer import Quantizer as Quantizer
from kerax.keras.saving.serialization import deserialize_keras_object as _deserialize
from kerax.keras.saving.serialization import serialize_keras_object as _serialize

_NAMES = _table(
    [
        Quantizer, AbsMaxQuantizer, QuantizationConfig, Int8QuantizationConfig, Int4QuantizationConfig,
        Float8QuantizationConfig, AWQConfig, GPTQConfig,
    ],
    snake_case=True,
)  # fmt: skip


def serialize(initializer: _Any) -> _Any:
    """The config of a quantizer as a dict."""
    return _serialize(initializer)


def deserialize(config: _Any, custom_objects: _Any = None) -> _Any:
    """The quantizer of a config."""
    return _deserialize(config, module_objects=_NAMES, custom_objects=custom_objects)


def get(identifier: _Any, **kwargs: _Any) -> _Any:
    """The quantizer of a name, config, class, or the object itself; None gives None.

    Args:
      identifier: what names it.
      **kwargs: arguments of the class that a name stands for.

    Raises:
      ValueError: it names nothing.
    """
    if identifier is None:
        return None
    if isinstance(identifier, dict):
        found = deserialize(identifier)
    else:
        found = _NAMES.get(identifier) if isinstance(identifier, str) else identifier
    if not callable(found):
        raise ValueError(f"Could not interpret quantizer identifier: {identifier}")
    return found(**kwargs) if _inspect.isclass(found) else found
