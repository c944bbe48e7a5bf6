"""``tensorflow.python.saved_model.nested_structure_coder``: structures of specs and plain values as messages."""

from __future__ import annotations

from typing import Any

from kerax.io.proto import message as _message
from kerax.saved_model.messages import _put_value
from kerax.saved_model.tensorflow_model import _decoded


class NotEncodableError(Exception):
    """A value that no message can hold."""


def encode_structure(nested_structure: Any) -> Any:
    """A structure as a ``StructuredValue`` message.

    Raises:
      NotEncodableError: it holds what a message cannot.
    """
    proto = _message("StructuredValue")()
    try:
        _put_value(proto, nested_structure)
    except TypeError as problem:
        raise NotEncodableError(str(problem)) from None
    return proto


def can_encode(nested_structure: Any) -> bool:
    """Whether `encode_structure` takes a structure."""
    try:
        encode_structure(nested_structure)
    except NotEncodableError:
        return False
    return True


def decode_proto(proto: Any) -> Any:
    """The structure that a ``StructuredValue`` message holds."""
    return _decoded(proto)
