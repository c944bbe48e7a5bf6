"""``tf.distribute.coordinator``: functions scheduled for workers."""

from kerax.distribute.coordinator.cluster_coordinator import ClusterCoordinator as ClusterCoordinator
from kerax.distribute.coordinator.cluster_coordinator import PerWorkerValue as PerWorkerValue
from kerax.distribute.coordinator.cluster_coordinator import RemoteValue as RemoteValue
from kerax.distribute.coordinator.cluster_coordinator import (
    experimental_get_current_worker_index as experimental_get_current_worker_index,
)
