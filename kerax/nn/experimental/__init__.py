"""``tf.nn.experimental``."""

from kerax.nn.dropout import general_dropout as general_dropout
from kerax.nn.dropout import stateless_dropout as stateless_dropout
