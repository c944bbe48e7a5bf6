"""``tf.keras.models``."""

from kerax.keras.engine.model import Model as Model
from kerax.keras.engine.model import model_from_config as model_from_config
from kerax.keras.engine.model import model_from_json as model_from_json
from kerax.keras.engine.model import model_from_yaml as model_from_yaml
from kerax.keras.engine.sequential import Sequential as Sequential
from kerax.keras.models.cloning import clone_model as clone_model
from kerax.keras.saving.saving_api import load_model as load_model
from kerax.keras.saving.saving_api import save_model as save_model
