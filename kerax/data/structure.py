"""Structures of dataset elements: tuples, dicts and named tuples of leaves; here lists are leaves (tensors).

Inside a pipeline an element is *flat*: a tuple of raw leaves, in flattening order. A raw leaf is a numpy or
jax array, a ragged or sparse tensor, a dataset, an optional or None. The element's spec says how to wrap it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes, errors, nest
from kerax.core.nest import _attrs_fields, _children, _rebuild
from kerax.core.shape import TensorShape
from kerax.core.tensor import Tensor, TensorSpec, TypeSpec, convert_to_tensor
from kerax.core.variable import Variable
from kerax.data import composites
from kerax.data.specs import DatasetSpec, NoneTensorSpec, OptionalSpec, is_dataset, is_optional

Flat = tuple[Any, ...]


def is_nested(value: Any) -> bool:
    return isinstance(value, (tuple, Mapping)) or _attrs_fields(value) is not None


def flatten(structure: Any) -> list[Any]:
    """The leaves of a structure; lists are leaves."""
    if not is_nested(structure):
        return [structure]
    return [leaf for child in _children(structure) for leaf in flatten(child)]


def pack(structure: Any, flat: Sequence[Any]) -> Any:
    """A structure like ``structure`` with the given leaves."""
    leaves = iter(flat)

    def build(part: Any) -> Any:
        return _rebuild(part, [build(child) for child in _children(part)]) if is_nested(part) else next(leaves)

    return build(structure)


def map_structure(fn: Callable[..., Any], structure: Any, *others: Any) -> Any:
    """Applies ``fn`` to the leaves of structures of the same nesting."""
    for other in others:
        assert_same_structure(structure, other)
    columns = [flatten(structure), *(flatten(other) for other in others)]
    return pack(structure, [fn(*leaves) for leaves in zip(*columns, strict=True)])


def require_tensors(spec: Any) -> None:
    """Refuses elements that hold nothing: TensorFlow has no op without outputs.

    Raises:
      errors.InvalidArgumentError: every leaf is None, or there is none.
    """
    if all(isinstance(leaf, NoneTensorSpec) for leaf in flatten(spec)):
        raise errors.InvalidArgumentError(None, None, "Length for attr 'Toutput_types' of 0 must be at least minimum 1")


def flatten_up_to(shallow: Any, structure: Any) -> list[Any]:
    """The parts of ``structure`` that stand where ``shallow`` has its leaves."""
    if not is_nested(shallow):
        return [structure]
    if not is_nested(structure):
        raise TypeError(
            f"If shallow structure is a sequence, input must also be a sequence. Input has type: {type(structure)}."
        )
    ours, theirs = _children(shallow), _children(structure)
    if len(ours) != len(theirs):
        raise ValueError(
            "The two structures don't have the same sequence length. Input structure has length "
            f"{len(theirs)}, while shallow structure has length {len(ours)}."
        )
    if isinstance(shallow, Mapping) and set(shallow) != set(structure):
        raise ValueError(
            "The two structures don't have the same keys. Input structure has keys "
            f"{list(structure)}, while shallow structure has keys {list(shallow)}."
        )
    return [leaf for one, two in zip(ours, theirs, strict=True) for leaf in flatten_up_to(one, two)]


def assert_same_structure(one: Any, two: Any) -> None:
    """Raises ValueError or TypeError if two structures differ in their nesting."""
    if is_nested(one) != is_nested(two):
        raise ValueError(
            f"The two structures don't have the same nested structure. First structure: {one}, second structure: {two}."
        )
    if not is_nested(one):
        return
    if isinstance(one, Mapping) != isinstance(two, Mapping) or (hasattr(one, "_fields") != hasattr(two, "_fields")):
        raise TypeError(
            "The two structures don't have the same sequence type. First structure has type "
            f"{type(one)}, while second structure has type {type(two)}."
        )
    if isinstance(one, Mapping) and set(one) != set(two):
        raise ValueError(f"The two dictionaries don't have the same set of keys: {list(one)} and {list(two)}.")
    first, second = _children(one), _children(two)
    if len(first) != len(second):
        raise ValueError(
            "The two structures don't have the same number of elements. First structure: "
            f"{one}, second structure: {two}."
        )
    for child, other in zip(first, second, strict=True):
        assert_same_structure(child, other)


def packed_lazily(spec: Callable[[], Any], elements: Iterator[Flat]) -> Iterator[Any]:
    """Flat elements as structures of raw leaves; ``spec()`` is asked once there is an element."""
    build: Callable[[Flat], Any] | None = None
    for flat in elements:
        if build is None:
            build = packer(spec())
        yield build(flat)


# ---- leaves --------------------------------------------------------------------------------------


def scalar_text(value: bytes | str) -> np.ndarray:
    """A scalar string tensor's raw value."""
    out = np.empty((), dtype=object)
    out[()] = value.encode() if isinstance(value, str) else value
    return out


def text_array(values: Sequence[bytes]) -> np.ndarray:
    """A vector of strings as a raw value."""
    out = np.empty(len(values), dtype=object)
    out[:] = values
    return out


def is_composite(value: Any) -> bool:
    """Whether a leaf is a ragged or sparse tensor or another value with a spec of its own."""
    if isinstance(value, (Tensor, Variable)):
        return False
    return hasattr(value, "_kerax_components") or hasattr(value, "_type_spec")


def raw_leaf(value: Any, dtype: Any = None, own: bool = False) -> Any:
    """A user's leaf as a raw one.

    Args:
      value: number, string, list, array, Tensor, Variable, composite, dataset, optional or None.
      dtype: the dtype that a value without one of its own gets.
      own: bool, whether the result must not share memory with the user's array.
    """
    if isinstance(value, Tensor):
        return value._value
    if value is None or is_dataset(value) or is_optional(value) or is_composite(value):
        return value
    if type(value) is np.ndarray and value.dtype.kind in "biufc" and dtype is None:
        return value.copy() if own else value
    return convert_to_tensor(value, dtype)._value


def leaf_spec(value: Any) -> TypeSpec:
    """The spec of a raw leaf."""
    if isinstance(value, (np.ndarray, jax.Array)):
        return TensorSpec(value.shape, dtypes.as_dtype(value.dtype))
    if value is None:
        return NoneTensorSpec()
    if is_dataset(value):
        return DatasetSpec(value.element_spec)
    if is_optional(value):
        return OptionalSpec(value.element_spec)
    spec = getattr(value, "_type_spec", None)
    if spec is not None:
        return spec
    if isinstance(value, np.generic):
        return TensorSpec((), dtypes.as_dtype(value.dtype))
    raise TypeError(f"Could not build a `TypeSpec` for {value} with type {type(value).__name__}")


def normalize(value: Any, own: bool = False) -> tuple[Any, Flat]:
    """A user's element as (element spec, flat raw element)."""
    raw = tuple(raw_leaf(leaf, own=own) for leaf in flatten(value))
    return pack(value, [leaf_spec(leaf) for leaf in raw]), raw


def traced_spec(value: Any) -> Any:
    """The spec of what a function returned: what ``tf.py_function`` made is of unknown shape."""
    return map_structure(
        lambda leaf: TensorSpec(None, leaf.dtype) if hasattr(leaf, "shape_is_open") else leaf_spec(raw_leaf(leaf)),
        value,
    )


def stand_in(spec: Any, size: int) -> Tensor:
    """A made-up tensor of a spec, with ``size`` for unknown sizes; strings have that many words.

    Raises:
      ValueError: the spec is not of a tensor of known rank.
    """
    if not isinstance(spec, TensorSpec) or spec.shape.rank is None:
        raise ValueError(f"No stand-in for {spec}.")
    shape = tuple(size if d is None else d for d in spec.shape)
    if spec.dtype.dtype == object:
        return Tensor(np.full(shape, b" ".join([b"1"] * size), dtype=object))
    return Tensor(jnp.ones(shape, spec.dtype.dtype))


def wrap_leaf(value: Any) -> Any:
    """A raw leaf as the user sees it."""
    if isinstance(value, np.ndarray):
        return Tensor(value if value.dtype == object else jnp.asarray(value))
    if isinstance(value, jax.Array):
        return Tensor(value)
    if isinstance(value, np.generic):
        return Tensor(jnp.asarray(value))
    return value


def wrapper(spec: Any) -> Callable[[Flat], Any]:
    """A function that packs and wraps flat elements of the given spec."""
    if not is_nested(spec):
        return lambda flat: wrap_leaf(flat[0])
    if type(spec) is tuple and not any(map(is_nested, spec)):
        return lambda flat: tuple(map(wrap_leaf, flat))
    return lambda flat: pack(spec, list(map(wrap_leaf, flat)))


def packer(spec: Any) -> Callable[[Flat], Any]:
    """A function that packs flat elements, leaving the leaves raw."""
    if not is_nested(spec):
        return lambda flat: flat[0]
    return lambda flat: pack(spec, flat)


def to_numpy(value: Any) -> Any:
    """A raw leaf as ``as_numpy_iterator`` gives it: read-only arrays, numpy scalars and bytes."""
    if isinstance(value, (np.ndarray, jax.Array)):
        array = np.asarray(value)
        if array.ndim == 0:
            return array[()]
        array = array.view()
        array.flags.writeable = False
        return array
    if hasattr(value, "dense_shape") and hasattr(value, "with_values"):
        from kerax.sparse import to_dense

        return to_dense(value).numpy()
    return value.numpy() if hasattr(value, "numpy") else value


def stack(values: Sequence[Any]) -> np.ndarray:
    """Raw arrays of the same shape and dtype as one batch."""
    first = np.asarray(values[0])
    if first.dtype == object:
        out = np.empty((len(values), *first.shape), dtype=object)
        for index, value in enumerate(values):
            out[index] = value if first.ndim else value[()]
        return out
    return np.stack([np.asarray(value) for value in values])


def row_of(leaf: Any, index: int) -> Any:
    """One row of a raw batch."""
    if leaf is None:
        return None
    if isinstance(leaf, np.ndarray):
        return leaf[index, ...]
    if isinstance(leaf, jax.Array):
        return np.asarray(leaf)[index, ...]
    return raw_leaf(composites.row(leaf, index))


def rows_in(leaf: Any) -> int:
    """The number of rows of a raw batch."""
    if hasattr(leaf, "_kerax_row"):  # a batchable extension type, which need not have a shape
        leaf = nest.flatten(leaf, expand_composites=True)[0]
    first = leaf.shape[0]
    return int(leaf.nrows() if first is None else first)


def stack_leaves(values: Sequence[Any]) -> Any:
    """Raw leaves that are no arrays, as one batch."""
    if values[0] is None:
        return None
    return composites.stack(values)


def shape_of(value: Any) -> tuple[int, ...]:
    return tuple(np.shape(value))


# ---- batches ---------------------------------------------------------------------------------------


def batch_spec(spec: TypeSpec, size: int | None) -> TypeSpec:
    """The spec of a batch of values of a leaf spec."""
    if isinstance(spec, TensorSpec):
        return TensorSpec(TensorShape([size]).concatenate(spec.shape), spec.dtype)
    if isinstance(spec, DatasetSpec):
        return DatasetSpec(spec.element_spec, TensorShape([size]).concatenate(spec._dataset_shape))
    if hasattr(spec, "_batch"):
        return spec._batch(size)
    raise TypeError(f"Batching of elements of spec {spec} is not supported.")


def unbatch_spec(spec: TypeSpec) -> TypeSpec:
    """The spec of the rows of a leaf spec."""
    if isinstance(spec, TensorSpec):
        if spec.shape.rank == 0:
            raise ValueError("Unbatching a tensor is only supported for rank >= 1")
        return TensorSpec(spec.shape[1:] if spec.shape.rank is not None else None, spec.dtype)
    if hasattr(spec, "_unbatch"):
        return spec._unbatch()
    raise TypeError(f"Unbatching of elements of spec {spec} is not supported.")


def relax(one: Any, two: Any) -> TypeSpec:
    """The most specific spec that two leaf specs share."""
    common = one.most_specific_common_supertype([two])
    if common is None:
        raise TypeError(f"Incompatible specs: {one} and {two}.")
    return common


def unknown_sizes(spec: Any) -> Any:
    """A leaf spec that leaves all sizes open, keeping the rank."""
    if not isinstance(spec, TensorSpec) or spec.shape.rank is None:
        return spec
    return TensorSpec([None] * spec.shape.rank, spec.dtype)


def shape_text(shape: Sequence[Any]) -> str:
    """A shape as TensorFlow's runtime prints it: ``[2,3]``, ``[?,3]``."""
    return "[" + ",".join("?" if d is None else str(d) for d in shape) + "]"
