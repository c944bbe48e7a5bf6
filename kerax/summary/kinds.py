"""The kinds of summaries that TensorBoard shows: numbers, histograms, images, sounds, texts."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.audio.wav import encode_wav
from kerax.core import dtypes
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.debugging import assert_non_negative, assert_rank, assert_scalar
from kerax.image import convert_image_dtype
from kerax.image.codec import encode_png
from kerax.math.casting import cast
from kerax.summary.recording import summary_scope
from kerax.summary.write import add_value, emit, metadata_of

_SCALAR, _TENSOR, _BLOBS = 1, 2, 3
_WAV = b"\x10\x0b"  # AudioPluginData(encoding=WAV)
_BUCKETS = 30


def scalar(name: str, data: Any, step: Any = None, description: str | None = None) -> Tensor:
    """Writes a number.

    Args:
      name: str, its tag, below the name scopes around it.
      data: scalar, becomes float32.
      step: int, int64 tensor or Variable; by default that of ``tf.summary.experimental.set_step``.
      description: str in markdown.

    Returns:
      Scalar bool Tensor, whether it was written: False without a writer.

    Raises:
      ValueError: not a scalar, or there is a writer but no step.

    >>> import kerax as tf
    >>> bool(tf.summary.scalar("loss", 0.5, step=0))
    False
    """
    metadata = metadata_of("scalars", description=description, data_class=_SCALAR)
    with summary_scope(name, "scalar_summary") as (tag, _):
        assert_scalar(data)
        return emit(
            step,
            lambda: [cast(convert_to_tensor(data), dtypes.float32)],
            lambda event, array: add_value(event, tag, array, metadata),
        )


def histogram(name: str, data: Any, step: Any = None, buckets: Any = None, description: str | None = None) -> Tensor:
    """Writes how values are distributed.

    Args:
      name, step, description: as in ``tf.summary.scalar``.
      data: tensor of any shape and real dtype.
      buckets: int, number of intervals of equal width, by default 30.

    Returns:
      Scalar bool Tensor, whether it was written.
    """
    metadata = metadata_of("histograms", description=description, data_class=_TENSOR)
    count = _BUCKETS if buckets is None else int(buckets)
    with summary_scope(name, "histogram_summary") as (tag, _):
        return emit(step, lambda: [data], lambda event, array: add_value(event, tag, bucketed(array, count), metadata))


def bucketed(array: np.ndarray, count: int) -> np.ndarray:
    """float64 ``[count, 3]``: left edge, right edge and number of values of each interval."""
    values = array.astype(np.float64).ravel()
    if count <= 0 or values.size == 0:
        return np.zeros((max(count, 0), 3))
    low, high = values.min(), values.max()
    if not high > low:  # all in the last interval
        return np.array([[low, low, 0.0]] * (count - 1) + [[low, low, float(values.size)]])
    places = np.minimum(np.floor((values - low) / ((high - low) / count)).astype(np.int64), count - 1)
    edges = np.linspace(low, high, count + 1)
    return np.stack([edges[:-1], edges[1:], np.bincount(places, minlength=count).astype(np.float64)], axis=1)


def image(name: str, data: Any, step: Any = None, max_outputs: Any = 3, description: str | None = None) -> Tensor:
    """Writes images.

    Args:
      name, step, description: as in ``tf.summary.scalar``.
      data: ``[images, height, width, 1 … 4]``, uint8 (0–255), or floats (0–1; others are cut).
      max_outputs: int, how many of them are written.

    Returns:
      Scalar bool Tensor, whether it was written.

    Raises:
      ValueError: another rank.
    """
    metadata = metadata_of("images", description=description, data_class=_BLOBS)

    def fill(event: Any, images: np.ndarray) -> None:
        height, width = images.shape[1:3]
        files = [np.asarray(encode_png.pure(picture))[()] for picture in images]
        add_value(event, tag, _strings([str(width).encode(), str(height).encode(), *files]), metadata)

    def pictures() -> list[Tensor]:
        tensor = data() if callable(data) else data
        assert_rank(tensor, 4)
        return [convert_image_dtype(convert_to_tensor(tensor)[:max_outputs], dtypes.uint8, saturate=True)]

    with summary_scope(name, "image_summary") as (tag, _):
        assert_non_negative(max_outputs)
        return emit(step, pictures, fill)


def audio(
    name: str,
    data: Any,
    sample_rate: Any,
    step: Any = None,
    max_outputs: Any = 3,
    encoding: str | None = None,
    description: str | None = None,
) -> Tensor:
    """Writes sounds.

    Args:
      name, step, description: as in ``tf.summary.scalar``.
      data: float ``[sounds, samples, channels]``, -1 … 1.
      sample_rate: int, samples per second.
      max_outputs: int, how many of them are written.
      encoding: None or "wav".

    Returns:
      Scalar bool Tensor, whether it was written.

    Raises:
      ValueError: another encoding or rank.
    """
    if encoding not in (None, "wav"):
        raise ValueError(f"Unknown encoding: {encoding!r}")
    metadata = metadata_of("audio", _WAV, description, _BLOBS)

    def fill(event: Any, sounds: np.ndarray, rate: np.ndarray) -> None:
        files = [np.asarray(encode_wav.pure(sound.astype(np.float32), rate))[()] for sound in sounds]
        rows = np.stack([_strings(files), _strings([b""] * len(files))], axis=1)
        add_value(event, tag, rows, metadata)

    def sounds() -> list[Tensor]:
        tensor = data() if callable(data) else data
        assert_rank(tensor, 3)
        return [convert_to_tensor(tensor)[:max_outputs], convert_to_tensor(sample_rate)]

    with summary_scope(name, "audio_summary") as (tag, _):
        assert_non_negative(max_outputs)
        return emit(step, sounds, fill)


def text(name: str, data: Any, step: Any = None, description: str | None = None) -> Tensor:
    """Writes text, which TensorBoard shows as markdown; a string tensor of rank 1 or 2 as a table.

    Args:
      name, step, description: as in ``tf.summary.scalar``.
      data: string tensor.

    Returns:
      Scalar bool Tensor, whether it was written.

    Raises:
      TypeError: not strings.
    """
    metadata = metadata_of("text", description=description, data_class=_TENSOR)
    with summary_scope(name, "text_summary") as (tag, _):
        tensor = convert_to_tensor(data)
        if tensor.dtype != dtypes.string:
            raise TypeError(f"tf.summary.text: `data` must be of type tf.string. Received: {tensor.dtype!r}")
        return emit(step, lambda: [tensor], lambda event, array: add_value(event, tag, array, metadata))


def _strings(items: list[bytes]) -> np.ndarray:
    array = np.empty(len(items), dtype=object)
    array[:] = items
    return array
