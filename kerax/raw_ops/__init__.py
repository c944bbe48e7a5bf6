"""``tf.raw_ops``: TensorFlow's ops under their own names and arguments, as far as kerax has functions that do the same.

They take keyword arguments only. ``dir(tf.raw_ops)`` lists them.
"""

from __future__ import annotations

import ast
import collections
import functools
import importlib
import inspect
import re
from collections.abc import Callable
from typing import Any as _Any  # the op Any is an attribute of this module

from kerax.core import dtypes as _dtypes
from kerax.raw_ops import table as _table
from kerax.raw_ops import table_data as _data
from kerax.raw_ops import table_numbers as _numbers

_KEYWORD = inspect.Parameter.KEYWORD_ONLY


@functools.cache
def _lines() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Name of an op → (place of the function, arguments)."""
    found = {}
    for text, arguments in ((_table.UNARY, ("x",)), (_table.BINARY, ("x", "y"))):
        for line in text.split("\n"):
            room, *pairs = line.split() or ("",)
            for pair in pairs:
                raw, name = pair.split(":")
                found[raw] = f"{room}.{name}", arguments
    for text in (_table.OPS, _data.OPS, _numbers.OPS):
        for line in filter(None, text.replace("\n    ", " ").split("\n")):
            raw, place, *rest = line.split()
            found[raw] = place, tuple(rest)
    return found


def _value(text: str) -> _Any:
    return getattr(_dtypes, text) if hasattr(_dtypes, text) else ast.literal_eval(text)


def python_name(name: str) -> str:
    """An op's name as TensorFlow's functions bear it: ``TopKV2`` is ``top_kv2``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=.)(?=[A-Z][a-z])", "_", name).lower()


def _parts(value: _Any) -> list[_Any]:
    """A function's results one by one: lists are one each, tuples and sparse tensors are several."""
    if isinstance(value, tuple):
        return [part for item in value for part in _parts(item)]
    if hasattr(value, "dense_shape"):
        return [value.indices, value.values, value.dense_shape]
    return [value]


def _make(name: str, place: str, arguments: tuple[str, ...]) -> Callable[..., _Any]:
    module, _, attribute = place.rpartition(".")
    outputs: tuple[str, ...] = ()
    if "->" in arguments:
        cut = arguments.index("->")
        arguments, outputs = arguments[:cut], arguments[cut + 1 :]
    parameters, targets, sparse, fixed, always = [], {}, {}, {}, {}
    for argument in arguments:
        body, _, target = argument.partition(">")
        raw, equals, default = body.lstrip("!*~").partition("=")
        value = _value(default) if equals else inspect.Parameter.empty
        if argument.startswith("*"):  # what the op always does, and the function only when told
            always[raw] = value
            continue
        members = raw.split("+")
        parameters += [inspect.Parameter(member, _KEYWORD, default=value) for member in members]
        if len(members) > 1:
            sparse[target] = members
        elif argument.startswith("!"):
            fixed[raw] = value
        elif not argument.startswith("~"):
            targets[raw] = target or raw
    signature = inspect.Signature([*parameters, inspect.Parameter("name", _KEYWORD, default=None)])
    result = collections.namedtuple(name, outputs) if outputs else None  # type: ignore[misc]
    shown = python_name(name)

    def call(*args: _Any, **kwargs: _Any) -> _Any:
        if args:
            raise TypeError(
                f"{shown} only takes keyword args (possible keys: {list(signature.parameters)}). "
                "Please pass these args as kwargs instead."
            )
        bound = signature.bind(**kwargs)
        bound.apply_defaults()
        for raw, value in fixed.items():
            given = bound.arguments[raw]
            if given != value and not (isinstance(value, list) and list(given) == value):
                raise NotImplementedError(
                    f"tf.raw_ops.{name}: argument {raw}={given!r} is not available in kerax; leave it at {value!r}."
                )
        function = getattr(importlib.import_module(f"kerax.{module}"), attribute)
        chosen = {target: bound.arguments[raw] for raw, target in targets.items()}
        for target, members in sparse.items():
            from kerax.sparse import SparseTensor

            chosen[target] = SparseTensor(*(bound.arguments[member] for member in members))
        found = function(**always, **chosen)
        return found if result is None else result(*_parts(found))

    call.__name__ = call.__qualname__ = shown
    call.__signature__ = signature  # type: ignore[attr-defined]
    call.__doc__ = f"TensorFlow's op {name}, done by ``kerax.{place}``; takes keyword arguments only."
    return call


def __getattr__(name: str) -> _Any:
    if name.startswith("_"):
        raise AttributeError(name)
    found = _lines().get(name)
    if found is None:
        raise AttributeError(
            f"kerax does not have tf.raw_ops.{name}: use the function of tf's public namespaces that does the same."
        )
    function = globals()[name] = _make(name, *found)
    return function


def __dir__() -> list[str]:
    return sorted(_lines())
