"""``tf.train.Example`` and the messages it is made of.

>>> import kerax as tf
>>> feature = tf.train.Feature(int64_list=tf.train.Int64List(value=[1, 2]))
>>> example = tf.train.Example(features=tf.train.Features(feature={"a": feature}))
>>> tf.train.Example.FromString(example.SerializeToString()) == example
True
"""

from kerax.io.proto import message

BytesList = message("BytesList")
FloatList = message("FloatList")
Int64List = message("Int64List")
Feature = message("Feature")
Features = message("Features")
FeatureList = message("FeatureList")
FeatureLists = message("FeatureLists")
Example = message("Example")
SequenceExample = message("SequenceExample")
