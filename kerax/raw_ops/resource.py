"""Raw ops that change Variables, whose ``handle`` is the Variable itself. They return None, as TensorFlow's do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kerax.core.tensor import convert_to_tensor
from kerax.math import sqrt
from kerax.sparse.indexed_slices import IndexedSlices


def read(resource: Any, dtype: Any) -> Any:
    return resource.read_value()


def assign(resource: Any, value: Any, validate_shape: bool) -> None:
    resource.assign(value)


def assign_add(resource: Any, value: Any) -> None:
    resource.assign_add(value)


def assign_sub(resource: Any, value: Any) -> None:
    resource.assign_sub(value)


def gather(resource: Any, indices: Any, dtype: Any) -> Any:
    return resource.sparse_read(indices)


def _scatter(name: str) -> Callable[..., None]:
    def change(resource: Any, indices: Any, updates: Any) -> None:
        values = convert_to_tensor(updates, resource.dtype)
        getattr(resource, name)(IndexedSlices(values, convert_to_tensor(indices)))

    return change


scatter_add, scatter_sub, scatter_mul = _scatter("scatter_add"), _scatter("scatter_sub"), _scatter("scatter_mul")
scatter_div, scatter_min, scatter_max = _scatter("scatter_div"), _scatter("scatter_min"), _scatter("scatter_max")
scatter_update = _scatter("scatter_update")


def apply_gradient_descent(var: Any, alpha: Any, delta: Any, use_locking: bool) -> None:
    var.assign_sub(alpha * convert_to_tensor(delta))


def apply_momentum(
    var: Any, accum: Any, lr: Any, grad: Any, momentum: Any, use_locking: bool, use_nesterov: bool
) -> None:
    grad = convert_to_tensor(grad)
    accum.assign(accum * momentum + grad)
    var.assign_sub(grad * lr + accum * momentum * lr if use_nesterov else accum * lr)


def apply_keras_momentum(
    var: Any, accum: Any, lr: Any, grad: Any, momentum: Any, use_locking: bool, use_nesterov: bool
) -> None:
    step = convert_to_tensor(grad) * lr
    accum.assign(accum * momentum - step)
    var.assign_add(accum * momentum - step if use_nesterov else accum)


def apply_adam(
    var: Any, m: Any, v: Any, beta1_power: Any, beta2_power: Any, lr: Any, beta1: Any, beta2: Any, epsilon: Any,
    grad: Any, use_locking: bool, use_nesterov: bool,
) -> None:  # fmt: skip
    grad = convert_to_tensor(grad)
    rate = lr * sqrt(convert_to_tensor(1 - beta2_power, var.dtype)) / (1 - beta1_power)
    m.assign_add((grad - m) * (1 - beta1))
    v.assign_add((grad * grad - v) * (1 - beta2))
    direction = m * beta1 + (1 - beta1) * grad if use_nesterov else m
    var.assign_sub(direction * rate / (sqrt(v) + epsilon))


def apply_adagrad_v2(
    var: Any, accum: Any, lr: Any, epsilon: Any, grad: Any, use_locking: bool, update_slots: bool
) -> None:
    grad = convert_to_tensor(grad)
    if update_slots:
        accum.assign_add(grad * grad)
    var.assign_sub(grad * lr / (sqrt(accum) + epsilon))


def apply_rms_prop(
    var: Any, ms: Any, mom: Any, lr: Any, rho: Any, momentum: Any, epsilon: Any, grad: Any, use_locking: bool
) -> None:
    grad = convert_to_tensor(grad)
    ms.assign_add((grad * grad - ms) * (1 - rho))
    mom.assign(mom * momentum + grad * lr / sqrt(ms + epsilon))
    var.assign_sub(mom)
