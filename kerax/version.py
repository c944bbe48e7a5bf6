"""``tf.version``: the TensorFlow release whose behaviour kerax gives, and kerax' own version."""

VERSION = "2.21.0"
GIT_VERSION = "v2.21.0-rc1-5-ga481b10260d"
COMPILER_VERSION = "Clang 18.1.8"
GRAPH_DEF_VERSION = 2474
GRAPH_DEF_VERSION_MIN_CONSUMER = 0
GRAPH_DEF_VERSION_MIN_PRODUCER = 0

KERAS_VERSION = "3.15.1"
KERAS_2_VERSION = "2.21.0"
KERAX_VERSION = "0.1.0"
