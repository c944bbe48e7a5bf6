"""Raw ops of strings: pieces as sparse tensors or row splits, names of files in parts."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax import strings as public
from kerax.core import errors
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.math.casting import cast
from kerax.ragged import RaggedTensor
from kerax.strings import unicode
from kerax.strings._text import pack
from kerax.strings.ngrams import _ngrams
from kerax.strings.splitting import splits_of


def split(input: Any, sep: Any, maxsplit: int) -> Any:
    return public.split(_vector(input), sep, maxsplit).to_sparse()


def _vector(input: Any) -> Any:
    input = convert_to_tensor(input)
    if input.shape.rank != 1:
        raise errors.InvalidArgumentError(None, None, f"input must be a vector, got shape: {input.shape}")
    return input


@op("input: string; delimiter: string", host=True, name="StringSplit")
def _split_at_any(input, delimiter, skip_empty):
    rows = []
    for text in input.tolist():
        row = [b""]
        for byte in (text[at : at + 1] for at in range(len(text))):
            if not delimiter.item() or byte in delimiter.item():
                row.append(byte if not delimiter.item() else b"")
            else:
                row[-1] += byte
        rows.append([piece for piece in row if piece or not (skip_empty or not delimiter.item())])
    return pack([piece for row in rows for piece in row]), splits_of(rows)


def split_at_any(input: Any, delimiter: Any, skip_empty: bool) -> Any:
    """Split at each byte of the delimiter; at every byte if it is empty."""
    return RaggedTensor.from_row_splits(*_split_at_any(_vector(input), delimiter, bool(skip_empty))).to_sparse()


def ngrams(
    data: Any, data_splits: Any, separator: Any, ngram_widths: Any, left_pad: Any, right_pad: Any, pad_width: int,
    preserve_short_sequences: bool,
) -> tuple[Any, Any]:  # fmt: skip
    splits = convert_to_tensor(data_splits)
    widths = tuple(ngram_widths)
    found, where = _ngrams(
        data, splits, widths, separator, left_pad, right_pad, pad_width, bool(preserve_short_sequences)
    )
    return found, cast(where, splits.dtype)


def decode_with_offsets(
    input: Any, input_encoding: str, errors: str, replacement_char: int, replace_control_characters: bool,
    Tsplits: Any,
) -> tuple[Any, Any, Any]:  # fmt: skip
    codes, starts, splits = unicode._decode(input, input_encoding, errors, replacement_char, replace_control_characters)
    return cast(splits, Tsplits), codes, starts


def decode(**arguments: Any) -> tuple[Any, Any]:
    return decode_with_offsets(**arguments)[:2]


def encode(input_values: Any, input_splits: Any, output_encoding: str, errors: str, replacement_char: int) -> Any:
    ragged = RaggedTensor.from_row_splits(input_values, input_splits)
    return unicode.unicode_encode(ragged, output_encoding, errors, replacement_char)


def _digits(number: Any) -> Any:
    return public.as_string(convert_to_tensor(np.int32(number)), width=5, fill="0")


def sharded_filename(basename: Any, shard: Any, num_shards: Any) -> Any:
    return public.join([basename, "-", _digits(shard), "-of-", _digits(num_shards)])


def sharded_filespec(basename: Any, num_shards: Any) -> Any:
    return public.join([basename, "-?????-of-", _digits(num_shards)])
