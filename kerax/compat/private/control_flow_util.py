"""``tensorflow.python.ops.control_flow_util``: what there is to ask about TensorFlow's graphs of control flow."""

from __future__ import annotations

from typing import Any

from .smart_cond import smart_cond as smart_cond
from .smart_cond import smart_constant_value as smart_constant_value

ENABLE_CONTROL_FLOW_V2 = True


def EnableControlFlowV2(graph: Any) -> bool:
    """True: loops and branches are functions."""
    return True


def IsInXLAContext(op: Any) -> bool:
    """True: XLA compiles all that kerax compiles, so code for XLA is the right code."""
    return True


def GraphOrParentsInXlaContext(graph: Any) -> bool:
    """True: XLA compiles all that kerax compiles, so code for XLA is the right code."""
    return True
