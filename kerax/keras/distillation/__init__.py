"""``tf.keras.distillation``: students trained on a teacher's outputs."""

from kerax.keras.distillation.distiller import Distiller as Distiller
from kerax.keras.distillation.loss import DistillationLoss as DistillationLoss
from kerax.keras.distillation.loss import FeatureDistillation as FeatureDistillation
from kerax.keras.distillation.loss import LogitsDistillation as LogitsDistillation
