"""``join``, ``reduce_join`` and ``unsorted_segment_join``."""

from __future__ import annotations

import numpy as np

from kerax.core import errors
from kerax.core.op import composed, op
from kerax.core.tensor import convert_to_tensor
from kerax.strings._text import invalid, pack


@composed
def join(inputs, separator="", name=None):
    """Joins strings, element by element.

    Args:
      inputs: list of string tensors of one shape; scalars are repeated.
      separator: str, placed between the parts.
      name: ignored.

    Returns:
      string tensor of that shape.

    >>> import kerax as tf
    >>> tf.strings.join([["a", "b"], "c"], separator="-").numpy()
    array([b'a-c', b'b-c'], dtype=object)
    """
    if isinstance(inputs, (str, bytes)):
        raise TypeError(f"Expected list for 'inputs' argument to 'string_join' Op, not {inputs!r}.")
    return _join(inputs if isinstance(inputs, (list, tuple)) else list(inputs), separator)


@op("inputs*: string", host=True, name="StringJoin")
def _join(inputs, separator):
    if not inputs:
        return np.array(b"", dtype=object)
    shape: tuple[int, ...] = ()
    for part in inputs:
        if part.ndim and shape and part.shape != shape:
            raise invalid(f"Input shapes do not match: {list(shape)} vs. {list(part.shape)}")
        shape = part.shape or shape
    columns = [part.ravel().tolist() if part.ndim else None for part in inputs]
    size = int(np.prod(shape, dtype=np.int64))
    full = [[part.item()] * size if column is None else column for part, column in zip(inputs, columns, strict=True)]
    between = _bytes(separator)
    return pack([between.join(row) for row in zip(*full, strict=True)], shape)


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


@op("inputs: string", host=True, name="ReduceJoin")
def reduce_join(inputs, axis=None, keepdims=False, separator="", name=None):
    """Joins the strings along dimensions.

    Args:
      inputs: string tensor.
      axis: int or list of ints; the first one varies fastest. None: all dimensions, the last one fastest.
      keepdims: bool, whether the dimensions stay, with size 1.
      separator: str, placed between the parts.
      name: ignored.

    Returns:
      string tensor without these dimensions.

    Raises:
      errors.OutOfRangeError: no such dimension.
      errors.InvalidArgumentError: a dimension named twice.

    >>> import kerax as tf
    >>> tf.strings.reduce_join([["abc", "123"], ["def", "456"]], axis=1).numpy()
    array([b'abc123', b'def456'], dtype=object)
    """
    rank = inputs.ndim
    axes = range(rank - 1, -1, -1) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    positive: list[int] = []
    for item in axes:
        if not -rank <= item < rank:
            raise errors.OutOfRangeError(
                None, None, f"Invalid reduction dimension {item} for input with {rank} dimension(s)"
            )
        if item % rank in positive:
            raise invalid(f"Duplicate reduction dimension {item}")
        positive.append(item % rank)
    if not positive:
        return inputs
    kept = [i for i in range(rank) if i not in positive]
    shape = [inputs.shape[i] for i in kept]
    count = int(np.prod([inputs.shape[i] for i in positive], dtype=np.int64))
    rows = inputs.transpose(*kept, *reversed(positive)).reshape(int(np.prod(shape, dtype=np.int64)), count)
    between = _bytes(separator)
    joined = pack([between.join(row) for row in rows.tolist()], tuple(shape))
    return joined.reshape([1 if i in positive else inputs.shape[i] for i in range(rank)]) if keepdims else joined


@composed
def unsorted_segment_join(inputs, segment_ids, num_segments, separator="", name=None):
    """Joins the strings of each segment.

    Args:
      inputs: string tensor.
      segment_ids: int tensor whose shape is the beginning of that of ``inputs``, the segment of each element.
      num_segments: int, the number of segments.
      separator: str, placed between the parts.
      name: ignored.

    Returns:
      string tensor ``[num_segments, …the rest of the shape of inputs]``; empty strings for empty segments.

    Raises:
      errors.InvalidArgumentError: shapes that do not fit, or an id outside of ``0 … num_segments - 1``.

    >>> import kerax as tf
    >>> tf.strings.unsorted_segment_join(["this", "a", "is"], [1, 0, 1], 2, separator=":").numpy()
    array([b'a', b'this:is'], dtype=object)
    """
    return _unsorted_segment_join(inputs, segment_ids, convert_to_tensor(num_segments), separator)


@op("inputs: string; segment_ids: int; num_segments: int", host=True, name="UnsortedSegmentJoin")
def _unsorted_segment_join(inputs, segment_ids, num_segments, separator):
    rank = segment_ids.ndim
    if num_segments.ndim:
        raise invalid("Number of segments should be a scalar.")
    if rank > inputs.ndim:
        raise invalid("The rank of segment_ids must not exceed that of inputs.")
    for i in range(rank):
        if segment_ids.shape[i] != inputs.shape[i]:
            raise invalid(
                f"Segment dimension is {segment_ids.shape[i]} while input dimension is {inputs.shape[i]} in rank {i}"
            )
    count = int(num_segments)
    ids = segment_ids.ravel()
    if ids.size and (ids.min() < 0 or ids.max() >= count):
        raise invalid("segment_ids are not allowed to exceed num_segments or to have negative values.")
    rest = inputs.shape[rank:]
    rows = inputs.reshape(ids.size, int(np.prod(rest, dtype=np.int64)))
    between = _bytes(separator)
    order = np.argsort(ids, kind="stable")
    bounds = np.searchsorted(ids[order], np.arange(count + 1))
    joined = [
        between.join(column) for i in range(count) for column in rows[order[bounds[i] : bounds[i + 1]]].T.tolist()
    ]
    return pack(joined, (count, *rest))
