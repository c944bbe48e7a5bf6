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
from kerax.plain_initializers import Constant as Constant
from kerax.plain_initializers import Ones as Ones
from kerax.plain_initializers import RandomNormal as RandomNormal
from kerax.plain_initializers import RandomUniform as RandomUniform
from kerax.plain_initializers import Zeros as Zeros

glorot_normal = GlorotNormal
glorot_uniform = GlorotUniform
