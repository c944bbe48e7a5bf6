"""``tf.keras.mixed_precision``: the older names of dtype policies, and loss scaling."""

from kerax.keras.dtype_policies import DTypePolicy as DTypePolicy
from kerax.keras.dtype_policies import DTypePolicy as Policy
from kerax.keras.dtype_policies import dtype_policy as dtype_policy
from kerax.keras.dtype_policies import dtype_policy as global_policy
from kerax.keras.dtype_policies import set_dtype_policy as set_dtype_policy
from kerax.keras.dtype_policies import set_dtype_policy as set_global_policy
from kerax.keras.optimizers.loss_scale import LossScaleOptimizer as LossScaleOptimizer

__all__ = [
    "DTypePolicy",
    "LossScaleOptimizer",
    "Policy",
    "dtype_policy",
    "global_policy",
    "set_dtype_policy",
    "set_global_policy",
]
