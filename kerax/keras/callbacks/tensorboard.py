"""``keras.callbacks.TensorBoard``: logs for TensorBoard."""

from __future__ import annotations

import os
import time
from typing import Any

import jax
import numpy as np

from kerax.keras.callbacks.callback import Callback
from kerax.keras.callbacks.learning_rate import add_learning_rates
from kerax.summary.write import metadata_of


class TensorBoard(Callback):
    """Writes event files that TensorBoard shows.

    Epoch values go to ``train`` and ``validation`` below the folder, as ``epoch_loss`` and so on.

    Args:
      log_dir: str, folder of the event files.
      histogram_freq: int, write histograms of the weights every so many epochs; 0 for never.
      write_graph: bool, whether to write the model's structure.
      write_images: bool, whether to write weights as images along with the histograms.
      write_steps_per_second: bool.
      update_freq: "epoch", "batch", or int for a number of batches between writing batch values.
      profile_batch: int or pair of ints, batches to profile with JAX's profiler; 0 for none.
      embeddings_freq: int, save the weights for the embedding projector every so many epochs; 0 for never.
      embeddings_metadata: str, or dict from layer name to file name.
    """

    def __init__(
        self,
        log_dir: Any = "logs",
        histogram_freq: int = 0,
        write_graph: bool = True,
        write_images: bool = False,
        write_steps_per_second: bool = False,
        update_freq: str | int = "epoch",
        profile_batch: Any = 0,
        embeddings_freq: int = 0,
        embeddings_metadata: Any = None,
    ) -> None:
        super().__init__()
        self.log_dir = str(log_dir)
        self.histogram_freq = histogram_freq
        self.write_graph = write_graph
        self.write_images = write_images
        self.write_steps_per_second = write_steps_per_second
        self.update_freq = 1 if update_freq == "batch" else update_freq
        self.embeddings_freq = embeddings_freq
        self.embeddings_metadata = embeddings_metadata
        self._start_batch, self._stop_batch = _batch_range(profile_batch)
        self._profiling = False
        self._writers: dict[str, Any] = {}
        self._global_train_batch = 0
        self._global_test_batch = 0

    # --- writers --------------------------------------------------------------------------------------
    @property
    def _summary(self) -> Any:
        from kerax import summary

        return summary

    def _writer(self, name: str) -> Any:
        if name not in self._writers:
            self._writers[name] = self._summary.create_file_writer(os.path.join(self.log_dir, name))
        return self._writers[name]

    @property
    def _train_writer(self) -> Any:
        return self._writer("train")

    @property
    def _val_writer(self) -> Any:
        return self._writer("validation")

    def set_model(self, model: Any) -> None:
        super().set_model(model)
        self._train_dir = os.path.join(self.log_dir, "train")
        self._val_dir = os.path.join(self.log_dir, "validation")
        self._writers = {}
        if self.write_graph and type(model).__name__ in ("Functional", "Sequential"):
            self._write_model()
        if self.embeddings_freq:
            self._configure_embeddings()

    def _write_model(self) -> None:
        """The model's configuration, which TensorBoard draws as its conceptual graph."""
        with self._train_writer.as_default():
            try:
                text = self.model.to_json()
            except (NotImplementedError, TypeError, ValueError):
                return  # a model without a configuration has no such graph
            self._summary.write(
                tag="keras",
                tensor=text,
                step=0,
                metadata=metadata_of("graph_keras_model", b"1"),
            )

    def _configure_embeddings(self) -> None:
        lines = []
        metadata = self.embeddings_metadata
        names = {layer.name for layer in self.model.layers if type(layer).__name__ == "Embedding"}
        if isinstance(metadata, dict) and set(metadata) - names:
            raise ValueError(
                "Unrecognized `Embedding` layer names passed to `keras.callbacks.TensorBoard` `embeddings_metadata` "
                f"argument: {set(metadata) - names}"
            )
        for layer in self.model.layers:
            if layer.name not in names:
                continue
            path = metadata if isinstance(metadata, str) else (metadata or {}).get(layer.name)
            lines.append("embeddings {")
            lines.append('  tensor_name: "layer_with_weights-0/embeddings/.ATTRIBUTES/VARIABLE_VALUE"')
            lines.extend([f'  metadata_path: "{path}"'] if path else [])
            lines.append("}")
        os.makedirs(self.log_dir, exist_ok=True)
        with open(os.path.join(self.log_dir, "projector_config.pbtxt"), "w") as file:
            file.write("".join(line + "\n" for line in lines))

    # --- training -------------------------------------------------------------------------------------
    def looks_at_batches(self, kind: str) -> bool:
        profiles = self._stop_batch > 0 or self.write_steps_per_second
        return self.update_freq != "epoch" or (kind == "train" and profiles)

    def on_train_begin(self, logs: dict[str, Any] | None = None) -> None:
        self._global_train_batch = 0

    def on_train_end(self, logs: dict[str, Any] | None = None) -> None:
        self._stop_profile()
        for writer in self._writers.values():
            writer.close()

    def on_train_batch_begin(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        self._global_train_batch += 1
        self._batch_start_time = time.time()
        if self._start_batch > 0 and self._global_train_batch == self._start_batch and not self._profiling:
            jax.profiler.start_trace(self._train_dir)
            self._profiling = True

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        step = self._global_train_batch
        if self.update_freq != "epoch" and step % self.update_freq == 0:
            with self._train_writer.as_default():
                if self.write_steps_per_second:
                    rate = 1.0 / max(time.time() - self._batch_start_time, 1e-9)
                    self._summary.scalar("batch_steps_per_second", rate, step=step)
                for name, value in (logs or {}).items():
                    self._summary.scalar(f"batch_{name}", value, step=step)
        if self._profiling and step >= self._stop_batch:
            self._stop_profile()

    def _stop_profile(self) -> None:
        if self._profiling:
            jax.profiler.stop_trace()
            self._profiling = False

    def on_test_batch_begin(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        self._global_test_batch += 1

    def on_test_end(self, logs: dict[str, Any] | None = None) -> None:
        optimizer = self.model.optimizer
        if optimizer is not None and hasattr(optimizer, "iterations"):
            step = int(np.asarray(optimizer.iterations))
            with self._val_writer.as_default():
                for name, value in (logs or {}).items():
                    self._summary.scalar(f"evaluation_{name}_vs_iterations", value, step=step)

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        if self.write_steps_per_second:
            self._previous_iterations = int(np.asarray(self.model.optimizer.iterations))
            self._epoch_start_time = time.time()

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self._log_epoch_metrics(epoch, logs)
        if self.histogram_freq and epoch % self.histogram_freq == 0:
            self._log_weights(epoch)
        if self.embeddings_freq and epoch % self.embeddings_freq == 0:
            os.makedirs(self._train_dir, exist_ok=True)
            self.model.save_weights(os.path.join(self._train_dir, f"keras_embedding.ckpt-{epoch}.weights.h5"))

    def _log_epoch_metrics(self, epoch: int, logs: dict[str, Any] | None) -> None:
        if not logs:
            return
        train = {name: value for name, value in logs.items() if not name.startswith("val_")}
        validation = {name.removeprefix("val_"): value for name, value in logs.items() if name.startswith("val_")}
        optimizer = getattr(self.model.optimizer, "inner_optimizer", self.model.optimizer)
        if hasattr(optimizer, "learning_rate") or hasattr(optimizer, "optimizers"):
            add_learning_rates(train, optimizer)
        if self.write_steps_per_second:
            steps = int(np.asarray(self.model.optimizer.iterations)) - self._previous_iterations
            train["steps_per_second"] = steps / (time.time() - self._epoch_start_time)
        for values, name in ((train, "train"), (validation, "validation")):
            if values:
                with self._writer(name).as_default():
                    for key, value in values.items():
                        self._summary.scalar(f"epoch_{key}", value, step=epoch)

    def _log_weights(self, epoch: int) -> None:
        with self._train_writer.as_default():
            for layer in self.model.layers:
                for weight in layer.weights:
                    name = getattr(weight, "path", weight.name).replace(":", "_")
                    self._summary.histogram(f"{name}/histogram", np.asarray(weight), step=epoch)
                    if self.write_images:
                        image = _as_image(np.squeeze(np.asarray(weight)))
                        if image is not None:
                            self._summary.image(f"{name}/image", image, step=epoch)
            self._train_writer.flush()


def _batch_range(profile_batch: Any) -> tuple[int, int]:
    """First and last batch to profile, (0, 0) for none."""
    if isinstance(profile_batch, str):
        profile_batch = [int(part) for part in profile_batch.split(",")]
        profile_batch = profile_batch[0] if len(profile_batch) == 1 else profile_batch
    if isinstance(profile_batch, int):
        start = stop = profile_batch
    elif isinstance(profile_batch, (tuple, list)) and len(profile_batch) == 2:
        start, stop = profile_batch
    else:
        start, stop = -1, -1
    if start < 0 or stop < start:
        raise ValueError(
            "profile_batch must be a non-negative integer or 2-tuple of positive integers. A pair of positive integers "
            f"signifies a range of batches to profile. Found: {profile_batch}"
        )
    return start, stop


def _as_image(weight: np.ndarray) -> np.ndarray | None:
    """A weight as images ``[n, height, width, channels]``, None where it has no such form."""
    if weight.ndim == 1:
        return weight.reshape(1, -1, 1, 1)
    if weight.ndim == 2:
        weight = weight.T if weight.shape[0] > weight.shape[1] else weight
        return weight[None, :, :, None]
    if weight.ndim == 3:
        return np.moveaxis(weight, -1, 0)[..., None]
    return weight if weight.ndim == 4 and weight.shape[-1] in (1, 3, 4) else None
