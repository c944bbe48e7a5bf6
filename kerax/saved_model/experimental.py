"""``tf.saved_model.experimental``."""

from kerax.saved_model.asset import TrackableResource as TrackableResource
from kerax.saved_model.fingerprint import Fingerprint as Fingerprint
from kerax.saved_model.fingerprint import read_fingerprint as read_fingerprint
from kerax.saved_model.options import VariablePolicy as VariablePolicy
