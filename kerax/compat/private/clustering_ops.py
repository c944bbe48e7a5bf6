"""``tensorflow.python.ops.clustering_ops``."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core.tensor import Tensor, convert_to_tensor


def kmeans_plus_plus_initialization(
    points: Any, num_to_sample: Any, seed: int, num_retries_per_sample: int, name: str | None = None
) -> Tensor:
    """Rows of a matrix, far from one another, as k-means++ chooses them.

    Args:
      points: float ``[rows, features]``.
      num_to_sample: int, how many.
      seed: int; the choice differs from TensorFlow's.
      num_retries_per_sample: int, how many rows are tried beyond one; -1: ``2 + log(num_to_sample)``.

    Raises:
      ValueError: fewer rows than that.
    """
    rows = np.asarray(convert_to_tensor(points), np.float64)
    count = int(num_to_sample)
    if count > len(rows):
        raise ValueError(f"Number of samples must be at most the number of points: {count} > {len(rows)}.")
    random = np.random.RandomState(seed)
    retries = int(2 + np.log(count)) if num_retries_per_sample < 0 else num_retries_per_sample
    chosen = [int(random.randint(len(rows)))]
    nearest = ((rows - rows[chosen[0]]) ** 2).sum(-1)
    while len(chosen) < count:
        total = nearest.sum()
        odds = nearest / total if total > 0 else None
        tried = random.choice(len(rows), size=1 + retries, p=odds)
        distances = [np.minimum(nearest, ((rows - rows[index]) ** 2).sum(-1)) for index in tried]
        best = min(range(len(tried)), key=lambda place: distances[place].sum())
        chosen.append(int(tried[best]))
        nearest = distances[best]
    return convert_to_tensor(rows[chosen].astype(np.float32))
