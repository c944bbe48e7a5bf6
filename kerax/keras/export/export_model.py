"""``Model.export``."""

from __future__ import annotations

from typing import Any

from kerax.core import nest
from kerax.core.function import function
from kerax.keras.engine.input_spec import InputSpec
from kerax.keras.export.export_archive import DEFAULT_ENDPOINT, ExportArchive, tensor_spec

_ELSEWHERE = ("onnx", "openvino", "litert", "torch")


def input_signature_of(model: Any) -> list[Any]:
    """Specs of the positional arguments of a model's call.

    Raises:
      ValueError: the model is not built, or it does not know its inputs.
    """
    struct = getattr(model, "_inputs_struct", None)
    if struct is None and getattr(model, "_functional", None) is not None:
        struct = model._functional._inputs_struct
    if struct is not None:
        if isinstance(struct, list) and len(struct) == 1:
            struct = struct[0]
        return [nest.map_structure(tensor_spec, struct)]
    if not getattr(model, "built", False):
        raise ValueError(
            "The model provided has not yet been built. It must be built before export. Call it on some data, or call "
            "its `build` method."
        )
    shapes = getattr(model, "_build_shapes_dict", None)
    if not shapes:
        raise ValueError(
            "The model's `build()` method did not record the shapes of its inputs. Pass `input_signature`, or use an "
            "`ExportArchive`."
        )
    return [_spec_of(shape, model) for shape in shapes.values()]


def _spec_of(shape: Any, model: Any) -> Any:
    if isinstance(shape, dict):
        return {name: _spec_of(item, model) for name, item in shape.items()}
    if isinstance(shape, (list, tuple)) and not all(size is None or isinstance(size, int) for size in shape):
        return type(shape)(_spec_of(item, model) for item in shape)
    return tensor_spec(InputSpec(shape=(None, *tuple(shape)[1:]), dtype=model.input_dtype))


def serving_function(model: Any) -> Any:
    """The call of a model as a ``tf.function`` with its input signature."""
    specs = nest.map_structure(tensor_spec, tuple(input_signature_of(model)))
    return function(lambda *args: model(*args, **_inference(model)), input_signature=specs, autograph=False)


def call_function(model: Any) -> Any:
    """The call of a model as a ``tf.function`` for its inputs, traced for inference and for training.

    None where its inputs are not known, or are several arguments.
    """
    try:
        specs = nest.map_structure(tensor_spec, tuple(input_signature_of(model)))
    except ValueError:
        return None
    if len(specs) != 1:
        return None

    def call(inputs: Any, training: bool = False) -> Any:
        return model(inputs, training=training)

    called = function(call, autograph=False)
    for training in (False, True):
        called.get_concrete_function(specs[0], training=training)
    return called


def _inference(model: Any) -> dict[str, Any]:
    return {"training": False} if model._call_has_training_arg else {}


def export_model(
    model: Any,
    filepath: Any,
    format: str = "tf_saved_model",
    verbose: bool | None = None,
    input_signature: Any = None,
    **kwargs: Any,
) -> None:
    """Writes a model's call as a SavedModel for inference, with the endpoint "serve".

    Args:
      model: a built model.
      filepath: str, the folder.
      format: "tf_saved_model".
      verbose: bool, whether to print the endpoints; by default yes.
      input_signature: list of specs of the call's positional arguments, by default the model's inputs.
      **kwargs: ``is_static`` and ``jax2tf_kwargs`` must be unset.

    Raises:
      ValueError: another format, a model that is not built.
      NotImplementedError: a format that another package writes.
    """
    if format in _ELSEWHERE:
        raise NotImplementedError(
            f"format={format!r} is not offered. Export a SavedModel (format='tf_saved_model'), or save the model as "
            "`.keras` and convert it with Keras."
        )
    if format != "tf_saved_model":
        raise ValueError(
            f"Unrecognized format={format}. Supported formats are: ('tf_saved_model', 'onnx', 'openvino', 'litert')"
        )
    archive = ExportArchive()
    archive.track(model)
    specs = input_signature if input_signature is not None else input_signature_of(model)
    if not isinstance(specs, (list, tuple)):
        specs = [specs]
    archive.add_endpoint(DEFAULT_ENDPOINT, lambda *args: model(*args, **_inference(model)), list(specs), **kwargs)
    archive.write_out(filepath, verbose=True if verbose is None else verbose)
