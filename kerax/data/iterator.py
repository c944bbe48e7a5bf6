"""Iterators over datasets, and optionals."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core import errors
from kerax.core.context import context
from kerax.core.tensor import Tensor, convert_to_tensor
from kerax.data import structure
from kerax.data.randomness import SeedGenerator
from kerax.data.run import Run
from kerax.data.specs import IteratorSpec, OptionalSpec


class Iterator:
    """An iterator over a ``tf.data.Dataset``: a python iterator that can also be saved and resumed."""

    @property
    def element_spec(self) -> Any:
        """The structure of specs of the elements."""
        raise NotImplementedError("Iterator.element_spec")

    def get_next(self) -> Any:
        """The next element.

        Raises:
          errors.OutOfRangeError: at the end.
        """
        raise NotImplementedError("Iterator.get_next()")

    def get_next_as_optional(self) -> Any:
        """The next element in a ``tf.experimental.Optional``, which is empty at the end."""
        raise NotImplementedError("Iterator.get_next_as_optional()")


class OwnedIterator(Iterator):
    """The iterator that ``iter(dataset)`` gives.

    >>> import kerax as tf
    >>> it = iter(tf.data.Dataset.range(3))
    >>> int(next(it)), int(it.get_next())
    (0, 1)
    >>> state = it.save()
    >>> int(next(it))
    2
    >>> it.restore(state)
    >>> int(next(it))
    2
    """

    def __init__(self, dataset: Any) -> None:
        if context.trace is not None:  # before seeds are drawn: the function runs again, uncompiled
            raise errors.Uncompilable("Drawing an element from a tf.data iterator")
        self._dataset = dataset
        self._open(None, 0)

    def _open(self, generators: list[SeedGenerator] | None, position: int) -> None:
        self._run = Run(generators)
        self._run.open(self._dataset)
        self._position = position
        self._elements = self._dataset._iterate(self._run, position)
        self._wrap: Any = None

    @property
    def element_spec(self) -> Any:
        return self._dataset.element_spec

    @property
    def _type_spec(self) -> IteratorSpec:
        return IteratorSpec(self.element_spec)

    def __iter__(self) -> OwnedIterator:
        return self

    def _next_flat(self) -> Any:
        if context.trace is not None:
            raise errors.Uncompilable("Drawing an element from a tf.data iterator")
        flat = next(self._elements)
        self._position += 1
        return flat

    def __next__(self) -> Any:
        flat = self._next_flat()
        if self._wrap is None:
            self._wrap = structure.wrapper(self._dataset._structure())
        return self._wrap(flat)

    def get_next(self) -> Any:
        try:
            return self.__next__()
        except StopIteration:
            raise errors.OutOfRangeError(None, None, "End of sequence [Op:IteratorGetNext]") from None

    next = get_next

    def get_next_as_optional(self) -> Optional:
        try:
            return _OptionalImpl(self.element_spec, self.__next__())
        except StopIteration:
            return _OptionalImpl(self.element_spec)

    def save(self) -> dict[str, Any]:
        """The iterator's position as a small picklable dict; see ``restore``."""
        seeds = [[*one.seeds, int(one.fixed), one.position] for one in self._run.start]
        return {"position": self._position, "seeds": seeds}

    def restore(self, state: dict[str, Any]) -> None:
        """Goes to a position that ``save`` gave, of an iterator over an equal dataset.

        Elements of arrays are passed over by index arithmetic; those of files and generators are drawn again.
        """
        generators = [SeedGenerator((a, b), bool(fixed), at) for a, b, fixed, at in state["seeds"]]
        self._open(generators, int(state["position"]))

    def _checkpoint_tensors(self) -> np.ndarray:
        """The position as one array: int64 ``[1 + 4 * nodes that draw random numbers]``."""
        state = self.save()
        return np.asarray([state["position"], *(x for row in state["seeds"] for x in row)], np.int64)

    def _restore_tensors(self, array: Any) -> None:
        values = np.asarray(array).astype(np.int64).tolist()
        rows = [values[i : i + 4] for i in range(1, len(values), 4)]
        self.restore({"position": values[0], "seeds": rows})


class NumpyIterator(Iterator):
    """The iterator of ``Dataset.as_numpy_iterator()``.

    Args:
      dataset: the dataset.
    """

    def __init__(self, dataset: Any) -> None:
        self._iterator = iter(dataset)

    @property
    def element_spec(self) -> Any:
        return self._iterator.element_spec

    def __iter__(self) -> NumpyIterator:
        return self

    def __next__(self) -> Any:
        flat = self._iterator._next_flat()
        return structure.pack(self._iterator._dataset._structure(), list(map(structure.to_numpy, flat)))

    def get_next(self) -> Any:
        return self.__next__()

    next = get_next

    def get_next_as_optional(self) -> Any:
        return self._iterator.get_next_as_optional()

    def save(self) -> dict[str, Any]:
        return self._iterator.save()

    def restore(self, state: dict[str, Any]) -> None:
        self._iterator.restore(state)

    def __repr__(self) -> str:
        return f"NumpyIterator(iterator={self._iterator!r})"


class Optional:
    """A value that may be missing (``tf.experimental.Optional``).

    >>> import kerax as tf
    >>> optional = tf.experimental.Optional.from_value(42)
    >>> bool(optional.has_value()), int(optional.get_value())
    (True, 42)
    """

    _kerax_optional = True

    def has_value(self, name: str | None = None) -> Tensor:
        """Whether there is a value: bool scalar."""
        raise NotImplementedError("Optional.has_value()")

    def get_value(self, name: str | None = None) -> Any:
        """The value.

        Raises:
          errors.InvalidArgumentError: if there is none.
        """
        raise NotImplementedError("Optional.get_value()")

    @property
    def element_spec(self) -> Any:
        """The structure of specs of the value."""
        raise NotImplementedError("Optional.element_spec")

    @staticmethod
    def empty(element_spec: Any) -> Optional:
        """An optional without a value.

        Args:
          element_spec: structure of specs of the value it might have.
        """
        return _OptionalImpl(element_spec)

    @staticmethod
    def from_value(value: Any) -> Optional:
        """An optional that holds a value: a structure of things that become tensors."""
        spec, flat = structure.normalize(value)
        return _OptionalImpl(spec, structure.wrapper(spec)(flat))


_MISSING = object()


class _OptionalImpl(Optional):
    def __init__(self, element_spec: Any, value: Any = _MISSING) -> None:
        self._element_spec = element_spec
        self._value = value

    def has_value(self, name: str | None = None) -> Tensor:
        return convert_to_tensor(self._value is not _MISSING)

    def get_value(self, name: str | None = None) -> Any:
        if self._value is _MISSING:
            raise errors.InvalidArgumentError(None, None, "The given optional does not have a value.")
        return self._value

    @property
    def element_spec(self) -> Any:
        return self._element_spec

    @property
    def _type_spec(self) -> OptionalSpec:
        return OptionalSpec(self._element_spec)
