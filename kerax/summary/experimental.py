"""``tf.summary.experimental``."""

from kerax.summary.recording import get_step as get_step
from kerax.summary.recording import set_step as set_step
from kerax.summary.recording import summary_scope as summary_scope
from kerax.summary.write import write_raw_pb as write_raw_pb
