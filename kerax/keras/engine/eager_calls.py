"""Eager calls of kerax' own layers, losses and metrics as one program each.

Outside of ``tf.function`` python runs op by op. Where all code of a call is kerax' own it does the same every
time, so from the second call of a signature on it runs as one compiled program, a layer together with the layers
in it. It stays plain python where a program could tell the difference: where the object holds somebody else's
function or layer, adds losses, draws from the global random stream, checks or prints values, or asks for them.
"""

from __future__ import annotations

import inspect
import itertools
import weakref
from collections.abc import Callable
from typing import Any

import jax

from kerax.core import nest, random_state, state
from kerax.core.context import context
from kerax.core.origin import is_own, module_of
from kerax.core.program import Program
from kerax.core.value import Tensor
from kerax.keras.engine import global_state
from kerax.keras.engine.abstract import in_abstract_scope
from kerax.keras.engine.autocast import get_autocast_scope
from kerax.keras.engine.settings import epsilon

_SIGNATURES = 256  # of a layer; beyond, the sizes of its inputs probably never repeat
_PLAIN = (bool, int, float, str, type(None))

_changes = itertools.count(1)
_last_change = 0
_ABSENT = object()
PYTHON = object()  # says that python is to run
_calls: weakref.WeakKeyDictionary[Any, EagerCalls] = weakref.WeakKeyDictionary()


class EagerlyCompiled:
    """Mixed into classes whose objects may run as programs: notices when an attribute gets another value."""

    _is_kerax_own = False  # whether the class is one of kerax' own, not a user's

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls._is_kerax_own = is_own(cls)

    def _check_arguments(self, *args: Any, **kwargs: Any) -> None:
        """Raises for values that python would refuse: called before a program, which does not look at values."""

    def __setattr__(self, name: str, value: Any) -> None:
        global _last_change
        if self._is_kerax_own and self.__dict__.get(name, _ABSENT) is not value:
            self.__dict__["_last_change"] = _last_change = next(_changes)
        super().__setattr__(name, value)


def run(owner: Any, call: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """``call(*args, **kwargs)``, compiled where that makes no difference but time.

    Args:
      owner: EagerlyCompiled.
      call: a method of it.
      args, kwargs: the arguments.
    """
    if not _may_compile(owner):
        return call(*args, **kwargs)
    calls = _calls.get(owner)
    if calls is None:
        calls = _calls[owner] = EagerCalls()
    if calls.busy or not calls.is_own(owner):
        return call(*args, **kwargs)
    tensors: list[Tensor] = []
    program = calls.program(owner, call, args, kwargs, tensors)
    if program is not None and program.fits():
        owner._check_arguments(*args, **kwargs)
        calls.ran = program, list(map(id, tensors))
        return program.run(tensors)
    calls.busy = True
    try:
        return call(*args, **kwargs)
    finally:
        calls.busy = False


def repeated(layer: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The outputs of a layer's whole call, if one like it was found to be a program and nothing else; else PYTHON."""
    calls = _calls.get(layer) if layer._is_kerax_own else None
    if calls is None:
        return PYTHON
    calls.ran = None
    if not calls.whole or not _may_compile(layer) or calls.busy or not calls.is_own(layer):
        return PYTHON
    tensors: list[Tensor] = []
    program = calls.whole.get(_whole_key(args, kwargs, tensors))
    if program is None or not program.fits():
        return PYTHON
    layer._clear_losses()
    layer._check_arguments(*args, **kwargs)
    return program.run(tensors)


def note_whole(layer: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """After an outermost call with these arguments: notes whether running a program was all that it did to tensors."""
    calls = _calls.get(layer) if layer._is_kerax_own else None
    if calls is None or calls.ran is None:
        return
    (program, given), calls.ran = calls.ran, None
    tensors: list[Tensor] = []
    key = _whole_key(args, kwargs, tensors)
    unmasked = all(getattr(tensor, "_keras_mask", None) is None for tensor in tensors) and not program.masked
    if key is not None and unmasked and given == list(map(id, tensors)):
        calls.whole[key] = program


def _may_compile(owner: Any) -> bool:
    return (
        owner._is_kerax_own
        and context.trace is None
        and context.device is None
        and not context.eager_functions
        and "strategy" not in context.extras
        and not in_abstract_scope()
    )


def _whole_key(args: tuple[Any, ...], kwargs: dict[str, Any], tensors: list[Tensor]) -> Any:
    """What decides about an outermost call; None where only python will do."""
    if global_state.get("current_call_ctx") is not None or get_autocast_scope() is not None:
        return None
    try:
        return _key(args, tensors), _key(kwargs, tensors), epsilon()
    except _Unknown:
        return None


class _Unknown(Exception):
    """An argument that signatures do not know."""


class EagerCalls:
    """The programs of one object, by signature: None where only python will do."""

    def __init__(self) -> None:
        self._checked = -1  # the last change that has been looked at
        self._state: Any = None
        self._own = False
        self._programs: dict[Any, _EagerProgram | None] = {}
        self._called: set[Any] = set()
        self.whole: dict[Any, _EagerProgram] = {}  # for the arguments as a user gives them to a layer
        self.ran: tuple[_EagerProgram, list[int]] | None = None  # the program under way, and which tensors it was given
        self.busy = False  # whether python is at it: what it calls of the same object is part of that

    def is_own(self, owner: Any) -> bool:
        """Whether nothing in the object is anybody else's; forgets the programs if something has changed."""
        if self._checked != _last_change:
            self._checked = _last_change
            parts = _parts(owner)
            current = [(id(part), part.__dict__.get("_last_change")) for part in parts]
            if current != self._state:
                self._state = current
                self._own = all(_is_own(part) for one in parts for part in (one, *getattr(one, "_operations", ())))
                self._programs.clear()
                self._called.clear()
                self.whole.clear()
        return self._own

    def program(
        self, owner: Any, call: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], tensors: list[Tensor]
    ) -> _EagerProgram | None:
        """The program for a call, None where python is to run; the tensors of the arguments are collected."""
        outer = global_state.get("current_call_ctx")
        try:
            key = (
                call.__func__,
                _key(args, tensors),
                _key(kwargs, tensors),
                None if outer is None else _key(outer.values, []),
                getattr(get_autocast_scope(), "dtype", None),
                epsilon(),
            )
        except _Unknown:
            return None
        if key in self._programs:
            return self._programs[key]
        if key in self._called:
            self._programs[key] = _traced(owner, call, args, kwargs, tensors, others=len(self._programs))
            return self._programs[key]
        if len(self._called) < _SIGNATURES:
            self._called.add(key)
        return None


def check_values(fn: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
    """What a function of kerax' own, run eagerly, would refuse among its arguments' values."""
    check = getattr(fn, "check_values", None)
    if check is not None:
        check(*args, **kwargs)


class _EagerProgram:
    """A compiled call.

    Args:
      lifted: the trace; it returns the outputs, or ``(outputs, their masks)``.
      masked: bool, whether the outputs have masks.
      chained: bool, whether some outputs follow from others.
      others: int, how many programs of the object there are.
    """

    def __init__(self, lifted: state.Lifted, masked: bool, chained: bool, others: int) -> None:
        self._program = Program(lifted, others)
        self.masked = masked
        self._chained = chained

    def fits(self) -> bool:
        """Whether the program will do here: a tape would not know how its outputs follow from one another."""
        return not (self._chained and context.recorders)

    def run(self, tensors: list[Tensor]) -> Any:
        result = self._program.run(tensors)
        if not self.masked:
            return result
        outputs, masks = result
        for value, mask in zip(nest.flatten(outputs), masks, strict=True):
            if mask is not None:
                value._keras_mask = mask
        return outputs


def _traced(
    owner: Any,
    call: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    tensors: list[Tensor],
    others: int,
) -> _EagerProgram | None:
    """The program of a call, None where it would differ from python."""
    adders = [part._losses for part in _parts(owner) if hasattr(part, "_losses")]
    before = list(map(len, adders))
    masked = False

    def python(*traced: Tensor) -> Any:
        nonlocal masked
        feed = iter(traced)

        def stand_in(leaf: Any) -> Any:
            if not isinstance(leaf, Tensor):
                return leaf
            value = next(feed)
            if getattr(leaf, "_keras_mask", None) is not None:
                value._keras_mask = next(feed)
            return value

        ordered = nest.map_structure(stand_in, (args, kwargs))
        outputs = call(*ordered[0], **ordered[1])
        masks = [getattr(value, "_keras_mask", None) for value in nest.flatten(outputs)]
        masked = any(mask is not None for mask in masks)
        return (outputs, masks) if masked else outputs

    avals = [jax.ShapeDtypeStruct(tensor._value.shape, tensor._value.dtype) for tensor in tensors]
    try:
        lifted = state.trace(python, avals, name=owner.name)
        lifted.whole = False
    except Exception:  # python, which has run before, says what is wrong, if anything is
        lifted = None
    adds_losses = before != list(map(len, adders))
    for losses, count in zip(adders, before, strict=True):
        del losses[count:]
    if lifted is None or adds_losses or lifted.effects or lifted.asks or any(map(random_state.is_key, lifted.inputs)):
        return None
    return _EagerProgram(lifted, masked, _is_chained(lifted), others)


def _is_chained(lifted: state.Lifted) -> bool:
    """Whether a result of a program follows from another: one layer's output from another's, a sum from its weights."""
    jaxpr = lifted.jaxpr.jaxpr
    results = {id(var) for var in jaxpr.outvars[: len(lifted.results)]}
    needed = set(results)
    for equation in reversed(jaxpr.eqns):
        if any(id(var) in needed for var in equation.outvars):
            taken = {id(var) for var in equation.invars}
            if taken & results:
                return True
            needed |= taken
    return False


def _key(value: Any, tensors: list[Tensor]) -> Any:
    """What decides about a program in a structure of arguments; its tensors are collected.

    Raises:
      _Unknown: there is something else in it than tensors and plain values.
    """
    kind = type(value)
    if kind is Tensor:
        array = value._value
        if array.dtype == object or isinstance(array, jax.core.Tracer):
            raise _Unknown
        tensors.append(value)
        mask = getattr(value, "_keras_mask", None)
        return (array.shape, array.dtype, None if mask is None else _key(mask, tensors))
    if kind in _PLAIN:
        return (kind, value)
    if kind is tuple or kind is list:
        return (kind, *[_key(item, tensors) for item in value])
    if kind is dict:
        return (kind, *[(name, _key(value[name], tensors)) for name in sorted(value)])
    raise _Unknown


def _parts(owner: Any) -> list[Any]:
    """The object, and a layer's layers."""
    return owner._flatten_layers() if hasattr(owner, "_flatten_layers") else [owner]


def _is_own(part: Any) -> bool:
    """Whether an object is of a class of kerax' own, as it was written, and holds no function of anybody else's."""
    values = vars(part)
    if "call" in values or not _of_kerax(type(part)):
        return False
    if hasattr(part, "_operations"):  # a graph runs its layers, and nothing that it was compiled with
        return True
    for value in values.values():
        for item in _items(value):
            if callable(item) and not _of_kerax(item if inspect.isroutine(item) else type(item)):
                return False
    return True


def _items(value: Any) -> Any:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, (list, tuple)) else (value,)


def _of_kerax(made: Any) -> bool:
    return module_of(made).partition(".")[0] in ("kerax", "jax", "builtins")
