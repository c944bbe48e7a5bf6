"""``keras.layers.Layer``: a callable with state that builds itself from its first input."""

from __future__ import annotations

import contextlib
import functools
import inspect
import warnings
from collections.abc import Callable
from typing import Any

from kerax.core import config as core_config
from kerax.core import nest
from kerax.core.autograph import convert as autograph_convert
from kerax.core.context import context
from kerax.core.module import Module
from kerax.core.origin import is_own
from kerax.core.state import init_scope
from kerax.core.tensor import is_tensor
from kerax.core.value import Tensor
from kerax.core.variable import Variable as CoreVariable
from kerax.keras import dtype_policies, regularizers
from kerax.keras.engine import call_errors, eager_calls, global_state, keras2_weights, shape_forms
from kerax.keras.engine.abstract import compute_output_spec
from kerax.keras.engine.autocast import AutocastScope, get_autocast_scope
from kerax.keras.engine.call_spec import (
    CallContext,
    CallSpec,
    is_tensor_or_symbolic,
    shapes_dict,
    shapes_for,
    with_training,
)
from kerax.keras.engine.input_spec import assert_input_compatibility
from kerax.keras.engine.jax_values import for_jax
from kerax.keras.engine.keras_tensor import KerasTensor, any_symbolic_tensors
from kerax.keras.engine.layer_compat import LayerCompat
from kerax.keras.engine.layer_state import LayerState
from kerax.keras.engine.names import current_path, name_scope
from kerax.keras.engine.node import Node
from kerax.keras.engine.operation import Operation, default, infer, is_default
from kerax.keras.engine.remat import current_remat_mode, rematerialized_call
from kerax.keras.engine.settings import is_float_dtype
from kerax.keras.engine.tracking import is_tracking_enabled
from kerax.keras.engine.variable import Variable
from kerax.math.arithmetic import divide_no_nan
from kerax.math.casting import cast

_LOCKED = (
    "You cannot add new elements of state (variables or sub-layers) to a layer that is already built. All state "
    "must be created in the `__init__()` method or in the `build()` method."
)
_STORES = (
    "_tracker", "_trainable_variables", "_non_trainable_variables", "_metrics", "_layers", "_seed_generators",
)  # fmt: skip
_PLAIN = (bool, int, float, str, type(None))  # types of attributes that need no tracking


def _wrap_build(build: Callable[..., Any]) -> Callable[..., Any]:
    """``build`` inside the layer's name scope; afterwards the layer is built and its state locked."""
    signature = inspect.signature(build)
    own = build.__module__.startswith("kerax.")

    def form(value: Any) -> Any:
        return shape_forms.symbolic(shape_forms.plain(value) if own else value)

    @functools.wraps(build)
    def wrapper(self: Any, *args: Any, **kwargs: Any) -> None:
        args = tuple(form(value) for value in args)
        kwargs = {key: form(value) for key, value in kwargs.items()}
        if self.__dict__.get("_building"):
            build(self, *args, **kwargs)
            return
        object.__setattr__(self, "_building", True)
        try:
            # Keras 2 names weights after the layer only where a call, or the layer around, builds it
            with contextlib.nullcontext() if core_config.legacy_keras() else self._open_name_scope():
                self._path = current_path()
                build(self, *args, **kwargs)
        finally:
            object.__setattr__(self, "_building", False)
        bound = dict(signature.bind(self, *args, **kwargs).arguments)
        bound.pop(next(iter(bound)))
        object.__setattr__(self, "_build_shapes_dict", {key: shape_forms.plain(value) for key, value in bound.items()})
        self.built = True
        self._lock_state()

    wrapper._kerax_wrapped = True  # type: ignore[attr-defined]
    return wrapper


def get_mask(x: Any) -> Any:
    """The mask that travels with a tensor, or None."""
    return getattr(x, "_keras_mask", None)


def set_mask(x: Any, mask: Any) -> None:
    x._keras_mask = mask


@functools.lru_cache(maxsize=4096)
def _signature_of(function: Callable[..., Any]) -> inspect.Signature:
    signature = inspect.signature(function)
    parameters = list(signature.parameters.values())
    return signature.replace(parameters=parameters[1:])


class Layer(eager_calls.EagerlyCompiled, Operation, LayerState, LayerCompat, Module):
    """The base of layers: subclass it with ``__init__``, ``build``, ``call`` and ``get_config``.

    Args:
      activity_regularizer: a function of the output, added to ``losses``.
      trainable: bool.
      dtype: a dtype or dtype policy, for variables and computations.
      autocast: bool, whether float inputs are cast to the compute dtype.
      name: str, by default the class's name in snake case, made unique.
      **kwargs: ``input_shape`` / ``input_dim`` / ``batch_input_shape`` for the first layer of a Sequential,
        ``weights`` for the initial values.

    >>> import kerax as tf
    >>> class Scale(tf.keras.layers.Layer):
    ...     def build(self, input_shape):
    ...         self.w = self.add_weight(shape=(input_shape[-1],), initializer="ones")
    ...     def call(self, x):
    ...         return x * self.w
    >>> Scale()(tf.constant([[2., 3.]])).numpy()
    array([[2., 3.]], dtype=float32)
    """

    _TF_MODULE_IGNORED_PROPERTIES = frozenset((*_STORES, "_inbound_nodes", "_outbound_nodes", "_dtype_policy"))

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        own = cls.__dict__.get("build")
        if inspect.isfunction(own) and not hasattr(own, "_kerax_wrapped"):
            cls.build = _wrap_build(own)  # type: ignore[method-assign]
        own = cls.__dict__.get("compute_output_shape")
        if inspect.isfunction(own) and cls.__module__.startswith("kerax."):
            cls.compute_output_shape = shape_forms.computed(own)  # type: ignore[method-assign]

    def __init__(
        self,
        *args: Any,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        **kwargs: Any,
    ) -> None:
        if args and not core_config.legacy_keras():
            raise TypeError(f"Layer.__init__() takes 1 positional argument but {len(args) + 1} were given")
        if args:  # Keras 2: Layer(trainable, name, dtype, dynamic)
            trainable, name, dtype, kwargs["dynamic"] = (*args, *(True, None, None, False)[len(args) :])[:4]
        self.__dict__["_super_called"] = True
        self._initialize_tracker()
        Operation.__init__(self, name=name)
        self._dtype_policy = dtype_policies.get(dtype)
        self.activity_regularizer = regularizers.get(activity_regularizer)
        self._take_shape_arguments(kwargs)
        if kwargs:
            error = TypeError if core_config.legacy_keras() else ValueError
            raise error(f"Unrecognized keyword arguments passed to {type(self).__name__}: {kwargs}")
        if not isinstance(trainable, bool):
            if core_config.legacy_keras():
                raise TypeError(f"Expected `trainable` argument to be a boolean, but got: {trainable}")
            raise ValueError(
                f"Expected `trainable` to be a boolean. Received: trainable={trainable} (of type {type(trainable)})"
            )
        self._path: str | None = None
        self._parent_path: str | None = None
        self.built = False
        self.autocast = autocast
        self._input_spec: Any = None
        self._called = False
        self.supports_jit = True
        self._trainable = trainable
        self._losses: list[Any] = []
        self._callable_losses: list[Any] = []
        self._losses_override: list[Any] = []
        self._call_signature = with_training(self._signature_of_call())
        self._call_context_args = {"training"}
        self._supports_masking = not is_default(self.compute_mask)
        self._convert_input_args = True
        self._allow_non_tensor_positional_args = core_config.legacy_keras()
        self._build_shapes_dict: Any = None
        self._remat_mode = current_remat_mode()
        self.__dict__.pop("_self_tracked_trackables", None)  # the lists above are no containers of layers

    def _take_shape_arguments(self, kwargs: dict[str, Any]) -> None:
        """Arguments that Sequential and Keras 2 know beside a layer's own."""
        shape = None
        batch_size = kwargs.pop("batch_size", None)
        if kwargs.get("input_dim") is not None:
            shape = (kwargs["input_dim"],)
            length = kwargs.get("input_length")
            if length is not None:
                shape = (length, *shape)
        elif kwargs.get("input_shape") is not None:
            shape = kwargs["input_shape"]
            shape = (shape,) if isinstance(shape, int) else tuple(shape)
        if shape is not None and not core_config.legacy_keras():
            warnings.warn(
                "Do not pass an `input_shape`/`input_dim` argument to a layer. When using Sequential models, prefer "
                "using an `Input(shape)` object as the first layer in the model instead.",
                stacklevel=4,
            )
        batch_shape = kwargs.get("batch_input_shape")
        if batch_shape is None and shape is not None:
            batch_shape = (batch_size, *shape)
        for used in ("input_dim", "input_shape", "batch_input_shape", "implementation"):
            kwargs.pop(used, None)
        self._dynamic = kwargs.pop("dynamic", False)
        self._input_batch_shape = None if batch_shape is None else tuple(batch_shape)
        if shape is not None:
            self._input_shape_arg = shape
        self._initial_weights = kwargs.pop("weights", None)

    def _signature_of_call(self) -> inspect.Signature:
        function = getattr(self.call, "__func__", None)
        if function is not None and getattr(self.call, "__self__", None) is self:
            try:
                return _signature_of(function)
            except (TypeError, ValueError):
                pass
        return inspect.signature(self.call)

    @property
    def call_signature_parameters(self) -> list[str]:
        return list(self._call_signature.parameters)

    @property
    def _call_has_training_arg(self) -> bool:
        return "training" in self._call_signature.parameters

    @property
    def _call_has_mask_arg(self) -> bool:
        return "mask" in self._call_signature.parameters

    @property
    def _call_has_context_arg(self) -> dict[str, bool]:
        return {name: name in self._call_signature.parameters for name in self._call_context_args}

    # --- names ------------------------------------------------------------------------------------------
    @property
    def name(self) -> str:  # type: ignore[override]
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        self._name = value

    @property
    def path(self) -> str | None:
        """The layer's path in its model, None before it is built."""
        return self._path

    def _open_name_scope(self) -> name_scope:
        if self._parent_path is None:
            self._parent_path = current_path()
        return name_scope(self.name, caller=self)

    # --- attributes -------------------------------------------------------------------------------------
    def __setattr__(self, name: str, value: Any) -> None:
        old = self.__dict__.get(name)
        replaced = isinstance(old, (Layer, CoreVariable)) and old is not value
        if (replaced or type(value) not in _PLAIN) and name not in _STORES and is_tracking_enabled(self):
            if "_tracker" not in self.__dict__:
                self._initialize_tracker()
            if replaced and (name[:1] != "_" or not isinstance(old, Layer)):
                self._forget(old)
            value = self._tracker.track(value)
            if core_config.legacy_keras():
                if old is not None and old is not value:
                    keras2_weights.forget(self, old)
                keras2_weights.remember(self, value)
        super().__setattr__(name, value)

    def _forget(self, old: Any) -> None:
        """Stops tracking what an attribute held, unless something else of the layer still holds it."""
        if self._tracker.locked or not core_config.legacy_keras():
            return
        held = [value for key, value in self.__dict__.items() if key not in _STORES]
        inside = [leaf for value in held if isinstance(value, (list, tuple, dict)) for leaf in nest.flatten(value)]
        if sum(value is old for value in held) <= 1 and not any(leaf is old for leaf in inside):
            self._tracker.untrack(old)

    def __delattr__(self, name: str) -> None:
        value = self.__dict__.get(name)
        if core_config.legacy_keras():
            keras2_weights.forget(self, value)
        if isinstance(value, Variable):
            self._untrack_variable(value)
        elif isinstance(value, Layer):
            locked = self._tracker.locked
            self._tracker.unlock()
            self._tracker.untrack(value)
            if locked:
                self._tracker.lock()
        super().__delattr__(name)

    def _lock_state(self) -> None:
        if not self._tracker.locked and not core_config.legacy_keras():
            self._tracker.lock(_LOCKED)

    @property
    def input_spec(self) -> Any:
        """The InputSpec(s) that inputs are checked against."""
        return self._input_spec

    @input_spec.setter
    def input_spec(self, value: Any) -> None:
        self._input_spec = value

    @property
    def trainable(self) -> bool:  # type: ignore[override]
        """Whether optimizers update the layer's weights; setting it sets it within, too."""
        return self._trainable

    @trainable.setter
    def trainable(self, value: bool) -> None:
        value = bool(value)
        self._trainable = value
        for variable in self._trainable_variables:
            if isinstance(variable, Variable) and not core_config.legacy_keras():
                variable.trainable = value
        for layer in self._layers:
            layer.trainable = value

    @property
    def supports_masking(self) -> bool:
        """Whether the layer passes masks on."""
        return self._supports_masking

    @supports_masking.setter
    def supports_masking(self, value: bool) -> None:
        self._supports_masking = value

    # --- dtypes -----------------------------------------------------------------------------------------
    def _policy(self) -> Any:
        policy = self._dtype_policy
        if isinstance(policy, dtype_policies.DTypePolicyMap) and self.path:
            return policy[self.path]
        return policy

    @property
    def dtype_policy(self) -> Any:
        """The dtype policy."""
        return self._dtype_policy

    @dtype_policy.setter
    def dtype_policy(self, value: Any) -> None:
        self._dtype_policy = dtype_policies.get(value)

    @property
    def dtype(self) -> str:
        """The dtype of variables."""
        return self.variable_dtype

    @property
    def compute_dtype(self) -> str:
        """The dtype of computations."""
        return self._policy().compute_dtype

    @property
    def variable_dtype(self) -> str:
        return self._policy().variable_dtype

    @property
    def input_dtype(self) -> str:
        """The dtype that inputs are cast to."""
        return self.compute_dtype

    @property
    def quantization_mode(self) -> str | None:
        return self._policy().quantization_mode

    # --- building ---------------------------------------------------------------------------------------
    @default
    def build(self, input_shape: Any) -> None:
        """Creates the state that depends on the shape of the input.

        Args:
          input_shape: tuple of int and None with the batch, or a structure of such.
        """
        self._check_super_called()
        unbuilt = any(not layer.built for layer in self._layers)
        if is_default(self.build) and unbuilt and not core_config.legacy_keras():
            warnings.warn(
                f"`build()` was called on layer '{self.name}', however the layer does not have a `build()` method "
                "implemented and it looks like it has unbuilt state. This will cause the layer to be marked as "
                "built, despite not being actually built, which may cause failures down the line. Make sure to "
                "implement a proper `build()` method.",
                stacklevel=2,
            )
        self.built = True

    build = _wrap_build(build)

    def _build_named(self, *shapes: Any) -> None:
        """``build`` for the layer that this one is a part of: the weights bear its name in Keras 2, too."""
        with self._open_name_scope():
            self.build(*shapes)

    def _build_at_init(self) -> None:
        """Marks a layer that makes no state in ``build`` as built; Keras 2 waits for the first call."""
        if is_default(self.build) and not core_config.legacy_keras():
            self.built = True
            self._lock_state()

    def _maybe_build(self, spec: CallSpec) -> None:
        if self.built:
            return
        shapes = shapes_dict(spec)
        if not is_default(self.build):
            arguments = shapes_for(self.build, shapes, spec, type(self).__name__)
            self.build(**(shape_forms.tensor_shapes(arguments) if core_config.legacy_keras() else arguments))
            self._assert_input_compatibility(spec.first_arg)
        else:
            if any(not layer.built for layer in self._layers):
                arguments = dict(spec.arguments_dict)
                args, kwargs = _as_arguments(self._call_signature, arguments)
                try:
                    compute_output_spec(self._symbolic_python(), *_symbolic(args), **_symbolic(kwargs))
                except Exception as error:
                    if spec.eager:
                        return  # the call itself will build
                    warnings.warn(
                        f"Layer '{self.name}' looks like it has unbuilt state, but Keras is not able to trace the "
                        "layer `call()` in order to build it automatically. Possible causes:\n1. The `call()` method "
                        "of your layer may be crashing. Try to `__call__()` the layer eagerly on some test input "
                        "first to see if it works.\n2. If the `call()` method is correct, then you may need to "
                        "implement the `def build(self, input_shape)` method on your layer.\n"
                        f"Exception encountered: ''{error}''",
                        stacklevel=3,
                    )
            # in Keras 2 a model's own build tries calls with floats, which is not meant here
            build = functools.partial(Layer.build, self) if core_config.legacy_keras() else self.build
            build(next(iter(shapes.values()), None))
        if self._initial_weights is not None and self.built:
            weights, self._initial_weights = self._initial_weights, None
            with init_scope():  # a call that only finds shapes may have built it
                self.set_weights(weights)

    def get_build_config(self) -> dict[str, Any] | None:
        """The shapes that ``build`` got, for files."""
        shapes = self._build_shapes_dict
        if shapes is None:
            return None
        if len(shapes) == 1:
            return {"input_shape": next(iter(shapes.values()))}
        return {"shapes_dict": shapes}

    def build_from_config(self, config: Any) -> None:
        """Builds the layer as ``get_build_config`` describes."""
        if config:
            if "input_shape" in config:
                self.build(shape_forms.from_lists(config["input_shape"]))
            elif "shapes_dict" in config:
                self.build(**shape_forms.from_lists(config["shapes_dict"]))

    # --- calling ----------------------------------------------------------------------------------------
    def call(self, *args: Any, **kwargs: Any) -> Any:
        if core_config.legacy_keras() and args:  # a layer without `call` is the identity in Keras 2
            return args[0]
        raise NotImplementedError(f"Layer {type(self).__name__} does not have a `call` method implemented.")

    @default
    def compute_mask(self, inputs: Any, previous_mask: Any = None) -> Any:
        """The mask of the output."""
        return previous_mask

    def _convert(self, x: Any) -> Any:
        mask = get_mask(x)
        y = self._policy().convert_input(x, self.autocast, self.input_dtype)
        if y is x and core_config.legacy_keras() and isinstance(x, (int, float)) and not isinstance(x, bool):
            from kerax.core.tensor import convert_to_tensor

            y = convert_to_tensor(x)
        if mask is not None and y is not x:
            set_mask(y, mask)
        return y

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        outputs = eager_calls.repeated(self, args, kwargs)
        if outputs is not eager_calls.PYTHON:
            return outputs
        self._check_super_called()
        self._called = True
        original_args, original_kwargs = args, kwargs
        simple = (
            not kwargs and len(args) == 1 and isinstance(args[0], Tensor) and args[0].dtype.name == self.input_dtype
        )
        if not simple and self._convert_input_args:
            args, kwargs = self._converted(args, kwargs)
        elif kwargs:
            kwargs = dict(kwargs)
        if not simple and not self._allow_non_tensor_positional_args:
            for argument in nest.flatten(args):
                if not is_tensor_or_symbolic(argument, allow_none=True):
                    raise ValueError(
                        "Only input tensors may be passed as positional arguments. The following argument value "
                        f"should be passed as a keyword argument: {argument} (of type {type(argument)})"
                    )
        spec = CallSpec(self._call_signature, self._call_context_args, args, kwargs)
        self._assert_input_compatibility(spec.first_arg)
        if not self.built:
            with self._open_name_scope():
                self._maybe_build(spec)
        call_context, is_entry = self._enter_call_context()
        outer_values = call_context.values
        call_context.values = dict(outer_values)
        try:
            self._resolve_context_arguments(spec, call_context, kwargs)
            previous_mask = self._collect_masks(spec, kwargs)
            with self._open_name_scope():
                outputs = self._run(args, kwargs)
                self.built = True
                if self.activity_regularizer is not None:
                    self._add_activity_loss(outputs)
            if self._supports_masking:
                self._pass_mask_on(spec.first_arg, outputs, previous_mask)
            elif any(mask is not None for mask in nest.flatten(previous_mask)) and not core_config.legacy_keras():
                warnings.warn(
                    f"Layer '{self.name}' (of type {type(self).__name__}) was passed an input with a mask attached "
                    "to it. However, this layer does not support masking and will therefore destroy the mask "
                    "information. Downstream layers will not see the mask.",
                    stacklevel=2,
                )
        finally:
            call_context.values = outer_values
            if is_entry:
                global_state.put("current_call_ctx", None)
        if any_symbolic_tensors(original_args, original_kwargs):
            Node(self, original_args, original_kwargs, outputs)
        elif is_entry and self.activity_regularizer is None:
            eager_calls.note_whole(self, original_args, original_kwargs)
        return for_jax(outputs) if is_entry else outputs

    def _enter_call_context(self) -> tuple[CallContext, bool]:
        current = global_state.get("current_call_ctx")
        if current is not None:
            return current, False
        current = CallContext(self)
        global_state.put("current_call_ctx", current)
        self._clear_losses()
        return current, True

    def _resolve_context_arguments(self, spec: CallSpec, call_context: CallContext, kwargs: dict[str, Any]) -> None:
        """``training``: what the caller passed, else the outer layer's, else the signature's default."""
        for name in self._call_context_args:
            if spec.user_arguments_dict.get(name) is not None or (
                name in spec.user_arguments_dict and not core_config.legacy_keras()
            ):
                value = spec.user_arguments_dict[name]
            elif call_context.values.get(name) is not None:
                value = call_context.values[name]
            else:
                value = spec.arguments_dict.get(name)
            call_context.values[name] = value
            if value is not None and name in self._call_signature.parameters:
                if name not in spec.user_arguments_dict or name in kwargs:
                    kwargs[name] = value
        if core_config.legacy_keras() and not self._call_has_training_arg and not is_own(type(self)):
            if any(p.kind is p.VAR_KEYWORD for p in self._call_signature.parameters.values()):
                kwargs["training"] = call_context.values["training"]  # Keras 2 gives it to any ``**kwargs``

    def _collect_masks(self, spec: CallSpec, kwargs: dict[str, Any]) -> Any:
        """Fills mask arguments from what travels with the inputs; returns the mask of the first input."""
        tensors = spec.tensor_arguments_dict
        parameters = self._call_signature.parameters
        legacy = core_config.legacy_keras()  # whose masks come from the first argument, however many there are
        if "mask" in parameters and (legacy or len(tensors) == 1):
            if spec.arguments_dict.get("mask") is None:
                mask = nest.map_structure(get_mask, spec.first_arg if legacy else next(iter(tensors.values())))
                if any(m is not None for m in nest.flatten(mask)):
                    kwargs["mask"] = mask
        elif len(tensors) > 1:
            for name, value in tensors.items():
                target = f"{name}_mask"
                if target in parameters and spec.arguments_dict.get(target) is None:
                    kwargs[target] = nest.map_structure(get_mask, value)
        if kwargs.get("mask") is not None:
            return kwargs["mask"]
        if legacy and spec.arguments_dict.get("mask") is not None:
            return spec.arguments_dict["mask"]  # given by position
        return nest.map_structure(get_mask, spec.first_arg)

    def _run(self, args: Any, kwargs: dict[str, Any]) -> Any:
        current = get_autocast_scope()
        policy = self._policy()
        scope = None
        if current is not None:
            if not self.autocast or not is_float_dtype(policy.compute_dtype):
                scope = AutocastScope(None)
            elif current.dtype != policy.compute_dtype:
                scope = AutocastScope(policy.compute_dtype)
        elif policy.compute_dtype != policy.variable_dtype:
            scope = AutocastScope(policy.compute_dtype)
        if scope is None:
            return self._dispatch_call(args, kwargs)
        with scope:
            return self._dispatch_call(args, kwargs)

    def _dispatch_call(self, args: Any, kwargs: dict[str, Any]) -> Any:
        call = self.symbolic_call if any_symbolic_tensors(args, kwargs) else self.call
        try:
            return self._run_call(call, args, kwargs)
        except Exception as error:
            raise call_errors.explained(error, self, call, args, kwargs) from error.__cause__

    def _run_call(self, call: Callable[..., Any], args: Any, kwargs: dict[str, Any]) -> Any:
        if call == self.symbolic_call:
            return call(*args, **kwargs)
        if context.trace is not None and not is_own(type(self)):
            call = autograph_convert(call, explain=core_config.legacy_keras())
        if self._remat_mode is not None:
            return rematerialized_call(self, call, self._remat_mode)(*args, **kwargs)
        return eager_calls.run(self, call, args, kwargs)

    def _symbolic_python(self) -> Callable[..., Any]:
        """``call`` as it runs on symbolic tensors: in Keras 2 with a user's control flow on tensors rewritten."""
        if core_config.legacy_keras() and not is_own(type(self)):
            return autograph_convert(self.call)
        return self.call

    def symbolic_call(self, *args: Any, **kwargs: Any) -> Any:
        if core_config.legacy_keras() and not (self._dynamic or is_own(type(self).call)):
            # Keras 2 runs a user's call, whatever shape the class or its base says it gives
            return infer(self, self._symbolic_python(), args, kwargs)
        return self.compute_output_spec(*args, **kwargs)

    def compute_output_spec(self, *args: Any, **kwargs: Any) -> Any:
        """KerasTensors like the output: by tracing ``call``, or by the class's own ``compute_output_shape``."""
        if is_default(self.compute_output_shape):
            return infer(self, self._symbolic_python(), args, kwargs)
        spec = CallSpec(self._call_signature, self._call_context_args, args, dict(kwargs))
        shapes = shapes_for(self.compute_output_shape, shapes_dict(spec), spec, type(self).__name__)
        shapes = shape_forms.symbolic(shapes)
        return _specs_of(self.compute_output_shape(**shapes), self.compute_dtype, type(self).__name__)

    @default
    @shape_forms.computed
    def compute_output_shape(self, *args: Any, **kwargs: Any) -> Any:
        """The shape of the output for a shape of the input.

        Args:
          *args, **kwargs: the shape(s) of the input(s), under ``call``'s names with or without ``_shape``.

        Returns:
          tuple of int and None, or a structure of such.
        """
        layer = self
        if not self.built:
            try:
                layer = type(self).from_config(self.get_config())
            except Exception:
                layer = self
        args = tuple(_shapes_to_tensors(value, layer) for value in args)
        named = {key.removesuffix("_shape"): _shapes_to_tensors(value, layer) for key, value in kwargs.items()}
        if "input" in named and "input" not in layer._call_signature.parameters:
            args, named = (*args, named["input"]), {k: v for k, v in named.items() if k != "input"}
        out = compute_output_spec(lambda *a, **k: layer(*a, **k), *args, **named)
        return nest.map_structure(lambda x: tuple(x.shape), out)

    def _assert_input_compatibility(self, inputs: Any, *more: Any) -> None:
        if self.input_spec:
            assert_input_compatibility(self.input_spec, inputs, layer_name=self.name)

    def _add_activity_loss(self, outputs: Any) -> None:
        for output in nest.flatten(outputs):
            if is_tensor(output) and not isinstance(output, KerasTensor):
                loss = self.activity_regularizer(output)
                if output.ndim > 0:
                    loss = divide_no_nan(loss, cast(output.shape[0], loss.dtype))
                self.add_loss(loss)

    def _pass_mask_on(self, inputs: Any, outputs: Any, previous_mask: Any) -> None:
        flat = nest.flatten(outputs)
        if all(get_mask(x) is not None for x in flat):
            return
        masks = self.compute_mask(inputs, previous_mask)
        if masks is None:
            return
        for x, mask in zip(flat, nest.flatten(masks), strict=False):
            if mask is not None and get_mask(x) is None:
                set_mask(x, mask)

    def stateless_call(
        self,
        trainable_variables: Any,
        non_trainable_variables: Any,
        *args: Any,
        return_losses: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Calls the layer as a pure function of its variables' values.

        Args:
          trainable_variables: values of ``trainable_variables``, in order.
          non_trainable_variables: values of ``non_trainable_variables``, in order.
          *args, **kwargs: for the call.
          return_losses: bool, whether to return ``losses`` too.

        Returns:
          (outputs, new values of the non-trainable variables) or (outputs, those, losses).
        """
        from kerax.keras.engine.stateless import call_with_values

        return call_with_values(self, trainable_variables, non_trainable_variables, args, kwargs, return_losses)

    def _register_call_context_args(self, *names: str) -> None:
        """Makes arguments travel down to all layers called within, as ``training`` does."""
        if self._called:
            raise RuntimeError("Cannot add call-context args after the layer has been called.")
        self._call_context_args = self._call_context_args | set(names)

    # --- configuration ----------------------------------------------------------------------------------
    @default
    def get_config(self) -> dict[str, Any]:
        self._check_super_called()
        if core_config.legacy_keras():
            return self._keras2_config()
        config = super().get_config()
        config["trainable"] = self.trainable
        config["dtype"] = dtype_policies.serialize(self.dtype_policy)
        if self.activity_regularizer is not None and "activity_regularizer" not in config:
            config["activity_regularizer"] = regularizers.serialize(self.activity_regularizer)
        return config

    def _obj_type(self) -> str:
        return "Layer"

    def __repr__(self) -> str:
        if core_config.legacy_keras():
            return object.__repr__(self)
        return f"<{type(self).__name__} name={self.name}, built={self.built}>"

    def __str__(self) -> str:
        return self.__repr__()

    def __getstate__(self) -> dict[str, Any]:
        alone = {"_inbound_nodes": [], "_outbound_nodes": [], "_tracker": self._tracker.locked}
        return {**self.__dict__, **alone}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._initialize_tracker()
        for store in _STORES[1:]:
            for item in state[store]:
                self._tracker.track(item)
        for name, value in state.items():
            if name not in (*_STORES, "_self_tracked_trackables"):
                setattr(self, name, value)
        keras2_weights.copied(self, state)
        if state["_tracker"]:
            self._tracker.lock(_LOCKED)


def _symbolic(structure: Any) -> Any:
    """Tensors as KerasTensors of the same shape, for building by a trace."""

    def convert(x: Any) -> Any:
        if isinstance(x, Tensor):
            return KerasTensor(x.shape, x.dtype)
        return x

    return nest.map_structure(convert, structure)


def _as_arguments(signature: inspect.Signature, arguments: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
    bound = inspect.BoundArguments(signature, arguments)  # type: ignore[arg-type]
    return bound.args, bound.kwargs


def _shapes_to_tensors(value: Any, layer: Any) -> Any:
    if hasattr(value, "as_list") and not isinstance(value, tuple):
        value = tuple(value.as_list())
    if shape_forms.is_shape(value):
        dtype = layer.input_dtype
        return KerasTensor(value, dtype)
    if isinstance(value, dict):
        return {key: _shapes_to_tensors(item, layer) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_shapes_to_tensors(item, layer) for item in value)
    return value


def _specs_of(shape: Any, dtype: str, class_name: str) -> Any:
    if hasattr(shape, "as_list") and not isinstance(shape, tuple):
        shape = tuple(shape.as_list())
    if shape_forms.is_shape(shape) and (shape or isinstance(shape, tuple)):
        return KerasTensor(tuple(shape), dtype)
    if isinstance(shape, dict):
        return {key: _specs_of(item, dtype, class_name) for key, item in shape.items()}
    if isinstance(shape, (list, tuple)):
        return type(shape)(_specs_of(item, dtype, class_name) for item in shape)
    raise ValueError(
        f"Method `compute_output_shape()` of layer {class_name} is returning a type that cannot be interpreted as a "
        f"shape. It should return a shape tuple. Received: {shape}"
    )
