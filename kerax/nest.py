"""``tf.nest``: structures of tensors."""

from kerax.core.nest import assert_same_structure as assert_same_structure
from kerax.core.nest import flatten as flatten
from kerax.core.nest import is_nested as is_nested
from kerax.core.nest import map_structure as map_structure
from kerax.core.nest import pack_sequence_as as pack_sequence_as
