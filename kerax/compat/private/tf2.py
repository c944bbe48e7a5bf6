"""``tensorflow.python.tf2``."""


def enabled() -> bool:
    """True."""
    return True
