"""``tf.audio.decode_wav`` and ``encode_wav``: sound in RIFF files of 16-bit samples."""

from __future__ import annotations

import struct
from typing import Any, NamedTuple

import numpy as np

from kerax.core import errors
from kerax.core.op import op


def _invalid(message: str) -> Exception:
    return errors.InvalidArgumentError(None, None, message)


class DecodeWav(NamedTuple):
    audio: Any
    sample_rate: Any


@op("contents: string", host=True, name="DecodeWav")
def decode_wav(contents, desired_channels=-1, desired_samples=-1, name=None):
    """Samples of a WAV file.

    Args:
      contents: string scalar, the file's bytes: 16-bit PCM.
      desired_channels: int, how many channels: others are left out, one is repeated; -1 for those of the file.
      desired_samples: int, how many samples: others are left out, missing ones are 0; -1 for those of the file.
      name: ignored.

    Returns:
      (audio, sample_rate): float32 ``[samples, channels]``, values ``-1 … 1``, and int32 samples per second.

    Raises:
      errors.InvalidArgumentError: no such file.

    >>> import kerax as tf
    >>> wav = tf.audio.encode_wav([[0.0], [0.5]], 8000)
    >>> tf.audio.decode_wav(wav).audio.numpy().tolist()
    [[0.0], [0.5]]
    """
    if contents.ndim:
        raise _invalid(f"contents must be scalar, got shape {list(contents.shape)}")
    channels, rate, samples = _read(contents.item())
    if desired_channels > 0 and channels != desired_channels:
        if channels > desired_channels:
            samples = samples[:, :desired_channels]
        elif channels == 1:
            samples = np.repeat(samples, desired_channels, axis=1)
        else:
            extra = np.zeros((len(samples), desired_channels - channels), np.float32)
            samples = np.concatenate([samples, extra], axis=1)
    if desired_samples >= 0:
        missing = max(desired_samples - len(samples), 0)
        samples = np.concatenate([samples[:desired_samples], np.zeros((missing, samples.shape[1]), np.float32)])
    return DecodeWav(np.ascontiguousarray(samples), np.asarray(rate, np.int32))


def _read(data: bytes) -> tuple[int, int, np.ndarray]:
    """(channels, samples per second, float32 [samples, channels]) of a file."""
    if len(data) < 12:
        raise _invalid("Data too short when trying to read string")
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise _invalid(f"Header mismatch: Expected RIFF but found {data[:4].decode('latin1')}")
    at, form = 12, None
    while at + 8 <= len(data):
        kind, size = data[at : at + 4], struct.unpack_from("<I", data, at + 4)[0]
        body = data[at + 8 : at + 8 + size]
        if kind == b"fmt ":
            if len(body) < 16:
                raise _invalid(f"Bad fmt chunk size for WAV: Expected at least 16, but got {size}")
            form = struct.unpack_from("<HHIIHH", body)
            if form[0] != 1:
                raise _invalid(f"Bad audio format for WAV: Expected 1 (PCM), but got{form[0]}")
            if form[5] != 16:
                raise _invalid(f"Bad bits per sample for WAV: Expected 16, but got {form[5]}")
        elif kind == b"data":
            if form is None:
                raise _invalid("Bad WAV file: the data come before their format")
            if len(body) < size:
                raise _invalid("Data too short when trying to read value")
            samples = np.frombuffer(body[: size // 2 * 2], "<i2").reshape(-1, form[1])
            return form[1], form[2], samples.astype(np.float32) / np.float32(32768)
        at += 8 + size + size % 2
    raise _invalid("No data chunk found in WAV")


def _away(x: np.ndarray) -> np.ndarray:
    """Rounded, halves away from zero."""
    return np.trunc(x + np.copysign(np.float32(0.5), x))


@op("audio: float; sample_rate: int", host=True, name="EncodeWav")
def encode_wav(audio, sample_rate, name=None):
    """A WAV file of samples.

    Args:
      audio: float32 ``[samples, channels]``, values ``-1 … 1``; others are cut.
      sample_rate: int32 scalar, samples per second.
      name: ignored.

    Returns:
      string scalar, the file's bytes: 16-bit PCM.

    Raises:
      errors.InvalidArgumentError: another rank.
    """
    if audio.ndim != 2:
        raise _invalid(f"audio must be 2-dimensional{list(audio.shape)}")
    samples, channels = audio.shape
    if not channels:
        raise _invalid("audio must have at least one channel")
    rate = int(sample_rate)
    body = np.clip(_away(audio.astype(np.float32) * 32768), -32768, 32767).astype("<i2").tobytes()
    header = struct.pack(
        "<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(body), b"WAVE", b"fmt ", 16, 1, channels, rate, rate * channels * 2,
        channels * 2, 16, b"data", len(body),
    )  # fmt: skip
    return np.array(header + body, dtype=object)
