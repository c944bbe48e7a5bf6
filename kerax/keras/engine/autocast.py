"""The scope in which float variables are read in a layer's compute dtype."""

from __future__ import annotations

from typing import Any

from kerax.keras.engine import global_state
from kerax.keras.engine.settings import is_float_dtype, standardize_dtype
from kerax.math.casting import cast


class AutocastScope:
    """Within it, variables made with ``autocast=True`` are read as ``dtype``.

    Args:
      dtype: a float dtype, or None for no casting.
    """

    def __init__(self, dtype: Any) -> None:
        if dtype is not None:
            dtype = standardize_dtype(dtype)
            if not is_float_dtype(dtype):
                raise ValueError(
                    "`AutocastScope` can only be used with a floating-point target dtype, such as 'float16'. "
                    f"Received: dtype={dtype}"
                )
        self.dtype = dtype
        self._outer: AutocastScope | None = None

    def maybe_cast(self, value: Any) -> Any:
        if self.dtype is not None and is_float_dtype(value.dtype):
            return cast(value, self.dtype)
        return value

    def __enter__(self) -> AutocastScope:
        self._outer = get_autocast_scope()
        global_state.put("autocast_scope", self)
        return self

    def __exit__(self, *exc: Any) -> None:
        global_state.put("autocast_scope", self._outer)


def get_autocast_scope() -> AutocastScope | None:
    return global_state.get("autocast_scope")
