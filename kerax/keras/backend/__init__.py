"""``tf.keras.backend``: settings, and Keras 2's functions on tensors."""

from kerax.keras.config import backend as backend
from kerax.keras.engine.global_state import clear_session as clear_session
from kerax.keras.engine.keras_tensor import is_keras_tensor as is_keras_tensor
from kerax.keras.engine.names import get_uid as get_uid
from kerax.keras.engine.names import name_scope as name_scope
from kerax.keras.engine.names import reset_uids as reset_uids
from kerax.keras.engine.settings import epsilon as epsilon
from kerax.keras.engine.settings import floatx as floatx
from kerax.keras.engine.settings import image_data_format as image_data_format
from kerax.keras.engine.settings import is_float_dtype as is_float_dtype
from kerax.keras.engine.settings import is_int_dtype as is_int_dtype
from kerax.keras.engine.settings import set_epsilon as set_epsilon
from kerax.keras.engine.settings import set_floatx as set_floatx
from kerax.keras.engine.settings import set_image_data_format as set_image_data_format
from kerax.keras.engine.settings import standardize_dtype as standardize_dtype
