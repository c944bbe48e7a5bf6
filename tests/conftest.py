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
