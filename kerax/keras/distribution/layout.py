"""How tensors lie on a mesh of devices."""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping
from typing import Any

import jax

from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Symbolic, Tensor
from kerax.keras.distribution.devices import DeviceMesh


class TensorLayout:
    """The axis of a mesh along which each axis of a tensor is cut; None for axes that are whole everywhere.

    Args:
      axes: names of the mesh's axes, or None, one for each axis of the tensor.
      device_mesh: ``DeviceMesh``; a ``LayoutMap`` fills it in.

    Raises:
      ValueError: the mesh has no such axis.

    >>> import kerax as tf
    >>> tf.keras.distribution.TensorLayout(["model", None]).axes
    ('model', None)
    """

    def __init__(self, axes: Any, device_mesh: DeviceMesh | None = None) -> None:
        self._axes = tuple(axes)
        self._device_mesh = device_mesh
        self._check()

    @property
    def axes(self) -> tuple[str | None, ...]:
        return self._axes

    @property
    def device_mesh(self) -> DeviceMesh | None:
        return self._device_mesh

    @device_mesh.setter
    def device_mesh(self, device_mesh: DeviceMesh) -> None:
        if self._device_mesh is not None:
            raise ValueError(f"Cannot override device mesh value. Existing value is {self._device_mesh}")
        self._device_mesh = device_mesh
        self._check()

    @property
    def backend_layout(self) -> jax.sharding.NamedSharding:
        """The layout as JAX's sharding.

        Raises:
          ValueError: there is no mesh yet.
        """
        if self._device_mesh is None:
            raise ValueError("Cannot create sharding when device mesh is not set for TensorLayout.")
        return jax.sharding.NamedSharding(self._device_mesh.backend_mesh, jax.sharding.PartitionSpec(*self._axes))

    def _check(self) -> None:
        if self._device_mesh is None:
            return
        known, named = set(self._device_mesh.axis_names), set(self._axes) - {None}
        if named - known:
            raise ValueError(f"Invalid axis names for Layout. Valid axis names: {known}, Got {named}")

    def __repr__(self) -> str:
        return f"<{type(self).__name__} axes={self.axes}, device_mesh={self.device_mesh}>"


class LayoutMap(MutableMapping):
    """Layouts by the paths of variables, exact or as regular expressions that match the whole path.

    Args:
      device_mesh: ``DeviceMesh`` of layouts without one.

    >>> import kerax as tf
    >>> mesh = tf.keras.distribution.DeviceMesh((1, 1), ["batch", "model"], ["cpu:0"])
    >>> layouts = tf.keras.distribution.LayoutMap(mesh)
    >>> layouts["dense.*kernel"] = (None, "model")
    >>> layouts["dense_1/kernel"].axes
    (None, 'model')
    """

    def __init__(self, device_mesh: DeviceMesh | None) -> None:
        self._layouts: dict[str, TensorLayout] = {}
        self._device_mesh = device_mesh

    @property
    def device_mesh(self) -> DeviceMesh | None:
        return self._device_mesh

    def __getitem__(self, key: str) -> TensorLayout | None:
        if key in self._layouts:
            return self._layouts[key]
        matches = [pattern for pattern in self._layouts if re.fullmatch(pattern, key)]
        if len(matches) > 1:
            raise ValueError(
                f"Path '{key}' matches multiple layout specification keys: {matches}. Please make sure each "
                "tensor/variable path only matches at most one layout specification key in the LayoutMap."
            )
        return self._layouts[matches[0]] if matches else None

    def __setitem__(self, key: str, layout: Any) -> None:
        if key in self._layouts:
            raise ValueError(
                f"{key} already exist in the LayoutMap with value {self._layouts[key]}. Please make sure to not use "
                "duplicated keys."
            )
        if isinstance(layout, tuple):
            layout = TensorLayout(layout)
        if not isinstance(layout, TensorLayout):
            raise ValueError(f"{layout} should be a TensorLayout type, got {type(layout)}")
        if layout.device_mesh is None and self._device_mesh is not None:
            layout.device_mesh = self._device_mesh
        self._layouts[key] = layout

    def __delitem__(self, key: str) -> None:
        del self._layouts[key]

    def __len__(self) -> int:
        return len(self._layouts)

    def __iter__(self) -> Iterator[str]:
        return iter(self._layouts)


@op("x")
def _constrained(x: Any, sharding: Any) -> Any:
    return jax.lax.with_sharding_constraint(x, sharding)


def distribute_tensor(tensor: Any, layout: Any) -> Any:
    """A tensor laid out over a mesh.

    Args:
      tensor: tensor, variable or array; symbolic tensors stay as they are.
      layout: ``TensorLayout``, or a ``jax.sharding.Sharding``.

    Returns:
      Tensor.
    """
    if isinstance(tensor, Symbolic):
        return tensor
    sharding = layout.backend_layout if isinstance(layout, TensorLayout) else layout
    tensor = convert_to_tensor(tensor)
    if isinstance(tensor._value, jax.core.Tracer):
        return _constrained(tensor, sharding)
    return Tensor(jax.device_put(tensor._value, sharding))
