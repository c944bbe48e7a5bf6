"""Arrays as training data: what counts as one, and how a batch is cut from it."""

from __future__ import annotations

import functools
import itertools
import math
import sys
from collections.abc import Iterator
from typing import Any

import jax
import numpy as np

from kerax.core.config import legacy_keras
from kerax.core.tensor import Tensor, convert_to_tensor
from kerax.core.variable import Variable
from kerax.keras.engine.settings import floatx
from kerax.keras.training.class_weights import weigh_classes
from kerax.keras.tree import structure as tree
from kerax.keras.utils.data_packing import pack_x_y_sample_weight
from kerax.random.orders import Orders

# arrays up to this share of a device's memory stay on the device for a whole fit
_DEVICE_SHARE = 0.4
_HOST_LIMIT = 4 << 30  # bytes, where the device does not tell its memory


def _is_pandas(x: Any) -> bool:
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(x, (pandas.DataFrame, pandas.Series))


def _is_scipy_sparse(x: Any) -> bool:
    return type(x).__module__.startswith("scipy.sparse") and hasattr(x, "tocoo")


def _is_composite(x: Any) -> bool:
    return hasattr(x, "_kerax_components")


def is_array(x: Any) -> bool:
    """Whether ``fit`` can cut rows out of ``x``: arrays, tensors, data frames, sparse matrices, None."""
    if x is None or isinstance(x, (np.ndarray, Tensor, Variable, jax.Array)):
        return True
    return _is_composite(x) or _is_pandas(x) or _is_scipy_sparse(x) or hasattr(x, "__array__")


def are_arrays(structure: Any) -> bool:
    return all(is_array(leaf) for leaf in tree.flatten(structure))


def standardize(x: Any) -> Any:
    """An array that rows can be taken from: numpy, jax, a ragged or sparse tensor; floats become float32."""
    if x is None or _is_composite(x):
        return x
    is_frame = _is_pandas(x)
    if is_frame:
        if x.ndim == 2 and not legacy_keras() and any(_is_other_float(kind) for kind in x.dtypes):
            x = x.astype(floatx())  # so columns of bools and integers may stand beside those of floats
        values = x.to_numpy()
        x = values[:, None] if values.ndim == 1 else values
    elif _is_scipy_sparse(x):
        x = x.tocsr()
        return x.astype("float32") if x.dtype.kind == "f" else x
    elif isinstance(x, (Tensor, Variable)):
        x = convert_to_tensor(x)._value
    elif not isinstance(x, (np.ndarray, jax.Array)):
        x = np.asarray(x.cpu() if hasattr(x, "cpu") else x)
    if x.dtype.kind in "US" or (x.dtype == object and all(isinstance(e, (str, bytes)) for e in np.ravel(x)[:8])):
        return convert_to_tensor(x)._value
    if x.dtype == object and not is_frame and not legacy_keras():
        raise ValueError(f"Invalid dtype: {x.dtype}")
    return x.astype(floatx()) if _is_other_float(x.dtype) else x


def _is_other_float(dtype: Any) -> bool:
    """Whether a dtype of numpy or pandas is one of floats, and not the one that Keras computes in."""
    return (dtype.kind == "f" or dtype.name == "bfloat16") and dtype.name != floatx()


def take(x: Any, rows: Any) -> Any:
    """The rows of one standardized array; ``rows`` is a slice or an integer array."""
    if x is None:
        return None
    if type(x) is np.ndarray:
        return x[rows]
    if _is_scipy_sparse(x):
        return np.asarray(x[rows].todense())
    if _is_composite(x):
        return _take_composite(x, rows)
    return x[rows]


def _consecutive(rows: np.ndarray) -> bool:
    return rows[-1] - rows[0] == len(rows) - 1 and bool((np.diff(rows) == 1).all())


def _take_composite(x: Any, rows: Any) -> Any:
    if isinstance(rows, slice):
        count = int(x.shape[0])
        rows = np.arange(*rows.indices(count))
    if hasattr(x, "dense_shape"):
        from kerax import sparse

        start, stop = int(rows.min()), int(rows.max()) + 1
        if _consecutive(rows):
            shape = np.asarray(x.dense_shape)
            return sparse.slice(x, [start, *[0] * (len(shape) - 1)], [stop - start, *shape[1:].tolist()])
        return sparse.concat(0, [_take_composite(x, np.array([row])) for row in rows])
    from kerax.array_ops import gather

    return gather(x, rows)


def train_validation_split(arrays: Any, validation_split: float) -> tuple[Any, Any]:
    """Cuts the last part off every array.

    Args:
      arrays: structure of arrays of the same length.
      validation_split: float in (0, 1), the share of the samples in the second part.

    Returns:
      Pair of structures: for training, for validation.

    Raises:
      ValueError: something is not an array, or one part would be empty.
    """
    leaves = tree.flatten(arrays)
    wrong = [type(leaf) for leaf in leaves if not is_array(leaf)]
    if wrong:
        raise ValueError(
            "Argument `validation_split` is only supported for tensors or NumPy arrays."
            f"Found incompatible type in the input: {wrong}"
        )
    first = next((leaf for leaf in leaves if leaf is not None), None)
    if first is None:
        return arrays, arrays
    count = int(first.shape[0])
    split_at = math.floor(count * (1.0 - validation_split))
    if split_at in (0, count):
        raise ValueError(
            f"Training data contains {count} samples, which is not sufficient to split it into a validation and "
            f"training set as specified by `validation_split={validation_split}`. Either provide more data, or a "
            "different value for the `validation_split` argument."
        )
    standard = tree.map_structure(standardize, arrays)
    return (
        tree.map_structure(lambda x: take(x, slice(0, split_at)), standard),
        tree.map_structure(lambda x: take(x, slice(split_at, count)), standard),
    )


def check_cardinality(data: Any) -> int:
    """The number of samples that all arrays share.

    Raises:
      ValueError: they differ.
    """
    sizes = {int(leaf.shape[0]) for leaf in tree.flatten(data) if leaf is not None}
    if len(sizes) > 1:
        parts = data if isinstance(data, tuple) else (data,)
        lines = "".join(
            "'{}' sizes: {}\n".format(label, ", ".join(str(a.shape[0]) for a in tree.flatten(part) if a is not None))
            for label, part in zip(("x", "y", "sample_weight"), parts, strict=False)
        )
        raise ValueError(
            f"Data cardinality is ambiguous. Make sure all arrays contain the same number of samples.{lines}"
        )
    return sizes.pop()


class Rows:
    """Arrays of the same length, of which batches are rows.

    Args:
      data: structure of arrays ``[samples, …]`` and None.
      resident: bool, whether they may live on the device.

    Attributes:
      resident: as given.
    """

    def __init__(self, data: Any, resident: bool) -> None:
        self._data = data
        self._leaves = [leaf for leaf in tree.flatten(data) if leaf is not None]
        alike = type(data) is tuple and len(data) == len(self._leaves)
        self._plain = alike and all(part is leaf for part, leaf in zip(data, self._leaves, strict=True))
        self._on_device: Any = None
        self.resident = resident

    @functools.cached_property
    def signature(self) -> str:
        """Which leaves there are, of what shape and dtype."""
        return repr(tree.map_structure(lambda leaf: leaf is not None and (tuple(leaf.shape), leaf.dtype), self._data))

    def device_arrays(self) -> list[jax.Array] | None:
        """The leaves as arrays on the device, None where they cannot be there."""
        if self._on_device is None:
            self._on_device = _put_on_device(self._leaves) or False
        return self._on_device or None

    def pack(self, leaves: list[Any]) -> Any:
        """A batch of these leaves, in the order of ``device_arrays``."""
        if self._plain:
            return tuple(leaves)
        rest = iter(leaves)
        return tree.map_leaves(lambda leaf: None if leaf is None else next(rest), self._data)

    def cut(self, rows: Any) -> Any:
        """The batch of some rows: a slice, or their numbers."""
        return self.pack([take(leaf, rows) for leaf in self._leaves])


def worth_residence(training: bool) -> bool:
    """Whether data live on the device for a while: on a CPU, batches in order are views, and nothing is faster."""
    return training or jax.default_backend() != "cpu"


class ArrayBatches:
    """Batches cut from arrays that are in memory.

    Args:
      x, y, sample_weight: structures of arrays ``[samples, …]``.
      batch_size: int, by default 32, or what makes ``steps`` batches.
      steps: int or None, the number of batches asked for.
      shuffle: bool, or "batch" to shuffle within each batch only.
      class_weight: dict of weights by class, or None.
      training: bool, whether steps on these batches depend on each other.
    """

    def __init__(
        self,
        x: Any,
        y: Any = None,
        sample_weight: Any = None,
        batch_size: int | None = None,
        steps: int | None = None,
        shuffle: bool | str = False,
        class_weight: dict[int, float] | None = None,
        training: bool = False,
    ) -> None:
        if class_weight is not None:
            sample_weight = weigh_classes(y, class_weight, sample_weight)
        elif sample_weight is not None and not legacy_keras():
            sample_weight = _weights_per_output(y, sample_weight)
        data = pack_x_y_sample_weight(x, y, sample_weight)
        self.num_samples = check_cardinality(data)
        least = 1 if legacy_keras() else 0  # 0 is Keras 3's way to leave it out
        if batch_size is not None and batch_size < least:
            raise ValueError(f"Expected batch_size to be positive. Received is {batch_size}.")
        self.batch_size = batch_size or (math.ceil(self.num_samples / steps) if steps else 32)
        self.num_batches = math.ceil(self.num_samples / self.batch_size)
        self._shuffle = shuffle
        self._orders = Orders()
        self._passes = 1
        self._rows = Rows(tree.map_structure(standardize, tree.lists_to_tuples(data)), worth_residence(training))

    def repeat(self, passes: int) -> None:
        """Makes one pass of several, each in an order of its own."""
        self._passes = passes
        self.num_batches *= passes

    @property
    def uneven(self) -> bool:
        """Whether the last batch is smaller than the others."""
        return self.num_samples % self.batch_size != 0

    def on_epoch_begin(self) -> None:
        pass

    def on_epoch_end(self) -> None:
        pass

    def _order(self) -> np.ndarray:
        """The order of the samples in the coming epoch."""
        if self._shuffle == "batch":
            starts = range(0, self.num_samples, self.batch_size)
            return np.concatenate([s + self._orders.draw(min(self.batch_size, self.num_samples - s)) for s in starts])
        return self._orders.draw(self.num_samples) if self._shuffle else np.arange(self.num_samples)

    def __iter__(self) -> RowIterator:
        if not legacy_keras():  # whose pipeline begins anew with every epoch: with a global seed, all have one order
            self._orders = Orders()
        starts = range(0, self.num_samples, self.batch_size)
        orders = itertools.chain([self._order()], (self._order() for _ in range(self._passes - 1)))
        batches = (order[start : start + self.batch_size] for order in orders for start in starts)
        return RowIterator(self._rows, self.batch_size, batches, self.num_batches)


class RowIterator:
    """One pass over batches that are rows of arrays: cut on the host, or by a program on the device.

    Args:
      rows: the arrays.
      batch_size: int, rows of a full batch.
      batches: yields the row numbers of each batch.
      ahead: int, how many batches' row numbers are drawn at a time.

    Attributes:
      rows, batch_size: as given.
      position: int, the place of the next batch in ``order``.
    """

    def __init__(self, rows: Rows, batch_size: int, batches: Iterator[np.ndarray], ahead: int) -> None:
        self.rows = rows
        self.batch_size = batch_size
        self.position = 0
        self._batches = batches
        self._ahead = ahead
        self._drawn = np.zeros(0, np.int32)
        self._in_order = False  # whether what is drawn is consecutive: then a batch is a slice, which copies nothing
        self._other: np.ndarray | None = None  # a batch of another size, after those drawn
        self._order: Any = None

    def __iter__(self) -> RowIterator:
        return self

    def __next__(self) -> Any:
        if self.full_batches_left():
            start = self.position * self.batch_size
            rows = self._drawn[start : start + self.batch_size]
            self.position += 1
            in_order = self._in_order
        elif self._other is not None:
            rows, self._other = self._other, None
            in_order = _consecutive(rows)
        else:
            raise StopIteration
        if in_order:
            first = int(rows[0])
            return self.rows.cut(slice(first, first + len(rows)))
        return self.rows.cut(rows)

    def full_batches_left(self) -> int:
        """How many of the next batches have the full size and are in the present ``order``."""
        if self.position * self.batch_size == len(self._drawn) and self._other is None:
            self._draw()
        return len(self._drawn) // self.batch_size - self.position

    def _draw(self) -> None:
        drawn: list[np.ndarray] = []
        for rows in itertools.islice(self._batches, self._ahead):
            if len(rows) != self.batch_size:
                self._other = rows
                break
            drawn.append(rows)
        self._drawn = np.concatenate(drawn).astype(np.int32) if drawn else self._drawn[:0]
        self._in_order = bool(drawn) and _consecutive(self._drawn)
        self._order, self.position = None, 0

    def order(self) -> jax.Array:
        """int32 ``[ahead * batch_size]``, the rows of the batches drawn, and padding."""
        if self._order is None:
            room = self._ahead * self.batch_size - len(self._drawn)
            self._order = jax.device_put(np.pad(self._drawn, (0, room)))
        return self._order


def _put_on_device(leaves: list[Any]) -> list[jax.Array] | None:
    """Arrays on the device, None if one cannot be there or all together take too much of it."""
    for leaf in leaves:
        if not isinstance(leaf, (np.ndarray, jax.Array)) or leaf.dtype == object:
            return None
    stats = jax.devices()[0].memory_stats() or {}
    limit = stats.get("bytes_limit", 0) * _DEVICE_SHARE or _HOST_LIMIT
    if sum(leaf.nbytes for leaf in leaves) > limit:
        return None
    return [convert_to_tensor(leaf)._value for leaf in leaves]


def _weights_per_output(y: Any, sample_weight: Any) -> Any:
    if not tree.is_nested(y):
        return sample_weight
    if tree.is_nested(sample_weight):
        try:
            tree.assert_same_structure(y, sample_weight)
        except ValueError:
            raise ValueError(
                "You should provide one `sample_weight` array per output in `y`. The two structures did not match:\n"
                f"- y: {y}\n- sample_weight: {sample_weight}\n"
            ) from None
        return sample_weight
    shape = tuple(sample_weight.shape)
    if not (len(shape) == 1 or (len(shape) == 2 and shape[1] == 1)):
        raise ValueError(
            "For a model with multiple outputs, when providing a single `sample_weight` array, it should only have "
            "one scalar score per sample (i.e. shape `(num_samples,)`). If you want to use non-scalar sample weights, "
            "pass a `sample_weight` argument with one array per model output."
        )
    return tree.map_structure(lambda _: sample_weight, y)
