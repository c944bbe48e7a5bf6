"""``tf.autodiff``: automatic differentiation."""

from kerax.core.forward import ForwardAccumulator as ForwardAccumulator
from kerax.core.tape import GradientTape as GradientTape
