"""Functions that print or check, in files: a file holds no python."""

from __future__ import annotations

import kerax as tf


def test_a_function_that_prints_and_checks_is_saved_and_answers(tmp_path, capfd):
    module = tf.Module()

    @tf.function(input_signature=[tf.TensorSpec([2], tf.float32)])
    def double(x):
        tf.print("doubling", x)
        tf.debugging.assert_greater(tf.reduce_sum(x), 0.0)
        return 2 * x

    module.double = double
    tf.saved_model.save(module, str(tmp_path / "m"))
    capfd.readouterr()
    loaded = tf.saved_model.load(str(tmp_path / "m"))
    assert loaded.double(tf.constant([1.0, 2.0])).numpy().tolist() == [2.0, 4.0]
    assert module.double(tf.constant([1.0, 2.0])).numpy().tolist() == [2.0, 4.0]
    assert capfd.readouterr().err == "doubling [1 2]\n"  # the function in python prints, the loaded one does not
