"""``tf.distribute.cluster_resolver``: which tasks a cluster has, and which one this is."""

from kerax.distribute.cluster_resolver.managed import GCEClusterResolver as GCEClusterResolver
from kerax.distribute.cluster_resolver.managed import KubernetesClusterResolver as KubernetesClusterResolver
from kerax.distribute.cluster_resolver.managed import KubernetesExecutableLocation as KubernetesExecutableLocation
from kerax.distribute.cluster_resolver.managed import SlurmClusterResolver as SlurmClusterResolver
from kerax.distribute.cluster_resolver.resolver import ClusterResolver as ClusterResolver
from kerax.distribute.cluster_resolver.resolver import SimpleClusterResolver as SimpleClusterResolver
from kerax.distribute.cluster_resolver.resolver import TFConfigClusterResolver as TFConfigClusterResolver
from kerax.distribute.cluster_resolver.resolver import UnionResolver as UnionResolver
from kerax.distribute.cluster_resolver.tpu import TPUClusterResolver as TPUClusterResolver
