"""``keras.losses.Loss``: the base of losses, and how values per sample become one number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax.numpy as jnp

from kerax.array_ops.shaping import squeeze
from kerax.core.autograph import convert_in_trace
from kerax.core.config import legacy_keras
from kerax.core.context import context
from kerax.core.op import op
from kerax.core.tensor import is_tensor
from kerax.keras.engine import eager_calls
from kerax.keras.engine.convert import compute_dtype, keras_mask, to_tensor
from kerax.keras.engine.jax_values import for_jax
from kerax.keras.engine.names import auto_name
from kerax.keras.engine.settings import DTypeName, floatx
from kerax.keras.saving.keras_saveable import KerasSaveable
from kerax.keras.saving.registration import get_registered_name
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object
from kerax.keras.tree import structure as tree

_MEANS = ("sum_over_batch_size", "mean", "mean_with_sample_weight", "auto")
_REDUCTIONS = {"sum_over_batch_size", "sum", None, "none", "mean", "mean_with_sample_weight"}


class _Default(str):
    """The default reduction, which Keras 2 calls "auto"; a user's own word for it is kept."""


DEFAULT_REDUCTION = _Default("sum_over_batch_size")


class Reduction:
    """Names of reductions (Keras 2).

    >>> import kerax as tf
    >>> tf.keras.losses.Reduction.NONE
    'none'
    """

    AUTO = "auto"
    NONE = "none"
    SUM = "sum"
    SUM_OVER_BATCH_SIZE = "sum_over_batch_size"

    @classmethod
    def all(cls) -> tuple[str, ...]:
        return cls.AUTO, cls.NONE, cls.SUM, cls.SUM_OVER_BATCH_SIZE

    @classmethod
    def validate(cls, key: str) -> None:
        if key not in cls.all():
            raise ValueError(f'Invalid Reduction Key: {key}. Expected keys are "{cls.all()}"')


def standardize_reduction(reduction: Any) -> Any:
    """Checks the name of a reduction."""
    if legacy_keras():
        if reduction is DEFAULT_REDUCTION:
            return Reduction.AUTO
        Reduction.validate(reduction)
    elif reduction not in _REDUCTIONS:
        raise ValueError(
            f"Invalid value for argument `reduction`. Expected one of {_REDUCTIONS}. Received: reduction={reduction}"
        )
    return str(reduction) if isinstance(reduction, _Default) else reduction


def same_rank(x1: Any, x2: Any, expand_rank_1: bool = True) -> tuple[Any, Any]:
    """Squeezes or expands the last axis of one of two arrays whose ranks differ by one."""
    one, two = x1.ndim, x2.ndim
    if one == two + 1 and x1.shape[-1] == 1:
        if two == 1 and expand_rank_1:
            x2 = jnp.expand_dims(x2, -1)
        else:
            x1 = jnp.squeeze(x1, -1)
    elif two == one + 1 and x2.shape[-1] == 1:
        if one == 1 and expand_rank_1:
            x1 = jnp.expand_dims(x1, -1)
        else:
            x2 = jnp.squeeze(x2, -1)
    return x1, x2


@op("x; y")
def _same_rank(x, y):
    return same_rank(x, y)


def squeeze_or_expand_to_same_rank(x1: Any, x2: Any) -> tuple[Any, Any]:
    """``same_rank`` for tensors; those of one rank come back as they are, with what is attached to them."""
    return (x1, x2) if len(x1.shape) == len(x2.shape) else _same_rank(x1, x2)


def squeeze_larger(y_true: Any, y_pred: Any) -> tuple[Any, Any]:
    """Keras 2's way to one rank: of tensors whose ranks differ by one, the larger loses a last axis of one."""
    difference = len(y_true.shape) - len(y_pred.shape)
    if difference == 1 and y_true.shape[-1] == 1:
        return squeeze(y_true, [-1]), y_pred
    if difference == -1 and y_pred.shape[-1] == 1:
        return y_true, squeeze(y_pred, [-1])
    return y_true, y_pred


def fitted(weights: Any, rank: int) -> Any:
    """Weights whose rank is one off (Keras 2): a last axis is squeezed or added."""
    if weights.ndim == rank + 1:
        return jnp.squeeze(weights, -1)
    return jnp.expand_dims(weights, -1) if 0 < weights.ndim == rank - 1 else weights


def legacy_weights(sample_weight: Any, mask: Any, dtype: Any, spread: bool = False) -> Any:
    """Sample weights with a mask in them, by Keras 2's rules.

    Args:
      sample_weight: array or None.
      mask: array or None.
      spread: bool, whether the weights of masked values are spread over the others, as means need.
    """
    if sample_weight is not None:
        sample_weight = sample_weight.astype(dtype)
    if mask is not None:
        mask = mask.astype(dtype)
        if spread:
            share = jnp.asarray(mask.size, mask.dtype) / jnp.sum(mask)
            mask = jnp.where(mask == 0, share * 0, mask * share)  # NaN where all is masked; XLA takes 0 * inf for 0
        sample_weight = mask if sample_weight is None else fitted(sample_weight, mask.ndim) * mask
    return sample_weight


@op("values; sample_weight; mask")
def _reduce_legacy(values, sample_weight, mask, reduction):
    given = values.dtype
    if not jnp.issubdtype(given, jnp.floating):
        values = values.astype(jnp.float32)
    mean = reduction in ("auto", "sum_over_batch_size")
    weights = legacy_weights(sample_weight, mask, values.dtype, spread=mean)
    if weights is not None:
        values = values * fitted(weights, values.ndim)
    if reduction != "none":
        count = values.size
        values = jnp.sum(values, dtype=values.dtype)
        if mean:
            values = no_nan(values, jnp.asarray(count, values.dtype))
    return values.astype(given)


def no_nan(x: Any, y: Any) -> Any:
    """``x / y``, 0 where ``y`` is 0."""
    zero = y == 0
    return jnp.where(zero, 0, x / jnp.where(zero, 1, y)).astype(x.dtype)


def mask_weights(sample_weight: Any, mask: Any, dtype: Any, reduction: Any) -> Any:
    """Sample weights with a mask in them, so that masked samples count neither in sums nor in means."""
    if mask is None:
        return sample_weight
    weights = mask.astype(dtype)
    if reduction in ("mean", "sum_over_batch_size"):
        share = no_nan(jnp.asarray(mask.size, dtype), jnp.sum(weights))
        weights = jnp.where(mask.astype(bool), share, 0).astype(dtype)
    if sample_weight is None:
        return weights
    weights, sample_weight = same_rank(weights, sample_weight.astype(dtype))
    return sample_weight * weights


@op("values; sample_weight; mask")
def _reduce_weighted(values, sample_weight, mask, reduction, dtype):
    original = values.dtype
    if dtype is not None:
        values = values.astype(dtype)
    elif not jnp.issubdtype(values.dtype, jnp.floating):
        values = values.astype(jnp.float32)
    sample_weight = mask_weights(sample_weight, mask, values.dtype, reduction)
    if sample_weight is not None:
        values, sample_weight = same_rank(values, sample_weight.astype(values.dtype))
        values = values * sample_weight
    if dtype is None:
        values = values.astype(original)
    if reduction in (None, "none") or values.shape in ((), (0,)):
        return values
    total = jnp.sum(values, dtype=values.dtype)
    if reduction == "sum":
        return total
    if reduction == "mean_with_sample_weight" and sample_weight is not None:
        return no_nan(total, jnp.sum(sample_weight).astype(total.dtype))
    return no_nan(total, jnp.asarray(values.size, total.dtype))


def reduce_weighted_values(
    values: Any,
    sample_weight: Any = None,
    mask: Any = None,
    reduction: Any = "sum_over_batch_size",
    dtype: Any = None,
) -> Any:
    """Weighs values and reduces them.

    Args:
      values: losses, ``[batch]`` or of any shape.
      sample_weight: weights that broadcast to the values, or None.
      mask: bool tensor like the values, or None; masked values count as if they were not there.
      reduction: name of a reduction.
      dtype: dtype to compute in, None for the values' own.

    Returns:
      Tensor: a scalar, or like ``values`` for "none".
    """
    reduction = standardize_reduction(reduction)
    if sample_weight is not None:
        sample_weight = to_tensor(sample_weight)
    if legacy_keras():
        if reduction in _MEANS and not context.extras.get("fits") and _replicas() > 1:
            raise ValueError(
                "Please use `tf.keras.losses.Reduction.SUM` or `tf.keras.losses.Reduction.NONE` for loss reduction "
                "when losses are used with `tf.distribute.Strategy`, except for specifying losses in "
                "`Model.compile()` for use by the built-in training loop `Model.fit()`."
            )
        loss = _reduce_legacy(to_tensor(values), sample_weight, mask, reduction)
        return share_of_replica(loss) if reduction in _MEANS else loss
    loss = _reduce_weighted(to_tensor(values), sample_weight, mask, reduction, None if dtype is None else str(dtype))
    return share_of_replica(loss) if reduction in _MEANS else loss


def _replicas() -> int:
    """How many replicas a strategy runs here."""
    replica = context.extras.get("replica_context")
    return 1 if replica is None else replica.num_replicas_in_sync


def share_of_replica(loss: Any) -> Any:
    """A replica's mean loss as its share of the mean over all replicas."""
    count = _replicas()
    return loss if count == 1 else loss * (1.0 / count)


def whole_of_share(loss: Any) -> Any:
    """The loss of which ``share_of_replica`` is the share, as logs show it."""
    count = _replicas()
    return loss if count == 1 else loss * float(count)


@op("loss")
def _sum_as(loss, dtype):
    return jnp.sum(loss.astype(dtype), dtype=dtype)


def reduce_added_loss(loss: Any) -> Any:
    """A loss given to ``add_loss`` as a scalar of the default float type."""
    return share_of_replica(_sum_as(to_tensor(loss), floatx()))


def _is_plain_list(value: Any) -> bool:
    """Whether nested lists hold numbers, hence stand for one array."""
    while isinstance(value, (list, tuple)) and value:
        value = value[0]
    return not hasattr(value, "shape")


def _map(fn: Callable[..., Any], *structures: Any) -> Any:
    first = structures[0]
    if isinstance(first, dict) or (isinstance(first, (list, tuple)) and not _is_plain_list(first)):
        return tree.map_structure_up_to(first, fn, *structures)
    return fn(*structures)


class Loss(KerasSaveable, eager_calls.EagerlyCompiled):
    """The base class of losses: override ``call(y_true, y_pred)``, which returns one value per sample.

    Args:
      name: str.
      reduction: "sum_over_batch_size" (also "mean", in Keras 2 "auto"): the sum divided by the number of values; "sum";
        "mean_with_sample_weight": the weighted mean; None or "none": values are returned as they are.
      dtype: dtype (or policy) to compute in; by default Keras' float type. In the Keras 2 dialect inputs keep
        their dtype.

    >>> import kerax as tf
    >>> class Off(tf.keras.losses.Loss):
    ...     def call(self, y_true, y_pred):
    ...         return tf.abs(y_pred - y_true)
    >>> Off()([0., 0.], [1., 2.]).numpy()
    np.float32(1.5)
    """

    def __init__(self, name: Any = None, reduction: Any = DEFAULT_REDUCTION, dtype: Any = None) -> None:
        if legacy_keras() and name in _REDUCTIONS - {None}:
            name, reduction = reduction, name  # Keras 2 has these two in the other order
        self.name = name or (None if legacy_keras() else auto_name(type(self).__name__))
        self.reduction = standardize_reduction(reduction)
        self._dtype_policy = dtype
        self._dtype = None if legacy_keras() and dtype is None else compute_dtype(dtype)

    @property
    def dtype(self) -> Any:
        return DTypeName(self._dtype or floatx())

    def __call__(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> Any:
        """The loss of predictions.

        Args:
          y_true: targets ``[batch, ...]``.
          y_pred: predictions ``[batch, ...]``.
          sample_weight: number, ``[batch]`` or ``[batch, ...]`` weights, or None.

        Returns:
          Tensor: a scalar unless the reduction is "none".
        """
        return for_jax(eager_calls.run(self, self._reduced, (y_true, y_pred, sample_weight), {}))

    def _reduced(self, y_true: Any, y_pred: Any, sample_weight: Any) -> Any:
        mask = keras_mask(y_pred)
        if not legacy_keras():  # Keras 2 hands on what it was given
            y_pred = _map(self._converted, y_pred)
            y_true = _map(self._converted, y_true)
        call = convert_in_trace(self.call) if legacy_keras() else self.call
        losses = call(y_true, y_pred)
        mask = _both(mask, keras_mask(losses))
        return reduce_weighted_values(losses, sample_weight, mask, self.reduction, self._dtype)

    def _converted(self, value: Any) -> Any:
        return to_tensor(value, self._dtype)

    def call(self, y_true: Any, y_pred: Any) -> Any:
        raise NotImplementedError

    def get_config(self) -> dict[str, Any]:
        if legacy_keras():
            return {"reduction": self.reduction, "name": self.name}
        return {"name": self.name, "reduction": self.reduction}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        return cls(**config)

    def _obj_type(self) -> str:
        return "Loss"


def _both(one: Any, other: Any) -> Any:
    if one is None or other is None:
        return other if one is None else one
    return to_tensor(one, "bool") & to_tensor(other, "bool")


class LossFunctionWrapper(Loss):
    """A loss made of a function.

    Args:
      fn: ``fn(y_true, y_pred, **kwargs)`` returning one value per sample.
      reduction, name, dtype: see ``Loss``.
      **kwargs: passed on to ``fn``.
    """

    def __init__(
        self,
        fn: Callable[..., Any],
        reduction: Any = DEFAULT_REDUCTION,
        name: Any = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(name=name, reduction=reduction, dtype=dtype)
        self.fn = fn
        self._fn_kwargs = kwargs

    def _check_arguments(self, y_true: Any, y_pred: Any, sample_weight: Any) -> None:
        eager_calls.check_values(self.fn, y_true, y_pred, **self._fn_kwargs)

    def call(self, y_true: Any, y_pred: Any) -> Any:
        if legacy_keras():
            if is_tensor(y_true) and is_tensor(y_pred):
                y_true, y_pred = squeeze_larger(y_true, y_pred)
        elif hasattr(y_true, "shape") and hasattr(y_pred, "shape"):
            y_true, y_pred = squeeze_or_expand_to_same_rank(y_true, y_pred)
        fn = convert_in_trace(self.fn) if legacy_keras() else self.fn
        return fn(y_true, y_pred, **self._fn_kwargs)

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        config["fn"] = serialize_keras_object(self.fn)
        config.update(serialize_keras_object(self._fn_kwargs))
        return config

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        if "fn" in config:
            config = deserialize_keras_object(config)
        return cls(**config)

    def __repr__(self) -> str:
        if legacy_keras():
            return object.__repr__(self)
        return f"<LossFunctionWrapper({self.fn}, kwargs={self._fn_kwargs})>"


class FunctionLoss(LossFunctionWrapper):
    """The base of the built-in losses, whose config holds their own arguments instead of the function."""

    _config_names: tuple[str, ...] = ()

    def __init__(self, fn: Callable[..., Any], reduction: Any, name: Any, dtype: Any, **kwargs: Any) -> None:
        super().__init__(fn, reduction=reduction, name=name, dtype=dtype, **kwargs)
        for key in self._config_names:
            setattr(self, key, kwargs[key])

    def get_config(self) -> dict[str, Any]:
        names = tuple(self._fn_kwargs) if legacy_keras() else self._config_names
        config = {**Loss.get_config(self), **{key: self._fn_kwargs[key] for key in names}}
        return {**config, "fn": get_registered_name(self.fn)} if legacy_keras() else config

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        return cls(**{key: value for key, value in config.items() if key != "fn"})
