"""Strategies with the arguments of their experimental time."""

from __future__ import annotations

from typing import Any

from kerax.distribute import strategies
from kerax.distribute.experimental.communication import CommunicationImplementation


class MultiWorkerMirroredStrategy(strategies.MultiWorkerMirroredStrategy):
    """``tf.distribute.MultiWorkerMirroredStrategy`` with the older arguments.

    Args:
      communication: ``CommunicationImplementation``; XLA chooses.
      cluster_resolver: as there.
    """

    def __init__(self, communication: Any = CommunicationImplementation.AUTO, cluster_resolver: Any = None) -> None:
        super().__init__(cluster_resolver)


class TPUStrategy(strategies.TPUStrategy):
    """``tf.distribute.TPUStrategy`` with the older arguments.

    Args:
      tpu_cluster_resolver, device_assignment: as there.
    """

    def __init__(self, tpu_cluster_resolver: Any = None, device_assignment: Any = None) -> None:
        super().__init__(tpu_cluster_resolver, device_assignment)


class ParameterServerStrategy(strategies.ParameterServerStrategy):
    """``tf.distribute.ParameterServerStrategy`` by its older name.

    Args:
      cluster_resolver, variable_partitioner: as there.
    """

    def __init__(self, cluster_resolver: Any, variable_partitioner: Any = None) -> None:
        super().__init__(cluster_resolver, variable_partitioner)
