"""The file ``saved_model.pb``: tags and signatures, as TensorFlow's tools read them."""

from __future__ import annotations

from typing import Any

from kerax.core import dtypes
from kerax.io.proto import message
from kerax.saved_model import constants


def _fill(info: Any, spec: list[Any], name: str) -> None:
    shape, dtype, _ = spec
    info.name = name
    info.dtype = dtypes.as_dtype(dtype).as_datatype_enum
    if shape is None:
        info.tensor_shape.unknown_rank = True
        return
    info.tensor_shape.SetInParent()
    for size in shape:
        info.tensor_shape.dim.add(size=-1 if size is None else size)


def saved_model_message(tags: list[str], signatures: dict[str, Any]) -> bytes:
    """A ``SavedModel`` message without a graph.

    Args:
      tags: list of str.
      signatures: as ``save`` describes them.
    """
    model = message("SavedModel")(saved_model_schema_version=constants.SAVED_MODEL_SCHEMA_VERSION)
    graph = model.meta_graphs.add()
    graph.meta_info_def.tags.extend(tags)
    graph.meta_info_def.tensorflow_version = "kerax"
    for key, signature in signatures.items():
        definition = graph.signature_def[key]
        definition.method_name = constants.PREDICT_METHOD_NAME
        specs = [spec["spec"] for spec in signature["programs"][0]["specs"]]
        for name, spec in zip(signature["names"], specs, strict=True):
            _fill(definition.inputs[name], spec, f"{key}_{name}:0")
        outputs = [spec["spec"] for spec in signature["outputs"]]
        for index, (name, spec) in enumerate(zip(signature["output_names"], outputs, strict=True)):
            _fill(definition.outputs[name], spec, f"StatefulPartitionedCall:{index}")
    return model.SerializeToString()
