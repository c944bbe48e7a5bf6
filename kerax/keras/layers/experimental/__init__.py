"""``tf.keras.layers.experimental``, of Keras 2."""

from kerax.keras.layers.core.einsum_dense import EinsumDense as EinsumDense
from kerax.keras.layers.experimental import preprocessing as preprocessing
from kerax.keras.layers.experimental.random_fourier_features import RandomFourierFeatures as RandomFourierFeatures
from kerax.keras.layers.experimental.sync_batch_normalization import SyncBatchNormalization as SyncBatchNormalization
