"""Fixtures for all tests."""

from __future__ import annotations

import pytest


@pytest.fixture
def restored_seed():
    """Leaves the global seed as it was: other tests may depend on there being none."""
    import kerax as tf
    from kerax.core.random_state import global_seed

    before = global_seed()
    yield
    tf.random.set_seed(before)


@pytest.fixture(autouse=True)
def _nothing_is_interpreted(monkeypatch):
    """Other tests of the process use the same ops with many shapes: that must not decide how a test computes."""
    from kerax.core import interpreter

    monkeypatch.setattr(interpreter, "_MANY", 1 << 60)
    monkeypatch.setattr(interpreter, "changing", set())
    monkeypatch.setattr(interpreter, "_counts", {})
