"""Output shapes of a function of symbolic tensors: the function itself is traced, there are no shape rules.

An unknown dimension is given one size, then another; a dimension of the result that changes is unknown.
"""

from __future__ import annotations

import collections
import contextlib
import io
import itertools
import math
import re
from collections.abc import Callable, Iterator
from typing import Any

import jax
import numpy as np

from kerax.core import dtypes, errors, nest, state
from kerax.core.config import legacy_keras
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.keras.engine import global_state
from kerax.keras.engine.keras_tensor import KerasTensor
from kerax.sparse.conversion import from_dense
from kerax.sparse.tensor import SparseTensor, is_sparse

# Divisible by what models divide by (64, 3, 5, 7), so that halving and doubling comes back to the same size,
# and unlike any size that programs use.
PLACEHOLDERS = (6720, 13440)
_TRIED = 8  # sizes, for functions that have room for one only
_TRIED_TWICE = 3  # sizes, for each of two axes
_SMALL = (2, 3)  # where values must exist: strings, and functions that cannot be traced
_STORED = 1  # values that a sparse tensor holds
CONVERTIBLE: list[type] = []  # types of objects that layers hand on as they are: they convert to tensors elsewhere
_Inputs = dict[int, KerasTensor]  # by the id of what stands in the arguments
_Sizes = dict[tuple[int, int], int]  # by the id of a tensor and its axis


@contextlib.contextmanager
def abstract_scope() -> Iterator[None]:
    """Marks that layers run on placeholders: nothing they report (losses, metrics) may stay."""
    outer = global_state.get("abstract_scope", False)
    global_state.put("abstract_scope", True)
    try:
        yield
    finally:
        global_state.put("abstract_scope", outer)


def in_abstract_scope() -> bool:
    return bool(global_state.get("abstract_scope", False))


def true_shape(shape: Any) -> tuple[int | None, ...]:
    """A shape as the user sees it: placeholder sizes are unknown dimensions."""
    sizes = tuple(shape)
    if in_abstract_scope():
        return tuple(None if size in PLACEHOLDERS else size for size in sizes)
    if sizes and sizes[0] == global_state.get("open_batch"):
        return (None, *sizes[1:])
    return sizes


@contextlib.contextmanager
def open_batch(size: int | None) -> Iterator[None]:
    """Layers built within know batches of ``size`` as batches of any size; nothing happens for None."""
    outer = global_state.get("open_batch")
    global_state.put("open_batch", size)
    try:
        yield
    finally:
        global_state.put("open_batch", outer)


class _Leaf:
    """What one evaluation says about one output."""

    __slots__ = ("shape", "dtype", "value", "name", "sparse")

    def __init__(
        self, shape: tuple[int, ...], dtype: Any, value: Any, name: str | None = None, sparse: bool = False
    ) -> None:
        self.shape, self.dtype, self.value, self.name, self.sparse = shape, dtype, value, name, sparse


def compute_output_spec(fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """KerasTensors like the result of ``fn(*args, **kwargs)``.

    Args:
      fn: any function of tensors.
      *args, **kwargs: its arguments, KerasTensors among them (nested too).

    Returns:
      The structure that ``fn`` returns, with a KerasTensor for each tensor.
    """
    inputs = {id(leaf): leaf for leaf in _sources((args, kwargs))}
    if any(tensor.sparse for tensor in inputs.values()):
        with contextlib.suppress(Exception):  # what does not take sparse tensors is not run on them here
            return _spec(fn, args, kwargs, inputs)
        inputs = {key: KerasTensor(tensor.shape, tensor.dtype) for key, tensor in inputs.items()}
    return _spec(fn, args, kwargs, inputs)


def _sources(structure: Any) -> Iterator[KerasTensor]:
    """The symbolic tensors of a structure; of an object those that it is made of."""
    for leaf in nest.flatten(structure):
        if isinstance(leaf, KerasTensor):
            yield from [leaf] if leaf._made_by is None else _sources(leaf._made_by[1:3])


def _spec(fn: Callable[..., Any], args: Any, kwargs: Any, inputs: _Inputs) -> Any:
    has_text = any(tensor.dtype == "string" for tensor in inputs.values())
    unknown = any(None in tensor.shape or tensor._concrete for tensor in inputs.values())
    evaluate = _eagerly if has_text else _traced
    sizes = _SMALL if has_text else PLACEHOLDERS
    second = None
    with abstract_scope():
        try:
            structure, first = evaluate(fn, args, kwargs, inputs, sizes[0], 0)
        except errors.Uncompilable:
            evaluate, sizes = _eagerly, _SMALL
            structure, first = evaluate(fn, args, kwargs, inputs, sizes[0], 0)
            second = _from_other_values(fn, args, kwargs, inputs, first)
        except (ValueError, TypeError, NotImplementedError, errors.OpError) as error:
            fixed = _at_size_wanted(fn, args, kwargs, inputs, error) if unknown and not has_text else None
            if fixed is None:
                raise
            structure, first, second = fixed
        if second is None:
            second = first
            if unknown:
                with contextlib.redirect_stdout(io.StringIO()):  # what the user prints, once
                    _, second = evaluate(fn, args, kwargs, inputs, sizes[1], 1)
    keep = evaluate is _traced
    merged = [_merge(a, b, keep) for a, b in zip(first, second, strict=True)]
    for index, leaf in enumerate(nest.flatten(structure)):
        if isinstance(leaf, tuple(CONVERTIBLE)):
            merged[index]._made_by = (fn, args, kwargs, index)
    return nest.pack_sequence_as(structure, merged)


def _merge(a: Any, b: Any, keep_values: bool) -> Any:
    if not isinstance(a, _Leaf):
        return a
    if len(a.shape) != len(b.shape):
        raise ValueError(f"The rank of an output depends on the size of the inputs: {len(a.shape)} and {len(b.shape)}.")
    name = a.name if legacy_keras() else None  # Keras 2 calls it after the op that made it
    shape = [x if x == y else None for x, y in zip(a.shape, b.shape, strict=True)]
    out = KerasTensor(shape, a.dtype, sparse=a.sparse, name=name)
    if keep_values and a.value is not None and b.value is not None:
        out._concrete = (a.value, b.value)
    return out


def _shape(tensor: KerasTensor, size: int | _Sizes) -> tuple[int, ...]:
    """A tensor's shape with sizes, one or one for each place, in the place of unknown ones."""
    of_axis = (lambda axis: size[id(tensor), axis]) if isinstance(size, dict) else (lambda axis: size)
    return tuple(of_axis(axis) if dim is None else dim for axis, dim in enumerate(tensor.shape))


def _avals(tensor: KerasTensor, size: int | _Sizes) -> list[jax.ShapeDtypeStruct]:
    """Descriptions of the arrays that make up a tensor."""
    dtype = dtypes.as_dtype(str(tensor._dtype)).dtype
    if tensor._concrete is not None:
        return []
    if tensor.sparse:
        indices = jax.ShapeDtypeStruct((_STORED, len(tensor.shape)), np.int64)
        return [indices, jax.ShapeDtypeStruct((_STORED,), dtype)]
    return [jax.ShapeDtypeStruct(_shape(tensor, size), dtype)]


def _traced(
    fn: Callable[..., Any], args: Any, kwargs: Any, inputs: _Inputs, size: int | _Sizes, run: int
) -> tuple[Any, list[Any]]:
    found: list[Any] = []

    def python(*tensors: Tensor) -> list[Tensor]:
        free = iter(tensors)

        def given(tensor: KerasTensor) -> Any:
            if tensor._concrete is not None:
                return convert_to_tensor(tensor._concrete[run])
            return SparseTensor(next(free), next(free), _shape(tensor, size)) if tensor.sparse else next(free)

        out = _call(fn, args, kwargs, {key: given(tensor) for key, tensor in inputs.items()})
        leaves = [_tensor(leaf) for leaf in nest.flatten(out)]
        found.append(out)
        found.append([_described(leaf) for leaf in leaves])
        return [leaf for leaf in leaves if isinstance(leaf, Tensor)]

    state.trace(python, [aval for tensor in inputs.values() for aval in _avals(tensor, size)])
    return found[0], found[1]


def _at_size_wanted(
    fn: Callable[..., Any], args: Any, kwargs: Any, inputs: _Inputs, error: BaseException | None
) -> tuple[Any, list[Any], list[Any]] | None:
    """What ``fn`` gives for the only size that it has room for along an unknown axis, or along two.

    A function may add an array of a certain length, hold tensors of a certain batch size, or reshape to a certain
    number of values; TensorFlow knows its results' sizes from these. The error that placeholders met names the sizes
    that clash, or does the error that led to it. Inputs need not agree along an axis: one alone may have no choice.
    """
    named: list[int] = []
    while error is not None:  # the first error's come first: later ones name layers too
        named = [int(number) for number in re.findall(r"\d+", str(error))] + named
        error = error.__context__
    ratios = [b * PLACEHOLDERS[0] // a for a, b in itertools.permutations(named, 2) if a and not a % PLACEHOLDERS[0]]
    sizes = list(dict.fromkeys(size for size in (*ratios, *named) if 0 < size < PLACEHOLDERS[0]))[:_TRIED]
    places = [(id(tensor), axis) for tensor in inputs.values() for axis, dim in enumerate(tensor.shape) if dim is None]
    axes = [[place for place in places if place[1] == axis] for axis in sorted({axis for _, axis in places})]
    alone = [[place] for place in places if [place] not in axes]
    for known in (*zip(alone), *zip(axes), *itertools.combinations(axes, 2)):
        for chosen in itertools.product(sizes if len(known) == 1 else sizes[:_TRIED_TWICE], repeat=len(known)):
            fixed = {place: size for group, size in zip(known, chosen, strict=True) for place in group}
            found = []
            try:
                for other in PLACEHOLDERS:
                    with contextlib.redirect_stdout(io.StringIO()):
                        given = collections.defaultdict(lambda size=other: size, fixed)
                        structure, leaves = _traced(fn, args, kwargs, inputs, given, len(found))
                    found.append(leaves)
            except Exception:
                continue
            return structure, found[0], found[-1]
    return None


def _from_other_values(
    fn: Callable[..., Any], args: Any, kwargs: Any, inputs: _Inputs, first: list[Any]
) -> list[Any] | None:
    """What ``fn`` gives for distinct values, as sizes may depend on them; None where it wants other ones."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            _, found = _eagerly(fn, args, kwargs, inputs, _SMALL[1], 1, distinct=True)
    except Exception:
        return None
    same = [len(a.shape) == len(b.shape) for a, b in zip(first, found, strict=False) if isinstance(a, _Leaf)]
    return found if len(first) == len(found) and all(same) else None


def _eagerly(
    fn: Callable[..., Any],
    args: Any,
    kwargs: Any,
    inputs: _Inputs,
    size: int,
    run: int,
    distinct: bool = False,
) -> tuple[Any, list[Any]]:
    """Runs ``fn`` on zeros, or numbers from 1 on: for what cannot be traced."""
    with state.init_scope():
        values: dict[int, Any] = {}
        for key, tensor in inputs.items():
            shape = _shape(tensor, size)
            text = tensor.dtype == "string"
            numbers = np.arange(1, 1 + math.prod(shape)).reshape(shape) if distinct else np.zeros(shape)
            array = np.full(shape, b"", object) if text else numbers.astype(dtypes.as_dtype(str(tensor._dtype)).dtype)
            values[key] = from_dense(array) if tensor.sparse else convert_to_tensor(array)
        out = _call(fn, args, kwargs, values)
        return out, [_described(_tensor(leaf)) for leaf in nest.flatten(out)]


def _call(fn: Callable[..., Any], args: Any, kwargs: Any, values: dict[int, Any]) -> Any:
    def fill(leaf: Any) -> Any:
        if not isinstance(leaf, KerasTensor):
            return leaf
        if id(leaf) not in values:  # an object: of the trace under way
            assert leaf._made_by is not None
            *call, index = leaf._made_by
            values[id(leaf)] = nest.flatten(_call(*call, values))[index]
        return values[id(leaf)]

    return fn(*nest.map_structure(fill, args), **nest.map_structure(fill, kwargs))


def _tensor(leaf: Any) -> Any:
    if leaf is None or isinstance(leaf, (Tensor, str)):
        return leaf
    if nest.is_composite(leaf):
        return leaf
    return convert_to_tensor(leaf)


def _described(leaf: Any) -> Any:
    if not isinstance(leaf, Tensor):
        if nest.is_composite(leaf):
            return _Leaf(tuple(leaf.shape), leaf.dtype, None, sparse=is_sparse(leaf))
        return leaf
    array = leaf._value
    known = not isinstance(array, jax.core.Tracer) and array.size <= state.STATIC_LIMIT and array.dtype.kind in "biu"
    name = leaf.__dict__.get("_name")
    return _Leaf(tuple(array.shape), leaf.dtype, np.asarray(array) if known else None, name)
