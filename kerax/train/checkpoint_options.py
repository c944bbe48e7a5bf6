"""``tf.train.CheckpointOptions``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class CheckpointOptions:
    """How a checkpoint is written or read.

    Args:
      experimental_io_device: str; files are always read and written by the host.
      experimental_enable_async_checkpoint: bool, old name of ``enable_async``.
      experimental_write_callbacks: functions called after a checkpoint was written, with its path or nothing.
      enable_async: bool; True raises: writes end before ``save`` returns.
      experimental_skip_slot_variables: bool, whether slot variables of optimizers stay as they are.
      experimental_sharding_callback: ``tf.train.experimental.ShardingCallback``; all tensors go into one file,
        so only None and ``ShardByTaskPolicy`` are possible.

    Raises:
      NotImplementedError: an option that cannot be honoured.
      ValueError: a callback that is no function.
    """

    __slots__ = (
        "experimental_io_device", "experimental_enable_async_checkpoint", "experimental_write_callbacks",
        "enable_async", "experimental_skip_slot_variables", "experimental_sharding_callback",
    )  # fmt: skip

    def __init__(
        self,
        experimental_io_device: str | None = None,
        experimental_enable_async_checkpoint: bool = False,
        experimental_write_callbacks: Sequence[Any] | None = None,
        enable_async: bool = False,
        experimental_skip_slot_variables: bool = False,
        experimental_sharding_callback: Any = None,
    ) -> None:
        from kerax.train.experimental import ShardByTaskPolicy

        if enable_async or experimental_enable_async_checkpoint:
            raise NotImplementedError(
                "Checkpoints are written before `save` returns: enable_async=True is not offered."
            )
        if experimental_sharding_callback is not None and type(experimental_sharding_callback) is not ShardByTaskPolicy:
            raise NotImplementedError(
                "Checkpoints are written into one data file. "
                f"Received: experimental_sharding_callback={experimental_sharding_callback}"
            )
        for callback in experimental_write_callbacks or ():
            if not callable(callback):
                raise ValueError(f"`experimental_write_callbacks` must be functions. Received: {callback}")
        self.experimental_io_device = experimental_io_device
        self.experimental_enable_async_checkpoint = experimental_enable_async_checkpoint
        self.experimental_write_callbacks = experimental_write_callbacks
        self.enable_async = enable_async
        self.experimental_skip_slot_variables = experimental_skip_slot_variables
        self.experimental_sharding_callback = experimental_sharding_callback
