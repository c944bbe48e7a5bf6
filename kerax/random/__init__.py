"""``tf.random``: streams of random numbers."""

from kerax.core.random_state import set_seed as set_seed
from kerax.random import experimental as experimental
from kerax.random.candidates import all_candidate_sampler as all_candidate_sampler
from kerax.random.candidates import fixed_unigram_candidate_sampler as fixed_unigram_candidate_sampler
from kerax.random.candidates import learned_unigram_candidate_sampler as learned_unigram_candidate_sampler
from kerax.random.candidates import log_uniform_candidate_sampler as log_uniform_candidate_sampler
from kerax.random.candidates import uniform_candidate_sampler as uniform_candidate_sampler
from kerax.random.generator import Generator as Generator
from kerax.random.generator import create_rng_state as create_rng_state
from kerax.random.generator import get_global_generator as get_global_generator
from kerax.random.generator import set_global_generator as set_global_generator
from kerax.random.stateful import categorical as categorical
from kerax.random.stateful import gamma as gamma
from kerax.random.stateful import normal as normal
from kerax.random.stateful import poisson as poisson
from kerax.random.stateful import shuffle as shuffle
from kerax.random.stateful import truncated_normal as truncated_normal
from kerax.random.stateful import uniform as uniform
from kerax.random.stateless import Algorithm as Algorithm
from kerax.random.stateless import fold_in as fold_in
from kerax.random.stateless import split as split
from kerax.random.stateless import stateless_binomial as stateless_binomial
from kerax.random.stateless import stateless_categorical as stateless_categorical
from kerax.random.stateless import stateless_gamma as stateless_gamma
from kerax.random.stateless import stateless_normal as stateless_normal
from kerax.random.stateless import (
    stateless_parameterized_truncated_normal as stateless_parameterized_truncated_normal,
)
from kerax.random.stateless import stateless_poisson as stateless_poisson
from kerax.random.stateless import stateless_truncated_normal as stateless_truncated_normal
from kerax.random.stateless import stateless_uniform as stateless_uniform
