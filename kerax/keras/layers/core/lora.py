"""Low-rank adaptation: a frozen weight plus a trainable product of two small matrices."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core.op import op
from kerax.keras import initializers


@op("weight; a, b")
def _adapted(weight, a, b, scale):
    added = jnp.matmul(a, b) * jnp.asarray(scale, a.dtype)
    return weight + (added.astype(weight.dtype) if jnp.issubdtype(weight.dtype, jnp.inexact) else added)


class LowRankAdaptation:
    """Gives a layer ``enable_lora``, and a weight with the adaptation in it.

    A layer names the weight it adapts: ``_lora_weight = "kernel"``, kept in ``_kernel``.
    Source: https://arxiv.org/abs/2106.09685
    """

    _lora_weight = "kernel"
    lora_enabled = False
    lora_rank: Any = None
    lora_alpha: Any = None

    def _init_lora(self, rank: Any, alpha: Any) -> None:
        self.lora_rank = rank
        self.lora_alpha = rank if alpha is None else alpha
        self.lora_enabled = False

    def _lora_matrices(self) -> tuple[Any, Any]:
        name = self._lora_weight
        return getattr(self, f"lora_{name}_a"), getattr(self, f"lora_{name}_b")

    def _adapted_shape(self) -> tuple[int, ...]:
        """The shape of the weight that the layer computes with."""
        return tuple(getattr(self, f"_{self._lora_weight}").shape)

    def _with_lora(self, weight: Any) -> Any:
        """A weight with the adaptation added, as it was given where there is none."""
        if not self.lora_enabled:
            return weight
        return _adapted(weight, *self._lora_matrices(), self.lora_alpha / self.lora_rank)

    def enable_lora(
        self, rank: int, lora_alpha: Any = None, a_initializer: Any = "he_uniform", b_initializer: Any = "zeros"
    ) -> None:
        """Freezes the weight and adds ``lora_alpha / rank * (a @ b)`` to it, with trainable ``a`` and ``b``.

        Args:
          rank: int, the size that ``a`` and ``b`` share.
          lora_alpha: float, ``rank`` by default.
          a_initializer, b_initializer: initializers.

        Raises:
          ValueError: the layer is not built, is adapted already, or constrains its weight.
        """
        name = self._lora_weight
        if getattr(self, f"{name}_constraint"):
            kind = "embedding" if name == "embeddings" else name
            raise ValueError(
                f"Lora is incompatible with {kind} constraints. In order to enable lora on this layer, remove the "
                f"`{name}_constraint` argument."
            )
        if not self.built:  # type: ignore[attr-defined]
            raise ValueError("Cannot enable lora on a layer that isn't yet built.")
        if self.lora_enabled:
            raise ValueError("lora is already enabled. This can only be done once per layer.")
        weight = getattr(self, f"_{name}")
        shape = self._adapted_shape()
        self._tracker.unlock()  # type: ignore[attr-defined]
        for part, size, initializer in (
            ("a", (*shape[:-1], rank), a_initializer),
            ("b", (rank, shape[-1]), b_initializer),
        ):
            matrix = self.add_weight(  # type: ignore[attr-defined]
                name=f"lora_{name}_{part}",
                shape=size,
                initializer=initializers.get(initializer),
                dtype="float32",
                regularizer=getattr(self, f"{name}_regularizer"),
            )
            setattr(self, f"lora_{name}_{part}", matrix)
        weight.trainable = False
        self._tracker.lock()  # type: ignore[attr-defined]
        self.lora_enabled = True
        self.lora_rank = rank
        self.lora_alpha = rank if lora_alpha is None else lora_alpha

    def _lora_config(self) -> dict[str, Any]:
        return {"lora_rank": self.lora_rank, "lora_alpha": self.lora_alpha} if self.lora_rank else {}

    def save_own_variables(self, store: Any) -> None:
        """Puts the variables into a store, the weight with the adaptation in it."""
        if not self.lora_enabled:
            super().save_own_variables(store)  # type: ignore[misc]
            return
        weight = getattr(self, f"_{self._lora_weight}")
        for index, variable in enumerate(self._without_lora()):
            store[str(index)] = self._with_lora(weight) if variable is weight else variable

    def load_own_variables(self, store: Any) -> None:
        """Sets the variables from a store; the adaptation becomes zero."""
        if not self.lora_enabled:
            super().load_own_variables(store)  # type: ignore[misc]
            return
        for index, variable in enumerate(self._without_lora()):
            variable.assign(store[str(index)])
        self._clear_lora()

    def _clear_lora(self) -> None:
        """Sets the adaptation to zero: what was loaded has it in the weight."""
        for matrix in self._lora_matrices():
            matrix.assign(jnp.zeros(matrix.shape, jnp.float32))

    def _without_lora(self) -> list[Any]:
        left_out = [id(matrix) for matrix in self._lora_matrices()]
        own = [*self._trainable_variables, *self._non_trainable_variables]  # type: ignore[attr-defined]
        return [variable for variable in own if id(variable) not in left_out]
