"""``keras.layers.MultiHeadAttention``."""

from __future__ import annotations

import math
from typing import Any

from kerax.core.config import legacy_keras
from kerax.core.errors import InvalidArgumentError
from kerax.core.shape import TensorShape
from kerax.keras import constraints, initializers, regularizers
from kerax.keras.engine import global_state
from kerax.keras.engine.keras_tensor import KerasTensor
from kerax.keras.engine.layer import Layer
from kerax.keras.layers._config_order import inserted_after
from kerax.keras.layers.activation.softmax import Softmax
from kerax.keras.layers.attention import _equations as equations
from kerax.keras.layers.attention._heads import attend, joined_mask, product, scaled, with_heads
from kerax.keras.layers.core.einsum_dense import EinsumDense
from kerax.keras.layers.regularization.dropout import Dropout
from kerax.math.arithmetic import multiply
from kerax.math.casting import cast
from kerax.math.comparison import logical_and


def flash_wanted(flash_attention: Any) -> Any:
    """The setting of a layer, or of ``keras.config.enable_flash_attention``."""
    return flash_attention or global_state.get("flash_attention")


def check_window(sliding_window: Any) -> None:
    if sliding_window is not None and (not isinstance(sliding_window, int) or sliding_window <= 0):
        raise ValueError(
            f"`sliding_window` must be `None` or a positive integer. Received: sliding_window={sliding_window}"
        )


def check_flash(flash: Any, dropout: float) -> None:
    if flash and dropout > 0.0:
        raise ValueError(
            "Dropout is not supported when flash attention is enabled. Please set dropout to 0.0 to use flash "
            "attention."
        )


def check_no_scores(flash: Any, return_attention_scores: bool) -> None:
    if flash and return_attention_scores:
        raise ValueError(
            "Returning attention scores is not supported when flash attention is enabled. Please disable flash "
            "attention to access attention scores."
        )


class MultiHeadAttention(Layer):
    """Attention in several subspaces at once: ``softmax(query @ key.T / sqrt(key_dim)) @ value`` for each head.

    Args:
      num_heads: int.
      key_dim: int, the size of each head for queries and keys.
      value_dim: int, the size of each head for values; ``key_dim`` by default.
      dropout: float, the probability with which a weight is dropped in training.
      use_bias: bool.
      output_shape: int or tuple of int, the output's last sizes; the query's by default.
      attention_axes: int or tuple of int, the axes attended over; all but batch, heads and features by default.
      sliding_window: int, positions only see those nearer than this.
      flash_attention: bool, whether to use flash attention (a GPU's); None for the global setting.
      kernel_initializer, bias_initializer: initializers.
      kernel_regularizer, bias_regularizer, activity_regularizer: functions added to ``losses``.
      kernel_constraint, bias_constraint: functions applied after an optimizer's update.
      use_gate: bool, whether the result is multiplied by a sigmoid of the query.
      seed: int.
      **kwargs: of ``Layer``, and Keras 2's ``softmax_robust_masking``.

    Takes query ``[batch, queries, features]``, value ``[batch, keys, ..]``, and key (the value by default);
    ``attention_mask`` bool ``[batch, queries, keys]``, ``use_causal_mask``. Returns ``[batch, queries, features]``;
    with ``return_attention_scores=True`` also the weights ``[batch, heads, queries, keys]``.

    Source: https://arxiv.org/abs/1706.03762

    >>> import kerax as tf
    >>> layer = tf.keras.layers.MultiHeadAttention(num_heads=2, key_dim=2)
    >>> layer(tf.ones((1, 3, 4)), tf.ones((1, 5, 4))).shape
    TensorShape([1, 3, 4])
    """

    def __init__(
        self,
        num_heads: int,
        key_dim: int,
        value_dim: Any = None,
        dropout: Any = 0.0,
        use_bias: bool = True,
        output_shape: Any = None,
        attention_axes: Any = None,
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
        for label, size in (("num_heads", num_heads), ("key_dim", key_dim), ("value_dim", value_dim)):
            optional = label == "value_dim"
            if not (optional and size is None) and (not isinstance(size, int) or size <= 0) and not legacy_keras():
                raise ValueError(
                    f"Received an invalid value for argument `{label}`, expected a positive integer"
                    f"{' or `None`' if optional else ''}. Received: {label}={size}"
                )
        self._softmax_robust_masking = kwargs.pop("softmax_robust_masking", False)
        super().__init__(**kwargs)
        self.supports_masking = True
        self._num_heads = num_heads
        self._key_dim = key_dim
        self._value_dim = value_dim or key_dim
        self._dropout = dropout
        self._use_bias = use_bias
        self._use_gate = use_gate
        self._output_shape = _as_shape(output_shape)
        self._configured_shape = output_shape if legacy_keras() else self._output_shape
        self._flash_attention = flash_wanted(flash_attention)
        self._kernel_initializer = initializers.get(kernel_initializer)
        self._bias_initializer = initializers.get(bias_initializer)
        self._kernel_regularizer = regularizers.get(kernel_regularizer)
        self._bias_regularizer = regularizers.get(bias_regularizer)
        self._activity_regularizer = regularizers.get(activity_regularizer)
        self._kernel_constraint = constraints.get(kernel_constraint)
        self._bias_constraint = constraints.get(bias_constraint)
        if isinstance(attention_axes, int):
            attention_axes = (attention_axes,)
        elif attention_axes and not isinstance(attention_axes, (list, tuple)):
            raise ValueError(
                f"`attention_axes` must be an int, list, or tuple. Received: attention_axes={attention_axes}"
            )
        self._attention_axes = attention_axes
        check_window(sliding_window)
        self._sliding_window = sliding_window
        self.seed = seed
        self._inverse_sqrt_key_dim = 1.0 / math.sqrt(float(key_dim))
        self._query_shape = self._key_shape = self._value_shape = None
        check_flash(self._flash_attention, dropout)

    num_heads = property(lambda self: self._num_heads)
    key_dim = property(lambda self: self._key_dim)
    value_dim = property(lambda self: self._value_dim)
    dropout = property(lambda self: self._dropout)
    use_bias = property(lambda self: self._use_bias)
    attention_axes = property(lambda self: self._attention_axes)
    query_dense = property(lambda self: self._query_dense)
    key_dense = property(lambda self: self._key_dense)
    value_dense = property(lambda self: self._value_dense)
    output_dense = property(lambda self: self._output_dense)

    # --- building ---------------------------------------------------------------------------------------
    def build(self, query_shape: Any, value_shape: Any, key_shape: Any = None) -> None:
        key_shape = value_shape if key_shape is None else key_shape
        if tuple(value_shape[1:-1]) != tuple(key_shape[1:-1]):
            message = (
                "All dimensions of `value` and `key`, except the last one, must be equal. Received: "
                f"value_shape={value_shape} and key_shape={key_shape}"
            )
            raise InvalidArgumentError(None, None, message) if legacy_keras() else ValueError(message)
        if legacy_keras():
            shapes = (query_shape, key_shape, value_shape)
            self._query_shape, self._key_shape, self._value_shape = map(TensorShape, shapes)
        self._query_dense, _ = self._projection("query", query_shape, self._key_dim)
        self._key_dense, _ = self._projection("key", key_shape, self._key_dim)
        if self._use_gate:
            self._gate_dense, _ = self._projection("gate", query_shape, self._value_dim, activation="sigmoid")
        self._value_dense, rank = self._projection("value", value_shape, self._value_dim)
        self._build_attention(rank)
        last = self._output_shape or (query_shape[-1],)
        equation, bias_axes, rank = equations.projection(len(query_shape) - 1, 2, len(last))
        self._output_dense = self._dense("attention_output", equation, bias_axes, rank, last)
        self._output_dense._build_named((*query_shape[:-1], self._num_heads, self._value_dim))

    def _projection(self, name: str, shape: Any, size: int, **kwargs: Any) -> tuple[Any, int]:
        equation, bias_axes, rank = equations.projection(len(shape) - 1, 1, 2)
        layer = self._dense(name, equation, bias_axes, rank, (self._num_heads, size), **kwargs)
        layer._build_named(tuple(shape))
        return layer, rank

    def _dense(self, name: str, equation: str, bias_axes: str, rank: int, last: Any, **kwargs: Any) -> Any:
        return EinsumDense(
            equation,
            output_shape=equations.partial_shape(rank - 1, last),
            bias_axes=bias_axes if self._use_bias else None,
            name=name,
            **kwargs,
            **self._get_common_kwargs_for_sublayer(),
        )

    def _get_common_kwargs_for_sublayer(self) -> dict[str, Any]:
        def copy(initializer: Any) -> Any:
            return type(initializer).from_config(initializer.get_config())

        return {
            "kernel_initializer": copy(self._kernel_initializer),
            "bias_initializer": copy(self._bias_initializer),
            "kernel_regularizer": self._kernel_regularizer,
            "bias_regularizer": self._bias_regularizer,
            "activity_regularizer": self._activity_regularizer,
            "kernel_constraint": self._kernel_constraint,
            "bias_constraint": self._bias_constraint,
            "dtype": self.dtype_policy,
        }

    def _build_attention(self, rank: int) -> None:
        axes = self._attention_axes
        if axes is None:
            self._attention_axes = tuple(range(1, rank - 2))
        else:
            self._attention_axes = tuple(axis if axis >= 0 else rank - 1 + axis for axis in axes)
        self._dot_product_equation, self._combine_equation, scores_rank = equations.attention(
            rank, self._attention_axes
        )
        norm_axes = tuple(range(scores_rank - len(self._attention_axes), scores_rank))
        self._softmax = Softmax(axis=norm_axes, robust_masking=self._softmax_robust_masking, dtype=self.dtype_policy)
        self._dropout_layer = Dropout(rate=self._dropout, dtype=self.dtype_policy, seed=self.seed)

    # --- calling ----------------------------------------------------------------------------------------
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
        if hasattr(query, "flat_values"):
            return self._call_on_ragged(query, value, key, attention_mask, return_attention_scores, use_causal_mask)
        key = value if key is None else key
        query_mask = getattr(query, "_keras_mask", None)
        if not legacy_keras():
            for x in (query, value, key):
                x._keras_mask = None  # projections pass no masks on; what is returned gets the query's
        masks = (query_mask, value_mask, key_mask, attention_mask)
        plain = type(self)._compute_attention is MultiHeadAttention._compute_attention
        only_causal = (
            use_causal_mask
            and all(mask is None for mask in masks)
            and self._sliding_window is None
            and plain
            and not legacy_keras()
        )
        if not only_causal:
            attention_mask = self._compute_attention_mask(
                query,
                value,
                query_mask=query_mask,
                value_mask=value_mask,
                key_mask=key_mask,
                attention_mask=attention_mask,
                use_causal_mask=use_causal_mask,
            )
        gate = self._gate_dense(query) if self._use_gate else None
        query, key, value = self._query_dense(query), self._key_dense(key), self._value_dense(value)
        more = {"use_causal_mask": True} if only_causal else {}
        if plain:
            more["return_attention_scores"] = return_attention_scores
        out, scores = self._compute_attention(query, key, value, attention_mask, training, **more)
        out = self._output_dense(out if gate is None else multiply(out, gate))
        if query_mask is not None:
            out._keras_mask = query_mask
        return (out, scores) if return_attention_scores else out

    def _call_on_ragged(
        self, query: Any, value: Any, key: Any, mask: Any, return_attention_scores: bool, use_causal_mask: bool
    ) -> Any:
        """Keras 2: ragged inputs, padded with zeros."""
        from kerax.ragged import RaggedTensor

        lengths = query.nested_row_lengths()
        padded = [x.to_tensor() if hasattr(x, "flat_values") else x for x in (query, value, key)]
        out = self.call(
            *padded,
            attention_mask=mask,
            return_attention_scores=return_attention_scores,
            use_causal_mask=use_causal_mask,
        )
        out, scores = out if return_attention_scores else (out, None)
        out = RaggedTensor.from_tensor(out, lengths=lengths)
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
        """Weighted values and weights (None where nobody asks for them), of projected inputs."""
        check_no_scores(self._flash_attention, return_attention_scores)
        fused = not (self._dropout > 0.0 or return_attention_scores or len(query.shape) != 4 or legacy_keras())
        if fused:
            mask = None if attention_mask is None else with_heads(attention_mask, 4, len(self._attention_axes))
            scale, flash = self._inverse_sqrt_key_dim, bool(self._flash_attention)
            return attend(query, key, value, mask, scale, bool(use_causal_mask), flash), None
        if use_causal_mask:
            causal = self._compute_causal_mask(query, value)
            attention_mask = causal if attention_mask is None else logical_and(cast(attention_mask, "bool"), causal)
        scores = product(key, scaled(query, self._inverse_sqrt_key_dim), self._dot_product_equation)
        scores = self._masked_softmax(scores, attention_mask)
        weights = self._dropout_layer(scores, training=training) if self._dropout > 0.0 else scores
        return product(weights, value, self._combine_equation), scores

    def _masked_softmax(self, attention_scores: Any, attention_mask: Any = None) -> Any:
        if attention_mask is not None:
            attention_mask = with_heads(attention_mask, len(attention_scores.shape), len(self._attention_axes))
        return self._softmax(attention_scores, mask=attention_mask)

    def _compute_attention_mask(
        self,
        query: Any,
        value: Any,
        query_mask: Any = None,
        value_mask: Any = None,
        key_mask: Any = None,
        attention_mask: Any = None,
        use_causal_mask: bool = False,
    ) -> Any:
        """All masks in one ``bool [batch, queries, keys]``, None if there is none."""
        return joined_mask(
            query, value, query_mask, value_mask, key_mask, attention_mask, use_causal_mask, self._sliding_window
        )

    def _compute_causal_mask(self, query: Any, value: Any = None) -> Any:
        return joined_mask(query, query if value is None else value, use_causal_mask=True)

    # --- shapes and configuration -----------------------------------------------------------------------
    def compute_output_shape(self, query_shape: Any, value_shape: Any, key_shape: Any = None) -> Any:
        key_shape = value_shape if key_shape is None else key_shape
        if tuple(value_shape[1:-1]) != tuple(key_shape[1:-1]):
            raise ValueError(
                "All dimensions of `value` and `key`, except the last one, must be equal. Received: "
                f"value_shape={value_shape} and key_shape={key_shape}"
            )
        return (*query_shape[:-1], *(self._output_shape or (query_shape[-1],)))

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
        rank = len(query.shape) + 1
        axes = self._attention_axes
        batch = [axis for axis in range(rank - 1) if axis not in axes]
        sizes = [*query.shape[:-1], self._num_heads]
        scores = [sizes[a] for a in batch] + [query.shape[a] for a in axes] + [value.shape[a] for a in axes]
        return out, KerasTensor(tuple(scores), self.compute_dtype)

    def get_config(self) -> dict[str, Any]:
        config = {
            **super().get_config(),
            "num_heads": self._num_heads,
            "key_dim": self._key_dim,
            "value_dim": self._value_dim,
            "dropout": self._dropout,
            "use_bias": self._use_bias,
            "output_shape": self._configured_shape,
            "attention_axes": self._attention_axes,
            "kernel_initializer": initializers.serialize(self._kernel_initializer),
            "bias_initializer": initializers.serialize(self._bias_initializer),
            "kernel_regularizer": regularizers.serialize(self._kernel_regularizer),
            "bias_regularizer": regularizers.serialize(self._bias_regularizer),
            "activity_regularizer": regularizers.serialize(self._activity_regularizer),
            "kernel_constraint": constraints.serialize(self._kernel_constraint),
            "bias_constraint": constraints.serialize(self._bias_constraint),
        }
        if not legacy_keras():
            config = inserted_after(config, "use_bias", use_gate=self._use_gate)
            config = inserted_after(config, "attention_axes", sliding_window=self._sliding_window)
            return {**config, "seed": self.seed}
        return {
            **config,
            "query_shape": self._query_shape,
            "key_shape": self._key_shape,
            "value_shape": self._value_shape,
            "softmax_robust_masking": self._softmax_robust_masking,
        }

    def get_build_config(self) -> dict[str, Any] | None:
        config = super().get_build_config()
        if legacy_keras() and config and "shapes_dict" in config:
            return {"input_shape": config["shapes_dict"]["query_shape"]}
        return config

    def build_from_config(self, config: Any) -> None:
        if config and "input_shape" not in config:  # Keras 2's has the query's shape only: the config builds the layer
            super().build_from_config(config)

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        config = dict(config)
        query, key, value = (config.pop(f"{name}_shape", None) for name in ("query", "key", "value"))
        layer = super().from_config(config)
        if query is not None and key is not None and value is not None:  # Keras 2 keeps them here
            layer.build(*(tuple(TensorShape(shape)) for shape in (query, value, key)))
        return layer


def _as_shape(output_shape: Any) -> Any:
    if not output_shape:
        return None
    if isinstance(output_shape, int):
        return (output_shape,)
    try:
        return tuple(output_shape)
    except TypeError:
        raise ValueError(
            f"Invalid `output_shape`: {output_shape}. When specified, the `output_shape` should be of type tuple, "
            "list, or int."
        ) from None
