"""``tf.lite.experimental.authoring``."""

from __future__ import annotations

import functools
from typing import Any

from kerax.lite.converter import TFLiteConverter
from kerax.lite.lowering import ConverterError


class CompatibilityError(Exception):
    """A function that cannot be converted."""


class _Compatible:
    """A function that is converted when it is first called, to see whether it can be."""

    def __init__(
        self,
        target: Any,
        converter_target_spec: Any = None,
        converter_allow_custom_ops: bool | None = None,
        raise_exception: bool = False,
    ) -> None:
        functools.update_wrapper(self, target)
        self._function = target
        self._spec, self._custom, self._raises = converter_target_spec, converter_allow_custom_ops, raise_exception
        self._messages: list[str] | None = None

    def __get__(self, instance: Any, owner: Any) -> _Compatible:
        bound = _Compatible(self._function.__get__(instance, owner), self._spec, self._custom, self._raises)
        bound._messages = self._messages
        return bound

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self._messages is None:
            self._check(args, kwargs)
        return self._function(*args, **kwargs)

    def _check(self, args: Any, kwargs: Any) -> None:
        self._messages = []
        concrete = self.get_concrete_function(*args, **kwargs)
        converter = TFLiteConverter.from_concrete_functions([concrete], self._function)
        converter.target_spec = converter.target_spec if self._spec is None else self._spec
        try:
            converter.convert()
        except ConverterError as error:
            self._messages.append(f"COMPATIBILITY ERROR: {error}")
            print(self._messages[-1])
            if self._raises:
                raise CompatibilityError(f"CompatibilityException at {self._function!r}") from error

    def get_concrete_function(self, *args: Any, **kwargs: Any) -> Any:
        """The concrete function for arguments."""
        return self._function.get_concrete_function(*args, **kwargs)

    def get_compatibility_log(self) -> list[str]:
        """What was found when the function was first called.

        Raises:
          RuntimeError: it was not called yet.
        """
        if self._messages is None:
            raise RuntimeError("target compatibility isn't verified yet")
        return self._messages


def compatible(target: Any = None, converter_target_spec: Any = None, **kwargs: Any) -> Any:
    """Decorates a ``tf.function`` to say, when it is first called, whether it can be converted.

    Args:
      target: ``tf.function``.
      converter_target_spec: ``tf.lite.TargetSpec``.
      **kwargs: ``raise_exception``: bool, whether what cannot be converted is an error.

    >>> import kerax as tf
    >>> @tf.lite.experimental.authoring.compatible
    ... @tf.function(input_signature=[tf.TensorSpec([None])])
    ... def double(x):
    ...     return x + x
    >>> double(tf.constant([1.5])).numpy()
    array([3.], dtype=float32)
    >>> double.get_compatibility_log()
    []
    """
    if target is None:
        return lambda function: _Compatible(function, converter_target_spec, **kwargs)
    return _Compatible(target, converter_target_spec, **kwargs)
