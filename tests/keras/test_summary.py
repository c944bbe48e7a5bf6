"""``model.summary()``."""

import random
import sys

import kerax as tf


def test_a_summary_leaves_random_numbers_alone(monkeypatch, capsys):
    """rich draws one as it is loaded."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "rich"]:
        monkeypatch.delitem(sys.modules, name)
    state = random.getstate()
    tf.keras.Sequential([tf.keras.Input((2,)), tf.keras.layers.Activation("relu")]).summary()
    assert random.getstate() == state
    assert "Total params" in capsys.readouterr().out
