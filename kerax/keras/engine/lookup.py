"""Tables of named Keras objects (losses, initializers …): ``get``, ``serialize`` and ``deserialize`` of each kind."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from kerax.keras.engine.names import to_snake_case
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object


def table(objects: list[Any], aliases: dict[str, Any] | None = None, snake_case: bool = False) -> dict[str, Any]:
    """Objects by ``__name__``, by snake-case name where wanted, and by aliases."""
    found = {obj.__name__: obj for obj in objects}
    if snake_case:
        found.update({to_snake_case(obj.__name__): obj for obj in objects})
    found.update(aliases or {})
    return found


def _named(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A function whose first parameter is called ``name``, as in Keras."""
    first, *rest = inspect.signature(function).parameters.values()
    signature = inspect.Signature([first.replace(name=name), *rest])

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        return function(*bound.args)

    wrapper.__signature__ = signature  # type: ignore[attr-defined]
    return wrapper


def lookup(
    names: dict[str, Any], noun: str, through_config: bool = False, parameters: tuple[str, str] = ("obj", "config")
) -> tuple[Callable[..., Any], ...]:
    """The functions ``serialize``, ``deserialize`` and ``get`` for one kind of object.

    Args:
      names: the table of named objects.
      noun: str, what messages call them.
      through_config: bool, whether strings may name registered custom objects too.
      parameters: names of the first parameters of ``serialize`` and ``deserialize``.
    """

    def serialize(obj: Any, use_legacy_format: bool = False) -> Any:
        if use_legacy_format:
            if hasattr(obj, "get_config"):
                return {"class_name": type(obj).__name__, "config": obj.get_config()}
            return getattr(obj, "__name__", obj)
        return serialize_keras_object(obj)

    def deserialize(config: Any, custom_objects: Any = None, use_legacy_format: bool = False) -> Any:
        return deserialize_keras_object(config, module_objects=names, custom_objects=custom_objects)

    def get(identifier: Any) -> Any:
        if identifier is None:
            return None
        if isinstance(identifier, dict):
            found = deserialize(identifier)
        elif isinstance(identifier, str):
            found = names.get(identifier)
            if found is None:
                found = _custom(identifier, deserialize, through_config)
        else:
            found = identifier
        if not callable(found):
            raise ValueError(f"Could not interpret {noun} identifier: {identifier}")
        return found() if inspect.isclass(found) else found

    serialize.__doc__ = f"The config of a {noun} as a dict."
    deserialize.__doc__ = f"""The {noun} of a config.

    Args:
      config: dict or name.
      custom_objects: dict of names and custom objects.
      use_legacy_format: bool, unused: both formats are read.
    """
    get.__doc__ = f"""The {noun} of an identifier.

    Args:
      identifier: name, config, class, or the object itself; None gives None.

    Raises:
      ValueError: it names nothing.
    """
    return _named(parameters[0], serialize), _named(parameters[1], deserialize), get


def _custom(identifier: str, deserialize: Callable[..., Any], through_config: bool) -> Any:
    """A registered custom object of that name, None if there is none (ValueError where Keras raises so itself)."""
    try:
        return deserialize({"class_name": identifier, "config": {}} if through_config else identifier)
    except (ValueError, TypeError) as error:
        if through_config:
            raise ValueError(f"{error}") from error
        return None
