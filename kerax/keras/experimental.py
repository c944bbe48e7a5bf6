"""``keras.experimental`` of Keras 2."""

from kerax.keras.layers.dense_features import SequenceFeatures as SequenceFeatures
from kerax.keras.models.premade import LinearModel as LinearModel
from kerax.keras.models.premade import WideDeepModel as WideDeepModel
from kerax.keras.optimizers.schedules import CosineDecay as CosineDecay
from kerax.keras.optimizers.schedules import CosineDecayRestarts as CosineDecayRestarts
