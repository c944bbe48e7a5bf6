"""``tf.tpu``: what programs say to get a TPU ready, which JAX does by itself."""

from kerax.tpu import experimental as experimental
from kerax.tpu.options import XLAOptions as XLAOptions
