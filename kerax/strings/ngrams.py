"""``tf.strings.ngrams``."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core.op import composed, op
from kerax.ragged.tensor import RaggedTensor, is_ragged
from kerax.strings._text import pack
from kerax.strings.splitting import converted_text, splits_of


@composed
def ngrams(
    data: Any,
    ngram_width: Any,
    separator: str = " ",
    pad_values: Any = None,
    padding_width: int | None = None,
    preserve_short_sequences: bool = False,
    name: str | None = None,
) -> Any:
    """Joins every ``n`` neighbouring strings of the last dimension.

    Args:
      data: string tensor or ragged tensor ``[…, length]``.
      ngram_width: int, or a list of ints: n-grams of each width, one after the other.
      separator: str, placed between the strings.
      pad_values: str, or a pair of strs ``(left, right)``, added around each sequence; None for no padding.
      padding_width: int, how many are added on either side; None or more than it: ``n - 1``.
      preserve_short_sequences: bool, whether a sequence too short for any n-gram gives one of all its strings.
      name: ignored.

    Returns:
      string tensor ``[…, n-grams]``, ragged where ``data`` is.

    Raises:
      TypeError: pad values that are no strings.
      ValueError: a width below 1, or a scalar.

    >>> import kerax as tf
    >>> tf.strings.ngrams(["A", "B", "C", "D"], 2).numpy()
    array([b'A B', b'B C', b'C D'], dtype=object)
    """
    left, right, width = _padding(pad_values, padding_width)
    widths = [ngram_width] if isinstance(ngram_width, (int, np.integer)) else list(ngram_width)
    for n in widths:
        if n < 1:
            raise ValueError(f"All ngram_widths must be greater than 0. Got {ngram_width}")
    data = converted_text(data)
    if data.shape.rank == 0:
        raise ValueError("Data must have rank>0")
    settings = (tuple(int(n) for n in widths), separator, left, right, width, bool(preserve_short_sequences))
    if data.shape.rank == 1 and not is_ragged(data):
        return _ngrams(data, [0, data.shape[0]], *settings)[0]
    ragged = data if is_ragged(data) else RaggedTensor.from_tensor(data, ragged_rank=data.shape.rank - 1)
    inner, above = ragged, []
    while is_ragged(inner.values):
        above.append(inner)
        inner = inner.values
    found, splits = _ngrams(inner.values, inner.row_splits, *settings)
    result: Any = RaggedTensor.from_row_splits(found, splits, validate=False)
    for level in reversed(above):
        result = level.with_values(result)
    return result if is_ragged(data) else result.to_tensor(default_value="")


def _padding(pad_values: Any, padding_width: int | None) -> tuple[str, str, int]:
    """The strings added at either end and how many of them; -1 for the n-gram's width less one."""
    if pad_values is None:
        return "", "", 0
    if isinstance(pad_values, (list, tuple)):
        left, right = pad_values[0], pad_values[1]
        if not (isinstance(left, (str, bytes)) and isinstance(right, (str, bytes))):
            raise TypeError("pad_values must be a string, tuple of strings, or None.")
    elif isinstance(pad_values, (str, bytes)):
        left = right = pad_values
    else:
        raise TypeError("pad_values must be a string, tuple of strings, or None.")
    if padding_width is not None and padding_width < 1:
        raise ValueError("padding_width must be greater than 0.")
    return left, right, -1 if padding_width is None else padding_width


def _encoded(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


@op("data: string; splits: int", host=True, name="StringNGrams")
def _ngrams(data, splits, widths, separator, left, right, pad, preserve):
    texts, starts = data.tolist(), splits.tolist()
    between, before, after = _encoded(separator), _encoded(left), _encoded(right)
    rows = []
    for start, end in zip(starts[:-1], starts[1:], strict=True):
        row: list[bytes] = []
        for n in widths:
            extra = n - 1 if pad < 0 else min(pad, n - 1)
            padded = [before] * extra + texts[start:end] + [after] * extra
            row += [between.join(padded[i : i + n]) for i in range(len(padded) - n + 1)]
        if preserve and not row and end > start:
            extra = max(pad, 0)
            row = [between.join([before] * extra + texts[start:end] + [after] * extra)]
        rows.append(row)
    return pack([text for row in rows for text in row]), splits_of(rows)
