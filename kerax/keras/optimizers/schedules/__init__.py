"""``tf.keras.optimizers.schedules``."""

from kerax.keras.engine.lookup import lookup as _lookup
from kerax.keras.engine.lookup import table as _table
from kerax.keras.optimizers.schedules.schedule import CosineDecay as CosineDecay
from kerax.keras.optimizers.schedules.schedule import CosineDecayRestarts as CosineDecayRestarts
from kerax.keras.optimizers.schedules.schedule import ExponentialDecay as ExponentialDecay
from kerax.keras.optimizers.schedules.schedule import InverseTimeDecay as InverseTimeDecay
from kerax.keras.optimizers.schedules.schedule import LearningRateSchedule as LearningRateSchedule
from kerax.keras.optimizers.schedules.schedule import PiecewiseConstantDecay as PiecewiseConstantDecay
from kerax.keras.optimizers.schedules.schedule import PolynomialDecay as PolynomialDecay

serialize, deserialize, _ = _lookup(
    _table(
        [
            CosineDecay,
            CosineDecayRestarts,
            ExponentialDecay,
            InverseTimeDecay,
            LearningRateSchedule,
            PiecewiseConstantDecay,
            PolynomialDecay,
        ]
    ),
    "schedule",
    parameters=("learning_rate_schedule", "config"),
)
