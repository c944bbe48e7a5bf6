"""``keras.src.trainers.data_adapters.data_adapter_utils``."""

from __future__ import annotations

from kerax.keras.training.arrays import check_cardinality
from kerax.keras.training.arrays import train_validation_split as train_validation_split
from kerax.keras.training.class_weights import class_weight_to_sample_weights as class_weight_to_sample_weights
from kerax.keras.utils import pack_x_y_sample_weight as pack_x_y_sample_weight
from kerax.keras.utils import unpack_x_y_sample_weight as unpack_x_y_sample_weight

check_data_cardinality = check_cardinality
