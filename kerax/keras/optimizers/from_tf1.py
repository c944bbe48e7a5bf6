"""TensorFlow 1's optimizers as Keras 2 takes them."""

from __future__ import annotations

from typing import Any

from kerax.keras.optimizers.optimizer import Optimizer


class TFOptimizer(Optimizer):
    """A ``tf.compat.v1.train.Optimizer`` with Keras' interface: its own learning rate and slots, no clipping.

    Args:
      optimizer: ``tf.compat.v1.train.Optimizer``.
      iterations: Variable that counts the steps; None for a new one.
    """

    can_be_saved = False

    def __init__(self, optimizer: Any, iterations: Any = None) -> None:
        super().__init__()
        self.optimizer = optimizer
        if iterations is not None:
            self.iterations = iterations

    def build(self, variables: Any) -> None:
        """Nothing: the optimizer makes its slots in the first step."""
        self.built = True

    def apply_gradients(self, grads_and_vars: Any, *args: Any, **kwargs: Any) -> None:
        """One step.

        Args:
          grads_and_vars: pairs of gradient, or None, and variable.
          *args, **kwargs: without effect.
        """
        self.optimizer.apply_gradients(grads_and_vars, global_step=self.iterations)

    def get_config(self) -> dict[str, Any]:
        raise NotImplementedError("TensorFlow 1's optimizers have no config.")
