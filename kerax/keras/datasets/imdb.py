"""``keras.datasets.imdb``: film reviews and whether they are favourable."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from kerax.keras.datasets import _words
from kerax.keras.datasets._files import fetch, load_npz, shuffled

_SHA256 = "69664113be75683a8fe16e3ed0ab59fda8886cb3cd7ada244f7d9544e4676b9f"


def load_data(
    path: str = "imdb.npz",
    num_words: int | None = None,
    skip_top: int = 0,
    maxlen: int | None = None,
    seed: int = 113,
    start_char: int | None = 1,
    oov_char: int | None = 2,
    index_from: int | None = 3,
    **kwargs: Any,
) -> Any:
    """25,000 training and 25,000 test reviews as lists of word numbers, the most frequent word first.

    Args:
      path: str, name of the file in the cache.
      num_words: int, how many of the most frequent words to keep.
      skip_top: int, how many of the most frequent words to leave out.
      maxlen: int, reviews of this length or longer are left out.
      seed: int, of the order.
      start_char: int, number that begins a review, or None.
      oov_char: int, number for words left out, or None to drop them.
      index_from: int, added to the words' numbers.
      **kwargs: ``nb_words``, an old name of ``num_words``.

    Returns:
      ``(x_train, y_train), (x_test, y_test)``: object arrays of lists of int, int64 ``[samples]`` 0 or 1.
    """
    if "nb_words" in kwargs:
        num_words = kwargs.pop("nb_words")
    if kwargs:
        raise TypeError(f"Unrecognized keyword arguments: {kwargs!s}.")
    data = load_npz(fetch("imdb.npz", path, _SHA256))
    parts = []
    for part in ("train", "test"):
        x, labels = shuffled(seed, data[f"x_{part}"], data[f"y_{part}"])
        x = _words.shift(x, start_char, index_from)
        if maxlen:
            x, labels = _words.remove_long(maxlen, x, labels)
            if not x:
                raise ValueError(
                    f"After filtering for sequences shorter than maxlen={maxlen}, no sequence was kept. "
                    "Increase maxlen."
                )
        parts.append((x, labels))
    (x_train, y_train), (x_test, y_test) = parts
    xs = _words.limit(x_train + x_test, num_words, skip_top, oov_char)
    labels = np.concatenate([y_train, y_test])
    count = len(x_train)
    return (
        (np.array(xs[:count], dtype="object"), labels[:count]),
        (np.array(xs[count:], dtype="object"), labels[count:]),
    )


def get_word_index(path: str = "imdb_word_index.json") -> dict[str, int]:
    """The number of every word, by frequency, from 1; ``load_data`` adds ``index_from``."""
    with open(fetch("imdb_word_index.json", path, "bfafd718b763782e994055a2d397834f")) as file:
        return json.load(file)
