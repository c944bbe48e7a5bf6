"""Assertions about NaN and infinity."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from kerax.core import effects, errors
from kerax.core.dispatch import Call, dispatch
from kerax.core.op import composed
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor

_finite = Call(lambda x: jnp.all(jnp.isfinite(x)), "CheckNumerics")
_same = Call(lambda x: x + jnp.zeros_like(x), "Identity")


@composed
def check_numerics(tensor: Any, message: str, name: str | None = None) -> Tensor:
    """Returns the tensor, or raises if it holds NaN or infinity.

    Args:
      tensor: float Tensor.
      message: str, the beginning of the error's text.
      name: ignored.

    Raises:
      InvalidArgumentError: it does.
    """
    tensor = convert_to_tensor(tensor)
    if not tensor.dtype.is_floating:
        raise errors.InvalidArgumentError(None, None, f"check_numerics needs a float tensor, got {tensor.dtype.name}.")

    def text(values: Any) -> str:
        kinds = [name for name, test in (("Inf", np.isinf), ("NaN", np.isnan)) if test(values.astype(np.float64)).any()]
        return f"{message} : Tensor had {' and '.join(kinds)} values"

    effects.check(dispatch(_finite, [tensor]), text, [tensor])
    return dispatch(_same, [tensor]) if tensor._is_symbolic() else tensor


@composed
def assert_all_finite(x: Any, message: str, name: str | None = None) -> Tensor:
    """Returns the tensor, or raises if it holds NaN or infinity; arguments as ``check_numerics``."""
    return check_numerics(x, message, name)


def enable_check_numerics(stack_height_limit: int = 30, path_length_limit: int = 50) -> None:
    """Makes JAX raise ``FloatingPointError`` where a compiled program produces NaN.

    Args:
      stack_height_limit, path_length_limit: TensorFlow's, unused.
    """
    jax.config.update("jax_debug_nans", True)


def disable_check_numerics() -> None:
    """Undoes ``enable_check_numerics``."""
    jax.config.update("jax_debug_nans", False)
