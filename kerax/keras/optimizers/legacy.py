"""The optimizers of Keras before 2.11 (``tf.keras.optimizers.legacy``): formulas, ``lr`` and ``decay``."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core import variable as core
from kerax.core.op import op
from kerax.core.state import init_scope
from kerax.core.value import Tensor
from kerax.keras.engine.arguments import keras_2_order
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.settings import epsilon as default_epsilon
from kerax.keras.engine.variable import Variable
from kerax.keras.initializers import Constant
from kerax.keras.optimizers import optimizer as new
from kerax.keras.optimizers._own_steps import OwnSteps
from kerax.keras.optimizers.schedules.schedule import LearningRateSchedule


@op("rate; step")
def _decayed(rate, step, decay):
    return rate / (1 + jnp.asarray(decay, rate.dtype) * step.astype(rate.dtype))


class Optimizer(OwnSteps):
    """The base of the legacy optimizers.

    Args:
      name: str.
      gradient_aggregator: function from pairs of gradient and variable to such pairs, called before a step.
      gradient_transformers: list of such functions, called one after the other behind it.
      **kwargs: ``learning_rate`` or ``lr``; ``decay``: the rate is divided by ``1 + decay * step``;
        ``clipnorm``, ``clipvalue``, ``global_clipnorm``.
    """

    _takes_decay = True
    _counter_name = "iter"
    _slots_by_weight = False  # or by name: the order of the variables
    _short_names: dict[str, str] = {}
    _default_rate = 0.001

    def __init__(
        self, name: str, gradient_aggregator: Any = None, gradient_transformers: Any = None, **kwargs: Any
    ) -> None:
        decay = kwargs.pop("decay", 0.0) or 0.0
        if decay < 0.0:
            raise ValueError(f"decay cannot be less than 0. Received: decay={decay}.")
        for key in ("clipnorm", "clipvalue", "global_clipnorm"):
            if kwargs.get(key) is not None and kwargs[key] < 0:
                raise ValueError(f"Expected {key} >= 0, received: {kwargs[key]}")
        super().__init__(name=name, **kwargs)
        self.decay = float(decay)
        self._given_rate = kwargs.get("learning_rate")
        self.gradient_aggregator = gradient_aggregator
        self.gradient_transformers = gradient_transformers or []

    def apply_gradients(self, grads_and_vars: Any, *args: Any, **kwargs: Any) -> Any:
        """Updates variables with what aggregator and transformers make of their gradients.

        Args:
          grads_and_vars: pairs of gradient and variable.
          *args, **kwargs: see ``tf.keras.optimizers.Optimizer``.
        """
        changes = [self.gradient_aggregator] if self.gradient_aggregator else []
        pairs = list(grads_and_vars)
        for change in [*changes, *self.gradient_transformers]:
            pairs = list(change([(gradient, variable) for gradient, variable in pairs if gradient is not None]))
        return super().apply_gradients(pairs, *args, **kwargs)

    minimize = keras_2_order("self", "loss", "var_list", "grad_loss", "name", "tape")(new.Optimizer.minimize)

    @property
    def _name(self) -> str:
        return self.name

    def _rate(self) -> Tensor:
        rate = super()._rate()
        return _decayed(rate, self._iterations._read_quietly(), self.decay) if self.decay else rate

    def _meet_unknown(self, variable: Any) -> None:
        """Unlike the new ones, a legacy optimizer takes more variables at any time."""
        index = len(self._trainable_variables)
        self._trainable_variables.append(variable)
        self._trainable_variables_indices[self._var_key(variable)] = index
        self._slots.append({})
        self._make_slots([variable], self._slots[index:])

    def build(self, variables: Any) -> None:
        if self.built:
            return
        self._index(list(variables))
        self._make_slots(self._trainable_variables, self._slots)

    def _make_slots(self, variables: list[Any], slots: list[dict[str, Any]]) -> None:
        names, pairs = self._slot_names(), list(zip(variables, slots, strict=True))
        by_weight = [(name, pair) for pair in pairs for name in names]
        for (name, initializer), (variable, kept) in (
            by_weight if self._slots_by_weight else ((name, pair) for name in names for pair in pairs)
        ):
            kept[name] = self.add_variable_from_reference(variable, name, initializer=initializer)
        with init_scope():
            self._create_slots(variables)

    def _slot_names(self) -> list[tuple[str, Any]]:
        return []

    def _slot_path(self, variable: Any, name: str) -> str:
        return f"{variable.name.split(':')[0]}/{name}"

    def get_slot(self, var: Any, slot_name: str) -> Any:
        """The variable kept for a weight under a name."""
        return self._slots[self._get_variable_index(var)][slot_name]

    def get_slot_names(self) -> list[str]:
        return list(dict.fromkeys([*(n for n, _ in self._slot_names()), *(n for kept in self._slots for n in kept)]))

    def get_config(self) -> dict[str, Any]:
        if type(self).rule is new.Optimizer.rule:  # an optimizer of the user's, who adds what it takes
            config: dict[str, Any] = {"name": self.name}
        else:
            config = super().get_config()
            config = {key: config[key] for key in ["name", "learning_rate", *self._config_names]}
            config["decay"] = self.decay
        if self.built:  # TensorFlow has made variables of them
            numbers = {
                key for key in _HYPERPARAMETERS & set(config) if isinstance(config[key], (int, float, np.number))
            }
            config.update({key: np.float32(config[key]) for key in numbers})
        elif isinstance(self._given_rate, float) and "learning_rate" in config:
            config["learning_rate"] = self._given_rate
        for key in ("clipnorm", "clipvalue", "global_clipnorm"):
            if getattr(self, key) is not None:
                config[key] = getattr(self, key)
        return config


_HYPERPARAMETERS = {
    "learning_rate", "momentum", "rho", "beta", "beta_1", "beta_2", "learning_rate_power",
    "l1_regularization_strength", "l2_regularization_strength",
}  # fmt: skip


def _number(value: Any) -> Any:
    """A hyperparameter as a python number; it may come as a tensor or a function."""
    if callable(value) and not isinstance(value, (core.Variable, Tensor)):
        value = value()
    return float(to_tensor(value).numpy()) if not isinstance(value, (int, float, bool)) else value


class SGD(Optimizer):
    """Gradient descent with momentum: ``v = momentum * v - lr * g``. See ``keras.optimizers.SGD``."""

    _config_names = ("momentum", "nesterov")

    def __init__(
        self, learning_rate: Any = 0.01, momentum: Any = 0.0, nesterov: bool = False, name: str = "SGD", **kwargs: Any
    ) -> None:
        super().__init__(name, learning_rate=kwargs.pop("lr", learning_rate), **kwargs)
        momentum = _number(momentum)
        if momentum < 0 or momentum > 1:
            raise ValueError(f"`momentum` must be between [0, 1]. Received: momentum={momentum}.")
        self.momentum = momentum
        self.nesterov = nesterov

    def _slot_names(self) -> list[tuple[str, Any]]:
        return [("momentum", "zeros")] if self.momentum else []

    def rule(self, gradient: Any, value: Any, slots: Any, learning_rate: Any, step: Any, variable: Any) -> Any:
        if not self.momentum:
            return value - learning_rate * gradient, {}
        v = self.momentum * slots["momentum"] - learning_rate * gradient
        update = self.momentum * v - learning_rate * gradient if self.nesterov else v
        return value + update, {"momentum": v}


class Adam(Optimizer):
    """Adam. See ``keras.optimizers.Adam``."""

    _config_names = ("beta_1", "beta_2", "epsilon", "amsgrad")

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta_1: Any = 0.9,
        beta_2: Any = 0.999,
        epsilon: Any = 1e-7,
        amsgrad: bool = False,
        name: str = "Adam",
        **kwargs: Any,
    ) -> None:
        super().__init__(name, learning_rate=kwargs.pop("lr", learning_rate), **kwargs)
        self.beta_1, self.beta_2 = _number(beta_1), _number(beta_2)
        self.epsilon = epsilon or default_epsilon()
        self.amsgrad = amsgrad

    def _slot_names(self) -> list[tuple[str, Any]]:
        names = [("m", "zeros"), ("v", "zeros")]
        return [*names, ("vhat", "zeros")] if self.amsgrad else names

    def rule(self, gradient: Any, value: Any, slots: Any, learning_rate: Any, step: Any, variable: Any) -> Any:
        t = (step + 1).astype(value.dtype)
        power_1 = jnp.power(jnp.asarray(self.beta_1, value.dtype), t)
        power_2 = jnp.power(jnp.asarray(self.beta_2, value.dtype), t)
        rate = learning_rate * jnp.sqrt(1 - power_2) / (1 - power_1)
        m = self.beta_1 * slots["m"] + (1 - self.beta_1) * gradient
        v = self.beta_2 * slots["v"] + (1 - self.beta_2) * jnp.square(gradient)
        changed = {"m": m, "v": v}
        if self.amsgrad:
            v = changed["vhat"] = jnp.maximum(slots["vhat"], v)
        return value - rate * m / (jnp.sqrt(v) + self.epsilon), changed


class Adamax(Adam):
    """Adamax. See ``keras.optimizers.Adamax``."""

    _config_names = ("beta_1", "beta_2", "epsilon")

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta_1: Any = 0.9,
        beta_2: Any = 0.999,
        epsilon: Any = 1e-7,
        name: str = "Adamax",
        **kwargs: Any,
    ) -> None:
        super().__init__(learning_rate, beta_1, beta_2, epsilon, name=name, **kwargs)

    def rule(self, gradient: Any, value: Any, slots: Any, learning_rate: Any, step: Any, variable: Any) -> Any:
        power = jnp.power(jnp.asarray(self.beta_1, value.dtype), (step + 1).astype(value.dtype))
        m = self.beta_1 * slots["m"] + (1 - self.beta_1) * gradient
        v = jnp.maximum(self.beta_2 * slots["v"], jnp.abs(gradient))
        return value - learning_rate / (1 - power) * m / (v + self.epsilon), {"m": m, "v": v}


class Nadam(Adam):
    """Nadam. See ``keras.optimizers.Nadam``; ``schedule_decay`` sets how the momentum warms up."""

    _config_names = ("beta_1", "beta_2", "epsilon")

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta_1: Any = 0.9,
        beta_2: Any = 0.999,
        epsilon: Any = 1e-7,
        name: str = "Nadam",
        **kwargs: Any,
    ) -> None:
        if isinstance(kwargs.get("lr", learning_rate), LearningRateSchedule):
            raise ValueError("The Nadam optimizer does not support tf.keras.optimizers.LearningRateSchedules.")
        kwargs.pop("decay", None)  # Keras overwrites it with `schedule_decay`
        schedule_decay = kwargs.pop("schedule_decay", None)
        super().__init__(learning_rate, beta_1, beta_2, epsilon, name=name, **kwargs)
        self.schedule_decay = 0.004 if schedule_decay is None else schedule_decay

    def build(self, variables: Any) -> None:
        if self.built:
            return
        self._index(list(variables))
        self._shared["product"] = Variable(1.0, name="momentum_cache", trainable=False)
        self._track_variable(self._shared["product"])
        self._make_slots(self._trainable_variables, self._slots)

    def _momentum(self, step: Any, dtype: Any) -> Any:
        base = jnp.asarray(0.96, dtype)
        return self.beta_1 * (1.0 - 0.5 * jnp.power(base, self.schedule_decay * step.astype(dtype)))

    def share(self, shared: dict[str, Any], step: Any) -> dict[str, Any]:
        return {"product": shared["product"] * self._momentum(step + 1, shared["product"].dtype)}

    def rule(self, gradient: Any, value: Any, slots: Any, learning_rate: Any, step: Any, variable: Any) -> Any:
        now, later = self._momentum(step + 1, value.dtype), self._momentum(step + 2, value.dtype)
        product = slots["product"].astype(value.dtype)
        m = self.beta_1 * slots["m"] + (1 - self.beta_1) * gradient
        v = self.beta_2 * slots["v"] + (1 - self.beta_2) * jnp.square(gradient)
        v_hat = v / (1 - jnp.power(jnp.asarray(self.beta_2, value.dtype), (step + 1).astype(value.dtype)))
        bar = (1 - now) * gradient / (1 - product) + later * m / (1 - product * later)
        return value - learning_rate * bar / (jnp.sqrt(v_hat) + self.epsilon), {"m": m, "v": v}

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "decay": self.schedule_decay}


class RMSprop(Optimizer):
    """RMSprop with epsilon outside the root, unless with momentum. See ``keras.optimizers.RMSprop``."""

    _config_names = ("rho", "momentum", "epsilon", "centered")

    def __init__(
        self,
        learning_rate: Any = 0.001,
        rho: Any = 0.9,
        momentum: Any = 0.0,
        epsilon: Any = 1e-7,
        centered: bool = False,
        name: str = "RMSprop",
        **kwargs: Any,
    ) -> None:
        super().__init__(name, learning_rate=kwargs.pop("lr", learning_rate), **kwargs)
        self.rho, self.momentum = _number(rho), _number(momentum)
        if self.momentum < 0 or self.momentum > 1:
            raise ValueError(f"`momentum` must be between [0, 1]. Received: momentum={momentum}.")
        self.epsilon = epsilon or default_epsilon()
        self.centered = centered

    def _slot_names(self) -> list[tuple[str, Any]]:
        names = [("rms", "zeros")]
        if self.momentum:
            names.append(("momentum", "zeros"))
        return [*names, ("mg", "zeros")] if self.centered else names

    def rule(self, gradient: Any, value: Any, slots: Any, learning_rate: Any, step: Any, variable: Any) -> Any:
        square = self.rho * slots["rms"] + (1 - self.rho) * jnp.square(gradient)
        changed = {"rms": square}
        spread = square
        if self.centered:
            mean = changed["mg"] = self.rho * slots["mg"] + (1 - self.rho) * gradient
            spread = square - jnp.square(mean)
        if self.momentum:
            step_size = learning_rate * gradient / jnp.sqrt(spread + self.epsilon)
            step_size = changed["momentum"] = self.momentum * slots["momentum"] + step_size
            return value - step_size, changed
        return value - learning_rate * gradient / (jnp.sqrt(spread) + self.epsilon), changed


class Adagrad(Optimizer):
    """Adagrad with epsilon outside the root. See ``keras.optimizers.Adagrad``."""

    _config_names = ("initial_accumulator_value", "epsilon")

    def __init__(
        self,
        learning_rate: Any = 0.001,
        initial_accumulator_value: float = 0.1,
        epsilon: Any = 1e-7,
        name: str = "Adagrad",
        **kwargs: Any,
    ) -> None:
        if initial_accumulator_value < 0.0:
            raise ValueError(f"initial_accumulator_value must be non-negative: {initial_accumulator_value}")
        super().__init__(name, learning_rate=kwargs.pop("lr", learning_rate), **kwargs)
        self.initial_accumulator_value = initial_accumulator_value
        self.epsilon = default_epsilon() if epsilon is None else epsilon

    def _slot_names(self) -> list[tuple[str, Any]]:
        return [("accumulator", Constant(self.initial_accumulator_value))]

    def rule(self, gradient: Any, value: Any, slots: Any, learning_rate: Any, step: Any, variable: Any) -> Any:
        total = slots["accumulator"] + jnp.square(gradient)
        return value - learning_rate * gradient / (jnp.sqrt(total) + self.epsilon), {"accumulator": total}


class Adadelta(Optimizer):
    """Adadelta. See ``keras.optimizers.Adadelta``."""

    _config_names = ("rho", "epsilon")

    def __init__(
        self, learning_rate: Any = 0.001, rho: Any = 0.95, epsilon: Any = 1e-7, name: str = "Adadelta", **kwargs: Any
    ) -> None:
        super().__init__(name, learning_rate=kwargs.pop("lr", learning_rate), **kwargs)
        self.rho = _number(rho)
        self.epsilon = epsilon or default_epsilon()

    def _slot_names(self) -> list[tuple[str, Any]]:
        return [("accum_grad", "zeros"), ("accum_var", "zeros")]

    def rule(self, gradient: Any, value: Any, slots: Any, learning_rate: Any, step: Any, variable: Any) -> Any:
        squares = self.rho * slots["accum_grad"] + (1 - self.rho) * jnp.square(gradient)
        delta = jnp.sqrt(slots["accum_var"] + self.epsilon) / jnp.sqrt(squares + self.epsilon) * gradient
        steps = self.rho * slots["accum_var"] + (1 - self.rho) * jnp.square(delta)
        return value - learning_rate * delta, {"accum_grad": squares, "accum_var": steps}


class Ftrl(Optimizer):
    """Ftrl. See ``keras.optimizers.Ftrl``."""

    _slots_by_weight = True
    _config_names = (
        "learning_rate_power",
        "initial_accumulator_value",
        "l1_regularization_strength",
        "l2_regularization_strength",
        "l2_shrinkage_regularization_strength",
        "beta",
    )

    def __init__(
        self,
        learning_rate: Any = 0.001,
        learning_rate_power: float = -0.5,
        initial_accumulator_value: float = 0.1,
        l1_regularization_strength: float = 0.0,
        l2_regularization_strength: float = 0.0,
        name: str = "Ftrl",
        l2_shrinkage_regularization_strength: float = 0.0,
        beta: float = 0.0,
        **kwargs: Any,
    ) -> None:
        super().__init__(name, learning_rate=kwargs.pop("lr", learning_rate), **kwargs)
        given = {
            "initial_accumulator_value": initial_accumulator_value,
            "l1_regularization_strength": l1_regularization_strength,
            "l2_regularization_strength": l2_regularization_strength,
            "l2_shrinkage_regularization_strength": l2_shrinkage_regularization_strength,
        }
        for argument, number in given.items():
            if number < 0.0:
                raise ValueError(f"`{argument}` needs to be positive or zero. Received: {argument}={number}.")
            setattr(self, argument, number)
        if learning_rate_power > 0.0:
            raise ValueError(
                "`learning_rate_power` needs to be negative or zero. Received: "
                f"learning_rate_power={learning_rate_power}."
            )
        self.learning_rate_power = learning_rate_power
        self.beta = beta

    def _slot_names(self) -> list[tuple[str, Any]]:
        return [("accumulator", Constant(self.initial_accumulator_value)), ("linear", "zeros")]

    def rule(self, gradient: Any, value: Any, slots: Any, learning_rate: Any, step: Any, variable: Any) -> Any:
        power = -self.learning_rate_power
        total, linear = slots["accumulator"], slots["linear"]
        l2 = self.l2_regularization_strength + self.beta / (2.0 * learning_rate)
        shrunk = gradient + 2 * self.l2_shrinkage_regularization_strength * value
        new_total = total + jnp.square(gradient)
        sigma = (jnp.power(new_total, power) - jnp.power(total, power)) / learning_rate
        linear = linear + shrunk - sigma * value
        quadratic = jnp.power(new_total, power) / learning_rate + 2 * l2
        limit = self.l1_regularization_strength
        return (jnp.clip(linear, -limit, limit) - linear) / quadratic, {"accumulator": new_total, "linear": linear}
