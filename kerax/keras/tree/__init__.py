"""``tf.keras.tree``: nested structures."""

from kerax.keras.tree.structure import MAP_TO_NONE as MAP_TO_NONE
from kerax.keras.tree.structure import assert_same_paths as assert_same_paths
from kerax.keras.tree.structure import assert_same_structure as assert_same_structure
from kerax.keras.tree.structure import flatten as flatten
from kerax.keras.tree.structure import flatten_with_path as flatten_with_path
from kerax.keras.tree.structure import is_nested as is_nested
from kerax.keras.tree.structure import lists_to_tuples as lists_to_tuples
from kerax.keras.tree.structure import map_shape_structure as map_shape_structure
from kerax.keras.tree.structure import map_structure as map_structure
from kerax.keras.tree.structure import map_structure_up_to as map_structure_up_to
from kerax.keras.tree.structure import pack_sequence_as as pack_sequence_as
from kerax.keras.tree.structure import traverse as traverse
