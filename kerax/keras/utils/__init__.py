"""``tf.keras.utils``."""

import importlib as _importlib
from typing import Any as _Any

from kerax.keras.engine.global_state import clear_session as clear_session
from kerax.keras.engine.keras_tensor import is_keras_tensor as is_keras_tensor
from kerax.keras.engine.settings import standardize_dtype as standardize_dtype
from kerax.keras.saving.registration import CustomObjectScope as CustomObjectScope
from kerax.keras.saving.registration import CustomObjectScope as custom_object_scope
from kerax.keras.saving.registration import get_custom_objects as get_custom_objects
from kerax.keras.saving.registration import get_registered_name as get_registered_name
from kerax.keras.saving.registration import get_registered_object as get_registered_object
from kerax.keras.saving.registration import register_keras_serializable as register_keras_serializable
from kerax.keras.saving.serialization import deserialize_keras_object as deserialize_keras_object
from kerax.keras.saving.serialization import serialize_keras_object as serialize_keras_object
from kerax.keras.utils import experimental as experimental
from kerax.keras.utils import legacy as legacy
from kerax.keras.utils.config_dict import Config as Config
from kerax.keras.utils.data_packing import pack_x_y_sample_weight as pack_x_y_sample_weight
from kerax.keras.utils.data_packing import unpack_x_y_sample_weight as unpack_x_y_sample_weight
from kerax.keras.utils.enqueuers import GeneratorEnqueuer as GeneratorEnqueuer
from kerax.keras.utils.enqueuers import OrderedEnqueuer as OrderedEnqueuer
from kerax.keras.utils.enqueuers import SequenceEnqueuer as SequenceEnqueuer
from kerax.keras.utils.io_utils import disable_interactive_logging as disable_interactive_logging
from kerax.keras.utils.io_utils import enable_interactive_logging as enable_interactive_logging
from kerax.keras.utils.io_utils import is_interactive_logging_enabled as is_interactive_logging_enabled
from kerax.keras.utils.progbar import Progbar as Progbar
from kerax.keras.utils.py_dataset import PyDataset as PyDataset
from kerax.keras.utils.py_dataset import PyDataset as Sequence
from kerax.keras.utils.random_seed import set_random_seed as set_random_seed
from kerax.keras.utils.sequences import pad_sequences as pad_sequences
from kerax.keras.utils.source_inputs import get_source_inputs as get_source_inputs
from kerax.keras.utils.timed_thread import StepsPerExecutionTuner as StepsPerExecutionTuner
from kerax.keras.utils.timed_thread import TimedThread as TimedThread
from kerax.keras.utils.warmstart import warmstart_embedding_matrix as warmstart_embedding_matrix

# What reads files and makes datasets is imported when it is first used.
_LAZY = {
    "FeatureSpace": ".layers.preprocessing.feature_space",
    "array_to_img": "images",
    "audio_dataset_from_directory": "audio_dataset",
    "get_file": "file_utils",
    "image_dataset_from_directory": "image_dataset",
    "img_to_array": "images",
    "load_img": "images",
    "model_to_dot": "model_plot",
    "normalize": "numerical",
    "plot_model": "model_plot",
    "save_img": "images",
    "split_dataset": "dataset_split",
    "text_dataset_from_directory": "text_dataset",
    "timeseries_dataset_from_array": "timeseries_dataset",
    "to_categorical": "numerical",
    "to_ordinal": "numerical",
}


def __getattr__(name: str) -> _Any:
    if name == "bounding_boxes":
        return _importlib.import_module("kerax.keras.utils.bounding_boxes")
    if name in _LAZY:
        return getattr(_importlib.import_module(f".{_LAZY[name]}", __name__), name)
    raise AttributeError(f"module 'kerax.keras.utils' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_LAZY, "bounding_boxes"})
