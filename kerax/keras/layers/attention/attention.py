"""``keras.layers.Attention`` and ``AdditiveAttention``."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.keras import random
from kerax.keras.engine.keras_tensor import KerasTensor
from kerax.keras.layers.regularization._noise import RandomLayer, in_training


@op("query, key; scale")
def _dot_scores(query, key, scale=None):
    scores = jnp.matmul(query, jnp.swapaxes(key, -2, -1))
    return scores if scale is None else scores * scale.astype(scores.dtype)


@op("query, key; scale; weight")
def _tanh_scores(query, key, scale=None, weight=None, outside=False):
    """Sums of ``tanh(query + key)``; ``scale`` stands inside tanh, or outside."""
    both = query[..., :, None, :] + key[..., None, :, :]
    if scale is not None:
        scale = scale.astype(both.dtype)
        both = scale * jnp.tanh(both) if outside else jnp.tanh(scale * both)
    else:
        both = jnp.tanh(both)
    scores = jnp.sum(both, axis=-1)
    return scores if weight is None else scores * weight.astype(scores.dtype)


@op("scores; mask")
def _weights(scores, mask=None, causal=False):
    """The softmax of scores, with masked ones pushed down."""
    kept = None if mask is None else mask.astype(bool)
    if kept is not None and kept.ndim == 2:
        kept = kept[:, None, :]
    if causal:
        triangle = jnp.tril(jnp.ones(scores.shape[-2:], bool))
        kept = triangle if kept is None else kept & triangle
    if kept is not None:
        large = jnp.asarray(65504.0 if scores.dtype == jnp.float16 else 1e9, scores.dtype)
        scores = jnp.where(kept, scores, scores - large)
    return jax.nn.softmax(scores, axis=-1)


@op("weights, value; mask")
def _attended(weights, value, mask=None):
    out = jnp.matmul(weights, value)
    return out if mask is None else jnp.where(mask.astype(bool)[..., None], out, jnp.zeros((), out.dtype))


class Attention(RandomLayer):
    """Dot-product attention (Luong): ``softmax(query @ key.T) @ value``.

    Args:
      use_scale: bool, whether the scores have a trained scale.
      score_mode: "dot", or "concat" for the sum of ``tanh(query + key)``.
      dropout: float, the probability with which a weight is dropped in training.
      seed: int.
      **kwargs: of ``Layer``, and Keras 2's ``causal``.

    Takes ``[query, value]`` or ``[query, value, key]``: floats ``[batch, queries, d]``, ``[batch, keys, v]`` and
    ``[batch, keys, d]``. ``mask`` is a list of their masks ``bool [batch, time]``; with ``use_causal_mask=True`` a
    position attends to itself and earlier ones. Returns ``[batch, queries, v]``; with
    ``return_attention_scores=True`` also the weights ``[batch, queries, keys]``.

    Source: https://arxiv.org/abs/1508.04025

    >>> import kerax as tf
    >>> tf.keras.layers.Attention()([tf.ones((1, 2, 3)), tf.ones((1, 4, 3))]).shape
    TensorShape([1, 2, 3])
    """

    def __init__(
        self, use_scale: bool = False, score_mode: str = "dot", dropout: Any = 0.0, seed: Any = None, **kwargs: Any
    ) -> None:
        self.causal = kwargs.pop("causal", False)
        super().__init__(**kwargs)
        self.use_scale = use_scale
        self.score_mode = score_mode
        self.dropout = dropout
        self.seed = seed
        if dropout > 0:
            self._make_generator(seed)
        if score_mode not in ("dot", "concat"):
            raise ValueError(
                "Invalid value for argument score_mode. Expected one of {'dot', 'concat'}. "
                f"Received: score_mode={score_mode}"
            )

    def build(self, input_shape: Any) -> None:
        self._validate_inputs(input_shape)
        self.scale = self.concat_score_weight = None
        if self.use_scale:
            self.scale = self.add_weight(name="scale", shape=(), initializer="ones")
        if self.score_mode == "concat":
            self.concat_score_weight = self.add_weight(name="concat_score_weight", shape=(), initializer="ones")

    def _calculate_scores(self, query: Any, key: Any) -> Any:
        if self.score_mode == "dot":
            return _dot_scores(query, key, self.scale)
        return _tanh_scores(query, key, self.scale, self.concat_score_weight)

    def call(
        self,
        inputs: Any,
        mask: Any = None,
        training: Any = False,
        return_attention_scores: bool = False,
        use_causal_mask: bool = False,
    ) -> Any:
        self._validate_inputs(inputs, mask)
        query, value = inputs[0], inputs[1]
        key = inputs[2] if len(inputs) > 2 else value
        query_mask, value_mask = (mask[0], mask[1]) if mask else (None, None)
        scores = self._calculate_scores(query=query, key=key)
        weights = _weights(scores, value_mask, bool(use_causal_mask or self.causal))
        if self.seed_generator is not None:
            sharp = weights
            weights = in_training(
                training, lambda: random.dropout(sharp, self.dropout, seed=self.seed_generator), lambda: sharp
            )
        out = _attended(weights, value, query_mask)
        return (out, weights) if return_attention_scores else out

    def compute_mask(self, inputs: Any, mask: Any = None) -> Any:
        self._validate_inputs(inputs, mask)
        return None if mask is None or mask[0] is None else convert_to_tensor(mask[0])

    def compute_output_shape(self, input_shape: Any) -> Any:
        return (*input_shape[0][:-1], input_shape[1][-1])

    def compute_output_spec(
        self,
        inputs: Any,
        mask: Any = None,
        return_attention_scores: bool = False,
        training: Any = None,
        use_causal_mask: bool = False,
    ) -> Any:
        self._validate_inputs(inputs, mask)
        key = inputs[2] if len(inputs) > 2 else inputs[1]
        out = KerasTensor(self.compute_output_shape([tuple(x.shape) for x in inputs]), self.compute_dtype)
        if not return_attention_scores:
            return out
        return out, KerasTensor((*inputs[0].shape[:-1], key.shape[-2]), self.compute_dtype)

    def _validate_inputs(self, inputs: Any, mask: Any = None) -> None:
        kind = type(self).__name__
        if not isinstance(inputs, list):
            raise ValueError(
                f"{kind} layer must be called on a list of inputs, namely [query, value] or [query, value, key]. "
                f"Received: inputs={inputs}."
            )
        if not 2 <= len(inputs) <= 3:
            raise ValueError(
                f"{kind} layer accepts inputs list of length 2 or 3, namely [query, value] or [query, value, key]. "
                f"Received length: {len(inputs)}."
            )
        if mask is not None:
            if not isinstance(mask, list):
                raise ValueError(
                    f"{kind} layer mask must be a list, namely [query_mask, value_mask]. Received: mask={mask}."
                )
            if not 2 <= len(mask) <= (len(inputs) if legacy_keras() else 3):
                raise ValueError(
                    f"{kind} layer accepts mask list of length 2 or 3. Received: inputs={inputs}, mask={mask}."
                )

    def get_config(self) -> dict[str, Any]:
        own = {"use_scale": self.use_scale, "score_mode": self.score_mode}
        if legacy_keras():
            return {**super().get_config(), "dropout": self.dropout, **own}
        return {**super().get_config(), **own, "dropout": self.dropout, "seed": self.seed}


class AdditiveAttention(Attention):
    """Additive attention (Bahdanau): scores ``sum(scale * tanh(query + key))``.

    Args:
      use_scale: bool, whether there is a trained scale for each feature.
      dropout: float, the probability with which a weight is dropped in training.
      **kwargs: of ``Attention``.

    Takes and returns what ``Attention`` does, with keys as long as queries.

    Source: https://arxiv.org/abs/1409.0473

    >>> import kerax as tf
    >>> tf.keras.layers.AdditiveAttention()([tf.ones((1, 2, 3)), tf.ones((1, 4, 3))]).shape
    TensorShape([1, 2, 3])
    """

    def __init__(self, use_scale: bool = True, dropout: Any = 0.0, **kwargs: Any) -> None:
        super().__init__(use_scale=use_scale, dropout=dropout, **kwargs)

    def build(self, input_shape: Any) -> None:
        self._validate_inputs(input_shape)
        size = input_shape[1 if legacy_keras() else 0][-1]
        self.scale = None
        if self.use_scale:
            self.scale = self.add_weight(name="scale", shape=(size,), initializer="glorot_uniform")

    def _calculate_scores(self, query: Any, key: Any) -> Any:
        return _tanh_scores(query, key, self.scale, None, True)

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        del config["score_mode"]
        return config
