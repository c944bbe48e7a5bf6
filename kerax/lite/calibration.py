"""Integer activations: their ranges are learnt from data, by the calibrator of the package ai-edge-litert."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from kerax.core import dtypes
from kerax.core.log import get_logger
from kerax.lite import flatbuffer, weights
from kerax.lite.lowering import ConverterError
from kerax.lite.modes import Mode
from kerax.lite.options import RepresentativeDataset
from kerax.lite.packages import CALIBRATION, INTERPRETER, load


def quantize(model: Any, mode: Mode, settings: Any) -> bytes:
    """A model whose weights and activations are integers; one with loops or branches has small weights alone.

    Args:
      model: the tables of the float model.
      mode: the dtype of activations, and whether what has no integer kernel may stay.
      settings: the converter.

    Raises:
      ValueError: a sample is no list, dict or pair of signature and dict.
      RuntimeError: a sample does not fit the model, or an operator has no integer kernel.
      ConverterError: there are loops, and nothing may stay float.
    """
    if any(flatbuffer.name_of(model, op) in ("WHILE", "IF") for graph in model.subgraphs for op in graph.operators):
        if not mode.allow_float:
            raise ConverterError("Loops and branches cannot be quantized to integers: allow TFLITE_BUILTINS.")
        get_logger().warning("Activations of loops and branches stay float: the weights alone are quantized.")
        weights.to_int8(model)
        return flatbuffer.write(model)
    content = flatbuffer.write(model)
    representative = settings.representative_dataset
    if not isinstance(representative, RepresentativeDataset):
        representative = RepresentativeDataset(representative)
    calibrator = load(CALIBRATION).CalibrationWrapper(content, [], [])
    if not _feed(calibrator, content, representative.input_gen):
        return content
    if settings._experimental_calibrate_only:
        return bytes(calibrator.Calibrate())
    bias = dtypes.int64 if mode.activations == dtypes.int16 else dtypes.int32
    given, taken = dtypes.as_dtype(settings.inference_input_type), dtypes.as_dtype(settings.inference_output_type)
    numbers = [np.dtype(dtype.as_numpy_dtype).num for dtype in (given, taken, mode.activations, bias)]
    return bytes(
        calibrator.QuantizeModel(
            *numbers[:2],
            mode.allow_float,
            *numbers[2:],
            settings._experimental_disable_per_channel,
            settings._experimental_disable_per_channel_quantization_for_dense_layers,
        )
    )


def _feed(calibrator: Any, content: bytes, samples: Callable[[], Any]) -> bool:
    """Runs the model on all samples; False if there are none."""
    prepared: set[Any] = set()
    interpreter: Any = None
    for sample in samples():
        key = None
        if isinstance(sample, tuple):
            if len(sample) != 2 or not isinstance(sample[1], dict):
                raise ValueError(
                    "You need to provide either a dictionary with input names and values in the second argument in "
                    "the tuple"
                )
            key, sample = sample
        if isinstance(sample, dict):
            interpreter = interpreter or load(INTERPRETER).Interpreter(model_content=content)
            details = interpreter.get_signature_runner(key).get_input_details()
            names = sorted(details, key=lambda name: details[name]["index"])
            sample = [sample[name] for name in names]
        elif not isinstance(sample, list):
            raise ValueError(
                "You need to provide either a dictionary with input names and values, a tuple with signature key and "
                "a dictionary with input names and values, or an array with input values in the order of input "
                f"tensors of the graph in the representative_dataset function. Unsupported value from dataset: "
                f"{sample}."
            )
        arrays = [np.asarray(value) for value in sample]
        more = () if key is None else (key,)
        if key not in prepared:
            prepared.add(key)
            calibrator.Prepare([list(array.shape) for array in arrays], *more)
        calibrator.FeedTensor(arrays, *more)
    return bool(prepared)
