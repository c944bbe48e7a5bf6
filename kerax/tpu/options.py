"""``tf.tpu.XLAOptions``."""

from __future__ import annotations

from collections import namedtuple


class XLAOptions(
    namedtuple(
        "XLAOptions",
        ["use_spmd_for_xla_partitioning", "enable_xla_dynamic_padder", "use_shardy_partitioner"],
        defaults=[True, True, False],
    )
):
    """Options of the TPU compiler, which change nothing here.

    Args:
      use_spmd_for_xla_partitioning, enable_xla_dynamic_padder, use_shardy_partitioner: bool.
    """

    __slots__ = ()
