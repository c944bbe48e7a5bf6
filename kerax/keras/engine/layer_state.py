"""The state of a layer: its variables, sublayers, metrics and losses."""

from __future__ import annotations

import collections
import contextlib
import math
from typing import Any

import jax

from kerax.core import config as core_config
from kerax.core import nest
from kerax.core import variable as core_variable
from kerax.core.tensor import convert_to_tensor, is_tensor
from kerax.keras import constraints, initializers, regularizers
from kerax.keras.engine import global_state, keras2_weights
from kerax.keras.engine.abstract import in_abstract_scope
from kerax.keras.engine.keras_tensor import KerasTensor
from kerax.keras.engine.names import name_scope
from kerax.keras.engine.settings import standardize_dtype
from kerax.keras.engine.tracking import DotNotTrackScope, Tracker
from kerax.keras.engine.variable import Variable


def unique(items: Any) -> list[Any]:
    return list({id(item): item for item in items}.values())


def is_metric(value: Any) -> bool:
    """Whether a value is a metric: told by its class's mark, since metrics stand above this room."""
    return getattr(type(value), "_is_keras_metric", False)


def _trainable(variable: Any) -> bool:
    return bool(variable.trainable)


class LayerState:
    """Variables, sublayers, metrics and losses of a layer, and what Keras reports of them."""

    _is_keras_layer = True
    _auto_track_sub_layers = True
    _self_setattr_tracking = True  # TensorFlow's name: its methods without tracking turn it off
    _self_tracked_trackables: Any = ()
    trainable: Any
    name: str
    built: bool

    def _initialize_tracker(self) -> None:
        if "_tracker" in self.__dict__:
            return
        with DotNotTrackScope():
            stores: dict[str, list[Any]] = {
                name: []
                for name in ("trainable_variables", "non_trainable_variables", "metrics", "layers", "seed_generators")
            }
            is_variable = core_variable.Variable
            tracker = Tracker(
                {
                    "trainable_variables": (
                        lambda x: isinstance(x, is_variable) and _trainable(x), stores["trainable_variables"],
                    ),
                    "non_trainable_variables": (
                        lambda x: isinstance(x, is_variable) and not _trainable(x), stores["non_trainable_variables"],
                    ),
                    "metrics": (is_metric, stores["metrics"]),
                    "layers": (
                        lambda x: getattr(type(x), "_is_keras_layer", False) and not is_metric(x), stores["layers"],
                    ),
                    "seed_generators": (
                        lambda x: getattr(type(x), "_is_keras_seed_generator", False), stores["seed_generators"],
                    ),
                },
                exclusions={"non_trainable_variables": ["trainable_variables"]},
            )  # fmt: skip
            for name, value in (
                ("_tracker", tracker),
                ("_trainable_variables", stores["trainable_variables"]),
                ("_non_trainable_variables", stores["non_trainable_variables"]),
                ("_metrics", stores["metrics"]),
                ("_layers", stores["layers"]),
                ("_seed_generators", stores["seed_generators"]),
            ):
                object.__setattr__(self, name, value)

    # --- variables --------------------------------------------------------------------------------------
    def add_weight(
        self,
        *args: Any,
        shape: Any = None,
        initializer: Any = None,
        dtype: Any = None,
        trainable: bool | None = None,
        autocast: bool = True,
        regularizer: Any = None,
        constraint: Any = None,
        aggregation: Any = "none",
        synchronization: Any = "auto",
        overwrite_with_gradient: bool = False,
        use_resource: Any = None,
        collections: Any = None,
        partitioner: Any = None,
        experimental_autocast: bool | None = None,
        layout: Any = None,
        getter: Any = None,
        name: str | None = None,
    ) -> Any:
        """Adds a variable.

        Takes Keras 3's arguments ``(shape, initializer, dtype)`` and Keras 2's ``(name, shape, dtype)``.

        Args:
          shape: tuple of int, an int, or None for a scalar.
          initializer: an initializer, its name, or a callable ``(shape, dtype) → value``; by default
            "glorot_uniform" for floats and zeros for other dtypes.
          dtype: by default the layer's variable dtype.
          trainable: bool, by default True.
          autocast: bool, whether it is read in the layer's compute dtype.
          regularizer: a function of the variable, added to ``losses``.
          constraint: a function applied after an optimizer's update.
          aggregation, synchronization: for distributed training.
          overwrite_with_gradient: bool, whether optimizers store the gradient itself.
          use_resource, collections, partitioner, getter: Keras 2's; without a meaning here.
          experimental_autocast: Keras 2's name of ``autocast``.
          layout: a ``jax.sharding.Sharding``.
          name: str.

        Returns:
          ``keras.Variable``.

        Raises:
          ValueError: an argument given twice, or Keras 2's ``on_read`` together with ``trainable``.
        """
        self._check_super_called()
        if args and (isinstance(args[0], str) or args[0] is None and len(args) > 1):
            keras2 = ("name", "shape", "dtype", "initializer", "regularizer", "trainable", "constraint")
            given = dict(zip(keras2, args, strict=False))
            name = given.get("name", name)
            shape = given.get("shape", shape)
            dtype = given.get("dtype", dtype)
            initializer = given.get("initializer", initializer)
            regularizer = given.get("regularizer", regularizer)
            trainable = given.get("trainable", trainable)
            constraint = given.get("constraint", constraint)
        elif args:
            if len(args) > 3:
                raise TypeError(f"add_weight() takes at most 3 positional arguments but {len(args)} were given.")
            for label, twice in zip(("shape", "initializer", "dtype"), (shape, initializer, dtype), strict=True):
                index = ("shape", "initializer", "dtype").index(label)
                if index < len(args) and twice is not None:
                    raise ValueError(f"`{label}` was passed both positionally and as a keyword argument.")
            shape = args[0]
            initializer = args[1] if len(args) > 1 else initializer
            dtype = args[2] if len(args) > 2 else dtype
        if experimental_autocast is not None:
            autocast = experimental_autocast
        on_read = getattr(synchronization, "name", str(synchronization)).lower() == "on_read"
        if on_read and core_config.legacy_keras():
            if trainable:
                raise ValueError(
                    "Synchronization value can be set to VariableSynchronization.ON_READ only for non-trainable "
                    "variables. You have specified trainable=True and "
                    "synchronization=VariableSynchronization.ON_READ."
                )
            trainable = False
        shape = () if shape is None else (shape,) if isinstance(shape, int) else tuple(shape)
        dtype = standardize_dtype(dtype) if dtype is not None else self.variable_dtype
        if initializer is None:
            initializer = "glorot_uniform" if "float" in dtype else "zeros"
        initializer = initializers.get(initializer)
        with self._weight_scope():
            variable = Variable(
                initializer,
                shape=shape,
                dtype=dtype,
                trainable=True if trainable is None else trainable,
                autocast=autocast,
                aggregation=aggregation,
                synchronization=synchronization,
                layout=layout,
                name=name or ("Variable" if core_config.legacy_keras() else None),
            )
        variable.regularizer = regularizers.get(regularizer)
        variable.constraint = constraints.get(constraint)
        variable.overwrite_with_gradient = overwrite_with_gradient
        self._track_variable(variable)
        return variable

    def _weight_scope(self) -> Any:
        if core_config.legacy_keras():
            return contextlib.nullcontext()
        return name_scope(self.name, caller=self)

    def add_variable(self, *args: Any, **kwargs: Any) -> Any:
        """Another name of ``add_weight``."""
        return self.add_weight(*args, **kwargs)

    def _track_variable(self, variable: Any) -> None:
        store = "trainable_variables" if variable.trainable else "non_trainable_variables"
        self._tracker.add_to_store(store, variable)
        if not self.trainable and not core_config.legacy_keras():
            variable.trainable = False

    def _untrack_variable(self, variable: Any) -> None:
        locked = self._tracker.locked
        self._tracker.unlock()
        self._tracker.untrack(variable)
        if locked:
            self._tracker.lock()

    @property
    def variables(self) -> list[Any]:
        """All state: weights, and the states of random generators; in Keras 2 another name of `weights`."""
        if core_config.legacy_keras():
            return self.weights
        found = [*self._trainable_variables, *self._non_trainable_variables]
        found += [generator.state for generator in self._seed_generators]
        for layer in self._layers:
            found += layer.variables
        return unique(found)

    @property
    def trainable_variables(self) -> list[Any]:
        """The trainable ones of `variables`; in Keras 2 another name of `trainable_weights`."""
        if core_config.legacy_keras():  # its layers leave variables trainable when they are frozen
            return self.trainable_weights
        return [v for v in self.variables if v.trainable] if self.trainable else []

    @property
    def non_trainable_variables(self) -> list[Any]:
        """The others of `variables`; in Keras 2 another name of `non_trainable_weights`."""
        if core_config.legacy_keras():
            return self.non_trainable_weights
        return [v for v in self.variables if not v.trainable] if self.trainable else self.variables

    @property
    def weights(self) -> list[Any]:
        """The variables, without those of metrics and random generators.

        In the order of creation, sublayers after own ones; a layer of Keras 2 puts all trainable ones first.
        """
        if core_config.legacy_keras():
            return unique([*self.trainable_weights, *self.non_trainable_weights])
        found = [*self._trainable_variables, *self._non_trainable_variables]
        for layer in self._layers:
            found += layer.weights
        return unique(found)

    def _own_weights(self, trainable: bool) -> list[Any]:
        own = (*self._trainable_variables, *self._non_trainable_variables)
        return [variable for variable in own if bool(variable.trainable) is trainable]

    @property
    def trainable_weights(self) -> list[Any]:
        """What optimizers update."""
        if not self.trainable:
            return []
        if core_config.legacy_keras():
            return unique([*self._own_weights(True), *keras2_weights.of_layer(self, "trainable_variables")])
        found = self._own_weights(True)
        for layer in self._layers:
            found += layer.trainable_weights
        return unique(found)

    @property
    def non_trainable_weights(self) -> list[Any]:
        """The other weights; all of them if the layer is frozen."""
        if not core_config.legacy_keras():
            trained = {id(v) for v in self.trainable_weights}
            return [v for v in self.weights if id(v) not in trained]
        if self.trainable:
            return unique([*self._own_weights(False), *keras2_weights.of_layer(self, "non_trainable_variables")])
        own = [*self._own_weights(True), *self._own_weights(False)]
        return unique([*own, *keras2_weights.of_layer(self, "variables")])

    def get_weights(self) -> list[Any]:
        """The values of ``weights`` as numpy arrays."""
        import numpy as np

        return [np.array(v.numpy()) for v in self.weights]

    def set_weights(self, weights: Any) -> None:
        """Sets the values of ``weights``.

        Args:
          weights: list of arrays, in the order of ``weights``.

        Raises:
          ValueError: another number of arrays, or another shape.
        """
        own = self.weights
        weights = list(weights)
        if len(own) != len(weights):
            raise ValueError(
                f"You called `set_weights(weights)` on layer '{self.name}' with a weight list of length "
                f"{len(weights)}, but the layer was expecting {len(own)} weights."
            )
        for variable, value in zip(own, weights, strict=True):
            if not hasattr(value, "shape"):
                value = convert_to_tensor(value, variable._dtype).numpy()
            if tuple(variable.shape) != tuple(value.shape):
                raise ValueError(
                    f"Layer {self.name} weight shape {tuple(variable.shape)} is not compatible with provided weight "
                    f"shape {tuple(value.shape)}."
                )
            variable.assign(value)

    def count_params(self) -> int:
        """The number of scalars in the weights.

        Raises:
          ValueError: the layer is not built.
        """
        if not self.built:
            raise ValueError(
                f"You tried to call `count_params` on layer '{self.name}', but the layer isn't built. You can build "
                "it manually via: `layer.build(input_shape)`."
            )
        return sum(math.prod(v.shape) for v in self.weights)

    def save_own_variables(self, store: Any) -> None:
        """Puts the layer's own variables into a dict-like store, under "0", "1" …"""
        for index, variable in enumerate(self._trainable_variables + self._non_trainable_variables):
            store[str(index)] = variable

    def load_own_variables(self, store: Any) -> None:
        """Sets the layer's own variables from a store."""
        own = self._trainable_variables + self._non_trainable_variables
        if len(store.keys()) != len(own):
            if not own and not self.built:
                raise ValueError(
                    f"Layer '{self.name}' was never built and thus it doesn't have any variables. However the "
                    f"weights file lists {len(store.keys())} variables for this layer.\nIn most cases, this error "
                    "indicates that either:\n\n1. The layer is owned by a parent layer that implements a `build()` "
                    "method, but calling the parent's `build()` method did NOT create the state of the child layer "
                    f"'{self.name}'.\n\n2. You need to implement the `def build_from_config(self, config)` method on "
                    f"layer '{self.name}', to specify how to rebuild it during loading."
                )
            raise ValueError(
                f"Layer '{self.name}' expected {len(own)} variables, but received {len(store.keys())} variables "
                f"during loading. Expected: {[v.name for v in own]}"
            )
        for index, variable in enumerate(own):
            variable.assign(store[str(index)])

    # --- TensorFlow checkpoints -------------------------------------------------------------------------
    def _trackable_children(self) -> dict[str, Any]:
        from kerax.keras.saving.checkpointing import layer_children

        return layer_children(self)

    def _lookup_dependency(self, name: str) -> Any:
        from kerax.keras.saving.checkpointing import layer_lookup

        return layer_lookup(self, name)

    @property
    def _default_save_signature(self) -> Any:
        """What ``tf.saved_model.save`` calls the signature of a model: its call; None for other layers."""
        if not hasattr(self, "export") or not self.built:
            return None
        from kerax.keras.export.export_model import serving_function

        return serving_function(self)

    def _more_to_save(self) -> dict[str, Any]:
        """What belongs into a SavedModel beside the attributes: Keras 2's models can be called when loaded."""
        if not core_config.legacy_keras() or not hasattr(self, "export") or not self.built:
            return {}
        from kerax.keras.export.export_model import call_function
        from kerax.saved_model.collect import concretes_of

        found: dict[str, Any] = {
            name: list(getattr(self, name)) for name in ("variables", "trainable_variables", "non_trainable_variables")
        }
        function = call_function(self)
        if function is None:
            return found
        used = [variable for concrete in concretes_of(function) for variable in concrete.variables]
        return {**found, "__call__": function, "_used": unique(used)}  # random states are no layer's variables

    # --- sublayers and metrics --------------------------------------------------------------------------
    def _flatten_layers(self, include_self: bool = True, recursive: bool = True) -> list[Any]:
        layers: list[Any] = [self] if include_self else []
        seen: set[int] = set()
        queue = collections.deque(self._sublayers())
        while queue:
            layer = queue.popleft()
            if id(layer) in seen:
                continue
            seen.add(id(layer))
            layers.append(layer)
            if recursive:
                inner = layer._sublayers()
                queue.extendleft(reversed(inner) if core_config.legacy_keras() else inner)
        return layers

    def _sublayers(self) -> list[Any]:
        """The layers held directly."""
        if core_config.legacy_keras():
            return [module for module in keras2_weights.modules(self) if getattr(module, "_is_keras_layer", False)]
        return self._layers

    @property
    def metrics(self) -> list[Any]:
        """The metrics of this layer and those within."""
        found = list(self._metrics)
        for layer in self._layers:
            found += layer.metrics
        return found

    @property
    def metrics_variables(self) -> list[Any]:
        return [variable for metric in self.metrics for variable in metric.variables]

    def add_metric(self, value: Any, name: str | None = None, aggregation: Any = None, **kwargs: Any) -> None:
        """Reports the mean of a value as a metric (Keras 2).

        Args:
          value: tensor, or the result of a metric object that this layer owns.
          name: str.
          aggregation: "mean" or None.
        """
        from kerax.keras.metrics import Mean  # metrics stand above the engine

        source = getattr(value, "_metric_obj", None)
        metric = next((m for m in self._metrics if m is source or (name is not None and m.name == name)), None)
        if metric is None:
            if name is None and source is None:
                raise ValueError(
                    "Please provide a name for your metric like `self.add_metric(tf.reduce_sum(inputs), "
                    "name='mean_activation')`"
                )
            metric = source if source is not None else Mean(name=name)
            self._tracker.unlock()
            self._tracker.track(metric)
        if source is None and not in_abstract_scope() and not isinstance(value, KerasTensor):
            metric.update_state(value)

    # --- losses -----------------------------------------------------------------------------------------
    def add_loss(self, losses: Any = None, **kwargs: Any) -> None:
        """Adds scalars to the loss of the model.

        Args:
          losses: tensor(s) made in ``call``, or functions without arguments that return them.
        """
        losses = kwargs.pop("loss", losses)
        kwargs.pop("inputs", None)
        if kwargs:
            raise TypeError(f"Unknown keyword arguments: {kwargs.keys()}")
        for loss in nest.flatten(losses):
            if loss is None:
                continue
            if callable(loss) and not is_tensor(loss):
                self._callable_losses.append(loss)
                continue
            if not is_tensor(loss):
                if not isinstance(loss, jax.Array) and not core_config.legacy_keras():
                    raise ValueError(
                        "`add_loss()` can only be called from inside `build()` or `call()`, on a tensor input. "
                        f"Received invalid value: {loss}"
                    )
                loss = convert_to_tensor(loss)
            if not in_abstract_scope():
                self._losses.append(loss)

    def _own_losses(self) -> list[Any]:
        return [*self._losses, *[loss() for loss in self._callable_losses]]

    @property
    def losses(self) -> list[Any]:
        """Losses of the last call, then regularization losses, of this layer and those within."""
        override = getattr(self, "_losses_override", None)
        if override:
            return override
        found = [loss for layer in self._flatten_layers() for loss in layer._own_losses()]
        for variable in self.trainable_weights:
            regularizer = getattr(variable, "regularizer", None)
            if regularizer is not None:
                found.append(regularizer(variable))
        return found

    def _clear_losses(self) -> None:
        self._losses.clear()
        for layer in self._layers:
            layer._clear_losses()

    def _check_super_called(self) -> None:
        if not self.__dict__.get("_super_called", False):
            raise RuntimeError(
                f"In layer '{type(self).__name__}', you forgot to call `super().__init__()` as the first statement "
                "in the `__init__()` method. Go add it!"
            )


def current_call_context() -> Any:
    return global_state.get("current_call_ctx")
