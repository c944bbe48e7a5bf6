"""``tensorflow.python.layers.utils``: sizes of windows and results, and conditions that may be known."""

from __future__ import annotations

from .conv_utils import conv_input_length as conv_input_length
from .conv_utils import conv_output_length as conv_output_length
from .conv_utils import convert_data_format as convert_data_format
from .conv_utils import deconv_output_length as _deconv_output_length
from .conv_utils import normalize_data_format as normalize_data_format
from .conv_utils import normalize_padding as normalize_padding
from .conv_utils import normalize_tuple as normalize_tuple
from .smart_cond import smart_cond as smart_cond
from .smart_cond import smart_constant_value as constant_value


def deconv_output_length(input_length: int | None, filter_size: int, padding: str, stride: int) -> int | None:
    """How many elements a transposed convolution gives."""
    return _deconv_output_length(input_length, filter_size, padding, stride=stride)


__all__ = [
    "constant_value", "conv_input_length", "conv_output_length", "convert_data_format", "deconv_output_length",
    "normalize_data_format", "normalize_padding", "normalize_tuple", "smart_cond",
]  # fmt: skip
