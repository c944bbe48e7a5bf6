"""``scan`` and ``reduce``: a state that goes from element to element."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from kerax.data import structure
from kerax.data.dataset import Dataset, Run, dataset_method
from kerax.data.from_tensors import concrete
from kerax.data.function import DatasetFunction
from kerax.data.structure import Flat


def _relaxed(spec: Any, returned: Any, what: str) -> Any:
    """The spec of a state that begins as one spec and is returned as another."""
    try:
        return structure.map_structure(structure.relax, spec, returned)
    except (TypeError, ValueError):
        raise TypeError(
            f"The element types for the new state must match the initial state. Expected {spec}, got {returned} "
            f"({what})."
        ) from None


class _ScanDataset(Dataset):
    """What a function makes of state and element, the state being handed on."""

    def __init__(self, parent: Dataset, initial_state: Any, scan_func: Callable[..., Any]) -> None:
        self._parent = parent
        self._parents = (parent,)
        self._state_spec, flat = structure.normalize(initial_state, own=True)
        self._initial = concrete(flat)
        spec = (self._state_spec, parent.element_spec)
        self._function = DatasetFunction(scan_func, spec=spec, label="Dataset.scan()")
        known = self._function.known_spec()
        if known is not None:
            self._spec = self._checked(known)[1]
            relaxed = _relaxed(self._state_spec, known[0], "scan")
            if relaxed != self._state_spec:
                self._state_spec = relaxed
                self._function = DatasetFunction(scan_func, spec=(relaxed, spec[1]), label="Dataset.scan()")

    def _checked(self, returned: Any) -> Any:
        if not (isinstance(returned, tuple) and len(returned) == 2):
            raise TypeError(
                "Invalid `scan_func`. `scan_func` should return a pair consisting of new state and the output value "
                f"but its return type is {returned}."
            )
        return returned

    def _known_spec(self) -> Any:
        return self._spec

    def _structure(self) -> Any:
        return self._spec if self._spec is not None else self._checked(self._function.returned)[1]

    @property
    def element_spec(self) -> Any:
        if self._spec is None:
            first = next(self._parent._samples(), None)
            if first is not None:
                self._function(self._initial + first)
            self._spec = self._checked(self._function.returned)[1]
        return self._spec

    def _elements(self, run: Run) -> Iterator[Flat]:
        state, count = self._initial, len(self._initial)
        for flat in self._parent._iterate(run):
            out = self._function(state + flat)
            state = out[:count]
            yield out[count:]

    def _count(self) -> int:
        return self._parent._count()


@dataset_method
def scan(self: Dataset, initial_state: Any, scan_func: Callable[..., Any], name: str | None = None) -> Dataset:
    """Like ``map``, with a state that goes from element to element.

    Args:
      initial_state: structure of tensors.
      scan_func: function of (state, element), returning (new state, output).
      name: ignored.

    Raises:
      TypeError: the function does not return a pair, or a state of other types.

    >>> import kerax as tf
    >>> ds = tf.data.Dataset.range(4).scan(tf.constant(0, tf.int64), lambda state, x: (state + x, state))
    >>> [int(x) for x in ds]
    [0, 0, 1, 3]
    """
    return _ScanDataset(self, initial_state, scan_func)


@dataset_method
def reduce(self: Dataset, initial_state: Any, reduce_func: Callable[..., Any], name: str | None = None) -> Any:
    """Reduces the dataset to one value.

    Args:
      initial_state: structure of tensors.
      reduce_func: function of (state, element), returning the new state, of the same structure and types.
      name: ignored.

    Returns:
      The last state: a structure of tensors.

    Raises:
      TypeError: the function returns other types.

    >>> import kerax as tf
    >>> int(tf.data.Dataset.range(5).reduce(tf.constant(0, tf.int64), lambda state, x: state + x))
    10
    """
    spec, flat = structure.normalize(initial_state, own=True)
    state = concrete(flat)
    function = DatasetFunction(reduce_func, spec=(spec, self.element_spec), label="Dataset.reduce()")
    known = function.known_spec()
    if known is not None:
        _relaxed(spec, known, "reduce")
    for element in self._flat():
        state = function(state + element)
        if known is None:
            known = function.returned
            _relaxed(spec, structure.map_structure(structure.unknown_sizes, known), "reduce")
    return structure.wrapper(spec)(state)
