"""Raw ops that train Variables: ``ResourceApply…`` for whole gradients, ``ResourceSparseApply…`` for rows.

A rule takes the values of the variable and its slots, the gradient and the settings, and returns the new values.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kerax.array_ops import where
from kerax.core.tensor import convert_to_tensor
from kerax.math import abs as absolute
from kerax.math import exp, maximum, rsqrt, sign, sqrt
from kerax.math.casting import cast
from kerax.math.clip import clip_by_value
from kerax.sparse.indexed_slices import IndexedSlices


def _applied(rule: Callable[..., tuple[Any, ...]], *slots: str) -> Callable[..., None]:
    def apply(**arguments: Any) -> None:
        variables = [arguments.pop(name) for name in ("var", *slots)]
        dtype = variables[0].dtype
        grad = convert_to_tensor(arguments.pop("grad") if "grad" in arguments else arguments.pop("delta"), dtype)
        indices = arguments.pop("indices", None)
        settings = {name: value if isinstance(value, bool) else cast(value, dtype) for name, value in arguments.items()}
        if indices is None:
            values = [variable.read_value() for variable in variables]
        else:
            indices = convert_to_tensor(indices)
            values = [variable.sparse_read(indices) for variable in variables]
        for variable, value in zip(variables, rule(*values, grad, **settings), strict=True):
            if indices is None:
                variable.assign(value)
            else:
                variable.scatter_update(IndexedSlices(value, indices))

    return apply


def _gradient_descent(var: Any, delta: Any, alpha: Any) -> tuple[Any, ...]:
    return (var - alpha * delta,)


def _momentum(var: Any, accum: Any, g: Any, lr: Any, momentum: Any, use_nesterov: bool) -> tuple[Any, ...]:
    accum = accum * momentum + g
    return var - (g * lr + accum * momentum * lr if use_nesterov else accum * lr), accum


def _keras_momentum(var: Any, accum: Any, g: Any, lr: Any, momentum: Any, use_nesterov: bool) -> tuple[Any, ...]:
    step = g * lr
    accum = accum * momentum - step
    return var + (accum * momentum - step if use_nesterov else accum), accum


def _adam(
    var: Any, m: Any, v: Any, g: Any, beta1_power: Any, beta2_power: Any, lr: Any, beta1: Any, beta2: Any, epsilon: Any,
    use_nesterov: bool,
) -> tuple[Any, ...]:  # fmt: skip
    rate = lr * sqrt(1 - beta2_power) / (1 - beta1_power)
    m = m + (g - m) * (1 - beta1)
    v = v + (g * g - v) * (1 - beta2)
    direction = m * beta1 + (1 - beta1) * g if use_nesterov else m
    return var - direction * rate / (sqrt(v) + epsilon), m, v


def _amsgrad(
    var: Any, m: Any, v: Any, vhat: Any, g: Any, beta1_power: Any, beta2_power: Any, lr: Any, beta1: Any, beta2: Any,
    epsilon: Any,
) -> tuple[Any, ...]:  # fmt: skip
    rate = lr * sqrt(1 - beta2_power) / (1 - beta1_power)
    m = m + (g - m) * (1 - beta1)
    v = v + (g * g - v) * (1 - beta2)
    vhat = maximum(vhat, v)
    return var - m * rate / (sqrt(vhat) + epsilon), m, v, vhat


def _adamax(
    var: Any, m: Any, v: Any, g: Any, beta1_power: Any, lr: Any, beta1: Any, beta2: Any, epsilon: Any
) -> tuple[Any, ...]:
    m = m + (g - m) * (1 - beta1)
    v = maximum(beta2 * v, absolute(g))
    return var - lr / (1 - beta1_power) * (m / (v + epsilon)), m, v


def _adagrad(var: Any, accum: Any, g: Any, lr: Any, update_slots: bool, epsilon: Any = 0.0) -> tuple[Any, ...]:
    if update_slots:
        accum = accum + g * g
    return var - g * lr / (sqrt(accum) + epsilon), accum


def _adagrad_da(
    var: Any, total: Any, squares: Any, g: Any, lr: Any, l1: Any, l2: Any, global_step: Any
) -> tuple[Any, ...]:
    total, squares = total + g, squares + g * g
    rest = maximum(absolute(total) - l1 * global_step, 0)
    return -sign(total) * lr * rest / (l2 * global_step * lr + sqrt(squares)), total, squares


def _adadelta(var: Any, accum: Any, accum_update: Any, g: Any, lr: Any, rho: Any, epsilon: Any) -> tuple[Any, ...]:
    accum = accum * rho + g * g * (1 - rho)
    step = sqrt(accum_update + epsilon) * rsqrt(accum + epsilon) * g
    return var - step * lr, accum, accum_update * rho + step * step * (1 - rho)


def _rms_prop(var: Any, ms: Any, mom: Any, g: Any, lr: Any, rho: Any, momentum: Any, epsilon: Any) -> tuple[Any, ...]:
    ms = ms + (g * g - ms) * (1 - rho)
    mom = mom * momentum + g * lr / sqrt(ms + epsilon)
    return var - mom, ms, mom


def _centered_rms_prop(
    var: Any, mg: Any, ms: Any, mom: Any, g: Any, lr: Any, rho: Any, momentum: Any, epsilon: Any
) -> tuple[Any, ...]:
    ms = ms + (g * g - ms) * (1 - rho)
    mg = mg + (g - mg) * (1 - rho)
    mom = mom * momentum + g * lr / sqrt(ms - mg * mg + epsilon)
    return var - mom, mg, ms, mom


def _ftrl(
    var: Any, accum: Any, linear: Any, g: Any, lr: Any, l1: Any, l2: Any, lr_power: Any, multiply_linear_by_lr: bool,
    l2_shrinkage: Any = 0.0,
) -> tuple[Any, ...]:  # fmt: skip
    shrunk = g + 2 * l2_shrinkage * var
    new = accum + g * g
    rate = lr if multiply_linear_by_lr else 1
    slope = (new**-lr_power - accum**-lr_power) * rate / lr
    linear = linear + shrunk * rate - slope * var
    quadratic = new**-lr_power * rate / lr + 2 * l2 * rate
    return (clip_by_value(linear, -l1 * rate, l1 * rate) - linear) / quadratic, new, linear


def _sign_step(m: Any, g: Any, beta: Any) -> tuple[Any, Any]:
    m = m * beta + g * (1 - beta)
    return m, sign(g) * sign(m)


def _add_sign(var: Any, m: Any, g: Any, lr: Any, alpha: Any, sign_decay: Any, beta: Any) -> tuple[Any, ...]:
    m, agree = _sign_step(m, g, beta)
    return var - lr * (alpha + sign_decay * agree) * g, m


def _power_sign(var: Any, m: Any, g: Any, lr: Any, logbase: Any, sign_decay: Any, beta: Any) -> tuple[Any, ...]:
    m, agree = _sign_step(m, g, beta)
    return var - lr * exp(logbase * sign_decay * agree) * g, m


def _proximal(var: Any, g: Any, alpha: Any, l1: Any, l2: Any) -> tuple[Any, ...]:
    there = var - alpha * g
    shrunk = where(l1 > 0, sign(there) * maximum(absolute(there) - alpha * l1, 0), there)
    return (shrunk / (1 + l2 * alpha),)


def _proximal_adagrad(var: Any, accum: Any, g: Any, lr: Any, l1: Any, l2: Any) -> tuple[Any, ...]:
    accum = accum + g * g
    return (*_proximal(var, g, lr * rsqrt(accum), l1, l2), accum)


gradient_descent = _applied(_gradient_descent)
momentum = _applied(_momentum, "accum")
keras_momentum = _applied(_keras_momentum, "accum")
adam = _applied(_adam, "m", "v")
amsgrad = _applied(_amsgrad, "m", "v", "vhat")
adamax = _applied(_adamax, "m", "v")
adagrad = _applied(_adagrad, "accum")
adagrad_da = _applied(_adagrad_da, "gradient_accumulator", "gradient_squared_accumulator")
adadelta = _applied(_adadelta, "accum", "accum_update")
rms_prop = _applied(_rms_prop, "ms", "mom")
centered_rms_prop = _applied(_centered_rms_prop, "mg", "ms", "mom")
ftrl = _applied(_ftrl, "accum", "linear")
add_sign = _applied(_add_sign, "m")
power_sign = _applied(_power_sign, "m")
proximal = _applied(_proximal)
proximal_adagrad = _applied(_proximal_adagrad, "accum")
