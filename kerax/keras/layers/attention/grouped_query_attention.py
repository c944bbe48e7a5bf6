"""``keras.layers.GroupQueryAttention``: several query heads share a head of keys and values."""

from __future__ import annotations

import math
from typing import Any

import jax.numpy as jnp

from kerax.core.op import op
from kerax.keras import constraints, initializers, regularizers
from kerax.keras.engine.keras_tensor import KerasTensor
from kerax.keras.engine.layer import Layer
from kerax.keras.engine.names import auto_name
from kerax.keras.layers.activation.softmax import Softmax
from kerax.keras.layers.attention._heads import attend, joined_mask, product, scaled, with_heads
from kerax.keras.layers.attention.multi_head_attention import (
    check_flash,
    check_no_scores,
    check_window,
    flash_wanted,
)
from kerax.keras.layers.core.einsum_dense import EinsumDense
from kerax.keras.layers.regularization.dropout import Dropout
from kerax.math.arithmetic import multiply
from kerax.math.casting import cast
from kerax.math.comparison import logical_and


@op("x")
def _repeated(x, times):
    return jnp.repeat(x, times, axis=2)


class GroupQueryAttention(Layer):
    """Attention in which groups of query heads share their keys and values.

    Args:
      head_dim: int, the size of each head.
      num_query_heads: int.
      num_key_value_heads: int, a divisor of ``num_query_heads``.
      dropout: float, the probability with which a weight is dropped in training.
      use_bias: bool.
      sliding_window: int, positions only see those nearer than this.
      flash_attention: bool, whether to use flash attention (a GPU's); None for the global setting.
      kernel_initializer, bias_initializer: initializers.
      kernel_regularizer, bias_regularizer, activity_regularizer: functions added to ``losses``.
      kernel_constraint, bias_constraint: functions applied after an optimizer's update.
      use_gate: bool, whether the result is multiplied by a sigmoid of the query.
      seed: int.

    Takes query ``[batch, queries, features]``, value ``[batch, keys, features]``, and key (the value by default).
    Returns ``[batch, queries, features]``; with ``return_attention_scores=True`` also the weights
    ``[batch, query heads, queries, keys]``.

    Raises:
      ValueError: heads that do not divide.

    Source: https://arxiv.org/abs/2305.13245

    >>> import kerax as tf
    >>> layer = tf.keras.layers.GroupQueryAttention(head_dim=2, num_query_heads=4, num_key_value_heads=2)
    >>> layer(tf.ones((1, 3, 4)), tf.ones((1, 5, 4))).shape
    TensorShape([1, 3, 4])
    """

    def __init__(
        self,
        head_dim: int,
        num_query_heads: int,
        num_key_value_heads: int,
        dropout: Any = 0.0,
        use_bias: bool = True,
        sliding_window: Any = None,
        flash_attention: Any = None,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        use_gate: bool = False,
        seed: Any = None,
        **kwargs: Any,
    ) -> None:
        kwargs["name"] = kwargs.get("name") or auto_name("GroupedQueryAttention")  # Keras' private name
        super().__init__(**kwargs)
        self.supports_masking = True
        self.head_dim = head_dim
        self.num_query_heads = num_query_heads
        self.num_key_value_heads = num_key_value_heads
        if num_query_heads % num_key_value_heads != 0:
            raise ValueError("`num_query_heads` must be divisible by `num_key_value_heads`.")
        self.num_repeats = num_query_heads // num_key_value_heads
        self.dropout = dropout
        self.use_bias = use_bias
        self.use_gate = use_gate
        check_window(sliding_window)
        self.sliding_window = sliding_window
        self._flash_attention = flash_wanted(flash_attention)
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.bias_regularizer = regularizers.get(bias_regularizer)
        self.activity_regularizer = regularizers.get(activity_regularizer)
        self.kernel_constraint = constraints.get(kernel_constraint)
        self.bias_constraint = constraints.get(bias_constraint)
        self.seed = seed
        self._inverse_sqrt_head_dim = 1.0 / math.sqrt(float(head_dim))
        check_flash(self._flash_attention, dropout)

    def build(self, query_shape: Any, value_shape: Any, key_shape: Any = None) -> None:
        key_shape = value_shape if key_shape is None else key_shape
        self.feature_dim = query_shape[-1]
        heads, shared, size = self.num_query_heads, self.num_key_value_heads, self.head_dim
        self._query_dense = self._dense("query", "bqm,muh->bquh", (None, heads, size), "uh", query_shape)
        self._key_dense = self._dense("key", "bkm,mvh->bkvh", (None, shared, size), "vh", key_shape)
        if self.use_gate:
            self._gate_dense = self._dense(
                "gate", "bqm,muh->bquh", (None, heads, size), "uh", query_shape, activation="sigmoid"
            )
        self._value_dense = self._dense("value", "bkm,mvh->bkvh", (None, shared, size), "vh", value_shape)
        self._softmax = Softmax(axis=-1, dtype=self.dtype_policy)
        self._dropout_layer = Dropout(rate=self.dropout, dtype=self.dtype_policy, seed=self.seed)
        self._output_dense = self._dense(
            "attention_output", "bquh,uhm->bqm", (None, self.feature_dim), "m", (None, None, heads, size)
        )

    def _dense(self, name: str, equation: str, output: Any, bias_axes: str, shape: Any, **kwargs: Any) -> Any:
        def copy(initializer: Any) -> Any:
            return type(initializer).from_config(initializer.get_config())

        layer = EinsumDense(
            equation,
            output_shape=output,
            bias_axes=bias_axes if self.use_bias else None,
            name=name,
            kernel_initializer=copy(self.kernel_initializer),
            bias_initializer=copy(self.bias_initializer),
            kernel_regularizer=self.kernel_regularizer,
            bias_regularizer=self.bias_regularizer,
            activity_regularizer=self.activity_regularizer,
            kernel_constraint=self.kernel_constraint,
            bias_constraint=self.bias_constraint,
            dtype=self.dtype_policy,
            **kwargs,
        )
        layer._build_named(tuple(shape))
        return layer

    def call(
        self,
        query: Any,
        value: Any,
        key: Any = None,
        query_mask: Any = None,
        value_mask: Any = None,
        key_mask: Any = None,
        attention_mask: Any = None,
        return_attention_scores: bool = False,
        training: Any = None,
        use_causal_mask: bool = False,
    ) -> Any:
        key = value if key is None else key
        masks = (query_mask, value_mask, key_mask, attention_mask)
        only_causal = use_causal_mask and all(mask is None for mask in masks) and self.sliding_window is None
        if not only_causal:
            attention_mask = joined_mask(query, value, *masks, use_causal_mask, self.sliding_window)
        gate = self._gate_dense(query) if self.use_gate else None
        query, key, value = self._query_dense(query), self._key_dense(key), self._value_dense(value)
        key, value = _repeated(key, self.num_repeats), _repeated(value, self.num_repeats)
        out, scores = self._compute_attention(
            query, key, value, attention_mask, training, return_attention_scores, bool(only_causal)
        )
        out = self._output_dense(out if gate is None else multiply(out, gate))
        return (out, scores) if return_attention_scores else out

    def _compute_attention(
        self,
        query: Any,
        key: Any,
        value: Any,
        attention_mask: Any = None,
        training: Any = None,
        return_attention_scores: bool = False,
        use_causal_mask: bool = False,
    ) -> tuple[Any, Any]:
        check_no_scores(self._flash_attention, return_attention_scores)
        mask = None if attention_mask is None else with_heads(attention_mask, 4)
        if self.dropout == 0.0 and not return_attention_scores:
            scale, flash = self._inverse_sqrt_head_dim, bool(self._flash_attention)
            return attend(query, key, value, mask, scale, use_causal_mask, flash), None
        if use_causal_mask:
            causal = with_heads(joined_mask(query, value, use_causal_mask=True), 4)
            mask = causal if mask is None else logical_and(cast(mask, "bool"), causal)
        scores = product(scaled(query, self._inverse_sqrt_head_dim), key, "bquh,bkuh->buqk")
        scores = self._softmax(scores, mask=mask)
        weights = self._dropout_layer(scores, training=training) if self.dropout > 0.0 else scores
        return product(weights, value, "buqk,bkuh->bquh"), scores

    def compute_output_shape(self, query_shape: Any, value_shape: Any, key_shape: Any = None) -> Any:
        key_shape = value_shape if key_shape is None else key_shape
        if query_shape[-1] != value_shape[-1]:
            raise ValueError(
                "The last dimension of `query_shape` and `value_shape` must be equal, but are "
                f"{query_shape[-1]}, {value_shape[-1]}. Received: query_shape={query_shape}, value_shape={value_shape}"
            )
        if tuple(value_shape[1:-1]) != tuple(key_shape[1:-1]):
            raise ValueError(
                "All dimensions of `value` and `key`, except the last one, must be equal. Received: "
                f"value_shape={value_shape} and key_shape={key_shape}"
            )
        return query_shape

    def compute_output_spec(
        self,
        query: Any,
        value: Any,
        key: Any = None,
        query_mask: Any = None,
        value_mask: Any = None,
        key_mask: Any = None,
        attention_mask: Any = None,
        return_attention_scores: bool = False,
        training: Any = None,
        use_causal_mask: bool = False,
    ) -> Any:
        shapes = [None if x is None else tuple(x.shape) for x in (query, value, key)]
        out = KerasTensor(self.compute_output_shape(*shapes), self.compute_dtype)
        if not return_attention_scores:
            return out
        keys = value.shape[1] if key is None else key.shape[1]
        scores = (query.shape[0], self.num_query_heads, query.shape[1], keys)
        return out, KerasTensor(scores, self.compute_dtype)

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "head_dim": self.head_dim,
            "num_query_heads": self.num_query_heads,
            "num_key_value_heads": self.num_key_value_heads,
            "use_bias": self.use_bias,
            "use_gate": self.use_gate,
            "sliding_window": self.sliding_window,
            "dropout": self.dropout,
            "kernel_initializer": initializers.serialize(self.kernel_initializer),
            "bias_initializer": initializers.serialize(self.bias_initializer),
            "kernel_regularizer": regularizers.serialize(self.kernel_regularizer),
            "bias_regularizer": regularizers.serialize(self.bias_regularizer),
            "activity_regularizer": regularizers.serialize(self.activity_regularizer),
            "kernel_constraint": constraints.serialize(self.kernel_constraint),
            "bias_constraint": constraints.serialize(self.bias_constraint),
            "seed": self.seed,
        }
