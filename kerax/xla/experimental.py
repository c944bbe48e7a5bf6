"""``tf.xla.experimental``: everything in kerax is compiled by XLA."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from kerax.core import nest
from kerax.core.function import function
from kerax.core.tensor import convert_to_tensor


def compile(computation: Callable[..., Any], inputs: Any = None) -> Any:
    """Compiles a function and runs it.

    Args:
      computation: callable of Tensors.
      inputs: list of its arguments, or None.

    Returns:
      list of its results; a single one is in a list too.

    >>> import kerax as tf
    >>> tf.xla.experimental.compile(lambda x: x * 2, [tf.constant(3.0)])
    [<tf.Tensor: shape=(), dtype=float32, numpy=6.0>]
    """
    arguments = [] if inputs is None else [nest.map_structure(convert_to_tensor, value) for value in inputs]
    result = function(computation, jit_compile=True)(*arguments)
    if nest.is_nested(result):
        return result
    return [] if result is None else [result]


@contextlib.contextmanager
def jit_scope(compile_ops: bool = True, separate_compiled_gradients: bool = False) -> Iterator[None]:
    """Marks ops to be compiled, which all of them are.

    Args:
      compile_ops, separate_compiled_gradients: without effect; ``tf.config.run_functions_eagerly`` turns the
        compilation of functions off.
    """
    yield
