"""``tf.debugging.experimental``: dumps for TensorFlow's debugger, which kerax does not have."""

from typing import Any


def enable_dump_debug_info(dump_root: str, *args: Any, **kwargs: Any) -> None:
    """Not available.

    Raises:
      NotImplementedError: always; ``tf.debugging.enable_check_numerics`` finds NaN.
    """
    raise NotImplementedError(
        "kerax writes no debugger dumps; see tf.debugging.enable_check_numerics and jax.profiler."
    )


def disable_dump_debug_info() -> None:
    """Does nothing: dumps are never on."""
