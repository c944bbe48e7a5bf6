"""A process that runs parity cases: JSON requests {"family", "name", "code"} in, outcomes out, one a line.

    python runner.py kerax        on kerax (its import hook installed)
    python runner.py tensorflow   on TensorFlow

The Keras 2 dialect is a process of its own with TF_USE_LEGACY_KERAS=1 in its environment.
"""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
from typing import Any


class Runner:
    """A running process and the requests to it."""

    def __init__(self, library: str, legacy: bool) -> None:
        quiet = {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0", "CUDA_VISIBLE_DEVICES": ""}
        env = os.environ | quiet
        env.pop("TF_USE_LEGACY_KERAS", None)
        if legacy:
            env["TF_USE_LEGACY_KERAS"] = "1"
        command = [sys.executable, __file__, library]
        self.process = subprocess.Popen(
            command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf8"
        )

    def run(self, family: str, name: str, code: str) -> dict[str, Any]:
        if self.process.poll() is not None:
            raise RuntimeError(f"the process that runs parity cases has ended with status {self.process.poll()}")
        assert self.process.stdin is not None and self.process.stdout is not None
        try:
            self.process.stdin.write(json.dumps({"family": family, "name": name, "code": code}) + "\n")
            self.process.stdin.flush()
            return json.loads(self.process.stdout.readline())
        except (OSError, ValueError) as error:
            raise RuntimeError(f"the process that runs parity cases died in {family}/{name}") from error

    def close(self) -> None:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


def main() -> None:
    replies = os.fdopen(os.dup(1), "w", encoding="utf8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    if not os.environ.get("PARITY_DEBUG"):
        os.dup2(nowhere, 2)
    import codec  # beside this file, which is a script here

    if sys.argv[1] == "kerax":
        sys.path.insert(1, str(pathlib.Path(__file__).resolve().parents[2]))
        import kerax.compat

        kerax.compat.install()
    import tensorflow as tf

    for line in sys.stdin:
        request = json.loads(line)
        outcome = codec.run_case(request["family"], request["name"], request["code"], tf)
        replies.write(json.dumps(outcome) + "\n")
        replies.flush()


if __name__ == "__main__":
    main()
