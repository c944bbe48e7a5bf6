"""``keras.src.backend``."""

from __future__ import annotations

from kerax.keras.engine.layer import get_mask, set_mask

get_keras_mask = get_mask
set_keras_mask = set_mask
