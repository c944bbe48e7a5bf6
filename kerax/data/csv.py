"""CSV files: ``CsvDataset`` and ``make_csv_dataset``."""

from __future__ import annotations

import collections
import csv
import gzip
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from kerax.core import dtypes, errors
from kerax.core.tensor import TensorSpec
from kerax.data import structure
from kerax.data.dataset import AUTOTUNE, Dataset, Run
from kerax.data.readers import filenames_dataset
from kerax.data.structure import Flat
from kerax.io import csv_records, records
from kerax.io.file_io import matching

_ACCEPTABLE = (dtypes.float32, dtypes.float64, dtypes.int32, dtypes.int64, dtypes.string)


class CsvDataset(Dataset):
    """The rows of CSV files, each a tuple of scalars.

    Args:
      filenames: string tensor, or dataset of string scalars.
      record_defaults: list with, for every column read, a dtype (the column is required) or a default value.
      compression_type: ``""``, ``"GZIP"``, ``"ZLIB"`` or None.
      buffer_size: int64 scalar, bytes read at a time.
      header: bool, whether the first line of each file is left out.
      field_delim: str, between fields.
      use_quote_delim: bool, whether quotes are special.
      na_value: str, a field that counts as empty.
      select_cols: sorted list of the columns to read.
      exclude_cols: sorted list of the columns not to read.

    Raises:
      errors.InvalidArgumentError: (iterating) a row of another length, or a field that is not of its type.
    """

    def __init__(
        self,
        filenames: Any,
        record_defaults: Sequence[Any],
        compression_type: Any = None,
        buffer_size: Any = None,
        header: bool = False,
        field_delim: str = ",",
        use_quote_delim: bool = True,
        na_value: str = "",
        select_cols: Sequence[int] | None = None,
        exclude_cols: Sequence[int] | None = None,
    ) -> None:
        self._names = filenames_dataset(filenames)
        self._parents = (self._names,)
        self._defaults = [csv_records.default_of(value) for value in record_defaults]
        self._compression = records.checked_compression(compression_type)
        self._buffer = 1 << 18 if buffer_size is None else int(buffer_size)
        self._header, self._quotes, self._na = header, use_quote_delim, na_value.encode()
        self._delim = field_delim.encode()
        if select_cols is not None and exclude_cols is not None:
            raise errors.InvalidArgumentError(
                None, None, "Either select_cols or exclude_cols should be specified, not both."
            )
        self._select = None if select_cols is None else [int(column) for column in select_cols]
        self._exclude = None if exclude_cols is None else {int(column) for column in exclude_cols}
        self._spec = tuple(TensorSpec([], default.dtype) for default in self._defaults)

    def __repr__(self) -> str:
        return f"<CsvDatasetV2 element_spec={self.element_spec}>"

    def _elements(self, run: Run) -> Iterator[Flat]:
        paths = (structure.to_numpy(flat[0]).decode() for flat in self._names._iterate(run))
        lines = itertools.chain.from_iterable(map(self._rows, paths))
        return map(self._parse, lines)

    def _rows(self, path: str) -> Iterator[bytes]:
        with records.open_for_reading(path, self._compression, self._buffer) as file:
            if self._header:
                next(file, None)
            yield from csv_records.logical_lines(file, self._quotes)

    def _parse(self, line: bytes) -> Flat:
        fields = csv_records.split(line, self._delim, self._quotes)
        if self._select is not None:
            if self._select and self._select[-1] >= len(fields):
                raise errors.InvalidArgumentError(
                    None, None, f"Expect {len(self._defaults)} fields but have {len(fields)} in record"
                )
            fields = [fields[column] for column in self._select]
        elif self._exclude is not None:
            fields = [field for column, field in enumerate(fields) if column not in self._exclude]
        if len(fields) != len(self._defaults):
            raise errors.InvalidArgumentError(
                None, None, f"Expect {len(self._defaults)} fields but have {len(fields)} in record"
            )
        return tuple(
            csv_records.value(field, default, number, self._na, "record")
            for number, (field, default) in enumerate(zip(fields, self._defaults, strict=True))
        )


def make_csv_dataset(
    file_pattern: Any,
    batch_size: Any,
    column_names: Sequence[str] | None = None,
    column_defaults: Sequence[Any] | None = None,
    label_name: str | None = None,
    select_columns: Sequence[Any] | None = None,
    field_delim: str = ",",
    use_quote_delim: bool = True,
    na_value: str = "",
    header: bool = True,
    num_epochs: Any = None,
    shuffle: bool = True,
    shuffle_buffer_size: Any = 10000,
    shuffle_seed: Any = None,
    prefetch_buffer_size: Any = None,
    num_parallel_reads: Any = None,
    sloppy: bool = False,
    num_rows_for_inference: int | None = 100,
    compression_type: Any = None,
    ignore_errors: bool = False,
    encoding: str = "utf-8",
) -> Dataset:
    """Reads CSV files into batches: dicts of columns, or (dict, label).

    Args:
      file_pattern: files or patterns of them.
      batch_size: int64 scalar, rows in a batch.
      column_names: the columns' names; the first line of the first file by default.
      column_defaults: as ``record_defaults`` of ``CsvDataset``; inferred from the data by default.
      label_name: str, the column that becomes the label.
      select_columns: names or numbers of the columns to read.
      field_delim, use_quote_delim, na_value, header, compression_type: as for ``CsvDataset``.
      num_epochs: int, how often the files are read; without end by default.
      shuffle: bool, whether rows and files come in random order.
      shuffle_buffer_size, shuffle_seed: the buffer and seed of that.
      prefetch_buffer_size: int, batches made ahead.
      num_parallel_reads: int, files read at a time.
      sloppy: bool, accepted; the order is always deterministic.
      num_rows_for_inference: int, rows looked at to infer types; None for all.
      ignore_errors: bool, whether malformed rows are left out.
      encoding: str, the files' encoding, used to infer names and types.

    Raises:
      ValueError: unknown or repeated columns, or no names at all.
    """
    files = _files(file_pattern)
    dataset = Dataset.from_tensor_slices(files)  # type: ignore[attr-defined]
    if shuffle:
        dataset = dataset.shuffle(len(files), shuffle_seed)
    opener = _opener(compression_type, encoding) if column_names is None or column_defaults is None else open
    quoting = csv.QUOTE_MINIMAL if use_quote_delim else csv.QUOTE_NONE
    if column_names is None:
        if not header:
            raise ValueError("Expected `column_names` or `header` arguments. Neither is provided.")
        column_names = _first_names(files, opener, field_delim, quoting)
    names = list(column_names)
    repeated = {name for name, count in collections.Counter(names).items() if count > 1}
    if repeated:
        raise ValueError(
            f"Either `column_names` argument or CSV header row contains duplicate column names: {repeated}."
        )
    selected = None if select_columns is None else _column_numbers(select_columns, names)
    if column_defaults is None:
        rows = _rows(files, opener, len(names), field_delim, quoting, header)
        column_defaults = _inferred_defaults(itertools.islice(rows, num_rows_for_inference), names, na_value, selected)
    if selected is not None:
        if len(column_defaults) != len(selected):
            raise ValueError(
                "If specified, `column_defaults` and `select_columns` must have the same length: `column_defaults` "
                f"has length {len(column_defaults)}, `select_columns` has length {len(selected)}."
            )
        names = [names[column] for column in selected]
    if label_name is not None and label_name not in names:
        raise ValueError(f"`label_name` provided must be one of the columns: {names}. Received: {label_name}.")

    def one_file(filename: Any) -> Dataset:
        rows = CsvDataset(
            filename, column_defaults, compression_type, None, header, field_delim, use_quote_delim, na_value, selected
        )
        return rows.ignore_errors() if ignore_errors else rows  # type: ignore[attr-defined]

    def columns_to_dict(*columns: Any) -> Any:
        features = collections.OrderedDict(zip(names, columns, strict=True))
        if label_name is None:
            return features
        label = features.pop(label_name)
        return features, label

    reads = 1 if num_parallel_reads is None else num_parallel_reads
    dataset = dataset.interleave(one_file, cycle_length=None if reads == AUTOTUNE else reads)
    if num_epochs != 1 and shuffle:
        dataset = dataset.shuffle(shuffle_buffer_size, shuffle_seed).repeat(num_epochs)
    elif shuffle:
        dataset = dataset.shuffle(shuffle_buffer_size, shuffle_seed)
    elif num_epochs != 1:
        dataset = dataset.repeat(num_epochs)
    dataset = dataset.batch(batch_size, drop_remainder=num_epochs is None)
    dataset = Restructured(dataset, columns_to_dict)
    return dataset.prefetch(AUTOTUNE if prefetch_buffer_size is None else prefetch_buffer_size)  # type: ignore[attr-defined]


class Restructured(Dataset):
    """The same components in another structure: nothing is computed.

    Args:
      parent: dataset.
      arrange: function that only rearranges the components of an element.
    """

    def __init__(self, parent: Dataset, arrange: Callable[..., Any]) -> None:
        self._parent = parent
        self._parents = (parent,)
        self._arrange = arrange
        self._order: list[int] | None = None

    def _derive(self, spec: Any) -> Any:
        arguments = spec if type(spec) is tuple else (spec,)
        return self._arrange(*arguments)

    def _elements(self, run: Run) -> Iterator[Flat]:
        order = None
        for flat in self._parent._iterate(run):
            if order is None:
                spec = self._parent._structure()
                numbered = structure.pack(spec, list(range(len(flat))))
                arguments = numbered if type(numbered) is tuple else (numbered,)
                order = structure.flatten(self._arrange(*arguments))
            yield tuple([flat[n] for n in order])

    def _count(self) -> int:
        return self._parent._count()


Restructured.__name__ = "_MapDataset"


def _files(file_pattern: Any) -> list[str]:
    patterns = (
        [file_pattern]
        if isinstance(file_pattern, (str, bytes)) or hasattr(file_pattern, "__fspath__")
        else file_pattern
    )
    found = sorted({path for pattern in patterns for path in matching(pattern)})
    if not patterns:
        raise ValueError("Argument `file_pattern` should not be empty.")
    if not found:
        raise ValueError(f"No files match `file_pattern` {file_pattern}.")
    return found


def _opener(compression_type: Any, encoding: str) -> Callable[[str], Any]:
    compression = records.checked_compression(compression_type)
    if compression == "ZLIB":
        raise ValueError(f"`compression_type` {compression_type} is not supported for probing columns.")
    if compression == "GZIP":
        return lambda path: gzip.open(path, "rt", encoding=encoding, newline="")
    return lambda path: open(path, encoding=encoding, newline="")


def _first_names(files: list[str], opener: Callable[[str], Any], delimiter: str, quoting: int) -> list[str]:
    names: list[str] | None = None
    for path in files:
        with opener(path) as file:
            found = next(csv.reader(file, delimiter=delimiter, quoting=quoting), None)
        if found is None:
            raise ValueError(f"Failed when reading the header line of {path}: is it an empty file?")
        if names is not None and found != names:
            raise ValueError(
                "All input CSV files should have the same column names in the header row. File "
                f"{path} has different column names."
            )
        names = found
    return names or []


def _rows(
    files: list[str], opener: Callable[[str], Any], count: int, delimiter: str, quoting: int, header: bool
) -> Iterator[list[str]]:
    for path in files:
        with opener(path) as file:
            reader = csv.reader(file, delimiter=delimiter, quoting=quoting)
            if header:
                next(reader, None)
            for row in reader:
                if len(row) != count:
                    raise ValueError(
                        f"Problem inferring types: CSV row {row} has {len(row)} number of fields. Expected: {count}."
                    )
                yield row


def _column_numbers(wanted: Sequence[Any], names: list[str]) -> list[int]:
    numbers = []
    for column in wanted:
        if isinstance(column, int):
            if not 0 <= column < len(names):
                raise ValueError(
                    f"Column index {column} specified in `select_columns` should be > 0  and <= {len(names)}, which "
                    "is the number of columns."
                )
            numbers.append(column)
        elif column not in names:
            raise ValueError(f"Column {column} specified in `select_columns` must be of one of the columns: {names}.")
        else:
            numbers.append(names.index(column))
    if len(set(numbers)) != len(numbers):
        raise ValueError(f"The `select_columns` argument contains duplicate columns: {wanted}.")
    return sorted(numbers)


_ORDER = (dtypes.int32, dtypes.int64, dtypes.float32, dtypes.float64, dtypes.string)


def _inferred_defaults(
    rows: Iterator[list[str]], names: list[str], na_value: str, selected: list[int] | None
) -> list[np.ndarray]:
    """A default for every column: of the least permissive type that all its fields have."""
    columns = range(len(names)) if selected is None else selected
    kinds: list[Any] = [None] * len(columns)
    for row in rows:
        for place, column in enumerate(columns):
            field = row[column]
            if field not in ("", na_value):
                first = 0 if kinds[place] is None else _ORDER.index(kinds[place])
                kinds[place] = next(dtype for dtype in _ORDER[first:] if _is_valid(field, dtype))
    out = []
    for kind in kinds:
        dtype = dtypes.string if kind is None else kind
        out.append(structure.text_array([b""]) if dtype is dtypes.string else np.zeros(1, dtype.dtype))
    return out


def _is_valid(field: str, dtype: Any) -> bool:
    try:
        if dtype.is_integer:
            return dtype.min <= int(field) <= dtype.max
        if dtype.is_floating:
            value = float(field)
            return dtype is dtypes.float64 or np.isinf(value) or np.isnan(value) or abs(value) < float(dtype.max)
    except ValueError:
        return False
    return True
