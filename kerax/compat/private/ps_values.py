"""``tensorflow.python.distribute.ps_values``."""

from .values import AggregatingVariable as AggregatingVariable
