"""``tf.lite.experimental.Analyzer``."""

from __future__ import annotations

from typing import Any

from kerax.lite.packages import ANALYZER, load


class Analyzer:
    """Says what a model is made of."""

    @staticmethod
    def analyze(
        model_path: str | None = None,
        model_content: bytes | None = None,
        gpu_compatibility: bool = False,
        **kwargs: Any,
    ) -> None:
        """Prints the operators and tensors of a model.

        Args:
          model_path: str, the file.
          model_content: bytes, the model itself instead.
          gpu_compatibility: bool, whether it is said what a GPU does not take.
          **kwargs: ignored.

        Raises:
          ValueError: there is no model.

        >>> import kerax as tf
        >>> negate = tf.function(lambda x: -x, input_signature=[tf.TensorSpec([2])])
        >>> converter = tf.lite.TFLiteConverter.from_concrete_functions([negate.get_concrete_function()])
        >>> tf.lite.experimental.Analyzer.analyze(model_content=converter.convert())
        === TFLite ModelAnalyzer ===
        ...
        Subgraph#0 main(T#0) -> [T#1]
          Op#0 NEG(T#0) -> [T#1]
        ...
        """
        if not model_path and not model_content:
            raise ValueError("neither `model_path` nor `model_content` is provided")
        print(f"=== {model_path} ===\n" if model_path else "=== TFLite ModelAnalyzer ===\n")
        print(load(ANALYZER).ModelAnalyzer(model_path or model_content, bool(model_path), gpu_compatibility))
