"""``from_generator``: elements of a python generator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from kerax.core import dtypes, errors
from kerax.core.shape import TensorShape
from kerax.core.tensor import Tensor, TensorSpec, TypeSpec, convert_to_tensor
from kerax.data import structure
from kerax.data.dataset import Dataset, Run, dataset_static
from kerax.data.from_tensors import concrete
from kerax.data.structure import Flat

_ERRORS: list[tuple[tuple[type[BaseException], ...], type[errors.OpError]]] = [
    ((TypeError, ValueError), errors.InvalidArgumentError),
    ((StopIteration,), errors.OutOfRangeError),
    ((MemoryError,), errors.ResourceExhaustedError),
    ((NotImplementedError,), errors.UnimplementedError),
]


def as_op_error(error: Exception) -> errors.OpError:
    """The error TensorFlow reports for an exception of the user's python."""
    message = f"{type(error).__name__}: {error}"
    for kinds, op_error in _ERRORS:
        if isinstance(error, kinds):
            return op_error(None, None, message)
    return errors.UnknownError(None, None, message)


class _FlatMapDataset(Dataset):
    """The elements of a generator; the name is what TensorFlow prints for it."""

    def __init__(self, generator: Callable[..., Any], spec: Any, args: Flat) -> None:
        self._generator, self._args = generator, args
        self._spec = spec
        self._convert = [_converter(leaf) for leaf in structure.flatten(spec)]

    def _elements(self, run: Run) -> Iterator[Flat]:
        return _Elements(self)


class _Elements:
    """One run of the generator."""

    def __init__(self, dataset: _FlatMapDataset) -> None:
        self._dataset = dataset
        self._values: Any = None

    def __iter__(self) -> _Elements:
        return self

    def __next__(self) -> Flat:
        dataset = self._dataset
        try:
            if self._values is None:
                self._values = iter(dataset._generator(*dataset._args))
            value = next(self._values)
        except StopIteration:
            raise
        except errors.OpError:
            raise
        except Exception as error:
            raise as_op_error(error) from error
        return self._flat(value)

    def _flat(self, value: Any) -> Flat:
        dataset = self._dataset
        try:
            leaves = structure.flatten_up_to(dataset._spec, value)
        except (TypeError, ValueError) as error:
            if isinstance(value, list):
                return self._flat(tuple(value))
            raise errors.InvalidArgumentError(
                None,
                None,
                "TypeError: `generator` yielded an element that did not match the expected structure. The expected "
                f"structure was {structure.map_structure(_dtype_of, dataset._spec)}, but the yielded element was "
                f"{value}.",
            ) from error
        return tuple([convert(leaf) for convert, leaf in zip(dataset._convert, leaves, strict=True)])


def _dtype_of(spec: Any) -> Any:
    return getattr(spec, "dtype", spec)


def _converter(spec: TypeSpec) -> Callable[[Any], Any]:
    """A function from what a generator yields for a component to its raw leaf."""
    if not isinstance(spec, TensorSpec):
        return lambda value: _checked_composite(spec, value)
    dtype = spec.dtype.dtype
    shape = spec.shape
    fixed = tuple(shape) if shape.is_fully_defined() else None

    def convert(value: Any) -> np.ndarray:
        try:
            if isinstance(value, Tensor):
                array = np.asarray(value._value)
                if array.dtype != dtype:
                    array = array.astype(dtype)
            elif spec.dtype is dtypes.string:
                array = np.asarray(convert_to_tensor(value, dtypes.string)._value)
            else:
                array = np.array(value, dtype=dtype)
        except (TypeError, ValueError) as error:
            raise errors.InvalidArgumentError(
                None,
                None,
                "TypeError: `generator` yielded an element that could not be converted to the expected type. The "
                f"expected type was {spec.dtype.name}, but the yielded element was {value}.",
            ) from error
        if array.shape != fixed and not shape.is_compatible_with(array.shape):
            raise errors.InvalidArgumentError(
                None,
                None,
                f"TypeError: `generator` yielded an element of shape {array.shape} where an element of shape {shape} "
                "was expected.",
            )
        return array

    return convert


def _checked_composite(spec: TypeSpec, value: Any) -> Any:
    if hasattr(value, "_type_spec") and not spec.is_compatible_with(value):
        raise errors.InvalidArgumentError(
            None, None, f"TypeError: `generator` yielded an element of {value._type_spec} where {spec} was expected."
        )
    return value


@dataset_static
def from_generator(
    generator: Callable[..., Any],
    output_types: Any = None,
    output_shapes: Any = None,
    args: Any = None,
    output_signature: Any = None,
    name: str | None = None,
) -> Dataset:
    """A dataset of what a generator yields; every iteration calls ``generator`` anew.

    Args:
      generator: callable returning an object that supports ``iter()``.
      output_types: structure of dtypes; deprecated form of the signature.
      output_shapes: structure of shapes, with ``output_types``; unknown by default.
      args: tuple of things that become tensors and are passed to ``generator`` as numpy arrays.
      output_signature: structure of specs (``tf.TensorSpec`` …) of the elements.
      name: ignored.

    Raises:
      TypeError: ``generator`` is not callable, or the signature is missing, given twice, or holds other things.

    >>> import kerax as tf
    >>> ds = tf.data.Dataset.from_generator(lambda: iter([1, 2]), output_signature=tf.TensorSpec([], tf.int32))
    >>> [int(x) for x in ds]
    [1, 2]
    """
    if not callable(generator):
        raise TypeError("`generator` must be a Python callable.")
    if output_signature is not None:
        if output_types is not None:
            raise TypeError(
                "The `output_types` argument can not be used together with the `output_signature` argument."
            )
        if output_shapes is not None:
            raise TypeError(
                "The `output_shapes` argument can not be used together with the `output_signature` argument."
            )
        for leaf in structure.flatten(output_signature):
            if not isinstance(leaf, TypeSpec):
                raise TypeError(
                    "`output_signature` must contain objects that are subclass of `tf.TypeSpec` but found "
                    f"{type(leaf)} which is not."
                )
        spec = output_signature
    elif output_types is None:
        raise TypeError(
            "To specify the output signature you need to provide either the `output_signature` argument or the "
            "`output_types` argument."
        )
    else:
        spec = _legacy_spec(output_types, output_shapes)
    flat: Flat = ()
    if args is not None:
        given = args if isinstance(args, (tuple, list)) else (args,)
        leaves = concrete(tuple(structure.raw_leaf(value) for value in given))
        flat = tuple(structure.to_numpy(leaf) for leaf in leaves)
    return _FlatMapDataset(generator, spec, flat)


def _legacy_spec(output_types: Any, output_shapes: Any) -> Any:
    types = structure.map_structure(dtypes.as_dtype, output_types)
    if output_shapes is None:
        return structure.map_structure(lambda dtype: TensorSpec(None, dtype), types)
    shapes = structure.flatten_up_to(types, output_shapes) if structure.is_nested(types) else [output_shapes]
    flat = [TensorSpec(TensorShape(s), d) for s, d in zip(shapes, structure.flatten(types), strict=True)]
    return structure.pack(types, flat)
