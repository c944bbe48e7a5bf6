"""What does not waver: flops, loops and compiled programs of a training step, kerax beside JAX by hand.

    python benchmarks/counts.py

Exits with 1 where kerax' step does more than 2 % more flops, or has another number of loops.
"""

from __future__ import annotations

import pathlib
import re
import sys
from typing import Any

HERE = pathlib.Path(__file__).resolve().parent
BATCH = 64
ALLOWED = 1.02


def counted(compiled: Any) -> tuple[float, int]:
    """(flops, while loops) of a compiled program."""
    analysis = compiled.cost_analysis()
    analysis = analysis[0] if isinstance(analysis, list) else analysis
    return analysis["flops"], len(re.findall(r"= .* while\(", compiled.as_text()))


def by_hand(network: str) -> tuple[float, int]:
    import by_hand as hand
    import data
    import jax

    x, y = data.load(network)
    init, apply = hand.NETWORKS[network]
    params = init()
    state = (params, hand.OPTIMIZER.init(params), hand._no_metrics())
    step = jax.jit(hand.step_of(apply), donate_argnums=0)
    return counted(step.lower(state, x[:BATCH], y[:BATCH]).compile())


def by_kerax(network: str) -> tuple[float, int]:
    import by_tensorflow
    import data
    import jax

    x, y = data.load(network)
    model = by_tensorflow.compiled(network)
    model.train_on_batch(x[:BATCH], y[:BATCH])
    (program,) = model.train_function.one.programs()
    avals = [jax.ShapeDtypeStruct(a.shape, a.dtype) for a in program.lifted.jaxpr.in_avals]
    arguments = avals[len(program.lifted.inputs) :]
    return counted(program.compiled.lower(*program.state_values(), *arguments).compile())


def main() -> int:
    sys.path[:0] = [str(HERE), str(HERE.parent)]
    import kerax.compat
    from kerax.nn import _patches

    kerax.compat.install()
    # Convolutions by patches are loops, whose flops XLA counts once: counted here are the plain ones.
    _patches._LARGE = _patches._LARGE_PADDED = sys.maxsize
    print(f"{'network':14}{'flops by hand':>16}{'kerax':>16}{'ratio':>8}{'loops by hand':>16}{'kerax':>8}")
    wrong = 0
    for network in ("mlp", "cnn", "lstm", "transformer"):
        flops, loops = by_hand(network)
        own_flops, own_loops = by_kerax(network)
        ratio = own_flops / flops
        wrong += ratio > ALLOWED or own_loops != loops
        print(f"{network:14}{flops:16,.0f}{own_flops:16,.0f}{ratio:8.3f}{loops:16}{own_loops:8}", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
