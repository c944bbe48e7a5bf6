"""kerax' public names and signatures against TensorFlow's.

`missing.txt` lists what kerax lacks today. The list can only shrink: a name that is lost again, or one that
has come and is still listed, fails (``python -m tests.api.test_api`` writes the list anew).
"""

from __future__ import annotations

import pathlib

import pytest

from . import class_names, coverage

MISSING = pathlib.Path(__file__).resolve().parent / "missing.txt"


def listed() -> set[str]:
    rows = (line.partition(": ") for line in MISSING.read_text(encoding="utf8").splitlines())
    return {f"{namespace}.{name}" for namespace, _, names in rows for name in names.split()}


def lacking() -> set[str]:
    return {f"{namespace}.{name}" for namespace, names in coverage.missing().items() for name in names}


def test_no_name_is_lost():
    assert sorted(lacking() - listed()) == []


def test_the_list_of_missing_names_is_up_to_date():
    assert sorted(listed() - lacking()) == [], "kerax has these now: run python -m tests.api.test_api"


#: classes that programs do not construct under TensorFlow's signature
OWN_CONSTRUCTORS = {"tf.DType", "tf.dtypes.DType", "tf.data.Dataset"}
SIGNATURES = {p: row for p, row in coverage.signatures().items() if not p.startswith(coverage.ELSEWHERE)}


def test_arguments_have_tensorflows_names_and_order():
    wrong = {path: coverage.differences(path, row) for path, row in SIGNATURES.items() if path not in OWN_CONSTRUCTORS}
    wrong = {path: reason for path, reason in wrong.items() if reason}
    assert not wrong, "\n".join(f"{path}{reason}" for path, reason in sorted(wrong.items()))


@pytest.mark.parametrize("name", ["tf.math.add", "tf.keras.layers.Dense", "tf.data.Dataset"])
def test_the_record_holds_signatures(name):
    assert name in SIGNATURES


def test_the_table_of_class_names_is_up_to_date():
    assert class_names.TABLE.read_text(encoding="utf8") == class_names.text()  # python -m tests.api.class_names


def main() -> None:
    rows = [f"{namespace}: {' '.join(names)}" for namespace, names in sorted(coverage.missing().items())]
    MISSING.write_text("\n".join(rows) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
