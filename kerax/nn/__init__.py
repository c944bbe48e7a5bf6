"""``tf.nn``: the functions neural networks are made of."""

import importlib
from typing import Any

from kerax.array_ops import depth_to_space as depth_to_space
from kerax.array_ops import space_to_batch as space_to_batch
from kerax.array_ops import space_to_depth as space_to_depth
from kerax.math import approx_max_k as approx_max_k
from kerax.math import approx_min_k as approx_min_k
from kerax.math import in_top_k as in_top_k
from kerax.math import l2_normalize as l2_normalize
from kerax.math import log_softmax as log_softmax
from kerax.math import sigmoid as sigmoid
from kerax.math import softmax as softmax
from kerax.math import softplus as softplus
from kerax.math import softsign as softsign
from kerax.math import tanh as tanh
from kerax.math import top_k as top_k
from kerax.math import zero_fraction as zero_fraction
from kerax.nn import experimental as experimental
from kerax.nn.activation import crelu as crelu
from kerax.nn.activation import elu as elu
from kerax.nn.activation import gelu as gelu
from kerax.nn.activation import leaky_relu as leaky_relu
from kerax.nn.activation import relu as relu
from kerax.nn.activation import relu6 as relu6
from kerax.nn.activation import selu as selu
from kerax.nn.activation import silu as silu
from kerax.nn.activation import swish as swish
from kerax.nn.convolution import atrous_conv2d as atrous_conv2d
from kerax.nn.convolution import conv1d as conv1d
from kerax.nn.convolution import conv2d as conv2d
from kerax.nn.convolution import conv3d as conv3d
from kerax.nn.convolution import convolution as convolution
from kerax.nn.convolution import depthwise_conv2d as depthwise_conv2d
from kerax.nn.convolution import separable_conv2d as separable_conv2d
from kerax.nn.convolution_transpose import atrous_conv2d_transpose as atrous_conv2d_transpose
from kerax.nn.convolution_transpose import conv1d_transpose as conv1d_transpose
from kerax.nn.convolution_transpose import conv2d_transpose as conv2d_transpose
from kerax.nn.convolution_transpose import conv3d_transpose as conv3d_transpose
from kerax.nn.convolution_transpose import conv_transpose as conv_transpose
from kerax.nn.convolution_transpose import depthwise_conv2d_backprop_filter as depthwise_conv2d_backprop_filter
from kerax.nn.convolution_transpose import depthwise_conv2d_backprop_input as depthwise_conv2d_backprop_input
from kerax.nn.ctc import collapse_repeated as collapse_repeated
from kerax.nn.ctc import ctc_loss as ctc_loss
from kerax.nn.ctc import ctc_unique_labels as ctc_unique_labels
from kerax.nn.ctc_decoder import ctc_beam_search_decoder as ctc_beam_search_decoder
from kerax.nn.ctc_decoder import ctc_greedy_decoder as ctc_greedy_decoder
from kerax.nn.dilated import with_space_to_batch as with_space_to_batch
from kerax.nn.dropout import dropout as dropout
from kerax.nn.embedding import embedding_lookup as embedding_lookup
from kerax.nn.embedding import embedding_lookup_sparse as embedding_lookup_sparse
from kerax.nn.embedding import safe_embedding_lookup_sparse as safe_embedding_lookup_sparse
from kerax.nn.fractional_pooling import fractional_avg_pool as fractional_avg_pool
from kerax.nn.fractional_pooling import fractional_max_pool as fractional_max_pool
from kerax.nn.isotonic import isotonic_regression as isotonic_regression
from kerax.nn.loss import compute_average_loss as compute_average_loss
from kerax.nn.loss import l2_loss as l2_loss
from kerax.nn.loss import log_poisson_loss as log_poisson_loss
from kerax.nn.loss import scale_regularization_loss as scale_regularization_loss
from kerax.nn.loss import sigmoid_cross_entropy_with_logits as sigmoid_cross_entropy_with_logits
from kerax.nn.loss import softmax_cross_entropy_with_logits as softmax_cross_entropy_with_logits
from kerax.nn.loss import sparse_softmax_cross_entropy_with_logits as sparse_softmax_cross_entropy_with_logits
from kerax.nn.loss import weighted_cross_entropy_with_logits as weighted_cross_entropy_with_logits
from kerax.nn.moments import moments as moments
from kerax.nn.moments import normalize_moments as normalize_moments
from kerax.nn.moments import sufficient_statistics as sufficient_statistics
from kerax.nn.moments import weighted_moments as weighted_moments
from kerax.nn.morphology import dilation2d as dilation2d
from kerax.nn.morphology import erosion2d as erosion2d
from kerax.nn.normalization import batch_norm_with_global_normalization as batch_norm_with_global_normalization
from kerax.nn.normalization import batch_normalization as batch_normalization
from kerax.nn.normalization import bias_add as bias_add
from kerax.nn.normalization import local_response_normalization as local_response_normalization
from kerax.nn.normalization import local_response_normalization as lrn
from kerax.nn.pooling import avg_pool as avg_pool
from kerax.nn.pooling import avg_pool1d as avg_pool1d
from kerax.nn.pooling import avg_pool2d as avg_pool2d
from kerax.nn.pooling import avg_pool3d as avg_pool3d
from kerax.nn.pooling import max_pool as max_pool
from kerax.nn.pooling import max_pool1d as max_pool1d
from kerax.nn.pooling import max_pool2d as max_pool2d
from kerax.nn.pooling import max_pool3d as max_pool3d
from kerax.nn.pooling import max_pool_with_argmax as max_pool_with_argmax
from kerax.nn.pooling import pool as pool
from kerax.nn.sampled_loss import nce_loss as nce_loss
from kerax.nn.sampled_loss import sampled_softmax_loss as sampled_softmax_loss
from kerax.random.candidates import all_candidate_sampler as all_candidate_sampler
from kerax.random.candidates import compute_accidental_hits as compute_accidental_hits
from kerax.random.candidates import fixed_unigram_candidate_sampler as fixed_unigram_candidate_sampler
from kerax.random.candidates import learned_unigram_candidate_sampler as learned_unigram_candidate_sampler

_CELL_WRAPPERS = ("RNNCellDeviceWrapper", "RNNCellDropoutWrapper", "RNNCellResidualWrapper")


def __getattr__(name: str) -> Any:
    if name in _CELL_WRAPPERS:  # Keras layers, above this room: imported when they are asked for
        return getattr(importlib.import_module("kerax.keras.layers.rnn.cell_wrappers"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_CELL_WRAPPERS})
