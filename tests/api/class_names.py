"""Under which of kerax' classes the names of TensorFlow's classes live: writes kerax/compat/class_names.txt.

    python -m tests.api.class_names

A line for each class: kerax' path, the path that TensorFlow and Keras 3 show, and Keras 2's where it is another.
"""

from __future__ import annotations

import inspect
import json
import os
import pathlib
import subprocess
import sys

from . import coverage

HERE = pathlib.Path(__file__).resolve().parent
TABLE = HERE.parents[1] / "kerax" / "compat" / "class_names.txt"
#: what the objects are that programs hold: `tf.Tensor` and `tf.Variable` are their bases; and what no name leads to
INSTANCES = {
    "kerax.core.value.Tensor": "tensorflow.python.framework.ops.EagerTensor",
    "kerax.core.variable.Variable": "tensorflow.python.ops.resource_variable_ops.ResourceVariable",
    "kerax.core.variable._UnreadVariable": "tensorflow.python.ops.resource_variable_ops._UnreadVariable",
    "kerax.data.iterator.OwnedIterator": "tensorflow.python.data.ops.iterator_ops.OwnedIterator",
    "kerax.core.function.Function": "tensorflow.python.eager.polymorphic_function.polymorphic_function.Function",
    "kerax.core.concrete.ConcreteFunction": (
        "tensorflow.python.eager.polymorphic_function.concrete_function.ConcreteFunction"
    ),
    "kerax.train.load_status.CheckpointLoadStatus": "tensorflow.python.checkpoint.checkpoint.CheckpointLoadStatus",
    "kerax.train.load_status.InitializationOnlyStatus": (
        "tensorflow.python.checkpoint.checkpoint.InitializationOnlyStatus"
    ),
    "kerax.train.load_status.NameBasedStatus": "tensorflow.python.checkpoint.checkpoint.NameBasedSaverStatus",
    # layers of Keras 2 that have no public name
    "kerax.keras.engine.added.AddLoss": "tf_keras.src.engine.base_layer.AddLoss",
    "kerax.keras.engine.added.AddMetric": "tf_keras.src.engine.base_layer.AddMetric",
    "kerax.keras.engine.module_wrapper.ModuleWrapper": "tf_keras.src.engine.functional.ModuleWrapper",
    "kerax.keras.engine.op_call.SlicingOpLambda": "tf_keras.src.layers.core.tf_op_layer.SlicingOpLambda",
    "kerax.keras.engine.op_call.TFOpLambda": "tf_keras.src.layers.core.tf_op_layer.TFOpLambda",
    "kerax.keras.optimizers.loss_scale_keras2.LossScaleOptimizer": (
        "tf_keras.src.mixed_precision.loss_scale_optimizer.LossScaleOptimizer"
    ),
    "kerax.keras.optimizers.loss_scale_keras2.LossScaleOptimizerV3": (
        "tf_keras.src.mixed_precision.loss_scale_optimizer.LossScaleOptimizerV3"
    ),
}
#: the same of Keras 2 alone
INSTANCES_OF_KERAS2 = {
    "kerax.keras.engine.variable.Variable": "tensorflow.python.ops.resource_variable_ops.ResourceVariable",
}


def path_of(cls: type) -> str:
    return f"{cls.__module__}.{cls.__qualname__}"


def here(suffix: str) -> dict[str, str]:
    """kerax' path → the recorded one, for the dialect of this process."""
    recorded = json.loads((HERE / "classes.json").read_text(encoding="utf8"))
    found: dict[str, str] = {}
    datasets = {name[1:]: shown for name, shown in recorded.items() if name.startswith(".")}
    # the shortest public name first: tf.Variable before tf.distribute's
    for name in sorted(recorded, key=lambda name: (name.count("."), name)):
        dialect = "@k2" if name.endswith("@k2") else ""
        if name.startswith(".") or (dialect != suffix and name.startswith("tf.keras")) or name.startswith("keras"):
            continue
        try:
            cls = coverage.find(name.removesuffix("@k2"))
        except AttributeError:
            continue
        if recorded[name].endswith(".LegacyOptimizerWarning"):
            continue
        if inspect.isclass(cls) and str(cls.__module__).startswith("kerax.") and "." not in cls.__qualname__:
            found.setdefault(path_of(cls), recorded[name])
    pending = [coverage.find("tf.data.Dataset")]
    while pending:
        cls = pending.pop()
        pending += cls.__subclasses__()
        if cls.__module__.startswith("kerax.") and cls.__name__ in datasets:
            found.setdefault(path_of(cls), datasets[cls.__name__])
    return found | INSTANCES | (INSTANCES_OF_KERAS2 if suffix else {})


def text() -> str:
    """The table of both dialects."""
    env = {**os.environ, "TF_USE_LEGACY_KERAS": "1"}
    command = [sys.executable, "-c", "import json, tests.api.class_names as c; print(json.dumps(c.here('@k2')))"]
    child = subprocess.run(command, env=env, cwd=HERE.parents[1], capture_output=True, text=True, check=True)
    modern, legacy = here(""), json.loads(child.stdout.splitlines()[-1])
    rows = []
    for path in sorted(modern | legacy):
        both = [modern.get(path, legacy.get(path)), legacy.get(path, modern.get(path))]
        rows.append(" ".join([path, *dict.fromkeys(both)]))
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    TABLE.write_text(text(), encoding="utf8")
