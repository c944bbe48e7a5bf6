"""CSV records, after TensorFlow's rules: RFC 4180, numbers parsed strictly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from kerax.core import dtypes, errors
from kerax.core.op import op
from kerax.core.tensor import Tensor, convert_to_tensor

_ALLOWED = (dtypes.float32, dtypes.float64, dtypes.int32, dtypes.int64, dtypes.string)
_INTEGER = re.compile(rb"\s*[+-]?\d+\s*\Z")


class Default:
    """What stands in for an empty field of a column: a value, or nothing if the column is required."""

    def __init__(self, dtype: dtypes.DType, value: Any) -> None:
        self.dtype, self.value = dtype, value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Default) and (self.dtype, self.value) == (other.dtype, other.value)

    def __hash__(self) -> int:
        return hash((self.dtype, self.value))


def default_of(given: Any) -> Default:
    """A user's record default: a dtype, a value, or a vector of at most one value.

    Raises:
      TypeError: a dtype that CSV files do not hold.
    """
    if isinstance(given, dtypes.DType) or any(given is kind for kind in (float, int, str)):
        dtype, values = dtypes.as_dtype(given), []
    else:
        tensor = convert_to_tensor(given)
        dtype, values = tensor.dtype, np.asarray(tensor._value).reshape(-1).tolist()
        if tensor.shape.rank is not None and tensor.shape.rank > 1:
            raise ValueError(f"Shape must be at most rank 1 but is rank {tensor.shape.rank}")
    if dtype not in _ALLOWED:
        raise TypeError(
            f"Value passed to a record default has DataType {dtype.name} not in list of allowed values: "
            "float32, float64, int32, int64, string"
        )
    if len(values) > 1:
        raise errors.InvalidArgumentError(None, None, "There should only be 1 default per field")
    return Default(dtype, values[0] if values else None)


def _quote_error() -> errors.InvalidArgumentError:
    return errors.InvalidArgumentError(None, None, "Quoted field has to end with quote followed by delim or end")


def split(line: bytes, delimiter: bytes, quotes: bool) -> list[bytes]:
    """The fields of a record.

    Raises:
      errors.InvalidArgumentError: quotes that do not fit.
    """
    line = line.rstrip(b"\r\n") if not quotes or b'"' not in line else re.sub(rb"[\r\n]+\Z", b"", line)
    if not quotes or b'"' not in line:
        return line.split(delimiter)
    fields = []
    at, end = 0, len(line)
    while True:
        if at < end and line[at : at + 1] == b'"':
            field = bytearray()
            at += 1
            while True:
                close = line.find(b'"', at)
                if close < 0:
                    raise _quote_error()
                field += line[at:close]
                at = close + 1
                if line[at : at + 1] != b'"':
                    break
                field += b'"'
                at += 1
            if at < end and line[at : at + 1] != delimiter:
                raise _quote_error()
            fields.append(bytes(field))
        else:
            stop = line.find(delimiter, at)
            field_bytes = line[at:] if stop < 0 else line[at:stop]
            if b'"' in field_bytes or b"\n" in field_bytes:
                raise errors.InvalidArgumentError(None, None, "Unquoted fields cannot have quotes/CRLFs inside")
            fields.append(field_bytes)
            at = end if stop < 0 else stop
        if at >= end:
            return fields
        at += 1
        if at == end:
            fields.append(b"")
            return fields


def logical_lines(file: Iterable[bytes], quotes: bool) -> Iterator[bytes]:
    """Records of a file; a quoted field may go over several lines."""
    pending = b""
    for line in file:
        pending += line
        if quotes and pending.count(b'"') % 2:
            continue
        if pending.strip(b"\r\n"):
            yield pending.rstrip(b"\r\n")
        pending = b""
    if pending:
        yield pending


def value(field: bytes, default: Default, number: int, na_value: bytes, where: str) -> np.ndarray:
    """A field as a scalar of its column's type.

    Raises:
      errors.InvalidArgumentError: it is missing and required, or not of that type.
    """
    dtype = default.dtype
    if not field or field == na_value:
        if default.value is None:
            raise errors.InvalidArgumentError(None, None, f"Field {number} is required but missing in {where}!")
        parsed = default.value
    elif dtype is dtypes.string:
        parsed = field
    else:
        parsed = _number(field, dtype, number, where)
    if dtype is dtypes.string:
        out = np.empty((), dtype=object)
        out[()] = parsed
        return out
    return np.asarray(parsed, dtype.dtype)


def _number(field: bytes, dtype: dtypes.DType, number: int, where: str) -> Any:
    try:
        if dtype.is_floating:
            if b"_" not in field:
                return float(field)
        elif _INTEGER.match(field) and dtype.min <= int(field) <= dtype.max:
            return int(field)
    except ValueError:
        pass
    text = field.decode(errors="replace")
    raise errors.InvalidArgumentError(None, None, f"Field {number} in {where} is not a valid {dtype.name}: {text}")


def decode_csv(
    records: Any,
    record_defaults: Sequence[Any],
    field_delim: str = ",",
    use_quote_delim: bool = True,
    na_value: str = "",
    select_cols: Sequence[int] | None = None,
    name: str | None = None,
) -> list[Tensor]:
    """CSV records as a list of columns.

    Args:
      records: string tensor of any shape, each a record.
      record_defaults: list with a default for every column, which also gives its dtype; an empty vector makes
        the column required.
      field_delim: str, between fields.
      use_quote_delim: bool, whether quotes are special.
      na_value: str, a field that counts as empty.
      name: ignored.
      select_cols: sorted list of the columns wanted.

    Returns:
      List of tensors of the shape of ``records``.

    Raises:
      errors.InvalidArgumentError: a record of another length, or a field that is not of its type.
      ValueError: ``select_cols`` not increasing, or as many as there are defaults.

    >>> import kerax as tf
    >>> [column.numpy().tolist() for column in tf.io.decode_csv(["1,2.5", "3,"], [[0], [9.0]])]
    [[1, 3], [2.5, 9.0]]
    """
    defaults = tuple(default_of(given) for given in record_defaults)
    if select_cols is not None:
        if any(column < 0 for column in select_cols):
            raise ValueError(f"select_cols must be non-negative. Received: {select_cols}")
        if any(a >= b for a, b in zip(select_cols, list(select_cols)[1:], strict=False)):
            raise ValueError(f"select_cols must be strictly increasing. Received: {select_cols}")
        if len(select_cols) != len(defaults):
            raise ValueError("Length of select_cols and record_defaults do not match.")
    return list(
        _decode_csv(
            convert_to_tensor(records, dtypes.string), defaults, field_delim, use_quote_delim, na_value, select_cols
        )
    )


@op("records: string", host=True)
def _decode_csv(records, defaults, field_delim, use_quote_delim, na_value, select_cols):
    flat = records.reshape(-1).tolist()
    columns = [np.empty(len(flat), default.dtype.dtype) for default in defaults]
    delimiter, missing = field_delim.encode(), na_value.encode()
    for row, line in enumerate(flat):
        fields = split(line, delimiter, use_quote_delim) if line else []
        if select_cols is not None:
            if select_cols and select_cols[-1] >= len(fields):
                raise _count_error(len(defaults), len(fields), row)
            fields = [fields[column] for column in select_cols]
        if len(fields) != len(defaults):
            raise _count_error(len(defaults), len(fields), row)
        for number, (field, default) in enumerate(zip(fields, defaults, strict=True)):
            columns[number][row] = value(field, default, number, missing, f"record {row}")[()]
    return [column.reshape(records.shape) for column in columns]


def _count_error(expected: int, found: int, row: int) -> errors.InvalidArgumentError:
    return errors.InvalidArgumentError(None, None, f"Expect {expected} fields but have {found} in record {row}")
