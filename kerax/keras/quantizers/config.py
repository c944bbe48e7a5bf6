"""Configurations of ``Layer.quantize`` and ``Model.quantize``."""

from __future__ import annotations

from typing import Any

from kerax.keras.dtype_policies import QUANTIZATION_MODES
from kerax.keras.quantizers.quantizer import AbsMaxQuantizer
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object


class QuantizationConfig:
    """The base of quantization configurations.

    Args:
      weight_quantizer: quantizer of the weights, None for the mode's own.
      activation_quantizer: quantizer of the activations, None to leave them as they are.
    """

    def __init__(self, weight_quantizer: Any = None, activation_quantizer: Any = None) -> None:
        self.weight_quantizer = weight_quantizer
        self.activation_quantizer = activation_quantizer

    @property
    def mode(self) -> str:
        raise NotImplementedError(
            "Subclasses must implement this property. Do not instantiate QuantizationConfig directly."
        )

    def get_config(self) -> dict[str, Any]:
        return {
            "weight_quantizer": serialize_keras_object(self.weight_quantizer),
            "activation_quantizer": serialize_keras_object(self.activation_quantizer),
        }

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        found = {
            name: deserialize_keras_object(config.get(name)) for name in ("weight_quantizer", "activation_quantizer")
        }
        return cls(**found)

    @staticmethod
    def weight_quantizer_or_default(config: Any, default: Any) -> Any:
        """The weights' quantizer of a configuration, a default where there is none."""
        return config.weight_quantizer if config is not None and config.weight_quantizer is not None else default

    @staticmethod
    def activation_quantizer_or_default(config: Any, default: Any) -> Any:
        """The activations' quantizer of a configuration, a default without one."""
        return default if config is None else config.activation_quantizer


def _require_int8(kind: str, quantizer: Any) -> None:
    if quantizer is not None and quantizer.output_dtype != "int8":
        raise ValueError(
            f"{kind} requires a weight_quantizer with output_dtype='int8'. "
            f"Received: output_dtype={quantizer.output_dtype}"
        )


class Int8QuantizationConfig(QuantizationConfig):
    """Weights and activations as int8.

    Args:
      weight_quantizer: quantizer of the weights, None for ``AbsMaxQuantizer``.
      activation_quantizer: quantizer of the activations; "default" for ``AbsMaxQuantizer``, None for none.

    >>> import kerax as tf
    >>> tf.keras.quantizers.Int8QuantizationConfig().mode
    'int8'
    """

    def __init__(self, weight_quantizer: Any = None, activation_quantizer: Any = "default") -> None:
        chosen = AbsMaxQuantizer() if activation_quantizer == "default" else activation_quantizer
        super().__init__(weight_quantizer, chosen)
        _require_int8("Int8QuantizationConfig", weight_quantizer)

    @property
    def mode(self) -> str:
        return "int8"


class Int4QuantizationConfig(QuantizationConfig):
    """Weights as int4.

    Args:
      weight_quantizer: quantizer of the weights; None for the mode's own.
      activation_quantizer: quantizer of the activations; "default" for none.
      block_size: int, weights that share a scale; None or -1 for a whole channel.

    Raises:
      ValueError: a wrong block size, or quantizers together with blocks.

    >>> import kerax as tf
    >>> tf.keras.quantizers.Int4QuantizationConfig(block_size=64).block_size
    64
    """

    def __init__(
        self, weight_quantizer: Any = None, activation_quantizer: Any = "default", block_size: int | None = 128
    ) -> None:
        super().__init__(weight_quantizer, None if activation_quantizer == "default" else activation_quantizer)
        if block_size is not None and block_size != -1 and block_size <= 0:
            raise ValueError(f"block_size must be None, -1, or a positive integer. Received: block_size={block_size}")
        self.block_size = block_size
        own = self.weight_quantizer is not None or self.activation_quantizer is not None
        if block_size is not None and block_size > 0 and own:
            raise ValueError(
                "Int4 sub-channel quantization (block_size > 0) does not support custom quantizers. Either set "
                "block_size to None or -1 for per-channel quantization, or remove the custom quantizer arguments. "
                f"Received: block_size={block_size}"
            )
        if self.weight_quantizer is not None and self.weight_quantizer.value_range != (-8, 7):
            raise ValueError(
                "Int4QuantizationConfig requires a weight_quantizer with value_range=(-8, 7). "
                f"Received: value_range={self.weight_quantizer.value_range}"
            )
        _require_int8("Int4QuantizationConfig", weight_quantizer)

    @property
    def mode(self) -> str:
        return "int4"

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "block_size": self.block_size}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        found = {
            name: deserialize_keras_object(config.get(name)) for name in ("weight_quantizer", "activation_quantizer")
        }
        return cls(**found, block_size=config.get("block_size"))


class Float8QuantizationConfig(QuantizationConfig):
    """Products in float8.

    >>> import kerax as tf
    >>> tf.keras.quantizers.Float8QuantizationConfig().mode
    'float8'
    """

    def __init__(self) -> None:
        super().__init__(None, None)

    @property
    def mode(self) -> str:
        return "float8"

    def get_config(self) -> dict[str, Any]:
        return {}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        return cls()


def _positive(**values: Any) -> None:
    for name, value in values.items():
        if value <= 0:
            raise ValueError(f"{name} must be a positive integer. Received: {name}={value}")


def _check_groups(group_size: int, whole: str) -> None:
    if group_size < -1 or group_size == 0:
        raise ValueError(
            f"Invalid group_size. Supported values are -1 ({whole}) or a positive integer, but got {group_size}."
        )


class _CalibratedConfig(QuantizationConfig):
    """The base of configurations with a data set to calibrate on."""

    _settings: tuple[str, ...] = ()

    def get_config(self) -> dict[str, Any]:
        return {"dataset": None, "tokenizer": None, **{name: getattr(self, name) for name in self._settings}}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        return cls(**config)

    def dtype_policy_string(self) -> str:
        """The mode of the dtype policy of quantized layers."""
        return f"{self.mode}/{self.weight_bits}/{self.group_size}"  # type: ignore[attr-defined]


class GPTQConfig(_CalibratedConfig):
    """Weights quantized by GPTQ: rounding errors are made up for by the weights not yet rounded.

    Args:
      dataset: texts or token arrays to calibrate on.
      tokenizer: function from texts to tokens.
      weight_bits: 2, 3, 4 or 8.
      num_samples: int, samples to calibrate on.
      per_channel: bool, whether each channel has its scale.
      sequence_length: int, tokens in a sample.
      hessian_damping: float from 0 to 1.
      group_size: int, weights that share a scale, -1 for all.
      symmetric: bool, whether ranges are symmetric about 0.
      activation_order: bool, whether columns with large activations come first.
      quantization_layer_structure: dict of the model's blocks.

    Source: Frantar et al., GPTQ: Accurate Post-Training Quantization for Generative Pre-trained Transformers, 2022.
    """

    _settings = (
        "weight_bits", "num_samples", "per_channel", "sequence_length", "hessian_damping", "group_size", "symmetric",
        "activation_order", "quantization_layer_structure",
    )  # fmt: skip

    def __init__(
        self,
        dataset: Any,
        tokenizer: Any,
        *,
        weight_bits: int = 4,
        num_samples: int = 128,
        per_channel: bool = True,
        sequence_length: int = 512,
        hessian_damping: float = 0.01,
        group_size: int = 128,
        symmetric: bool = False,
        activation_order: bool = False,
        quantization_layer_structure: Any = None,
    ) -> None:
        super().__init__()
        if weight_bits not in (2, 3, 4, 8):
            raise ValueError(f"Unsupported weight_bits {weight_bits}. Supported values are 2, 3, 4, and 8.")
        _positive(num_samples=num_samples, sequence_length=sequence_length)
        if hessian_damping < 0 or hessian_damping > 1:
            raise ValueError("hessian_damping must be between 0 and 1.")
        _check_groups(group_size, "whole-tensor")
        self.dataset, self.tokenizer = dataset, tokenizer
        self.weight_bits, self.num_samples, self.per_channel = weight_bits, num_samples, per_channel
        self.sequence_length, self.hessian_damping, self.group_size = sequence_length, hessian_damping, group_size
        self.symmetric, self.activation_order = symmetric, activation_order
        self.quantization_layer_structure = quantization_layer_structure

    @property
    def mode(self) -> str:
        return "gptq"


class AWQConfig(_CalibratedConfig):
    """Weights quantized by AWQ: channels that matter for the activations are scaled up before rounding.

    Args:
      dataset: texts or token arrays to calibrate on.
      tokenizer: function from texts to tokens.
      weight_bits: 4.
      num_samples: int, samples to calibrate on.
      sequence_length: int, tokens in a sample.
      group_size: int, weights that share a scale, -1 for a whole channel.
      num_grid_points: int, scales that are tried.
      quantization_layer_structure: dict of the model's blocks.

    Source: Lin et al., AWQ: Activation-aware Weight Quantization for LLM Compression and Acceleration, 2023.
    """

    _settings = (
        "weight_bits", "num_samples", "sequence_length", "group_size", "num_grid_points",
        "quantization_layer_structure",
    )  # fmt: skip

    def __init__(
        self,
        dataset: Any,
        tokenizer: Any,
        *,
        weight_bits: int = 4,
        num_samples: int = 128,
        sequence_length: int = 512,
        group_size: int = 128,
        num_grid_points: int = 20,
        quantization_layer_structure: Any = None,
    ) -> None:
        super().__init__()
        if weight_bits != 4:
            raise ValueError(f"AWQ only supports 4-bit quantization. Received weight_bits={weight_bits}.")
        _positive(num_samples=num_samples, sequence_length=sequence_length)
        _check_groups(group_size, "per-channel")
        _positive(num_grid_points=num_grid_points)
        self.dataset, self.tokenizer = dataset, tokenizer
        self.weight_bits, self.num_samples, self.sequence_length = weight_bits, num_samples, sequence_length
        self.group_size, self.num_grid_points = group_size, num_grid_points
        self.quantization_layer_structure = quantization_layer_structure

    @property
    def mode(self) -> str:
        return "awq"


def resolve(mode: str | None, config: Any) -> Any:
    """The configuration that the arguments of ``quantize`` mean.

    Raises:
      ValueError: neither argument, an unknown mode, no configuration, or a mode that is not the configuration's.
    """
    if isinstance(config, str):
        mode, config = config, None
    if mode is not None and mode not in QUANTIZATION_MODES:
        raise ValueError(f"Invalid quantization mode. Expected one of {QUANTIZATION_MODES}. Received: mode={mode}")
    if config is None:
        defaults = {"int8": Int8QuantizationConfig, "int4": Int4QuantizationConfig, "float8": Float8QuantizationConfig}
        if mode is None:
            raise ValueError("You must provide either `mode` or `config` to `quantize`.")
        if mode not in defaults:
            article = "a `GPTQConfig`" if mode == "gptq" else "an `AWQConfig`"
            raise ValueError(f"For {mode.upper()}, you must pass {article} object in the `config` argument.")
        return defaults[mode]()
    if not isinstance(config, QuantizationConfig):
        raise ValueError(
            "Argument `config` must be an instance of `QuantizationConfig`. "
            f"Received: config={config} (of type {type(config)})"
        )
    if mode is not None and config.mode != mode:
        raise ValueError(f"Contradictory arguments: mode='{mode}' but config.mode='{config.mode}'")
    return config
