"""Every parity case on kerax against the answer recorded from TensorFlow (see record.py)."""

from __future__ import annotations

import importlib
import os

import pytest

import kerax.compat

from . import codec
from .runner import Runner

# the cases are users' programs: their warnings are their own
pytestmark = pytest.mark.filterwarnings("default")

CASES = {(family, name): code for family in codec.families() for name, code in codec.load_cases(family).items()}
ANSWERS = {family: codec.load_answers(family) for family in codec.families()}
LEGACY = os.environ.get("TF_USE_LEGACY_KERAS", "").lower() in ("1", "true")


@pytest.fixture(scope="module")
def tf():
    """kerax under TensorFlow's name."""
    kerax.compat.install()
    yield importlib.import_module("tensorflow")
    kerax.compat.uninstall()


@pytest.fixture(scope="module")
def other_dialect():
    """A process in the Keras dialect that this one is not in."""
    started: list[Runner] = []

    def run(family, name, code):
        if not started:
            started.append(Runner("kerax", legacy=not LEGACY))
        return started[0].run(family, name, code)

    yield run
    for runner in started:
        runner.close()


#: cases in which some part of the answer is known to differ from TensorFlow's; one that agrees again fails here
DIFFERENCES = set((codec.HERE / "differences.txt").read_text(encoding="utf8").split())
#: cases that compile so much that they have a session of their own, `nox -s slow`
SLOW = set((codec.HERE / "slow.txt").read_text(encoding="utf8").split())


def parameter(family, name):
    known = f"{family}/{name}" in DIFFERENCES
    marks = [pytest.mark.xfail(reason="listed in differences.txt", strict=True)] if known else []
    if f"{family}/{name}" in SLOW:
        marks.append(pytest.mark.slow)
    return pytest.param(family, name, id=f"{family}-{name}", marks=marks)


@pytest.mark.parametrize(("family", "name"), [parameter(*case) for case in CASES])
def test_parity(family, name, tf, other_dialect):
    code = CASES[family, name]
    recorded = ANSWERS[family].get(name)
    assert recorded is not None, "no answer is recorded for this case: run tests/parity/record.py"
    assert recorded["code"] == codec.digest(code), "the case has changed since: run tests/parity/record.py"
    if name.endswith("@k2") == LEGACY:
        outcome = codec.run_case(family, name, code, tf)
    else:
        outcome = other_dialect(family, name, code)
    reason = codec.judge(recorded, outcome)
    assert reason is None, f"{reason}\n{code}"


@pytest.mark.parametrize("listed", [DIFFERENCES, SLOW], ids=["differences", "slow"])
def test_what_is_listed_is_a_case(listed):
    assert not listed - {f"{family}/{name}" for family, name in CASES}


def test_no_answer_without_a_case():
    stale = [f"{family}/{name}" for family in ANSWERS for name in ANSWERS[family] if (family, name) not in CASES]
    assert not stale
