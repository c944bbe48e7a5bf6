"""``tf.xla``."""

from kerax.xla import experimental as experimental
