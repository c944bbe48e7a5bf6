"""Dropout."""

from __future__ import annotations

import functools
import numbers
from collections.abc import Callable
from typing import Any

import jax.numpy as jnp

from kerax.core.op import composed, op
from kerax.core.random_state import get_seed
from kerax.core.tensor import convert_to_tensor, is_tensor
from kerax.random.stateful import uniform
from kerax.random.stateless import stateless_uniform


@op("x, random, rate, scale: float")
def _kept(x, random, rate, scale):
    scaled = x / (1 - rate) if scale is None else x * scale
    return jnp.where(random >= rate, scaled, jnp.zeros_like(x))


def _noise_shape(x: Any, noise_shape: Any) -> Any:
    shape = x._value.shape  # with the sizes that are open while a program is exported
    if noise_shape is None:
        return shape
    if is_tensor(noise_shape):
        return noise_shape
    sizes = list(noise_shape)
    if len(sizes) == len(shape):
        return [size if given is None else given for size, given in zip(shape, sizes, strict=True)]
    return noise_shape


def _dropout(x: Any, rate: Any, noise_shape: Any, sampler: Callable[..., Any], skip: Callable[[], Any]) -> Any:
    plain = isinstance(rate, numbers.Real)
    if plain and not 0 <= rate < 1:
        raise ValueError(f"`rate` must be a scalar tensor or a float in the range [0, 1). Received: rate={rate}")
    x = convert_to_tensor(x)
    if not x.dtype.is_floating:
        raise ValueError(
            f"`x.dtype` must be a floating point tensor as `x` will be scaled. Received: x_dtype={x.dtype}"
        )
    if plain and rate == 0:
        skip()
        return x
    scale = None
    if plain:
        scale = 1 / (1 - rate)
    elif not is_tensor(rate):
        raise ValueError(f"`rate` must be a scalar or scalar tensor. Received: rate={rate}")
    else:
        rate = convert_to_tensor(rate)
        if rate.shape.rank != 0:
            raise ValueError(f"`rate` must be a scalar. Received a tensor of shape {rate.shape}")
        if rate.dtype != x.dtype:
            raise ValueError(
                "`x.dtype` must be compatible with `rate.dtype`. "
                f"Received: x.dtype={x.dtype} and rate.dtype={rate.dtype}"
            )
    return _kept(x, sampler(shape=_noise_shape(x, noise_shape), dtype=x.dtype), rate, scale)


@composed
def dropout(x: Any, rate: Any, noise_shape: Any = None, seed: Any = None, name: str | None = None) -> Any:
    """Sets elements to 0 at random and scales the others by ``1 / (1 - rate)``, so that the expected sum stays.

    Args:
      x: tensor, floating point.
      rate: float in [0, 1) or scalar tensor, the probability of an element to be dropped.
      noise_shape: list of ints that broadcasts with ``x``; along axes of size 1 elements share their fate.
      seed: int or None.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    Raises:
      ValueError: ``rate`` is out of range or no number, or ``x`` is not floating point.

    Source: https://jmlr.org/papers/v15/srivastava14a.html

    >>> import kerax as tf
    >>> sorted(set(tf.nn.dropout(tf.ones([100]), 0.5).numpy().tolist()))
    [0.0, 2.0]
    """
    return _dropout(x, rate, noise_shape, functools.partial(uniform, seed=seed), lambda: get_seed(seed))


@composed
def stateless_dropout(
    x: Any, rate: Any, seed: Any, rng_alg: Any = None, noise_shape: Any = None, name: str | None = None
) -> Any:
    """Dropout that depends on nothing but its arguments.

    Args:
      x: tensor, floating point.
      rate: float in [0, 1) or scalar tensor, the probability of an element to be dropped.
      seed: integer tensor [2].
      rng_alg: "philox", "auto_select" or None.
      noise_shape: list of ints that broadcasts with ``x``; along axes of size 1 elements share their fate.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.nn.experimental.stateless_dropout(tf.ones([5]), 0.5, seed=[1, 0]).numpy()
    array([2., 0., 2., 0., 0.], dtype=float32)
    """
    sampler = functools.partial(stateless_uniform, seed=seed, alg="auto_select" if rng_alg is None else rng_alg)
    return _dropout(x, rate, noise_shape, sampler, lambda: None)


@composed
def general_dropout(
    x: Any, rate: Any, uniform_sampler: Callable[..., Any], noise_shape: Any = None, name: str | None = None
) -> Any:
    """Dropout with random numbers of one's own.

    Args:
      x: tensor, floating point.
      rate: float in [0, 1) or scalar tensor, the probability of an element to be dropped.
      uniform_sampler: callable ``(shape, dtype) → Tensor`` of numbers in [0, 1).
      noise_shape: list of ints that broadcasts with ``x``; along axes of size 1 elements share their fate.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> g = tf.random.Generator.from_seed(7)
    >>> tf.nn.experimental.general_dropout(tf.ones([3]), 0.5, g.uniform).shape
    TensorShape([3])
    """
    return _dropout(x, rate, noise_shape, uniform_sampler, lambda: None)
