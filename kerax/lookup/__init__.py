"""``tf.lookup``: tables from keys to values."""

from kerax.lookup import experimental as experimental
from kerax.lookup.initializers import KeyValueTensorInitializer as KeyValueTensorInitializer
from kerax.lookup.initializers import TextFileIndex as TextFileIndex
from kerax.lookup.initializers import TextFileInitializer as TextFileInitializer
from kerax.lookup.static import StaticHashTable as StaticHashTable
from kerax.lookup.static import StaticVocabularyTable as StaticVocabularyTable
