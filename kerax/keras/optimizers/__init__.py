"""``tf.keras.optimizers``."""

from typing import Any as _Any

from kerax.core.config import legacy_keras as _legacy_keras
from kerax.core.origin import name_of as _name_of
from kerax.keras.optimizers import experimental as experimental
from kerax.keras.optimizers import legacy as legacy
from kerax.keras.optimizers import schedules as schedules
from kerax.keras.optimizers.adafactor import Adafactor as Adafactor
from kerax.keras.optimizers.adagrad import Adadelta as Adadelta
from kerax.keras.optimizers.adagrad import Adagrad as Adagrad
from kerax.keras.optimizers.adam import Adam as Adam
from kerax.keras.optimizers.adam import AdamW as AdamW
from kerax.keras.optimizers.adamax import Adamax as Adamax
from kerax.keras.optimizers.adamax import Nadam as Nadam
from kerax.keras.optimizers.from_optax import OptaxOptimizer as OptaxOptimizer
from kerax.keras.optimizers.from_tf1 import TFOptimizer as _TFOptimizer
from kerax.keras.optimizers.ftrl import Ftrl as Ftrl
from kerax.keras.optimizers.lion import Lamb as Lamb
from kerax.keras.optimizers.lion import Lion as Lion
from kerax.keras.optimizers.loss_scale import LossScaleOptimizer as LossScaleOptimizer
from kerax.keras.optimizers.multi import MultiOptimizer as MultiOptimizer
from kerax.keras.optimizers.multi import OptimizerMap as OptimizerMap
from kerax.keras.optimizers.muon import Muon as Muon
from kerax.keras.optimizers.optimizer import Optimizer as Optimizer
from kerax.keras.optimizers.rmsprop import RMSprop as RMSprop
from kerax.keras.optimizers.schedule_free import ScheduleFreeAdamW as ScheduleFreeAdamW
from kerax.keras.optimizers.sgd import SGD as SGD
from kerax.keras.saving.serialization import deserialize_keras_object as _deserialize
from kerax.keras.saving.serialization import serialize_keras_object as _serialize

_OBJECTS = {
    _name_of(cls).lower(): cls
    for cls in (
        Optimizer, Adam, SGD, RMSprop, Adadelta, AdamW, Adagrad, Adamax, Adafactor, Muon, MultiOptimizer,
        OptimizerMap, Nadam, Ftrl, Lion, Lamb, LossScaleOptimizer, ScheduleFreeAdamW,
    )
}  # fmt: skip
_LEGACY = {
    _name_of(cls).lower(): cls
    for cls in (
        legacy.SGD, legacy.Adam, legacy.Adamax, legacy.Nadam, legacy.RMSprop, legacy.Adagrad, legacy.Adadelta,
        legacy.Ftrl,
    )
}  # fmt: skip
_OBJECTS["lossscaleoptimizerv1"] = _OBJECTS["lossscaleoptimizerv3"] = LossScaleOptimizer  # Keras 2's


def serialize(optimizer: _Any, use_legacy_format: bool = False) -> dict[str, _Any]:
    """The config of an optimizer.

    Args:
      optimizer: Optimizer.
      use_legacy_format: bool, whether to write Keras 2's ``{"class_name", "config"}``.
    """
    if use_legacy_format:
        return {"class_name": type(optimizer).__name__, "config": optimizer.get_config()}
    return _serialize(optimizer)


def deserialize(
    config: _Any, custom_objects: _Any = None, use_legacy_format: bool = False, use_legacy_optimizer: bool = False
) -> _Any:
    """An optimizer of a config.

    Args:
      config: dict.
      custom_objects: dict of names and classes of the user's.
      use_legacy_format: bool, unused: both formats are read.
      use_legacy_optimizer: bool, whether to make one of ``optimizers.legacy``.
    """
    config = dict(config)
    name = config["class_name"].lower()
    if use_legacy_optimizer and name in _LEGACY:
        return _LEGACY[name].from_config(config.get("config", {}))
    if config.get("module") != legacy.__name__.replace("kerax.", "") and name in _OBJECTS:
        config["class_name"] = name
    return _deserialize(config, module_objects=_OBJECTS, custom_objects=custom_objects)


def get(identifier: _Any, use_legacy_optimizer: bool = False) -> _Any:
    """The optimizer of an identifier.

    Args:
      identifier: name, config, Optimizer, ``optax.GradientTransformation``, or, in Keras 2, an optimizer of
        ``tf.compat.v1.train``.
      use_legacy_optimizer: bool, whether a name means one of ``optimizers.legacy``.

    Returns:
      Optimizer; None for None.

    Raises:
      ValueError: it names nothing.

    >>> import kerax as tf
    >>> type(tf.keras.optimizers.get("adam")).__name__
    'Adam'
    """
    if identifier is None and not _legacy_keras():
        return None
    found = identifier
    if isinstance(identifier, dict):
        old = _legacy_keras() and "module" not in identifier
        found = deserialize(identifier, use_legacy_optimizer=use_legacy_optimizer or old)
    elif isinstance(identifier, str) and identifier.lower() != "optimizer":
        config = {"class_name": identifier, "config": {}}
        try:
            found = deserialize(config, use_legacy_optimizer=use_legacy_optimizer)
        except TypeError as error:
            raise ValueError(f"Could not interpret optimizer identifier: {identifier}") from error
    elif isinstance(identifier, tuple) and hasattr(identifier, "init") and hasattr(identifier, "update"):
        found = OptaxOptimizer(identifier)
    if isinstance(found, Optimizer):
        return found
    if _legacy_keras() and hasattr(found, "compute_gradients"):
        return _TFOptimizer(found)
    raise ValueError(f"Could not interpret optimizer identifier: {identifier}")
