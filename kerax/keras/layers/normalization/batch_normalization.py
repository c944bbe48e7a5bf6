"""``keras.layers.BatchNormalization``, with renormalization and Keras 2's further arguments."""

from __future__ import annotations

import sys
import warnings
from typing import Any

from kerax.array_ops import reshape
from kerax.core.config import legacy_keras
from kerax.keras import initializers
from kerax.keras.engine.input_spec import InputSpec
from kerax.keras.engine.settings import epsilon as keras_epsilon
from kerax.keras.layers._config_order import inserted_after
from kerax.keras.layers.normalization import _batch_statistics as statistics
from kerax.keras.layers.normalization._affine import AffineLayer, axis_or_axes, legacy_axes
from kerax.keras.layers.regularization._noise import in_training
from kerax.math.exponential import sqrt
from kerax.math.reduction import reduce_mean

_CLIPPING = ("rmax", "rmin", "dmax")


def _checked_clipping(clipping: Any) -> dict[str, Any]:
    clipping = dict(clipping or {})
    if set(clipping) - set(_CLIPPING):
        raise ValueError(
            f"Received invalid keys for `renorm_clipping` argument: {clipping}. Supported values: {list(_CLIPPING)}."
        )
    if legacy_keras():
        return clipping
    rmax, rmin, dmax = (clipping.get(key) for key in _CLIPPING)
    if rmax is not None and rmin is not None and rmax < rmin:
        raise ValueError(
            f"rmax should be greater than rmin in the `renorm_clipping` argument. Received: rmax={rmax}, rmin={rmin}."
        )
    if dmax is not None and dmax < 0:
        raise ValueError(f"dmax should be non-negative in the `renorm_clipping` argument. Received: dmax={dmax}.")
    return clipping


class BatchNormalization(AffineLayer):
    """Normalizes each channel over the batch: ``gamma * (x - mean) / sqrt(variance + epsilon) + beta``.

    In training (``training=True``, and the layer trainable) with the batch's mean and variance, which also move
    ``moving_mean`` and ``moving_variance``: ``moving * momentum + batch * (1 - momentum)``. Otherwise with the moving
    ones.

    Args:
      axis: int, the axis of the channels (Keras 2: or a list of int).
      momentum: float.
      epsilon: float.
      center: bool, whether there is a ``beta``.
      scale: bool, whether there is a ``gamma``.
      beta_initializer, gamma_initializer, moving_mean_initializer, moving_variance_initializer: initializers.
      beta_regularizer, gamma_regularizer: functions added to ``losses``.
      beta_constraint, gamma_constraint: functions applied after an optimizer's update.
      renorm: bool, batch renormalization: normalizes towards slowly moving statistics.
      renorm_clipping: dict of "rmax", "rmin", "dmax", limits of its corrections.
      renorm_momentum: float, the momentum of its statistics.
      synchronized: bool, whether statistics are of all replicas of a distribution strategy.
      **kwargs: of ``Layer``, and Keras 2's ``fused``, ``virtual_batch_size``, ``adjustment``.

    Takes and returns floats ``[batch, .., channels]``; ``mask`` ``[batch, ..]`` leaves elements out of the statistics.

    Source: https://arxiv.org/abs/1502.03167, https://arxiv.org/abs/1702.03275 (renormalization)

    >>> import kerax as tf
    >>> tf.keras.layers.BatchNormalization(epsilon=0.)(tf.constant([[1.], [3.]]), training=True).numpy().ravel()
    array([-1.,  1.], dtype=float32)
    """

    def __init__(
        self,
        axis: Any = -1,
        momentum: Any = 0.99,
        epsilon: Any = 1e-3,
        center: bool = True,
        scale: bool = True,
        beta_initializer: Any = "zeros",
        gamma_initializer: Any = "ones",
        moving_mean_initializer: Any = "zeros",
        moving_variance_initializer: Any = "ones",
        beta_regularizer: Any = None,
        gamma_regularizer: Any = None,
        beta_constraint: Any = None,
        gamma_constraint: Any = None,
        renorm: bool = False,
        renorm_clipping: Any = None,
        renorm_momentum: Any = 0.99,
        synchronized: bool = False,
        **kwargs: Any,
    ) -> None:
        self.fused = kwargs.pop("fused", None)
        self.virtual_batch_size = kwargs.pop("virtual_batch_size", None)
        self.adjustment = kwargs.pop("adjustment", None)
        super().__init__(**kwargs)
        self.axis = axis_or_axes(axis) if legacy_keras() else int(axis)
        self.momentum = float(momentum)
        self.epsilon = float(epsilon)
        self._init_affine(
            center, scale, beta_initializer, gamma_initializer, beta_regularizer, gamma_regularizer, beta_constraint,
            gamma_constraint,
        )  # fmt: skip
        self.moving_mean_initializer = initializers.get(moving_mean_initializer)
        self.moving_variance_initializer = initializers.get(moving_variance_initializer)
        self.renorm = renorm
        self.renorm_clipping = _checked_clipping(renorm_clipping) if renorm else renorm_clipping
        self.renorm_momentum = renorm_momentum
        if synchronized and self.fused:
            raise ValueError("`fused=True` is not supported when `synchronized=True`.")
        self.synchronized = synchronized
        self.supports_masking = True
        self.moving_mean = None
        self.moving_variance = None
        if self.fused:
            reason = self._cannot_fuse()
            if reason:
                raise ValueError(reason)

    def _cannot_fuse(self) -> str | None:
        """Why TensorFlow's fused kernel, which differs in its moving variance, cannot serve; None if it can."""
        axes = [self.axis] if isinstance(self.axis, int) else self.axis
        if self.renorm:
            return "Passing both `fused=True` and `renorm=True` is not supported"
        if len(axes) > 1 or axes[0] not in (-4, -3, -1, 1, 3, 4):
            return (
                "Passing `fused=True` is only supported when axis is 1 or 3 for input rank = 4 or 1 or 4 for input "
                f"rank = 5. Got axis {axes}"
            )
        for name in ("virtual_batch_size", "adjustment"):
            if getattr(self, name) is not None:
                return f"Passing `fused=True` is not supported when `{name}` is specified."
        if self.compute_dtype not in ("float16", "bfloat16", "float32"):
            return (
                "Passing `fused=True` is only supported when the compute dtype is float16, bfloat16, or float32. Got "
                f"dtype: {self.compute_dtype}"
            )
        return None

    # --- building ---------------------------------------------------------------------------------------
    def build(self, input_shape: Any) -> None:
        rank = len(input_shape)
        if legacy_keras():
            shape = self._legacy_shape(input_shape, rank)
            dtype = "float32" if self.dtype in ("float16", "bfloat16") else None
        else:
            shape, dtype = (input_shape[self.axis],), None
            self._axes = (self.axis % rank,)
            self.input_spec = InputSpec(ndim=rank, axes={self.axis: input_shape[self.axis]})
        self._add_affine(shape, self.scale, self.center, dtype=dtype)

        def add(name: str, initializer: Any) -> Any:
            return self.add_weight(
                name=name, shape=shape, dtype=dtype, initializer=initializer, trainable=False, autocast=False
            )

        def stddev(shape: Any, dtype: Any = None) -> Any:
            return sqrt(self.moving_variance_initializer(shape, dtype=dtype))

        self.moving_mean = add("moving_mean", self.moving_mean_initializer)
        self.moving_variance = add("moving_variance", self.moving_variance_initializer)
        if self.renorm:
            self.moving_stddev = add("moving_stddev", stddev)
            self.renorm_mean = add("renorm_mean", self.moving_mean_initializer)
            self.renorm_stddev = add("renorm_stddev", stddev)

    def _legacy_shape(self, input_shape: Any, rank: int) -> Any:
        """Sets Keras 2's ``axis`` list and ``fused``; returns the shape of the weights."""
        self.axis = legacy_axes(self.axis, input_shape)
        virtual = self.virtual_batch_size
        if virtual is not None:
            if virtual <= 0:
                raise ValueError(
                    "`virtual_batch_size` must be a positive integer that divides the true batch size of the input "
                    f"tensor. Received: virtual_batch_size={virtual}"
                )
            if 0 in self.axis:
                raise ValueError(
                    "When using `virtual_batch_size`, the batch dimension must be 0 and thus axis cannot include 0. "
                    f"Received axis={self.axis}"
                )
            if self.adjustment is not None:
                raise ValueError("When using `virtual_batch_size`, adjustment cannot be specified")
        channels = self.axis in ([1], [rank - 1])
        if self.fused and not (rank in (4, 5) and channels):
            raise ValueError(
                "Batch normalization layers with `fused=True` only support 4D or 5D input tensors whose channels are "
                f"first or last. Received tensor with shape: {tuple(input_shape)}, axis={self.axis}"
            )
        if self.fused is None:
            self.fused = rank in (4, 5) and channels and not self.synchronized and self._cannot_fuse() is None
        sizes = {axis: input_shape[axis] for axis in self.axis}
        if None in sizes.values():
            raise ValueError(
                f"Input has undefined `axis` dimension. Received input with shape {tuple(input_shape)} and "
                f"axis={tuple(self.axis)}"
            )
        self.input_spec = InputSpec(ndim=rank, axes=sizes)
        if len(sizes) == 1 and virtual is None:
            self._axes = tuple(self.axis)
            return (sizes[self.axis[0]],)
        shape = [sizes.get(axis, 1) for axis in range(rank)]
        if virtual is not None:
            shape.insert(1, 1)
            self.axis = [axis + 1 for axis in self.axis]
        self._axes = tuple(self.axis)
        return tuple(shape)

    # --- calling ----------------------------------------------------------------------------------------
    def call(self, inputs: Any, training: Any = None, mask: Any = None) -> Any:
        if mask is not None:
            if not legacy_keras() and len(mask.shape) != len(inputs.shape) - 1:
                raise ValueError(
                    "The mask provided should be one dimension less than the inputs. Received: "
                    f"mask.shape={mask.shape}, inputs.shape={inputs.shape}"
                )
            if self.fused:
                warnings.warn(
                    "Masking is not supported with `fused=True`. You should either turn off fusing (`fused=False`) or "
                    "you should not pass a `mask` argument when calling the layer. For the moment `mask` will be "
                    "ignored for the normalization.",
                    stacklevel=2,
                )
                mask = None
        training = self._get_training_value(training)
        return in_training(training, lambda: self._train(inputs, mask), lambda: self._infer(inputs))

    def _get_training_value(self, training: Any = None) -> Any:
        """Whether a call trains; a frozen layer does not."""
        if isinstance(training, int):
            training = bool(training)
        return training if self.trainable else False

    def _epsilon(self) -> float:
        return max(self.epsilon, 1.001e-5) if self.fused else self.epsilon

    def _infer(self, inputs: Any) -> Any:
        shape = inputs.shape
        if self.virtual_batch_size is not None:
            inputs = reshape(inputs, (-1, 1, *shape[1:]))
        out = statistics.infer(
            inputs, self.moving_mean, self.moving_variance, self.gamma, self.beta, self._axes, self._epsilon(),
            self.compute_dtype,
        )  # fmt: skip
        return reshape(out, shape) if self.virtual_batch_size is not None else out

    def _train(self, inputs: Any, mask: Any) -> Any:
        masked_epsilon = None if legacy_keras() else keras_epsilon()
        special = self.renorm or self.virtual_batch_size is not None or self.adjustment is not None
        if special or self._replicas() is not None:
            return self._train_specially(inputs, mask, masked_epsilon)
        reduced = tuple(axis for axis in range(len(inputs.shape)) if axis not in self._axes)
        out, mean, variance = statistics.train(
            inputs, self.moving_mean, self.moving_variance, self.gamma, self.beta, mask, self._axes, reduced,
            self._epsilon(), self.momentum, bool(self.fused), masked_epsilon, self.compute_dtype,
        )  # fmt: skip
        self.moving_mean.assign(mean)
        self.moving_variance.assign(variance)
        return out

    def _train_specially(self, inputs: Any, mask: Any, masked_epsilon: Any) -> Any:
        shape = inputs.shape
        kept = set(self._axes)
        virtual = self.virtual_batch_size is not None
        if virtual:
            inputs = reshape(inputs, (self.virtual_batch_size, -1, *shape[1:]))
            kept.add(1)
        reduced = tuple(axis for axis in range(len(inputs.shape)) if axis not in kept)
        replicas = self._replicas()
        if replicas is not None:
            mean, variance = _over_replicas(replicas, inputs, mask, reduced)
        else:
            mean, variance = statistics.batch_moments(inputs, mask, reduced, masked_epsilon)
        scale, offset = self.gamma, self.beta
        if self.adjustment is not None:
            scale, offset = self._adjusted(inputs, scale, offset)
        new_mean, new_variance = mean, variance
        if virtual:
            new_mean, new_variance = reduce_mean(mean, 1, keepdims=True), reduce_mean(variance, 1, keepdims=True)
        if self.renorm:
            scale, offset, stddev = statistics.corrected(
                new_mean, new_variance, self.renorm_mean, self.renorm_stddev, scale, offset, self.epsilon,
                *(self.renorm_clipping.get(key) for key in ("rmin", "rmax", "dmax")),
            )  # fmt: skip
            self._move_renorm(new_mean, stddev)
        else:
            self._move(self.moving_variance, new_variance, self.momentum)
        self._move(self.moving_mean, new_mean, self.momentum)
        out = statistics.apply(inputs, mean, variance, scale, offset, self._axes, self.epsilon, self.compute_dtype)
        return reshape(out, shape) if virtual else out

    def _adjusted(self, inputs: Any, gamma: Any, beta: Any) -> tuple[Any, Any]:
        """Keras 2's ``adjustment(shape)``: a further scale and offset, in training only."""
        scale, offset = self.adjustment(inputs.shape)
        if gamma is not None:
            gamma = self._broadcastable(gamma, inputs)
            scale, offset = scale * gamma, offset * gamma
        if beta is not None:
            offset = offset + self._broadcastable(beta, inputs)
        return scale, offset

    def _broadcastable(self, weight: Any, inputs: Any) -> Any:
        if len(weight.shape) == len(inputs.shape):
            return weight
        shape = [1] * len(inputs.shape)
        shape[self._axes[0]] = -1
        return reshape(weight, shape)

    def _move(self, variable: Any, value: Any, momentum: Any) -> Any:
        new = statistics.moved(variable, reshape(value, variable.shape), float(momentum))
        variable.assign(new)
        return new

    def _move_renorm(self, mean: Any, stddev: Any) -> None:
        self._move(self.renorm_mean, mean, self.renorm_momentum)
        self._move(self.renorm_stddev, stddev, self.renorm_momentum)
        moving = self._move(self.moving_stddev, stddev, self.momentum)
        self.moving_variance.assign(statistics.variance_of(moving, self.epsilon))

    def _replicas(self) -> Any:
        """The replica context to synchronize over, None where there is one replica only."""
        distribute = sys.modules.get("kerax.distribute")
        if not self.synchronized or distribute is None:  # nobody has made a distribution strategy
            return None
        context = distribute.get_replica_context()
        return context if context is not None and context.num_replicas_in_sync > 1 else None

    # --- configuration ----------------------------------------------------------------------------------
    def get_config(self) -> dict[str, Any]:
        config = {
            **super().get_config(),
            "axis": self.axis,
            "momentum": self.momentum,
            "epsilon": self.epsilon,
            **inserted_after(
                self._affine_config(),
                "gamma_initializer",
                moving_mean_initializer=initializers.serialize(self.moving_mean_initializer),
                moving_variance_initializer=initializers.serialize(self.moving_variance_initializer),
            ),
        }
        renorm = {
            "renorm": self.renorm,
            "renorm_clipping": self.renorm_clipping,
            "renorm_momentum": self.renorm_momentum,
        }
        if not legacy_keras():
            return {**config, "synchronized": self.synchronized, **renorm}
        if self.virtual_batch_size is not None:
            config["virtual_batch_size"] = self.virtual_batch_size
        return {**config, **renorm} if self.renorm else config


def _over_replicas(context: Any, inputs: Any, mask: Any, reduced: tuple[int, ...]) -> tuple[Any, Any]:
    """Mean and variance over the batches of all replicas."""
    from kerax.distribute import ReduceOp

    total, squares, count = statistics.sums(inputs, mask, reduced)
    total, squares, count = (context.all_reduce(ReduceOp.SUM, value) for value in (total, squares, count))
    return statistics.of_sums(total, squares, count)


class SyncBatchNormalization(BatchNormalization):
    """Keras 2's name of ``BatchNormalization(synchronized=True)``. See there for the arguments.

    >>> import kerax as tf
    >>> tf.keras.layers.experimental.SyncBatchNormalization().synchronized
    True
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "synchronized": True})
