"""Session settings: what TensorFlow 2 programs still use to say how the GPU's memory is used."""

from __future__ import annotations

from typing import Any

from kerax.core import nest


class _Settings:
    """A bag of settings that may be set to any depth, like a protocol message."""

    def __init__(self, **settings: Any) -> None:
        self.__dict__.update(settings)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value = _Settings()
        self.__dict__[name] = value
        return value

    def __repr__(self) -> str:
        return "".join(f"{k}: {v!r}\n" for k, v in self.__dict__.items())


class GPUOptions(_Settings):
    """Settings of the GPU's memory (``allow_growth`` …); JAX decides by its own environment variables."""


class ConfigProto(_Settings):
    """Settings of a session; they have no effect, there being no sessions to configure."""

    def __init__(self, **settings: Any) -> None:
        settings.setdefault("gpu_options", GPUOptions())
        super().__init__(**settings)


class RunOptions(_Settings):
    """Settings of one run of a session; they have no effect."""

    NO_TRACE, SOFTWARE_TRACE, HARDWARE_TRACE, FULL_TRACE = 0, 1, 2, 3


class GraphOptions(_Settings):
    """Settings of a graph; they have no effect."""


class OptimizerOptions(_Settings):
    """Settings of how graphs are compiled; they have no effect."""

    L1, L0 = 0, -1
    DEFAULT, OFF, ON_1, ON_2 = 0, -1, 1, 2


class Session:
    """A session without a graph: what its ``with`` block computes has been computed when `run` asks.

    Args:
      target: str, unused.
      graph: unused.
      config: a `ConfigProto`.
    """

    def __init__(self, target: str = "", graph: Any = None, config: Any = None) -> None:
        self._config = config
        self._entered = False

    def run(self, fetches: Any, feed_dict: Any = None, options: Any = None, run_metadata: Any = None) -> Any:
        """The values of tensors.

        Args:
          fetches: a tensor or a nested structure of tensors.
          feed_dict: must be empty, there being no placeholders to feed.

        Returns:
          The same structure of numpy arrays.

        Raises:
          RuntimeError: outside of the session's ``with`` block, as TensorFlow 2 raises it.
          NotImplementedError: for values to feed.
        """
        if not self._entered:
            raise RuntimeError("The Session graph is empty. Add operations to the graph before calling run().")
        if feed_dict:
            raise NotImplementedError("kerax does not have the graphs of TensorFlow 1: nothing can be fed to them")
        return nest.map_structure(lambda t: t.numpy() if hasattr(t, "numpy") else t, fetches)

    def close(self) -> None:
        """Nothing to release."""

    def __enter__(self) -> Session:
        self._entered = True
        return self

    def __exit__(self, *error: object) -> None:
        self._entered = False


class InteractiveSession(Session):
    """A `Session` that would make itself the default one."""
