"""``tensorflow.python.framework.test_util``: decorators of tests, which run eagerly once."""

from __future__ import annotations

from typing import Any

from kerax.test import TestCase as TensorFlowTestCase  # noqa: F401
from kerax.test import is_gpu_available as is_gpu_available


def run_in_graph_and_eager_modes(func: Any = None, **settings: Any) -> Any:
    """The test itself; called with settings only, a decorator that changes nothing."""
    return (lambda test: test) if func is None else func


run_all_in_graph_and_eager_modes = run_in_graph_and_eager_modes
run_v1_only = deprecated_graph_mode_only = run_deprecated_v1 = run_in_graph_and_eager_modes
run_v2_only = run_eager_op_as_function_mode = with_control_flow_v2 = run_in_graph_and_eager_modes
