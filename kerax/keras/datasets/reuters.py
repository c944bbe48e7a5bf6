"""``keras.datasets.reuters``: newswires and their topics."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from kerax.keras.datasets import _words
from kerax.keras.datasets._files import fetch, load_npz, shuffled

_SHA256 = "d6586e694ee56d7a4e65172e12b3e987c03096cb01eab99753921ef915959916"
_TOPICS = (
    "cocoa grain veg-oil earn acq wheat copper housing money-supply coffee sugar trade reserves ship cotton carcass "
    "crude nat-gas cpi money-fx interest gnp meal-feed alum oilseed gold tin strategic-metal livestock retail ipi "
    "iron-steel rubber heat jobs lei bop zinc orange pet-chem dlr gas silver wpi hog lead"
)


def load_data(
    path: str = "reuters.npz",
    num_words: int | None = None,
    skip_top: int = 0,
    maxlen: int | None = None,
    test_split: float = 0.2,
    seed: int = 113,
    start_char: int | None = 1,
    oov_char: int | None = 2,
    index_from: int | None = 3,
) -> Any:
    """11,228 newswires as lists of word numbers, the most frequent word first, with 46 topics.

    Args:
      test_split: float, the share of the test samples.
      Others: see ``imdb.load_data``.

    Returns:
      ``(x_train, y_train), (x_test, y_test)``: object arrays of lists of int, int64 ``[samples]``.
    """
    data = load_npz(fetch("reuters.npz", path, _SHA256))
    xs, labels = shuffled(seed, data["x"], data["y"])
    xs = _words.shift(xs, start_char, index_from)
    if maxlen:
        xs, labels = _words.remove_long(maxlen, xs, labels)
    xs = _words.limit(xs, num_words, skip_top, oov_char)
    count = int(len(xs) * (1 - test_split))
    return (
        (np.array(xs[:count], dtype="object"), np.array(labels[:count])),
        (np.array(xs[count:], dtype="object"), np.array(labels[count:])),
    )


def get_word_index(path: str = "reuters_word_index.json") -> dict[str, int]:
    """The number of every word, by frequency, from 1; ``load_data`` adds ``index_from``."""
    with open(fetch("reuters_word_index.json", path, "4d44cc38712099c9e383dc6e5f11a921")) as file:
        return json.load(file)


def get_label_names() -> tuple[str, ...]:
    """The names of the topics, in the labels' order.

    >>> get_label_names()[:2]
    ('cocoa', 'grain')
    """
    return tuple(_TOPICS.split())
