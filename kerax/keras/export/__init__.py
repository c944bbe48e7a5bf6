"""``tf.keras.export``."""

from kerax.keras.export.export_archive import ExportArchive as ExportArchive
from kerax.keras.export.export_model import export_model as export_model
