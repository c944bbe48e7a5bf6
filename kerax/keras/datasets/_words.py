"""What the two text datasets share: word numbers with places kept for padding, start and unknown words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def shift(sequences: Any, start_char: int | None, index_from: int | None) -> list[list[int]]:
    """Words counted from ``index_from``, each sequence led by ``start_char``."""
    start = [] if start_char is None else [start_char]
    offset = index_from or 0
    return [start + [word + offset for word in sequence] for sequence in sequences]


def remove_long(maxlen: int, sequences: Sequence[Any], labels: Any) -> tuple[list[Any], list[Any]]:
    """The sequences shorter than ``maxlen``, with their labels."""
    kept = [(sequence, label) for sequence, label in zip(sequences, labels, strict=True) if len(sequence) < maxlen]
    return [sequence for sequence, _ in kept], [label for _, label in kept]


def limit(sequences: list[list[int]], num_words: int | None, skip_top: int, oov_char: int | None) -> list[list[int]]:
    """Words that are too rare or too frequent replaced by ``oov_char``, or left out."""
    if not num_words:
        num_words = max(max(sequence) for sequence in sequences)
    if oov_char is None:
        return [[word for word in sequence if skip_top <= word < num_words] for sequence in sequences]
    return [[word if skip_top <= word < num_words else oov_char for word in sequence] for sequence in sequences]
