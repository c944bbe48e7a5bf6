"""Unicode: ``unicode_decode``, ``unicode_encode``, ``unicode_split``, ``unicode_transcode``."""

from __future__ import annotations

import codecs

import numpy as np

from kerax.core import errors as tf_errors
from kerax.core.op import composed, op
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.ragged.tensor import is_ragged
from kerax.strings._text import invalid, map_text, one_of, pack
from kerax.strings.splitting import apart, as_text

_OUTPUT = {"UTF-8": "utf-8", "UTF-16-BE": "utf-16-be", "UTF-32-BE": "utf-32-be"}
_MODES = ("strict", "replace", "ignore")


class _Decoder:
    """Bytes of one encoding as code points, with TensorFlow's ways of treating what is malformed."""

    def __init__(self, encoding: str, mode: str, replacement: int, controls: bool) -> None:
        one_of("errors", mode, _MODES)
        if not 0 <= replacement <= 0x10FFFF:
            raise invalid("replacement_char out of unicode codepoint range")
        try:
            self.codec = codecs.lookup(encoding).name
        except LookupError as error:
            raise invalid(f"Could not create converter for input encoding: {encoding}") from error
        self.mode, self.replacement, self.controls = mode, replacement, controls

    def decode(self, text: bytes) -> tuple[np.ndarray, np.ndarray]:
        """(int32 code points, int64 offsets of their first bytes)."""
        if self.codec == "utf-8" and text.isascii():
            codes = np.frombuffer(text, np.uint8).astype(np.int32)
            return self._without_controls(codes, np.arange(len(text), dtype=np.int64))
        codec, start = self.codec, 0
        if codec == "utf-16":  # by its byte order mark, else big endian
            codec = "utf-16-le" if text[:2] == b"\xff\xfe" else "utf-16-be"
            start = 2 if text[:2] in (b"\xff\xfe", b"\xfe\xff") else 0
        parts, sizes = [], []
        first = start
        while start < len(text):
            try:
                good, bad, end = text[start:].decode(codec), 0, len(text)
            except UnicodeDecodeError as error:
                good, end = text[start : start + error.start].decode(codec), start + error.end
                bad = error.end - error.start
                if self.mode == "strict":
                    raise invalid("Invalid formatting on input string") from error
            codes = np.frombuffer(good.encode("utf-32-le", "surrogatepass"), "<i4")
            parts.append(codes)
            sizes.append(_sizes(codes, good, codec))
            if bad:
                parts.append(np.array([-1], np.int32))
                sizes.append(np.array([bad]))
            start = end
        codes = np.concatenate([*parts, np.zeros(0, np.int32)]).astype(np.int32)
        offsets = first + np.cumsum(np.concatenate([[0], *sizes]))[:-1]
        wrong = codes < 0
        if codec == "cp1252" and wrong.any():  # what Windows leaves open stays a control character
            codes = np.where(wrong, np.frombuffer(text, np.uint8)[offsets], codes)
            wrong = codes < 0
        if self.mode == "ignore":
            codes, offsets = codes[~wrong], offsets[~wrong]
        else:
            codes = np.where(wrong, np.int32(self.replacement), codes)
        return self._without_controls(codes, offsets.astype(np.int64))

    def _without_controls(self, codes: np.ndarray, offsets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        if self.controls:
            control = codes <= 0x1F
            if self.mode == "ignore":
                return codes[~control], offsets[~control]
            codes = np.where(control, np.int32(self.replacement), codes)
        return codes, offsets


def _sizes(codes: np.ndarray, text: str, codec: str) -> np.ndarray:
    """How many bytes each character takes."""
    if codec == "utf-8":
        return 1 + (codes > 0x7F) + (codes > 0x7FF) + (codes > 0xFFFF)
    if codec.startswith("utf-16"):
        return 2 + 2 * (codes > 0xFFFF)
    if codec.startswith("utf-32"):
        return np.full(codes.shape, 4)
    return np.array([len(character.encode(codec)) for character in text], np.int64)


@op("input: string", host=True, name="UnicodeDecode")
def _decode(input, encoding, mode, replacement, controls):
    decoder = _Decoder(encoding, mode, replacement, controls)
    found = [decoder.decode(text) for text in input.ravel().tolist()]
    splits = np.concatenate([[0], np.cumsum([len(codes) for codes, _ in found])]).astype(np.int64)
    codes = np.concatenate([np.zeros(0, np.int32), *[codes for codes, _ in found]])
    offsets = np.concatenate([np.zeros(0, np.int64), *[offsets for _, offsets in found]])
    return codes, offsets, splits


@composed
def unicode_decode_with_offsets(
    input, input_encoding, errors="replace", replacement_char=0xFFFD, replace_control_characters=False, name=None
):
    """The code points of strings, and the byte where each begins.

    Args:
      input: string tensor of any rank, or ragged tensor.
      input_encoding: str, the name of an encoding, such as ``"UTF-8"``.
      errors: what happens to malformed bytes: ``"strict"`` raises, ``"replace"`` puts ``replacement_char``,
        ``"ignore"`` leaves them out.
      replacement_char: int, a code point.
      replace_control_characters: bool, whether ``U+0000 … U+001F`` are treated like malformed bytes.
      name: ignored.

    Returns:
      (int32 code points, int64 offsets): tensors ``[characters]`` for a scalar, else RaggedTensors with one more
      dimension.

    Raises:
      errors.InvalidArgumentError: an unknown encoding, or malformed bytes in the mode ``"strict"``.

    >>> import kerax as tf
    >>> codes, starts = tf.strings.unicode_decode_with_offsets(["Gö", "a"], "UTF-8")
    >>> codes, starts
    (<tf.RaggedTensor [[71, 246], [97]]>, <tf.RaggedTensor [[0, 1], [0]]>)
    """
    settings = input_encoding, errors, replacement_char, replace_control_characters
    return apart(as_text(input), lambda flat: _decode(flat, *settings))


@composed
def unicode_decode(
    input, input_encoding, errors="replace", replacement_char=0xFFFD, replace_control_characters=False, name=None
):
    """The code points of strings.

    Args:
      input: string tensor of any rank, or ragged tensor.
      input_encoding: str, the name of an encoding, such as ``"UTF-8"``.
      errors: what happens to malformed bytes: ``"strict"`` raises, ``"replace"`` puts ``replacement_char``,
        ``"ignore"`` leaves them out.
      replacement_char: int, a code point.
      replace_control_characters: bool, whether ``U+0000 … U+001F`` are treated like malformed bytes.
      name: ignored.

    Returns:
      int32 tensor ``[characters]`` for a scalar, else a RaggedTensor with one more dimension.

    >>> import kerax as tf
    >>> tf.strings.unicode_decode("Gö", "UTF-8").numpy()
    array([ 71, 246], dtype=int32)
    """
    return unicode_decode_with_offsets(input, input_encoding, errors, replacement_char, replace_control_characters)[0]


@composed
def unicode_encode(input, output_encoding, errors="replace", replacement_char=0xFFFD, name=None):
    """Strings of code points.

    Args:
      input: int32 tensor or ragged tensor ``[…, characters]``.
      output_encoding: ``"UTF-8"``, ``"UTF-16-BE"`` or ``"UTF-32-BE"``.
      errors: what happens to numbers that are no code points: ``"strict"`` raises, ``"replace"`` puts
        ``replacement_char``, ``"ignore"`` leaves them out.
      replacement_char: int, a code point.
      name: ignored.

    Returns:
      string tensor ``[…]``.

    Raises:
      errors.InvalidArgumentError: such a number in the mode ``"strict"``, or another encoding.

    >>> import kerax as tf
    >>> tf.strings.unicode_encode([71, 246], "UTF-8").numpy()
    b'G\\xc3\\xb6'
    """
    settings = output_encoding, errors, replacement_char
    value = input if is_ragged(input) else convert_to_tensor(input)
    if value.dtype.name != "int32":
        raise tf_errors.InvalidArgumentError(
            None,
            None,
            "cannot compute UnicodeEncode as input #0(zero-based) was expected to be a int32 tensor but is a "
            f"{value.dtype.name} tensor",
        )
    if value.shape.rank == 0:
        raise ValueError("input_tensor's rank must be at least 1.")
    if is_ragged(value):
        if is_ragged(value.values):
            return value.with_values(unicode_encode(value.values, *settings))
        if value.values.shape.rank == 1:
            return _encode(value.values, value.row_splits, *settings)
        return value.with_values(unicode_encode(value.values, *settings))
    flat, width = value._value.reshape(-1), value.shape[-1]
    rows = int(np.prod(value.shape[:-1], dtype=np.int64))
    out = _encode(Tensor(flat, value._trace), np.arange(rows + 1) * width, *settings)
    return Tensor(out._value.reshape(tuple(value.shape[:-1])), out._trace)


@op("input: int; splits: int", host=True, name="UnicodeEncode")
def _encode(input, splits, encoding, mode, replacement):
    one_of("output_encoding", encoding, tuple(_OUTPUT))
    one_of("errors", mode, _MODES)
    if not 0 <= replacement <= 0x10FFFF:
        raise invalid("Replacement_char out of range: must be a Unicode code point")
    codes = input.astype(np.int64)
    wrong = (codes < 0) | (codes > 0x10FFFF) | ((codes >= 0xD800) & (codes < 0xE000))
    if wrong.any():
        if mode == "strict":
            raise invalid("Code point is out of range for Unicode, or is a surrogate.")
        codes = np.where(wrong, replacement, codes)
    keep = ~wrong if mode == "ignore" else np.ones_like(wrong)
    codec = _OUTPUT[encoding]
    rows = []
    for start, end in zip(splits[:-1].tolist(), splits[1:].tolist(), strict=True):
        row = codes[start:end][keep[start:end]].astype("<u4").tobytes()
        rows.append(row.decode("utf-32-le", "surrogatepass").encode(codec, "surrogatepass"))
    return pack(rows)


@composed
def unicode_split_with_offsets(input, input_encoding, errors="replace", replacement_char=0xFFFD, name=None):
    """The characters of strings as strings, and the byte where each begins.

    Args:
      input: string tensor of any rank, or ragged tensor.
      input_encoding: ``"UTF-8"``, ``"UTF-16-BE"`` or ``"UTF-32-BE"``.
      errors: what happens to malformed bytes: ``"strict"``, ``"replace"`` or ``"ignore"``.
      replacement_char: int, a code point.
      name: ignored.

    Returns:
      (string characters, int64 offsets): tensors ``[characters]`` for a scalar, else RaggedTensors with one more
      dimension.

    >>> import kerax as tf
    >>> tf.strings.unicode_split_with_offsets(["Gö"], "UTF-8")[0]
    <tf.RaggedTensor [[b'G', b'\\xc3\\xb6']]>
    """
    settings = input_encoding, errors, replacement_char, False
    return apart(as_text(input), lambda flat: _split(flat, *settings))


@op("input: string", host=True, name="UnicodeSplit")
def _split(input, encoding, mode, replacement, controls):
    one_of("output_encoding", encoding, tuple(_OUTPUT))
    codes, offsets, splits = _decode.pure(input, encoding, mode, replacement, controls)
    characters = _encode.pure(codes, np.arange(len(codes) + 1), encoding, mode, replacement)
    return characters, offsets, splits


@composed
def unicode_split(input, input_encoding, errors="replace", replacement_char=0xFFFD, name=None):
    """The characters of strings, each as a string.

    Args:
      input: string tensor of any rank, or ragged tensor.
      input_encoding: ``"UTF-8"``, ``"UTF-16-BE"`` or ``"UTF-32-BE"``.
      errors: what happens to malformed bytes: ``"strict"``, ``"replace"`` or ``"ignore"``.
      replacement_char: int, a code point.
      name: ignored.

    Returns:
      string tensor ``[characters]`` for a scalar, else a RaggedTensor with one more dimension.

    >>> import kerax as tf
    >>> tf.strings.unicode_split("Gö", "UTF-8").numpy()
    array([b'G', b'\\xc3\\xb6'], dtype=object)
    """
    return unicode_split_with_offsets(input, input_encoding, errors, replacement_char)[0]


@op("input: string", host=True)
def unicode_transcode(
    input,
    input_encoding,
    output_encoding,
    errors="replace",
    replacement_char=0xFFFD,
    replace_control_characters=False,
    name=None,
):
    """Strings in another encoding.

    Args:
      input: string tensor of any shape.
      input_encoding: str, the name of an encoding, such as ``"UTF-8"``.
      output_encoding: ``"UTF-8"``, ``"UTF-16-BE"`` or ``"UTF-32-BE"``.
      errors: what happens to malformed bytes: ``"strict"`` raises, ``"replace"`` puts ``replacement_char``,
        ``"ignore"`` leaves them out.
      replacement_char: int, a code point.
      replace_control_characters: bool, whether ``U+0000 … U+001F`` are treated like malformed bytes.
      name: ignored.

    Returns:
      string tensor of the same shape.

    >>> import kerax as tf
    >>> tf.strings.unicode_transcode(["Gö"], "UTF-8", "UTF-16-BE").numpy()
    array([b'\\x00G\\x00\\xf6'], dtype=object)
    """
    one_of("output_encoding", output_encoding, tuple(_OUTPUT))
    strict_controls = errors == "strict" and replace_control_characters
    decoder = _Decoder(input_encoding, errors, replacement_char, replace_control_characters and not strict_controls)
    codec = _OUTPUT[output_encoding]

    def transcode(text: bytes) -> bytes:
        codes, _ = decoder.decode(text)
        if strict_controls and (codes <= 0x1F).any():
            raise invalid("Invalid formatting on input string")
        return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass").encode(codec, "surrogatepass")

    return map_text(input, transcode)
