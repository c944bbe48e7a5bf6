"""``keras.utils.warmstart_embedding_matrix``: embeddings for a changed vocabulary."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core.tensor import convert_to_tensor
from kerax.keras import initializers


def _words(vocabulary: Any) -> list[str]:
    if isinstance(vocabulary, str):
        with open(vocabulary, encoding="utf8") as file:
            return file.read().splitlines()
    values = vocabulary.numpy() if hasattr(vocabulary, "numpy") else vocabulary
    return [word.decode() if isinstance(word, bytes) else str(word) for word in np.asarray(values, object).ravel()]


def warmstart_embedding_matrix(
    base_vocabulary: Any, new_vocabulary: Any, base_embeddings: Any, new_embeddings_initializer: Any = "uniform"
) -> Any:
    """The embedding matrix of a new vocabulary, with the rows of words that were known before.

    Args:
      base_vocabulary, new_vocabulary: list, array or tensor of words, or the path of a file with one a line.
      base_embeddings: array ``[words, units]`` of the base vocabulary.
      new_embeddings_initializer: initializer of the rows of new words.

    Returns:
      Tensor ``[new words, units]``.

    Raises:
      ValueError: the base embeddings are no matrix.

    >>> import kerax as tf
    >>> tf.keras.utils.warmstart_embedding_matrix(["a", "b"], ["b", "a"], [[1.0], [2.0]]).numpy()
    array([[2.],
           [1.]], dtype=float32)
    """
    base = np.asarray(base_embeddings)
    base = base.astype(np.float32) if base.dtype == np.float64 else base
    if base.ndim != 2:
        raise ValueError(f"`base_embeddings` must be a matrix [words, units]. Received shape: {base.shape}")
    known = {word: row for row, word in enumerate(_words(base_vocabulary))}
    words = _words(new_vocabulary)
    fresh = initializers.get(new_embeddings_initializer)(shape=(len(words), base.shape[1]), dtype=base.dtype.name)
    matrix = np.array(convert_to_tensor(fresh))
    pairs = [(new, known[word]) for new, word in enumerate(words) if word in known]
    if pairs:
        rows, sources = np.array(pairs).T
        matrix[rows] = base[sources]
    return convert_to_tensor(matrix)
