"""``keras.utils.experimental`` (Keras 2)."""

from kerax.keras.utils.dataset_creator import DatasetCreator as DatasetCreator
