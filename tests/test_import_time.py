"""`import kerax` stays light: counted in modules, which a busy machine does not change."""

from __future__ import annotations

import json
import subprocess
import sys

#: loaded only by what needs them
HEAVY = [
    "IPython",
    "PIL",
    "h5py",
    "malt",
    "matplotlib",
    "optax",
    "pandas",
    "pyarrow",
    "pydot",
    "rich",
    "scipy.signal",
    "scipy.stats",
    "sklearn",
    "tensorboard",
    "tensorflow",
    "tensorflow_datasets",
    "torch",
]


def loaded(statement: str) -> set[str]:
    code = f"import json, sys\n{statement}\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_what_import_kerax_loads():
    jax, kerax = loaded("import jax.numpy"), loaded("import kerax")
    more = kerax - jax
    assert not [n for n in HEAVY if n in more], "heavy modules are loaded by `import kerax`"
    foreign = sorted(n for n in more if n.partition(".")[0] not in ("kerax", "jax", "jaxlib", "ml_dtypes"))
    packages = {n.partition(".")[0] for n in foreign}
    assert len(foreign) < 120, f"{len(foreign)} modules beside jax's: of {sorted(packages)}"


def test_import_kerax_touches_no_device():
    # a backend is started by the first computation; before that, the number of host devices can still be
    # chosen
    code = "import kerax, jax\njax.config.update('jax_num_cpu_devices', 3)\nassert len(jax.devices('cpu')) == 3\n"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def test_import_kerax_prints_nothing():
    done = subprocess.run([sys.executable, "-c", "import kerax"], capture_output=True, text=True, timeout=120)
    assert (done.stdout, done.stderr) == ("", "")


def test_the_command_line_answers_without_jax_work():
    done = subprocess.run([sys.executable, "-m", "kerax", "--version"], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and done.stdout.startswith("kerax ")
