"""``tf.profiler.experimental.client``: recordings of other processes, which TensorBoard asks for itself."""

from __future__ import annotations

from typing import Any


def trace(
    service_addr: str,
    logdir: str,
    duration_ms: int,
    worker_list: str = "",
    num_tracing_attempts: int = 3,
    options: Any = None,
) -> None:
    """Not available: record in the process itself, or let TensorBoard ask it.

    Raises:
      NotImplementedError: always.
    """
    raise NotImplementedError(
        "tf.profiler.experimental.client.trace is not available in kerax: call tf.profiler.experimental.start in the "
        "process itself, or use TensorBoard's capture button with its tf.profiler.experimental.server."
    )


def monitor(service_addr: str, duration_ms: int, level: int = 1) -> str:
    """Not available.

    Raises:
      NotImplementedError: always.
    """
    raise NotImplementedError("tf.profiler.experimental.client.monitor is not available in kerax: use TensorBoard.")
