"""``tf.profiler.experimental.server``."""

from __future__ import annotations

import jax


def start(port: int) -> None:
    """Waits for requests to record, such as TensorBoard's.

    Args:
      port: int.
    """
    jax.profiler.start_server(int(port))
