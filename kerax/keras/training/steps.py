"""What one training step does: ``compile``, ``train_step``, the loss and the metrics."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Sequence
from typing import Any

import jax

from kerax import math
from kerax.core import config
from kerax.core.tape import GradientTape
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.distribute.replica_context import has_strategy
from kerax.distribute.strategy import get_strategy
from kerax.keras import metrics as metrics_module
from kerax.keras import optimizers as optimizers_module
from kerax.keras.engine.abstract import open_batch
from kerax.keras.engine.arguments import keras_2_order
from kerax.keras.engine.jax_values import for_jax
from kerax.keras.engine.settings import floatx
from kerax.keras.losses.loss import whole_of_share
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_dict
from kerax.keras.training import trainable_state
from kerax.keras.training.compiled_loss import CompileLoss
from kerax.keras.training.compiled_metrics import CompileMetrics
from kerax.keras.tree import structure as tree
from kerax.keras.utils.data_packing import unpack_x_y_sample_weight


class Steps:
    """Compiling, the steps, losses and metrics of a model."""

    compiled = False
    optimizer: Any = None
    loss: Any = None
    steps_per_execution = 1
    _run_eagerly = False
    _jit_compile: Any = None
    _compile_loss: CompileLoss | None = None
    _compile_metrics: CompileMetrics | None = None
    _compile_arguments: dict[str, Any] | None = None
    _compiled_trainable_state: Any = None
    _loss_tracker: Any = None
    _distribute_strategy: Any = None
    _loss_is_tracked = False
    _uneven_batches = False  # whether the batches of the running loop differ in size

    def _hide(self, **attributes: Any) -> None:
        """Sets attributes past the layer's attribute tracking: they are no sublayers and no layer state."""
        for name, value in attributes.items():
            object.__setattr__(self, name, value)

    # --- compile --------------------------------------------------------------------------------------
    @keras_2_order(
        "self", "optimizer", "loss", "metrics", "loss_weights", "weighted_metrics", "run_eagerly",
        "steps_per_execution", "jit_compile",
    )  # fmt: skip
    def compile(
        self,
        optimizer: Any = "rmsprop",
        loss: Any = None,
        loss_weights: Any = None,
        metrics: Any = None,
        weighted_metrics: Any = None,
        run_eagerly: bool | None = False,
        steps_per_execution: int | None = 1,
        jit_compile: bool | str | None = "auto",
        auto_scale_loss: bool = True,
        **kwargs: Any,
    ) -> None:
        """Sets what training minimises, with which optimizer, and what it watches.

        Args:
          optimizer: str, ``Optimizer`` or optax transformation.
          loss: str, ``Loss``, function ``(y_true, y_pred) → [samples]``, or a structure of them that follows
            the model's outputs.
          loss_weights: structure of floats by which the losses are multiplied before they are added.
          metrics: list of str, ``Metric`` or functions; for several outputs a list or dict of such lists.
            "accuracy" and "crossentropy" are resolved by the shapes of target and output.
          weighted_metrics: the same, weighted by sample weights.
          run_eagerly: bool, whether python runs for every batch, uncompiled (for debugging).
          steps_per_execution: int, batches of one compiled call; batch callbacks are called as often.
          jit_compile: bool or "auto". All compiled steps go through XLA; False means ``tf.function`` without
            the obligation to compile, which is what "auto" is too.
          auto_scale_loss: bool, whether an optimizer gets loss scaling under the policy "mixed_float16".
        """
        if config.legacy_keras():
            kwargs = _without_old_arguments(kwargs)
        if kwargs:
            unknown = next(iter(kwargs))
            raise TypeError(f"{type(self).__name__}.compile() got an unexpected keyword argument '{unknown}'")
        if config.legacy_keras() and run_eagerly and jit_compile is True:
            raise ValueError("You cannot enable `run_eagerly` and `jit_compile` at the same time.")
        compile_arguments = {
            "optimizer": optimizer,
            "loss": loss,
            "loss_weights": loss_weights,
            "metrics": metrics,
            "weighted_metrics": weighted_metrics,
            "run_eagerly": run_eagerly,
            "steps_per_execution": steps_per_execution or 1,
            "jit_compile": jit_compile,
        }
        if config.legacy_keras():
            compile_arguments |= {
                "run_eagerly": run_eagerly or None,
                "steps_per_execution": None if steps_per_execution == 1 else steps_per_execution,
                "jit_compile": None if jit_compile == "auto" else jit_compile,
            }
        elif jit_compile == "auto":
            compile_arguments["jit_compile"] = _auto_jit_compile(run_eagerly)
        optimizer = optimizers_module.get(optimizer)
        if not config.legacy_keras():
            compile_arguments["optimizer"] = optimizer
        policy = getattr(self, "dtype_policy", None)
        if auto_scale_loss and optimizer and getattr(policy, "name", "") == "mixed_float16":
            if not isinstance(optimizer, optimizers_module.LossScaleOptimizer):
                optimizer = optimizers_module.LossScaleOptimizer(optimizer, name="loss_scale_optimizer")
        output_names = getattr(self, "output_names", None)
        if has_strategy() or self._distribute_strategy is not None:
            self._hide(_distribute_strategy=get_strategy() if has_strategy() else self._distribute_strategy)
        if jit_compile is True and run_eagerly:
            jit_compile = compile_arguments["jit_compile"] = False
            warnings.warn(
                "If `run_eagerly` is True, then `jit_compile` cannot also be True. Disabling `jit_compile`.",
                stacklevel=2,
            )
        self._hide(
            optimizer=optimizer,
            loss=loss if loss is not None else self.loss,
            _compile_loss=self._kept(self._compile_loss)
            if loss is None
            else CompileLoss(loss, loss_weights, output_names=output_names),
            _compile_metrics=self._kept(self._compile_metrics)
            if metrics is None and weighted_metrics is None
            else CompileMetrics(metrics, weighted_metrics, output_names=output_names),
            _loss_tracker=metrics_module.Mean(name="loss"),
            _jit_compile=jit_compile,
            _run_eagerly=bool(run_eagerly),
            _compile_arguments=compile_arguments,
            _takes_training=None,
            steps_per_execution=steps_per_execution or 1,
            stop_training=False,
            compiled=True,
            _compiled_trainable_state=trainable_state.of(self) if config.legacy_keras() else None,
            train_function=None,
            test_function=None,
            predict_function=None,
        )

    def _kept(self, earlier: Any) -> Any:
        """What an earlier ``compile`` set and this one does not name: Keras 3 keeps it."""
        return None if config.legacy_keras() else earlier

    def get_compile_config(self) -> dict[str, Any] | None:
        """The arguments of ``compile``, serialized, {} (None in Keras 2) if the model is not compiled."""
        if not self.compiled or self._compile_arguments is None:
            return None if config.legacy_keras() else {}
        return serialize_dict(self._compile_arguments)

    def compile_from_config(self, config: dict[str, Any]) -> None:
        """Compiles with arguments from ``get_compile_config``."""
        if type(self).compile is not Steps.compile:
            warnings.warn(
                "`compile()` was not called as part of model loading because the model's `compile()` method is custom. "
                "All subclassed Models that have `compile()` overridden should also override `get_compile_config()` "
                "and `compile_from_config(config)`. Alternatively, you can call `compile()` manually after loading.",
                stacklevel=2,
            )
            return
        self.compile(**deserialize_keras_object(config))
        if self.optimizer is not None and self.built:
            self.optimizer.build(self.trainable_variables)

    @property
    def jit_compile(self) -> bool:
        """Whether the steps are compiled by XLA; of "auto", as Keras sees it, only where there is a GPU."""
        if self._jit_compile == "auto" and not config.legacy_keras():
            return _auto_jit_compile(self._run_eagerly)
        return bool(self._jit_compile) and not self._run_eagerly

    @jit_compile.setter
    def jit_compile(self, value: bool) -> None:
        self._hide(_jit_compile=value)

    @property
    def run_eagerly(self) -> bool:
        """Whether the steps run as plain python, uncompiled; in Keras 2 also where a layer is ``dynamic``."""
        return self._run_eagerly or self.dynamic  # type: ignore[attr-defined]

    @run_eagerly.setter
    def run_eagerly(self, value: bool) -> None:
        self._hide(_run_eagerly=value, train_function=None, test_function=None, predict_function=None)

    @property
    def distribute_strategy(self) -> Any:
        """The strategy in whose scope the model was compiled, or the default one."""
        return get_strategy() if self._distribute_strategy is None else self._distribute_strategy

    def _assert_compile_called(self, method_name: str | None = None) -> None:
        if not self.compiled:
            error = RuntimeError if config.legacy_keras() else ValueError
            raise error("You must call `compile()` before using the model.")

    # --- the steps ------------------------------------------------------------------------------------
    def train_step(self, data: Any) -> dict[str, Any]:
        """One step of training, the lines that a user would write; override it for other training.

        Args:
          data: a batch, ``x``, ``(x, y)`` or ``(x, y, sample_weight)``.

        Returns:
          Dict of logs, usually the metrics' results.
        """
        x, y, sample_weight = unpack_x_y_sample_weight(data)
        with GradientTape() as tape:
            y_pred = self._call_in_mode(x, training=True)
            loss = self._compute_loss(x, y, y_pred, sample_weight, training=True)
            if loss is None:
                raise ValueError("No loss to compute. Provide a `loss` argument in `compile()`.")
            self._track_loss(loss, x)
            keras3 = self.optimizer is not None and not config.legacy_keras()
            scaled = self.optimizer.scale_loss(loss) if keras3 else loss
        weights = self.trainable_weights
        if not weights:
            warnings.warn("The model does not have any trainable weights.", stacklevel=2)
        elif keras3:
            gradients = tape.gradient(scaled, weights)
            self.optimizer.apply_gradients(zip(gradients, weights, strict=True))
        else:  # Keras 2 leaves all of it to the optimizer, which may scale the loss or have a `minimize` of its own
            self.optimizer.minimize(loss, weights, tape=tape)
        return self.compute_metrics(x, y, y_pred, sample_weight=sample_weight)

    def test_step(self, data: Any) -> dict[str, Any]:
        """One step of evaluation. See ``train_step``."""
        x, y, sample_weight = unpack_x_y_sample_weight(data)
        y_pred = self._call_in_mode(x, training=False)
        loss = self._compute_loss(x, y, y_pred, sample_weight, training=False)
        self._track_loss(loss, x)
        return self.compute_metrics(x, y, y_pred, sample_weight=sample_weight)

    def _track_loss(self, loss: Any, x: Any) -> None:
        self._hide(_loss_is_tracked=True)
        if loss is None:
            return
        self._loss_tracker.update_state(whole_of_share(loss), sample_weight=batch_size(x))

    def predict_step(self, data: Any) -> Any:
        """One step of prediction: the outputs for a batch."""
        x, _, _ = unpack_x_y_sample_weight(data)
        return self._call_in_mode(x, training=False)

    def _call_in_mode(self, x: Any, training: bool) -> Any:
        if not self.built and self._uneven_batches:
            with open_batch(int(batch_size(x))):
                return self._call_built(x, training)
        return self._call_built(x, training)

    def _call_built(self, x: Any, training: bool) -> Any:
        # in Keras 2 the layers inside are told, though the model's own `call` does not take it
        if config.legacy_keras() or getattr(self, "_call_has_training_arg", True):
            return self(x, training=training)
        return self(x)

    # --- loss -----------------------------------------------------------------------------------------
    def compute_loss(
        self, x: Any = None, y: Any = None, y_pred: Any = None, sample_weight: Any = None, training: bool = True
    ) -> Any:
        """The total loss of a batch: the compiled losses plus what layers added with ``add_loss``.

        Args:
          x, y, y_pred, sample_weight: the batch and the model's outputs for it.
          training: bool, whether the loss is for training; unused here.

        Returns:
          Scalar tensor; in Keras 2 None where there is no loss.

        Raises:
          ValueError: there is no loss.
        """
        losses = []
        if self._compile_loss is not None:
            loss = self._compile_loss(y, y_pred, sample_weight)
            if loss is not None:
                losses.append(loss)
        losses.extend(_scalar(loss) for loss in self.losses)
        if not losses and config.legacy_keras():
            return None
        if not losses:
            raise ValueError("No loss to compute. Provide a `loss` argument in `compile()`.")
        return for_jax(sum(losses[1:], start=losses[0]))

    def _compute_loss(self, x: Any, y: Any, y_pred: Any, sample_weight: Any, training: bool) -> Any:
        """``compute_loss`` with ``training`` only where a user's override takes it."""
        if getattr(self, "_takes_training", None) is None:
            self._hide(_takes_training="training" in inspect.signature(self.compute_loss).parameters)
        if self._takes_training:
            return self.compute_loss(x, y, y_pred, sample_weight, training=training)
        return self.compute_loss(x, y, y_pred, sample_weight)

    def compiled_loss(
        self, y: Any, y_pred: Any, sample_weight: Any = None, regularization_losses: Sequence[Any] | None = None
    ) -> Any:
        """Keras 2's way to the loss of a batch; it also goes into the metric "loss".

        Args:
          y, y_pred, sample_weight: targets, outputs and weights.
          regularization_losses: list of scalars that are added, usually ``self.losses``.
        """
        losses = [] if self._compile_loss is None else [self._compile_loss(y, y_pred, sample_weight)]
        losses.extend(_scalar(loss) for loss in regularization_losses or ())
        losses = [loss for loss in losses if loss is not None]
        total = sum(losses[1:], start=losses[0])
        self._loss_tracker.update_state(whole_of_share(total), sample_weight=batch_size(y_pred))
        return total

    # --- metrics --------------------------------------------------------------------------------------
    @property
    def metrics(self) -> list[Any]:
        """All metrics: the loss, those given to ``compile``, one per loss of several, the model's and layers' own."""
        found: list[Any] = []
        if self.compiled:
            if config.legacy_keras():
                found.extend(self._legacy_metrics())
            else:
                found.extend(m for m in (self._loss_tracker, self._compile_metrics) if m is not None)
                if self._compile_loss is not None:
                    found.extend(self._compile_loss.metrics)
        found.extend(getattr(self, "_metrics", ()))
        for layer in self._flatten_layers(include_self=False):
            if not isinstance(layer, Steps):
                found.extend(layer.metrics)
        return list({id(metric): metric for metric in found}.values())

    def _legacy_metrics(self) -> list[Any]:
        """Keras 2 lists the compiled metrics one by one, and none before the first batch."""
        if self._compile_loss is None:
            found = [self._loss_tracker] if self._loss_is_tracked else []
        else:
            found = [self._loss_tracker, *self._compile_loss.metrics] if self._compile_loss.built else []
        return found if self._compile_metrics is None else [*found, *self._compile_metrics.metrics]

    @property
    def metrics_names(self) -> list[str]:
        """The names of ``metrics``."""
        if config.legacy_keras() and self._compile_metrics is not None and self._compile_metrics.built:
            compiled = set(map(id, self._compile_metrics.metrics))
            rest = [metric.name for metric in self.metrics if id(metric) not in compiled]
            count = len(self._legacy_metrics()) - len(compiled)
            return [*rest[:count], *self._compile_metrics.result(), *rest[count:]]
        return [metric.name for metric in self.metrics]

    def reset_metrics(self) -> None:
        """Resets the state of all metrics."""
        for metric in self.metrics:
            metric.reset_state()

    @property
    def compiled_metrics(self) -> Any:
        """Keras 2's object for the metrics given to ``compile``: it has ``update_state``, ``metrics``, ``result``."""
        return _CompiledMetrics(self._compile_metrics)

    def compute_metrics(self, x: Any, y: Any, y_pred: Any, sample_weight: Any = None) -> dict[str, Any]:
        """Updates the compiled metrics with a batch and returns all metrics' values by name."""
        if self._compile_metrics is not None:
            self._compile_metrics.update_state(y, y_pred, sample_weight)
        return self.get_metrics_result()

    def get_metrics_result(self) -> dict[str, Any]:
        """The present values of all metrics by name."""
        values: dict[str, Any] = {}
        for metric in self._metrics_for_results():
            result = metric.result()
            if isinstance(result, dict):
                values.update(result)
            else:
                values[metric.name] = result
        return values

    def _metrics_for_results(self) -> list[Any]:
        if not config.legacy_keras() or self._compile_metrics is None:
            return self.metrics
        compiled = set(map(id, self._compile_metrics.metrics))
        rest = [metric for metric in self.metrics if id(metric) not in compiled]
        count = len(self._legacy_metrics()) - len(compiled)
        return [*rest[:count], self._compile_metrics, *rest[count:]]

    def _flatten_metrics_in_order(self, logs: dict[str, Any]) -> Any:
        """Logs as a list in the order of the metrics, or the one value."""
        if config.legacy_keras():
            names = self.metrics_names
        else:
            names = []
            for metric in self.metrics:
                parts = metric.metrics if isinstance(metric, CompileMetrics) else [metric]
                names.extend(part.name for part in parts)
        results = [logs[name] for name in names if name in logs]
        results.extend(logs[key] for key in sorted(logs) if key not in names)
        return results[0] if len(results) == 1 else results


class _CompiledMetrics:
    """What ``model.compiled_metrics`` is."""

    def __init__(self, metrics: CompileMetrics | None) -> None:
        self._compile_metrics = metrics

    def update_state(self, y: Any, y_pred: Any, sample_weight: Any = None) -> None:
        if self._compile_metrics is not None:
            self._compile_metrics.update_state(y, y_pred, sample_weight)

    def reset_state(self) -> None:
        if self._compile_metrics is not None:
            self._compile_metrics.reset_state()

    def result(self) -> dict[str, Any]:
        return {} if self._compile_metrics is None else self._compile_metrics.result()

    @property
    def metrics(self) -> list[Any]:
        return [] if self._compile_metrics is None else self._compile_metrics.metrics


def _without_old_arguments(kwargs: dict[str, Any]) -> dict[str, Any]:
    """The arguments of ``compile`` but for those of Keras 1 and TensorFlow 1, which Keras 2 takes without effect.

    Raises:
      ValueError: one that had an effect.
    """
    for name in ("distribute", "target_tensors"):
        if kwargs.get(name) is not None:
            raise ValueError(f"`{name}` argument is not supported when executing eagerly. Received: {kwargs[name]}.")
    old = ("cloning", "experimental_run_tf_function", "distribute", "target_tensors", "sample_weight_mode")
    return {name: value for name, value in kwargs.items() if name not in old}


def _auto_jit_compile(run_eagerly: Any) -> bool:
    """What "auto" is to Keras 3: whether there is another device than the CPU."""
    return not run_eagerly and jax.default_backend() != "cpu"


def batch_size(x: Any) -> Any:
    """The number of samples of a batch, as a float: the weight of its loss in the mean."""
    first = next(leaf for leaf in tree.flatten(x) if leaf is not None)
    return float(first.shape[0])


def _scalar(loss: Any) -> Any:
    """An added loss as one number of the common dtype."""
    if callable(loss) and not isinstance(loss, Tensor):
        loss = loss()
    loss = convert_to_tensor(loss)
    if not loss.dtype.is_floating:
        loss = math.cast(loss, floatx())
    return math.reduce_sum(loss)
