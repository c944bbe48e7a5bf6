"""Any optax transformation as a Keras optimizer."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from kerax.keras.engine.names import name_scope
from kerax.keras.engine.variable import Variable
from kerax.keras.optimizers.optimizer import Optimizer


class OptaxOptimizer(Optimizer):
    """An ``optax.GradientTransformation`` with Keras' interface.

    The transformation's own learning rate counts; ``learning_rate`` is a factor on its updates, 1 at first, so that
    callbacks which change the rate work.

    Args:
      transformation: ``optax.GradientTransformation``.
      **kwargs: arguments of ``Optimizer``.

    >>> import kerax as tf, optax
    >>> w = tf.Variable([1.0, 2.0])
    >>> optimizer = tf.keras.optimizers.get(optax.sgd(0.5))
    >>> _ = optimizer.apply_gradients([(tf.constant([1.0, 1.0]), w)])
    >>> w.numpy()
    array([0.5, 1.5], dtype=float32)
    """

    def __init__(self, transformation: Any, learning_rate: Any = 1.0, **kwargs: Any) -> None:
        super().__init__(learning_rate=learning_rate, **kwargs)
        vars(self)["transformation"] = transformation

    def build(self, variables: Any) -> None:
        if self.built:
            return
        super().build(variables)
        state = self.transformation.init([v._read_quietly()._value for v in self._trainable_variables])
        leaves, tree = jax.tree.flatten(state)
        vars(self)["_tree"] = tree
        with name_scope(self.name, caller=self):
            for i, leaf in enumerate(leaves):
                variable = Variable(jnp.copy(leaf), trainable=False, name=f"state_{i}")
                self._track_variable(variable)
                self._shared[f"state_{i:06d}"] = variable

    def transform(
        self,
        gradients: list[Any],
        values: list[Any],
        slots: list[dict[str, Any]],
        shared: dict[str, Any],
        learning_rate: Any,
        step: Any,
        variables: list[Any],
    ) -> Any:
        place = {id(variable): i for i, variable in enumerate(variables)}
        positions = [place.get(id(variable)) for variable in self._trainable_variables]
        if None in positions:
            raise ValueError(
                "An optax transformation updates all variables together, but some have no gradient. Leave them out of "
                "the optimizer's variables, for example with trainable = False."
            )
        state = jax.tree.unflatten(self._tree, [shared[name] for name in sorted(shared)])
        ordered_g = [gradients[i] for i in positions]
        ordered_w = [values[i] for i in positions]
        updates, state = self.transformation.update(ordered_g, state, ordered_w)
        new = list(values)
        for i, update in zip(positions, updates, strict=True):
            new[i] = values[i] + (update * learning_rate).astype(values[i].dtype)
        return new, [{} for _ in values], dict(zip(sorted(shared), jax.tree.leaves(state), strict=True))

    def get_config(self) -> dict[str, Any]:
        raise NotImplementedError(
            "An optax transformation is made of functions and cannot be written into a config. Save the weights with "
            "`save_weights` and make the optimizer anew."
        )
