"""Vocabularies: checked lists of tokens, and the counts that ``adapt`` makes them of."""

from __future__ import annotations

import collections
from typing import Any

import numpy as np

import kerax.array_ops as tf
from kerax.core.tensor import convert_to_tensor
from kerax.keras.layers.preprocessing._encoding import is_ragged, is_sparse


def as_text(token: Any) -> Any:
    return token.decode("utf-8", "replace") if isinstance(token, bytes) else token


def token_array(tokens: Any, string: bool) -> np.ndarray:
    """Tokens as an array of str or int64.

    Raises:
      ValueError: there are none.
    """
    values = tokens.numpy() if hasattr(tokens, "numpy") else np.array(tokens)
    if values.size == 0:
        raise ValueError(f"Cannot set an empty vocabulary. Received: vocabulary={tokens}")
    if string:
        return np.array([as_text(token) for token in values.ravel().tolist()], dtype=object)
    return values.astype("int64")


def check_tokens(vocabulary: np.ndarray, tokens: np.ndarray, special: list[Any], invert: bool) -> None:
    """Raises ValueError for tokens that are repeated or reserved.

    Args:
      vocabulary: all that was passed.
      tokens: the part after the special tokens.
      special: mask token or None, and token of what is out of the vocabulary, or None.
      invert: bool, whether the latter is reserved too.
    """
    repeated = [token for token, count in collections.Counter(tokens.tolist()).items() if count > 1]
    if repeated:
        raise ValueError(
            "The passed vocabulary has at least one repeated term. Please uniquify your dataset. The repeated terms "
            f"are: {repeated}"
        )
    for kind, token, counts in (("mask", special[0], True), ("OOV", special[1], invert)):
        if token is not None and counts and token in tokens.tolist():
            place = int(np.flatnonzero(vocabulary == token)[-1])
            raise ValueError(
                f"Found reserved {kind} token at unexpected location in `vocabulary`. The passed `vocabulary` does not "
                "need to include the OOV and mask tokens: remove them, or put them at its start, the mask token "
                f"first. Received: {token!r} at vocabulary index {place}"
            )


class TokenCounts:
    """How often tokens occur, and in how many documents (rows).

    Args:
      per_document: bool, whether documents are counted.
    """

    def __init__(self, per_document: bool) -> None:
        self.per_document = per_document
        self.clear()

    def clear(self) -> None:
        self.tokens: collections.Counter[Any] = collections.Counter()
        self.documents: collections.Counter[Any] = collections.Counter()
        self.document_count = 0

    def add(self, data: Any) -> None:
        """Counts a batch ``[documents, tokens]``, ragged or sparse too."""
        if is_sparse(data):
            values, rows = np.asarray(data.values), np.asarray(data.indices)[:, 0]
            count = int(data.dense_shape[0])
        elif is_ragged(data):
            values, rows, count = np.asarray(data.flat_values), np.asarray(_rows(data)), int(data.nrows())
        else:
            array = np.asarray(data)
            array = array.reshape(array.shape[0], -1)
            values, count = array.ravel(), array.shape[0]
            rows = np.repeat(np.arange(count), array.shape[1])
        values = values.tolist()
        self.tokens.update(values)
        if self.per_document:
            self.documents.update(token for _, token in set(zip(rows.tolist(), values, strict=True)))
            self.document_count += count

    def most_common(self, without: list[Any], limit: int | None) -> list[Any]:
        """Tokens by falling count, of like counts the greater first."""
        kept = [(count, token) for token, count in self.tokens.items() if token not in without]
        kept.sort(reverse=True)
        return [token for _, token in kept][:limit]

    def inverse_document_frequency(self, tokens: list[Any]) -> np.ndarray:
        """``log(1 + documents / (1 + documents with the token))`` for each token."""
        counts = np.array([self.documents[token] for token in tokens])
        return np.log(1 + self.document_count / (1 + counts)).astype("float32")


def _rows(data: Any) -> Any:
    """The first axis' index of each value of a ragged tensor."""
    rows = np.asarray(data.value_rowids())
    inner = data.values
    while is_ragged(inner):
        rows = rows[np.asarray(inner.value_rowids())]
        inner = inner.values
    return rows


def padded_weights(weights: Any, front: int, front_value: float, total: int | None) -> Any:
    """Weights with the special tokens' in front and zeros up to ``total``."""
    back = 0 if total is None else total - front - len(weights)
    padded = np.concatenate([np.full(front, front_value), weights, np.zeros(max(back, 0))])
    return convert_to_tensor(padded.astype("float32"))


def with_document_axis(data: Any) -> Any:
    """Batches for counting: a scalar or a vector is one document."""
    if is_sparse(data) or is_ragged(data):
        return data
    return tf.reshape(data, (1, -1)) if len(data.shape) < 2 else data
