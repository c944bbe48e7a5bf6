"""Runs the workloads on kerax and its peers, round by round, and prints medians and ratios.

python benchmarks/run.py [--only NAMES] [--rounds 7]
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
from typing import Any

HERE = pathlib.Path(__file__).resolve().parent
#: how far a peer's value may be from the hand-written one, relative: same work, other random numbers
SAME_WORK = 0.25
#: every process keeps the memory it frees, as the command ``kerax`` sets it: mapping it anew would drown small things
KEEP_FREED_MEMORY = {
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": str(2**31 - 1),
    "MALLOC_TOP_PAD_": str(64 << 20),
}


class Peer:
    """One library in a process of its own."""

    def __init__(self, name: str, python: str) -> None:
        self.name = name
        env = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "KERAX_CHILDREN")}
        env |= KEEP_FREED_MEMORY
        command = [python, str(HERE / "worker.py"), name]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)

    def ask(self, **request: Any) -> dict[str, Any]:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} died at {request}")
        return json.loads(line)

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(60)


def peers() -> list[Peer]:
    found = [Peer("kerax", sys.executable), Peer("jax", sys.executable)]
    if os.environ.get("TF_PYTHON"):
        found.append(Peer("tensorflow", os.environ["TF_PYTHON"]))
    if os.environ.get("KERAS_JAX_PYTHON"):
        found.append(Peer("keras-jax", os.environ["KERAS_JAX_PYTHON"]))
    return found


def measure(name: str, group: list[Peer], rounds: int) -> dict[str, tuple[float, float]]:
    """(median seconds, first value) by library and variant; the first round, which compiles, is not timed.

    Values are compared where training starts: in later rounds losses near 0 differ by the order of the samples.
    """
    runners = [(peer, variant) for peer in group for variant in peer.ask(prepare=name)["variants"]]
    times: dict[str, list[float]] = {}
    values: dict[str, float] = {}
    for number in range(rounds + 1):
        for peer, variant in runners:
            label = f"{peer.name} {variant}".strip()
            answer = peer.ask(round=name, variant=variant)
            if number:
                times.setdefault(label, []).append(answer["seconds"])
            values.setdefault(label, answer["value"])
    for peer in group:
        peer.ask(forget=name)
    return {label: (statistics.median(seconds), values[label]) for label, seconds in times.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", help="workloads, separated by commas")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    sys.path.insert(0, str(HERE))
    import by_hand

    names = options.only.split(",") if options.only else list(by_hand.WORKLOADS)
    group = peers()
    others = [peer.name for peer in group if peer.name not in ("kerax", "jax")]
    print(f"{'workload':16}{'limit ms':>10}{'kerax ms':>10}{'kerax/limit':>13}", end="")
    print("".join(f"{other + '/limit':>19}" for other in others))
    wrong = 0
    for name in names:
        found = measure(name, group, options.rounds)
        limit = min(seconds for label, (seconds, _) in found.items() if label.startswith("jax"))
        kerax, value = found["kerax"]
        print(f"{name:16}{limit * 1e3:10.1f}{kerax * 1e3:10.1f}{kerax / limit:13.2f}", end="")
        for other in others:
            print(f"{found[other][0] / limit:19.2f}" if other in found else f"{'':19}", end="")
        expected = found[min((lb for lb in found if lb.startswith("jax")), key=lambda lb: found[lb][0])][1]
        if abs(value - expected) > SAME_WORK * max(abs(expected), 0.1):
            wrong += 1
            print(f"   value {value:.4g}, by hand {expected:.4g}: not the same work?", end="")
        print(flush=True)
    for peer in group:
        peer.close()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
