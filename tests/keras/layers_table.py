"""One table of all layers, for the tests that every layer must pass (see test_layers_table.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Entry(NamedTuple):
    """How to make a layer, and what it takes.

    Args:
      make: takes ``tf.keras.layers``, returns the layer.
      shapes: the inputs' shapes with the batch.
      listed: whether several inputs are one list, rather than arguments of their own.
      integers: whether inputs are integers below 5.
      same_dtype: whether the output has the compute dtype.
    """

    make: Callable[[Any], Any]
    shapes: tuple[tuple[int, ...], ...]
    listed: bool = False
    integers: bool = False
    same_dtype: bool = True


_VECTOR, _SEQUENCE, _IMAGE, _VOLUME = ((2, 6),), ((2, 4, 6),), ((2, 4, 5, 3),), ((2, 3, 4, 3, 2),)

TABLE: dict[str, Entry] = {
    # core
    "Dense": Entry(lambda L: L.Dense(3, activation="tanh"), _VECTOR),
    "Dense_nd": Entry(lambda L: L.Dense(3, use_bias=False), _SEQUENCE),
    "Dense_lora": Entry(lambda L: L.Dense(3, lora_rank=2), _VECTOR),
    "EinsumDense": Entry(lambda L: L.EinsumDense("abc,cd->abd", (4, 5), bias_axes="d"), _SEQUENCE),
    "Embedding": Entry(lambda L: L.Embedding(5, 3), ((2, 4),), integers=True),
    "Embedding_masked": Entry(lambda L: L.Embedding(5, 3, mask_zero=True), ((2, 4),), integers=True),
    "ReversibleEmbedding": Entry(lambda L: L.ReversibleEmbedding(5, 3), ((2, 4),), integers=True),
    "Identity": Entry(lambda L: L.Identity(), _SEQUENCE),
    "Activation": Entry(lambda L: L.Activation("softplus"), _SEQUENCE),
    "Masking": Entry(lambda L: L.Masking(), _SEQUENCE),
    # activation
    "ReLU": Entry(lambda L: L.ReLU(2.0, 0.1, 0.2), _SEQUENCE),
    "LeakyReLU": Entry(lambda L: L.LeakyReLU(), _SEQUENCE),
    "PReLU": Entry(lambda L: L.PReLU("ones", shared_axes=[1]), _SEQUENCE),
    "ELU": Entry(lambda L: L.ELU(), _SEQUENCE),
    "Softmax": Entry(lambda L: L.Softmax(), _SEQUENCE),
    "ThresholdedReLU": Entry(lambda L: L.ThresholdedReLU(0.5), _SEQUENCE),
    # normalization
    "BatchNormalization": Entry(lambda L: L.BatchNormalization(), _SEQUENCE),
    "BatchNormalization_axis": Entry(lambda L: L.BatchNormalization(axis=1), _IMAGE),
    "BatchNormalization_renorm": Entry(lambda L: L.BatchNormalization(renorm=True), _VECTOR),
    "LayerNormalization": Entry(lambda L: L.LayerNormalization(axis=[1, 2]), _SEQUENCE),
    "GroupNormalization": Entry(lambda L: L.GroupNormalization(3), _SEQUENCE),
    "RMSNormalization": Entry(lambda L: L.RMSNormalization(), _SEQUENCE),
    "UnitNormalization": Entry(lambda L: L.UnitNormalization(), _SEQUENCE),
    "SpectralNormalization": Entry(lambda L: L.SpectralNormalization(L.Dense(3)), _VECTOR),
    # regularization
    "Dropout": Entry(lambda L: L.Dropout(0.5), _SEQUENCE),
    "SpatialDropout1D": Entry(lambda L: L.SpatialDropout1D(0.5), _SEQUENCE),
    "SpatialDropout2D": Entry(lambda L: L.SpatialDropout2D(0.5), _IMAGE),
    "SpatialDropout3D": Entry(lambda L: L.SpatialDropout3D(0.5), _VOLUME),
    "GaussianDropout": Entry(lambda L: L.GaussianDropout(0.3), _SEQUENCE),
    "GaussianNoise": Entry(lambda L: L.GaussianNoise(0.3), _SEQUENCE),
    "AlphaDropout": Entry(lambda L: L.AlphaDropout(0.3), _SEQUENCE),
    "ActivityRegularization": Entry(lambda L: L.ActivityRegularization(0.1, 0.1), _SEQUENCE),
    # merging
    "Add": Entry(lambda L: L.Add(), _SEQUENCE * 2, listed=True),
    "Subtract": Entry(lambda L: L.Subtract(), _SEQUENCE * 2, listed=True),
    "Multiply": Entry(lambda L: L.Multiply(), _SEQUENCE * 3, listed=True),
    "Average": Entry(lambda L: L.Average(), ((2, 6), (2, 4, 6)), listed=True),
    "Maximum": Entry(lambda L: L.Maximum(), _SEQUENCE * 2, listed=True),
    "Minimum": Entry(lambda L: L.Minimum(), _SEQUENCE * 2, listed=True),
    "Concatenate": Entry(lambda L: L.Concatenate(axis=1), ((2, 4, 6), (2, 3, 6)), listed=True),
    "Dot": Entry(lambda L: L.Dot(axes=(2, 1), normalize=True), ((2, 4, 6), (2, 6, 3)), listed=True),
    # attention
    "Attention": Entry(lambda L: L.Attention(use_scale=True), ((2, 4, 6), (2, 3, 6)), listed=True),
    "Attention_concat": Entry(lambda L: L.Attention(score_mode="concat"), ((2, 4, 6), (2, 3, 6)), listed=True),
    "AdditiveAttention": Entry(lambda L: L.AdditiveAttention(), ((2, 4, 6), (2, 3, 6)), listed=True),
    "MultiHeadAttention": Entry(lambda L: L.MultiHeadAttention(2, 3, dropout=0.1), ((2, 4, 6), (2, 3, 6))),
    "GroupQueryAttention": Entry(lambda L: L.GroupQueryAttention(3, 4, 2), ((2, 4, 6), (2, 3, 6))),
    # reshaping
    "Flatten": Entry(lambda L: L.Flatten(), _SEQUENCE),
    "Reshape": Entry(lambda L: L.Reshape((-1, 3)), _SEQUENCE),
    "Permute": Entry(lambda L: L.Permute((2, 1)), _SEQUENCE),
    "RepeatVector": Entry(lambda L: L.RepeatVector(3), _VECTOR),
    "Cropping1D": Entry(lambda L: L.Cropping1D((1, 0)), _SEQUENCE),
    "Cropping2D": Entry(lambda L: L.Cropping2D(1), _IMAGE),
    "Cropping3D": Entry(lambda L: L.Cropping3D(((1, 0), (0, 1), (1, 1))), _VOLUME),
    "ZeroPadding1D": Entry(lambda L: L.ZeroPadding1D(2), _SEQUENCE),
    "ZeroPadding2D": Entry(lambda L: L.ZeroPadding2D((1, 2)), _IMAGE),
    "ZeroPadding3D": Entry(lambda L: L.ZeroPadding3D(), _VOLUME),
    "UpSampling1D": Entry(lambda L: L.UpSampling1D(2), _SEQUENCE),
    "UpSampling2D": Entry(lambda L: L.UpSampling2D((2, 3)), _IMAGE),
    "UpSampling3D": Entry(lambda L: L.UpSampling3D(2), _VOLUME),
    # convolutional
    "Conv1D": Entry(lambda L: L.Conv1D(3, 2, padding="causal", dilation_rate=2), _SEQUENCE),
    "Conv2D": Entry(lambda L: L.Conv2D(4, 2, strides=2, padding="same", activation="tanh"), _IMAGE),
    "Conv3D": Entry(lambda L: L.Conv3D(2, 2), _VOLUME),
    "Conv1DTranspose": Entry(lambda L: L.Conv1DTranspose(3, 2, strides=2), _SEQUENCE),
    "Conv2DTranspose": Entry(lambda L: L.Conv2DTranspose(2, 3, padding="same"), _IMAGE),
    "DepthwiseConv2D": Entry(lambda L: L.DepthwiseConv2D(2, depth_multiplier=2), _IMAGE),
    "SeparableConv2D": Entry(lambda L: L.SeparableConv2D(2, 2), _IMAGE),
    "LocallyConnected1D": Entry(lambda L: L.LocallyConnected1D(2, 3), _SEQUENCE),
    # pooling
    "MaxPooling1D": Entry(lambda L: L.MaxPooling1D(2), _SEQUENCE),
    "AveragePooling2D": Entry(lambda L: L.AveragePooling2D(2, padding="same"), _IMAGE),
    "GlobalAveragePooling1D": Entry(lambda L: L.GlobalAveragePooling1D(keepdims=True), _SEQUENCE),
    "GlobalMaxPooling2D": Entry(lambda L: L.GlobalMaxPooling2D(), _IMAGE),
    "AdaptiveAveragePooling1D": Entry(lambda L: L.AdaptiveAveragePooling1D(2), _SEQUENCE),
    # rnn
    "SimpleRNN": Entry(lambda L: L.SimpleRNN(3), _SEQUENCE),
    "LSTM": Entry(lambda L: L.LSTM(3, return_sequences=True, dropout=0.2), _SEQUENCE),
    "GRU": Entry(lambda L: L.GRU(3, go_backwards=True), _SEQUENCE),
    "RNN": Entry(lambda L: L.RNN([L.LSTMCell(2), L.GRUCell(3)]), _SEQUENCE),
    "Bidirectional": Entry(lambda L: L.Bidirectional(L.GRU(2, return_sequences=True)), _SEQUENCE),
    "TimeDistributed": Entry(lambda L: L.TimeDistributed(L.Dense(3)), _SEQUENCE),
    "ConvLSTM1D": Entry(lambda L: L.ConvLSTM1D(2, 2), ((2, 3, 4, 2),)),
}
