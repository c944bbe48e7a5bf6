"""``tf.types.experimental.distributed``: the kinds of values of several devices."""

from __future__ import annotations


class DistributedValues:
    """A value on each device."""


class PerReplica(DistributedValues):
    """A value that differs between devices."""


class Mirrored(DistributedValues):
    """A value that is the same on all devices."""
