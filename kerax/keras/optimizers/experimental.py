"""``tf.keras.optimizers.experimental``: Keras 2's former names of the present optimizers."""

from kerax.keras.optimizers.adagrad import Adadelta as Adadelta
from kerax.keras.optimizers.adagrad import Adagrad as Adagrad
from kerax.keras.optimizers.adam import Adam as Adam
from kerax.keras.optimizers.adam import AdamW as AdamW
from kerax.keras.optimizers.adamax import Adamax as Adamax
from kerax.keras.optimizers.adamax import Nadam as Nadam
from kerax.keras.optimizers.ftrl import Ftrl as Ftrl
from kerax.keras.optimizers.optimizer import Optimizer as Optimizer
from kerax.keras.optimizers.rmsprop import RMSprop as RMSprop
from kerax.keras.optimizers.sgd import SGD as SGD
