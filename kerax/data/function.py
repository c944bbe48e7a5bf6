"""The user's functions in a pipeline: traced once per signature, compiled, vectorised where that is possible."""

from __future__ import annotations

import collections
import contextlib
import functools
import io
import itertools
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import jax
import numpy as np

from kerax.core import autograph, effects, errors, interpreter, memory, random_state, state
from kerax.core.tensor import Tensor, TensorSpec, convert_to_tensor
from kerax.core.variable import only_tried
from kerax.data import structure
from kerax.data.specs import NoneTensorSpec
from kerax.data.structure import Flat

Example = jax.ShapeDtypeStruct
_DEBUG = False
_GUESS = 3  # the size that stands for an unknown dimension while a function's result is inferred
_FRESH_LIMIT = 3  # so many functions of one code that differ in what they close over are compiled
_KEPT = 64


class Program:
    """A function traced for one signature.

    Args:
      lifted: the traced program.
      spec: the structure of specs that python returned.
      others: int, how many programs of the function there are.
    """

    def __init__(self, lifted: state.Lifted, spec: Any, others: int = 0) -> None:
        self.lifted = lifted
        self.spec = spec
        self.specs = structure.flatten(spec)
        keys = [random_state.is_key(source) for source in lifted.inputs]
        self.random = any(keys)
        self.writes = any(not random_state.is_key(variable) for variable in lifted.assigned)
        self._keys = keys
        self._count = len(lifted.results)
        self._compiled = jax.jit(lifted.fn)
        self._deferred = interpreter.among_others(others, lifted.fn)
        self._many: Any = None
        self._moves: dict[int, np.uint64] | None = None

    def __call__(self, flat: Flat, states: dict[int, Any] | None = None) -> Flat:
        lifted = self.lifted
        if not self.random:
            outs = self._run(*[state.current(source)._value for source in lifted.inputs], *flat)
        else:
            outs = self._run(*self._inputs(states or {}), *flat)
        for variable, value in zip(lifted.assigned, outs[self._count :], strict=True):
            self._keep(variable, value, states)
        if lifted.effects:
            effects.raise_failures()
        return self._leaves(outs[: self._count])

    def _run(self, *arrays: Any) -> Any:
        found = self._deferred.run(arrays) if self._deferred is not None else None
        if found is not None:
            return found[0]
        try:
            return self._compiled(*arrays)
        except jax.errors.JaxRuntimeError as error:
            if memory.ran_out(error):
                raise errors.ResourceExhaustedError(None, None, f"{error} [{self.lifted.name}]") from error
            raise

    def _inputs(self, states: dict[int, Any]) -> list[Any]:
        """The values of what the function reads; random states where this pass over the dataset has them."""
        values = []
        for source, key in zip(self.lifted.inputs, self._keys, strict=True):
            value = states.get(id(source)) if key else None
            if value is None and key:
                value = random_state.start_of(source)
            values.append(state.current(source)._value if value is None else value)
        return values

    def _keep(self, variable: Any, value: Any, states: dict[int, Any] | None) -> None:
        if states is not None and random_state.is_key(variable) and random_state.start_of(variable) is not None:
            states[id(variable)] = value
        else:
            variable._write(Tensor(value))

    def _leaves(self, outs: Sequence[Any]) -> Flat:
        packed = self.lifted.pack(outs)
        return tuple(leaf._value if isinstance(leaf, Tensor) else leaf for leaf in packed)

    def vectorisable(self) -> bool:
        """Whether the function can run over a batch of elements at once."""
        if self.writes or self.lifted.effects or len(self.specs) != self._count:
            return False
        if self._many is None:
            axes = [0 if key else None for key in self._keys] + [0] * len(self.lifted.jaxpr.in_avals[len(self._keys) :])
            if not any(axis == 0 for axis in axes):
                return False
            self._many = jax.jit(jax.vmap(self.lifted.fn, in_axes=tuple(axes)))
            try:
                self._many.eval_shape(
                    *[_widened(aval, axis) for aval, axis in zip(self.lifted.jaxpr.in_avals, axes, strict=True)]
                )
            except Exception:  # whatever a primitive without a batching rule raises
                self._many = False
        return bool(self._many)

    def batched(self, flat: Flat, count: int, states: dict[int, Any] | None = None) -> Flat:
        """The function of every row of a batch, each with the random numbers it would get one by one."""
        inputs = (
            self._inputs({} if states is None else states)
            if self.random
            else [state.current(source)._value for source in self.lifted.inputs]
        )
        if self.random:
            moves = self._random_moves(inputs, flat)
            for index, key in enumerate(self._keys):
                if key:
                    variable = self.lifted.inputs[index]
                    first, move = np.asarray(inputs[index]), moves[id(variable)]
                    inputs[index] = _advanced(first, move, np.arange(count, dtype=np.uint64))
                    self._keep(variable, _advanced(first, move, np.uint64(count)), states)
        outs = self._many(*inputs, *flat)
        return tuple(outs[: self._count])

    def _random_moves(self, inputs: list[Any], flat: Flat) -> dict[int, np.uint64]:
        """By how much one call moves each random state on."""
        if self._moves is None:
            run = jax.jit(lambda *values: self.lifted.fn(*values)[self._count :])
            after = run(*inputs, *[leaf[0] for leaf in flat])
            before = {id(source): value for source, value in zip(self.lifted.inputs, inputs, strict=True)}
            self._moves = {
                id(variable): np.asarray(value)[0] - np.asarray(before[id(variable)])[0]
                for variable, value in zip(self.lifted.assigned, after, strict=True)
            }
        return self._moves


def _advanced(first: np.ndarray, move: np.uint64, times: Any) -> np.ndarray:
    """Random states after ``times`` moves: a 128-bit counter in two halves, then the key."""
    low = first[0] + move * times
    high = first[1] + (low < first[0]).astype(np.uint64)
    return np.stack(np.broadcast_arrays(low, high, first[2]), axis=-1)


def _widened(aval: Any, axis: int | None) -> Example:
    return Example((2, *aval.shape) if axis == 0 else aval.shape, aval.dtype)


class DatasetFunction:
    """A user's function of elements, of any structure to any structure.

    Args:
      func: the user's function.
      parent: the dataset whose elements it takes, or
      spec: the structure of specs of its argument.
      label: the transformation's name for messages, such as ``Dataset.map()``.
    """

    def __init__(self, func: Callable[..., Any], parent: Any = None, spec: Any = None, label: str = "") -> None:
        if not callable(func):
            raise ValueError(f"Argument `func` must be a callable. Received func={func} (of type {type(func)})")
        self._func = func
        self._parent = parent
        self._given_spec = spec
        self._label = label
        self._spec: Any = None
        self._wrap: Callable[[Flat], Any] | None = None
        self._converted = autograph.convert(func)
        known = spec if parent is None else parent._known_spec()
        self._traced, self._compiles = _traced_like(func, known)
        self._programs = self._traced.programs
        self._examples = parent._examples() if spec is None else examples_of(spec)
        if self._examples is not None:
            self._try_examples(self._examples)

    @property
    def _returned(self) -> Any:
        return self._traced.returned

    @property
    def input_spec(self) -> Any:
        """The nesting of the argument, as a structure of specs."""
        return self._parent._structure() if self._given_spec is None else self._given_spec

    def _known_static(self) -> bool:
        spec = self._given_spec if self._parent is None else self._parent._known_spec()
        return spec is not None and all(
            isinstance(leaf, TensorSpec) and leaf.shape.is_fully_defined() for leaf in structure.flatten(spec)
        )

    def _shown_spec(self) -> Any:
        """The spec of the argument as users see it, where sizes may be unknown that all elements have; or None."""
        if self._parent is None or self._given_spec is not None:
            return self._given_spec
        return None if self._parent._known_spec() is None else self._parent.element_spec

    def _shown_static(self) -> bool:
        return all(
            isinstance(leaf, TensorSpec) and leaf.shape.is_fully_defined()
            for leaf in structure.flatten(self._shown_spec())
        )

    def _try_examples(self, examples: Sequence[Example]) -> None:
        """Traces for the expected shapes; an error counts if those are certain."""
        try:
            program = self._program(examples)
        except Exception:
            if self._known_static():
                raise
            return
        if program is not None:
            self._traced.returned = program.spec

    # ---- running ----

    def __call__(self, flat: Flat, states: dict[int, Any] | None = None) -> Flat:
        program = self._program_for(flat)
        if program is not None:
            return program(flat, states)
        return self._call_python(flat)

    def opened(self) -> Callable[[Flat], Flat]:
        """The function for one pass over a dataset, in which seeded random ops begin anew."""
        return functools.partial(self.__call__, states={})

    def _program_for(self, flat: Flat) -> Program | None:
        try:
            key = tuple([(leaf.shape, leaf.dtype) for leaf in flat])
            return self._programs[key]
        except KeyError:
            pass
        except AttributeError:
            return None
        return self._program(flat)

    def _program(self, like: Sequence[Any]) -> Program | None:
        """The program for values of these shapes, None if it cannot be compiled."""
        if not all(isinstance(leaf, (np.ndarray, jax.Array, Example)) for leaf in like):
            return None
        key = tuple([(tuple(leaf.shape), np.dtype(leaf.dtype)) for leaf in like])
        if key in self._programs:
            return self._programs[key]
        program: Program | None = None
        if self._compiles and not _DEBUG and not any(leaf.dtype == object for leaf in like):
            try:
                program = self._trace(like)
            except errors.Uncompilable:
                program = None
        self._programs[key] = program
        if program is not None and self._returned is None:
            self._traced.returned = program.spec
        return program

    def _trace(self, like: Sequence[Any]) -> Program:
        found: dict[str, Any] = {}
        spec = self.input_spec

        def run(*tensors: Tensor) -> list[Any]:
            for index, tensor in enumerate(tensors):
                tensor._name = f"args_{index}:0"
            out = self._converted(*_arguments(structure.pack(spec, tensors)))
            if isinstance(out, list):
                out = tuple(out)
            leaves = [self._traced_leaf(leaf) for leaf in structure.flatten(out)]
            found["spec"] = structure.pack(out, [_traced_spec(leaf) for leaf in leaves])
            return leaves

        with state.init_scope():
            lifted = state.trace(run, [Example(leaf.shape, leaf.dtype) for leaf in like], name="dataset_function")
        return Program(lifted, found["spec"], others=len(self._programs))

    def _traced_leaf(self, leaf: Any) -> Any:
        if leaf is None or isinstance(leaf, Tensor):
            return leaf
        if structure.is_dataset(leaf) or structure.is_optional(leaf) or structure.is_composite(leaf):
            raise errors.Uncompilable(f"A {type(leaf).__name__} returned to {self._label}")
        try:
            return convert_to_tensor(leaf)
        except (TypeError, ValueError) as error:
            raise TypeError(f"Unsupported return value from function passed to {self._label}: {leaf!r}.") from error

    def _call_python(self, flat: Flat) -> Flat:
        if self._wrap is None:
            self._wrap = structure.wrapper(self.input_spec)
        with _inside():
            out = self._func(*_arguments(self._wrap(flat)))
        if isinstance(out, list):
            out = tuple(out)
        try:
            leaves = tuple([structure.raw_leaf(leaf) for leaf in structure.flatten(out)])
            if self._returned is None:
                self._traced.returned = structure.traced_spec(out)
        except (TypeError, ValueError) as error:
            raise TypeError(f"Unsupported return value from function passed to {self._label}: {out!r}.") from error
        return leaves

    # ---- many at once ----

    def plain_program(self) -> Program | None:
        """The program for the expected shapes, if those are the shapes of all elements."""
        if self._examples is None or not self._known_static():
            return None
        return self._programs.get(tuple([(tuple(leaf.shape), np.dtype(leaf.dtype)) for leaf in self._examples]))

    @property
    def vectorisable(self) -> bool:
        program = self.plain_program()
        return program is not None and program.vectorisable()

    @property
    def pure(self) -> bool:
        """Whether elements can be passed over without running the function on them."""
        return not any(program is not None and program.writes for program in self._programs.values())

    @property
    def random(self) -> bool:
        program = self.plain_program()
        return program is not None and program.random

    @property
    def compiled(self) -> bool:
        """Whether the expected elements run as a compiled program."""
        return any(program is not None for program in self._programs.values())

    def batched(self, flat: Flat, count: int, states: dict[int, Any] | None = None) -> Flat:
        program = self.plain_program()
        if program is None:
            raise RuntimeError("The function is not vectorisable.")
        return program.batched(flat, count, states)

    # ---- what it returns ----

    def output_examples(self) -> list[Example] | None:
        """Shapes that elements of the result are expected to have, None if unknown."""
        if self._examples is None:
            return None
        program = self._programs.get(tuple([(tuple(e.shape), np.dtype(e.dtype)) for e in self._examples]))
        return None if program is None else examples_of(program.spec)

    def known_spec(self) -> Any:
        """The structure of specs of the result if it can be told without running anything, else None."""
        if self._spec is None and self.plain_program() is not None and self._shown_static():
            self._spec = self._returned
        if self._spec is None and self.output_examples() is not None:
            self._spec = self._inferred()
        return self._spec

    @property
    def output_spec(self) -> Any:
        """The structure of specs of the result; runs the first elements if nothing else tells."""
        known = self.known_spec()
        if known is not None:
            return known
        self._spec = self._sampled()
        return self._spec

    @property
    def returned(self) -> Any:
        """The specs of some result, at least its nesting, once there was one; else that of ``output_spec``."""
        return self.output_spec if self._returned is None else self._returned

    def _inferred(self) -> Any:
        """Traces again with other sizes for unknown dimensions; sizes of the result that change are unknown."""
        spec = self._shown_spec()
        if spec is None or self._examples is None or self._returned is None:
            return None
        others = [
            Example(
                [a if b is not None else a + 2 for a, b in zip(example.shape, leaf.shape, strict=True)], example.dtype
            )
            for example, leaf in zip(self._examples, structure.flatten(spec), strict=True)
        ]
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                program = self._trace(others)
        except Exception:  # the function wants sizes that are not known here
            return structure.map_structure(structure.unknown_sizes, self._returned)
        return structure.map_structure(structure.relax, self._returned, program.spec)

    def _spec_from(self, flat: Flat) -> Any:
        """The structure of specs of what one element becomes."""
        out = self._call_python(flat) if self._program_for(flat) is None else self(flat)
        return structure.pack(self._returned, list(map(_sampled_spec, structure.flatten(self._returned), out)))

    def _made_up(self, size: int) -> Flat:
        """A made-up element, with ``size`` for unknown sizes."""
        spec = self.input_spec if self._parent is None else self._parent.element_spec
        return tuple(structure.raw_leaf(structure.stand_in(leaf, size)) for leaf in structure.flatten(spec))

    @only_tried()
    def _sampled(self) -> Any:
        elements = self._parent._samples() if self._parent is not None else iter(())
        specs = list(itertools.islice(map(self._spec_from, elements), 2))
        try:
            if len(specs) < 2:  # one element does not tell which sizes are always the same
                specs += [self._spec_from(self._made_up(size)) for size in (3, 5)]
        except Exception as error:  # the function wants real values
            if not specs:
                raise ValueError(
                    f"The element_spec of {self._label} is not known: its function cannot be compiled and there is "
                    "no element to try it on."
                ) from error
        return functools.reduce(functools.partial(structure.map_structure, structure.relax), specs)


def _arguments(element: Any) -> tuple[Any, ...]:
    return element if type(element) is tuple else (element,)


def _sampled_spec(returned: Any, leaf: Any) -> Any:
    """The spec of a leaf of some result; an unknown rank stays unknown."""
    is_open = isinstance(returned, TensorSpec) and returned.shape.rank is None
    return returned if is_open else structure.leaf_spec(leaf)


def _traced_spec(leaf: Any) -> Any:
    return NoneTensorSpec() if leaf is None else TensorSpec(leaf.shape, leaf.dtype)


def examples_of(spec: Any) -> list[Example] | None:
    """Shapes and dtypes that a spec allows, None where it does not describe numeric tensors of known rank."""
    found = []
    for leaf in structure.flatten(spec):
        if not isinstance(leaf, TensorSpec) or leaf.shape.rank is None or leaf.dtype.dtype == object:
            return None
        found.append(Example(tuple(_GUESS if d is None else d for d in leaf.shape), leaf.dtype.dtype))
    return found


class _Traced:
    """The programs of one function, and the specs of what it returned."""

    def __init__(self, keep: Any) -> None:
        self.programs: dict[Any, Program | None] = {}
        self.returned: Any = None
        self.keep = keep  # what the key names by id must live as long as the entry


_nested = threading.local()  # depth: whether a user's function is running that may make datasets
_made_inside: collections.OrderedDict[Any, _Traced] = collections.OrderedDict()
_codes: collections.Counter[Any] = collections.Counter()


def _traced_like(func: Any, spec: Any) -> tuple[_Traced, bool]:
    """Where a function's programs are kept, and whether it should be compiled.

    A function made anew for every element, inside the function of another transformation, shares the programs
    of its likes if it closes over the same values; if there are many that differ, compiling each would cost
    more than running it.
    """
    if not getattr(_nested, "depth", 0):
        return _Traced(None), True
    cells = tuple(cell.cell_contents for cell in getattr(func, "__closure__", None) or ())
    defaults = getattr(func, "__defaults__", None) or ()
    code = getattr(func, "__code__", func)
    try:
        key = (code, tuple(map(id, cells)), tuple(map(id, defaults)), repr(spec))
        if key not in _made_inside:
            _codes[code] += 1
            if _codes[code] > _FRESH_LIMIT:
                return _Traced(None), False
            _made_inside[key] = _Traced((func, cells, defaults))
            if len(_made_inside) > _KEPT:
                _made_inside.popitem(last=False)
        return _made_inside[key], True
    except TypeError:  # a callable that cannot be hashed
        return _Traced(None), True


@contextlib.contextmanager
def _inside() -> Iterator[None]:
    _nested.depth = getattr(_nested, "depth", 0) + 1
    try:
        yield
    finally:
        _nested.depth -= 1


def enable_debug_mode() -> None:
    """Makes the functions of datasets run as plain python, element by element.

    >>> import kerax as tf
    >>> tf.data.experimental.enable_debug_mode  # doctest: +ELLIPSIS
    <function enable_debug_mode at ...>
    """
    global _DEBUG
    _DEBUG = True
