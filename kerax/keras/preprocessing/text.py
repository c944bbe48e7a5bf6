"""``tf.keras.preprocessing.text``: Keras 1's way from text to numbers."""

from __future__ import annotations

import collections
import hashlib
import json
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

FILTERS = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n'
_TABLES = ("word_counts", "word_docs", "index_docs", "index_word", "word_index")


def text_to_word_sequence(input_text: str, filters: str = FILTERS, lower: bool = True, split: str = " ") -> list[str]:
    """The words of a text.

    Args:
      input_text: str.
      filters: str, the characters that stand for the separator.
      lower: bool, whether the text is lowercased.
      split: str, the separator.

    >>> import kerax as tf
    >>> tf.keras.preprocessing.text.text_to_word_sequence("Sample text, please!")
    ['sample', 'text', 'please']
    """
    text = input_text.lower() if lower else input_text
    return [word for word in text.translate(str.maketrans(dict.fromkeys(filters, split))).split(split) if word]


def one_hot(
    input_text: str,
    n: int,
    filters: str = FILTERS,
    lower: bool = True,
    split: str = " ",
    analyzer: Callable[[str], list[str]] | None = None,
) -> list[int]:
    """The words of a text as numbers from 1 to ``n - 1``, by python's ``hash``.

    Args:
      input_text: str.
      n: int, the number of hash buckets and of the padding.
      filters: str, the characters that stand for the separator.
      lower: bool, whether the text is lowercased.
      split: str, the separator.
      analyzer: function that splits the text.

    >>> import kerax as tf
    >>> len(tf.keras.preprocessing.text.one_hot("a b a", 10))
    3
    """
    return hashing_trick(input_text, n, hash, filters, lower, split, analyzer)


def hashing_trick(
    text: str,
    n: int,
    hash_function: Any = None,
    filters: str = FILTERS,
    lower: bool = True,
    split: str = " ",
    analyzer: Callable[[str], list[str]] | None = None,
) -> list[int]:
    """The words of a text as numbers from 1 to ``n - 1``, by a hash.

    Args:
      text: str.
      n: int, the number of hash buckets and of the padding.
      hash_function: function of str, "md5", or None for python's ``hash``.
      filters: str, the characters that stand for the separator.
      lower: bool, whether the text is lowercased.
      split: str, the separator.
      analyzer: function that splits the text.

    >>> import kerax as tf
    >>> tf.keras.preprocessing.text.hashing_trick("a b a", 10, "md5")
    [2, 5, 2]
    """
    if hash_function is None:
        hash_function = hash
    elif hash_function == "md5":

        def hash_function(word: str) -> int:
            return int(hashlib.md5(word.encode(), usedforsecurity=False).hexdigest(), 16)

    words = text_to_word_sequence(text, filters, lower, split) if analyzer is None else analyzer(text)
    return [hash_function(word) % (n - 1) + 1 for word in words]


class Tokenizer:
    """A vocabulary of words by frequency, and texts as lists of its indices or as vectors.

    Args:
      num_words: int, how many words are used, the most frequent ``num_words - 1``; None for all.
      filters: str, the characters that stand for the separator.
      lower: bool, whether texts are lowercased.
      split: str, the separator.
      char_level: bool, whether characters are the words.
      oov_token: str that stands for unknown words, None to leave them out.
      analyzer: function that splits texts.

    Attributes:
      word_index: dict of str to int from 1.
      index_word: the inverse.
      word_counts: dict of str to int, how often words occur.
      word_docs: dict of str to int, in how many texts.
      document_count: int, the number of texts.

    >>> import kerax as tf
    >>> tokenizer = tf.keras.preprocessing.text.Tokenizer()
    >>> tokenizer.fit_on_texts(["a b a"])
    >>> tokenizer.texts_to_sequences(["b a c"])
    [[2, 1]]
    """

    def __init__(
        self,
        num_words: int | None = None,
        filters: str = FILTERS,
        lower: bool = True,
        split: str = " ",
        char_level: bool = False,
        oov_token: str | None = None,
        analyzer: Any = None,
        **kwargs: Any,
    ) -> None:
        if "nb_words" in kwargs:
            warnings.warn("The `nb_words` argument in `Tokenizer` has been renamed `num_words`.", stacklevel=2)
            num_words = kwargs.pop("nb_words")
        self.document_count = kwargs.pop("document_count", 0)
        if kwargs:
            raise TypeError(f"Unrecognized keyword arguments: {kwargs}")
        self.num_words, self.filters, self.lower, self.split = num_words, filters, lower, split
        self.char_level, self.oov_token, self.analyzer = char_level, oov_token, analyzer
        self.word_counts: Any = collections.OrderedDict()
        self.word_docs: Any = collections.defaultdict(int)
        self.index_docs: Any = collections.defaultdict(int)
        self.word_index: dict[str, int] = {}
        self.index_word: dict[int, str] = {}

    def _words(self, text: Any) -> Any:
        if self.char_level or isinstance(text, list):
            if not self.lower:
                return text
            return [part.lower() for part in text] if isinstance(text, list) else text.lower()
        if self.analyzer is not None:
            return self.analyzer(text)
        return text_to_word_sequence(text, self.filters, self.lower, self.split)

    def fit_on_texts(self, texts: Any) -> None:
        """Counts the words of texts (str, or lists of words) and numbers them anew."""
        for text in texts:
            self.document_count += 1
            words = self._words(text)
            for word in words:
                self.word_counts[word] = self.word_counts.get(word, 0) + 1
            for word in set(words):
                self.word_docs[word] += 1
        ranked = sorted(self.word_counts, key=lambda word: -self.word_counts[word])
        known = ranked if self.oov_token is None else [self.oov_token, *ranked]
        self.word_index = dict(zip(known, range(1, len(known) + 1), strict=True))
        self.index_word = {index: word for word, index in self.word_index.items()}
        for word, count in self.word_docs.items():
            self.index_docs[self.word_index[word]] = count

    def fit_on_sequences(self, sequences: Any) -> None:
        """Counts in how many sequences indices occur, for "tfidf"."""
        self.document_count += len(sequences)
        for sequence in sequences:
            for index in set(sequence):
                self.index_docs[index] += 1

    def texts_to_sequences(self, texts: Any) -> list[list[int]]:
        """Texts as lists of indices."""
        return list(self.texts_to_sequences_generator(texts))

    def texts_to_sequences_generator(self, texts: Any) -> Iterator[list[int]]:
        """Texts as lists of indices, one by one."""
        unknown = self.word_index.get(self.oov_token) if self.oov_token is not None else None
        for text in texts:
            found = []
            for word in self._words(text):
                index = self.word_index.get(word)
                if index is None or (self.num_words and index >= self.num_words):
                    index = unknown
                    if unknown is None and (self.oov_token is None or word in self.word_index):
                        continue
                found.append(index)
            yield found

    def sequences_to_texts(self, sequences: Any) -> list[str]:
        """Lists of indices as texts."""
        return list(self.sequences_to_texts_generator(sequences))

    def sequences_to_texts_generator(self, sequences: Any) -> Iterator[str]:
        """Lists of indices as texts, one by one."""
        unknown = self.word_index.get(self.oov_token) if self.oov_token is not None else None
        for sequence in sequences:
            found = []
            for index in sequence:
                word = self.index_word.get(index)
                if word is None or (self.num_words and index >= self.num_words):
                    word = None if unknown is None else self.index_word[unknown]
                if word is not None:
                    found.append(word)
            yield " ".join(found)

    def texts_to_matrix(self, texts: Any, mode: str = "binary") -> np.ndarray:
        """Texts as vectors; see ``sequences_to_matrix``."""
        return self.sequences_to_matrix(self.texts_to_sequences(texts), mode=mode)

    def sequences_to_matrix(self, sequences: Any, mode: str = "binary") -> np.ndarray:
        """Lists of indices as vectors.

        Args:
          sequences: list of lists of int.
          mode: "binary", "count", "freq" (parts of the sequence's length) or "tfidf".

        Returns:
          float64 array ``[sequences, num_words]``.

        Raises:
          ValueError: an unknown mode, or nothing was fitted.
        """
        width = self.num_words or (len(self.word_index) + 1 if self.word_index else 0)
        if not width:
            raise ValueError("Specify a dimension (`num_words` argument), or fit on some text data first.")
        if mode == "tfidf" and not self.document_count:
            raise ValueError("Fit the Tokenizer on some data before using tfidf mode.")
        if mode not in ("binary", "count", "freq", "tfidf") and any(len(sequence) for sequence in sequences):
            raise ValueError("Unknown vectorization mode:", mode)
        found = np.zeros((len(sequences), width))
        for row, sequence in zip(found, sequences, strict=True):
            kept = [index for index in sequence if index < width]
            if not kept:
                continue
            indices, counts = np.unique(kept, return_counts=True)
            row[indices] = 1 if mode == "binary" else counts
            if mode == "freq":
                row /= len(sequence)
            elif mode == "tfidf":
                documents = np.array([self.index_docs.get(int(index), 0) for index in indices])
                row[indices] = (1 + np.log(counts)) * np.log(1 + self.document_count / (1 + documents))
        return found

    def get_config(self) -> dict[str, Any]:
        """The settings and, as JSON, the vocabulary."""
        names = ("num_words", "filters", "lower", "split", "char_level", "oov_token", "document_count")
        config = {name: getattr(self, name) for name in names}
        return {**config, **{name: json.dumps(getattr(self, name)) for name in _TABLES}}

    def to_json(self, **kwargs: Any) -> str:
        """The tokenizer as JSON; ``**kwargs`` go to ``json.dumps``."""
        return json.dumps({"class_name": type(self).__name__, "config": self.get_config()}, **kwargs)


def tokenizer_from_json(json_string: str) -> Tokenizer:
    """The tokenizer that ``to_json`` wrote.

    >>> import kerax as tf
    >>> text = tf.keras.preprocessing.text
    >>> text.tokenizer_from_json(text.Tokenizer(num_words=3).to_json()).num_words
    3
    """
    config = json.loads(json_string).get("config")
    tables = {name: json.loads(config.pop(name)) for name in _TABLES}
    tokenizer = Tokenizer(**config)
    for name, table in tables.items():
        if name.startswith("index_"):
            table = {int(key): value for key, value in table.items()}
        setattr(tokenizer, name, table)
    return tokenizer
