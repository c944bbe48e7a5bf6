"""Settings and fixtures for all tests."""

from __future__ import annotations

import os

import pytest

# Tests compile thousands of small programs and run each once: XLA need not optimise them. Set before JAX starts;
# processes that tests start inherit it.
_QUICK_TO_COMPILE = (
    "--xla_backend_optimization_level=0",
    "--xla_llvm_disable_expensive_passes=true",
    "--xla_cpu_use_fusion_emitters=false",
)
os.environ["XLA_FLAGS"] = " ".join([*_QUICK_TO_COMPILE, os.environ.get("XLA_FLAGS", "")]).strip()
os.environ["JAX_ENABLE_COMPILATION_CACHE"] = "0"  # the user's cache folder is not for tests


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
