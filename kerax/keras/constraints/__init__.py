"""``tf.keras.constraints``."""

from kerax.keras.constraints.constraints import Constraint as Constraint
from kerax.keras.constraints.constraints import MaxNorm as MaxNorm
from kerax.keras.constraints.constraints import MinMaxNorm as MinMaxNorm
from kerax.keras.constraints.constraints import NonNeg as NonNeg
from kerax.keras.constraints.constraints import RadialConstraint as RadialConstraint
from kerax.keras.constraints.constraints import UnitNorm as UnitNorm
from kerax.keras.engine.lookup import lookup as _lookup
from kerax.keras.engine.lookup import table as _table

max_norm = MaxNorm
min_max_norm = MinMaxNorm
non_neg = NonNeg
radial_constraint = RadialConstraint
unit_norm = UnitNorm

serialize, deserialize, get = _lookup(
    _table(
        [Constraint, MaxNorm, MinMaxNorm, NonNeg, UnitNorm, RadialConstraint],
        {"nonneg": NonNeg, "unitnorm": UnitNorm, "maxnorm": MaxNorm, "minmaxnorm": MinMaxNorm},
        snake_case=True,
    ),
    "constraint",
    parameters=("constraint", "config"),
)
