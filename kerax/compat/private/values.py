"""``tensorflow.python.distribute.values``: kinds of variables of several devices, which kerax does not need.

A kerax Variable is sharded or replicated itself, so nothing is an instance of these.
"""

from __future__ import annotations

from kerax.core.variable import Variable
from kerax.types.experimental.distributed import DistributedValues as DistributedValues
from kerax.types.experimental.distributed import Mirrored as Mirrored
from kerax.types.experimental.distributed import PerReplica as PerReplica


class DistributedVariable(Variable):
    """A variable with a copy on each device."""


class MirroredVariable(DistributedVariable):
    """A variable whose copies are the same."""


class SyncOnReadVariable(DistributedVariable):
    """A variable whose copies are joined when read."""


class AggregatingVariable(Variable):
    """A variable on a parameter server."""
