"""``tf.test.experimental``."""

from __future__ import annotations

import jax


def sync_devices() -> None:
    """Waits until everything that was started has run."""
    jax.effects_barrier()
    for device in jax.devices():
        jax.device_put(0.0, device).block_until_ready()
