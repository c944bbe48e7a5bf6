"""``rearrange``: axes split, moved and merged by a pattern of names."""

from __future__ import annotations

import math
import re

import kerax.array_ops as tf
from kerax.keras.engine.convert import to_tensor
from kerax.keras.ops._public import composed


def _groups(side: str) -> list[list[str]]:
    """The names of each axis: several where a group in parentheses."""
    return [re.findall(r"\w+", axis) for axis in re.findall(r"\w+|\(.*?\)", side)]


@composed
def rearrange(tensor, pattern, **axes_lengths):
    """The tensor with axes split, moved and merged as a pattern says.

    Args:
      tensor: tensor.
      pattern: str such as ``"b (h p) c -> b h (p c)"``: the axes' names before and after.
      **axes_lengths: ints, sizes of axes in a group; one of each group is inferred.

    Returns:
      Tensor.

    >>> import kerax as tf
    >>> tf.keras.ops.rearrange(tf.zeros((2, 6, 3)), "b (h p) c -> b h (p c)", p=2).shape
    TensorShape([2, 3, 6])
    """
    tensor = to_tensor(tensor)
    before, after = (_groups(side) for side in re.split(r"\s*->\s*", pattern))
    sizes = dict(axes_lengths)
    for group, size in zip(before, tuple(tensor.shape), strict=False):
        missing = [name for name in group if name not in sizes or len(group) == 1]
        if missing:
            known = math.prod(sizes[name] for name in group if name != missing[0])
            sizes[missing[0]] = size // known
    names = [name for group in before for name in group]
    split = tf.reshape(tensor, [sizes[name] for name in names])
    moved = tf.transpose(split, [names.index(name) for group in after for name in group])
    return tf.reshape(moved, [math.prod(sizes[name] for name in group) for group in after])
