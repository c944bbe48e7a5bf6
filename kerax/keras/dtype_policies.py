"""``keras.dtype_policies`` and mixed precision: in which dtype a layer computes, and keeps its variables."""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping
from typing import Any

from kerax.core.config import legacy_keras
from kerax.core.tensor import convert_to_tensor, is_tensor
from kerax.core.value import Tensor
from kerax.keras.engine import global_state
from kerax.keras.engine.settings import floatx, standardize_dtype
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object
from kerax.math.casting import cast

QUANTIZATION_MODES = ("int8", "float8", "int4", "gptq", "awq")


class DTypePolicy:
    """The dtypes of a layer.

    Args:
      name: a dtype's name, or "mixed_float16" or "mixed_bfloat16": float32 variables, 16 bit computations.

    >>> import kerax as tf
    >>> policy = tf.keras.mixed_precision.Policy("mixed_float16")
    >>> policy.compute_dtype, policy.variable_dtype
    ('float16', 'float32')
    """

    def __init__(self, name: str | None = None) -> None:
        if name is None:
            name = dtype_policy().name
        self._name = name
        self._compute_dtype, self._variable_dtype = self._parse_name(name)
        self._quantization_mode: str | None = None

    def _parse_name(self, name: Any) -> tuple[str, str]:
        if not isinstance(name, str):
            raise TypeError(
                f"'name' must be a string, such as 'mixed_float16'. Received: name={name} (of type {type(name)})"
            )
        if name in ("mixed_float16", "mixed_bfloat16"):
            return name.removeprefix("mixed_"), "float32"
        try:
            dtype = standardize_dtype(name)
        except ValueError:
            raise ValueError(
                f"Cannot convert '{name}' to a mixed precision DTypePolicy. Valid policies include 'mixed_float16', "
                "'mixed_bfloat16', and the name of any float dtype such as 'float32'."
            ) from None
        return dtype, dtype

    @property
    def variable_dtype(self) -> str:
        """The dtype of variables."""
        return self._variable_dtype

    @property
    def compute_dtype(self) -> str:
        """The dtype of inputs, of variables as they are read, and so of outputs."""
        return self._compute_dtype

    @property
    def name(self) -> str:
        return self._name

    @property
    def quantization_mode(self) -> str | None:
        return self._quantization_mode

    def convert_input(self, x: Any, autocast: bool, dtype: Any) -> Any:
        """A tensor of an array, float tensors in the compute dtype; other values as they are."""
        if isinstance(x, Tensor) or is_tensor(x):
            return cast(x, dtype) if self._should_cast(x, autocast, dtype) else x
        if hasattr(x, "__array__"):
            x = convert_to_tensor(x)
            return cast(x, dtype) if self._should_cast(x, autocast, dtype) else x
        return x

    def _should_cast(self, x: Any, autocast: bool, dtype: Any) -> bool:
        have = x.dtype.name
        return autocast and have.startswith(("float", "bfloat")) and have != dtype

    def get_config(self) -> dict[str, Any]:
        return {"name": self.name}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        return cls(**config)

    def __repr__(self) -> str:
        name = type(self).__name__
        shown = "Policy" if legacy_keras() else "DTypePolicy"
        return f'<{shown if name in ("DTypePolicy", "FloatDTypePolicy") else name} "{self._name}">'

    def __eq__(self, other: object) -> bool:
        plain = (DTypePolicy, FloatDTypePolicy)
        if type(self) in plain:
            return type(other) in plain and self._name == other._name  # type: ignore[attr-defined]
        return type(other) is type(self) and self._name == other._name  # type: ignore[attr-defined]

    def __hash__(self) -> int:
        return hash((type(self).__name__, self._name))


class FloatDTypePolicy(DTypePolicy):
    """Another name of ``DTypePolicy``."""


class QuantizedDTypePolicy(DTypePolicy):
    """A policy of quantized layers: it can be described, stored and compared.

    Args:
      mode: "int8", "int4" or "float8".
      source_name: the name of the policy before quantization.
    """

    def __init__(self, mode: str, source_name: str | None = None) -> None:
        source_name = dtype_policy().name if source_name is None else source_name
        self._compute_dtype, self._variable_dtype = self._parse_name(source_name)
        if mode not in QUANTIZATION_MODES:
            raise ValueError(f"Invalid quantization mode. Expected one of {QUANTIZATION_MODES}. Received: mode={mode}")
        if self._compute_dtype == "float16" and mode == "int8":
            raise ValueError(f"Quantization mode='{mode}' doesn't work well with compute_dtype='float16'.")
        self._name = f"{mode}_from_{source_name}"
        self._source_name = source_name
        self._quantization_mode = mode

    def get_config(self) -> dict[str, Any]:
        return {"mode": self._quantization_mode, "source_name": self._source_name}


class QuantizedFloat8DTypePolicy(QuantizedDTypePolicy):
    """A policy of float8 layers, with the length of the history of maxima."""

    default_amax_history_length = 1024

    def __init__(self, mode: str, source_name: str | None = None, amax_history_length: int = 1024) -> None:
        super().__init__(mode=mode, source_name=source_name)
        if not isinstance(amax_history_length, int):
            raise TypeError(
                f"`amax_history_length` must be an integer. Received: amax_history_length={amax_history_length}"
            )
        self._amax_history_length = amax_history_length

    @property
    def amax_history_length(self) -> int:
        return self._amax_history_length

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other) and self._amax_history_length == other._amax_history_length  # type: ignore[attr-defined]

    __hash__ = DTypePolicy.__hash__

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "amax_history_length": self.amax_history_length}


class _BlockDTypePolicy(QuantizedDTypePolicy):
    """The base of policies whose mode holds sizes: ``"<mode>/<size>/…"``."""

    _mode = ""
    _sizes: tuple[str, ...] = ()
    _weight_bits: tuple[int, ...] = ()
    _whole = "whole-tensor"

    def __init__(self, mode: str, source_name: str | None = None) -> None:
        kind = type(self).__name__
        form = f"'{self._mode}/{'/'.join(f'<{size}>' for size in self._sizes)}'"
        parts = mode.split("/")
        if len(parts) != len(self._sizes) + 1 or parts[0] != self._mode:
            raise ValueError(f"Invalid mode for {kind}. Expected format {form}, but got '{mode}'.")
        try:
            sizes = [int(part) for part in parts[1:]]
        except ValueError:
            raise ValueError(
                f"Invalid mode for {kind}. {' and '.join(f'<{size}>' for size in self._sizes)} must be integers. "
                f"Expected format {form}, but got '{mode}'."
            ) from None
        if len(sizes) == 2 and sizes[0] not in self._weight_bits:
            raise ValueError(
                f"Invalid weight_bits in mode. Supported values are {self._weight_bits}, but got {sizes[0]} from "
                f"'{mode}'."
            )
        if sizes[-1] < -1 or sizes[-1] == 0:
            raise ValueError(
                f"Invalid {self._sizes[-1]} in mode. Supported values are -1 ({self._whole}) or a positive integer, "
                f"but got {sizes[-1]} from '{mode}'."
            )
        super().__init__(mode=parts[0], source_name=source_name)
        self._name = f"{mode}_from_{source_name}"
        self.mode = parts[0]
        for name, size in zip(self._sizes, sizes, strict=True):
            setattr(self, name, size)

    def _values(self) -> list[int]:
        return [getattr(self, name) for name in self._sizes]

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other) and self._values() == other._values()  # type: ignore[attr-defined]

    __hash__ = DTypePolicy.__hash__

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "mode": "/".join([self.mode, *map(str, self._values())])}


class Int4DTypePolicy(_BlockDTypePolicy):
    """A policy of int4 layers, with the size of the blocks that share a scale.

    Args:
      mode: ``"int4/<block_size>"``; -1 for one scale a channel.
      source_name: the name of the policy before quantization.
    """

    _mode, _sizes, _whole = "int4", ("block_size",), "per-channel"


class GPTQDTypePolicy(_BlockDTypePolicy):
    """A policy of layers quantized by GPTQ.

    Args:
      mode: ``"gptq/<weight_bits>/<group_size>"``.
      source_name: the name of the policy before quantization.
    """

    _mode, _sizes, _weight_bits = "gptq", ("weight_bits", "group_size"), (2, 3, 4, 8)


class AWQDTypePolicy(_BlockDTypePolicy):
    """A policy of layers quantized by AWQ.

    Args:
      mode: ``"awq/4/<group_size>"``.
      source_name: the name of the policy before quantization.
    """

    _mode, _sizes, _weight_bits = "awq", ("weight_bits", "group_size"), (4,)


class DTypePolicyMap(DTypePolicy, MutableMapping):
    """Policies by layer path (exact, or a regular expression that matches the whole path).

    Args:
      default_policy: the policy of other layers.
      policy_map: dict of path → policy.
    """

    def __init__(self, default_policy: Any = None, policy_map: dict[str, Any] | None = None) -> None:
        if isinstance(default_policy, DTypePolicyMap):
            raise ValueError("`default_policy` cannot be a `DTypePolicyMap`.")
        if policy_map is not None and not isinstance(policy_map, dict):
            raise TypeError(f"If specified, `policy_map` must be a dict. Received: policy_map={policy_map}")
        self._default_policy_arg = default_policy
        self._default_policy = get(default_policy)
        self._policy_map = dict(policy_map or {})

    @property
    def name(self) -> str:
        return "map_" + self.default_policy._name

    @property
    def default_policy(self) -> DTypePolicy:
        return self._default_policy

    @property
    def variable_dtype(self) -> str:
        return self.default_policy.variable_dtype

    @property
    def compute_dtype(self) -> str:
        return self.default_policy.compute_dtype

    @property
    def quantization_mode(self) -> str | None:
        return self.default_policy.quantization_mode

    def __getitem__(self, key: str) -> DTypePolicy:
        if key in self._policy_map:
            return self._policy_map[key]
        matches = [pattern for pattern in self._policy_map if re.fullmatch(pattern, key)]
        if len(matches) > 1:
            raise ValueError(f"Path '{key}' matches multiple dtype policy specification keys: {matches}.")
        return self._policy_map[matches[0]] if matches else self.default_policy

    def __setitem__(self, key: str, policy: Any) -> None:
        if key in self._policy_map:
            raise ValueError(
                f"{key} already exist in the DTypePolicyMap with value {self._policy_map[key]}. Please make sure to "
                "not use duplicated keys."
            )
        try:
            policy = get(policy)
        except Exception:
            raise ValueError(
                "Cannot interpret the assigned value by `keras.dtype_policies.get`. "
                f"Received: {policy} of type {type(policy)}"
            ) from None
        self._policy_map[key] = policy

    def __delitem__(self, key: str) -> None:
        del self._policy_map[key]

    def __contains__(self, key: object) -> bool:
        return key in self._policy_map

    def __len__(self) -> int:
        return len(self._policy_map)

    def __iter__(self) -> Iterator[str]:
        return iter(self._policy_map)

    def get_config(self) -> dict[str, Any]:
        return {
            "default_policy": self._default_policy_arg,
            "policy_map": {key: serialize(policy) for key, policy in self._policy_map.items()},
        }

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Any:
        config = dict(config)
        config["policy_map"] = {
            key: deserialize(policy, custom_objects) if isinstance(policy, dict) else policy
            for key, policy in (config.get("policy_map") or {}).items()
        }
        return cls(**config)

    def __repr__(self) -> str:
        mapping = [(key, policy.name) for key, policy in self._policy_map.items()]
        return f"<DTypePolicyMap at {hex(id(self))} default_policy={self.default_policy.name}, mapping={mapping}>"

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


_CLASSES = {
    cls.__name__: cls
    for cls in (
        DTypePolicy,
        FloatDTypePolicy,
        QuantizedDTypePolicy,
        QuantizedFloat8DTypePolicy,
        Int4DTypePolicy,
        GPTQDTypePolicy,
        AWQDTypePolicy,
        DTypePolicyMap,
    )
}


def serialize(dtype_policy: Any) -> Any:
    """A policy as a dict."""
    return serialize_keras_object(dtype_policy)


def legacy_serialize(policy: Any) -> Any:
    """A policy as Keras 2 writes it: a plain dtype by name, others as a dict."""
    if policy.name == policy.compute_dtype:
        return policy.name
    config = {"name": policy.name}
    return {"module": "keras.mixed_precision", "class_name": "Policy", "config": config, "registered_name": None}


def deserialize(config: Any, custom_objects: Any = None) -> Any:
    """A policy of its dict."""
    return deserialize_keras_object(
        config, module_objects={**_CLASSES, "Policy": DTypePolicy}, custom_objects=custom_objects
    )


def _quantized(name: str) -> QuantizedDTypePolicy:
    mode, separator, source = name.partition("_from_")
    if not separator or "_from_" in source:
        raise ValueError(
            "Cannot convert `policy` into a valid pair (`mode`, `source_name`) to instantiate "
            f"`QuantizedDTypePolicy`. Received: policy={name}"
        )
    kinds = {"float8": QuantizedFloat8DTypePolicy, "gptq": GPTQDTypePolicy, "awq": AWQDTypePolicy}
    kind: Any = Int4DTypePolicy if mode.startswith("int4/") else kinds.get(mode.split("/")[0], QuantizedDTypePolicy)
    return kind(mode, source)


def get(identifier: Any) -> Any:
    """The policy of a name, dtype, dict or policy; the global one for None.

    Raises:
      ValueError: nothing of the kind.
    """
    if identifier is None:
        return dtype_policy()
    if isinstance(identifier, DTypePolicy):
        return identifier
    if isinstance(identifier, dict):
        return deserialize(identifier)
    if isinstance(identifier, str):
        return (
            _quantized(identifier)
            if identifier.startswith(QUANTIZATION_MODES) and "_from_" in identifier
            else (DTypePolicy(str(identifier)))
        )
    try:
        return DTypePolicy(standardize_dtype(identifier))
    except Exception:
        raise ValueError(
            "Cannot interpret `dtype` argument. Expected a string or an instance of DTypePolicy. "
            f"Received: dtype={identifier}"
        ) from None


def set_dtype_policy(policy: Any) -> None:
    """Sets the policy of layers made from now on (``mixed_precision.set_global_policy``).

    Args:
      policy: a policy or its name.
    """
    if not isinstance(policy, DTypePolicy):
        if not isinstance(policy, str):
            raise ValueError(
                "Invalid `policy` argument. Expected the string name of a policy (such as 'mixed_float16') or a "
                f"`DTypePolicy` instance. Received: policy={policy} (of type {type(policy)})"
            )
        policy = get(policy)
    global_state.put("dtype_policy", policy)


def dtype_policy() -> DTypePolicy:
    """The global policy, of the global float type unless it was set."""
    policy = global_state.get("dtype_policy")
    if policy is None:
        policy = DTypePolicy(floatx())
        global_state.put("dtype_policy", policy)
    return policy
