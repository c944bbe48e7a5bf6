"""``pad_sequences``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np


def pad_sequences(
    sequences: Sequence[Any],
    maxlen: int | None = None,
    dtype: Any = "int32",
    padding: str = "pre",
    truncating: str = "pre",
    value: Any = 0.0,
) -> np.ndarray:
    """Sequences of one length, filled up or cut off.

    Args:
      sequences: list of sequences.
      maxlen: int, the length, by default the longest's.
      dtype: of the result; ``object`` for strings of any length.
      padding: "pre" or "post", where ``value`` is added.
      truncating: "pre" or "post", where elements are removed.
      value: what fills up.

    Returns:
      numpy array ``[len(sequences), maxlen, …]``.

    >>> pad_sequences([[1], [2, 3]])
    array([[0, 1],
           [2, 3]], dtype=int32)
    """
    if not hasattr(sequences, "__len__"):
        raise ValueError("`sequences` must be iterable.")
    lengths = []
    sample_shape: tuple[int, ...] | None = None
    for sequence in sequences:
        try:
            lengths.append(len(sequence))
        except TypeError as error:
            raise ValueError(f"`sequences` must be a list of iterables. Found non-iterable: {sequence}") from error
        if sample_shape is None and len(sequence):
            sample_shape = np.asarray(sequence).shape[1:]
    sample_shape = sample_shape or ()
    if maxlen is None:
        maxlen = max(lengths)
    if isinstance(value, str) and dtype is not object and not _is_text(dtype):
        raise ValueError(
            f"`dtype` {dtype} is not compatible with `value`'s type: {type(value)}\n"
            "You should set `dtype=object` for variable length strings."
        )
    result = np.full((len(sequences), maxlen, *sample_shape), value, dtype=dtype)
    for index, sequence in enumerate(sequences):
        if not len(sequence):
            continue
        if truncating == "pre":
            part = sequence[-maxlen:]
        elif truncating == "post":
            part = sequence[:maxlen]
        else:
            raise ValueError(f'Truncating type "{truncating}" not understood')
        part = np.asarray(part, dtype=dtype)
        if part.shape[1:] != sample_shape:
            raise ValueError(
                f"Shape of sample {part.shape[1:]} of sequence at position {index} is different from expected shape "
                f"{sample_shape}"
            )
        if padding == "post":
            result[index, : len(part)] = part
        elif padding == "pre":
            result[index, -len(part) :] = part
        else:
            raise ValueError(f'Padding type "{padding}" not understood')
    return result


def _is_text(dtype: Any) -> bool:
    return np.issubdtype(dtype, np.str_)
