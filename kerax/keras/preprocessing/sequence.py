"""``tf.keras.preprocessing.sequence``: Keras 1's way to prepare sequences."""

from __future__ import annotations

import json
import random
from typing import Any

import numpy as np

from kerax.keras.utils.py_dataset import PyDataset
from kerax.keras.utils.sequences import pad_sequences as pad_sequences


class TimeseriesGenerator(PyDataset):
    """Batches of windows of a time series, each with the target that follows it.

    Args:
      data: array or list ``[time, …]``.
      targets: likewise, of the same length.
      length: int, steps in a window.
      sampling_rate: int, steps between a window's elements.
      stride: int, steps between windows.
      start_index: int, where the data that are used begin.
      end_index: int, where they end.
      shuffle: bool, whether windows are drawn at random.
      reverse: bool, whether windows run backwards.
      batch_size: int, windows in a batch.

    >>> import kerax as tf
    >>> batches = tf.keras.preprocessing.sequence.TimeseriesGenerator([1, 2, 3, 4], [5, 6, 7, 8], length=2)
    >>> batches[0][1]
    array([7, 8])
    """

    def __init__(
        self,
        data: Any,
        targets: Any,
        length: int,
        sampling_rate: int = 1,
        stride: int = 1,
        start_index: int = 0,
        end_index: int | None = None,
        shuffle: bool = False,
        reverse: bool = False,
        batch_size: int = 128,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if len(data) != len(targets):
            raise ValueError(
                "Data and targets have to be of same length. "
                f"Data length is {len(data)} while target length is {len(targets)}"
            )
        self.data, self.targets, self.length = data, targets, length
        self.sampling_rate, self.stride, self.batch_size = sampling_rate, stride, batch_size
        self.start_index = start_index + length
        self.end_index = len(data) - 1 if end_index is None else end_index
        self.shuffle, self.reverse = shuffle, reverse
        if self.start_index > self.end_index:
            raise ValueError(
                f"`start_index+length={self.start_index} > end_index={self.end_index}` is disallowed, as no part of "
                "the sequence would be left to be used as current step."
            )

    def __len__(self) -> int:
        step = self.batch_size * self.stride
        return (self.end_index - self.start_index + step) // step

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        if self.shuffle:
            rows = np.random.randint(self.start_index, self.end_index + 1, size=self.batch_size)
        else:
            first = self.start_index + self.batch_size * self.stride * index
            rows = np.arange(first, min(first + self.batch_size * self.stride, self.end_index + 1), self.stride)
        samples = np.array([self.data[row - self.length : row : self.sampling_rate] for row in rows])
        targets = np.array([self.targets[row] for row in rows])
        return (samples[:, ::-1, ...] if self.reverse else samples), targets

    def get_config(self) -> dict[str, Any]:
        """The settings and, as JSON, the data.

        Raises:
          TypeError: data that JSON cannot hold.
        """
        config: dict[str, Any] = {}
        for name in ("data", "targets"):
            values = getattr(self, name)
            values = values.tolist() if isinstance(values, np.ndarray) else values
            try:
                config[name] = json.dumps(values)
            except TypeError as error:
                raise TypeError(f"{name.capitalize()} not JSON Serializable: {values}") from error
        names = ("length", "sampling_rate", "stride", "start_index", "end_index", "shuffle", "reverse", "batch_size")
        return {**config, **{name: getattr(self, name) for name in names}}

    def to_json(self, **kwargs: Any) -> str:
        """The generator as JSON; ``**kwargs`` go to ``json.dumps``."""
        return json.dumps({"class_name": type(self).__name__, "config": self.get_config()}, **kwargs)


def make_sampling_table(size: int, sampling_factor: float = 1e-5) -> np.ndarray:
    """With what probability the word of each rank is kept, if words are distributed by Zipf's law.

    Args:
      size: int, the number of words.
      sampling_factor: float, as in word2vec.

    Returns:
      float64 array ``[size]``.

    >>> import kerax as tf
    >>> tf.keras.preprocessing.sequence.make_sampling_table(3).round(4)
    array([0.0032, 0.0032, 0.0055])
    """
    rank = np.arange(size)
    rank[0] = 1
    inverse_frequency = rank * (np.log(rank) + 0.577) + 0.5 - 1.0 / (12.0 * rank)
    scaled = sampling_factor * inverse_frequency
    return np.minimum(1.0, scaled / np.sqrt(scaled))


def skipgrams(
    sequence: Any,
    vocabulary_size: int,
    window_size: int = 4,
    negative_samples: float = 1.0,
    shuffle: bool = True,
    categorical: bool = False,
    sampling_table: Any = None,
    seed: int | None = None,
) -> tuple[list[list[int]], list[Any]]:
    """Pairs of words that stand near each other (label 1), and of words drawn at random (label 0).

    Args:
      sequence: list of int, words; 0 is none.
      vocabulary_size: int.
      window_size: int, how far words of a pair are apart at most.
      negative_samples: float, how many random pairs there are for each true one.
      shuffle: bool, whether pairs are shuffled.
      categorical: bool, whether labels are ``[0, 1]`` and ``[1, 0]``.
      sampling_table: array ``[vocabulary_size]`` of the probabilities that words are used.
      seed: int.

    Returns:
      Pairs and labels.

    >>> import kerax as tf
    >>> tf.keras.preprocessing.sequence.skipgrams([1, 2], 3, negative_samples=0, shuffle=False)
    ([[1, 2], [2, 1]], [1, 1])
    """
    couples, labels = [], []
    for i, word in enumerate(sequence):
        if not word or (sampling_table is not None and sampling_table[word] < random.random()):
            continue
        for j in range(max(0, i - window_size), min(len(sequence), i + window_size + 1)):
            if j != i and sequence[j]:
                couples.append([word, sequence[j]])
                labels.append([0, 1] if categorical else 1)
    if negative_samples > 0:
        count = int(len(labels) * negative_samples)
        words = [couple[0] for couple in couples]
        random.shuffle(words)
        couples += [[words[i % len(words)], random.randint(1, vocabulary_size - 1)] for i in range(count)]
        labels += [[1, 0] if categorical else 0] * count
    if shuffle:
        seed = random.randint(0, int(10e6)) if seed is None else seed
        for values in (couples, labels):
            random.seed(seed)
            random.shuffle(values)
    return couples, labels
