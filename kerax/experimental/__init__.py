"""``tf.experimental``."""

from kerax.experimental import numpy as numpy
