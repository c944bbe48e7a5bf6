"""``tf.keras.losses``."""

from kerax.keras.engine.lookup import lookup as _lookup
from kerax.keras.engine.lookup import table as _table
from kerax.keras.losses.crossentropy import BinaryCrossentropy as BinaryCrossentropy
from kerax.keras.losses.crossentropy import BinaryFocalCrossentropy as BinaryFocalCrossentropy
from kerax.keras.losses.crossentropy import CategoricalCrossentropy as CategoricalCrossentropy
from kerax.keras.losses.crossentropy import CategoricalFocalCrossentropy as CategoricalFocalCrossentropy
from kerax.keras.losses.crossentropy import CategoricalGeneralizedCrossEntropy as CategoricalGeneralizedCrossEntropy
from kerax.keras.losses.crossentropy import SparseCategoricalCrossentropy as SparseCategoricalCrossentropy
from kerax.keras.losses.crossentropy import binary_crossentropy as binary_crossentropy
from kerax.keras.losses.crossentropy import binary_focal_crossentropy as binary_focal_crossentropy
from kerax.keras.losses.crossentropy import categorical_crossentropy as categorical_crossentropy
from kerax.keras.losses.crossentropy import categorical_focal_crossentropy as categorical_focal_crossentropy
from kerax.keras.losses.crossentropy import (
    categorical_generalized_cross_entropy as categorical_generalized_cross_entropy,
)
from kerax.keras.losses.crossentropy import sparse_categorical_crossentropy as sparse_categorical_crossentropy
from kerax.keras.losses.ctc import CTC as CTC
from kerax.keras.losses.ctc import ctc as ctc
from kerax.keras.losses.divergence import KLDivergence as KLDivergence
from kerax.keras.losses.divergence import Poisson as Poisson
from kerax.keras.losses.divergence import kl_divergence as kl_divergence
from kerax.keras.losses.divergence import poisson as poisson
from kerax.keras.losses.hinge import CategoricalHinge as CategoricalHinge
from kerax.keras.losses.hinge import Hinge as Hinge
from kerax.keras.losses.hinge import SquaredHinge as SquaredHinge
from kerax.keras.losses.hinge import categorical_hinge as categorical_hinge
from kerax.keras.losses.hinge import hinge as hinge
from kerax.keras.losses.hinge import squared_hinge as squared_hinge
from kerax.keras.losses.loss import Loss as Loss
from kerax.keras.losses.loss import LossFunctionWrapper as LossFunctionWrapper
from kerax.keras.losses.loss import Reduction as Reduction
from kerax.keras.losses.loss import reduce_added_loss as reduce_added_loss
from kerax.keras.losses.overlap import Circle as Circle
from kerax.keras.losses.overlap import Dice as Dice
from kerax.keras.losses.overlap import Tversky as Tversky
from kerax.keras.losses.overlap import circle as circle
from kerax.keras.losses.overlap import dice as dice
from kerax.keras.losses.overlap import tversky as tversky
from kerax.keras.losses.regression import CosineSimilarity as CosineSimilarity
from kerax.keras.losses.regression import Huber as Huber
from kerax.keras.losses.regression import LogCosh as LogCosh
from kerax.keras.losses.regression import MeanAbsoluteError as MeanAbsoluteError
from kerax.keras.losses.regression import MeanAbsolutePercentageError as MeanAbsolutePercentageError
from kerax.keras.losses.regression import MeanSquaredError as MeanSquaredError
from kerax.keras.losses.regression import MeanSquaredLogarithmicError as MeanSquaredLogarithmicError
from kerax.keras.losses.regression import cosine_similarity as cosine_similarity
from kerax.keras.losses.regression import huber as huber
from kerax.keras.losses.regression import log_cosh as log_cosh
from kerax.keras.losses.regression import mean_absolute_error as mean_absolute_error
from kerax.keras.losses.regression import mean_absolute_percentage_error as mean_absolute_percentage_error
from kerax.keras.losses.regression import mean_squared_error as mean_squared_error
from kerax.keras.losses.regression import mean_squared_logarithmic_error as mean_squared_logarithmic_error

mse = MSE = mean_squared_error
mae = MAE = mean_absolute_error
mape = MAPE = mean_absolute_percentage_error
msle = MSLE = mean_squared_logarithmic_error
kld = KLD = kullback_leibler_divergence = kl_divergence
bce = BCE = binary_crossentropy
logcosh = log_cosh
huber_loss = huber

_ALIASES = {
    **dict.fromkeys(("bce", "BCE"), binary_crossentropy),
    **dict.fromkeys(("kld", "KLD", "kullback_leibler_divergence"), kl_divergence),
    **dict.fromkeys(("mae", "MAE"), mean_absolute_error),
    **dict.fromkeys(("mse", "MSE"), mean_squared_error),
    **dict.fromkeys(("mape", "MAPE"), mean_absolute_percentage_error),
    **dict.fromkeys(("msle", "MSLE"), mean_squared_logarithmic_error),
    "logcosh": log_cosh,
    "huber_loss": huber,
}

serialize, deserialize, get = _lookup(
    _table(
        [
            Loss, LossFunctionWrapper, KLDivergence, Poisson, BinaryCrossentropy, BinaryFocalCrossentropy,
            CategoricalCrossentropy, CategoricalFocalCrossentropy, SparseCategoricalCrossentropy, MeanSquaredError,
            MeanAbsoluteError, MeanAbsolutePercentageError, MeanSquaredLogarithmicError, CosineSimilarity, LogCosh,
            Huber, Hinge, SquaredHinge, CategoricalHinge, Dice, Tversky, Circle, CTC,
            CategoricalGeneralizedCrossEntropy, kl_divergence, poisson, binary_crossentropy,
            binary_focal_crossentropy, categorical_crossentropy, categorical_focal_crossentropy,
            sparse_categorical_crossentropy, mean_squared_error, mean_absolute_error,
            mean_absolute_percentage_error, mean_squared_logarithmic_error, cosine_similarity, log_cosh, huber, hinge,
            squared_hinge, categorical_hinge, dice, tversky, circle, ctc,
        ],
        _ALIASES,
    ),
    "loss",
    parameters=("loss", "name"),
)  # fmt: skip
