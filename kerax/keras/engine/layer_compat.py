"""What Keras 2's layers offer beside Keras 3's."""

from __future__ import annotations

from typing import Any

from kerax.core import nest


class LayerCompat:
    """Shapes and nodes of a connected layer, and attributes without a function any more."""

    _inbound_nodes: list[Any]
    _outbound_nodes: list[Any]
    name: str
    dynamic = False
    updates: list[Any] = []

    @property
    def stateful(self) -> bool:
        """Whether the layer keeps state between batches (set by recurrent layers)."""
        return self.__dict__.get("_stateful", False)

    @stateful.setter
    def stateful(self, value: bool) -> None:
        self._stateful = value

    @property
    def inbound_nodes(self) -> list[Any]:
        return self._inbound_nodes

    @property
    def outbound_nodes(self) -> list[Any]:
        return self._outbound_nodes

    def _shapes_at(self, index: int, attribute: str, label: str) -> Any:
        values = self._node_attribute(index, attribute, label)
        return nest.map_structure(lambda x: tuple(x.shape), values)

    @property
    def input_shape(self) -> Any:
        """The shape of the symbolic input of the first call."""
        return self._shapes_at(0, "input_tensors", "input shape")

    @property
    def output_shape(self) -> Any:
        """The shape of the symbolic output of the first call."""
        return self._shapes_at(0, "output_tensors", "output shape")

    def get_input_at(self, node_index: int) -> Any:
        """The symbolic input(s) of call number ``node_index``."""
        return self._node_attribute(node_index, "input_tensors", "input")

    def get_output_at(self, node_index: int) -> Any:
        """The symbolic output(s) of call number ``node_index``."""
        return self._node_attribute(node_index, "output_tensors", "output")

    def get_input_shape_at(self, node_index: int) -> Any:
        return self._shapes_at(node_index, "input_tensors", "input shape")

    def get_output_shape_at(self, node_index: int) -> Any:
        return self._shapes_at(node_index, "output_tensors", "output shape")

    @property
    def input_mask(self) -> Any:
        return nest.map_structure(lambda x: getattr(x, "_keras_mask", None), self.get_input_at(0))

    @property
    def output_mask(self) -> Any:
        return nest.map_structure(lambda x: getattr(x, "_keras_mask", None), self.get_output_at(0))

    def add_update(self, updates: Any) -> None:
        """Runs updates given as functions; assignments have happened by themselves."""
        for update in nest.flatten(updates):
            if callable(update):
                update()

    def apply(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        return self(inputs, *args, **kwargs)  # type: ignore[operator]

    def finalize_state(self) -> None:
        """Nothing by default: preprocessing layers override it."""

    def compute_output_signature(self, input_signature: Any) -> Any:
        """``tf.TensorSpec`` of the output for specs of the inputs."""
        from kerax.core.tensor import TensorSpec

        shapes = nest.map_structure(lambda spec: tuple(spec.shape), input_signature)
        out = self.compute_output_shape(shapes)  # type: ignore[attr-defined]
        return nest.map_structure(
            lambda shape: TensorSpec(shape, self.compute_dtype),  # type: ignore[attr-defined]
            _shape_leaves(out),
        )

    def quantize(self, mode: Any = None, type_check: bool = True, config: Any = None) -> None:
        """Quantization is not offered.

        Raises:
          NotImplementedError: always.
        """
        raise NotImplementedError(f"Layer {type(self).__name__} does not have a `quantize()` method implemented.")


def _shape_leaves(shape: Any) -> Any:
    from kerax.core.shape import TensorShape

    if isinstance(shape, (list, tuple)) and not all(size is None or isinstance(size, int) for size in shape):
        return [_shape_leaves(item) for item in shape]
    return TensorShape(shape)
