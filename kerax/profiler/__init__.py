"""``tf.profiler``."""

from kerax.profiler import experimental as experimental
