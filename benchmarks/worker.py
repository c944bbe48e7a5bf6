"""A process that runs one library's workloads on request: JSON lines in, JSON lines out.

    python worker.py kerax | tensorflow | keras-jax | jax

{"prepare": "mlp_64"} answers {"variants": […]}; {"round": "mlp_64", "variant": "loop"} answers {"seconds": …,
"value": …}; {"forget": "mlp_64"} frees it.
"""

from __future__ import annotations

import gc
import json
import os
import pathlib
import sys
import time
from typing import Any

QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "", "JAX_PLATFORMS": "cpu"}


def workloads(library: str) -> dict[str, dict[str, Any]]:
    """Workload → variant → function that prepares it."""
    if library == "jax":
        import by_hand

        return by_hand.WORKLOADS
    if library == "kerax":
        import kerax.compat

        kerax.compat.install()
    import by_tensorflow

    skipped = by_tensorflow.NEEDS_TENSORFLOW if library == "keras-jax" else set()
    return {name: {"": make} for name, make in by_tensorflow.WORKLOADS.items() if name not in skipped}


def main() -> None:
    library = sys.argv[1]
    os.environ.update(QUIET)
    if library == "keras-jax":
        os.environ["KERAS_BACKEND"] = "jax"
    replies = os.fdopen(os.dup(1), "w", encoding="utf8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)  # progress lines are written, but not shown
    here = pathlib.Path(__file__).resolve().parent
    sys.path[:0] = [str(here), str(here.parent)]
    begin = time.perf_counter()
    known = workloads(library)
    imported = time.perf_counter() - begin
    ready: dict[str, dict[str, Any]] = {}
    for line in sys.stdin:
        request = json.loads(line)
        if "prepare" in request:
            name = request["prepare"]
            ready[name] = {variant: make() for variant, make in known.get(name, {}).items()}
            answer: Any = {"variants": list(ready[name]), "import_seconds": imported}
        elif "forget" in request:
            ready.pop(request["forget"], None)
            gc.collect()
            answer = {}
        else:
            begin = time.perf_counter()
            value = ready[request["round"]][request["variant"]]()
            answer = {"seconds": time.perf_counter() - begin, "value": float(value)}
        replies.write(json.dumps(answer) + "\n")
        replies.flush()


if __name__ == "__main__":
    main()
