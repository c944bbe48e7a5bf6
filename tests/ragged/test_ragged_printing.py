"""What ``tf.print`` shows of ragged tensors."""

import sys

import kerax as tf


def printed(capsys, *values, **kwargs):
    tf.print(*values, output_stream=sys.stdout, **kwargs)
    return capsys.readouterr().out


def test_rows_are_bracketed_and_strings_quoted(capsys):
    assert printed(capsys, tf.ragged.constant([[3, 1], [2]])) == "[[3, 1], [2]]\n"
    assert printed(capsys, tf.ragged.constant([["a"], ["b", "c"]])) == "[['a'], ['b', 'c']]\n"


def test_within_containers(capsys):
    assert printed(capsys, {"x": tf.ragged.constant([[3, 1], []])}) == "{'x': [[3, 1], []]}\n"


def test_long_rows_are_cut(capsys):
    assert printed(capsys, tf.ragged.constant([list(range(9))]), summarize=2) == "[[0, 1, ..., 7, 8]]\n"
