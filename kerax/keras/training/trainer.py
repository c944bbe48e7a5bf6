"""``compile``, ``fit``, ``evaluate``, ``predict``: the training loop of every model.

The way of one ``fit``: the loop below → ``train_function`` (training/execution.py) → ``train_step``
(training/steps.py), compiled as it stands → one XLA program.
"""

from __future__ import annotations

import collections
from collections.abc import Callable
from typing import Any

import numpy as np

from kerax.core import config
from kerax.core.value import Tensor
from kerax.keras import optimizers as optimizers_module
from kerax.keras.callbacks.callback_list import CallbackList
from kerax.keras.callbacks.logs import pythonify_logs
from kerax.keras.engine.arguments import keras_2_order
from kerax.keras.training import limits
from kerax.keras.training.arrays import train_validation_split
from kerax.keras.training.class_weights import weigh_classes
from kerax.keras.training.epoch import Epochs
from kerax.keras.training.execution import StepFunction
from kerax.keras.training.replicas import count as replicas_of
from kerax.keras.training.replicas import on_replicas
from kerax.keras.training.stateless_steps import StatelessStepFunction, is_stateless_step
from kerax.keras.training.steps import Steps
from kerax.keras.training.trainable_state import as_compiled
from kerax.keras.tree import structure as tree
from kerax.keras.utils.data_packing import unpack_x_y_sample_weight
from kerax.keras.utils.py_dataset import PyDataset

#: Keras 2's arguments for how batches are loaded
_LOADING = ("max_queue_size", "workers", "use_multiprocessing")


class Trainer(Steps):
    """The part of a model that trains: mixed into ``Model``.

    >>> import kerax as tf
    >>> model = tf.keras.Sequential([tf.keras.Input((1,)), tf.keras.layers.Dense(1)])
    >>> model.compile("sgd", "mse")
    >>> history = model.fit([[1.0]] and np.ones((8, 1)), np.ones((8, 1)), epochs=2, verbose=0)
    >>> list(history.history)
    ['loss']
    """

    train_function: Callable[..., Any] | None = None
    test_function: Callable[..., Any] | None = None
    predict_function: Callable[..., Any] | None = None
    stop_training = False
    stop_evaluating = False
    stop_predicting = False
    _validation_epochs: Epochs | None = None  # kept through one fit
    _initial_epoch: int | None = None  # set by BackupAndRestore in on_train_begin

    # --- the three loops ------------------------------------------------------------------------------
    @as_compiled
    def fit(
        self,
        x: Any = None,
        y: Any = None,
        batch_size: int | None = None,
        epochs: int = 1,
        verbose: str | int = "auto",
        callbacks: Any = None,
        validation_split: float = 0.0,
        validation_data: Any = None,
        shuffle: bool | str = True,
        class_weight: dict[int, float] | None = None,
        sample_weight: Any = None,
        initial_epoch: int = 0,
        steps_per_epoch: int | None = None,
        validation_steps: int | None = None,
        validation_batch_size: int | None = None,
        validation_freq: int | list[int] = 1,
        max_queue_size: int = 10,
        workers: int = 1,
        use_multiprocessing: bool = False,
    ) -> Any:
        """Trains the model for a number of epochs.

        Args:
          x: input arrays ``[samples, …]`` (numpy, tensors, data frames; list or dict of them for several
            inputs), or a source of batches: ``tf.data.Dataset``, ``PyDataset``, generator, torch loader.
          y: targets, like ``x``; not with a source of batches, which yields them itself.
          batch_size: int, samples of a gradient update, by default 32; only with arrays.
          epochs: int, the number of the last epoch.
          verbose: 0 silent, 1 progress bar, 2 one line an epoch, "auto" (1).
          callbacks: list of ``Callback``.
          validation_split: float, share of the samples at the end that is kept for validation.
          validation_data: ``(x, y)``, ``(x, y, sample_weight)`` or a source of batches.
          shuffle: bool, or "batch"; only with arrays and finite PyDatasets.
          class_weight: dict from class to weight of its samples in the loss.
          sample_weight: array ``[samples]`` (or a structure like ``y``) of weights in the loss.
          initial_epoch: int, the number of epochs done before.
          steps_per_epoch: int, batches of an epoch; by default until the data end.
          validation_steps: int, batches of a validation.
          validation_batch_size: int, by default ``batch_size``.
          validation_freq: int, validate every so many epochs; or a list of epochs (counted from 1).
          max_queue_size, workers, use_multiprocessing: Keras 2's way to set what a ``PyDataset`` has.

        Returns:
          History, whose ``history`` holds a list of floats for each log name.

        Raises:
          ValueError: not compiled, or unsuitable data.
        """
        self._assert_compile_called("fit")
        if config.legacy_keras() and epochs <= 0:
            raise ValueError(f"Expected epochs to be positive. Received is {epochs}.")
        epochs = limits.capped_epochs(epochs)
        _set_workers(x, workers, use_multiprocessing, max_queue_size)
        if validation_split and validation_data is None:
            (x, y, sample_weight), validation_data = train_validation_split((x, y, sample_weight), validation_split)
        train = Epochs(
            *(x, y, sample_weight, batch_size, steps_per_epoch, shuffle, class_weight, self.steps_per_execution),
            training=True,
            passes=max(epochs - (self._initial_epoch or initial_epoch), 1),
        )
        self._hide(_validation_epochs=None, _uneven_batches=train.source.uneven)
        callbacks = self._callback_list(callbacks, verbose, epochs, train, add_history=True)

        self.stop_training = False
        self.make_train_function()
        train.reset()
        callbacks.on_train_begin()
        train.free_running = not callbacks.look_at_batches("train")
        logs: Any = None
        training_logs = None
        for epoch in range(self._initial_epoch or initial_epoch, epochs):
            self.reset_metrics()
            callbacks.on_epoch_begin(epoch)
            with train.until_exhausted():
                for first, last, feed in train:
                    callbacks.on_train_batch_begin(first)
                    logs = self.train_function(feed)
                    callbacks.on_train_batch_end(last, logs)
                    if self.stop_training:
                        break
            epoch_logs = dict(self._epoch_logs(logs, "train_step"))
            if validation_data is not None and self._should_eval(epoch, validation_freq):
                if self._validation_epochs is None:
                    val_x, val_y, val_weight = unpack_x_y_sample_weight(validation_data)
                    settings = dict(x=val_x, y=val_y, sample_weight=val_weight,
                                    batch_size=validation_batch_size or batch_size)  # fmt: skip
                    self._hide(
                        _validation_epochs=Epochs(
                            **settings,
                            steps_per_epoch=validation_steps,
                            steps_per_execution=self.steps_per_execution,
                        )
                    )
                val_logs = self.evaluate(
                    **settings,
                    steps=validation_steps,
                    callbacks=callbacks,
                    return_dict=True,
                    _use_cached_eval_dataset=True,
                )
                epoch_logs.update({f"val_{name}": value for name, value in val_logs.items()})
            callbacks.on_epoch_end(epoch, epoch_logs)
            training_logs = epoch_logs
            if self.stop_training or (train.insufficient and config.legacy_keras()):
                break
        if isinstance(self.optimizer, optimizers_module.Optimizer) and epochs > 0:
            self.optimizer.finalize_variable_values(self.trainable_weights)
        self._hide(_validation_epochs=None)
        callbacks.on_train_end(logs=training_logs)
        return self.history

    @keras_2_order(
        "self", "x", "y", "batch_size", "verbose", "sample_weight", "steps", "callbacks", *_LOADING, "return_dict"
    )
    def evaluate(
        self,
        x: Any = None,
        y: Any = None,
        batch_size: int | None = None,
        verbose: str | int = "auto",
        sample_weight: Any = None,
        steps: int | None = None,
        callbacks: Any = None,
        return_dict: bool = False,
        **kwargs: Any,
    ) -> Any:
        """The loss and metrics over data, without training.

        Args:
          x, y, batch_size, sample_weight, verbose, callbacks: as in ``fit``.
          steps: int, number of batches; by default until the data end.
          return_dict: bool, whether to return a dict by name.

        Returns:
          float (only a loss), list of floats, or dict.
        """
        self._assert_compile_called("evaluate")
        cached = kwargs.pop("_use_cached_eval_dataset", False)
        _set_workers(x, *_worker_settings(kwargs))
        if kwargs:
            error = TypeError if config.legacy_keras() else ValueError
            raise error(f"Arguments not recognized: {kwargs}")
        if cached:
            data = self._validation_epochs
        else:
            data = Epochs(x, y, sample_weight, batch_size, steps, steps_per_execution=self.steps_per_execution)
        data.reset()
        self._hide(_uneven_batches=data.source.uneven)
        callbacks = self._callback_list(callbacks, verbose, 1, data)

        self.stop_evaluating = False
        self.make_test_function()
        callbacks.on_test_begin()
        data.free_running = not callbacks.look_at_batches("test")
        logs: Any = None
        self.reset_metrics()
        with data.until_exhausted():
            for first, last, feed in data:
                callbacks.on_test_batch_begin(first)
                logs = self.test_function(feed)
                callbacks.on_test_batch_end(last, logs)
                if self.stop_evaluating:
                    break
        logs = pythonify_logs(self._epoch_logs(logs, "test_step"))
        callbacks.on_test_end(logs)
        return logs if return_dict else self._flatten_metrics_in_order(logs)

    @keras_2_order("self", "x", "batch_size", "verbose", "steps", "callbacks", *_LOADING)
    def predict(
        self,
        x: Any,
        batch_size: int | None = None,
        verbose: str | int = "auto",
        steps: int | None = None,
        callbacks: Any = None,
        **kwargs: Any,
    ) -> Any:
        """The model's outputs for data, batch by batch.

        Args:
          x, batch_size, verbose, callbacks: as in ``fit``.
          steps: int, number of batches; by default until the data end.

        Returns:
          numpy array ``[samples, …]``, or a structure of them.
        """
        _set_workers(x, *_worker_settings(kwargs))
        if kwargs:
            raise TypeError(f"predict() got an unexpected keyword argument '{next(iter(kwargs))}'")
        data = Epochs(x, None, None, batch_size, steps, steps_per_execution=self.steps_per_execution)
        self._hide(_uneven_batches=config.legacy_keras() and data.source.uneven)
        callbacks = self._callback_list(callbacks, verbose, 1, data)

        self.stop_predicting = False
        self.make_predict_function()
        callbacks.on_predict_begin()
        outputs = _Outputs()
        with data.until_exhausted():
            for first, last, feed in data:
                callbacks.on_predict_batch_begin(first)
                batch_outputs = self.predict_function(feed)
                outputs.add(batch_outputs)
                seen = {"outputs": _joined(batch_outputs)} if callbacks.look_at_batches("predict") else {}
                callbacks.on_predict_batch_end(last, seen)
                if self.stop_predicting:
                    break
        callbacks.on_predict_end()
        return outputs.concatenated()

    # --- one batch ------------------------------------------------------------------------------------
    @keras_2_order("self", "x", "y", "sample_weight", "class_weight", "reset_metrics", "return_dict")
    @as_compiled
    def train_on_batch(
        self,
        x: Any,
        y: Any = None,
        sample_weight: Any = None,
        class_weight: dict[int, float] | None = None,
        return_dict: bool = False,
        reset_metrics: bool | None = None,
    ) -> Any:
        """Makes one training step.

        Args:
          x, y, sample_weight, class_weight: one batch, as in ``fit``.
          return_dict: bool, whether to return a dict by name.
          reset_metrics: bool, Keras 2's argument: False lets the metrics go on from earlier batches.

        Returns:
          float (only a loss), list of floats, or dict.
        """
        self._assert_compile_called("train_on_batch")
        if class_weight is not None:
            sample_weight = weigh_classes(y, class_weight, sample_weight)
        self.make_train_function()
        return self._on_batch(self.train_function, (x, y, sample_weight), return_dict, reset_metrics)

    @keras_2_order("self", "x", "y", "sample_weight", "reset_metrics", "return_dict")
    def test_on_batch(
        self,
        x: Any,
        y: Any = None,
        sample_weight: Any = None,
        return_dict: bool = False,
        reset_metrics: bool | None = None,
    ) -> Any:
        """The loss and metrics of one batch. See ``train_on_batch``."""
        self._assert_compile_called("test_on_batch")
        self.make_test_function()
        return self._on_batch(self.test_function, (x, y, sample_weight), return_dict, reset_metrics)

    def _on_batch(
        self, function: Callable[..., Any], batch: tuple[Any, ...], return_dict: bool, reset_metrics: bool | None
    ) -> Any:
        if reset_metrics is None or reset_metrics:
            self.reset_metrics()
        self._hide(_uneven_batches=False)
        if config.legacy_keras():  # Keras 2 hands on what there is
            batch = batch[: 1 if batch[1] is None else 2 if batch[2] is None else 3]
        logs = pythonify_logs(function(iter([_as_batch(batch)])))
        return logs if return_dict else self._flatten_metrics_in_order(logs)

    def predict_on_batch(self, x: Any) -> Any:
        """The model's outputs for one batch, as numpy arrays."""
        self.make_predict_function()
        (outputs,) = self.predict_function(iter([_as_batch((x,))]))
        return tree.map_structure(_as_numpy, outputs)

    # --- compiled functions ---------------------------------------------------------------------------
    def make_train_function(self, force: bool = False) -> Any:
        """Makes ``train_function``, which takes an iterator of batches and returns the logs of a step."""
        if self.train_function is None or force:
            self._hide(train_function=self._step_function(self.train_step, "train"))
        return self.train_function

    def make_test_function(self, force: bool = False) -> Any:
        """Makes ``test_function``. See ``make_train_function``."""
        if self.test_function is None or force:
            self._hide(test_function=self._step_function(self.test_step, "test"))
        return self.test_function

    def make_predict_function(self, force: bool = False) -> Any:
        """Makes ``predict_function``, which returns the list of outputs of its batches."""
        if self.predict_function is None or force:
            self._hide(predict_function=_PredictFunction(self))
        return self.predict_function

    def _step_function(self, step: Callable[..., Any], kind: str) -> StepFunction | StatelessStepFunction:
        if is_stateless_step(step):
            return StatelessStepFunction(self, step, kind, self._eager_steps(), self.steps_per_execution)
        return StepFunction(on_replicas(self, step), self._eager_steps(), self.steps_per_execution)

    def _eager_steps(self) -> bool:
        return bool(self.run_eagerly)

    # --- helpers of the loops -------------------------------------------------------------------------
    def _callback_list(
        self, callbacks: Any, verbose: str | int, epochs: int, data: Epochs, add_history: bool = False
    ) -> CallbackList:
        if isinstance(callbacks, CallbackList):
            return callbacks
        return CallbackList(
            callbacks,
            add_history=add_history,
            add_progbar=verbose != 0,
            verbose=verbose,
            epochs=epochs,
            steps=data.num_batches,
            model=self,
        )

    def _should_eval(self, epoch: int, validation_freq: int | list[int]) -> bool:
        if isinstance(validation_freq, int):
            return (epoch + 1) % validation_freq == 0
        if isinstance(validation_freq, (list, tuple, set)):
            return epoch + 1 in validation_freq
        raise ValueError(
            "Expected `validation_freq` to be a list or int. "
            f"Received: validation_freq={validation_freq} of the type {type(validation_freq)}."
        )

    def _epoch_logs(self, logs: Any, step: str) -> Any:
        """The logs that stand for a whole epoch: the metrics' values where the step returned its metrics."""
        if logs is None:  # there was no batch
            if config.legacy_keras() and step == "train_step":
                empty = "(Empty logs). This could be due to issues in input pipeline that resulted in an empty dataset."
                raise ValueError(f"Unexpected result of `train_function` {empty} Otherwise, {_LOOK_CLOSER}")
            return {}
        if isinstance(logs, dict) and not logs:  # the user's own step reports nothing
            return logs
        own = type(self)
        if (
            getattr(own, step) is getattr(Steps, step)
            and own.compute_metrics is Steps.compute_metrics
            and logs
            and replicas_of(self) == 1
        ):
            return logs  # the last step has just computed them
        results = self.get_metrics_result()
        return results if isinstance(logs, dict) and set(logs) == set(results) else logs

    # --- Keras 2's names ------------------------------------------------------------------------------
    @keras_2_order(
        "self", "generator", "steps_per_epoch", "epochs", "verbose", "callbacks", "validation_data",
        "validation_steps", "validation_freq", "class_weight", *_LOADING, "shuffle", "initial_epoch",
    )  # fmt: skip
    def fit_generator(self, generator: Any, steps_per_epoch: int | None = None, epochs: int = 1, **kwargs: Any) -> Any:
        """Keras 2's name of ``fit`` for sources of batches."""
        return self.fit(generator, steps_per_epoch=steps_per_epoch, epochs=epochs, **kwargs)

    @keras_2_order("self", "generator", "steps", "callbacks", *_LOADING, "verbose")
    def evaluate_generator(self, generator: Any, steps: int | None = None, **kwargs: Any) -> Any:
        """Keras 2's name of ``evaluate`` for sources of batches."""
        kwargs.setdefault("verbose", 0)
        return self.evaluate(generator, steps=steps, **kwargs)

    @keras_2_order("self", "generator", "steps", "callbacks", *_LOADING, "verbose")
    def predict_generator(self, generator: Any, steps: int | None = None, **kwargs: Any) -> Any:
        """Keras 2's name of ``predict`` for sources of batches."""
        kwargs.setdefault("verbose", 0)
        return self.predict(generator, steps=steps, **kwargs)


class _PredictFunction:
    """Runs ``predict_step`` on the next batches and returns the list of their outputs."""

    def __init__(self, model: Trainer) -> None:
        self._run = StepFunction(on_replicas(model, model.predict_step, joined=True), model._eager_steps())
        self._steps = model.steps_per_execution

    def __call__(self, iterator: Any) -> list[Any]:
        outputs: list[Any] = []
        for _ in range(self._steps):
            try:
                batch = next(iterator)
            except StopIteration:
                if not outputs:
                    raise
                break
            outputs.append(self._run.run_batch(_as_batch(batch)))
        return outputs


_LOOK_CLOSER = (
    "please use `Model.compile(..., run_eagerly=True)`, or `tf.config.run_functions_eagerly(True)` for more "
    "information of where went wrong, or file a issue/bug to `tf.keras`."
)


class _Outputs:
    """Collects the outputs of batches; the device works on while earlier ones come to the host."""

    _LAG = 16  # batches that may stay on the device

    def __init__(self) -> None:
        self._pending: collections.deque[Any] = collections.deque()
        self._done: list[Any] = []

    def add(self, batches: list[Any]) -> None:
        self._pending.extend(batches)
        while len(self._pending) > self._LAG:
            self._done.append(tree.map_structure(_as_numpy, self._pending.popleft()))

    def concatenated(self) -> Any:
        done = [*self._done, *(tree.map_structure(_as_numpy, batch) for batch in self._pending)]
        if not done and config.legacy_keras():
            message = "Unexpected result of `predict_function` (Empty batch_outputs). "
            raise ValueError(f"{message}P{_LOOK_CLOSER[1:]}")
        if not done:
            raise ValueError("Expect x to be a non-empty array or dataset.")
        return _joined(done)


def _joined(batches: list[Any]) -> Any:
    """Outputs of several batches as one."""
    if len(batches) == 1:
        return batches[0]
    return tree.map_structure_up_to(batches[0], lambda *parts: _concatenate(parts), *batches)


def _concatenate(parts: tuple[Any, ...]) -> Any:
    if len(parts) == 1:
        return parts[0]
    if hasattr(parts[0], "_kerax_components") or len({np.shape(part)[1:] for part in parts}) > 1:
        return _concatenate_uneven(parts)
    return np.stack(parts) if np.ndim(parts[0]) == 0 else np.concatenate(parts)


def _concatenate_uneven(parts: tuple[Any, ...]) -> Any:
    """Ragged and sparse outputs, and outputs whose inner sizes differ from batch to batch."""
    from kerax import ragged, sparse  # only uneven outputs need them

    if hasattr(parts[0], "dense_shape"):
        return sparse.concat(axis=0, sp_inputs=list(parts))
    if hasattr(parts[0], "_kerax_components"):
        return ragged.constant([row for part in parts for row in part.to_list()], dtype=parts[0].dtype)
    return ragged.constant([row.tolist() for part in parts for row in part], dtype=parts[0].dtype)


def _as_numpy(value: Any) -> Any:
    return value.numpy() if isinstance(value, Tensor) else value


def _as_batch(batch: Any) -> Any:
    """Plain python numbers in a batch as arrays (Keras 2 takes them)."""

    def leaf(value: Any) -> Any:
        return np.asarray(value) if isinstance(value, (int, float)) else value

    if config.legacy_keras() and isinstance(batch, (tuple, list)):
        batch = tuple(np.asarray(part) if _is_numbers(part) else part for part in batch)
    return tree.map_structure(leaf, batch)


def _is_numbers(part: Any) -> bool:
    return isinstance(part, (list, tuple)) and all(isinstance(leaf, (int, float)) for leaf in tree.flatten(part))


def _worker_settings(kwargs: dict[str, Any]) -> tuple[int, bool, int]:
    return kwargs.pop("workers", 1), kwargs.pop("use_multiprocessing", False), kwargs.pop("max_queue_size", 10)


def _set_workers(x: Any, workers: int, use_multiprocessing: bool, max_queue_size: int) -> None:
    """Hands Keras 2's arguments of ``fit`` to the PyDataset that they are about."""
    if isinstance(x, PyDataset) and (workers, use_multiprocessing, max_queue_size) != (1, False, 10):
        x.workers, x.use_multiprocessing, x.max_queue_size = workers, use_multiprocessing, max_queue_size
