"""What a converter is told: the target, the optimizations, and data to calibrate with."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Any


class Optimize(enum.Enum):
    """What a conversion optimizes.

    ``DEFAULT`` makes weights small: int8, or the types of ``target_spec.supported_types``; with a representative
    dataset activations too are integers. ``OPTIMIZE_FOR_SIZE`` and ``OPTIMIZE_FOR_LATENCY`` are old names of it.

    >>> import kerax as tf
    >>> str(tf.lite.Optimize.DEFAULT)
    'DEFAULT'
    """

    DEFAULT = "DEFAULT"
    OPTIMIZE_FOR_SIZE = "OPTIMIZE_FOR_SIZE"
    OPTIMIZE_FOR_LATENCY = "OPTIMIZE_FOR_LATENCY"
    EXPERIMENTAL_SPARSITY = "EXPERIMENTAL_SPARSITY"

    def __str__(self) -> str:
        return str(self.value)


class OpsSet(enum.Enum):
    """The operators that a converted model may be made of.

    >>> import kerax as tf
    >>> tf.lite.OpsSet.TFLITE_BUILTINS_INT8.value
    'TFLITE_BUILTINS_INT8'
    """

    TFLITE_BUILTINS = "TFLITE_BUILTINS"
    SELECT_TF_OPS = "SELECT_TF_OPS"
    TFLITE_BUILTINS_INT8 = "TFLITE_BUILTINS_INT8"
    EXPERIMENTAL_TFLITE_BUILTINS_ACTIVATIONS_INT16_WEIGHTS_INT8 = (
        "EXPERIMENTAL_TFLITE_BUILTINS_ACTIVATIONS_INT16_WEIGHTS_INT8"
    )
    EXPERIMENTAL_STABLEHLO_OPS = "EXPERIMENTAL_STABLEHLO_OPS"

    def __str__(self) -> str:
        return str(self.value)

    @staticmethod
    def get_options() -> list[str]:
        """The names of all sets."""
        return [str(option) for option in list(OpsSet)]


class RepresentativeDataset:
    """Data like the model's input, from which the ranges of its activations are learnt.

    Args:
      input_gen: function without arguments that returns an iterable of samples: a list of arrays, one per input, or
        a dict by the inputs' names, or (signature key, dict).
    """

    def __init__(self, input_gen: Any) -> None:
        self.input_gen = input_gen


class TargetSpec:
    """What a converted model may use.

    Args:
      supported_ops: set of ``OpsSet``, by default ``TFLITE_BUILTINS`` alone.
      supported_types: set of dtypes; the smallest is what weights become under ``Optimize.DEFAULT``.
      experimental_select_user_tf_ops: set of str, no effect: no TensorFlow ops are needed.
      experimental_supported_backends: set of str, no effect.

    >>> import kerax as tf
    >>> tf.lite.TargetSpec().supported_ops
    {<OpsSet.TFLITE_BUILTINS: 'TFLITE_BUILTINS'>}
    """

    def __init__(
        self,
        supported_ops: Iterable[OpsSet] | None = None,
        supported_types: Iterable[Any] | None = None,
        experimental_select_user_tf_ops: Iterable[str] | None = None,
        experimental_supported_backends: Iterable[str] | None = None,
    ) -> None:
        self.supported_ops = {OpsSet.TFLITE_BUILTINS} if supported_ops is None else supported_ops
        self.supported_types = set() if supported_types is None else supported_types
        self.experimental_select_user_tf_ops = (
            set() if experimental_select_user_tf_ops is None else experimental_select_user_tf_ops
        )
        self.experimental_supported_backends = experimental_supported_backends
        self._experimental_custom_op_registerers: list[Any] = []
        self._experimental_supported_accumulation_type = None
