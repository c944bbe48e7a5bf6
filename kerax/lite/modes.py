"""Which quantization a converter's settings ask for."""

from __future__ import annotations

from typing import Any

from kerax.core import dtypes
from kerax.core.log import get_logger
from kerax.lite.options import OpsSet, Optimize

_INT16 = OpsSet.EXPERIMENTAL_TFLITE_BUILTINS_ACTIVATIONS_INT16_WEIGHTS_INT8
_ANY = {Optimize.DEFAULT, Optimize.OPTIMIZE_FOR_SIZE, Optimize.OPTIMIZE_FOR_LATENCY}


class Mode:
    """The quantization that settings ask for.

    Args:
      kind: str, "float" (none), "float16", "dynamic" (weights alone) or "integer" (activations too).
      activations: dtype of activations.
      allow_float: bool, whether what has no integer kernel may stay.
    """

    def __init__(self, kind: str, activations: Any = dtypes.float32, allow_float: bool = True) -> None:
        self.kind, self.activations, self.allow_float = kind, activations, allow_float


def mode_of(optimizations: Any, target: Any, representative: Any, input_type: Any, output_type: Any) -> Mode:
    """The quantization of a converter's settings.

    Args:
      optimizations: iterable of ``Optimize``.
      target: ``TargetSpec``.
      representative: the data to calibrate with, or None.
      input_type, output_type: dtypes that the model shall take and give.

    Raises:
      ValueError: the settings do not go together.
    """
    for option in (Optimize.OPTIMIZE_FOR_SIZE, Optimize.OPTIMIZE_FOR_LATENCY):
        if option in optimizations:
            get_logger().warning(
                "Optimization option %s is deprecated, please use optimizations=[Optimize.DEFAULT] instead.", option
            )
    found = _mode(optimizations, target, representative)
    allowed = [dtypes.float32]
    if found.kind == "integer":
        allowed += [dtypes.int16] if found.activations == dtypes.int16 else [dtypes.int8, dtypes.uint8, dtypes.int16]
    if input_type not in allowed or output_type not in allowed:
        names = [f"tf.{dtype.name}" for dtype in allowed]
        raise ValueError(
            "The inference_input_type and inference_output_type must be "
            + (f"in {names}." if len(allowed) > 1 else "tf.float32.")
        )
    return found


def _mode(optimizations: Any, target: Any, representative: Any) -> Mode:
    ops, types = set(target.supported_ops), {dtypes.as_dtype(dtype) for dtype in target.supported_types}
    int8 = OpsSet.TFLITE_BUILTINS_INT8 in ops or types == {dtypes.int8}
    if int8:
        if ops == {OpsSet.TFLITE_BUILTINS_INT8} and types not in (set(), {dtypes.int8}):
            raise ValueError(
                "As full integer quantization has been enabled by setting `target_spec.supported_ops`="
                "{tf.lite.OpsSet.TFLITE_BUILTINS_INT8}, thus `target_spec.supported_types` should be left "
                "uninitizalized or set to {tf.int8}."
            )
        if types == {dtypes.int8}:
            target.supported_ops = ops = {OpsSet.TFLITE_BUILTINS_INT8}
        if not representative:
            raise ValueError("For full integer quantization, a `representative_dataset` must be specified.")
    if not _ANY & set(optimizations):
        return Mode("float")
    smallest = min(types, key=lambda dtype: dtype.size, default=dtypes.int8)
    allow_float = bool({OpsSet.TFLITE_BUILTINS, OpsSet.SELECT_TF_OPS} & ops)
    if representative is not None:
        if _INT16 in ops:
            return Mode("integer", dtypes.int16, allow_float)
        if allow_float and smallest == dtypes.int8:
            return Mode("integer", dtypes.int8)
        if int8 and not allow_float:
            return Mode("integer", dtypes.int8, False)
    elif smallest == dtypes.int8:
        return Mode("dynamic")
    return Mode("float16") if smallest.size == 2 and dtypes.float16 in types else Mode("float")
