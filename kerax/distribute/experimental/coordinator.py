"""``tf.distribute.experimental.coordinator``: older names."""

from kerax.distribute.coordinator.cluster_coordinator import ClusterCoordinator as ClusterCoordinator
from kerax.distribute.coordinator.cluster_coordinator import PerWorkerValue
from kerax.distribute.coordinator.cluster_coordinator import RemoteValue as RemoteValue

PerWorkerValues = PerWorkerValue
