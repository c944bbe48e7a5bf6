"""The order of configs' entries, in which they are printed: one case, run in both dialects."""

CODE = """
K = tf.keras
L, M, O = K.layers, K.metrics, K.optimizers
made = [
    L.Dense(2), L.Activation("relu"), L.ELU(), L.Embedding(3, 4), L.Dropout(0.1), L.SpatialDropout1D(0.1), L.GaussianNoise(0.1), L.BatchNormalization(), L.LayerNormalization(),
    L.GroupNormalization(), L.Attention(), L.AdditiveAttention(), L.MultiHeadAttention(2, 3), L.LSTM(3), L.LSTMCell(3), L.GRU(3), L.GRUCell(3), L.SimpleRNN(3), L.SimpleRNNCell(3),
    L.RNN(L.LSTMCell(2)), L.Bidirectional(L.LSTM(2)), L.TimeDistributed(L.Dense(2)), L.StackedRNNCells([L.GRUCell(2)]), L.ConvLSTM1D(2, 3), L.ConvLSTM2D(2, 3),
    L.Conv1D(2, 3), L.Conv2D(2, 3), L.Conv1DTranspose(2, 3), L.Conv2DTranspose(2, 3), L.Conv3DTranspose(2, 3), L.SeparableConv1D(2, 3), L.SeparableConv2D(2, 3), L.DepthwiseConv1D(3),
    L.DepthwiseConv2D(3), L.MaxPooling1D(2), L.MaxPooling2D(2), L.AveragePooling1D(2), L.AveragePooling3D(2), L.RandomFlip(), L.RandomRotation(0.1), L.RandomZoom(0.1),
    L.RandomTranslation(0.1, 0.1), L.RandomContrast(0.1), L.RandomWidth(0.1), L.Rescaling(2.0), L.Resizing(3, 3), L.StringLookup(), L.CategoryEncoding(3), L.InputSpec(ndim=2),
    O.SGD(), O.Adam(), O.RMSprop(), O.Adadelta(), O.Nadam(), O.Ftrl(), K.losses.MeanSquaredError(), K.losses.BinaryCrossentropy(), K.losses.Huber(), K.losses.CosineSimilarity(),
    M.Mean(), M.AUC(), M.Precision(), M.Recall(), M.TruePositives(), M.FalseNegatives(), M.IoU(2, [0]), M.MeanIoU(2), M.OneHotIoU(2, [0]), M.OneHotMeanIoU(2), M.BinaryIoU(),
    M.PrecisionAtRecall(0.5), M.SensitivityAtSpecificity(0.5), M.TopKCategoricalAccuracy(), K.initializers.RandomNormal(), K.initializers.VarianceScaling(), K.initializers.Orthogonal(),
    K.initializers.GlorotUniform(), K.regularizers.L1L2(0.1, 0.2), K.constraints.MinMaxNorm(),
]
R = K.regularizers
[[type(each).__name__, *each.get_config()] for each in made] + [R.L2().get_config(), R.L1().get_config(), R.l1_l2(None, None).get_config(), R.l1_l2().get_config(), R.l1_l2(l2=0.5).get_config()]"""
