"""``tensorflow.python.util.tf_inspect``: the module `inspect`, which sees through decorators here."""

from __future__ import annotations

import collections
import inspect as _inspect
from typing import Any

from . import tf_decorator

ArgSpec = collections.namedtuple("ArgSpec", "args varargs keywords defaults")
FullArgSpec = _inspect.FullArgSpec


def getfullargspec(obj: Any) -> _inspect.FullArgSpec:
    """The arguments of a function as python gives them, or of the one that TensorFlow's decorators wrap.

    kerax' own functions have no annotations here, as TensorFlow's have none: programs compare with what they wrote.
    """
    decorators, target = tf_decorator.unwrap(obj)
    given = (d.decorator_argspec for d in decorators if d.decorator_argspec is not None)
    spec = next(given, None) or _inspect.getfullargspec(target)
    return spec._replace(annotations={}) if tf_decorator.is_own(target) else spec


def getargspec(obj: Any) -> ArgSpec:
    """The arguments of a function as python's ``inspect.getargspec`` once gave them, those by name last."""
    spec = getfullargspec(obj)
    defaults = (spec.defaults or ()) + tuple((spec.kwonlydefaults or {}).values())
    return ArgSpec(spec.args + spec.kwonlyargs, spec.varargs, spec.varkw, defaults or None)


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
