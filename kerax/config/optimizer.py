"""``tf.config.optimizer``: XLA optimises every program; the options are kept and have no effect on values."""

from typing import Any

_options: dict[str, Any] = {"disable_model_pruning": False, "disable_meta_optimizer": False}
_jit = ""


def get_jit() -> str:
    """What ``set_jit`` was told."""
    return _jit


def set_jit(enabled: Any) -> None:
    """Accepted: everything is compiled by XLA.

    Args:
      enabled: True, False or "autoclustering".
    """
    global _jit
    _jit = "autoclustering" if enabled else ""


def get_experimental_options() -> dict[str, Any]:
    """What ``set_experimental_options`` was told."""
    return dict(_options)


def set_experimental_options(options: dict[str, Any]) -> None:
    """Accepted: options of TensorFlow's graph optimizer."""
    _options.update(options)
