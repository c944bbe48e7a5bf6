"""What a file from somewhere else must not be able to do."""

from __future__ import annotations

import ast
import io
import json
import pathlib
import tarfile
import zipfile

import numpy as np
import pytest

import kerax as tf

KERAX = pathlib.Path(__file__).resolve().parents[1] / "kerax"

#: calls that run what a file or a string says -> the files of kerax whose very purpose that is
DANGEROUS = {
    "eval": {"compat/notebook.py"},
    "exec": {"compat/notebook.py", "compat/script.py"},
    "pickle.load": set(),
    "pickle.loads": set(),
    "marshal.load": set(),
    "marshal.loads": {"keras/saving/serialization.py"},
    "yaml.load": set(),
    "os.system": set(),
    "os.popen": set(),
    "tempfile.mktemp": set(),
}


def test_no_dangerous_calls():
    wrong = []
    for path in KERAX.rglob("*.py"):
        name = path.relative_to(KERAX).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                if called in DANGEROUS and name not in DANGEROUS[called]:
                    wrong.append(f"{name}:{node.lineno} {called}")
                for keyword in node.keywords:
                    if keyword.arg in ("shell", "allow_pickle") and ast.unparse(keyword.value) == "True":
                        wrong.append(f"{name}:{node.lineno} {keyword.arg}=True")
    assert not wrong, "\n".join(wrong)


def test_a_model_file_with_code_is_refused(tmp_path):
    path = tmp_path / "model.keras"
    model = tf.keras.Sequential([tf.keras.Input((2,)), tf.keras.layers.Lambda(lambda x: x * 2)])
    model.save(path)
    with pytest.raises(ValueError, match="(?i)lambda|safe_mode|unsafe"):
        tf.keras.models.load_model(path)
    loaded = tf.keras.models.load_model(path, safe_mode=False)
    assert loaded(tf.ones((1, 2))).numpy().tolist() == [[2.0, 2.0]]


def test_a_model_file_cannot_name_a_function_of_another_module(tmp_path):
    path = tmp_path / "model.keras"
    tf.keras.Sequential([tf.keras.Input((2,)), tf.keras.layers.Activation("relu")]).save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    config = json.loads(parts["config.json"])
    layer = config["config"]["layers"][-1]
    layer.update(module="os", class_name="system", registered_name=None)
    layer["config"] = {"command": f"touch {tmp_path}/owned"}
    parts["config.json"] = json.dumps(config).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises((TypeError, ValueError)):
        tf.keras.models.load_model(path)
    assert not (tmp_path / "owned").exists()


def test_an_archive_cannot_write_outside_of_its_folder(tmp_path):
    source = tmp_path / "evil.tar.gz"
    with tarfile.open(source, "w:gz") as archive:
        info = tarfile.TarInfo("../../escaped.txt")
        info.size = 4
        archive.addfile(info, io.BytesIO(b"evil"))
    cache = tmp_path / "cache"
    try:
        tf.keras.utils.get_file("evil.tar.gz", origin=source.as_uri(), extract=True, cache_dir=str(cache))
    except (ValueError, OSError, tarfile.TarError):
        pass
    assert not [p for p in tmp_path.rglob("escaped.txt") if cache / "datasets" not in p.parents]


def test_pickled_arrays_are_refused(tmp_path, monkeypatch):
    class Bomb:
        def __reduce__(self):
            return (pathlib.Path.touch, (tmp_path / "owned",))

    bomb = np.array([Bomb()], dtype=object)
    path = tmp_path / "mnist.npz"
    np.savez(path, x_train=bomb, y_train=bomb, x_test=bomb, y_test=bomb)
    with pytest.raises(ValueError):
        tf.keras.datasets.mnist.load_data(str(path))
    assert not (tmp_path / "owned").exists()
