"""``tf.keras.distribution``: programs on several devices, by JAX's sharding."""

from kerax.keras.distribution.devices import DeviceMesh as DeviceMesh
from kerax.keras.distribution.devices import get_device_count as get_device_count
from kerax.keras.distribution.devices import initialize as initialize
from kerax.keras.distribution.devices import list_devices as list_devices
from kerax.keras.distribution.distribution import DataParallel as DataParallel
from kerax.keras.distribution.distribution import ModelParallel as ModelParallel
from kerax.keras.distribution.distribution import distribution as distribution
from kerax.keras.distribution.distribution import set_distribution as set_distribution
from kerax.keras.distribution.layout import LayoutMap as LayoutMap
from kerax.keras.distribution.layout import TensorLayout as TensorLayout
from kerax.keras.distribution.layout import distribute_tensor as distribute_tensor
