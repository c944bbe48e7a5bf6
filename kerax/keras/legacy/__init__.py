"""``tf.keras.legacy``."""

from kerax.keras.legacy import saving as saving
