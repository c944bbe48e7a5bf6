"""``tf.keras.layers.experimental.preprocessing``: old names of the preprocessing layers."""

from kerax.keras.layers.preprocessing.category_encoding import CategoryEncoding as CategoryEncoding
from kerax.keras.layers.preprocessing.data_layer import PreprocessingLayer as PreprocessingLayer
from kerax.keras.layers.preprocessing.discretization import Discretization as Discretization
from kerax.keras.layers.preprocessing.hashing import HashedCrossing as HashedCrossing
from kerax.keras.layers.preprocessing.hashing import Hashing as Hashing
from kerax.keras.layers.preprocessing.image.random_affine import RandomRotation as RandomRotation
from kerax.keras.layers.preprocessing.image.random_affine import RandomTranslation as RandomTranslation
from kerax.keras.layers.preprocessing.image.random_affine import RandomZoom as RandomZoom
from kerax.keras.layers.preprocessing.image.random_colour import RandomContrast as RandomContrast
from kerax.keras.layers.preprocessing.image.random_crop import RandomCrop as RandomCrop
from kerax.keras.layers.preprocessing.image.random_crop import RandomHeight as RandomHeight
from kerax.keras.layers.preprocessing.image.random_crop import RandomWidth as RandomWidth
from kerax.keras.layers.preprocessing.image.random_flip import RandomFlip as RandomFlip
from kerax.keras.layers.preprocessing.image.resizing import CenterCrop as CenterCrop
from kerax.keras.layers.preprocessing.image.resizing import Resizing as Resizing
from kerax.keras.layers.preprocessing.normalization import Normalization as Normalization
from kerax.keras.layers.preprocessing.rescaling import Rescaling as Rescaling
from kerax.keras.layers.preprocessing.string_lookup import IntegerLookup as IntegerLookup
from kerax.keras.layers.preprocessing.string_lookup import StringLookup as StringLookup
from kerax.keras.layers.preprocessing.text_vectorization import TextVectorization as TextVectorization
