"""``keras.layers.JaxLayer`` and ``FlaxLayer``: models written in JAX as layers."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from kerax.core import context as core_context
from kerax.core.dispatch import Call, dispatch
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.keras import tree
from kerax.keras.engine.layer import Layer
from kerax.keras.engine.variable import Variable
from kerax.keras.random.seed_generator import SeedGenerator, draw_seed
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object

_CALL_ARGUMENTS = ("params", "state", "rng", "inputs", "training")
_INIT_ARGUMENTS = ("rng", "inputs", "training")


def _checked_names(fn: Callable[..., Any], called: str, allowed: tuple[str, ...]) -> list[str]:
    """The parameters of a user's function, which say what it is to be given."""
    names = list(inspect.signature(fn).parameters)
    if "inputs" not in names:
        raise ValueError(f"Missing required argument in `{called}`: `inputs`")
    for name in names:
        if name not in allowed:
            raise ValueError(
                f"Unsupported argument in `{called}`: `{name}`, supported arguments are `{'`, `'.join(allowed)}`"
            )
    return names


def _is_leaf(value: Any) -> bool:
    return isinstance(value, (Tensor, Variable))  # which are pytrees of their own


def _keys(seeds: Any) -> Any:
    """A structure of seed pairs as one of keys of ``jax.random``."""
    return jax.tree.map(
        lambda seed: (seed._value if isinstance(seed, Tensor) else seed).astype(jnp.uint32), seeds, is_leaf=_is_leaf
    )


class JaxLayer(Layer):
    """A function of JAX's as a layer.

    Args:
      call_fn: function of any of ``params``, ``state``, ``rng``, ``inputs`` and ``training``, by these names, that
        returns the outputs, and where it takes ``state`` also the new state: ``(outputs, state)``.
      init_fn: function of ``inputs`` and any of ``rng`` and ``training`` that returns the initial parameters, and where
        ``call_fn`` takes ``state`` also the initial state. ``inputs`` are ones, with 1 for open sizes.
      params: pytree of arrays, the parameters to begin with; trained.
      state: pytree of arrays, the state to begin with; not trained.
      seed: int, of the keys ``rng``, which are given in training only.
      native_serialization_platforms: list of platforms or None, kept in the config.

    Takes and returns a tensor or a structure of tensors ``[batch, …]``.

    Raises:
      ValueError: a function has other arguments, or there is nothing to take parameters from.

    Differs from Keras: SavedModels are made for CPU, GPU and TPU, whatever ``native_serialization_platforms`` says.

    >>> import kerax as tf, jax.numpy as jnp
    >>> layer = tf.keras.layers.JaxLayer(lambda params, inputs: inputs @ params["w"], params={"w": jnp.ones((2, 1))})
    >>> layer(tf.constant([[1.0, 2.0]])).numpy()
    array([[3.]], dtype=float32)

    Source: https://keras.io/api/layers/backend_specific_layers/jax_layer/
    """

    def __init__(
        self,
        call_fn: Callable[..., Any],
        init_fn: Callable[..., Any] | None = None,
        params: Any = None,
        state: Any = None,
        seed: int | None = None,
        native_serialization_platforms: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.call_fn = call_fn
        self.init_fn = init_fn
        self.native_serialization_platforms = native_serialization_platforms
        self._calls: dict[Any, Call] = {}
        self._hold(params, state)
        if params is not None or state is not None:
            self._build_at_init()
        self.call_fn_arguments = _checked_names(call_fn, "call_fn", _CALL_ARGUMENTS)
        self.call_fn_has_params = "params" in self.call_fn_arguments
        self.call_fn_has_state = "state" in self.call_fn_arguments
        self.seed_generator = SeedGenerator(seed) if "rng" in self.call_fn_arguments else None
        if init_fn is None and params is None and state is None and (self.call_fn_has_params or self.call_fn_has_state):
            raise ValueError(
                "`init_fn`, `params` and `state` cannot all be `None` when `call_fn` takes a `params` or a `state` "
                "argument."
            )
        if init_fn is not None:
            self.init_fn_arguments = _checked_names(init_fn, "init_fn", _INIT_ARGUMENTS)

    def _hold(self, params: Any, state: Any) -> None:
        """Makes variables of the arrays in two pytrees, which keep their structure as it is."""
        # not tracked as attributes: tracked dicts and lists are no pytrees
        object.__setattr__(
            self, "params", jax.tree.map(lambda value: self._as_weight(value, True), params, is_leaf=_is_leaf)
        )
        object.__setattr__(
            self, "state", jax.tree.map(lambda value: self._as_weight(value, False), state, is_leaf=_is_leaf)
        )

    def _as_weight(self, value: Any, trainable: bool) -> Any:
        if not isinstance(value, (bool, int, float, np.ndarray, np.generic, jax.Array, Tensor)):
            return value  # configuration
        initial = convert_to_tensor(value)
        floating = initial.dtype.is_floating
        dtype = None if floating else initial.dtype.name  # floats follow the layer's policy
        return self.add_weight(initial.shape.as_list(), initializer=initial, dtype=dtype, trainable=trainable)

    def _get_init_seed(self) -> Any:
        """One key for ``init_fn``."""
        return draw_seed(None)

    def _get_init_rng(self) -> Any:
        """What ``init_fn`` gets as ``rng``: a key, or a structure of keys."""
        return self._get_init_seed()

    def _get_call_seed(self) -> Any:
        """One key for ``call_fn``."""
        assert self.seed_generator is not None
        return self.seed_generator.next()

    def _get_call_rng(self, training: bool) -> Any:
        """What ``call_fn`` gets as ``rng``: a key or a structure of keys, None where it is not training."""
        return self._get_call_seed() if training else None

    def build(self, input_shape: Any) -> None:
        if self.params is not None or self.state is not None:
            return
        if not (self.call_fn_has_params or self.call_fn_has_state):
            return
        if core_context.context.trace is not None:
            raise ValueError("'JaxLayer' cannot be built inside tf function")
        given = {
            "rng": lambda: _keys(self._get_init_rng()),
            "inputs": lambda: tree.map_shape_structure(
                lambda shape: jnp.ones([size or 1 for size in shape], jnp.float32), input_shape
            ),
            "training": lambda: True,
        }
        assert self.init_fn is not None
        found = self.init_fn(*[given[name]() for name in self.init_fn_arguments])
        params, state = found if self.call_fn_has_state else (found, None)
        self._hold(params, state)

    def call(self, inputs: Any, training: bool = False) -> Any:
        training = bool(training)
        given = {
            "params": lambda: self.params,
            "state": lambda: self.state,
            "rng": lambda: self._get_call_rng(training),
            "inputs": lambda: inputs,
            "training": lambda: training,
        }
        arguments = [given[name]() for name in self.call_fn_arguments]
        leaves, structure = jax.tree.flatten(arguments, is_leaf=_is_leaf)
        places = tuple(i for i, leaf in enumerate(leaves) if _is_leaf(leaf))
        fixed = tuple(None if i in places else leaf for i, leaf in enumerate(leaves))
        key = (training, structure, places)
        if key not in self._calls:
            self._calls[key] = Call(self._on_arrays(structure, places, fixed), type(self).__name__, saves=True)
        results = dispatch(self._calls[key], [convert_to_tensor(leaves[i]) for i in places])
        if not self.call_fn_has_state:
            return results
        outputs, new_state = results
        self._set_state(new_state)
        return outputs

    def _on_arrays(self, structure: Any, places: tuple[int, ...], fixed: tuple[Any, ...]) -> Callable[..., Any]:
        """``call_fn`` as a function of the arrays among its arguments alone."""
        names = self.call_fn_arguments

        def run(*arrays: Any) -> Any:
            leaves = list(fixed)
            for place, array in zip(places, arrays, strict=True):
                leaves[place] = array
            arguments = jax.tree.unflatten(structure, leaves)
            return self.call_fn(*[_keys(a) if name == "rng" else a for name, a in zip(names, arguments, strict=True)])

        return run

    def _set_state(self, new_state: Any) -> None:
        def assign(value: Any, variable: Any) -> None:
            if not hasattr(variable, "assign"):
                raise ValueError(
                    "Structure mismatch: the structure of the state returned by `call` does not match the structure "
                    "of the state at initialization time."
                )
            variable.assign(value)

        jax.tree.map(assign, new_state, self.state, is_leaf=_is_leaf)

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "call_fn": serialize_keras_object(self.call_fn),
            "init_fn": serialize_keras_object(self.init_fn),
            "native_serialization_platforms": self.native_serialization_platforms,
        }

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        functions = {name: deserialize_keras_object(config[name]) for name in ("call_fn", "init_fn")}
        return super().from_config({**config, **functions})


class FlaxLayer(JaxLayer):
    """A module of Flax' (``flax.linen``) as a layer.

    Its ``params`` are trained; its other collections are state. It gets keys named "params" when it is initialized and
    "dropout" in training.

    Args:
      module: a ``flax.linen.Module``.
      method: the method to call, or a function whose first argument is the module; by default ``__call__``. It takes
        ``inputs``, and ``training`` if it wishes.
      variables: dict of collections, to begin with.

    Takes and returns a tensor or a structure of tensors ``[batch, …]``.

    Source: https://keras.io/api/layers/backend_specific_layers/flax_layer/
    """

    def __init__(self, module: Any, method: Any = None, variables: Any = None, **kwargs: Any) -> None:
        from flax.linen import DenyList  # only needed by those who have a module

        changing = DenyList(["params"])

        def apply(params: Any, state: Any, rng: Any, inputs: Any, **mode: Any) -> Any:
            collections = {**(params or {}), **(state or {})}
            return module.apply(collections, inputs, rngs=rng, method=method, mutable=changing, **mode)

        def initialize(rng: Any, inputs: Any, **mode: Any) -> Any:
            return _split(module.init(rng, inputs, method=method, **mode))

        def apply_in_mode(params: Any, state: Any, rng: Any, inputs: Any, training: Any) -> Any:
            return apply(params, state, rng, inputs, training=training)

        def apply_plainly(params: Any, state: Any, rng: Any, inputs: Any) -> Any:
            return apply(params, state, rng, inputs)

        def initialize_in_mode(rng: Any, inputs: Any, training: Any) -> Any:
            return initialize(rng, inputs, training=training)

        def initialize_plainly(rng: Any, inputs: Any) -> Any:
            return initialize(rng, inputs)

        has_mode = "training" in inspect.signature(method or module.__call__).parameters
        params, state = _split(variables)
        super().__init__(
            call_fn=apply_in_mode if has_mode else apply_plainly,
            init_fn=initialize_in_mode if has_mode else initialize_plainly,
            params=params,
            state=state,
            **kwargs,
        )
        object.__setattr__(self, "module", module)
        object.__setattr__(self, "method", method)

    def _get_init_rng(self) -> Any:
        return {"params": self._get_init_seed(), "dropout": self._get_init_seed()}

    def _get_call_rng(self, training: bool) -> Any:
        return {"dropout": self._get_call_seed()} if training else {}

    def get_config(self) -> dict[str, Any]:
        method = self.method
        if getattr(method, "__self__", None) == self.module and method is not None:
            method = method.__name__  # found again at the module
        config = {name: value for name, value in super().get_config().items() if name not in ("call_fn", "init_fn")}
        return {**config, "module": serialize_keras_object(self.module), "method": serialize_keras_object(method)}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        module = deserialize_keras_object(config["module"])
        method = deserialize_keras_object(config["method"])
        if isinstance(config["method"], str):
            method = getattr(module, method)
        return cls(**{**config, "module": module, "method": method})


def _split(variables: Any) -> tuple[Any, Any]:
    """The parameters and the other collections of a module's variables."""
    if variables is None:
        return None, None
    params = {"params": variables["params"]} if "params" in variables else {}
    return params, {name: value for name, value in variables.items() if name != "params"}
