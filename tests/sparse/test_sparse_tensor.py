"""What ``tf.print`` shows of sparse tensors."""

import sys

import kerax as tf


def test_parts_are_named(capsys):
    st = tf.SparseTensor([[0, 1], [1, 0]], [1.0, 2.0], [2, 2])
    tf.print(st, output_stream=sys.stdout)
    assert capsys.readouterr().out == "'SparseTensor(indices=[[0 1]\n [1 0]], values=[1 2], shape=[2 2])'\n"


def test_a_function_is_traced_anew_for_another_dense_shape():
    @tf.function
    def rows(st):
        return tf.sparse.reduce_sum(st, 1)

    assert rows(tf.SparseTensor([[0, 1]], [1.0], [2, 2])).shape == [2]
    assert rows(tf.SparseTensor([[0, 1]], [1.0], [3, 2])).shape == [3]
