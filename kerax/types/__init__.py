"""``tf.types``."""

from kerax.types import experimental as experimental
