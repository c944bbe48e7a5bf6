"""``tensorflow.python.ops.init_ops_v2``: TensorFlow's initializers under the names of their classes.

Those that only Keras has in public are Keras' own: they draw from the same distributions.
"""

from __future__ import annotations

from kerax.keras.initializers import GlorotNormal as GlorotNormal
from kerax.keras.initializers import GlorotUniform as GlorotUniform
from kerax.keras.initializers import Identity as Identity
from kerax.keras.initializers import Orthogonal as Orthogonal
from kerax.keras.initializers import TruncatedNormal as TruncatedNormal
from kerax.keras.initializers import VarianceScaling as VarianceScaling
from kerax.keras.initializers import he_normal as he_normal
from kerax.keras.initializers import he_uniform as he_uniform
from kerax.keras.initializers import lecun_normal as lecun_normal
from kerax.keras.initializers import lecun_uniform as lecun_uniform
from kerax.plain_initializers import Constant as Constant  # noqa: F401
from kerax.plain_initializers import Ones as Ones  # noqa: F401
from kerax.plain_initializers import RandomNormal as RandomNormal  # noqa: F401
from kerax.plain_initializers import RandomUniform as RandomUniform  # noqa: F401
from kerax.plain_initializers import Zeros as Zeros  # noqa: F401

glorot_normal = GlorotNormal
glorot_uniform = GlorotUniform
