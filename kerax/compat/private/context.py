"""``tensorflow.python.eager.context``."""

from __future__ import annotations

from typing import NoReturn

from kerax.config import list_physical_devices
from kerax.core.context import context as _state
from kerax.core.graph import DeviceSpec
from kerax.core.random_state import global_seed as global_seed
from kerax.core.state import init_scope as eager_mode  # noqa: F401

from ..v1.switches import executing_eagerly as executing_eagerly

in_eager_mode = executing_eagerly


def graph_mode() -> NoReturn:
    """Refused: there are no TensorFlow 1 graphs in kerax.

    Raises:
      NotImplementedError: always.
    """
    raise NotImplementedError("kerax does not have TensorFlow 1's graph mode")


class Context:
    """What TensorFlow asks of the state it executes in."""

    def executing_eagerly(self) -> bool:
        """Whether no `tf.function` is being traced."""
        return executing_eagerly()

    def num_gpus(self) -> int:
        """How many GPUs there are."""
        return num_gpus()

    @property
    def device_spec(self) -> DeviceSpec:
        """The device that `tf.device` chose; without parts where it chose none."""
        chosen = _state.device
        return DeviceSpec() if chosen is None else DeviceSpec(device_type=chosen.platform, device_index=chosen.id)

    def ensure_initialized(self) -> None:
        """Nothing to do: devices are found when first used."""


_context = Context()


def context() -> Context:
    """The state of this process."""
    return _context


def num_gpus() -> int:
    """How many GPUs there are."""
    return len(list_physical_devices("GPU"))


def async_wait() -> None:
    """Nothing to do: results are waited for when they are read."""
