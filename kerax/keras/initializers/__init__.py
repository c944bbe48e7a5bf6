"""``tf.keras.initializers``."""

import inspect as _inspect
from typing import Any as _Any

import jax as _jax
import numpy as _np

from kerax.core.value import Tensor as _Tensor
from kerax.keras.engine.convert import to_tensor as _to_tensor
from kerax.keras.engine.lookup import lookup as _lookup
from kerax.keras.engine.lookup import table as _table
from kerax.keras.engine.settings import standardize_dtype as _standardize_dtype
from kerax.keras.engine.settings import standardize_shape as _standardize_shape
from kerax.keras.initializers.constant import STFT as STFT
from kerax.keras.initializers.constant import Constant as Constant
from kerax.keras.initializers.constant import Identity as Identity
from kerax.keras.initializers.constant import Ones as Ones
from kerax.keras.initializers.constant import Zeros as Zeros
from kerax.keras.initializers.initializer import Initializer as Initializer
from kerax.keras.initializers.random import GlorotNormal as GlorotNormal
from kerax.keras.initializers.random import GlorotUniform as GlorotUniform
from kerax.keras.initializers.random import HeNormal as HeNormal
from kerax.keras.initializers.random import HeUniform as HeUniform
from kerax.keras.initializers.random import LecunNormal as LecunNormal
from kerax.keras.initializers.random import LecunUniform as LecunUniform
from kerax.keras.initializers.random import Orthogonal as Orthogonal
from kerax.keras.initializers.random import RandomNormal as RandomNormal
from kerax.keras.initializers.random import RandomUniform as RandomUniform
from kerax.keras.initializers.random import TruncatedNormal as TruncatedNormal
from kerax.keras.initializers.random import VarianceScaling as VarianceScaling

constant = Constant
glorot_normal = GlorotNormal
glorot_uniform = GlorotUniform
he_normal = HeNormal
he_uniform = HeUniform
identity = IdentityInitializer = Identity
lecun_normal = LecunNormal
lecun_uniform = LecunUniform
ones = Ones
orthogonal = OrthogonalInitializer = Orthogonal
random_normal = RandomNormal
random_uniform = RandomUniform
stft = STFTInitializer = STFT
truncated_normal = TruncatedNormal
variance_scaling = VarianceScaling
zeros = Zeros

serialize, deserialize, _get = _lookup(
    _table(
        [
            Initializer, Constant, Identity, Ones, STFT, Zeros, GlorotNormal, GlorotUniform, HeNormal, HeUniform,
            LecunNormal, LecunUniform, Orthogonal, RandomNormal, RandomUniform, TruncatedNormal, VarianceScaling,
        ],
        {
            "IdentityInitializer": Identity,
            "normal": RandomNormal,
            "one": Ones,
            "stft": STFT,
            "STFTInitializer": STFT,
            "OrthogonalInitializer": Orthogonal,
            "uniform": RandomUniform,
            "zero": Zeros,
        },
        snake_case=True,
    ),
    "initializer",
    through_config=True,
    parameters=("initializer", "config"),
)  # fmt: skip


def get(identifier: _Any) -> _Any:
    """The initializer of an identifier.

    Args:
      identifier: name, config, class, callable ``(shape, dtype)``, or an array that is itself the initial value.

    Returns:
      An initializer or callable; None for None.

    Raises:
      ValueError: it names nothing.

    >>> import kerax as tf
    >>> type(tf.keras.initializers.get("he_normal")).__name__
    'HeNormal'
    """
    if isinstance(identifier, (_Tensor, _jax.Array, _np.ndarray, _np.generic)) or (
        hasattr(identifier, "_kerax_tensor") and not _inspect.isclass(identifier)
    ):

        def initialize(shape: _Any, dtype: _Any = None) -> _Any:
            if _standardize_shape(shape) != _standardize_shape(identifier.shape):
                raise ValueError(
                    f"Expected `shape` to be {identifier.shape} for direct tensor as initializer. Received "
                    f"shape={shape}"
                )
            return _to_tensor(identifier, _standardize_dtype(dtype))

        return initialize
    return _get(identifier)
