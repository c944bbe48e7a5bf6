"""JAX's primitives in numpy, for ``interpreter.py``: the values and dtypes of XLA, whose corner cases differ."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from jax import lax


class NoRule(Exception):
    """A primitive, or a use of it, that is not interpreted."""


class Equation:
    """An equation's parameters, by attribute, with the shapes and dtypes of what it takes and gives."""

    def __init__(self, equation: Any) -> None:
        self.__dict__.update(equation.params)
        self.shapes = [tuple(atom.aval.shape) for atom in equation.invars]
        self.out_shape = tuple(equation.outvars[0].aval.shape)
        self.out_dtype = equation.outvars[0].aval.dtype


# --- elementwise --------------------------------------------------------------------------------------------
def _special(name: str) -> Callable[..., Any]:
    def function(x: Any) -> Any:
        from scipy import special

        return getattr(special, name)(x)

    return function


UFUNCS: dict[str, Callable[..., Any]] = {
    "abs": np.abs, "acos": np.arccos, "acosh": np.arccosh, "add": np.add, "add_any": np.add, "and": np.bitwise_and,
    "asin": np.arcsin, "asinh": np.arcsinh, "atan": np.arctan, "atan2": np.arctan2, "atanh": np.arctanh,
    "cbrt": np.cbrt, "ceil": np.ceil, "conj": np.conj, "copy": np.asarray, "copy_p": np.asarray, "cos": np.cos,
    "cosh": np.cosh, "eq": np.equal, "erf": _special("erf"), "erf_inv": _special("erfinv"),
    "erfc": _special("erfc"), "exp": np.exp, "exp2": np.exp2, "expm1": np.expm1, "floor": np.floor,
    "ge": np.greater_equal, "gt": np.greater, "imag": np.imag, "is_finite": np.isfinite, "le": np.less_equal,
    "log": np.log, "log1p": np.log1p, "lt": np.less, "mul": np.multiply, "ne": np.not_equal, "neg": np.negative,
    "nextafter": np.nextafter, "not": np.invert, "or": np.bitwise_or, "real": np.real, "sin": np.sin,
    "sinh": np.sinh, "sqrt": np.sqrt, "square": np.square, "stop_gradient": np.asarray, "sub": np.subtract,
    "tan": np.tan, "tanh": np.tanh, "xor": np.bitwise_xor,
}  # fmt: skip

RULES: dict[str, Callable[..., Any]] = {}
RULES["kerax_gathered"] = lambda equation, out, numbers, table: out


def _rule(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        RULES.update(dict.fromkeys(names, function))
        return function

    return register


def _ordered(function: Callable[..., Any]) -> Callable[..., Any]:
    def rule(at: Equation, x: Any, y: Any) -> Any:
        if x.dtype.kind == "c":
            raise NoRule("an order of complex numbers")
        return function(x, y)

    return rule


RULES["max"], RULES["min"] = _ordered(np.maximum), _ordered(np.minimum)


def _total_order(function: Callable[..., Any]) -> Callable[..., Any]:
    def rule(at: Equation, x: Any, y: Any) -> Any:
        if x.dtype.kind not in "iub":
            raise NoRule("a total order of floats")
        return function(x, y)

    return rule


RULES["lt_to"], RULES["le_to"], RULES["eq_to"] = map(_total_order, (np.less, np.less_equal, np.equal))


@_rule("sign")
def _sign(at: Equation, x: Any) -> Any:
    return x / np.where(x == 0, 1, np.abs(x)).astype(x.dtype) if x.dtype.kind == "c" else np.sign(x)


@_rule("logistic")
def _logistic(at: Equation, x: Any) -> Any:
    return 1 / (1 + np.exp(-x))


@_rule("rsqrt")
def _rsqrt(at: Equation, x: Any) -> Any:
    return 1 / np.sqrt(x)


@_rule("integer_pow")
def _integer_pow(at: Equation, x: Any) -> Any:
    return np.power(x, np.asarray(at.y, x.dtype)) if at.y >= 0 else 1 / np.power(x, np.asarray(-at.y, x.dtype))


@_rule("pow")
def _pow(at: Equation, x: Any, y: Any) -> Any:
    if x.dtype.kind not in "fc" and np.dtype(x.dtype).kind != "V":
        raise NoRule("a power of whole numbers")
    return np.power(x, y.astype(x.dtype))


@_rule("round")
def _round(at: Equation, x: Any) -> Any:
    if at.rounding_method == lax.RoundingMethod.TO_NEAREST_EVEN:
        return np.rint(x)
    return np.copysign(np.floor(np.abs(x) + np.asarray(0.5, x.dtype)), x)


@_rule("div")
def _div(at: Equation, x: Any, y: Any) -> Any:
    if x.dtype.kind not in "iu":
        return np.divide(x, y)
    quotient = np.floor_divide(x, np.where(y == 0, np.ones_like(y), y))
    quotient = quotient + ((quotient * y != x) & ((x < 0) != (y < 0))).astype(x.dtype)  # towards zero
    return np.where(y == 0, np.full_like(x, -1) if x.dtype.kind == "i" else ~np.zeros_like(x), quotient)


@_rule("rem")
def _rem(at: Equation, x: Any, y: Any) -> Any:
    return np.where(y == 0, x, np.fmod(x, y)) if x.dtype.kind in "iu" else np.fmod(x, y)


def _shift(function: Callable[..., Any]) -> Callable[..., Any]:
    def rule(at: Equation, x: Any, y: Any) -> Any:
        bits = 8 * x.dtype.itemsize
        if x.dtype.kind != "u":
            raise NoRule("shifts of signed numbers")
        return np.where(y < bits, function(x, np.minimum(y, x.dtype.type(bits - 1))), x.dtype.type(0))

    return rule


RULES["shift_left"], RULES["shift_right_logical"] = _shift(np.left_shift), _shift(np.right_shift)


@_rule("complex")
def _complex(at: Equation, x: Any, y: Any) -> Any:
    out = np.empty(at.out_shape, at.out_dtype)
    out.real, out.imag = x, y
    return out


@_rule("clamp")
def _clamp(at: Equation, low: Any, x: Any, high: Any) -> Any:
    return np.minimum(np.maximum(x, low), high)


@_rule("select_n")
def _select(at: Equation, which: Any, *cases: Any) -> Any:
    if len(cases) != 2:
        raise NoRule("a choice of many")
    return np.where(which, cases[1], cases[0])


@_rule("convert_element_type")
def _convert(at: Equation, x: Any) -> Any:
    old, new = x.dtype, np.dtype(at.new_dtype)
    x = x.real if old.kind == "c" and new.kind != "c" else x
    if new.kind in "iu" and old.kind in "fcV":  # what does not fit becomes the nearest that does; no number 0
        if old.itemsize < 4:
            x = x.astype(np.float32)
        limits = np.iinfo(new)
        whole = np.nan_to_num(np.trunc(x), nan=0.0, posinf=np.inf, neginf=-np.inf)
        high, low = whole >= float(limits.max), whole <= float(limits.min)
        inside = np.where(high | low, 0, whole).astype(new)
        return np.where(high, new.type(limits.max), np.where(low, new.type(limits.min), inside))
    return x.astype(new)


@_rule("bitcast_convert_type")
def _bitcast(at: Equation, x: Any) -> Any:
    if x.dtype.itemsize != np.dtype(at.new_dtype).itemsize:
        raise NoRule("bits of another width")
    return np.ascontiguousarray(x).view(at.new_dtype).reshape(at.out_shape)


# --- shapes ---------------------------------------------------------------------------------------------------
@_rule("iota")
def _iota(at: Equation) -> Any:
    along = [1] * len(at.shape)
    along[at.dimension] = at.shape[at.dimension]
    return np.broadcast_to(np.arange(at.shape[at.dimension]).astype(at.dtype).reshape(along), at.shape)


@_rule("broadcast_in_dim")
def _broadcast(at: Equation, x: Any) -> Any:
    sizes = [1] * len(at.shape)
    for place, size in zip(at.broadcast_dimensions, np.shape(x), strict=True):
        sizes[place] = size
    return np.broadcast_to(np.reshape(x, sizes), at.shape)


@_rule("reshape", "squeeze", "expand_dims")
def _reshape(at: Equation, x: Any) -> Any:
    if getattr(at, "dimensions", None) is not None and hasattr(at, "new_sizes"):
        raise NoRule("a reshape in another order")
    return np.reshape(x, at.out_shape)


@_rule("transpose")
def _transpose(at: Equation, x: Any) -> Any:
    return np.transpose(x, at.permutation)


@_rule("rev")
def _rev(at: Equation, x: Any) -> Any:
    return np.flip(x, at.dimensions)


@_rule("slice")
def _slice(at: Equation, x: Any) -> Any:
    steps = at.strides or (1,) * x.ndim
    return x[tuple(map(slice, at.start_indices, at.limit_indices, steps))]


def _window(starts: Sequence[Any], sizes: Sequence[int], shape: Sequence[int]) -> tuple[slice, ...]:
    found = []
    for start, size, total in zip(starts, sizes, shape, strict=True):
        start = min(max(int(start), 0), total - size)
        found.append(slice(start, start + size))
    return tuple(found)


@_rule("dynamic_slice")
def _dynamic_slice(at: Equation, x: Any, *starts: Any) -> Any:
    return x[_window(starts, at.slice_sizes, x.shape)]


@_rule("dynamic_update_slice")
def _dynamic_update_slice(at: Equation, x: Any, update: Any, *starts: Any) -> Any:
    out = np.array(x)
    out[_window(starts, update.shape, x.shape)] = update
    return out


@_rule("concatenate")
def _concatenate(at: Equation, *parts: Any) -> Any:
    return np.concatenate(parts, at.dimension)


@_rule("stack")
def _stack(at: Equation, *parts: Any) -> Any:
    return np.stack(parts, at.axis)


@_rule("split")
def _split(at: Equation, x: Any) -> Any:
    return np.split(x, np.cumsum(at.sizes)[:-1], at.axis)


@_rule("pad")
def _pad(at: Equation, x: Any, value: Any) -> Any:
    out = np.full(at.out_shape, value, x.dtype)
    given, kept = [], []
    for (low, _, between), size, total in zip(at.padding_config, x.shape, at.out_shape, strict=True):
        step = between + 1
        first = max(0, -(low // step)) if low < 0 else 0
        last = min(size, max(first, -((low - total) // step)))
        given.append(slice(low + first * step, low + first * step + (last - first) * step, step))
        kept.append(slice(first, last))
    out[tuple(given)] = x[tuple(kept)]
    return out


# --- reductions, sorting, products ---------------------------------------------------------------------------
def _reduction(function: Callable[..., Any]) -> Callable[..., Any]:
    def rule(at: Equation, x: Any) -> Any:
        if x.dtype.kind == "V" or x.dtype == np.float16:
            raise NoRule("sums of short floats")
        return function(x, axis=tuple(at.axes), dtype=x.dtype)

    return rule


RULES["reduce_sum"] = _reduction(np.add.reduce)
RULES["reduce_prod"] = _reduction(np.multiply.reduce)
RULES["reduce_and"] = _reduction(np.bitwise_and.reduce)
RULES["reduce_or"] = _reduction(np.bitwise_or.reduce)
RULES["reduce_xor"] = _reduction(np.bitwise_xor.reduce)


def _extremes(function: Callable[..., Any], lowest: bool) -> Callable[..., Any]:
    def rule(at: Equation, x: Any) -> Any:
        if x.dtype.kind not in "fiub":
            raise NoRule("an order of other numbers")
        if x.dtype.kind == "f":
            nothing: Any = -np.inf if lowest else np.inf
        elif x.dtype.kind == "b":
            nothing = not lowest
        else:
            nothing = np.iinfo(x.dtype).min if lowest else np.iinfo(x.dtype).max
        return function(x, axis=tuple(at.axes), initial=x.dtype.type(nothing))

    return rule


RULES["reduce_max"], RULES["reduce_min"] = _extremes(np.maximum.reduce, True), _extremes(np.minimum.reduce, False)


def _position(function: Callable[..., Any]) -> Callable[..., Any]:
    def rule(at: Equation, x: Any) -> Any:
        if not math.prod(x.shape) or x.dtype.kind not in "fiub":
            raise NoRule("the place of nothing")
        return function(x, axis=at.axes[0]).astype(at.index_dtype)

    return rule


RULES["argmax"], RULES["argmin"] = _position(np.argmax), _position(np.argmin)


def _accumulation(function: Any) -> Callable[..., Any]:
    def rule(at: Equation, x: Any) -> Any:
        if x.dtype.kind not in "fiu" or x.dtype == np.float16:
            raise NoRule("running sums of other numbers")
        if at.reverse:
            return np.flip(function.accumulate(np.flip(x, at.axis), axis=at.axis, dtype=x.dtype), at.axis)
        return function.accumulate(x, axis=at.axis, dtype=x.dtype)

    return rule


RULES["cumsum"], RULES["cumprod"] = _accumulation(np.add), _accumulation(np.multiply)
RULES["cummax"], RULES["cummin"] = _accumulation(np.maximum), _accumulation(np.minimum)


@_rule("dot_general")
def _dot_general(at: Equation, x: Any, y: Any) -> Any:
    if x.dtype.kind not in "fc" or x.dtype.itemsize < 4 or x.dtype != y.dtype:
        raise NoRule("products of other numbers")
    (over_x, over_y), (batch_x, batch_y) = at.dimension_numbers
    free_x = [d for d in range(x.ndim) if d not in (*over_x, *batch_x)]
    free_y = [d for d in range(y.ndim) if d not in (*over_y, *batch_y)]
    batch = [x.shape[d] for d in batch_x]
    inner = math.prod(x.shape[d] for d in over_x)
    left = np.transpose(x, (*batch_x, *free_x, *over_x))
    left = left.reshape(*batch, math.prod(x.shape[d] for d in free_x), inner)
    right = np.transpose(y, (*batch_y, *over_y, *free_y))
    right = right.reshape(*batch, inner, math.prod(y.shape[d] for d in free_y))
    return np.matmul(left, right).reshape(at.out_shape).astype(at.out_dtype, copy=False)


@_rule("sort")
def _sort(at: Equation, *values: Any) -> Any:
    if at.num_keys != 1 or values[0].dtype.kind not in "fiub":
        raise NoRule("an order by several keys")
    order = np.argsort(values[0], axis=at.dimension, kind="stable")
    return [np.take_along_axis(value, order, at.dimension) for value in values]


# --- gathering and scattering -----------------------------------------------------------------------------------
def _places(
    operand: Sequence[int],
    window: Sequence[int],
    indices: Any,
    mapped: Sequence[int],
    gone: Sequence[int],
    batching: tuple[Sequence[int], Sequence[int]],
    offsets: Sequence[int],
) -> tuple[list[Any], list[Any]]:
    """For every dimension of an operand, where the window begins and how far each element is from there.

    Args:
      operand: its shape.
      window: sizes of a window.
      indices: int ``[*batch, mapped]``, the starts.
      mapped: for every start its dimension.
      gone: dimensions that windows do not show.
      batching: dimensions of the operand, and of the indices, that go together.
      offsets: places of a window's shown dimensions among those of the result.

    Returns:
      Integer arrays that broadcast to the result.
    """
    lead = indices.shape[:-1]
    rank = len(lead) + len(offsets)
    others = [place for place in range(rank) if place not in offsets]  # where the batch's dimensions go

    def spread(array: Any, places: Sequence[int]) -> Any:
        sizes = [1] * rank
        for place, size in zip(places, array.shape, strict=True):
            sizes[place] = size
        return array.reshape(sizes)

    starts = [np.zeros([1] * rank, np.int64) for _ in operand]
    for column, dimension in enumerate(mapped):
        starts[dimension] = spread(indices[..., column].astype(np.int64), others)
    for dimension, along in zip(*batching, strict=True):
        starts[dimension] = spread(np.arange(operand[dimension]), [others[along]])
    shown = iter(offsets)
    hidden = {*gone, *batching[0]}
    reaches = [
        np.zeros([1] * rank, np.int64) if dimension in hidden else spread(np.arange(window[dimension]), [next(shown)])
        for dimension in range(len(operand))
    ]
    return starts, reaches


def _clipped(
    starts: list[Any], operand: Sequence[int], window: Sequence[int], mapped: Sequence[int], drops: bool
) -> Any:
    """Moves windows inside; returns which were there before, or True where nobody asks."""
    inside: Any = True
    for dimension in mapped:
        last = operand[dimension] - window[dimension]
        if drops:
            inside = inside & (starts[dimension] >= 0) & (starts[dimension] <= last)
        starts[dimension] = np.clip(starts[dimension], 0, last)
    return inside


@_rule("gather")
def _gather(at: Equation, x: Any, indices: Any) -> Any:
    if not math.prod(x.shape):
        raise NoRule("rows of nothing")
    how = at.dimension_numbers
    batching = how.operand_batching_dims, how.start_indices_batching_dims
    starts, reaches = _places(
        x.shape, at.slice_sizes, indices, how.start_index_map, how.collapsed_slice_dims, batching, how.offset_dims
    )
    drops = at.mode == lax.GatherScatterMode.FILL_OR_DROP
    inside = _clipped(starts, x.shape, at.slice_sizes, how.start_index_map, drops)
    found = x[tuple(start + reach for start, reach in zip(starts, reaches, strict=True))] if x.ndim else x
    found = np.broadcast_to(found, at.out_shape)
    if inside is True or bool(np.all(inside)):
        return found
    return np.where(inside, found, _nothing(x.dtype) if at.fill_value is None else at.fill_value)


def _nothing(dtype: Any) -> Any:
    if dtype.kind == "b":
        return True
    if dtype.kind in "iu":
        return np.iinfo(dtype).min if dtype.kind == "i" else np.iinfo(dtype).max
    return dtype.type(np.nan)


def _scattering(put: Callable[..., None]) -> Callable[..., Any]:
    def rule(at: Equation, x: Any, indices: Any, updates: Any) -> Any:
        how = at.dimension_numbers
        batching = how.operand_batching_dims, how.scatter_indices_batching_dims
        hidden = {*how.inserted_window_dims, *batching[0]}
        sizes = iter([updates.shape[place] for place in how.update_window_dims])
        window = [1 if dimension in hidden else next(sizes) for dimension in range(x.ndim)]
        starts, reaches = _places(
            x.shape,
            window,
            indices,
            how.scatter_dims_to_operand_dims,
            how.inserted_window_dims,
            batching,
            how.update_window_dims,
        )
        if not x.ndim:
            raise NoRule("a scatter into a scalar")
        drops = at.mode != lax.GatherScatterMode.CLIP
        inside = _clipped(starts, x.shape, window, how.scatter_dims_to_operand_dims, drops)
        inside = np.broadcast_to(inside, updates.shape)
        places = [np.broadcast_to(s + r, updates.shape)[inside] for s, r in zip(starts, reaches, strict=True)]
        out = np.array(x)
        put(out, tuple(places), updates[inside])
        return out

    return rule


RULES["scatter"] = _scattering(lambda out, places, updates: out.__setitem__(places, updates))
RULES["scatter-add"] = RULES["scatter_add"] = _scattering(np.add.at)
RULES["scatter-mul"] = RULES["scatter_mul"] = _scattering(np.multiply.at)
RULES["scatter-max"] = RULES["scatter_max"] = _scattering(np.maximum.at)
RULES["scatter-min"] = RULES["scatter_min"] = _scattering(np.minimum.at)
