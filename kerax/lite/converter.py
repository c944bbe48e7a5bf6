"""``tf.lite.TFLiteConverter``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kerax import saved_model
from kerax.core import dtypes
from kerax.core.concrete import ConcreteFunction
from kerax.core.function import function
from kerax.core.tensor import TensorSpec
from kerax.core.value import Tensor
from kerax.lite import calibration, flatbuffer, naming, signatures, weights
from kerax.lite.lowering import Signature, lower
from kerax.lite.modes import mode_of
from kerax.lite.options import TargetSpec
from kerax.saved_model.restored import RestoredConcrete, SignatureFunction


class TFLiteConverter:
    """Makes a .tflite model of a Keras model, a SavedModel or functions.

    Args:
      funcs: list of concrete functions.
      trackable_obj: the object that holds their variables.

    Attributes, to be set before ``convert``:
      optimizations: list of ``tf.lite.Optimize``; ``DEFAULT`` makes the model small.
      representative_dataset: function that returns an iterable of samples of the input; with it and ``DEFAULT`` the
        activations are integers too.
      target_spec: ``tf.lite.TargetSpec``: what operators and types are allowed.
      inference_input_type, inference_output_type: dtypes that an integer model takes and gives: ``tf.float32`` (with
        conversions in the model), ``tf.int8``, ``tf.uint8`` or ``tf.int16``.

    The other attributes are TensorFlow's, without effect.

    Differs from TensorFlow: functions are lowered to StableHLO and from there to operators, so that the graph can be
    another one of the same values. Loops and recurrent layers are converted without ``SELECT_TF_OPS``.

    >>> import kerax as tf
    >>> model = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(2, kernel_initializer="ones")])
    >>> content = tf.lite.TFLiteConverter.from_keras_model(model).convert()
    >>> interpreter = tf.lite.Interpreter(model_content=content)
    >>> run = interpreter.get_signature_runner()
    >>> run(**{interpreter.get_signature_list()["serving_default"]["inputs"][0]: tf.ones((1, 4)).numpy()})
    {'output_0': array([[4., 4.]], dtype=float32)}
    """

    def __init__(self, funcs: Sequence[Any], trackable_obj: Any = None) -> None:
        self.optimizations: Any = set()
        self.representative_dataset: Any = None
        self.target_spec = TargetSpec()
        self.inference_input_type: Any = dtypes.float32
        self.inference_output_type: Any = dtypes.float32
        self.allow_custom_ops = False
        self.exclude_conversion_metadata = False
        self.experimental_new_converter = True
        self.experimental_new_quantizer = True
        self.experimental_new_dynamic_range_quantizer = True
        self.experimental_enable_resource_variables = True
        self.experimental_lower_to_saved_model = True
        self.experimental_use_stablehlo_quantizer = False
        self.experimental_stablehlo_quantizer_config = None
        self.unfold_batchmatmul = False
        self.legalize_custom_tensor_list_ops = False
        self.model_origin_framework = "UNSET"
        self.canonicalizing_inf_as_min_max_float = True
        self.serialize_debug_metadata = False
        self._experimental_lower_tensor_list_ops = True
        self._experimental_disable_per_channel = False
        self._experimental_disable_per_channel_quantization_for_dense_layers = False
        self._experimental_calibrate_only = False
        self._funcs, self._trackable_obj = funcs, trackable_obj

    @classmethod
    def from_keras_model(cls, model: Any) -> TFLiteConverter:
        """A converter of a built Keras model, for inference.

        Args:
          model: ``tf.keras.Model``.
        """
        return _Model(model)

    @classmethod
    def from_concrete_functions(cls, funcs: Sequence[Any], trackable_obj: Any = None) -> TFLiteConverter:
        """A converter of concrete functions.

        Args:
          funcs: list of concrete functions; several only with ``trackable_obj``.
          trackable_obj: the object that holds their variables; without it the model has no signature.

        Raises:
          ValueError: something else than concrete functions.

        >>> import kerax as tf
        >>> square = tf.function(lambda x: x * x, input_signature=[tf.TensorSpec([2])])
        >>> converter = tf.lite.TFLiteConverter.from_concrete_functions([square.get_concrete_function()])
        >>> converter.convert()[4:8]
        b'TFL3'
        """
        for func in funcs:
            if not isinstance(func, (ConcreteFunction, RestoredConcrete, SignatureFunction)):
                message = "This function takes in a list of ConcreteFunction."
                if hasattr(func, "get_concrete_function"):
                    message += " To get the ConcreteFunction from a Function, call get_concrete_function."
                raise ValueError(message)
        return cls(funcs, trackable_obj)

    @classmethod
    def from_saved_model(
        cls, saved_model_dir: Any, signature_keys: Sequence[str] | None = None, tags: Any = None
    ) -> TFLiteConverter:
        """A converter of a SavedModel.

        Args:
          saved_model_dir: str, its folder.
          signature_keys: names of signatures, by default all.
          tags: set of str that it must have.

        Raises:
          ValueError: it has no such signatures.
        """
        loaded = saved_model.load(saved_model_dir, tags=None if tags is None else sorted(tags))
        return _Saved(loaded, signatures.of_saved_model(loaded, signature_keys))

    @classmethod
    def experimental_from_jax(cls, serving_funcs: Sequence[Any], inputs: Sequence[Any]) -> TFLiteConverter:
        """A converter of a JAX function.

        Args:
          serving_funcs: list of one function of arrays.
          inputs: list of one list of (name, array of the shape and dtype).

        Raises:
          ValueError: there is not one function, or not an input for each argument.
        """
        if not serving_funcs:
            raise ValueError("No serving func is specified.")
        if not inputs:
            raise ValueError("Input tensors are not specified.")
        if len(inputs) != len(serving_funcs):
            raise ValueError(
                f"Input tensor mapping len {len(inputs)} does not match serving func len {len(serving_funcs)}."
            )
        if len(serving_funcs) > 1:
            raise ValueError("Currently only support single serving function.")
        if not all(isinstance(entry, tuple) for entry in inputs[0]):
            raise ValueError("The input placeholders are not a dictionary.")
        specs = [TensorSpec(array.shape, array.dtype, name) for name, array in inputs[0]]
        return cls([_function_of_arrays(serving_funcs[0]).get_concrete_function(*specs)])

    def _signatures(self) -> list[Signature]:
        if not self._funcs:
            raise ValueError("No ConcreteFunction is specified.")
        return signatures.of_functions(self._funcs, self._trackable_obj is not None)

    def convert(self) -> bytes:
        """The model, as it is written into a .tflite file.

        Returns:
          bytes.

        Raises:
          ValueError: settings that do not go together, or a model without known inputs.
          ConverterError: a function that works on strings or files, or for which there are no operators.
        """
        found = self._signatures()
        mode = mode_of(
            self.optimizations,
            self.target_spec,
            self.representative_dataset,
            dtypes.as_dtype(self.inference_input_type),
            dtypes.as_dtype(self.inference_output_type),
        )
        models = []
        for signature in found:
            model = lower(signature)
            naming.name(model, signature)
            models.append(model)
        model = naming.join(models)
        if mode.kind == "float16":
            weights.to_float16(model)
        elif mode.kind == "dynamic":
            weights.to_int8(model, per_channel=not self._experimental_disable_per_channel)
        elif mode.kind == "integer":
            return calibration.quantize(model, mode, self)
        return flatbuffer.write(model)


class _Model(TFLiteConverter):
    def __init__(self, model: Any) -> None:
        super().__init__([])
        model.call  # noqa: B018 - what cannot be called is no model
        self._keras_model = model

    def _signatures(self) -> list[Signature]:
        return signatures.of_model(self._keras_model)


class _Saved(TFLiteConverter):
    def __init__(self, loaded: Any, found: list[Signature]) -> None:
        super().__init__([], loaded)
        self._found = found

    def _signatures(self) -> list[Signature]:
        return self._found


def _function_of_arrays(func: Any) -> Any:
    """A function of JAX arrays as one of tensors."""

    def call(*tensors: Any) -> Any:
        import jax

        return jax.tree.map(Tensor, func(*[tensor._value for tensor in tensors]))

    return function(call, autograph=False)
