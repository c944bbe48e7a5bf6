"""How devices communicate, which XLA chooses."""

from __future__ import annotations

import enum
from typing import Any


class CommunicationImplementation(enum.Enum):
    """Ways of communication."""

    AUTO = "AUTO"
    RING = "RING"
    NCCL = "NCCL"


CollectiveCommunication = CommunicationImplementation


class CommunicationOptions:
    """Options of collective ops. XLA chooses how devices communicate, so they change nothing.

    Args:
      bytes_per_pack: int, bytes to be sent at once, 0 for automatic.
      timeout_seconds: float or None.
      implementation: ``CommunicationImplementation`` or its name.

    Raises:
      ValueError: a negative ``bytes_per_pack``, or no such implementation.

    >>> import kerax as tf
    >>> tf.distribute.experimental.CommunicationOptions(implementation="NCCL").implementation
    <CommunicationImplementation.NCCL: 'NCCL'>
    """

    def __init__(
        self,
        bytes_per_pack: int = 0,
        timeout_seconds: float | None = None,
        implementation: Any = CommunicationImplementation.AUTO,
    ) -> None:
        if bytes_per_pack < 0:
            raise ValueError(f"Argument `bytes_per_pack` must be >=0, Received {bytes_per_pack}.")
        if isinstance(implementation, str):
            implementation = CommunicationImplementation(implementation.upper())
        if not isinstance(implementation, CommunicationImplementation):
            raise ValueError(
                "Argument `implementation` must be instance of "
                "`tf.distribute.experimental.CommunicationImplementation`."
            )
        self.bytes_per_pack = bytes_per_pack
        self.timeout_seconds = timeout_seconds
        self.implementation = implementation


class CollectiveHints(CommunicationOptions):
    """The older name of ``CommunicationOptions``.

    Args:
      bytes_per_pack, timeout_seconds: as there.
    """

    def __init__(self, bytes_per_pack: int = 0, timeout_seconds: float | None = None) -> None:
        super().__init__(bytes_per_pack, timeout_seconds)
