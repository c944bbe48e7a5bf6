"""``keras.layers.CategoryEncoding``."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core import errors
from kerax.core.config import legacy_keras
from kerax.core.tensor import constant_value
from kerax.keras.engine.keras_tensor import KerasTensor
from kerax.keras.layers.preprocessing._encoding import depth_shape, encode, ensure_tensor
from kerax.keras.layers.preprocessing.data_layer import DataLayer


class CategoryEncoding(DataLayer):
    """Category numbers as vectors.

    Args:
      num_tokens: int, the number of categories; the numbers lie below it.
      output_mode: "multi_hot" (a 1 for each category that occurs in a row), "one_hot" (a vector per element) or
        "count" (how often each category occurs).
      sparse: bool, whether the result is a SparseTensor.

    Takes integers ``[..., categories]`` and, for "count", ``count_weights`` of the same shape. Returns
    ``[..., num_tokens]``.

    >>> import kerax as tf
    >>> tf.keras.layers.CategoryEncoding(3)(tf.constant([[0, 2]])).numpy()
    array([[1., 0., 1.]], dtype=float32)
    """

    def __init__(
        self, num_tokens: int | None = None, output_mode: str = "multi_hot", sparse: bool = False, **kwargs: Any
    ) -> None:
        if legacy_keras():
            num_tokens = kwargs.pop("max_tokens", num_tokens)
        super().__init__(**kwargs)
        output_mode = "multi_hot" if output_mode == "binary" else output_mode
        if output_mode not in ("count", "one_hot", "multi_hot"):
            raise ValueError(
                f"Unknown value for `output_mode`, expected 'count', 'one_hot' or 'multi_hot'. Received: {output_mode}"
            )
        if num_tokens is None:
            raise ValueError(
                "num_tokens must be set to use this layer. If the number of tokens is not known beforehand, use the "
                "IntegerLookup layer instead."
            )
        if num_tokens < 1:
            raise ValueError(f"`num_tokens` must be >= 1. Received: num_tokens={num_tokens}.")
        self.num_tokens, self.output_mode, self.sparse = num_tokens, output_mode, sparse
        self._convert_input_args = False

    def compute_output_shape(self, input_shape: Any, count_weights_shape: Any = None) -> Any:
        if not input_shape:
            return (self.num_tokens,)
        return depth_shape(input_shape, self.num_tokens, self.output_mode == "one_hot")

    def compute_output_spec(self, inputs: Any, count_weights: Any = None) -> Any:
        return KerasTensor(self.compute_output_shape(tuple(inputs.shape)), dtype=self.compute_dtype, sparse=self.sparse)

    def call(self, inputs: Any, count_weights: Any = None) -> Any:
        if count_weights is not None:
            if self.output_mode != "count":
                raise ValueError(
                    "`count_weights` is not used when `output_mode` is not `'count'`. "
                    f"Received `count_weights={count_weights}`."
                )
            count_weights = ensure_tensor(count_weights, self.compute_dtype)
        inputs = ensure_tensor(inputs)
        known = constant_value(getattr(inputs, "values", inputs)) if legacy_keras() else None
        if known is not None and np.size(known) and (np.max(known) >= self.num_tokens or np.min(known) < 0):
            raise errors.InvalidArgumentError(
                None,
                None,
                f"Input values must be in the range 0 <= values < num_tokens with num_tokens={self.num_tokens}",
            )
        return encode(inputs, self.output_mode, self.num_tokens, self.compute_dtype, self.sparse, count_weights)

    def get_config(self) -> dict[str, Any]:
        config = {**super().get_config(), "num_tokens": self.num_tokens, "output_mode": self.output_mode}
        return {**config, "sparse": self.sparse} if legacy_keras() or self.sparse else config
