"""``keras.initializers.Initializer``."""

from __future__ import annotations

from typing import Any


class Initializer:
    """The base class of initializers: override ``__call__(shape, dtype=None)``.

    >>> import kerax as tf
    >>> class Twos(tf.keras.initializers.Initializer):
    ...     def __call__(self, shape, dtype=None):
    ...         return tf.fill(shape, 2.0)
    >>> Twos()((2,)).numpy()
    array([2., 2.], dtype=float32)
    """

    def __call__(self, shape: Any, dtype: Any = None, **kwargs: Any) -> Any:
        """Makes initial values.

        Args:
          shape: tuple of int.
          dtype: the dtype, Keras' float type by default.
        """
        raise NotImplementedError("Initializer subclasses must implement the `__call__()` method.")

    def get_config(self) -> dict[str, Any]:
        """The constructor's arguments."""
        return {}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        """An initializer of a config."""
        config.pop("dtype", None)
        return cls(**config)

    def clone(self) -> Any:
        """A new initializer of the same config."""
        return type(self).from_config(self.get_config())
