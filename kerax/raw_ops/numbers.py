"""Raw ops of numbers and matrices whose arguments or results are not those of a public function."""

from __future__ import annotations

from typing import Any

from kerax import linalg, nn, quantization
from kerax.array_ops import zeros
from kerax.core import dtypes
from kerax.core.tensor import convert_to_tensor


def approx_top_k(
    input: Any, k: int, reduction_dimension: int, recall_target: float, is_max_k: bool,
    reduction_input_size_override: int, aggregate_to_topk: bool,
) -> Any:  # fmt: skip
    function = nn.approx_max_k if is_max_k else nn.approx_min_k
    return function(
        input, k, reduction_dimension, recall_target, reduction_input_size_override, bool(aggregate_to_topk)
    )


def _without_vectors(values: Any, like: Any) -> tuple[Any, Any]:
    return values, zeros([], like.dtype)


def eig(input: Any, compute_v: bool) -> tuple[Any, Any]:
    if compute_v:
        return linalg.eig(input)
    values = linalg.eigvals(input)
    return _without_vectors(values, values)


def self_adjoint_eig(input: Any, compute_v: bool) -> tuple[Any, Any]:
    input = convert_to_tensor(input)
    return linalg.eigh(input) if compute_v else _without_vectors(linalg.eigvalsh(input), input)


def lstsq(matrix: Any, rhs: Any, l2_regularizer: Any, fast: bool) -> Any:
    return linalg.lstsq(matrix, rhs, float(convert_to_tensor(l2_regularizer, dtypes.float64)), fast)


def tridiagonal_matmul(superdiag: Any, maindiag: Any, subdiag: Any, rhs: Any) -> Any:
    from kerax.array_ops import squeeze

    parts = [squeeze(convert_to_tensor(part), -2) for part in (superdiag, maindiag, subdiag)]
    return linalg.tridiagonal_matmul(parts, rhs, "sequence")


def quantize_and_dequantize(
    input: Any, input_min: Any, input_max: Any, num_bits: Any, signed_input: bool, range_given: bool,
    narrow_range: bool, axis: int,
) -> Any:  # fmt: skip
    bits = int(convert_to_tensor(num_bits))
    return quantization.quantize_and_dequantize_v2(
        input, input_min, input_max, signed_input, bits, range_given, narrow_range=narrow_range, axis=axis
    )
