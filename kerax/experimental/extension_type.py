"""``tf.experimental.extension_type``."""

from kerax.experimental.extension_types import as_dict as as_dict
