"""Steps of a model that was made in a strategy's scope: each replica gets its part of the batch."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from kerax.core.context import context
from kerax.core.value import Tensor
from kerax.distribute.datasets import split
from kerax.distribute.replica_context import cross_replica
from kerax.distribute.values import PerReplica
from kerax.keras.tree import structure as tree


def count(model: Any) -> int:
    """How many replicas train a model."""
    strategy = model._distribute_strategy
    return 1 if strategy is None else strategy.num_replicas_in_sync


def on_replicas(model: Any, step: Callable[[Any], Any], joined: bool = False) -> Callable[[Any], Any]:
    """A step that runs in every replica of the model's strategy.

    A batch that cannot be cut evenly, such as the last one, is not cut: one replica has all of it.

    Args:
      model: the model.
      step: takes a batch, returns a structure of tensors.
      joined: bool, whether results are joined along their first axis; else those of the first replica are taken.
    """
    replicas = count(model)
    if replicas == 1:
        return step
    strategy = model._distribute_strategy

    @functools.wraps(step)
    def distributed(data: Any) -> Any:
        leaves = [leaf for leaf in tree.flatten(data) if leaf is not None]
        outer = {name: context.extras.get(name) for name in ("strategy", "cross_replica", "replica_context", "fits")}
        try:
            context.extras["fits"] = True
            if not all(_divisible(leaf, replicas) for leaf in leaves):
                context.extras.update(strategy=None, cross_replica=False, replica_context=None)
                return step(data)
            parts = tree.map_structure(lambda leaf: None if leaf is None else split(leaf, replicas), data)
            with cross_replica(strategy):
                out = strategy.run(step, (parts,))
        finally:
            context.extras.update(outer)

        def one(leaf: Any) -> Any:
            if not isinstance(leaf, PerReplica):
                return leaf
            return strategy.gather(leaf, 0) if joined else leaf.values[0]

        with cross_replica(strategy):
            return tree.map_structure(one, out)

    return distributed


def _divisible(leaf: Any, replicas: int) -> bool:
    numeric = isinstance(leaf, Tensor) and leaf._value.dtype != object
    return numeric and bool(leaf._value.shape) and leaf._value.shape[0] % replicas == 0 and leaf._value.shape[0] > 0
