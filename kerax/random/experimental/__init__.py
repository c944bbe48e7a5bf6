"""``tf.random.experimental``."""

from kerax.random.generator import Generator as Generator
from kerax.random.generator import create_rng_state as create_rng_state
from kerax.random.generator import get_global_generator as get_global_generator
from kerax.random.generator import set_global_generator as set_global_generator
from kerax.random.stateless import Algorithm as Algorithm
from kerax.random.stateless import fold_in as stateless_fold_in
from kerax.random.stateless import index_shuffle as index_shuffle
from kerax.random.stateless import split as stateless_split
from kerax.random.stateless import stateless_shuffle as stateless_shuffle
