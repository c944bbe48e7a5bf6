"""``tf.keras.preprocessing.image``."""

from kerax.keras.preprocessing.image.generator import ImageDataGenerator as ImageDataGenerator
from kerax.keras.preprocessing.image.iterators import DataFrameIterator as DataFrameIterator
from kerax.keras.preprocessing.image.iterators import DirectoryIterator as DirectoryIterator
from kerax.keras.preprocessing.image.iterators import Iterator as Iterator
from kerax.keras.preprocessing.image.iterators import NumpyArrayIterator as NumpyArrayIterator
from kerax.keras.preprocessing.image.transforms import apply_affine_transform as apply_affine_transform
from kerax.keras.preprocessing.image.transforms import apply_brightness_shift as apply_brightness_shift
from kerax.keras.preprocessing.image.transforms import apply_channel_shift as apply_channel_shift
from kerax.keras.preprocessing.image.transforms import random_brightness as random_brightness
from kerax.keras.preprocessing.image.transforms import random_channel_shift as random_channel_shift
from kerax.keras.preprocessing.image.transforms import random_rotation as random_rotation
from kerax.keras.preprocessing.image.transforms import random_shear as random_shear
from kerax.keras.preprocessing.image.transforms import random_shift as random_shift
from kerax.keras.preprocessing.image.transforms import random_zoom as random_zoom
from kerax.keras.utils.images import array_to_img as array_to_img
from kerax.keras.utils.images import img_to_array as img_to_array
from kerax.keras.utils.images import load_img as load_img
from kerax.keras.utils.images import save_img as save_img
from kerax.keras.utils.images import smart_resize as smart_resize
