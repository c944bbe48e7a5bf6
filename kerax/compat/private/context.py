"""``tensorflow.python.eager.context``."""

from __future__ import annotations

from kerax.core.random_state import global_seed as global_seed
