"""Assertions about shapes and dtypes, which are known while tracing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kerax.core import dtypes, effects
from kerax.core.tensor import convert_to_tensor, is_tensor
from kerax.core.value import Tensor


def Assert(condition: Any, data: Any, summarize: int | None = None, name: str | None = None) -> None:
    """Raises unless the condition is true.

    Args:
      condition: scalar bool.
      data: list of Tensors that the error shows.
      summarize: int, elements shown of each.
      name: ignored.

    Raises:
      InvalidArgumentError: it does not hold.
    """
    values = [value if isinstance(value, Tensor) else convert_to_tensor(value) for value in data]
    strings = [value for value in values if value._value.dtype == object]

    def text(*shown: Any) -> str:
        if len(shown) < len(values) or any(value._is_symbolic() for value in values):  # when a program runs
            feed = iter(shown)
            whole = len(shown) == len(values)
            parts = [value._numpy() if value._value.dtype == object and not whole else next(feed) for value in values]
            return effects.assertion_text(parts, summarize)
        parts = [str(value._numpy()) for value in strings if len(shown) < len(values)]
        parts += [effects.format_array(value, summarize or 3) for value in shown]
        return "Expected 'tf.Tensor(False, shape=(), dtype=bool)' to be true. Summarized data: " + "\n".join(parts)

    effects.check(condition, text, values)


def _rank_of(x: Any) -> int | None:
    rank = getattr(getattr(x, "shape", None), "rank", None)  # a variable of any shape has that of its value
    return convert_to_tensor(x).shape.rank if rank is None else rank


def _static_rank(rank: Any) -> int:
    rank = convert_to_tensor(rank)
    if not rank.dtype.is_integer:
        raise TypeError("Rank must be an integer.")
    if rank.shape.rank:
        raise ValueError("Rank must be a scalar.")
    return int(rank)


def assert_rank(x: Any, rank: Any, message: str | None = None, name: str | None = None) -> None:
    """Raises ``ValueError`` unless the tensor has this rank.

    Args:
      x: Tensor.
      rank: scalar int.
      message: str, put before the error's text.
      name: ignored.
    """
    if _rank_of(x) != _static_rank(rank):
        raise ValueError(
            f"{_prefix(message)}Tensor {_named(x)} must have rank {_static_rank(rank)}.  Received rank "
            f"{_rank_of(x)}, shape {convert_to_tensor(x).shape}"
        )


def _named(x: Any, eagerly: str = "") -> str:
    return x.name if isinstance(x, Tensor) and x._is_symbolic() else eagerly


def _prefix(message: str | None) -> str:
    return f"{message}.  " if message else ""


def assert_rank_at_least(x: Any, rank: Any, message: str | None = None, name: str | None = None) -> None:
    """Raises ``ValueError`` unless the tensor has at least this rank; arguments as ``assert_rank``."""
    if _rank_of(x) < _static_rank(rank):  # type: ignore[operator]
        raise ValueError(
            f"{_prefix(message)}Tensor {_named(x)} must have rank at least {_static_rank(rank)}.  Received rank "
            f"{_rank_of(x)}, shape {convert_to_tensor(x).shape}"
        )


def assert_rank_in(x: Any, ranks: Sequence[Any], message: str | None = None, name: str | None = None) -> None:
    """Raises ``ValueError`` unless the tensor has one of these ranks; arguments as ``assert_rank``."""
    allowed = [_static_rank(rank) for rank in ranks]
    if _rank_of(x) not in allowed:
        raise ValueError(
            f"{_prefix(message)}Tensor {_named(x)} must have rank in {tuple(allowed)}.  Received rank "
            f"{_rank_of(x)}, shape {convert_to_tensor(x).shape}"
        )


def assert_scalar(tensor: Any, message: str | None = None, name: str | None = None) -> None:
    """Raises ``ValueError`` if the tensor is not a scalar."""
    tensor = convert_to_tensor(tensor)
    if tensor.shape.rank != 0:
        place = f" for {tensor.name}" if tensor._is_symbolic() else ""
        raise ValueError(f"{_prefix(message)}Expected scalar shape{place}, saw shape: {tensor.shape}.")


def assert_type(tensor: Any, tf_type: Any, message: str | None = None, name: str | None = None) -> None:
    """Raises ``TypeError`` unless the tensor has this dtype."""
    wanted = dtypes.as_dtype(tf_type)
    have = tensor.dtype if is_tensor(tensor) else convert_to_tensor(tensor).dtype
    if dtypes.as_dtype(have) != wanted:
        raise TypeError(f"{_prefix(message)}{_named(tensor, 'tensor')} must be of type {wanted!r}; got {have!r}")


def assert_integer(x: Any, message: str | None = None, name: str | None = None) -> None:
    """Raises ``TypeError`` unless the tensor holds integers."""
    tensor = convert_to_tensor(x)
    if not tensor.dtype.is_integer:
        raise TypeError(
            f'{_prefix(message)}Expected "x" to be integer type.  Found: {_named(tensor, "tensor")} of dtype '
            f"{tensor.dtype}"
        )


def assert_proper_iterable(values: Any) -> None:
    """Raises ``TypeError`` for anything that is not a plain iterable: tensors, arrays, strings, numbers."""
    if is_tensor(values) or isinstance(values, (str, bytes)) or hasattr(values, "dtype"):
        raise TypeError(f"Expected argument 'values' to be a 'proper' iterable. Found: {type(values)}")
    if not hasattr(values, "__iter__"):
        raise TypeError(f"Expected argument 'values' to be iterable. Found: {type(values)}")


def assert_same_float_dtype(tensors: Any = None, dtype: Any = None) -> Any:
    """Checks that all tensors are of one float dtype, and returns it.

    Raises:
      ValueError: they are not, or it is no float dtype.
    """
    found = None if dtype is None else dtypes.as_dtype(dtype)
    for tensor in tensors or []:
        have = dtypes.as_dtype(tensor.dtype if hasattr(tensor, "dtype") else convert_to_tensor(tensor).dtype)
        if found is None:
            found = have
        elif have != found:
            raise ValueError(f"Tensor {tensor!r} must be of type {found!r}, got {have!r}.")
    found = found or dtypes.float32
    if not found.is_floating:
        raise ValueError(f"Expected floating point type, got {found!r}.")
    return found


def is_numeric_tensor(tensor: Any) -> bool:
    """Whether the value is a tensor of numbers."""
    return is_tensor(tensor) and (tensor.dtype.is_floating or tensor.dtype.is_integer or tensor.dtype.is_complex)


def assert_shapes(
    shapes: Any, data: Any = None, summarize: int | None = None, message: str | None = None, name: str | None = None
) -> None:
    """Checks the shapes of several tensors, symbols standing for sizes that must agree.

    Args:
      shapes: dict or list of pairs: Tensor → sequence of int, str (a symbol), None or "..." (any), or Ellipsis.
      data, summarize, message, name: as in ``assert_equal``.

    Raises:
      ValueError: a shape does not fit.

    >>> import kerax as tf
    >>> tf.debugging.assert_shapes([(tf.ones([2, 3]), ("n", "m")), (tf.ones([3]), ("m",))])
    """
    items = shapes.items() if isinstance(shapes, dict) else shapes
    known: dict[Any, int] = {}
    for tensor, symbols in items:
        tensor = tensor.deref() if hasattr(tensor, "deref") else tensor
        sizes = list(convert_to_tensor(tensor).shape)
        symbols = list(symbols) if hasattr(symbols, "__iter__") else [symbols]
        _check_sizes(sizes, _expanded(symbols, len(sizes), sizes, message), known, message)


def _expanded(symbols: list[Any], rank: int, sizes: list[Any], message: str | None) -> list[Any]:
    dots = [index for index, symbol in enumerate(symbols) if symbol is Ellipsis or symbol == "*"]
    if dots and (symbols[dots[0]] is Ellipsis or dots[0] == 0):
        missing = rank - (len(symbols) - 1)
        if missing < 0:
            raise ValueError(f"{message or ''}. Tensor of shape {sizes} must have rank at least {len(symbols) - 1}.")
        return symbols[: dots[0]] + [None] * missing + symbols[dots[0] + 1 :]
    if len(symbols) != rank:
        raise ValueError(f"{message or ''}. Tensor of shape {sizes} must have rank {len(symbols)}.")
    return symbols


def _check_sizes(sizes: list[Any], symbols: list[Any], known: dict[Any, int], message: str | None) -> None:
    for dimension, (size, symbol) in enumerate(zip(sizes, symbols, strict=True)):
        if symbol is None or symbol in (".", "*"):
            continue
        wanted = int(symbol) if isinstance(symbol, int) or str(symbol).isdigit() else known.setdefault(symbol, size)
        if wanted != size:
            raise ValueError(
                f"{message or ''}. Specified by tensor dimension {dimension}: symbol {symbol!r} must be {wanted}, "
                f"but the tensor of shape {sizes} has {size}."
            )
