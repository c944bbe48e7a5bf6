"""``tf.quantization``: values in few bits, simulated and real."""

from kerax.quantization import experimental as experimental
from kerax.quantization.fake import fake_quant_with_min_max_args as fake_quant_with_min_max_args
from kerax.quantization.fake import fake_quant_with_min_max_args_gradient as fake_quant_with_min_max_args_gradient
from kerax.quantization.fake import fake_quant_with_min_max_vars as fake_quant_with_min_max_vars
from kerax.quantization.fake import fake_quant_with_min_max_vars_gradient as fake_quant_with_min_max_vars_gradient
from kerax.quantization.fake import fake_quant_with_min_max_vars_per_channel as fake_quant_with_min_max_vars_per_channel
from kerax.quantization.fake import (
    fake_quant_with_min_max_vars_per_channel_gradient as fake_quant_with_min_max_vars_per_channel_gradient,
)
from kerax.quantization.integers import dequantize as dequantize
from kerax.quantization.integers import quantize as quantize
from kerax.quantization.integers import quantize_and_dequantize as quantize_and_dequantize
from kerax.quantization.integers import quantize_and_dequantize_v2 as quantize_and_dequantize_v2
from kerax.quantization.integers import quantized_concat as quantized_concat
