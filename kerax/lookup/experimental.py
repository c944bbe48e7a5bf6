"""``tf.lookup.experimental``."""

from kerax.lookup.mutable import DenseHashTable as DenseHashTable
from kerax.lookup.mutable import MutableHashTable as MutableHashTable
