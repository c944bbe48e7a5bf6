"""``tf.compat.v1.saved_model``: its constants, and signatures."""

from __future__ import annotations

from typing import Any

from kerax.io.proto import message
from kerax.saved_model import contains_saved_model as maybe_saved_model_directory  # noqa: F401

ASSETS_DIRECTORY, ASSETS_KEY = "assets", "saved_model_assets"
DEBUG_DIRECTORY, DEBUG_INFO_FILENAME_PB = "debug", "saved_model_debug_info.pb"
LEGACY_INIT_OP_KEY, MAIN_OP_KEY = "legacy_init_op", "saved_model_main_op"
SAVED_MODEL_FILENAME_PB, SAVED_MODEL_FILENAME_PBTXT = "saved_model.pb", "saved_model.pbtxt"
SAVED_MODEL_SCHEMA_VERSION = 1
VARIABLES_DIRECTORY = VARIABLES_FILENAME = "variables"
CLASSIFY_INPUTS, CLASSIFY_METHOD_NAME = "inputs", "tensorflow/serving/classify"
CLASSIFY_OUTPUT_CLASSES, CLASSIFY_OUTPUT_SCORES = "classes", "scores"
DEFAULT_SERVING_SIGNATURE_DEF_KEY = "serving_default"
PREDICT_INPUTS, PREDICT_METHOD_NAME, PREDICT_OUTPUTS = "inputs", "tensorflow/serving/predict", "outputs"
REGRESS_INPUTS, REGRESS_METHOD_NAME, REGRESS_OUTPUTS = "inputs", "tensorflow/serving/regress", "outputs"
GPU, SERVING, TPU, TRAINING = "gpu", "serve", "tpu", "train"


def build_signature_def(
    inputs: Any = None, outputs: Any = None, method_name: str | None = None, defaults: Any = None
) -> Any:
    """A ``SignatureDef`` of ``TensorInfo`` messages by name."""
    signature = message("SignatureDef")(method_name=method_name or "")
    for mine, given in ((signature.inputs, inputs), (signature.outputs, outputs)):
        for name, info in (given or {}).items():
            mine[name].CopyFrom(info)
    return signature


def is_valid_signature(signature_def: Any) -> bool:
    """Whether a signature has inputs, outputs and one of the known methods."""
    known = CLASSIFY_METHOD_NAME, PREDICT_METHOD_NAME, REGRESS_METHOD_NAME
    return bool(signature_def.inputs and signature_def.outputs and signature_def.method_name in known)
