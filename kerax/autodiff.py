"""``tf.autodiff``: automatic differentiation."""

from kerax.core.tape import ForwardAccumulator as ForwardAccumulator
from kerax.core.tape import GradientTape as GradientTape
