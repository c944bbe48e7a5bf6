"""Bytes: the peak of a fit beside JAX by hand, and whether long training grows.

    python benchmarks/memory.py

Every figure comes from a process of its own. Exits with 1 where the peak is more than 1.3 times that by hand, or where
100 epochs, or 10,000 steps of an eager loop, leave more memory behind than a tenth of them did.
"""

from __future__ import annotations

import gc
import os
import pathlib
import resource
import subprocess
import sys
from collections.abc import Callable

HERE = pathlib.Path(__file__).resolve().parent
MIB = 2**20
PEAK = 1.3
#: what the allocator and the collector may keep or give back between two readings
SLACK = 16 * MIB


def resident() -> int:
    """Bytes of this process that are in memory now."""
    gc.collect()
    pages = int(pathlib.Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _kerax() -> None:
    import kerax.compat

    kerax.compat.install()


def fit_by_hand() -> list[int]:
    import by_hand

    before = peak()
    by_hand.fit("mlp", 64, scan=True)()
    return [peak() - before]


def fit() -> list[int]:
    _kerax()
    import by_tensorflow

    before = peak()
    by_tensorflow.fit("mlp", 64)()
    return [peak() - before]


def epochs() -> list[int]:
    """After 10 and after 100 epochs."""
    _kerax()
    import by_tensorflow
    import data

    x, y = data.load("mlp")
    model = by_tensorflow.compiled("mlp")
    readings = []
    for count in (10, 90):
        model.fit(x, y, batch_size=64, epochs=count, verbose=0)
        readings.append(resident())
    return readings


def eager_steps() -> list[int]:
    """After 1,000 and after 10,000 steps of an eager loop with a tape."""
    _kerax()
    import by_tensorflow

    hundred = by_tensorflow.loop(64, function=False)
    readings = []
    for count in (10, 90):
        for _ in range(count):
            hundred()
        readings.append(resident())
    return readings


CASES: dict[str, Callable[[], list[int]]] = {case.__name__: case for case in (fit_by_hand, fit, epochs, eager_steps)}


def measured(case: str) -> list[int]:
    env = {**os.environ, "JAX_PLATFORMS": "cpu"}
    child = subprocess.run([sys.executable, __file__, case], env=env, capture_output=True, text=True, check=True)
    return [int(word) for word in child.stdout.split()]


def main() -> int:
    if len(sys.argv) > 1:
        sys.path[:0] = [str(HERE), str(HERE.parent)]
        print(*CASES[sys.argv[1]]())
        return 0
    wrong = 0
    (hand,), (own,) = measured("fit_by_hand"), measured("fit")
    wrong += own > PEAK * hand
    print(f"peak of a fit: {own / MIB:.0f} MiB, by hand {hand / MIB:.0f} MiB, ratio {own / hand:.2f}")
    for case, what in (("epochs", "10 and 100 epochs"), ("eager_steps", "1,000 and 10,000 eager steps")):
        early, late = measured(case)
        wrong += late > early + SLACK
        print(f"resident after {what}: {early / MIB:.0f} and {late / MIB:.0f} MiB", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
