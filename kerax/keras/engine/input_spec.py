"""``keras.InputSpec``: what a layer demands of its inputs, and the check of it."""

from __future__ import annotations

from typing import Any

from kerax.core import nest
from kerax.core.config import legacy_keras
from kerax.keras.engine.settings import standardize_dtype, standardize_shape


class InputSpec:
    """Rank, dtype and sizes that an input must have.

    Args:
      dtype: the dtype.
      shape: tuple of int and None, with the batch.
      ndim: int, the rank.
      max_ndim: int, the greatest rank.
      min_ndim: int, the least rank.
      axes: dict of axis → size.
      allow_last_axis_squeeze: bool, whether a last axis of size 1 may be missing or too many.
      name: str, the key of the input in a dict.
      optional: bool, whether None is accepted.

    >>> import kerax as tf
    >>> tf.keras.layers.InputSpec(ndim=2, axes={-1: 3})
    InputSpec(ndim=2, axes={-1: 3})
    """

    def __init__(
        self,
        dtype: Any = None,
        shape: Any = None,
        ndim: int | None = None,
        max_ndim: int | None = None,
        min_ndim: int | None = None,
        axes: Any = None,
        allow_last_axis_squeeze: bool = False,
        name: str | None = None,
        optional: bool = False,
    ) -> None:
        self.dtype = standardize_dtype(dtype) if dtype is not None else None
        self.shape = standardize_shape(shape) if shape is not None else None
        self.ndim = len(self.shape) if self.shape is not None else ndim
        self.max_ndim = max_ndim
        self.min_ndim = min_ndim
        self.name = name
        self.optional = optional
        self.allow_last_axis_squeeze = allow_last_axis_squeeze
        try:
            axes = axes or {}
            self.axes = {int(axis): axes[axis] for axis in axes}
        except (ValueError, TypeError):
            raise TypeError(f"Argument `axes` must be a dict with integer keys. Received: axes={axes}") from None
        if self.axes and (self.ndim is not None or self.max_ndim is not None):
            last = (self.ndim if self.ndim else self.max_ndim) - 1  # type: ignore[operator]
            if max(self.axes) > last:
                raise ValueError(f"Axis {max(self.axes)} is greater than the maximum allowed value: {last}")

    def __repr__(self) -> str:
        fields = ("dtype", "shape", "ndim", "max_ndim", "min_ndim", "axes")
        return f"InputSpec({', '.join(f'{f}={getattr(self, f)}' for f in fields if getattr(self, f))})"

    def get_config(self) -> dict[str, Any]:
        fields = ("dtype", "shape", "ndim", "max_ndim", "min_ndim", "axes")
        more = () if legacy_keras() else ("optional",)
        return {field: getattr(self, field) for field in (*fields, *more)}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        return cls(**config)


def assert_input_compatibility(input_spec: Any, inputs: Any, layer_name: str) -> None:
    """Raises ValueError, naming the layer and the shapes, unless inputs meet the specs."""
    if not input_spec:
        return
    specs = nest.flatten(input_spec)
    if isinstance(inputs, dict):
        names = [spec.name for spec in specs]
        if all(names):
            for name in names:
                if name not in inputs:
                    raise ValueError(
                        f'Missing data for input "{name}". You passed a data dictionary with keys '
                        f"{list(inputs.keys())}. Expected the following keys: {names}"
                    )
            inputs = [inputs[name] for name in names]
    inputs = nest.flatten(inputs)
    if len(inputs) != len(specs):
        raise ValueError(
            f'Layer "{layer_name}" expects {len(specs)} input(s), but it received {len(inputs)} input tensors. '
            f"Inputs received: {inputs}"
        )
    for index, (x, spec) in enumerate(zip(inputs, specs, strict=True)):
        if spec is not None and not (x is None and spec.optional):
            _check(index, x, spec, layer_name)


def _check(index: int, x: Any, spec: InputSpec, layer_name: str) -> None:
    if not hasattr(x, "shape"):
        raise (TypeError if legacy_keras() else ValueError)(
            f"Inputs to a layer should be tensors. Got '{x}' (of type {type(x)}) as input for layer '{layer_name}'."
        )
    if getattr(x.shape, "rank", 0) is None:
        return
    shape = standardize_shape(x.shape)
    ndim = len(shape)

    def fail(expected: str) -> None:
        whose = f'of layer "{layer_name}"' if legacy_keras() else f"with name '{spec.name}' of layer '{layer_name}'"
        raise ValueError(f"Input {index} {whose} is incompatible with the layer: {expected}")

    if spec.ndim is not None and not spec.allow_last_axis_squeeze and ndim != spec.ndim:
        fail(f"expected ndim={spec.ndim}, found ndim={ndim}. Full shape received: {shape}")
    if spec.max_ndim is not None and ndim > spec.max_ndim:
        fail(f"expected max_ndim={spec.max_ndim}, found ndim={ndim}")
    if spec.min_ndim is not None and ndim < spec.min_ndim:
        fail(f"expected min_ndim={spec.min_ndim}, found ndim={ndim}. Full shape received: {shape}")
    if spec.dtype is not None and standardize_dtype(x.dtype) != spec.dtype:
        fail(f"expected dtype={spec.dtype}, found dtype={standardize_dtype(x.dtype)}")
    for axis, size in spec.axes.items():
        if size is not None and shape[axis] not in (size, None):
            fail(f"expected axis {axis} of input shape to have value {size}, but received input with shape {shape}")
    if spec.shape is not None:
        wanted, found = spec.shape, shape
        if spec.allow_last_axis_squeeze:
            found = found[:-1] if found and found[-1] == 1 else found
            wanted = wanted[:-1] if wanted and wanted[-1] == 1 else wanted
        for want, have in zip(wanted, found, strict=False):
            if want is not None and have is not None and want != have:
                fail(f"expected shape={spec.shape}, found shape={shape}")
