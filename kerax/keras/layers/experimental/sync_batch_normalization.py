"""``tf.keras.layers.experimental.SyncBatchNormalization``."""

from __future__ import annotations

from typing import Any

from kerax.keras.layers.normalization.batch_normalization import BatchNormalization


class SyncBatchNormalization(BatchNormalization):
    """Batch normalization with the statistics of all replicas: ``BatchNormalization(synchronized=True)``.

    Args:
      axis: int, the features' axis.
      momentum: float, of the moving statistics.
      epsilon: float, added to the variance.
      center: bool, whether an offset is learned.
      scale: bool, whether a factor is learned.
      **kwargs: as for ``BatchNormalization``.

    >>> import kerax as tf
    >>> tf.keras.layers.experimental.SyncBatchNormalization()(tf.ones((2, 3)), training=False).shape
    TensorShape([2, 3])
    """

    def __init__(
        self,
        axis: int = -1,
        momentum: float = 0.99,
        epsilon: float = 1e-3,
        center: bool = True,
        scale: bool = True,
        **kwargs: Any,
    ) -> None:
        kwargs["synchronized"] = True
        super().__init__(axis=axis, momentum=momentum, epsilon=epsilon, center=center, scale=scale, **kwargs)
