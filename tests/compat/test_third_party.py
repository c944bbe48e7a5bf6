"""Libraries written for TensorFlow, imported and used on kerax, each in a process of its own."""

from __future__ import annotations

import importlib.util
import textwrap

import pytest

from .test_script import kerax

TFDS = """
import os, sys
import numpy as np
import tensorflow as tf
import tensorflow_datasets as tfds

class Squares(tfds.core.GeneratorBasedBuilder):
    "Grey squares, their brightness and a word for it."
    VERSION = tfds.core.Version("1.0.0")

    def _info(self):
        return self.dataset_info_from_configs(
            features=tfds.features.FeaturesDict({
                "image": tfds.features.Image(shape=(4, 4, 1)),
                "label": tfds.features.ClassLabel(names=["dark", "bright"]),
                "text": tfds.features.Text(),
                "position": tfds.features.Tensor(shape=(2,), dtype=np.float32),
            }),
            supervised_keys=("image", "label"),
        )

    def _split_generators(self, manager):
        return {"train": self._generate_examples(12), "test": self._generate_examples(4)}

    def _generate_examples(self, count):
        for n in range(count):
            yield n, {
                "image": np.full((4, 4, 1), n * 20, np.uint8),
                "label": "bright" if n >= 6 else "dark",
                "text": f"number {n}",
                "position": np.array([n, -n], np.float32),
            }

    def dataset_info_from_configs(self, **settings):
        return tfds.core.DatasetInfo(builder=self, **settings)

builder = Squares(data_dir=sys.argv[1])
builder.download_and_prepare()
assert builder.info.splits["train"].num_examples == 12
dataset = builder.as_dataset(split="train", shuffle_files=False)
rows = sorted(tfds.as_numpy(dataset), key=lambda row: row["position"][0])
assert len(rows) == 12
image = rows[3]["image"]
assert image.dtype == np.uint8 and image.shape == (4, 4, 1) and image[0, 0, 0] == 60
assert rows[3]["text"] == b"number 3" and rows[3]["label"] == 0 and rows[9]["label"] == 1
pairs = builder.as_dataset(split="test", as_supervised=True, batch_size=4)
images, labels = next(iter(pairs))
assert images.shape == (4, 4, 4, 1) and images.dtype == tf.uint8 and labels.dtype == tf.int64
model = tf.keras.Sequential([tf.keras.layers.Flatten(), tf.keras.layers.Dense(2)])
model.compile("sgd", tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(pairs.map(lambda x, y: (tf.cast(x, tf.float32) / 255, y)), verbose=0)
assert len(list(builder.as_dataset(split="train[:50%]"))) == 6
print("done")
"""


@pytest.mark.skipif(not importlib.util.find_spec("tensorflow_datasets"), reason="kerax[datasets] is not installed")
def test_tensorflow_datasets_builds_and_reads_a_data_set(tmp_path):
    (tmp_path / "squares.py").write_text(textwrap.dedent(TFDS))
    done = kerax(str(tmp_path / "squares.py"), str(tmp_path / "data"))
    assert done.stdout.endswith("done\n"), done.stderr[-3000:]


EINOPS = """
import tensorflow as tf
from einops import rearrange, reduce
x = tf.reshape(tf.range(24.0), (2, 3, 4))
y = rearrange(x, "a b c -> b (a c)")
assert isinstance(y, tf.Tensor) and y.shape == (3, 8)
assert reduce(x, "a b c -> a", "mean").numpy().tolist() == [5.5, 17.5]
from einops.layers.tensorflow import Rearrange
assert Rearrange("a b c -> a (b c)")(x).shape == (2, 12)
print("done")
"""


@pytest.mark.skipif(not importlib.util.find_spec("einops"), reason="einops is not installed")
def test_einops(tmp_path):
    (tmp_path / "program.py").write_text(EINOPS)
    done = kerax(str(tmp_path / "program.py"))
    assert done.stdout.endswith("done\n"), done.stderr[-3000:]
