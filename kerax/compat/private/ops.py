"""``tensorflow.python.framework.ops``."""

from __future__ import annotations

import contextlib as _contextlib
from collections.abc import Iterator as _Iterator
from typing import Any as _Any

from kerax.core.context import context as _context
from kerax.core.tensor import convert_to_tensor as _convert_to_tensor
from kerax.core.value import numpy_text as _numpy_text

from ..v1.switches import executing_eagerly_outside_functions as executing_eagerly_outside_functions
from ..v1.variables import GraphKeys as GraphKeys
from ..v1.variables import add_to_collection as add_to_collection
from ..v1.variables import add_to_collections as add_to_collections
from ..v1.variables import get_collection as get_collection
from ..v1.variables import get_collection_ref as get_collection_ref
from ..v1.variables import get_default_graph as get_default_graph
from .tensor_types import EagerTensor as EagerTensor
from .tensor_types import SymbolicTensor as SymbolicTensor


def convert_n_to_tensor(values: _Any, dtype: _Any = None, preferred_dtype: _Any = None) -> list[_Any]:
    """Tensors of some values.

    Raises:
      TypeError: ``values`` is no list.
    """
    if not isinstance(values, (list, tuple)):
        raise TypeError("values must be a sequence.")
    return [_convert_to_tensor(value, dtype, preferred_dtype) for value in values]


@_contextlib.contextmanager
def colocate_with(op: _Any, ignore_existing: bool = False) -> _Iterator[None]:
    """Nothing to do: what is computed stays where its inputs are."""
    yield


def get_name_scope() -> str:
    """The names of the scopes that are open, ``"outer/inner"``."""
    return "/".join(_context.name_scopes)


def numpy_text(tensor: _Any, is_repr: bool = False) -> str:
    """A tensor's value as it stands in the tensor's own text; ``<unprintable>`` for what has none."""
    if not tensor.dtype.is_numpy_compatible:
        return "<unprintable>"
    return _numpy_text(tensor.numpy(), is_repr)
