"""What wants more memory than there is, is TensorFlow's error at once, and the process goes on."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest.importorskip("resource")

_SCRIPT = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (1 << 35, resource.RLIM_INFINITY))
import kerax as tf
N = 1 << 44
side = tf.ones([1 << 22])
for make in (
    lambda: tf.zeros([N]),
    lambda: tf.ones([N], tf.int8),
    lambda: tf.fill([N], 1.0),
    lambda: tf.range(N),
    lambda: tf.eye(1 << 22),
    lambda: tf.random.normal([N]),
    lambda: tf.random.stateless_uniform([N], [1, 2]),
    lambda: tf.random.Generator.from_seed(1).normal([N]),
    lambda: tf.keras.initializers.TruncatedNormal()([N]),
    lambda: tf.keras.layers.Dense(1 << 30)(tf.ones([1, 1 << 14])),
    lambda: tf.tile([1.0], [N]),
    lambda: tf.repeat([1.0], N),
    lambda: tf.pad([1.0], [[0, N]]),
    lambda: tf.one_hot([1], N),
    lambda: side[:, None] * side,
    lambda: side[:, None] @ side[None],
    lambda: tf.linalg.diag(side),
    lambda: tf.image.resize(tf.ones([2, 2, 1]), [1 << 22, 1 << 22]),
    lambda: tf.sparse.to_dense(tf.SparseTensor([[0]], [1.0], [N])),
    lambda: next(iter(tf.data.Dataset.range(1).map(lambda _: tf.zeros([N])))),
):
    for _ in range(2):
        try:
            make()
        except tf.errors.ResourceExhaustedError:
            continue
        raise SystemExit("no error")
for make in (lambda: tf.zeros([N, N]), lambda: tf.eye(N), lambda: tf.reshape([1.0], [N, N])):
    try:
        make()
    except tf.errors.InvalidArgumentError as error:
        assert "would have more than 2**63 - 1 elements" in str(error)
print(float(tf.reduce_sum(side)))
"""


def test_absurd_sizes():
    done = subprocess.run([sys.executable, "-c", _SCRIPT], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == str(float(1 << 22)), done.stderr[-3000:]
