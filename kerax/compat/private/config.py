"""``tensorflow.python.framework.config``."""

from __future__ import annotations

from kerax.config.experimental import disable_op_determinism as disable_op_determinism
from kerax.config.experimental import is_op_determinism_enabled as is_op_determinism_enabled
