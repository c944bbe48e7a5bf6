"""``tf.Module`` and ``tf.name_scope``."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from typing import Any

from kerax.core import nest
from kerax.core.context import context
from kerax.core.tensor import is_tensor
from kerax.core.variable import Variable

_VALID_NAME = re.compile(r"^[A-Za-z_]\w*$")


class name_scope:
    """Prefixes the names of variables made inside.

    Args:
      name: str, the scope's name; one that ends in ``/`` replaces the outer scopes.

    >>> import kerax as tf
    >>> with tf.name_scope("layer"):
    ...     print(tf.Variable(1, name="w").name)
    layer/w:0
    """

    def __init__(self, name: str) -> None:
        if not isinstance(name, str):
            raise ValueError("name for name_scope must be a string.")
        self._name = name

    @property
    def name(self) -> str:
        return self._name

    def __enter__(self) -> str:
        self._outer = context.name_scopes
        if self._name.endswith("/"):
            context.name_scopes = [part for part in self._name.split("/") if part]
        elif self._name:
            name = "/".join([*self._outer, self._name])
            shown = name if context.trace is None else context.trace.unique_name(name)
            context.name_scopes = [*self._outer, self._name + shown[len(name) :]]
        else:
            context.name_scopes = []
        return "".join(f"{part}/" for part in context.name_scopes)

    def __exit__(self, *exc: Any) -> None:
        context.name_scopes = self._outer


class AutoTrackable:
    """An object whose attributes checkpoints follow, though Modules do not count it among theirs."""

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)
        if "_deferred_restores" in self.__dict__:
            continue_restores(self, name, value)

    def _no_dependency(self, value: Any) -> Any:
        """The value itself: TensorFlow marks what its checkpoints are not to follow."""
        return value

    def _track_trackable(self, trackable: Any, name: str, overwrite: bool = False) -> Any:
        """A child that checkpoints follow under a name, as an attribute would be; returns it."""
        if name not in vars(self):
            setattr(self, name, trackable)
        return trackable


def continue_restores(owner: Any, name: str, value: Any) -> None:
    """Lets checkpoints that were restored before an object was complete fill what is new in it."""
    if name != "_deferred_restores":
        for restore, node in list(vars(owner).get("_deferred_restores", ())):
            restore.resume(owner, node, name, value)


class Module(AutoTrackable):
    """A container of variables and other modules.

    Args:
      name: str, a valid python identifier; by default the class's name in snake case.

    Raises:
      ValueError: the name is not an identifier.

    >>> import kerax as tf
    >>> class Linear(tf.Module):
    ...     def __init__(self):
    ...         super().__init__()
    ...         self.w = tf.Variable([1., 2.])
    >>> len(Linear().trainable_variables)
    1
    """

    def __init__(self, name: str | None = None) -> None:
        if name is None:
            name = _snake_case(type(self).__name__)
        elif not _VALID_NAME.match(name):
            raise ValueError(
                f"{name!r} is not a valid module name. Module names must be valid Python identifiers (e.g. a "
                "valid class name)."
            )
        self._name = name
        with name_scope(name) as scope:
            self._scope_name = scope

    @property
    def name(self) -> str:
        """The name given to the constructor."""
        return self._name

    @property
    def name_scope(self) -> name_scope:
        """A scope named after the module."""
        return name_scope(self._scope_name)

    @property
    def variables(self) -> tuple[Any, ...]:
        """The variables of the module and its submodules, each once."""
        return tuple(self._flatten(predicate=_is_variable, expand_composites=True))

    @property
    def trainable_variables(self) -> tuple[Any, ...]:
        return tuple(self._flatten(predicate=_is_trainable, expand_composites=True))

    @property
    def non_trainable_variables(self) -> tuple[Any, ...]:
        return tuple(self._flatten(predicate=_is_frozen, expand_composites=True))

    @property
    def submodules(self) -> tuple[Any, ...]:
        """All modules inside this one, each once."""
        return tuple(self._flatten(predicate=lambda value: isinstance(value, Module)))

    _TF_MODULE_IGNORED_PROPERTIES = frozenset(("_self_unconditional_checkpoint_dependencies",))

    def _attributes(self) -> dict[str, Any]:
        """What variables and modules are looked for in, by name."""
        return vars(self)

    def _flatten(
        self,
        recursive: bool = True,
        predicate: Callable[[Any], bool] | None = None,
        attribute_traversal_key: Any = None,
        with_path: bool = False,
        expand_composites: bool = False,
    ) -> Iterator[Any]:
        """The leaves of the attributes, by name, then those of the modules among them.

        Args:
          recursive: bool, whether modules among the leaves are walked too.
          predicate: function of a leaf that says whether it is wanted; None: all are.
          attribute_traversal_key: function of an attribute's name that attributes are sorted by.
          with_path: bool; True: pairs of a path and a leaf, by every path that leads to it. False: each leaf once.
          expand_composites: bool, whether tensors made of others count as structures of their parts.
        """
        keep = predicate or (lambda _: True)
        return _walk(
            self, recursive, keep, attribute_traversal_key, with_path, expand_composites, (), {id(self): self}, []
        )

    @classmethod
    def with_name_scope(cls, method: Callable[..., Any]) -> Callable[..., Any]:
        """A decorator that enters the module's name scope for the method."""

        @functools.wraps(method)
        def wrapper(self: Any, *args: Any, **kwargs: Any) -> Any:
            with self.name_scope:
                return method(self, *args, **kwargs)

        return wrapper


def _is_variable(value: Any) -> bool:
    return isinstance(value, Variable)


def _is_trainable(value: Any) -> bool:
    return isinstance(value, Variable) and value.trainable


def _is_frozen(value: Any) -> bool:
    return isinstance(value, Variable) and not value.trainable


def _walk(
    module: Any,
    recursive: bool,
    keep: Callable[[Any], bool],
    key: Any,
    with_path: bool,
    expand: bool,
    prefix: tuple[Any, ...],
    seen: dict[int, Any],
    outer: list[Any],
) -> Iterator[Any]:
    """``seen``: leaves by identity, met once; ``outer``: the modules around this one, which end a cycle."""
    attributes = module._attributes()
    ignored = module._TF_MODULE_IGNORED_PROPERTIES
    recursive = recursive and not any(module is one for one in outer)
    inner = []
    for name in sorted((name for name in attributes if name not in ignored), key=key):
        for path, leaf in _leaves(attributes[name], (name,), expand):
            if not with_path:
                if id(leaf) in seen:
                    continue
                seen[id(leaf)] = leaf
            if keep(leaf):
                yield (prefix + path, leaf) if with_path else leaf
            if recursive and isinstance(leaf, Module):
                inner.append((prefix + path, leaf))
    for path, submodule in inner:
        yield from _walk(submodule, recursive, keep, key, with_path, expand, path, seen, [*outer, module])


def _leaves(value: Any, path: tuple[Any, ...], expand: bool) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if nest.is_nested(value) and not is_tensor(value):
        for key, child in zip(nest.keys(value), nest._children(value), strict=True):
            yield from _leaves(child, (*path, key), expand)
    elif expand and nest.is_composite(value) and not isinstance(value, Variable):
        for index, child in enumerate(value._kerax_components()):
            yield from _leaves(child, (*path, type(value).__name__, index), expand)
    else:
        yield path, value


def _snake_case(name: str) -> str:
    return re.sub(r"((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))", r"_\1", name).lower()
