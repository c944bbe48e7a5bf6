"""Rematerialization: intermediate values that are computed again for the gradient instead of kept."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

from kerax.core import nest
from kerax.core.custom_gradient import recompute_grad
from kerax.core.value import Tensor
from kerax.keras.engine import global_state
from kerax.keras.engine.keras_tensor import any_symbolic_tensors

_MODES = ("full", "activations", "larger_than", "list_of_layers", None)


class RematMode(NamedTuple):
    """What a layer made in a scope remembers of it."""

    mode: str | None
    output_size_threshold: int
    layer_names: list[str]


class RematScope:
    """Layers made within compute their values again for the gradient, which saves memory.

    Args:
      mode: "full" for all layers, "activations" for activation functions, "larger_than" for layers with more than
        ``output_size_threshold`` output values, "list_of_layers" for ``layer_names``, None for none.
      output_size_threshold: int, number of values of an output.
      layer_names: list of str.

    Raises:
      ValueError: an unknown mode.
    """

    def __init__(
        self, mode: str | None = "full", output_size_threshold: int = 1024, layer_names: list[str] | None = None
    ) -> None:
        if mode not in _MODES:
            raise ValueError(
                f"Invalid mode '{mode}'. Supported modes are: 'full', 'activations', 'larger_than', 'list_of_layers', "
                "or  None."
            )
        self.mode = mode
        self.output_size_threshold = output_size_threshold
        self.layer_names = layer_names or []

    def __enter__(self) -> RematScope:
        global_state.get_or_set("remat_scope_stack", []).append(self)
        return self

    def __exit__(self, *exc: Any) -> None:
        stack = global_state.get("remat_scope_stack")
        if stack:
            stack.pop()


def current_remat_mode() -> RematMode | None:
    stack = global_state.get("remat_scope_stack")
    if not stack:
        return None
    scope = stack[-1]
    return RematMode(scope.mode, scope.output_size_threshold, scope.layer_names)


def remat(f: Callable[..., Any]) -> Callable[..., Any]:
    """A function whose intermediate values are computed again for the gradient.

    Args:
      f: function of tensors.

    Returns:
      The function.

    >>> import kerax as tf
    >>> tf.keras.remat(lambda x: x * x)(tf.constant(3.0)).numpy()
    np.float32(9.0)
    """

    def rematerialized(*args: Any, **kwargs: Any) -> Any:
        if any_symbolic_tensors(args, kwargs):
            return f(*args, **kwargs)
        flat = nest.flatten((args, kwargs))
        places = [i for i, x in enumerate(flat) if isinstance(x, Tensor) and x.dtype.is_floating]

        def of_tensors(*tensors: Any) -> Any:
            filled = list(flat)
            for place, tensor in zip(places, tensors, strict=True):
                filled[place] = tensor
            again_args, again_kwargs = nest.pack_sequence_as((args, kwargs), filled)
            return f(*again_args, **again_kwargs)

        return recompute_grad(of_tensors)(*[flat[i] for i in places])

    return rematerialized


def rematerialized_call(layer: Any, call: Callable[..., Any], mode: RematMode) -> Callable[..., Any]:
    """A layer's ``call`` as its scope wants it."""
    if mode.mode == "full" or (mode.mode == "list_of_layers" and layer.name in mode.layer_names):
        return remat(call)
    if mode.mode == "activations" and getattr(layer, "activation", None) is not None:

        def with_activation(*args: Any, **kwargs: Any) -> Any:
            own = layer.activation
            object.__setattr__(layer, "activation", remat(own))
            try:
                return call(*args, **kwargs)
            finally:
                object.__setattr__(layer, "activation", own)

        return with_activation
    if mode.mode == "larger_than":

        def if_large(*args: Any, **kwargs: Any) -> Any:
            specs = nest.flatten(layer.compute_output_spec(*args, **kwargs))
            size = max(math.prod(n for n in spec.shape if n is not None) for spec in specs)
            return (remat(call) if size > mode.output_size_threshold else call)(*args, **kwargs)

        return if_large
    return call
