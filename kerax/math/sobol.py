"""The Sobol sequence."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from kerax.core import dtypes, errors
from kerax.core.tensor import Tensor, convert_to_tensor
from kerax.math._values import concrete


def sobol_sample(
    dim: Any, num_results: Any, skip: Any = 0, dtype: Any = dtypes.float32, name: str | None = None
) -> Tensor:
    """Points of the Sobol sequence, which fill the unit cube evenly.

    Args:
      dim: int, the number of dimensions.
      num_results: int, the number of points.
      skip: int, how many points of the sequence to pass over.
      dtype: float32 or float64.
      name: str, optional.

    Returns:
      Tensor ``[num_results, dim]`` of ``dtype``, in (0, 1).

    >>> import kerax as tf
    >>> tf.math.sobol_sample(dim=2, num_results=2).numpy()
    array([[0.5 , 0.5 ],
           [0.75, 0.25]], dtype=float32)
    """
    from scipy.stats import qmc

    sizes = [concrete(value) for value in (dim, num_results, skip)]
    if any(size is None for size in sizes):
        raise errors.Uncompilable("tf.math.sobol_sample with traced arguments")
    dimensions, count, passed = (int(size) for size in sizes)
    if dimensions < 1 or count < 1:
        raise errors.InvalidArgumentError(None, None, "dim and num_results must be at least one")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # scipy minds sizes that are no power of 2
        sequence = qmc.Sobol(dimensions, scramble=False, bits=32)
        points = sequence.fast_forward(passed + 1).random(count)
    return convert_to_tensor(np.asarray(points, dtypes.as_dtype(dtype).as_numpy_dtype))
