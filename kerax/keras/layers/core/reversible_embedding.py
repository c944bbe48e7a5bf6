"""``keras.layers.ReversibleEmbedding``: an embedding that also projects back to its input."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core.op import op
from kerax.keras.engine.keras_tensor import KerasTensor
from kerax.keras.layers.core.embedding import Embedding
from kerax.math.casting import cast


@op("inputs, kernel")
def _logits(inputs, kernel, tied, soft_cap):
    logits = jnp.matmul(inputs, kernel.T if tied else kernel)
    if soft_cap is not None:
        cap = jnp.asarray(soft_cap, logits.dtype)
        logits = jnp.tanh(logits / cap) * cap
    return logits


class ReversibleEmbedding(Embedding):
    """An embedding that, called with ``reverse=True``, multiplies vectors with the transposed embeddings.

    Args:
      input_dim: int, how many integers there are.
      output_dim: int, the length of the vectors.
      tie_weights: bool, whether both directions share their weights.
      embeddings_initializer: initializer.
      embeddings_regularizer: function added to ``losses``.
      embeddings_constraint: function applied after an optimizer's update.
      mask_zero: bool, whether 0 is masked.
      reverse_dtype: dtype of the reverse product, None for the inputs' own.
      logit_soft_cap: float, limits the logits smoothly: ``cap * tanh(logits / cap)``.
      **kwargs: of ``Embedding``.

    Takes integers ``[batch, ..]`` and returns floats ``[batch, .., output_dim]``; in reverse, takes floats
    ``[batch, .., output_dim]`` and returns logits ``[batch, .., input_dim]``.

    >>> import kerax as tf
    >>> layer = tf.keras.layers.ReversibleEmbedding(10, 4)
    >>> layer(layer(tf.constant([[1, 2]])), reverse=True).shape
    TensorShape([1, 2, 10])
    """

    def __init__(
        self,
        input_dim: Any,
        output_dim: Any,
        tie_weights: bool = True,
        embeddings_initializer: Any = "uniform",
        embeddings_regularizer: Any = None,
        embeddings_constraint: Any = None,
        mask_zero: bool = False,
        reverse_dtype: Any = None,
        logit_soft_cap: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            input_dim,
            output_dim,
            embeddings_initializer=embeddings_initializer,
            embeddings_regularizer=embeddings_regularizer,
            embeddings_constraint=embeddings_constraint,
            mask_zero=mask_zero,
            **kwargs,
        )
        self.tie_weights = tie_weights
        self.reverse_dtype = reverse_dtype
        self.logit_soft_cap = logit_soft_cap

    def build(self, input_shape: Any = None) -> None:
        super().build(input_shape)
        if not self.tie_weights:
            self.reverse_embeddings = self.add_weight(
                name="reverse_embeddings",
                shape=(self.output_dim, self.input_dim),
                initializer=self.embeddings_initializer,
            )

    def call(self, inputs: Any, reverse: bool = False) -> Any:
        if not reverse:
            out = super().call(inputs)
            mask = super().compute_mask(inputs)
            if mask is not None:
                out._keras_mask = mask
            return out
        kernel = self.embeddings if self.tie_weights else self.reverse_embeddings
        dtype = self.reverse_dtype or inputs.dtype
        return _logits(cast(inputs, dtype), cast(kernel, dtype), self.tie_weights, self.logit_soft_cap)

    def compute_mask(self, inputs: Any, mask: Any = None) -> Any:
        return None

    def compute_output_shape(self, input_shape: Any, reverse: bool = False) -> Any:
        return [*input_shape[:-1], self.input_dim] if reverse else [*input_shape, self.output_dim]

    def compute_output_spec(self, inputs: Any, reverse: bool = False) -> Any:
        return KerasTensor(self.compute_output_shape(inputs.shape, reverse), self.compute_dtype)

    def get_config(self) -> dict[str, Any]:
        settings = {
            "tie_weights": self.tie_weights,
            "reverse_dtype": self.reverse_dtype,
            "logit_soft_cap": self.logit_soft_cap,
        }
        return {**super().get_config(), **settings}
