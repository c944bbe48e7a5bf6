"""Tests compile thousands of small programs and run each once: XLA need not optimise them.

Set before JAX starts; processes that tests start inherit it.
"""

from __future__ import annotations

import os

_QUICK_TO_COMPILE = (
    "--xla_backend_optimization_level=0",
    "--xla_llvm_disable_expensive_passes=true",
    "--xla_cpu_use_fusion_emitters=false",
)
os.environ["XLA_FLAGS"] = " ".join([*_QUICK_TO_COMPILE, os.environ.get("XLA_FLAGS", "")]).strip()
