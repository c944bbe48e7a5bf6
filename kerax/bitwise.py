"""``tf.bitwise``: logic on the bits of integers."""

from __future__ import annotations

import jax.numpy as jnp

from kerax.core.op import op


@op("x, y: int")
def bitwise_and(x, y, name=None):
    """The bits set in both ``x`` and ``y``.

    Args:
      x: integer tensor.
      y: tensor of the same dtype.
      name: str, optional.

    Returns:
      Tensor of the broadcast shape.

    >>> import kerax as tf
    >>> tf.bitwise.bitwise_and(6, 3).numpy()
    np.int32(2)
    """
    return jnp.bitwise_and(x, y)


@op("x, y: int")
def bitwise_or(x, y, name=None):
    """The bits set in ``x`` or ``y`` or both.

    Args:
      x: integer tensor.
      y: tensor of the same dtype.
      name: str, optional.

    Returns:
      Tensor of the broadcast shape.

    >>> import kerax as tf
    >>> tf.bitwise.bitwise_or(6, 3).numpy()
    np.int32(7)
    """
    return jnp.bitwise_or(x, y)


@op("x, y: int")
def bitwise_xor(x, y, name=None):
    """The bits set in exactly one of ``x`` and ``y``.

    Args:
      x: integer tensor.
      y: tensor of the same dtype.
      name: str, optional.

    Returns:
      Tensor of the broadcast shape.

    >>> import kerax as tf
    >>> tf.bitwise.bitwise_xor(6, 3).numpy()
    np.int32(5)
    """
    return jnp.bitwise_xor(x, y)


@op("x: int")
def invert(x, name=None):
    """Flips every bit.

    Args:
      x: integer tensor.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.bitwise.invert(6).numpy()
    np.int32(-7)
    """
    return jnp.bitwise_not(x)


def _shift(y, dtype):
    """Shift counts within the width of the dtype, as TensorFlow clamps them."""
    return jnp.clip(y, 0, jnp.iinfo(dtype).bits - 1).astype(dtype)


@op("x, y: int")
def left_shift(x, y, name=None):
    """Shifts the bits of ``x`` left by ``y`` places.

    Args:
      x: integer tensor.
      y: tensor of the same dtype; counts are clamped to the width of the dtype.
      name: str, optional.

    Returns:
      Tensor of the broadcast shape.

    >>> import kerax as tf
    >>> tf.bitwise.left_shift(3, 2).numpy()
    np.int32(12)
    """
    return jnp.left_shift(x, _shift(y, x.dtype))


@op("x, y: int")
def right_shift(x, y, name=None):
    """Shifts the bits of ``x`` right by ``y`` places, keeping the sign.

    Args:
      x: integer tensor.
      y: tensor of the same dtype; counts are clamped to the width of the dtype.
      name: str, optional.

    Returns:
      Tensor of the broadcast shape.

    >>> import kerax as tf
    >>> tf.bitwise.right_shift(-8, 2).numpy()
    np.int32(-2)
    """
    return jnp.right_shift(x, _shift(y, x.dtype))
