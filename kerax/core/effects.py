"""What compiled programs do besides computing, and only where the user's code asks: print and check."""

from __future__ import annotations

import builtins
import functools
import logging
import pprint
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any

import jax
import numpy as np

from kerax.core import errors, nest
from kerax.core.context import context
from kerax.core.dispatch import Call, dispatch
from kerax.core.log import get_logger
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor

_failures: list[BaseException] = []
_lock = threading.Lock()


def check(condition: Any, failure: Callable[..., str], data: Sequence[Any] = ()) -> None:
    """Raises ``InvalidArgumentError`` if a condition is false, now or when the program runs.

    Args:
      condition: scalar bool.
      failure: makes the message of the data's numpy values.
      data: Tensors that the message shows.
    """
    condition = convert_to_tensor(condition)
    tensors = [value if isinstance(value, Tensor) else convert_to_tensor(value) for value in data]
    if not condition._is_symbolic():
        if not bool(condition):
            raise errors.InvalidArgumentError(None, None, failure(*[_shown(tensor) for tensor in tensors]))
        return
    if context.pure:
        return
    scope = context.trace
    while scope is not None:
        scope.checks = True
        scope = scope.parent
    numeric = [tensor for tensor in tensors if tensor._value.dtype != object]

    def report(holds: Any, *values: Any) -> None:
        if not holds:
            with _lock:
                _failures.append(errors.InvalidArgumentError(None, None, failure(*[np.asarray(v) for v in values])))

    def body(holds: Any, *values: Any) -> tuple[()]:
        jax.debug.callback(report, holds, *values, ordered=True)
        return ()

    dispatch(Call(body, "Assert"), [condition, *numeric])


def assertion_text(data: Sequence[Any], summarize: int | None = None) -> str:
    """What TensorFlow's ``Assert`` op says of texts and numpy values."""
    return "assertion failed: " + " ".join(f"[{_summary(value, summarize or 3)}]" for value in data)


def _summary(value: Any, summarize: int) -> str:
    if isinstance(value, str):
        return value
    array = np.asarray(value)
    if not array.ndim:
        return format_number(array[()])
    rows = array[:summarize] if summarize >= 0 else array
    more = "..." if len(rows) < len(array) else ""
    if array.ndim == 1:
        return " ".join(map(format_number, rows)) + more
    return "".join(f"[{_summary(row, summarize)}]" for row in rows) + more


def _shown(tensor: Tensor) -> Any:
    return "<symbolic>" if tensor._is_symbolic() else tensor._numpy()


def raise_failures() -> None:
    """Waits for the programs under way and raises what their checks found."""
    jax.effects_barrier()
    with _lock:
        found = list(_failures)
        _failures.clear()
    if found:
        raise found[0]


# --- printing -----------------------------------------------------------------------------------------------
def format_number(value: Any) -> str:
    """One element as TensorFlow's string formatting shows it."""
    if isinstance(value, bytes):
        return value.decode("utf8", "replace")
    if isinstance(value, (bool, np.bool_)):
        return "1" if value else "0"
    if isinstance(value, np.float64) or type(value) is float:
        return _shortest(float(value), 15, 17, float)
    if isinstance(value, (np.floating,)) or type(value).__name__ == "bfloat16":
        return _shortest(float(value), 6, 9, np.float32)
    if isinstance(value, (complex, np.complexfloating)):
        part = np.float32 if isinstance(value, np.complex64) else np.float64
        return f"({format_number(part(value.real))},{format_number(part(value.imag))})"
    return str(value)


def _shortest(value: float, digits: int, full: int, kind: Any) -> str:
    if value != value:
        return "nan"
    if value in (float("inf"), float("-inf")):
        return "inf" if value > 0 else "-inf"
    text = f"{value:.{digits}g}"
    return text if kind(float(text)) == kind(value) else f"{value:.{full}g}"


def format_array(array: Any, summarize: int = 3) -> str:
    """An array as ``tf.print`` shows it: the first and last elements of each dimension.

    Args:
      array: numpy array or scalar.
      summarize: how many elements at either end; -1 for all.
    """
    array = np.asarray(array)
    if array.dtype.kind == "c":
        return _format_unknown(array, summarize)
    if array.ndim == 0:
        return format_number(array[()])
    return _format_rows(array, summarize, 0)


def _format_unknown(array: np.ndarray, summarize: int) -> str:
    """Complex numbers, which TensorFlow's printing does not know."""
    limit = array.size if summarize < 0 else min(summarize, array.size)
    text = " ".join("?" * limit) + ("..." if limit < array.size else "")
    return f"[{text}]" if array.ndim else text


def quoted(value: bytes) -> str:
    """A string as TensorFlow shows it within quotes, all but printable characters escaped."""
    known = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "'": "\\'", "\\": "\\\\"}
    text = value.decode("utf8", "replace")
    escaped = [known.get(c) or (c if c >= " " and c != "\x7f" else f"\\{ord(c):03o}") for c in text]
    return f'"{"".join(escaped)}"'


def _format_rows(array: np.ndarray, summarize: int, depth: int) -> str:
    if array.ndim == 1:
        shown = quoted if array.dtype == object else format_number
        items = [shown(item) for item in _ends(array, summarize) if item is not None]
        if 0 <= summarize and array.shape[0] > 2 * summarize:
            items.insert(summarize, "...")
        return f"[{' '.join(items)}]"
    rows = [_format_rows(row, summarize, depth + 1) for row in _ends(array, summarize)]
    if 0 <= summarize and array.shape[0] > 2 * summarize:
        rows.insert(summarize, "...")
    gap = "\n" * (array.ndim - 1) + " " * (depth + 1)
    if array.shape[0] and not array.size:
        return f"[{gap}...]"
    return f"[{gap.join(rows)}]"


def _ends(array: np.ndarray, summarize: int) -> list[Any]:
    if summarize < 0 or array.shape[0] <= 2 * summarize:
        return list(array)
    return [*array[:summarize], *array[array.shape[0] - summarize :]]


def _template(values: Sequence[Any], tensors: list[Tensor], summarize: int) -> list[Any]:
    """The printed values with Tensors collected and replaced by their number."""

    def part(value: Any) -> Any:
        if hasattr(value, "_kerax_print"):
            return _Shown(value._kerax_print(summarize))
        if hasattr(value, "_kerax_tensor"):
            value = value._kerax_tensor()
        if isinstance(value, Tensor):
            tensors.append(value)
            return _Place(len(tensors) - 1)
        if nest.is_composite(value):
            return str(value)
        return value

    return [nest.map_structure(part, value) for value in values]


class _Shown:
    """A text that shows as it is within containers too."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


class _Place:
    def __init__(self, index: int) -> None:
        self.index = index


def _text(template: list[Any], arrays: Sequence[Any], sep: str, summarize: int) -> str:
    if len(template) == 1 and isinstance(template[0], _Place) and not arrays[0].ndim:
        return format_array(arrays[0], summarize)  # a string alone is shown as it is
    return sep.join(_value_text(value, arrays, summarize) for value in template)


def _value_text(value: Any, arrays: Sequence[Any], summarize: int) -> str:
    """One printed value: a structure as ``pprint`` lays it out, with the texts of its tensors."""
    if isinstance(value, str):
        return value
    texts: list[str] = []
    own = " ".join(leaf for leaf in nest.flatten(value) if isinstance(leaf, str))
    place = "{}"
    while place in own:
        place += "0"

    def hide(leaf: Any) -> Any:
        if isinstance(leaf, _Place):
            array = arrays[leaf.index]
            texts.append(
                quoted(array[()]) if array.dtype == object and not array.ndim else format_array(array, summarize)
            )
        elif isinstance(leaf, _Shown):
            texts.append(leaf.text)
        else:
            return leaf
        return place

    pieces = pprint.pformat(nest.map_structure(hide, value)).split(repr(place))
    return "".join(piece + text for piece, text in zip(pieces, [*texts, ""], strict=True))


def print_(
    *inputs: Any,
    output_stream: Any = None,
    summarize: int = 3,
    sep: str = " ",
    end: str = "\n",
    name: str | None = None,
    **kwargs: Any,
) -> None:
    """Prints tensors and python values, inside compiled programs each time they run; in a notebook, in its cell.

    Differs from TensorFlow: a function that was loaded from a SavedModel does not print.

    Args:
      *inputs: what to print: Tensors, python values, structures of them.
      output_stream: ``sys.stderr`` (default), ``sys.stdout``, a logging function or level, or "file://path".
      summarize: int, elements shown at either end of each dimension; -1 for all.
      sep, end: as in python's ``print``.
      name: ignored.

    Raises:
      ValueError: an output stream that TensorFlow does not know, or another argument.
    """
    if kwargs:
        raise ValueError(f"Unrecognized keyword arguments for tf.print: {kwargs}")
    stream = output_stream if output_stream is not None else sys.stderr
    if type(stream) is int and stream in (logging.INFO, logging.WARNING, logging.ERROR):
        stream = functools.partial(get_logger().log, stream)
    if not (stream in (sys.stderr, sys.stdout) or callable(stream) or hasattr(stream, "write")):
        if not (isinstance(stream, str) and stream.startswith("file://")):
            raise ValueError(
                f"Unsupported output stream, logging level, or file.{stream}. Supported streams are sys.stdout, "
                "sys.stderr, tf.logging.info, tf.logging.warning, tf.logging.error. File needs to be in the form of "
                "'file://<filepath>'."
            )
    standard = next((name for name in ("stderr", "stdout") if stream is getattr(sys, name)), None)
    in_notebook = hasattr(builtins, "get_ipython")
    tensors: list[Tensor] = []
    template = _template(inputs, tensors, summarize)

    def show(*arrays: Any) -> None:
        text = _text(template, [np.asarray(array) for array in arrays], sep, summarize) + end
        if isinstance(stream, str):
            with open(stream.removeprefix("file://"), "a", encoding="utf8") as file:
                file.write(text)
        elif in_notebook:
            sys.stdout.write(text)
        elif hasattr(stream, "write"):
            out = getattr(sys, standard) if standard else stream  # the one that is in place when the program runs
            out.write(text)
            out.flush()
        else:
            stream(text.removesuffix("\n"))

    if context.trace is None:
        show(*[tensor._value for tensor in tensors])
        return
    if any(tensor._value.dtype == object for tensor in tensors):
        strings = {i: tensor._value for i, tensor in enumerate(tensors) if tensor._value.dtype == object}
        numeric = [tensor for i, tensor in enumerate(tensors) if i not in strings]

        def with_strings(*arrays: Any) -> None:
            feed = iter(arrays)
            show(*[strings[i] if i in strings else next(feed) for i in range(len(tensors))])

        when_run(with_strings, numeric, "PrintV2")
    else:
        when_run(show, tensors, "PrintV2")


def when_run(show: Callable[..., None], tensors: Sequence[Tensor], name: str) -> None:
    """Inside a trace: calls python with the arrays of tensors each time the program runs, in order."""
    if context.pure:
        return

    def guarded(*arrays: Any) -> None:
        try:
            show(*arrays)
        except Exception as error:  # raised once the program is done: an error within would cost it its variables
            with _lock:
                _failures.append(error)

    def body(*arrays: Any) -> tuple[()]:
        jax.debug.callback(guarded, *arrays, ordered=True)
        return ()

    scope = context.trace
    while scope is not None:
        scope.prints = True
        scope = scope.parent
    arrays = [context.trace.lift(tensor) for tensor in tensors]
    if any(isinstance(array, jax.core.Tracer) for array in arrays):
        dispatch(Call(body, name), tensors)
    else:
        body(*arrays)
