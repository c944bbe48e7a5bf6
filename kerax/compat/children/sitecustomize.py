"""Carries kerax' import hook into Python processes started by a program that runs on kerax.

`kerax.compat.install(subprocesses=True)` puts this file's folder on PYTHONPATH. Nothing is imported until the
process asks for TensorFlow or Keras. A sitecustomize that this one hides is run as well.
"""

import importlib
import importlib.util
import os
import sys

_HERE = os.path.dirname(os.path.abspath(__file__))


class _Waiting:
    """Installs the hook when TensorFlow or Keras is first asked for."""

    @staticmethod
    def find_spec(fullname, path=None, target=None):
        if fullname.partition(".")[0] not in ("tensorflow", "keras", "tf_keras"):
            return None
        sys.meta_path[:] = [f for f in sys.meta_path if f is not _Waiting]
        if importlib.util.find_spec("kerax") is None:
            sys.path.append(os.path.dirname(os.path.dirname(os.path.dirname(_HERE))))
        hook = importlib.import_module("kerax.compat")
        hook.install()
        return importlib.util.find_spec(fullname)


def _run_hidden():
    """Run the sitecustomize that would have been found without this folder."""
    kept = sys.path[:]
    own = sys.modules.pop("sitecustomize", None)
    sys.path[:] = [p for p in sys.path if os.path.abspath(p or ".") != _HERE]
    try:
        importlib.import_module("sitecustomize")
    except ModuleNotFoundError as error:
        if error.name != "sitecustomize":
            raise
        if own is not None:
            sys.modules["sitecustomize"] = own
    finally:
        sys.path[:] = [p for p in kept if os.path.abspath(p or ".") != _HERE]


if os.environ.get("KERAX_CHILDREN") == sys.prefix:
    sys.meta_path.insert(0, _Waiting)
_run_hidden()
