"""``tf.keras.backend.experimental``: which generator random layers use."""

from kerax.keras.engine import global_state as _global_state


def enable_tf_random_generator() -> None:
    """Lets Keras draw from ``tf.random.Generator``, as it always does here."""
    _global_state.put("tf_random_generator", "on")


def disable_tf_random_generator() -> None:
    """Accepted for old programs; draws stay repeatable under ``set_random_seed``."""
    _global_state.put("tf_random_generator", "off")


def is_tf_random_generator_enabled() -> bool:
    """Whether Keras draws from ``tf.random.Generator``."""
    return _global_state.get("tf_random_generator", "on") == "on"
