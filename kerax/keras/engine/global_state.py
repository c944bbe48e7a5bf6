"""Keras' global state: one dictionary per thread, emptied by ``keras.backend.clear_session``."""

from __future__ import annotations

from typing import Any

from kerax.core.context import context

_KEY = "keras"
_NOTHING: dict[str, Any] = {}
# What survives clear_session: settings of the user's, not by-products of building models.
_KEPT = ("floatx", "epsilon", "image_data_format", "safe_mode_saving")


def _store() -> dict[str, Any]:
    return context.extras.setdefault(_KEY, {})


def get(name: str, default: Any = None) -> Any:
    """The value stored under a name, or ``default``."""
    found = context.extras.get(_KEY, _NOTHING).get(name)
    return default if found is None else found


def get_or_set(name: str, default: Any) -> Any:
    """The value stored under a name; ``default`` is stored if there is none."""
    store = _store()
    if store.get(name) is None:
        store[name] = default
    return store[name]


def put(name: str, value: Any) -> None:
    """Stores a value for this thread."""
    _store()[name] = value


def clear_session(free_memory: bool = True) -> None:
    """Forgets names given out so far, the dtype policy and open scopes.

    Args:
      free_memory: bool, whether to run python's garbage collection.

    >>> import kerax as tf
    >>> tf.keras.backend.clear_session()
    >>> tf.keras.layers.Dense(1).name
    'dense'
    """
    store = _store()
    kept = {name: store[name] for name in _KEPT if name in store}
    store.clear()
    store.update(kept)
    if free_memory:
        import gc

        gc.collect()
