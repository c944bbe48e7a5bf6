"""``tensorflow.python.util.serialization``: what ``json`` is given for objects that it does not know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from kerax.core.dtypes import DType
from kerax.core.shape import TensorShape


def get_json_type(obj: Any) -> Any:
    """An object as what ``json`` can write: the ``default`` of ``json.dumps``.

    Raises:
      TypeError: for an object that has neither a config, nor a name, nor a plain value.
    """
    if hasattr(obj, "get_config"):
        return {"class_name": type(obj).__name__, "config": obj.get_config()}
    if isinstance(obj, (np.ndarray, np.generic)):
        return obj.tolist()
    if callable(obj):
        return obj.__name__
    if isinstance(obj, TensorShape):
        return obj.as_list()
    if isinstance(obj, DType):
        return obj.name
    if isinstance(obj, Mapping):
        return dict(obj)
    if obj is Ellipsis:
        return {"class_name": "__ellipsis__"}
    raise TypeError(
        f"Object {obj} is not JSON-serializable. You may implement a `get_config()` method on the class (returning a "
        "JSON-serializable dictionary) to make it serializable."
    )
