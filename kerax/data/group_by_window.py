"""``group_by_window``, ``bucket_by_sequence_length`` and ``group_by_reducer``: groups of equal keys."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from kerax.core import dtypes, errors
from kerax.core.shape import TensorShape
from kerax.core.tensor import TensorSpec, convert_to_tensor
from kerax.data import structure
from kerax.data.dataset import Dataset, Run, dataset_method
from kerax.data.flat_map import DatasetMaker
from kerax.data.from_tensors import ElementsDataset
from kerax.data.function import DatasetFunction
from kerax.data.padded_batch import shapes_up_to
from kerax.data.specs import DatasetSpec
from kerax.data.structure import Flat


class KeyFunction:
    """A user's function from elements to int64 keys."""

    def __init__(self, func: Callable[..., Any], parent: Dataset, label: str) -> None:
        @functools.wraps(func)
        def key(*element: Any) -> Any:
            found = func(*element)
            return convert_to_tensor(found, dtypes.int64) if isinstance(found, (int, float)) else found

        self._function = DatasetFunction(key, parent, label=label)
        self._label = label
        spec = self._function.known_spec()
        if spec is not None:
            self._check(spec)

    def _check(self, spec: Any) -> None:
        if not (isinstance(spec, TensorSpec) and spec.dtype == dtypes.int64 and spec.shape.rank in (0, None)):
            raise ValueError(
                f"Invalid `key_func`. `key_func` must return a single `tf.int64` scalar tensor, but its return type "
                f"is {spec}."
            )

    def __call__(self, flat: Flat) -> int:
        out = self._function(flat)
        if len(out) != 1 or getattr(out[0], "dtype", None) != np.int64:
            self._check(self._function.returned)
        return int(out[0])


class _GroupByWindowDataset(Dataset):
    """The elements of the datasets that a function makes of groups of elements with equal keys."""

    def __init__(
        self,
        parent: Dataset,
        key_func: Callable[..., Any],
        reduce_func: Callable[..., Any],
        size_of: Callable[[int], int],
    ) -> None:
        self._parent = parent
        self._parents = (parent,)
        self._key = KeyFunction(key_func, parent, "Dataset.group_by_window()")
        known = parent._known_spec()
        key_spec = TensorSpec([], dtypes.int64)
        self._maker = DatasetMaker(
            reduce_func,
            lambda: (key_spec, DatasetSpec(parent._structure())),
            None if known is None else (key_spec, DatasetSpec(known)),
            "Dataset.group_by_window()",
            TypeError,
        )
        self._spec = self._maker.result_spec
        self._size_of = size_of
        self._made: Dataset | None = None

    def _known_spec(self) -> Any:
        return self._spec

    def _structure(self) -> Any:
        return self.element_spec if self._spec is not None or self._made is None else self._made._structure()

    @property
    def element_spec(self) -> Any:
        if self._spec is None:
            group = [flat for flat, _ in zip(self._parent._samples(), range(2), strict=False)]
            if not group:
                raise ValueError("The element_spec is not known: there is no element to try the reduce_func on.")
            self._spec = self._reduce(self._key(group[0]), group).element_spec
        return self._spec

    def _reduce(self, key: int, group: list[Flat]) -> Dataset:
        window = ElementsDataset(group, self._parent._structure())
        self._made = self._maker((np.asarray(key, np.int64), window))
        return self._made

    def _elements(self, run: Run) -> Iterator[Flat]:
        groups: dict[int, list[Flat]] = {}
        sizes: dict[int, int] = {}
        for flat in self._parent._iterate(run):
            key = self._key(flat)
            group = groups.get(key)
            if group is None:
                group = groups[key] = []
                sizes[key] = self._size_of(key)
                if sizes[key] < 1:
                    raise errors.InvalidArgumentError(
                        None, None, f"Window size must be greater than zero, but got {sizes[key]}."
                    )
            group.append(flat)
            if len(group) == sizes[key]:
                del groups[key]
                yield from self._reduce(key, group)._flat()
        for key in sorted(groups):
            yield from self._reduce(key, groups[key])._flat()


class _GroupByReducerDataset(Dataset):
    """One element for every key: the state of a reducer."""

    def __init__(self, parent: Dataset, key_func: Callable[..., Any], reducer: Any) -> None:
        self._parent = parent
        self._parents = (parent,)
        self._key = KeyFunction(key_func, parent, "tf.data.experimental.group_by_reducer()")
        label = "tf.data.experimental.group_by_reducer()"
        self._init = DatasetFunction(reducer.init_func, spec=TensorSpec([], dtypes.int64), label=label)
        state = self._init.output_spec
        self._reduce = DatasetFunction(reducer.reduce_func, spec=(state, parent.element_spec), label=label)
        self._finalize = DatasetFunction(reducer.finalize_func, spec=state, label=label)
        self._spec = self._finalize.output_spec

    def _elements(self, run: Run) -> Iterator[Flat]:
        states: dict[int, Flat] = {}
        for flat in self._parent._iterate(run):
            key = self._key(flat)
            if key not in states:
                states[key] = self._init((np.asarray(key, np.int64),))
            states[key] = self._reduce(states[key] + flat)
        for key in sorted(states):
            yield self._finalize(states[key])


class Reducer:
    """A reduction in three functions, for ``tf.data.experimental.group_by_reducer``.

    Args:
      init_func: function of a key (int64 scalar), returning the initial state.
      reduce_func: function of state and element, returning the new state.
      finalize_func: function of the last state, returning the result.
    """

    def __init__(
        self, init_func: Callable[..., Any], reduce_func: Callable[..., Any], finalize_func: Callable[..., Any]
    ) -> None:
        self._init_func, self._reduce_func, self._finalize_func = init_func, reduce_func, finalize_func

    @property
    def init_func(self) -> Callable[..., Any]:
        return self._init_func

    @property
    def reduce_func(self) -> Callable[..., Any]:
        return self._reduce_func

    @property
    def finalize_func(self) -> Callable[..., Any]:
        return self._finalize_func


def group_by_reducer(key_func: Callable[..., Any], reducer: Reducer) -> Callable[[Dataset], Dataset]:
    """A transformation that reduces the elements of every key to one element.

    Args:
      key_func: function of an element, returning an int64 scalar.
      reducer: the ``Reducer``.
    """
    return lambda dataset: _GroupByReducerDataset(dataset, key_func, reducer)


@dataset_method
def group_by_window(
    self: Dataset,
    key_func: Callable[..., Any],
    reduce_func: Callable[..., Any],
    window_size: Any = None,
    window_size_func: Callable[..., Any] | None = None,
    name: str | None = None,
) -> Dataset:
    """Groups elements by key and passes each group, as a dataset, to a function that makes a dataset of it.

    Args:
      key_func: function of an element, returning an int64 scalar.
      reduce_func: function of a key and a dataset of at most ``window_size`` elements, returning a dataset.
      window_size: int64 scalar, elements in a group.
      window_size_func: function of a key, returning the number of elements in its groups.
      name: ignored.

    Raises:
      ValueError: neither or both of the sizes, or a key of another type.

    >>> import kerax as tf
    >>> ds = tf.data.Dataset.range(6).group_by_window(lambda x: x % 2, lambda key, w: w.batch(3), window_size=3)
    >>> [b.numpy().tolist() for b in ds]
    [[0, 2, 4], [1, 3, 5]]
    """
    if (window_size is not None and window_size_func) or not (window_size is not None or window_size_func):
        raise ValueError("Either the `window_size` argument or the `window_size_func` argument must be specified.")
    if window_size is not None:
        size = int(window_size)
        return _GroupByWindowDataset(self, key_func, reduce_func, lambda key: size)
    sizes = DatasetFunction(window_size_func, spec=TensorSpec([], dtypes.int64), label="Dataset.group_by_window()")
    return _GroupByWindowDataset(self, key_func, reduce_func, lambda key: int(sizes((np.asarray(key, np.int64),))[0]))


@dataset_method
def bucket_by_sequence_length(
    self: Dataset,
    element_length_func: Callable[..., Any],
    bucket_boundaries: Sequence[int],
    bucket_batch_sizes: Sequence[int],
    padded_shapes: Any = None,
    padding_values: Any = None,
    pad_to_bucket_boundary: bool = False,
    no_padding: bool = False,
    drop_remainder: bool = False,
    name: str | None = None,
) -> Dataset:
    """Batches elements of similar length together, padded.

    Args:
      element_length_func: function of an element, returning its length, int32 scalar.
      bucket_boundaries: increasing lengths; bucket i holds lengths from boundary i-1 up to below boundary i.
      bucket_batch_sizes: the batch size of every bucket, one more than boundaries.
      padded_shapes: as for ``padded_batch``.
      padding_values: as for ``padded_batch``.
      pad_to_bucket_boundary: bool, whether batches are padded to the boundary less one.
      no_padding: bool, whether batches are not padded at all.
      drop_remainder: bool, whether smaller batches at the end are left out.
      name: ignored.

    Raises:
      ValueError: another number of sizes than boundaries plus one.

    >>> import kerax as tf
    >>> rows = tf.ragged.constant([[1], [2, 2], [3]])
    >>> spec = tf.TensorSpec([None], tf.int32)
    >>> ds = tf.data.Dataset.from_generator(lambda: [[1], [2, 2], [3]], output_signature=spec)
    >>> ds = ds.bucket_by_sequence_length(lambda x: tf.shape(x)[0], [2], [2, 2])
    >>> [b.numpy().tolist() for b in ds]
    [[[1], [3]], [[2, 2]]]
    """
    if len(bucket_batch_sizes) != len(bucket_boundaries) + 1:
        raise ValueError(
            "`len(bucket_batch_sizes)` must equal `len(bucket_boundaries) + 1` but "
            f"`len(bucket_batch_sizes)={len(bucket_batch_sizes)}` and "
            f"`len(bucket_boundaries)={len(bucket_boundaries)}`."
        )
    edges = np.asarray(bucket_boundaries, np.int32)
    sizes = [int(size) for size in bucket_batch_sizes]
    length = DatasetFunction(element_length_func, self, label="Dataset.bucket_by_sequence_length()")

    def bucket_of(flat: Flat) -> int:
        return int(np.searchsorted(edges, int(length(flat)[0]), side="right"))

    def shapes_in(grouped: Dataset) -> Any:
        if padded_shapes is not None:
            return padded_shapes
        return _open_shapes(grouped.element_spec, sizes_known=self._known_spec() is not None)

    def outline(grouped: Dataset) -> Dataset:
        """What a batch of any bucket looks like."""
        return grouped.batch(1) if no_padding else grouped.padded_batch(1, shapes_in(grouped), padding_values)

    def reduced(key: Any, grouped: Dataset) -> Dataset:
        bucket = int(key)
        if no_padding:
            return grouped.batch(sizes[bucket], drop_remainder=drop_remainder)
        known = shapes_in(grouped)
        if pad_to_bucket_boundary:
            if bucket == len(edges):
                raise errors.InvalidArgumentError(
                    None, None, "When pad_to_bucket_boundary=True, elements must have length < max(bucket_boundaries)."
                )
            known = _filled(grouped.element_spec, known, int(edges[bucket]) - 1)
        return grouped.padded_batch(sizes[bucket], known, padding_values, drop_remainder=drop_remainder)

    return _BucketDataset(self, bucket_of, reduced, outline, sizes)


class _BucketDataset(_GroupByWindowDataset):
    """Batches of elements of similar length."""

    def __init__(self, parent: Dataset, bucket_of: Any, reduced: Any, outline: Any, sizes: list[int]) -> None:
        self._parent = parent
        self._parents = (parent,)
        self._key = bucket_of
        known = parent._known_spec()
        spec = TensorSpec([], dtypes.int64)
        self._maker = DatasetMaker(
            reduced,
            lambda: (spec, DatasetSpec(parent._structure())),
            None,
            "Dataset.bucket_by_sequence_length()",
        )
        self._made = None
        self._outline = outline
        self._spec = None if known is None else outline(ElementsDataset([], known)).element_spec
        self._size_of = lambda key: sizes[key]

    @property
    def element_spec(self) -> Any:
        if self._spec is None:
            spec = structure.map_structure(structure.unknown_sizes, self._parent.element_spec)
            self._spec = self._outline(ElementsDataset([], spec)).element_spec
        return self._spec


_BucketDataset.__name__ = "_GroupByWindowDataset"


def _open_shapes(spec: Any, sizes_known: bool) -> Any:
    """The shapes of the components; all sizes unknown where the spec only tells of one element."""
    return structure.map_structure(
        lambda leaf: leaf.shape if sizes_known else TensorShape([None] * leaf.shape.rank), spec
    )


def _filled(spec: Any, shapes: Any, size: int) -> Any:
    flat = [
        TensorShape([size if d in (None, -1) else d for d in TensorShape(shape)])
        for shape in shapes_up_to(spec, shapes)
    ]
    return structure.pack(spec, flat)
