"""Layers whose weight is kept in int8 or int4: ``Layer.quantize``."""

from __future__ import annotations

import math
from typing import Any

from kerax.keras import dtype_policies, ops
from kerax.keras.quantizers.config import Int4QuantizationConfig, QuantizationConfig, resolve
from kerax.keras.quantizers.functions import abs_max_quantize_grouped_with_zero_point, pack_int4, unpack_int4
from kerax.keras.quantizers.quantizer import AbsMaxQuantizer


def _check_mode(mode: str) -> None:
    if mode not in ("int8", "int4"):
        raise NotImplementedError(f"kerax quantizes layers to int8 and int4 only. Received: mode={mode!r}")


class QuantizedWeight:
    """Gives a layer ``quantize``: its weight becomes integers, a scale, and in int4 blocks a zero point.

    The layer computes in floating point with the weight that the integers stand for, and (in int8) with inputs
    rounded as the weight is. Its gradient by the inputs is that of the same layer with inputs as they are.

    A layer names its weight as `LowRankAdaptation` does, and tells `_shared_axes`. In int4 the weight is a matrix, two
    values of a row in each byte.
    """

    _lora_weight = "kernel"
    #: the axis of the weight, as a matrix, along which values share a scale
    _matrix_axis = 0
    inputs_quantizer: Any = None
    _is_quantized = False

    # --- what a layer tells -------------------------------------------------------------------------------
    def _shared_axes(self) -> tuple[int, ...]:
        """The weight's axes whose values share an int8 scale."""
        return (self._matrix_axis,)

    def _stored_scale(self, scale: Any) -> Any:
        """A scale that has the weight's rank, in the shape in which the layer keeps it."""
        return ops.squeeze(scale, axis=self._shared_axes())

    def _scale_of_weight(self, scale: Any) -> Any:
        """The inverse of `_stored_scale`."""
        return ops.expand_dims(scale, axis=self._matrix_axis)

    def _matrix_shape(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        """The shape of the matrix that a weight of a shape is in int4."""
        return shape

    # --- quantizing -----------------------------------------------------------------------------------------
    def quantize(self, mode: Any = None, type_check: bool = True, config: Any = None) -> None:
        """Replaces the weight by integers.

        Args:
          mode: "int8" or "int4"; that of ``config`` if None.
          type_check: bool, whether subclasses are refused.
          config: a ``keras.quantizers`` config; the mode's default if None.

        Raises:
          ValueError: the layer is not built, is quantized already, or the arguments contradict each other.
          NotImplementedError: a subclass, or another mode.

        Differs from TensorFlow: the modes "float8", "gptq" and "awq" are not here.
        """
        config = resolve(mode, config)
        mode = config.mode
        self._check_quantizable(mode)
        if type_check and QuantizedWeight not in type(self).__bases__:
            super().quantize(mode)  # type: ignore[misc]  # it raises
        _check_mode(mode)
        name = self._lora_weight
        weight = getattr(self, f"_{name}")
        parts = self._quantized_parts(weight, mode, config)
        shape = tuple(weight.shape)
        self._tracker.unlock()  # type: ignore[attr-defined]
        try:
            delattr(self, f"_{name}")
            self.quantization_config = config
            self._build_quantized(shape, mode, config)
        finally:
            self._tracker.lock()  # type: ignore[attr-defined]
        for variable, value in zip(self._quantized_variables(), parts, strict=True):
            variable.assign(value)
        if mode == "int4":
            mode = f"int4/{config.block_size if config.block_size else -1}"
        if self.quantization_mode is None:  # type: ignore[has-type]
            self.dtype_policy = dtype_policies.get(f"{mode}_from_{self.dtype_policy.name}")  # type: ignore[has-type]

    def _check_quantizable(self, mode: str) -> None:
        if not self.built:  # type: ignore[attr-defined]
            raise ValueError(
                f"Cannot quantize a layer that isn't yet built. Layer '{self.name}' "  # type: ignore[attr-defined]
                f"(of type '{type(self).__name__}') is not built yet."
            )
        if self._is_quantized:
            raise ValueError(
                f"Layer '{self.name}' is already quantized with "  # type: ignore[attr-defined]
                f"dtype_policy='{self.dtype_policy.name}'. Received: mode={mode}"
            )
        if mode == "int8" and self.compute_dtype == "float16":  # type: ignore[attr-defined]
            raise ValueError(
                f"Quantization mode='{mode}' doesn't work well with compute_dtype='float16'. Consider loading "
                "model/layer with another dtype policy such as 'mixed_bfloat16' or 'mixed_float16' before calling "
                "`quantize()`."
            )

    def _block_size(self, config: Any) -> int | None:
        """How many values share a scale in int4; None for a whole channel."""
        holder = config if isinstance(config, Int4QuantizationConfig) else self.dtype_policy
        size = getattr(holder, "block_size", None)
        return size if size is not None and size > 0 else None

    def _quantized_parts(self, weight: Any, mode: str, config: Any) -> list[Any]:
        """The values of `_quantized_variables` for a weight."""
        own = QuantizationConfig.weight_quantizer_or_default
        if mode == "int8":
            values, scale = own(config, AbsMaxQuantizer(axis=self._shared_axes()))(weight, to_numpy=True)
            return [values, self._stored_scale(scale)]
        axis = self._matrix_axis
        matrix = ops.reshape(weight, self._matrix_shape(tuple(weight.shape)))
        block = self._block_size(config)
        if block is None:
            default = AbsMaxQuantizer(axis=axis, value_range=(-8, 7), output_dtype="int8")
            values, scale = own(config, default)(matrix, to_numpy=True)
            return [pack_int4(values, axis=-1)[0], ops.squeeze(scale, axis=axis)]
        turned = ops.transpose if axis else ops.convert_to_tensor
        found = abs_max_quantize_grouped_with_zero_point(turned(matrix), block_size=block, to_numpy=True)
        values, scale, zero = (turned(part) for part in found)
        groups = ops.floor_divide(ops.arange(matrix.shape[axis], dtype="float32"), block)
        return [pack_int4(values, axis=-1)[0], scale, zero, groups]

    # --- the variables -------------------------------------------------------------------------------------
    def _build_quantized(self, shape: tuple[int, ...], mode: str, config: Any) -> None:
        """Adds the variables of a quantized weight of a shape.

        Raises:
          NotImplementedError: another mode than int8 and int4.
        """
        _check_mode(mode)
        name, axis = self._lora_weight, self._matrix_axis
        default = AbsMaxQuantizer() if mode == "int8" else None
        self.inputs_quantizer = QuantizationConfig.activation_quantizer_or_default(config, default)
        self._weight_shape = shape
        block = None
        if mode == "int8":
            scales = tuple(
                self._stored_scale(ops.ones([1 if i in self._shared_axes() else n for i, n in enumerate(shape)])).shape
            )
            stored = shape
        else:
            rows, columns = matrix = self._matrix_shape(shape)
            block = self._block_size(config)
            stored = (rows, (columns + 1) // 2)
            scales = (matrix[1 - axis],)
            if block is not None:
                groups = math.ceil(matrix[axis] / block)
                scales = (groups, columns) if axis == 0 else (rows, groups)
        add = self.add_weight  # type: ignore[attr-defined]
        made = add(name=name, shape=stored, initializer="zeros", dtype="int8", trainable=False)
        setattr(self, f"_{name}", made)
        made = add(name=f"{name}_scale", shape=scales, initializer="ones", trainable=False)
        setattr(self, f"{name}_scale", made)
        if block is not None:
            made = add(name=f"{name}_zero", shape=scales, initializer="zeros", dtype="int8", trainable=False)
            setattr(self, f"{name}_zero", made)
            size = matrix[axis]
            self.g_idx = add(
                name="g_idx",
                shape=(size,),
                initializer=lambda shape, dtype: ops.floor_divide(ops.arange(size, dtype=dtype), block),
                dtype="float32",
                trainable=False,
            )
        self._is_quantized = True

    def _quantized_variables(self) -> list[Any]:
        """The integers, the scale, and for blocks the zero points and the numbers of blocks."""
        name = self._lora_weight
        found = [getattr(self, f"_{name}"), getattr(self, f"{name}_scale")]
        if hasattr(self, f"{name}_zero"):
            found += [getattr(self, f"{name}_zero"), self.g_idx]
        return found

    def _stored_variables(self) -> list[Any]:
        """The variables in the order of files: the bias stands after the weight."""
        weight, *rest = self._quantized_variables()
        bias = getattr(self, "bias", None)
        return [weight, *([] if bias is None else [bias]), *rest]

    def save_own_variables(self, store: Any) -> None:
        """Puts the variables into a store; a low-rank adaptation goes into the weight."""
        if not self._is_quantized:
            super().save_own_variables(store)  # type: ignore[misc]
            return
        values = {id(variable): variable for variable in self._stored_variables()}
        if self.lora_enabled:  # type: ignore[attr-defined]
            merged = self._used_weight()
            parts = self._quantized_parts(merged, self.quantization_mode, self.quantization_config)
            values |= {id(v): part for v, part in zip(self._quantized_variables(), parts, strict=True)}
        for index, variable in enumerate(self._stored_variables()):
            store[str(index)] = values[id(variable)]

    def load_own_variables(self, store: Any) -> None:
        """Sets the variables from a store; a low-rank adaptation becomes zero."""
        if not self._is_quantized:
            super().load_own_variables(store)  # type: ignore[misc]
            return
        for index, variable in enumerate(self._stored_variables()):
            variable.assign(store[str(index)])
        if self.lora_enabled:  # type: ignore[attr-defined]
            self._clear_lora()  # type: ignore[attr-defined]

    def _adapted_shape(self) -> tuple[int, ...]:
        return self._weight_shape if self._is_quantized else super()._adapted_shape()  # type: ignore[misc]

    # --- computing -----------------------------------------------------------------------------------------
    def _integers(self) -> Any:
        """The weight's integers, in its shape."""
        stored = getattr(self, f"_{self._lora_weight}")
        if self.quantization_mode != "int4":
            return stored
        columns = self._matrix_shape(self._weight_shape)[1]
        return ops.reshape(unpack_int4(ops.convert_to_tensor(stored), columns, axis=-1), self._weight_shape)

    def _used_weight(self) -> Any:
        """The weight that the layer computes with, in floating point, with a low-rank adaptation in it."""
        if not self._is_quantized:
            return getattr(self, self._lora_weight)
        return self._with_lora(self._float_weight())  # type: ignore[attr-defined]

    def _float_weight(self) -> Any:
        """The weight that the integers stand for."""
        stored, scale, *blocks = self._quantized_variables()
        if self.quantization_mode == "int8":
            return ops.divide(ops.cast(stored, self.compute_dtype), self._scale_of_weight(scale))  # type: ignore[attr-defined]
        columns = self._matrix_shape(self._weight_shape)[1]
        integers = unpack_int4(ops.convert_to_tensor(stored), columns, axis=-1)
        return ops.reshape(self._values_of(integers, scale, *blocks), self._weight_shape)

    def _values_of(self, integers: Any, scale: Any, zero: Any = None, groups: Any = None) -> Any:
        """What integers of the weight as a matrix (or rows of it, in axes in front) stand for."""
        axis = self._matrix_axis or 0
        values = ops.cast(integers, self.compute_dtype)  # type: ignore[attr-defined]
        if zero is None:
            return ops.divide(values, ops.expand_dims(scale, axis))
        index = ops.cast(groups, "int32")
        zero, scale = ops.take(zero, index, axis=axis), ops.take(scale, index, axis=axis)
        return ops.multiply(ops.subtract(values, ops.cast(zero, scale.dtype)), scale)

    def _multiplied(self, product: Any, inputs: Any, axis: Any = -1) -> Any:
        """``product(inputs, weight)``, of inputs rounded along an axis where the layer rounds them.

        A low-rank adaptation multiplies the inputs as they are.
        """
        blocks = self.quantization_mode == "int4" and hasattr(self, f"{self._lora_weight}_zero")
        if self.inputs_quantizer is None or blocks:
            return product(inputs, self._used_weight())
        values, scale = self.inputs_quantizer(inputs, axis=axis)
        rounded = ops.divide(ops.cast(values, self.compute_dtype), scale)  # type: ignore[attr-defined]
        rounded = ops.add(ops.stop_gradient(rounded), ops.subtract(inputs, ops.stop_gradient(inputs)))
        weight = self._float_weight()
        out = product(rounded, weight)
        if self.lora_enabled:  # type: ignore[attr-defined]
            out = ops.add(out, product(inputs, self._with_lora(ops.zeros_like(weight))))  # type: ignore[attr-defined]
        return out
