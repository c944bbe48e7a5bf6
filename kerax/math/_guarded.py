"""Roots and reciprocals with TensorFlow's gradients: none where none comes back, however steep the function is.

So ``tf.where(x > 0, tf.sqrt(x), 0.)`` has the gradient 0 at ``x = 0``, where the product 0 · ∞ would be NaN.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.extend as jex
import jax.numpy as jnp
import numpy as np
from jax import lax
from jax.interpreters import ad, batching, mlir

from kerax.core.numpy_rules import UFUNCS


def _product(x: Any, y: Any) -> Any:
    return jnp.where(x == 0, jnp.zeros_like(x), x * y)


# The product of what is differentiated, x, and of a slope, y, both of one shape; 0 where x is.
_times = jex.core.Primitive("kerax_times")
_times.def_impl(jax.jit(_product))
_times.def_abstract_eval(lambda x, y: x)
batching.defbroadcasting(_times)
mlir.register_lowering(_times, mlir.lower_fun(_product, multiple_results=False))
UFUNCS[_times.name] = lambda x, y: np.where(x == 0, np.zeros_like(x), x * y)


def _jvp(primals: Any, tangents: Any) -> tuple[Any, Any]:
    (x, y), (dx, dy) = primals, tangents
    parts = [_times.bind(dx, y)] if type(dx) is not ad.Zero else []
    parts += [_times.bind(dy, x)] if type(dy) is not ad.Zero else []
    out = _times.bind(x, y)
    return out, parts[0] + parts[1] if len(parts) == 2 else parts[0]


def _transpose(cotangent: Any, x: Any, y: Any) -> list[Any]:
    if type(cotangent) is ad.Zero:
        return [None, None]
    if ad.is_undefined_primal(x):
        return [_times.bind(cotangent, y), None]
    return [None, _times.bind(cotangent, x)]


ad.primitive_jvps[_times] = _jvp
ad.primitive_transposes[_times] = _transpose


def _guarded(value: Callable[[Any], Any], slope: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A function of the derivative ``slope(value(x))``."""

    @jax.custom_jvp
    def guarded(x: Any) -> Any:
        return value(x)

    @guarded.defjvp
    def _(primals: Any, tangents: Any) -> tuple[Any, Any]:
        out = guarded(*primals)
        return out, _times.bind(tangents[0], slope(out))

    return guarded


sqrt = _guarded(jnp.sqrt, lambda y: 0.5 / y)
rsqrt = _guarded(lax.rsqrt, lambda y: -0.5 * y * y * y)
reciprocal = _guarded(lambda x: jnp.ones_like(x) / x, lambda y: -y * y)
