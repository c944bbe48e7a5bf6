"""``tensorflow.python.framework.ops``."""

from typing import Any as _Any

from kerax.core.tensor import convert_to_tensor as _convert_to_tensor

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
