"""``tf.keras.metrics``."""

from kerax.core.config import legacy_keras as _legacy_keras
from kerax.keras.engine.lookup import lookup as _lookup
from kerax.keras.engine.lookup import table as _table
from kerax.keras.losses import binary_crossentropy as binary_crossentropy
from kerax.keras.losses import binary_focal_crossentropy as binary_focal_crossentropy
from kerax.keras.losses import categorical_crossentropy as categorical_crossentropy
from kerax.keras.losses import categorical_focal_crossentropy as categorical_focal_crossentropy
from kerax.keras.losses import categorical_hinge as categorical_hinge
from kerax.keras.losses import hinge as hinge
from kerax.keras.losses import huber as huber
from kerax.keras.losses import kl_divergence as kl_divergence
from kerax.keras.losses import log_cosh as log_cosh
from kerax.keras.losses import mean_absolute_error as mean_absolute_error
from kerax.keras.losses import mean_absolute_percentage_error as mean_absolute_percentage_error
from kerax.keras.losses import mean_squared_error as mean_squared_error
from kerax.keras.losses import mean_squared_logarithmic_error as mean_squared_logarithmic_error
from kerax.keras.losses import poisson as poisson
from kerax.keras.losses import sparse_categorical_crossentropy as sparse_categorical_crossentropy
from kerax.keras.losses import squared_hinge as squared_hinge
from kerax.keras.metrics._legacy import getter as _getter
from kerax.keras.metrics.accuracy import Accuracy as Accuracy
from kerax.keras.metrics.accuracy import BinaryAccuracy as BinaryAccuracy
from kerax.keras.metrics.accuracy import CategoricalAccuracy as CategoricalAccuracy
from kerax.keras.metrics.accuracy import SparseCategoricalAccuracy as SparseCategoricalAccuracy
from kerax.keras.metrics.accuracy import SparseTopKCategoricalAccuracy as SparseTopKCategoricalAccuracy
from kerax.keras.metrics.accuracy import TopKCategoricalAccuracy as TopKCategoricalAccuracy
from kerax.keras.metrics.accuracy import accuracy as _accuracy
from kerax.keras.metrics.accuracy import binary_accuracy as binary_accuracy
from kerax.keras.metrics.accuracy import categorical_accuracy as categorical_accuracy
from kerax.keras.metrics.accuracy import sparse_categorical_accuracy as sparse_categorical_accuracy
from kerax.keras.metrics.accuracy import sparse_top_k_categorical_accuracy as sparse_top_k_categorical_accuracy
from kerax.keras.metrics.accuracy import top_k_categorical_accuracy as top_k_categorical_accuracy
from kerax.keras.metrics.auc import AUC as AUC
from kerax.keras.metrics.confusion import FalseNegatives as FalseNegatives
from kerax.keras.metrics.confusion import FalsePositives as FalsePositives
from kerax.keras.metrics.confusion import Precision as Precision
from kerax.keras.metrics.confusion import Recall as Recall
from kerax.keras.metrics.confusion import TrueNegatives as TrueNegatives
from kerax.keras.metrics.confusion import TruePositives as TruePositives
from kerax.keras.metrics.f_score import F1Score as F1Score
from kerax.keras.metrics.f_score import FBetaScore as FBetaScore
from kerax.keras.metrics.iou import BinaryIoU as BinaryIoU
from kerax.keras.metrics.iou import IoU as IoU
from kerax.keras.metrics.iou import MeanIoU as MeanIoU
from kerax.keras.metrics.iou import OneHotIoU as OneHotIoU
from kerax.keras.metrics.iou import OneHotMeanIoU as OneHotMeanIoU
from kerax.keras.metrics.metric import Metric as Metric
from kerax.keras.metrics.probabilistic import BinaryCrossentropy as BinaryCrossentropy
from kerax.keras.metrics.probabilistic import CategoricalCrossentropy as CategoricalCrossentropy
from kerax.keras.metrics.probabilistic import CategoricalHinge as CategoricalHinge
from kerax.keras.metrics.probabilistic import Hinge as Hinge
from kerax.keras.metrics.probabilistic import KLDivergence as KLDivergence
from kerax.keras.metrics.probabilistic import Poisson as Poisson
from kerax.keras.metrics.probabilistic import SparseCategoricalCrossentropy as SparseCategoricalCrossentropy
from kerax.keras.metrics.probabilistic import SquaredHinge as SquaredHinge
from kerax.keras.metrics.reduction import Mean as Mean
from kerax.keras.metrics.reduction import MeanMetricWrapper as MeanMetricWrapper
from kerax.keras.metrics.reduction import MeanRelativeError as MeanRelativeError
from kerax.keras.metrics.reduction import MeanTensor as MeanTensor
from kerax.keras.metrics.reduction import Sum as Sum
from kerax.keras.metrics.regression import ConcordanceCorrelation as ConcordanceCorrelation
from kerax.keras.metrics.regression import CosineSimilarity as CosineSimilarity
from kerax.keras.metrics.regression import LogCoshError as LogCoshError
from kerax.keras.metrics.regression import MeanAbsoluteError as MeanAbsoluteError
from kerax.keras.metrics.regression import MeanAbsolutePercentageError as MeanAbsolutePercentageError
from kerax.keras.metrics.regression import MeanSquaredError as MeanSquaredError
from kerax.keras.metrics.regression import MeanSquaredLogarithmicError as MeanSquaredLogarithmicError
from kerax.keras.metrics.regression import PearsonCorrelation as PearsonCorrelation
from kerax.keras.metrics.regression import R2Score as R2Score
from kerax.keras.metrics.regression import RootMeanSquaredError as RootMeanSquaredError
from kerax.keras.metrics.regression import concordance_correlation as concordance_correlation
from kerax.keras.metrics.regression import cosine_similarity as _cosine_similarity
from kerax.keras.metrics.regression import pearson_correlation as pearson_correlation
from kerax.keras.metrics.tradeoff import PrecisionAtRecall as PrecisionAtRecall
from kerax.keras.metrics.tradeoff import RecallAtPrecision as RecallAtPrecision
from kerax.keras.metrics.tradeoff import SensitivityAtSpecificity as SensitivityAtSpecificity
from kerax.keras.metrics.tradeoff import SpecificityAtSensitivity as SpecificityAtSensitivity

mse = MSE = mean_squared_error
mae = MAE = mean_absolute_error
mape = MAPE = mean_absolute_percentage_error
msle = MSLE = mean_squared_logarithmic_error
kld = KLD = kullback_leibler_divergence = kl_divergence
bce = BCE = binary_crossentropy
logcosh = log_cosh

_ALIASES = {
    **dict.fromkeys(("bce", "BCE"), BinaryCrossentropy),
    **dict.fromkeys(("mse", "MSE"), MeanSquaredError),
    **dict.fromkeys(("mae", "MAE"), MeanAbsoluteError),
    **dict.fromkeys(("mape", "MAPE"), MeanAbsolutePercentageError),
    **dict.fromkeys(("msle", "MSLE"), MeanSquaredLogarithmicError),
    **dict.fromkeys(("kld", "KLD"), KLDivergence),
}

_CLASSES = [
    Accuracy, BinaryAccuracy, CategoricalAccuracy, SparseCategoricalAccuracy,
    SparseTopKCategoricalAccuracy, TopKCategoricalAccuracy, AUC, FalseNegatives,
    FalsePositives, Precision, Recall, TrueNegatives, TruePositives, F1Score,
    FBetaScore, BinaryIoU, IoU, MeanIoU, OneHotIoU, OneHotMeanIoU, Metric,
    BinaryCrossentropy, CategoricalCrossentropy, CategoricalHinge, Hinge, KLDivergence,
    Poisson, SparseCategoricalCrossentropy, SquaredHinge, Mean, MeanMetricWrapper,
    MeanRelativeError, MeanTensor, Sum, ConcordanceCorrelation, CosineSimilarity,
    LogCoshError, MeanAbsoluteError, MeanAbsolutePercentageError, MeanSquaredError,
    MeanSquaredLogarithmicError, PearsonCorrelation, R2Score, RootMeanSquaredError,
    PrecisionAtRecall, RecallAtPrecision, SensitivityAtSpecificity,
    SpecificityAtSensitivity,
]  # fmt: skip

_names = _table(_CLASSES, _ALIASES, snake_case=True)
if _legacy_keras():
    _names = {name: value for name, value in globals().items() if callable(value) and not name.startswith("_")}
    _names |= {"acc": _accuracy, "accuracy": _accuracy, "cosine_proximity": _cosine_similarity}
    _names |= {"cosine_similarity": _cosine_similarity, **_table(_CLASSES)}

serialize, deserialize, get = _lookup(_names, "metric", parameters=("metric", "config"))
if _legacy_keras():
    get = _getter(_names, deserialize)
