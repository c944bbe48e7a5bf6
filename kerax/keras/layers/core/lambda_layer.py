"""``keras.layers.Lambda``: any function as a layer."""

from __future__ import annotations

import contextlib
import inspect
import types
from typing import Any

import numpy as np

from kerax.core import nest
from kerax.core.autograph import convert as autograph_convert
from kerax.core.config import legacy_keras
from kerax.core.context import context
from kerax.keras.engine.abstract import compute_output_spec
from kerax.keras.engine.keras_tensor import KerasTensor
from kerax.keras.engine.layer import Layer
from kerax.keras.engine.tracking import DotNotTrackScope
from kerax.keras.layers.core import lambda_code
from kerax.keras.saving.serialization import deserialize_keras_object, in_safe_mode, serialize_keras_object


def _is_lambda(fn: Any) -> bool:
    return isinstance(fn, types.FunctionType) and fn.__name__ == "<lambda>"


class Lambda(Layer):
    """A function of tensors as a layer, without state.

    Args:
      function: takes the input, and ``mask`` and ``training`` if it has arguments of these names.
      output_shape: tuple without the batch, or a function of the input's shape; None to find out by running it.
      mask: the mask of the output, or a function ``(inputs, mask)``; None for none.
      arguments: dict of further keyword arguments.

    A python lambda in a file is only revived with ``safe_mode=False``.

    >>> import kerax as tf
    >>> tf.keras.layers.Lambda(lambda x: x ** 2)(tf.constant([3.])).numpy()
    array([9.], dtype=float32)
    """

    def __init__(
        self, function: Any, output_shape: Any = None, mask: Any = None, arguments: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        with (
            DotNotTrackScope() if legacy_keras() else contextlib.nullcontext()
        ):  # there, their variables are no weights
            self.arguments = arguments or {}
        self.function = function
        self.supports_masking = mask is not None
        self.mask = mask
        self._output_shape = output_shape
        names = inspect.getfullargspec(function).args
        self._fn_expects_training_arg = "training" in names
        self._fn_expects_mask_arg = "mask" in names

    def call(self, inputs: Any, mask: Any = None, training: Any = None) -> Any:
        kwargs = dict(self.arguments)
        if self._fn_expects_mask_arg:
            kwargs["mask"] = mask
        if self._fn_expects_training_arg:
            kwargs["training"] = training
        function = self.function if context.trace is None else autograph_convert(self.function)
        return function(inputs, **kwargs)

    def compute_mask(self, inputs: Any, mask: Any = None) -> Any:
        return self.mask(inputs, mask) if callable(self.mask) else self.mask

    def compute_output_spec(self, inputs: Any, mask: Any = None, training: Any = None) -> Any:
        if self._output_shape is None:
            return compute_output_spec(self.call, inputs, mask=mask, training=training)
        shape = self.compute_output_shape(nest.map_structure(lambda x: tuple(x.shape), inputs))
        return _map_shapes(lambda one: KerasTensor(one, self.compute_dtype), shape)

    def compute_output_shape(self, input_shape: Any) -> Any:
        """The shape of the output.

        Raises:
          NotImplementedError: it can only be known by running the function, and that fails.
        """
        if self._output_shape is None:
            try:
                inputs = _map_shapes(lambda one: KerasTensor(one, self.compute_dtype), input_shape)
                return nest.map_structure(lambda x: tuple(x.shape), compute_output_spec(self.call, inputs))
            except Exception as error:
                raise NotImplementedError(
                    "We could not automatically infer the shape of the Lambda's output. Please specify the "
                    "`output_shape` argument for this Lambda layer."
                ) from error
        if callable(self._output_shape):
            return self._output_shape(input_shape)
        first = input_shape
        while isinstance(first, dict) or (first and isinstance(first[0], (tuple, list, dict))):
            first = next(iter(first.values())) if isinstance(first, dict) else first[0]
        return _map_shapes(lambda one: (first[0], *one), self._output_shape)

    def get_config(self) -> dict[str, Any]:
        if legacy_keras():
            return {**super().get_config(), **lambda_code.legacy_config(self)}
        config: dict[str, Any] = {"function": _function_config(self.function)}
        if self._output_shape is not None:
            shape = self._output_shape
            config["output_shape"] = _function_config(shape) if callable(shape) else shape
        if self.mask is not None:
            config["mask"] = _function_config(self.mask) if callable(self.mask) else serialize_keras_object(self.mask)
        config["arguments"] = serialize_keras_object(self.arguments)
        return {**super().get_config(), **config}

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None, safe_mode: Any = None) -> Any:
        """The layer of a config.

        Raises:
          ValueError: the config holds a python lambda, and safe mode is on (in Keras 2, only loading turns it on).
        """
        config = dict(config)
        mode = in_safe_mode() if safe_mode is None else safe_mode
        safe = bool(mode) if mode is None and legacy_keras() else mode is not False
        if "function_type" in config:
            return cls(**lambda_code.of_legacy_config(config, custom_objects, safe))
        for key in ("function", "output_shape", "mask"):
            if key in config:
                config[key] = _revived(config[key], custom_objects, safe)
        shape = config.get("output_shape")
        if isinstance(shape, list) and all(size is None or isinstance(size, int) for size in shape):
            config["output_shape"] = tuple(shape)
        if "arguments" in config:
            config["arguments"] = deserialize_keras_object(config["arguments"], custom_objects=custom_objects)
        return cls(**config)


def _map_shapes(fn: Any, shape: Any) -> Any:
    if isinstance(shape, dict):
        return {key: _map_shapes(fn, item) for key, item in shape.items()}
    if all(size is None or isinstance(size, (int, np.integer)) for size in shape):
        return fn(tuple(shape))
    return type(shape)(_map_shapes(fn, item) for item in shape)


def _function_config(fn: Any) -> Any:
    if _is_lambda(fn):
        code, defaults, closure = lambda_code.dump(fn)
        return {"class_name": "__lambda__", "config": {"code": code, "defaults": defaults, "closure": closure}}
    if callable(fn):
        return serialize_keras_object(fn)
    raise ValueError(f"Invalid input type for serialization. Received: {fn} of type {type(fn)}.")


def _revived(config: Any, custom_objects: Any, safe: bool) -> Any:
    if isinstance(config, dict) and config.get("class_name") == "__lambda__":
        inner = config["config"]
        return lambda_code.load((inner["code"], inner["defaults"], inner["closure"]), safe)
    return deserialize_keras_object(config, custom_objects=custom_objects)
