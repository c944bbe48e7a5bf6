"""``tf.keras.applications``: known image models, and what they do to images."""

from kerax.keras.applications import imagenet_utils as imagenet_utils
