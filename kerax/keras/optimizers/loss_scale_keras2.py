"""``tf.keras.mixed_precision.LossScaleOptimizer`` of Keras 2: who writes a step scales the loss, unscales gradients.

>>> import kerax as tf
>>> optimizer = tf.keras.optimizers.LossScaleOptimizer(tf.keras.optimizers.SGD(0.1))
>>> optimizer.dynamic
True
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any

from kerax.core.value import Tensor
from kerax.keras.engine.convert import to_tensor
from kerax.keras.optimizers import legacy, loss_scale
from kerax.keras.optimizers.optimizer import Optimizer, VariableList
from kerax.sparse.indexed_slices import IndexedSlices


class LossScaleOptimizerV3(loss_scale.LossScaleOptimizer):
    """Loss scaling around an optimizer.

    Args:
      inner_optimizer: Optimizer.
      dynamic: bool, whether the scale follows the gradients: it is halved when one is not finite, and doubled after
        so many good steps.
      initial_scale: float, 32768 by default; needed where ``dynamic`` is False.
      dynamic_growth_steps: int, 2000 by default; None where ``dynamic`` is False.
      name: str.

    Raises:
      TypeError: an argument of the wrong kind, or an optimizer that scales already.
      ValueError: a scale that is missing, steps without use, or an optimizer that another one wraps.
    """

    def __init__(
        self,
        inner_optimizer: Any,
        dynamic: bool = True,
        initial_scale: float | None = None,
        dynamic_growth_steps: int | None = None,
        name: str | None = None,
    ) -> None:
        if not isinstance(dynamic, bool):
            raise TypeError(f'"dynamic" argument to LossScaleOptimizer.__init__ must be a bool, but got: {dynamic!r}')
        if isinstance(inner_optimizer, loss_scale.LossScaleOptimizer):
            raise TypeError(f"LossScaleOptimizer cannot wrap another LossScaleOptimizer, but got: {inner_optimizer}")
        if vars(inner_optimizer).get("_is_wrapped_by_loss_scale_optimizer"):
            raise ValueError(
                '"inner_optimizer" is already wrapped by a LossScaleOptimizer. An optimizer can only be wrapped by a '
                "single LossScaleOptimizer"
            )
        if dynamic:
            initial_scale = 2.0**15 if initial_scale is None else initial_scale
            dynamic_growth_steps = 2000 if dynamic_growth_steps is None else dynamic_growth_steps
        elif initial_scale is None:
            raise ValueError('"initial_scale" must be specified if "dynamic" is False')
        elif dynamic_growth_steps is not None:
            raise ValueError(
                f'"dynamic_growth_steps" must be None if "dynamic" is False, but got: {dynamic_growth_steps}'
            )
        super().__init__(inner_optimizer, float(initial_scale), 2000, name)
        inner_optimizer._is_wrapped_by_loss_scale_optimizer = True
        self.dynamic, self.dynamic_growth_steps = dynamic, dynamic_growth_steps
        self._unscales = False

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or "inner_optimizer" not in vars(self):
            raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")
        return getattr(self.inner_optimizer, name)

    @property
    def variables(self) -> Any:
        """The inner optimizer's: the scale and its counter are kept apart."""
        return VariableList(self.inner_optimizer.variables)

    @property
    def iterations(self) -> Any:
        return self.inner_optimizer.iterations

    @iterations.setter
    def iterations(self, variable: Any) -> None:
        self.inner_optimizer.iterations = variable

    @property
    def loss_scale(self) -> Tensor:
        """The present scale, a float32 scalar."""
        return to_tensor(super().loss_scale, "float32")

    @property
    def dynamic_counter(self) -> Any:
        """How many good steps there were since the scale changed; None if it never does."""
        if not self.dynamic:
            return None
        self._make_scale()
        return self.step_counter._kerax_tensor()

    def get_scaled_loss(self, loss: Any) -> Any:
        """The loss (or a function's) times the present scale."""
        if callable(loss):
            return lambda: self.get_scaled_loss(loss())
        loss = to_tensor(loss)
        return loss * to_tensor(self.loss_scale, loss.dtype.name)

    def get_unscaled_gradients(self, grads: Sequence[Any]) -> list[Any]:
        """Gradients (tensors, ``IndexedSlices`` or None) divided by the present scale."""
        scale = self.loss_scale

        def unscaled(gradient: Any) -> Any:
            if isinstance(gradient, IndexedSlices):
                values = loss_scale.divided(gradient.values, scale)
                return IndexedSlices(values, gradient.indices, gradient.dense_shape)
            return None if gradient is None else loss_scale.divided(gradient, scale)

        return [unscaled(gradient) for gradient in grads]

    def compute_gradients(self, loss: Any, var_list: Any, tape: Any = None, grad_loss: Any = None) -> list[Any]:
        """Gradients of a loss, by way of the scaled loss. See ``keras.optimizers.Optimizer``."""
        with contextlib.nullcontext() if callable(loss) or tape is None else tape:
            loss = self.get_scaled_loss(loss)
        pairs = super().compute_gradients(loss, var_list, tape, grad_loss)
        unscaled = self.get_unscaled_gradients([gradient for gradient, _ in pairs])
        return [(gradient, variable) for gradient, (_, variable) in zip(unscaled, pairs, strict=True)]

    def apply_gradients(self, *args: Any, **kwargs: Any) -> None:
        super().apply_gradients(*args, **kwargs)

    def _bad(self) -> None:
        super()._bad()
        self.inner_optimizer.iterations.assign_add(1)  # a step that is left out counts

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        names = ("inner_optimizer", "dynamic", "initial_scale", "dynamic_growth_steps")
        return {name: config.get(name, getattr(self, name)) for name in names} | {
            "dynamic_growth_steps": self.dynamic_growth_steps
        }


class LossScaleOptimizer(LossScaleOptimizerV3):
    """Loss scaling around one of ``tf.keras.optimizers.legacy``."""


def class_for(inner_optimizer: Any) -> type:
    """The class that scales for an optimizer.

    Raises:
      TypeError: it is none.
    """
    if isinstance(inner_optimizer, Optimizer):
        return LossScaleOptimizer if isinstance(inner_optimizer, legacy.Optimizer) else LossScaleOptimizerV3
    raise TypeError(
        '"inner_optimizer" must be an instance of `tf.keras.optimizers.Optimizer` or '
        f"`tf.keras.optimizers.experimental.Optimizer`, but got: {inner_optimizer}."
    )
