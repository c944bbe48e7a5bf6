"""TensorFlow's warning about a function that is traced again and again."""

from __future__ import annotations

import weakref
from typing import Any

from kerax.core.log import get_logger

_RECENT = 10  # calls that are looked back at
_OFTEN = 5  # traces among them that are worth a warning
_WARNINGS = 2  # for one piece of python code

_counts: weakref.WeakKeyDictionary[Any, CallCount] = weakref.WeakKeyDictionary()


class CallCount:
    """The recent calls of all ``tf.function``s of one python function, and which of them were traced."""

    def __init__(self) -> None:
        self.calls = 0
        self._starts: list[int] = []  # the calls that were traced, the oldest first
        self._warned = 0

    def traced(self, python_function: Any) -> None:
        """A call was traced; warns where that happens often."""
        self.calls += 1
        self._starts.append(self.calls)
        while len(self._starts) > 1 and self.calls - self._starts[1] >= _RECENT:
            self._starts.pop(0)
        if len(self._starts) >= _OFTEN and self._warned < _WARNINGS:
            self._warned += 1
            get_logger().warning(
                f"{len(self._starts)} out of the last {self.calls - self._starts[0] + 1} calls to {python_function} "
                "triggered tf.function retracing. Tracing is expensive and the excessive number of tracings could be "
                "due to (1) creating @tf.function repeatedly in a loop, (2) passing tensors with different shapes, (3) "
                "passing Python objects instead of tensors. For (1), please define your @tf.function outside of the "
                "loop. For (2), @tf.function has reduce_retracing=True option that can avoid unnecessary retracing. "
                "For (3), please refer to https://www.tensorflow.org/guide/function#controlling_retracing and "
                "https://www.tensorflow.org/api_docs/python/tf/function for  more details."
            )


def count_of(python_function: Any) -> CallCount:
    """The count that all functions of the same code share."""
    code = python_function
    while hasattr(code, "__wrapped__"):
        code = code.__wrapped__
    code = getattr(getattr(code, "__func__", code), "__code__", python_function)
    try:
        return _counts.setdefault(code, CallCount())
    except TypeError:  # no weak references to it, or no hash
        return CallCount()
