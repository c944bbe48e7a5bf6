"""``tensorflow.python.util.object_identity``: sets and dicts of objects that go by identity, not equality."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator, MutableMapping, MutableSet
from typing import Any


class Reference:
    """An object as a hashable value that is equal only to itself.

    Args:
      unwrapped: the object.
    """

    def __init__(self, unwrapped: Any) -> None:
        self._wrapped = unwrapped

    @property
    def unwrapped(self) -> Any:
        """The object."""
        return self._wrapped

    def deref(self) -> Any:
        """The object."""
        return self.unwrapped

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reference) and self.unwrapped is other.unwrapped

    def __hash__(self) -> int:
        return id(self.unwrapped)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} wrapping {self.unwrapped!r}>"


class WeakReference(Reference):
    """A `Reference` that does not keep its object alive."""

    def __init__(self, unwrapped: Any) -> None:
        self._identity = id(unwrapped)
        super().__init__(weakref.ref(unwrapped))

    @property
    def unwrapped(self) -> Any:
        """The object, or None where it is gone."""
        return self._wrapped()

    def __hash__(self) -> int:
        return self._identity


class ObjectIdentityDictionary(MutableMapping):
    """A dict whose keys are objects by identity."""

    _reference: type[Reference] = Reference

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._storage: dict[Reference, Any] = {}
        self.update(dict(*args, **kwargs) if not args or not hasattr(args[0], "items") else args[0])

    def __getitem__(self, key: Any) -> Any:
        return self._storage[self._reference(key)]

    def __setitem__(self, key: Any, value: Any) -> None:
        self._storage[self._reference(key)] = value

    def __delitem__(self, key: Any) -> None:
        del self._storage[self._reference(key)]

    def __len__(self) -> int:
        return len(self._storage)

    def __iter__(self) -> Iterator[Any]:
        return (key.unwrapped for key in self._storage)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._storage!r})"


class ObjectIdentityWeakKeyDictionary(ObjectIdentityDictionary):
    """A dict of objects by identity that lets go of keys nobody else holds."""

    _reference = WeakReference

    def __iter__(self) -> Iterator[Any]:
        for key in list(self._storage):
            if key.unwrapped is None:
                del self._storage[key]
            else:
                yield key.unwrapped


class ObjectIdentitySet(MutableSet):
    """A set of objects by identity."""

    def __init__(self, *args: Iterable[Any]) -> None:
        self._storage = {Reference(value) for value in (args[0] if args else ())}

    def __contains__(self, key: Any) -> bool:
        return Reference(key) in self._storage

    def add(self, key: Any) -> None:
        """Adds an object."""
        self._storage.add(Reference(key))

    def discard(self, key: Any) -> None:
        """Takes an object out."""
        self._storage.discard(Reference(key))

    def update(self, items: Iterable[Any]) -> None:
        """Adds objects."""
        self._storage.update(Reference(item) for item in items)

    def __len__(self) -> int:
        return len(self._storage)

    def __iter__(self) -> Iterator[Any]:
        return (key.unwrapped for key in self._storage)
