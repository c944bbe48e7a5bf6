"""Distributions: how variables and batches of a whole program lie on devices."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator
from typing import Any

import jax
import numpy as np

from kerax.keras.distribution.devices import DeviceMesh, list_devices
from kerax.keras.distribution.layout import LayoutMap, TensorLayout
from kerax.keras.engine import global_state

_NAME = "distribution"


class Distribution:
    """The base of distributions.

    Args:
      device_mesh: ``DeviceMesh``.
      batch_dim_name: str, the mesh's axis along which batches are cut.
      auto_shard_dataset: bool, whether each of several processes gets its share of a data set.
    """

    def __init__(
        self, device_mesh: DeviceMesh, batch_dim_name: str | None = None, auto_shard_dataset: bool = True
    ) -> None:
        self._device_mesh = device_mesh
        self._batch_dim_name = batch_dim_name
        self.auto_shard_dataset = auto_shard_dataset
        self._num_processes, self._process_id = jax.process_count(), jax.process_index()

    @property
    def device_mesh(self) -> DeviceMesh:
        return self._device_mesh

    @property
    def batch_dim_name(self) -> str | None:
        return self._batch_dim_name

    @property
    def num_processes(self) -> int:
        return self._num_processes

    @property
    def num_model_replicas(self) -> int:
        raise NotImplementedError

    @property
    def data_shard_id(self) -> int:
        """Which share of a data set this process reads."""
        replicas = self.num_model_replicas
        if replicas >= self.num_processes:
            return self._process_id
        return self._process_id // (self.num_processes // replicas)

    def get_data_layout(self, data_shape: Any) -> TensorLayout:
        """The layout of a batch: cut along its first axis."""
        return TensorLayout([self.batch_dim_name, *[None] * (len(data_shape) - 1)], self.device_mesh)

    def get_variable_layout(self, variable: Any) -> TensorLayout:
        """The layout of a variable: its own, or whole everywhere."""
        own = getattr(variable, "_layout", None)
        return own if own is not None else TensorLayout([None] * len(variable.shape), self.device_mesh)

    def get_tensor_layout(self, path: str) -> TensorLayout | None:
        """The layout of an intermediate tensor, None for the compiler's choice."""
        raise NotImplementedError

    @contextlib.contextmanager
    def scope(self) -> Iterator[None]:
        """Makes this the program's distribution for a while."""
        outer = distribution()
        set_distribution(self)
        try:
            yield
        finally:
            set_distribution(outer)

    def distribute_dataset(self, dataset: Any) -> Any:
        """The share of a data set that this process reads.

        Raises:
          ValueError: it is no ``tf.data.Dataset`` of batches that can be shared out.
        """
        if self._num_processes == 1 or not self.auto_shard_dataset:
            return dataset
        from kerax import data

        if not isinstance(dataset, data.Dataset):
            raise ValueError(
                f"The dataset type {type(dataset)} is not supported for auto-sharding in multi-process setting."
            )
        shares = self.num_processes if self.num_model_replicas >= self.num_processes else self.num_model_replicas
        if shares == 1:
            return dataset.prefetch(data.AUTOTUNE)
        from kerax import nest

        sizes = {spec.shape[0] for spec in nest.flatten(dataset.element_spec) if len(spec.shape)}
        if len(sizes) != 1 or None in sizes:
            raise ValueError(
                "The batch size of the input dataset is unknown. Please config the batch size for the input dataset, "
                "e.g via `dataset.batch(batch_size, drop_remainder=True)`"
            )
        size = sizes.pop()
        if size % shares:
            raise ValueError(
                f"Global batch size must be divisible by the number of shares. `global_batch_size`={size} and "
                f"shares={shares}"
            )
        return dataset.rebatch(size // shares).shard(shares, self.data_shard_id).prefetch(data.AUTOTUNE)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} device_mesh={self.device_mesh}>"


class DataParallel(Distribution):
    """Each device computes on a share of the batch, with all variables.

    Args:
      device_mesh: ``DeviceMesh`` with one axis.
      devices: names of devices, where there is no mesh; all by default.
      auto_shard_dataset: bool, whether each of several processes gets its share of a data set.

    Raises:
      ValueError: the mesh is something else.

    >>> import kerax as tf
    >>> tf.keras.distribution.DataParallel(devices=["cpu:0"]).batch_dim_name
    'batch'
    """

    def __init__(self, device_mesh: Any = None, devices: Any = None, auto_shard_dataset: bool = True) -> None:
        if device_mesh:
            if not isinstance(device_mesh, DeviceMesh):
                raise ValueError(
                    "Expect `mesh` to be an instance of `DeviceMesh`. "
                    f"Received: mesh={device_mesh} (of type {type(device_mesh)})"
                )
            if device_mesh.devices.ndim != 1:
                warnings.warn(
                    f"Expect the input mesh to be 1D, but received mesh.devices.ndim={device_mesh.devices.ndim}. "
                    "The first axis will be used for data-parallel sharding.",
                    stacklevel=2,
                )
            super().__init__(device_mesh, device_mesh.axis_names[0], auto_shard_dataset)
        else:
            names = np.array(devices if devices else list_devices()).ravel()
            super().__init__(DeviceMesh(names.shape, ["batch"], names), "batch", auto_shard_dataset)

    @property
    def num_model_replicas(self) -> int:
        return self.device_mesh.devices.size

    def get_tensor_layout(self, path: str) -> None:
        return None


class ModelParallel(Distribution):
    """Variables are cut as a map of layouts says, batches along one axis of the mesh.

    Args:
      layout_map: ``LayoutMap``.
      batch_dim_name: str, the mesh's axis along which batches are cut, the first by default.
      auto_shard_dataset: bool, whether each of several processes gets its share of a data set.
      **kwargs: ``device_mesh``, ignored: the map has it.

    Raises:
      ValueError: there is no map.

    >>> import kerax as tf
    >>> mesh = tf.keras.distribution.DeviceMesh((1, 1), ["batch", "model"], ["cpu:0"])
    >>> layouts = tf.keras.distribution.LayoutMap(mesh)
    >>> tf.keras.distribution.ModelParallel(layout_map=layouts).num_model_replicas
    1
    """

    def __init__(
        self,
        *,
        layout_map: Any = None,
        batch_dim_name: str | None = None,
        auto_shard_dataset: bool = True,
        **kwargs: Any,
    ) -> None:
        kwargs.pop("device_mesh", None)
        if kwargs:
            raise TypeError(f"ModelParallel() got unexpected arguments {sorted(kwargs)}")
        if layout_map is None:
            raise ValueError("You must specify a layout_map argument.")
        if not isinstance(layout_map, LayoutMap):
            raise ValueError(f"Argument `layout_map` must be a `LayoutMap` instance. Received: layout_map={layout_map}")
        mesh = layout_map.device_mesh
        super().__init__(mesh, batch_dim_name or mesh.axis_names[0], auto_shard_dataset)
        self._layout_map = layout_map
        if self.num_processes > self.num_model_replicas and self.num_processes % self.num_model_replicas:
            raise ValueError(
                "If `num_processes` is greater than `num_model_replicas`, `num_processes` must be divisible by "
                f"`num_model_replicas`. Got num_processes={self.num_processes}, "
                f"num_model_replicas={self.num_model_replicas}."
            )

    @property
    def num_model_replicas(self) -> int:
        return self.device_mesh.shape[list(self.device_mesh.axis_names).index(self.batch_dim_name)]

    def get_variable_layout(self, variable: Any) -> TensorLayout:
        if getattr(variable, "_layout", None) is not None:
            return variable._layout
        return self._layout_map[variable.path] or super().get_variable_layout(variable)

    def get_tensor_layout(self, path: str) -> TensorLayout | None:
        return self._layout_map[path]


def distribution() -> Distribution | None:
    """The program's distribution, None where there is none."""
    return global_state.get(_NAME)


def set_distribution(value: Distribution | None) -> None:
    """Makes a distribution the program's: variables made from now on lie as it says.

    Args:
      value: ``DataParallel``, ``ModelParallel`` or None.
    """
    global_state.put(_NAME, value)
