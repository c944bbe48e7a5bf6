"""``tf.keras.preprocessing``."""

from kerax.keras.preprocessing import image as image
from kerax.keras.preprocessing import sequence as sequence
from kerax.keras.preprocessing import text as text
from kerax.keras.utils.image_dataset import image_dataset_from_directory as image_dataset_from_directory
from kerax.keras.utils.text_dataset import text_dataset_from_directory as text_dataset_from_directory
from kerax.keras.utils.timeseries_dataset import timeseries_dataset_from_array as timeseries_dataset_from_array
