"""``tf.train``: what training needs beside the model."""

from kerax.train.example import BytesList as BytesList
from kerax.train.example import Example as Example
from kerax.train.example import Feature as Feature
from kerax.train.example import FeatureList as FeatureList
from kerax.train.example import FeatureLists as FeatureLists
from kerax.train.example import Features as Features
from kerax.train.example import FloatList as FloatList
from kerax.train.example import Int64List as Int64List
from kerax.train.example import SequenceExample as SequenceExample
