"""``tf.data``: input pipelines. See ``dataset`` for the plan, ``plan`` for the fast way through it."""

from kerax.data import batch as _batch
from kerax.data import cache as _cache
from kerax.data import concatenate as _concatenate
from kerax.data import experimental as experimental
from kerax.data import filter as _filter
from kerax.data import flat_map as _flat_map
from kerax.data import from_generator as _from_generator
from kerax.data import from_tensors as _from_tensors
from kerax.data import group_by_window as _group_by_window
from kerax.data import map as _map
from kerax.data import options_op as _options_op
from kerax.data import padded_batch as _padded_batch
from kerax.data import prefetch as _prefetch
from kerax.data import ragged_batch as _ragged_batch
from kerax.data import range as _range
from kerax.data import repeat as _repeat
from kerax.data import sample as _sample
from kerax.data import scan as _scan
from kerax.data import shuffle as _shuffle
from kerax.data import snapshot as _snapshot
from kerax.data import unique as _unique
from kerax.data import window as _window
from kerax.data import zip as _zip
from kerax.data.dataset import AUTOTUNE as AUTOTUNE
from kerax.data.dataset import Dataset as Dataset
from kerax.data.iterator import Iterator as Iterator
from kerax.data.iterator import NumpyIterator as NumpyIterator
from kerax.data.options import Options as Options
from kerax.data.options import ThreadingOptions as ThreadingOptions
from kerax.data.plan import INFINITE as INFINITE_CARDINALITY
from kerax.data.plan import UNKNOWN as UNKNOWN_CARDINALITY
from kerax.data.readers import FixedLengthRecordDataset as FixedLengthRecordDataset
from kerax.data.readers import TextLineDataset as TextLineDataset
from kerax.data.readers import TFRecordDataset as TFRecordDataset
from kerax.data.specs import DatasetSpec as DatasetSpec
from kerax.data.specs import IteratorSpec as IteratorSpec

# each of these files adds its transformation to Dataset
_TRANSFORMATIONS = (
    _batch, _cache, _concatenate, _filter, _flat_map, _from_generator, _from_tensors, _group_by_window, _map,
    _options_op, _padded_batch, _prefetch, _ragged_batch, _range, _repeat, _sample, _scan, _shuffle, _snapshot,
    _unique, _window, _zip,
)  # fmt: skip
