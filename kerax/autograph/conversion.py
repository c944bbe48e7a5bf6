"""What AutoGraph makes of a function, to look at."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable
from typing import Any

from kerax.core.autograph import malt_modules, transformed


def to_code(entity: Any, recursive: bool = True, experimental_optional_features: Any = None) -> str:
    """The source that AutoGraph makes of a function.

    Args:
      entity: python function.
      recursive: bool, whether what the function calls is converted too.
      experimental_optional_features: ``tf.autograph.experimental.Feature`` or a tuple of them.

    Returns:
      str.
    """
    return textwrap.dedent(inspect.getsource(to_graph(entity, recursive, experimental_optional_features)))


def to_graph(entity: Any, recursive: bool = True, experimental_optional_features: Any = None) -> Callable[..., Any]:
    """The function that AutoGraph makes of a function; its arguments are those of ``to_code``."""
    malt = malt_modules()
    entity = getattr(entity, "python_function", entity)
    features = experimental_optional_features or ()
    features = features if isinstance(features, (tuple, list, set)) else (features,)
    options = malt.converter.ConversionOptions(
        recursive=recursive,
        user_requested=True,
        optional_features=tuple(malt.converter.Feature[feature.name] for feature in features),
    )
    return transformed(entity, options)[0]
