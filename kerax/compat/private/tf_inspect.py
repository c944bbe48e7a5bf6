"""``tensorflow.python.util.tf_inspect``: the module `inspect`, which sees through decorators here."""

from __future__ import annotations

import collections
import inspect as _inspect
from typing import Any

ArgSpec = collections.namedtuple("ArgSpec", "args varargs keywords defaults")
FullArgSpec = _inspect.FullArgSpec


def getfullargspec(obj: Any) -> _inspect.FullArgSpec:
    """The arguments of a function, or of the one that it wraps."""
    kinds: dict[Any, list[_inspect.Parameter]] = collections.defaultdict(list)
    for parameter in _inspect.signature(obj).parameters.values():
        kinds[parameter.kind].append(parameter)
    plain = kinds[_inspect.Parameter.POSITIONAL_ONLY] + kinds[_inspect.Parameter.POSITIONAL_OR_KEYWORD]
    only = kinds[_inspect.Parameter.KEYWORD_ONLY]
    names = {kind: kinds[kind][0].name if kinds[kind] else None for kind in _inspect._ParameterKind}
    defaults = tuple(p.default for p in plain if p.default is not p.empty)
    return FullArgSpec(
        (["self"] if _inspect.ismethod(obj) else []) + [p.name for p in plain],
        names[_inspect.Parameter.VAR_POSITIONAL],
        names[_inspect.Parameter.VAR_KEYWORD],
        defaults or None,
        [p.name for p in only],
        {p.name: p.default for p in only if p.default is not p.empty} or None,
        {},
    )


def getargspec(obj: Any) -> ArgSpec:
    """The arguments of a function as python's ``inspect.getargspec`` once gave them."""
    return ArgSpec(*getfullargspec(obj)[:4])


def getcallargs(*func_and_positional: Any, **named: Any) -> dict[str, Any]:
    """The arguments that a call would give to a function by name; unlike python's, all the named ones as they are."""
    func, *positional = func_and_positional
    spec = getfullargspec(func)
    if _inspect.ismethod(func):
        positional = [func.__self__, *positional]
    given = dict(named)
    given.update(zip([name for name in spec.args if name not in given], positional, strict=False))
    defaults = spec.defaults or ()
    by_default = {
        **dict(zip(spec.args[len(spec.args) - len(defaults) :], defaults, strict=True)),
        **(spec.kwonlydefaults or {}),
    }
    return by_default | given


def __getattr__(name: str) -> Any:
    return getattr(_inspect, name)
