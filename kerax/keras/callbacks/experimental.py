"""``keras.callbacks.experimental`` (Keras 2)."""

from kerax.keras.callbacks.backup_and_restore import BackupAndRestore as BackupAndRestore
