"""``tf.keras.callbacks``."""

from kerax.keras.callbacks import experimental as experimental
from kerax.keras.callbacks.backup_and_restore import BackupAndRestore as BackupAndRestore
from kerax.keras.callbacks.base_logger import BaseLogger as BaseLogger
from kerax.keras.callbacks.callback import Callback as Callback
from kerax.keras.callbacks.callback_list import CallbackList as CallbackList
from kerax.keras.callbacks.csv_logger import CSVLogger as CSVLogger
from kerax.keras.callbacks.early_stopping import EarlyStopping as EarlyStopping
from kerax.keras.callbacks.history import History as History
from kerax.keras.callbacks.lambda_callback import LambdaCallback as LambdaCallback
from kerax.keras.callbacks.learning_rate import LearningRateScheduler as LearningRateScheduler
from kerax.keras.callbacks.learning_rate import ReduceLROnPlateau as ReduceLROnPlateau
from kerax.keras.callbacks.model_checkpoint import ModelCheckpoint as ModelCheckpoint
from kerax.keras.callbacks.progbar_logger import ProgbarLogger as ProgbarLogger
from kerax.keras.callbacks.remote_monitor import RemoteMonitor as RemoteMonitor
from kerax.keras.callbacks.swap_ema_weights import SwapEMAWeights as SwapEMAWeights
from kerax.keras.callbacks.tensorboard import TensorBoard as TensorBoard
from kerax.keras.callbacks.terminate_on_nan import TerminateOnNaN as TerminateOnNaN
