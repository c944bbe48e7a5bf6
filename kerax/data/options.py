"""``tf.data.Options``: what a user may ask of a pipeline's execution.

kerax chooses the execution itself; the options are kept, checked and merged, and ``deterministic``,
``threading`` and ``experimental_external_state_policy`` never change what a pipeline yields.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Any


class AutotuneAlgorithm(enum.Enum):
    """How TensorFlow would tune parallelism."""

    DEFAULT = 0
    HILL_CLIMB = 1
    GRADIENT_DESCENT = 2
    MAX_PARALLELISM = 3
    STAGE_BASED = 4


class AutoShardPolicy(enum.IntEnum):
    """How a dataset is split among workers."""

    OFF = -1
    AUTO = 0
    FILE = 1
    DATA = 2
    HINT = 3


class ExternalStatePolicy(enum.Enum):
    """What to do about state outside of the pipeline when it is saved."""

    WARN = 0
    IGNORE = 1
    FAIL = 2


class _Option:
    """One option: checked when it is set, its default made when it is first read."""

    def __init__(self, kind: type, doc: str, default: Callable[[], Any] = lambda: None) -> None:
        self._kind, self._default, self.__doc__ = kind, default, doc

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: Any, owner: type) -> Any:
        if instance is None:
            return self
        if self._name not in instance._options:
            instance._options[self._name] = self._default()
        return instance._options[self._name]

    def __set__(self, instance: Any, value: Any) -> None:
        if not instance._mutable:
            raise ValueError(
                "Mutating `tf.data.Options()` returned by `tf.data.Dataset.options()` has no effect. Use "
                "`tf.data.Dataset.with_options(options)` to set or update dataset options."
            )
        if not isinstance(value, self._kind):
            raise TypeError(
                f'Property "{self._name}" must be of type {self._kind}, got: {value!r} (type: {type(value)})'
            )
        instance._options[self._name] = value


class OptionsBase:
    """A set of options that can be compared and merged."""

    def __init__(self) -> None:
        object.__setattr__(self, "_options", {})
        object.__setattr__(self, "_mutable", True)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._set() == other._set()  # type: ignore[attr-defined]

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None  # type: ignore[assignment]

    def __setattr__(self, name: str, value: Any) -> None:
        if not hasattr(type(self), name):
            raise AttributeError(f"Cannot set the property {name} on {type(self).__name__}.")
        object.__setattr__(self, name, value)

    def _set(self) -> dict[str, Any]:
        return {
            name: value
            for name, value in self._options.items()
            if value is not None and not (isinstance(value, OptionsBase) and not value._set())
        }

    def _merged(self, other: OptionsBase) -> Any:
        result = type(self)()
        result._options.update(self._set())
        for name, value in other._set().items():
            mine = result._options.get(name)
            result._options[name] = mine._merged(value) if isinstance(mine, OptionsBase) else value
        return result


class AutotuneOptions(OptionsBase):
    """Options of autotuning."""

    enabled = _Option(bool, "Whether parallelism is tuned.")
    cpu_budget = _Option(int, "Number of processors to plan for.")
    ram_budget = _Option(int, "Bytes of memory to plan for.")
    autotune_algorithm = _Option(AutotuneAlgorithm, "The algorithm.")
    initial_parallelism = _Option(int, "The parallelism to begin with.")
    min_parallelism = _Option(int, "The least parallelism.")


class DistributeOptions(OptionsBase):
    """Options of distribution over workers."""

    auto_shard_policy = _Option(AutoShardPolicy, "How to split the dataset.", lambda: AutoShardPolicy.AUTO)
    num_devices = _Option(int, "Number of devices.")

    def _set(self) -> dict[str, Any]:
        return {k: v for k, v in super()._set().items() if v is not AutoShardPolicy.AUTO}


class OptimizationOptions(OptionsBase):
    """Options of TensorFlow's graph rewrites."""

    apply_default_optimizations = _Option(bool, "Whether the default rewrites are applied.")
    filter_fusion = _Option(bool, "Whether filters are fused.")
    filter_parallelization = _Option(bool, "Whether filters run in parallel.")
    inject_prefetch = _Option(bool, "Whether a prefetch is added at the end.")
    seq_interleave_prefetch = _Option(bool, "Whether sequential interleaves prefetch.")
    map_and_batch_fusion = _Option(bool, "Whether map and batch are fused.")
    map_and_filter_fusion = _Option(bool, "Whether map and filter are fused.")
    map_fusion = _Option(bool, "Whether maps are fused.")
    map_parallelization = _Option(bool, "Whether stateless maps run in parallel.")
    noop_elimination = _Option(bool, "Whether transformations without effect are dropped.")
    parallel_batch = _Option(bool, "Whether batches are copied in parallel.")
    shuffle_and_repeat_fusion = _Option(bool, "Whether shuffle and repeat are fused.")


class ServiceOptions(OptionsBase):
    """Options of the tf.data service."""

    pinned = _Option(bool, "Whether the service's memory is pinned.")


class ThreadingOptions(OptionsBase):
    """Options of threads."""

    max_intra_op_parallelism = _Option(int, "The most threads within one op.")
    private_threadpool_size = _Option(int, "The size of a thread pool of the dataset's own.")


class Options(OptionsBase):
    """Options of a dataset, given by ``Dataset.with_options``.

    >>> import kerax as tf
    >>> options = tf.data.Options()
    >>> options.deterministic = False
    >>> tf.data.Dataset.range(3).with_options(options).options().deterministic
    False
    """

    autotune = _Option(AutotuneOptions, "Options of autotuning.", AutotuneOptions)
    deterministic = _Option(bool, "Whether the order must be deterministic; it always is.")
    experimental_distribute = _Option(DistributeOptions, "Options of distribution.", DistributeOptions)
    experimental_external_state_policy = _Option(ExternalStatePolicy, "What to do about external state.")
    experimental_optimization = _Option(OptimizationOptions, "Options of rewrites.", OptimizationOptions)
    experimental_slack = _Option(bool, "Whether the last prefetch leaves time to the accelerator.")
    experimental_symbolic_checkpoint = _Option(bool, "Whether positions are saved symbolically.")
    experimental_service = _Option(ServiceOptions, "Options of the tf.data service.", ServiceOptions)
    experimental_warm_start = _Option(bool, "Whether prefetching begins with the iterator.")
    dataset_name = _Option(str, "A name for the dataset.")
    framework_type = _Option(list, "The frameworks that made the dataset.")
    threading = _Option(ThreadingOptions, "Options of threads.", ThreadingOptions)

    @property
    def experimental_deterministic(self) -> Any:
        return self.deterministic

    @experimental_deterministic.setter
    def experimental_deterministic(self, value: bool) -> None:
        self.deterministic = value

    @property
    def experimental_threading(self) -> Any:
        return self.threading

    @experimental_threading.setter
    def experimental_threading(self, value: ThreadingOptions) -> None:
        self.threading = value

    def merge(self, options: Options) -> Options:
        """New options: these, overridden by those set in ``options``."""
        return self._merged(options)
