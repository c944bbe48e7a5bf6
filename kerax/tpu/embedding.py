"""``tf.tpu.experimental.embedding``: how embedding tables of TPUs are described; the tables themselves are not here."""

from __future__ import annotations

import functools
import math
from typing import Any, NoReturn

from kerax.core import dtypes
from kerax.random import truncated_normal


class _Described:
    """A description that is equal to another of the same words."""

    def __init__(self, **settings: Any) -> None:
        self.__dict__.update(settings)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), repr(sorted(vars(self)))))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{key}={value!r}' for key, value in vars(self).items())})"


class _Optimizer(_Described):
    """An optimizer of tables; see the function of the same name in ``tf.keras.optimizers``."""

    _own: dict[str, Any] = {}
    _common = {
        "use_gradient_accumulation": True,
        "clip_weight_min": None,
        "clip_weight_max": None,
        "weight_decay_factor": None,
        "multiply_weight_decay_factor_by_learning_rate": None,
        "slot_variable_creation_fn": None,
        "clipvalue": None,
        "low_dimensional_packing_status": False,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        defaults = {**self._own, **self._common}
        given = dict(zip(defaults, args, strict=False))
        for name, value in kwargs.items():
            if name not in defaults or name in given:
                raise TypeError(f"{type(self).__name__}.__init__() got an unexpected keyword argument '{name}'")
            given[name] = value
        super().__init__(**{**defaults, **given})


class SGD(_Optimizer):
    """Stochastic gradient descent."""

    _own = {"learning_rate": 0.01}


class Adagrad(_Optimizer):
    """Adagrad."""

    _own = {"learning_rate": 0.001, "initial_accumulator_value": 0.1}


class AdagradMomentum(_Optimizer):
    """Adagrad with momentum."""

    _own = {
        "learning_rate": 0.001,
        "momentum": 0.0,
        "use_nesterov": False,
        "exponent": 2,
        "beta2": 1,
        "epsilon": 1e-10,
    }


class FTRL(_Optimizer):
    """Follow the regularized leader."""

    _own = {
        "learning_rate": 0.001,
        "learning_rate_power": -0.5,
        "l1_regularization_strength": 0.0,
        "l2_regularization_strength": 0.0,
        "beta": 0.0,
        "initial_accumulator_value": 0.1,
    }


class Adam(_Optimizer):
    """Adam."""

    _own = {
        "learning_rate": 0.001,
        "beta_1": 0.9,
        "beta_2": 0.999,
        "epsilon": 1e-07,
        "lazy_adam": True,
        "sum_inside_sqrt": True,
    }


class QuantizationConfig(_Described):
    """Simulated quantization of what is looked up.

    Args:
      num_buckets: int, at least 2.
      lower, upper: floats, the range.
    """

    def __init__(self, num_buckets: int, lower: float, upper: float) -> None:
        if num_buckets < 2:
            raise ValueError(f"num_buckets is {num_buckets}, must be at least 2 for simulated quantization.")
        super().__init__(num_buckets=num_buckets, lower=lower, upper=upper)


class TableConfig(_Described):
    """One embedding table.

    Args:
      vocabulary_size, dim: ints, its rows and columns.
      initializer: function of a shape, or None: truncated normal, ``stddev = 1 / √dim``.
      optimizer: one of this namespace's, or None.
      combiner: "mean", "sum" or "sqrtn".
      name: str or None.
      quantization_config, layout: or None.
      dtype: of the table.

    Raises:
      ValueError: a wrong argument.
    """

    def __init__(
        self,
        vocabulary_size: int,
        dim: int,
        initializer: Any = None,
        optimizer: Any = None,
        combiner: Any = "mean",
        name: str | None = None,
        quantization_config: Any = None,
        layout: Any = None,
        dtype: Any = dtypes.float32,
    ) -> None:
        for key, size in (("vocabulary_size", vocabulary_size), ("dim", dim)):
            if not isinstance(size, int) or size < 1:
                raise ValueError(f"Argument `{key}` must be an int and must be >= 1. Received: {size}")
        if initializer is not None and not callable(initializer):
            raise ValueError(f"Argument `initializer` must be a callable (or None). Received: {initializer}")
        if isinstance(combiner, str) and combiner not in ("mean", "sum", "sqrtn"):
            raise ValueError(f"Argument `combiner` must be one of ('mean', 'sum', 'sqrtn'). Received: {combiner}")
        if initializer is None:
            initializer = functools.partial(truncated_normal, stddev=1 / math.sqrt(dim))
        super().__init__(
            vocabulary_size=vocabulary_size,
            dim=dim,
            initializer=initializer,
            optimizer=optimizer,
            combiner=combiner,
            name=name,
            quantization_config=quantization_config,
            layout=layout,
            dtype=dtype,
        )


class FeatureConfig(_Described):
    """One feature that is looked up in a table.

    Args:
      table: TableConfig.
      max_sequence_length: int, 0 for no sequence.
      validate_weights_and_indices: bool.
      output_shape: of the result, or None.
      name: str or None.
    """

    def __init__(
        self,
        table: TableConfig,
        max_sequence_length: int = 0,
        validate_weights_and_indices: bool = True,
        output_shape: Any = None,
        name: str | None = None,
    ) -> None:
        super().__init__(
            table=table,
            max_sequence_length=max_sequence_length,
            validate_weights_and_indices=validate_weights_and_indices,
            output_shape=output_shape,
            name=name,
        )


class TPUEmbedding:
    """Not available: tables spread over the memories of a TPU's cores; shard a ``tf.keras.layers.Embedding`` instead.

    Raises:
      NotImplementedError: always.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        _refuse(type(self).__name__)


class TPUEmbeddingForServing(TPUEmbedding):
    """Not available, as `TPUEmbedding`."""


class TPUEmbeddingV0(TPUEmbedding):
    """Not available, as `TPUEmbedding`."""


class TPUEmbeddingV2(TPUEmbedding):
    """Not available, as `TPUEmbedding`."""


class SparseCoreEmbeddingConfig(TPUEmbedding):
    """Not available, as `TPUEmbedding`."""


def serving_embedding_lookup(*args: Any, **kwargs: Any) -> NoReturn:
    """Not available, as `TPUEmbedding`.

    Raises:
      NotImplementedError: always.
    """
    _refuse("serving_embedding_lookup")


def _refuse(name: str) -> NoReturn:
    raise NotImplementedError(
        f"kerax does not have tf.tpu.experimental.embedding.{name}. Use tf.keras.layers.Embedding, sharded if need be."
    )
