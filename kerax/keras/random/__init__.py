"""``tf.keras.random``: random numbers from seeds and seed generators."""

from kerax.keras.random.draws import beta as beta
from kerax.keras.random.draws import binomial as binomial
from kerax.keras.random.draws import categorical as categorical
from kerax.keras.random.draws import dropout as dropout
from kerax.keras.random.draws import gamma as gamma
from kerax.keras.random.draws import normal as normal
from kerax.keras.random.draws import randint as randint
from kerax.keras.random.draws import shuffle as shuffle
from kerax.keras.random.draws import truncated_normal as truncated_normal
from kerax.keras.random.draws import uniform as uniform
from kerax.keras.random.seed_generator import SeedGenerator as SeedGenerator
from kerax.keras.random.seed_generator import draw_seed as draw_seed
