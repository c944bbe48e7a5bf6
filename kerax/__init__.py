"""The ``tf`` namespace. PROVISIONAL: looks names up where they are, until the explicit list is written."""

import importlib
import pkgutil

from .version import KERAX_VERSION as __kerax_version__
from .version import VERSION as __version__

_SKIP = {"compat", "core", "keras", "data", "train", "version", "__main__"}


def load_ipython_extension(ipython):
    importlib.import_module("kerax.compat.notebook").load_ipython_extension(ipython)


def unload_ipython_extension(ipython):
    importlib.import_module("kerax.compat.notebook").unload_ipython_extension(ipython)


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    names = [m.name for m in pkgutil.iter_modules(__path__)]
    if name in names:
        return importlib.import_module("kerax." + name)
    core = importlib.import_module("kerax.core")
    if name in ("errors", "nest", "config", "dtypes"):
        return importlib.import_module("kerax.core." + name)
    homes = ["kerax.core." + m.name for m in pkgutil.iter_modules(core.__path__)]
    homes += ["kerax." + n for n in ["math", "array_ops"] if n in names]
    homes += ["kerax." + n for n in names if n not in _SKIP]
    homes += ["kerax.math.casting", "kerax.math.clip", "kerax.math.arithmetic", "kerax.math.ranges"]
    for home in homes:
        try:
            module = importlib.import_module(home)
        except Exception:
            continue
        if name in module.__dict__:
            globals()[name] = module.__dict__[name]
            return module.__dict__[name]
    from kerax.compat.names import attribute_error

    raise attribute_error("tf", name)


for _name in ("kerax.math.operators", "kerax.array_ops.indexing"):
    try:
        importlib.import_module(_name)
    except ImportError:
        pass
