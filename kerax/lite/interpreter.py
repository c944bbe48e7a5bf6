"""``tf.lite.Interpreter``."""

from __future__ import annotations

import functools
import warnings
from typing import Any

from kerax.lite.packages import INTERPRETER, load

_DEPRECATED = """\
    Warning: tf.lite.Interpreter is deprecated and is scheduled for deletion in
    TF 2.20. Please use the LiteRT interpreter from the ai_edge_litert package.
    See the [migration guide](https://ai.google.dev/edge/litert/migration)
    for details.
    """


def __getattr__(name: str) -> Any:
    if name == "Interpreter":
        return _interpreter_class()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@functools.cache
def _interpreter_class() -> type:
    """The class, made of ai-edge-litert's when that is first needed."""
    module = load(INTERPRETER)

    class Interpreter(module.Interpreter):
        """Runs a .tflite model.

        Args:
          model_path: str, the file.
          model_content: bytes, the model itself instead.
          experimental_delegates: list of what ``tf.lite.experimental.load_delegate`` returned.
          num_threads: int, for operators that use several.
          experimental_op_resolver_type: ``tf.lite.experimental.OpResolverType``, which kernels are used.
          experimental_preserve_all_tensors: bool, whether intermediate tensors can be read after ``invoke``.
          experimental_disable_delegate_clustering: bool.
          experimental_default_delegate_latest_features: bool.

        Raises:
          ValueError: the model is none, or both or neither of path and content are given.
        """

        def __init__(
            self,
            model_path: Any = None,
            model_content: Any = None,
            experimental_delegates: Any = None,
            num_threads: int | None = None,
            experimental_op_resolver_type: Any = module.OpResolverType.AUTO,
            experimental_preserve_all_tensors: bool = False,
            experimental_disable_delegate_clustering: bool = False,
            experimental_default_delegate_latest_features: bool = False,
        ) -> None:
            warnings.warn(_DEPRECATED, stacklevel=2)
            super().__init__(
                model_path,
                model_content,
                experimental_delegates,
                num_threads,
                experimental_op_resolver_type,
                experimental_preserve_all_tensors,
                experimental_disable_delegate_clustering,
                experimental_default_delegate_latest_features,
            )

    Interpreter.__qualname__ = "Interpreter"
    return Interpreter
