"""``keras.layers.Discretization``."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core import errors
from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.keras_tensor import KerasTensor
from kerax.keras.engine.settings import floatx
from kerax.keras.layers.preprocessing._encoding import (
    check_mode,
    check_sparse,
    encode,
    ensure_tensor,
    listed,
    map_values,
)
from kerax.keras.layers.preprocessing.data_layer import PreprocessingLayer, batches, batches_of


@op("inputs", differentiable=False)
def _bucket(inputs, boundaries):
    edges = jnp.asarray(np.asarray(boundaries, "float32"))
    return jnp.searchsorted(edges, inputs.astype(jnp.float32), side="right").astype(jnp.int32)


class Discretization(PreprocessingLayer):
    """Sorts numbers into bins; a boundary belongs to the bin above it.

    Args:
      bin_boundaries: list of ascending floats, between which the bins lie.
      num_bins: int, into how many bins of like many numbers ``adapt`` divides its data; one of both is given.
      epsilon: float, the error that the quantiles of ``adapt`` may have.
      output_mode: "int", "one_hot", "multi_hot" or "count".
      sparse: bool, whether the result is a SparseTensor; not for "int".

    Takes a tensor of any shape. Returns bin numbers, or vectors of length ``bins``.

    >>> import kerax as tf
    >>> tf.keras.layers.Discretization([0., 1.])(tf.constant([-1., 0., 5.])).numpy()
    array([0, 1, 2]...)
    """

    def __init__(
        self,
        bin_boundaries: Any = None,
        num_bins: int | None = None,
        epsilon: float = 0.01,
        output_mode: str = "int",
        sparse: bool = False,
        dtype: Any = None,
        name: str | None = None,
        **kwargs: Any,
    ) -> None:
        if "bins" in kwargs and legacy_keras():
            bins = kwargs.pop("bins")
            num_bins, bin_boundaries = (bins, bin_boundaries) if isinstance(bins, int) else (num_bins, bins)
        if legacy_keras() and dtype is None:
            dtype = "int64" if output_mode == "int" else floatx()
        super().__init__(name=name, dtype=dtype, **kwargs)
        check_sparse(sparse, output_mode)
        check_mode(self, output_mode, ("int", "one_hot", "multi_hot", "count"))
        if num_bins is not None and num_bins < 0:
            raise ValueError(f"`num_bins` must be greater than or equal to 0. Received: `num_bins={num_bins}`")
        if num_bins is not None and bin_boundaries is not None:
            raise ValueError(
                "Both `num_bins` and `bin_boundaries` should not be set. "
                f"Received: `num_bins={num_bins}` and `bin_boundaries={bin_boundaries}`"
            )
        if num_bins is None and bin_boundaries is None and not legacy_keras():
            raise ValueError("You need to set either `num_bins` or `bin_boundaries`.")
        self.input_bin_boundaries = listed(bin_boundaries)
        self.bin_boundaries = self.input_bin_boundaries
        self.num_bins, self.epsilon, self.output_mode, self.sparse = num_bins, epsilon, output_mode, sparse
        self._convert_input_args = False
        self.summary: Any = None if self.bin_boundaries else np.zeros((2, 0), "float32")

    @property
    def input_dtype(self) -> str:
        return floatx()

    @property
    def output_dtype(self) -> str:
        """The dtype of the result."""
        return self.compute_dtype if self.output_mode != "int" or legacy_keras() else "int32"

    def build(self, input_shape: Any = None) -> None:
        """Nothing is made: the boundaries are the state."""

    def adapt(self, data: Any, batch_size: int | None = None, steps: int | None = None) -> None:
        """Finds boundaries between which like many values of the data lie.

        Args:
          data: array, tensor, dataset or iterable of batches.
          batch_size: int, the rows of a batch of an array in Keras 2.
          steps: int, the number of batches to read.

        Raises:
          ValueError: the layer was made with boundaries.
        """
        if self.num_bins is None:
            raise ValueError(
                "Cannot adapt a Discretization layer that has been initialized with `bin_boundaries`, use `num_bins` "
                "instead."
            )
        self.reset_state()
        if legacy_keras():
            found: Any = batches(data, batch_size or 32, steps)
        else:
            found = batches_of(data, steps, lists_too=True) or [data]
        for batch in found:
            self.update_state(batch)
        self.finalize_state()
        self._adapted = True

    def update_state(self, data: Any) -> None:
        """Adds a batch to the summary of the data."""
        values = np.sort(np.array(data).astype("float32").ravel())
        increment = values.size * self.epsilon if not legacy_keras() else int(np.float32(values.size) * self.epsilon)
        step = max(increment, 1)
        start = increment if legacy_keras() else step - 1
        edges = values[int(start) :: int(step)]
        added = np.stack([edges, np.full_like(edges, step)])
        merged = np.concatenate((added, self.summary), axis=1)
        self.summary = _compressed(merged[:, np.argsort(merged[0], kind="stable")], self.epsilon)

    def finalize_state(self) -> None:
        if self.num_bins is not None:
            self.bin_boundaries = _compressed(self.summary, 1.0 / self.num_bins)[0, :-1].tolist()

    def reset_state(self) -> None:
        if self.num_bins is not None:
            self.summary = np.zeros((2, 0), "float32")

    def compute_output_shape(self, input_shape: Any) -> Any:
        if self.output_mode == "int":
            return input_shape
        depth = len(self.bin_boundaries) + 1 if self.bin_boundaries is not None else self.num_bins
        shape = tuple(input_shape)
        if self.output_mode == "one_hot":
            return (*shape[:-1], depth) if len(shape) > 1 and shape[-1] == 1 else (*shape, depth)
        return (shape[0], *shape[2:], depth) if len(shape) >= 2 else (depth,)

    def compute_output_spec(self, inputs: Any) -> Any:
        return KerasTensor(self.compute_output_shape(tuple(inputs.shape)), dtype=self.output_dtype)

    def call(self, inputs: Any) -> Any:
        if self.bin_boundaries is None and not legacy_keras():  # Keras 2 then knows one bin
            raise ValueError(
                "You need to either pass the `bin_boundaries` argument at construction time or call `adapt(dataset)` "
                "before you can start using the `Discretization` layer."
            )
        edges = tuple(float(edge) for edge in self.bin_boundaries or ())
        if legacy_keras() and list(edges) != sorted(edges):
            raise errors.InvalidArgumentError(None, None, "Expected sorted boundaries")
        bins = map_values(lambda x: _bucket(to_tensor(x), edges), ensure_tensor(inputs))
        return encode(bins, self.output_mode, len(edges) + 1, self.output_dtype, self.sparse)

    def load_own_variables(self, store: Any) -> None:
        if len(store.keys()) == 1:
            self.summary = np.array(store["0"])

    def get_config(self) -> dict[str, Any]:
        own = {
            "bin_boundaries": self.input_bin_boundaries if legacy_keras() else self.bin_boundaries,
            "num_bins": self.num_bins,
            "epsilon": self.epsilon,
            "output_mode": self.output_mode,
            "sparse": self.sparse,
        }
        return {**super().get_config(), **own} if legacy_keras() else {**own, "name": self.name, "dtype": self.dtype}

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Discretization:
        config = dict(config)
        if config.get("bin_boundaries") is None or config.get("num_bins") is None:
            return cls(**config)
        edges = config.pop("bin_boundaries")
        layer = cls(**config)
        layer.bin_boundaries = edges
        return layer


def _compressed(summary: np.ndarray, epsilon: float) -> np.ndarray:
    """A summary (values, weights) of at most ``1 / epsilon`` columns, by interpolation of the cumulated weights."""
    if summary.shape[1] * epsilon < 1:
        return summary
    shares = epsilon + np.arange(0.0, 1.0, epsilon)
    cumulated = summary[1].cumsum()
    reached = cumulated / cumulated[-1]
    values = np.interp(shares, reached, summary[0])
    weights = np.diff(np.interp(shares, reached, cumulated), prepend=0)
    return np.stack((values, weights)).astype("float32")
