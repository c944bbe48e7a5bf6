"""``tensorflow.python.data.ops.iterator_ops``."""

from __future__ import annotations

from kerax.data.iterator import Iterator as Iterator
from kerax.data.iterator import OwnedIterator as OwnedIterator
