"""``tf.experimental.tensorrt``: another compiler, which kerax does not use."""

from __future__ import annotations

from typing import Any


class ConversionParams:
    """Not available: kerax compiles with XLA.

    Raises:
      NotImplementedError: always.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        raise NotImplementedError("tf.experimental.tensorrt is not available in kerax, which compiles with XLA.")


class Converter(ConversionParams):
    """Not available: kerax compiles with XLA.

    Raises:
      NotImplementedError: always.
    """
