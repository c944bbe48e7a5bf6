"""``padded_batch``: elements of different shapes, padded to a common one and stacked."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from kerax.core import errors
from kerax.core.shape import TensorShape, as_shape
from kerax.core.tensor import Tensor, TensorSpec, convert_to_tensor
from kerax.data import structure
from kerax.data.batch import positive_batch_size
from kerax.data.dataset import Dataset, Run, dataset_method
from kerax.data.structure import Flat


class _PaddedBatchDataset(Dataset):
    """Consecutive elements, padded and stacked."""

    def __init__(self, parent: Dataset, batch_size: int, shapes: Any, values: Any, drop_remainder: bool) -> None:
        self._parent = parent
        self._parents = (parent,)
        self._size, self._drop = batch_size, drop_remainder
        self._given_shapes, self._given_values = shapes, values
        self._shapes: list[TensorShape] | None = None
        self._fill: list[np.ndarray] | None = None
        self._known_spec()

    def _derive(self, spec: Any) -> Any:
        if self._shapes is None or self._parent._known_spec() is not None:
            self._settle(spec)
        leaves = structure.flatten(spec)
        size = self._size if self._drop else None
        out = []
        for leaf, shape in zip(leaves, self._shapes or (), strict=True):
            out.append(TensorSpec(TensorShape([size]).concatenate(shape), leaf.dtype))
        return structure.pack(spec, out)

    def _settle(self, spec: Any) -> None:
        """Fixes the padded shapes and padding values of the components."""
        leaves = structure.flatten(spec)
        for leaf in leaves:
            if not isinstance(leaf, TensorSpec):
                raise TypeError(
                    "`tf.data.Dataset.padded_batch` is only supported for datasets that produce tensor elements but "
                    f"the input dataset produces {leaf}."
                )
        if self._given_shapes is None:
            for number, leaf in enumerate(leaves):
                if leaf.shape.rank is None:
                    raise ValueError(
                        f"You must provide `padded_shapes` argument because component {number} has unknown rank."
                    )
            shapes = [leaf.shape for leaf in leaves]
        else:
            given = shapes_up_to(spec, self._given_shapes)
            shapes = [_padded_shape(one, leaf.shape) for one, leaf in zip(given, leaves, strict=True)]
        self._shapes = shapes
        values = self._given_values
        if values is None or not structure.is_nested(values):
            given_values = [values] * len(leaves)
        else:
            given_values = structure.flatten_up_to(spec, values)
        self._fill = [_padding_value(value, leaf.dtype) for value, leaf in zip(given_values, leaves, strict=True)]

    def _elements(self, run: Run) -> Iterator[Flat]:
        elements = self._parent._iterate(run)
        settled = self._parent._known_spec() is not None and self._shapes is not None
        while group := list(itertools.islice(elements, self._size)):
            if len(group) < self._size and self._drop:
                return
            if not settled:  # what was seen of one element so far says nothing about the sizes of others
                self._settle(structure.map_structure(structure.unknown_sizes, self._parent._structure()))
                settled = True
            columns = zip(*group, strict=True)
            yield tuple(
                pad_and_stack(number, column, shape, fill)
                for number, (column, shape, fill) in enumerate(
                    zip(columns, self._shapes or (), self._fill or (), strict=True)
                )
            )

    def _count(self) -> int:
        count = self._parent._count()
        if count < 0:
            return count
        return count // self._size if self._drop else -(-count // self._size)


def shapes_up_to(spec: Any, shapes: Any) -> list[Any]:
    """The padded shapes of the components; a shape may itself be a tuple or list."""
    if not structure.is_nested(spec):
        return [shapes]
    children = list(spec.values()) if isinstance(spec, dict) else list(spec)
    if isinstance(spec, dict):
        if not isinstance(shapes, dict) or set(shapes) != set(spec):
            raise ValueError(f"`padded_shapes` must have the structure of the elements, {spec}, but is {shapes}.")
        return [shape for key in sorted(spec) for shape in shapes_up_to(spec[key], shapes[key])]
    if not isinstance(shapes, (tuple, list)) or len(shapes) != len(children):
        raise ValueError(f"`padded_shapes` must have the structure of the elements, {spec}, but is {shapes}.")
    return [shape for child, part in zip(children, shapes, strict=True) for shape in shapes_up_to(child, part)]


def _padded_shape(given: Any, have: TensorShape) -> TensorShape:
    try:
        if isinstance(given, Tensor):
            given = given.numpy().tolist()
        if hasattr(given, "__iter__") and not isinstance(given, TensorShape):
            given = [None if d is not None and int(getattr(d, "value", d) or 0) == -1 else d for d in given]
        shape = as_shape(given)
    except (TypeError, ValueError) as error:
        raise TypeError(f"Padded shape {given!r} must be a shape or a vector of int64.") from error
    if shape.rank is None:
        return have
    fits = have.rank is None or (
        have.rank == shape.rank and all(a is None or b is None or a >= b for a, b in zip(shape, have, strict=True))
    )
    if not fits:
        raise ValueError(
            f"The padded shape {shape} is not compatible with the shape {have} of the corresponding input component."
        )
    return shape


def _padding_value(value: Any, dtype: Any) -> np.ndarray:
    if value is None:
        if dtype.dtype == object:
            return structure.scalar_text(b"")
        return np.zeros((), dtype.dtype)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and dtype.name == "bfloat16":
        return np.asarray(value, dtype.dtype)
    tensor = convert_to_tensor(value)
    if tensor.shape.rank != 0:
        raise ValueError(
            f"Invalid `padding_values`. `padding_values` values should be scalars, but got {tensor.shape}."
        )
    if tensor.dtype != dtype:
        raise TypeError(
            f"Invalid `padding_values`. `padding_values` values type {tensor.dtype} does not match type {dtype} of the "
            "corresponding input component."
        )
    if dtype.dtype == object:
        return np.asarray(tensor._value)
    return np.asarray(tensor._value).astype(dtype.dtype)


def pad_and_stack(number: int, column: Sequence[Any], shape: TensorShape, fill: np.ndarray) -> np.ndarray:
    """Arrays of one rank, padded at their ends to ``shape`` (unknown sizes: the largest) and stacked."""
    arrays = [np.asarray(value) for value in column]
    rank = arrays[0].ndim if shape.rank is None else shape.rank
    sizes = list(shape) if shape.rank is not None else [None] * rank
    for array in arrays:
        if array.ndim != rank:
            raise errors.InvalidArgumentError(
                None,
                None,
                f"All elements in a batch must have the same rank as the padded shape for component{number}: "
                f"expected rank {rank} but got element with rank {array.ndim}",
            )
    target = []
    for axis, size in enumerate(sizes):
        largest = max(array.shape[axis] for array in arrays)
        if size is not None and largest > size:
            raise errors.DataLossError(
                None,
                None,
                f"Attempted to pad to a smaller size than the input element: dimension {axis} of component "
                f"{number} is {largest}, the padded size {size}.",
            )
        target.append(largest if size is None else size)
    out = np.empty((len(arrays), *target), arrays[0].dtype)
    out[...] = fill[()]
    for index, array in enumerate(arrays):
        out[(index, *map(slice, array.shape), ...)] = array  # with an ellipsis a scalar stays an element
    return out


@dataset_method
def padded_batch(
    self: Dataset,
    batch_size: Any,
    padded_shapes: Any = None,
    padding_values: Any = None,
    drop_remainder: bool = False,
    name: str | None = None,
) -> Dataset:
    """Pads consecutive elements to a common shape and stacks them.

    Args:
      batch_size: int64 scalar, elements in a batch.
      padded_shapes: structure of shapes for the components; None in a shape (or no shapes at all, where the
        elements' sizes are unknown) means the largest size in the batch.
      padding_values: structure of scalars, or one for all; 0 or an empty string by default.
      drop_remainder: bool, whether a last, smaller batch is left out.
      name: ignored.

    Raises:
      ValueError: a shape that does not fit a component, or a component of unknown rank without a shape.
      TypeError: a padding value of another dtype, or components that are no tensors.

    >>> import kerax as tf
    >>> ds = tf.data.Dataset.range(1, 4).map(lambda x: tf.fill([x], x)).padded_batch(3)
    >>> next(iter(ds)).numpy().tolist()
    [[1, 0, 0], [2, 2, 0], [3, 3, 3]]
    """
    size = positive_batch_size(batch_size)
    return _PaddedBatchDataset(self, size, padded_shapes, padding_values, bool(drop_remainder))
