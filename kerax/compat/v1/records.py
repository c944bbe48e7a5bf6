"""``tf.compat.v1.python_io``: files of records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kerax.io import TFRecordOptions


class TFRecordCompressionType:
    """Numbers of the ways to compress."""

    NONE, ZLIB, GZIP = 0, 1, 2


def tf_record_iterator(path: Any, options: Any = None) -> Iterator[bytes]:
    """The records of a TFRecord file.

    Args:
      path: str or path.
      options: a `TFRecordOptions`, a number of `TFRecordCompressionType`, or None.

    Yields:
      bytes.
    """
    from kerax.data import TFRecordDataset

    kind = options.compression_type if isinstance(options, TFRecordOptions) else options
    if isinstance(kind, int):
        kind = ["", "ZLIB", "GZIP"][kind]
    for record in TFRecordDataset(str(path), kind or None):
        yield record.numpy()
