"""``tf.compat.v1.lite``: the converter of files, and its constants."""

from __future__ import annotations

from typing import Any

from kerax import keras, saved_model
from kerax.core import dtypes
from kerax.lite import Optimize
from kerax.lite import TFLiteConverter as _Converter
from kerax.lite import signatures as _signatures

FLOAT, FLOAT16, STRING = dtypes.float32, dtypes.float16, dtypes.string
INT8, INT16, INT32, INT64, QUANTIZED_UINT8 = dtypes.int8, dtypes.int16, dtypes.int32, dtypes.int64, dtypes.uint8
TFLITE, GRAPHVIZ_DOT = 2, 3


class TFLiteConverter(_Converter):
    """Makes a .tflite model of a file; ``convert`` and most attributes are those of ``tf.lite.TFLiteConverter``.

    Differs from TensorFlow: there are no graphs, and so no ``from_session`` and ``from_frozen_graph``.
    """

    def __init__(self, find: Any) -> None:
        super().__init__([])
        self._signatures = find
        self.inference_type: Any = dtypes.float32
        self.inference_input_type: Any = None
        self.inference_output_type: Any = None

    @classmethod
    def from_keras_model_file(
        cls,
        model_file: Any,
        input_arrays: Any = None,
        input_shapes: Any = None,
        output_arrays: Any = None,
        custom_objects: Any = None,
    ) -> TFLiteConverter:
        """A converter of a Keras model in a file.

        Args:
          model_file: str, the file.
          input_arrays, output_arrays: must be None.
          input_shapes: must be None: the model knows its inputs.
          custom_objects: dict of name → class that the file names.

        Raises:
          ValueError: arrays are given.
        """
        if input_arrays or output_arrays:
            raise ValueError(
                "`input_arrays` and `output_arrays` are unsupported with Eager mode. If your model requires any of "
                "these parameters, please use disable_eager_execution()."
            )
        model = keras.models.load_model(model_file, custom_objects)
        return cls(lambda: _signatures.of_model(model))

    @classmethod
    def from_saved_model(
        cls,
        saved_model_dir: Any,
        input_arrays: Any = None,
        input_shapes: Any = None,
        output_arrays: Any = None,
        tag_set: Any = None,
        signature_key: str | None = None,
    ) -> TFLiteConverter:
        """A converter of one signature of a SavedModel.

        Args:
          saved_model_dir: str, its folder.
          input_arrays, input_shapes, output_arrays: ignored: the signature knows them.
          tag_set: set of str that it must have.
          signature_key: str, by default "serving_default".
        """
        loaded = saved_model.load(saved_model_dir, tags=None if tag_set is None else sorted(tag_set))
        return cls(lambda: _signatures.of_saved_model(loaded, [signature_key or _signatures.DEFAULT]))

    @property
    def post_training_quantize(self) -> bool:
        """An old way to say ``optimizations = {tf.lite.Optimize.DEFAULT}``."""
        return Optimize.DEFAULT in set(self.optimizations)

    @post_training_quantize.setter
    def post_training_quantize(self, value: bool) -> None:
        self.optimizations = {Optimize.DEFAULT} if value else set()

    def get_input_arrays(self) -> list[str]:
        """The names of the inputs."""
        return [name for signature in self._signatures() for name in signature.inputs]

    def convert(self) -> bytes:
        """The model, as it is written into a .tflite file."""
        given = self.inference_input_type, self.inference_output_type
        self.inference_input_type, self.inference_output_type = (kind or dtypes.float32 for kind in given)
        try:
            return super().convert()
        finally:
            self.inference_input_type, self.inference_output_type = given


TocoConverter = TFLiteConverter
