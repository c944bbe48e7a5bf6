"""Any windowed op with gaps, made of one without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from kerax.array_ops import batch_to_space, required_space_to_batch_paddings, space_to_batch_nd
from kerax.array_ops._known import concrete
from kerax.core.op import composed
from kerax.core.tensor import convert_to_tensor


def _base_paddings(padding: Any, filter_shape: Any, rate: np.ndarray, channels_first: bool) -> np.ndarray:
    if isinstance(padding, (list, tuple)):
        pads = np.asarray(padding, np.int32).reshape(rate.size + 2, 2)
        return pads[2:] if channels_first else pads[1:-1]
    if padding == "VALID":
        return np.zeros((rate.size, 2), np.int32)
    if padding != "SAME":
        raise ValueError(f"`padding` must be one of 'SAME' or 'VALID'. Received: padding={padding}")
    if filter_shape is None:
        raise ValueError(
            "`filter_shape` must be specified for `padding='SAME'`. "
            f"Received: filter_shape={filter_shape} and padding={padding}"
        )
    extra = (concrete(filter_shape, "filter_shape")[: rate.size] - 1) * rate
    return np.stack([extra // 2, extra - extra // 2], axis=1)


@composed
def with_space_to_batch(
    input: Any,
    dilation_rate: Any,
    padding: Any,
    op: Callable[..., Any],
    filter_shape: Any = None,
    spatial_dims: Any = None,
    data_format: str | None = None,
) -> Any:
    """Runs a windowed op on every ``dilation_rate``-th element, for each offset, by moving space into the batch.

    Args:
      input: tensor [batch, space …, channels] or as ``data_format`` says.
      dilation_rate: int [n], the gaps.
      padding: ``"VALID"``, ``"SAME"`` or explicit paddings ``[[0, 0], [before, after] …, [0, 0]]``.
      op: callable ``(input, n, padding) → output`` that keeps the number of dimensions.
      filter_shape: int [n or more], sizes of the window; for ``"SAME"`` only.
      spatial_dims: int [n], the axes that ``dilation_rate`` is for; by default those after the batch (and the
        channels).
      data_format: ``"NC…"`` or None.

    Returns:
      What ``op`` gives, with space moved back.

    Raises:
      ValueError: an argument does not fit.

    >>> import kerax as tf
    >>> x = tf.reshape(tf.range(6.0), [1, 6, 1])
    >>> tf.nn.with_space_to_batch(x, [2], "VALID", lambda y, n, padding: y[:, 1:] + y[:, :-1])[0, :, 0].numpy()
    array([2., 4., 6., 8.], dtype=float32)
    """
    x = convert_to_tensor(input)
    rate = concrete(dilation_rate, "dilation_rate").astype(np.int32)
    if rate.ndim != 1:
        raise ValueError(f"`dilation_rate.shape.rank` must be 1. Received: dilation_rate={dilation_rate}")
    channels_first = data_format is not None and data_format.startswith("NC")
    first = 2 if channels_first else 1
    given = list(range(first, rate.size + first) if spatial_dims is None else spatial_dims)
    dims = sorted({int(dim) for dim in given})
    if dims != given or any(dim < 1 for dim in dims):
        raise ValueError(
            "`spatial_dims` must be a monotonically increasing sequence of positive integers. "
            f"Received: spatial_dims={given}"
        )
    least = dims[-1] + (0 if channels_first else 1)
    if x.shape.rank < least:
        raise ValueError(f"`input.shape.rank` must be at least {least}. Received: input.shape={x.shape}")
    if (rate < 1).any():
        raise ValueError(f"`dilation_rate` must be positive. Received: dilation_rate={rate}")
    if (rate == 1).all():
        return op(x, rate.size, padding)
    base = _base_paddings(padding, filter_shape, rate, channels_first)
    sizes = np.array([x.shape[dim] for dim in dims], np.int32)
    pads, crops = (value.numpy() for value in required_space_to_batch_paddings(sizes, rate, base))
    block = np.ones(dims[-1], np.int32)
    all_pads, all_crops = np.zeros((dims[-1], 2), np.int32), np.zeros((dims[-1], 2), np.int32)
    for place, dim in enumerate(dims):
        block[dim - 1], all_pads[dim - 1], all_crops[dim - 1] = rate[place], pads[place], crops[place]
    moved = op(space_to_batch_nd(x, block, all_pads), rate.size, "VALID")
    return batch_to_space(moved, block, all_crops)
