"""``tf.distribute.experimental``."""

from kerax.distribute.experimental import coordinator as coordinator
from kerax.distribute.experimental import partitioners as partitioners
from kerax.distribute.experimental.communication import CollectiveCommunication as CollectiveCommunication
from kerax.distribute.experimental.communication import CollectiveHints as CollectiveHints
from kerax.distribute.experimental.communication import CommunicationImplementation as CommunicationImplementation
from kerax.distribute.experimental.communication import CommunicationOptions as CommunicationOptions
from kerax.distribute.experimental.older import MultiWorkerMirroredStrategy as MultiWorkerMirroredStrategy
from kerax.distribute.experimental.older import ParameterServerStrategy as ParameterServerStrategy
from kerax.distribute.experimental.older import TPUStrategy as TPUStrategy
from kerax.distribute.experimental.preemption import PreemptionCheckpointHandler as PreemptionCheckpointHandler
from kerax.distribute.experimental.preemption import PreemptionWatcher as PreemptionWatcher
from kerax.distribute.experimental.preemption import TerminationConfig as TerminationConfig
from kerax.distribute.strategies import CentralStorageStrategy as CentralStorageStrategy
from kerax.distribute.strategy import ValueContext as ValueContext
