"""``tf.keras.activations``."""

import types as _types
from typing import Any as _Any

from kerax.core.config import legacy_keras as _legacy_keras
from kerax.keras.activations.exponential import celu as celu
from kerax.keras.activations.exponential import elu as elu
from kerax.keras.activations.exponential import exponential as exponential
from kerax.keras.activations.exponential import mish as mish
from kerax.keras.activations.exponential import selu as selu
from kerax.keras.activations.exponential import softplus as softplus
from kerax.keras.activations.exponential import squareplus as squareplus
from kerax.keras.activations.linear import linear as linear
from kerax.keras.activations.normalized import log_softmax as log_softmax
from kerax.keras.activations.normalized import softmax as softmax
from kerax.keras.activations.normalized import sparsemax as sparsemax
from kerax.keras.activations.rectified import leaky_relu as leaky_relu
from kerax.keras.activations.rectified import relu as relu
from kerax.keras.activations.rectified import relu6 as relu6
from kerax.keras.activations.shrinking import hard_shrink as hard_shrink
from kerax.keras.activations.shrinking import hard_tanh as hard_tanh
from kerax.keras.activations.shrinking import soft_shrink as soft_shrink
from kerax.keras.activations.shrinking import sparse_plus as sparse_plus
from kerax.keras.activations.shrinking import tanh_shrink as tanh_shrink
from kerax.keras.activations.shrinking import threshold as threshold
from kerax.keras.activations.sigmoidal import gelu as gelu
from kerax.keras.activations.sigmoidal import glu as glu
from kerax.keras.activations.sigmoidal import hard_sigmoid as hard_sigmoid
from kerax.keras.activations.sigmoidal import hard_silu as hard_silu
from kerax.keras.activations.sigmoidal import log_sigmoid as log_sigmoid
from kerax.keras.activations.sigmoidal import sigmoid as sigmoid
from kerax.keras.activations.sigmoidal import silu as silu
from kerax.keras.activations.sigmoidal import softsign as softsign
from kerax.keras.activations.sigmoidal import sparse_sigmoid as sparse_sigmoid
from kerax.keras.activations.sigmoidal import tanh as tanh
from kerax.keras.engine.lookup import table as _table
from kerax.keras.saving import public_names as _public_names
from kerax.keras.saving.registration import get_registered_name as _get_registered_name
from kerax.keras.saving.registration import get_registered_object as _get_registered_object
from kerax.keras.saving.serialization import deserialize_keras_object as _deserialize
from kerax.keras.saving.serialization import serialize_keras_object as _serialize

swish = silu
hard_swish = hard_silu

_NAMES = _table(
    [
        relu, leaky_relu, relu6, softmax, celu, elu, selu, softplus, softsign, squareplus, soft_shrink, sparse_plus,
        silu, gelu, glu, tanh, tanh_shrink, threshold, sigmoid, sparse_sigmoid, exponential, hard_sigmoid, hard_silu,
        hard_tanh, hard_shrink, linear, mish, log_softmax, log_sigmoid, sparsemax,
    ],
    {"swish": silu, "hard_swish": hard_silu},
)  # fmt: skip


# What Keras 2 also takes for the name of an activation.
_LAYERS = ("ELU", "LeakyReLU", "PReLU", "ReLU", "Softmax", "ThresholdedReLU")


def serialize(activation: _Any, use_legacy_format: bool = False) -> _Any:
    """The name of an activation function, or its config where it is an object.

    Args:
      activation: function or layer.
      use_legacy_format: bool, unused: functions have one format.

    Returns:
      str, or dict.

    Raises:
      ValueError: it has neither name nor config.

    >>> import kerax as tf
    >>> tf.keras.activations.serialize(tf.keras.activations.relu)
    'relu'
    """
    config = _serialize(activation)
    if not isinstance(config, dict) or "config" not in config:
        raise ValueError(
            f"Unknown activation function '{activation}' cannot be serialized due to invalid function name. Make sure "
            "to use an activation name that matches the references defined in activations.py or use "
            "`@keras.saving.register_keras_serializable()` to register any custom activations. "
            f"config={config}"
        )
    if not isinstance(activation, _types.FunctionType):
        return config
    name = config["config"]
    if not isinstance(name, str) or name in _NAMES:
        return "swish" if name == "silu" and _legacy_keras() else name
    config["config"] = _get_registered_name(activation)
    return config


def deserialize(config: _Any, custom_objects: _Any = None, use_legacy_format: bool = False) -> _Any:
    """The activation function of a config; in Keras 2 also the layer that a name like ``LeakyReLU`` means.

    Args:
      config: name or dict.
      custom_objects: dict of names and functions.
      use_legacy_format: bool, unused: both formats are read.

    Raises:
      ValueError: an unknown name, in the Keras 2 dialect.

    >>> import kerax as tf
    >>> tf.keras.activations.deserialize("relu").__name__
    'relu'
    """
    names = _NAMES
    if _legacy_keras():
        names = {**{name: _public_names.find("keras.layers", name) for name in _LAYERS}, **_NAMES}
    found = _deserialize(config, module_objects=names, custom_objects=custom_objects)
    if isinstance(found, str) and _legacy_keras():
        raise ValueError(
            f"Unknown activation function '{config}' cannot be deserialized. Pass the name of one of "
            "tf.keras.activations, or name your own function in `custom_objects`."
        )
    return found


def get(identifier: _Any) -> _Any:
    """The activation function of an identifier.

    Args:
      identifier: name, config, or callable; None means ``linear``.

    Raises:
      ValueError: it names nothing (TypeError for other objects in the Keras 2 dialect).

    >>> import kerax as tf
    >>> tf.keras.activations.get(None).__name__
    'linear'
    """
    if identifier is None:
        return linear
    found = identifier
    if isinstance(identifier, dict):
        found = deserialize(identifier)
    elif isinstance(identifier, str):
        found = _NAMES.get(identifier) or _get_registered_object(identifier)
        if found is None:
            found = deserialize(identifier)
        if isinstance(found, type):
            found = found()
    if callable(found):
        return found
    kind = TypeError if _legacy_keras() and not isinstance(identifier, str) else ValueError
    raise kind(f"Could not interpret activation function identifier: {identifier}")
