"""``tf.keras.config``: settings of Keras."""

from __future__ import annotations

from kerax.debugging.settings import disable_traceback_filtering as disable_traceback_filtering
from kerax.debugging.settings import enable_traceback_filtering as enable_traceback_filtering
from kerax.debugging.settings import is_traceback_filtering_enabled as is_traceback_filtering_enabled
from kerax.keras.dtype_policies import dtype_policy as dtype_policy
from kerax.keras.dtype_policies import set_dtype_policy as set_dtype_policy
from kerax.keras.engine import global_state
from kerax.keras.engine.settings import epsilon as epsilon
from kerax.keras.engine.settings import floatx as floatx
from kerax.keras.engine.settings import image_data_format as image_data_format
from kerax.keras.engine.settings import set_epsilon as set_epsilon
from kerax.keras.engine.settings import set_floatx as set_floatx
from kerax.keras.engine.settings import set_image_data_format as set_image_data_format
from kerax.keras.saving.serialization import enable_unsafe_deserialization as enable_unsafe_deserialization
from kerax.keras.training.limits import max_epochs as max_epochs
from kerax.keras.training.limits import max_steps_per_epoch as max_steps_per_epoch
from kerax.keras.training.limits import set_max_epochs as set_max_epochs
from kerax.keras.training.limits import set_max_steps_per_epoch as set_max_steps_per_epoch
from kerax.keras.utils.io_utils import disable_interactive_logging as disable_interactive_logging
from kerax.keras.utils.io_utils import enable_interactive_logging as enable_interactive_logging
from kerax.keras.utils.io_utils import is_interactive_logging_enabled as is_interactive_logging_enabled

_BACKENDS = ("tensorflow", "jax", "torch", "numpy", "openvino")


def backend() -> str:
    """The name of the backend whose tensors Keras works on: always "tensorflow", kerax' own.

    >>> import kerax as tf
    >>> tf.keras.config.backend()
    'tensorflow'
    """
    return "tensorflow"


def set_backend(backend: str) -> None:
    """Keras' switch between backends; kerax has one.

    Args:
      backend: "tensorflow".

    Raises:
      ValueError: another backend.
    """
    if backend not in _BACKENDS:
        raise ValueError(f"Available backends are {_BACKENDS}. Received: backend={backend}")
    if backend != "tensorflow":
        raise ValueError(
            f"kerax offers the backend 'tensorflow' only (its tensors are JAX arrays). Received: backend={backend}"
        )


def enable_flash_attention() -> None:
    """Lets attention layers use flash attention where they can (the default)."""
    global_state.put("flash_attention", None)


def disable_flash_attention() -> None:
    """Keeps attention layers from using flash attention."""
    global_state.put("flash_attention", False)


def is_flash_attention_enabled() -> bool | None:
    """False if flash attention was disabled, else None."""
    return global_state.get("flash_attention")


def is_nnx_enabled() -> bool:
    """Whether Keras' layers are Flax NNX modules: never."""
    return False
