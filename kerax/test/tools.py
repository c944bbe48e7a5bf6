"""What surrounds tests: ``main``, ``compute_gradient``, questions about the build, benchmarks."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from typing import Any

import jax
import numpy as np

from kerax.core.tape import GradientTape
from kerax.core.tensor import convert_to_tensor


def main(argv: Any = None) -> None:
    """Runs all tests of the program."""
    from absl.testing import absltest

    absltest.main(argv=argv)


def compute_gradient(f: Callable[..., Any], x: Any, delta: float | None = None) -> tuple[Any, Any]:
    """The Jacobians of a function, by its gradients and by differences.

    Args:
      f: callable of Tensors that returns one.
      x: list of arguments, floating point or complex.
      delta: float, the step of the differences; by default ``2**-10`` or less exact dtypes' own.

    Returns:
      (by gradients, by differences): each a tuple of arrays ``[elements of f's result, elements of an argument]``; a
      complex number counts as two elements, its real and its imaginary part.

    Raises:
      ValueError: ``x`` is no list.

    >>> import kerax as tf
    >>> exact, near = tf.test.compute_gradient(lambda x: x * x, [tf.constant([3.0])])
    >>> exact[0].tolist()
    [[6.0]]
    """
    if not isinstance(x, (list, tuple)):
        raise ValueError(
            f"`x` must be a list or tuple of values convertible to a Tensor (arguments to `f`), not a {type(x)}"
        )
    tensors = [convert_to_tensor(value) for value in x]
    step = 1.0 / 1024 if delta is None else delta
    exact = tuple(_exact(f, tensors, i) for i in range(len(tensors)))
    near = tuple(_near(f, tensors, i, step) for i in range(len(tensors)))
    return exact, near


def _parts(array: np.ndarray) -> np.ndarray:
    """The elements of an array, complex ones as their real and imaginary parts; a view of a contiguous array."""
    return array.reshape(-1).view(array.real.dtype)


def _exact(f: Callable[..., Any], tensors: list[Any], index: int) -> np.ndarray:
    with GradientTape(persistent=True) as tape:
        tape.watch(tensors[index])
        result = convert_to_tensor(f(*tensors))
    source = np.zeros(tuple(tensors[index].shape), tensors[index].dtype.dtype)
    seed = np.zeros(tuple(result.shape), result.dtype.dtype)
    rows = np.zeros((_parts(seed).size, _parts(source).size), source.real.dtype)
    for place, row in enumerate(rows):
        _parts(seed)[place] = 1
        gradient = tape.gradient(result, tensors[index], output_gradients=convert_to_tensor(seed.copy()))
        row[:] = _parts(source if gradient is None else convert_to_tensor(gradient).numpy())
        _parts(seed)[place] = 0
    if not rows.size:
        gradient = tape.gradient(result, tensors[index])
        if gradient is not None and tuple(gradient.shape) != source.shape:
            raise ValueError(f"Empty gradient has wrong shape: expected {source.shape}, got {tuple(gradient.shape)}")
    return rows


def _near(f: Callable[..., Any], tensors: list[Any], index: int, step: float) -> np.ndarray:
    base = np.array(tensors[index])
    columns = []
    for place in range(_parts(base).size):
        ends = []
        for sign in (1, -1):
            moved = base.copy()
            _parts(moved)[place] += np.asarray(sign * step, base.real.dtype)
            arguments = [*tensors[:index], convert_to_tensor(moved), *tensors[index + 1 :]]
            ends.append(_parts(np.asarray(convert_to_tensor(f(*arguments)))))
        columns.append((ends[0] - ends[1]) / np.asarray(2 * step, base.real.dtype))
    if not columns:
        return np.zeros((_parts(np.asarray(convert_to_tensor(f(*tensors)))).size, 0), base.real.dtype)
    return np.array(columns, base.real.dtype).T


def _platforms() -> set[str]:
    return {device.platform for device in jax.devices()}


def gpu_device_name() -> str:
    """The name of the first GPU, or an empty string."""
    return "/device:GPU:0" if _platforms() & {"gpu", "cuda", "rocm"} else ""


def is_gpu_available(cuda_only: bool = False, min_cuda_compute_capability: Any = None) -> bool:
    """Whether JAX has a GPU; its capability is not looked at, and a minimum must not be asked for.

    Raises:
      NotImplementedError: a minimal compute capability.
    """
    if min_cuda_compute_capability is not None:
        raise NotImplementedError(
            "is_gpu_available cannot see a GPU's compute capability: leave min_cuda_compute_capability out."
        )
    return bool(gpu_device_name())


def is_built_with_cuda() -> bool:
    """Whether JAX has a CUDA device."""
    return any("cuda" in str(device).lower() for device in jax.devices())


def is_built_with_rocm() -> bool:
    """Whether JAX has a ROCm device."""
    return any("rocm" in str(device).lower() for device in jax.devices())


def is_built_with_gpu_support() -> bool:
    """Whether JAX has a GPU."""
    return is_built_with_cuda() or is_built_with_rocm()


def is_built_with_xla() -> bool:
    """True: everything here runs on XLA."""
    return True


def is_cpu_target_available(target: str) -> bool:
    """Whether code for a kind of CPU can be compiled: that of this machine.

    Args:
      target: ``"x86"``, ``"aarch64"``, ``"arm"`` or another.
    """
    import platform

    machine = platform.machine().lower()
    kinds = {"x86_64": "x86", "amd64": "x86", "arm64": "aarch64"}
    return kinds.get(machine, machine) == target


def disable_with_predicate(pred: Callable[[], bool], skip_message: str) -> Callable[..., Any]:
    """A decorator that skips a test where a function says so.

    Args:
      pred: callable, True to skip.
      skip_message: str, the reason.
    """

    def decorate(fn: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(fn)
        def wrapper(self: Any, *args: Any, **kwargs: Any) -> Any:
            if pred():
                self.skipTest(skip_message)
            return fn(self, *args, **kwargs)

        return wrapper

    return decorate


def with_eager_op_as_function(cls: Any = None, only_as_function: bool = False) -> Any:
    """Returns the test class as it is: ops have one way to run here."""
    return cls if cls is not None else lambda decorated: decorated


def assert_equal_graph_def(expected: Any, actual: Any) -> None:
    """Fails unless two graph messages are equal."""
    if expected != actual:
        raise AssertionError(f"The graphs differ:\n{expected}\n{actual}")


def create_local_cluster(
    num_workers: int, num_ps: int, protocol: str = "grpc", worker_config: Any = None, ps_config: Any = None
) -> Any:
    """Not available: there are no servers of TensorFlow here.

    Raises:
      NotImplementedError: always; ``jax.distributed`` connects processes.
    """
    raise NotImplementedError(
        "tf.test.create_local_cluster starts TensorFlow servers, which kerax has not: connect processes with "
        "jax.distributed.initialize."
    )


def benchmark_config() -> Any:
    """None: there is nothing to configure."""
    return None


class Benchmark:
    """The base class of benchmarks: methods whose names begin with ``benchmark`` report what they measure."""

    @classmethod
    def is_abstract(cls) -> bool:
        return cls is Benchmark

    def evaluate(self, tensors: Any) -> Any:
        """Tensors of a structure as numpy values."""
        from kerax.test.case import TestCase

        return TestCase.evaluate(None, tensors)  # type: ignore[arg-type]

    def report_benchmark(
        self, iters: int | None = None, cpu_time: Any = None, wall_time: Any = None, throughput: Any = None,
        extras: Any = None, name: str | None = None, metrics: Any = None,
    ) -> dict[str, Any]:  # fmt: skip
        """Prints a measurement and returns it.

        Args:
          iters: int, how often the code ran.
          cpu_time, wall_time: floats, seconds a run.
          throughput: float, MB a second.
          extras: dictionary of further values.
          name: str, by default that of the class.
          metrics: list of dictionaries with ``name`` and ``value``.
        """
        entry = {
            "name": name or type(self).__name__, "iters": iters, "cpu_time": cpu_time, "wall_time": wall_time,
            "throughput": throughput, "extras": extras, "metrics": metrics,
        }  # fmt: skip
        entry = {key: value for key, value in entry.items() if value is not None}
        print(f"entry {entry}")
        return entry

    def run_op_benchmark(
        self, sess: Any, op_or_tensor: Any, feed_dict: Any = None, burn_iters: int = 2, min_iters: int = 10,
        store_trace: bool = False, store_memory_usage: bool = True, name: str | None = None, extras: Any = None,
        mbs: float = 0,
    ) -> dict[str, Any]:  # fmt: skip
        """Runs a function so many times and reports the median time.

        Args:
          sess: ignored: there are no sessions.
          op_or_tensor: callable.
          feed_dict: must be empty.
          burn_iters: int, runs that are not measured.
          min_iters: int, runs that are.
          store_trace: must be False; ``tf.profiler.experimental`` records traces.
          store_memory_usage: without effect.
          name: str, the measurement's name.
          extras: dictionary of further values.
          mbs: float, megabytes that a run moves.

        Raises:
          TypeError: what should run is no callable.
        """
        if feed_dict or store_trace:
            raise NotImplementedError("run_op_benchmark takes no feed_dict and stores no trace in kerax.")
        if not callable(op_or_tensor):
            raise TypeError("run_op_benchmark needs a callable in kerax: a tensor has been computed already.")
        times = []
        for index in range(burn_iters + min_iters):
            start = time.perf_counter()
            jax.block_until_ready(getattr(op_or_tensor(), "_value", None))
            if index >= burn_iters:
                times.append(time.perf_counter() - start)
        median = float(np.median(times)) if times else 0.0
        throughput = mbs / median if mbs and median else None
        return self.report_benchmark(min_iters, None, median, throughput, extras, name)
