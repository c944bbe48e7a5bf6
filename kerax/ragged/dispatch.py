"""What ordinary ops do with ragged tensors: the one handler that ``core/op`` asks."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any

from kerax.core.value import OPERATORS
from kerax.ragged import elementwise, embedding, numeric, reduction, selection, shape, strings, structure
from kerax.ragged.getitem import expand_dims
from kerax.ragged.shape import DynamicRaggedShape
from kerax.ragged.tensor import is_ragged

OPERATORS["ragged_stack"] = structure.stack_as
OPERATORS["stack"] = structure.stack_rows

# Ops of one tensor, elementwise: they run on the flat values. Room → names.
_UNARY = {
    "math": """
        abs acos acosh angle argument argument_of_real asin asinh atan atanh bessel_i0 bessel_i0e bessel_i1 bessel_i1e
        bessel_j0 bessel_j1 bessel_k0 bessel_k0e bessel_k1 bessel_k1e bessel_y0 bessel_y1 cast cast_without_gradient
        ceil clip_by_value conj cos cosh dawsn digamma erf erfc erfcinv erfinv exp expint expm1 floor fresnel_cos
        fresnel_sin imag imag_of_real is_finite is_inf is_nan lgamma log log1p log_sigmoid logical_not
        ndtri negative real reciprocal reciprocal_no_nan rint round rsqrt saturate saturate_cast sigmoid sign sin sinh
        softplus softsign spence sqrt square tan tanh detached""",
    "array_ops": "identity ones_like zeros_like stop_gradient",
    "bitwise": "invert",
    "debugging": "check_numerics assert_all_finite",
    "core": "stop_gradient",
    "nn": """
        elu gelu leaky_relu relu relu6 selu sigmoid silu swish softplus softsign tanh""",
    "strings": """
        as_string length lower regex_full_match regex_replace strip substr to_hash_bucket to_hash_bucket_fast
        to_hash_bucket_strong to_number unicode_script unicode_transcode upper""",
    "io": "decode_base64 decode_compressed encode_base64",
    "image": """
        adjust_brightness adjust_gamma convert_image_dtype random_brightness stateless_random_brightness""",
}

# Ops of two tensors, elementwise with broadcasting.
_BINARY = {
    "math": """
        add atan2 complex divide divide_no_nan equal floordiv floormod greater greater_equal join less less_equal
        logical_and logical_or logical_xor maximum minimum mod multiply multiply_no_nan nextafter not_equal pow
        quotient realdiv squared_difference subtract truediv truncatediv truncatemod xdivy xlog1py xlogy zeta""",
    "bitwise": "bitwise_and bitwise_or bitwise_xor left_shift right_shift",
    "nn": "sigmoid_cross_entropy_with_logits",
    "debugging": """
        assert_equal assert_greater assert_greater_equal assert_less assert_less_equal assert_near
        assert_none_equal""",
}

_OTHER: dict[tuple[str, str], Callable[..., Any]] = {
    ("array_ops", "bitcast"): numeric.bitcast,
    ("array_ops", "broadcast_dynamic_shape"): shape.broadcast_dynamic_shape,
    ("array_ops", "broadcast_to"): shape.broadcast_to,
    ("array_ops", "concat"): structure.concat,
    ("array_ops", "dynamic_partition"): structure.dynamic_partition,
    ("array_ops", "expand_dims"): expand_dims,
    ("array_ops", "fill"): shape.fill,
    ("array_ops", "gather"): structure.gather,
    ("array_ops", "batch_gather"): lambda params, indices, name=None: structure.gather(params, indices, batch_dims=-1),
    ("array_ops", "gather_nd"): structure.gather_nd,
    ("array_ops", "getitem"): lambda value, key: value[key] if is_ragged(value) else NotImplemented,
    ("array_ops", "one_hot"): selection.one_hot,
    ("array_ops", "ones"): shape.ones,
    ("array_ops", "rank"): selection.rank,
    ("array_ops", "reshape"): shape.reshape,
    ("array_ops", "reverse"): structure.reverse,
    ("array_ops", "shape"): shape.shape_of,
    ("array_ops", "size"): selection.size,
    ("array_ops", "split"): structure.split,
    ("array_ops", "squeeze"): structure.squeeze,
    ("array_ops", "stack"): structure.stack,
    ("array_ops", "tile"): structure.tile,
    ("array_ops", "where"): selection.where,
    ("array_ops", "zeros"): shape.zeros,
    ("linalg", "matmul"): numeric.matmul,
    ("math", "matmul_alike"): numeric.matmul,
    ("math", "add_n"): numeric.add_n,
    ("math", "cumsum"): numeric.cumsum,
    ("math", "scalar_mul"): numeric.scalar_mul,
    ("math", "softmax"): numeric.softmax,
    ("nn", "softmax"): numeric.softmax,
    ("nn", "dropout"): numeric.dropout,
    ("nn", "stateless_dropout"): numeric.stateless_dropout,
    ("nn", "embedding_lookup"): embedding.embedding_lookup,
    ("nn", "embedding_lookup_sparse"): embedding.embedding_lookup_sparse,
    ("nn", "safe_embedding_lookup_sparse"): embedding.safe_embedding_lookup_sparse,
    ("image", "resize"): numeric.resize,
    ("strings", "reduce_join"): strings.reduce_join,
    ("strings", "join"): strings.join,
    ("strings", "format"): strings.string_format,
    **{
        ("math", f"reduce_{kind}"): getattr(reduction, f"reduce_{kind}")
        for kind in ("sum", "prod", "min", "max", "mean", "variance", "std", "all", "any", "logsumexp")
    },
    **{
        ("math", f"unsorted_segment_{kind}"): functools.partial(numeric.unsorted_segment, kind)
        for kind in ("sum", "prod", "min", "max", "mean", "sqrt_n")
    },
}


def _table(rooms: dict[str, str]) -> set[tuple[str, str]]:
    return {(room, name) for room, names in rooms.items() for name in names.split()}


_UNARY_NAMES, _BINARY_NAMES = _table(_UNARY), _table(_BINARY)


def _any_ragged(values: Iterable[Any]) -> bool:
    for value in values:
        if is_ragged(value) or isinstance(value, DynamicRaggedShape):
            return True
        if isinstance(value, (list, tuple)) and _any_ragged(value):
            return True
    return False


def handle(fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The result of an op with ragged inputs, NotImplemented where TensorFlow has none."""
    if not _any_ragged((*args, *kwargs.values())):
        return NotImplemented
    where = (fn.__module__.split(".")[1], fn.__name__.lstrip("_"))
    found = _OTHER.get(where)
    if found is not None:
        return found(*args, **kwargs)
    if where in _UNARY_NAMES:
        return elementwise.unary(fn, *args, **kwargs)
    if where in _BINARY_NAMES:
        bound = inspect.signature(fn).bind(*args, **kwargs)
        x, y, *rest = bound.args
        return elementwise.binary(fn, x, y, *rest, **bound.kwargs)
    return NotImplemented
