"""The import hook, in processes of their own where the state of the whole process matters."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import pathlib
import pickle
import subprocess
import sys
import textwrap
import threading
import types

import pytest

import kerax.compat

ROOT = str(pathlib.Path(__file__).resolve().parents[2])


@pytest.fixture
def hook():
    kerax.compat.install()
    yield
    kerax.compat.uninstall()


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `code` in a fresh process that can import kerax."""
    before = f"import sys; sys.path.insert(0, {ROOT!r})\n"
    command = [sys.executable, "-c", before + textwrap.dedent(code), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


SAME = {
    "tensorflow": "kerax",
    "tensorflow.math": "kerax.math",
    "tensorflow.linalg": "kerax.linalg",
    "tensorflow.keras": "kerax.keras",
    "tensorflow.keras.layers": "kerax.keras.layers",
    "tensorflow.keras.backend": "kerax.keras.backend",
    "tensorflow.compat": "kerax.compat",
    "tensorflow.compat.v2": "kerax",
    "tensorflow.compat.v2.nn": "kerax.nn",
    "tensorflow.compat.v2.keras.models": "kerax.keras.models",
    "tensorflow.compat.v1": "kerax.compat.v1",
    "tensorflow._api.v2.data": "kerax.data",
    "keras": "kerax.keras",
    "keras.ops": "kerax.keras.ops",
    "keras.api.layers": "kerax.keras.layers",
    "tf_keras": "kerax.keras",
    "tf_keras.optimizers": "kerax.keras.optimizers",
    "tensorflow.python.keras.api.layers": "kerax.keras.layers",
}


@pytest.mark.parametrize("path", SAME)
def test_public_paths_are_the_kerax_modules_themselves(hook, path):
    module = importlib.import_module(path)
    assert module is importlib.import_module(SAME[path])
    assert module.__name__ == SAME[path]
    assert module.__spec__.name == SAME[path]


@pytest.mark.parametrize(
    ("path", "name", "public"),
    [
        ("tensorflow.python.framework.ops", "convert_to_tensor", "convert_to_tensor"),
        ("tensorflow.python.framework.dtypes", "float32", "float32"),
        ("tensorflow.python.framework.errors_impl", "NotFoundError", "errors.NotFoundError"),
        ("tensorflow.python.ops.math_ops", "reduce_sum", "reduce_sum"),
        ("tensorflow.python.ops.array_ops", "reshape", "reshape"),
        ("tensorflow.python.ops.nn_ops", "softmax", "nn.softmax"),
        ("tensorflow.python.util.nest", "flatten", "nest.flatten"),
        ("tensorflow.python.eager.def_function", "function", "function"),
        ("tensorflow.python.keras.layers", "Dense", "keras.layers.Dense"),
        ("tensorflow.python.keras.layers.core", "Dense", "keras.layers.Dense"),
        ("tensorflow.python.keras.engine.base_layer", "Layer", "keras.layers.Layer"),
        ("keras.src.layers.core.dense", "Dense", "keras.layers.Dense"),
        ("keras.src.models.sequential", "Sequential", "keras.Sequential"),
        ("keras._tf_keras.keras.layers", "Dense", "keras.layers.Dense"),
        ("tf_keras.src.engine.training", "Model", "keras.Model"),
        ("keras.layers.core", "Dropout", "keras.layers.Dropout"),
        ("keras.layers.recurrent", "LSTM", "keras.layers.LSTM"),
        ("keras.utils.np_utils", "to_categorical", "keras.utils.to_categorical"),
        ("keras.engine.topology", "Layer", "keras.layers.Layer"),
    ],
)
def test_private_and_old_paths_find_the_public_object(hook, path, name, public):
    tf = importlib.import_module("tensorflow")
    expected = tf
    for part in public.split("."):
        expected = getattr(expected, part)
    assert getattr(importlib.import_module(path), name) is expected


def test_every_form_of_import(hook):
    namespace: dict = {}
    exec(
        textwrap.dedent("""
        import tensorflow as tf
        import tensorflow.keras.backend as K
        from tensorflow import keras
        from tensorflow.keras import layers
        from tensorflow.keras.layers import Dense
        import keras as plain
        from keras import ops
        import tf_keras
        """),
        namespace,
    )
    assert namespace["Dense"] is namespace["plain"].layers.Dense is namespace["tf_keras"].layers.Dense
    assert namespace["tf"].keras is namespace["keras"] is namespace["plain"]
    assert namespace["K"] is namespace["keras"].backend


def test_versions_are_those_that_programs_expect(hook):
    tf = importlib.import_module("tensorflow")
    assert tf.__version__ == tf.version.VERSION == "2.21.0"
    assert importlib.import_module("keras").__version__.startswith("3.15.")
    assert kerax.__kerax_version__ == importlib.import_module("kerax.version").KERAX_VERSION
    assert importlib.metadata.version("tensorflow") == "2.21.0"
    assert importlib.metadata.version("keras").startswith("3.15.")
    assert importlib.metadata.version("tf_keras") == "2.21.0"
    with pytest.raises(importlib.metadata.PackageNotFoundError):
        importlib.metadata.version("no-such-package-anywhere")


def test_find_spec(hook):
    assert importlib.util.find_spec("tensorflow") is not None
    assert importlib.util.find_spec("tensorflow.keras.layers") is not None
    with pytest.raises(ModuleNotFoundError):
        importlib.util.find_spec("tensorflow.nosuch")
    importlib.import_module("tensorflow")
    assert importlib.util.find_spec("tensorflow") is not None


def test_names_nobody_has(hook):
    tf = importlib.import_module("tensorflow")
    with pytest.raises(AttributeError, match="module 'tensorflow' has no attribute 'nosuch'"):
        tf.nosuch  # noqa: B018
    with pytest.raises(AttributeError, match="module 'tensorflow.math' has no attribute 'nosuch'"):
        tf.math.nosuch  # noqa: B018
    with pytest.raises(ImportError, match="nosuch"):
        exec("from tensorflow import nosuch")
    with pytest.raises(ModuleNotFoundError, match="tensorflow.nosuch"):
        importlib.import_module("tensorflow.nosuch")
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("tensorflow.core.nosuch")
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("keras.nosuch.module")
    assert not hasattr(tf, "nosuch")


def test_a_name_that_only_tensorflow_has_is_called_by_its_full_name(hook, monkeypatch):
    tf = importlib.import_module("tensorflow")
    monkeypatch.delattr(tf.math, "add")
    monkeypatch.delattr(tf.keras.layers, "Dense")
    with pytest.raises(AttributeError, match=r"kerax does not have tf\.math\.add yet"):
        tf.math.add  # noqa: B018
    with pytest.raises(AttributeError, match=r"kerax does not have tf\.keras\.layers\.Dense yet"):
        tf.keras.layers.Dense  # noqa: B018
    with pytest.raises(ImportError, match=r"kerax does not have tf\.keras\.layers\.Dense yet"):
        exec("from tensorflow.keras.layers import Dense")
    with pytest.raises(ImportError, match=r"kerax does not have tf\.keras\.layers\.Dense yet"):
        exec("from keras.layers import Dense")


def test_private_modules_that_kerax_lacks_are_called_by_their_full_names(hook):
    for path in (
        "keras.src.layers.nosuch",
        "tensorflow.python.ops.nosuch_ops",
        "tensorflow.python.keras.nosuch.module",
    ):
        with pytest.raises(ModuleNotFoundError, match=rf"kerax does not have {path}".replace(".module", "")):
            importlib.import_module(path)
    with pytest.raises(AttributeError, match=r"kerax does not have keras\.src\.utils\.nosuch"):
        importlib.import_module("keras.src.utils").nosuch  # noqa: B018
    base = importlib.import_module("keras.src.layers.convolutional.base_conv").BaseConv
    assert issubclass(importlib.import_module("keras").layers.Conv2D, base)


def test_compat_v1_has_what_is_the_same_in_version_2(hook):
    tf = importlib.import_module("tensorflow")
    v1 = importlib.import_module("tensorflow.compat.v1")
    assert tf.compat.v1 is v1
    assert v1.stack is tf.stack
    assert v1.nn.relu is tf.nn.relu
    assert v1.keras is tf.keras
    v1.enable_eager_execution()
    config = v1.ConfigProto()
    config.gpu_options.allow_growth = True
    with v1.Session(config=config) as session:
        assert session.run({"two": tf.constant(2)}) == {"two": 2}
    with pytest.warns(RuntimeWarning, match="disable_eager_execution"):
        v1.disable_eager_execution()  # what Keras does is the same
    assert tf.executing_eagerly()
    with pytest.raises(RuntimeError, match="placeholder"):
        v1.placeholder(tf.float32)
    with pytest.raises(AttributeError, match=r"tf\.compat\.v1\.get_session_handle"):
        v1.get_session_handle  # noqa: B018
    with pytest.raises(AttributeError, match=r"tf\.compat\.v1\.train\.import_meta_graph"):
        v1.train.import_meta_graph  # noqa: B018


def test_classes_have_tensorflows_names(hook):
    tf = importlib.import_module("tensorflow")
    shown = {
        "tensorflow.python.framework.ops.EagerTensor": tf.constant(1.0),
        "tensorflow.python.ops.resource_variable_ops.ResourceVariable": tf.Variable(1.0),
        "tensorflow.python.data.ops.batch_op._BatchDataset": tf.data.Dataset.range(3).batch(2),
        "keras.src.layers.core.dense.Dense": tf.keras.layers.Dense(1),
        "keras.src.models.sequential.Sequential": tf.keras.Sequential(),
        "tensorflow.python.framework.errors_impl.NotFoundError": tf.errors.NotFoundError(None, None, "gone"),
        "tensorflow.python.checkpoint.checkpoint.InitializationOnlyStatus": tf.train.Checkpoint().restore(None),
    }
    assert {name: str(type(value)) for name, value in shown.items()} == {name: f"<class '{name}'>" for name in shown}
    home = "tensorflow.python.data.ops.batch_op"
    assert importlib.import_module(home)._BatchDataset is type(tf.data.Dataset.range(3).batch(2))
    kerax.compat.uninstall()
    assert type(tf.constant(1.0)).__module__ == "kerax.core.value"


def test_objects_are_pickled_by_the_names_that_keras_writes(hook):
    keras = importlib.import_module("keras")
    stored = pickle.dumps(keras.layers.Dense)
    assert b"keras.src.layers.core.dense" in stored
    assert pickle.loads(stored) is keras.layers.Dense
    assert pickle.loads(pickle.dumps(keras.initializers.HeNormal(seed=1))).get_config()["seed"] == 1


def test_namespaces_are_pickled_by_their_names(hook):
    tf = importlib.import_module("tensorflow")  # what pickles a function by value meets the modules that it uses
    assert all(pickle.loads(pickle.dumps(module)) is module for module in (tf, tf.math, tf.keras.layers))


def test_install_twice_and_uninstall():
    kerax.compat.install()
    kerax.compat.install()
    before = len(sys.meta_path)
    importlib.import_module("tensorflow.python.ops")
    assert kerax.compat.installed()
    kerax.compat.uninstall()
    kerax.compat.uninstall()
    assert not kerax.compat.installed()
    assert len(sys.meta_path) == before - 2
    assert not [n for n in sys.modules if n.partition(".")[0] in ("tensorflow", "keras", "tf_keras")]
    assert "python" not in vars(kerax)


@pytest.mark.parametrize("name", ["tensorflow", "keras", "tf_keras.layers"])
def test_real_tensorflow_already_imported_is_an_error(name, monkeypatch):
    monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    with pytest.raises(RuntimeError, match=f"'{name}' has already been imported"):
        kerax.compat.install()
    assert not kerax.compat.installed()


def test_imports_in_threads(hook):
    found, paths = [], ["tensorflow.keras.layers", "keras.ops", "tensorflow.linalg", "tf_keras"] * 4
    threads = [threading.Thread(target=lambda p=p: found.append(importlib.import_module(p))) for p in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(paths)


def test_processes_that_are_started_by_the_program():
    done = run("""
    import subprocess
    import kerax.compat
    kerax.compat.install(subprocesses=True)
    first = "import tensorflow as tf; print(tf.__name__, tf.constant(3).numpy())"
    subprocess.run([sys.executable, "-c", first], check=True)
    kerax.compat.uninstall()
    second = "import sys; print(sys.meta_path[0])"
    subprocess.run([sys.executable, "-c", second])
    """)
    assert done.stdout.splitlines()[0] == "kerax 3", done.stderr
    assert "_Waiting" not in done.stdout


def test_a_hidden_sitecustomize_still_runs(tmp_path):
    (tmp_path / "sitecustomize.py").write_text("print('mine')")
    done = run(
        """
        import os, subprocess
        os.environ["PYTHONPATH"] = sys.argv[1]
        import kerax.compat
        kerax.compat.install(subprocesses=True)
        subprocess.run([sys.executable, "-c", "import keras; print(keras.__name__)"], check=True)
        """,
        str(tmp_path),
    )
    assert done.stdout.split() == ["mine", "kerax.keras"], done.stderr


def test_files_of_kerax_are_not_modules_of_tensorflow(hook):
    assert importlib.import_module("tensorflow.core").__name__ == "tensorflow.core"
    assert importlib.import_module("tensorflow.core.framework.graph_pb2").GraphDef().node.add(op="Add").op == "Add"
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("tensorflow.core.dispatch")
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("tensorflow.compat.hook")
