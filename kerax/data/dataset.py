"""``tf.data.Dataset``: a plan, made of nodes that know only their parents; iterating compiles the chain."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from kerax.core import dtypes, errors
from kerax.core.tensor import Tensor, convert_to_tensor
from kerax.data import iterator as iterators
from kerax.data import structure
from kerax.data.function import examples_of
from kerax.data.options import Options
from kerax.data.plan import INFINITE, UNKNOWN, Plan
from kerax.data.randomness import SeedGenerator
from kerax.data.run import Run
from kerax.data.specs import DatasetSpec
from kerax.data.structure import Flat

AUTOTUNE = -1

if TYPE_CHECKING:

    class _Transformations(type):
        """Tells type checkers that the files of this folder add methods to Dataset."""

        def __getattr__(cls, name: str) -> Callable[..., Any]: ...

else:
    _Transformations = type


class Dataset(metaclass=_Transformations):
    """A potentially large sequence of elements: structures of tensors, of any nesting of tuples and dicts.

    A dataset is made by a static method (``from_tensor_slices``, ``range`` …) or from files, and changed by
    transformations, each of which returns a new dataset. Nothing is computed before it is iterated.

    >>> import kerax as tf
    >>> ds = tf.data.Dataset.range(5).batch(2)
    >>> [batch.tolist() for batch in ds.as_numpy_iterator()]
    [[0, 1], [2, 3], [4]]
    """

    _kerax_dataset = True
    _parents: tuple[Dataset, ...] = ()
    _seed_generator: SeedGenerator | None = None
    _spec: Any = None

    # ---- what a node defines ----

    def _elements(self, run: Run) -> Iterator[Flat]:
        """One pass over the flat elements."""
        raise NotImplementedError(f"{type(self).__name__} does not say how to iterate it.")

    def _plan(self) -> Plan | None:
        """The index plan of the node now, if it has one; then ``_tokens`` gives the order."""
        return None

    def _tokens(self, run: Run) -> Iterator[np.ndarray]:
        raise NotImplementedError(f"{type(self).__name__} has no index plan.")

    def _reader(self, run: Run) -> Any:
        """An object with ``read(count)``: the next rows as one batch, or None at the end. None: no such way."""
        return None

    def _count(self) -> int:
        """The number of elements, INFINITE or UNKNOWN."""
        return UNKNOWN

    def _derive(self, *specs: Any) -> Any:
        """The element spec that follows from those of the parents."""
        raise NotImplementedError(f"{type(self).__name__} does not say what its elements are.")

    def _known_spec(self) -> Any:
        """The element spec if it can be told without running anything, else None."""
        if self._spec is None:
            specs = [parent._known_spec() for parent in self._parents]
            if not any(spec is None for spec in specs):
                self._spec = self._derive(*specs)
        return self._spec

    def _structure(self) -> Any:
        """The nesting of the elements, as a structure of specs; sizes in them need not hold for all elements."""
        known = self._known_spec()
        return self._derive(*[parent._structure() for parent in self._parents]) if known is None else known

    def _examples(self) -> list[Any] | None:
        """Shapes and dtypes of a typical element's leaves, if they are numeric tensors of known rank."""
        spec = self._known_spec()
        return None if spec is None else examples_of(spec)

    # ---- passing over the chain ----

    def _chain(self) -> list[Dataset]:
        """This node and those before it, in a fixed order."""
        return [node for parent in self._parents for node in parent._chain()] + [self]

    def _iterate(self, run: Run, skip: int = 0) -> Iterator[Flat]:
        """One pass over the flat elements, the fast way where there is one."""
        plan = self._plan()
        if plan is None:
            elements = self._elements(run)
            return itertools.islice(elements, skip, None) if skip else elements
        tokens = self._tokens(run)
        if skip:
            tokens = itertools.islice(tokens, skip, None) if plan.level else _skip_indices(tokens, skip)
        return plan.elements(tokens)

    def _flat(self) -> Iterator[Flat]:
        """A pass of its own over the flat elements."""
        run = Run()
        run.open(self)
        return self._iterate(run)

    def _open_unread(self) -> None:
        """Draws the seeds that an iterator draws when it is made, for one that is never asked for an element."""
        if self._seed_generator is not None:
            self._seed_generator.next()
        for parent in self._parents:
            parent._open_unread()

    def _samples(self) -> Iterator[Flat]:
        """A pass that finds out what elements are like: for those that follow, no seeds were drawn by it."""
        run = Run([node._seed_generator.copy() for node in self._chain() if node._seed_generator is not None])
        run.open(self)
        return self._iterate(run)

    def _numpy_batches(self) -> Iterator[Any]:
        """Elements as structures of raw arrays, without Tensors around them: what training loops read."""
        return structure.packed_lazily(self._structure, self._flat())

    def _array_plan(self) -> tuple[Any, Iterator[np.ndarray]] | None:
        """For batches of arrays in memory: (structure of whole arrays, index array of each batch); else None.

        The arrays are the same objects at every call, so that they can be kept on a device.
        """
        plan = self._plan()
        if plan is None or not plan.level or plan.source.arrays is None:
            return None
        if any(getattr(array, "dtype", None) in (object,) for array in plan.source.arrays):
            return None
        run = Run()
        run.open(self)
        return structure.pack(self.element_spec, plan.source.arrays), self._tokens(run)

    def _as_arrays(self, limit: int = 1 << 24) -> Any:
        """All elements stacked in structure, where the fast way gives them all alike; else None.

        Args:
          limit: int, the most elements (single ones, not batches) that are stacked.
        """
        plan, count = self._plan(), self._count()
        if plan is None or count < 0 or count > limit or not count:
            return None
        run = Run()
        run.open(self)
        tokens = list(self._tokens(run))
        if plan.level:
            if len({len(index) for index in tokens}) != 1 or type(plan.source).__name__ == "MappedBatches":
                return None
            index = np.concatenate(tokens)
            leaves = [np.asarray(leaf) for leaf in plan.source.take(index)]
            leaves = [leaf.reshape(len(tokens), -1, *leaf.shape[1:]) for leaf in leaves]
        else:
            leaves = [np.asarray(leaf) for leaf in plan.source.take(np.concatenate(tokens))]
        if any(leaf.dtype == object for leaf in leaves):
            return None
        return structure.pack(self.element_spec, leaves)

    # ---- the public base ----

    @property
    def element_spec(self) -> Any:
        """The structure of specs of the elements.

        >>> import kerax as tf
        >>> tf.data.Dataset.range(3).element_spec
        TensorSpec(shape=(), dtype=tf.int64, name=None)
        """
        known = self._known_spec()
        if known is None:
            known = self._spec = self._derive(*[parent.element_spec for parent in self._parents])
        return known

    @property
    def _type_spec(self) -> DatasetSpec:
        return DatasetSpec(self.element_spec)

    def __iter__(self) -> iterators.Iterator:
        return iterators.OwnedIterator(self)

    def __bool__(self) -> bool:
        return True

    def __len__(self) -> int:
        count = self._count()
        if count == INFINITE:
            raise TypeError("The dataset is infinite.")
        if count == UNKNOWN:
            raise TypeError("The dataset length is unknown.")
        return count

    def __repr__(self) -> str:
        return f"<{type(self).__name__.removesuffix('__')} element_spec={self.element_spec}>"

    def __debug_string__(self) -> str:
        return "\n".join(f"{'  ' * depth}{type(node).__name__}" for depth, node in enumerate(reversed(self._chain())))

    def as_numpy_iterator(self) -> iterators.NumpyIterator:
        """An iterator that gives numpy arrays, numpy scalars and bytes in place of tensors.

        Raises:
          TypeError: if a component has no numpy form.

        >>> import kerax as tf
        >>> list(tf.data.Dataset.range(2).as_numpy_iterator())
        [np.int64(0), np.int64(1)]
        """
        return iterators.NumpyIterator(self)

    def cardinality(self) -> Tensor:
        """The number of elements: int64 scalar, or ``INFINITE_CARDINALITY``, ``UNKNOWN_CARDINALITY``.

        >>> import kerax as tf
        >>> int(tf.data.Dataset.range(5).batch(2).cardinality())
        3
        """
        return convert_to_tensor(np.asarray(self._count(), np.int64))

    def options(self) -> Options:
        """The options of this dataset and of those before it, merged."""
        merged = Options()
        for parent in self._parents:
            merged = merged.merge(parent.options())
        return merged

    def apply(self, transformation_func: Callable[[Dataset], Dataset]) -> Dataset:
        """Passes this dataset to a function and returns the dataset that it returns.

        Raises:
          TypeError: if it returns something else.

        >>> import kerax as tf
        >>> len(tf.data.Dataset.range(5).apply(lambda ds: ds.take(2)))
        2
        """
        dataset = transformation_func(self)
        if not isinstance(dataset, Dataset):
            raise TypeError(f"`transformation_func` must return a `tf.data.Dataset` object. Got {type(dataset)}.")
        return dataset

    def get_single_element(self, name: str | None = None) -> Any:
        """The only element.

        Raises:
          errors.InvalidArgumentError: if there is none, or more than one.

        >>> import kerax as tf
        >>> int(tf.data.Dataset.range(5).take(1).get_single_element())
        0
        """
        elements = self._flat()
        first = next(elements, None)
        if first is None:
            raise errors.InvalidArgumentError(None, None, "Dataset was empty. [Op:DatasetToSingleElement] name: ")
        if next(elements, None) is not None:
            raise errors.InvalidArgumentError(
                None, None, "Dataset had more than one element. [Op:DatasetToSingleElement] name: "
            )
        return structure.wrapper(self.element_spec)(first)

    def fingerprint(self) -> Tensor:
        """A number that equal chains of transformations share: uint64 scalar.

        Differs from TensorFlow: the number itself is another one, and data are not part of it.
        """
        import hashlib

        text = "|".join(f"{type(node).__name__}{node.element_spec}{node._count()}" for node in self._chain())
        digest = hashlib.sha256(text.encode()).digest()
        return convert_to_tensor(np.frombuffer(digest[:8], np.uint64)[0])


class Reordering(Dataset):
    """A node whose elements are its parent's in another order, or some of them."""

    def __init__(self, parent: Dataset) -> None:
        self._parent = parent
        self._parents = (parent,)

    def _derive(self, spec: Any) -> Any:
        return spec

    def _examples(self) -> Any:
        return self._parent._examples()

    def _plan(self) -> Plan | None:
        plan = self._parent._plan()
        return None if plan is None else plan.but(natural=False)

    def _reorder(self, opened: Callable[[], Iterator[Any]], run: Run) -> Iterator[Any]:
        """The pass over elements or batch tokens; ``opened()`` begins a pass over the parent's."""
        raise NotImplementedError

    def _reorder_blocks(self, opened: Callable[[], Iterator[np.ndarray]], run: Run) -> Iterator[np.ndarray]:
        """The same over index blocks."""
        raise NotImplementedError

    def _tokens(self, run: Run) -> Iterator[np.ndarray]:
        plan = self._parent._plan()
        if plan is not None and plan.level:
            return self._reorder(lambda: self._parent._tokens(run), run)
        return self._reorder_blocks(lambda: self._parent._tokens(run), run)

    def _elements(self, run: Run) -> Iterator[Flat]:
        return self._reorder(lambda: self._parent._iterate(run), run)


class Passing(Reordering):
    """A node that changes nothing about the elements: options, prefetch, …"""

    def _plan(self) -> Plan | None:
        return self._parent._plan()

    def _tokens(self, run: Run) -> Iterator[np.ndarray]:
        return self._parent._tokens(run)

    def _elements(self, run: Run) -> Iterator[Flat]:
        return self._parent._iterate(run)

    def _reader(self, run: Run) -> Any:
        return self._parent._reader(run)

    def _count(self) -> int:
        return self._parent._count()


def dataset_method(fn: Callable[..., Any]) -> Callable[..., Any]:
    """Makes a function of a transformation's file a method of Dataset (``range_`` becomes ``range``)."""
    fn.__name__ = fn.__name__.rstrip("_")
    fn.__qualname__ = f"Dataset.{fn.__name__}"
    setattr(Dataset, fn.__name__, fn)
    return fn


def dataset_static(fn: Callable[..., Any]) -> Callable[..., Any]:
    """Makes a function of a source's file a static method of Dataset."""
    dataset_method(fn)
    setattr(Dataset, fn.__name__, staticmethod(fn))
    return fn


def as_int(value: Any, name: str) -> int:
    """An integer argument, given as number or int64 scalar tensor.

    Raises:
      errors.Uncompilable: a traced tensor; the function that makes the dataset then runs element by element.
    """
    if isinstance(value, (bool, float, str)):
        raise TypeError(f"Cannot convert {value!r} to EagerTensor of dtype int64")
    if isinstance(value, int):
        return value
    if value is None or isinstance(value, Tensor):
        value = convert_to_tensor(value, dtypes.int64)
        if value._is_symbolic():
            raise errors.Uncompilable(f"A dataset whose `{name}` is a tensor of a traced function")
    array = np.asarray(value.numpy() if hasattr(value, "numpy") else value)
    if array.dtype.kind not in "iu":
        raise TypeError(f"`{name}` must be an integer, but got {value!r}.")
    if array.ndim:
        raise ValueError(f"`{name}` must be a scalar, but got {value!r}.")
    return int(array)


def _skip_indices(blocks: Iterator[np.ndarray], count: int) -> Iterator[np.ndarray]:
    for block in blocks:
        if count < len(block):
            yield block[count:]
            break
        count -= len(block)
    yield from blocks


class PlanReader:
    """Reads rows off a plan of single elements."""

    def __init__(self, plan: Plan, tokens: Iterator[np.ndarray]) -> None:
        self._plan, self._tokens = plan, tokens
        self._left = np.zeros(0, np.int64)

    def read(self, count: int) -> Flat | None:
        parts, have = [self._left], len(self._left)
        while have < count:
            block = next(self._tokens, None)
            if block is None:
                break
            parts.append(block)
            have += len(block)
        index = np.concatenate(parts)
        index, self._left = index[:count], index[count:]
        return self._plan.source.take(index) if len(index) else None
