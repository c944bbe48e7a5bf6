"""``tf.quantization.experimental``: a converter of saved models, which kerax has not."""

from __future__ import annotations

from typing import Any


def _lacks(name: str) -> Any:
    def raise_it(*args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError(
            f"tf.quantization.experimental.{name} is not available in kerax, which has no converter of saved models: "
            "simulate quantization with tf.quantization.fake_quant_with_min_max_vars."
        )

    raise_it.__name__ = name
    raise_it.__doc__ = "Not available: kerax has no converter of saved models."
    return raise_it


QuantizationComponentSpec = _lacks("QuantizationComponentSpec")
QuantizationMethod = _lacks("QuantizationMethod")
QuantizationOptions = _lacks("QuantizationOptions")
TfRecordRepresentativeDatasetSaver = _lacks("TfRecordRepresentativeDatasetSaver")
UnitWiseQuantizationSpec = _lacks("UnitWiseQuantizationSpec")
quantize_saved_model = _lacks("quantize_saved_model")
